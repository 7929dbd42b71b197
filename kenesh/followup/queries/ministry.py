"""What an official sees besides the question: earlier answers, colleagues, files; and what the secretary has to settle."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from kenesh.followup.models import (
    Action,
    Addressee,
    AnswerLink,
    AnswerSession,
    Confirmation,
    Evidence,
    Extension,
    File,
    Recommendation,
    Reminder,
    Response,
    ResponseKind,
)
from kenesh.followup.rules import bodies_kept_by, bodies_read_by
from kenesh.people.models import User

AnyRow = TypeVar("AnyRow")


def earlier_answers(addressee: Addressee) -> list[Response]:
    """What the addressee has sent, whole, the newest first, with what the validator said."""
    return list(_whole(addressee.responses.select_related("extension")).order_by("-id")[:10])


def _whole(rows: QuerySet[Response]) -> QuerySet[Response]:
    """With all that was sent with each: what was done and is planned, proofs, papers."""
    files = Prefetch("files", File.objects.order_by("id"), to_attr="all_files")
    actions = Prefetch("actions", Action.objects.order_by("done_on", "id"), to_attr="all_actions")
    return rows.prefetch_related(Prefetch("evidence", Evidence.objects.select_related("document").order_by("id")), files, actions)


def to_be_changed(addressee: Addressee) -> Response | None:
    """The newest answer, when the validator has sent it back."""
    rows = addressee.responses.prefetch_related("actions", "evidence", "files").order_by("-id")
    newest = rows.first()
    return newest if newest and newest.confirmation == Confirmation.SENT_BACK else None


def others_asked(addressee: Addressee) -> list[Addressee]:
    return list(
        addressee.recommendation.addressees.current().exclude(pk=addressee.pk).select_related("organisation").order_by("id")
    )


def passed_on(link: AnswerLink) -> list[AnswerLink]:
    """Links that work and came from this one."""
    return list(link.passed_on.filter(revoked_at__isnull=True).order_by("id"))


def unsent_files(session: AnswerSession) -> list[File]:
    return list(session.files.order_by("id"))


def waiting_for_confirmation(addressee: Addressee) -> Response | None:
    """The oldest answer on which the validator has not decided."""
    return _whole(addressee.responses.filter(confirmation=Confirmation.WAITING)).order_by("id").first()


def file_to_confirm(addressee: Addressee, uid: uuid.UUID) -> File:
    """A paper of the answer that waits for the validator. Raises Http404."""
    waiting = waiting_for_confirmation(addressee)
    return _or_404(File.objects.filter(uid=uid, response=waiting).first() if waiting else None)


def decided_last(addressee: Addressee) -> Response | None:
    """The answer on which the validator decided last."""
    decided = (Confirmation.CONFIRMED, Confirmation.SENT_BACK)
    return addressee.responses.filter(confirmation__in=decided).order_by("-confirmed_at").first()


# --- the secretary ----------------------------------------------------------------------------------------------------

NEW_FOR = timedelta(days=30)  # that an answer which stays internal is called new
_OF_ANSWER = ("addressee__organisation", "addressee__recommendation")


@dataclass(frozen=True)
class CameIn:
    """Something from an addressee that the secretary has not dealt with: an answer in `words`, or a request for `more_time`."""

    addressee: Addressee
    words: str
    on: date
    more_time: Extension | None = None


def came_in(user: User, *, most: int) -> list[CameIn]:
    """Requests for more time, answers that only the body can read, and those that a ministry has not confirmed or sent back.

    Of the bodies that the account keeps; requests first, then the newest; three queries.
    """
    since, mine = timezone.now() - NEW_FOR, {"addressee__recommendation__body__in": bodies_kept_by(user)}
    asked = Extension.objects.filter(granted__isnull=True, **mine).select_related(*_OF_ANSWER).order_by("-id")[:most]
    rows = Response.objects.filter(is_public=False, **mine).exclude(kind=ResponseKind.NONE).select_related(*_OF_ANSWER)
    told = Exists(Extension.objects.filter(response=OuterRef("pk"), granted__isnull=True))  # stands there as a request
    new = rows.filter(~told, confirmation="", received_at__gte=since).order_by("-id")[:most]
    later = Exists(Response.objects.filter(addressee=OuterRef("addressee"), pk__gt=OuterRef("pk")))
    fresh = Q(~told, confirmation=Confirmation.CONFIRMED, confirmed_at__gte=since)
    inside = rows.filter(fresh | Q(~later, confirmation__in=(Confirmation.WAITING, Confirmation.SENT_BACK)))
    requests = [CameIn(one.addressee, "", one.asked_on, one) for one in asked]
    answers = [CameIn(one.addressee, _words(one), one.received_on) for one in [*new, *inside.order_by("-id")[:most]]]
    return [*requests, *sorted(answers, key=lambda one: one.on, reverse=True)][:most]


def _words(response: Response) -> str:
    said = response.summary
    return said if response.is_official else f"{said} ({response.get_confirmation_display()})"


def has_working_link(addressee: Addressee) -> bool:
    """Whether a link to the page for its answer opens today."""
    return addressee.links.filter(confirms=False, revoked_at__isnull=True, expires_at__gt=timezone.now()).exists()


class Reader(NamedTuple):
    """Who reads a letter: its languages, the first one first, and whether that is a secretary of the body."""

    languages: list[str]
    is_secretary: bool = False


def reader_of(letter: Reminder, addressee: Addressee) -> Reader:
    """Whoever has the letter's mailbox. Of a chair without an account no language is known."""
    account = User.objects.filter(email=letter.mailbox, is_active=True).first()
    keeps = account is not None and addressee.recommendation.body_id in bodies_kept_by(account)
    if account is not None and (keeps or letter.kind == Reminder.Kind.ESCALATED):
        return Reader([account.language], keeps)
    if letter.kind != Reminder.Kind.ESCALATED:
        return Reader(addressee.organisation.languages)
    above = addressee.above
    return Reader(above.languages if above and above.mailbox == letter.mailbox else [])


