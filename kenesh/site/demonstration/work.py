"""Offices of the demonstration: their keys, the appeals that were filed with them, the cases that came of these."""

from __future__ import annotations

import random
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import opening
from kenesh.appeals.actions import Holder
from kenesh.appeals.models import Appeal
from kenesh.casework import actions as casework
from kenesh.casework.models import Case, Matter, Status, WaitsFor
from kenesh.casework.opening import open_case
from kenesh.casework.release import NoConsent, release_matter
from kenesh.kernel import trail, vault
from kenesh.people import actions as people
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation
from kenesh.site.demonstration import accounts, history
from kenesh.site.demonstration.calendar import Calendar
from kenesh.site.demonstration.organisations import CENTRES
from kenesh.site.demonstration.problems import TAKEN_UP, Stated
from kenesh.site.demonstration.replies import DEADLINES, NOTES, REPLIES
from kenesh.site.demonstration.stories import Story, all_stories

SEED = 2021
CURRENCIES = {"RU": "RUB", "KZ": "KZT", "KG": "KGS", "TR": "TRY", "KR": "KRW", "GB": "GBP", "AE": "USD"}
COUNTED_OUTCOMES = "RNLI"  # what the person withdrew, or what had no ground, is no sign of a systemic problem


@dataclass(frozen=True)
class Office:
    """An office with the opened keys of its caseworkers."""

    organisation: Organisation
    keyrings: list[Keyring]


Offices = dict[str, Office]


def open_offices(cast: accounts.Cast, houses: dict[str, Organisation]) -> Offices:
    """Gives each centre its key, held by its caseworkers."""
    offices: Offices = {}
    for centre in CENTRES:
        holders = [cast[key] for key in accounts.caseworkers_of(centre.key)]
        organisation = houses[centre.key]
        people.begin_epoch(organisation=organisation, holders=[holder.user for holder in holders], by="command")
        offices[centre.key] = Office(organisation, [Keyring(holder.user, holder.secret) for holder in holders])
    return offices


@dataclass
class Filed:
    """An appeal just stored, with what its person and the caseworker who takes it hold. `lasts`: days until its last line;
    `case`: what was opened from it, if somebody took it up."""

    story: Story
    appeal: Appeal
    keys: vault.ReceiptKeys
    keyring: Keyring
    arrived: datetime
    lasts: int = 26
    case: Case | None = None


def file_and_work(calendar: Calendar, offices: Offices, stated: Stated) -> list[Filed]:
    """Every story is filed on its day; then each meets its fate."""
    chance = random.Random(SEED)  # noqa: S311  # invents people, keeps no secret
    every = []
    for story in all_stories():
        office = offices[story.office]
        filed = file(story, office, calendar, chance)
        if story.fate not in {"new", "urgent"}:
            _meet_fate(filed, calendar, stated, chance)
        every.append(filed)
    return every


def file(story: Story, office: Office, calendar: Calendar, chance: random.Random, **more: str) -> Filed:
    """Stores the appeal of a story on its day. `more`: further answers."""
    arrived = calendar.moment_ago(story.days, chance.randrange(2, 17), chance.randrange(60))
    # No digits open these: a slow derivation for each would take longer than the demonstration is worth.
    keys = vault.ReceiptKeys(secrets.token_bytes(16), vault.new_pair(), vault.new_key())
    appeal = appeals.store_appeal(
        answers={**story.answers(chance), "office": office.organisation.code, **more},
        office=office.organisation,
        language=story.language,
        keys=keys,
        by=trail.PUBLIC,
        now=arrived,
    )
    return Filed(story, appeal, keys, chance.choice(office.keyrings), arrived)


def _meet_fate(filed: Filed, calendar: Calendar, stated: Stated, chance: random.Random) -> None:
    story, keyring, words = filed.story, filed.keyring, REPLIES[filed.story.language]
    if story.fate == "declined":
        casework.decline(keyring=keyring, appeal=filed.appeal, words=words.elsewhere)
        history.date_lines(open_again(filed), filed.arrived + timedelta(days=1), filed.arrived + timedelta(days=1, minutes=5))
        history.date_declined(filed.appeal, (filed.arrived + timedelta(days=1)).date())
        return
    filed.case = case = casework.open_from_appeal(keyring=keyring, appeal=filed.appeal)
    casework.add_note(keyring=keyring, case=case, text=chance.choice(NOTES), key=uuid.uuid4())
    casework.answer(keyring=keyring, case=case, text=words.ask, key=uuid.uuid4())
    describe(keyring, case, theme=story.theme, region=story.region, persons=story.persons, **_sums(story, chance))
    if story.fate != "asked":
        write_back(filed, words.person)
        _go_on(filed, case, calendar, chance)
        _stand_behind(filed, case, stated)
    if story.outcome:
        casework.close_case(keyring=keyring, case=case)
    date_all(filed, case)


