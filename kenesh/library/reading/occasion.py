"""Which of a text's dates is that of the event, and what the others are: of issue, adoption, deadlines, laws, the past.

"Today", "с.г." are resolved with a date that the document itself gives (its dateline, its day of publication), or not at all.
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from kenesh.library.reading.date_roles import Dated, Role, beside_the_event, goes_on_until, is_next_time, of_another_event, refers
from kenesh.library.reading.dates import DateFound, find_dates, find_months, in_year, iso
from kenesh.library.reading.kinds import Kind
from kenesh.library.reading.spans import Dropped, Line, lines_of, sentences_of, without

Basis = Literal["text", "document_date"]

_TOLD = 5  # words of a line that tells something
_HEADING = 400  # characters of the body beside which the page says when it was published
_HEAD = 1_800  # characters of the body in which the event is told of first
_UN_MASTHEADS = ("concluding_observations", "list_of_issues", "summary_record")
_UN_PAPERS = ("concluding_observations", "list_of_issues")
_ISSUED = re.compile(
    r"\bdistr\b|distribution|\bобщ(?:ая|ее)\b|\bgeneral\b|опубликован|дата (?:публикации|издания|выпуска)|published|posted|date of issue|issued|жарыяланган|жарияланған|жарияланды"
    r"|e.?lon qilingan|chop etilgan|эълон қилинган|чоп этилган|нашр шуд|дата:|күнү:|күні:|sana:|сана:",
    re.I,
)
_PUBLISHED_ON = re.compile(
    r"(?:опубликован[оа]?|дата публикации|published|posted|жарыяланган(?: күнү)?|жарияланған|e.?lon qilingan(?: sana)?|эълон қилинган|нашр шуд)[\s:—–-]*(?:on )?$",
    re.I,
)
_EDITED = re.compile(r"измен[её]н|обновл|updated|modified|edited|өзгөртүл|өзгертіл|yangilan|янгилан|таҳрир", re.I)
_DEADLINE_BEFORE = re.compile(r"(?:\bдо|\bко?|\bто|\bto|\buntil|\bby|\bне позднее|\bbefore|\bprior to)\s*$", re.I)
_DEADLINE_AFTER = re.compile(r"\s*(?:года|г\.)?\s*(?:[а-яё]{0,3}\s?чейин|дейін|gacha|[-а]?гача|qadar|қадар|га қадар)", re.I)
# Between which days (¶) people may apply, which is not when it happens.
_APPLYING = re.compile(
    r"(?:(?:заявки|заявок|заявлени[яй]|документы|документов) принима\w+|при[её]м (?:заяв\w+|документов)|applications? (?:\w+ ){0,3}accepted|apply)\W[^¶]{0,20}¶"
    r"|(?:арыз|өтүнмө|табыштама|өтінім|өтініш|ariza|ариза|дархост)\w*[ ,][^¶]{0,40}¶.{0,20}(?:кабыл ал|қабылда|qabul|қабул)",
    re.I,
)
_ADOPTED = re.compile(
    r"\badopt(?:ed|s|ion)\b|\bпринят\w*|\bприня(?:л|ла|ли)\b(?! участи)|кабыл ал\w+|қабылда\w+|qabul qil\w+|қабул (?:қил|кард|шуд)\w*",
    re.I,
)
_PAST = re.compile(
    r"напомним|напоминаем|ранее\b|в прошлом|прошлогодн|предыдущ|\b(?:создан|учрежд[её]н|основан|ратифицирован|подписан|образован|вступил\w? в силу|ратифицировал\w*|присоединил\w+)\w{0,3}\b"
    r"|\bremind|\bpreviously|\bearlier\b|\bprevious\b|\blast year|\b(?:was|were|been) (?:founded|established|created|signed|ratified|set up|launched)|\bratified\b|\bacceded|entered into force|\bsigned on\b"
    r"|эске сал|мурда|буга чейин|өткөн жыл|былтыр|түзүлгөн|негизделген|ратификация|еске сал|бұған дейін|бұрын|өткен жыл|құрылған|ратификацияла|қол қойылған|кол коюлган"
    r"|eslat(?:ib|amiz)|avval(?:roq)?\b|ilgari|o.?tgan yil|tashkil etilgan|эслат(?:иб|амиз)|аввал(?:роқ)?\b|илгари|ўтган йил|қаблан|соли гузашта|хотиррасон|ёдовар|таъсис ёфта|imzolangan|имзоланган|имзошуда",
    re.I,
)
# The signing of minutes comes after what they tell of.
_SIGNED = re.compile(
    r"(?:протокол|хаттама|bayonnoma|баённома|суратҷаласа|minutes)\w*[^.;\n]{0,40}(?:подписан|кол коюл|қол қойыл|imzolan|имзолан|имзо шуд|signed)",
    re.I,
)
NO_MONTH = 0  # of a date that names its year alone
_BARE_YEAR = re.compile(
    r"(?<!\w)(?:(?:в|соли|in|[Ss]ince) (?P<before>(?:19|20)\d\d)(?![\d-])(?: году| г\.)?|(?P<behind>(?:19|20)\d\d)(?:-|\s)?(?:жылы|жылда\w*|yilda|yildan(?= beri)|yili|йилда|йилдан(?= бери)|йили))(?!\w)"
)
# "2008-жылдан бери", "since 2008": what began then goes on.
_SINCE = re.compile(r"since |.*\d(?:-|\s)?\w* (?:бери|бері|beri|инҷониб)(?!\w)", re.I)
_HAPPENED = re.compile(
    r"\bпрош(?:[её]л|л[аои])\b|\bсостоял\w+|\bпров[её]л\w*|\bпроведен\w?\b|\bбыл\w? проведен|\btook place|\bwas held|\bwere held|\bheld\b|өттү|өткөрүлдү|болду\b|өтті|өткізілді|болды\b"
    r"|o.?tdi\b|o.?tkazildi|ўтди|ўтказилди|баргузор (?:шуд|гардид)|баррасӣ (?:шуд|гардид)|доир (?:шуд|гардид)",
    re.I,
)
_EVENT = re.compile(
    _HAPPENED.pattern
    + r"|\bсостоится|\bпройд[её]т|\bпройдут|\bпроводи\w+|\bпровед[её]т|\bпроходи\w+|\bоткры(?:л|т|в)\w+|\bнача(?:л|т)\w+|\bзасл[уы]ша|\bпредставил\w?\b|\bпосети|\bвстрет|\bподпис(?:ал|ан)|\bобсуд|\bприглаша|\bзаверш"
    r"|\btakes? place|\bwill (?:be|take|hold|host|discuss)|\binvites?\b|\bmet\b|\bopened|\bgathered|\bconvened|\bdiscussed|\bconsidered|\bvisited|\bsigned|\blaunched|\bconcluded|\bhosted"
    r"|ачты\b|ашты\b|ochdi\b|очди\b|кушод(?:а|анд)\b|өткөрүл|өтөт|өткөр|болот\b|башталды|ачылды|талкуула|чакыр|жолугуш|өтеді|өткіз|болады|басталды|ашылды|талқыла|шақыр|кездес"
    r"|o.?tkaz|o.?tadi|bo.?ladi|boshlandi|ochildi|muhokama|taklif|uchrash|ўтказ|ўтади|бўлади|бошланди|муҳокама|таклиф|учраш|баргузор|баррас\w+ (?:шуд|гардид|мешавад|мегардад)|доир мегард|оғоз|мулоқот|даъват|вохӯр|созмон"
    + r"|\bрассмотре(?:н|л)\w*|\bbeing considered|каралды|карап чыкты|қаралды|қарады|ko.rib chiq(?:ildi|di)|кўриб чиқ(?:илди|ди)|баррасӣ",
    re.I,
)
_NEXT_TIME = re.compile(
    r"следующ\w+ (?:заседани|встреч|собрани|совещани)|next (?:meeting|session)|кийинки (?:жыйын|отурум)|келесі (?:отырыс|жиналыс)|keyingi (?:yig.ilish|majlis)|кейинги (?:йиғилиш|мажлис)|(?:ҷаласаи|маҷлиси) (?:навбатӣ|оянда)",
    re.I,
)
_NEAR: tuple[tuple[int, str], ...] = (
    (0, r"сегодня|бүгүн|бүгін|bugun|бугун|имрӯз|today"),
    (-1, r"вчера|кечээ|кеше|kecha|кеча|дирӯз|yesterday"),
    (1, r"завтра|эртең|ертең|ertaga|эртага|фардо|tomorrow"),
)
_RELATIVE = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<d{index}>{words})" for index, (_, words) in enumerate(_NEAR))
    + r")(?!\w)(?!ский|шний| день|'s)",
    re.I,
)
_QUOTES = re.compile(r"«[^«»]{1,1500}»|“[^“”]{1,1500}”|„[^„“”]{1,1500}[“”]|\"[^\"]{1,1500}\"")
_DATELINE_TAIL = re.compile(
    r"(?:\s*(?:года|г\.|ж\.|жыл|жылы|йил|yil))?(?:[)\s,.]*(?:[-–—/:(]|$|\n)|\.\s+(?=[A-ZА-ЯЁӨҮҢҚҒҲҶӢӮӘҰҺІЎ]))"
)
_MINUTES = re.compile(
    r"протокол|minutes|хаттама|bayonnoma|баённома|суратҷаласа|стенограмм|summary record|кратк\w+ отч[её]т", re.I
)


@dataclass(frozen=True)
class Occasion:
    """When it happened, on what basis, and the other dates of the text. `unresolved`: a word such as "Today" that nothing explains."""

    date: DateFound | None
    basis: Basis | None
    others: list[Dated]
    unresolved: str | None = None


def without_teasers(body: str, since: int) -> str:
    """The body without what a page tells of other events above its title, which begins at `since`: "В Ташкенте 3 сентября …"."""
    above = [line for line in lines_of(body[:since]) if line.words >= _TOLD and _EVENT.search(line.text)]
    return without(body, [Dropped(line.start, line.end, "menu") for line in above])


def find_occasion(body: str, *, kind: Kind, title: str | None, language: str | None, set_aside: Sequence[Line] = ()) -> Occasion:
    """The event's date. `set_aside`: pieces of the page that are not its text, where its day of publication may stand."""
    dates = find_dates(body, language=language)
    sentences = sentences_of(body)
    dated = _with_roles(body, dates, sentences, kind)
    given = _day_given(dated, set_aside, language)
    if given is not None and all(one.date.start != given.start for one in dated) and given.start < _begin(body) + _HEADING:
        dated = [Dated(given, "published"), *dated]
    chosen, basis, unresolved = _choose(body, dated, sentences, kind, title or "", given)
    return Occasion(chosen, basis, beside_the_event(dated, chosen, given=given, paper=kind in _UN_PAPERS), unresolved)


