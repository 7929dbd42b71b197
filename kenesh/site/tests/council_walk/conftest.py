"""Who is there before the council is founded: organisations, people and a person whose appeal waits for its answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from kenesh.people.models import Body, Organisation, OrganisationKind, Person, Role
from kenesh.site.tests.council_walk.walker import Walker
from kenesh.site.worker import QuietWorker

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Invented, true to form: key, kind, country, Russian and Kyrgyz name, mailbox.
HOUSES = (
    ("pamir", OrganisationKind.NGO, "TJ", "Общественный фонд «Памир»", "«Памир» коомдук фонду", ""),
    ("union", OrganisationKind.UNION, "KZ", "Профсоюз строителей", "Куруучулардын кесиптик бирлиги", ""),
    ("labour", OrganisationKind.MINISTRY, "KG", "Министерство труда", "Эмгек министрлиги", "davron@labour.example"),
    ("health", OrganisationKind.MINISTRY, "KG", "Министерство здравоохранения", "Саламаттык сактоо министрлиги", "focal@health.example"),
    ("police", OrganisationKind.MINISTRY, "RU", "Министерство внутренних дел", "Ички иштер министрлиги", "kanc@police.example"),
)  # fmt: skip
PERSONS = (("gulzat", "Гүлзат Асанова", "office"), ("farrukh", "Фаррух Назаров", "pamir"), ("arman", "Арман Оспанов", "union"))


@pytest.fixture
def houses(office: Organisation, other_office: Organisation) -> dict[str, Organisation]:
    made = {"office": office, "chelyabinsk": other_office}
    for key, kind, country, ru, ky, mailbox in HOUSES:
        languages = ["ky"] if country == "KG" else ["ru"]
        made[key] = Organisation.objects.create(
            kind=kind, country=country, name={"ru": ru, "ky": ky}, mailbox=mailbox, languages=languages
        )
    return made


@pytest.fixture
def persons(houses: dict[str, Organisation]) -> dict[str, Person]:
    return {key: Person.objects.create(name={"ru": name}, organisation=houses[house]) for key, name, house in PERSONS}


@pytest.fixture
def coalition(houses: dict[str, Organisation]) -> Body:
    """A fund and a trade union sit in it."""
    made = Body.objects.create(name={"ru": "Коалиция «Мир без границ»"}, kind=Body.Kind.COALITION, publishes_decisions=True)
    for house in ("pamir", "union"):
        made.memberships.create(
            organisation=houses[house], publication="public", since=timezone.localdate() - timedelta(days=400)
        )
    return made


@pytest.fixture
def chynara(make_account: Callable[..., Any]) -> Any:
    """Will be the council's secretary when there is a council."""
    return make_account("Chynara").user


@pytest.fixture
def arman(make_account: Callable[..., Any]) -> Any:
    """Of the trade union; will be elected."""
    return make_account("Arman").user


@pytest.fixture
def dinara(make_account: Callable[..., Any], coalition: Body) -> Any:
    """Secretary of the coalition."""
    return make_account("Dinara", Role.COUNCIL_SECRETARY, body=coalition).user


@pytest.fixture
def someone(open_page: Callable[..., Page], live_server: Any, settings: Any) -> Callable[..., Walker]:
    base = settings.ADDRESS = live_server.url.replace("127.0.0.1", "localhost")

    def sit_down(language: str = "ru", *, width: int = 1280, scripts: bool = False) -> Walker:
        return Walker(open_page(width=width, scripts=scripts), base, language)

    return sit_down


@pytest.fixture
def days_pass(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """`days_pass(14)`: it is two weeks later, for the server too."""
    passed = [timedelta()]
    now = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + passed[0])

    def pass_by(days: int) -> None:
        passed[0] += timedelta(days=days)

    return pass_by


@pytest.fixture
def work_off() -> Callable[[], None]:
    """The worker does what waits for it."""
    worker = QuietWorker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="walk", excluded_queue_names=[],
    )  # fmt: skip

    def work() -> None:
        worker.run()

    return work
