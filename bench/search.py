"""How well and how quickly the public search finds across languages, beside plain full-text search in the same run.

    python -m bench.search --json
    python -m bench.search --documents 1000 100000 1000000 --engine sqlite

Quality: the questions of `bench/search_set/` (each in seven languages) over its documents, on one database; plain search is the
same engine and ranking with the words as they are written. Speed: documents put together from sentences of that set, until
there are so many; the questions in all languages, one after the other, in one warm process.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from bench.harness import steady
from bench.harness.node import Node
from bench.harness.servers import PostgresServer, folder_on_disk, make_database, postgresql, programs

if TYPE_CHECKING:
    from kenesh.search.terms import Question

SET = Path(__file__).with_name("search_set")
ENGINES = ("sqlite", "postgresql")
DOCUMENTS = (1_000, 100_000)
LIMIT_MS = 50
ASKED = 200  # questions that are timed

Row = dict[str, Any]


class Document(TypedDict):
    """A document of the set."""

    id: str
    language: str
    kind: str
    title: str
    text: str


class Asked(TypedDict):
    """A question of the set in several languages, and the documents that answer it."""

    id: str
    texts: dict[str, str]
    relevant: list[str]


def load(folder: Path = SET) -> tuple[list[Document], list[Asked]]:
    """Corpus and questions of a set: `corpus*.json` and `questions*.json`, several of each are joined."""
    corpus = [row for path in sorted(folder.glob("corpus*.json")) for row in json.loads(path.read_text(encoding="utf-8"))]
    questions = [row for path in sorted(folder.glob("questions*.json")) for row in json.loads(path.read_text(encoding="utf-8"))]
    return corpus, questions


# --- quality ----------------------------------------------------------------------------------------------------------


def recall(found: Sequence[str], relevant: set[str], at: int = 5) -> float:
    """The share of what is relevant, or of as many as fit, among the first results."""
    return len(relevant.intersection(found[:at])) / min(len(relevant), at)


def ndcg(found: Sequence[str], relevant: set[str], at: int = 10) -> float:
    """Normalised discounted cumulative gain with a gain of 1 (Järvelin and Kekäläinen, 2002)."""
    gain = sum(1 / math.log2(place + 2) for place, code in enumerate(found[:at]) if code in relevant)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(len(relevant), at)))


def quality(corpus: Sequence[Document], questions: Sequence[Asked]) -> tuple[list[Row], Row]:
    """A row for each pair of languages, and the means. The corpus is in the index already, twice: as it is, and as plain words."""
    from kenesh.search.terms import read_question

    kinds = {document["kind"] for document in corpus}
    own_kind = kinds.pop() if len(kinds) == 1 else ""  # a set of several kinds is asked without that filter
    languages = {document["id"]: document["language"] for document in corpus}
    ids = {_code(number): document["id"] for number, document in enumerate(corpus)}
    measured: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    whole: dict[str, list[float]] = defaultdict(list)
    ways: dict[str, tuple[Callable[[str], Question], str]] = {
        "": (read_question, own_kind),
        "_plain": (_plain_question, "plain"),
    }
    for question in questions:
        relevant = set(question["relevant"])
        for asked, text in question["texts"].items():
            foreign = {code for code in relevant if languages[code] != asked}
            for way, (read, kind) in ways.items():
                read_once = read(text)
                mixed = [ids[code] for code in _found(read_once, kind)]
                whole[f"recall5{way}"].append(recall(mixed, relevant))
                whole[f"ndcg10{way}"].append(ndcg(mixed, relevant))
                if foreign:
                    whole[f"recall5_foreign{way}"].append(recall(mixed, foreign))
                for language in sorted({languages[code] for code in relevant}):
                    own = {code for code in relevant if languages[code] == language}
                    found = [ids[code] for code in _found(read_once, kind, language)]
                    measured[asked, language][f"recall5{way}"].append(recall(found, own))
                    measured[asked, language][f"ndcg10{way}"].append(ndcg(found, own))
    rows = [
        {"question": asked, "document": language, "questions": len(values["recall5"]), **_means(values)}
        for (asked, language), values in sorted(measured.items())
    ]
    cross = [values for (asked, language), values in measured.items() if asked != language]
    joined = {
        name: [value for values in cross for value in values[name]]
        for name in ("recall5", "ndcg10", "recall5_plain", "ndcg10_plain")
    }
    return rows, {**_means(whole), **{f"{name}_cross": value for name, value in _means(joined).items()}}


def _found(question: Question, kind: str, language: str = "") -> list[str]:
    """Codes of what is found, of one kind, or ("") of all but the plain ones."""
    from kenesh.search.queries import Within, answer

    found = answer(question, Within(kind=kind, language=language)).found
    return [each.code for each in found if kind or each.kind != "plain"]


def _means(values: dict[str, list[float]]) -> dict[str, float]:
    return {name: round(statistics.mean(each), 3) for name, each in values.items() if each}


def _plain_words(text: str) -> list[str]:
    from kenesh.themes import analysis

    return [f"w:{analysis.normalise(token.word)}" for token in analysis.tokens(text)]


def _plain_question(text: str) -> Question:
    from kenesh.search.terms import Question, Word

    words = tuple(Word(term, (term,), (), 0, 0) for term in dict.fromkeys(_plain_words(text)))
    return Question(text, "", words, (), ())


def _code(number: int) -> str:
    """A document's code in the index: ids of the set are longer than its column."""
    return f"d{number}"


