"""Words of a person: proposed by a caseworker, agreed to by her, given back or passed by a second one, taken back by either.

Passing the door is `release.release_quotation`. The trail names a quotation by its own code alone, never the appeal or the
case beside it: who has the whole database must not read there whose words they are.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import opening as appeal_opening
from kenesh.appeals import queries as appeal_queries
from kenesh.appeals import steps
from kenesh.appeals.actions import Holder
from kenesh.appeals.models import Appeal, Receipt
from kenesh.appeals.models import Status as AppealStatus
from kenesh.appeals.opening import OpenAppeal
from kenesh.casework import quoting
from kenesh.casework.actions.waiting_words import put_on_list, take_off_list
from kenesh.casework.actions.writing import wait_for_us
from kenesh.casework.models import Case
from kenesh.casework.opening import Body, open_case
from kenesh.casework.quoting import OpenQuotation
from kenesh.kernel import trail
from kenesh.kernel.codes import new_code
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.problems import actions as problems

ENDED_BY_TAKING_BACK = (steps.USE_STORY, steps.WORK_ON_CASE)
CAN_BE_CHANGED = (quoting.ASKED, quoting.AGREED, quoting.CHANGE, quoting.RETURNED)


class NotQuoted(Exception):
    """These words cannot be proposed: `why` says what is missing."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class QuotationChanged(Exception):
    """The words, or where they stand, have changed since they were shown."""


class SeenDigits(Exception):
    """Somebody else has seen these digits: they agree to nothing."""


def target_of(code: str) -> str:
    """How the trail names a quotation."""
    return f"quotation:{code}"


# --- the caseworker who proposes ----------------------------------------------------------------------------------------------


def why_not(opened: OpenAppeal, case: Case) -> str:
    """Why nothing of this appeal can be quoted now: "restricted", "consent", "receipt", "problem", "many"; "" when it can."""
    said = appeals.last_words(opened).get(steps.USE_STORY)
    if case.restricted or opened.appeal.restricted:
        return "restricted"
    if said is None or not said.body["given"]:
        return "consent"
    if not opened.appeal.receipts.exists():
        return "receipt"
    if not linked_problems(opened):
        return "problem"
    return ""


def linked_problems(opened: OpenAppeal) -> list[str]:
    """Codes of the public problems behind which this appeal stands."""
    return appeal_queries.stands_behind(opened.entries())


def propose_quotation(*, keyring: Keyring, case: Case, appeal: Appeal, said: Body, key: uuid.UUID, code: str = "") -> str:
    """Asks the person about these words, or (`code`) about others in their place; gives the code. Sent twice, asked once.

    A consent that was given to other words falls. Raises NotQuoted, QuotationChanged, KeyMissing.
    """
    open_case(case, keyring)
    with transaction.atomic():
        opened = _locked(appeal, keyring)
        known = quoting.of_opened(opened)
        sent = next((one for one in known for line in one.lines if line.body.get("key") == key.hex), None)
        if sent is not None:
            return sent.code
        if why := why_not(opened, case) or ("" if said["problem"] in linked_problems(opened) else "problem"):
            raise NotQuoted(why)
        before = next((one for one in known if one.code == code), None)
        if code and (before is None or before.state not in CAN_BE_CHANGED):
            raise QuotationChanged
        if before is None and len(known) >= quoting.MOST:
            raise NotQuoted("many")
        code, number = code or new_code(), before.number if before else len(known)
        body = {"writer": keyring.user.uid.hex, "name": keyring.user.name, "key": key.hex}
        _write(opened, code, number, quoting.ASKED, by="office", **body, **{name: said[name] for name in quoting.SAID})
        appeals.tell_step(keyring=keyring, appeal=opened.appeal, code="quotation_asked")
        verb = "change_quotation" if before else "propose_quotation"
        trail.record(verb=verb, target=target_of(code), by=keyring.user, chain=case.office.chain)
    return code


def send_quotation_back(*, keyring: Keyring, case: Case, appeal: Appeal, code: str, why: str) -> None:
    """A second caseworker wants other words. Raises QuotationChanged, KeyMissing."""

    def act(opened: OpenAppeal, one: OpenQuotation) -> None:
        if one.state not in (quoting.ASKED, quoting.AGREED, quoting.CHANGE):
            raise QuotationChanged
        _write(opened, code, one.number, quoting.RETURNED, by="office", text=why, name=keyring.user.name)

    _by_office(keyring, case, appeal, code, act, verb="send_quotation_back")


def withdraw_quotation(*, keyring: Keyring, case: Case, appeal: Appeal, code: str, why: str) -> None:
    """The office takes words back, public or not; she reads why. Raises QuotationChanged, KeyMissing."""

    def act(opened: OpenAppeal, one: OpenQuotation) -> None:
        if not one.is_live:
            raise QuotationChanged
        _end(opened, one, quoting.WITHDRAWN, by=keyring.user, text=why)
        appeals.tell_step(keyring=keyring, appeal=opened.appeal, code="quotation_withdrawn")

    _by_office(keyring, case, appeal, code, act, verb="withdraw_quotation")


def _by_office(
    keyring: Keyring, case: Case, appeal: Appeal, code: str, act: Callable[[OpenAppeal, OpenQuotation], None], *, verb: str
) -> None:
    open_case(case, keyring)
    with transaction.atomic():
        opened = _locked(appeal, keyring)
        act(opened, _one(opened, code))
        trail.record(verb=verb, target=target_of(code), by=keyring.user, chain=case.office.chain)


# --- the person, with her receipt ----------------------------------------------------------------------------------------------


