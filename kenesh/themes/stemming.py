"""Stems of words, per language.

Russian by pymorphy3's dictionary, English by Snowball; the others by light suffix rules of our own: no usable library exists for
Kyrgyz, Kazakh, Uzbek or Tajik, and for Turkish and Armenian ours joins more forms than Snowball's. A stem is a key to compare
words with, not a word to show: the letters that people leave out on a foreign keyboard are folded in it, and both scripts of
Uzbek and Kazakh meet. Negation is kept ("бербей" and "берген" differ): "not paid" and "paid" are different matters. No Django here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kenesh.themes.suffixes import SUFFIXES

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from snowballstemmer.english_stemmer import EnglishStemmer

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


# As people type Russian in Latin letters; a word that begins with й or has ь is then no word of the dictionary, and is guessed.
_RUSSIAN_CYRILLIC: Mapping[str, str] = {
    "shch": "щ", "sch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ts": "ц", "yu": "ю", "ya": "я", "yo": "е", "ye": "е", "ju": "ю",
    "ja": "я", "iy": "ий", "yy": "ый", "a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "й",
    "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "в",
    "x": "х", "y": "ы", "z": "з", "ʻ": "ь",
}  # fmt: skip
_FOLDED: Mapping[str, Mapping[int, int | None]] = {
    "ky": str.maketrans("өүң", "оун"),
    "kk": str.maketrans("әғқңөұүһі", "агкноуухи"),
    "uz": str.maketrans("qx", "kh", "ʻ"),
    "tg": str.maketrans("ӣӯҷҳқғ", "иучхкг"),
    "az": str.maketrans("əışçğöüâîq", "eiscgouaik"),
    "tr": str.maketrans("əışçğöüâî", "eiscgouai"),
    "hy": {},
    "ka": {},
}
_TURKIC = frozenset({"ky", "kk", "uz", "tr", "az"})
_PRESENT_IN_A = frozenset({"uz", "kk"})
_HARMONIC = frozenset({"ky", "kk"})
_OGHUZ = frozenset({"tr", "az"})
_ASSIMILATING = frozenset({"ky", "kk", "tr"})
_VOWELS = frozenset("аеёиоуыэюяaeiouաեէըիոօաაეიოუ")
_BACK, _FRONT = frozenset("аы"), frozenset("еэи")
_VOICELESS = frozenset("птксшщчфхцfstkchp")
_AFTER_VOICELESS, _AFTER_VOICED = frozenset("ткпtk"), frozenset("дгбdg")
# The last consonant of a stem before a vowel and alone: китеби/китеп, айлыгы/айлык, oyligi/oylik.
_HARDENED = {"г": "к", "б": "п", "g": "k", "b": "p"}
_TOGETHER = re.compile(r"(?<=.{2})(?:[ыиу]ш|ish)([пбм][аео]|ma)$")  # "they do not give", with the ш of "each other"
_ME = re.compile(r"^(на|)ме(?=.{2,}(?:ам|и|ад|ем|ед|анд)$)")  # of what goes on: медиҳанд → диҳанд, намедиҳанд → надиҳанд
_NEGATED = re.compile(
    r"(?<=..)m[iu](?:yor|r)(?:lar|ler|[iu]m|[ae]m|[iu]k|s[iu]n(?:[iu]z)?|s[ae]n|[iu]z)?$"
)  # vermir, vermiyor: of vermə
_GLIDE = re.compile("(?<=[аеоуы])и")  # Latin letters do not tell it from the vowel
_REDUCED = re.compile("(?<=.{2})(?:ի|ու)(?=[^աեէըիոօու]{1,2}$)")  # անձնագիր, անձնագրի
_MAY_BE_NEGATION = frozenset("ae")
_LONGEST_WORD = 60  # letters
_SHORTEST = 3
_SHORTEST_LATE = 4
_MOST_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class _Endings:
    """Of one language: how many letters of stem each suffix must leave; the longest suffix; whole words."""

    leave: Mapping[str, int]
    longest: int
    whole: frozenset[str]
    beginnings: frozenset[str]  # of two letters, of whole words
    begins: tuple[tuple[str, str], ...]


def _endings(language: str) -> _Endings:
    suffixes = SUFFIXES[language]
    leave = dict.fromkeys(suffixes.spelt(suffixes.late), _SHORTEST_LATE) | dict.fromkeys(
        suffixes.spelt(suffixes.early), _SHORTEST
    )
    whole = frozenset(suffixes.whole.split())
    beginnings = frozenset(word[:2] for word in whole)
    return _Endings(leave, max(map(len, leave)), whole, beginnings, tuple(suffixes.begins.items()))


_ENDINGS: Mapping[str, _Endings] = {language: _endings(language) for language in SUFFIXES}


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of one normalised word. A word of a language that we do not know is its own stem, and so is what is no word."""
    if len(word) > _LONGEST_WORD or any(character.isdigit() for character in word):
        return word
    if language == "ru":
        return _russian(word if word[:1] > "z" else _respell(word, _RUSSIAN_CYRILLIC))
    if language == "en":
        return _english(word)
    if language not in _ENDINGS:
        return word
    if language == "uz":
        word = _uzbek_in_latin(word)
    elif language == "kk" and "a" <= word[:1] <= "z":
        word = _respell(word, _KAZAKH_CYRILLIC)
    for begins, instead in _ENDINGS[language].begins:
        if word.startswith(begins):
            word = instead + word[len(begins) :]
    return _light(word.translate(_FOLDED[language]), language)


