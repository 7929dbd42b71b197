"""The thesaurus for other programs: SKOS as Turtle and JSON-LD, and plain JSON. No Django here.

Each is made once in a process, from what was compiled; nothing parses Turtle while somebody waits.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from kenesh.themes import editing, thesaurus, turtle

TYPES = {"turtle": "text/turtle; charset=utf-8", "jsonld": "application/ld+json", "json": "application/json"}

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_IN_LANGUAGES = {"@container": "@language"}
_ADDRESS = {"@type": "@id"}
_CONTEXT = {
    "skos": _SKOS,
    "k": thesaurus.VOCABULARY,
    "t": thesaurus.NAMESPACE,
    "uhri": thesaurus.INDEX,
    "sdg": thesaurus.TARGETS,
    "prefLabel": {"@id": "skos:prefLabel", **_IN_LANGUAGES},
    "altLabel": {"@id": "skos:altLabel", **_IN_LANGUAGES},
    "hiddenLabel": {"@id": "skos:hiddenLabel", **_IN_LANGUAGES},
    "definition": {"@id": "skos:definition", **_IN_LANGUAGES},
    "notation": "skos:notation",
    "inScheme": {"@id": "skos:inScheme", **_ADDRESS},
    "topConceptOf": {"@id": "skos:topConceptOf", **_ADDRESS},
    "hasTopConcept": {"@id": "skos:hasTopConcept", **_ADDRESS},
    "broader": {"@id": "skos:broader", **_ADDRESS},
    "narrower": {"@id": "skos:narrower", **_ADDRESS},
    "closeMatch": {"@id": "skos:closeMatch", **_ADDRESS},
    "broadMatch": {"@id": "skos:broadMatch", **_ADDRESS},
    "relatedMatch": {"@id": "skos:relatedMatch", **_ADDRESS},
    "flag": {"@id": "k:flag", **_ADDRESS},
    "facet": {"@id": "k:facet", **_ADDRESS},
}
_Words = TypeVar("_Words", str, list[str])
_FLAG = {"I": "k:intake", "U": "k:urgent", "R": "k:restricted", "P": "k:policy"}


@lru_cache(maxsize=len(TYPES))
def served(name: str) -> bytes:
    """The whole thesaurus in one of the formats of TYPES."""
    if name == "turtle":
        return editing.SOURCE.read_bytes() + _downwards().encode()
    return json.dumps(_jsonld() if name == "jsonld" else _plain(), ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=len(TYPES))
def version(name: str) -> str:
    """Says whether somebody's copy in this format is the present one."""
    return hashlib.sha256(served(name)).hexdigest()[:20]


def _below() -> dict[str, list[str]]:
    """Concept → those right below it; under "" those at the top. The source says the same upwards, once."""
    below: dict[str, list[str]] = {}
    for row in thesaurus.compiled()["concepts"]:
        below.setdefault(row["parent"] or "", []).append(f"t:{row['id']}")
    return below


def _downwards() -> str:
    """In Turtle, for programs that draw no conclusions from skos:broader and skos:topConceptOf."""
    said = (
        (f"t:{concept} skos:narrower" if concept else "t:scheme skos:hasTopConcept", ", ".join(names))
        for concept, names in _below().items()
    )
    return "\n" + "".join(f"{what} {names} .\n" for what, names in said)


def _jsonld() -> object:
    below = _below()
    title = _tagged(thesaurus.compiled()["title"])
    scheme = {"@id": "t:scheme", "@type": "skos:ConceptScheme", "prefLabel": title, "hasTopConcept": below[""]}
    concepts = [_node(row) | {"narrower": below.get(row["id"], [])} for row in thesaurus.compiled()["concepts"]]
    names = [
        {"@id": f"uhri:{code}", "@type": "k:IndexTheme", "prefLabel": {"en": name}}
        for code, name in thesaurus.compiled()["index"].items()
    ]
    return {"@context": _CONTEXT, "@graph": [scheme, *concepts, *names]}


def _node(row: thesaurus.Row) -> dict[str, object]:
    place = {"broader": f"t:{row['parent']}"} if row["parent"] else {"topConceptOf": "t:scheme"}
    node: dict[str, object] = {
        "@id": f"t:{row['id']}",
        "@type": "skos:Concept",
        "notation": row["notation"],
        "inScheme": "t:scheme",
        **place,
        "prefLabel": _tagged(row["labels"]),
        "altLabel": _tagged(row["alt"]),
        "hiddenLabel": _tagged(row["hidden"]),
        "definition": _tagged(row["definitions"]),
        "flag": [_FLAG[flag] for flag in row["flags"]],
        "facet": [f"k:{row['facet']}"] if row["facet"] else [],
    }
    for relation, scheme, code in row["matches"]:
        matches = node.setdefault(f"{relation}Match", [])
        assert isinstance(matches, list)  # noqa: S101  # tells the type checker what the line above put there
        matches.append(f"{scheme}:{code}")
    return node


def _tagged(words: Mapping[str, _Words]) -> dict[str, _Words]:
    """By the language tags of the Turtle file."""
    return {turtle.TAGS.get(key, key): said for key, said in words.items()}


def _plain() -> object:
    return {
        "title": thesaurus.compiled()["title"],
        "concepts": [
            {
                "id": row["id"],
                "broader": row["parent"],
                "notation": row["notation"],
                "facet": row["facet"],
                "labels": row["labels"],
                "synonyms": row["alt"],
                "definitions": row["definitions"],
                "matches": [
                    {"relation": relation, "address": f"{_ADDRESSES[scheme]}{code}"} for relation, scheme, code in row["matches"]
                ],
            }
            for row in thesaurus.compiled()["concepts"]
        ],
    }


_ADDRESSES = {"uhri": thesaurus.INDEX, "sdg": thesaurus.TARGETS}
