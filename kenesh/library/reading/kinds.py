"""What kind of document it is, from the words of its title and its first paragraphs."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from typing import Literal, get_args

Kind = Literal[
    "meeting",
    "founding",
    "conference",
    "round_table",
    "workshop",
    "launch",
    "review_dialogue",
    "summary_record",
    "list_of_issues",
    "concluding_observations",
    "announcement",
    "statistics",
    "news",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

_COMMITTEE = (
    r"(?:Комитет\w* (?:ООН|по (?:защите прав|правам|ликвидации|трудящимся))|Committee on (?:the )?(?:Protection|Migrant|Elimination|Rights)|БУУнун [^.\n]{0,60}комитет|БҰҰ[^.\n]{0,60}комитет|BMT[^.\n]{0,60}qo.mita|БМТ[^.\n]{0,60}қўмита|Кумитаи (?:СММ|ҳимояи ҳуқуқ)"
    r"|Эмгек мигранттарынын укуктарын коргоо комитет|Совет\w* (?:ООН )?по правам человека|Human Rights Council)"
)
_DIALOGUE = r"(?:доклад|диалог|делегаци|report|dialogue|delegation|баяндама|маъруза|maʼruza|отчет|отчёт|гузориш|ҳисобот|hisobot|делегатсия|review)"
_BODY_RU = r"(?:совет|коалици|ассоциаци|комитет|сет[ьи]|союз|платформ|объединени|профсоюз|альянс|рабочая группа|движени)"
# In order: the first kind wins a tie. UN papers are known by their own names, events by what they call themselves.
_PATTERNS: dict[Kind, str] = {
    "concluding_observations": r"заключительные замечания|concluding observations|корутунду (?:сын-пикир|байкоо)|жыйынтыктоочу эскертүүлөр|қорытынды ескертулер|yakuniy mulohazalar|якуний мулоҳазалар|мулоҳизаҳои (?:хотимавӣ|хулосавӣ|ниҳоӣ)|/CO/\d",
    "list_of_issues": r"перечень (?:вопросов|тем)|list of issues|list of themes|суроолордун тизмеси|маселелердин тизмеси|сұрақтар тізбесі|мәселелер тізбесі|savollar ro.yxati|masalalar ro.yxati|саволлар рўйхати|масалалар рўйхати|(?:рӯйхати|феҳристи) (?:саволҳо|масъалаҳо)|/QPR?/\d",
    "summary_record": r"кратк\w+ отч[её]т\w* о \d+|краткий отч[её]т\b.{0,20}заседани|summary record|/SR\.\d|кыскача отчёт|қысқаша есеп|qisqacha hisobot",
    "review_dialogue": rf"{_COMMITTEE}.{{0,200}}{_DIALOGUE}|{_DIALOGUE}.{{0,200}}{_COMMITTEE}|универсальн\w+ периодическ\w+ обзор|universal periodic review",
    "round_table": r"кругл\w+ стол|тегерек стол|дөңгөлөк үстөл|дөңгелек үстел|round[ -]?table|davra suhbati|давра суҳбати|мизи (?:мудаввар|гирд)|կլոր սեղան",
    "workshop": r"семинар|тренинг|воркшоп|мастер-класс|обучающ\w+ (?:курс|мероприяти|програм)|workshop|training\b|seminar|trening|кӯргоҳ|машғулот|курси омӯзишӣ|окуу (?:курсу|семинар)|o.quv (?:kursi|seminari|mashg)|ўқув (?:курси|семинари)|оқу курс|սեմինար",
    "conference": r"конференци\w*|конференция|conference|форум\w{0,6}\b|\bforum\w{0,4}\b|konferensiya|конфронс|ҳамоиш|анжуман|anjuman|конгресс|\bcongress\b|саммит|\bsummit\b|симпозиум|symposium|կոնֆերանս|համաժողով",
    "founding": rf"(?:создан[аоы]?|создали|учрежд[её]н[аоы]?|учредили|образован[аоы]?|основан[аоы]?)\s+[^.\n]{{0,80}}{_BODY_RU}|{_BODY_RU}[^.\n]{{0,80}}\s(?:создан[аоы]?|учрежд[её]н[аоы]?|образован[аоы]?)\b"
    r"|(?:создани|учреждени)\w+ [^.\n]{0,50}(?:совета|коалиции|ассоциации|сети|союза|платформы)|(?:установочн|учредительн)\w+ (?:заседани|собрани|съезд|конференци)"
    r"|(?:кеңеш|коалиция|бирикме|комитет|ассоциация|союз|платформа|тармак|кошуун)\w*[^.\n]{0,40}(?:түзүлдү|негизделди|уюшулду)"
    r"|(?:кеңес|коалиция|одақ|қауымдастық|қауымдастығ|бірлестік|бірлестіг|кәсіподақ|кәсіподағ|комитет)\w*[^.\n]{0,40}құрылды|құрылтай жиналыс"
    r"|(?:council|coalition|network|committee|association|union|alliance|platform)[^.\n]{0,40}\b(?:founded|established|created|set up|formed)|\b(?:found|establish|creat|form)(?:ed|ing)? [^.\n]{0,40}(?:council|coalition|network|association|alliance|platform)|founding (?:meeting|session|conference)|inaugural (?:meeting|session)"
    r"|(?:kengash|koalitsiya|uyushma|birlashma|tarmo[qg]|ittifoq|kasaba)\w*[^.\n]{0,40}(?:tuzildi|tashkil etildi|ta.sis etildi)|(?:кенгаш|коалиция|уюшма|бирлашма|тармо[қғ]|иттифоқ|касаба)\w*[^.\n]{0,40}(?:тузилди|ташкил этилди|таъсис этилди)"
    r"|(?:шӯро|эътилоф|иттифоқ|иттиҳод|ассотсиатсия|шабака|кумита|коалитсия)\w*[^.\n]{0,60}(?:таъсис|ташкил (?:шуд|ёфт|дода шуд|карда шуд)|бунёд)|(?:таъсис|ташкил) (?:ёфтани|додани|шудани) ",
    "launch": r"запус(?:к|щен|тил)\w*|старт(?:овал|ует)\w*|старт\w* проект|дан старт|launch\w*|project\b.{0,60}\b(?:begins|starts|started|opened)|opened the project|(?:new|hotline|centre|center|office)\b.{0,40}\b(?:opens|opened)\b|презентаци\w+ проекта|начал\w* (?:свою )?работу"
    r"|открыл(?:ся|ась|ось)\b.{0,40}(?:центр|лини|приёмн|приемн|офис|пункт)|открыт[аоы]?\s.{0,30}(?:центр|лини|приёмн|приемн|офис|пункт)|ишке (?:киргиз|берил|кир)\w*|(?:борбор|телефон|линия|долбоор)\w*[^.\n]{0,40}ачылды|іске қос\w*|(?:орталы|желі|кеңсе)\w*[^.\n]{0,40}ашылды"
    r"|ishga tushir\w*|ишга тушир\w*|(?:markaz|loyiha|liniya)\w*[^.\n]{0,40}ochildi|(?:марказ|лойиҳа|линия)\w*[^.\n]{0,40}очилди|(?:долбоору|жобасы|loyihasi|лойиҳаси)\w*.{0,30}(?:башталды|басталды|boshlandi|бошланди)|loyiha\w* taqdimoti|лойиҳа\w* тақдимоти"
    r"|ба кор андохт\w*|ба (?:кор|фаъолият) (?:шурӯъ|оғоз)|оғоз ёфт|(?:марказ|хат|лоиҳа)\w*[^.\n]{0,40}(?:кушода шуд|ифтитоҳ)|ишин баштады|жұмысын бастады|ish boshladi|иш бошлади",
    "announcement": r"объявлени\w|объявляет|приглаша(?:ем|ет)\b|приглашение|при[её]м заявок|открыт набор|состоится|announcement|call for (?:applications|proposals|papers)|we invite|will be held|will take place|кулактандыруу|жарыя\b|чакырабыз|арыздар кабыл алынат|хабарландыру|шақырамыз|өтінімдер қабылда"
    r"|e['’ʻʼ‘]lon\b|эълон\b|taklif qil(?:amiz|inadi)|taklif etamiz|таклиф қил(?:амиз|инади)|arizalar qabul|аризалар қабул|даъват мекун\w+|даъват менамо\w+|қабули ариза",
    "statistics": r"статисти(?:ка|ческ)\w*|в цифрах|statistics|statistical|in (?:figures|numbers)|statistika\w*|сандар менен|сандарда|raqamlarda|рақамларда|дар рақамҳо|омор\b|омори\b|маалыматтар боюнча отчёт|վիճակագր\w*",
    "meeting": r"заседани\w*|совещани\w*|встреч\w*|собрани\w*|протокол\w*|сесси\w*|переговор\w*|консультаци\w+ (?:прошли|состоялись|между)|жыйын(?!ты)\w*|кеңешме\w*|отурум\w*|жолугуш\w*|сүйлөшүү\w*|отырыс\w*|жиналыс\w*|кездес\w*|келіссөз\w*|хаттама\w*"
    r"|\bmeeting\w*|\bmet\b|\bsession\b|\btalks\b|\bconsultations\b|\bminutes\b|bayonnoma\w*|yig['’ʻʼ‘]ilish\w*|majlis\w*|uchrashuv\w*|muzokara\w*|sessiya\w*|йиғилиш\w*|мажлис\w*|учрашув\w*|музокара\w*|сессия\w*|баённома\w*|маҷлис\w*|ҷаласа\w*|вохӯр\w*|мулоқот\w*|музокирот\w*|гуфтушунид\w*|нишаст\w*|суратҷаласа\w*|նիստ\w*|ժողով\w*|հանդիպ\w*",
}
_COMPILED = {kind: re.compile(pattern, re.IGNORECASE | re.DOTALL) for kind, pattern in _PATTERNS.items()}
_ANNOUNCED = re.compile(
    r"\W*(?:объявлени[ея]|приглашение|приглашаем|announcement|invitation|call for|кулактандыруу|жарыя|чакыруу|хабарландыру|шақыру|e['’ʻʼ‘]lon|taklif|эълон|таклиф|даъватнома)(?!\w)",
    re.IGNORECASE,
)
_HEAD = 300  # characters in which a UN paper says what it is
_NUMBERED_AS = r"[A-Z]{1,8}(?:/[A-Z0-9][A-Z0-9.]{0,9}){2,}"
# Its own symbol opens a line or ends it; those of papers that are cited stand in brackets or in a sentence.
_SYMBOL = re.compile(rf"^[ \t]*{_NUMBERED_AS}(?![\w/])|(?<![\w/(\[]){_NUMBERED_AS}\*?[ \t]*$", re.MULTILINE)
# What is still to come is announced, whatever it is.
_COMING = re.compile(
    r"(?<!\w)(?:состо[ия]тся|пройд[её]т|пройдут|будет проведен\w?|откроется|will (?:be held|take place|host|gather|open)|to be held"
    r"|өт(?:өт|көрүлөт)|болуп өтөт|уюштурулат|өт(?:еді|кізіледі)|болады|(?:bo.lib )?o.t(?:adi|kaziladi)|(?:бўлиб )?ўт(?:ади|казилади)|баргузор (?:мешавад|мегардад|хоҳад шуд)|доир мегардад)(?!\w)",
    re.I,
)
_HELD = re.compile(
    r"(?<!\w)(?:прош(?:[её]л|л[аои])|состоял\w+|пров[её]л[аи]?|took place|was held|were held|өттү|өткөрүлдү|болуп өттү|өтті|өткізілді|o.tdi|o.tkazildi|ўтди|ўтказилди|баргузор (?:шуд|гардид)|доир (?:шуд|гардид))(?!\w)",
    re.I,
)
_NEXT = re.compile(r"следующ|очередн|\bnext\b|кийинки|келесі|keyingi|navbatdagi|кейинги|навбатдаги|навбатӣ|оянда", re.I)
_NEAR = 80  # characters
_EVENTS: tuple[Kind, ...] = ("round_table", "workshop", "conference", "meeting")
_FIRST_WORDS = 450  # characters of the lead
_UN_PAPERS: tuple[Kind, ...] = ("concluding_observations", "list_of_issues", "summary_record")
# Something that is spoken of at a meeting does not make the paper of it: "Заседание, посвящённое запуску линии".
_SPOKEN_OF: tuple[Kind, ...] = ("launch", "statistics", "founding", "announcement")


def find_kind(title: str | None, lead: str) -> Kind:
    """The kind whose words the title says, else the one named most in `lead`, the first paragraphs; "news" when none is.

    A paper of a UN committee is known by its title, else by its own symbol or name at the head: it cites other papers there,
    and news about one is no such paper.
    """
    head = title or ""
    beginning = lead[:_HEAD]
    if _SYMBOL.search(beginning) and (paper := _first_paper(head) or _first_paper(beginning)):
        return paper
    if _ANNOUNCED.match(head):
        return "announcement"
    named = _of_title(head)
    if named in _EVENTS and _is_to_come(head, lead):
        return "announcement"
    if named is not None:
        return named
    counts = {kind: len(pattern.findall(lead)) for kind, pattern in _COMPILED.items() if kind not in _UN_PAPERS}
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else "news"


def _first_paper(text: str) -> Kind | None:
    """The kind of UN paper that is named first: "List of issues … following the concluding observations" is a list."""
    named = [(match.start(), kind) for kind in _UN_PAPERS if (match := _COMPILED[kind].search(text))]
    return min(named)[1] if named else None


def _is_to_come(head: str, lead: str) -> bool:
    """Whether the title, else the first words, say that the event will be held and not that it was."""
    if _HELD.search(head):
        return False
    if _COMING.search(head) is not None:
        return True
    coming = _COMING.search(lead[:_FIRST_WORDS])
    return coming is not None and _HELD.search(lead) is None and _NEXT.search(lead[: coming.start()][-_NEAR:]) is None


def _of_title(head: str) -> Kind | None:
    """The first kind that the title names; a meeting that it names earlier than what was spoken of there."""
    if paper := _first_paper(head):
        return paper
    found = {kind: match.start() for kind, pattern in _COMPILED.items() if (match := pattern.search(head))}
    first = next(iter(found), None)
    if first in _SPOKEN_OF and "meeting" in found and found["meeting"] < found[first]:
        return "meeting"
    return first
