"""Words of the person who went through the whole chain: some are public, about others she is asked."""

from __future__ import annotations

import uuid
from typing import Any

from kenesh.appeals import opening
from kenesh.appeals.actions import Holder
from kenesh.appeals.models import Appeal
from kenesh.casework import actions as casework
from kenesh.casework import quoting
from kenesh.casework.models import Case
from kenesh.casework.release import release_quotation
from kenesh.kernel import vault
from kenesh.problems.models import Problem, Quotation
from kenesh.site.demonstration.work import Office

PUBLIC = {
    "ky": "Прораб ай сайын «кийинки айда» дей берди. Акыры башка бригада алып келип, бизди чыгарып жиберди.",
    "ru": "Прораб каждый месяц говорил: «в следующем». А потом привёл другую бригаду, а нас выгнал.",
    "en": "Every month the foreman said: next month. In the end he brought another crew and threw us out.",
}
SIGNED = {
    "ky": "Документтерибизди «каттоого» деп алып кетип, эки ай бербей жүрүштү.",
    "ru": "Документы забрали «на регистрацию» и два месяца не отдавали.",
}
ASKED = {
    "ky": "Балдарга жиберерге акча жок, уялып телефонду албай койгон күндөр болду.",
    "ru": "Были дни, когда я не брала трубку: стыдно, что детям нечего послать.",
}


def quote(office: Office, *, appeal: Appeal, case: Case, keys: vault.ReceiptKeys, problem: Problem) -> None:
    """Proposed by one caseworker, signed by her, checked by the other; others that wait for the other; and a question that waits for her."""
    proposer, checker = office.keyrings[:2]
    said: dict[str, Any] = {"problem": problem.code, "texts": PUBLIC, "language": "ky", "who": Quotation.Who.BUILDING.value}
    said |= {"origin": "KG", "destination": "RU", "year": None}
    code = casework.propose_quotation(keyring=proposer, case=case, appeal=appeal, said=said, key=uuid.uuid4())
    seen = _agree(appeal, keys, code)
    release_quotation(keyring=checker, case=case, appeal=appeal, code=code, seen=seen)
    signed = {**said, "texts": SIGNED, "who": Quotation.Who.WORKER.value}
    _agree(appeal, keys, casework.propose_quotation(keyring=proposer, case=case, appeal=appeal, said=signed, key=uuid.uuid4()))
    more = {**said, "texts": ASKED, "who": Quotation.Who.WORKER.value, "destination": ""}
    casework.propose_quotation(keyring=proposer, case=case, appeal=appeal, said=more, key=uuid.uuid4())


def _agree(appeal: Appeal, keys: vault.ReceiptKeys, code: str) -> str:
    """The person signs with her receipt; gives the hash of what she has seen."""
    receipt = appeal.receipts.select_related("appeal", "appeal__office").get()
    holder = Holder(receipt, keys.pair.secret, keys.signing_seed, opening.open_for_receipt(receipt, keys.pair.secret))
    one = quoting.found(holder.opened, code)
    if one is None:
        raise RuntimeError("what was proposed is not there")
    seen = quoting.hash_of(one)
    casework.agree_to_quotation(holder=holder, code=code, seen=seen, language="ky")
    return seen