def agree_to_quotation(*, holder: Holder, code: str, seen: str, language: str) -> None:
    """She signs, with her receipt, exactly the words that she was shown. `seen`: their hash, from her page.

    Raises SeenDigits, QuotationChanged, appeals.Erasing.
    """
    if holder.receipt.seen_by_other:
        raise SeenDigits

    def act(one: OpenQuotation) -> None:
        if one.state != quoting.ASKED or seen != quoting.hash_of(one):
            raise QuotationChanged
        signed = quoting.signed_consent(one, signing_seed=holder.signing_seed, language=language)
        _write(holder.opened, code, one.number, quoting.AGREED, by="person", **signed)
        put_on_list(one, office=holder.opened.appeal.office)

    _by_person(holder, code, act, verb="agree_to_quotation")


def ask_other_words(*, holder: Holder, code: str, text: str) -> None:
    """She wants it said otherwise. Raises QuotationChanged, appeals.Erasing."""

    def act(one: OpenQuotation) -> None:
        if one.state not in (quoting.ASKED, quoting.AGREED):
            raise QuotationChanged
        _write(holder.opened, code, one.number, quoting.CHANGE, by="person", text=text)

    _by_person(holder, code, act, verb="ask_other_words")


def take_quotation_back(*, holder: Holder, code: str) -> None:
    """She says no, or takes back her yes: public words go from the page at once. Raises QuotationChanged, appeals.Erasing."""

    def act(one: OpenQuotation) -> None:
        if not one.is_live:
            raise QuotationChanged
        agreed = one.state in (quoting.AGREED, quoting.PUBLISHED)
        _end(holder.opened, one, quoting.TAKEN_BACK if agreed else quoting.REFUSED, by=trail.PUBLIC)

    _by_person(holder, code, act, verb="take_quotation_back")


def _by_person(holder: Holder, code: str, act: Callable[[OpenQuotation], None], *, verb: str) -> None:
    with transaction.atomic():
        row = Appeal.objects.select_for_update(of=("self",)).select_related("office").get(pk=holder.opened.appeal.pk)
        if row.status == AppealStatus.ERASING:
            raise appeals.Erasing
        appeals.read_again(holder)
        act(_one(holder.opened, code))
        wait_for_us(Case.objects.filter(appeals=row))
        trail.record(verb=verb, target=target_of(code), by=trail.PUBLIC, chain=row.office.chain)


# --- what ends words without a word about them ----------------------------------------------------------------------------------


def end_quotations(*, opened: OpenAppeal, by: trail.Actor | str) -> None:
    """Ends everything that is quoted, or would be, of an opened appeal; inside the caller's transaction."""
    state = quoting.TAKEN_BACK if by == trail.PUBLIC else quoting.WITHDRAWN
    for one in quoting.of_opened(opened):
        if one.is_live:
            _end(opened, one, state, by=by)


def revoke_quotations(*, appeal: Appeal, by: trail.Actor | str) -> None:
    """Takes the public words of an appeal off; needs no key of anybody. Inside the caller's transaction."""
    take_off_list(appeal)
    problems.revoke_by_handles(handles=quoting.handles_of(appeal), by=by, chain=appeal.office.chain)


def withdraw_quotations(*, keyring: Keyring, told: list[Appeal]) -> None:
    """Of a case that becomes restricted: nothing of it stays public. Inside the caller's transaction, under its locks."""
    for appeal in told:
        try:
            end_quotations(opened=appeal_opening.open_for_office(appeal, keyring), by=keyring.user)
        except KeyMissing:
            revoke_quotations(appeal=appeal, by=keyring.user)


def sign_quotations_again(*, opened: OpenAppeal, old: Receipt, signing_seed: bytes | None) -> None:
    """What her old receipt had agreed to and is not public yet, under her new one; without its seed the office asks again.

    What digits have signed that somebody else had seen was never hers: it is not made hers now.
    """
    if signing_seed is None or old.seen_by_other:
        return
    for one in quoting.of_opened(opened):
        if one.state == quoting.AGREED and one.consent is not None and quoting.consent_stands(one, [old]):
            signed = quoting.signed_consent(one, signing_seed=signing_seed, language=one.consent["language"])
            _write(opened, one.code, one.number, quoting.AGREED, by="person", **signed)
            put_on_list(one, office=opened.appeal.office)


def _locked(appeal: Appeal, keyring: Keyring) -> OpenAppeal:
    row = Appeal.objects.select_for_update(of=("self",)).select_related("office").get(pk=appeal.pk)
    return appeal_opening.open_for_office(row, keyring)


def _one(opened: OpenAppeal, code: str) -> OpenQuotation:
    one = quoting.found(opened, code)
    if one is None:
        raise QuotationChanged
    return one


def _end(opened: OpenAppeal, one: OpenQuotation, state: str, *, by: trail.Actor | str, text: str = "") -> None:
    name = "" if isinstance(by, str) else getattr(by, "name", "")
    _write(opened, one.code, one.number, state, by="person" if by == trail.PUBLIC else "office", text=text, name=name)
    problems.revoke_quotation(code=one.code, by=by, chain=opened.appeal.office.chain)


def _write(opened: OpenAppeal, quotation: str, number: int, state: str, *, by: str, **more: Any) -> None:
    """A line under the newest key; inside the caller's transaction. It carries no key of a form: its row looks like any other."""
    at = timezone.now()
    opened.sealed_entry(kind=quoting.KIND, by=by, at=at, quotation=quotation, code=state, **more).save()
    if state != quoting.AGREED:
        take_off_list(opened.appeal, number=number)
