"""Makes `languages.tsv`, by which languages.py tells languages, from texts: python -m kenesh.themes.training [FOLDER].

The texts: our own translations, the thesaurus, the samples in `languages_samples.tsv`, Django's translations, and FOLDER, with a
file `ky.txt`, `uz-Cyrl.txt` … for each language (the Universal Declaration of Human Rights and other open translations).

Each text is learnt in all the ways in which people type it: with the letters of its alphabet and without those that a Russian or
English keyboard lacks, in both scripts of Uzbek and Kazakh, Russian in Latin letters. So the ways need no rules later. The
model is a naive Bayes classifier over the 1- to 3-grams of words and whole common words.
"""

import importlib.util
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel.messages.pofile import read_po

from kenesh.themes.languages import LANES, MODEL, WORD, features, plain

_HERE = Path(__file__).parent
_OURS = ("ky", "ru", "uz", "tg", "kk", "en", "az", "tr")
_MOST_FEATURES = 9_000  # of a script
_FEWEST = 3
_SMOOTHING = 0.3
_TOKENS = 200_000  # to which the counts of each language are brought
_DAMPING = 0.7  # of words that stand often: interface texts repeat
_STEP = 20  # of a natural logarithm: weights are stored as whole numbers from 0 to 255

_RUSSIAN_KEYBOARD = str.maketrans("өүңқғҳӣӯәіұһўё", "оункгхиуаиухуе") | {ord("ҷ"): "ч"}
_ENGLISH_KEYBOARD = str.maketrans("ışçğöüəâî", "iscgoueai")


def _letters(cyrillic: str, latin: str) -> dict[str, str]:
    return {letter: "" if spelt == "_" else spelt for letter, spelt in zip(cyrillic.split(), latin.split(), strict=True)}


_RUSSIAN = _letters(
    "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya",
)
_RUSSIAN_WAYS = (
    _RUSSIAN,
    {**_RUSSIAN, **_letters("ж х ц щ й ы ю я", "j h c sch i i u ya")},
    {**_RUSSIAN, **_letters("х щ ё ы", "h sch yo i")},
)
_KAZAKH = _letters(
    "а ә б в г ғ д е ё ж з и й к қ л м н ң о ө п р с т у ұ ү ф х һ ц ч ш щ ъ ы і ь э ю я",
    "a ä b v g ğ d e io j z i i k q l m n ñ o ö p r s t u ū ü f h h ts tş ş ştş _ y ı _ e iu ia",
)
_KAZAKH_WAYS = (  # of 2021, of 2018, and two of people without either on the keyboard
    _KAZAKH,
    {**_KAZAKH, **_letters("ә ғ ө ү ұ у ш ч ң и й і", "á ǵ ó ú u ý sh ch ń ı ı i")},
    {**_KAZAKH, **_letters("ә ғ ж ң ө ү ұ ш ч і й х", "a gh zh n o u u sh ch i y kh")},
    {**_KAZAKH, **_letters("ә ғ ң ө ү ұ ш ч і қ", "a g n o u u sh ch i k")},
)
_UZBEK = (
    ("sh", "ш"), ("ch", "ч"), ("yo", "ё"), ("yu", "ю"), ("ya", "я"), ("ye", "е"), ("oʻ", "ў"), ("gʻ", "ғ"), ("ts", "ц"),
    *zip("abdefghijklmnopqrstuvxyzʻ", "абдефгҳижклмнопқрстувхйзъ", strict=True),
)  # fmt: skip


def main(folder: Path | None) -> None:
    """Writes the model, with all that its weights need to be added up."""
    learnt = _as_typed(_texts(folder))
    lines = [
        line
        for script, by_language in learnt.items()
        for line in (f"{script}\t{' '.join(by_language)}", *_weights(by_language), "")
    ]
    MODEL.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _texts(folder: Path | None) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = defaultdict(list)
    django = importlib.util.find_spec("django")
    django_folder = Path(django.submodule_search_locations[0]) if django and django.submodule_search_locations else None
    for language in _OURS:
        if django_folder and language != "en":
            for path in sorted(django_folder.rglob(f"locale/{language}/LC_MESSAGES/django.po")):
                texts[language] += _translations(path)
        own = _HERE.parent / "locale" / ("ru" if language == "en" else language) / "LC_MESSAGES" / "django.po"
        if own.exists():
            texts[language] += _translations(own, originals=language == "en")
    for concept in json.loads((_HERE / "thesaurus.json").read_text(encoding="utf-8")):
        for language in _OURS:
            texts[language] += filter(None, [concept["labels"].get(language)])
            texts[language] += concept["alt"].get(language, [])
    samples = [line.split("\t") for line in (_HERE / "languages_samples.tsv").read_text(encoding="utf-8").splitlines()]
    for language, sample in samples:
        texts[language] += [sample] * 3
    for path in sorted(folder.glob("*.txt")) if folder else ():
        texts[path.stem] += path.read_text(encoding="utf-8").splitlines()
    return texts


