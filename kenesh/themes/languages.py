"""Which languages we speak and understand, and in which language a text is written.

Statistics (py3langid restricted to our languages) decide first; the letters of each alphabet and a few very common
words correct them, which is what makes texts of three words reliable. No Django here.
"""

import io
import lzma
import math
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import unsignedinteger
    from numpy.typing import NDArray
    from py3langid.langid import LanguageIdentifier

INTERFACE = ("ky", "ru", "uz", "tg", "kk", "hy", "en")
HANDLED = (*INTERFACE, "az", "ka", "tr")
UNDETERMINED = "und"

OWN_NAME: Mapping[str, str] = MappingProxyType(
    {
        "ky": "Кыргызча",
        "ru": "Русский",
        "uz": "Oʻzbekcha",
        "tg": "Тоҷикӣ",
        "kk": "Қазақша",
        "hy": "Հայերեն",
        "en": "English",
        "az": "Azərbaycanca",
        "ka": "ქართული",
        "tr": "Türkçe",
    }
)

# The usual script first; Uzbek and Kazakh are written in two.
SCRIPTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ky": ("Cyrl",),
        "ru": ("Cyrl",),
        "uz": ("Latn", "Cyrl"),
        "tg": ("Cyrl",),
        "kk": ("Cyrl", "Latn"),
        "hy": ("Armn",),
        "en": ("Latn",),
        "az": ("Latn",),
        "ka": ("Geor",),
        "tr": ("Latn",),
    }
)

# Letters that only these of our languages have in their alphabet. Somebody typing on a foreign keyboard leaves letters
# out, but nobody adds them: presence is evidence, absence is not.
_ONLY_IN: Mapping[str, frozenset[str]] = {
    **dict.fromkeys("ў", frozenset({"uz"})),
    **dict.fromkeys("қғ", frozenset({"uz", "tg", "kk"})),
    **dict.fromkeys("ҳ", frozenset({"uz", "tg"})),
    **dict.fromkeys("ӣӯҷ", frozenset({"tg"})),
    **dict.fromkeys("ңөү", frozenset({"ky", "kk"})),
    **dict.fromkeys("әұіһ", frozenset({"kk"})),
    **dict.fromkeys("ыщ", frozenset({"ru", "ky", "kk"})),
    **dict.fromkeys("ə", frozenset({"az"})),
    **dict.fromkeys("ışç", frozenset({"az", "tr", "kk"})),
    **dict.fromkeys("öüğ", frozenset({"az", "tr", "kk"})),
    **dict.fromkeys("äñŋūáúń", frozenset({"kk"})),
    **dict.fromkeys("âî", frozenset({"tr"})),
    **dict.fromkeys("w", frozenset({"en", "kk"})),
}
_FOREIGN_LETTER = 0.03
_UZBEK_LETTER = re.compile(r"[og][\u02bb\u02bc'’‘`´](?=[a-z]|\b)", re.IGNORECASE)

