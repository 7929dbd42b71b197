"""Versions of the public record: what changed, for readers, feeds and letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from kenesh.council.models import Decision
from kenesh.followup.models import (
    NO_DATE,
    Action,
    Addressee,
    Filed,
    Following,
    Measure,
    Recommendation,
    RecommendationSource,
    RecordVersion,
    Response,
    Shadow,
    Stage,
    Status,
    Verdict,
)
from kenesh.followup.queries.details import Details, articles_in_words
from kenesh.followup.queries.lists import Line
from kenesh.followup.queries.shadows import name_shown
from kenesh.themes import thesaurus
from kenesh.themes.texts import Translated

_IN_A_LETTER = 40


@dataclass(frozen=True)
class Change:
    """A version, and what in it differs from the one before, in words. The first one has no words."""

    version: RecordVersion
    words: list[str]

    @property
    def recommendation(self) -> Recommendation:
        return self.version.recommendation

    @property
    def title(self) -> str:
        """What happened, in one line."""
        if not self.words:
            return _("Recommendation %(code)s is published") % {"code": self.recommendation.code}
        said = {"code": self.recommendation.code, "words": ", ".join(self.words)}
        return _("Recommendation %(code)s, changed: %(words)s") % said


@dataclass(frozen=True)
class OldRecord:
    """A version as it is shown: of its answers, actions, verdicts and assessments only those that are public now."""

    change: Change
    line: Line  # of a recommendation that is not saved: with the words of that day
    details: Details
    stage: str
    answers: list[Response]
    actions: list[Action]
    verdicts: list[Verdict]
    shadows: list[tuple[str, Shadow]]  # each after the name that may be shown
    newest: int


def _words(before: dict[str, Any] | None, after: dict[str, Any]) -> list[str]:
    if before is None:
        return []
    names = {
        "text": _("the words"), "why": _("the reasons"), "sources": _("where it comes from"), "asked": _("who is asked"),
        "themes": _("the themes"), "groups": _("the groups"), "articles": _("the articles"), "targets": _("the targets"),
        "measure": _("the figure"), "answer_by": _("the day for an answer"), "carry_out_by": _("the day for carrying it out"),
        "answers": _("an answer"), "actions": _("what is reported done"), "verdicts": _("an independent judgement"),
        "shadows": _("an assessment of a member organisation"),
        "stage": _("how far it has come"),
    }  # fmt: skip
    return [word for name, word in names.items() if before.get(name) != after.get(name)]


def changes_of(rows: QuerySet[RecordVersion], limit: int) -> list[Change]:
    """The newest of these versions with what changed in each: two queries."""
    found = list(rows.select_related("recommendation__body").order_by("-id")[:limit])
    wanted = {(row.recommendation_id, row.number - 1) for row in found}
    before = RecordVersion.objects.filter(
        recommendation__in={recommendation for recommendation, _number in wanted},
        number__in={number for _recommendation, number in wanted},
    )
    earlier = {(row.recommendation_id, row.number): row.record for row in before}
    return [Change(row, _words(earlier.get((row.recommendation_id, row.number - 1)), row.record)) for row in found]


def versions_of(recommendation: Recommendation) -> list[Change]:
    """Its versions, the newest first; the last hundred."""
    return changes_of(recommendation.versions.all(), 100)


def actions_shown(recommendation: Recommendation) -> QuerySet[Action]:
    """What is published of what was done on it: reported of itself, or of another published recommendation and serving it too."""
    mine = Q(addressee__recommendation=recommendation)
    serves = Exists(Addressee.objects.filter(recommendation=recommendation, served_by=OuterRef("pk")))
    return Action.objects.filter(mine | Q(serves, addressee__recommendation__is_public=True), is_public=True)


def old_record(recommendation: Recommendation, number: int) -> OldRecord:
    """One version. Raises Http404."""
    found = changes_of(recommendation.versions.filter(number=number), 1)
    if not found:
        raise Http404
    record = found[0].version.record
    answers = Response.objects.filter(code__in=record["answers"], is_public=True).select_related("addressee__organisation")
    verdicts = recommendation.verdicts.filter(request_key__in=record["verdicts"], is_public=True).order_by("judged_on", "id")
    beside = recommendation.shadows.filter(request_key__in=record.get("shadows", ()), is_public=True).select_related(
        "organisation"
    )
    shadows = [(name_shown(one), one) for one in beside.order_by("judged_on", "id")]
    newest = recommendation.versions.order_by("-number").values_list("number", flat=True)[0]
    stage = str(Stage(record["stage"]).label)
    actions = actions_shown(recommendation).filter(pk__in=record["actions"])
    return OldRecord(
        found[0],
        _line_then(record),
        _details_then(recommendation, record),
        stage,
        list(answers.order_by("received_on", "id")),
        list(actions.select_related("addressee__organisation").order_by("done_on", "id")),
        list(verdicts),
        shadows,
        newest,
    )


def _line_then(record: dict[str, Any]) -> Line:
    day = date.fromisoformat(record["answer_by"])
    then = Recommendation(
        text=Translated(record["text"]),
        why=Translated(record["why"]),
        targets=record["targets"],
        carry_out_by=_day(record["carry_out_by"]),
    )
    return Line(then, Status(record["stage"]), 0, None, None if day == NO_DATE else day)


def _details_then(recommendation: Recommendation, record: dict[str, Any]) -> Details:
    known = thesaurus.concepts()
    return Details(
        sources=_sources_then(recommendation, record["sources"]),
        themes=[one for one in record["themes"] if one in known],
        groups=[one for one in record["groups"] if one in known],
        articles=articles_in_words(record["articles"]),
        measure=_measure_then(record["measure"]),
        lead=None,
    )


def _sources_then(recommendation: Recommendation, said: list[dict[str, Any]]) -> list[RecommendationSource]:
    """Without those of a decision that is internal now; older versions did not name the decision, and are told by their words."""
    public = Decision.objects.filter(code__in=[one.get("decision", "") for one in said], is_public=True).select_related("meeting")
    decisions = {one.code: one for one in public}
    internal = recommendation.sources.filter(decision__is_public=False)
    hidden = [(dict(one.title), one.symbol, one.paragraph) for one in internal]
    return [
        RecommendationSource(
            kind=one["kind"],
            title=Translated(one["title"]),
            symbol=one.get("symbol", ""),
            paragraph=one.get("paragraph", ""),
            dated_on=_day(one.get("on", "")),
            url=one.get("url", ""),
            decision=decisions.get(one.get("decision", "")),
        )
        for one in said
        if (one["decision"] in decisions if "decision" in one else _words_of(one) not in hidden)
    ]


def _words_of(source: dict[str, Any]) -> tuple[dict[str, str], str, str]:
    return source["title"], source.get("symbol", ""), source.get("paragraph", "")


def _measure_then(said: dict[str, Any]) -> Measure | None:
    if not said:
        return None
    figures = {name: Decimal(said[name]) if said[name] else None for name in ("baseline", "goal")}
    rest = {name: said[name] for name in ("unit", "baseline_year", "goal_year", "source")}
    return Measure(text=Translated(said["text"]), **figures, **rest)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def newest_changes(keys: list[str], limit: int) -> list[Change]:
    """What changed last of all that is public and filed under each of these keys."""
    rows = RecordVersion.objects.filter(recommendation__is_public=True)
    for one in keys:
        rows = rows.filter(Exists(Filed.objects.filter(recommendation=OuterRef("recommendation_id"), key=one)))
    return changes_of(rows, limit)


def changes_since(
    recommendation: Recommendation | None, keys: list[str], seen: int, newest: int, limit: int = _IN_A_LETTER
) -> list[Change]:
    """What is public now and changed after one version up to another: of one recommendation, or of all under the keys."""
    rows = RecordVersion.objects.filter(pk__gt=seen, pk__lte=newest, recommendation__is_public=True)
    if recommendation is not None:
        return changes_of(rows.filter(recommendation=recommendation), limit)
    for one in keys:
        rows = rows.filter(Exists(Filed.objects.filter(recommendation=OuterRef("recommendation_id"), key=one)))
    return changes_of(rows, limit)


def newest_version(recommendation: Recommendation) -> RecordVersion | None:
    """None while it was never public."""
    return recommendation.versions.order_by("-number").first()


def newest_version_id() -> int:
    """The number of the newest version of all; 0 while there is none."""
    return RecordVersion.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def followers_to_tell(newest: int) -> list[int]:
    """Ids of those who have confirmed something of which they may not have been told."""
    rows = Following.objects.filter(confirmed_at__isnull=False, seen__lt=newest)
    return list(rows.order_by("follower_id").values_list("follower_id", flat=True).distinct())


def followings_of(ids: Iterable[int]) -> list[Following]:
    """These wishes with their followers, in the order in which they were wished."""
    return list(Following.objects.filter(pk__in=list(ids)).select_related("follower", "recommendation").order_by("pk"))
