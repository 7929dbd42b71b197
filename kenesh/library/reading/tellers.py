"""Who tells what a sentence says: "⟨the director⟩ said that 300 people came", «по ⟨его⟩ словам», "Унинг сўзларига кўра"."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kenesh.library.reading import authorities
from kenesh.library.reading.organisations import Told
from kenesh.library.reading.persons import PersonFound
from kenesh.library.reading.spans import Line, sentences_of

_VERBS_AHEAD = (
    r"сообщи(?:л[аио]?|в)|сообща(?:ет|ют)|рассказа(?:л[аио]?|в)|отмети(?:л[аио]?|в)|отмеча(?:ет|ют)|заяви(?:л[аио]?|в)|заявля(?:ет|ют)|подчеркну(?:л[аио]?|в)|поясни(?:л[аио]?|в)|уточни(?:л[аио]?|в)|добави(?:л[аио]?|в)|напомни(?:л[аио]?|в)|сказа(?:л[аио]?|в)|говорит|доложи(?:л[аио]?|в)|проинформировал[аио]?|указа(?:л[аио]?|в)|пожаловал(?:ся|ась)|обратил[аио]? внимание|прив[её]л[аио]? (?:данные|цифры|статистику)|озвучил[аио]?|подытожил[аио]?|подсчитал[аио]?|оценил[аио]?|оценива(?:ет|ют)|зарегистрировал[аио]?|зафиксировал[аио]?|насчитал[аио]?|объявил[аио]?|опубликовал[аио]?|поставил[аио]? на (?:миграционный )?уч[её]т|признал(?:а|и|ась|ся)?"
    r"|said|says|told|tells|noted|notes|reported|reports|stated|states|stressed|added|explained|informed|announced|recalled|mentioned|indicated|pointed out|emphasi[sz]ed|remarked|confirmed|estimated|estimates?|puts?|recorded|registered|counted|observed|claimed|acknowledged|revealed|warned|complained"
    r"|гуфт(?:а буд|анд)?|мегӯя[дн]д?|иттилоъ (?:дод|медиҳа)\w*|изҳор (?:дошт|кард|намуд)\w*|зикр (?:кард|намуд)\w*|қайд (?:кард|намуд)\w*|таъкид (?:кард|намуд|дошт)\w*|хабар (?:дод|медиҳа)\w*|маълум (?:кард|намуд)\w*|баён (?:дошт|кард|намуд)\w*|арз (?:кард|намуд)\w*|илова (?:кард|намуд)\w*|эълон (?:кард|намуд|дошт)\w*|гузориш дод\w*|ёдовар шуд\w*|афзуд|шарҳ дод\w*|қайд шуд"
)
_VERBS_BEHIND = (
    r"билдир(?:ди|ишти|ген|ет|үүдө)|айт(?:ты|ышты|кан|ат|ып берди|ып өттү)|белгиле(?:ди|шти|ген|йт)|кошумчала(?:ды|шты|йт)|эскер(?:тти|тет|тишти)|маалымда(?:ды|шты|йт)|кабарла(?:ды|йт|шты)|түшүндүр(?:дү|үп берди)|баса белгиледи|деди|дейт|деген|дешти|деп айтты|баяндады|тастыктады|жарыялады|каттады|каттаган|эсептейт"
    r"|айтты|айтады|айтып өтті|деді|дейді|хабарлады|мәлімдеді|атап өтті|жеткізді|баяндады|түсіндірді|білдірді|қосты|ескертті|растады|жариялады|тіркеді|тоқталды"
    r"|ayt(?:di|gan|adi|ib o.tdi|ib berdi)|ma.lum qil(?:di|gan|adi)\w*|ta.kidla(?:di|gan|b o.tdi)|dedi|deydi|deb aytdi|qayd (?:etdi|etgan|qildi)|bildir(?:di|gan)|xabar (?:berdi|qildi|bergan)|gapirib berdi|qo.shimcha qildi|tushuntirdi|eslatdi|e.lon qil(?:di|gan)\w*|axborot berdi|ko.rsatib o.tdi"
    r"|айт(?:ди|ган|ади|иб ўтди|иб берди)|маълум қил(?:ди|ган|ади)\w*|таъкидла(?:ди|ган|б ўтди)|дейди|қайд (?:этди|этган|қилди)|билдирди|билдирган|хабар (?:берди|қилди|берган)|гапириб берди|қўшимча қилди|тушунтирди|эслатди|эълон қил(?:ди|ган)\w*(?: эди)?|ахборот берди|кўрсатиб ўтди"
)
_AHEAD = re.compile(rf"(?<!\w)(?:{_VERBS_AHEAD})(?!\w)", re.I)
_BEHIND = re.compile(rf"(?<!\w)(?:{_VERBS_BEHIND})(?!\w)", re.I)
# Who was heard: the head of an item of minutes.
_HEARD = re.compile(
    r"\W*(?:СЛУШАЛИ|Слушали|ВЫСТУПИЛИ?|Выступили?|УГУЛДУ|Угулду|УГУШТУ|СҮЙЛӨДҮ|ТЫҢДАЛДЫ|Тыңдалды|СӨЗ СӨЙЛЕДІ|ESHITILDI|Eshitildi|ЭШИТИЛДИ|Эшитилди|СУХАНРОНӢ КАРДАНД|ШУНИДА ШУД|HEARD|Heard)\s*:?\s*"
)
# A headline that begins with who tells it.
_HEADLINE = re.compile(r"(?P<who>[A-ZА-ЯЁӨҮҢҚҒҲҶӘҰІЎ][\w’'-]*(?: [\w’'-]+){0,4}): ")
# He or she of whom was spoken last, as the one who tells.
_PRONOUN = re.compile(
    r"(?<!\w)(?:[Пп]о (?:его|е[её]|их) (?:словам|данным|оценкам?|подсч[её]там|информации|утверждению)|[Кк]ак (?:он|она) (?:сообщил|отметил|рассказал|заявил|сказал|пояснил|добавил)\w*|(?:О|о)н[аи]? (?:также |ещё |же )?(?:сообщил|отметил|рассказал|заявил|подчеркнул|пояснил|уточнил|добавил|напомнил|сказал|прив[её]л)\w*"
    r"|[Aa]ccording to (?:him|her|them)|(?<!\w)(?:[Hh]e|[Ss]he|[Tt]hey) (?:also |further |then )?(?:said|noted|added|told|stated|reported|explained|stressed|informed|recalled|estimated)"
    r"|(?:Анын|анын|Алардын) (?:айтымында|айтуусунда|сөзүнө|сөзү боюнча|маалыматы|маалыматына)|(?:Ал|ал) (?=(?:[^.!?]*\s)?(?:билдир|айтты|белгиле|кошумчала|маалымда|эскертти)\w*)|[–—-] де(?:ди|йт) ал(?!\w)"
    r"|(?:Оның|оның|Олардың) (?:айтуынша|сөзінше|мәліметінше|пікірінше|сөзіне)|Ол (?=(?:[^.!?]*\s)?(?:айтты|хабарлады|жеткізді|білдірді|атап өтті|мәлімдеді|қосты)(?!\w))|[–—-] де(?:ді|йді) ол(?!\w)"
    r"|(?:Uning|uning) (?:so.z\w* ko.ra|aytishicha|ta.kidlashicha|ma.lumot\w*)|U (?=(?:[^.!?]*\s)?(?:aytdi|bildirdi|qayd etdi|ma.lum qildi|ta.kidladi|qo.shimcha qildi)(?!\w))|[–—-] de(?:di|ydi) u(?!\w)"
    r"|(?:Унинг|унинг) (?:сўз\w* кўра|айтишича|таъкидлашича|маълумот\w*)|У (?=(?:[^.!?]*\s)?(?:айтди|билдирди|қайд этди|маълум қилди|таъкидлади|қўшимча қилди)(?!\w))|[–—-] де(?:ди|йди) у(?!\w)"
    r"|[Бб]а (?:гуфтаи|иттилои) (?:ӯ|вай|номбурда)(?!\w)|(?:Ӯ|ӯ|Вай|Номбурда) (?:ҳамчунин )?(?=(?:[^.!?]*\s)?(?:гуфт|иттилоъ|изҳор|зикр|қайд|таъкид|хабар|илова)))"
)
# By the post alone: «по словам министра», "ба гуфтаи вазир", "деді комитет төрағасы".
_BY_POST = re.compile(
    r"(?<!\w)(?:[Пп]о словам|[Кк]ак (?:сообщил|отметил|рассказал|заявил|пояснил|уточнил)[аи]?|[Бб]а гуфтаи|[Аа]ccording to the|[Aa]ccording to the)\s(?P<after>[a-zа-яёғқҳҷӣӯ][\w-]+(?:\s[a-zа-яёғқҳҷӣӯ][\w-]+){0,3})"
    r"|(?:[–—-]\s|,\s)(?:деди|дейт|деді|дейді|dedi|deydi|дейди|сказал[аи]?|отметил[аи]?|сообщил[аи]?|добавил[аи]?|пояснил[аи]?|заявил[аи]?|гуфт)\s(?P<said>[a-zа-яёөүңқғҳҷӣӯәұһі][\w-]+(?:\s[\w-]+){0,3})"
)
_WORD = re.compile(r"[^\W\d_][\w’'ʻʼ‘`-]{2,}")
_OBLIQUE = re.compile(
    r"(?<!\w)(?:в|во|из|от|для|при|у|к|с|со|на|о|об|по|за|of|in|by|for|from|to|with|at|of the|in the|by the|for the|from the|to the|with the|at the|аз|ба|дар|бо|барои)\s+(?:[«“\"])?$",
    re.I,
)
_FAR = 220  # characters between who tells and the verb
_STEM = 4


@dataclass(frozen=True)
class Teller:
    """Who tells, and the part of the text that is told."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Named:
    """A person or an organisation where the text names it; `post` of a person."""

    name: str
    start: int
    end: int
    person: bool = False
    post: str | None = None


