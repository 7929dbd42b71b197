"""Stems of words, per language.

Russian by pymorphy3's dictionary, English by Snowball; the others by light suffix rules of our own, because no usable
library exists for Kyrgyz, Kazakh, Uzbek or Tajik. A stem is a key to compare words with, not a word to show. Negation
is kept ("бербей" and "берген" differ), because "not paid" and "paid" are different matters. No Django here.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from snowballstemmer.english_stemmer import EnglishStemmer

_VOWEL = re.compile(r"[аеёиоуыэюяөүәіұӣӯaeiouyöüıəäāūաեէըիոօ]")

_KYRGYZ = (
    r"[лдт][аеоө]р", r"[ндт][ыиуү]н", r"[ндт][ыиуү]", r"[гк][аеоө]", r"[дт][аеоө]н?", r"н[аеоө]н?",
    r"[ыиуү]?б[ыиуү]з", r"[ыиуү]?[ңн][ыиуү]з", r"[ыиуү]м", r"[ыиуү]ң", r"с?[ыиуү](?:н[аеоө]|н)?",
    r"[гк][аеоө]н", r"[ыиуү]п", r"(?<=[аеоө])п", r"[дт][ыиуү](?:м|ң|к)?", r"[аеоө]т", r"й(?:т|м|б[ыиуү]з)?",
    r"ч[ыиуү]", r"(?<=[бп][аеоө])ш",
    r"[лдт][ыиуү][кг]", r"[аеоө]р", r"у{2}|ү{2}|оо|өө", r"с[аеоө]м?", r"[чш][аеоө]", r"[аеоө]м(?:[ыиуү]н)?",
)  # fmt: skip
_KAZAKH = (
    r"[лдт][ае]р", r"[ндт]ы?і?ң", r"[ндт][ыі]", r"[гғкқ][ае]", r"[дт][ае]н?", r"н[ае]н?", r"[мбп][ае]н(?:е)?",
    r"[ыі]?м[ыі]з", r"[ыі]?ң[ыі]з", r"[ыіу]м", r"[ыі]ң", r"(?<!жұмы)(?<!тұрмы)(?<!байланы)с?[ыі]н?",
    r"[гғкқ][ае]н", r"[ыі]п", r"[дт][ыі](?:м|ң|қ|к)?",
    r"[ае]т[ыі]н", r"й(?:д[ыі]|м[ыі]н)?", r"ш[ыі]", r"[лдт][ыі][қкғг]", r"у", r"[ае]р", r"с[ае]м?",
)  # fmt: skip
_UZBEK = (
    r"lar", r"ning", r"ni", r"(?:g|k|q)a", r"dan?", r"imiz", r"ingiz", r"im", r"ing", r"s?i", r"[gkq]an(?:man|miz)?", r"ib",
    r"di(?:m|ng|k)?", r"yap(?:man|ti|miz|san)?", r"(?<!m)a(?:di|man|miz)", r"ydi", r"y", r"ish", r"uvchi?", r"lik", r"ar", r"sa(?:m)?",
    r"mas(?:lik)?", r"moqda", r"moqchi", r"ti", r"chi", r"larcha", r"gi",
)  # fmt: skip
_TAJIK = (
    r"ҳо[еи]?", r"ҳоям(?:он)?", r"ҳоя[тш]", r"он", r"ро", r"и", r"ӣ", r"амон", r"атон", r"ашон", r"ам", r"ат", r"аш", r"е", r"ад",
    r"анд", r"ем", r"ед",
    r"а",
    r"ст", r"аам", r"ааст", r"аанд", r"ида", r"ани", r"гон",
)  # fmt: skip
_ARMENIAN = (
    r"ներ", r"եր", r"[ըն]", r"ի", r"ից", r"ով", r"ում", r"ին", r"ան", r"ել", r"ալ", r"ած", r"եց", r"եցին?", r"վել", r"վում",
    r"վեց", r"ս", r"դ", r"ու", r"ության", r"ություն", r"եցի", r"ացի?ն?", r"ող",
)  # fmt: skip
_OGHUZ = (
    r"l[ae]r", r"n?[iu]n", r"n?[ıiuü]", r"y?[ae]", r"[dt][ae]n?", r"n[dt]?[ae]n?", r"[ıiuü]m[ıiuü]z", r"[ıiuü]n[ıiuü]z",
    r"[ıiuü]m", r"[ıiuü]n", r"s[ıiuü]", r"[dt][ıiuü](?:m|n|k|q)?", r"m[ıiuü]ş", r"[ıiuü]?yor(?:um|sun|uz|lar)?", r"[ae]r",
    r"l[ıiuü][kğq]", r"[cç][ıiuü]", r"m[ae]k?", r"ır|ir|ur|ür", r"y[ıiuü]",
)  # fmt: skip
_GEORGIAN = (r"ებ", r"ის", r"ს", r"ით", r"ად", r"ში", r"ზე", r"მა", r"ი", r"ა", r"თან", r"დან", r"ე")


def _pattern(suffixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?:" + "|".join(suffixes) + r")$")


_SUFFIXES: Mapping[str, tuple[re.Pattern[str], ...]] = {
    language: tuple(_pattern((suffix,)) for suffix in suffixes)
    for language, suffixes in (
        ("ky", _KYRGYZ),
        ("kk", _KAZAKH),
        ("uz", _UZBEK),
        ("tg", _TAJIK),
        ("hy", _ARMENIAN),
        ("tr", _OGHUZ),
        ("az", _OGHUZ),
        ("ka", _GEORGIAN),
    )
}
# The last consonant of a stem before a vowel and alone: китеби/китеп, айлыгы/айлык, oyligi/oylik, qishlogʻi/qishloq.
_HARDENED = str.maketrans({"г": "к", "б": "п", "ғ": "қ", "g": "k", "b": "p", "ğ": "k", "d": "t"})
_HARDENING = frozenset({"ky", "kk", "uz", "tr", "az"})
_HARMONIC = frozenset({"ky", "kk", "tr", "az"})
_VOICELESS = "птксшщчфхцқfstkçşhpq"
_POSSESSIVE = re.compile(r"[сs][ыиуүіiıuü]")
_MOST_SUFFIXES = 5
_SHORTEST_STEM = 3

_UZBEK_LATIN: Mapping[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "gʻ", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i", "й": "y", "к": "k",
    "қ": "q", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "oʻ", "ф": "f",
    "х": "x", "ҳ": "h", "ц": "s", "ч": "ch", "ш": "sh", "ъ": "", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ы": "i", "щ": "sh",
}  # fmt: skip
_KAZAKH_CYRILLIC: Mapping[str, str] = {
    "sh": "ш", "zh": "ж", "ch": "ч", "gh": "ғ", "a": "а", "ä": "ә", "á": "ә", "b": "б", "d": "д", "e": "е", "f": "ф", "g": "г",
    "ğ": "ғ", "ǵ": "ғ", "h": "х", "i": "и", "ı": "і", "j": "ж", "k": "к", "q": "қ", "l": "л", "m": "м", "n": "н", "ñ": "ң",
    "ń": "ң", "ŋ": "ң", "o": "о", "ö": "ө", "ó": "ө", "p": "п", "r": "р", "s": "с", "ş": "ш", "t": "т", "u": "у", "ū": "ұ",
    "ü": "ү", "ú": "ү", "v": "в", "w": "у", "y": "ы", "z": "з", "x": "х", "c": "ц",
}  # fmt: skip


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of one normalised word. A word of a language that we do not know is its own stem."""
    if any(character.isdigit() for character in word):
        return word
    if "а" <= word[:1] <= "я" and language == "ru":
        return _russian(word)
    if language == "en":
        return _english(word)
    if language == "uz":
        word = _uzbek_in_latin(word)
    if language == "kk" and "a" <= word[:1] <= "z":
        word = _respell(word, _KAZAKH_CYRILLIC)
    suffixes = _SUFFIXES.get(language)
    return _light(word, language, suffixes) if suffixes else word


