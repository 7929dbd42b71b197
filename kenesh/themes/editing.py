"""The source of the thesaurus: reading it, checking it, adding a translator's labels, compiling it. No Django here.

python -m kenesh.themes.thesaurus                         checks thesaurus.ttl and writes thesaurus.json
python -m kenesh.themes.thesaurus check                   checks alone
python -m kenesh.themes.thesaurus add LANGUAGE FILE.json  adds labels: {"concept": {"label": "…", "alt": ["…"], "hidden": ["…"]}}
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kenesh.themes import checking, thesaurus, turtle
from kenesh.themes.languages import script_of

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "thesaurus.ttl"

_FLAG_LETTER: Mapping[str, str] = {"intake": "I", "urgent": "U", "restricted": "R", "policy": "P"}
_RELATIONS: Mapping[str, str] = {"skos:closeMatch": "close", "skos:broadMatch": "broad", "skos:relatedMatch": "related"}
_FIELDS = ("label", "alt", "hidden")
_APOSTROPHE = re.compile("['’‘`´]")
_COMMANDS = __doc__


class Refused(ValueError):
    """Something cannot be done with the source; `lines` say why, one reason each."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def source(path: Path = SOURCE) -> turtle.Document:
    """The source as blocks. Raises turtle.Unreadable."""
    return turtle.read(path.read_text(encoding="utf-8"))


def rows(document: turtle.Document) -> list[thesaurus.Row]:
    """The concepts, in the order of their notations, of a document without complaints."""
    return sorted((_row(block) for block in concepts(document)), key=lambda row: row["notation"])


def concepts(document: turtle.Document) -> Iterator[turtle.Block]:
    return (block for block in document.blocks if block.kind == "skos:Concept")


def _row(block: turtle.Block) -> thesaurus.Row:
    broader = block.names("skos:broader")
    facets = block.names("k:facet")
    return thesaurus.Row(
        id=block.subject.removeprefix("t:"),
        parent=broader[0] if broader else None,
        notation=turtle.unquoted(block.properties["skos:notation"][0])[0],
        labels={language: texts[0] for language, texts in sorted(block.texts("skos:prefLabel").items())},
        alt=dict(sorted(block.texts("skos:altLabel").items())),
        hidden=dict(sorted(block.texts("skos:hiddenLabel").items())),
        definitions={language: texts[0] for language, texts in sorted(block.texts("skos:definition").items())},
        flags=sorted(_FLAG_LETTER[flag] for flag in block.names("k:flag")),
        facet=facets[0] if facets else None,
        matches=[[how, *value.split(":", 1)] for name, how in _RELATIONS.items() for value in block.properties.get(name, ())],
    )


def compiled(document: turtle.Document) -> str:
    """The text of `thesaurus.json` for this source. Raises Refused with all complaints about it."""
    if complaints := checking.complaints(document):
        raise Refused(complaints)
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


def add(document: turtle.Document, language: str, given: object) -> int:
    """Adds a translator's labels to the document; gives the number of concepts that changed.

    A given label takes the place of the one that is there; synonyms join those that are there. Doing it twice changes
    nothing more. Raises Refused with every reason, before anything is changed.
    """
    if reasons := list(_reasons_against(document, language, given)):
        raise Refused(reasons)
    assert isinstance(given, dict)  # noqa: S101  # tells the type checker what was checked above
    blocks = turtle.by_subject(document)
    return sum(_merged(blocks[f"t:{concept}"], language, entry) for concept, entry in given.items())


