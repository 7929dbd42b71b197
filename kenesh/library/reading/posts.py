"""Posts that people hold, by language: where the words of a post stand beside a name, and where they begin and end."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re

from kenesh.library.reading import russian
from kenesh.library.reading.noun_phrases import english_end, russian_end, tajik_end
from kenesh.library.reading.turkic_phrases import turkic_start

_LONGEST = 170  # characters of a post
_RUSSIAN_STEMS = (
    "заместител|министр|директор|президент|руководител|председател|глав|посол|посл|секретар|эксперт|координатор|омбудсмен|представител|консул|депутат|ректор|адвокат|юрист|специалист|начальник|заведующ"
    "|управляющ|модератор|советник|член|докладчик|уполномоченн|лидер|основател|учредител|менеджер|аналитик|профессор|исследовател|губернатор|мэр|аким|спикер|атташе|комиссар|прокурор|инспектор|сотрудник|психолог|журналист|политолог|экономист|социолог|врач|активист|правозащитник|сопредседател|замминистр|вице-премьер|премьер-министр|вице-министр|вице-президент|вице-спикер|помощник|куратор|тренер|консультант|делегат|доцент|академик|корреспондент|редактор|обозревател|преподавател|лектор|пресс-секретар|старост|волонт[её]р|предпринимател|генконсул|основательниц|руководительниц|учредительниц|координаторк|соцработник|воспитател|надзирател|бригадир|переводчи|судь|педагог|учител|медиатор|магистр|кандидат|доктор|историк|демограф|проректор|замдиректор|замначальник|замруководител|статс-секретар|активистк|правозащитниц|сотрудниц|директрис"
)
# A head in the singular, with an ending that is not the plural's.
_RUSSIAN_HEAD = re.compile(
    rf"(?<![\w-])(?<![Вв]о )(?P<post>(?:[Ии]\.[ ]?о\.[ ]|[Вв]рио[ ]|[Ии]сполняющ\w{{2,3}} обязанности[ ])?(?:[А-ЯЁа-яё][а-яё]{{3,}}(?:ый|ий|ой|ая|ого|его|ому|ему|ым|им|ую|ей)[ \xa0]){{0,3}}(?P<head>(?:[А-ЯЁа-яё]{{2,6}}-)?(?i:{_RUSSIAN_STEMS})(?:ь|я|ю|ем|е|а|у|ом|ой|ый|ого|ому|ым|ая|ую|ий|его|ему|им|ей|кой|ка|ку|ки|ца|цы|це|)))(?![\w-])"
)
_PLURAL = re.compile(r"(?:тели|ры|ты|ки|ники|ны|ы|и|ов|ей|ами|ями|ам|ям|ах|ях)$")
_CUT = re.compile(r"[.;:!?—–\n]|\s-\s")
_SHORTENED = re.compile(r"(?<![\w])(?:г|и|о|им|обл|р|ул)\.")
_BRACKETS_AT_END = re.compile(r"\s*\([^()\n]{1,60}\)\s*$")

_TURKIC = (
    "социологу|атташеси|атташесі|attashesi|төрайымы|төрайым|редактору|редактор|машыктыруучусу|машыктыруучу|тренери|тренер|доценти|изилдөөчүсү|изилдөөчү|журналисти|журналист|психологу|психолог|укук коргоочусу|укук коргоочу|активисти|жардамчысы|комиссары|инспектору|демограф|экономист|социолог|окутуучусу|башкы адиси|уюмдаштыруучусу|судьясы|башчы|жетекчи"
    "|әлеуметтанушысы|әлеуметтанушы|редакторы|жаттықтырушысы|жаттықтырушы|доценті|зерттеушісі|зерттеуші|журналисі|құқық қорғаушысы|құқық қорғаушы|белсендісі|көмекшісі|инспекторы|уәкілі|оқытушысы|судьясы|басшы|жетекші|психологы|талдаушысы|үйлестіруші"
    "|muharriri|muharrir|treneri|trener|dotsenti|tadqiqotchisi|tadqiqotchi|jurnalisti|jurnalist|psixologi|psixolog|huquq himoyachisi|huquqshunosi|huquqshunos|faoli|yordamchisi|komissari|inspektori|oʻqituvchisi|raisasi|rahbar|menejeri|sudyasi|iqtisodchi|demograf|shifokori"
    "|муҳаррири|муҳаррир|тренери|доценти|тадқиқотчиси|тадқиқотчи|журналисти|психологи|ҳуқуқ ҳимоячиси|ҳуқуқшуноси|ҳуқуқшунос|фаоли|ёрдамчиси|комиссари|инспектори|ўқитувчиси|раисаси|раҳбар|менежери|судьяси|иқтисодчи|шифокори|"
    "министри|министр|директору|директор|төрагасы|төрага|жетекчиси|президенти|катчысы|уюштуруучусу|координатору|өкүлү|орун басары|башчысы|депутаты|элчиси|ректору|адвокаты|юристи|эксперти|омбудсмени|акыйкатчысы|консулу"
    "|мүчөсү|адиси|кеңешчиси|мэри|акими|губернатору|спикери|модератору|менеджери|адвокат|юрист|эксперт|өкүл|башкаруучусу|негиздөөчүсү|профессору|кызматкери|прокурору|аткаруучу директору|программалык директору"
    "|министрі|директоры|төрағасы|төраға|жетекшісі|президенті|хатшысы|хатшы|үйлестірушісі|өкілі|орынбасары|басшысы|елшісі|ректоры|заңгері|заңгер|сарапшысы|сарапшы|омбудсмені|консулы|мүшесі|маманы|кеңесшісі|әкімі|спикері|негізін қалаушысы|профессоры|қызметкері|прокуроры|катчы|вице-министрі|вице-министри"
    "|vaziri|vazir|direktori|direktor|raisi|rais|rahbari|prezidenti|kotibi|kotib|koordinatori|vakili|o.rinbosari|boshlig.i|deputati|elchisi|rektori|advokati|advokat|yuristi|yurist|eksperti|ekspert|mutaxassisi|ombudsmani|konsuli|a.zosi|maslahatchisi|hokimi|muovini|mudiri|asoschisi|professori|xodimi|prokurori"
    "|вазири|вазир|директори|раиси|раис|раҳбари|президенти|котиби|котиб|координатори|вакили|ўринбосари|бошлиғи|элчиси|ректори|адвокати|юристи|эксперти|мутахассиси|омбудсмани|консули|аъзоси|маслаҳатчиси|ҳокими|муовини|мудири|асосчиси|профессори|ходими|прокурори"
)
_TURKIC_HEAD = re.compile(
    rf"(?<![\w-])(?P<head>(?i:(?:[\w]+(?:дун|дын|дин|дүн|нын|нин|ның|нің|ning|нинг) )?(?:(?:вице|vitse|экс)-)?(?:{_TURKIC})))(?:нын|нин|нун|нүн|ның|нің|ning|нинг|ну|ни|га|ге|ga)?(?: болып| болуп| этип| etib| қилиб| лавозимига| sifatida)?(?P<sign>:?[ \xa0]|,[ ])$"
)
_TURKIC_AFTER = re.compile(
    rf"[ \xa0]?(?P<sign>[,(–—-])[ \xa0]?(?P<post>[^.;()\n–—,]{{0,120}}?(?i:{_TURKIC}))(?=[.,;)\n–—]|\s+(?:деди|айтты|белгиледи|деп|билдирди|dedi|деді)|$)"
)

_TAJIK = "ҷомеашинос|сиёсатшинос|маърузачӣ|маърузачи|муҳаррир|сармуҳаррир|омӯзгор|дотсент|муҳаққиқ|рӯзноманигор|тренер|равоншинос|фаъол|ҳимоягар|ёрдамчӣ|комиссар|нозир|таҳлилгар|табиб|демограф|иқтисоддон|сухангӯ|вакил|депутат|сарвар|менеҷер|судя|довар|вазир|муовин|директор|раис|сардор|намоянда|роҳбар|мудир|президент|котиб|сафир|ҳамоҳангсоз|коршинос|ваколатдор|мутахассис|узв|мушовир|ҳуқуқшинос|адвокат|ректор|профессор|прокурор|консул|ёвар|омбудсмен|ташкилкунанда|координатор|ҳакам|корманд|муассис"
_TAJIK_HEAD = re.compile(
    rf"(?<![\w-])(?P<post>(?:[Яя]кумин[ ])?(?:(?:[Мм]увовини|[Мм]уовини|[Ёё]вари|[Мм]ушовири|[Сс]обиқ)[ ])?(?i:{_TAJIK})(?:и|и якуми|аи|и иҷроияи|и миллии)?)(?![\w-])"
)
# "сардори Хадамоти муҳоҷират ⟨дар вилоят⟩": where the office is.
_TAJIK_WHERE = re.compile(
    r" дар (?:[А-ЯҶҲҚҒӮӢ][\w-]+(?: [А-ЯҶҲҚҒӮӢ][\w-]+)?|(?:вилоят|шаҳр|ноҳия|минтақа|кишвар|ҷумҳур)\w*(?: [А-ЯҶҲҚҒӮӢ][\w-]+)?) "
)
_TAJIK_AFTER = re.compile(rf"[ \xa0]?[,(–—-][ \xa0]?(?P<post>(?i:{_TAJIK})(?:и|аи)?)(?![\w-])")

_ENGLISH = (
    r"[Vv]ice-?[ ]?[Mm]inister|(?:(?:First )?[Dd]eputy )?(?:[Pp]rime )?[Mm]inister|(?:[A-Z][a-z]+ |[Ee]xecutive |[Dd]eputy |[Pp]rogramm?e |[Cc]ountry |[Rr]egional )?[Dd]irector|(?:[Vv]ice-)?[Pp]resident|(?:[Rr]egional |[Nn]ational |[Pp]roject |[Pp]rogramm?e )?[Cc]oordinator|(?:[Ee]xecutive |[Pp]ermanent |[Gg]eneral |[Ff]irst )?[Ss]ecretary(?:[- ]General)?"
    r"|(?:[Vv]ice-|[Cc]o-)?[Cc]hair(?:person|man|woman)?|[Aa]mbassador|[Oo]mbudsman|[Oo]mbudsperson|(?:(?:[Dd]eputy )?[Pp]ermanent |[Ss]pecial )?[Rr]epresentative|(?:[Dd]eputy )?[Hh]ead|(?:[Cc]o-)?[Ff]ounder|(?:[Ss]enior |[Cc]hief )?[Ee]xpert|[Ss]pecialist|[Ll]awyer|[Aa]ttorney|[Aa]dviser|[Aa]dvisor|(?:[Ss]enior |[Cc]hief )?[Oo]fficer|[Mm]anager|(?:[Cc]ountry )?[Rr]apporteur|[Mm]ember|[Cc]onsul(?:[- ]General)?|[Rr]ector|[Pp]rofessor|[Ll]eader|[Mm]oderator|[Cc]hief(?: of [Mm]ission)?|[Cc]ommissioner|[Pp]rosecutor(?:[- ]General)?|[Jj]ournalist|[Aa]ctivist|[Aa]nalyst|[Uu]nder-?[Ss]ecretary(?:-[Gg]eneral)?|(?:[Cc]ommittee )?[Ee]xpert|(?:[Ss]pecial )?[Cc]o-[Rr]apporteur|[Dd]eputy|(?:[Ee]xecutive )?[Ee]ditor(?:-in-[Cc]hief)?|[Ss]ociologist|[Ee]conomist|[Dd]emographer|[Pp]sychologist|[Ll]ecturer|[Cc]onsultant|[Ss]pokes(?:person|man|woman)|[Mm]ayor|[Gg]overnor|[Vv]olunteer|[Cc]ounsellor|[Ss]peaker|[Aa]ssistant|[Cc]orrespondent|[Dd]elegate|[Ii]nspector|[Pp]aralegal|[Cc]aseworker|[Jj]udge|[Ii]nterpreter|[Dd]octor|[Rr]esearcher|[Tt]rainer"
)
_ENGLISH_HEAD = re.compile(
    rf"(?<![\w-])(?P<post>(?:(?!The |An? |This |In |At |By |And )[A-Z][A-Za-z]*(?:’s|'s)? ){{0,3}}?(?:{_ENGLISH}))(?![\w-])(?! Group)"
)
_ENGLISH_AFTER = re.compile(
    rf"[ \xa0]?(?P<sign>[,(–—]|who is|is the)[ \xa0]?(?:the |an? )?(?P<post>(?:[A-Z][\w’'&-]* ){{0,5}}?(?:{_ENGLISH}))(?![\w-])"
)


_RUSSIAN_TITLE = re.compile(r"(?:[Гг]-\w{1,3}|[Гг]оспо\w{2,6})\s*$")
_CHOSEN = re.compile(r"\s*(?:(?:единогласно|был[аи]?|вновь) )*(?:избран\w*|назначен\w*|стал[аи]?|утвержд[её]н\w*|является)\s*$")


_DEGREE = re.compile(r"(?<!\w)(?:[дк]\.[ ]?(?:ю|э|и|с|п|ф|м|полит|филос|экон|юрид|ист|соц|пед)\.[ ]?н\.|PhD|д-р)[, ]*$")
_LABEL = re.compile(r" [А-ЯЁ]?[а-яё]{3,}(?: [А-ЯЁ]?[а-яё]{3,}){0,2}: ?")  # "Секретарь ⟨совещания: ⟩"


def russian_before(text: str, start: int, limit: int) -> str | None:
    """The post before a name at `start`, its head in the nominative: «руководителя «Фонда» Панича» → «руководитель «Фонда»»."""
    begin = max(limit, start - _LONGEST)
    brackets = _BRACKETS_AT_END.search(text, begin, start)
    stop = brackets.start() if brackets else start
    for match in _RUSSIAN_HEAD.finditer(text, begin, stop):
        if not _is_one(match["head"]):
            continue
        rest = text[match.end() : stop]
        colon = rest.strip() == ":"
        rest = _RUSSIAN_TITLE.sub("", _CHOSEN.sub("", rest))
        colon = colon or rest.strip() == ":"
        if _LABEL.fullmatch(rest):
            return _basic(match["post"], rest.rstrip(" :"))
        if not colon and (_CUT.search(_SHORTENED.sub(" ", rest)) or _breaks(rest)):
            continue
        return _basic(match["post"], "" if colon else rest)
    degree = _DEGREE.search(text, begin, stop)
    return degree[0].strip() if degree else None


def last_russian_head(before: str) -> str | None:
    """The head of the post whose words end `before`."""
    heads = [match["head"] for match in _RUSSIAN_HEAD.finditer(before, max(0, len(before) - _LONGEST)) if _is_one(match["head"])]
    return heads[0] if len(heads) == 1 else heads[-1] if heads else None


def _is_one(head: str) -> bool:
    """Whether the head is in the singular: «представители» hold no post."""
    return not _PLURAL.search(head.casefold()) or russian.noun_in_nominative(head) != head or russian.gender(head) == "femn"


def _breaks(rest: str) -> bool:
    """Whether another clause or another person's post lies between: a verb, or a comma that no list explains."""
    words = re.findall(r"[А-ЯЁа-яё-]+", rest)
    if any(word[0].islower() and len(word) > 2 and russian.is_verb(word) for word in words):
        return True
    commas = [match.start() for match in re.finditer(",", rest)]
    return bool(commas) and (" и " not in rest[commas[-1] :] or bool(_RUSSIAN_HEAD.search(rest[commas[0] :])))


