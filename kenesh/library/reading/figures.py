"""Figures that a text states: sums of money, percentages, and counts of people and of things, with what they count."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kenesh.library.reading import authorities, counted, shares, units
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
_MAGNITUDE = "|".join(f"(?P<x{index}>{words})" for index, (words, _) in enumerate(units.MAGNITUDES))
_UNIT = "|".join(f"(?P<u{index}>{words})" for index, (words, _) in enumerate(units.UNITS))
_TO = rf"(?:{_S}?[-–—−]{_S}?|{_S}(?:до|to|and|жана|дан|dan|то){_S})"
_FIGURE = re.compile(
    rf"(?<![\w.,:/№-])(?P<money>(?:US)?[$€]{_S}?|(?:USD|EUR|KGS|KZT|UZS|TJS|RUB){_S})?"
    rf"(?:(?!(?:19|20)\d\d{_TO}\d)(?P<number>{_NUMBER})(?:(?P<range>{_TO})(?P<second>{_NUMBER}))?(?![\d:/])|(?P<word>{_WORDS})(?=[ \xa0-])|(?=миллион|миллиард|миң|мың|million|milliard|тысяч|ҳазор|мингдан|ming))"
    rf"(?:{_S}{{0,2}}-?(?:{_MAGNITUDE})(?![^\W\d_]))?(?:{_S}{{0,2}}-?(?:{_UNIT})(?!\w))?",
    re.IGNORECASE,
)
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
_QUALIFIED = re.compile(rf"(?<!\w)(?:{_BEFORE})(?:{_S}(?:чем|the|a)?)?{_S}*$", re.IGNORECASE)
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
    ("year", r"(?:a|per|each|every) (?:year|annum)|annually|yearly|в год|ежегодно|жылына|йилига|yiliga|дар як сол|ҳар сол"),
    ("month", r"(?:a|per|each|every) month|monthly|в месяц|ежемесячно|айына|oyiga|ойига|дар як моҳ|ҳар моҳ"),
    ("day", r"(?:a|per|each|every) day|daily|в день|ежедневно|күнүнө|күніне|kuniga|кунига|дар як рӯз|ҳар рӯз"),
)
_PER_AFTER = re.compile("|".join(rf"\s*(?P<{name}>{words})(?!\w)" for name, words in _PER), re.I)
_OF_THEM = re.compile(
    r"(?<!\w)(?:из них|из которых|в том числе|алардын|ичинен|олардың|ulardan|ularning|улардан|уларнинг|аз онҳо|аз инҳо|of them|of whom|including)(?!\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/.])((?:19|20)\d\d)(?![\d/])")
# With the year after these words something is compared; no figure is of it: "3.2 per cent more than in ⟨2023⟩".
_COMPARED_WITH = re.compile(
    r"(?<!\w)(?:than (?:it was |they were |those )?(?:in|during|for|over|at) (?:(?:the|same|similar|corresponding|first|second|third|fourth|last|half|quarter|period|months?|beginning|start|end|year|of) ){0,6}"
    r"|compared (?:to|with) (?:[^\W\d]+ ){0,6}"
    r"|чем (?:в|за|на|к) (?:(?:аналогичн|соответствующ|тот |то |том |же|прошл|перв|втор|трет|четв|полугоди|квартал|период|месяц|начал|кон[ец]|год)\w* ?){0,6}"
    r"|(?:по сравнению|в сравнении|сравнительно) с(?:о)? (?:[^\W\d][\w–-]* ){0,6}|относительно (?:уровня )?"
    r"|(?:нисбат ба|нисбати|назар ба|муқоиса бо|қиёс бо) (?:[^\W\d]+ ){0,4})$",
    re.I,
)
_COMPARED_AFTER = re.compile(
    r"(?:-| |\xa0)?(?:жыл|yil|йил)\w*(?: (?:караганда|қарағанда|qaraganda|қараганда)|(?: [^\W\d]+){0,4} (?:салыштыр|салыстыр|nisbat|нисбат|solishtir|солиштир|taqqos|таққос|qiyos|қиёс))",
    re.I,
)
# By how much: "15 пайызга артык", "12 foizga ko‘p"; more than so much is "15 пайыздан артык".
_BY_SO_MUCH = re.compile(r"(?:га|ге|го|гө|ка|ке|ға|қа|ga|ka|qa)$", re.I)
# Parts of a sentence of which each may have a year of its own: "from 1.1 million in 2020 ¦ to 1.4 million in 2023".
_PART = re.compile(
    r"[;–—]|,(?=\s)|(?<!\w)(?:to|and|while|whereas|against|than|compared (?:to|with)|до|а|и|но|тогда как|чем|против|по сравнению|ал эми|ал|жана|және|ал|esa|эса|va|ва|то)(?!\w)",
    re.I,
)
# More than, by what stands behind: "2 million nafardan oshdi"; and before: "превысило 2 млн".
_EXCEEDS_AFTER = re.compile(
    r"(?:\s*\w+)?(?:дан|ден|дон|дөн|тан|тен|тон|нан|нен|dan)\s+(?:ашты|ашкан|ашып|ашуу|асты|асқан|асып|osh|ошд|ошг|ошиб)", re.I
)
_EXCEEDED = re.compile(r"\s+(?:ашты|ашкан|ашып|асты|асқан|асып|osh|ошд|ошг|ошиб)", re.I)
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
    sources: Sequence[tuple[int, str]] = (),
    named: Sequence[tuple[int, str]] = (),
    dates: Sequence[Span] = (),
    said: Sequence[tuple[int, int, str]] = (),
    language: str | None = None,
) -> list[Figure]:
    """Figures in order. Dates, years, numbers of articles and documents, ordinals and telephone numbers are none.

    `sources`: where organisations stand that the text names as a source, with their names; `named`: all organisations and
    persons so, for a source that is told by a part of its name. `dates`: what is part of a date.
    `said`: quotations with their speakers, who are the source of what nobody else is.
    """
    taken = sorted(dates)
    starts = [start for start, _ in taken]
    found: list[Figure] = []
    for sentence in sentences_of(text):
        if not _MAY_HOLD.search(sentence.text):
            continue
        own: list[Figure] = []
        people = False
        for match in _FIGURE.finditer(sentence.text):
            at = sentence.start + match.start()
            index = bisect_right(starts, at) - 1
            if index >= 0 and at < taken[index][1]:
                continue
            of_them = people and _OF_THEM.search(sentence.text, max(0, match.start() - 40), match.start()) is not None
            figure = _figure(sentence, match, language=language, of_them=of_them)
            if figure is not None:
                own.append(figure)
                people = people or figure.unit == "persons"
        own += [Figure(1, "persons", who, None, None, start, end, of=of) for start, end, of, who in shares.find_shares(sentence)]
        if own:
            told = authorities.find_authorities(sentence, sources, named)
            found += [_completed(one, own, sentence, told, said) for one in sorted(own, key=lambda one: one.start)]
    return found


def _completed(
    figure: Figure,
    own: Sequence[Figure],
    sentence: Line,
    told: Sequence[authorities.Authority],
    said: Sequence[tuple[int, int, str]],
) -> Figure:
    """The figure with who says so and the year that it is of."""
    speaker = next((name for start, end, name in said if start <= figure.start < end), None)
    source = authorities.authority_of(figure.start, figure.end, sentence, told)
    return replace(figure, source=source or speaker, year=_year(figure, own, sentence))


_MAY_HOLD = re.compile(
    r"\d|млн|миллион|миллиард|million|milliard|billion|тысяч|миң|мың|минг|ming|ҳазор|процент|hundred|thousand|миллион|жүз|yuz|кажд|every|each|one in|ар бир|әрбір|әр |har |ҳар ",
    re.I,
)


def _figure(sentence: Line, match: re.Match[str], *, language: str | None, of_them: bool) -> Figure | None:
    before, after = sentence.text[max(0, match.start() - 40) : match.start()], sentence.text[match.end() : match.end() + 130]
    if _NEITHER_AFTER.match(after) or _SHARE_BEFORE.search(before) or _NEITHER_BEFORE.search(before) or not match[0].strip():
        return None  # "22-й", "в 2 раза", "ст. 12"
    times = next((factor for index, (_, factor) in enumerate(units.MAGNITUDES) if match[f"x{index}"]), 1)
    unit = next((name for index, (_, name) in enumerate(units.UNITS) if match[f"u{index}"]), None)
    if unit is None and match["money"]:
        unit = units.CURRENCY_BEFORE[match["money"].strip().casefold()]
    if not match["number"] and times == 1:
        return None  # numbers in words count with a magnitude only
    value, up_to = _values(match, times)
    if value == 0:
        return None
    earlier = sentence.text[max(0, match.start() - 300) : match.start()]
    told, head = unit is not None, None
    if unit is None:
        unit, head = _counted_unit(after, before, value, times)
        unit = unit or ("persons" if times > 1 and (of_them or counted.is_number_of_people(earlier)) else None)
        if unit is None:
            return None
    qualifier = _qualifier(before, after, match[0])
    what = counted.what_follows(after, head, language, of=told) or counted.what_precedes(
        authorities.without(earlier), language, money=told
    )
    if unit == "persons" and (what is None or counted.is_anybody(what)):
        what = counted.whose_number(earlier) or counted.hit_by(what, after) or what
    if what is not None and (kind := _KIND_BEFORE.search(before)):
        what = f"{kind[1]} {what}"
    end = match.start() + len(match[0].rstrip())
    begin = sentence.start + match.start()
    return Figure(value, unit, what, None, None, begin, sentence.start + end, qualifier, up_to, per=_per(after))


def _counted_unit(after: str, before: str, value: int | float, times: int) -> tuple[str | None, int | None]:
    """What is counted behind the number, with the end of its noun in `after`; "persons" where the people stand before it."""
    noun = _COUNTED.match(after)
    if noun is None:
        return ("persons" if times > 1 and _BEFORE_COUNTED.search(before) else None), None
    between = after[: noun.start("person") if noun["person"] else noun.end()]
    if _BETWEEN_STOPS.search(f"{between} "):
        return None, None
    direct = len(between.split()) == 0
    if times == 1 and (value < 2 or (1900 <= value <= 2100 and not (noun["person"] and direct))):
        return None, None
    if noun["person"]:
        return "persons", noun.end()
    return next(name for index, (name, _) in enumerate(units.THINGS) if noun[f"t{index}"]), noun.end()


def _values(match: re.Match[str], times: int) -> tuple[int | float, int | float | None]:
    if match["number"]:
        first = _value(match["number"], times)
        second = _value(match["second"], times) if match["second"] else None
        return first, second if second is None or second > first else None
    word = units.WORDS[plain_word(match["word"])] if match["word"] else 1
    value = word * times
    return (int(value) if float(value).is_integer() else value), None


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
    if behind is not None and (_OF_MORE.search(figure.rstrip()) or re.search(r"астам|артық|жуық|ortiq|ортиқ|ашык", behind[0])):
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


def _per(after: str) -> str | None:
    match = _PER_AFTER.match(after)
    return match.lastgroup if match is not None else None


def _year(figure: Figure, own: Sequence[Figure], sentence: Line) -> int | None:
    """The only year of the sentence; of several that of the figure's part of it, or of the parts before it that no figure takes."""
    years = [
        (match.start(), int(match[1]))
        for match in _YEAR.finditer(sentence.text)
        if not (_COMPARED_WITH.search(sentence.text[: match.start()]) or _COMPARED_AFTER.match(sentence.text, match.end()))
    ]
    if len({year for _, year in years}) < 2:
        return years[0][1] if years else None
    at = figure.start - sentence.start
    begin, end = 0, len(sentence.text)
    for cut in _PART.finditer(sentence.text):
        if _YEAR.search(sentence.text, cut.start() - 6, cut.start()) and _YEAR.match(sentence.text, cut.end() + 1):
            continue  # "in 2019 and 2023"
        if cut.start() >= figure.end - sentence.start:
            end = cut.start()
            break
        if cut.end() <= at:
            begin = cut.end()
    in_part = [(place, year) for place, year in years if begin <= place < end]
    if not in_part:
        previous = max((one.end - sentence.start for one in own if one.end <= figure.start), default=0)
        in_part = [(place, year) for place, year in years if previous <= place < begin]
        if previous and not in_part:
            return None
    distinct = {year for _, year in in_part}
    if len(distinct) == 1:
        return in_part[0][1]
    before = [year for place, year in in_part if place < at]
    others = [one for one in own if begin <= one.start - sentence.start < end]
    if len(others) < 2 or not before:
        return None  # "between 2019 and 2023", or years behind that none is certain of
    return before[-1] if in_part[0][0] < others[0].start - sentence.start else None