def _with_roles(body: str, dates: Sequence[DateFound], sentences: Sequence[Line], kind: Kind) -> list[Dated]:
    starts = [sentence.start for sentence in sentences]
    lines = lines_of(body)
    line_starts = [line.start for line in lines]
    dated = []
    for found in dates:
        at = bisect_right(starts, found.start) - 1
        index = bisect_right(line_starts, found.start) - 1
        role = _role(body, found, sentences[at], lines, index, kind)
        dated.append(Dated(found, role))
    dated += [Dated(month, "next") for month in find_months(body, dates)]
    dated = sorted([*dated, *_years_past(dates, sentences)], key=lambda one: one.date.start)
    return _announced_first(body, dated, sentences, starts, kind)


def _years_past(dates: Sequence[DateFound], sentences: Sequence[Line]) -> Iterator[Dated]:
    """Years that name no day or month, of what a sentence tells of the past: "созданной … в 2021 году", "соли 2019 … гузашта буд"."""
    for sentence in sentences:
        for match in _BARE_YEAR.finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            told = _PAST.search(sentence.text) or _SINCE.match(sentence.text[match.start() : match.end() + 10])
            if told and all(one.end <= start or end <= one.start for one in dates):
                year = match["before"] or match["behind"]
                yield Dated(DateFound(start, end, year, None, int(year), NO_MONTH, None, None, reference=True), "past")


