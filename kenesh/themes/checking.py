"""What must be true of the thesaurus; each complaint is one sentence that names the concept. No Django here."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kenesh.themes import turtle

# Languages in which every concept has exactly one name. One joins the list when its translation is complete.
REQUIRED = ("en", "ru", "ky", "kk", "uz", "uz-Cyrl", "tg", "hy", "az", "ka", "tr")
DEFINED_IN = ("ru", "en")
FLAGS = ("intake", "urgent", "restricted", "policy")
FACETS = ("sector", "perpetrator", "stage", "group")
SCRIPT: Mapping[str, str] = {
    **dict.fromkeys(("ky", "ru", "tg", "kk", "uz-Cyrl"), "Cyrl"),
    **dict.fromkeys(("en", "uz", "az", "tr"), "Latn"),
    "hy": "Armn",
    "ka": "Geor",
}

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_NOTATION = re.compile(r"\d\d(?:\.\d\d)*")
_TARGET = re.compile(r"sdg:(?:[1-9]|1[0-7])\.(?:[1-9]\d?|[a-d])")
_MATCHES = ("skos:closeMatch", "skos:broadMatch", "skos:relatedMatch")
_LABELS = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")


def complaints(document: turtle.Document) -> list[str]:
    """Everything that is wrong with the document; nothing when it is sound. Raises turtle.Unreadable."""
    blocks = turtle.by_subject(document)
    if "t:scheme" not in blocks:
        return ["t:scheme: the block of the thesaurus itself is missing"]
    concepts = {subject: block for subject, block in blocks.items() if block.kind == "skos:Concept"}
    found: list[str] = []
    for subject, block in concepts.items():
        wrong = (
            *_wrong_names(block),
            *_wrong_place(block, concepts),
            *_wrong_labels(block),
            *_wrong_definitions(block),
            *_wrong_matches(block, blocks),
        )
        found.extend(f"{subject.removeprefix('t:')}: {each}" for each in wrong)
    return found + list(_twice(concepts))


def _wrong_names(block: turtle.Block) -> Iterator[str]:
    if not _ID.fullmatch(block.subject.removeprefix("t:")):
        yield "an id is made of small Latin letters, digits and single hyphens"
    notations = block.properties.get("skos:notation", [])
    if len(notations) != 1 or not _NOTATION.fullmatch(turtle.unquoted(notations[0])[0]):
        yield 'it must have one skos:notation, such as "05.03"'
    if block.names("skos:inScheme") != ["scheme"]:
        yield "it must say: skos:inScheme t:scheme"
    for name, known in (("k:flag", FLAGS), ("k:facet", FACETS)):
        for value in block.names(name):
            if value not in known:
                yield f"{name} {value} does not exist: choose one of {', '.join(known)}"


def _wrong_place(block: turtle.Block, concepts: Mapping[str, turtle.Block]) -> Iterator[str]:
    broader = block.properties.get("skos:broader", [])
    top = block.names("skos:topConceptOf")
    if len(broader) + len(top) != 1 or top not in ([], ["scheme"]):
        yield "it must have either one skos:broader or skos:topConceptOf t:scheme: else it is an orphan, or stands twice"
        return
    seen = {block.subject}
    while broader:
        parent = broader[0]
        if parent not in concepts:
            yield f"its broader {parent} does not exist"
            return
        if parent in seen:
            yield f"following skos:broader from it comes back to {parent}: a circle"
            return
        seen.add(parent)
        if "policy" in concepts[parent].names("k:flag") and "policy" not in block.names("k:flag"):
            yield f"it stands below {parent}, so it needs k:flag k:policy as well"
        broader = concepts[parent].properties.get("skos:broader", [])


def _wrong_labels(block: turtle.Block) -> Iterator[str]:
    labels = block.texts("skos:prefLabel")
    for language in REQUIRED:
        if language not in labels:
            yield f"it has no skos:prefLabel in {language}"
    for language, texts in labels.items():
        if len(texts) > 1:
            yield f"it has {len(texts)} skos:prefLabel in {language}: keep one"
    for language in sorted({language for name in _LABELS for language in block.texts(name)}):
        if language not in SCRIPT:
            yield f"the thesaurus has no language {language!r}"
        texts = [text.casefold() for name in _LABELS for text in block.texts(name).get(language, ())]
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            yield f"{text!r} stands twice among its labels in {language}"
        if any(text != " ".join(text.split()) or not text for text in texts):
            yield f"a label in {language} is empty or has spaces too many"


def _wrong_definitions(block: turtle.Block) -> Iterator[str]:
    definitions = block.texts("skos:definition")
    for language in DEFINED_IN:
        if len(definitions.get(language, ())) != 1:
            yield f"it must have one skos:definition in {language}"


def _wrong_matches(block: turtle.Block, blocks: Mapping[str, turtle.Block]) -> Iterator[str]:
    values = [value for name in _MATCHES for value in block.properties.get(name, ())]
    for value in values:
        if value.startswith("uhri:"):
            if value not in blocks:
                yield f"{value} has no block with its name at the end of the file"
        elif not _TARGET.fullmatch(value):
            yield f"{value} is neither a target such as sdg:8.8 nor a theme such as uhri:migrants"
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield f"{value} stands twice among its matches"


def _twice(concepts: Mapping[str, turtle.Block]) -> Iterator[str]:
    """What two concepts share and may not: notations, and names in one language."""
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for subject, block in concepts.items():
        for value in block.properties.get("skos:notation", ()):
            owners["the notation", turtle.unquoted(value)[0]].append(subject)
        for language, texts in block.texts("skos:prefLabel").items():
            owners[f"the name in {language}", texts[0].casefold()].append(subject)
    for (what, value), subjects in owners.items():
        if len(subjects) > 1:
            yield f"{' and '.join(each.removeprefix('t:') for each in subjects)} share {what} {value!r}"
