"""Opening, editing and publishing recommendations; the letters that carry them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kenesh.council.models import Decision
from kenesh.followup.actions.announcing import tell_of_findings_kept
from kenesh.followup.actions.details import Details, SourceLine, add_line, set_details
from kenesh.followup.actions.keeping import locked, refresh
from kenesh.followup.actions.refusals import HasHistory
from kenesh.followup.actions.scores import count_line
from kenesh.followup.models import Action, Addressee, AnswerLink, Filed, Letter, Recommendation, Response, Shadow, Verdict
from kenesh.kernel import trail
from kenesh.library.models import Document
from kenesh.people.models import Body, Organisation, User
from kenesh.problems.models import Problem
from kenesh.themes.texts import Translated


@transaction.atomic
def open_recommendation(*, decision: Decision, by: User | str) -> Recommendation:
    """The recommendation of an adopted decision: one for each decision, however often this is called. Internal at first."""
    proposal = decision.proposal
    recommendation, made = Recommendation.objects.get_or_create(
        decision=decision,
        defaults={
            "body": decision.meeting.body,
            "problem": proposal.problem,
            "text": decision.text,
            "due": proposal.due_on,
        },
    )
    if made:
        _address(recommendation, proposal.addressees.all())
        refresh(recommendation)
        trail.record(verb="open_recommendation", target=recommendation.target, by=by)
    return recommendation


@transaction.atomic
def add_recommendation(
    *,
    body: Body,
    text: Translated,
    source_text: Translated,
    addressees: Iterable[Organisation],
    problem: Problem | None = None,
    due: date | None = None,
    source_kind: str = "",
    document: Document | None = None,
    details: Details | None = None,
    sources: Iterable[SourceLine] = (),
    key: uuid.UUID,
    by: User,
) -> Recommendation:
    """A recommendation that no decision of ours made: of a round table, of a UN committee; or one more of a decision that is
    among `sources`. A repeated key gives the same one."""
    said = {"text": text, "source_text": source_text, "source_kind": source_kind, "document": document}
    recommendation, made = Recommendation.objects.get_or_create(
        request_key=key, defaults={"body": body, "problem": problem, "due": due, **said}
    )
    if made:
        _address(recommendation, addressees)
        for line in sources:
            add_line(recommendation, line)
        if details is not None:
            set_details(recommendation, details)
        refresh(recommendation)
        trail.record(verb="add_recommendation", target=recommendation.target, by=by)
    return recommendation


@transaction.atomic
def take_back(*, recommendation: Recommendation, by: User) -> bool:
    """Removes one that was entered by mistake; False, and nothing is done, once it is public, or anything was entered below it."""
    row = locked(recommendation)
    asked = row.addressees.filter(_with_history() | ~Q(validator_mailbox="") | Q(above__isnull=False))
    below: list[QuerySet[Any]] = [*_judged(row), row.proceedings.all(), asked]
    if row.is_public or row.decision_id is not None or any(rows.exists() for rows in below):
        return False
    row.addressees.all().delete()
    row.delete()
    trail.record(verb="take_back_recommendation", target=recommendation.target, by=by)
    return True


def _judged(row: Recommendation) -> list[QuerySet[Any]]:
    """What was found, also what is taken back: somebody may have been told of it."""
    return [model.with_withdrawn.filter(recommendation=row) for model in (Verdict, Shadow)]


def _with_history() -> Q:
    """Addressees to which something was sent, or from which something came, unless it was entered by mistake."""
    used = [Exists(model.objects.filter(addressee=OuterRef("pk"))) for model in (Letter, AnswerLink, Response, Action)]
    return Q(used[0] | used[1] | used[2] | used[3])


def _address(recommendation: Recommendation, organisations: Iterable[Organisation]) -> None:
    for organisation in organisations:
        Addressee.objects.get_or_create(recommendation=recommendation, organisation=organisation)


@transaction.atomic
def edit_recommendation(
    *,
    recommendation: Recommendation,
    text: Translated,
    source_text: Translated,
    addressees: Iterable[Organisation],
    problem: Problem | None,
    due: date | None,
    source_kind: str | None = None,
    by: User,
) -> list[Addressee]:
    """Changes what is asked, of whom, by when. The words of a decision stay as they were adopted. Raises HasHistory.

    `source_kind`: None leaves it as it is. Who is asked now is told of a fault that was found and is not published; gives those of whom
    the secretary is to tell it by letter.
    """
    row = locked(recommendation)
    wanted = {organisation.pk: organisation for organisation in addressees}
    gone = row.addressees.current().exclude(organisation__in=wanted)
    if gone.filter(_with_history()).exists():
        raise HasHistory
    asked_before = [addressee.organisation for addressee in gone.select_related("organisation")]
    gone.delete()
    if row.decision_id is None:
        row.text, row.source_text = text, source_text
        row.source_kind = row.source_kind if source_kind is None else source_kind
    row.problem, row.due = problem, due
    row.save(update_fields=["text", "source_text", "source_kind", "problem", "due"])
    _address(row, wanted.values())
    refresh(row)
    for organisation in asked_before:
        count_line(row.body, organisation)
    trail.record(verb="edit_recommendation", target=row.target, by=by)
    return tell_of_findings_kept(row)


@transaction.atomic
def publish(*, recommendation: Recommendation, by: User) -> list[Addressee]:
    """Shows the recommendation, its addressees and its letters to everybody; answers and verdicts each need their own word. Whom a
    verdict found at fault is told now, if not before; gives those to whom the secretary is to write."""
    untold = tell_of_findings_kept(_set_public(recommendation, True))
    trail.record(verb="publish_recommendation", target=recommendation.target, by=by)
    return untold


@transaction.atomic
def unpublish(*, recommendation: Recommendation, by: User) -> None:
    """Takes the recommendation, and with it all below, off the public pages."""
    _set_public(recommendation, False)
    trail.record(verb="unpublish_recommendation", target=recommendation.target, by=by)


def _set_public(recommendation: Recommendation, public: bool) -> Recommendation:
    row = locked(recommendation)
    row.is_public = public
    row.save(update_fields=["is_public"])
    refresh(row)
    return row


@transaction.atomic
def file_unfiled(*, limit: int = 200) -> int:
    """Files published recommendations that are filed nowhere, as after an upgrade; gives their number. The worker calls it."""
    there = Exists(Filed.objects.filter(recommendation=OuterRef("pk")))
    rows = list(Recommendation.objects.filter(~there, is_public=True).order_by("id")[:limit])
    for row in rows:
        refresh(locked(row))
    return len(rows)


@transaction.atomic
def register_letter(
    *,
    addressee: Addressee,
    sent_on: date,
    outgoing_number: str = "",
    incoming_number: str = "",
    due_by_law: date | None = None,
    key: uuid.UUID,
    by: User,
) -> Letter:
    """Notes a letter that was sent. A repeated key gives the same one."""
    row = locked(addressee.recommendation)
    letter, made = Letter.with_withdrawn.get_or_create(
        request_key=key,
        defaults={
            "body": row.body,
            "addressee": addressee,
            "sent_on": sent_on,
            "outgoing_number": outgoing_number,
            "incoming_number": incoming_number,
            "due_by_law": due_by_law,
            "entered_by": by,
        },
    )
    if made:
        refresh(row)
        trail.record(verb="register_letter", target=addressee.target, by=by)
    return letter


@transaction.atomic
def note_incoming(*, letter: Letter, incoming_number: str, due_by_law: date | None, by: User) -> None:
    """Adds what the addressee's registry said: its number, and by when the law wants an answer."""
    row = locked(letter.addressee.recommendation)
    letter.incoming_number, letter.due_by_law = incoming_number, due_by_law
    letter.save(update_fields=["incoming_number", "due_by_law"])
    refresh(row)
    trail.record(verb="note_incoming_number", target=letter.addressee.target, by=by)
