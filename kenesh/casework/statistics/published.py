"""Figures for outside: sums of whole published blocks, and nothing else (problems/partition.py says why that is safe).

A block is of all offices of the node: who filed where is not published. Blocks whose months do not lie within the period wholly are
left out, since a part of a block is no number that may be told.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from kenesh.casework.statistics.period import Period
from kenesh.problems.models import Block
from kenesh.problems.partition import SMALLEST, period_end
from kenesh.themes import thesaurus


@dataclass(frozen=True)
class Published:
    """Persons in the blocks of a period: all, by topmost theme, by corridor (origin, destination), by quarter."""

    persons: int
    themes: dict[str, int]
    corridors: dict[tuple[str, str], int]
    blocks: int


def published(period: Period) -> Published:
    """Themes and corridors by number, the largest first. One query."""
    themes: dict[str, int] = defaultdict(int)
    corridors: dict[tuple[str, str], int] = defaultdict(int)
    several = [
        block
        for block in Block.objects.filter(period_start__gte=period.start, period_start__lte=period.end).order_by("id")
        if period_end(block.period_start, block.period_months) - timedelta(days=1) <= period.end
    ]
    for block in several:
        if block.persons < SMALLEST:
            raise ValueError("a block holds fewer persons than may be published")
        themes[thesaurus.top_of(block.concept) if block.concept in thesaurus.concepts() else block.concept] += block.persons
        corridors[block.origin, block.destination] += block.persons
    return Published(
        persons=sum(block.persons for block in several),
        themes=dict(sorted(themes.items(), key=lambda item: (-item[1], item[0]))),
        corridors=dict(sorted(corridors.items(), key=lambda item: (-item[1], item[0]))),
        blocks=len(several),
    )
