"""Dates as people write them in eleven languages, and which of them is the date of the event.

A date keeps the precision that it has: "13–14 апреля с.г." gives --04-13 and --04-14, "в апреле 2015 года" gives 2015-04.
Words such as "today" are not dates. Month names: CLDR 46 and the forms that texts use.
"""

from __future__ import annotations

# patterns are read as one line each
import re
from calendar import monthrange
from dataclasses import dataclass

_MONTHS: tuple[str, ...] = (
    r"январ\w*|январ\w*|қаңтар\w*|january|jan\.|yanvar\w*|ocak\w*|հունվար\w*|იანვ\w*|jan(?=\s\d)",
    r"феврал\w*|ақпан\w*|february|feb\.|fevral\w*|şubat\w*|փետրվար\w*|თებერვ\w*",
    r"март\w*|наурыз\w*|march|mart\w*|մարտ\w*|მარტ\w*",
    r"апрел\w*|сәуір\w*|april|aprel\w*|nisan\w*|ապրիլ\w*|აპრილ\w*",
    r"ма[яйе]\w{0,6}|мамыр\w*|may(?:da|ning|dan|ı\w*|ıs\w*|ıs)?|mayıs\w*|մայիս\w*|მაის\w*",
    r"июн\w*|маусым\w*|june|iyun\w*|haziran\w*|հունիս\w*|ივნის\w*",
    r"июл\w*|шілде\w*|july|iyul\w*|temmuz\w*|հուլիս\w*|ივლის\w*",
    r"август\w*|тамыз\w*|august|avgust\w*|avqust\w*|ağustos\w*|օգոստոս\w*|აგვისტ\w*",
    r"сентябр\w*|қыркүйек\w*|september|sentabr\w*|sentyabr\w*|eylül\w*|սեպտեմբեր\w*|სექტემბ\w*",
    r"октябр\w*|қазан\w*|october|oktabr\w*|oktyabr\w*|ekim\w*|հոկտեմբեր\w*|ოქტომბ\w*",
    r"ноябр\w*|қараша\w*|november|noyabr\w*|kasım\w*|նոյեմբեր\w*|ნოემბ\w*",
    r"декабр\w*|желтоқсан\w*|december|dekabr\w*|aralık\w*|դեկտեմբեր\w*|დეკემბ\w*",
)
_MONTH = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, 1)) + r")(?!\w)", re.I
)
_ORDINAL = r"(?:\s?-?(?:го|е|ое|ого|st|nd|rd|th|уми|юми|ум|юм|ին|ի|ші|шi))?"
_JOIN = r"(?:\s*[-–—]\s*|\s+(?:по|и|до|жана|және|мен|менен|ва|va|to|and|և|ve)\s+)"
_DAYS_LEFT = re.compile(
    rf"(?<![\d.,:/№])(?:(?P<a>\d{{1,2}}){_ORDINAL}{_JOIN})?(?P<b>\d{{1,2}}){_ORDINAL}[\s\xa0]*[-–]?\s*(?:of\s+)?$", re.I
)
_DAYS_RIGHT = re.compile(
    rf"[\s\xa0]+(?P<a>\d{{1,2}})(?!\d)(?:{_JOIN}(?P<b>\d{{1,2}})(?!\d))?(?:st|nd|rd|th|-ին|-ի)?(?![\d:.]\d)", re.I
)
_YEAR_RIGHT = re.compile(r"[\s\xa0]*[,(]?[\s\xa0]*(?:соли\s+|сола?и\s+|of\s+)?(?P<y>(?:19|20)\d\d)(?!\d|[-–.]\d)", re.I)
_YEAR_LEFT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:[\s\xa0]*[-–]?[\s\xa0]*(?:жыл\w*|ж\.|йил\w*|yil\w*|թ\.|թվական\w*|წლ\w*|il\w*|соли))?[,\s\xa0]*$",
    re.I,
)
_THIS_YEAR = re.compile(r"[\s\xa0]*(?:с\.\s?г\.?|т\.\s?г\.?|сего года|текущего года|этого года|ушул жылдын|биыл)", re.I)
_NUMERIC = re.compile(r"(?<![\d./№-])(?:(?P<a>\d{1,2})\s?[-–—]\s?)?(?P<b>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)(?![\d.])")
_ISO = re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<b>\d\d)(?![\d-])")
# What comes before the date of a law, of a deadline or of an old story, and not of the event.
_REFERENCE = re.compile(r"(?:\bот|\bдо|\bсо?времен|№\s?\S+|\bdated|\buntil|\bby|\bbefore|\bsince|\bborn|\bрод\.)\s*$", re.I)
_REFERENCE_AFTER = re.compile(r"\s*(?:года|г\.)?\s*(?:№|N\s?\d|чейин|дейін|gacha|-?гача|-?dan beri|дан бери|ден бери)", re.I)


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
    reference: bool

    @property
    def complete(self) -> bool:
        return self.year is not None and self.day is not None


