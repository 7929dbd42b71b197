"""What an organisation did: the words before and after its name say who organised, paid, took part, was asked, is the source.

A cue holds for all organisations of its list: "организовано X совместно с Y", "X жана Y тарабынан уюштурулган".
"""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kenesh.library.reading import doings
from kenesh.library.reading.doings import Role
from kenesh.library.reading.russian import may_be
from kenesh.library.reading.spans import Line, Span

_STRENGTH: tuple[Role, ...] = ("organiser", "donor", "host", "participant", "addressee", "source")

# Cues before the names, and cues after them, by language; Turkic languages put nearly all after.
_RUSSIAN_BEFORE: dict[Role, str] = {
    "donor": r"при (?:\w+ ){0,3}(?:поддержке|помощи|финансировании|содействии)(?! со?\b)|профинансирован\w*|финансиру(?:емый|емого|емом|ется)|финансирован\w*|за сч[её]т (?:средств|гранта)|на средства|донор\w*:?|грант\w{0,2}(?: от)?|с\w? финансовой поддержк\w+",
    "organiser": r"(?:её|ее|его|их|мероприятие|встречу|семинар|тренинг|конференцию|круглый стол|форум) (?:организовал|пров[её]л|устроил)[аи]?(?= (?-i:[А-ЯЁ]{2,}|«|[А-ЯЁ][а-яё]+ [а-яё«]))|организован\w*|организатор\w*|соорганизатор\w*|инициирован\w*|инициатор\w*|провед[её]н\w*|по инициативе|совместно с|в сотрудничестве с|в партн[её]рстве с|при содействии со?\b|в координации с|проводимо\w+|созванн\w+|партн[её]р\w*:?",
    "host": r"принимающ\w+ сторон\w+|на базе|в (?:здании|офисе|помещении|зале|штаб-квартире)",
    "source": r"по (?:\w+ )?(?:данным|информации|сведениям|статистике|оценк\w+|подсч[её]там|словам|сообщени\w+)|согласно (?:\w+ )?(?:данным|сведениям|статистике|информации|отч[её]ту|исследовани\w+|оценк\w+)|как сообщ\w+(?: в)?|сообщили в|источник:?|данные|(?:исследовани|опрос|мониторинг|анализ)\w*",
    "addressee": r"[Рр]екомендации(?= (?:[А-ЯЁ][а-яё]+(?:ой|ому|ему) )?[А-ЯЁ]?[а-яё]+(?:у|ю|е)\b)|рекоменд(?:овать|ует|уем|уют|овал\w?|овано|овали)|предложи(?:ть|л|ла|ли)|предлага\w+|поручить|направ(?:ить|лен\w*|или|ил|ляет)(?: \w+){0,3} (?:в(?: адрес)?|к)|обрати(?:ться|лись|лся|лась) (?:в|к)|призыва\w+|призвал\w?|в адрес|на имя|просить|адресован\w*",
    "participant": r"(?:в рамках|на полях|в ходе) (?:встреч|мероприят|форум|конференц|семинар|совещан|съезд|конгресс)\w{1,3} (?:также )?(?:состоял\w+|прош\w+|провел\w+|был\w? проведен\w*) (?:\w+ )?(?:заседани|встреч|собрани|сесси)\w{1,2}|с участием|(?:приняли|принял[аио]?|примут|принимают) участие|участие приняли|участвовали|участники:?|в числе участников|представител(?:и|ей|ями|ь)|со стороны|члены|экспертами|сотрудник\w+|делегаци\w+",
}
_RUSSIAN_AFTER: dict[Role, str] = {
    "donor": r"профинансировал\w*|поддержал\w* (?:проведение|мероприятие|проект)",
    "organiser": r"организова(?:л|ла|ло|ли)|пров[её]л\w*|провод(?:ит|ят)|выступил\w* (?:организатор|инициатор)\w+|инициировал\w*|было инициировано|объявляет|приглашает|созвал\w*",
    "host": r"принимал\w* у себя",
    "source": r"сообщает|сообщил\w?(?=,)|оценивает|отмечает, что",
    "addressee": r"рекоменд(?:ован|у)\w+|поручено|следует|необходимо",
    "participant": r"принял\w? участие|участвовал\w*",
}
_ENGLISH_BEFORE: dict[Role, str] = {
    "donor": r"supported by|with (?:the )?(?:\w+ ){0,3}(?:support|assistance|help|funding) (?:of|from|by)|funded by|financed by|sponsored by|(?:under|through) (?:a |the )?grants? (?:from|of)|thanks to (?:a |the )?(?:grant|support|funding) (?:from|of)|donors?:",
    "organiser": r"(?:co-?)?organi[sz]ed (?:jointly )?by|organi[sz]ers?:?|convened by|initiated by|held by|conducted by|together with|jointly (?:with|by)|in (?:cooperation|co-operation|partnership|collaboration) with|at the initiative of|(?:established|founded|set up|created|opened) by|arranged by|run by|implemented by|carried out by",
    "host": r"(?:organi[sz]ed and )?hosted (?:at|by|in)|(?:at|on) the premises of|at the (?:headquarters|office) of",
    "source": r"according to(?: the)?(?: (?:latest|official))?(?: (?:data|statistics|figures|estimates|information|report)(?: (?:of|from|by))?)?|in accordance with (?:the )?(?:data|statistics) of|(?:data|statistics|figures|estimates) (?:of|from|by|provided by)|as reported by|source:?|(?:survey|study|report|research|poll|analysis) (?:by|of|from)",
    "addressee": r"recommend(?:s|ed)? (?:that|to)|recommendations? to|calls? (?:up)?on|called (?:up)?on|urges?|urged|addressed to|sent to|appeal(?:s|ed)? to|requests? that",
    "participant": r"(?:within|during|on the sidelines of|in the framework of) (?:the|this) (?:meeting|event|forum|conference|seminar|workshop|congress),? (?:the|an?) (?:\w+ )?(?:meeting|session) of|representatives? (?:of|from)|participants? (?:from|of|included)|attended by|brought together|officials (?:of|from)|with the participation of|took part|take part|participated|delegations? of|experts (?:of|from)|members of|staff of|among (?:them|the participants)|secretary of|director of|head of|coordinator of|minister of",
}
_ENGLISH_AFTER: dict[Role, str] = {
    "donor": r"(?:provided|gave) (?:the )?(?:funding|support|grant)|(?:funded|financed|supported|sponsored) (?:the|this)",
    "organiser": r"(?:has |have |had |jointly )?(?:co-)?(?:organi[sz]ed|held(?! (?:an? )?(?:\w+ )?(?:permits?|visas?|passports?|citizenship))|convened|initiated|invites?|is organi[sz]ing|announces?|launched|launches|is holding|will hold)(?! by)",
    "host": r"hosted|hosts|will host",
    "source": r"(?:reports|estimates|says|notes) that|reported|estimated|['’]s? (?:data|statistics|figures)",
    "addressee": r"should|(?:is|are|was|were) (?:recommended|urged|requested|invited|asked|advised|called upon) to",
    "participant": r"took part|(?:was|were) represented|participated|attended|joined|representatives?",
}
_TAJIK_BEFORE: dict[Role, str] = {
    "donor": r"ва (?:дастгирии|кӯмаки|маблағгузории)(?: молияви[ии]|и молиявии)?|бо (?:\w+ ){0,2}(?:дастгирии|кӯмаки|маблағгузории|мусоидати)|аз ҳисоби маблағи|бо дастгирӣ аз ҷониби|донор\w*:?",
    "organiser": r"аз (?:ҷониби|тарафи)|бо ташаббуси|созмондиҳанда\w*|ташкилкунанда\w*|дар ҳамкорӣ бо|дар шарикӣ бо|якҷоя бо|ҳамроҳ бо|дар якҷоягӣ бо",
    "host": r"дар (?:бинои|толори|дафтари)",
    "source": r"тибқи (?:\w+ )?(?:маълумоти|омори|иттилои)|мувофиқи (?:маълумоти|омори)|бино ба (?:маълумоти|иттилои)|ба гуфтаи|аз рӯи маълумоти|мутобиқи маълумоти",
    "addressee": r"ба(?= (?:Вазорат|Ҳукумат|Хадамот|Кумита|Агенти|Маҷлис|Прокуратура|Раёсат))|ба унвони|тавсия ба",
    "participant": r"намояндагони|намояндаи|намояндагон аз|бо иштироки|иштирок (?:карданд|доштанд|намуданд)|мутахассисони|кормандони|аъзои",
}
_TAJIK_AFTER: dict[Role, str] = {
    "donor": r"(?:дастгирӣ|маблағгузорӣ) (?:кард|намуд|мекун|менамо)\w*",
    "organiser": r"ташкил (?:кард|намуд|дод)\w*|баргузор (?:кард|намуд)\w*|созмон дод\w*|доир намуд\w*|эълон мекунад|даъват мекунад|даъват менамояд",
    "source": r"маълумот (?:дод|медиҳад)|хабар (?:дод|медиҳад)",
    "addressee": r"тавсия (?:дода|шуд|мешавад|карда)\w*|муроҷиат (?:кард|намуд|шуд|мекун|менамо)\w*",
    "participant": r"иштирок (?:кард|дошт|намуд)\w*",
}
_TURKIC_BEFORE: dict[Role, str] = {
    "organiser": r"(?:демилге|бастама|tashabbus|ташаббус)\w* (?:менен|bilan|билан|көтеріп)?(?= [^.]{3,120}(?:чыкты|көтөрдү|көтерді|шықты|chiqdi|чиқди))|уюштуруучу\w*:|ұйымдастырушы\w*:|tashkilotchi\w*:|ташкилотчи\w*:",
    "donor": r"донор\w*:|donor\w*:|(?:каржылык|финансылык|қаржылық|moliyaviy|молиявий) (?:колдоону|жардамды|қолдауды|көмекті|yordamni|ko.makni|ёрдамни|кўмакни)",
    "host": r"(?:зал|имарат|бөлмө|ғимарат|bino|xona|бино|хона|o.rin|ўрин)\w{0,3}(?:ды|ну|ны|ди|ni|ни|дү|ду|ты|ті|ді)(?= [^.]{3,90}(?:бер|бөл|ұсын|ажрат|ajrat|ber)\w*)",
    "source": r"булак:|дереккөз:|manba:|манба:",
    "participant": r"катышуучулар:|қатысушылар:|ishtirokchilar:|иштирокчилар:",
}
_TURKIC_AFTER: dict[Role, str] = {
    "donor": r"(?:тарабынан|тарапынан|tomonidan|томонидан) (?:карж|колдо|қарж|қолда|moliya|qo.llab|молия|қўллаб)\w*|колдоосу\w*|колдоо көрсөтү\w+|каржыла\w+|каржылоосу\w*|көмөгү менен|көмөк көрсөтүүсү|жардамы менен|гранты\w*|қолдауы\w*|қаржыландыр\w*|көмегімен|демеушілігімен|qo.llab-quvvatlashi\w*|ko.magi\w*|moliyalashtir\w*|granti\w*|yordami bilan|қўллаб-қувватлаши\w*|кўмаги\w*|молиялаштир\w*|ёрдами билан",
    "organiser": r"тарабынан(?! карж| колдо)|уюштур(?:ул|ду|ган|уп|ат)\w*|демилгеси менен|демилгелеген|өткөрдү|өткөргөн|өткөрөт|(?:менен )?(?:биргеликте|биргелешип|кызматташтыкта|кызматташуу менен)|тарапынан(?! қарж| қолда)|ұйымдастыр(?:ыл|ды|ған|ып|ады)\w*|ұйымдастыруымен|бастамасымен|өткізді|өткізеді|(?:мен )?(?:бірлесіп|бірлесе)|tomonidan(?! moliya| qo.llab)|tashkil (?:et(?!il)|qil(?!in))\w+|tashabbusi bilan|o.tkazdi|o.tkazadi|hamkorligida|(?:bilan )?(?:hamkorlikda|birgalikda)|томонидан(?! молия| қўллаб)|ташкил (?:эт(?!ил)|қил(?!ин))\w+|ташаббуси билан|ўтказди|ҳамкорлигида|(?:билан )?(?:ҳамкорликда|биргаликда)|жарыялайт|чакырат|чакырабыз|хабарлайды|шақырады|жариялайды|e.lon qiladi|taklif (?:qiladi|etadi)|эълон қилади|таклиф (?:қилади|этади)",
    "host": r"имаратында|кеңсесинде|залында|ғимаратында|кеңсесінде|binosida|zalida|ofisida|биносида|залида",
    "source": r"(?:маалымат|статистика|отчёт|отчет)\w* (?:боюнча|ылайык|караганда)|билдиргендей|билдирүүсүнчө|дере[кг]\w* (?:бойынша|сәйкес|қарағанда)|есебінше|есептеуінше|бағалауынша|статистикасына сәйкес|эсебинде|эсептөөсүнө ылайык|баалоосунда|деректерінше|мәлімет\w* (?:бойынша|сәйкес|қарағанда)|мәліметінше|хабарлауынша|ma.lumot\w* (?:ko.ra|asosida|bo.yicha)|xabar berishicha|hisob-kitob\w* ko.ra|hisobicha|baholashicha|statistikasiga ko.ra|маълумот\w* (?:кўра|асосида|бўйича)|хабар беришича|ҳисоб-китоб\w* кўра|ҳисобича|баҳолашича|статистикасига кўра",
    "addressee": r"(?:сунуш|тапшыр|жолдо(?:ду|йт|шат)|жибер|милдеттендир|ұсын|тапсыр|жолда|tavsiya|taklif qil|topshir|yubor|тавсия|таклиф қил|топшир|юбор)\w*",
    "participant": r"өкүл\w*|катыш\w+|адис\w*|кызматкер\w*|эксперт(?:тер|и)\w*|өкіл\w*|қатыс\w+|маман\w*|сарапшы\w*|vakil\w*|ishtirok\w*|mutaxassis\w*|xodim\w*|вакил\w*|иштирок\w*|мутахассис\w*|ходим\w*",
}