def extension_to_keep(user: User, pk: int) -> Extension:
    """Raises Http404 unless the account is secretary of the body."""
    rows = Extension.objects.select_related("addressee__organisation", "addressee__recommendation__body", "response")
    return _or_404(rows.filter(pk=pk, addressee__recommendation__body__in=bodies_kept_by(user)).first())


def action_to_keep(user: User, code: str, pk: int) -> Action:
    """Raises Http404 unless the account is secretary of the body."""
    rows = Action.objects.select_related("addressee__organisation", "addressee__recommendation__body")
    return _or_404(rows.filter(pk=pk, addressee__code=code, addressee__recommendation__body__in=bodies_kept_by(user)).first())


def served_by_choice(user: User, action: Action) -> list[Addressee]:
    """Rows of the same organisation in other recommendations of the account's bodies, the newest first."""
    own = action.addressee
    rows = Addressee.objects.filter(organisation=own.organisation_id, recommendation__body__in=bodies_kept_by(user))
    return list(rows.exclude(pk=own.pk).select_related("recommendation").order_by("-id")[:50])


def _in_bodies(file: File, bodies: set[int]) -> bool:
    thing = file.letter or file.response or file.action
    return thing is not None and thing.addressee.recommendation.body_id in bodies


_OF_FILE = ("letter", "response", "action")


def _file(uid: uuid.UUID) -> File | None:
    paths = [f"{thing}__addressee__recommendation" for thing in _OF_FILE]
    return File.objects.select_related(*paths).filter(uid=uid, session__isnull=True).first()


def file_to_read(user: User, uid: uuid.UUID) -> File:
    """Raises Http404 outside of the account's bodies."""
    file = _file(uid)
    return _or_404(file if file and _in_bodies(file, bodies_read_by(user)) else None)


def file_to_keep(user: User, uid: uuid.UUID) -> File:
    """Raises Http404 unless the account is secretary of the body."""
    file = _file(uid)
    return _or_404(file if file and _in_bodies(file, bodies_kept_by(user)) else None)


def file_for_public(uid: uuid.UUID) -> File:
    """Raises Http404 for one that is internal, or belongs to something that is."""
    file = _file(uid)
    if file is None or not file.is_public:
        raise Http404
    thing = file.response or file.action
    if thing is None or not (thing.is_public and thing.addressee.recommendation.is_public):
        raise Http404
    return file


def recommendation_of(file: File) -> Recommendation:
    """Of a file that belongs to a letter, an answer or an action. Raises Http404 for one that is not sent yet."""
    thing = file.letter or file.response or file.action
    if thing is None:
        raise Http404
    return thing.addressee.recommendation


def _or_404(row: AnyRow | None) -> AnyRow:
    if row is None:
        raise Http404
    return row
