"""The words of a text: where they stand, how they are compared, in which languages they are read. No Django here."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kenesh.themes import stemming
from kenesh.themes.languages import HANDLED, SCRIPTS, UNDETERMINED, detect, script_of

APOSTROPHE = "\u02bb"
_APOSTROPHES = "'’‘ʼ\u02bb`´′"
# A soft hyphen or a mark of direction inside a word is no letter of it.
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_RESPELT = re.compile(f"[{_APOSTROPHES}ёı{_UNSEEN}]|եւ")
_WORD = re.compile(
    rf"[^\W_][\w\u0300-\u036f{_UNSEEN}]*"
    rf"(?:[{_APOSTROPHES}][^\W_][\w\u0300-\u036f{_UNSEEN}]*|[{_APOSTROPHES}](?<=[oOgG].))*"
)
# Somebody without the letter on her keyboard takes one that looks like it.
_LATIN = re.compile("[a-zə]")
_CYRILLIC = re.compile("[а-яё]")
_LOOKALIKES = str.maketrans("aceopxyihkmtbəɵ", "асеорхуіһкмтвәө")

# Words that carry grammar alone. Negation is not among them: it makes the theme.
_STOP: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "ru": "в во на и а но о об от до по с со к ко у из за для при или же ли бы это то я он она они мы мой моя мои мое наш свой "
        "как что который быть есть",
        "en": "a an the of to in on at by for and or is are was were be been has have had my our his her their your it its i we he "
        "she they that this with from me us as",
        "ky": "жана менен үчүн учун да де дагы эле бир бул ал мен биз мага бизге деп боюнча жатат жатам жатабыз жатышат жатышкан жаткан",
        "kk": "және мен үшін да де та те бір бұл ол біз маған бізге деп бойынша жатыр жатырмын жатырмыз",
        "uz": "va bilan uchun ham bir bu men biz menga bizga deb boʻyicha",
        "tg": "ва бо ба аз дар барои ки ин он ман мо моро маро ҳам як",
        "hy": "և ու եւ է են եմ որ այս մի ես մենք իմ մեր մեզ ինձ համար",
        "tr": "ve ile için bir bu ben biz bana bize de da",
        "az": "və ilə üçün bir bu mən biz mənə bizə də da",
        "ka": "და ეს მე ჩვენ",
    }.items()
}

_SURE_LINE = 0.9
_SURE_TEXT = 0.75
_LONG_ENOUGH_LINE = 25


class Token(NamedTuple):
    """A word as it stands in the text, and where: text[start:end] == word."""

    word: str
    start: int
    end: int


class Stem(NamedTuple):
    """The stem of a word, and where the word stands in the text."""

    stem: str
    start: int
    end: int


class Reading(NamedTuple):
    """A stretch of a text, where it begins, and the languages in which it is read, the likeliest first."""

    start: int
    text: str
    languages: tuple[str, ...]


def tokens(text: str) -> list[Token]:
    """The words of a text with their places in it."""
    return [Token(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]


def normalise(text: str) -> str:
    """The spelling in which words are compared: lower case, one apostrophe (ʻ), е for ё, i for dotless ı, և for եւ."""
    text = unicodedata.normalize("NFC", text).replace("İ", "i").replace("I", "i").lower()
    if _is_mixed(text):
        text = re.sub(r"\w+", _in_one_script, text)
    if not _RESPELT.search(text):
        return text  # nearly every word
    text = re.sub(f"[{_UNSEEN}]", "", text)
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, APOSTROPHE)
    return text.replace("ё", "е").replace("ı", "i").replace("եւ", "և")


def _in_one_script(word: re.Match[str]) -> str:
    """A word of Cyrillic letters with Latin look-alikes among them, in Cyrillic; another one as it is."""
    respelt = word.group().translate(_LOOKALIKES)
    return respelt if _is_mixed(word.group()) and not _LATIN.search(respelt) else word.group()


def _is_mixed(text: str) -> bool:
    return _LATIN.search(text) is not None and _CYRILLIC.search(text) is not None


def stems(text: str, language: str) -> list[Stem]:
    """The stem of each word that carries meaning, with the word's place in the text."""
    return [Stem(stem, token.start, token.end) for stem, token in stemmed(text, language) if stem]


def stem_of(word: str, language: str) -> str:
    """The stem of one normalised word; "" for a word that carries grammar alone."""
    return "" if word in _STOP.get(language, frozenset()) else stemming.stem(word, language)


def stemmed(text: str, language: str) -> list[tuple[str, Token]]:
    """Every word with its stem, "" where it carries grammar alone."""
    return [(stem_of(normalise(token.word), language), token) for token in tokens(text)]


def languages_of(word: str) -> tuple[str, ...]:
    """The languages that are written in the script of a word: a word alone does not tell its language."""
    script = script_of(word)
    return tuple(each for each in HANDLED if script in SCRIPTS[each])


def readings(text: str, language: str | None = None) -> list[Reading]:
    """The text in stretches of lines that are read in the same languages: letters often mix two.

    With a language given, the whole is read in it. Cyrillic texts are read as Russian as well.
    """
    if language is not None:
        return [Reading(0, text, _reading_languages(text, language))]
    whole = detect(text)
    parts: list[Reading] = []
    for start, line in _lines(text):
        found = detect(line) if len(line) >= _LONG_ENOUGH_LINE else whole
        if found.confidence < _SURE_LINE:
            found = whole
        languages = _reading_languages(line, found.language, sure=found.confidence >= _SURE_TEXT)
        if parts and parts[-1].languages == languages:
            parts[-1] = Reading(parts[-1].start, parts[-1].text + line, languages)
        else:
            parts.append(Reading(start, line, languages))
    return parts


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line
        start += len(line)


def _reading_languages(text: str, language: str, *, sure: bool = True) -> tuple[str, ...]:
    """In which languages to look for themes.

    A few words that could be Kyrgyz or Kazakh are read as both. And people mix the Russian words of offices into every
    Cyrillic language, so those texts are read as Russian as well.
    """
    if language == UNDETERMINED:
        return ()
    if not sure:
        return languages_of(text)
    return (language, "ru") if language != "ru" and script_of(text) == "Cyrl" else (language,)
