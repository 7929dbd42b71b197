"""A small world with one of everything, for the tests that visit every page."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from kenesh.site.tests.world.addresses import arguments
from kenesh.site.tests.world.cases import a_case, sharing, statistics, words
from kenesh.site.tests.world.councils import a_meeting, a_problem, texts, way_of_a_problem
from kenesh.site.tests.world.papers import a_batch
from kenesh.site.tests.world.recommendations import a_recommendation


@dataclass
class World:
    """One of everything. `arguments`: for each named address the arguments that lead to it."""

    receipt: str
    arguments: dict[str, dict[str, Any]] = field(default_factory=dict)
    begun: float = field(default_factory=time.time)  # seconds since 1970


def one_of_everything(aigul: Any, office: Any, chynara: Any, member: Any, council: Any, ministry: Any, settings: Any) -> World:
    """An appeal with its case in Bishkek, a problem, a meeting under way, a recommendation with an answer and a judgement."""
    from kenesh.library.actions import import_document

    settings.API_PER_MINUTE = 1_000_000  # who visits every address for every role is quicker than a network may be
    council.publishes_decisions = True
    council.save()
    digits, case = a_case(aigul, office)
    text = "Пресс-релиз о заседании совета по миграции.\n\n15 мая 2024 года в Бишкеке обсудили невыплату зарплаты мигрантам."
    document = import_document(data=text.encode(), source="press.txt", by="test").document
    batch, version = a_batch(document, chynara)
    problem = a_problem(council, office, document, aigul, chynara)
    meeting, proposal, ballot, decision = a_meeting(council, problem, document, ministry, member, chynara)
    recommendation = a_recommendation(decision, chynara)
    made = World(digits)
    made.arguments = arguments(
        case, office, problem, meeting, proposal, ballot, decision, recommendation, document, council, aigul
    )
    made.arguments |= {"library_work:batch": {"code": batch.code}, "library_work:original": {"code": version.code}}
    made.arguments |= {"library_work:changes": {"code": version.code}}
    made.arguments |= sharing(case, office, ministry, aigul)
    made.arguments |= statistics(case, office, aigul)
    made.arguments |= words(digits, case, problem, aigul)
    made.arguments |= texts(meeting, proposal, decision, chynara)
    made.arguments |= way_of_a_problem(problem, council, office, chynara)
    return made
