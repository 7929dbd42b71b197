"""Figures that a text states: sums of money, percentages, and counts of people and of things, with what they count."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kenesh.library.reading import authorities, counted, elliptic, qualified, shares, units, years
from kenesh.library.reading.spans import Line, Span, sentences_of
from kenesh.themes.proper_names import plain

_S = "[ \xa0\u202f]"
# The greater part of a number that goes on below it: "1 млрд ⟨350 млн⟩", "1 million ⟨120 thousand⟩", each with what must follow.
_GREATER = "".join(
    rf"(?:\d{{1,3}}(?:[.,]\d)?{_S}(?:{greater}){_S}(?=\d{{1,3}}(?:[.,]\d)?{_S}(?:{smaller})))?"
    for greater, smaller in units.GREATER
)
_NUMBER = rf"{_GREATER}(?:\d{{1,3}}(?:{_S}\d{{3}})+|\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?:\.\d{{3}}){{2,}}|\d+)(?:[.,]\d+)?"
_WORDS = "|".join(re.escape(word) for word in sorted(units.WORDS, key=len, reverse=True) if word not in {"a", "пол"})
_ONES = "|".join(
    re.escape(word) for word, value in units.WORDS.items() if 1 <= value < 10 and value == int(value) and len(word) > 1
)
_MAGNITUDE = "|".join(f"(?P<x{index}>{words})" for index, (words, _) in enumerate(units.MAGNITUDES))
_UNIT = "|".join(f"(?P<u{index}>{words})" for index, (words, _) in enumerate(units.UNITS))
# "498 ҳазору 200", "2 млн 300 тыс.": a magnitude in its plain form with what is below it.
_THOUSANDS = r"(?:тысяч[аи]?|тыс\.?|миң|мың|минг|ming|ҳазору?|thousand)"
_AND_BELOW = (
    rf"(?:(?P<thousands>{_S}(?:тысяч[аи]?|миң|мың|минг|ming|ҳазору?|thousand))|{_S}(?:миллион(?:а|ов|у)?|млн\.?|million|mln\.?))"
    rf"{_S}(?P<below>\d{{1,3}})(?(thousands)|{_S}{_THOUSANDS}(?:{_S}(?P<least>\d{{1,3}}))?)(?!{_S}?(?:{_THOUSANDS}|миллион|млн|million|mln)|[\d.,:/-]*\d|[^\W\d_]|-\w)"
)
_TO = rf"(?:{_S}?[-–—−]{_S}?|{_S}(?:до|to|and|жана|дан|dan|то){_S})"
_FIGURE = re.compile(
    rf"(?<![\w.,:/№-])(?P<money>(?:US)?[$€]{_S}?|(?:USD|EUR|KGS|KZT|UZS|TJS|RUB){_S})?"
    rf"(?:(?!(?:19|20)\d\d{_TO}\d)(?P<number>{_NUMBER})(?:(?P<range>{_TO})(?P<second>{_NUMBER}))?(?![\d:/])|(?P<word>{_WORDS})(?=[ \xa0-])(?:[ -](?P<ones>{_ONES})(?=[ \xa0-]))?|(?=миллион|миллиард|миң|мың|million|milliard|тысяч|ҳазор|мингдан|ming))"
    rf"(?:(?P<compound>{_AND_BELOW})|{_S}{{0,2}}-?(?:{_MAGNITUDE})(?![^\W\d_]))?(?:{_S}{{0,2}}-?(?:{_UNIT})(?!\w))?",
    re.IGNORECASE,
)
# The ending of a case, or a classifier, that hangs on the digits: "3 200дөн ашуун", "15та".
_CASE = re.compile(r"[-’'ʼ]?(?:[дтн][аеоө]н|[dt]an|[гкғқ][аеоө]|[gkq]a|[дт][аеоө]й|та|ta)(?=[ \xa0])", re.IGNORECASE)
_THINGS = "|".join(f"(?P<t{index}>{words})" for index, (_, words) in enumerate(units.THINGS))
# Up to four words between the number and what it counts: "214 million international migrants", "миңден ашык мигрант".
_COUNTED = re.compile(rf"{_S}+(?:[^\W\d_][\w’'-]*[ \xa0]+){{0,4}}?(?:(?P<person>{units.PERSONS})|{_THINGS})(?!\w)", re.IGNORECASE)
_BEFORE_COUNTED = re.compile(
    rf"(?:{units.PERSONS})\s+(?:числ\w+|санын?|саны|soni|шумораи)?\W{{0,3}}(?:составил\w?|составляет|достиг\w*|превы\w+|—|–|-|was|is|reached)\s*(?:\w+\s+)?$",
    re.IGNORECASE,
)
_BETWEEN_STOPS = re.compile(
    r"(?:^|\s)(?:и|в|на|с|по|из|к|для|от|что|было|были|and|in|of the|to|for|by|from|at|with|that|were|was|are|жана|және|va|ва|дар|аз|бо|год\w*|жыл\w*|yil\w*|йил\w*|день|дня|дней|days?|hours?|часов|часа|күн\w*|kun\w*|рӯз\w*|раз\w*|months?|месяц\w*|years?|лет|weeks?|минут\w*)\s",
    re.I,
)
_BEFORE = "|".join(f"(?P<b{index}>{words})" for index, (_, words) in enumerate(units.QUALIFIERS_BEFORE))
_QUALIFIED = re.compile(rf"(?<!\w)(?:{_BEFORE})(?:{_S}(?:чем|the|a))?(?:{_S}(?:в|на))?{_S}*$", re.IGNORECASE)
_AFTER = "|".join(f"(?P<a{index}>{words})" for index, (_, words) in enumerate(units.QUALIFIERS_AFTER))
_QUALIFIED_AFTER = re.compile(rf"{_S}+(?:[\w]+{_S}+)?(?:{_AFTER})(?!\w)", re.IGNORECASE)
_RISEN_TO = re.compile(
    r"(?<!\w)(?:увелич|выр[оа]с|возр[оа]с|повы[сш]|подн[яи]|сокра[тщ]|сни[зж]|упал|умень[ш]|дост?и[гж]|дош[её]?л|довед|ув[её]л)\w*\s+(?:\w+\s+){0,3}до\s*$|(?<!\w)(?:с|со|от)\s+\d[^;]{0,34}\sдо\s*$|(?<!\w)аз\s+\S+\s+то\s*$",
    re.I,
)
_RISEN_AFTER = re.compile(
    r"\w{0,4}\s*(?:чейин|дейін|gacha|гача|га|ге|го|ка|ке)?\s+(?:көбөй|өс|жогорула|арт|төмөндө|азай|көтөрүл|кыскар|жет|көбей|ұлғай|жоғарыла|төменде|қысқар|ko.pay|o.s[dg]|osh[dg]|kamay|yet[dg]|ortdi|кўпай|ўс[дг]|ош[дг]|камай|ет[дг])\w*",
    re.I,
)
_NEITHER_BEFORE = re.compile(
    r"(?:№|\bст\.|\bстать\w+|\bстатей|\bп\.|\bпп\.|\bпункт\w*|\bподпункт\w*|\bглав\w+|\bтом\w*|\bстр\.|\bмодул\w+|\bвып(?:\.|уск\w*)|\barticles?|\barts?\.|\bpara(?:graph|\.)s?|\bno\.|\bsection|\bchapter|\bpage|\bpp?\.|\btarget|\bgoal|\bresolution|\brule|\bбабы|\bстатьясы|\bберене\w*|\bbob|\bmodda|\bмодда\w*|\bмоддаи|\bроom|\broom|\bкабинет|\bофис|\bдом|\bкв\.|\bд\.|\bүй|\btel\.?|\bтел\.?)\s*\(?$", re.IGNORECASE
)  # fmt: skip
_NEITHER_AFTER = re.compile(
    r"-(?:й|я|е|го|му|м|ю|х|st|nd|rd|th|чи|чу|чү|чы|нчы|нчи|ші|шы|inchi|инчи|чи|ум|юм)\b|[.]\d|(?:st|nd|rd|th)\b|[ \xa0](?:раз[а]?|эсе\w*|есе\w*|marta|barobar|марта|баробар|маротиба|times)\b|[ \xa0-](?:-?статья|-?берене|-?бап|-?modda|-?модда|-?пункт)",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(r"\d\s(?:in|out of|из|of)\s(?:every\s|каждых\s)?$", re.IGNORECASE)  # "7 in 10 workers"
# "international 214 million migrants"
_KIND_BEFORE = re.compile(r"(?<!\w)(international|internal|foreign|external|irregular|undocumented|seasonal|labou?r)\s+$")
_PER = (
    (
        "year",
        r"(?:a|per|each|every) (?:year|annum)|annually|yearly|в год|ежегодно|кажд(?:ый|ого) год|жылына|жыл сайын|йилига|ҳар йили|yiliga|har yili|дар як сол|ҳар сол|соле",
    ),
    (
        "month",
        r"(?:a|per|each|every) month|monthly|в месяц|ежемесячно|кажд(?:ый|ого) месяц|айына|ай сайын|oyiga|har oy|ойига|ҳар ой|дар як моҳ|ҳар моҳ|моҳе",
    ),
    (
        "day",
        r"(?:a|per|each|every) day|daily|в день|ежедневно|кажд(?:ый|ого) день|күнүнө|күніне|күн сайын|kuniga|har kuni|кунига|ҳар куни|дар як рӯз|ҳар рӯз|рӯзе",
    ),
)
_PER_AFTER = re.compile("|".join(rf"\s*(?P<{name}>{words})(?!\w)" for name, words in _PER), re.I)
# "ежегодно около ⟨20 тысяч⟩", "жылына болжол менен ⟨640⟩": at most two words stand between, and no other number.
_PER_BEFORE = re.compile(rf"(?<!\w)(?:{'|'.join(rf'(?P<{name}>{words})' for name, words in _PER)})(?:\s[^\W\d]+){{0,2}}\s$", re.I)
_OF_THEM = re.compile(
    r"(?<!\w)(?:из них|из которых|в том числе|алардын|ичинен|олардың|ulardan|ularning|улардан|уларнинг|аз онҳо|аз инҳо|of them|of whom|including)(?!\w)",
    re.IGNORECASE,
)
# By how much: "15 пайызга артык", "12 foizga ko‘p"; more than so much is "15 пайыздан артык".
_BY_SO_MUCH = re.compile(r"(?:га|ге|го|гө|ка|ке|ға|қа|ga|ka|qa)$", re.I)
# More than, by what stands behind: "2 million nafardan oshdi"; and before: "превысило 2 млн".
_EXCEEDS_AFTER = re.compile(
    r"(?:\s*\w+)?(?:дан|ден|дон|дөн|тан|тен|тон|нан|нен|dan)\s+(?:ашты|ашкан|ашып|ашуу|ашат|асты|асқан|асып|асады|osh|ошд|ошг|ошиб|ошад)",
    re.I,
)
_EXCEEDED = re.compile(r"\s+(?:ашты|ашкан|ашып|ашат|асты|асқан|асып|асады|osh|ошд|ошг|ошиб|ошад)", re.I)
_EXCEEDS_BEFORE = re.compile(r"(?<!\w)(?:превы[сш]\w+|перевалил\w* за|exceed(?:s|ed|ing)?|surpass(?:es|ed)?)\s*$", re.I)


@dataclass(frozen=True)
class Figure:
    """`value` in single units; `unit` is a lower-case English noun, an ISO 4217 code or None; `what` is quoted from the text."""

    value: int | float
    unit: str | None
    what: str | None
    source: str | None
    year: int | None
    start: int
    end: int
    qualifier: str | None = None  # more than, at least, about, almost, up to, less than
    up_to: int | float | None = None  # the other end of a range
    of: int | None = None  # of a share in whole persons: "every seventh" is 1 of 7
    per: str | None = None  # year, month or day, of a sum or a number that comes each time


def find_figures(
    text: str,
    *,
    sources: Sequence[authorities.Mention] = (),
    named: Sequence[authorities.Mention] = (),
    dates: Sequence[Span] = (),
    said: Sequence[tuple[int, int, str]] = (),
    told: Sequence[tuple[int, int, str]] = (),
    language: str | None = None,
    now: int | None = None,
) -> list[Figure]:
    """Figures in order. Dates, years, numbers of articles and documents, ordinals and telephone numbers are none.

    `sources`: where organisations stand that the text names as a source, with their names; `named`: all organisations and
    persons so, for a source that is told by a part of its name. `dates`: what is part of a date.
    `said`: quotations with their speakers, and `told`: sentences with who tells them, who are the source of what nobody else is.
    `now`: the year of the document.
    """
    plainly = _without(text, dates)
    found: list[Figure] = []
    for sentence in sentences_of(text):
        if not _MAY_HOLD.search(sentence.text):
            continue
        earlier = [one for one in found[-_RECALLED:] if "\n" not in text[one.end : sentence.start]]
        own = _of_sentence(
            sentence, plainly[sentence.start : sentence.end], language, earlier, text[: sentence.start][-_LOOK_BACK:]
        )
        if own:
            sure = authorities.find_authorities(sentence, sources, named)
            before = next((one.year for one in reversed(found[-_RECALLED:]) if one.year is not None), None)
            for one in own:
                last = next((done.year for done in reversed(found) if done.start >= sentence.start), None)
                places = [(each.start, each.end) for each in own]
                year = years.year_of((one.start, one.end), places, sentence, now=now, before=before, last=last)
                found.append(_completed(replace(one, year=year), sentence, sure, [*said, *told]))
    return found


_RECALLED = 3  # figures of the sentences before
_LOOK_BACK = 200  # characters of the sentence before
_DIGIT = re.compile(r"\d")


def _without(text: str, dates: Sequence[Span]) -> str:
    """The text with a sign that is no number in place of each digit of a date."""
    parts, kept = [], 0
    for start, end in sorted(dates):
        if end > kept:
            start = max(start, kept)
            parts += [text[kept:start], _DIGIT.sub("\x01", text[start:end])]
            kept = end
    return "".join([*parts, text[kept:]])


def _of_sentence(sentence: Line, plainly: str, language: str | None, earlier: Sequence[Figure], before: str) -> list[Figure]:
    """The figures of a sentence in order, without source and year. `earlier`: the last ones before it; `before`: the words before."""
    own: list[Figure] = []
    people = False
    for match in _FIGURE.finditer(plainly):
        of_them = people and _OF_THEM.search(sentence.text, max(0, match.start() - 40), match.start()) is not None
        figure = _figure(sentence, match, language=language, of_them=of_them) or _borrowing(sentence, match, own, earlier, before)
        if figure is not None:
            if figure.unit == "percent" and own and own[-1].unit != "percent" and qualified.is_more(sentence.text[match.end() :]):
                figure = replace(figure, what=own[-1].what)
            own.append(figure)
            people = people or figure.unit == "persons"
    parts = [
        Figure(1, unit, who, None, None, start, end, of=of)
        for start, end, of, who, unit in shares.find_shares(sentence, [(one.start, one.unit) for one in [*earlier, *own]])
    ]
    own = [one for one in own if not any(part.start <= one.start < part.end for part in parts)]
    return sorted([*own, *parts], key=lambda one: one.start)


def _completed(
    figure: Figure, sentence: Line, told: Sequence[authorities.Authority], said: Sequence[tuple[int, int, str]]
) -> Figure:
    """The figure with who says so."""
    at, end = figure.start, figure.end
    speaker = next((name for start, stop, name in said if start <= at < stop), None)
    source = (
        authorities.authority_of(at, end, sentence, told, elsewhere=False)
        or speaker
        or authorities.authority_of(at, end, sentence, told, elsewhere=True)
    )
    return replace(figure, source=source)


_IN_WORDS = "|".join(re.escape(word) for word, value in units.WORDS.items() if value >= 1 and len(word) > 1)
_MAY_HOLD = re.compile(
    rf"\d|млн|миллион|миллиард|million|milliard|billion|тысяч|миң|мың|минг|ming|ҳазор|процент|кажд|every|each|one in|ар бир|әрбір|әр |har |ҳар |(?<!\w)(?:{_IN_WORDS}) ",
    re.I,
)


def _figure(sentence: Line, match: re.Match[str], *, language: str | None, of_them: bool) -> Figure | None:
    if _is_none(sentence, match):
        return None
    _, before, after = _around(sentence, match)
    times = _times(match)
    unit = _unit(match)
    if unit is None and match["money"]:
        unit = units.CURRENCY_BEFORE[match["money"].strip().casefold()]
    value, _ = _values(match, times)
    in_words = match["number"] is None and times == 1
    if value == 0 or (in_words and (value < _SMALLEST_IN_WORDS or _of_another_language(match["word"] or "", language))):
        return None
    earlier = sentence.text[max(0, match.start() - 300) : match.start()]
    told, head, what = unit is not None, None, None
    if unit is None:
        unit, head = _counted_unit(after, before, value, times, in_words=in_words)
    if unit is None:
        unit, what = _number_of(earlier, after, value, times, match["number"] or "", of_them=of_them)
    if unit is None:
        return None
    noun = counted.what_follows(after, head, language, of=told)
    what = what or noun or counted.what_precedes(authorities.without(earlier), language, money=told)
    if unit == "persons" and (what is None or counted.is_anybody(what)):
        what = counted.whose_number(earlier) or counted.hit_by(what, after) or what
    if head is not None and what is not None and what == noun:
        what = qualified.whole(qualified.owner(what, language), _QUALIFIED.sub("", before), after, head, language)
    if unit == "persons" and (what is None or counted.is_anybody(what)):
        what = qualified.place_before(before) or what
    if what is None and told and unit != "percent":
        what = qualified.worth(before)
    if what is not None and (kind := _KIND_BEFORE.search(before)):
        what = f"{kind[1]} {what}"
    return _made(sentence, match, unit, what, per=_per(before, after[head or 0 :]))


_SMALLEST_IN_WORDS = 3


def _of_another_language(word: str, language: str | None) -> bool:
    return language is not None and language not in units.WORDS_OF.get(plain_word(word), {language})


def _is_none(sentence: Line, match: re.Match[str]) -> bool:
    """Whether the number is none of anything: "22-й", "в 2 раза", "ст. 12"."""
    before, after = sentence.text[max(0, match.start() - 40) : match.start()], sentence.text[match.end() : match.end() + 130]
    return bool(
        _NEITHER_AFTER.match(after) or _SHARE_BEFORE.search(before) or _NEITHER_BEFORE.search(before) or not match[0].strip()
    )


def _around(sentence: Line, match: re.Match[str]) -> tuple[str, str, str]:
    """The number with the ending that hangs on it, what stands before it and behind it."""
    after = sentence.text[match.end() : match.end() + 140]
    ending = _CASE.match(after) if match["number"] and match[0][-1:].isdigit() else None
    hung = ending[0] if ending else ""
    return match[0].rstrip() + hung, sentence.text[max(0, match.start() - 90) : match.start()], after[len(hung) :]


def _times(match: re.Match[str]) -> int:
    if match["compound"]:
        return 1_000 if match["thousands"] else 1_000_000
    return next((factor for index, (_, factor) in enumerate(units.MAGNITUDES) if match[f"x{index}"]), 1)


def _unit(match: re.Match[str]) -> str | None:
    return next((name for index, (_, name) in enumerate(units.UNITS) if match[f"u{index}"]), None)


def _made(sentence: Line, match: re.Match[str], unit: str, what: str | None, per: str | None = None) -> Figure:
    written, before, after = _around(sentence, match)
    value, up_to = _values(match, _times(match))
    start, end = sentence.start + match.start(), sentence.start + match.start() + len(match[0].rstrip())
    return Figure(value, unit, what, None, None, start, end, _qualifier(before, after, written), up_to, per=per)


def _number_of(
    earlier: str, after: str, value: float, times: int, digits: str, *, of_them: bool
) -> tuple[str | None, str | None]:
    """The unit of a number behind which no noun stands, and what it counts where that is said: the subject of which it is the number."""
    if times > 1 and (of_them or counted.is_number_of_people(earlier)):
        return "persons", None
    if times == 1 and not elliptic.is_big(value, digits):
        return counted.things_numbered(earlier, after) if elliptic.is_alone(after) and value > 1 else (None, None)
    if elliptic.is_alone(after) and counted.is_number_of_people(earlier):
        return "persons", None
    unit, what = counted.things_numbered(earlier, after)
    if unit is None and (people := elliptic.people_before(earlier, after)):
        return "persons", people
    return unit, what


def _borrowing(
    sentence: Line, match: re.Match[str], own: Sequence[Figure], earlier: Sequence[Figure], words: str
) -> Figure | None:
    """A number that counts what the figure before it does, or the people who were spoken of."""
    if _is_none(sentence, match) or match["second"]:
        return None
    times = _times(match)
    value, _ = _values(match, times)
    _, before, after = _around(sentence, match)
    if not (match["number"] and value and (times > 1 or elliptic.is_big(value, match["number"]))):
        return None
    last = own[-1] if own else None
    if last is not None and last.unit not in (None, "percent") and elliptic.is_compared(before, after, value, last.value):
        return _made(sentence, match, str(last.unit), last.what)
    if elliptic.is_their_number(before, after):
        people = next((one for one in reversed([*earlier, *own]) if one.unit == "persons"), None)
        if people is not None or elliptic.names_people(f"{words} {before}"):
            return _made(sentence, match, "persons", people.what if people else None)
    return None


def _counted_unit(after: str, before: str, value: int | float, times: int, *, in_words: bool) -> tuple[str | None, int | None]:
    """What is counted behind the number, with the end of its noun in `after`; "persons" where the people stand before it."""
    noun = _COUNTED.match(after)
    if noun is None:
        return ("persons" if times > 1 and _BEFORE_COUNTED.search(before) else None), None
    between = after[: noun.start("person") if noun["person"] else noun.end()]
    if _BETWEEN_STOPS.search(f"{between} "):
        return None, None
    direct = len(between.split()) == 0
    if in_words and len(between.split()) > (0 if noun["person"] else 1):
        return None, None
    if times == 1 and (value < 2 or (1900 <= value <= 2100 and not (noun["person"] and direct))):
        return None, None
    if noun["person"]:
        return "persons", noun.end()
    return next(name for index, (name, _) in enumerate(units.THINGS) if noun[f"t{index}"]), noun.end()


def _values(match: re.Match[str], times: int) -> tuple[int | float, int | float | None]:
    if match["number"]:
        first = _value(match["number"], times) + _below(match)
        second = _value(match["second"], times) if match["second"] else None
        return first, second if second is None or second > first else None
    word = units.WORDS[plain_word(match["word"])] if match["word"] else 1
    if match["ones"]:
        word += units.WORDS[plain_word(match["ones"])]
    value = word * times + _below(match)
    return (int(value) if float(value).is_integer() else value), None


def _below(match: re.Match[str]) -> int:
    """What follows a magnitude: 200 of "498 ҳазору 200", 300,000 of "2 млн 300 тыс."."""
    if not match["compound"]:
        return 0
    return int(match["below"]) * (1 if match["thousands"] else 1_000) + int(match["least"] or 0)


def plain_word(word: str) -> str:
    """A number in words as the table spells it."""
    return next((known for known in units.WORDS if plain(known) == plain(word)), "бир")


_OF_MORE = re.compile(r"(?:дон|дан|ден|дөн|тан|тен|нан|нен|dan|ga|га|ге|го|гө|ка|ке|ға|қа|%)$", re.IGNORECASE)


def _qualifier(before: str, after: str, figure: str) -> str | None:
    match = _QUALIFIED.search(before)
    if (
        _EXCEEDS_AFTER.match(after)
        or _EXCEEDS_BEFORE.search(before)
        or (_OF_MORE.search(figure.rstrip()) and _EXCEEDED.match(after))
    ):
        return "more than"
    if _RISEN_TO.search(before) or _RISEN_AFTER.match(after):
        return None  # "вырос до 50 тыс." says how much it is
    if match is not None:
        return units.QUALIFIERS_BEFORE[int(str(match.lastgroup)[1:])][0]
    if _BY_SO_MUCH.search(figure.rstrip()) and re.search(r"пайыз|процент|foiz|фоиз|%", figure, re.I):
        return None
    behind = _QUALIFIED_AFTER.match(after[:40])
    if behind is not None and (
        _OF_MORE.search(figure.rstrip()) or re.search(r"астам|артық|жуық|жақын|ortiq|ортиқ|ашык", behind[0])
    ):
        return units.QUALIFIERS_AFTER[int(str(behind.lastgroup)[1:])][0]
    return None


def _value(written: str, times: int) -> int | float:
    *greater, written = _GREATER_PART.split(written)  # number, magnitude, number, magnitude, …, the last number
    above = sum(_value(number, _factor(name)) for number, name in zip(greater[::2], greater[1::2], strict=True))
    plainly = re.sub(r"[ \xa0\u202f]", "", written)
    thousands = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?P<decimals>\.\d+)?", plainly)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", plainly):
        plainly = plainly.replace(".", "")
    elif thousands and (thousands["decimals"] or times == 1):
        plainly = plainly.replace(",", "")
    value = float(plainly.replace(",", ".")) * times + above
    return int(value) if value.is_integer() else round(value, 6)


_GREATER_PART = re.compile(rf"{_S}([^\W\d_]+\.?){_S}")


def _factor(magnitude: str) -> int:
    return next(factor for words, factor in units.MAGNITUDES if re.fullmatch(words, magnitude, re.IGNORECASE))


def _per(before: str, after: str) -> str | None:
    match = _PER_AFTER.match(after) or _PER_BEFORE.search(before)
    return match.lastgroup if match is not None else None