def _one(cues: dict[Role, str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{role}>{words})" for role, words in cues.items()) + r")(?!\w)", re.I)


_RUSSIAN = (_one(_RUSSIAN_BEFORE), _one(_RUSSIAN_AFTER))
_TURKIC = (_one(_TURKIC_BEFORE), _one(_TURKIC_AFTER))
_TAJIK = (_one(_TAJIK_BEFORE), _one(_TAJIK_AFTER))
_CUES = {
    "en": (_one(_ENGLISH_BEFORE), _one(_ENGLISH_AFTER)),
    "tg": _TAJIK,
    **dict.fromkeys(("ky", "kk", "uz", "az", "tr"), _TURKIC),
}
_ORGANISED_AT_END = re.compile(
    r"(?:уюштурду|уюштурат|уюштурушат|уюштурушту|өткөрдү|өткөрөт|ұйымдастырды|ұйымдастырады|өткізді|өткізеді|tashkil (?:etdi|qildi)|tashkil (?:etadi|qiladi)|o.tkazdi|o.tkazadi|ташкил (?:этди|қилди|этади|қилади)|ўтказди|ўтказади|ачты|ашты|ochdi|очди|ташкил (?:кард|намуд)(?:анд)?|баргузор (?:кард|намуд)(?:анд)?|созмон дод(?:анд)?)\W*$",
    re.I,
)
# An office that is named as part of the body whose it is: IOM and its representation in the country.
_ITS_OFFICE = re.compile(
    r"(?:нын|нин|нун|нүн|ның|нің|ning|нинг)(?:\s*\([^)\n]*\))?\s+\w+(?:дагы|деги|дағы|дегі|dagi|даги)\s+(?:өкүлчүлүг|өкілдіг|vakolatxona|ваколатхона|бюро)"
)
_ORGANISED_VERB = re.compile(
    r"(?<!\w)(?:пров[её]л[аио]?|организова(?:л|ла|ло|ли)|проводят?|провед[её]т|инициировал[аио]?|held|organi[sz]ed|hosted|launched|convened|is holding|will hold|opened|opens|started)(?!\w)(?! by)"
)
# "Mr. Hajiyev, Chief of Mission ⟨of⟩ IOM, opened the event": it is he who did.
_GOVERNED_BEFORE = re.compile(r"\b(?:of|from|for|at|in|to|with|by|under)\s(?:the\s)?$", re.I)
_EXPLAINS = re.compile(
    r"[а-яёөүңқғіa-z]{0,5}[»”\"]?\s*\((?:далее|further|hereinafter|мындан ары|бұдан әрі|keyingi|минбаъд)?[\s:–—«“\"-]*"
)
_GOES_ON = re.compile(
    r"(?:,|(?<!\w)(?:и|and|as well as|а также|совместно с|together with|жана|және|va|ва|ҳамчунин|инчунин))\s*(?:со?\s)?(?:от\s|by\s|of\s|from\s|аз\s|бо\s)?(?:the\s)?$",
    re.I,
)
# An ending that ties a Turkic name to a word further on: "министрлигинин … өкүлдөрү", "министрлігіне … ұсынылды".
_NEVER = re.compile(r"(?!)")
_GOVERNED: dict[Role, re.Pattern[str]] = {
    **dict.fromkeys(_STRENGTH, _NEVER),
    "participant": re.compile(r"(?:нын|нин|нун|нүн|ның|нің|дың|дің|ning|нинг)(?:,| жана| және| va| ва| мен|\s)"),
    "addressee": re.compile(r"(?:га|ге|го|гө|ка|ке|на|не|ға|қа|ga|ka|qa)\s"),
}
_REACH_FAR = 130
# The list of names goes on over commas, conjunctions and a few more words, not over another clause.
_REACH_FORWARD, _REACH_ON, _REACH_BACK = 90, 60, 34
_CLAUSE = re.compile(r"[.!?;:\n]|, (?:котор|что|чтобы|где|при этом|who|which|where|that)|\b(?:который|которая|которое)", re.I)
_SHORT_STOP = re.compile(r"[.!?;\n]")
# "представитель Кыргызстана при ООН", "инициировано создание Совета": the cue speaks of something else.
_BETWEEN_OTHERS = re.compile(
    r"(?<!\w)(?:в|на|сессии|при|создани\w+|заседани\w+|проведени\w+|встреч\w+|обсуждени\w+|to the|at the|назди)(?!\w)", re.I
)