def _basic(post: str, rest: str) -> str:
    words = post.split()
    if re.match(r"[Ии]\.|[Вв]рио|[Ии]сполн", words[0]):
        return re.sub(r"\s+", " ", f"{post}{rest}").strip(" ,")
    while len(words) > 1 and not russian.is_adjective(words[0]):
        words = words[1:]
    while len(words) > 1 and words[0][0].islower() and russian.is_participle(words[0]):
        words = words[1:]  # "возглавляемой ⟨министром⟩"
    while len(words) > 1 and re.match(r"[Сс]во|[Ээ]т|[Нн]аш|[Вв]с|[Дд]руг|[Кк]ажд", words[0]):
        words = words[1:]
    return re.sub(r"\s+", " ", " ".join(russian.in_nominative(words)) + rest).strip(" ,:")


def russian_after(text: str, end: int) -> str | None:
    """The post after a name and a comma, a dash or a bracket: «Светлана Баштовенко, президент ОО»."""
    sign = re.match(r"[ \xa0]?[,(–—-][ \xa0]?", text[end : end + 4])
    if sign is None:
        return None
    head = _RUSSIAN_HEAD.match(text, end + sign.end())
    if head is None or not _is_one(head["head"]):
        return None
    words = re.split(r"(?<=\s)(?=\S)", text[head.end() : _rest_ends(text, head.end())])
    kept = []
    for word in words:
        if word.strip() and word[0].islower() and russian.is_verb(word.strip()):
            break
        kept.append(word)
    return re.sub(r"\s+", " ", head["post"] + "".join(kept)).strip()


