"""The year that a figure is of: the only one of its sentence, or that of its part of it."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Sequence

from kenesh.library.reading import authorities
from kenesh.library.reading.spans import Line, Span

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
# Parts of a sentence of which each may have a year of its own: "from 1.1 million in 2020 ¦ to 1.4 million in 2023".
_PART = re.compile(
    r"[;–—]|,(?=\s)|(?<!\w)(?:to|and|while|whereas|against|than|compared (?:to|with)|до|а|и|но|тогда как|чем|против|по сравнению|ал эми|ал|жана|және|ал|esa|эса|va|ва|то)(?!\w)",
    re.I,
)
# Years that are told from the document's own, by how many years they lie before it.
_TOLD = (
    (
        1,
        r"last year|(?:в прошлом|за прошлый|прошлого) год(?:у|а)?|былтыр\w*|өткөн жыл(?:ы|дын|да)?|өткен жыл(?:ы|дың|да)?|o.tgan yil(?:i|da|ning)?|ўтган йил(?:и|да|нинг)?|соли (?:гузашта|пешин)|порсол",
    ),
    (
        0,
        r"this year|(?:в этом|в текущем|с начала|этого|текущего) год[уа]|с начала этого года|быйыл\w*|ушул жыл(?:ы|дын|да)|биыл\w*|осы жыл(?:ы|дың|да)|joriy yil\w*|bu yil\w*|жорий йил\w*|бу йил\w*|соли ҷорӣ|имсол",
    ),
)
_RELATIVE = re.compile("|".join(rf"(?<!\w)(?P<y{back}>{words})(?!\w)" for back, words in _TOLD), re.I)
# The year of which the sentences before spoke.
_SAME = re.compile(
    r"(?<!\w)(?:(?:за|в) (?:тот|то|том) же (?:период|время|году)|за (?:этот|указанный) период|за год|за это время|(?:in|over|during|for) (?:the same|that) (?:period|year|time)|(?:over|during|within|in the course of) the year"
    r"|(?:ушул|ошол|ошо)(?: эле)? (?:мезгил|убакыт|жыл)\w*|жыл ичинде|(?:осы|сол|дәл сол)(?: бір)? (?:кезең|уақыт|мерзім)\w*|жыл ішінде|жыл бойы|(?:shu|o.sha|ayni)(?: davr| vaqt| yil)\w*|yil (?:davomida|ichida)|(?:шу|ўша|айни)(?: давр| вақт| йил)\w*|йил (?:давомида|ичида)"
    r"|дар (?:ҳамин|ҳамон) (?:давра|муддат|сол)|дар давоми сол|дар (?:тӯли|муддати) сол)(?!\w)",
    re.I,
)
# A year up to which something will last is of no figure.
_UNTIL = re.compile(
    r"(?<!\w)(?:until|till|through to|valid to|до|то)(?: the)?(?: end of)?(?: конца| охири| начала)?(?: \d{1,2})?(?: (?!тыс|млн|млрд|мил)[^\W\d]{3,})?(?: (?:of|of the year|соли))? $",
    re.I,
)
_UNTIL_AFTER = re.compile(
    r"(?:-| |\xa0)?(?:жыл|yil|йил)\w*(?: \d{1,2})?(?:[- ][^\W\d]+){0,2}?(?: (?:чейин|дейін)(?!\w)|gacha|гача|(?: [^\W\d]+)?(?:gacha|гача))(?!\w)",
    re.I,
)
_A_YEAR_BEFORE = re.compile(
    r"[^,;.]{0,24}?(?<!\w)(?:годом (?:ранее|раньше)|год назад|(?:a|the|one) year (?:earlier|before|ago)|(?:the year before|the previous year)|бир жыл (?:мурда|мурун)|бір жыл бұрын|bir yil (?:oldin|avval|ilgari)|бир йил (?:олдин|аввал|илгари)|як сол (?:пеш|қабл))(?!\w)",
    re.I,
)


# Behind a figure another statement begins, whose year is not the figure's.
_OTHER_STATEMENT = re.compile(
    r";|,\s(?:и|а|но|однако|and|but|while|whereas|ал эми|ал|бирок|бірақ|esa|lekin|ammo|va|ва|лекин|аммо)\s", re.I
)


def year_of(
    figure: Span,
    own: Sequence[Span],
    sentence: Line,
    *,
    now: int | None = None,
    before: int | None = None,
    last: int | None = None,
) -> int | None:
    """The only year of the sentence; of several that of the figure's part of it, or of the parts before it that no figure takes.

    `own`: the places of the figures of the sentence. `now`: the year of the document, which tells what "last year" is.
    `before`: the year of the figures of the sentences before; `last`: that of the figure before it in this one.
    """
    text = sentence.text
    at, past = figure[0] - sentence.start, figure[1] - sentence.start
    if last is not None and _A_YEAR_BEFORE.match(text, past):
        return last - 1
    years = _years(text, now)
    if len({year for _, year in years}) < 2:
        if not years and before is not None and _SAME.search(text, *authorities.clause_of(text, at)):
            return before
        behind = years and years[0][0] > past and _OTHER_STATEMENT.search(text, past, years[0][0])
        return years[0][1] if years and not behind else None
    begin, end = 0, len(text)
    for cut in _PART.finditer(text):
        if _YEAR.search(text, cut.start() - 6, cut.start()) and _YEAR.match(text, cut.end() + 1):
            continue  # "in 2019 and 2023"
        if cut.start() >= past:
            end = cut.start()
            break
        if cut.end() <= at:
            begin = cut.end()
    in_part = [(place, year) for place, year in years if begin <= place < end]
    if not in_part:
        previous = max((one[1] - sentence.start for one in own if one[1] <= figure[0]), default=0)
        in_part = [(place, year) for place, year in years if previous <= place < begin]
        if previous and not in_part:
            return None
    distinct = {year for _, year in in_part}
    if len(distinct) == 1:
        return in_part[0][1]
    told = [year for place, year in in_part if place < at]
    others = [one for one in own if begin <= one[0] - sentence.start < end]
    if len(others) < 2 or not told:
        return None  # "between 2019 and 2023", or years behind that none is certain of
    return told[-1] if in_part[0][0] < others[0][0] - sentence.start else None


def _years(text: str, now: int | None) -> list[tuple[int, int]]:
    """The years of a sentence with their places, but for those with which something is compared or up to which it lasts."""
    named = [(match.start(), match.end(), int(match[1])) for match in _YEAR.finditer(text)]
    if now is not None:
        named += [(match.start(), match.end(), now - int(str(match.lastgroup)[1:])) for match in _RELATIVE.finditer(text)]
    return sorted(
        (start, year)
        for start, end, year in named
        if not (
            _COMPARED_WITH.search(text[:start])
            or _COMPARED_AFTER.match(text, end)
            or _UNTIL.search(text[:start])
            or _UNTIL_AFTER.match(text, end)
        )
    )
