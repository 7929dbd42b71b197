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

_COMMITTEE = r"(?:Комитет\w* (?:ООН|по (?:защите прав|правам|ликвидации))|Committee on (?:the )?(?:Protection|Migrant|Elimination|Rights)|БУУнун \w+ комитет)"
# In order: the first kind wins a tie. UN papers are known by their own names, events by what they call themselves.
_PATTERNS: dict[Kind, str] = {
    "concluding_observations": r"заключительные замечания|concluding observations|корутунду (?:сын-пикир|байкоо)|қорытынды ескертулер|/CO/\d",
    "list_of_issues": r"перечень вопросов|list of issues|суроолордун тизмеси|сұрақтар тізбесі|/QPR?/\d",
    "summary_record": r"кратк\w+ отч[её]т\w* о \d+|summary record|/SR\.\d",
    "review_dialogue": rf"{_COMMITTEE}.{{0,200}}(?:доклад|диалог|делегаци|report|dialogue|delegation)"
    rf"|(?:доклад|диалог|делегаци|report|dialogue|delegation).{{0,200}}{_COMMITTEE}",
    "round_table": r"кругл\w+ стол|тегерек стол|дөңгөлөк үстөл|дөңгелек үстел|round[ -]?table|davra suhbati|давра суҳбати|мизи (?:мудаввар|гирд)|կլոր սեղան",
    "workshop": r"семинар|тренинг|воркшоп|мастер-класс|workshop|training (?:course|session|for)|seminar|trening|кӯргоҳ",
    "conference": r"конференци\w*|конференция|conference|форум\w{0,4}\b|\bforum\b|konferensiya|конфронс|կոնֆերանս|համաժողով",
    "founding": r"(?:создан[аоы]?|учрежден[аоы]?|учреждён|образован[аоы]?)\s+[^.\n]{0,60}(?:совет|коалици|ассоциаци|комитет|сет[ьи]|союз|платформ)"
    r"|(?:установочн|учредительн)\w+ (?:заседани|собрани|съезд|конференци)|(?:кеңеш|коалиция|бирикме|комитет)\w*[^.\n]{0,40}(?:түзүлдү|негизделди)"
    r"|(?:кеңес|коалиция|одақ)\w*[^.\n]{0,40}құрылды|(?:council|coalition|network|committee|association)[^.\n]{0,40}\b(?:founded|established|created|set up)"
    r"|(?:kengash|koalitsiya)\w*[^.\n]{0,40}(?:tuzildi|tashkil etildi)|(?:кенгаш|коалиция)\w*[^.\n]{0,40}(?:тузилди|ташкил этилди)|(?:шӯро|эътилоф)\w*[^.\n]{0,40}таъсис|founding (?:meeting|session)",
    "launch": r"запус(?:к|щен|тил)\w*|старт(?:овал|ует)\w*|старт\w* проект|дан старт|launch\w*|project\b.{0,60}\b(?:begins|starts|started|opened)|opened the project|начал\w* (?:свою )?работу|открыл(?:ся|ась|ось)\b.{0,40}(?:центр|лини|приёмн|приемн|офис|пункт)|(?:долбоору|жобасы|loyihasi|лойиҳаси)\w*.{0,30}(?:башталды|басталды|boshlandi|бошланди)|ба (?:кор|фаъолият) (?:шурӯъ|оғоз)|оғоз ёфт|ишин баштады|жұмысын бастады|ish boshladi|иш бошлади|ишке (?:киргиз|берил)\w*|іске қос\w*|ishga tushir\w*|ишга тушир\w*|ба кор андохт\w*",
    "announcement": r"объявлени\w|объявляет|приглаша(?:ем|ет)\b|приглашение|announcement|call for (?:applications|proposals)|we invite|кулактандыруу|жарыя\b|хабарландыру"
    r"|e['’ʻʼ‘]lon\b|эълон\b|taklif qil\w+|таклиф қил\w+|чакырабыз|шақырамыз|даъват мекун\w+",
    "statistics": r"статисти(?:ка|ческ)\w*|в цифрах|in (?:figures|numbers)|сандар менен|сандарда|raqamlarda|рақамларда|дар рақамҳо|statistics|statistical|statistika\w*|омор\b",
    "meeting": r"заседани\w*|совещани\w*|встреч\w*|собрани\w*|протокол\w*|жыйын\w*|кеңешме\w*|отурум\w*|жолугушуу\w*|отырыс\w*|жиналыс\w*|кездесу\w*"
    r"|\bmeeting\w*|\bsession\b|minutes of|bayonnoma\w*|yig['’ʻʼ‘]ilish\w*|majlis\w*|йиғилиш\w*|мажлис\w*|маҷлис\w*|ҷаласа\w*|баённома|хаттама\w*|նիստ\w*|ժողով\w*",
}
_COMPILED = {kind: re.compile(pattern, re.IGNORECASE | re.DOTALL) for kind, pattern in _PATTERNS.items()}
_ANNOUNCED = re.compile(
    r"\W*(?:объявление|приглашение|announcement|invitation|кулактандыруу|жарыя|хабарландыру|e['’ʻʼ‘]lon|эълон)(?!\w)",
    re.IGNORECASE,
)
_UN_PAPERS: tuple[Kind, ...] = ("concluding_observations", "list_of_issues", "summary_record")


def find_kind(title: str | None, lead: str) -> Kind:
    """The kind whose words the title says, else the one named most in `lead`, the first paragraphs; "news" when none is.

    A paper of a UN committee is known by its title or its symbol at the head alone: news about one is no such paper.
    """
    head = title or ""
    if _ANNOUNCED.match(head):
        return "announcement"
    for kind, pattern in _COMPILED.items():
        if pattern.search(head):
            return kind
    if any(_COMPILED[kind].search(lead[:300]) for kind in _UN_PAPERS if "/" in lead[:300]):
        return next(kind for kind in _UN_PAPERS if _COMPILED[kind].search(lead[:300]))
    counts = {kind: len(pattern.findall(lead)) for kind, pattern in _COMPILED.items() if kind not in _UN_PAPERS}
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else "news"