def _translations(path: Path, *, originals: bool = False) -> Iterator[str]:
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        identity = message.id if isinstance(message.id, str) else message.id[0]
        translated = [message.string] if isinstance(message.string, str) else list(message.string or ())
        for text in [identity] if originals else translated:
            if text and not message.fuzzy and (originals or text != identity):
                yield re.sub(r"%\(\w+\)[sd]|%[sd]|\{[^}]*\}|<[^>]*>|&\w+;", " ", text)


def _as_typed(texts: Mapping[str, list[str]]) -> dict[str, dict[str, list[str]]]:
    """Script → language → texts, in each of the ways to type them."""
    learnt: dict[str, dict[str, list[str]]] = {"Cyrl": defaultdict(list), "Latn": defaultdict(list)}
    cyrillic, latin = learnt["Cyrl"], learnt["Latn"]
    for language in ("ky", "kk", "tg", "ru", "uz-Cyrl"):
        for text in map(plain, texts[language]):
            cyrillic[language[:2]] += [text] if language == "ru" else [text, text.translate(_RUSSIAN_KEYBOARD)]
    for text in map(plain, texts["uz"]):
        respelt = _uzbek_in_cyrillic(text)
        cyrillic["uz"] += [respelt, respelt.translate(_RUSSIAN_KEYBOARD)]
    for language in ("uz", "az", "tr", "en"):
        for text in map(plain, texts[language]):
            latin[language] += [text] if language == "en" else [text, text.translate(_ENGLISH_KEYBOARD).replace("ʻ", "")]
    for language, ways in (("kk", _KAZAKH_WAYS), ("ru", _RUSSIAN_WAYS)):
        for text in map(plain, texts[language]):
            latin[language] += ["".join(way.get(letter, letter) for letter in text) for way in ways]
    return learnt


def _uzbek_in_cyrillic(text: str) -> str:
    text = re.sub(r"\be", "э", text)
    for latin, cyrillic in _UZBEK:
        text = text.replace(latin, cyrillic)
    return text


def _weights(by_language: Mapping[str, list[str]]) -> Iterable[str]:
    """Lines "feature, tab, two hexadecimal digits for each language", of the features that tell most."""
    counts = {language: _counts(texts) for language, texts in by_language.items()}
    scale = {language: _TOKENS / sum(counted.values()) for language, counted in counts.items()}
    everywhere: dict[str, float] = defaultdict(float)
    for language, counted in counts.items():
        for feature, number in counted.items():
            everywhere[feature] += number * scale[language]
    vocabulary = [feature for feature in everywhere if sum(counted.get(feature, 0.0) for counted in counts.values()) >= _FEWEST]
    size = _TOKENS + _SMOOTHING * len(vocabulary)
    rows: list[tuple[float, str, list[float]]] = []
    for feature in vocabulary:
        logs = [
            math.log((counted.get(feature, 0.0) * scale[language] + _SMOOTHING) / size) for language, counted in counts.items()
        ]
        tells = (max(logs) - sum(logs) / len(logs)) * everywhere[feature]
        rows.append((-tells, feature, logs))
    for _, feature, logs in sorted(rows)[:_MOST_FEATURES]:
        yield feature + "\t" + "".join(f"{min(255, round((log - min(logs)) * _STEP)):02x}" for log in logs)


def _counts(texts: Iterable[str]) -> dict[str, float]:
    words = Counter(word for text in texts for word in WORD.findall(text))
    counted: dict[str, float] = defaultdict(float)
    for word, number in words.items():
        for feature in features(word):
            counted[feature] += number**_DAMPING
    return counted


if __name__ == "__main__":
    if LANES != 32:
        raise SystemExit("languages.py adds weights in lanes of 32 bits")
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
