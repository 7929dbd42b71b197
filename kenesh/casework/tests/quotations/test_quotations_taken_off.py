"""What takes words off the public pages without a word about them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals.models import Appeal, Receipt
from kenesh.casework import actions, quoting
from kenesh.casework.actions import keeping
from kenesh.casework.models import Case
from kenesh.casework.tests.quotations.quoting import (
    WORDS,
    _seed,
    at,
    check,
    hers,
    keyring,
    opened,
    person,
    proposed,
    public_page,
    state,
)
from kenesh.kernel.models import TrailEntry
from kenesh.problems.models import Problem, Quotation

pytestmark = pytest.mark.django_db


# --- what takes words away without a word about them ----------------------------------------------------------------------------


@pytest.mark.parametrize("consent", ["a", "e"])
def test_taking_back_the_consent_takes_the_words_off(filed: str, published: str, problem: Problem, consent: str) -> None:
    she = person(filed)
    she.post(f"/ru/appeal/status/consent/{consent}/", {"given": "no"})
    assert WORDS not in public_page(problem)
    she.post(f"/ru/appeal/status/consent/{consent}/", {"given": "yes"})
    assert WORDS not in public_page(problem)


def test_what_she_tells_staff_takes_the_words_off_too(published: str, case: Case, problem: Problem, aigul: Any) -> None:
    told = appeals.Told(how=appeals.ORALLY, language="ky", explained="Aigul")
    appeals.record_consents(
        keyring=keyring(aigul), appeal=case.appeals.get(), codes=["e"], given=False, told=told, request_key=uuid.uuid4()
    )
    assert (WORDS in public_page(problem), state(case, published)) == (False, "withdrawn")


def test_erasing_takes_the_words_off_before_anything_is_destroyed(
    filed: str, published: str, case: Case, problem: Problem
) -> None:
    she = person(filed)
    she.post("/ru/appeal/status/erase/", {"what": "erase"})
    assert WORDS not in public_page(problem)
    she.post("/ru/appeal/status/erase/", {"what": "stop"})
    assert (WORDS in public_page(problem), state(case, published)) == (False, "gone")


def test_the_worker_takes_the_words_off_with_a_case_that_nobody_opens_any_more(
    published: str, case: Case, problem: Problem, aigul: Any
) -> None:
    """Retention destroys without any key of a person: the node's own door key is enough to find what was public of it."""
    actions.close_case(keyring=keyring(aigul), case=case)
    case.refresh_from_db()
    assert case.keep_until is not None
    keeping.destroy_case(case=case, today=case.keep_until + timedelta(days=1), by="worker")
    assert (Appeal.objects.count(), Quotation.objects.count()) == (0, 0)
    assert WORDS not in public_page(problem)
    assert TrailEntry.objects.filter(verb="revoke_quotation", target=f"quotation:{published}", actor="worker").exists()


def test_own_new_digits_carry_what_she_has_agreed_to(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    she = person(filed)
    hers(she, code, "agree")
    she.get("/ru/appeal/status/own-digits/")
    she.post("/ru/appeal/status/own-digits/take/")
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 1


def test_what_staff_signed_with_digits_they_had_seen_does_not_become_hers(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    Receipt.objects.update(seen_by_other=True)
    one = quoting.found(opened(case), code)
    assert one is not None
    signed = quoting.signed_consent(one, signing_seed=_seed(filed), language="ru")
    line = {"quotation": code, "code": quoting.AGREED, **signed}
    opened(case).sealed_entry(kind=quoting.KIND, by="person", at=timezone.now(), **line).save()
    she = person(filed)
    she.get("/ru/appeal/status/own-digits/")
    she.post("/ru/appeal/status/own-digits/take/")
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 0


def test_a_consent_of_a_receipt_that_is_gone_is_asked_for_again(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    Receipt.objects.update(seen_by_other=True)
    page = signed_in(jamila).get(at(case, code))
    assert (page.context["broken"], page.context["can_pass"]) == (True, False)
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 0


def test_a_case_that_was_put_behind_a_problem_by_mistake_is_taken_away_from_it(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    client, stands = signed_in(aigul), f"/en/problems/{problem.code}/"
    assert stands in person(filed).get("/en/appeal/status/open/").content.decode()
    for _press in range(2):
        client.post(f"/work/cases/{case.code}/problem/{problem.code}/end/")
    page = person(filed).get("/en/appeal/status/open/").content.decode()
    assert (stands in page, page.count("by mistake")) == (False, 2)  # as news, and in the history
    assert f"/work/problems/{problem.code}/" not in client.get(f"/work/cases/{case.code}/").content.decode()
