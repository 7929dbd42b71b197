"""Whether a correspondent may be in the address book already: by name, in whatever letters, by telephone, by organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from kenesh.kernel.findings import Candidate, best
from kenesh.people.matching import NamedPerson, core, person_candidates, sound
from kenesh.themes.texts import Translated

ALIKE = 0.85  # from this score on of people.matching a name is enough
_SOMEWHAT = 0.7  # the same surname, say: enough beside the same organisation
_SAME_TELEPHONE = _("the same telephone")
_SHORTEST_PHONE = 7  # digits
_COMPARED = 9  # digits from the end: with and without the country's code


@dataclass(frozen=True)
class Listed:
    """A correspondent of the list. `target`: its code, or what else tells it from others."""

    target: str
    name: str
    organisation: str
    phones: str

    @property
    def label(self) -> str:
        return f"{self.name} · {self.organisation}" if self.organisation else self.name


def doubles(who: Listed, known: Iterable[Listed]) -> list[Candidate]:
    """Those who may be the same person, the likeliest first, each with the reason in words."""
    rows = {each.target: each for each in known}
    named = [NamedPerson(each.target, each.label, Translated(ru=each.name), Translated(), "") for each in rows.values()]
    telephones, firm = _telephones(who.phones), sound(core(who.organisation))
    found = [
        replace(each, score=max(each.score, ALIKE))
        for each in person_candidates(who.name, "", "", "ru", named)
        if each.score >= ALIKE or (each.score >= _SOMEWHAT and firm and firm == sound(core(rows[each.target].organisation)))
    ]
    found += [
        Candidate(each.target, each.label, ALIKE, _SAME_TELEPHONE)
        for each in rows.values()
        if telephones and telephones & _telephones(each.phones)
    ]
    return best(found)


def _telephones(said: str) -> frozenset[str]:
    digits = [re.sub(r"\D", "", each) for each in re.split(r"[,;\n]", said)]
    return frozenset(each[-_COMPARED:] for each in digits if len(each) >= _SHORTEST_PHONE)
