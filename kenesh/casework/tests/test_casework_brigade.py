"""Several people in one case: what is meant for one of them reaches nobody else, and one who goes stops nothing for the others."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework.models import Case, CaseFile, ExternalReferral, Person, Referral
from kenesh.casework.tests.test_casework_ways_in import issue, key, person, take_in
from kenesh.problems.models import Problem

pytestmark = pytest.mark.django_db

FOREMAN = "Прораб грозит мне, остальным не говорите"


class Brigade:
    """The leader, who filed, and Bek and Temir with receipts of their own; `work`: the caseworker."""

    def __init__(self, work: Client, leader: str) -> None:
        self.work, self.case = work, Case.objects.get()
        self.page = f"/work/cases/{self.case.code}/"
        work.post(f"{self.page}brigade/", {"persons": "Бек\nТемир", "currency": "RUB", "key": key()})
        self.rows = list(Person.objects.order_by("id"))
        digits = [leader, *(issue(work, self.case, row) for row in self.rows[1:])]
        self.leader, self.bek, self.temir = map(person, digits)

    def code(self, number: int) -> str:
        appeal = Person.objects.select_related("appeal").get(pk=self.rows[number].pk).appeal
        assert appeal is not None
        return appeal.code

    def writes(self, who: Client, text: str) -> None:
        who.post("/ru/appeal/status/open/", {"text": text, "key": key()})

    def answer(self, text: str, **to: str) -> int:
        sent = {"answer-text": text, "answer-key": key(), **{f"answer-{name}": value for name, value in to.items()}}
        return int(self.work.post(f"{self.page}answer/", sent).status_code)

    def who_reads(self, text: str, page: str = "open/") -> list[str]:
        clients = {"leader": self.leader, "Бек": self.bek, "Темир": self.temir}
        return [name for name, who in clients.items() if text in who.get(f"/ru/appeal/status/{page}").content.decode()]

    def withdraws(self, who: Client) -> None:
        for given in ("yes", "no"):
            who.post("/ru/appeal/status/consent/a/", {"given": given})


@pytest.fixture
def brigade(office: Any, aigul: Any, signed_in: Any) -> Brigade:
    draft = drafts.new()
    draft.answers = {
        "theme": "pay",
        "story": "Бригаде не платят",
        "for_whom": "group",
        "citizenship": "KG",
        "consents": ["a", "d"],
    }
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    work = signed_in(aigul, language="en")
    work.post(f"/work/appeals/{Appeal.objects.get().code}/take-up/")
    return Brigade(work, draft.receipt)


@pytest.fixture
def problem(council: Any) -> Problem:
    words, today = {"ru": "Не платят на стройке"}, timezone.localdate()
    return Problem.objects.create(
        title=words, statement=words, body=council, status="accepted", created_on=today, accepted_on=today
    )


def links(brigade: Brigade, problem: Problem) -> int:
    sent = {"link-problem": problem.code}
    return int(brigade.work.post(f"{brigade.page}problem/", sent).status_code)


# --- one who goes stops nothing for the others -------------------------------------------------------------------------------


def test_when_one_member_has_withdrawn_the_case_still_stands_behind_a_problem_for_the_others(
    brigade: Brigade, problem: Problem
) -> None:
    brigade.withdraws(brigade.bek)
    assert links(brigade, problem) == 302
    linked = brigade.work.get(brigade.page).context["linked"]
    brigade.work.post(f"{brigade.page}problem/{problem.code}/end/")
    assert (list(linked), list(brigade.work.get(brigade.page).context["linked"])) == ([problem.code], [])


def test_a_receipt_that_is_issued_later_finds_the_problem_too(brigade: Brigade, problem: Problem) -> None:
    links(brigade, problem)
    brigade.work.post(f"{brigade.page}brigade/", {"persons": "Улан", "currency": "RUB", "key": key()})
    late = person(issue(brigade.work, brigade.case, Person.objects.order_by("-id")[:1].get()))
    assert list(late.get("/ru/appeal/status/open/").context["view"].problems) == [problem.code]


def test_an_appeal_that_is_joined_stands_behind_the_problem_until_it_is_parted(
    brigade: Brigade, problem: Problem, office: Any
) -> None:
    links(brigade, problem)
    draft = drafts.new()
    draft.answers = {"theme": "pay", "story": "Это снова я", "consents": ["a"]}
    assert appeals.file_appeal(draft=draft, office=office, language="ru")
    again, code = person(draft.receipt), Appeal.objects.order_by("-id")[:1].get().code
    seen = []
    for step in (f"/work/appeals/{code}/join/{brigade.case.code}/", f"{brigade.page}part/{code}/"):
        brigade.work.post(step)
        seen.append(list(again.get("/ru/appeal/status/open/").context["view"].problems))
    assert seen == [[problem.code], []]


def test_where_all_have_withdrawn_the_link_is_refused_in_words(brigade: Brigade, problem: Problem) -> None:
    for who in (brigade.leader, brigade.bek, brigade.temir):
        brigade.withdraws(who)
    assert links(brigade, problem) == 422


def test_a_members_part_cannot_be_parted_from_the_case(brigade: Brigade) -> None:
    assert "Part it from this case" not in brigade.work.get(f"{brigade.page}facts/").content.decode()
    brigade.work.post(f"{brigade.page}part/{brigade.code(1)}/")
    assert brigade.case.appeals.count() == 3


# --- an answer that nobody could read ------------------------------------------------------------------------------------------


def test_what_nobody_could_read_is_not_sent_and_not_lost(aigul: Any, signed_in: Any) -> None:
    work = signed_in(aigul, language="en")
    take_in(work, receipt="none")
    case = Case.objects.get()
    page = f"/work/cases/{case.code}/"
    assert "answer_form" not in work.get(page).content.decode()
    sent = work.post(f"{page}answer/", {"answer-text": "Прокурор ответил", "answer-key": key()})
    case.refresh_from_db()
    shown = work.get(page).content.decode()
    assert (sent.status_code, case.status) == (422, "office")
    assert "Прокурор ответил" in sent.content.decode()
    assert "Nobody of this case holds a receipt" in shown
    assert "Send the answer" not in shown


def test_when_all_have_withdrawn_an_answer_is_refused_with_its_text(brigade: Brigade) -> None:
    for who in (brigade.leader, brigade.bek, brigade.temir):
        brigade.withdraws(who)
    sent = brigade.work.post(f"{brigade.page}answer/", {"answer-text": "Прокурор ответил", "answer-key": key()})
    assert sent.status_code == 422
    assert "Прокурор ответил" in sent.content.decode()


# --- who gets what ----------------------------------------------------------------------------------------------------------------


def test_an_answer_reaches_the_one_who_is_chosen(brigade: Brigade) -> None:
    brigade.writes(brigade.bek, FOREMAN)
    page = brigade.work.get(brigade.page)
    assert page.context["answer_form"]["to"].value() == brigade.code(1)
    assert brigade.answer("Пишем прокурору", to=brigade.code(1)) == 302
    assert brigade.who_reads("Пишем прокурору") == ["Бек"]


def test_with_several_people_nothing_is_sent_until_somebody_is_chosen(brigade: Brigade) -> None:
    assert brigade.answer("Пишем прокурору") == 422
    assert brigade.answer("Суд назначен", to="all") == 302
    assert (brigade.who_reads("Пишем прокурору"), brigade.who_reads("Суд назначен")) == ([], ["leader", "Бек", "Темир"])


def test_who_was_chosen_and_is_gone_is_not_replaced_by_who_is_left(brigade: Brigade) -> None:
    for who in (brigade.leader, brigade.bek):
        brigade.withdraws(who)
    assert brigade.answer("Пишем прокурору", to=brigade.code(1)) == 422
    assert brigade.who_reads("Пишем прокурору") == []


def test_who_still_waits_is_not_lost_when_another_one_is_answered(brigade: Brigade) -> None:
    brigade.writes(brigade.bek, FOREMAN)
    brigade.answer("Бригаде ответили", to=Appeal.objects.order_by("id")[:1].get().code)
    brigade.case.refresh_from_db()
    first = brigade.case.status
    brigade.answer("Пишем прокурору", to=brigade.code(1))
    brigade.case.refresh_from_db()
    assert (first, brigade.case.status) == ("office", "person")


def test_a_file_reaches_the_one_who_is_chosen(brigade: Brigade) -> None:
    added = {"key": key(), "file": SimpleUploadedFile("скан.txt", b"scan"), "description": ""}
    assert brigade.work.post(f"{brigade.page}files/", added).status_code == 302
    share = f"{brigade.page}files/{CaseFile.objects.get().uid}/share/"
    brigade.work.post(share)
    before = brigade.who_reads("скан.txt", "files/")
    brigade.work.post(share, {"to": brigade.code(1)})
    assert (before, brigade.who_reads("скан.txt", "files/")) == ([], ["Бек"])


def test_each_talk_and_each_safe_contact_says_whose_it_is(brigade: Brigade) -> None:
    shown = brigade.work.get(brigade.page)
    assert [one["who"] for one in shown.context["appeals"]] == [
        f"Person 1 · {brigade.code(0)}", f"Бек · {brigade.code(1)}", f"Темир · {brigade.code(2)}",
    ]  # fmt: skip
    page = shown.content.decode()
    assert [page.count(f"<{tag}>Бек · {brigade.code(1)}</{tag}>") for tag in ("h3", "summary")] == [1, 2]
    assert page.count(f"Бек · {brigade.code(1)}: Not said how to answer") == 1


# --- what one signature covers ------------------------------------------------------------------------------------------------------

PURPOSE = "Сходить в инспекцию"


def refers(brigade: Brigade, receiver: Any, number: int, **ticked: list[str]) -> Any:
    sent = {"key": key(), "receiver": receiver.code, "purpose": PURPOSE, "text": "Просим помочь", "how": "receipt", **ticked}
    return brigade.work.post(f"{brigade.page}sharing/refer/", {**sent, "whose": brigade.code(number)})


def offered(brigade: Brigade, number: int) -> dict[str, list[str]]:
    """What the page offers of this person: labels, without their values."""
    fields = brigade.work.get(f"{brigade.page}sharing/refer/?whose={brigade.code(number)}").context["form"].fields
    return {name: [str(label) for _value, label in fields[name].choices] for name in ("persons", "messages", "papers")}


def test_only_what_is_hers_is_offered_to_be_handed_over(brigade: Brigade, other_office: Any, boris: Any) -> None:
    brigade.writes(brigade.bek, FOREMAN)
    add = {"key": key(), "file": SimpleUploadedFile("скан.txt", b"scan"), "description": ""}
    brigade.work.post(f"{brigade.page}files/", add)
    mine = {"key": key(), "file": SimpleUploadedFile("моё.txt", b"mine"), "description": ""}
    brigade.bek.post("/ru/appeal/status/files/", mine)
    assert [offered(brigade, number) for number in (1, 2)] == [
        {"persons": ["Бек: Name, as in the passport – Бек", "Бек: Citizenship – Kyrgyzstan"], "messages": [FOREMAN], "papers": ["моё.txt"]},
        {"persons": ["Темир: Name, as in the passport – Темир", "Темир: Citizenship – Kyrgyzstan"], "messages": [], "papers": []},
    ]  # fmt: skip


def test_first_is_asked_whose_part_is_handed_over(brigade: Brigade, other_office: Any, boris: Any) -> None:
    page = brigade.work.get(f"{brigade.page}sharing/refer/")
    assert [code for code, _name in page.context["choices"]] == [brigade.code(number) for number in range(3)]


def test_one_members_words_and_facts_never_go_on_anothers_signature(brigade: Brigade, other_office: Any, boris: Any) -> None:
    brigade.writes(brigade.bek, FOREMAN)
    entry = (
        brigade.work.get(f"{brigade.page}sharing/refer/?whose={brigade.code(1)}").context["form"].fields["messages"].choices[0][0]
    )
    name = f"{brigade.rows[1].uid.hex}:name"
    forged = [refers(brigade, other_office, 2, **ticked).status_code for ticked in ({"messages": [entry]}, {"persons": [name]})]
    own = refers(brigade, other_office, 1, messages=[entry], persons=[name]).status_code
    cards = [
        FOREMAN in who.get(f"/ru/appeal/status/referral/{Referral.objects.get().uid}/").content.decode()
        for who in (brigade.bek, brigade.temir)
    ]
    assert (forged, own, cards) == ([422, 422], 302, [True, False])


def test_a_referral_says_whose_part_it_is(brigade: Brigade, other_office: Any, boris: Any) -> None:
    refers(brigade, other_office, 1)
    pages = (f"{brigade.page}sharing/", f"/work/referrals/{Referral.objects.get().code}/")
    shown = [brigade.work.get(page).content.decode() for page in pages]
    assert [f"Бек · {brigade.code(1)}" in page for page in shown] == [True, True]


def outside(brigade: Brigade, **changes: str) -> int:
    sent = {"kind": "inspectorate", "to": "Инспекция труда", "how": "letter", "consent": "b", "told": FOREMAN, "version": "1"}
    return int(brigade.work.post(f"{brigade.page}sharing/outside/", {"key": key(), **sent, **changes}).status_code)


def test_one_members_consent_names_nobody_else_outside_and_only_he_reads_it(brigade: Brigade) -> None:
    brigade.bek.post("/ru/appeal/status/consent/b-authority/", {"given": "yes"})
    taken = [
        outside(brigade, **about) for about in ({}, {"whose": brigade.code(2)}, {"whose": "all"}, {"whose": brigade.code(1)})
    ]
    assert (taken, brigade.who_reads(FOREMAN)) == ([422, 422, 422, 302], ["Бек"])


def test_what_came_back_is_told_to_the_one_it_is_about(brigade: Brigade) -> None:
    outside(brigade, consent="none", whose=brigade.code(1))
    page = f"{brigade.page}sharing/outside/{ExternalReferral.objects.get().uid}/"
    sent = {"kind": "inspectorate", "to": "Инспекция труда", "how": "letter", "consent": "none", "told": "Долг", "version": "1"}
    sent = {**sent, "key": key(), "reply": "Проверка назначена"}
    taken = [brigade.work.post(page, {**sent, **about}).status_code for about in ({"whose": brigade.code(2)}, {})]
    assert (taken, brigade.who_reads("Проверка назначена")) == ([422, 302], ["Бек"])