# Words so common in one language, and absent from its neighbours, that one is as good as a sentence of statistics.
# Forms typed on a Russian keyboard are among them.
_MARKERS: Mapping[str, str] = {
    "ky": "жок жана менен үчүн учун эмес болуп бар деп жатат жатам мага бизге бизди керек кантип эмне кайда кылам кылсам "
    "болот айлык айлыгымды бербей бербейт берген келдим иштеп алып койду акча кандай эле дагы салам саламатсызбы жумуш "
    "байкем иним апам атам уулум кызым күйөөм аялым отурат качан ким ушул өзүм биз силер сураныч жардам берчи берип кыйын бересиңерби болобу",
    "kk": "және жәнe үшін жоқ емес болып мен маған бізге қалай керек неге қайда жұмыс жумыс жатыр бермейді төлемейді "
    "ағам інім анам әкем күйеуім әйелім жатырмын айтты деген келдім осы жалақы жалакы сәлем калай екен едім бермей алды барлық болады "
    "тиіс бойынша дейін",
    "tg": "ва барои дар аст нест чӣ чи кунам мекунам ман моро маро надоданд намедиҳанд намедиҳад кор маош пул чанд "
    "бародарам шавҳарам падарам модарам писарам шуд бо аз ки ба ин мехоҳам кумак лутфан чӣ тавр ҳастам дорам надорам гирифтанд куҷо кай",
    "uz": "va uchun emas bor yoʻq yoq bilan qanday kerak menga bizga ishlayapman bermayapti bermadi nima qilish qayerda "
    "akam ukam erim xotinim oylik maosh pul ish keldim oldi qildi olib salom men biz lekin ham yordam "
    "ва учун эмас бор йўқ йук билан қандай кандай керак менга бизга бермаяпти бермади нима қилиш қаерда маош пул иш "
    "келдим олди қилди ишлаяпман хам ҳам ёрдам",
    "ru": "и не в на что мне меня нам как где нет это для по из за мой мы они был была уже при или если можно "
    "работодатель зарплату платят деньги помогите что делать без",
    "en": "the and of to is in my not for what how they have was we i me no with are you can please help did do",
    "tr": "ve bir için değil bu ne nasıl var yok ben bana bize maaşımı vermiyor ödemiyor çalışıyorum pasaportumu patron "
    "istiyorum ile ama çok olarak nerede iş maaş",
    "az": "və üçün deyil bir bu nə necə var yoxdur mən mənə bizə maaşımı vermir ödəmir işləyirəm pasportumu ilə amma "
    "çox harada iş maaş",
    "kk-Latn": "jäne jane joq joqpyn emes üşin ushin men mağan magan bizge qalai qalay kerek jumys jumıs zhumys jalaqy zhalaqy "
    "jalaqymdy bermeidi bermedi bermeydi tölemeidi tolemeidi tólemeidi qazaqstan qazaqsha ne isteimin qaida qaıda bolyp "
    "jatyr jatyrmyn zhatyr aqşa aqsha aqşamdy aqshamdy alyp qoidy degen osy kelip bolady kómek komek kömek qujat",
}
_MARKER_WEIGHT = 1.6
# Kazakh in Latin letters writes a vowel with y between consonants in words that also have q, j, ş or ñ ("jatyr").
_KAZAKH_LATIN_WORD = re.compile(
    r"(?=.*(?:[jşñğw]|q(?!u)))(?=.*[b-df-hj-np-tv-zşñğ][yı](?:[b-df-hj-np-tv-zşñğ]|$))|\w{3,}[yı]m[dn][yı]$"
)


@dataclass(frozen=True, slots=True)
class Detected:
    """A language code of ours or "und", an ISO 15924 script, and a confidence between 0 and 1."""

    language: str
    script: str
    confidence: float


def detect(text: str) -> Detected:
    """Language and script of the text as a whole; "und" with confidence 0 when there is no letter."""
    text = unicodedata.normalize("NFC", text)
    script = script_of(text)
    if script == "Zyyy":
        return Detected(UNDETERMINED, "Zyyy", 0.0)
    candidates = [language for language in HANDLED if script in SCRIPTS[language]]
    if not candidates:
        return Detected(UNDETERMINED, script, 0.0)
    if len(candidates) == 1:
        return Detected(candidates[0], script, 1.0)
    scores = _scores(text, script, candidates)
    best = max(scores, key=lambda language: scores[language])
    return Detected(best, script, round(scores[best], 3))


def detect_lines(text: str) -> list[Detected]:
    """One answer for each line of `text.splitlines()`."""
    return [detect(line) for line in text.splitlines()]


def script_of(text: str) -> str:
    """The script most letters belong to, among Cyrl, Latn, Armn, Geor and Arab; "Zyyy" without any of them."""
    counts: Counter[str] = Counter()
    for character, times in Counter(text).items():
        if character.isalpha():
            counts[_script_of_letter(character)] += times
    counts.pop("Zyyy", None)
    if not counts:
        return "Zyyy"
    return max(counts, key=lambda script: counts[script])


