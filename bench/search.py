"""How well and how quickly the public search finds across languages, beside plain full-text search in the same run.

    python -m bench.search --json
    python -m bench.search --documents 1000 100000 1000000 --engine sqlite

Quality: the questions of `bench/search_set/` (each in seven languages) over its documents, on one database; plain search is the
same engine and ranking with the words as they are written. Speed: documents put together from sentences of that set, until
there are so many; the questions in all languages, one after the other, in one warm process.
"""

from __future__ import annotations

import argparse
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
    from kenesh.search.queries import Within, answer
    from kenesh.search.terms import read_question

    languages = {document["id"]: document["language"] for document in corpus}
    measured: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    whole: dict[str, list[float]] = defaultdict(list)
    ways: dict[str, tuple[Callable[[str], Question], str]] = {"": (read_question, "document"), "_plain": (_plain_question, "plain")}
    for question in questions:
        relevant = set(question["relevant"])
        for asked, text in question["texts"].items():
            foreign = {code for code in relevant if languages[code] != asked}
            for way, (read, kind) in ways.items():
                read_once = read(text)
                mixed = [each.code for each in answer(read_once, Within(kind=kind)).found]
                whole[f"recall5{way}"].append(recall(mixed, relevant))
                whole[f"ndcg10{way}"].append(ndcg(mixed, relevant))
                if foreign:
                    whole[f"recall5_foreign{way}"].append(recall(mixed, foreign))
                for language in sorted({languages[code] for code in relevant}):
                    own = {code for code in relevant if languages[code] == language}
                    found = [each.code for each in answer(read_once, Within(kind=kind, language=language)).found]
                    measured[asked, language][f"recall5{way}"].append(recall(found, own))
                    measured[asked, language][f"ndcg10{way}"].append(ndcg(found, own))
    rows = [
        {"question": asked, "document": language, "questions": len(values["recall5"]), **_means(values)}
        for (asked, language), values in sorted(measured.items())
    ]
    cross = [values for (asked, language), values in measured.items() if asked != language]
    joined = {name: [value for values in cross for value in values[name]] for name in ("recall5", "ndcg10", "recall5_plain", "ndcg10_plain")}
    return rows, {**_means(whole), **{f"{name}_cross": value for name, value in _means(joined).items()}}


def _means(values: dict[str, list[float]]) -> dict[str, float]:
    return {name: round(statistics.mean(each), 3) for name, each in values.items() if each}


def _plain_words(text: str) -> list[str]:
    from kenesh.themes import analysis

    return [f"w:{analysis.normalise(token.word)}" for token in analysis.tokens(text)]


def _plain_question(text: str) -> Question:
    from kenesh.search.terms import Question, Word

    words = tuple(Word(term, (term,), (), 0, 0) for term in dict.fromkeys(_plain_words(text)))
    return Question(text, "", words, (), ())


def fill(corpus: Sequence[Document]) -> None:
    """Puts the corpus into the index, as it is and as plain words."""
    from kenesh.search import actions
    from kenesh.search.findable import Findable, Text
    from kenesh.search.models import Entry

    actions.add_in_bulk(
        "document", (Findable(row["id"], (Text(row["language"], row["title"], row["text"]),), {}) for row in corpus)
    )
    for row in corpus:
        title, text = _plain_words(row["title"]), _plain_words(row["text"])
        terms = [*dict.fromkeys((*title, *text)), *(f"+{term}" for term in dict.fromkeys(title))]
        Entry.objects.create(
            kind="plain", code=row["id"], terms=" ".join([*terms, "f:plain", f"l:{row['language']}"]), languages=[row["language"]]
        )
