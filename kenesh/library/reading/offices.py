"""Offices that a text names only in somebody's post: of "the deputy minister of labour" the Ministry of labour.

Of two kinds of post alone, whose office is called after them everywhere: a minister's, and a permanent representative's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kenesh.library.reading.noun_phrases import russian_end, tajik_end
from kenesh.library.reading.organisations import Told
from kenesh.library.reading.persons import PersonFound
from kenesh.library.reading.spans import Span
from kenesh.themes.mentions import find_countries
from kenesh.themes.proper_names import plain

# Who was a minister once, speaks for no ministry.
_FORMER = re.compile(r"(?<![^\W\d_])(?:бывш|экс-|мурдагы|мурунку|бұрынғы|sobiq|собиқ|пешин|former|ex-)", re.I)
_BEFORE = 24  # characters in which it says so
# "Письмо министру": to whom something is sent, need not be there.
_ASKED = re.compile(r"(?:министру|представителю)\s*$", re.I)
_NEAR = 8  # characters between a post and the name whose it is

_RUSSIAN_MINISTER = re.compile(r"(?<![\w-])(?i:(?:зам|вице-)?министр)(?:а|у|ом|е)?(?= [а-яё])")
_RUSSIAN_AT = re.compile(r"(?<![\w-])(?i:постоянн\w{2,3} представител\w{1,2})(?= .+ при )")
_ENGLISH_MINISTER = re.compile(r"(?<![\w-])(?<!rime )(?i:(?:vice-?)?minister)(?= of (?!State\b))")
_ENGLISH_AT = re.compile(r"(?<![\w-])(?i:permanent representative)(?= of .+ to )")
_TAJIK_MINISTER = re.compile(r"(?<![\w-])(?i:вазири)(?= [а-яёғӣқӯҳҷ])")
_TAJIK_AT = re.compile(r"(?<![\w-])(?i:намояндаи доимии)(?= .+ (?:назди|дар) )")
_TURKIC_HEADS = {
    "министри": "министрлиги", "министрі": "министрлігі", "vaziri": "vazirligi", "вазири": "вазирлиги",
    "туруктуу өкүлү": "туруктуу өкүлчүлүгү", "тұрақты өкілі": "тұрақты өкілдігі", "doimiy vakili": "doimiy vakolatxonasi",
    "доимий вакили": "доимий ваколатхонаси",
}  # fmt: skip
_TURKIC = re.compile(
    rf"(?P<lead>\S.*?)(?: (?:биринчи|бірінші|birinchi))? (?:вице-|vitse-)?(?P<head>{'|'.join(_TURKIC_HEADS)})(?:нин|нін|нің|ning|нинг|нүн)?(?![\w-])"
)
# "Республиканын министри", "Bosh vaziri": of no ministry.
_NO_PORTFOLIO = re.compile(
    r"(?:нын|нин|нун|нүн|дын|дин|тын|тин|ның|нің|дың|дің|тың|тің|ning|нинг)$|(?:bosh|бош|бас|премьер)$", re.I
)


def find_offices(
    body: str, language: str | None, people: Sequence[PersonFound], told: Sequence[Told], *, met: bool
) -> list[Told]:
    """The offices of the people whom an account of a meeting (`met`) names: who speaks for an office stands there for it.

    One that the text names itself, be it by a longer name, comes by its own name.
    """
    found = []
    known: dict[str, Told] = {}  # each name once, as the text has it first
    for one in told:
        known.setdefault(one.name, one)
    for person in people if met else ():
        named = _FINDERS.get(language or "", _in_turkic)(person.post) if person.post else None
        if named is None:
            continue
        name, words = named
        place = _place(body, person, words)
        if place is None or _FORMER.search(body, max(0, place[0] - _BEFORE), place[1]):
            continue
        if _ASKED.search(body, max(0, place[0] - _BEFORE), place[0]):
            continue
        name = name[:1].upper() + name[1:]
        asked = _office(name, language or "")
        own = next((one for one in known.values() if asked and asked.is_same(_office(one.name, language or ""))), None)
        name, key = (own.name, own.key) if own else (name, plain(name))
        found.append(Told(name, key, "participant", *place, by_post=True))
    return found


def _in_russian(post: str) -> tuple[str, str] | None:
    """The office and the words of the post that name it."""
    if at := _RUSSIAN_AT.search(post):
        return f"Постоянное представительство{post[at.end() :]}", post[at.end() :]
    minister = _RUSSIAN_MINISTER.search(post)
    end = russian_end(post, minister.end()) if minister else 0
    return (
        (f"Министерство{post[minister.end() : end]}", post[minister.end() : end]) if minister and end > minister.end() else None
    )


def _in_english(post: str) -> tuple[str, str] | None:
    if at := _ENGLISH_AT.search(post):
        return f"Permanent Mission{post[at.end() :]}", post[at.end() :]
    minister = _ENGLISH_MINISTER.search(post)
    if minister is None:
        return None
    words = post[minister.end() :]
    state = next(iter(find_countries(words, "en")), None)
    if state is not None and words[: state.start].strip() in ("of", "of the"):
        return None  # "Minister of Kazakhstan"
    return f"Ministry{words}", words


def _in_tajik(post: str) -> tuple[str, str] | None:
    if at := _TAJIK_AT.search(post):
        return f"Намояндагии доимии{post[at.end() :]}", post[at.end() :]
    minister = _TAJIK_MINISTER.search(post)
    end = tajik_end(post, minister.end()) if minister else 0
    return (f"Вазорати{post[minister.end() : end]}", post[minister.end() : end]) if minister and end > minister.end() else None


def _in_turkic(post: str) -> tuple[str, str] | None:
    match = _TURKIC.match(post)
    if match is None or (" " not in match["head"] and _NO_PORTFOLIO.search(match["lead"])):
        return None
    return f"{match['lead']} {_TURKIC_HEADS[match['head']]}", match["lead"]


_FINDERS: dict[str, Callable[[str], tuple[str, str] | None]] = {
    "ru": _in_russian,
    "en": _in_english,
    "tg": _in_tajik,
    "": _in_russian,
}


def _place(body: str, person: PersonFound, words: str) -> Span | None:
    """Where the post beside the name of the person names the office."""
    reach = len(person.post or "") + _NEAR
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
    near = [match.span() for match in pattern.finditer(body, max(0, person.start - reach), person.end + reach)]
    return min(near, key=lambda span: min(abs(span[1] - person.start), abs(span[0] - person.end)), default=None)


_KIND_OF_OFFICE = re.compile(
    r"министерств|министрлиг|министрліг|ministry|vazirlig|вазирлиг|вазорат|представительств|mission|өкүлчүлү|өкілді|vakolatxona|ваколатхона|намояндаг",
    re.I,
)
_JOINING = frozenset(["жана", "және", "of", "the", "and", "for"])


@dataclass(frozen=True)
class _Office:
    """What a name says of an office. `state`: alpha-2, "" where it names no country."""

    kind: str
    state: str
    words: frozenset[str]

    def is_same(self, other: _Office | None) -> bool:
        """Whether two names are of one office: a country that both name is the same, and the one has all words of the other."""
        if other is None or self.kind != other.kind or (self.state and other.state and self.state != other.state):
            return False
        return self.words <= other.words or other.words <= self.words


@lru_cache(maxsize=2_000)  # a list of a hundred ministers compares each with all that the text names
def _office(name: str, language: str) -> _Office | None:
    """None where the name is not of an office of these kinds."""
    kind = _KIND_OF_OFFICE.search(name)
    if kind is None:
        return None
    states = find_countries(name, language)
    words = _words(name, [(state.start, state.end) for state in states])
    return _Office(plain(kind[0]), states[0].code if states else "", frozenset(words))


def _words(name: str, states: Sequence[Span]) -> set[str]:
    for start, end in reversed(states):
        name = f"{name[:start]} {name[end:]}"
    return {word for word in re.findall(r"[^\W\d_][\w’'ʻʼ‘`-]{2,}", plain(name)) if word not in _JOINING}
