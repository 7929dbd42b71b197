"""What a date that is not the event's is the date of: a law, how long something goes on, the day of a count, a story of the past."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kenesh.library.reading import another_event
from kenesh.library.reading.dates import DateFound
from kenesh.library.reading.spans import Line

# While the event is looked for, `next` is the coming meeting, which is not the one that is told of, and `published` the day
# of a page; they end as `other` and `document`.
Role = Literal["event", "document", "issue", "adoption", "deadline", "reference", "past", "other", "next", "published"]

_PAPER = (
    r"\b(?:law|code|act|decree|order|resolution|agreement|treaty|convention|memorandum|strategy|concept|regulations?|constitution|declaration|protocol|roadmap|amendments?)\b"
    r"|(?<!\w)(?:закон|кодекс|договор|соглашени|меморандум|стратеги|постановлени|указ(?!а[лн])|приказ|распоряжени|конвенци|конституци|декларац|концепци|резолюци|хартия|регламент)\w*"
    r"|(?<!\w)(?:мыйзам|келишим|токтом|жарлык|буйрук|протоколу|макулдашуу|заң|шарт(?:ы|ын|қа|тың)?(?!\w)|келісім|қаулы|жарлығ|бұйрығ|тұжырымдама)\w*"
    r"|(?<!\w)(?:qonun|kodeks|shartnoma|bitim|memorandum|strategiya|qaror|farmon|buyruq|konvensiya|konsepsiya|nizom|қонун|шартнома|битим|қарор|фармон|буйруқ|низом|созишнома|қарори|амр|қонуни|консепсия|стратегия|конвенсия)\w*"
)
_MADE = (
    r"\b(?:approved|adopted|signed|ratified|enacted|passed|concluded|amended)\b|утвержд[её]н\w*|подписан\w*|принят\w*|ратифицирован\w*|заключ[её]нн\w*|бекитилген|кабыл алынган|кол коюлган|түзүлгөн|бекітілген|қабылданған|қол қойылған|жасалған"
    r"|tasdiqlangan|imzolangan|qabul qilingan|tuzilgan|тасдиқланган|имзоланган|қабул қилинган|тузилган|тасдиқ (?:шуд|гардид|карда)\w*|имзо (?:шуд|гардид|карда)\w*|ба имзо расид\w*|қабул (?:шуд|гардид|карда)\w*"
)
# The law stands before its date, or behind it; ¶ is the date.
_OF_PAPER = re.compile(
    rf"(?:{_PAPER})[^.;:¶]{{0,70}}?(?:(?:{_MADE})[^.;,:¶]{{0,12}}|\b(?:of|dated|от|аз)\s*)¶"
    rf"|(?:{_PAPER})[^.;:¶]{{0,70}}?,? (?:ки|which|что|котор\w+)[^.;:¶]{{0,16}}¶[^.;:]{{0,12}}?(?:{_MADE})"
    rf"|(?:{_PAPER})[^.;:¶]{{0,90}}¶[^.;:]{{0,12}}?(?:{_MADE})"
    rf"|¶\W{{0,3}}(?:(?:в|дар) [\w-]+\s)?(?:{_MADE})[^.;:]{{0,60}}?(?:{_PAPER})",
    re.I,
)
# "2014-жылдын 29-майындагы ⟨келишими⟩": the date itself is an adjective.
_ADJECTIVE = re.compile(r"(?:дагы|деги|догу|дөгү|дағы|дегі|ғы|гі|dagi|даги)$", re.I)
_PAPER_BEHIND = re.compile(rf"(?:[^.;:\n]{{0,60}}?)(?:{_PAPER})", re.I)
# "на 1 ноября 2024 г. в списке значится": the day on which somebody counted.
_COUNTED_ON = re.compile(
    r"(?:по состоянию на|as (?:of|at|on)|ба ҳолати|то санаи)\s*¶|(?<!\w)на\s*¶(?=.{0,60}\d)|¶\W{0,2}(?:карата|абалына|жағдай\w* бойынша|holatiga|ҳолатига|ҳолати бо)",
    re.I | re.S,
)
_PLANNED = re.compile(r"назнач|намеч|заплан|перенес|отлож", re.I)
# "The project will run until March 2026": how long it goes on; by then nobody has to do anything.
_GOES_ON_UNTIL = re.compile(
    r"(?:\b(?:runs?|lasts?|continues?|extends?|valid|in force|продлится|продолжится|действует|действовать|рассчитан\w*|длится)\b[^.;¶]{0,30}|идома [^.;¶]{0,20})¶"
    r"|¶.{0,45}(?:созулат|уланат|иштейт|жүргүзүлөт|жалғасады|созылады|жүзеге асырылады|davom (?:etadi|qiladi)|amalga oshiriladi|давом (?:этади|қилади)|амалга оширилади|идома (?:меёбад|дорад)|амал мекунад)",
    re.I,
)
_NEXT_TIME = re.compile(
    r"(?:следующ|очередн)\w+ (?:заседани|встреч|собрани|совещани|семинар|тренинг|конференци|форум|сесси|раунд|обследовани)|\bnext (?:\w+ )?(?:meeting|session|training|conference|round|workshop|forum|seminar)"
    r"|(?:кийинки|кезектеги) (?:жыйын|отурум|тренинг|жолугушуу|семинар|форум|конференция)|(?:келесі|кезекті) (?:отырыс|жиналыс|кездесу|семинар|тренинг|форум|конференция)"
    r"|(?:keyingi|navbatdagi) (?:yig.ilish|majlis|uchrashuv|seminar|trening|forum|konferensiya)|(?:кейинги|навбатдаги) (?:йиғилиш|мажлис|учрашув|семинар|тренинг|форум|конференция)|(?:ҷаласа|маҷлис|вохӯри|мулоқот|семинар|конфронс)\w{0,2} (?:навбатӣ|оянда)",
    re.I,
)


@dataclass(frozen=True)
class Dated:
    """A date of the document and what it is the date of."""

    date: DateFound
    role: Role


def is_next_time(body: str, found: DateFound, sentence: Line) -> bool:
    """Whether the sentence tells of the coming meeting: "Кийинки тренинг … өтөт"."""
    return _NEXT_TIME.search(body[sentence.start : found.start]) is not None


def goes_on_until(body: str, found: DateFound, sentence: Line) -> bool:
    """Whether something that is under way lasts until the date."""
    return _GOES_ON_UNTIL.search(_around(body, found, sentence)) is not None


def of_another_event(body: str, found: DateFound, sentence: Line) -> Role | None:
    """What a date is that belongs to another event: "one week after the conference of 27 October", "ahead of the forum on 3 May"."""
    around = _around(body, found, sentence)
    return "past" if another_event.is_over(around) else "next" if another_event.is_to_come(around) else None


def refers(body: str, found: DateFound, sentence: Line) -> bool:
    """Whether it is the date of a law, a treaty or a strategy that the text names, or the day for which a figure was counted."""
    around = _around(body, found, sentence)
    if _ADJECTIVE.search(body[found.start : found.end]) and _PAPER_BEHIND.match(body[found.end : sentence.end]):
        return True
    if _COUNTED_ON.search(around) and not _PLANNED.search(sentence.text):
        return found.day is not None
    return _OF_PAPER.search(around) is not None


def _around(body: str, found: DateFound, sentence: Line) -> str:
    """The sentence with ¶ in the place of the date."""
    return f"{body[max(sentence.start, found.start - 140) : found.start]}¶{body[found.end : min(sentence.end, found.end + 140)]}"


_ENDS_AS: dict[Role, Role] = {"next": "other", "published": "document"}


def beside_the_event(dated: Sequence[Dated], chosen: DateFound | None, *, given: DateFound | None, paper: bool) -> list[Dated]:
    """The other dates, each once: what came before the event is past. `paper`: of the United Nations, which tells of its
    sessions. `given`: the day of the document itself, before which all is past where there is no event."""
    then = chosen or given
    told: dict[tuple[str, str | None, Role], Dated] = {}
    for one in dated:
        if chosen is not None and (
            one.date.start == chosen.start or (one.date.first, one.date.last) == (chosen.first, chosen.last)
        ):
            continue
        role = _ENDS_AS.get(one.role, one.role)
        told_of = one.role == "other" or (one.role == "event" and (not paper or one.date.day is None))
        if told_of and then is not None and _is_earlier(one.date, then):
            role = "past"
        elif paper and chosen is not None and role == "adoption" and one.date.last is not None:
            role = "event"  # the session at which it was adopted on a day that the text names, too
        told.setdefault((one.date.first, one.date.last, role), replace(one, role=role))
    return list(told.values())


def _is_earlier(one: DateFound, other: DateFound) -> bool:
    """Whether a date of a known year lies wholly before another."""
    if one.year is None or other.year is None:
        return False
    return (one.last or one.first) < other.first and not other.first.startswith(one.last or one.first)