def all_named(told: Sequence[Told], people: Sequence[PersonFound]) -> list[Named]:
    """Each mention of an organisation and the first one of each person, in order."""
    bodies = [Named(one.name, one.start, one.end) for one in told]
    persons = [Named(one.name, one.start, one.end, person=True, post=one.post) for one in people]
    return sorted([*bodies, *persons], key=lambda one: one.start)


def find_tellers(text: str, named: Sequence[Named]) -> list[Teller]:
    """The sentences that somebody tells, in order. `named`: each mention of an organisation, the first one of each person."""
    people = [one for one in named if one.person]
    again = _surnames(people)
    found: list[Teller] = []
    last: str | None = None  # who told last
    for sentence in sentences_of(text):
        inside = [one for one in named if sentence.start <= one.start < sentence.end]
        mentions = sorted([*inside, *_again(sentence, again, inside)], key=lambda one: one.start)
        found += _of_clauses(text, sentence, mentions)
        name = _teller(text, sentence, mentions, [one for one in people if one.start < sentence.end], last)
        if name is not None:
            last = name
            found.append(Teller(name, sentence.start, sentence.end))
        elif persons := [one.name for one in mentions if one.person]:
            last = persons[-1]
    return found


def _of_clauses(text: str, sentence: Line, mentions: Sequence[Named]) -> Iterator[Teller]:
    """Those who tell the statements of a sentence, where it has several."""
    at = 0
    while at < len(sentence.text):
        begin, stop = authorities.clause_of(sentence.text, at)
        if (begin, stop) != (0, len(sentence.text)):
            clause = Line(sentence.start + begin, sentence.start + stop, sentence.text[begin:stop])
            name = _subject(text, clause, [one for one in mentions if clause.start <= one.start < clause.end])
            if name is not None:
                yield Teller(name, clause.start, clause.end)
        at = stop