# Within what something was held; who held it, stands before.
_FRAMEWORK = re.compile(r"(?:in|within) the (?:framework|context|margins) of (?:the )?$|(?<!\w)в рамках $", re.I)
# "рекомендует государству-участнику ратифицировать Конвенции МОТ": what is to be done, not who is to do it.
_DONE_BETWEEN = re.compile(r"State part|государств\w*-участник|(?<!\w)[а-яё]{3,}(?:ть|ться|ти|чь)(?!\w)", re.I)


# "recommends that the State Labour Inspection Service be authorized": somebody else is to authorize it.
_TO_BE_DONE = re.compile(r"(?:[A-Z][\w’'-]*|of|for|and|the|on)(?: (?:[A-Z][\w’'-]*|of|for|and|the|on)){0,9} be (?!held\b)\w+ed\b")


@dataclass(frozen=True)
class _Cue:
    role: Role
    start: int
    end: int


def rank(role: Role | None, *, by_post: bool) -> int:
    """How much a role tells, 0 the most: who organised also took part, and who is asked to act only had somebody there (`by_post`)."""
    if role is None:
        return 2 * len(_STRENGTH)
    return 2 * _STRENGTH.index("addressee" if by_post else role) + by_post


# "Permanent Representative of Tajikistan to the ⟨United Nations⟩".
_SENT_TO = re.compile(r"представител\w{1,3} [^.;:\n]{2,80} при $|representative of [^.;:\n]{2,60} (?:to|at) (?:the )?$", re.I)


