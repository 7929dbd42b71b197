"""`kenesh rotate` and what the doctor says of keys and second factors."""

from __future__ import annotations

import io
from typing import Any

import pytest

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions as casework
from kenesh.casework import queries, reencrypt
from kenesh.casework.models import Case
from kenesh.cast import PASSWORD, code_of, give_factor
from kenesh.people import actions, sign_in
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation, OrganisationKey, Role
from kenesh.people.queries import current_epoch, fingerprint_of, offices_that_take_appeals
from kenesh.site import command_line, doctor

pytestmark = pytest.mark.django_db


def keyring(user: Any) -> Keyring:
    return Keyring(user, sign_in.check(user.email, PASSWORD).secret)


def give_input(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_without_a_person_the_command_lists_what_is_due_and_opens_nothing(
    aigul: Any, office: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["rotate"]) == 0
    assert "no new key is due" in capsys.readouterr().out
    assert command_line.main(["rotate", "--reencrypt"]) == 1
    assert "--as" in capsys.readouterr().err


def test_a_key_holder_renews_everything_on_the_terminal(
    aigul: Any, office: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    give_factor(aigul)
    monkeypatch.setattr(reencrypt, "SECONDS_BETWEEN", 0.0)
    give_input(monkeypatch, PASSWORD, "000000 no")
    assert command_line.main(["rotate", "--reencrypt", "--as", aigul.email]) == 1
    assert current_epoch(office).number == 1
    give_input(monkeypatch, PASSWORD, code_of(aigul))
    assert command_line.main(["rotate", "--reencrypt", "--as", aigul.email, "--office", office.code]) == 0
    newest = current_epoch(office)
    assert (newest.number, newest.sealed_previous) == (2, None)
    said = capsys.readouterr().out
    kept = actions.kept_recovery_key(keyring=keyring(aigul), organisation=office)
    assert kept is not None
    assert kept in said


def test_the_doctor_warns_of_single_holders_of_offices_without_keys_and_of_missing_factors(
    aigul: Any, office: Any, other_office: Any, make_account: Any
) -> None:
    assert len(list(doctor.key_holders())) == 2
    assert ["Бишкек" in found for found in doctor.leads()] == [True]
    assert len(list(doctor.second_factors())) == 1
    give_factor(aigul)
    assert list(doctor.second_factors()) == []
    jamila = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    actions.admit(keyring=keyring(aigul), organisation=office, colleague=jamila, fingerprint=fingerprint_of(jamila))
    Organisation.objects.filter(pk=other_office.pk).update(takes_appeals=False)
    assert list(doctor.key_holders()) == []


def test_the_doctor_counts_restricted_cases_that_one_person_or_nobody_can_open(
    aigul: Any, office: Any, nurlan: Any, make_account: Any
) -> None:
    jamila = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    actions.admit(keyring=keyring(aigul), organisation=office, colleague=jamila, fingerprint=fingerprint_of(jamila))
    for named in ([aigul], [aigul, jamila], [jamila]):
        draft = drafts.new()
        draft.answers = {"theme": "pay", "story": "…", "citizenship": "KG", "where_country": "RU", "consents": ["a"]}
        appeals.file_appeal(draft=draft, office=office, language="ru")
        case = casework.open_from_appeal(keyring=keyring(aigul), appeal=Appeal.objects.order_by("-id")[0])
        casework.restrict(keyring=keyring(aigul), case=case, named=named, reason="…")
    assert queries.restricted_with_few_holders() == [(office, 2, 0)]
    actions.close_account(user=jamila, by=nurlan)
    assert queries.restricted_with_few_holders() == [(office, 2, 1)]
    said = list(doctor.key_holders())[-2:]
    assert [case.code in "".join(said) for case in Case.objects.all()] == [False] * 3
    assert [found.partition(" restricted cases of ")[0] for found in said] == ["2", "1"]


def test_the_doctor_warns_of_a_key_that_is_due_and_of_a_recovery_key_that_was_never_printed(
    aigul: Any, office: Any, nurlan: Any, make_account: Any
) -> None:
    assert list(doctor.renewal()) == []
    jamila = make_account("Jamila", Role.CASEWORKER, organisation=office).user
    actions.admit(keyring=keyring(aigul), organisation=office, colleague=jamila, fingerprint=fingerprint_of(jamila))
    actions.close_account(user=jamila, by=nurlan)
    assert len(list(doctor.renewal())) == 1
    actions.make_keys(keyring=keyring(aigul), organisation=office, after=1)
    found = list(doctor.renewal())
    assert len(found) == 1
    assert "recovery key" in found[0]
    actions.put_recovery_key_away(organisation=office, by=aigul)
    assert list(doctor.renewal()) == []


def test_an_office_whose_newest_key_nobody_holds_cannot_be_chosen(aigul: Any, office: Any) -> None:
    assert offices_that_take_appeals() == [office]
    actions.make_keys(keyring=keyring(aigul), organisation=office, after=1)
    OrganisationKey.objects.filter(epoch=current_epoch(office)).delete()
    assert offices_that_take_appeals() == []
    assert "nobody holds" in next(iter(doctor.key_holders()))