def _sums(story: Story, chance: random.Random) -> dict[str, str]:
    """Money of a matter about pay: claimed, and what of it came when the case ended well."""
    sums = {"outcome": story.outcome}
    if story.top != "pay":
        return sums
    claimed = chance.randrange(30, 120) * 1000 * story.persons
    received = {"R1": claimed, "R2": claimed // 2, "R3": claimed * 3 // 4}.get(story.outcome)
    sums |= {"currency": CURRENCIES.get(story.country, "USD"), "claimed": str(claimed)}
    return {**sums, "received": str(received)} if received else sums


def describe(keyring: Keyring, case: Case, **changes: object) -> Matter:
    """Writes down what the caseworker found out about the only matter of the case."""
    matter = open_case(case, keyring).matters()[0].row
    casework.change_row(keyring=keyring, row=matter, changes=changes, version=matter.version)
    return Matter.objects.select_related("case", "case__office").get(pk=matter.pk)


def holder_of(filed: Filed) -> Holder:
    """The person at her status page, with the keys of her receipt."""
    receipt = filed.appeal.receipts.select_related("appeal", "appeal__office").get()
    secret = filed.keys.pair.secret
    return Holder(receipt, secret, filed.keys.signing_seed, opening.open_for_receipt(receipt, secret))


def write_back(filed: Filed, text: str) -> None:
    """A message of the person, through her own keys."""
    appeals.write_message(holder=holder_of(filed), text=text, request_key=uuid.uuid4())


def _go_on(filed: Filed, case: Case, calendar: Calendar, chance: random.Random) -> None:
    story, keyring, words = filed.story, filed.keyring, REPLIES[filed.story.language]
    matter = Matter.objects.select_related("case", "case__office").get(case=case)
    if story.outcome:
        text = words.done if story.outcome.startswith("R") else words.not_done
        casework.answer(keyring=keyring, case=case, text=text, key=uuid.uuid4())
        if story.outcome[0] in COUNTED_OUTCOMES:
            history.released_then(keyring=keyring, matter=matter, day=ended(filed).date())
        return
    due_on, what = calendar.ago(-story.due_in), chance.choice(DEADLINES)
    casework.set_deadline(keyring=keyring, case=case, due_on=due_on, what=what, key=uuid.uuid4())
    if story.fate.startswith("others"):
        casework.answer(keyring=keyring, case=case, text=words.sent, key=uuid.uuid4())
        casework.set_waiting(keyring=keyring, case=case, status=Status.OTHERS, waits_for=WaitsFor.values[case.pk % len(WaitsFor)])
        try:
            release_matter(keyring=keyring, matter=matter)
        except NoConsent:
            casework.add_note(keyring=keyring, case=case, text="Считать не разрешил: не передавать в подсчёт.", key=uuid.uuid4())


def _stand_behind(filed: Filed, case: Case, stated: Stated) -> None:
    """Links the case to the public problem of its theme and corridor, if there is one."""
    for key in TAKEN_UP:
        problem = stated[key]
        about = problem.themes.filter(concept=filed.story.theme).exists()
        if about and problem.corridors.filter(origin=filed.story.citizenship, destination=filed.story.country).exists():
            casework.link_problem(keyring=filed.keyring, case=case, problem=problem)


# --- earlier dates --------------------------------------------------------------------------------------------------------


def ended(filed: Filed) -> datetime:
    """When the last line of the appeal is written: some weeks after its arrival, and before now."""
    return min(filed.arrived + timedelta(days=filed.lasts), timezone.now() - timedelta(hours=1))


def open_again(filed: Filed) -> opening.OpenAppeal:
    return opening.open_for_office(filed.appeal, filed.keyring)


def date_all(filed: Filed, case: Case) -> None:
    """Moves everything that was written today to where it belongs between arrival and end."""
    begin, end = min(filed.arrived + timedelta(hours=20), ended(filed)), ended(filed)
    history.date_lines(open_again(filed), begin, end)
    history.date_case(filed.keyring, case, begin, end)
