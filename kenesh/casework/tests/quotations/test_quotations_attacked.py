"""Words that nobody agreed to, and words for whom they are not."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kenesh.appeals.models import Receipt
from kenesh.casework import actions, quoting, release
from kenesh.casework.models import Case
from kenesh.casework.tests.quotations.quoting import (
    WORDS,
    _seed,
    at,
    check,
    filed_at,
    form,
    hers,
    keyring,
    opened,
    person,
    proposed,
    public_page,
    state,
)
from kenesh.problems import actions as problems
from kenesh.problems.models import EndedQuotation, Problem, Quotation

pytestmark = pytest.mark.django_db


# --- attacks --------------------------------------------------------------------------------------------------------------------


def test_who_has_written_the_words_cannot_check_them(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    assert 'value="publish"' not in signed_in(aigul).get(at(case, code)).content.decode()
    check(signed_in(aigul), case, code)
    assert Quotation.objects.count() == 0
    signed_in(jamila).post(at(case, code, "other"), form(problem))  # whoever changes a word has written them too
    hers(person(filed), code, "agree")
    check(signed_in(jamila), case, code)
    check(signed_in(aigul), case, code)
    assert Quotation.objects.count() == 0


def test_other_words_than_she_signed_do_not_pass(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    line = quoting.found(opened(case), code)
    assert line is not None
    asked, agreed = line.lines
    # Somebody with the office's key puts other words in, and her old signature behind them.
    for body in ({**asked.body, "texts": {"ru": "Я ненавижу их всех"}}, agreed.body):
        more = {name: value for name, value in body.items() if name not in ("kind", "by", "at")}
        opened(case).sealed_entry(kind=quoting.KIND, by="person", at=timezone.now(), **more).save()
    page = signed_in(jamila).get(at(case, code))
    assert page.context["broken"]
    check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 0


def test_a_forged_consent_does_not_pass(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    one = quoting.found(opened(case), code)
    assert one is not None
    signed = quoting.signed_consent(one, signing_seed=_seed(filed), language="ru")
    another = quoting.signed_consent(one, signing_seed=bytes(32), language="ru")
    for forged in (another, {**signed, "hash": "00" * 32}, {**signed, "language": "ky"}, {**signed, "signed_at": "2026-01-01"}):
        line = {"quotation": code, "code": quoting.AGREED, **forged}
        opened(case).sealed_entry(kind=quoting.KIND, by="person", at=timezone.now(), **line).save()
        check(signed_in(jamila), case, code)
    assert Quotation.objects.count() == 0


def test_a_consent_to_one_quotation_is_none_to_another(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    first, second = (proposed(signed_in(aigul), case, problem) for _ in range(2))
    hers(person(filed), first, "agree")
    one = quoting.found(opened(case), first)
    assert one is not None
    assert one.consent is not None
    signed = {name: one.consent[name] for name in ("hash", "signed_at", "language", "signature")}
    opened(case).sealed_entry(
        kind=quoting.KIND, by="person", at=timezone.now(), quotation=second, code=quoting.AGREED, **signed
    ).save()
    check(signed_in(jamila), case, second)
    assert Quotation.objects.count() == 0


def test_words_that_were_changed_under_her_eyes_are_not_signed(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    client = signed_in(aigul)
    code = proposed(client, case, problem)
    she, page = person(filed), f"/ru/appeal/status/words/{code}/"
    seen = re.search(r'name="seen" value="(\w+)"', she.get(page).content.decode())
    assert seen is not None
    client.post(at(case, code, "other"), form(problem, text="Совсем другое."))
    she.post(page, {"do": "agree", "seen": seen[1]})
    assert state(case, code) == "asked"


def test_words_that_changed_under_the_checkers_eyes_are_not_passed(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    check(signed_in(jamila), case, code, seen="0" * 64)
    check(signed_in(jamila), case, code, checked="")
    assert Quotation.objects.count() == 0


def test_digits_that_staff_have_seen_agree_to_nothing(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    Receipt.objects.update(seen_by_other=True)
    she = person(filed)
    assert "/ru/appeal/status/own-digits/" in she.get(f"/ru/appeal/status/words/{code}/").content.decode()
    hers(she, code, "agree")
    assert state(case, code) == "asked"


def test_who_has_no_receipt_cannot_be_quoted(case: Case, problem: Problem, aigul: Any, signed_in: Any) -> None:
    Receipt.objects.all().delete()
    client = signed_in(aigul)
    assert client.get(at(case)).context["why_not"]
    assert client.post(at(case), form(problem)).status_code == 200
    assert quoting.of_opened(opened(case)) == []


def test_whoever_did_not_let_her_story_be_used_is_not_asked(
    filed: str, case: Case, problem: Problem, aigul: Any, signed_in: Any
) -> None:
    person(filed).post("/ru/appeal/status/consent/e/", {"given": "no"})
    assert signed_in(aigul).get(at(case)).context["why_not"]
    with pytest.raises(actions.NotQuoted):
        actions.propose_quotation(
            keyring=keyring(aigul), case=case, appeal=case.appeals.get(), said={"problem": problem.code}, key=uuid.uuid4()
        )


def test_a_restricted_case_is_not_quoted_and_what_was_public_of_it_goes(
    published: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    actions.restrict(keyring=keyring(aigul), case=case, named=[aigul, jamila], reason="Торговля людьми")
    assert WORDS not in public_page(problem)
    case.refresh_from_db()
    assert signed_in(aigul).get(at(case)).context["why_not"]
    assert signed_in(aigul).post(at(case), form(problem)).status_code == 200
    assert [one.state for one in quoting.of_opened(opened(case))] == ["withdrawn"]


def test_another_persons_receipt_and_none_at_all_find_nothing(
    case: Case, problem: Problem, office: Any, aigul: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    other = person(filed_at(office))
    assert other.get(f"/ru/appeal/status/words/{code}/").status_code == 404
    assert other.post(f"/ru/appeal/status/words/{code}/", {"do": "take_back"}).status_code == 404
    assert Client().get(f"/ru/appeal/status/words/{code}/").status_code == 302
    assert state(case, code) == "asked"


def test_nobody_outside_of_the_office_sees_what_is_proposed(
    filed: str, case: Case, problem: Problem, aigul: Any, eve: Any, boris: Any, chynara: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    for client in (signed_in(user) for user in (eve, boris, chynara)):
        check(client, case, code)
        answers = [client.get(at(case)), client.get(at(case, code)), client.get(at(case, code, "other"))]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
        assert WORDS not in client.get(f"/work/problems/{problem.code}/").content.decode()
    assert Quotation.objects.count() == 0


def test_words_stay_here_when_the_problem_is_no_longer_public(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    Problem.objects.update(status=Problem.Status.DEFERRED)
    check(signed_in(jamila), case, code)
    assert (Quotation.objects.count(), state(case, code)) == (0, "agreed")


def test_what_was_taken_back_once_is_never_published_again(
    filed: str, case: Case, problem: Problem, aigul: Any, jamila: Any, signed_in: Any
) -> None:
    """As after a restore: her yes lies there, her taking back was written later and is known to the ledger alone."""
    code = proposed(signed_in(aigul), case, problem)
    hers(person(filed), code, "agree")
    EndedQuotation.objects.create(code=code)
    one = quoting.found(opened(case), code)
    assert one is not None
    with pytest.raises(problems.NotNow):
        release.release_quotation(
            keyring=keyring(jamila), case=case, appeal=case.appeals.get(), code=code, seen=quoting.hash_of(one)
        )
