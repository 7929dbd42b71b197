"""The title of a document: its headline, or, when it has none, what its first sentence says."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Sequence

from kenesh.library.reading.markup import Page, squeeze
from kenesh.library.reading.spans import Line, lines_of, sentences_of

LONGEST = 200  # characters of a headline
_CUT = 120  # characters of a title cut from a sentence
_QUOTED = re.compile(r"[«“\"]([^«»“”\"\n]{15,200})[»”\"]")
_NAMED_AFTER = re.compile(r"\s*(?:деген (?:аталыш|тема|темада)|атты|тақырыб|темасында|mavzusida|мавзусида|дар мавзӯи)", re.I)
_NAMED_BEFORE = re.compile(
    r"(?:на тему|по теме|под названием|on (?:the )?topic|entitled|titled|on the theme|дар мавзӯи)\s*:?\s*$", re.I
)
_PAPER = re.compile(
    r"(?:протокол|пресс-релиз|объявление|решение|резолюция|minutes|press release|announcement|протоколу|кулактандыруу|пресс-релиз|хаттама|хабарландыру"
    r"|bayonnoma|e['’ʻʼ‘]lon|баённома|эълон|суратҷаласа)\w{0,4}(?:\s*(?:№|N|No\.?)\s*\S+)?\s*\.?",
    re.I,
)
_PRESS = re.compile(
    r"(?:пресс-релиз|press release|басма сөз баяны|баспасөз хабарламасы|matbuot xabari|матбуот хабари|хабари матбуот|новости|news)\s*[.:]?",
    re.I,
)
_UN_PAPER = re.compile(
    r"(?:concluding observations|list of issues|summary record|replies of|заключительные замечания|перечень вопросов|краткий отч[её]т|ответы)\b.{5,}",
    re.I,
)
_UN_HEAD = re.compile(
    r"(?:united nations|организация объедин[её]нных наций|бириккен улуттар уюму)\W*|(?:distr|original|язык оригинала)\b.{0,60}",
    re.I,
)
_UN_LINES = 15  # lines of a masthead: organisation, symbol, distribution, committee, session
_DATELINE = re.compile(
    r"(?:г\.\s?)?[\w-]+,?\s*\d{1,2}\s?[\w-]+\s+\d{4}.{0,6}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}[\s-]\w+,?\s+(?:\w+\s+)?\d{4}.{0,12}|\d{4}[\s-]\w+\s+\d{1,2}[\s-]\w+"
)


def find_title(body: str, page: Page | None) -> str | None:
    """The headline of the page or of the body (text without its furniture); None when nothing is left to name it by."""
    lines = lines_of(body)
    if page is not None:
        headed = _page_headline(body, page, lines)
        if headed:
            return headed
    head = _headline(lines)
    return head or _from_sentence(body, lines)


def _page_headline(body: str, page: Page, lines: Sequence[Line]) -> str | None:
    for start, end in page.headings:
        heading = squeeze(body[start:end])
        if len(heading) >= 8:
            return _clip(heading)
    if page.title and (not lines or _headline(lines[:1]) is None):
        name = max(re.split(r"\s+[|–—»:-]\s+", page.title), key=len).strip()
        return _clip(name) if len(name) >= 8 else None
    return None


def _headline(lines: Sequence[Line]) -> str | None:
    """The first lines up to the first paragraph, without the date line; "ПРОТОКОЛ № 3" is joined with what follows it."""
    if lines and any(_UN_HEAD.fullmatch(line.text) for line in lines[:6]):
        named = next((line for line in lines[:_UN_LINES] if _UN_PAPER.fullmatch(line.text) and not _is_sentence(line)), None)
        if named is not None:
            return _clip(named.text)
    for index, line in enumerate(lines[:6]):
        if _is_sentence(line):
            return None
        if _PRESS.fullmatch(line.text) or _UN_HEAD.fullmatch(line.text):
            continue
        if _DATELINE.fullmatch(line.text) or (line.words < 2 and not _PAPER.fullmatch(line.text)):
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        if (
            _PAPER.fullmatch(line.text)
            and following is not None
            and not _is_sentence(following)
            and not _DATELINE.fullmatch(following.text)
        ):
            return _clip(f"{line.text} {following.text}")
        return _clip(line.text)
    return None


def _is_sentence(line: Line) -> bool:
    return len(line.text) > LONGEST or (line.text.endswith((".", ";", ":", ",")) and line.words >= 8)


def _from_sentence(body: str, lines: Sequence[Line]) -> str | None:
    """The quoted name of the event in the first paragraph, else its first sentence, cut between words."""
    paragraph = next((line for line in lines if line.words >= 3 and not _PRESS.fullmatch(line.text)), None)
    if paragraph is None:
        return None
    for match in _QUOTED.finditer(paragraph.text):
        if _NAMED_AFTER.match(paragraph.text[match.end() : match.end() + 40]) or _NAMED_BEFORE.search(
            paragraph.text[max(0, match.start() - 40) : match.start()]
        ):
            return match[1].strip()
    sentence = sentences_of(paragraph.text)[0].text.rstrip(".")
    return _shorten(sentence, _CUT)


def _clip(text: str) -> str:
    return _shorten(squeeze(text).strip(" .|"), LONGEST)


def _shorten(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[: longest - 1].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
