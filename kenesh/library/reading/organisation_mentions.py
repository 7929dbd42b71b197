"""Mentions of organisations, and the acronyms that a text introduces for them: "… совета по миграции (МЭКС)"."""

from __future__ import annotations

# ruff: noqa: E501  # patterns are read as one line each
import re
from dataclasses import dataclass, replace

from kenesh.themes.international import INTERNATIONAL_RE, body_matched


@dataclass(frozen=True)
class Mention:
    """An organisation at one place of the text."""

    name: str
    key: str  # the same for all names of one body
    start: int
    end: int
    rank: int  # of two that overlap the lower rank stays


def without_overlaps(mentions: list[Mention]) -> list[Mention]:
    """The longest of those that overlap; of equals the better known."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda one: (-(one.end - one.start), one.rank)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda one: one.start)


_ALIAS = re.compile(
    r"[а-яёөүңқғіa-z]{0,5}[»”\"]?[ \xa0]?\((?:далее(?: по тексту)?[ \xa0]?[-–—:]?[ \xa0]?|further |hereinafter |мындан ары [-–—]?[ ]?|бұдан әрі [-–—]?[ ]?)?[«“\"]?(?P<alias>[A-ZА-ЯЁҮӨҰҚІҲҶ][\w-]{1,9})[»”\"]?\)"
)


def _known_key(words: str) -> str | None:
    match = INTERNATIONAL_RE.search(words)
    return body_matched(match) if match is not None else None


def _explained(text: str, mention: Mention) -> Mention:
    """The mention of a known body by a name that only its acronym betrays: "БУУнун Балдар фонду (ЮНИСЕФ)".

    "Office of the International Organization for Migration (IOM)" is not: there the letters are the body's, not the office's.
    """
    alias = _ALIAS.match(text, mention.end)
    key = _known_key(alias["alias"]) if alias is not None and mention.rank > 0 else None
    inner = {body_matched(match) for match in INTERNATIONAL_RE.finditer(mention.name)}
    return replace(mention, key=key) if key is not None and key not in inner else mention


# "ХМТ" is short for two bodies in Uzbek.
_SHARED = {"ILO": ("IOM",), "IOM": ("ILO",)}


def with_aliases(text: str, mentions: list[Mention]) -> list[Mention]:
    """Adds what the text says of an office by its acronym, once it has explained it: "… совета по миграции (МЭКС)"."""
    mentions = [_explained(text, mention) for mention in mentions]
    aliases: dict[str, Mention] = {}
    for mention in mentions:
        alias = _ALIAS.match(text, mention.end)
        if alias is None or sum(letter.isupper() for letter in alias["alias"]) < 2:
            continue
        if _known_key(alias["alias"]) in (None, *_SHARED.get(mention.key, ())):
            aliases.setdefault(alias["alias"], mention)
    if not aliases:
        return mentions
    pattern = re.compile(
        r"(?<![\w-])(?:"
        + "|".join(map(re.escape, aliases))
        + r")(?=(?:нын|нин|тын|тин|нун|га|ге|ning|нинг|ning|ga|ның|нің|'s|’s)?(?!\w))"
    )
    named = {alias: mention.key for alias, mention in aliases.items()}
    extra = [Mention(match[0], named[match[0]], match.start(), match.end(), 4) for match in pattern.finditer(text)]
    renamed = [replace(one, key=named[one.name]) if one.name in named else one for one in mentions]
    return without_overlaps([*renamed, *extra])