def is_sent_to(text: str, start: int, role: Role | None) -> bool:
    """Whether it is only the body to which somebody who took part was sent, and took no part with that."""
    return role == "participant" and _SENT_TO.search(text, max(0, start - 110), start) is not None


def find_roles(text: str, mentions: Sequence[Span], sentences: Sequence[Line], language: str | None) -> list[Role | None]:
    """The role of each mention, in order."""
    cues = _CUES.get(language or "", _RUSSIAN)
    starts = [sentence.start for sentence in sentences]
    roles: list[Role | None] = [None] * len(mentions)
    by_sentence: dict[int, list[int]] = {}
    for number, (start, _) in enumerate(mentions):
        by_sentence.setdefault(max(0, bisect_right(starts, start) - 1), []).append(number)
    for index, numbers in by_sentence.items():
        sentence = sentences[index]
        spans = [mentions[number] for number in numbers]
        for number, role in zip(numbers, _in_sentence(text, sentence, spans, cues), strict=True):
            roles[number] = role
    return roles


def _in_sentence(
    text: str, sentence: Line, spans: Sequence[Span], cues: tuple[re.Pattern[str], re.Pattern[str]]
) -> list[Role | None]:
    def outside(match: re.Match[str]) -> bool:
        return not any(start <= match.start() and match.end() <= end for start, end in spans)

    forward = [_cue(match) for match in cues[0].finditer(text, sentence.start, sentence.end) if outside(match)]
    backward = [_cue(match) for match in cues[1].finditer(text, sentence.start, sentence.end) if outside(match)]
    roles: list[Role | None] = []
    previous: int | None = None  # the last name of the list, not the acronym that explains it
    for number, (start, _) in enumerate(spans):
        if previous is not None and _EXPLAINS.fullmatch(text, spans[previous][1], start):
            roles.append(None)
            continue
        role = _from_before(
            text,
            forward,
            start,
            spans[previous][1] if previous is not None else None,
            roles[previous] if previous is not None else None,
        )
        if role is None and "addressee" in roles and cues is _RUSSIAN and _is_dative(text, start):
            role = "addressee"
        roles.append(role)
        previous = number
    _whose_verb_ends(text, sentence, spans, roles, cues)
    for number in range(len(spans) - 1, -1, -1):
        others = (
            other
            for other in range(number + 1, len(spans))
            if not _EXPLAINS.fullmatch(text, spans[other - 1][1], spans[other][0])
        )
        following = next(((spans[other][0], other) for other in others), None)
        behind = _from_behind(text, backward, spans[number][1], following, roles)
        if (
            cues is _RUSSIAN
            and not _is_subject(text, spans[number])
            and not (behind == "addressee" and _is_dative(text, spans[number][0]))
        ):
            continue
        kept = roles[number] == "donor" or (cues is _TAJIK and roles[number] is not None)
        if (
            behind is not None
            and not kept
            and (roles[number] is None or _STRENGTH.index(behind) < _STRENGTH.index(roles[number] or behind))
        ):
            roles[number] = behind
    if cues is _TURKIC:
        _asked_before(text, spans, roles)
    _by_whole_sentence(text, sentence, spans, roles)
    return roles


