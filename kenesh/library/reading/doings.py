"""What a whole sentence tells that an organisation did, where no word beside its name does: it counted, it held its session,
it received the others under its roof."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from typing import Literal

from kenesh.library.reading.russian import may_be
from kenesh.library.reading.spans import Line, Span

Role = Literal["organiser", "donor", "participant", "host", "addressee", "source"]

# --- who counted ----------------------------------------------------------------------------------------------------
_COUNTED = re.compile(
    r"(?<!\w)(?:оценива\w+|оценил[аио]?|насчит\w+|зафиксировал[аио]?|зарегистрировал[аио]?|поставил[аио]? на (?:\w+ )?уч[её]т|выявил[аио]?|обнародовал[аио]?|сообщ(?:ил[аио]?|ает|ают)|называ(?:ет|ют)|приводит|подсчитал[аио]?"
    r"|puts?|estimates?|estimated|counts?|counted|registered|recorded|reports|reported|documented|calculated|says|found"
    r"|изҳор (?:дошт|кард|намуд)\w*|хабар (?:дод|дода)\w*|маълумот (?:дод|дода)\w*|ба қайд гирифт\w*|ҳисоб кард\w*|эълон (?:кард|намуд)\w*"
    r"|билдир(?:ди|ген|ет)\w*|кабарла\w+|маалымда\w+|эсептеди\w*|катта(?:ды|ган)\w*|мәлімде\w+|хабарла\w+|тірке(?:ді|ген)\w*|есептейді"
    r"|ma.lum qil\w+|xabar qil\w+|e.lon qil\w+|bildir\w+|hisobla\w+|qayd et\w+|маълум қил\w+|хабар қил\w+|эълон қил\w+|билдир\w+|ҳисобла\w+|қайд эт\w+)(?!\w)",
    re.I,
)
_PUBLISHED = re.compile(
    r"(?<!\w)(?:опубликовал[аио]?|published|released|жарыялады|жариялады|e.lon qildi|эълон қилди|нашр кард\w*)(?!\w)[^.;]{0,50}(?:обзор|данны|статистик|отч[её]т|доклад|исследован|бюллетен|review|data|statistic|report|survey|study|figures|маалымат|дерек|статистик|ma.lumot|маълумот|омор|ҳисобот|hisobot|изилдөө|зерттеу|tadqiqot|тадқиқот)"
    r"|(?:обзор|данны|маалымат|дерек|статистик|сереп|шолу|ma.lumot|маълумот|sharh|шарҳ|ҳисобот|hisobot)\w* (?:жарыялады|жариялады|e.lon qildi|эълон қилди)",
    re.I,
)
_FIGURE = re.compile(
    r"(?<![\d.,-])(?!(?:19|20)\d\d(?!\d| ?\d{3}))\d[\d\xa0 .,]*(?!\s*-?\s*(?:жыл|йил|yil|март|апрел|ма[йя]|июн|июл|авг|сент|окт|нояб|дек|янв|фев))"
)
# Somebody of the office speaks, and is named: "Министрликтин ⟨өкүлү⟩ Асанов билдирди".
_SOMEBODY = re.compile(
    r"\w{0,5}\s*(?:өкүл|өкіл|vakil|вакил|директор|direktor|төрага|төраға|төрайым|rais|раис|жетекчи|жетекші|rahbar|раҳбар|маман|адис|юрист|yurist|заңгер|advokat|адвокат|башчы|басшы|boshlig|бошлиғ|министр|vazir|вазир|катчы|хатшы|kotib|котиб|мүчө|мүше|аъзо|a.zo|xodim|ходим|кызматкер|қызметкер|эксперт|ekspert|орун|орынбасар|o.rinbosar|ўринбосар|башкы|бас |bosh )",
    re.I,
)

# --- whose session it was -------------------------------------------------------------------------------------------
# Of a meeting that the text tells of, nothing more is told of the body that met; whose minutes they are, held it, and so did
# a committee whose session considers reports.
_MINUTES_OF = re.compile(r"(?:заседани|собрани|совещани|съезд|пленум)\w{1,2} $", re.I)
_SESSION_OF = re.compile(r"(?:(?<!\w)(?:сесси|иҷлосия)\w{0,3}(?: [\d-]+\w*)? |(?<!\w)session of (?:the )?)$", re.I)
_SESSION_AFTER = re.compile(
    r"\w{0,2}(?:нын|нин|нун|нүн|дын|дин|ның|нің|дің|ning|нинг)(?: \([^)]*\))?(?: [\w-]+){0,2} (?:сессия|sessiya)\w*", re.I
)
_TOOK_PLACE = re.compile(
    r"состоял|прош[её]л|прошл|заверш|провед[её]н|took place|was held|were held|met\b|opened|өттү|болду|өткөрүлдү|өтті|болды|o.tdi|o.tkazil|ўтди|ўтказил|баргузор|баррасӣ|доир гардид",
    re.I,
)

# --- under whose roof -----------------------------------------------------------------------------------------------
_UNDER_ROOF_AFTER = re.compile(r"(?:да|де|до|дө|та|те|нда|нде|ндо|ндө|da|nda)(?!\w)")
_UNDER_ROOF_BEFORE = re.compile(r"(?:(?<!\w)во? |(?<!\w)at the )$", re.I)
MEETING = re.compile(
    r"кеңешме|ведомствоаралық кеңес|конференц|konferens|форум|forum|встреч|заседани|круглы|семинар|совещани|тренинг|при[её]м|meeting|seminar|round table|training|workshop|жолугушуу|жыйын|тегерек|кездесу|отырыс|дөңгелек|uchrashuv|yig.ilish|учрашув|йиғилиш|давра|davra|вохӯри|мулоқот|мизи мудаввар|ҷаласа|нишаст",
    re.I,
)


def role_of_sentence(text: str, span: Span, sentence: Line, end: int) -> Role | None:
    """The role of the organisation at `span`, to which the sentence belongs until `end`, where the next one is named."""
    start, stop = span
    before, after = text[sentence.start : start], text[stop:end]
    if _held(before, after, sentence.text):
        return "organiser"
    if _received(text, span, before, after, sentence.text):
        return "host"
    if _may_act(text, span, after) and (
        _PUBLISHED.search(after)
        or ((verb := _COUNTED.search(after)) and _FIGURE.search(after) and _is_own(after[: verb.start()]))
    ):
        return "source"
    return None


def _held(before: str, after: str, sentence: str) -> bool:
    if _MINUTES_OF.fullmatch(before):
        return True  # the second line of a title: "ПРОТОКОЛ № 3 / ⟨заседания⟩ Общественного совета"
    session = _SESSION_OF.search(before) or _SESSION_AFTER.match(after)
    return session is not None and _TOOK_PLACE.search(sentence) is not None


def _received(text: str, span: Span, before: str, after: str, sentence: str) -> bool:
    if not (_TOOK_PLACE.search(sentence) and MEETING.search(sentence)):
        return False
    if _UNDER_ROOF_AFTER.match(after):
        return True
    word = re.match(r"[А-ЯЁа-яё-]+", text[span[0] : span[1]])
    if before.casefold().endswith("дар "):
        return True
    return _UNDER_ROOF_BEFORE.search(before) is not None and (word is None or word[0].isupper() or may_be(word[0], "loct"))


def _may_act(text: str, span: Span, after: str) -> bool:
    """Whether the name stands as a subject: uninflected, and nobody of the office is named behind it."""
    if after[:1].isalpha() or _SOMEBODY.match(after):
        return False
    word = re.match(r"[А-ЯЁ][а-яё-]+", text[span[0] : span[1]])
    return word is None or may_be(word[0], "nomn")


def _is_own(between: str) -> bool:
    """Whether the verb is that of the name before: no other clause with a subject of its own lies between."""
    return len(between) < 160 and not re.search(r"[;:]|, (?:а|но|but|бирок|бірақ|lekin|лекин|аммо) ", between)
