"""What somebody typed into the search field, as a query: phones and numbers, words by their forms, names by sound, themes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kenesh.casework.search import terms
from kenesh.casework.search.subjects import code_term
from kenesh.themes import analysis
from kenesh.themes.names import is_child_word, name_keys, name_parts

LONGEST = 200  # characters
MOST_WORDS = 12


@dataclass(frozen=True)
class Asked:
    """`query`: for lookup.find. `words`: the terms of single words, for showing where they stand."""

    query: list[list[list[str]]] = field(default_factory=list)
    words: frozenset[str] = frozenset()


def parse(text: str) -> Asked:
    """Everything that was typed must be there; or else its themes, in whatever language, with the words beside them."""
    text = text[:LONGEST]
    numbers, rest = _numbers(text)
    tokens = [token for token in analysis.tokens(rest) if not is_child_word(token.word)][:MOST_WORDS]
    groups = [(token, group) for token in tokens if (group := _group(token.word))]
    words = [group for _, group in groups]
    query = [[*numbers, *words]] if numbers or words else []
    matches = analysis.tag(rest)
    if matches:
        spans = [span for match in matches for span in match.spans]
        beside = [group for token, group in groups if not any(start <= token.start < end for start, end in spans)]
        query.append([*numbers, [f"c:{match.concept}" for match in matches], *beside])
    return Asked(query, frozenset(term for group in words for term in group))


def _numbers(text: str) -> tuple[list[list[str]], str]:
    """Phones, document numbers and numbers of firms, each with all that it could be; and the text without them."""
    groups: list[list[str]] = []

    def take(match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", match.group())
        found = [*terms.phone_terms(match.group()), *terms.document_terms(match.group())]
        phones = [f"e:phone:{term[2:]}" for term in found if term.startswith("p:")]
        firms = [f"e:{kind}:{digits}" for kind in ("inn", "ogrn", "bin")] if digits == match.group() else []
        if not found and not firms:
            return match.group()
        groups.append([*found, *phones, *firms, f"w:{digits}"])
        return " "

    rest = terms.PASSPORT.sub(take, text)
    rest = terms.PHONE.sub(take, rest)
    return groups, rest


def _group(word: str) -> list[str]:
    """All terms under which a word may stand; none for one that carries grammar alone."""
    stems = terms.words_to_find(word)
    if not stems:
        return []
    found = list(stems[0])
    for part in name_parts(word):
        found += [f"{kind}:{key}" for key in name_keys(part) for kind in ("n", "k", "e:word")]
    return [*found, terms.tag_term(word), code_term(word)]
