"""Who says so: the authority of each figure of a sentence, which may name several."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kenesh.library.reading import russian
from kenesh.library.reading.spans import Line

_LONGEST = 9  # words
_NAME = r"[A-ZА-ЯЁӨҮҢҚҒҲҶӢӮӘҰҺІЎ][\w’'ʻʼ‘`-]*"
_NAMED = rf"(?:[A-ZА-ЯЁӨҮҚҒҲҶ]\.[ ]?){{0,2}}{_NAME}(?:[ ](?:жана|және|va|ва|[\w’'ʻʼ‘`-]+)){{0,7}}?"
_OF = r"(?:нын|нин|нун|нүн|дын|дин|дун|дүн|тын|тин|тун|түн|ның|нің|дың|дің|тың|тің|ning|нинг)"
_SOURCE = re.compile(
    r"(?:[Aa]ccording to (?:the )?(?:[a-z]+ )?(?:(?:data|statistics|figures|estimates|information) (?:of|from|by) (?:the )?)?|[Ii]n accordance with (?:the )?(?:data|statistics) of (?:the )?)"
    r"(?P<en>[A-Z][\w-]+(?: (?:of|for|the|and|on|[A-Z][\w-]*)){0,10})"
    r"|(?:[Пп]о|[Сс]огласно) (?:\w+ )?(?:данным|информации|оценк(?:ам|ам|е)|подсч[её]там|расч[её]там|сведениям|словам|утверждению|статистике) (?:(?P<ru>[А-ЯЁ«][^,.;\n]{1,90})|(?P<low_ru>[а-яё][а-яё-]{3,}(?: [а-яёА-ЯЁ][\w-]*){0,3}))(?=,)"
    r"|(?:[Пп]о|[Сс]огласно) (?:\w+ )?(?P<survey>(?:отч[её]ту|докладу|исследованию|опросу|обследованию|обзору|мониторингу)(?: [а-яёА-ЯЁ«][\w»-]*){1,4})(?=,)"
    r"|(?:[Тт]ибқи|[Мм]увофиқи|[Бб]ино ба|[Аа]з рӯи|[Бб]а) (?:маълумоти|иттилои|омори|ҳисоби|арзёбии|ҳисоботи) (?P<tg>[А-ЯҶҲҚҒӮӢ][^,.;\n]{1,80})(?=,)|[Бб]а гуфтаи (?P<told>[А-ЯҶҲҚҒӮӢ][^,.;\n]{1,60})(?=,)"
    rf"|(?<!\w)(?P<turkic>{_NAMED}){_OF}[ ](?:\w+[ ])?(?:маалымат\w*|статистика\w*|айтымында|сөзүнө караганда|эсебинде|эсеби боюнча|баамында|мәлімет\w*|дере[кг]\w*|айтуынша|сөзінше|есебінше|есебі бойынша|бағалауынша|hisob-kitob\w*|aytishicha|hisobiga ko.ra|baholashicha|ҳисоб-китоб\w*|айтишича|ҳисобига кўра|баҳолашича|ma.lumot\w*|statistika\w*|so.z(?:lar)?iga ko.ra|маълумот\w*|сўз(?:лар)?ига кўра)"
    rf"|(?<!\w)(?P<bare>{_NAMED})[ ](?:hisob-kitob|ҳисоб-китоб|эсеп|есеп|маалымат|мәлімет|дере[кг]|ma.lumot|маълумот)\w*[ ](?:боюнча|ылайык|сәйкес|бойынша|qaraganda|қараганда|ko.ra|кўра)(?!\w)"
    rf"|(?<!\w)(?P<many>(?:[a-zа-яёөүңқғҳәұі]{{4,}}[ ])?[a-zа-яёөүңқғҳәұіʻʼ’']{{4,}}(?:лар|лер|лор|лөр|тар|тер|дар|дер|lar)){_OF}[ ](?:айтымында|эсебинде|баамында|пикиринче|маалыматы боюнча|айтуынша|есебінше|мәліметінше|пікірінше|дерегі бойынша|aytishicha|hisob-kitob\w*|fikricha|ma.lumotiga ko.ra|айтишича|ҳисоб-китоб\w*|фикрича|маълумотига кўра)(?!\w)"
)
# Before the name of a source that stands behind its figure.
_BEHIND = re.compile(
    r"(?:reported|estimated|recorded|registered|counted|cited|published|provided|given|announced) by (?:the )?$|, according to (?:the )?(?:(?:data|figures|estimates) (?:of|from|by) (?:the )?)?$",
    re.I,
)
# Behind the name of an organisation that says how many.
_SAYS = re.compile(
    r"\W{1,2}(?:which |that |who )?(?:has |have |had )?(?:puts|put|estimates?d?|reports?|reported|says?|said|counts?|counted|recorded|registered|оценива\w+|оценил\w*|сообщ\w+|насчита\w+|зарегистрир\w+|заяв\w+)(?!\w)",
    re.I,
)
# Where a sentence turns to another statement, which may have an authority of its own.
_CLAUSE = re.compile(
    r";|,?\s(?:while|whereas|тогда как|в то время как|ал эми|ал болсо|ал)\s|,\s(?:а|но|и|and|but|ал|va|ва|аммо|лекин|lekin|esa)\s|(?<!\sг)(?-i:(?<![A-ZА-ЯЁ]))[.!?]\s(?-i:(?=[A-ZА-ЯЁ]))",
    re.I,
)


Mention = tuple[int, int, str]
"""Where somebody is named, first character and the one after the last, and the whole name."""


@dataclass(frozen=True)
class Authority:
    """Who is named as a source, and where; `behind` its figure, as in "reported by"."""

    name: str
    start: int
    end: int
    behind: bool


def find_authorities(sentence: Line, sources: Sequence[Mention], named: Sequence[Mention]) -> list[Authority]:
    """The sources that a sentence names, in order: organisations in that role, those that say so, and what follows "according to"."""
    found: list[Authority] = []
    matches = list(_SOURCE.finditer(sentence.text))
    for at, end, name in _in(sentence, [*sources, *_saying(sentence, named)]):
        if all(at != one.start for one in found):
            found.append(Authority(name, at, end, _is_behind(sentence.text, at, end)))
    for match in matches:
        group = str(match.lastgroup)
        start, end = match.span(group)
        words = re.sub(r"(?: (?:of|for|the|and|on))+$", "", match[group].strip())
        same = next((one for one in found if one.start < end + 4 and start - 4 < one.end), None)
        if same is not None and (" " in same.name or " " not in words or group in ("turkic", "bare")):
            continue
        if _PRONOUN.match(sentence.text, start):
            continue
        known = _known(words, sentence, named)
        if known is None and (len(words.split()) > (_LONGEST if _is_office(words) or group not in ("turkic", "bare") else _FEW)):
            continue
        if group == "survey":
            known = " ".join([russian.noun_in_nominative(words.split()[0]), *words.split()[1:]])
        elif known is None and group in ("ru", "low_ru"):
            known = _russian(words)
            if known is None:
                continue
        found = [one for one in found if one is not same]
        found.append(Authority(known or words, start, end, _is_behind(sentence.text, start, end)))
    return sorted(found, key=lambda one: one.start)


def authority_of(start: int, end: int, sentence: Line, told: Sequence[Authority], *, elsewhere: bool) -> str | None:
    """Who says the figure at `start`: the one of its own clause; where `elsewhere`, one of another clause: the last before it."""
    if not told:
        return None
    at, past = start - sentence.start, end - sentence.start
    begin, stop = clause_of(sentence.text, at)
    own = [one for one in told if begin <= one.start < stop]
    behind = next((one for one in own if one.behind and one.start > at), None)
    ahead = [one for one in own if one.start < at and not one.behind]
    if behind is not None and not re.search(r"\d", sentence.text[past : behind.start]):
        return behind.name
    if ahead or own:
        return (ahead or own[:1])[-1].name
    if not elsewhere:
        return None
    earlier = [one for one in told if one.start < at and not one.behind]
    return earlier[-1].name if earlier else told[0].name if len(told) == 1 and not told[0].behind else None


def clause_of(text: str, at: int) -> tuple[int, int]:
    """Start and end of the statement of a sentence in which something stands."""
    begin, stop = 0, len(text)
    for cut in _CLAUSE.finditer(text):
        if cut.start() <= at:
            begin = cut.start()
        else:
            return begin, cut.start()
    return begin, stop


_PRONOUN = re.compile(
    r"(?:анын|алардын|мунун|оның|олардың|uning|ularning|buning|shuning|унинг|уларнинг|бунинг|шунинг)(?!\w)", re.I
)
_FEW = 4  # words of a name of which nothing tells that it is an office


def _russian(words: str) -> str | None:
    """A name in the genitive as it stands in the nominative; None for what no source is called: «по данным ⟨на 1 ноября⟩»."""
    first = words.split()[0].strip('«»"')
    if not words[:1].isupper() and (not russian.may_be(first, "gent") or russian.is_somebody(first)):
        return None
    return russian.from_genitive(words)


def _is_behind(text: str, start: int, end: int) -> bool:
    """Whether the source stands behind its figure: "reported by the World Bank", or ", according to IOM" where no figure follows."""
    match = _BEHIND.search(text, 0, start)
    return match is not None and (
        (match[0].endswith(("by ", "by the ")) and match[0][0] != ",") or not re.search(r"\d", text[end:])
    )


def without(words: str) -> str:
    """The words without what names a source."""
    return _SOURCE.sub(",", words)


def _in(sentence: Line, places: Sequence[Mention]) -> list[Mention]:
    return [(at - sentence.start, end - sentence.start, name) for at, end, name in places if sentence.start <= at < sentence.end]


def _saying(sentence: Line, named: Sequence[Mention]) -> list[Mention]:
    """Those behind whose name a verb says how many, and those by whom it was reported; a name in brackets is the one before it."""
    found: list[Mention] = []
    here = [one for one in named if sentence.start <= one[0] < sentence.end]
    for index, (at, end, name) in enumerate(here):
        by = _BEHIND.search(sentence.text, 0, at - sentence.start)
        if _SAYS.match(sentence.text, end - sentence.start):
            before = here[index - 1] if index else None
            found.append(
                before if before and sentence.text[before[1] - sentence.start : at - sentence.start] == " (" else (at, end, name)
            )
        elif by and by[0][0] != ",":
            found.append((at, end, name))
    return found


_OFFICE = re.compile(
    r"министрли|министрлі|vazirli|вазирли|комитет|қўмита|qo.mita|агентст|агентти|агентті|agentli|агентли|кызмат|қызмет|xizmat|хизмат|ведомств|ministry|вазорат|кумита",
    re.I,
)


def _is_office(words: str) -> bool:
    return _OFFICE.search(words) is not None


def _known(words: str, sentence: Line, named: Sequence[Mention]) -> str | None:
    """The whole name of an office or a person that was named so far and is told by a part of it: "Министрліктің", "D. Rahimova"."""
    parts = [part.casefold() for part in re.findall(r"[^\W\d_][\w’'ʻʼ‘`-]{3,}", words)]
    if not parts or (len(parts) > 1 and _is_office(words)):
        return None
    office = _is_office(words)
    before = [name for at, _, name in named if at < sentence.end or not office]
    fitting = list(dict.fromkeys(name for name in before if all(_told_in(part, name) for part in parts[:2])))
    if office:
        return fitting[-1] if fitting else None
    return fitting[0] if len(fitting) == 1 else None


def _told_in(part: str, name: str) -> bool:
    stem = part[: max(4, len(part) - 3)]
    return any(word.startswith(stem) for word in re.findall(r"[^\W\d_][\w’'ʻʼ‘`-]+", name.casefold()))