def _light(word: str, language: str) -> str:
    """Takes off the longest suffix, again and again, while a stem with a vowel is left; then what is left of old changes of sounds."""
    endings = _ENDINGS[language]
    if language == "tg":
        word = _ME.sub(r"\1", word)
    elif language == "kk":
        word = _GLIDE.sub("й", word)
    elif language in _OGHUZ:
        word = _NEGATED.sub("me", word)
    for _ in range(_MOST_ROUNDS):
        shorter = word if word in endings.whole else _without_one(word, language, endings)
        if shorter == word:
            break
        word = shorter
    if language in _OGHUZ and word.endswith("ma"):
        word = word[:-1] + "e"
    if language in _TURKIC:
        word = _TOGETHER.sub(r"\1", word)
        return word[:-1] + _HARDENED.get(word[-1:], word[-1:])  # nothing is left of a word that is only "ъ"
    return _REDUCED.sub("", word) if language == "hy" else word


def _without_one(word: str, language: str, endings: _Endings) -> str:
    found = ""
    may_be_whole = word[:2] in endings.beginnings
    for length in range(min(endings.longest, len(word) - 2), 0, -1):
        suffix = word[-length:]
        leave = endings.leave.get(suffix)
        if leave is None:
            continue
        rest = word[:-length]
        if suffix[0] in _VOWELS and language in _TURKIC:
            rest = rest[:-1] + _HARDENED.get(rest[-1], rest[-1])
        if may_be_whole and rest in endings.whole:
            return rest
        if not found and _enough(rest, leave, language) and (language not in _TURKIC or _fits(rest, suffix, language)):
            found = rest
            if not may_be_whole:
                break
    return found or word


def _enough(rest: str, leave: int, language: str) -> bool:
    """Whether so much is left that it can be a stem: a Turkic word like иш and ev may be short."""
    if len(rest) < leave:
        return language in _TURKIC and len(rest) == 2 and leave == _SHORTEST and rest[0] in _VOWELS and rest[1] not in _VOWELS
    return not _VOWELS.isdisjoint(rest)


def _fits(rest: str, suffix: str, language: str) -> bool:
    """Whether a suffix may follow: a vowel only a consonant, т and к only voiceless ones, а only back vowels."""
    before, first = rest[-1], suffix[0]
    if first in _VOWELS:
        if before in _VOWELS:
            return False
    elif suffix == "b":
        return rest.endswith(("la", "ra"))  # toʻlab, soʻrab; but maktab
    elif len(suffix) == 1 or suffix in _AFTER_VOWEL:
        if before not in _VOWELS:
            return False
    elif language in _ASSIMILATING and before in _VOICELESS:
        if first in _AFTER_VOICED:
            return False
    elif language in _ASSIMILATING and first in _AFTER_VOICELESS:
        return False
    if first in "aае" and language in _PRESENT_IN_A and (before in "mм" or (before == "l" and len(suffix) > 1)):
        return False  # bermadi is berma and di, toʻladi is toʻla and di
    if suffix in _MAY_BE_NEGATION:
        return before != "m"
    if language in _HARMONIC:
        own = next((letter for letter in suffix if letter in _VOWELS), "")
        last = next((letter for letter in reversed(rest) if letter in _VOWELS), "")
        return not ((own in _FRONT and last in _BACK) or (own in _BACK and last in _FRONT))
    return True


_AFTER_VOWEL = frozenset(
    {"сы", "си", "су", "si", "su", "ны", "ни", "ну", "на", "не", "но", "ма", "ме", "мо", "йт", "й", "yi", "yu"}
)


def _uzbek_in_latin(word: str) -> str:
    """Uzbek in Cyrillic letters, respelled; е is "ye" at the beginning and after vowels, as the law of 1995 has it."""
    if not re.search(r"[а-яўқғҳ]", word):
        return word
    return _respell(re.sub(r"(^|(?<=[аеиоуўэюя]))е", "йе", word), _UZBEK_LATIN)


def _respell(word: str, letters: Mapping[str, str]) -> str:
    respelled: list[str] = []
    position = 0
    while position < len(word):
        for length in (4, 3, 2, 1):
            part = word[position : position + length]
            if len(part) == length and (part in letters or length == 1):
                respelled.append(letters.get(part, part))
                position += length
                break
    return "".join(respelled)


def is_russian(word: str) -> bool:
    """Whether the Russian dictionary has this form: a word of another language gets a lemma by guessing, which helps nobody."""
    return _dictionary().word_is_known(word) is True


def _russian(word: str) -> str:
    lemma: str = _dictionary().parse(word)[0].normal_form
    return lemma.replace("ё", "е")


def russian_forms(lemma: str) -> frozenset[str]:
    """All forms of a Russian lemma, normalised: людей, людям … of человек; none of a word that is not in the dictionary."""
    parses = [parse for parse in _dictionary().parse(lemma) if parse.normal_form.replace("ё", "е") == lemma]
    return frozenset(form.word.replace("ё", "е") for parse in parses for form in parse.lexeme)


def respelt_beginnings(two: str) -> frozenset[str]:
    """The first two letters of words whose stem begins with these two, but in the other script: Uzbek in Cyrillic letters,
    Kazakh in Latin ones."""
    return _respelt_beginnings().get(two, frozenset())


@lru_cache(maxsize=1)
def _respelt_beginnings() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for letters, respell in ((_UZBEK_LATIN, _uzbek_in_latin), (_KAZAKH_CYRILLIC, lambda two: _respell(two, _KAZAKH_CYRILLIC))):
        for first in letters:
            for second in letters:
                found.setdefault(respell(first + second)[:2], set()).add((first + second)[:2])
    return {two: frozenset(others) for two, others in found.items()}


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


def russian_dictionary() -> "MorphAnalyzer":
    """pymorphy3's dictionary of Russian, loaded once for all who ask."""
    return _dictionary()
