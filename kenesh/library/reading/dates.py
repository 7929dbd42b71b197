"""Dates as people write them in eleven languages.

A date keeps the precision that it has: "13–14 апреля с.г." gives --04-13 and --04-14, "в апреле 2015 года" gives 2015-04.
Words such as "today" are not dates here; `occasion` resolves them. Month names: CLDR 46 and the forms that texts use.
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

_ENGLISH = (
    "January|Jan", "February|Feb", "March|Mar", "April|Apr", "May", "June|Jun", "July|Jul", "August|Aug", "September|Sept|Sep",
    "October|Oct", "November|Nov", "December|Dec",
)  # fmt: skip
_MONTHS: tuple[str, ...] = (
    r"янв(?:ар\w*|\.)|қаңтар\w*|yanvar\w*|ocak\w*|հունվար\w*|იანვ\w*",
    r"фев(?:рал\w*|р?\.)|ақпан\w*|fevral\w*|şubat\w*|փետրվար\w*|თებერვ\w*",
    r"мар(?:т(?:а|у|ом|е|и|ы\w{0,6}|та\w{0,4}|тын|тан|ка\w{0,4}|қа|га\w{0,4}|да|дан|ни|нинг|ининг|идан)?|\.)|наурыз\w*|mart(?:da|dan|ning|ga|gacha|ı\w*|ın)?|մարտ\w*|მარტ\w*",
    r"апр(?:ел\w*|\.)|сәуір\w*|aprel\w*|nisan\w*|ապրիլ\w*|აპრილ\w*",
    r"ма(?:я|й|ю|ем|е|йы\w{0,7}|йда\w{0,4}|йга\w{0,4}|йдын|йни\w{0,3}|йи|йро)|мамыр\w*|may(?:da|ning|dan|ga|gacha|ı\w*|ın)?|mayıs\w*|մայիս\w*|მაის\w*",
    r"июн\w*|маусым\w*|iyun\w*|haziran\w*|հունիս\w*|ივნის\w*",
    r"июл\w*|шілде\w*|iyul\w*|temmuz\w*|հուլիս\w*|ივლის\w*",
    r"авг(?:уст\w*|\.)|тамыз\w*|avgust\w*|avqust\w*|ağustos\w*|օգոստոս\w*|აგვისტ\w*",
    r"сен(?:тябр\w*|т?\.)|қыркүйек\w*|sentabr\w*|sentyabr\w*|eylül\w*|սեպտեմբեր\w*|სექტემბ\w*",
    r"окт(?:ябр\w*|\.)|қазан(?:да|ның|нан|ға|ында|ынан|ы)?|oktabr\w*|oktyabr\w*|ekim\w*|հոկտեմբեր\w*|ოქტომბ\w*",
    r"ноя(?:бр\w*|б?\.)|қараша\w*|noyabr\w*|kasım\w*|նոյեմբեր\w*|ნოემბ\w*",
    r"дек(?:абр\w*|\.)|желтоқсан\w*|dekabr\w*|aralık\w*|դեկտեմբեր\w*|დეკემბ\w*",
)
_MONTH = re.compile(
    r"(?<![^\W\d_])(?:"
    + "|".join(rf"(?P<e{number}>(?:{names}|{names.upper()})\b\.?)" for number, names in enumerate(_ENGLISH, 1))
    + "|(?i:" + "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, 1))
    + ")"
    + r")(?!\w)"
)  # fmt: skip
_S = r"[ \t\xa0\u202f]"  # a range never runs over a line
_NTH = (
    r"(?:-?(?:го|е|ое|ого|st|nd|rd|th|ум|уми|юм|юми|ин|ի|ին|ші|і|да|де|дан|ден|тан|тен|нан|нен|ынан|инен|сынан|унда|үндө))?(?!\w)"
)
_TO = rf"(?:{_S}*[-–—−]{_S}*|{_S}+(?:по|и|до|жана|және|мен|менен|ва|va|to|through|and|և|ve|то|–|-){_S}+)"
_COMMA = rf",{_S}*"
_OUT_OF = r"(?:дан|ден|дон|дөн|тан|тен|тон|төн|нан|нен|сынан|синен|ынан|инен|унан|үнөн|dan)"  # "3төн 5-октябрга чейин"
# "3-октябрынан 5ине чейин": the last day behind the month of the first.
_LAST_DAY = re.compile(
    rf"{_S}+(?P<b>\d{{1,2}})-?(?:[сc]?[ыиуүі]?(?:на|не|но|нө|га|ге|го|гө|ға|ка|ке|ко|кө|қа|ga|iga|siga|га|ига))?(?:{_S}*(?:чейин|дейін|qadar|қадар)|gacha|гача)(?!\w)",
    re.I,
)
_DAYS_LEFT = re.compile(
    rf"(?<![\d.,:/№])(?<!№{_S})(?:(?P<a>\d{{1,2}})(?:{_NTH}(?:(?:{_COMMA}|{_TO})\d{{1,2}}{_NTH}){{0,3}}{_TO}|-?{_OUT_OF}{_S}+))?(?P<b>\d{{1,2}}){_NTH}"
    rf"(?:-|{_S}*)(?:(?:of|of the month of|day of|числа|моҳи){_S}+)?$",
    re.I,
)
_DAYS_RIGHT = re.compile(
    rf"{_S}+(?:the{_S}+)?(?P<a>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:{_TO}(?P<b>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?![:.]\d)(?!\w)"
)
# "2024-yil may oyining 15-kunida", "մայիսի 15-ին"
_DAYS_OF_MONTH = re.compile(
    rf"{_S}+(?:айы\w{{0,4}}|oyi\w{{0,4}}|ойи\w{{0,4}}){_S}+(?P<a>\d{{1,2}})(?!\d)(?:{_TO}(?P<b>\d{{1,2}})(?!\d))?(?:-?[^\W\d_]{{1,6}})?(?!\w)",
    re.I,
)
_DAYS_ARMENIAN = re.compile(rf"{_S}+(?P<a>\d{{1,2}})(?!\d)(?:{_TO}(?P<b>\d{{1,2}})(?!\d))?(?:-ին|-ի|-ից)?(?!\w)")
_YEAR_RIGHT = re.compile(
    rf"(?:{_S}*-?(?:күнү|күндөрү|күні|күндері|kuni|kunlari|куни|кунлари|айында|айы|oyida|ойида))?{_S}*[,(]?{_S}*(?:соли{_S}+|соли{_S}*|of{_S}+)?(?P<y>(?:19|20)\d\d)(?!\d|[-–.]\d)"
    rf"(?:{_S}*-?(?:года|год|году|г\.|г|жылы|жылдын|жылдың|жыл|ж\.|йилда|йилнинг|йил|yilda|yilning|yil|թ\.)(?!\w))?",
    re.I,
)
_YEAR_LEFT = re.compile(
    rf"(?<!\d)(?P<y>(?:19|20)\d\d)(?:{_S}*[-–]?{_S}*(?:жыл\w*|ж\.|йил\w*|yil\w*|թ\.|թվական\w*|წლ\w*|il\w*)|(?<=соли{_S}\d\d\d\d))?[, \t\xa0]*(?:күні|моҳи{_S})?$",
    re.I,
)
_SOLI = re.compile(rf"соли{_S}+$", re.I)
_THIS_YEAR_WORDS = (
    r"с\.\s?г\.?|т\.\s?г\.?|сего года|текущего года|нынешнего года|этого года|ушул жылдын|быйылкы|быйыл|учурдагы жылдын|үстүбүздөгү жылдын|биылғы|биыл|осы жылғы|осы жылдың|ағымдағы жылғы|ағымдағы жылдың"
    r"|shu yil(?:ning)?|joriy yil(?:ning)?|bu yil|шу йил(?:нинг)?|жорий йил(?:нинг)?|бу йил|соли ҷорӣ|соли равон|ҳамин сол|имсол|this year|of this year|of the current year"
)
_THIS_YEAR = re.compile(rf"{_S}*,?{_S}*(?:{_THIS_YEAR_WORDS})(?!\w)", re.I)
_THIS_YEAR_LEFT = re.compile(rf"(?<!\w)(?:{_THIS_YEAR_WORDS}){_S}*$", re.I)
_NUMERIC = re.compile(
    rf"(?<![\w./№:-])(?:(?P<a>\d{{1,2}})(?:\.(?P<am>\d{{1,2}})(?:\.(?P<ay>(?:19|20)\d\d))?\.?)?{_S}?[-–—]{_S}?)?(?P<b>\d{{1,2}})(?P<sign>[./])(?P<m>\d{{1,2}})(?P=sign)(?P<y>(?:19|20)\d\d)(?![\d/]|\.\d)"
)
_ISO = re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<b>\d\d)(?![\d-])")
# What comes before the date of a law, of a deadline or of an old story, and not of the event.
_REFERENCE = re.compile(
    r"(?:\bот|\bдо|\bпосле|\bко?|\bсо?времен|№\s?\S+|\bdated|\bof(?: the)? law of|\buntil|\bby|\bbefore|\bprior to|\bafter|\bsince|\bborn|\bрод\.|\bне позднее|\bто|\bpassed on|\bentered into force on)\s*$",
    re.I,
)
_REFERENCE_AFTER = re.compile(
    r"\s*(?:года|г\.|жылдын|жылдын|йил|yil)?\s*(?:№|N\s?\d|[а-яёөүң]{0,3}\s?чейин|дейін|gacha|[-а]?гача|qadar|қадар|-?dan beri|дан бери|ден бери|бері|га қадар|инчи санындагы)",
    re.I,
)
_UNTIL = re.compile(r"\w(?:gacha|гача)$")


@dataclass(frozen=True)
class DateFound:
    """A date in the text: first and last day (the same for one day), as partial ISO 8601, and where it stands."""

    start: int
    end: int
    first: str
    last: str | None
    year: int | None
    month: int
    day: int | None
    last_day: int | None
    reference: bool  # of a law, a deadline, a beginning: never an event's
    this_year: bool = False  # the text says "of this year" and not which
    ambiguous: bool = False  # 04/05/2011: day or month first

    @property
    def complete(self) -> bool:
        return self.year is not None and self.day is not None


def find_dates(text: str, *, language: str | None = None) -> list[DateFound]:
    """All dates with at least a month, in order; ranges over two months or two spelled-out days are one date.

    `language` decides about 04/05/2011: day first everywhere but in English, where nobody can know.
    """
    found = [*_worded(text), *_numeric(text, english=language == "en")]
    found.sort(key=lambda date: date.start)
    return _joined(text, [date for date in found if _exists(date)])


_WITHIN_BEFORE = re.compile(rf"(?<!\w)(?:в|[Ii]n|дар|(?:дар{_S}+)?моҳи){_S}+$")
_WITHIN_AFTER = re.compile(rf"{_S}+(?:айында|айының|айынын|oyida|oyining|ойида|ойининг)(?!\w)")
_WITHIN = re.compile(r"\w(?:да|де|та|те|da|ында|інде)$")


def find_months(text: str, taken: Sequence[DateFound]) -> list[DateFound]:
    """Months in which something is said to be, with neither day nor year: "в декабре", "май айында"; outside the dates `taken`."""
    found = []
    for match in _months(text):
        start, end = match.span()
        before, after = text[max(0, start - 10) : start], text[end : end + 12]
        if not (_WITHIN_BEFORE.search(before) or _WITHIN_AFTER.match(after) or _WITHIN.search(match[0])):
            continue
        if all(end <= one.start or one.end <= start for one in taken) and not re.match(rf"{_S}*\d|{_S}*-", after):
            month = int(str(match.lastgroup)[1:])
            found.append(DateFound(start, end, iso(None, month, None), None, None, month, None, None, reference=False))
    return found


def iso(year: int | None, month: int, day: int | None) -> str:
    """Partial ISO 8601 of what is known: 2024-05-15, 2024-05, --05-15."""
    first = f"{year:04d}-{month:02d}" if year is not None else f"--{month:02d}"
    return f"{first}-{day:02d}" if day is not None else first


def in_year(date: DateFound, year: int) -> DateFound:
    """The date with a year that it did not name itself."""
    last = f"{year:04d}{date.last[1:]}" if date.last and date.last.startswith("--") else date.last
    return replace(date, first=iso(year, date.month, date.day), last=last, year=year)


def _date(text: str, start: int, end: int, year: int | None, month: int, days: tuple[int | None, int | None]) -> DateFound:
    day, last_day = days
    before, after = text[max(0, start - 26) : start], text[end : end + 25]
    until = last_day is None and (_REFERENCE_AFTER.match(after) or _UNTIL.search(text[start:end]))
    reference = bool(_REFERENCE.search(before) or until)
    last = iso(year, month, last_day) if last_day is not None else None
    return DateFound(start, end, iso(year, month, day), last, year, month, day, last_day, reference)


def _worded(text: str) -> list[DateFound]:
    return [date for match in _months(text) if (date := _around(text, match))]


@lru_cache(maxsize=2)  # dates and lone months are looked for in the same text
def _months(text: str) -> list[re.Match[str]]:
    return list(_MONTH.finditer(text))


def _around(text: str, match: re.Match[str]) -> DateFound | None:
    """The date around a month's name: days and year on either side of it. None when the name stands alone."""
    group = str(match.lastgroup)
    month, english = int(group[1:]), group[0] == "e"
    start, end = match.start(), match.end()
    if english and not text[end : end + 1].isspace() and match[0].endswith("."):
        end -= 1
    year: int | None = None
    this_year = False
    days: tuple[int | None, int | None] = (None, None)
    left = text[max(0, start - 44) : start].rpartition("\n")[2]
    right = _DAYS_RIGHT if english else _DAYS_ARMENIAN if "\u0530" < match[0][0] < "\u0590" else _DAYS_OF_MONTH
    if before := _DAYS_LEFT.search(left):
        days = (int(before["a"]), int(before["b"])) if before["a"] else (int(before["b"]), None)
        start -= len(left) - before.start()
        left = left[: before.start()]
    elif after := right.match(text[end : end + 36]):
        days = (int(after["a"]), int(after["b"]) if after["b"] else None)
        end += after.end()
    earlier, after_year = _YEAR_LEFT.search(left), _YEAR_RIGHT.match(text[end : end + 30])
    if after_year and _FROM.search(match[0]) and re.match(rf"{_S}*\d", text[end + after_year.end() :][:4]):
        after_year = None  # "28-декабрдан ⟨2025-жылдын⟩ 3-январына чейин"
    if after_year and (earlier is None or "," in earlier[0]):  # else it is the next date's: "2024-ж. 28-декабрынан ⟨2025-ж.⟩ 3-"
        year, end = int(after_year["y"]), end + after_year.end()
    elif earlier:
        year, start = int(earlier["y"]), start - (len(left) - earlier.start())
        if soli := _SOLI.search(left[: earlier.start()]):
            start -= earlier.start() - soli.start()
    elif this := _THIS_YEAR.match(text[end : end + 24]):
        end, this_year = end + this.end(), True
    elif this := _THIS_YEAR_LEFT.search(left):
        start, this_year = start - (len(left) - this.start()), True
    if days[0] and days[1] is None and _FROM.search(match[0]) and (last := _LAST_DAY.match(text[end : end + 26])):
        days, end = (days[0], int(last["b"])), end + last.end()
    if days[0] is None and (year is None or (match[0].casefold() in {"may", "mart", "маю"} and match[0][0].islower())):
        return None
    return replace(_date(text, start, end, year, month, days), this_year=this_year)


