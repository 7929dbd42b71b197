"""One recommendation: as everybody may see it, and as its secretary works on it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from kenesh.followup import instruments
from kenesh.followup.models import (
    Action,
    Addressee,
    AnswerLink,
    Direction,
    Evidence,
    Extension,
    File,
    ImportBatch,
    Letter,
    Measure,
    Recommendation,
    RecommendationSource,
    Response,
    Verdict,
    has_answered,
    has_handed_on,
)
from kenesh.followup.models.answers import ANSWERS
from kenesh.followup.queries.days import with_day
from kenesh.followup.queries.lists import Line, lines_of
from kenesh.followup.rules import bodies_kept_by, bodies_read_by
from kenesh.people.models import MailStop, Succession, User
from kenesh.people.queries.correspondents import came_back
from kenesh.themes import thesaurus

# --- who may have which -----------------------------------------------------------------------------------------------


def recommendation_for_public(code: str) -> Recommendation:
    """Raises Http404 for an internal one as for none."""
    return _one(Recommendation.objects.filter(code=code, is_public=True))


def recommendation_to_read(user: User, code: str) -> Recommendation:
    """Raises Http404 outside of the account's bodies."""
    return _one(Recommendation.objects.filter(code=code, body__in=bodies_read_by(user)))


def recommendation_to_keep(user: User, code: str) -> Recommendation:
    """Raises Http404 unless the account is secretary of its body."""
    return _one(Recommendation.objects.filter(code=code, body__in=bodies_kept_by(user)))


def _one(rows: QuerySet[Recommendation]) -> Recommendation:
    row = rows.select_related("body", "problem", "decision__meeting").first()
    if row is None:
        raise Http404
    return row


def addressee_to_keep(user: User, code: str) -> Addressee:
    """Raises Http404 unless the account is secretary of the body, and when a successor is asked in its place."""
    rows = Addressee.objects.select_related("organisation", "recommendation__body")
    addressee = rows.current().filter(code=code, recommendation__body__in=bodies_kept_by(user)).first()
    if addressee is None:
        raise Http404
    return addressee


def response_to_keep(user: User, code: str) -> Response:
    """Raises Http404 unless the account is secretary of the body."""
    rows = Response.objects.select_related("addressee__recommendation")
    response = rows.filter(code=code, addressee__recommendation__body__in=bodies_kept_by(user)).first()
    if response is None:
        raise Http404
    return response


def verdict_to_keep(user: User, key: uuid.UUID) -> Verdict:
    """The verdict of a request key. Raises Http404 unless the account is secretary of the body."""
    rows = Verdict.objects.select_related("recommendation__body")
    verdict = rows.filter(request_key=key, recommendation__body__in=bodies_kept_by(user)).first()
    if verdict is None:
        raise Http404
    return verdict


def batches_kept_by(user: User) -> list[ImportBatch]:
    """Spreadsheets brought for the bodies of which the account is secretary, the newest first; the last fifty."""
    rows = ImportBatch.objects.filter(body__in=bodies_kept_by(user)).select_related("body").defer("rows", "headings")
    return list(rows.order_by("-id")[:50])


def batch_to_keep(user: User, code: str) -> ImportBatch:
    """Raises Http404 unless the account is secretary of the body."""
    rows = ImportBatch.objects.filter(code=code, body__in=bodies_kept_by(user)).select_related("body")
    batch = rows.first()
    if batch is None:
        raise Http404
    return batch


# --- what happened ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Event:
    """One line of the timeline; `kind` is made, opened, letter, registered, successor, response, action or verdict."""

    on: date
    kind: str
    organisation: str = ""
    successor: str = ""
    letter: Letter | None = None
    response: Response | None = None
    action: Action | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Details:
    """What it is about, where it comes from, and by which figure one can tell. `sources`: without decisions that are not public."""

    sources: list[RecommendationSource]
    themes: list[str]
    groups: list[str]
    articles: list[tuple[str, str]]  # "ICRMW 25, 27" and the full name of the instrument
    measure: Measure | None
    lead: Addressee | None


@dataclass(frozen=True)
class Cockpit:
    """A recommendation with all that belongs to it; on the public page only what is public."""

    line: Line
    timeline: list[Event]
    plans: list[Event]  # actions that are only promised, by their days
    details: Details
    addressees: list[
        Addressee
    ]  # each with `all_letters`, `all_responses`, `all_actions`, and for staff `live_links`, `owes`, `is_gone`, `returned`
    verdicts: list[Verdict]
    is_public: bool = False

    @property
    def recommendation(self) -> Recommendation:
        return self.line.recommendation

    @property
    def newest_verdict(self) -> Verdict | None:
        return self.verdicts[0] if self.verdicts else None

    @property
    def replies(self) -> list[tuple[Addressee, Response]]:
        """The newest answer of each addressee that gave one: shown beside the verdict."""
        pairs = [(one, [r for r in one.all_responses if r.kind in ANSWERS and r.is_official]) for one in self.addressees]  # type: ignore[attr-defined]
        return [(addressee, answers[-1]) for addressee, answers in pairs if answers]


