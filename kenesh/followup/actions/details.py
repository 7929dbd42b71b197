"""What a recommendation is about, where it comes from, and by which figure one can tell that it was carried out."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from kenesh.council.models import Decision
from kenesh.followup.actions.keeping import locked, refresh
from kenesh.followup.models import AboutConcept, Measure, Recommendation, RecommendationSource
from kenesh.kernel import trail
from kenesh.library.models import Document
from kenesh.people.models import User
from kenesh.themes.texts import Translated


@dataclass(frozen=True)
class SourceLine:
    """One decision or document that asks for it."""

    kind: str
    title: Translated = field(default_factory=Translated)
    symbol: str = ""
    paragraph: str = ""
    dated_on: date | None = None
    url: str = ""
    document: Document | None = None
    decision: Decision | None = None


@dataclass(frozen=True)
class Figure:
    """A figure with where it stood and where it shall stand."""

    text: Translated
    unit: str = ""
    baseline: Decimal | None = None
    baseline_year: int | None = None
    goal: Decimal | None = None
    goal_year: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Details:
    """`themes`, `groups`: ids of concepts. `articles`: pairs of `instruments.py`. `lead`: the code of an addressee's organisation."""

    why: Translated = field(default_factory=Translated)
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    articles: list[list[str]] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    carry_out_by: date | None = None
    lead: str = ""
    figure: Figure | None = None


def set_details(recommendation: Recommendation, details: Details) -> None:
    """Writes them to a locked recommendation within the caller's transaction."""
    for name in ("why", "articles", "targets", "carry_out_by"):
        setattr(recommendation, name, getattr(details, name))
    recommendation.save(update_fields=["why", "articles", "targets", "carry_out_by"])
    recommendation.concepts.all().delete()
    wanted = {**dict.fromkeys(details.groups, True), **dict.fromkeys(details.themes, False)}
    AboutConcept.objects.bulk_create(
        AboutConcept(recommendation=recommendation, concept=concept, is_group=is_group) for concept, is_group in wanted.items()
    )
    recommendation.addressees.filter(is_lead=True).update(is_lead=False)
    if details.lead:
        recommendation.addressees.current().filter(organisation__code=details.lead).update(is_lead=True)
    if details.figure is None:
        Measure.objects.filter(recommendation=recommendation).delete()
    else:
        Measure.objects.update_or_create(recommendation=recommendation, defaults=vars(details.figure))


def details_of(recommendation: Recommendation) -> Details:
    """Those that were written last."""
    measure = Measure.objects.filter(recommendation=recommendation).first()
    concepts = list(recommendation.concepts.order_by("id").values_list("concept", "is_group"))
    lead = recommendation.addressees.filter(is_lead=True).values_list("organisation__code", flat=True).first()
    written = {name: getattr(recommendation, name) for name in ("why", "articles", "targets", "carry_out_by")}
    return Details(
        themes=tuple(concept for concept, is_group in concepts if not is_group),
        groups=tuple(concept for concept, is_group in concepts if is_group),
        lead=lead or "",
        figure=Figure(**{one.name: getattr(measure, one.name) for one in fields(Figure)}) if measure else None,
        **written,
    )


@transaction.atomic
def edit_details(*, recommendation: Recommendation, details: Details, by: User) -> None:
    """Changes what it rests on and how it is measured."""
    row = locked(recommendation)
    set_details(row, details)
    refresh(row)
    trail.record(verb="edit_recommendation_details", target=row.target, by=by)


def add_line(recommendation: Recommendation, line: SourceLine) -> RecommendationSource:
    """The source within the caller's transaction; the one that is there already when it names the same place."""
    same = Q(pk__in=[])
    if line.symbol:
        same |= Q(symbol=line.symbol, paragraph=line.paragraph)
    if line.decision is not None:
        same |= Q(decision=line.decision)
    return recommendation.sources.filter(same).first() or RecommendationSource.objects.create(
        recommendation=recommendation, **vars(line)
    )


def line_of(source: RecommendationSource) -> SourceLine:
    """What a source says."""
    return SourceLine(**{one.name: getattr(source, one.name) for one in fields(SourceLine)})


@transaction.atomic
def add_source(*, recommendation: Recommendation, line: SourceLine, by: User) -> RecommendationSource:
    """One more place from which it comes."""
    row = locked(recommendation)
    source = add_line(row, line)
    refresh(row)
    trail.record(verb="add_recommendation_source", target=row.target, by=by)
    return source


@transaction.atomic
def refresh_named(*, decision: Decision) -> None:
    """Works out anew what is public of the recommendations that name a decision as a source: it was published, or hidden."""
    rows = Recommendation.objects.filter(sources__decision=decision, is_public=True).order_by("id")
    for recommendation in rows:
        refresh(locked(recommendation))


@transaction.atomic
def remove_source(*, source: RecommendationSource, by: User) -> None:
    """It was not asked there after all."""
    row = locked(source.recommendation)
    source.delete()
    refresh(row)
    trail.record(verb="remove_recommendation_source", target=row.target, by=by)
