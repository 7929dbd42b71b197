"""The source of the thesaurus: reading it, checking it, adding a translator's labels, compiling it. No Django here.

python -m kenesh.themes.thesaurus                         checks thesaurus.ttl and writes thesaurus.json
python -m kenesh.themes.thesaurus check                   checks alone
python -m kenesh.themes.thesaurus add LANGUAGE FILE.json  adds labels: {"concept": {"label": "…", "alt": ["…"], "hidden": ["…"]}}
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kenesh.themes import thesaurus, turtle

SOURCE = Path(__file__).with_name("thesaurus.ttl")

# Languages in which every concept must have a name. A language joins when its translation is complete.
REQUIRED = ("en", "ru")
DEFINED_IN = ("ru", "en")
FACETS = ("sector", "perpetrator", "stage", "group")

_FLAG_LETTER: Mapping[str, str] = {"intake": "I", "urgent": "U", "restricted": "R", "policy": "P"}
_RELATIONS: Mapping[str, str] = {"skos:closeMatch": "close", "skos:broadMatch": "broad", "skos:relatedMatch": "related"}
_TARGET = re.compile(r"(?:[1-9]|1[0-7])\.(?:[1-9]\d?|[a-d])")
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class Refused(Exception):
    """The labels of a translator cannot be added; `lines` say why, one reason each."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def source(path: Path = SOURCE) -> turtle.Document:
    """The source as blocks. Raises turtle.Unreadable."""
    return turtle.read(path.read_text(encoding="utf-8"))


def rows(document: turtle.Document) -> list[thesaurus.Row]:
    """The concepts, in the order of their notations. Raises turtle.Unreadable for a flag or value that is none."""
    numbered = [(notation(block), block) for block in concepts(document)]
    return [_row(block) for _, block in sorted(numbered, key=lambda pair: pair[0])]


def concepts(document: turtle.Document) -> Iterator[turtle.Block]:
    return (block for block in document.blocks if block.kind == "skos:Concept")


def notation(block: turtle.Block) -> str:
    """The concept's place in the order. Raises turtle.Unreadable when it has none, or several."""
    values = block.properties.get("skos:notation", [])
    if len(values) != 1:
        raise turtle.Unreadable(f"{block.subject} must have one skos:notation, and has {len(values)}")
    return turtle.unquoted(values[0])[0]


def _row(block: turtle.Block) -> thesaurus.Row:
    broader = block.names("skos:broader")
    facets = block.names("k:facet")
    unknown = [flag for flag in block.names("k:flag") if flag not in _FLAG_LETTER]
    if unknown:
        raise turtle.Unreadable(f"{block.subject} has a flag that does not exist: {unknown[0]}")
    return thesaurus.Row(
        id=block.subject.removeprefix("t:"),
        parent=broader[0] if broader else None,
        notation=notation(block),
        labels={language: texts[0] for language, texts in sorted(block.texts("skos:prefLabel").items())},
        alt=dict(sorted(block.texts("skos:altLabel").items())),
        hidden=dict(sorted(block.texts("skos:hiddenLabel").items())),
        definitions={language: texts[0] for language, texts in sorted(block.texts("skos:definition").items())},
        flags=sorted(_FLAG_LETTER[flag] for flag in block.names("k:flag")),
        facet=facets[0] if facets else None,
        matches=[
            [relation, *value.split(":", 1)] for name, relation in _RELATIONS.items() for value in block.properties.get(name, ())
        ],
    )


def compiled(document: turtle.Document) -> str:
    """The text of `thesaurus.json` for this source."""
    scheme = turtle.by_subject(document)["t:scheme"]
    whole = thesaurus.Compiled(
        title={language: texts[0] for language, texts in scheme.texts("skos:prefLabel").items()},
        concepts=rows(document),
        index={
            block.subject.removeprefix("uhri:"): block.texts("skos:prefLabel")["en"][0]
            for block in document.blocks
            if block.kind == "k:IndexTheme"
        },
    )
    return json.dumps(whole, ensure_ascii=False, indent=0) + "\n"


def main(arguments: Sequence[str]) -> int:
    """The command; gives its exit code."""
    text = compiled(source())
    thesaurus.COMPILED.write_text(text, encoding="utf-8")
    return 0
