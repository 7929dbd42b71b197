"""The thesaurus as text that people edit: one block a concept, always in the same layout, read and written without loss.

A general library would lose the order of the words and the comments. What is here reads the part of Turtle that the
thesaurus uses and refuses the rest; a test lets rdflib read the same file. No Django here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# The order in which a block is written: of its properties, and of the languages in each.
PROPERTIES = (
    "skos:notation",
    "skos:inScheme",
    "skos:topConceptOf",
    "skos:broader",
    "k:flag",
    "k:facet",
    "skos:prefLabel",
    "skos:altLabel",
    "skos:hiddenLabel",
    "skos:definition",
    "skos:closeMatch",
    "skos:broadMatch",
    "skos:relatedMatch",
)
# What the file calls a language whose key with us is shorter: Uzbek says its script, since it has two (BCP 47).
TAGS = {"uz": "uz-Latn"}
_KEYS = {tag: key for key, tag in TAGS.items()}
LANGUAGES = ("ky", "ru", "uz", "uz-Cyrl", "tg", "kk", "hy", "en", "az", "ka", "tr")

_TOKEN = re.compile(
    r'(?P<space>\s+)|(?P<comment>#[^\n]*)|(?P<text>"(?:[^"\\\n]|\\.)*"(?:@[A-Za-z-]+)?)'
    r"|(?P<address><[^>\s]*>)|(?P<mark>[;,.])(?=\s)|(?P<name>@?[A-Za-z][\w-]*(?::[\w.-]*[\w-])?:?)"
)
_TEXT = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z-]+))?')
_ESCAPES = {r"\"": '"', r"\\": "\\", r"\n": "\n", r"\t": "\t"}


class Unreadable(ValueError):
    """The text is not in the layout of the thesaurus; the message names the line."""


@dataclass(slots=True)
class Block:
    """One subject with its properties. Values are as they stand in the file: names, or quoted texts with their language."""

    subject: str
    kind: str
    properties: dict[str, list[str]] = field(default_factory=dict)
    comment: str = ""

    def texts(self, name: str) -> dict[str, list[str]]:
        """The texts of a property by language, in the order of the file."""
        found: dict[str, list[str]] = {}
        for value in self.properties.get(name, ()):
            text, language = unquoted(value)
            found.setdefault(language, []).append(text)
        return found

    def names(self, name: str) -> list[str]:
        """The values of a property that are no texts, without their prefix."""
        return [value.partition(":")[2] for value in self.properties.get(name, ())]


@dataclass(slots=True)
class Document:
    """What stands before the first block, word for word, and the blocks."""

    head: str
    blocks: list[Block]


def quoted(text: str, language: str) -> str:
    """A text as it stands in the file."""
    escaped = text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n").replace("\t", r"\t")
    return f'"{escaped}"@{TAGS.get(language, language)}' if language else f'"{escaped}"'


def unquoted(value: str) -> tuple[str, str]:
    """Text and language of a value as it stands in the file. Raises Unreadable for a name."""
    match = _TEXT.fullmatch(value)
    if match is None:
        raise Unreadable(f"{value} is not a text in quotation marks")
    text = re.sub(r"\\.", lambda escape: _ESCAPES.get(escape[0], escape[0]), match["text"])
    language = match["language"] or ""
    return text, _KEYS.get(language, language)


def read(text: str) -> Document:
    """The blocks of a file. Raises Unreadable, naming the line."""
    last_prefix = max((match.end() for match in re.finditer(r"^@prefix [^\n]*\n", text, re.MULTILINE)), default=0)
    tokens = list(_tokens(text, last_prefix))
    blocks: list[Block] = []
    position = 0
    comments: list[str] = []
    while position < len(tokens):
        kind, value, _line = tokens[position]
        if kind == "comment":
            comments.append(value)
            position += 1
            continue
        block, position = _block(tokens, position)
        block.comment = "\n".join(comments)
        comments = []
        blocks.append(block)
    if comments:
        raise Unreadable("a comment after the last block would be lost: move it above a block")
    return Document(text[:last_prefix], blocks)


def write(document: Document) -> str:
    """The text of a file; reading it gives the same document."""
    return document.head + "".join("\n" + _written(block) for block in document.blocks)


def _tokens(text: str, start: int) -> Iterable[tuple[str, str, int]]:
    line = text.count("\n", 0, start) + 1
    position = start
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise Unreadable(f"line {line}: cannot read {text[position : position + 30]!r}")
        if match.lastgroup != "space":
            yield str(match.lastgroup), match[0], line
        line += match[0].count("\n")
        position = match.end()


def _block(tokens: list[tuple[str, str, int]], position: int) -> tuple[Block, int]:
    """The block that begins here, and where the next one may begin."""
    subject = tokens[position]
    words = [value for _, value, _ in tokens[position : position + 3]]
    if len(words) < 3 or words[1] != "a":
        raise Unreadable(f"line {subject[2]}: a block begins with its subject and what it is, such as: t:pay a skos:Concept")
    block = Block(words[0], words[2])
    position += 3
    while position < len(tokens):
        kind, value, line = tokens[position]
        position += 1
        if value == ".":
            return block, position
        if kind == "comment":
            raise Unreadable(f"line {line}: a comment inside a block would be lost: move it above the block")
        if value in {";", ","}:
            continue
        if kind == "name" and tokens[position - 2][1] == ";":
            name = value
            if name in block.properties:
                raise Unreadable(f"line {line}: {block.subject} has {name} twice: join the two")
            block.properties[name] = []
            continue
        if not block.properties:
            raise Unreadable(f"line {line}: {value} stands before any property of {block.subject}")
        block.properties[name].append(value)
    raise Unreadable(f"the block {block.subject} has no full stop at its end")


def _written(block: Block) -> str:
    known = [name for name in PROPERTIES if block.properties.get(name)]
    others = [name for name in block.properties if name not in PROPERTIES]
    lines = [f"    {name} {_values(name, block.properties[name])}" for name in (*known, *others)]
    comment = f"{block.comment}\n" if block.comment else ""
    return f"{comment}{block.subject} a {block.kind} ;\n" + " ;\n".join(lines) + " .\n"


def _values(name: str, values: list[str]) -> str:
    if not values[0].startswith('"') or name == "skos:notation":
        return ", ".join(values)
    by_language: dict[str, list[str]] = {}
    for value in values:
        by_language.setdefault(unquoted(value)[1], []).append(value)
    return ",\n        ".join(", ".join(by_language[language]) for language in sorted(by_language, key=_rank))


def _rank(language: str) -> tuple[int, str]:
    return (LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES), language)


def set_texts(block: Block, name: str, language: str, texts: Iterable[str]) -> None:
    """Puts these texts in place of what the property has in this language; nothing when there are none."""
    kept = [value for value in block.properties.get(name, ()) if unquoted(value)[1] != language]
    block.properties[name] = kept + [quoted(text, language) for text in texts]
    if not block.properties[name]:
        del block.properties[name]


def by_subject(document: Document) -> Mapping[str, Block]:
    """Blocks by their subjects. Raises Unreadable when one stands twice."""
    found: dict[str, Block] = {}
    for block in document.blocks:
        if block.subject in found:
            raise Unreadable(f"{block.subject} stands twice in the file")
        found[block.subject] = block
    return found
