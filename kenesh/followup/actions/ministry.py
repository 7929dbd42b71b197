"""What happens inside of a ministry: a focal point passes its link on, a validator confirms; and what the secretary settles
with an addressee: more time, another who is responsible, who confirms there."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kenesh.followup.actions.announcing import tell_of_findings_kept
from kenesh.followup.actions.answering import end_link, token_of
from kenesh.followup.actions.keeping import link_ends, locked, refresh
from kenesh.followup.actions.post import mail
from kenesh.followup.actions.refusals import CameFromThere, CannotPassOn, Decided, NoMailbox, NoMoreTime, SessionOver
from kenesh.followup.actions.reminding import tell_of_answer
from kenesh.followup.actions.responses import count
from kenesh.followup.models import (
    Action,
    Addressee,
    AnswerLink,
    AnswerSession,
    Confirmation,
    Extension,
    File,
    Recommendation,
    Reminder,
    Response,
    has_handed_on,
)
from kenesh.kernel import trail, vault
from kenesh.people.models import Organisation, User

MOST_COLLEAGUES = 5


def _open(session: AnswerSession) -> AnswerLink:
    """Raises SessionOver."""
    if session.open_until is None or session.open_until <= timezone.now():
        raise SessionOver
    return session.link


@transaction.atomic
def add_to_answer(*, session: AnswerSession, file: File) -> None:
    """Keeps a file with the answer that is being written. Raises SessionOver."""
    _open(session)
    file.session = session
    file.save(force_insert=True)


@transaction.atomic
def remove_from_answer(*, session: AnswerSession, uid: uuid.UUID) -> None:
    """Takes a file out of the answer that is being written. Raises SessionOver."""
    _open(session)
    File.objects.filter(session=session, uid=uid).delete()


# --- a colleague ------------------------------------------------------------------------------------------------------


@transaction.atomic
def pass_on(*, session: AnswerSession, mailbox: str, key: uuid.UUID) -> str:
    """A second link of the same addressee for a colleague, whose codes go to her own mailbox; gives its token.

    A repeated key gives the same one. Raises SessionOver; CannotPassOn for another domain, for too many, and for a colleague
    who would pass it on again.
    """
    link = _open(session)
    addressee = link.addressee
    if link.passed_on_by_id or link.confirms or not same_domain(mailbox, addressee.organisation.mailbox):
        raise CannotPassOn
    token = token_of(addressee, key)
    token_hash = vault.link_hash(settings.SECRETS.pepper, token)
    if AnswerLink.objects.filter(token_hash=token_hash).exists():
        return token
    AnswerLink.objects.select_for_update().get(pk=link.pk)
    if link.passed_on.filter(revoked_at__isnull=True).count() >= MOST_COLLEAGUES:
        raise CannotPassOn
    AnswerLink.objects.create(
        addressee=addressee, token_hash=token_hash, mailbox=mailbox, passed_on_by=link, expires_at=link.expires_at
    )
    trail.record(verb="pass_on_answer_link", target=addressee.target, by=addressee.target)
    return token


def same_domain(mailbox: str, registered: str) -> bool:
    """Whether a colleague's mailbox is at the host of the registered one: a link leaves no ministry."""
    return bool(registered) and mailbox.rpartition("@")[2].lower() == registered.rpartition("@")[2].lower()


@transaction.atomic
def take_back_link(*, session: AnswerSession, pk: int) -> None:
    """Ends a link that was passed on from this session's link. Raises SessionOver."""
    link = _open(session)
    passed = link.passed_on.filter(pk=pk, revoked_at__isnull=True).first()
    if passed is not None:
        end_link(passed)
        trail.record(verb="revoke_answer_link", target=link.addressee.target, by=link.addressee.target)


# --- the validator ----------------------------------------------------------------------------------------------------


@transaction.atomic
def set_addressee(*, addressee: Addressee, validator_mailbox: str, above: Organisation | None, by: User) -> None:
    """Who confirms answers in the organisation, and who stands above it. Answers that wait already go on waiting."""
    if validator_mailbox != addressee.validator_mailbox:
        for link in addressee.links.filter(confirms=True, revoked_at__isnull=True):
            end_link(link)
    addressee.validator_mailbox, addressee.above = validator_mailbox, above
    addressee.save(update_fields=["validator_mailbox", "above"])
    trail.record(verb="set_addressee", target=addressee.target, by=by)