def _teller(text: str, sentence: Line, mentions: Sequence[Named], people: Sequence[Named], last: str | None) -> str | None:
    words = sentence.text
    heard = _HEARD.match(words)
    if heard and (first := next((one for one in mentions if one.person and one.start - sentence.start <= heard.end() + 2), None)):
        return first.name
    head = _HEADLINE.match(words)
    if head and (f"({head['who']})" in text or any(one.start == sentence.start and one.name == head["who"] for one in mentions)):
        return head["who"]
    subject = _subject(text, sentence, mentions)
    if subject is not None:
        return subject
    by_post = _BY_POST.search(words)
    if by_post is not None and (holder := who_holds(by_post["after"] or by_post["said"], people, last)):
        return holder
    return last if _PRONOUN.search(words) else None


def _subject(text: str, sentence: Line, mentions: Sequence[Named]) -> str | None:
    """The person that stands as the subject of a verb of telling, else the organisation."""
    for verb in (*_AHEAD.finditer(sentence.text), *_BEHIND.finditer(sentence.text)):
        at = sentence.start + verb.start()
        for candidates in ([one for one in mentions if one.person], [one for one in mentions if not one.person]):
            before = [one for one in candidates if one.end <= at and at - one.end <= _FAR * (2 if verb.re is _BEHIND else 1)]
            if verb.re is _BEHIND:
                before = [
                    one
                    for one in before
                    if not text[one.end : one.end + 1].isalpha() and text[one.end : one.end + 1] not in "’'-"
                ]
                one = (before[0] if before and before[0].person else before[-1]) if before else None
            else:
                before = [one for one in before if not _is_oblique(text, one)]
                one = before[-1] if before else None
            if one is None:
                stop = sentence.start + verb.end()
                one = next(
                    (
                        each
                        for each in candidates
                        if stop <= each.start <= stop + _FAR
                        and (each.person or verb.re is _AHEAD)
                        and "," not in text[stop : each.start]
                        and (each.person or each.start - stop < 3)
                    ),
                    None,
                )
            if one is not None:
                return one.name
    return None