def _light(word: str, language: str, suffixes: tuple[re.Pattern[str], ...]) -> str:
    """Takes off the longest suffix, again and again, while a stem of three letters with a vowel is left."""
    for _ in range(_MOST_SUFFIXES):
        shortest = word
        for suffix in suffixes:
            match = suffix.search(word)
            if match is None or match.start() < _SHORTEST_STEM or not _VOWEL.search(word[: match.start()]):
                continue
            if language in _HARMONIC and not _assimilates(word[match.start() - 1], match.group()):
                continue
            if match.start() < len(shortest):
                shortest = word[: match.start()]
        if shortest == word:
            break
        word = shortest
    if language in _HARDENING:
        if language == "uz":
            word = re.sub(r"gʻ$", "q", word)
        word = word[:-1] + word[-1:].translate(_HARDENED)
    return word


def _assimilates(before: str, suffix: str) -> bool:
    """Whether the suffix may follow this letter: т and к only voiceless ones, д and г only voiced ones, -сы only vowels."""
    first = suffix[0]
    if first in "ткқпtkq":
        return before in _VOICELESS
    if first in "дгғбdg":
        return before not in _VOICELESS
    if _POSSESSIVE.match(suffix):
        return _VOWEL.match(before) is not None
    return True


def _uzbek_in_latin(word: str) -> str:
    """Uzbek in Cyrillic letters, respelled; е is "ye" at the beginning and after vowels, as the law of 1995 has it."""
    if not re.search(r"[а-яўқғҳ]", word):
        return word.replace("\u02bb", "ʻ")
    return _respell(re.sub(r"(^|(?<=[аеиоуўэюя]))е", "йе", word), _UZBEK_LATIN)


def _respell(word: str, letters: Mapping[str, str]) -> str:
    respelled: list[str] = []
    position = 0
    while position < len(word):
        pair = word[position : position + 2]
        if len(pair) == 2 and pair in letters:
            respelled.append(letters[pair])
            position += 2
        else:
            respelled.append(letters.get(word[position], word[position]))
            position += 1
    return "".join(respelled)


def is_russian(word: str) -> bool:
    """Whether the Russian dictionary has this form: a word of another language gets a lemma by guessing, which helps nobody."""
    return _dictionary().word_is_known(word) is True


def _russian(word: str) -> str:
    lemma: str = _dictionary().parse(word)[0].normal_form
    return lemma.replace("ё", "е")


def _english(word: str) -> str:
    bare = re.sub("\u02bbs?$", "", word)
    stemmed: Callable[[str], str] = _snowball().stemWord
    return stemmed(bare) or word


@lru_cache(maxsize=1)
def _dictionary() -> "MorphAnalyzer":
    # Imported at the first Russian word: the dictionary takes 0.4 s that other languages need not pay.
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=1)
def _snowball() -> "EnglishStemmer":
    from snowballstemmer.english_stemmer import EnglishStemmer

    return EnglishStemmer()
