"""Words of a register as codes: sex, country, whether a case is closed, what came of it, which theme. And warnings in words."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.themes import analysis, countries, thesaurus
from kenesh.themes.languages import INTERFACE
from kenesh.themes.mentions import find_countries

WARNINGS: dict[str, str | Promise] = {
    "name_missing": _("there is no name"),
    "phone_unknown": _("the phone is not understood; it stays as it was written"),
    "phone_several": _("several phones: the first is taken, the others stay in the note"),
    "day_first": _("the date can be read in two ways: the day is taken first"),
    "month_first": _("the date is read with the month first"),
    "day_serial": _("the date was a number of Excel"),
    "day_month_only": _("only the month is known: its first day is taken"),
    "day_future": _("the date lies in the future"),
    "day_unknown": _("a date is not understood"),
    "day_missing": _("the day of the appeal is not known: today is taken"),
    "birth_unknown": _("the year of birth is not understood"),
    "sex_unknown": _("the sex is not understood"),
    "country_unknown": _("a country is not known"),
    "region_no_place": _("the place holds numbers and stays in the note"),
    "theme_guessed": _("the theme is guessed from the words"),
    "theme_unknown": _("the theme is not understood"),
    "theme_restricted": _("such cases are usually open to named people alone: restrict it after the import"),
    "sum_unknown": _("a sum is not understood; it stays in the note"),
    "sum_thousands": _("the sum is read as thousands"),
    "currency_unknown": _("a currency is not known; the one chosen for the register is taken"),
    "currency_missing": _("the currency is not known; the sum stays in the note"),
    "outcome_unknown": _("the outcome is not understood; it stays in the note"),
    "outcome_guessed": _("the outcome is guessed from the words"),
    "status_unknown": _("whether it is closed is not understood: it stays open"),
    "closing_day_missing": _("closed without a day: kept as if it were closed today"),
    "closed_before": _("closed before it was opened: please compare the two days"),
    "outcome_day_alone": _("there is a day of an outcome, but no outcome"),
    "waits_guessed": _("for whom it waits is guessed from the words"),
    "waits_unknown": _("for whom it waits is not understood; it stays in the note"),
    "waits_closed": _("it is closed, and so waits for nobody"),
    "sector_guessed": _("the branch of work is guessed from the words"),
    "sector_unknown": _("the branch of work is not understood; it stays in the note"),
    "way_guessed": _("how the person came is guessed from the words"),
    "way_unknown": _("how the person came is not understood; it stays in the note"),
    "type_guessed": _("the way of working is guessed from the words"),
    "type_unknown": _("the way of working is not understood; it stays in the note"),
    "number_unknown": _("a number is not understood; it stays in the note"),
    "children_no_outcome": _(
        "children who came back are counted with an outcome, and there is none: the number stays in the note"
    ),
    "currencies_differ": _("cost and first pay are in two currencies: the pay stays in the note"),
    "deadline_past": _("the deadline has passed already"),
    "deadline_closed": _("it is closed: the deadline stays in the note"),
    "deadline_day_missing": _("something is to be done, but no day is known: it stays in the note"),
    "caseworker_unknown": _("the caseworker has no account here"),
    "formula_empty": _("a cell holds a formula without its result: open the file in Excel, save it, and upload it again"),
    "same_row": _("the same person stands in an earlier row"),
    "same_case": _("this person seems to have a case already"),
}

_SEXES = {
    "female": r"ж|жен\w*|аял\w*|ayol\w*|зан\w*|әйел\w*|f|female|woman|w|қыз|кыз|иг\w*|կին|իգ\w*",
    "male": r"м|муж\w*|эркек\w*|erkak\w*|мард\w*|ер|еркек\w*|m|male|man|er|տղամարդ|ար\w*",
}
# A word is taken back by what stands before it or after it: «не выплачено», "not yet paid", «чечилген жок», «ҳал нашуд».
_BEFORE = re.compile(
    r"(?:\b(?:не|без|not|\w+n['’]t|never|no|without|չի) (?:(?:был[аои]?|будет|ещ[её]|yet|been|be|fully) )*|\bне|\bбез|\bun)$"
)
_AFTER = re.compile(
    r"\w*(?:[бп][аеоө]|м[ае]|m[ae])[дгғйсdgys]|\w* (?:жок|жоқ|эмес|емес|элек|yo.?q|emas)\b|\w*(?: \w+)? на(?:шуд|кард|гардид|дод|ёфт)"
)
_CLOSED = re.compile(
    r"закр|заверш|архив|исполнен(?!и)|решен(?!и)|жабы|бүт|аякта|yopil|yakun|tuga|пӯшид|анҷом|баста(?!л)|аяқтал"
    r"|clos|done|finish|resolv|փակ",
    re.I,
)
_CLOSED_FIRST = re.compile(r"закр|архив|жабы|yopil|пӯшид|clos|փակ")
_OPEN = re.compile(
    r"откры|работ(?!одат|ник)|процесс|рассмотр|ожид|ждем|ждём|новый|нов\.|текущ|актив|ачык|каралуу|иште|ochiq|jarayon|кушода|кор|ашық|қарал"
    r"|open|progress|active|pending|wait|new|բաց",
    re.I,
)
# What an outcome is called, the more exact words first; codes of casework/outcomes.py.
_OUTCOMES: tuple[tuple[str, str], ...] = (
    ("N2", r"окончат\w* отказ|отказ\w* окончат|отказ\w*.{0,20}вступил|final (?:refus|reject|denial)"),
    ("T2", r"(?:передан|направлен|перенаправ)\w*.{0,20}(?:отказ|не принял)|referr\w*.{0,20}(?:declin|refus)"),
    ("T3", r"(?:передан|направлен|перенаправ)\w*.{0,20}(?:нет ответ|без ответ|тишин|неизвест)|referr\w*.{0,20}(?:no |nothing)"),
    ("L2", r"срок\w* (?:истек|истёк|пропущ)\w*.{0,20}(?:у нас|нами|по нашей)|time.?barr?ed.{0,12}with us"),
    ("X1", r"не (?:наш|по наш\w*) (?:профил|вопрос|компет)|вне (?:нашей )?компетен|не в нашей компет|outside our (?:mandate|scope)|out of scope"),
    ("X3", r"\bспам|\bложн|\bфейк|не настоящ|розыгрыш|not genuine|\bfake|\bspam"),
    ("R2", r"частич|не (?:полност|в полном)|жарым-жартыл|бир бөлүг|qisman|қисман|ішінара|partly|partial"),
    ("R3", r"миров(?!\w* суд)|договорил|соглашен|примир|kelishuv|келиш|мусолиҳа|келісім|settle"),
    ("N1", r"отказ(?!ал)|отказал[аи]?\b|rad et|баш тарт|рад кард|бас тарт|մերժ|refus(?:ed|al)|reject(?:ed|ion)|denied|denial"),
    ("N1", r"\b(?:не|без) ?(?:\w+ )?удовлетвор|\bне в (?:\S+ )?польз(?!\w* (?:работодат|ответчик))"),
    ("N1", r"\bunfavou?r|\bnot (?:\w+ )?(?:granted|upheld|favou?r)|\bnot in (?:\S+ ){0,2}favou?r|(?:appeal|claim|complaint)\w* (?:was )?dismissed"),
    ("N1", r"канааттандыр(?:\w* жок|\w*б[ао]|уусуз)|қанағаттандыр(?:\w* жоқ|\w*ма[дғгйс]|усыз)|qanoatlantir\w*ma[dgsy]|foydasiga emas"),
    ("N1", r"қ(?:онеъ|аноатманд).{0,20} на(?:шуд|гардид|кард)|(?:չի|չեն) բավարար|չբավարար"),
    ("R4", r"удовлетвор(?!ен\w* отказ)|в пользу (?:заяв|клиен|мигр|истца)|решени\w* в (?:нашу|е[её]|его) польз"),
    ("R4", r"\bfavou?rable|\bupheld|\bgranted|канааттандыр|қанағаттандыр|qanoatlantir|қонеъ|қаноатманд|բավարար"),
    ("E2", r"нет основан|без (?:правов\w* )?основан|негиз жок|asos yo|асос нест|негіз жоқ|no (?:legal )?ground|unfounded"),
    ("I2", r"обратн\w* связь|перезвонил|asked back"),
    ("C2", r"побоял|испугал|страх|корк|qo.?rq|тарс|қорқ|fear|afraid"),
    ("C3", r"нет связи|не отвечает|потерял|связь|байланыш жок|aloqa yo|алоқа нест|байланыс жоқ|lost contact|no contact|unreachable"),
    ("C4", r"выехал|уехал|депорт|выдвор|кетти|кетип калды|chiqib ketdi|deported|left the country"),
    ("C1", r"отказал(?:ся|ась)|передумал|отозвал|withdr"),
    ("C5", r"умер|скончал|каза болду|vafot|даргузашт|қайтыс|died|deceased"),
    ("T1", r"передан|перенаправ|направлен|жөнөтүл|yo.?naltiril|ирсол|жіберіл|referred|transferred"),
    ("N4", r"отписк|формальн|formal"),
    ("N3", r"не ответил|без ответа|нет ответа|no answer|no reply"),
    ("L1", r"срок\w* (?:истек|истёк|пропущ)|time.?bar|expired"),
    ("E1", r"нет доказ|недоказ|no evidence"),
    ("E3", r"не найден|not found"),
    ("I1", r"консульт|разъясн|проинформ|кеңеш|маслахат|maslahat|машварат|кеңес|advice|advised|informed|consult"),
    ("X2", r"дубл|повтор|duplicate"),
    ("R1", r"выплач|оплачен|вернул|(?<!иск )(?<!жалоба )(?<!заявление )возвращ|\bположит|реш[её]н(?!и)|помогли|успешн"),
    ("R1", r"төлөн|чечил|to.?land|hal qil|пардохт|\bҳал|төленд|шешіл|paid|solved|success|returned"),
)  # fmt: skip
_NO_OUTCOME = re.compile(
    r"работ(?!одат|ник)|процесс|(?<!без )рассмотр|ожид|каралуу|иште|jarayon|дар ҷараён|қарал|pending|progress|open", re.I
)
_SHORT_COUNTRIES = {
    "кр": "KG", "kr": "KG", "рф": "RU", "rf": "RU", "рк": "KZ", "rk": "KZ", "руз": "UZ", "рт": "TJ", "киргизия": "KG",
    "россия": "RU", "kg": "KG", "ru": "RU", "uz": "UZ", "tj": "TJ", "kz": "KZ", "am": "AM", "кирг": "KG", "узб": "UZ", "тадж": "TJ",
    "каз": "KZ", "арм": "AM", "кыргыз": "KG", "киргиз": "KG", "узбек": "UZ", "таджик": "TJ", "казах": "KZ", "армянин": "AM",
    "русский": "RU", "турция": "TR", "корея": "KR", "сша": "US", "оаэ": "AE", "поляк": "PL", "молдаванин": "MD",
}  # fmt: skip


def plain(text: str) -> str:
    """Lower case, one space, without what stands around."""
    return " ".join(text.casefold().split()).strip(" .,:;-–—*")


def sex(text: str) -> tuple[str, str]:
    word = plain(text)
    if not word:
        return "", ""
    found = next((code for code, pattern in _SEXES.items() if re.fullmatch(pattern, word)), "")
    return found, "" if found else "sex_unknown"


@lru_cache(maxsize=4)
def _country_names() -> dict[str, str]:
    names = dict(_SHORT_COUNTRIES)
    for language in INTERFACE:
        for code, name in countries.country_list(language):
            names.setdefault(plain(name), code)
            names.setdefault(plain(countries.official_name(code, language)), code)
    return names


@lru_cache(maxsize=2048)
def country(text: str) -> tuple[str, str]:
    """Alpha-2 code and a warning."""
    word = plain(text)
    if not word or word in ("-", "нет", "б/г"):
        return "", ""
    found = _country_names().get(word)
    if found is None:
        mentions = find_countries(text, "ru") or find_countries(text.title(), "ru")
        found = mentions[0].code if mentions else ""
    return found, "" if found else "country_unknown"


def _affirmed(pattern: str | re.Pattern[str], word: str) -> bool:
    """Whether the pattern stands there and is not taken back."""
    return any(
        not _BEFORE.search(word[: match.start()]) and not _AFTER.match(word, match.end()) for match in re.finditer(pattern, word)
    )


def closed(text: str) -> tuple[bool | None, str]:
    """Whether the case is closed; None when the row does not say so."""
    word = plain(text)
    if not word:
        return None, ""
    ended = _affirmed(_CLOSED, word)
    if ended and (_CLOSED_FIRST.match(word) or not _OPEN.search(word)):
        return True, ""
    if _CLOSED.search(word) or _OPEN.search(word):
        return False, ""
    return None, "status_unknown"


@lru_cache(maxsize=2048)
def outcome(text: str) -> tuple[str, str]:
    """The code of what came of it, and a warning."""
    word = plain(text)
    if not word or _NO_OUTCOME.search(word):
        return "", ""
    if re.fullmatch(r"[rnlectix]\d", word):
        return word.upper(), ""
    found = next((code for code, pattern in _OUTCOMES if _stands(code, pattern, word)), "")
    return found, "outcome_guessed" if found else "outcome_unknown"


def _stands(code: str, pattern: str, word: str) -> bool:
    """What went well for the person may be said with a "not"; of the others «не» is a part: «не отвечает», «без ответа»."""
    return _affirmed(pattern, word) if code in ("R1", "R3", "R4") else bool(re.search(pattern, word))


@lru_cache(maxsize=1)
def _themes() -> dict[str, str]:
    """Labels and synonyms in all languages, those of cases alone."""
    found: dict[str, str] = {}
    for concept in thesaurus.concepts().values():
        if "P" not in concept.flags:
            for name in (*concept.labels.values(), *(each for several in concept.alt.values() for each in several)):
                found.setdefault(plain(name), concept.id)
    return found


@lru_cache(maxsize=4096)
def theme(text: str) -> tuple[str, str]:
    """The theme that a short text names, and a warning."""
    word = plain(text)
    if not word:
        return "", ""
    if word in _themes():
        return _themes()[word], ""
    guessed = guessed_theme(text)
    return guessed, "theme_guessed" if guessed else "theme_unknown"


def guessed_theme(text: str) -> str:
    """The theme that a text speaks of first; "" for none."""
    for match in analysis.tag(text[:2000]):
        if "P" not in thesaurus.concept(match.concept).flags:
            return match.concept
    return ""