def _asked_before(text: str, spans: Sequence[Span], roles: list[Role | None]) -> None:
    """Who stands in the dative before one that is asked: "Билим министрлигине … өтүү, ⟨Эмгек министрлигине … тапшырылды⟩"."""
    last = max((number for number, role in enumerate(roles) if role == "addressee"), default=0)
    for number in range(last):
        if roles[number] is None and _DATIVE_ENDING.match(text, spans[number][1]):
            roles[number] = "addressee"


def _by_whole_sentence(text: str, sentence: Line, spans: Sequence[Span], roles: list[Role | None]) -> None:
    told: Role | None = None  # of the name behind
    for number in range(len(spans) - 1, -1, -1):
        end = spans[number + 1][0] if number + 1 < len(spans) else sentence.end
        if roles[number] is not None:
            told = None
        elif told is None or not _BOUND.fullmatch(text[spans[number][1] : end]):
            roles[number] = told = doings.role_of_sentence(text, spans[number], sentence, end)
        else:
            roles[number] = told  # "Центр «Мемориал» ⟨и⟩ Комитет «Содействие» опубликовали доклад"


def _whose_verb_ends(
    text: str, sentence: Line, spans: Sequence[Span], roles: list[Role | None], cues: tuple[re.Pattern[str], re.Pattern[str]]
) -> None:
    """Who stands first and in the nominative organised it, when the verb far behind says so; those that "and" joins too."""
    if not spans or roles[0] is not None or spans[0][0] - sentence.start > _REACH_FORWARD:
        return
    if cues is _TURKIC or cues is _TAJIK:
        ends = _ORGANISED_AT_END.search(text, spans[0][1], sentence.end) is not None
        acts = ends and (text[spans[0][1] : spans[0][1] + 1] in " ," or _ITS_OFFICE.match(text, spans[0][1]) is not None)
    else:
        verb = _ORGANISED_VERB.search(text, spans[0][1], sentence.end)
        subject = _may_act(text, spans[0]) if cues is _RUSSIAN else not _GOVERNED_BEFORE.search(text, sentence.start, spans[0][0])
        between = text[spans[0][1] : verb.start()] if verb else ""
        acts = verb is not None and subject and not re.search(r"[;:]|\bи (?!при|с)|котор|which|who", between)
    if not acts:
        return
    roles[0] = "organiser"
    for number in range(1, len(spans)):
        if roles[number] is not None or not _GOES_ON.search(text[spans[number - 1][1] : spans[number][0]].lstrip('»”"')):
            break
        roles[number] = "organiser"