def fill(corpus: Sequence[Document]) -> None:
    """Puts the corpus into the index, as it is and as plain words."""
    from kenesh.search import actions
    from kenesh.search.findable import Findable, Text
    from kenesh.search.models import Entry

    for kind in sorted({row["kind"] for row in corpus}):
        things = (
            Findable(_code(number), (Text(row["language"], row["title"], row["text"]),), {})
            for number, row in enumerate(corpus)
            if row["kind"] == kind
        )
        actions.add_in_bulk(kind, things)
    for number, row in enumerate(corpus):
        title, text = _plain_words(row["title"]), _plain_words(row["text"])
        terms = [*dict.fromkeys((*title, *text)), *(f"+{term}" for term in dict.fromkeys(title))]
        Entry.objects.create(
            kind="plain",
            code=_code(number),
            terms=" ".join([*terms, "f:plain", f"l:{row['language']}"]),
            languages=[row["language"]],
        )


# --- speed ------------------------------------------------------------------------------------------------------------


def grow(corpus: Sequence[Document], documents: int) -> None:
    """Fills the index up with documents that are each put together from seven of the set, of one language."""
    from django.db import transaction

    from kenesh.kernel.bulk import bare, reserve, row_of, store
    from kenesh.search.findable import Findable, Text
    from kenesh.search.models import Entry
    from kenesh.search.terms import terms_of

    chance = random.Random(documents)  # a benchmark's dice
    by_language: dict[str, list[list[str]]] = defaultdict(list)
    for row in corpus:
        thing = Findable(row["id"], (Text(row["language"], row["title"], row["text"]),), {})
        by_language[row["language"]].append(terms_of(thing, "document").split(" "))
    languages = sorted(by_language)

    def one(number: int) -> str:
        language = chance.choice(languages)
        first, *others = chance.choices(by_language[language], k=7)
        terms = dict.fromkeys(first)
        for other in others:
            terms.update(dict.fromkeys(term for term in other if term[0] != "+"))
        year = chance.randrange(2005, 2026)
        return " ".join([*terms, f"w:nr{number}", f"k:{chance.choice(['kg', 'kz', 'ru', 'uz', 'tj', 'am'])}", f"y:{year}"])

    at_once = 5000
    for start in range(Entry.objects.count(), documents, at_once):
        some = min(at_once, documents - start)
        with transaction.atomic():
            before = reserve(Entry, some)
            rows = [
                bare(
                    Entry, id=before + at, kind="document", code=f"n{start + at}", terms=one(start + at),
                    languages='["ru"]', countries='["KG"]', year=2020, body="", revision="",
                )
                for at in range(1, some + 1)
            ]  # fmt: skip
            store(Entry, [row_of(row) for row in rows])


_COMMON = (
    "мигрант",
    "migrant workers",
    "зарплата",
    "работа в России",
    "ish haqi",
    "жумуш",
    "права трудящихся-мигрантов",
    "паспорт",
)


