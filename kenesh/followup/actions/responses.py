"""Answers and reported actions: stored once, never written over, public only when the body says so."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from kenesh.followup.actions.keeping import locked, refresh
from kenesh.followup.actions.refusals import NotAnAnswer, NotOfficial, NotPublic, RightOfReply
from kenesh.followup.models import (
    NO_DATE,
    Action,
    Addressee,
    AnswerLink,
    Confirmation,
    Direction,
    Evidence,
    Extension,
    Letter,
    Progress,
    Recommendation,
    Response,
    ResponseKind,
    Stance,
)
from kenesh.followup.models.answers import ANSWERS
from kenesh.followup.models.verdicts import CRITICAL
from kenesh.followup.signals import recommendation_answered
from kenesh.kernel import trail
from kenesh.kernel.codes import new_code
from kenesh.library.models import Document
from kenesh.people.models import User
from kenesh.themes.languages import detect


@dataclass(frozen=True)
class Proof:
    """What something rests on: an address, words, a document of the library; any of them may be missing."""

    url: str = ""
    text: str = ""
    document: Document | None = None

    def __bool__(self) -> bool:
        return bool(self.url or self.text or self.document)


@dataclass(frozen=True)
class Given:
    """What an answer says. `done` and `done_on`: what the addressee reports done already; `steps`: what it plans, and by when."""

    kind: ResponseKind
    stance: Stance | None = None
    text: str = ""
    plan: str = ""
    promised_by: date | None = None
    steps: tuple[tuple[str, date], ...] = ()
    progress: Progress | None = None
    responsible: str = ""
    done: str = ""
    done_on: date | None = None
    proof: Proof = field(default_factory=Proof)


def store(
    *,
    addressee: Addressee,
    given: Given,
    received_on: date,
    key: uuid.UUID,
    link: AnswerLink | None = None,
    by: User | None = None,
    numbers: tuple[str, str] = ("", ""),
) -> Response:
    """Writes the answer within the caller's transaction; a repeated key gives the first answer.

    Either `link` (the addressee wrote it) or `by` (the secretary entered it). `numbers`: of the addressee's registry and of ours.
    What came by link to an addressee that has a validator counts only once it is confirmed.
    """
    recommendation = locked(addressee.recommendation)
    known = Response.with_withdrawn.filter(addressee=addressee, request_key=key).first()
    if known is not None:
        return known
    waits = link is not None and bool(addressee.validator_mailbox)
    response = Response.objects.create(
        code=new_code(),
        addressee=addressee,
        kind=given.kind,
        stance=given.stance or "",
        text=given.text,
        plan=given.plan,
        promised_by=given.promised_by,
        language=detect(given.text).language if given.text else "",
        received_on=received_on,
        link=link,
        entered_by=by,
        progress=given.progress or "",
        responsible=given.responsible,
        confirmation=Confirmation.WAITING if waits else "",
        request_key=key,
    )
    prove(given.proof, response=response)
    if given.done:
        Action.objects.create(
            addressee=addressee,
            response=response,
            text=given.done,
            done_on=given.done_on or received_on,
            request_key=key,
        )
    for number, (text, day) in enumerate(given.steps, 1):
        step_key = uuid.uuid5(key, f"step {number}")
        Action.objects.create(
            addressee=addressee, response=response, text=text, done_on=day, is_planned=True, request_key=step_key
        )
    actor: User | str = by or addressee.target
    if not waits:
        count(response, recommendation, numbers=numbers, by=actor)
    trail.record(verb="answer" if link else "enter_response", target=f"response:{response.code}", by=actor)
    return response


def count(response: Response, recommendation: Recommendation, *, numbers: tuple[str, str] = ("", ""), by: User | str) -> None:
    """From now on the answer is official: it stands in the register, asks for more time, moves the status; the areas above are told.

    `recommendation`: the locked row.
    """
    if response.kind in ANSWERS and criticised_in_public(recommendation):
        _set_public(response, True)  # who is criticised in public answers in public
        response.is_public = True
    if response.kind == ResponseKind.HOLDING and response.promised_by:
        before = response.addressee.answer_by
        Extension.objects.create(
            addressee=response.addressee,
            response=response,
            asked_on=response.received_on,
            before=None if before == NO_DATE else before,
            until=response.promised_by,
        )
    if response.kind != ResponseKind.NONE:
        Letter.objects.create(
            body=recommendation.body,
            addressee=response.addressee,
            direction=Direction.IN,
            outgoing_number=numbers[0],
            sent_on=response.received_on,
            incoming_number=numbers[1] or (response.code if response.by_link else ""),
            response=response,
            entered_by=response.entered_by,
        )
    refresh(recommendation)
    recommendation_answered.send(sender=Response, recommendation=recommendation, response=response, by=by)


def prove(proof: Proof, *, response: Response | None = None, action: Action | None = None, verdict_id: int | None = None) -> None:
    """Adds the evidence, if there is any, to exactly one of the three."""
    if proof:
        Evidence.objects.create(
            response=response, action=action, verdict_id=verdict_id, url=proof.url, text=proof.text, document=proof.document
        )


def criticised_in_public(recommendation: Recommendation) -> bool:
    """Whether the newest public verdict, or a public assessment of a member organisation, finds fault, so that the addressees'
    answers stand beside it."""
    newest = recommendation.verdicts.filter(is_public=True).order_by("-judged_on", "-id").first()
    if newest is not None and newest.judgement in CRITICAL:
        return True
    return recommendation.shadows.filter(is_public=True, judgement__in=CRITICAL).exists()


@transaction.atomic
def enter_response(
    *,
    addressee: Addressee,
    given: Given,
    received_on: date,
    numbers: tuple[str, str] = ("", ""),
    key: uuid.UUID,
    by: User,
) -> Response:
    """An answer that came by letter, entered by the secretary; `numbers`: of the addressee's registry and of ours.

    A repeated key gives the first one.
    """
    return store(addressee=addressee, given=given, received_on=received_on, numbers=numbers, key=key, by=by)


@transaction.atomic
def report_action(*, addressee: Addressee, text: str, done_on: date, proof: Proof, key: uuid.UUID, by: User) -> Action:
    """What the addressee says it has done, outside of an answer. A repeated key gives the first one."""
    row = locked(addressee.recommendation)
    action, made = Action.with_withdrawn.get_or_create(
        addressee=addressee, request_key=key, defaults={"text": text, "done_on": done_on}
    )
    if made:
        prove(proof, action=action)
        refresh(row)
        trail.record(verb="report_action", target=addressee.target, by=by)
    return action


@transaction.atomic
def grade_response(*, response: Response, grade: ResponseKind, by: User) -> None:
    """How far the answer goes, in the judgement of the secretary who has read it. Raises NotAnAnswer."""
    if grade not in ANSWERS or response.kind not in ANSWERS:
        raise NotAnAnswer
    Response.objects.filter(pk=response.pk).update(graded="" if grade == response.kind else grade)
    trail.record(verb="grade_response", target=f"response:{response.code}", by=by)


@transaction.atomic
def publish_response(*, response: Response, by: User) -> None:
    """Shows the answer, and what it reports done, on the public page. Raises NotPublic, NotOfficial."""
    if not Response.objects.official().filter(pk=response.pk).exists():
        raise NotOfficial
    row = locked(response.addressee.recommendation)
    if not row.is_public:
        raise NotPublic
    _set_public(response, True)
    refresh(row)
    trail.record(verb="publish_response", target=f"response:{response.code}", by=by)


@transaction.atomic
def unpublish_response(*, response: Response, by: User) -> None:
    """Takes the answer off the public page. Raises RightOfReply while a public verdict finds fault with the addressees."""
    row = locked(response.addressee.recommendation)
    if criticised_in_public(row):
        raise RightOfReply
    _set_public(response, False)
    refresh(row)
    trail.record(verb="unpublish_response", target=f"response:{response.code}", by=by)


def _set_public(response: Response, public: bool) -> None:
    Response.objects.filter(pk=response.pk).update(is_public=public)
    Action.objects.filter(response=response).update(is_public=public)


@transaction.atomic
def publish_action(*, action: Action, by: User) -> None:
    """Shows a reported action on the public page. Raises NotPublic, NotOfficial."""
    if action.response_id and not Response.objects.official().filter(pk=action.response_id).exists():
        raise NotOfficial
    row = locked(action.addressee.recommendation)
    if not row.is_public:
        raise NotPublic
    Action.objects.filter(pk=action.pk).update(is_public=True)
    refresh(row)
    trail.record(verb="publish_action", target=action.addressee.target, by=by)


@transaction.atomic
def unpublish_action(*, action: Action, by: User) -> None:
    """Takes a reported action off the public page. Raises RightOfReply for part of an answer that stands beside found fault."""
    row = locked(action.addressee.recommendation)
    if action.response_id and criticised_in_public(row):
        raise RightOfReply
    Action.objects.filter(pk=action.pk).update(is_public=False)
    refresh(row)
    trail.record(verb="unpublish_action", target=action.addressee.target, by=by)


def publish_newest_answers(recommendation: Recommendation) -> None:
    """The newest answer of each addressee, and what it reports done, beside a verdict that finds fault."""
    answers = Response.objects.answers().filter(addressee__recommendation=recommendation).order_by("addressee_id", "id")
    for response in {answer.addressee_id: answer for answer in answers}.values():
        _set_public(response, True)
