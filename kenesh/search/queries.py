"""Finding: a question in, the best of what is public out, with a constant number of queries however much there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from kenesh.search import embedding, engine
from kenesh.search.findable import Shown, rooms
from kenesh.search.models import Common, Entry
from kenesh.search.scoring import Found, Scores, plan
from kenesh.search.terms import Question, read_question

MOST_FOUND = 200  # results that are counted, and can be read page by page
_FEW = 1000  # entries that are read whole, where a search is narrowed to so many
_READ_AGAIN = 100  # entries whose terms are read, where lists were cut


@dataclass(frozen=True)
class Within:
    """What a reader narrowed the search to; "" and 0 narrow nothing."""

    kind: str = ""
    country: str = ""
    year: int = 0
    language: str = ""
    body: str = ""

    def terms(self) -> list[str]:
        parts = (
            ("f", self.kind),
            ("k", self.country.lower()),
            ("y", str(self.year or "")),
            ("l", self.language),
            ("b", self.body.lower()),
        )
        return [f"{letter}:{value}" for letter, value in parts if value]


@dataclass(frozen=True)
class Result:
    """A public thing that was found, how well from 0 to 1, and the themes (concepts) through which, if not by its words."""

    kind: str
    code: str
    score: float
    themes: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Results:
    """What was found, the best first. `counts`: for each filter how many of them have which value."""

    question: Question
    found: list[Result]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def more_than_counted(self) -> bool:
        return len(self.found) >= MOST_FOUND


@dataclass(frozen=True)
class Offer:
    """What a filter offers: its values, with how many results have each under the other filters. `cut`: more were found than were
    counted, and there may be more values."""

    counts: Mapping[str, int]
    cut: bool


def offered(results: Results, within: Within, everything: Results) -> dict[str, Offer]:
    """For each filter what it offers under the others. `results`: of `within`; `everything`: the same not narrowed. One more
    search for each filter that is chosen beside another one."""
    found = {}
    chosen: dict[str, Any] = asdict(within)
    for each in fields(Within):
        others = Within(**{**chosen, each.name: each.default})
        known = results if others == within else everything if others == Within() else answer(results.question, others)
        found[each.name] = Offer(known.counts.get(each.name, {}), known.more_than_counted)
    return found


def search(text: str, *, language: str | None = None, within: Within | None = None) -> Results:
    """The best results for these words, at most MOST_FOUND. `language`: of the words, when it is known."""
    return answer(read_question(text, language), within)


def answer(question: Question, within: Within | None = None) -> Results:
    """The best results for a question that was read already."""
    # One after the other: SQLite reads the whole table where both are asked at once.
    numbers = Entry.objects.values_list("id", flat=True)
    first, last = numbers.order_by("id").first(), numbers.order_by("-id").first()
    if not question.words or first is None or last is None:
        return Results(question, [])
    narrowed = (within or Within()).terms()
    ranked = _ranked(question, narrowed, entries=last - first + 1, newest=last)
    return _results(question, ranked)


def _ranked(question: Question, narrowed: Sequence[str], *, entries: int, newest: int) -> list[Found]:
    common = _common(question, narrowed)
    few = _few(narrowed, common, entries, newest)
    if few is not None:
        made = plan(question, (), {}, len(few), newest)
        scores = Scores(made, engine.lists_among(made.expressions, few), {}, len(few))
        return embedding.fused(scores.ranked(MOST_FOUND), question.text, narrowed)
    made = plan(question, narrowed, common, entries, newest)
    lists = engine.lists(made.expressions, newest)
    if lists and made.expressions[-1].some and made.expressions[-1].since and len(lists[-1]) < engine.MOST:
        # Fewer of the newest have all words than chance would have it: the older ones are looked through too.
        lists[-1:] = engine.lists([replace(made.expressions[-1], since=0)], newest)
    scores = Scores(made, lists, common, entries)
    if scores.cut:
        for number, terms in Entry.objects.filter(pk__in=scores.best(_READ_AGAIN)).values_list("pk", "terms"):
            scores.exact(number, terms)
    return embedding.fused(scores.ranked(MOST_FOUND), question.text, narrowed)


def _few(narrowed: Sequence[str], common: Mapping[str, int], entries: int, newest: int) -> list[tuple[int, str]] | None:
    """Number and terms of all entries to which the search is narrowed, where they are so few that reading them is less work than
    forty lists; else None."""
    expected = float(entries)
    for term in narrowed:
        expected *= common.get(term, engine.MOST) / entries
    if not narrowed or expected > _FEW:
        return None
    (numbers,) = engine.lists([engine.Expression(tuple(narrowed))], newest, 2 * _FEW)
    if len(numbers) >= 2 * _FEW:
        return None
    return list(Entry.objects.filter(pk__in=numbers).order_by("-pk").values_list("pk", "terms"))


def _common(question: Question, narrowed: Sequence[str]) -> dict[str, int]:
    """About how many entries have those terms of a question that very many have."""
    made = plan(question, narrowed, {}, 0, 0)
    asked = {term for each in made.expressions for term in each.every}
    return dict(Common.objects.filter(term__in=asked).values_list("term", "entries"))


def _results(question: Question, ranked: Sequence[Found]) -> Results:
    names = ("kind", "code", "languages", "countries", "year", "body")
    rows = {row["pk"]: row for row in Entry.objects.filter(pk__in=[each.number for each in ranked]).values("pk", *names)}
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("kind", "country", "year", "language", "body")}
    found = []
    for each in ranked:
        row = rows.get(each.number)
        if row is None:
            continue  # it was withdrawn between two queries
        counts["kind"][row["kind"]] += 1
        counts["body"].update([row["body"]] if row["body"] else [])
        counts["year"].update([str(row["year"])] if row["year"] else [])
        counts["country"].update(row["countries"])
        counts["language"].update(row["languages"])
        themes = tuple(sorted(each.themes, key=lambda theme: (-each.themes[theme], theme)))
        found.append(Result(row["kind"], row["code"], each.score, themes, tuple(row["languages"])))
    return Results(question, found, counts)


def shown(results: Iterable[Result], language: str) -> list[tuple[Result, Shown]]:
    """How these results look to a reader of this language; what was withdrawn meanwhile is left out. One round for each kind."""
    several = list(results)
    looks: dict[tuple[str, str], Shown] = {}
    for kind, room in rooms().items():
        codes = [each.code for each in several if each.kind == kind]
        if codes:
            looks.update({(kind, look.code): look for look in room.shown(codes, language)})
    return [(each, looks[each.kind, each.code]) for each in several if (each.kind, each.code) in looks]