def _role(body: str, found: DateFound, sentence: Line, lines: Sequence[Line], index: int, kind: Kind) -> Role:
    before = body[lines[index].start : found.start]
    role = _beside_it(body, found, sentence, before) or _of_the_paper(body, found, sentence, lines, index, kind)
    if role is not None:
        return role
    clause = body[sentence.start : sentence.end]
    told_before = _PAST.search(body[sentence.start : min(sentence.start + 40, sentence.end)])
    if told_before or (_PAST.search(clause) and not _HAPPENED.search(clause)):
        return "past"
    if kind not in _UN_PAPERS and _ADOPTED.search(before[-40:]):
        return "past"
    return "event" if _EVENT.search(clause) else "other"


def _beside_it(body: str, found: DateFound, sentence: Line, before: str) -> Role | None:
    """What the words beside a date make of it. `before`: those of its line."""
    if goes_on_until(body, found, sentence):
        return "next"
    if found.last is None and (_DEADLINE_BEFORE.search(before[-20:]) or _DEADLINE_AFTER.match(body[found.end : found.end + 20])):
        return "deadline"
    around = f"{body[sentence.start : found.start][-80:]}¶{body[found.end : found.end + 40]}"
    if found.last is not None and _APPLYING.search(around):
        return "deadline"  # "Арыздар 1-майдан 15-майга чейин кабыл алынат"
    if found.complete and _PUBLISHED_ON.search(before[-30:]):
        return "published"
    if is_next_time(body, found, sentence):
        return "next"
    if other := of_another_event(body, found, sentence):
        return other
    return "reference" if found.reference or refers(body, found, sentence) else None