def ask_validator(*, addressee: Addressee, by: User | None = None) -> None:
    """Sends the validator a link of its own; earlier ones end. Raises NoMailbox, MailNotSent.

    The letter holds the link and the public code of the recommendation, nothing of the answer.
    """
    if not addressee.validator_mailbox:
        raise NoMailbox
    token, now = token_of(addressee, uuid.uuid4()), timezone.now()
    with transaction.atomic():
        for link in addressee.links.filter(confirms=True, revoked_at__isnull=True):
            end_link(link)
        AnswerLink.objects.create(
            addressee=addressee,
            token_hash=vault.link_hash(settings.SECRETS.pepper, token),
            mailbox=addressee.validator_mailbox,
            confirms=True,
            created_by=by,
            expires_at=link_ends(addressee.answer_by, now),
        )
        trail.record(verb="ask_validator", target=addressee.target, by=by or addressee.target)
    subject = _("An answer waits for your confirmation: recommendation %(code)s") % {"code": addressee.recommendation.code}
    text = _(
        "A colleague has answered recommendation %(code)s for your organisation.\n"
        "The answer counts only when you confirm it. Please open this page; a code is sent to you:\n\n%(address)s\n"
    ) % {
        "code": addressee.recommendation.code,
        "address": settings.ADDRESS + reverse("followup:answer_link", args=[token]),
    }
    mail(mailbox=addressee.validator_mailbox, subject=subject, text=text)


@transaction.atomic
def confirm(*, session: AnswerSession, response: Response, confirmed: bool, words: str = "") -> None:
    """The validator's word: the answer is official from now on, or goes back to be changed. Raises SessionOver, Decided."""
    link = _open(session)
    recommendation = locked(link.addressee.recommendation)
    waiting = Response.objects.filter(pk=response.pk, addressee=link.addressee, confirmation=Confirmation.WAITING).first()
    if not link.confirms or waiting is None:
        raise Decided
    waiting.confirmation = Confirmation.CONFIRMED if confirmed else Confirmation.SENT_BACK
    waiting.confirmation_words, waiting.confirmed_at = words, timezone.now()
    waiting.save(update_fields=["confirmation", "confirmation_words", "confirmed_at"])
    actor = link.addressee.target
    if confirmed:
        count(waiting, recommendation, by=actor)
    else:
        addressee = link.addressee
        tell_of_answer(addressee=addressee, kind=Reminder.Kind.SENT_BACK, day=addressee.answer_by, link=waiting.link)
    trail.record(verb="confirm_response" if confirmed else "send_response_back", target=f"response:{waiting.code}", by=actor)


# --- the secretary ----------------------------------------------------------------------------------------------------


@transaction.atomic
def decide_extension(
    *, extension: Extension, granted: bool, until: date | None = None, words: str, today: date, by: User
) -> None:
    """Grants or declines more time; the day of this addressee moves, and the row keeps all of them. Whoever asked is told.

    `until`: the day that is given; None: the one that was asked for. Raises Decided, NoMoreTime.
    """
    addressee = extension.addressee
    recommendation = locked(addressee.recommendation)
    row = Extension.objects.select_for_update().get(pk=extension.pk)
    if row.granted is not None:
        raise Decided
    row.granted, row.words, row.decided_on, row.decided_by = granted, words, today, by
    if granted:
        row.granted_until = until if until != row.until else None
        if row.holds_until <= today:
            raise NoMoreTime
        Addressee.objects.filter(pk=addressee.pk).update(due=row.holds_until)
        refresh(recommendation)
        addressee.refresh_from_db(fields=["answer_by"])
    row.save(update_fields=["granted", "granted_until", "words", "decided_on", "decided_by"])
    kind = Reminder.Kind.GRANTED if granted else Reminder.Kind.DECLINED
    tell_of_answer(addressee=addressee, kind=kind, day=addressee.answer_by, link=row.response.link if row.response else None)
    trail.record(verb="grant_extension" if granted else "decline_extension", target=addressee.target, by=by)


@transaction.atomic
def ask_named(*, response: Response, organisation: Organisation, answer_by: date | None = None, by: User) -> list[Addressee]:
    """Asks the organisation that an addressee named as responsible too; the same row when it is asked already. Whoever passed the matter
    on to it owes no answer any more.

    `answer_by`: a day of its own; None: that of the recommendation. Gives those whom the secretary is to tell by letter of a fault found.
    Raises CameFromThere; Decided when the matter is handed to that organisation already.
    """
    recommendation = locked(response.addressee.recommendation)
    asked, _made = Addressee.objects.get_or_create(
        recommendation=recommendation, organisation=organisation, defaults={"named_by": response.addressee, "due": answer_by}
    )
    if asked.pk in _came_from(response.addressee):
        raise CameFromThere
    if Response.objects.filter(pk=response.pk, handed_to=asked).exists():
        raise Decided
    if asked.named_by_id is None:
        asked.named_by = response.addressee
        asked.save(update_fields=["named_by"])
    Response.objects.filter(pk=response.pk).update(handed_to=asked)
    refresh(recommendation)
    trail.record(verb="ask_named", target=asked.target, by=by)
    return tell_of_findings_kept(recommendation)