def _may_act(text: str, span: Span) -> bool:
    word = re.match(r"[А-ЯЁа-яё-]+", text[span[0] : span[1]])
    return word is None or word[0].isupper() or may_be(word[0], "nomn")


def _is_dative(text: str, start: int) -> bool:
    word = re.match(r"[А-ЯЁа-яё-]+", text[start : start + 40])
    return word is not None and may_be(word[0], "datv") and not may_be(word[0], "nomn")


def _is_subject(text: str, span: Span) -> bool:
    """Whether a Russian name may be what acts: in the nominative, or in the instrumental of a passive, or uninflected."""
    word = re.match(r"[А-ЯЁа-яё-]+", text[span[0] : span[1]])
    return word is None or word[0].isupper() or may_be(word[0], "nomn", "ablt")


def _cue(match: re.Match[str]) -> _Cue:
    role: Role = next(name for name in _STRENGTH if match.groupdict().get(name) is not None)
    return _Cue(role, match.start(), match.end())


def _from_before(
    text: str, cues: Sequence[_Cue], start: int, previous_end: int | None, previous_role: Role | None
) -> Role | None:
    if _FRAMEWORK.search(text, max(0, start - 40), start):
        return None
    before = [cue for cue in cues if cue.end <= start and (previous_end is None or cue.start >= previous_end)]
    if before:
        cue = before[-1]
        between = text[cue.end : start]
        if len(between) <= _REACH_FORWARD and not _CLAUSE.search(between.lstrip(" :")) and not _BETWEEN_OTHERS.search(between):
            if cue.role == "addressee" and (_DONE_BETWEEN.search(between) or _TO_BE_DONE.match(text, start)):
                return None
            return cue.role
        return None
    if previous_end is not None and previous_role is not None:
        between = text[previous_end:start]
        if len(between) <= _REACH_ON and not _CLAUSE.search(between) and _GOES_ON.search(between):
            return previous_role
    return None