def _of_the_paper(body: str, found: DateFound, sentence: Line, lines: Sequence[Line], index: int, kind: Kind) -> Role | None:
    """Whether it is a date of the document itself: of its dateline, its issue, its adoption."""
    line = lines[index]
    before = body[line.start : found.start]
    clause = body[sentence.start : sentence.end]
    if _SIGNED.search(clause):
        return "issue"
    alone = len(re.findall(r"[^\W\d_]{2,}", before + body[found.end : line.end]))
    previous = lines[index - 1].text if index else ""
    if len(line.text) < 90 and (_ISSUED.search(before) or (alone <= 2 and len(previous) < 40 and _ISSUED.search(previous))):
        return "issue" if kind in _UN_MASTHEADS else "published"
    if _is_dateline(body, found, line, index, len(lines), alone) or (index < 8 and _is_place_and_day(body, found, sentence)):
        if kind in _UN_PAPERS and found.last is not None:
            return "event"  # the session: "Geneva, 1–12 December 2025"
        return "issue" if kind in _UN_MASTHEADS and not alone else "document"
    return "adoption" if kind in _UN_PAPERS and _ADOPTED.search(clause) else None


def _is_dateline(body: str, found: DateFound, line: Line, index: int, count: int, alone: int) -> bool:
    """A line of a date and at most a place, or the "Bishkek, 15 May 2024 –" with which a press release begins."""
    if alone <= 4 and (index < 12 or index >= count - 6) and len(line.text) < 90 and not _EVENT.search(line.text):
        return True
    before = body[line.start : found.start]
    opens = (
        index < 8
        and len(before) < 40
        and len(re.findall(r"[^\W\d_]{2,}", before)) <= 3
        and not before.rstrip().endswith((" в", " на"))
    )
    behind = body[found.end : found.end + 8]
    # "Ош, 20 ноября 2025 г. Вчера …": the dot of the shortened year ends the dateline.
    ends = body[: found.end].endswith(("г.", "ж.")) and before.rstrip().endswith((",", ".")) and behind.lstrip()[:1].isupper()
    return opens and bool(before.strip(" (")) and (ends or _DATELINE_TAIL.match(behind) is not None)


def _is_place_and_day(body: str, found: DateFound, sentence: Line) -> bool:
    """A first sentence of nothing but a place and a day: "Бишкек шаары, 2024-жылдын 19-сентябры. Бүгүн …"."""
    rest = body[sentence.start : found.start] + body[found.end : sentence.end]
    words = re.findall(r"[^\W\d_]{2,}", rest)
    return (
        found.complete
        and 0 < len(words) <= 3
        and not _EVENT.search(rest)
        and re.search(r"[A-ZА-ЯЁӨҮҢҚҒҺІӘҰЎҲҶ]", rest) is not None
    )


def _announced_first(body: str, dated: list[Dated], sentences: Sequence[Line], starts: list[int], kind: Kind) -> list[Dated]:
    """In an announcement what has happened is a story of the past."""
    if kind != "announcement":
        return dated
    told = []
    for one in dated:
        sentence = sentences[bisect_right(starts, one.date.start) - 1]
        happened = one.role in {"event", "other"} and _HAPPENED.search(body[sentence.start : sentence.end])
        told.append(Dated(one.date, "past") if happened and not re.search(r"\b(?:will|to) be held", sentence.text) else one)
    return told


