"""The title of a document: its headline, or, when it has none, what its first sentence says."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Sequence

from kenesh.library.reading.dates import find_dates
from kenesh.library.reading.markup import Page, squeeze
from kenesh.library.reading.spans import Line, lines_of, sentences_of

LONGEST = 200  # characters of a headline
_CUT = 120  # characters of a title cut from a sentence
_QUOTED = re.compile(r"[«“\"]([^«»“”\"\n]{15,200})[»”\"]")
_NAMED_AFTER = re.compile(
    r"\s*(?:аттуу|деп аталган|деген (?:аталыш|тема|темада)|атты|тақырыб|темасында|mavzusida|мавзусида|дар мавзӯи)", re.I
)
_NAMED_BEFORE = re.compile(
    r"(?:на тему|по теме|под названием|круглый стол|конференци[яию]|семинар|тренинг|форум|round table|conference|seminar|workshop|forum|on (?:the )?topic|entitled|titled|on the theme|дар мавзӯи)\s*:?\s*$",
    re.I,
)
_PAPER = re.compile(
    r"(?:протокол|решение|резолюция|minutes(?: of)?|протоколу|хаттама|хаттамасы|bayonnoma|bayonnomasi|баённома|баённомаси|суратҷаласа|суратҷаласаи|протоколи|объявление|announcement|кулактандыруу|хабарландыру|e['’ʻʼ‘]lon|эълон)\w{0,4}(?:\s*(?:№|N|No\.?)\s*\S+)?\s*\.?",
    re.I,
)
_PRESS = re.compile(
    r"(?:пресс-релиз\w*|press[ -]release|сообщение для (?:прессы|сми)|басма сөз баяны|пресс-маалымат|баспасөз (?:хабарламасы|хабары|релизі)|matbuot xabari|matbuot xabarnomasi|матбуот хабари|хабари матбуот\w*|хабарнома|новости|news|жаңылыктар|жаңалықтар|yangiliklar|янгиликлар|хабарҳо|для немедленного (?:распространения|опубликования)|for immediate release)\s*(?:(?:№|N|No\.?)\s*\S+)?\s*[.:]?",
    re.I,
)
_UN_PAPER = re.compile(
    r"(?:concluding observations|list of issues|summary record|replies of|заключительные замечания|перечень (?:вопросов|тем)|краткий отч[её]т|ответы|корутунду|қорытынды ескертулер|yakuniy mulohazalar|якуний мулоҳазалар|мулоҳизаҳои|феҳристи|рӯйхати масъал)\b.{5,}",
    re.I,
)
_UN_HEAD = re.compile(
    r"(?:united nations|организация объедин[её]нных наций|объедин[её]нные нации|бириккен улуттар уюму|біріккен ұлттар ұйымы|созмони милали муттаҳид|birlashgan millatlar tashkiloti)(?:\W.{0,90})?|(?:distr|original|язык оригинала|оригинал)\b.{0,60}|(?:general|общая|english|russian|русский)|[A-Z]+/[A-Z0-9][A-Za-z0-9/.()-]+(?:\s.{0,30})?",
    re.I,
)
_UN_LINES = 24  # lines of a masthead: organisation, convention, symbol, distribution, committee, session
_LABEL = re.compile(r"(?:тема|заголовок|title|subject|topic|темасы|аталышы|тақырыбы|mavzu|мавзу|мавзӯъ?)\s*:\s*(?=\S)", re.I)
# What may stand beside the date in a line that is only that.
_PLACE_WORDS = re.compile(
    r"(?:г|гор|город|от|дата|date|күнү|күні|sana|сана|таърих|шаары|қаласы|shahri|шаҳри|шаҳр|city|of|the|года|published|posted|опубликовано|жарыяланган|жарияланды|соат|в|on)\.?",
    re.I,
)
_HELD = re.compile(r"\s*(?:held (?:at|in|on)|провед[её]нн|состоявш|от \d|г\. )", re.I)


# "Бишкек, 17 мая 2024 года. – ": where and when a press release was written.
_OPENS_WITH_DATE = re.compile(r"^[^.!?\n–—]{2,50}\d{4}[^.!?\n–—]{0,8}[.)]?\s*[–—-]\s+")


def find_title(body: str, page: Page | None) -> str | None:
    """The headline of the page or of the body (text without its furniture); None when nothing is left to name it by."""
    lines = lines_of(body)
    if page is not None:
        headed = _page_headline(body, page, lines)
        if headed:
            return headed
    head = _headline(lines)
    return head or _from_sentence(body, lines)


def begin_of(body: str, title: str | None) -> int:
    """Where the line of the title begins: what stands before is of the page. 0 where the title does not stand at the head as it is."""
    words = title.rstrip("…").split()[:8] if title is not None else []
    match = re.search(r"\s+".join(map(re.escape, words)), body) if words else None
    return body.rfind("\n", 0, match.start()) + 1 if match is not None and match.start() < len(body) / 2 else 0


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
        index = next((number for number, line in enumerate(lines[:_UN_LINES]) if _UN_PAPER.fullmatch(line.text)), None)
        if index is not None and not _is_sentence(lines[index]):
            return _clip(_whole(lines, index)).rstrip("*").rstrip()
    for index, line in enumerate(lines[:8]):
        label = _LABEL.match(line.text)
        if label is not None:
            return _clip(line.text[label.end() :])
        if _is_sentence(line):
            return None
        if _PRESS.fullmatch(line.text) or _UN_HEAD.fullmatch(line.text):
            continue
        if _is_dateline(line) or (line.words < 2 and not _PAPER.fullmatch(line.text)):
            continue
        return _clip(_whole(lines, index))
    return None


def _whole(lines: Sequence[Line], index: int) -> str:
    """The title that begins in a line, with the lines into which it runs: "ПРОТОКОЛ № 4" and whose, a heading cut in two."""
    text = lines[index].text
    for line in lines[index + 1 : index + 4]:
        if (
            _is_sentence(line)
            or _is_dateline(line)
            or _HELD.match(line.text)
            or _UN_HEAD.fullmatch(line.text)
            or ":" in line.text[-1:]
        ):
            break
        paper = _PAPER.fullmatch(text) is not None
        capitals = text.isupper() and line.text.isupper() and len(line.text) > 8
        cut = line.text[0].islower() and not text.endswith((".", "!", "?")) and not line.text[0].isdigit()
        if not (paper or capitals or cut) or len(text) + len(line.text) > LONGEST:
            break
        text = f"{text} {line.text}"
    return text


def _is_dateline(line: Line) -> bool:
    """Whether a line holds a date and at most a place."""
    found = find_dates(line.text)
    if not found:
        return False
    rest = line.text
    for date in reversed(found):
        rest = rest[: date.start] + " " + rest[date.end :]
    words = [word for word in re.findall(r"[^\W\d_][\w-]*", rest) if not _PLACE_WORDS.fullmatch(word)]
    return len(words) <= 1 or (len(words) <= 2 and all(word[0].isupper() for word in words) and "," in rest)


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
    told = _OPENS_WITH_DATE.sub("", paragraph.text) or paragraph.text
    sentence = sentences_of(told)[0].text.rstrip(".")
    return _shorten(sentence, _CUT)


def _clip(text: str) -> str:
    return _shorten(squeeze(text).strip(" .|"), LONGEST)


def _shorten(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-") + "…"  # Chinese has no spaces