_REST = re.compile(r"[^.,;:()\n–—]{0,120}")
_LISTING = re.compile(r"(?<!\w)(?:министерств|комитет|департамент|агентств|управлени|служб|отдел)[а-яё]{0,3}(?!\w)", re.I)


def _rest_ends(text: str, start: int) -> int:
    """Where the words that belong to a post end; the commas within a ministry's name do not: "Министерства труда, ⟨…⟩"."""
    rest = _REST.match(text, start)
    end = rest.end() if rest else start
    for office in _LISTING.finditer(text, start, end):
        end = max(end, russian_end(text, office.end()))
    return end


def turkic_before(text: str, start: int, limit: int) -> str | None:
    """The post before a name at `start`, from its first modifier: "Кыргыз Республикасынын … министри"."""
    match = _elected(text, start, limit) or _TURKIC_HEAD.search(text, max(limit, start - 60), start)
    if match is None:
        return None
    begin = turkic_start(text, max(limit, start - _LONGEST), match.start("head"), names_first=False)
    if (initials := _OF_INITIALS.search(text, limit, begin)) and _CALLED_AFTER.match(text, begin):
        begin = initials.start()
    return _FROM_TOWN.sub("", re.sub(r"\s+", " ", text[begin : match.end("head")]).strip())


# "Кенгаш раиси ⟨этиб⟩ юридик фанлар доктори, профессор … сайланди": what somebody becomes, and not what he is.
_BECOMES = re.compile(
    rf"(?<![\w-])(?P<head>(?i:{_TURKIC})) (?:этиб|қилиб|etib|qilib|болуп|болып|этип|лавозимига|lavozimiga|кызматына|қызметіне)(?= )"
)
_OF_INITIALS = re.compile(r"(?:[A-ZА-ЯӨҮҚҒӘҰІЎҲ]\.[ \xa0]?){1,2}$")
_CALLED_AFTER = re.compile(r"[\w-]+ (?:атындагы|атындағы|nomidagi|номидаги) ")
# "бишкеклик адвокат"
_FROM_TOWN = re.compile(r"^[а-яёөүңқғҳәұіўa-zʻ]{4,}(?:лик|лык|лук|лүк|тик|тык|дик|дык|лік|лық|тік|тық|дық|дік|lik) (?=\S+$)")


