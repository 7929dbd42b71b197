"""Words of a person on their way to the public page, and what leads to her."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.test import Client

from kenesh.appeals.models import Entry
from kenesh.casework import quoting
from kenesh.casework.models import Case, Status
from kenesh.casework.tests.quotations.quoting import (
    IN_KYRGYZ,
    WORDS,
    at,
    check,
    form,
    hers,
    opened,
    person,
    proposed,
    public_page,
    state,
)
from kenesh.kernel.models import TrailEntry
from kenesh.problems import actions as problems
from kenesh.problems.models import Problem, Quotation
from kenesh.themes.texts import Translated

pytestmark = pytest.mark.django_db


# --- the way -------------------------------------------------------------------------------------------------------------------


def test_words_go_from_the_proposal_over_her_signature_and_a_second_check_to_the_public_page(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    she = person(filed)
    assert WORDS in she.get("/ru/appeal/status/open/").content.decode()
    assert IN_KYRGYZ in she.get(f"/ky/appeal/status/words/{code}/").content.decode()
    assert WORDS not in public_page(problem)
    assert hers(she, code, "agree") == 302
    case.refresh_from_db()
    assert (state(case, code), case.status) == ("agreed", Status.OFFICE)
    assert WORDS not in public_page(problem)
    page = signed_in(jamila).get(at(case, code)).content.decode()
    assert 'value="publish"' in page
    check(signed_in(jamila), case, code)
    assert f'<blockquote lang="ru"><p>{WORDS}</p></blockquote>' in public_page(problem)
    kyrgyz = public_page(problem, "ky")
    assert f'<blockquote lang="ky"><p>{IN_KYRGYZ}</p></blockquote>' in kyrgyz
    assert "Русский" in kyrgyz
    assert state(case, code) == "published"


def test_what_is_public_names_no_appeal_no_case_no_office_and_no_day(published: str, case: Case) -> None:
    row = Quotation.objects.get()
    assert (row.code, row.month.day, row.who, row.origin, row.destination) == (published, 1, "building", "KG", "RU")
    appeal, whole = case.appeals.get(), " ".join(str(value) for value in Quotation.objects.values().get().values())
    named = [appeal.code, appeal.uid.hex, str(appeal.uid), case.code, case.uid.hex, str(case.office), case.office.code]
    assert [name for name in named if name in whole] == []


def test_nothing_in_the_database_joins_the_public_words_to_the_appeal(published: str, case: Case) -> None:
    """The code of the quotation stands in the public row and in the trail, beside no appeal and no case."""
    about = TrailEntry.objects.filter(target__contains=published)
    verbs = list(about.order_by("id").values_list("verb", flat=True))
    assert verbs == ["propose_quotation", "agree_to_quotation", "check_quotation", "publish_quotation"]
    assert set(about.values_list("target", flat=True)) == {f"quotation:{published}"}
    assert not [row for row in Entry.objects.all() if published.encode() in bytes(row.sealed)]
    assert not Entry.objects.filter(request_key__isnull=False).exists()


def test_until_they_are_public_the_words_stand_nowhere_in_the_clear(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "other", text=WORDS)
    found = [
        model.__name__
        for model in apps.get_models()
        if model._meta.managed
        for row in model._default_manager.values_list()
        if any(WORDS in str(value) or WORDS.encode() in _raw(value) for value in row)
    ]
    assert found == []


def _raw(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def test_she_takes_her_words_back_and_they_are_gone_at_once(filed: str, published: str, case: Case, problem: Problem) -> None:
    she = person(filed)
    answer = she.post(f"/ru/appeal/status/words/{published}/", {"do": "take_back"}, follow=True)
    assert answer.status_code == 200
    assert WORDS not in public_page(problem)
    assert (Quotation.objects.count(), state(case, published)) == (0, "taken_back")
    last = TrailEntry.objects.filter(verb="revoke_quotation").get()
    assert (last.target, last.actor) == (f"quotation:{published}", "public")


def test_the_office_takes_words_back_with_a_reason_that_she_reads(
    filed: str, published: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    signed_in(aigul).post(at(case, published), {"do": "withdraw", "text": "Вас могли бы узнать"})
    assert WORDS not in public_page(problem)
    assert "Вас могли бы узнать" in person(filed).get(f"/ru/appeal/status/words/{published}/").content.decode()


def test_she_asks_for_other_words_and_is_asked_anew(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    code = proposed(client, case, problem)
    she = person(filed)
    assert hers(she, code, "other", text="") == 422
    hers(she, code, "other", text="Не пишите про зиму")
    assert "Не пишите про зиму" in client.get(at(case, code)).content.decode()
    other = form(problem, text="Нам сказали: приходите потом.", text_ky="")
    assert client.post(at(case, code, "other"), other).status_code == 302
    hers(she, code, "agree")
    check(signed_in(jamila), case, code)
    assert Quotation.objects.get().texts == {"ru": "Нам сказали: приходите потом."}


def test_a_no_ends_it(filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any) -> None:
    client = signed_in(aigul)
    code = proposed(client, case, problem)
    hers(person(filed), code, "take_back")
    assert state(case, code) == "refused"
    assert client.post(at(case, code, "other"), form(problem)).status_code == 302
    assert state(case, code) == "refused"


def test_a_second_caseworker_gives_it_back(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    signed_in(jamila).post(at(case, code), {"do": "send_back", "text": "Слишком узнаваемо"})
    assert state(case, code) == "returned"
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 0


def test_the_form_sent_twice_asks_once(filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any) -> None:
    client, sent = signed_in(aigul), form(problem)
    places = {client.post(at(case), sent).headers["Location"] for _ in range(2)}
    assert (len(places), len(quoting.of_opened(opened(case)))) == (1, 1)


def test_more_words_than_fit_have_a_page_of_their_own(problem: Problem, aigul: Any) -> None:
    for number in range(25):
        words = problems.Words(Translated(ru=f"Слова {number:02d}."), "ru", Quotation.Who.WORKER)
        code = f"bcdfg{number:03d}".translate(str.maketrans("01", "zx"))
        problems.publish_quotation(
            code=code, problem=problem, words=words, handle=bytes([number]) * 16, today=date(2026, 11, 2), by=aigul, chain="node"
        )
    shown = re.findall(r"Слова \d\d", public_page(problem))
    client, address = Client(), f"/ru/problems/{problem.code}/words/"
    first = client.get(address)
    pages = [first.content.decode(), client.get(f"{address}?after={first.context['quotations'].after}").content.decode()]
    assert [len(shown), *(len(re.findall(r"Слова \d\d", page)) for page in pages)] == [3, 20, 5]
    assert client.get(f"{address}?after=zzzzzzzz").status_code == 404


# --- what leads to her ----------------------------------------------------------------------------------------------------------


def test_words_that_say_who_she_is_are_never_proposed(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    for words in ("Айбеку не заплатили.", "Звоните мне: 8 912 000 11 22.", "Нас обманул Сапсан Строй."):
        answer = signed_in(aigul).post(at(case), form(problem, text=words, text_ky="", looked="on"))
        assert answer.status_code == 422
        assert '<mark data-tone="bad">' in answer.content.decode()
    assert quoting.of_opened(opened(case)) == []


def test_what_may_lead_to_her_is_marked_until_somebody_has_looked(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    words = "Меня обманули в Снежинске."
    answer = signed_in(aigul).post(at(case), form(problem, text=words, text_ky=""))
    assert answer.status_code == 422
    assert "<mark>Снежинске" in answer.content.decode()
    assert words in answer.content.decode()
    assert signed_in(aigul).post(at(case), form(problem, text=words, text_ky="", looked="on")).status_code == 302


def test_the_only_case_of_its_kind_is_warned_of(filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any) -> None:
    page = signed_in(aigul).get(at(case))
    assert len(page.context["few"]) == 1
    code = proposed(signed_in(aigul), case, problem)
    assert len(signed_in(aigul).get(at(case, code)).context["few"]) == 2


def test_scripts_and_hidden_characters_in_her_words_do_nothing(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    nasty = "<script>alert(1)</script> нам \u202eне\u202c\r\nзаплатили\x07 {{ 7 }}"
    code = proposed(signed_in(aigul), case, problem, text=nasty, text_ky="", looked="on")
    she = person(filed)
    pages = [she.get(f"/ru/appeal/status/words/{code}/").content.decode(), she.get("/ru/appeal/status/open/").content.decode()]
    hers(she, code, "agree")
    pages.append(signed_in(jamila).get(at(case, code)).content.decode())
    pages.append(signed_in(jamila).get(f"/work/cases/{case.code}/").content.decode())
    check(signed_in(jamila), case, code)
    pages.append(public_page(problem))
    assert Quotation.objects.get().texts["ru"] == "<script>alert(1)</script> нам не заплатили {{ 7 }}"
    assert [page for page in pages if "<script>alert" in page or "&lt;script&gt;" not in page] == []


def test_her_words_are_in_the_archive_of_her_case(filed: str, published: str, case: Case, aigul: Any, signed_in: Any) -> None:
    taken = signed_in(aigul).post(f"/work/cases/{case.code}/archive/", {"person": str(case.persons.get().uid)})
    with ZipFile(io.BytesIO(b"".join(taken))) as archive:
        words = json.loads(archive.read("data.json"))["parts"]["words"]
    assert [(one["texts"]["ru"], one["state"]) for one in words] == [(WORDS, "published")]
