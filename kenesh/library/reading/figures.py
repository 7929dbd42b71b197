"""Figures that a text states: sums of money, percentages, and counts of people and of things, with what they count."""

from __future__ import annotations

# patterns are read as one line each
import re
from dataclasses import dataclass

from kenesh.library.reading.spans import Line, sentences_of

_MAGNITUDES: tuple[tuple[str, int], ...] = (
    (r"тыс(?:яч\w*|\.)?|миң\w{0,4}|мың\w{0,4}|минг\w{0,3}|ming(?:ga|dan|ta)?|ҳазор\w{0,3}|հազար|thousand", 1_000),
    (r"млн\.?|миллион\w*|million\w*|mln\.?|millon|միլիոն", 1_000_000),
    (r"млрд\.?|миллиард\w*|billion|bln\.?|bn|milliard\w*|միլիարդ", 1_000_000_000),
    (r"трлн\.?|триллион\w*|trillion", 1_000_000_000_000),
)
_UNITS: tuple[tuple[str, str], ...] = (
    (r"%|процент\w*|пайыз\w*|пайыз|фоиз\w*|foiz\w*|per ?cent|percent", "percent"),
    (r"доллар\w* США|долл\.? США|АКШ доллар\w*|АҚШ доллар\w*|AQSh dollar\w*|US dollars?|dollars?|доллар\w*|\$|USD", "USD"),
    (r"евро|euros?|€|EUR", "EUR"),
    (r"(?:российск\w+ )?рубл\w*|рубль\w*|rubles?|roubles?|rubl\w*|руб\.?|₽|RUB", "RUB"),
    (r"сом(?:а|ов|дон|го|ду|дук)?|soms?|KGS", "KGS"),
    (r"тенге\w*|теңге\w*|tenge|₸|KZT", "KZT"),
    (r"сум(?:а|ов)?|сўм|so['’ʻʼ‘]m|UZS", "UZS"),
    (r"сомони\w*|somoni|TJS", "TJS"),
)
_PERSON = (
    r"человек\w*|чел\.|людей|люд(?:и|ям)|мигрант\w*|граждан\w*|соотечественник\w*|работник\w*|трудящи\w+|беженц\w*|женщин\w*|мужчин\w*|дет(?:ей|и|ям)|лиц"
    r"|участник\w*|эксперт\w*|делегат\w*|өкүл\w*|представител\w*|адам\w*|киши\w*|жаран\w*|катышуучу\w*|аял\w*|бала\w*|азамат\w*|қатысушы\w*"
    r"|people|persons?|migrants?|workers?|citizens?|refugees?|women|men|children|participants?|experts?|delegates?|nationals"
    r"|kishi\w*|nafar\w*|odam\w*|muhojir\w*|ishtirokchi\w*|fuqaro\w*|киши|нафар\w*|одам\w*|муҳоҷир\w*|шаҳрванд\w*|иштирокчи\w*|муҳожир\w*"
)
_THING = (
    r"вопрос\w*|рекомендаци\w*|предложени\w*|обращени\w*|жалоб\w*|заявлени\w*|дел|случа\w*|организаци\w*|НПО|НКО|центр\w*|стран\w*|государств\w*|консультаци\w*|доклад\w*"
    r"|суроо\w*|сунуш\w*|кайрылуу\w*|арыз\w*|уюм\w*|борбор\w*|өлкө\w*|ұсыныс\w*|өтініш\w*|ұйым\w*|орталық\w*|сұрақ\w*"
    r"|questions?|recommendations?|proposals?|appeals?|complaints?|cases|organi[sz]ations?|NGOs|centres|centers|countries|states|consultations|reports"
    r"|murojaat\w*|tavsiya\w*|savol\w*|tashkilot\w*|taklif\w*|мурожаат\w*|тавсия\w*|муроҷиат\w*|савол\w*|ташкилот\w*|пешниҳод\w*"
)
_NUMBER = r"(?:\d{1,3}(?:[ \xa0\u202f]\d{3})+|\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?"
_FIGURE = re.compile(
    rf"(?<![\w.,:/№-])(?P<money>[$€]\s?)?(?P<number>{_NUMBER})(?![\d:/])(?:[\s\xa0]*(?:"
    + "|".join(f"(?P<x{index}>{words})(?![^\\W\\d_])" for index, (words, _) in enumerate(_MAGNITUDES))
    + "))?"
    + "(?:[\\s\xa0]*(?:"
    + "|".join(f"(?P<u{index}>{words})(?!\\w)" for index, (words, _) in enumerate(_UNITS))
    + "))?",
    re.IGNORECASE,
)
# Up to three words between the number and what it counts: "214 million international migrants".
_COUNTED = re.compile(
    rf"[\s\xa0]+(?:[^\W\d_][\w-]*[\s\xa0]+){{0,3}}?(?:(?P<person>{_PERSON})|(?P<thing>{_THING}))(?!\w)", re.IGNORECASE
)
_WHAT = re.compile(r"[\s\xa0]*([^\d.,;:()«»“”\"\n]{3,80})")
_PERIOD = re.compile(r"(?:a|per|every|в|за)\s+(?:year|month|день|год|месяц)", re.IGNORECASE)
_DANGLING = re.compile(
    r"(?:\s+(?:a|an|the|of|in|on|at|to|for|from|with|without|and|or|в|на|с|со|и|из|по|для|от|о|об|у|к|без|за|при|жана|ва|va|және|мен))+$",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(
    r"\s*(?:more than|over|about|around|up to|более|около|свыше|до|примерно|почти|составил[аио]?)\s*$", re.IGNORECASE
)
_NEITHER_BEFORE = re.compile(
    r"(?:№|\bст\.|\bп\.|\bстать\w+|\bпункт\w*|\barticle|\bart\.|\bpara(?:graph|\.)|\bno\.|\bберене\w*)\s*$", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s*(?:год|г\.|жыл|йил|yil|թ|[-–]?yil|-жыл)|\b)")
_SOURCE = re.compile(
    r"(?:[Aa]ccording to (?:the )?(?:data of |statistics of )?|[Ii]n accordance with (?:the )?(?:data|statistics) of (?:the )?)"
    r"(?P<en>[A-Z]\w+(?: (?:of|for|the|and|on|[A-Z]\w*))*)|[Пп]о (?:данным|информации|оценкам?|подсч[её]там) (?P<ru>[А-ЯЁ«][^,.;\n]{1,90})(?=,)"
)
_LONGEST_SOURCE = 9  # words


@dataclass(frozen=True)
class Figure:
    """`value` in single units; `unit` is percent, person, an ISO 4217 code or None; `what` is quoted from the text."""

    value: int | float
    unit: str | None
    what: str | None
    source: str | None
    year: int | None
    start: int
    end: int


def find_figures(text: str) -> list[Figure]:
    """Figures in order. Dates, years, numbers of articles and documents, ordinals and telephone numbers are none."""
    found = []
    for sentence in sentences_of(text):
        source, year = _source(sentence), _year(sentence)
        for match in _FIGURE.finditer(sentence.text):
            figure = _figure(sentence, match, source, year)
            if figure is not None:
                found.append(figure)
    return found


def _figure(sentence: Line, match: re.Match[str], source: str | None, year: int | None) -> Figure | None:
    after = sentence.text[match.end() : match.end() + 120]
    if re.match(r"-\w|[.]\d", after) or _NEITHER_BEFORE.search(sentence.text[max(0, match.start() - 20) : match.start()]):
        return None  # "22-й", "13-июнунда", "ст. 12", "12.05.2014"
    times = next((factor for index, (_, factor) in enumerate(_MAGNITUDES) if match[f"x{index}"]), 1)
    unit = next((name for index, (_, name) in enumerate(_UNITS) if match[f"u{index}"]), None)
    if unit is None and match["money"]:
        unit = {"$": "USD", "€": "EUR"}[match["money"].strip()]
    value = _value(match["number"], times)
    counted = _COUNTED.match(after)
    if unit is None and (counted is None or (times == 1 and (value < 2 or 1900 <= value <= 2100))):
        return None
    if unit is None and counted is not None and counted["person"]:
        unit = "person"
    what = _what_follows(after) or _what_precedes(sentence.text[max(0, match.start() - 300) : match.start()])
    return Figure(value, unit, what, source, year, sentence.start + match.start(), sentence.start + match.end())


def _what_follows(after: str) -> str | None:
    phrase = _WHAT.match(after)
    if phrase is None or _PERIOD.match(phrase[1]):
        return None
    return _DANGLING.sub("", " ".join(phrase[1].split()[:6])) or None


def _what_precedes(before: str) -> str | None:
    """The end of the clause before the figure ("… incomes received from trade in people more than"), if it is short."""
    source = _SOURCE.search(before)
    clause = re.split(r"[,;:()](?!\d)", before[source.end() :] if source else before)[-1]
    words = _QUALIFIER.sub("", clause.strip()).split()
    return " ".join(words) if 1 < len(words) <= 10 and not any(letter.isdigit() for letter in clause) else None


def _value(written: str, times: int) -> int | float:
    plain = re.sub(r"[ \xa0\u202f]", "", written)
    thousands = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?P<decimals>\.\d+)?", plain)
    if thousands and (thousands["decimals"] or times == 1):
        plain = plain.replace(",", "")
    value = float(plain.replace(",", ".")) * times
    return int(value) if value.is_integer() else round(value, 6)


def _source(sentence: Line) -> str | None:
    found = _SOURCE.search(sentence.text)
    if found is None:
        return None
    name = (found["en"] or found["ru"]).strip()
    name = re.sub(r"(?: (?:of|for|the|and|on))+$", "", name)
    return name if len(name.split()) <= _LONGEST_SOURCE else None


def _year(sentence: Line) -> int | None:
    years = {int(year) for year in _YEAR.findall(sentence.text)}
    return years.pop() if len(years) == 1 else None
