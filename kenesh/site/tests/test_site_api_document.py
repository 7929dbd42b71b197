"""The OpenAPI document: complete, and true whatever it allows is asked."""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.test.client import Client, ClientHandler
from ninja import Schema
from schemathesis import GenerationMode

from kenesh.followup.models import Measure
from kenesh.library.actions import import_document
from kenesh.site import api
from kenesh.site.tests.test_house_addresses import addresses

FEW = hypothesis.settings(
    max_examples=2,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)


def application(environ: Any, start_response: Any) -> list[bytes]:
    """The whole site, all middleware included, within the transaction of the test."""
    response = ClientHandler()(environ)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.content]


@pytest.mark.once
@pytest.mark.django_db
def test_no_question_that_the_document_allows_or_forbids_is_answered_otherwise_than_it_says(
    recommendation: Any, settings: Any
) -> None:
    """schemathesis asks each address what its parameters may be, and what they may not be."""
    settings.API_PER_MINUTE = 1_000_000
    settings.ALLOWED_HOSTS = ["*"]
    api.document.cache_clear()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @FEW
            @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: Any) -> None:
                nonlocal asked
                asked += 1
                case.call_and_validate(headers={"Accept-Encoding": "identity"})

            ask()
    assert asked > 120


def real(path: str) -> list[dict[str, str]]:
    """Path parameters that lead to something: both forms of a table; of things the first two that their list names."""
    whole, _, name = path.rpartition("/")
    if path.endswith(".{form}"):
        return [{"form": "csv"}, {"form": "xlsx"}]
    if not name.startswith("{"):
        return [{}]
    return [{name.strip("{}"): one["id"]} for one in Client().get(whole).json()["results"][:2]]


@pytest.mark.django_db
def test_every_address_answers_for_what_there_is_as_the_document_says(recommendation: Any, settings: Any) -> None:
    settings.API_PER_MINUTE = 1_000_000
    settings.ALLOWED_HOSTS = ["*"]
    api.document.cache_clear()
    import_document(data="Пресс-релиз о невыплате зарплаты.".encode(), source="press.txt", by="test")
    recommendation.sources.create(kind="upr", title={"en": "Third cycle"}, dated_on=date(2020, 1, 20))
    Measure.objects.create(recommendation=recommendation, text={"en": "Complaints"}, baseline=Decimal("12.5"), baseline_year=2025)
    asked = {"votes": {"vote_event": recommendation.decision.code}, "search": {"q": "wages"}, "suggestions": {"q": "wage"}}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    answered: dict[str, list[int]] = {path: [] for path in api.document()["paths"] if path != "/api/v1/openapi.json"}
    for found in schema.get_all_operations():
        operation = found.ok()
        for known in real(operation.path):
            case = operation.Case(path_parameters=known, query=asked.get(operation.path.rpartition("/")[2], {}))
            answered[operation.path].append(case.call_and_validate(headers={"Accept-Encoding": "identity"}).status_code)
    assert [path for path, statuses in answered.items() if set(statuses) != {200}] == []


def test_every_operation_says_what_it_is_and_all_that_it_may_answer() -> None:
    for address, methods in api.document()["paths"].items():
        said = methods["get"]
        assert said["summary"], address
        assert said["description"], address
        assert said["tags"], address
        assert {200, 304, 429} <= {int(status) for status in said["responses"]}, address
        assert [one["name"] for one in said["parameters"] if not one.get("description")] == [], address


def test_no_two_kinds_of_things_have_one_name() -> None:
    """The document knows them by name alone: the second would stand in the place of the first."""
    modules = [sys.modules[name] for name in sorted(sys.modules) if re.fullmatch(r"kenesh\.\w+\.api(\.\w+)?", name)]
    kinds = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Schema)}
    seen = Counter(kind.__name__ for kind in kinds)
    assert [name for name, number in seen.items() if number > 1] == []


def test_the_page_of_documentation_lists_every_address_and_no_other() -> None:
    text = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(/[^`]+)` \|", text, re.MULTILINE)
    routed = [re.sub(r"<\w+:(\w+)>", r"<\1>", re.sub(r"^ru/", "<lang>/", address)) for address, _view in addresses()]
    tables = [address for address in routed if re.fullmatch(r"<lang>/problems/trends/[a-z]+\.csv", address)]
    feeds = [
        f"/{address}"
        for address in routed
        if address.startswith("<lang>/") and (address.endswith((".atom", ".ics", "/feed/")) or address in tables)
    ]
    of_one_meeting = "/<lang>/meetings/<code>/calendar.ics"
    assert sorted(listed) == sorted([*api.document()["paths"], *(address for address in feeds if address != of_one_meeting)])