def _script_of_letter(character: str) -> str:
    code = ord(character)
    if 0x0400 <= code <= 0x052F:
        return "Cyrl"
    if code < 0x0250 or code == 0x0259 or 0x1E00 <= code <= 0x1EFF:
        return "Latn"
    if 0x0530 <= code <= 0x058F or 0xFB13 <= code <= 0xFB17:
        return "Armn"
    if 0x10A0 <= code <= 0x10FF or 0x1C90 <= code <= 0x1CBF or 0x2D00 <= code <= 0x2D2F:
        return "Geor"
    if 0x0600 <= code <= 0x06FF or 0x0750 <= code <= 0x077F or 0xFB50 <= code <= 0xFEFC:
        return "Arab"
    return "Zyyy"


def _scores(text: str, script: str, candidates: list[str]) -> dict[str, float]:
    """Probabilities that sum to 1: statistics, then letters, then marker words."""
    lowered = text.replace("İ", "i").lower()
    probability = dict(_identifier().rank(text))
    log = {language: math.log(max(probability.get(language, 0.0), 1e-6)) for language in candidates}
    if script == "Latn":
        # The statistics do not know Kazakh in Latin letters: it stands or falls with its letters and words.
        log["kk"] = math.log(0.02)
    for letter, homes in _ONLY_IN.items():
        seen = min(lowered.count(letter), 3)
        if seen:
            for language in candidates:
                if language not in homes:
                    # ы and щ come with Russian loan words in every language.
                    log[language] += seen * (math.log(_FOREIGN_LETTER) if letter not in "ыщw" else -0.4)
    if script == "Latn" and _UZBEK_LETTER.search(lowered):
        log["uz"] += 3.0
    words = re.findall(r"[^\W\d_]+(?:[\u02bb'’‘`][^\W\d_]+)*", lowered)
    plain = [_plain(word) for word in words]
    for language in candidates:
        markers = _markers(language, script)
        found = sum(1 for word in plain if word in markers)
        if language == "kk" and script == "Latn":
            found += sum(1 for word in words if _KAZAKH_LATIN_WORD.match(word)) * 2
        log[language] += _MARKER_WEIGHT * found / math.sqrt(1 + len(words) / 12)
    top = max(log.values())
    weights = {language: math.exp(value - top) for language, value in log.items()}
    total = sum(weights.values())
    return {language: weight / total for language, weight in weights.items()}


def _plain(word: str) -> str:
    return re.sub(r"['’‘`´\u02bc]", "\u02bb", word)


@lru_cache(maxsize=32)
def _markers(language: str, script: str) -> frozenset[str]:
    return frozenset(_MARKERS.get(f"{language}-{script}", _MARKERS.get(language, "")).split())


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    # Imported here: numpy costs 0.2 s, which pages that only print a language's name need not pay.
    import numpy
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    # The library's own loader spools its model to a temporary file, which a locked-down server does not allow.
    with lzma.open(Path(MODEL_DIR) / MODEL_FILE) as packed:
        unpacked = io.BytesIO(packed.read())
    with numpy.load(unpacked, allow_pickle=False) as model:
        classes = model["classes"].tolist()
        ours = [column for column, language in enumerate(classes) if language in HANDLED]
        return LanguageIdentifier(
            model["ptc"][:, ours],
            model["pc"][ours],
            [classes[column] for column in ours],
            _packed(model["nextmove"]),
            model["out_feat"].tolist(),
            norm_probs=True,
            tk_row=_packed(model["nextmove_row"]),
        )


def _packed(numbers: "NDArray[unsignedinteger]") -> "array[int]":
    # Python walks these tables byte by byte: an array is quicker than numpy's and a quarter of a list's memory.
    packed = array(numbers.dtype.char)
    packed.frombytes(numbers.tobytes())
    return packed
