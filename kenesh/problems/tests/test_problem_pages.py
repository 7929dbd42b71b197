"""The pages of problems, through HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kenesh.kernel import panels
from kenesh.library.models import Document
from kenesh.people.models import Body, Membership, Organisation, Publication, User
from kenesh.problems import actions, queries
from kenesh.problems.models import Block, Problem, Support

pytestmark = pytest.mark.django_db

SignedIn = Callable[..., Client]
TODAY = date(2026, 11, 22)


def _answers(**more: str) -> dict[str, str]:
    known = {
        "key": "0123456789abcdef" * 2,
        "title_ru": "Забирают паспорта",
        "statement_ru": "Работодатели держат паспорта у себя.",
        "theme_1": "passport-withheld",
        "origin_1": "KG",
        "destination_1": "RU",
        "since": "2024",
    }
    return {**known, **more}


def _work(problem: Problem, act: str = "") -> str:
    return f"/work/problems/{problem.code}/{act}"


# --- who may come in --------------------------------------------------------------------------------------------------

READING = ["", "edit/"]
WRITING = ["accept/", "defer/", "close/", "merge/", "support/"]


@pytest.mark.parametrize("act", READING)
def test_anonymous_people_are_sent_to_sign_in(proposed: Problem, client: Client, act: str) -> None:
    for path in (_work(proposed, act), "/work/problems/", "/work/problems/new/"):
        assert client.get(path)["Location"] == f"/work/sign-in/?next={path.replace('/', '%2F')}"


@pytest.mark.parametrize("act", READING)
def test_an_outsider_finds_nothing(proposed: Problem, eve: User, signed_in: SignedIn, act: str) -> None:
    client = signed_in(eve)
    for path in (_work(proposed, act), "/work/problems/", "/work/problems/new/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("act", WRITING)
def test_an_outsider_and_an_anonymous_person_change_nothing(
    proposed: Problem, eve: User, signed_in: SignedIn, client: Client, act: str
) -> None:
    assert signed_in(eve).post(_work(proposed, act), {"reason": "x"}).status_code == 404
    assert client.post(_work(proposed, act), {"reason": "x"})["Location"] == "/work/sign-in/"


def test_a_caseworker_of_another_organisation_finds_nothing(proposed: Problem, boris: User, signed_in: SignedIn) -> None:
    client = signed_in(boris)
    assert [client.get(_work(proposed, act)).status_code for act in READING] == [404, 404]
    assert client.post(_work(proposed, "support/"), {"publication": "hidden"}).status_code == 404
    assert client.get("/work/problems/").status_code == 200


@pytest.mark.parametrize("act", ["accept/", "defer/", "close/", "merge/"])
def test_a_member_does_not_decide(proposed: Problem, member: User, signed_in: SignedIn, act: str) -> None:
    assert signed_in(member).post(_work(proposed, act), {"reason": "x"}).status_code == 404


def test_the_secretary_of_another_council_does_not_decide(
    proposed: Problem, make_account: Callable[..., Any], signed_in: SignedIn
) -> None:
    elsewhere = Body.objects.create(name={"ru": "Другой совет"}, kind=Body.Kind.COUNCIL)
    other = make_account("Other", "council_secretary", body=elsewhere).user
    assert signed_in(other).post(_work(proposed, "accept/")).status_code == 404


def test_a_member_edits_what_her_own_organisation_put_forward_and_reads_the_rest(
    proposed: Problem, member: User, other_office: Organisation, signed_in: SignedIn
) -> None:
    client = signed_in(member)
    own = [client.get(_work(proposed, act)).status_code for act in READING]
    Problem.objects.filter(pk=proposed.pk).update(proposed_by=other_office)
    assert (own, [client.get(_work(proposed, act)).status_code for act in READING]) == ([200, 200], [200, 404])


def test_who_put_it_forward_edits_until_it_is_taken_up(
    proposed: Problem, aigul: User, chynara: User, signed_in: SignedIn
) -> None:
    client = signed_in(aigul)
    assert client.get(_work(proposed, "edit/")).status_code == 200
    actions.accept_problem(problem=proposed, today=TODAY, by=chynara)
    assert client.get(_work(proposed, "edit/")).status_code == 404
    assert signed_in(chynara).get(_work(proposed, "edit/")).status_code == 200


# --- putting forward and editing ----------------------------------------------------------------------------------------


def test_a_caseworker_puts_a_problem_forward_from_a_prefilled_form(
    aigul: User, member: User, council: Body, office: Organisation, document: Document, signed_in: SignedIn
) -> None:
    client = signed_in(aigul)
    page = client.get("/work/problems/new/?theme=passport-withheld&origin=kg&destination=RU&title_ru=not-taken").content.decode()
    assert re.search(r'<option value="passport-withheld" selected>', page)
    assert page.count('<option value="KG" selected>') == 1
    assert "not-taken" not in page
    form = _answers(way=f"{council.code}-{office.code}", documents=f"http://localhost/ru/library/{document.code}/")
    first, second = client.post("/work/problems/new/", form), client.post("/work/problems/new/", form)
    problem = Problem.objects.get()
    assert first["Location"] == second["Location"] == _work(problem)
    assert (problem.body, problem.proposed_by, problem.since) == (council, office, "2024")
    assert list(problem.corridors.values_list("origin", "destination")) == [("KG", "RU")]
    assert [each.document for each in problem.documents.all()] == [document]


def test_an_address_with_nonsense_prefills_nothing(aigul: User, member: User, signed_in: SignedIn) -> None:
    assert signed_in(aigul).get("/work/problems/new/?theme=<x>&origin=XX").status_code == 200


def test_the_secretary_puts_a_problem_forward_for_the_council_itself(chynara: User, council: Body, signed_in: SignedIn) -> None:
    signed_in(chynara).post("/work/problems/new/", _answers(way=f"{council.code}-"))
    assert Problem.objects.get().proposed_by is None


def test_an_office_without_a_seat_is_told_what_to_do(boris: User, council: Body, signed_in: SignedIn) -> None:
    client = signed_in(boris, language="en")
    assert "not a member of a council yet" in client.get("/work/problems/new/").content.decode()
    client.post("/work/problems/new/", _answers(way=f"{council.code}-"))
    assert Problem.objects.count() == 0


def test_nobody_puts_a_problem_forward_for_somebody_else(
    aigul: User, member: User, council: Body, other_office: Organisation, signed_in: SignedIn
) -> None:
    Membership.objects.create(body=council, organisation=other_office)
    answer = signed_in(aigul).post("/work/problems/new/", _answers(way=f"{council.code}-{other_office.code}"))
    assert (answer.status_code, Problem.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_ru": ""},
        {"statement_ru": ""},
        {"theme_1": ""},
        {"theme_1": "x"},
        {"origin_1": "", "destination_1": ""},
        {"since": "2024-13"},
        {"since": "yesterday"},
        {"since": "2999"},
        {"documents": "http://localhost/ru/library/zzzzzzzz/"},
        {"documents": "nonsense"},
        {"way": ""},
        {"key": "x"},
        {"title_ru": "x" * 201},
    ],
)
def test_a_wrong_answer_is_explained_and_nothing_typed_is_lost(
    aigul: User, member: User, council: Body, office: Organisation, signed_in: SignedIn, wrong: dict[str, str]
) -> None:
    form = {**_answers(way=f"{council.code}-{office.code}", law_ky="Мыйзам"), **wrong}
    answer = signed_in(aigul).post("/work/problems/new/", form)
    page = answer.content.decode()
    assert (answer.status_code, Problem.objects.count()) == (200, 0)
    assert 'id="errors"' in page
    assert "Мыйзам" in page


def test_an_edit_keeps_texts_in_languages_that_the_form_does_not_ask(proposed: Problem, aigul: User, signed_in: SignedIn) -> None:
    Problem.objects.filter(pk=proposed.pk).update(title={"ru": "Было", "tg": "Тоҷикӣ"})
    signed_in(aigul).post(_work(proposed, "edit/"), _answers(version="1"))
    proposed.refresh_from_db()
    assert proposed.title == {"ru": "Забирают паспорта", "tg": "Тоҷикӣ"}
    assert proposed.version == 2


def test_an_edit_beside_another_one_is_shown_again_with_what_was_typed(
    proposed: Problem, aigul: User, chynara: User, signed_in: SignedIn
) -> None:
    signed_in(chynara).post(_work(proposed, "edit/"), _answers(version="1", key="c" * 32))
    client = signed_in(aigul, language="en")
    page = client.post(_work(proposed, "edit/"), _answers(version="1", law_en="My words")).content.decode()
    assert "Somebody else changed this problem meanwhile" in page
    assert "My words" in page
    assert '<input type="hidden" name="version" value="2"' in page


def test_an_edit_of_a_problem_with_four_themes_shows_all_four(proposed: Problem, aigul: User, signed_in: SignedIn) -> None:
    for concept in ("pay", "unpaid-overtime", "final-settlement"):
        proposed.themes.create(concept=concept)
    assert signed_in(aigul).get(_work(proposed, "edit/")).content.decode().count("selected") >= 4


# --- deciding ----------------------------------------------------------------------------------------------------------


def test_the_secretary_takes_a_problem_up_and_everybody_can_read_it(
    proposed: Problem, chynara: User, client: Client, signed_in: SignedIn
) -> None:
    public = f"/ru/problems/{proposed.code}/"
    assert client.get(public).status_code == 404
    signed_in(chynara).post(_work(proposed, "accept/"))
    assert client.get(public).status_code == 200


@pytest.mark.parametrize(("act", "status"), [("defer/", "deferred"), ("close/", "closed")])
def test_a_reason_is_needed_to_put_off_and_to_close(
    proposed: Problem, chynara: User, signed_in: SignedIn, act: str, status: str
) -> None:
    if act == "close/":
        actions.accept_problem(problem=proposed, today=TODAY, by=chynara)
    client = signed_in(chynara)
    answer = client.post(_work(proposed, act), {"reason": ""})
    assert (answer.status_code, 'id="errors"' in answer.content.decode()) == (200, True)
    client.post(_work(proposed, act), {"reason": "Потому что"})
    proposed.refresh_from_db()
    assert (proposed.status, proposed.reason) == (status, "Потому что")


def test_what_can_no_longer_be_done_is_said(accepted: Problem, chynara: User, signed_in: SignedIn) -> None:
    answer = signed_in(chynara, language="en").post(_work(accepted, "defer/"), {"reason": "x"}, follow=True)
    assert "can no longer be done" in answer.content.decode()


def test_the_secretary_joins_two_problems_and_the_old_address_points_on(
    accepted: Problem,
    aigul: User,
    member: User,
    council: Body,
    office: Organisation,
    chynara: User,
    client: Client,
    signed_in: SignedIn,
) -> None:
    signed_in(aigul).post("/work/problems/new/", _answers(way=f"{council.code}-{office.code}"))
    other = Problem.objects.exclude(pk=accepted.pk).get()
    secretary = signed_in(chynara)
    assert secretary.post(_work(other, "merge/"), {"into": ""}).status_code == 200
    secretary.post(_work(other, "merge/"), {"into": accepted.code})
    page = client.get(f"/ru/problems/{other.code}/").content.decode()
    assert f"/ru/problems/{accepted.code}/" in page
    assert "Забирают паспорта" not in page
    assert secretary.get(_work(other)).status_code == 200


@pytest.mark.parametrize(
    ("level", "shows_name", "shows_country"),
    [(Publication.HIDDEN, False, False), (Publication.COUNTRY, False, True), (Publication.ORGANISATION, True, False)],
)
def test_an_organisation_decides_what_of_its_support_is_shown(
    accepted: Problem,
    member: User,
    office: Organisation,
    client: Client,
    signed_in: SignedIn,
    level: str,
    shows_name: bool,
    shows_country: bool,
) -> None:
    form = {"organisation": office.code, "words": "Сорок случаев", "publication": level}
    signed_in(member).post(_work(accepted, "support/"), form)
    office.refresh_from_db()
    assert Support.objects.get().organisation == office
    page = client.get(f"/en/problems/{accepted.code}/").content.decode()
    assert "1 organisation says" in page
    assert (str(office) in page, "Сорок случаев" in page) == (shows_name, shows_name)
    assert ("Others are from:" in page) == shows_country


def test_support_for_somebody_else_is_refused(
    accepted: Problem, member: User, other_office: Organisation, signed_in: SignedIn
) -> None:
    answer = signed_in(member).post(_work(accepted, "support/"), {"organisation": other_office.code, "publication": "hidden"})
    assert (answer.status_code, Support.objects.count()) == (200, 0)


# --- what everybody reads -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ky", "ru", "uz", "tg", "kk", "hy", "en"])
def test_the_public_pages_answer_in_every_language(
    accepted: Problem, make_block: Callable[..., Block], client: Client, language: str
) -> None:
    make_block(6)
    for path in ("", f"{accepted.code}/", "?status=closed", "?theme=pay&country=KG"):
        assert client.get(f"/{language}/problems/{path}").status_code == 200


def test_the_page_shows_texts_counts_documents_and_who_asks_nothing_private(
    accepted: Problem, make_block: Callable[..., Block], document: Document, aigul: User, chynara: User, client: Client
) -> None:
    accepted.documents.create(document=document)
    make_block(6)
    make_block(9, concept="pay", period_months=3)
    page = client.get(f"/en/problems/{accepted.code}/").content.decode()
    for words in ("Wages are not paid", "Строители", "May 2021", "Статья 136", "Письма в инспекцию", "Доклад о зарплатах"):
        assert words in page
    assert "<b>6</b>" in page
    assert f"/en/library/{document.code}/" in page
    assert "Numbers below five are put together" in page
    assert "Центр поддержки" not in page  # who put it forward is shown to the council only


def test_a_problem_without_counts_says_when_they_come(accepted: Problem, client: Client) -> None:
    page = client.get(f"/en/problems/{accepted.code}/").content.decode()
    assert "There are no counts yet" in page
    assert "counts.csv" not in page


def test_the_counts_can_be_taken_as_a_table(accepted: Problem, make_block: Callable[..., Block], client: Client) -> None:
    make_block(6, region="=cmd()")
    make_block(9, concept="pay", period_months=3)
    answer = client.get(f"/ru/problems/{accepted.code}/counts.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode().splitlines() == [
        "theme,of_wider_theme,origin,destination,region,period_start,period_months,persons",
        "unpaid-wages,no,KG,RU,'=cmd(),2026-01-01,1,6",
        "pay,yes,KG,RU,,2026-01-01,3,9",
    ]


def test_a_problem_that_was_not_taken_up_has_no_public_table(proposed: Problem, client: Client) -> None:
    assert client.get(f"/ru/problems/{proposed.code}/counts.csv").status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("theme=pay", True),
        ("theme=unpaid-wages", True),
        ("country=KG", True),
        ("country=RU", True),
        ("theme=pay&status=closed", False),
    ],
)
def test_the_list_finds_by_theme_and_country(accepted: Problem, client: Client, asked: str, found: bool) -> None:
    assert (f"/ru/problems/{accepted.code}/" in client.get(f"/ru/problems/?{asked}").content.decode()) == found


@pytest.mark.parametrize("asked", ["theme=nonsense", "country=ZZ", "status=proposed"])
def test_nonsense_in_the_address_shows_the_list(accepted: Problem, client: Client, asked: str) -> None:
    assert client.get(f"/ru/problems/?{asked}").status_code == 200


@pytest.mark.parametrize("path", ["/ru/problems/?after=zzzzzzzz", "/ru/problems/zzzzzzzz/"])
def test_what_does_not_exist_is_not_found(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_empty_lists_say_what_will_be_here(chynara: User, client: Client, signed_in: SignedIn) -> None:
    assert "No problem is here yet" in client.get("/en/problems/").content.decode()
    assert "No problem is in this state" in signed_in(chynara, language="en").get("/work/problems/").content.decode()


def test_pages_of_the_lists_follow_one_another_without_a_gap(
    accepted: Problem, aigul: User, chynara: User, client: Client, signed_in: SignedIn
) -> None:
    _many(accepted, 29)
    codes: list[str] = []
    after = ""
    while True:
        page = queries.public_problems(after=after, limit=7)
        codes += [line.problem.code for line in page.lines]
        if not (after := page.after):
            break
    assert codes == list(Problem.objects.order_by("-accepted_on", "-id").values_list("code", flat=True))
    first = client.get("/ru/problems/").content.decode()
    assert (match := re.search(r'href="(\?after=\w+)" rel="next"', first))
    assert client.get(f"/ru/problems/{match[1]}").content.decode().count("/ru/problems/") > 10
    work = signed_in(chynara)
    assert (
        match := re.search(
            r'href="(\?status=accepted&amp;after=\w+)" rel="next"', work.get("/work/problems/?status=accepted").content.decode()
        )
    )
    assert work.get(f"/work/problems/{match[1].replace('&amp;', '&')}").status_code == 200


def _many(like: Problem, number: int) -> None:
    for _ in range(number):
        problem = Problem.objects.create(
            title=like.title, statement=like.statement, body=like.body, proposed_by=like.proposed_by, status=like.status,
            created_on=TODAY, accepted_on=TODAY,
        )  # fmt: skip
        problem.themes.create(concept="pay")
        problem.corridors.create(origin="KG")


def _queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["/ru/problems/", "/ru/problems/?theme=pay&country=KG", "/work/problems/?status=accepted"])
def test_lists_ask_the_database_as_often_for_one_row_as_for_thirty(
    accepted: Problem, chynara: User, client: Client, signed_in: SignedIn, path: str
) -> None:
    reader = signed_in(chynara) if path.startswith("/work/") else client
    once = _queries_of(reader, path)
    _many(accepted, 29)
    assert _queries_of(reader, path) == once


def test_a_page_asks_the_database_as_often_for_one_block_and_supporter_as_for_thirty(
    accepted: Problem,
    make_block: Callable[..., Block],
    make_office: Callable[..., Organisation],
    aigul: User,
    chynara: User,
    client: Client,
    signed_in: SignedIn,
) -> None:
    def grow(first: int, last: int) -> None:
        for number in range(first, last):
            make_block(5, period_start=date(2020 + number // 12, number % 12 + 1, 1))
            accepted.supports.create(
                organisation=make_office(f"Офис {number}", "RU"), on=TODAY, publication=Publication.ORGANISATION
            )

    public, work = f"/ru/problems/{accepted.code}/", _work(accepted)
    secretary = signed_in(chynara)
    grow(0, 1)
    once = _queries_of(client, public), _queries_of(secretary, work)
    grow(1, 30)
    assert (_queries_of(client, public), _queries_of(secretary, work)) == once


def test_the_front_page_shows_the_three_taken_up_last(accepted: Problem, rf: Any) -> None:
    request: HttpRequest = rf.get("/ru/")
    _many(accepted, 4)
    panel = panels.render("home", None, request)
    assert len(re.findall(r'href="/ru/problems/[^/"]{8}/"', panel)) == 3


def test_no_page_has_inline_style_or_script(
    accepted: Problem, make_block: Callable[..., Block], chynara: User, client: Client, signed_in: SignedIn
) -> None:
    make_block(6)
    secretary = signed_in(chynara)
    for page in (
        client.get(f"/ru/problems/{accepted.code}/"),
        secretary.get(_work(accepted)),
        secretary.get(_work(accepted, "edit/")),
    ):
        assert not re.search(r"<script(?! src=| type=.application/ld)|\sstyle=|\son\w+=", page.content.decode())


def test_a_document_that_a_problem_names_is_not_deleted_but_hidden_and_can_be_put_back(
    accepted: Problem, document: Document, chynara: User, client: Client
) -> None:
    def seen() -> tuple[bool, int]:
        anybody = Client()
        page = anybody.get(f"/en/problems/{accepted.code}/").content.decode()
        assert (f"/library/{document.code}/" in page) == (document.title in page)
        return document.title in page, anybody.get(f"/en/library/{document.code}/").status_code

    accepted.documents.create(document=document)
    client.force_login(chynara)
    review = f"/work/library/{document.code}/review/"
    client.post(review, {"all": "take_out"})
    assert seen() == (False, 404)
    assert f"{document.code}/review/" in client.get("/work/library/?tab=out").content.decode()
    client.post(review, {"all": "put_back"})
    assert seen() == (True, 200)
