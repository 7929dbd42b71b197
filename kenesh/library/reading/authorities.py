"""Who says so: the authority of each figure of a sentence, which may name several."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kenesh.library.reading.spans import Line

_LONGEST = 9  # words
_NAME = r"[A-ZА-ЯЁӨҮҢҚҒҲҶӢӮӘҰҺІЎ][\w’'ʻʼ‘`-]*"
_NAMED = rf"(?:[A-ZА-ЯЁӨҮҚҒҲҶ]\.[ ]?){{0,2}}{_NAME}(?:[ ](?:жана|және|va|ва|[\w’'ʻʼ‘`-]+)){{0,7}}?"
_OF = r"(?:нын|нин|нун|нүн|дын|дин|дун|дүн|тын|тин|тун|түн|ның|нің|дың|дің|тың|тің|ning|нинг)"
_SOURCE = re.compile(
    r"(?:[Aa]ccording to (?:the )?(?:\w+ )?(?:(?:data|statistics|figures|estimates|information) (?:of|from|by) (?:the )?)?|[Ii]n accordance with (?:the )?(?:data|statistics) of (?:the )?)"
    r"(?P<en>[A-Z][\w-]+(?: (?:of|for|the|and|on|[A-Z][\w-]*)){0,10})"
    r"|[Пп]о (?:\w+ )?(?:данным|информации|оценкам?|подсч[её]там|сведениям|словам|утверждению) (?P<ru>[А-ЯЁ«][^,.;\n]{1,90})(?=,)"
    r"|(?:[Тт]ибқи|[Мм]увофиқи) маълумоти (?P<tg>[А-ЯҶҲҚҒӮӢ][^,.;\n]{1,80})(?=,)|[Бб]а гуфтаи (?P<told>[А-ЯҶҲҚҒӮӢ][^,.;\n]{1,60})(?=,)"
    rf"|(?<!\w)(?P<turkic>{_NAMED}){_OF}[ ](?:\w+[ ])?(?:маалымат\w*|статистика\w*|айтымында|сөзүнө караганда|мәлімет\w*|дерек\w*|айтуынша|сөзінше|ma.lumot\w*|statistika\w*|so.z(?:lar)?iga ko.ra|маълумот\w*|сўз(?:лар)?ига кўра)"
    rf"|(?<!\w)(?P<bare>{_NAMED})[ ](?:маалымат|мәлімет|дерек|ma.lumot|маълумот)\w*[ ](?:боюнча|ылайык|сәйкес|бойынша|qaraganda|қараганда|ko.ra|кўра)(?!\w)"
)
# Before the name of a source that stands behind its figure.
_BEHIND = re.compile(
    r"(?:reported|estimated|recorded|registered|counted|cited|published|provided|given|announced) by (?:the )?$|, according to (?:the )?(?:(?:data|figures|estimates) (?:of|from|by) (?:the )?)?$",
    re.I,
)
# Behind the name of an organisation that says how many.
_SAYS = re.compile(
    r"\W{1,2}(?:puts|put|estimates?d?|reports?|reported|says?|said|counts?|counted|recorded|registered|оценива\w+|оценил\w*|сообщ\w+|насчита\w+|зарегистрир\w+|заяв\w+)(?!\w)",
    re.I,
)
# Where a sentence turns to another statement, which may have an authority of its own.
_CLAUSE = re.compile(
    r";|,?\s(?:while|whereas|тогда как|в то время как|ал эми|ал болсо|ал)\s|,\s(?:а|но|и|and|but|ал|va|ва|аммо|лекин|lekin|esa)\s|[.!?]\s(?=[A-ZА-ЯЁ])",
    re.I,
)


@dataclass(frozen=True)
class Authority:
    """Who is named as a source, and where; `behind` its figure, as in "reported by"."""

    name: str
    start: int
    end: int
    behind: bool


def find_authorities(sentence: Line, sources: Sequence[tuple[int, str]], named: Sequence[tuple[int, str]]) -> list[Authority]:
    """The sources that a sentence names, in order: organisations in that role, those that say so, and what follows "according to"."""
    found: list[Authority] = []
    matches = list(_SOURCE.finditer(sentence.text))
    for at, name in _in(sentence, [*sources, *_saying(sentence, named)]):
        if all(at != one.start for one in found):
            found.append(Authority(name, at, at + len(name), _is_behind(sentence.text, at, at + len(name))))
    for match in matches:
        group = str(match.lastgroup)
        start, end = match.span(group)
        if any(start - 4 <= one.start < end + 4 for one in found):
            continue
        words = re.sub(r"(?: (?:of|for|the|and|on))+$", "", match[group].strip())
        known = _known(words, sentence, named)
        if known is None and (len(words.split()) > _LONGEST or (group in ("turkic", "bare") and not _is_office(words))):
            continue
        found.append(Authority(known or words, start, end, _is_behind(sentence.text, start, end)))
    return sorted(found, key=lambda one: one.start)


def authority_of(start: int, end: int, sentence: Line, told: Sequence[Authority]) -> str | None:
    """Who says the figure at `start`: the one of its own clause, before the one that was named last, before one to come."""
    if not told:
        return None
    at, past = start - sentence.start, end - sentence.start
    begin, stop = 0, len(sentence.text)
    for cut in _CLAUSE.finditer(sentence.text):
        if cut.start() <= at:
            begin = cut.start()
        else:
            stop = cut.start()
            break
    own = [one for one in told if begin <= one.start < stop]
    behind = next((one for one in own if one.behind and one.start > at), None)
    ahead = [one for one in own if one.start < at and not one.behind]
    if behind is not None and not re.search(r"\d", sentence.text[past : behind.start]):
        return behind.name
    if ahead:
        return ahead[-1].name
    if own:
        return own[0].name
    earlier = [one for one in told if one.start < at and not one.behind]
    return earlier[-1].name if earlier else told[0].name if len(told) == 1 and not told[0].behind else None


def _is_behind(text: str, start: int, end: int) -> bool:
    """Whether the source stands behind its figure: "reported by the World Bank", or ", according to IOM" where no figure follows."""
    match = _BEHIND.search(text, 0, start)
    return match is not None and (
        (match[0].endswith(("by ", "by the ")) and match[0][0] != ",") or not re.search(r"\d", text[end:])
    )


def without(words: str) -> str:
    """The words without what names a source."""
    return _SOURCE.sub(",", words)


def _in(sentence: Line, places: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(at - sentence.start, name) for at, name in places if sentence.start <= at < sentence.end]


def _saying(sentence: Line, named: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Those behind whose name a verb says how many, and those by whom it was reported."""
    return [
        (at, name)
        for at, name in named
        if sentence.start <= at < sentence.end
        and (
            _SAYS.match(sentence.text, at - sentence.start + len(name))
            or ((by := _BEHIND.search(sentence.text, 0, at - sentence.start)) and by[0][0] != ",")
        )
    ]