def public_page(code: str) -> Cockpit:
    """What everybody may see of a published recommendation. Raises Http404 for an internal one as for none."""
    return _cockpit(Recommendation.objects.filter(code=code, is_public=True), public=True)


def cockpit(recommendation: Recommendation) -> Cockpit:
    """All of it, for the people of its body."""
    return _cockpit(Recommendation.objects.filter(pk=recommendation.pk), public=False)


def _cockpit(rows: QuerySet[Recommendation], *, public: bool) -> Cockpit:
    addressees_with_all, verdicts_with_proofs = _addressees(public=public), Verdict.objects.prefetch_related(_proofs())
    rows = with_day(rows, public=public)
    lines = lines_of(rows, public=public, whole=True, addressees=addressees_with_all, verdicts=verdicts_with_proofs)
    if not lines:
        raise Http404
    line = lines[0]
    addressees: list[Addressee] = line.recommendation.lines  # type: ignore[attr-defined]  # prefetched by `lines_of`
    verdicts: list[Verdict] = line.recommendation.shown_verdicts  # type: ignore[attr-defined]
    if not public:
        _with_returned(addressees)
    details = _details(line.recommendation, addressees, public=public)
    events = _events(line.recommendation, addressees, verdicts)
    happened, plans = [[one for one in events if _is_plan(one) is plan] for plan in (False, True)]
    return Cockpit(line, happened, plans, details, addressees, verdicts, public)


def what_is_asked(recommendation: Recommendation) -> Details:
    """What the one who is asked reads beside the text: why, for whom, on what it rests, how one can tell, who leads."""
    asked = recommendation.addressees.current().select_related("organisation").order_by("id")
    return _details(recommendation, list(asked), public=True)


def sources_of(recommendation: Recommendation, *, public: bool = False) -> list[RecommendationSource]:
    """Where it comes from, in the order of entry. `public`: only what everybody may read."""
    long = [f"document__{column}" for column in ("text", "furniture", "found")]
    rows = recommendation.sources.in_public() if public else recommendation.sources.all()
    return list(rows.select_related("document", "decision__meeting").defer(*long).order_by("id"))


def source_to_keep(recommendation: Recommendation, source_id: int) -> RecommendationSource:
    """Raises Http404 when it is no source of this one."""
    source = recommendation.sources.select_related("recommendation").filter(pk=source_id).first()
    if source is None:
        raise Http404
    return source


def articles_in_words(articles: list[list[str]]) -> list[tuple[str, str]]:
    """Those of each convention together, beside its full name."""
    together: dict[str, list[list[str]]] = {}
    for article in articles:
        together.setdefault(article[0], []).append(article)
    language = get_language() or "en"
    return [(instruments.write_articles(some), instruments.full_name(name, language)) for name, some in together.items()]


def _details(recommendation: Recommendation, addressees: list[Addressee], *, public: bool) -> Details:
    concepts = list(recommendation.concepts.order_by("id").values_list("concept", "is_group"))
    known = thesaurus.concepts()
    return Details(
        sources=sources_of(recommendation, public=public),
        themes=[concept for concept, is_group in concepts if not is_group and concept in known],
        groups=[concept for concept, is_group in concepts if is_group and concept in known],
        articles=articles_in_words(recommendation.articles),
        measure=getattr(recommendation, "measure", None),
        lead=next((one for one in addressees if one.is_lead), None),
    )


