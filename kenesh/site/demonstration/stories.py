"""Reads `stories.txt`: one invented appeal a line, and what the office made of it.

who          f or m, then the age band: 1 = 18–29, 2 = 30–44, 3 = 45–59
for whom     1 = for herself, r = for a relative, a number = for a group of so many
fate         new, urgent       nobody has taken it up yet
             declined          closed with words that say where else to turn
             asked             a case that waits for the person
             work±n            a case that waits for the office, with a deadline in n days
             others±n          a case that waits for an authority, with a deadline in n days
             closed:R1         a closed case and its outcome (casework/outcomes.py)
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "stories.txt"
AGES = {"1": "18-29", "2": "30-44", "3": "45-59"}
# Caseworkers write regions in one language, so that counts of one town come together.
TOWNS = {
    "Маскав": "Москва", "Мәскеу": "Москва", "Moskva": "Москва", "Moscow": "Москва", "Մոսկվա": "Москва", "Челябі": "Челябинск",
    "Қазон": "Казань", "Қазан": "Казань", "Qozon": "Казань", "Yekaterinburg": "Екатеринбург", "Shimkent": "Шымкент", "Бішкек": "Бишкек",
    "Bishkek": "Бишкек", "Dubai": "Дубай",
}  # fmt: skip


@dataclass(frozen=True)
class Story:
    """One line of the file."""

    language: str
    office: str
    days: int
    top: str
    theme: str
    citizenship: str
    country: str
    place: str
    who: str
    papers: str
    culprit: str
    for_whom: str
    fate: str
    words: str

    @property
    def persons(self) -> int:
        return int(self.for_whom) if self.for_whom.isdecimal() else 1

    @property
    def region(self) -> str:
        return TOWNS.get(self.place, self.place)

    @property
    def outcome(self) -> str:
        """The outcome of a closed case, or ""."""
        return self.fate.partition(":")[2]

    @property
    def due_in(self) -> int:
        """Days from today to the deadline; below 0 it has passed."""
        return int(self.fate.lstrip("abcdefghijklmnopqrstuvwxyz"))

    def answers(self, chance: random.Random) -> dict[str, Any]:
        """What the pages of the form would have sealed. Whether a phone is given and what is allowed, chance decides."""
        told: dict[str, Any] = {"theme": self.top, "danger": "no", "story": self.words}
        if self.fate == "urgent":
            told |= {"danger": "yes", "danger_where": self.place, "danger_since": "", "danger_phone": _phone(chance)}
        else:
            told |= self._where_and_who()
        called = chance.random() < 0.4 and self.fate != "urgent"
        told |= {
            "answer_how": "call" if called else "code",
            "phone": _phone(chance) if called else "",
            "language": self.language,
            "needs": ["interpreter"] if self.language in {"tg", "uz"} and chance.random() < 0.4 else [],
            "consents": chance.choice((["a", "d"], ["a", "d"], ["a", "d", "f"], ["a", "d", "e", "f"], ["a"])),
        }
        # In danger only the short pages are asked; where from and where to, the story tells the caseworker.
        told |= {"citizenship": self.citizenship, "where_country": self.country}
        return told

    def _where_and_who(self) -> dict[str, Any]:
        group = self.for_whom.isdecimal() and self.persons > 1
        return {
            "where_place": self.place,
            "now_country": self.country,
            "papers": self.papers,
            "culprit": self.culprit,
            "for_whom": "relative" if self.for_whom == "r" else "group" if group else "self",
            "group_size": self.persons if group else None,
            "person_knows": "yes" if self.for_whom == "r" else "",
            "sex": {"f": "female", "m": "male"}[self.who[0]],
            "age": AGES[self.who[1]],
        }


def _phone(chance: random.Random) -> str:
    """A number that nobody has: zeros in the middle."""
    return f"+996 000 00-{chance.randrange(100):02d}-{chance.randrange(100):02d}"


def all_stories() -> list[Story]:
    """In the order of arrival. Raises ValueError for a line that is not as described above."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    stories = []
    for line in lines:
        parts = line.split("|")
        if len(parts) != 14:
            raise ValueError(f"14 columns are wanted in {FILE.name}: {line}")
        stories.append(Story(parts[0], parts[1], int(parts[2]), *parts[3:]))
    return sorted(stories, key=lambda story: -story.days)