_OFFICE = re.compile(
    r"министрли|министрлі|vazirli|вазирли|комитет|қўмита|qo.mita|агентст|агентти|агентті|agentli|агентли|кызмат|қызмет|xizmat|хизмат|ведомств|ministry|вазорат|кумита",
    re.I,
)


def _is_office(words: str) -> bool:
    return _OFFICE.search(words) is not None


def _known(words: str, sentence: Line, named: Sequence[tuple[int, str]]) -> str | None:
    """The whole name of an office or a person that was named so far and is told by a part of it: "Министрліктің", "D. Rahimova"."""
    parts = [part.casefold() for part in re.findall(r"[^\W\d_][\w’'ʻʼ‘`-]{3,}", words)]
    if not parts or (len(parts) > 1 and _is_office(words)):
        return None
    office = _is_office(words)
    before = [name for at, name in named if at < sentence.end or not office]
    fitting = list(dict.fromkeys(name for name in before if all(_told_in(part, name) for part in parts[:2])))
    if office:
        return fitting[-1] if fitting else None
    return fitting[0] if len(fitting) == 1 else None


def _told_in(part: str, name: str) -> bool:
    stem = part[: max(4, len(part) - 3)]
    return any(word.startswith(stem) for word in re.findall(r"[^\W\d_][\w’'ʻʼ‘`-]+", name.casefold()))
