"""Everything that is published of one recommendation: where it comes from, what it rests on, who answered what, who found what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Schema

from kenesh.council.api.decisions import Asks
from kenesh.followup.models import (
    Action,
    Counted,
    Evidence,
    File,
    Measure,
    Proceeding,
    Recommendation,
    RecommendationSource,
    Response,
    Shadow,
    Verdict,
)
from kenesh.followup.queries import Cockpit, shadows
from kenesh.kernel.interface import on_page
from kenesh.library.models import Document


class VerdictOut(Schema):
    """What the body found when it looked for itself; apart from what the addressee says."""

    judgement: str = Field(examples=["carried_out", "partly", "not_carried_out", "unknown"])
    texts: dict[str, str] = Field(description="Language code → reasons.")
    judged_on: date


class Assessment(VerdictOut):
    """What a member organisation found, on the same scale. It changes nothing in the verdict."""

    by: str = Field(description="Who assessed, as far as it may be named.")
    url: str


class SourceOut(Schema):
    """A decision or document that asks for it."""

    kind: str = Field(examples=["decision", "un_committee", "upr", "round_table"])
    titles: dict[str, str] = Field(description="Language code → title.")
    symbol: str = Field(examples=["CMW/C/KGZ/CO/2", ""])
    paragraph: str
    dated_on: date | None
    url: str
    document_id: str | None = Field(description="Code of the document in the library.")
    decision_id: str | None = Field(description="Code of the decision.")


class ArticleOut(Schema):
    """An article of a convention on which it rests."""

    instrument: str = Field(examples=["ICRMW", "ILO C097"])
    article: str = Field(examples=["25"])


class Figure(Schema):
    """The figure by which one can tell whether it was carried out; numbers exactly as they were entered."""

    texts: dict[str, str] = Field(description="Language code → what is measured.")
    unit: str
    baseline: str = Field(description="Where it stood; empty when it is not known.", examples=["12.5"])
    baseline_year: int | None
    goal: str = Field(description="Where it shall stand; empty when it is not said.")
    goal_year: int | None
    source: str = Field(description="Who publishes it.")


class Proof(Schema):
    """What an answer, an action or a verdict rests on: an address, words, or a document of the library (its code)."""

    url: str
    text: str
    document_id: str | None


class Paper(Schema):
    """A published paper that came with an answer or an action, without its metadata."""

    name: str
    media_type: str
    size: int = Field(description="Bytes.")
    url: str


class ResponseOut(Schema):
    """A published answer of an addressee, in its own words."""

    id: str
    kind: str = Field(examples=["none", "holding", "forwarded", "formal", "substantive"])
    stance: str = Field(examples=["accepted", "partly", "noted", "rejected", ""])
    progress: str = Field(examples=["not_begun", "under_way", "done", "not_planned", ""], description="How far it is, it says.")
    text: str
    plan: str
    language: str
    promised_by: date | None
    received_on: date
    by_addressee: bool = Field(description="Whether the addressee wrote it itself, and not the secretary from a letter.")
    evidence: list[Proof]
    files: list[Paper]


class Done(Schema):
    """What an addressee reports done, or plans. Whether it is so, the verdict says."""

    text: str
    done_on: date = Field(description="Of a planned one: by when.")
    planned: bool = Field(description="Whether it is only promised.")
    recommendation_id: str = Field(description="Under which recommendation it was reported: one action may serve several.")
    evidence: list[Proof]
    files: list[Paper]


class AskedOf(Asks):
    """An addressee with its published answers and what it reports done."""

    leads: bool = Field(description="Whether it answers for the whole where several are asked.")
    progress: str = Field(description="How far it is, in its own newest published word; empty while it has said nothing.")
    responses: list[ResponseOut]
    actions: list[Done]
    succeeded_by_id: str | None = Field(description="Code of the organisation that is asked in its place, when it is no more.")


class Changed(Schema):
    """Whether anything changed for the people behind its problem, as they said by receipt; counted five or more at a time."""

    yes: int
    little: int
    no: int
    unsaid: int


class Court(Schema):
    """A court or commission that decides the same matter."""

    kind: str = Field(examples=["court", "constitutional", "commission", "ombudsman", "treaty_body"])
    name: str
    number: str
    on: date | None = Field(description="Day of the newest act.")
    state: str = Field(examples=["pending", "for", "partly", "against", "ended"])
    url: str


class Whole(Schema):
    """What one recommendation has beyond its line in the list."""

    why: dict[str, str] = Field(description="Language code → why it is asked.")
    themes: list[str] = Field(description="Concepts of the thesaurus that it is about.")
    groups: list[str] = Field(description="Concepts of the thesaurus: whom it concerns most.")
    articles: list[ArticleOut]
    targets: list[str] = Field(description="Of the Sustainable Development Goals.", examples=[["8.8", "10.7"]])
    measure: Figure | None
    carry_out_by: date | None = Field(description="The day by which it shall be carried out.")
    source_texts: dict[str, str] = Field(description="Where it comes from in words, when no decision of this node made it.")
    sources: list[SourceOut]
    asked: list[AskedOf]
    verdicts: list[VerdictOut]
    assessments: list[Assessment]
    proceedings: list[Court]
    changed: Changed | None = Field(description="Null while too few have said anything.")


def whole(request: HttpRequest, page: Cockpit) -> dict[str, Any]:
    """The columns of `Whole`; of the public page."""
    row, details = page.recommendation, page.details
    beside = shadows.side_by_side(row, public=True)
    counted = Counted.objects.filter(recommendation=row).first()
    return {
        "why": dict(row.why),
        "themes": details.themes,
        "groups": details.groups,
        "articles": [ArticleOut(instrument=instrument, article=article) for instrument, article in row.articles],
        "targets": row.targets,
        "measure": _figure(details.measure) if details.measure else None,
        "carry_out_by": row.carry_out_by,
        "source_texts": {} if row.decision_id else dict(row.source_text),
        "sources": [_source(one) for one in details.sources],
        "asked": _asked(request, page, {one.addressee.pk: one.progress for one in beside.own}),
        "verdicts": [verdict_out(verdict) for verdict in page.verdicts],
        "assessments": [_assessment(one) for one in beside.shadows],
        "proceedings": [_court(one) for one in shadows.proceedings(row, public=True)],
        "changed": Changed(yes=counted.yes, little=counted.little, no=counted.no, unsaid=counted.unsaid) if counted else None,
    }


def verdict_out(verdict: Verdict) -> VerdictOut:
    return VerdictOut(judgement=verdict.judgement, texts=dict(verdict.text), judged_on=verdict.judged_on)


def _assessment(shadow: Shadow) -> Assessment:
    return Assessment(
        judgement=shadow.judgement,
        texts=dict(shadow.text),
        judged_on=shadow.judged_on,
        by=shadows.name_shown(shadow),
        url=shadow.url,
    )


def _court(one: Proceeding) -> Court:
    return Court(kind=one.kind, name=one.name, number=one.number, on=one.on, state=one.state, url=one.url)


def _source(one: RecommendationSource) -> SourceOut:
    return SourceOut(
        kind=one.kind,
        titles=dict(one.title),
        symbol=one.symbol,
        paragraph=one.paragraph,
        dated_on=one.dated_on,
        url=one.url,
        document_id=_listed(one.document),
        decision_id=one.decision.code if one.decision else None,
    )


def _listed(document: Document | None) -> str | None:
    """Its code; None for one that was taken out of the library, too."""
    return document.code if document is not None and document.taken_out_at is None else None


def _figure(one: Measure) -> Figure:
    return Figure(
        texts=dict(one.text),
        unit=one.unit,
        baseline=one.baseline_words,
        baseline_year=one.baseline_year,
        goal=one.goal_words,
        goal_year=one.goal_year,
        source=one.source,
    )


def _asked(request: HttpRequest, page: Cockpit, progress: dict[int, str]) -> list[AskedOf]:
    row = page.recommendation
    return [
        AskedOf(
            id=one.organisation.code,
            name=str(one.organisation),
            names=dict(one.organisation.name),
            leads=one.is_lead,
            progress=progress.get(one.pk, ""),
            succeeded_by_id=one.succeeded_by.organisation.code if one.succeeded_by else None,
            responses=[_answer(request, response) for response in one.all_responses],  # type: ignore[attr-defined]  # prefetched
            actions=[
                *(_done(request, action, row) for action in one.all_actions),  # type: ignore[attr-defined]  # as above
                *(_done(request, action, action.addressee.recommendation) for action in one.shared_actions),  # type: ignore[attr-defined]
            ],
        )
        for one in page.addressees
    ]


def _done(request: HttpRequest, action: Any, reported: Recommendation) -> Done:
    row: Action = action
    return Done(
        text=row.text,
        done_on=row.done_on,
        planned=row.is_planned,
        recommendation_id=reported.code,
        evidence=_proofs(row.evidence.all()),
        files=_papers(request, action.all_files),
    )


def _answer(request: HttpRequest, response: Any) -> ResponseOut:
    row: Response = response
    return ResponseOut(
        id=row.code,
        kind=row.grade,
        stance=row.stance,
        progress=row.progress,
        text=row.text,
        plan=row.plan,
        language=row.language,
        promised_by=row.promised_by,
        received_on=row.received_on,
        by_addressee=row.by_link,
        evidence=_proofs(row.evidence.all()),
        files=_papers(request, response.all_files),
    )


def _proofs(rows: Iterable[Evidence]) -> list[Proof]:
    return [Proof(url=one.url, text=one.text, document_id=_listed(one.document)) for one in rows]


def _papers(request: HttpRequest, files: Iterable[File]) -> list[Paper]:
    """Only files that are published come here, and these have a copy without metadata."""
    return [
        Paper(name=one.name, media_type=one.kind, size=one.copy_size or 0, url=on_page(request, "followup:file", one.uid))
        for one in files
    ]