def timed(questions: Sequence[Asked], asked: int) -> Row:
    """Wall and processor time of searches: sampled questions of the set, very common words, and both narrowed."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from kenesh.search.queries import Within, search

    chance = random.Random(asked)  # as above
    every = [text for question in questions for text in question["texts"].values()]
    texts = [*chance.sample(every, min(asked, len(every))), *_COMMON * 3]
    narrowed = [None, None, Within(language="ru"), Within(country="KG", year=2020)]
    wall: list[float] = []
    processor: list[float] = []
    pieces: list[float] = []
    for text in texts[:20]:
        search(text)  # warm
    gc.collect()  # as a web process does when it is warm
    gc.freeze()
    for place, text in enumerate(texts):
        began, used = time.perf_counter(), time.process_time()
        search(text, within=narrowed[place % len(narrowed)])
        wall.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - used) * 1000)
        pieces.append(steady.piece())
    counted = []
    for text in (*texts[:5], *_COMMON):
        with CaptureQueriesContext(connection) as captured:
            search(text)
        counted.append(len(captured))
    return {
        "p50_ms": round(statistics.median(wall), 1),
        "p95_ms": round(_p95(wall), 1),
        "cpu_p95_ms": round(_p95(processor), 1),
        "queries": max(counted),
        "asked": len(texts),
        "machine": steady.unsteadiness(pieces),
    }


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _bytes() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("VACUUM ANALYZE search_entry")
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def inside(folder: Path, documents: Sequence[int], asked: int, *, with_quality: bool) -> dict[str, Any]:
    """What runs within the node's own environment."""
    import django

    django.setup()
    from kenesh.search.actions import find_common_terms
    from kenesh.search.models import Entry
    from kenesh.themes import analysis

    analysis.load()
    corpus, questions = load(folder)
    answer: dict[str, Any] = {"pairs": [], "whole": {}, "speed": []}
    if with_quality:
        fill(corpus)
        answer["pairs"], answer["whole"] = quality(corpus, questions)
        Entry.objects.all().delete()
    before = _bytes()
    for number in sorted(documents):
        began = time.perf_counter()
        grow(corpus, number)
        find_common_terms()
        seconds = time.perf_counter() - began
        size = (_bytes() - before) // number
        answer["speed"].append(
            {"documents": number, **timed(questions, asked), "build_seconds": round(seconds, 1), "bytes_per_document": size}
        )
    return answer


# --- the whole --------------------------------------------------------------------------------------------------------


def run(
    documents: Sequence[int] = DOCUMENTS, engines: Sequence[str] = ENGINES, asked: int = ASKED, folder: Path = SET
) -> dict[str, Any]:
    """Rows: one for each pair of languages, then one for each engine and number of documents. Raises NodeTrouble."""
    pairs: list[Row] = []
    speed: list[Row] = []
    whole: dict[str, Row] = {}
    for engine in engines:
        if engine == "postgresql" and programs() is None:
            speed.append({"engine": engine, "why": "PostgreSQL is not installed"})
            continue
        with folder_on_disk() as place, _database(engine, place) as server:
            node = Node(place / "home", database=f"{server.address}/kenesh_bench" if server else "sqlite")
            node.kenesh("migrate")
            numbers = ",".join(map(str, documents))
            found = json.loads(node.python("bench.search", "--inside", str(folder), numbers, str(asked)))
            pairs = pairs or found["pairs"]
            whole[engine] = found["whole"]
            speed += [{"engine": engine, **row} for row in found["speed"]]
    measured = [row for row in speed if "p95_ms" in row]
    most = max(row["documents"] for row in measured)
    full = [row for row in measured if row["documents"] == most]
    summary = {
        **next(iter(whole.values())),
        "same_on_both": len({json.dumps(each, sort_keys=True) for each in whole.values()}) == 1,
        "documents": most,
        "p95_ms": max(row["p95_ms"] for row in full),
        "cpu_p95_ms": max(row["cpu_p95_ms"] for row in full),
        "queries": max(row["queries"] for row in measured),
    }
    return {"bench": "search", "rows": [*pairs, *speed], "summary": summary}


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[PostgresServer | None]:
    if engine == "sqlite":
        yield None
        return
    with postgresql(folder) as server:
        make_database(server, "kenesh_bench")
        yield server


def main() -> None:
    if sys.argv[1:2] == ["--inside"]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenesh.config.settings")
        folder, numbers, asked = sys.argv[2:5]
        print(json.dumps(inside(Path(folder), [int(number) for number in numbers.split(",")], int(asked), with_quality=True)))
        return
    parser = argparse.ArgumentParser(prog="python -m bench.search", description="How well and how quickly search finds.")
    parser.add_argument("--documents", type=int, nargs="+", default=DOCUMENTS, help="how many there are (default: %(default)s)")
    parser.add_argument("--engine", choices=ENGINES, nargs="+", default=ENGINES, help="which databases (default: %(default)s)")
    parser.add_argument("--asked", type=int, default=ASKED, help="questions that are timed (default: %(default)s)")
    parser.add_argument("--set", type=Path, default=SET, help="folder of the questions (default: %(default)s)")
    chosen = parser.parse_args()
    json.dump(run(chosen.documents, chosen.engine, chosen.asked, chosen.set.resolve()), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
