"""Names of people across scripts and spellings: Айбек = Aibek = Aybek, Хасанов = Khasanov = Xasanov, Ҷамшед = Jamshed.

A name is romanised letter by letter and folded to what all spellings keep: the consonants by sound, the class of the first
vowel, and whether it ends in a vowel (Асанов and Асанова are two people). Short names keep all their vowels by class,
because Анна and Инна differ in nothing else. Uzbek and Tajik o is Russian a as often as o: the two count as one vowel.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# "son of", "daughter of": written or left out as the clerk likes.
_CHILD_WORDS = (
    "уулу кызы кизи огли ўғли угли оглы оглу қизи ұлы улы қызы uulu kyzy kizi ogli oʻgli o'gli ugli ogly oglu oğlu oglı qizi "
    "qızı gizi uly qyzy ogʻli o'g'li oʻgʻli og'li bin ibn binti валади духтари зода zoda"
)
_CHILD_OF = frozenset(_CHILD_WORDS.split())
# Capital letters are sounds that Latin spells with several letters: J (ж, zh, j, dj), C (ч), S (ш), T (ц).
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "J", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "T",
    "ч": "C", "ш": "S", "щ": "S", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ө": "o", "ү": "u", "ң": "n",
    "қ": "k", "ғ": "g", "ҳ": "h", "ҷ": "J", "ӣ": "i", "ӯ": "u", "ә": "a", "і": "i", "ұ": "u", "һ": "h", "ў": "u",
}  # fmt: skip
_ARMENIAN = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "i", "թ": "t", "ժ": "J", "ի": "i", "լ": "l",
    "խ": "h", "ծ": "T", "կ": "k", "հ": "h", "ձ": "z", "ղ": "g", "ճ": "C", "մ": "m", "յ": "y", "ն": "n", "շ": "S", "ո": "o",
    "չ": "C", "պ": "p", "ջ": "J", "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "T", "ւ": "v", "փ": "p", "ք": "k",
    "և": "ev", "օ": "o", "ֆ": "f",
}  # fmt: skip
_GEORGIAN = {
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i", "კ": "k", "ლ": "l", "მ": "m",
    "ნ": "n", "ო": "o", "პ": "p", "ჟ": "J", "რ": "r", "ს": "s", "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "g", "ყ": "k",
    "შ": "S", "ჩ": "C", "ც": "T", "ძ": "z", "წ": "T", "ჭ": "C", "ხ": "h", "ჯ": "J", "ჰ": "h",
}  # fmt: skip
_LATIN = {
    "ş": "S", "š": "S", "ç": "C", "č": "C", "ž": "J", "ğ": "g", "ı": "i", "ə": "a", "ö": "o", "ü": "u", "ñ": "n", "ŋ": "n",
}  # fmt: skip
_LETTERS: Mapping[str, str] = {**_CYRILLIC, **_ARMENIAN, **_GEORGIAN, **_LATIN}
# Longest first. Russian passports write ж as zh, Kyrgyz ones as j; both languages write х as kh, Uzbek x.
_SOUNDS = (
    ("shch", "S"), ("dzh", "J"), ("tch", "C"), ("lex", "leks"), ("max", "maks"), ("sh", "S"), ("ch", "C"), ("zh", "J"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dj", "J"), ("dJ", "J"), ("dz", "z"), ("ts", "T"), ("ck", "k"),
    ("j", "J"), ("q", "k"), ("x", "h"), ("w", "v"),
)  # fmt: skip
# Where Russian writes г for h, and names that every clerk spells in his own way.
_SPELT: tuple[tuple[str, str], ...] = (
    ("ibragim", "ibrahim"), ("gasan", "hasan"), ("gusein", "husein"), ("guseyn", "husein"), ("magomed", "muhamed"),
    ("mahomed", "muhamed"), ("mohamed", "muhamed"), ("mohammed", "muhamed"), ("mohammad", "muhamed"), ("yusup", "yusuf"), ("jusup", "yusuf"),
)  # fmt: skip
_VOWELS = "aeiou"
_CLASS = {"a": "A", "o": "A", "u": "U", "e": "I", "i": "I"}
_FEW_CONSONANTS = 2
_PARTS = re.compile(r"[^\W\d_][^\W\d_'’‘ʼʻ`´\u0300-\u036f]*(?:['’‘ʼʻ`´][^\W\d_]*)*")


def name_parts(name: str) -> list[str]:
    """The parts of a name that tell somebody apart, in lower case: without уулу, кызы, ogli, qizi and the like."""
    lowered = unicodedata.normalize("NFC", name).replace("İ", "i").lower()
    parts = [re.sub("[’‘ʼʻ`´]", "'", part) for part in _PARTS.findall(lowered)]
    return [part for part in parts if len(part) > 1 and not is_child_word(part)]


def is_child_word(part: str) -> bool:
    """Whether this part of a name says only "son of" or "daughter of"."""
    part = re.sub("[’‘ʼʻ`´]", "'", part.lower())
    return part in _CHILD_OF or part.replace("'", "ʻ") in _CHILD_OF


def name_keys(part: str) -> tuple[str, ...]:
    """The key that all spellings of one part of a name share; none for what has no letter that we know."""
    key = _folded(_smoothed(_sounds(part)))
    return (key,) if key else ()


def _sounds(part: str) -> str:
    """The part as sounds: lower-case Latin letters and J, C, S, T."""
    text = part.lower().replace("ու", "u").replace("дж", "ж").replace("дз", "з").replace("тс", "ц")
    text = re.sub("['’‘ʼʻ`´]", "'", text).replace("o'", "u").replace("'", "")
    text = "".join(_LETTERS.get(letter, letter) for letter in text)
    text = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    for spelt, sound in _SOUNDS:
        text = text.replace(spelt, sound)
    text = re.sub(r"c(?=[bdfgklmnprstvz])", "k", text).replace("c", "J")  # Turkish and Azerbaijani c is j
    return re.sub(r"[^a-zJCST]", "", text)


def _smoothed(text: str) -> str:
    """Without doubled letters and glides, with y as the vowel that it is between consonants."""
    text = re.sub(r"(?<=[^aeiouy])yo", "e", text)
    text = re.sub(r"^i(?=[au])", "y", text)
    text = re.sub(r"^y(?=e)", "", text)
    text = re.sub(r"(?<=[aeiou])y|(?<!^)y(?=[aeiou])", "", text).replace("y", "i") if not text.startswith("y") else _with_y(text)
    text = re.sub(r"(.)\1+", r"\1", text)
    for spelt, sound in _SPELT:
        text = text.replace(re.sub(r"(.)\1+", r"\1", spelt), sound)
    return re.sub(r"f$", "v", re.sub(r"(?<=[ao])h$", "", text))


def _with_y(text: str) -> str:
    """A word that begins with y: it stays before a vowel (Юсуф is no Усуф), and is a vowel otherwise."""
    first = "y" if text[1:2] and text[1] in _VOWELS else "i"
    return first + re.sub(r"(?<=[aeiou])y|y(?=[aeiou])", "", text[1:]).replace("y", "i")


def _folded(text: str) -> str:
    consonants = re.sub(r"(.)\1+", r"\1", re.sub(f"[{_VOWELS}]", "", text))
    groups = re.findall(f"[{_VOWELS}]+|[^{_VOWELS}]", text)
    if len(consonants) <= _FEW_CONSONANTS:
        return "".join(_CLASS.get(group[0], group) for group in groups)
    vowel = next((_CLASS[group[0]] for group in groups if group[0] in _VOWELS), "")
    place = "0" if text[0] in _VOWELS else "1"
    return f"{place}{vowel}{consonants}{'+' if text[-1] in _VOWELS else ''}"
