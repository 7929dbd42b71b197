"""Whether two names are one person's, or one organisation's, across scripts and spellings: Рахмонов, Раҳмон and Rahmon.

Gives a score between 0 and 1 and a reason for a person to judge; nothing is merged by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kenesh.library.reading.given_names import is_given
from kenesh.themes.international import known_body

SUGGESTED = 0.75  # from this score on two names are shown as perhaps the same

# Letter by letter to what all spellings keep; kh and x are h, zh and j are one sound, short vowels of Uzbek and Tajik fall together.
_LETTERS = {
    **dict(zip("абвгдезийклмнопрстуфцыэёөүңқғҳӣӯәұіўһ", "abvgdeziiklmnoprstufcieeounkghiuauiuh", strict=True)),
    "ж": "j", "ҷ": "j", "ч": "ch", "ш": "sh", "щ": "sh", "х": "h", "ю": "iu", "я": "ia", "ъ": "", "ь": "",
    "ә": "a", "ş": "sh", "ç": "ch", "ğ": "g", "ı": "i", "ə": "a", "ö": "o", "ü": "u",
}  # fmt: skip
_SPELLINGS = (
    ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("yo", "e"), ("ya", "ia"), ("yu", "iu"), ("ye", "e"), ("x", "h"), ("q", "k"),
    ("w", "v"), ("ck", "k"), ("ts", "c"), ("y", "i"),
)  # fmt: skip
_CHILD_OF = frozenset(["uulu", "kizi", "ogli", "oglu", "kyzy", "kizy", "ulu", "uli"])
_SURNAME_ENDING = re.compile(r"(?:ovich|evich|ovna|evna|ova|eva|ov|ev|zoda|zada|zade|iev|ieva)$")


@dataclass(frozen=True)
class Likeness:
    """How alike two names are (0 to 1), and why in one of: same, spelling, initials, surname_form, acronym, different."""

    score: float
    reason: str


def romanised(name: str) -> str:
    """The name in Latin letters, folded so that Cyrillic, Latin and Tajik spellings of it meet."""
    word = re.sub("[ʻʼ’'‘`]", "", name.casefold())
    latin = "".join(_LETTERS.get(letter, letter) for letter in word)
    for spelling, folded in _SPELLINGS:
        latin = latin.replace(spelling, folded)
    return re.sub(r"(\w)\1", r"\1", latin)


def persons_alike(one: str, other: str) -> Likeness:
    """Compares names of persons in any order of their parts; initials stand for what they begin."""
    if one.casefold() == other.casefold():
        return Likeness(1.0, "same")
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return Likeness(0.0, "different")
    if len(first) > len(second):
        first, second = second, first
    scores: list[float] = []
    reasons: set[str] = set()
    left = list(second)
    for part in sorted(first, key=len, reverse=True):
        best = max(((_part_alike(part, candidate), candidate) for candidate in left), key=lambda pair: pair[0][0])
        (score, reason), candidate = best
        scores.append(score)
        reasons.add(reason)
        left.remove(candidate)
    lowest, alone = min(scores), len(first) == 1
    if lowest < 0.6 or (alone and len(first[0]) < 3):
        return Likeness(round(min(lowest, 0.5), 2), "different")
    # A surname alone may be that of a relative; a given name alone says little.
    doubt = (0.35 if is_given(min((one, other), key=len)) else 0.12) if alone else 0.0
    score = sum(scores) / len(scores) - doubt - 0.02 * len(left)
    reason = next((name for name in ("initials", "surname_form", "spelling") if name in reasons), "spelling")
    return Likeness(round(max(0.0, min(score, 0.99)), 2), reason)


def organisations_alike(one: str, other: str) -> Likeness:
    """Compares names of organisations: one body by its acronym and its full name, one NGO in two scripts."""
    if one.casefold() == other.casefold():
        return Likeness(1.0, "same")
    bodies = known_body(one), known_body(other)
    if bodies[0] is not None and bodies[0] == bodies[1] and bodies[0] != "Caritas":
        return Likeness(0.98, "acronym")
    first, second = _proper(one), _proper(other)
    if not first or not second:
        return Likeness(0.0, "different")
    score = SequenceMatcher(None, first, second, autojunk=False).ratio()
    return Likeness(round(score, 2), "spelling" if score >= SUGGESTED else "different")


def same_as(names: Sequence[str]) -> list[int | None]:
    """For each person's name the place of the earlier one that is perhaps the same; None for the others."""
    found: list[int | None] = []
    for index, name in enumerate(names):
        likely = [(persons_alike(name, names[earlier]).score, -earlier) for earlier in range(index) if found[earlier] is None]
        best = max(likely, default=(0.0, 0))
        found.append(-best[1] if best[0] >= SUGGESTED else None)
    return found


def _parts(name: str) -> list[str]:
    words = [romanised(word) for word in re.findall(r"[^\W\d_][\w'’ʻʼ‘`-]*", name)]
    return [word for word in words if word and word not in _CHILD_OF]


def _part_alike(one: str, other: str) -> tuple[float, str]:
    if one == other:
        return 1.0, "spelling"
    if 1 in (len(one), len(other)):
        return (0.85, "initials") if one[0] == other[0] else (0.0, "different")
    stems = _SURNAME_ENDING.sub("", one), _SURNAME_ENDING.sub("", other)
    if stems[0] == stems[1] and len(stems[0]) >= 3:
        # Асанов and Асанова are two people; Раҳмон and Рахмонов are one.
        forms = ("ov", "ev", "ova", "eva")
        women = one.endswith("a") != other.endswith("a") and one.endswith(forms) and other.endswith(forms)
        return (0.0, "different") if women else (0.9, "surname_form")
    return round(SequenceMatcher(None, one, other, autojunk=False).ratio(), 2), "spelling"


def _proper(name: str) -> str:
    """What the name says beside its legal form: the part in quotation marks, else all of it."""
    quoted = re.search(r"[«“„\"]([^«»“”„\"]{2,})[»”“\"]", name)
    return " ".join(romanised(word) for word in re.findall(r"\w+", quoted[1] if quoted else name))
