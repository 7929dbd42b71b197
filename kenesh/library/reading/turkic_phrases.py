"""Where the name of an office or a post begins in Turkic languages: backwards from its head."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re

from kenesh.library.reading.noun_phrases import LONGEST, WORD
from kenesh.library.reading.organisation_names import QUOTED, TURKIC_HEAD
from kenesh.themes.international import known_body
from kenesh.themes.proper_names import plain

_BACK = re.compile(rf"{QUOTED}|{WORD}|\d{{1,4}}|[^\s\w]")
# Postpositions, adverbs and pronouns that no name of an office holds.
_TURKIC_OUTSIDE = frozenset(
    """оны uni уни оған аны менен деп үчүн ошондой эле ал алар бул анын тарабынан катары тууралуу жөнүндө ошол ушул дагы болгон деген ар бүгүн кечээ эртең бирок анда мында буга аны болсо дейт айтымында
    үшін арқылы бірге туралы сондай ақ ол олар бұл оның тарапынан ретінде осы кеше бүгін ертең бірақ онда бұған айтты деді сонымен қатар жайында
    bilan uchun hamda shuningdek u ular bu uning tomonidan sifatida haqida shu bugun kecha ertaga lekin unda bunga dedi deb esa toʻgʻrisida
    билан учун ҳамда шунингдек у улар бу унинг томонидан сифатида ҳақида шу бугун кеча эртага лекин унда бунга деди деб эса тўғрисида""".split()  # noqa: SIM905 - words to read
)
# What an office's sentence often begins with: the event that it held.
_TURKIC_EVENTS = frozenset(
    """жиын жиынды талкуу талкууну стол столду үстел үстелді форумду форумды конкурс акция кампания отурум отурумду anjuman anjumanni анжуман анжуманни мулоқот муҳокама muhokama suhbat жыйын жыйынды кеңешме семинар семинарды тренинг тренингди форум конференция конференцияны жолугушуу долбоор долбоорду иш-чара иш-чараны отырыс отырысты жиналыс жиналысты кездесу кездесуді шара шараны
    іс-шара іс-шараны жоба жобаны yigʻilish yigʻilishni seminar seminarni tadbir tadbirni uchrashuv uchrashuvni konferensiya konferensiyani loyiha loyihani trening йиғилиш семинарни тадбир тадбирни учрашув
    учрашувни конференцияни лойиҳа лойиҳани""".split()  # noqa: SIM905 - words to read
)
_TURKIC_AND = frozenset(["жана", "және", "va", "ва", "мен", "пен", "бен", "hamda", "ҳамда"])
# To whom, at the head of a sentence: "Ага ⟨Ош мамлекеттик университети⟩ … берди"; but Ага Хан has a foundation.
_TO_HER = frozenset(["ага", "аларга", "оған", "оларға", "unga", "ularga", "унга", "уларга"])
_OPENING = _TURKIC_EVENTS | (_TO_HER - {"ага"})
# A body that acts: "Кеңеш ⟨Тышкы иштер министрлигине⟩ … сунуштады".
_BODIES_ALONE = frozenset(
    [
        "кеңеш",
        "кеңес",
        "кенгаш",
        "kengash",
        "комитет",
        "қўмита",
        "qoʻmita",
        "комиссия",
        "komissiya",
        "коалиция",
        "koalitsiya",
        "форум",
    ]
)
_CASE_OUTSIDE = re.compile(
    r"[\w-]{3,}(?:ына|ине|уна|үнө|іне|iga|ига|нда|нде|ндо|ндө|[лрмнй]да|[лрмнй]де|сында|синде|унда|үндө|да|де|до|дө|дан|ден|дон|дөн|тан|тен|тон|төн|нан|нен|ынан|инен|ға|ге|га|қа|ка|ке|го|гө|ко|кө|уп|үп|ып|іп|ган|ген|кан|кен|гон|гөн|ған|қан|ushbu"
    r"|nda|da|dan|ga|ka|qa|gan|kan|ib|b|нда|иб)",
    re.I,
)
_NOT_CASE = re.compile(
    r"\w*(?:стан|истон|iston|ика|ека|соода|сауда|мека|палата|доклада|баңкa|бага|жага|банка|ака|улга|илга|Алга|кода|maktab|kitob|hisob|talab|javob|мактаб|китоб|ҳисоб|[eiy]ka|oʻlka)$",
    re.I,
)
_GENITIVE = re.compile(r"\w+(?:нын|нин|нун|нүн|дын|дин|дун|дүн|тын|тин|тун|түн|ның|нің|дың|дің|тың|тің|ning|нинг)$", re.I)
_PLURAL = re.compile(r"\w{3,}(?:лар|лер|лор|лөр|дар|дер|дор|дөр|тар|тер|тор|төр|lar)(?:ы|и|і|i)?", re.I)
_POST_ENDS = re.compile(
    r"(?:уәкілі|омбудсмені|омбудсмени|министри|министрі|vaziri|вазири|директору|директоры|direktori|директори|төрагасы|төрағасы|raisi|раиси|президенти|президенті|prezidenti|элчиси|елшісі|elchisi|элчиси|депутаты|deputati|депутати|өкүлү|өкілі|vakili|вакили|раҳбари|rahbari|жетекчиси|жетекшісі|басшысы|башчысы)",
    re.I,
)
_PARENTS = (None, "UN", "EU", "MVD")  # whose agencies are called after them: "БУУ Балдар фонду"
_OFFICE_ENDS = re.compile(rf"(?:{TURKIC_HEAD})(?:ы|и|у|ү|і|i|си|сы|si|)", re.I)
_ACCUSATIVE = re.compile(r"[\w-]{4,}(?:ды|ди|ду|дү|ты|ти|ту|тү|ны|ни|ну|нү|ді|ті|ні|ni)", re.I)
# What a ministry does to what stands before: "саламаттыкты ⟨сактоо⟩", "халықты әлеуметтік ⟨қорғау⟩", "sogʻliqni ⟨saqlash⟩".
_DOING = re.compile(r"\w{2,}(?:оо|өө|уу|үү|ау|еу|ash|аш)")
# Many who act, in the nominative.
_ACTORS = re.compile(
    r"(?:катышуучу|катышкан|қатысушы|қатысқан|ishtirokchi|иштирокчи|эксперт|ekspert|сарапшы|делегат|delegat|бирикме|бірлестік|уюм|ұйым|tashkilot|ташкилот|өкүл|өкіл|vakil|вакил|адис|маман|mutaxassis|мутахассис)(?:лар|лер|лор|лөр|дар|дер|дор|дөр|тар|тер|тор|төр|lar)(?:ы|и|і|i)?",
    re.I,
)
_UNDER = frozenset(["huzuridagi", "ҳузуридаги", "жанындагы", "жанындағы", "алдындагы", "караштуу", "qoshidagi", "қошидаги"])
_LOCATIVE = re.compile(r"\w{3,}(?:да|де|та|те|до|дө|нда|нде|дан|ден|тан|тен|da|dan)")
_LIST_OF = re.compile(
    r"(?:вице-|vitse-)?(?:минист|вазир|vazir|комитет|қўмита|qoʻmita|агентт|агентл|agentl|департамент|кызмат|қызмет|xizmat|хизмат|башкарма|басқарма|boshqarma|бошқарма|universitet|университет|institut|институт|akademi|академи|fond|фонд|қоры|jamg|жамғарма|марказ|markaz|борбор|орталы|ұйым|уюм|ташкилот|tashkilot|кеңеш|кеңес|kengash|кенгаш)",
    re.I,
)


_MINISTRY = re.compile(r"(?:министрлиги|министрлігі|vazirligi|вазирлиги)")
_WITHIN_MINISTRY = re.compile(
    r"комитет|департамент|басқарма|башкарма|агентт|қызмет|кызмат|boshqarma|бошқарма|қўмита|qoʻmita|departament", re.I
)


def turkic_start(text: str, limit: int, head: int, *, names_first: bool) -> int:
    """Where the phrase begins whose head word stands at `head`; not before `limit`, the start of its sentence.

    `names_first`: it must begin with a capital or a quotation (an office); else it may begin small ("аткаруучу директору").
    """
    tokens = list(_BACK.finditer(text, max(limit, head - LONGEST), head))
    within = bool(_WITHIN_MINISTRY.match(text[head : head + 14]))
    listed = bool(_LIST_OF.match(text[head : head + 14]))
    kept: list[re.Match[str]] = []
    conjunction = False
    index = len(tokens) - 1
    while index >= 0:
        token = tokens[index]
        word = token[0]
        if "\n" in text[token.end() : kept[-1].start() if kept else head]:
            break
        if word == "," or word.casefold() in _TURKIC_AND:
            right = kept[-1][0] if kept else text[head : head + 1]
            if not listed or not right[:1].islower() or (word == "," and not conjunction) or index == 0:
                break
            conjunction = True
        elif within and _MINISTRY.fullmatch(word):
            pass  # "Ішкі істер ⟨министрлігі⟩ Көші-қон комитеті"
        elif not _inside(word, first=token.start() == limit, after=kept[-1][0] if kept else "", office=names_first):
            break
        kept.append(token)
        index -= 1
    while kept and (kept[-1][0] == "," or kept[-1][0].casefold() in _TURKIC_AND):
        kept.pop()
    if names_first:
        while kept and not (kept[-1][0][0].isupper() or kept[-1][0][0] in '«“„"'):
            kept.pop()
    return kept[-1].start() if kept else head


def _inside(word: str, *, first: bool, after: str, office: bool) -> bool:
    """Whether a word may belong to the name that stands after it."""
    if word[0] in '«“„"':
        return True
    small = plain(word)
    if small in _UNDER:
        return True
    if after[:1].isupper() and _is_another(word, first=first):
        return False
    if after[:1] in ("«", "“", "„", '"') and _ACCUSATIVE.fullmatch(word):
        return False  # "Тегерек столду ⟨«Жаңы Кылым» коомдук бирикмеси⟩ уюштурат"
    if not word[0].isalpha() or small in _TURKIC_OUTSIDE or (first and small in _OPENING):
        return False  # "Оған ⟨заңгер⟩ Ержан Әлиев"
    if first and after[:1].isupper() and (small in _BODIES_ALONE or (small in _TO_HER and after != "Хан")):
        return False
    if _ACTORS.fullmatch(word) and (after[:1].isupper() or after[:1] in "«“„"):
        return False  # "Қоғамдық бірлестіктер ⟨Еңбек министрлігіне⟩ … ұсынды"
    if _GENITIVE.match(word):
        return True
    if first and (_PLURAL.fullmatch(word) or (_ACCUSATIVE.fullmatch(word) and not _DOING.fullmatch(after))):
        return False  # "Катышуучулар Тышкы иштер министрлигине …": who acts, and not the office
    if office and after and plain(after) not in _UNDER and word[0].islower() and _OFFICE_ENDS.fullmatch(word):
        return False  # another office ends here: "«Жол» фонду Эл аралык …"
    if word[0].isupper() and _LOCATIVE.fullmatch(word) and not _NOT_CASE.fullmatch(word):
        return False
    outside = _CASE_OUTSIDE.fullmatch(word) is not None and _NOT_CASE.fullmatch(word) is None
    return not outside if first or word[0].islower() else not (outside and after[:1].isupper() and len(word) > 7)


def _is_another(word: str, *, first: bool) -> bool:
    """Whether a word before a capital belongs to something else: to what is done, to somebody's post, to a body that acts."""
    if word[0].islower():  # "Каржылык колдоону ⟨Швейцариянын … агенттиги⟩ көрсөттү"
        return _ACCUSATIVE.fullmatch(word) is not None or _POST_ENDS.fullmatch(word) is not None
    return first and known_body(word) not in _PARENTS  # "XMT ⟨Migratsiya agentligiga⟩ … tavsiya qildi"
