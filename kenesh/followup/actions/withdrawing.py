"""Taking back what was entered by mistake. The row stays, with the reason, for the people of the body; whoever was told of it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from kenesh.followup.actions.keeping import locked, refresh
from kenesh.followup.actions.refusals import WroteItself
from kenesh.followup.actions.reminding import tell_of_answer
from kenesh.followup.models import Action, Addressee, Extension, Letter, Recommendation, Reminder, Response, Shadow, Verdict
from kenesh.kernel import trail
from kenesh.people.models import User


@transaction.atomic
def withdraw_response(*, response: Response, why: str, by: User) -> None:
    """An answer that the secretary entered, with its line in the register and what it reports done. Time that was asked for in it and is
    not given yet is asked for no more. Raises WroteItself for one that came by link."""
    if response.by_link:
        raise WroteItself
    row, addressee = locked(response.addressee.recommendation), response.addressee
    if not _mark(Response.objects.filter(pk=response.pk).update, why, by, is_public=False):
        return
    _mark(Action.objects.filter(response=response).update, why, by, is_public=False)
    _mark(Letter.objects.filter(response=response).update, why, by)
    Extension.objects.filter(response=response, granted__isnull=True).delete()
    if not addressee.responses.exclude(handed_to=None).exists():
        Addressee.objects.filter(named_by=addressee).update(named_by=None)
    refresh(row)
    trail.record(verb="withdraw_response", target=f"response:{response.code}", by=by)


@transaction.atomic
def withdraw_action(*, action: Action, why: str, by: User) -> None:
    """What the secretary entered as done. Raises WroteItself for a part of an answer: that is taken back whole, if at all."""
    if action.response_id is not None:
        raise WroteItself
    row = locked(action.addressee.recommendation)
    if _mark(Action.objects.filter(pk=action.pk).update, why, by, is_public=False):
        refresh(row)
        trail.record(verb="withdraw_action", target=action.addressee.target, by=by)


@transaction.atomic
def withdraw_letter(*, letter: Letter, why: str, by: User) -> None:
    """A letter that was noted as sent; its day by law counts no more. Links stay: they are ended apart. Raises WroteItself for one that
    came."""
    if letter.response_id is not None:
        raise WroteItself
    row = locked(letter.addressee.recommendation)
    if _mark(Letter.objects.filter(pk=letter.pk).update, why, by):
        refresh(row)
        trail.record(verb="withdraw_letter", target=letter.addressee.target, by=by)


@transaction.atomic
def withdraw_verdict(*, verdict: Verdict, why: str, by: User) -> list[Addressee]:
    """A judgement. Those who were told of it are told; gives those whom the secretary is to tell by letter."""
    row = locked(verdict.recommendation)
    if not _mark(Verdict.objects.filter(pk=verdict.pk).update, why, by, is_public=False):
        return []
    refresh(row)
    trail.record(verb="withdraw_verdict", target=row.target, by=by)
    return _tell(row, verdict.reply_until)


@transaction.atomic
def withdraw_shadow(*, shadow: Shadow, why: str, by: User) -> list[Addressee]:
    """An assessment of a member organisation. Those who were told of it are told; gives those whom the secretary is to tell by letter."""
    row = locked(shadow.recommendation)
    if not _mark(Shadow.objects.filter(pk=shadow.pk).update, why, by, is_public=False):
        return []
    refresh(row)
    trail.record(verb="withdraw_assessment", target=row.target, by=by)
    return _tell(row, shadow.reply_until)


def _mark(update: Callable[..., int], why: str, by: User, **more: object) -> int:
    return update(withdrawn_at=timezone.now(), withdrawn_by=by, withdrawn_why=why, **more)


def _tell(recommendation: Recommendation, reply_until: date | None) -> list[Addressee]:
    """That a fault which was found is taken back; to whom a letter about it went out. One that waits to go is not sent any more."""
    if reply_until is None:
        return []
    letters = Reminder.objects.filter(kind=Reminder.Kind.VERDICT, answer_by=reply_until, sent_at__isnull=False)
    told = recommendation.addressees.filter(pk__in=letters.values("addressee")).select_related("organisation").order_by("id")
    today = timezone.localdate()
    for one in told:
        tell_of_answer(addressee=one, kind=Reminder.Kind.WITHDRAWN, day=today, link=None)
    return [one for one in told if not one.organisation.mailbox]
