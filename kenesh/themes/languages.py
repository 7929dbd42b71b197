"""Which languages we speak and understand, and in which language a text is written.

A naive Bayes classifier of our own over the letters of words (`languages.tsv`, made by training.py) was taught all the ways
in which people type, and so knows Kyrgyz on a Russian keyboard and Russian in Latin letters. No Django here.
"""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

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

MODEL = Path(__file__).with_name("languages.tsv")
WORD = re.compile(r"[^\W\d_]+(?:ʻ[^\W\d_]*)*")
LANES = 32  # bits: the weights of all languages are added up in one whole number, each in a lane of its own

# Counted repetitions: a stranger's text without a space must not be searched again from each of its letters.
_ADDRESS = re.compile(
    r"(?<!\w)(?:\w{2,10}://\S+|www\.\S+|[\w.+-]{1,64}@\S+|[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|net|ru|kg|kz|uz|tj|am|az|ge|tr|info)\b\S*"
    r"|[@#]\w+)",
    re.IGNORECASE,
)
_NO_WORD = re.compile(r"(?<!\w)(?=\w{0,60}\d)\w+")
_APOSTROPHE = re.compile("['’‘ʼ`´′]")
_STEP = 20  # of a natural logarithm: the unit of the weights
# Features of a word overlap, so their sum says three times too much; found by comparing confidence with what was right.
_OVERLAP = 3.0
_NAME_WEIGHT = 0.2
_LANE = 2**LANES - 1
_MOST_WORDS = 1000
_LONGEST_WORD = 60  # letters

_LETTERS: Mapping[str, re.Pattern[str]] = {
    "Cyrl": re.compile(r"[\u0400-\u052f]"),
    "Latn": re.compile(r"[a-zA-Zªºà-öø-ÿÀ-ÖØ-Þ\u0100-\u024f\u0259\u1e00-\u1eff]"),
    "Armn": re.compile(r"[\u0531-\u0587\ufb13-\ufb17]"),
    "Geor": re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f]"),
    "Arab": re.compile(r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufefc]"),
}


@dataclass(frozen=True, slots=True)
class Detected:
    """A language code of ours or "und", an ISO 15924 script, and a confidence between 0 and 1."""

    language: str
    script: str
    confidence: float


class _Model(NamedTuple):
    """Of one script: its languages in the order of the lanes, and the weights of each feature, packed."""

    languages: tuple[str, ...]
    weights: Mapping[str, int]


def detect(text: str) -> Detected:
    """Language and script of the text as a whole; "und" with confidence 0 when there is no word of a language of ours.

    The confidence is the share of such answers that are right, roughly. Names say little of the language around them.
    """
    text = unicodedata.normalize("NFC", text)
    script = script_of(text)
    words = _words(text)
    if not words:
        return Detected(UNDETERMINED, script, 0.0)
    model = _models().get(script)
    if model is None:
        only = next((language for language in HANDLED if script in SCRIPTS[language]), UNDETERMINED)
        return Detected(only, script, 0.0 if only == UNDETERMINED else 1.0)
    said = sum(_weights_of(word, script) for word, name in words if not name)
    named = sum(_weights_of(word, script) for word, name in words if name)
    lanes = range(0, LANES * len(model.languages), LANES)
    sums = [(said >> lane & _LANE) + _NAME_WEIGHT * (named >> lane & _LANE) for lane in lanes]
    top = max(sums)
    shares = [math.exp((each - top) / _STEP / _OVERLAP) for each in sums]
    return Detected(model.languages[sums.index(top)], script, round(1 / sum(shares), 3))


def detect_lines(text: str) -> list[Detected]:
    """One answer for each line of `text.splitlines()`."""
    return [detect(line) for line in text.splitlines()]


def script_of(text: str) -> str:
    """The script most letters belong to, among Cyrl, Latn, Armn, Geor and Arab; "Zyyy" without any of them."""
    counts = {script: len(letters.findall(text)) for script, letters in _LETTERS.items()}
    script = max(counts, key=lambda each: counts[each])
    return script if counts[script] else "Zyyy"


def plain(text: str) -> str:
    """The text as the model reads it: small letters, one apostrophe (ʻ), no addresses and nothing with digits."""
    return _NO_WORD.sub(" ", _bare(text)).replace("İ", "i").lower()


def _bare(text: str) -> str:
    return _APOSTROPHE.sub("ʻ", _ADDRESS.sub(" ", text))


def _words(text: str) -> list[tuple[str, bool]]:
    """The words in small letters, and whether a capital in the midst of a sentence makes it a name."""
    bare = _NO_WORD.sub(" ", _bare(text))
    found = [match.group()[:_LONGEST_WORD] for match in islice(WORD.finditer(bare), _MOST_WORDS)]
    named = [word[0].isupper() and not word.isupper() for word in found]
    if not all(named[1:]) or len(named) == 1:
        named[:1] = [False]  # it begins a sentence
    return [(word.replace("İ", "i").lower(), name) for word, name in zip(found, named, strict=True)]


def features(word: str) -> list[str]:
    """What of a word tells its language: its letters, its pairs and triples of letters with both ends marked, and itself."""
    marked = f" {word} "
    pairs = [marked[at : at + 2] for at in range(len(marked) - 1)]
    triples = [marked[at : at + 3] for at in range(len(marked) - 2)]
    return [*word, *pairs, *triples, *([marked] if len(word) > 1 else [])]


@lru_cache(maxsize=50_000)
def _weights_of(word: str, script: str) -> int:
    weights = _models()[script].weights
    return sum(weights.get(feature, 0) for feature in features(word))


@lru_cache(maxsize=1)
def _models() -> Mapping[str, _Model]:
    models: dict[str, _Model] = {}
    for block in MODEL.read_text(encoding="utf-8").strip().split("\n\n"):
        heading, *lines = block.split("\n")
        script, languages = heading.split("\t")
        weights = {}
        for line in lines:
            feature, digits = line.split("\t")
            weights[feature] = _packed(digits)
        models[script] = _Model(tuple(languages.split()), weights)
    return models


@cache
def _packed(digits: str) -> int:
    return sum(int(digits[at : at + 2], 16) << (LANES * (at // 2)) for at in range(0, len(digits), 2))