def _came_from(addressee: Addressee) -> set[int]:
    """The addressee, whoever named it, whose successor it is, and so on: to these it cannot hand a matter back, else nobody would owe an
    answer."""
    before: dict[int, set[int]] = {}
    asked = Addressee.objects.filter(recommendation=addressee.recommendation_id)
    for one, *others in asked.values_list("pk", "named_by", "handed_from__addressee", "succeeded"):
        before.setdefault(one, set()).update(filter(None, others))
    found, last = {addressee.pk}, {addressee.pk}
    while last:
        last = {other for one in last for other in before.get(one, ())} - found
        found |= last
    return found


@transaction.atomic
def ask_successor(*, addressee: Addressee, organisation: Organisation, answer_by: date, today: date, by: User) -> list[Addressee]:
    """Asks the organisation that took over from an addressee that is no more, by a day of its own. The old row stays, its links end.

    Gives those whom the secretary is to tell by letter of a fault found. Raises Decided when a successor is asked already, or the
    addressee has answered.
    """
    recommendation = locked(addressee.recommendation)
    old = Addressee.objects.select_for_update().get(pk=addressee.pk)
    if old.succeeded_by_id is not None or old.responses.answers().exists():
        raise Decided
    asked, made = Addressee.objects.get_or_create(
        recommendation=recommendation, organisation=organisation, defaults={"due": answer_by}
    )
    for link in old.links.filter(revoked_at__isnull=True):
        end_link(link)
    leads, old.is_lead = old.is_lead, False
    old.succeeded_by, old.succeeded_on = asked, today
    old.save(update_fields=["is_lead", "succeeded_by", "succeeded_on"])
    if leads or not made:
        asked.is_lead, asked.succeeded_by, asked.succeeded_on = leads or asked.is_lead, None, None
        asked.save(update_fields=["is_lead", "succeeded_by", "succeeded_on"])
    if not made:
        _take_back(asked, answer_by)
    refresh(recommendation)
    trail.record(verb="ask_successor", target=asked.target, by=by)
    return tell_of_findings_kept(recommendation)


def _take_back(asked: Addressee, answer_by: date) -> None:
    """Who handed a matter on, and is asked for it again in another's place, owes an answer again: by the day that is given now."""
    if not Addressee.objects.filter(has_handed_on(), pk=asked.pk).exists():
        return
    Addressee.objects.filter(named_by=asked).update(named_by=None)
    asked.responses.update(handed_to=None)
    Addressee.objects.filter(pk=asked.pk).update(due=answer_by)


@transaction.atomic
def serve_others(*, action: Action, others: list[Addressee], offered: list[Addressee], by: User) -> None:
    """For which other recommendations to the same organisation this action counts too.

    `others`: rows of that organisation. `offered`: out of which they were chosen; what serves any other row stays as it was.
    """
    own = action.addressee
    chosen = {one.pk: one for one in others if one.organisation_id == own.organisation_id and one.pk != own.pk}
    locked(own.recommendation)  # with those that it has served until now
    before = set(action.also_serves.filter(pk__in=[one.pk for one in offered]).values_list("pk", flat=True))
    action.also_serves.remove(*before - set(chosen))
    action.also_serves.add(*chosen.values())
    changed = Recommendation.objects.filter(addressees__in=before ^ set(chosen)).distinct().order_by("pk")
    for recommendation in changed:
        refresh(locked(recommendation))
    trail.record(verb="action_serves_others", target=own.target, by=by)


@transaction.atomic
def keep_file(*, file: File, by: User) -> None:
    """Keeps a scan with a letter, or a paper with an answer or action; internal at first."""
    file.save(force_insert=True)
    trail.record(verb="keep_file", target=f"file:{file.uid.hex}", by=by)


@transaction.atomic
def publish_file(*, file: File, public: bool, by: User) -> None:
    """Lets everybody have the copy without metadata, or nobody any more."""
    File.objects.filter(pk=file.pk, copy_size__isnull=False, session__isnull=True).update(is_public=public)
    trail.record(verb="publish_file" if public else "unpublish_file", target=f"file:{file.uid.hex}", by=by)