def _day_given(dated: Sequence[Dated], set_aside: Sequence[Line], language: str | None) -> DateFound | None:
    """The day of the document itself: of its dateline, of its issue, or of the publication that the page tells."""
    for role in ("document", "published", "issue"):
        own = next((one.date for one in dated if one.role == role and one.date.complete), None)
        if own is not None:
            return own
    for piece in set_aside:
        if not _EDITED.search(piece.text):
            found = [one for one in find_dates(piece.text, language=language) if one.complete]
            if found and (piece.words <= 4 or _ISSUED.search(piece.text)):
                return replace(found[0], start=piece.start + found[0].start, end=piece.start + found[0].end)
    return None


def _begin(body: str) -> int:
    return len(body) - len(body.lstrip())


def _choose(
    body: str, dated: Sequence[Dated], sentences: Sequence[Line], kind: Kind, title: str, given: DateFound | None
) -> tuple[DateFound | None, Basis | None, str | None]:
    begin = _begin(body)
    if kind in _UN_PAPERS and (adopted := _adoption(dated)):
        return adopted, "text", None
    dateline = next((one.date for one in dated if one.role == "document" and one.date.day), None)
    if dateline is not None and _MINUTES.search(title):
        return dateline, "text", None  # what minutes tell of other days is older or to come
    own = [
        one
        for one in dated
        if one.role in {"event", "other"} and (kind not in _UN_PAPERS or (one.role == "event" and one.date.day))
    ]
    head = [one for one in own if one.date.start < begin + _HEAD]
    happening = [one.date for one in head if one.role == "event" and (one.date.day or one.date.year)]
    relative = _relative(body, sentences, given)
    if (
        happening
        and happening[0].start < begin + 600
        and not (relative and relative[0] and relative[0].start < happening[0].start)
    ):
        relative = None
    if relative and relative[0]:
        return relative[0], "document_date", None
    middle = begin + (len(body) - begin) // 2
    for wanted in (
        [found for found in happening if found.day],
        [one.date for one in head if one.date.complete],
        [one.date for one in head if one.date.day],
        [one.date for one in own if one.date.complete and one.date.start < middle],
        happening,
        [one.date for one in head if one.date.year],
    ):
        if wanted:
            chosen = _fuller(wanted[0], dated)
            if chosen.year is None and chosen.this_year and given is not None and given.year:
                return in_year(chosen, given.year), "document_date", None
            return chosen, "text", None
    unresolved = relative[1] if relative else None
    if dateline is not None:
        return dateline, "text" if kind == "meeting" else "document_date", None
    return None, None, unresolved


def _adoption(dated: Sequence[Dated]) -> DateFound | None:
    """The day of adoption, else the session at which it was adopted."""
    adopted = [one.date for one in dated if one.role == "adoption"]
    return next((found for found in adopted if found.last is None and found.complete), adopted[0] if adopted else None)


def _fuller(chosen: DateFound, dated: Sequence[Dated]) -> DateFound:
    """The same day where the text names its year too."""
    if chosen.year is not None:
        return chosen
    same = (chosen.month, chosen.day, chosen.last_day)
    fuller = next(
        (one.date for one in dated if one.date.year and (one.date.month, one.date.day, one.date.last_day) == same), None
    )
    return in_year(chosen, fuller.year) if fuller is not None and fuller.year else chosen


def _relative(body: str, sentences: Sequence[Line], given: DateFound | None) -> tuple[DateFound | None, str] | None:
    """A "today" of the story, outside what somebody said, as a date; the word alone where the document gives no day."""
    quoted = [match.span() for match in _QUOTES.finditer(body[: _HEAD * 2])]
    for sentence in sentences:
        if sentence.start > _HEAD or not _EVENT.search(sentence.text):
            continue
        match = _RELATIVE.search(sentence.text[:200])
        if match is None or any(start <= sentence.start + match.start() < end for start, end in quoted):
            continue
        if given is None or given.year is None or given.day is None:
            return None, match[0]
        away = _NEAR[int(str(match.lastgroup)[1:])][0]
        day = date(given.year, given.month, given.day) + timedelta(days=away)
        start, end = sentence.start + match.start(), sentence.start + match.end()
        return DateFound(start, end, iso(day.year, day.month, day.day), None, day.year, day.month, day.day, None, False), match[0]
    return None
