"""One appeal through the whole chain, with a receipt that really opens it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from kenesh.appeals import actions as appeals
from kenesh.casework import actions as casework
from kenesh.kernel import stretching, trail, vault
from kenesh.site.demonstration import history, work
from kenesh.site.demonstration import words as words_of_hers
from kenesh.site.demonstration.calendar import Calendar
from kenesh.site.demonstration.decisions import Followed
from kenesh.site.demonstration.problems import Stated
from kenesh.site.demonstration.replies import REPLIES
from kenesh.site.demonstration.stories import Story
from kenesh.site.demonstration.work import Filed, Offices

STORY = Story(
    "ky", "bishkek", 135, "pay", "unpaid-wages", "KG", "RU", "Челябинск", "f2", "none", "employer", "1", "closed:R1",
    "Күйөөм экөөбүз жаңы үйлөрдү шыбап, төрт ай иштедик. Прораб ай сайын «кийинки айда» деди. Акыры башка бригада алып "
    "келип, бизди чыгарып жиберди. Келишим жок, бирок ал менен жазышкан билдирүүлөр бар. Балдарга акча жибере албай жатабыз.",
)  # fmt: skip
ANSWERS: dict[str, Any] = {
    "theme": "pay",
    "danger": "no",
    "story": STORY.words,
    "citizenship": "KG",
    "where_country": "RU",
    "where_place": "Челябинск",
    "now_country": "RU",
    "papers": "none",
    "since": "февралдан бери",
    "culprit": "employer",
    "culprit_name": "прораб Толик",
    "for_whom": "group",
    "group_size": 2,
    "sex": "female",
    "age": "30-44",
    "answer_how": "code",
    "language": "ky",
    "needs": [],
    "consents": ["a", "d", "e", "f"],
}


@dataclass(frozen=True)
class NewReceipt:
    """20 digits and what they open."""

    digits: str
    keys: vault.ReceiptKeys

    @property
    def grouped(self) -> str:
        return " ".join(self.digits[start : start + 4] for start in range(0, 20, 4))


def new_receipt() -> NewReceipt:
    """Outside of a transaction, since the derivation is slow on purpose."""
    digits = vault.receipt_digits(vault.new_key())
    keys = stretching.public.run(lambda: vault.from_receipt(digits, settings.SECRETS.pepper))
    return NewReceipt(digits, keys)


def go_through(calendar: Calendar, offices: Offices, stated: Stated, receipt: NewReceipt) -> None:
    """Filed, taken up, answered, counted, behind the problem on which the council decided, closed."""
    office = offices["bishkek"]
    keyring, arrived, words = office.keyrings[0], calendar.moment_ago(STORY.days, 15, 12), REPLIES["ky"]
    appeal = appeals.store_appeal(
        answers={**ANSWERS, "office": office.organisation.code},
        office=office.organisation,
        language="ky",
        keys=receipt.keys,
        by=trail.PUBLIC,
        now=arrived,
    )
    filed = Filed(STORY, appeal, receipt.keys, keyring, arrived, lasts=60)
    case = casework.open_from_appeal(keyring=keyring, appeal=appeal)
    casework.add_note(keyring=keyring, case=case, text="Жазышууда айлыктын өлчөмү көрүнүп турат: 60 000 рубль.", key=uuid.uuid4())
    casework.answer(keyring=keyring, case=case, text=words.ask, key=uuid.uuid4())
    work.write_back(filed, "Рахмат! Жазышууну жөнөттүм, анда прораб ар бир ай үчүн канча төлөй турганын өзү жазган.")
    casework.answer(keyring=keyring, case=case, text=words.sent, key=uuid.uuid4())
    matter = work.describe(
        keyring, case, theme=STORY.theme, region=STORY.place, persons=2, currency="RUB", claimed="240000",
        awarded="240000", received="240000", outcome="R1",
    )  # fmt: skip
    casework.answer(
        keyring=keyring,
        case=case,
        text="Инспекция текшерди, прораб 240 000 рублди карта менен которду. Алдыңыздарбы?",
        key=uuid.uuid4(),
    )
    work.write_back(filed, "Ооба, келди! Чоң рахмат. Башкаларга да жардам бериңиздер.")
    history.released_then(keyring=keyring, matter=matter, day=work.ended(filed).date())
    casework.link_problem(keyring=keyring, case=case, problem=stated["wages"])
    words_of_hers.quote(office, appeal=appeal, case=case, keys=receipt.keys, problem=stated["wages"])
    casework.close_case(keyring=keyring, case=case)
    work.date_all(filed, case)


def in_lines(receipt: NewReceipt, followed: Followed) -> list[str]:
    address = settings.ADDRESS
    return [
        "One appeal went through the whole chain. Its receipt shows what came of it:",
        f"  {receipt.grouped}   at {address}/ky/appeal/status/",
        "Its problem, the council's decision and the ministry's answer are public:",
        f"  {address}/en/recommendations/{followed.verified.code}/   answered and verified",
        f"  {address}/en/recommendations/{followed.late.code}/   waiting, the answer is late",
        f"  {address}/work/recommendations/{followed.coming.code}/   waiting: Chynara can make a link to answer it",
        f"  {address}/en/recommendations/   all of them, with filters, feeds, a report and the scoreboard",
        "Letters with codes for answering lie in the folder outbox of KENESH_HOME, unless KENESH_EMAIL names a mail server.",
    ]