_DATIVE_ENDING = re.compile(r"\w?(?:га|ге|го|гө|ка|ке|на|не|ға|қа|ga|ka)(?!\w)")
# Two names of one list; what belongs to the first may stand between: "(XMT)ning Oʻzbekistondagi vakolatxonasi va".
_BOUND = re.compile(
    r"\w{0,5}\W*(?:\([^)]*\)\W*)?(?:\w{0,5})?(?: \w+(?:dagi|даги|дагы|деги|дағы|дегі) \w+)?\s*(?:,|жана|және|мен|va|ва|hamda|ҳамда|and|и)\W*"
)


def _from_behind(
    text: str, cues: Sequence[_Cue], end: int, following: tuple[int, int] | None, roles: Sequence[Role | None]
) -> Role | None:
    after = [cue for cue in cues if cue.start >= end and (following is None or cue.start < following[0])]
    if after:
        between = text[end : after[0].start]
        reach = _REACH_FAR if _GOVERNED[after[0].role].match(between) else _REACH_BACK
        if len(between) <= reach and not _SHORT_STOP.search(between):
            return after[0].role
        return None
    if following is not None and roles[following[1]] is not None:
        between = text[end : following[0]]
        return roles[following[1]] if _BOUND.fullmatch(between) else None
    return None