def _is_oblique(text: str, one: Named) -> bool:
    return _OBLIQUE.search(text, max(0, one.start - 12), one.start) is not None


def who_holds(words: str, people: Sequence[Named], last: str | None) -> str | None:
    """The person whose post the words tell, of several the one who told last, else the one named last."""
    stems = [word.casefold()[:_STEM] for word in _WORD.findall(words)]
    for count in range(len(stems), 0, -1):
        holders = [
            one.name
            for one in people
            if one.post and all(any(word.startswith(stem) for word in one.post.casefold().split()) for stem in stems[:count])
        ]
        if holders:
            return last if last in holders else holders[-1]
    return None


def _surnames(people: Sequence[Named]) -> Mapping[str, str]:
    """The words that tell one person alone, without their last letters, with the person's name."""
    whose: dict[str, set[str]] = {}
    for one in people:
        for word in _WORD.findall(one.name):
            if len(word) > _STEM:
                whose.setdefault(word.casefold().rstrip("аяйьеиоыa"), set()).add(one.name)
    return {stem: next(iter(names)) for stem, names in whose.items() if len(names) == 1 and len(stem) >= _STEM}


def _again(sentence: Line, again: Mapping[str, str], inside: Sequence[Named]) -> Iterator[Named]:
    """Where persons are named again by a part of their names."""
    for match in re.finditer(r"[^\W\d_][\w’'ʻʼ‘`-]{3,}", sentence.text):
        if not match[0][0].isupper():
            continue
        small = match[0].casefold()
        stem = next(
            (small[:size] for size in range(len(small), max(_STEM, len(small) - 4) - 1, -1) if small[:size] in again), None
        )
        at = sentence.start + match.start()
        if stem is not None and not any(one.start <= at < one.end for one in inside):
            tail = small[len(stem) :]
            end = at + len(match[0]) - (len(tail) if len(tail) > 1 else 0)
            yield Named(again[stem], at, end, person=True)