def _addressees(*, public: bool) -> QuerySet[Addressee]:
    """Each with its letters, answers and actions."""
    proofs = _proofs()
    responses = Response.objects.select_related("entered_by", "extension", "letter").order_by("received_on", "id")
    actions = Action.objects.select_related("response").order_by("done_on", "id")
    files = File.objects.order_by("id")
    if public:
        responses, actions = responses.filter(is_public=True), actions.filter(is_public=True)
        files = files.filter(is_public=True)
    enclosed = Prefetch("files", files, to_attr="all_files")
    shared = actions.select_related("addressee__recommendation")
    if public:  # it may have been reported under a recommendation that is internal again
        shared = shared.filter(addressee__recommendation__is_public=True)
    letters = Letter.objects.filter(direction=Direction.OUT).order_by("sent_on", "id")
    if not public:
        letters = letters.prefetch_related(enclosed)
    rows = Addressee.objects.select_related("above", "named_by__organisation").prefetch_related(
        Prefetch("letters", letters, to_attr="all_letters"),
        Prefetch("responses", responses.prefetch_related(proofs, enclosed), to_attr="all_responses"),
        Prefetch("actions", actions.prefetch_related(proofs, enclosed), to_attr="all_actions"),
        Prefetch("served_by", shared.prefetch_related(proofs, enclosed), to_attr="shared_actions"),
    )
    if not public:
        asked = Extension.objects.order_by("id")
        done = has_answered() | has_handed_on()
        today = timezone.localdate()
        taken_over = Exists(Succession.objects.filter(predecessor=OuterRef("organisation"), on__lte=today))
        gone = Q(Q(organisation__ended_on__lte=today) | Q(taken_over), ~done, succeeded_by__isnull=True)
        owes = ExpressionWrapper(Q(~done, succeeded_by__isnull=True), output_field=BooleanField())
        rows = rows.annotate(owes=owes, is_gone=ExpressionWrapper(gone, output_field=BooleanField())).prefetch_related(
            Prefetch("links", _live_links(), to_attr="live_links"), Prefetch("extensions", asked, to_attr="all_extensions")
        )
    return rows


def _live_links() -> QuerySet[AnswerLink]:
    rows = AnswerLink.objects.filter(revoked_at__isnull=True, expires_at__gt=timezone.now(), confirms=False)
    return rows.order_by("-id")


def _mailboxes(addressee: Addressee, links: Iterable[AnswerLink]) -> list[str]:
    """Where letters to it go: its own mailbox first, then those of who confirms, of whoever it passed a link on to, and of who
    stands above it."""
    above = addressee.above.mailbox if addressee.above else ""
    found = [addressee.organisation.mailbox, addressee.validator_mailbox, *(link.mailbox for link in links), above]
    return list(dict.fromkeys(filter(None, found)))


@dataclass(frozen=True)
class Returned:
    """A mailbox of an addressee from which letters come back. `is_registered`: it is the organisation's own, to which codes go."""

    mailbox: str
    stop: MailStop
    is_registered: bool


def mailbox_to_keep(user: User, code: str, mailbox: str) -> Addressee:
    """The addressee to which letters go at this mailbox. Raises Http404 as `addressee_to_keep` does, and for any other mailbox."""
    addressee = addressee_to_keep(user, code)
    if mailbox not in _mailboxes(addressee, _live_links().filter(addressee=addressee)):
        raise Http404
    return addressee


def _with_returned(addressees: list[Addressee]) -> None:
    """Each with `returned`; one query for all."""
    boxes = {one.pk: _mailboxes(one, one.live_links) for one in addressees}  # type: ignore[attr-defined]  # prefetched
    stops = came_back([box for some in boxes.values() for box in some])
    for one in addressees:
        own = one.organisation.mailbox
        one.returned = [Returned(box, stops[box], box == own) for box in boxes[one.pk] if box in stops]  # type: ignore[attr-defined]


def _proofs() -> Prefetch[str]:
    """Evidence with its document, without the document's long text."""
    long = [f"document__{column}" for column in ("text", "furniture", "found")]
    return Prefetch("evidence", Evidence.objects.select_related("document").defer(*long).order_by("id"))


def _is_plan(event: Event) -> bool:
    return event.action is not None and event.action.is_planned


def _events(recommendation: Recommendation, addressees: list[Addressee], verdicts: list[Verdict]) -> list[Event]:
    asked_on: date = recommendation.asked_on  # type: ignore[attr-defined]  # annotated by `with_day`
    entered = timezone.localdate(recommendation.created_at)
    events = [Event(asked_on, "opened" if recommendation.decision_id or asked_on == entered else "made")]
    if events[0].kind == "made":
        events.append(Event(entered, "opened"))
    for one in addressees:
        called = one.organisation.called_on
        if one.succeeded_by is not None and one.succeeded_on is not None:
            names = (called(one.succeeded_on), one.succeeded_by.organisation.called_on(one.succeeded_on))
            events.append(Event(one.succeeded_on, "successor", *names))
        events += [Event(x.sent_on, "letter", called(x.sent_on), letter=x) for x in one.all_letters]  # type: ignore[attr-defined]  # prefetched
        events += [Event(x.received_on, "response", called(x.received_on), response=x) for x in one.all_responses]  # type: ignore[attr-defined]
        done = [*one.all_actions, *one.shared_actions]  # type: ignore[attr-defined]
        events += [Event(x.done_on, "action", called(x.done_on), action=x) for x in done]
    events += [Event(verdict.judged_on, "verdict", verdict=verdict) for verdict in verdicts]
    return sorted(events, key=lambda event: event.on)