def _reasons_against(document: turtle.Document, language: str, given: object) -> Iterator[str]:
    if language not in turtle.LANGUAGES:
        yield f"the thesaurus has no language {language!r}: choose one of {', '.join(turtle.LANGUAGES)}"
        return
    if not isinstance(given, dict):
        yield 'the file must hold an object: {"concept": {"label": "…", "alt": ["…"], "hidden": ["…"]}}'
        return
    blocks = turtle.by_subject(document)
    owners = {
        text.casefold(): block.subject.removeprefix("t:")
        for block in concepts(document)
        for text in block.texts("skos:prefLabel").get(language, ())
        if block.subject.removeprefix("t:") not in given or "label" not in given[block.subject.removeprefix("t:")]
    }
    for concept, entry in given.items():
        block = blocks.get(f"t:{concept}")
        if block is None or block.kind != "skos:Concept":
            yield f"{concept}: the thesaurus has no such concept"
        elif (reason := _wrong_shape(entry)) is not None:
            yield f"{concept}: {reason}"
        elif "label" not in entry and language not in block.texts("skos:prefLabel"):
            yield f"{concept}: it has no label in {language} yet, and none is given"
        elif "label" in entry:
            label = spelt(entry["label"], language)
            if not in_its_script(label, language):
                yield f"{concept}: {label!r} is not in the letters of {language}"
            if (owner := owners.setdefault(label.casefold(), concept)) != concept:
                yield f"{concept}: {label!r} is already the label of {owner}"


def _wrong_shape(entry: object) -> str | None:
    if not isinstance(entry, dict) or not entry:
        return 'write {"label": "…", "alt": ["…"], "hidden": ["…"]}'
    if unknown := [name for name in entry if name not in _FIELDS]:
        return f"{unknown[0]!r} is none of {', '.join(_FIELDS)}"
    if "label" in entry and not (isinstance(entry["label"], str) and entry["label"].strip()):
        return "the label must be a text"
    for name in ("alt", "hidden"):
        texts = entry.get(name, [])
        if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
            return f"{name} must be a list of texts"
    return None


def in_its_script(text: str, language: str) -> bool:
    """Whether the text is in the letters of a language of the thesaurus."""
    return script_of(text) == checking.SCRIPT[language]


def spelt(text: str, language: str) -> str:
    """Without double spaces; in Latin Uzbek with the letters ʻ (after o, g) and ʼ, whatever apostrophe was typed."""
    text = " ".join(text.split())
    if language != "uz":
        return text
    return _APOSTROPHE.sub(lambda match: "ʻ" if text[match.start() - 1 : match.start()] in {*"oOgG"} else "ʼ", text)


def _merged(block: turtle.Block, language: str, entry: Mapping[str, object]) -> bool:
    before = _labels(block, language)
    if isinstance(label := entry.get("label"), str):
        turtle.set_texts(block, "skos:prefLabel", language, [spelt(label, language)])
    taken = {text.casefold() for text in block.texts("skos:prefLabel").get(language, ())}
    for name, key in (("skos:altLabel", "alt"), ("skos:hiddenLabel", "hidden")):
        given = entry.get(key, [])
        assert isinstance(given, list)  # noqa: S101  # tells the type checker what was checked above
        joined: list[str] = []
        for text in (*block.texts(name).get(language, ()), *(spelt(text, language) for text in given)):
            if text.casefold() not in taken:
                taken.add(text.casefold())
                joined.append(text)
        turtle.set_texts(block, name, language, joined)
    return _labels(block, language) != before


def _labels(block: turtle.Block, language: str) -> list[list[str]]:
    return [block.texts(name).get(language, []) for name in ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")]


def main(arguments: Sequence[str], *, folder: Path = FOLDER) -> int:
    """The command, on the two files of a folder; gives its exit code."""
    path = folder / SOURCE.name
    try:
        document = source(path)
        match list(arguments):
            case []:
                _write(folder, compiled(document))
            case ["check"]:
                compiled(document)
                print(f"{len(rows(document))} concepts, no complaint.")
            case ["add", language, name]:
                changed = add(document, language, json.loads(Path(name).read_text(encoding="utf-8")))
                _write(folder, compiled(document))
                path.write_text(turtle.write(document), encoding="utf-8")
                print(f"{changed} concepts changed in {language}.")
            case _:
                print(_COMMANDS)
                return 2
    except Refused as refused:
        print(*refused.lines, f"Nothing was written: {len(refused.lines)} reasons above.", sep="\n", file=sys.stderr)
        return 1
    except (ValueError, OSError) as error:  # not in the layout, no JSON, no UTF-8, no such file
        print(f"Nothing was written: {error}", file=sys.stderr)
        return 1
    return 0


def _write(folder: Path, text: str) -> None:
    (folder / thesaurus.COMPILED.name).write_text(text, encoding="utf-8")