def find_dates(text: str) -> list[DateFound]:
    """All dates with at least a month, in order; ranges over two months or two spelled-out days are one date."""
    found = [*_worded(text), *_numeric(text)]
    found.sort(key=lambda date: date.start)
    return _joined(text, [date for date in found if _exists(date)])


def event_date(dates: list[DateFound], *, head: int, middle: int) -> DateFound | None:
    """The date of the event: the first one at the head of the body, else the first complete one before `middle`.

    Dates of laws, deadlines and beginnings ("от 12 мая 2014 года № 3", "до 1 июня") are never taken.
    """
    own = [date for date in dates if not date.reference]
    early = [date for date in own if date.start < head]
    for wanted in (
        [date for date in early if date.complete],
        [date for date in early if date.day is not None],
        [date for date in own if date.complete and date.start < middle],
        [date for date in early if date.year is not None],
    ):
        if wanted:
            return wanted[0]
    return None


def _iso(year: int | None, month: int, day: int | None) -> str:
    first = f"{year:04d}-{month:02d}" if year is not None else f"--{month:02d}"
    return f"{first}-{day:02d}" if day is not None else first


def _date(text: str, start: int, end: int, year: int | None, month: int, days: tuple[int | None, int | None]) -> DateFound:
    day, last_day = days
    reference = bool(_REFERENCE.search(text[max(0, start - 20) : start]) or _REFERENCE_AFTER.match(text[end : end + 25]))
    last = _iso(year, month, last_day) if last_day is not None else None
    return DateFound(start, end, _iso(year, month, day), last, year, month, day, last_day, reference)


def _worded(text: str) -> list[DateFound]:
    return [date for match in _MONTH.finditer(text) if (date := _around(text, match))]


def _around(text: str, match: re.Match[str]) -> DateFound | None:
    """The date around a month's name: days and year on either side of it. None when the name stands alone."""
    month = next(number for number in range(1, 13) if match[f"m{number}"])
    start, end = match.start(), match.end()
    year: int | None = None
    days: tuple[int | None, int | None] = (None, None)
    left = text[max(0, start - 40) : start].rpartition("\n")[2]
    if before := _DAYS_LEFT.search(left):
        days = (int(before["a"]), int(before["b"])) if before["a"] else (int(before["b"]), None)
        start -= len(left) - before.start()
        left = left[: before.start()]
    elif after := _DAYS_RIGHT.match(text[end : end + 30]):
        days = (int(after["a"]), int(after["b"]) if after["b"] else None)
        end += after.end()
    if (right := _YEAR_RIGHT.match(text[end : end + 20])) and "\n" not in right[0]:
        year, end = int(right["y"]), end + right.end()
    elif earlier := _YEAR_LEFT.search(left):
        year, start = int(earlier["y"]), start - (len(left) - earlier.start())
    if days[0] is None and (year is None or (match[0].casefold() in {"may", "mart", "march"} and match[0][0].islower())):
        return None
    if match[0] in {"may", "march"} and not before:
        return None  # the English verbs
    if year is None and (this := _THIS_YEAR.match(text[end : end + 20])):
        end += this.end()
    return _date(text, start, end, year, month, days)


def _numeric(text: str) -> list[DateFound]:
    found = []
    for pattern in (_NUMERIC, _ISO):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            day = int(parts["b"])
            days = (int(parts["a"]), day) if parts.get("a") else (day, None)
            found.append(_date(text, match.start(), match.end(), int(parts["y"]), int(parts["m"]), days))
    return found


def _exists(date: DateFound) -> bool:
    if not 1 <= date.month <= 12:
        return False
    longest = monthrange(date.year or 2000, date.month)[1]
    return all(day is None or 1 <= day <= longest for day in (date.day, date.last_day)) and (
        date.last_day is None or date.day is None or date.day < date.last_day
    )


_BETWEEN = re.compile(r"[\s\xa0]*(?:года|г\.|жылдын|жылы)?[\s\xa0]*(?:[-–—]|по|и|до|жана|және|ва|va|to|and|мен)[\s\xa0]*", re.I)


def _joined(text: str, dates: list[DateFound]) -> list[DateFound]:
    """Makes one date of "30 мая по 2 июня 2024 года" and of "13-июнунда жана 14-июнунда"."""
    out: list[DateFound] = []
    for date in dates:
        before = out[-1] if out else None
        if before and before.last is None and before.day and date.day and date.last_day is None and date.start >= before.end:
            year = before.year or date.year
            same = before.year is None or date.year is None or before.year == date.year
            later = (before.month, before.day) < (date.month, date.day)
            if same and later and _BETWEEN.fullmatch(text[before.end : date.start]):
                last = _iso(year, date.month, date.day)
                first = _iso(year, before.month, before.day)
                reference = before.reference
                out[-1] = DateFound(before.start, date.end, first, last, year, before.month, before.day, date.day, reference)
                continue
        out.append(date)
    return out