def _elected(text: str, start: int, limit: int) -> re.Match[str] | None:
    found = list(_BECOMES.finditer(text, max(limit, start - 110), start))
    return found[-1] if found else None


def turkic_after(text: str, end: int) -> str | None:
    """The post after a name and a comma, a dash or a bracket."""
    match = _TURKIC_AFTER.match(text, end)
    if match is None or (match["sign"] == "-" and text[end] != " "):
        return None
    post = match["post"].strip()
    return post if len(post.split()) <= 14 else None


_TAJIK_TITLE = re.compile(r"(?<=[ ])(?:[Хх]онуми?|[Ҷҷ]аноби?|[Оо]қои)[ \xa0]$")


def tajik_before(text: str, start: int, limit: int) -> str | None:
    """The post before a name at `start`: its izofa chain ends where the name begins."""
    if title := _TAJIK_TITLE.search(text, max(limit, start - 12), start):
        start = title.start()
    for match in _TAJIK_HEAD.finditer(text, max(limit, start - _LONGEST), start):
        end = tajik_end(text, match.end("post"))
        colon = text[match.end("post") : start].strip() == ":"
        if colon or end >= start - 1 or _TAJIK_WHERE.fullmatch(text, end, start):
            return re.sub(r"\s+", " ", text[match.start("post") : match.end("post") if colon else start]).strip(" :")
    return None


