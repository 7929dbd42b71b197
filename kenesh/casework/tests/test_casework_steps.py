"""Steps and the timeline: what was done, how long it took, what it cost, and what of it the person never sees."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework.models import Case, Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(office: Any, aigul: Any) -> str:
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": "Не платят", "citizenship": "KG", "where_country": "RU", "consents": ["a"]}
    appeals.file_appeal(draft=draft, office=office, language="ru")
    return draft.receipt


@pytest.fixture
def client(receipt: str, aigul: Any, signed_in: Any) -> Any:
    client = signed_in(aigul)
    assert client.post(f"/work/appeals/{Appeal.objects.get().code}/take-up/").status_code == 302
    return client


def base() -> str:
    return f"/work/cases/{Case.objects.get().code}/"


def call(client: Client, **more: str) -> Any:
    form = {"kind": "call", "what": "Прораб обещал заплатить", "minutes": "20", "cost": "350", "currency": "RUB", **more}
    form.setdefault("key", str(uuid.uuid4()))
    return client.post(f"{base()}step/", {f"step-{name}": value for name, value in form.items()})


def test_a_step_stands_in_the_timeline_with_the_sums(client: Any) -> None:
    assert call(client).status_code == 302
    assert call(client, kind="visit", minutes="40", cost="150,50").status_code == 302
    page = client.get(base())
    assert page.context["sums"].minutes == 60
    assert {currency: str(cost) for currency, cost in page.context["sums"].costs.items()} == {"RUB": "500.50"}
    assert "Прораб обещал" in page.content.decode()
    assert "Прораб".encode() not in b"".join(bytes(row.sealed) for row in Step.objects.all())


def test_a_form_sent_twice_makes_one_step(client: Any) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        assert call(client, key=key).status_code == 302
    assert Step.objects.count() == 1


def test_a_step_with_a_mistake_comes_back_with_everything_typed(client: Any) -> None:
    answer = call(client, minutes="двадцать", on="2031-01-01")
    assert answer.status_code == 422
    assert "Прораб обещал" in answer.content.decode()
    assert Step.objects.count() == 0


def test_the_timeline_shows_one_kind_when_asked(client: Any) -> None:
    call(client)
    client.post(f"{base()}note/", {"note-text": "Проверить", "note-key": str(uuid.uuid4())})
    kinds = {item.kind for item in client.get(base()).context["timeline"]}
    assert kinds == {"note", "step", "status"}
    assert {item.kind for item in client.get(f"{base()}?kind=step").context["timeline"]} == {"step"}
    times = [item.at for item in client.get(base()).context["timeline"]]
    assert times == sorted(times, reverse=True)


def test_two_people_at_one_step_lose_nothing(client: Any) -> None:
    call(client)
    page = f"{base()}step/{Step.objects.get().uid}/"
    assert client.get(page).status_code == 200
    form = {"kind": "call", "what": "Он заплатит в пятницу", "version": "1", "key": str(uuid.uuid4())}
    assert client.post(page, form).status_code == 302
    second = client.post(page, {**form, "what": "Он не заплатит"})
    assert second.status_code == 422
    text = second.content.decode()
    assert "Он заплатит в пятницу" in text
    assert "Он не заплатит" in text
    assert re.search(r'name="version" value="2"', text)


def test_steps_stay_with_the_office(client: Any, receipt: str, boris: Any, signed_in: Any) -> None:
    call(client)
    holder = Client()
    holder.post("/ru/appeal/status/", {"receipt": receipt})
    assert "Прораб обещал" not in holder.get("/ru/appeal/status/open/").content.decode()
    stranger = signed_in(boris)
    assert stranger.get(f"{base()}step/{Step.objects.get().uid}/").status_code == 404
    assert call(stranger).status_code == 404