def _numeric(text: str, *, english: bool) -> list[DateFound]:
    found = []
    for match in _NUMERIC.finditer(text):
        day, month, year = int(match["b"]), int(match["m"]), int(match["y"])
        if match["sign"] == "/" and month > 12 >= day:
            day, month = month, day
        date = _date(text, match.start(), match.end(), year, month, (day, None))
        if match["sign"] == "/" and english and day <= 12 and month <= 12 and day != month:
            date = replace(date, first=f"{year:04d}", day=None, ambiguous=True)
        elif match["a"]:
            first = iso(int(match["ay"] or year), int(match["am"] or month), int(match["a"]))
            date = replace(date, first=first, last=iso(year, month, day), day=int(match["a"]), last_day=day)
        found.append(date)
    for match in _ISO.finditer(text):
        found.append(_date(text, match.start(), match.end(), int(match["y"]), int(match["m"]), (int(match["b"]), None)))
    return found


def _exists(date: DateFound) -> bool:
    if not 1 <= date.month <= 12:
        return False
    longest = monthrange(date.year or 2000, date.month)[1]
    return all(day is None or 1 <= day <= longest for day in (date.day, date.last_day)) and (
        date.last is None or date.day is None or date.first < date.last
    )


_BETWEEN = re.compile(
    rf"{_S}*(?:года|г\.|жылдын|жылы)?{_S}*(?:[-–—−]|по|и|до|жана|және|ва|va|to|until|till|through|and|мен|менен|то){_S}*(?:(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day,?{_S}*)?"
    rf"|{_S}*(?:күнүнөн|күнінен|kunidan|кунидан)?{_S}+",
    re.I,
)
_AND = re.compile(r"(?<!\w)(?:и|жана|және|мен|менен|va|ва|and)(?!\w)", re.I)
_FROM = re.compile(r"\w(?:дан|ден|тан|тен|нан|нен|ынан|инен|унан|үнөн|dan)(?:$|\W)")


def _joined(text: str, dates: list[DateFound]) -> list[DateFound]:
    """Makes one date of "30 мая по 2 июня 2024 года", "13-июнунда жана 14-июнунда" and "30-apreldan 2-maygacha"."""
    out: list[DateFound] = []
    for date in dates:
        before = out[-1] if out else None
        if before and before.last is None and before.day and date.day and date.last_day is None and date.start >= before.end:
            between = text[before.end : date.start]
            turn = int(before.month >= 10 and date.month <= 3 and not _AND.search(between))  # from 28 December to 3 January
            year = before.year or (date.year - turn if date.year else None)
            same = before.year is None or date.year is None or before.year <= date.year
            last = iso(date.year or (year + turn if year else None), date.month, date.day)
            first = iso(year, before.month, before.day)
            bare = not between.strip() and not _FROM.search(text[before.start : before.end])
            if same and first < last and len(between) < 40 and not bare and _BETWEEN.fullmatch(between):
                this_year = before.this_year or date.this_year
                out[-1] = DateFound(
                    before.start, date.end, first, last, year, before.month, before.day, date.day, before.reference, this_year
                )  # fmt: skip
                continue
        out.append(date)
    return out