def tajik_after(text: str, end: int) -> str | None:
    """The post after a name and a comma, a dash or a bracket."""
    match = _TAJIK_AFTER.match(text, end)
    return re.sub(r"\s+", " ", text[match.start("post") : tajik_end(text, match.end("post"))]).strip() if match else None


_ENGLISH_CUT = re.compile(r"[.;:!?\n()“”\"]|, (?!(?:[A-Z][\w-]+ ){0,3}and )| who | which | that | said | noted | and the ")


_TITLE_AT_END = re.compile(r"(?:H\.[ ]?E\.[ ]?|His Excellency |Her Excellency )?(?:Mr|Ms|Mrs|Dr|Prof)\.?[ \xa0]$|H\.[ ]?E\.[ ]$")
_OF_SMALL = re.compile(r"(?: of (?:the )?[a-z]+(?: [a-z]+){0,3})(?=[,.;)\n])")


_QUOTED = re.compile(r"“[^“”\n]{2,80}”|\"[^\"\n]{2,80}\"")


_ARTICLE = re.compile(r"^(?:The|A|An) ")


def english_before(text: str, start: int, limit: int) -> str | None:
    """The post before a name at `start`: "the Regional coordinator of IOM for Central Asia"."""
    for match in _ENGLISH_HEAD.finditer(text, max(limit, start - _LONGEST), start):
        rest = _TITLE_AT_END.sub("", text[match.end("post") : start]).rstrip(" ,:\xa0")
        if not rest or (
            re.match(r"[ ,](?:of|for|on|to|in|at|from|and)\b", rest) and not _ENGLISH_CUT.search(_QUOTED.sub("", rest))
        ):
            return _ARTICLE.sub("", re.sub(r"\s+", " ", match["post"] + rest).strip(" ,"))
    return None


# "director ⟨of the public association⟩ Insan Leilek"
_OF_FORM = re.compile(r" (?:of|at|for|with) (?:the |an? )?(?:[a-z][a-z-]+ ){0,3}[a-z][a-z-]+(?= [A-Z“«\"])")
_IN_COUNTRY = re.compile(r" (?:in|to|for) (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}(?=[,.;)\n])")


def english_after(text: str, end: int) -> str | None:
    """The post after a name and a comma or a bracket: "Name, Director of the Centre"."""
    match = _ENGLISH_AFTER.match(text, end)
    if match is None:
        return None
    small = _OF_SMALL.match(text, match.end("post"))
    stop = small.end() if small else english_end(text, match.end("post"))
    if form := _OF_FORM.match(text, match.end("post")):
        stop = english_end(text, form.end())
    if where := _IN_COUNTRY.match(text, stop):
        stop = where.end()
    return re.sub(r"\s+", " ", text[match.start("post") : max(stop, match.end("post"))]).strip()
