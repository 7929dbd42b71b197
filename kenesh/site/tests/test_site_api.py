"""The public interface: in the shape of Popolo, nothing but what is public, in parts, with check sums and within a pace."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from django.test import Client
from referencing import Registry, Resource

from kenesh.council import actions
from kenesh.council.models import Decision
from kenesh.people.models import Body, Membership, Organisation, Person, Publication, User

pytestmark = pytest.mark.django_db

POPOLO = Path(__file__).with_name("schemas") / "popolo"
AT = "http://www.popoloproject.com/schemas/"


def get(address: str, **asked: str) -> Any:
    answer = Client().get(f"/api/v1/{address}", asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


@pytest.fixture(scope="module")
def popolo() -> Callable[[str, Any], list[str]]:
    """`popolo("person", thing)`: what the published schema has against it."""
    found = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in POPOLO.glob("*.json")}
    resources = [(f"{AT}{name}.json#", Resource.from_contents(schema)) for name, schema in found.items()]
    registry: Any = Registry().with_resources([(address.rstrip("#"), one) for address, one in resources] + resources)

    def wrong(name: str, thing: Any) -> list[str]:
        checker = jsonschema.Draft3Validator(found[name], registry=registry)
        return [error.message for error in checker.iter_errors(thing)]

    return wrong


# --- the shape of Popolo --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "schema"),
    [("persons", "person"), ("memberships", "membership"), ("events", "event"), ("motions", "motion"),
     ("vote_events", "vote_event"), ("areas", "area"), ("organizations", "organization")],
)  # fmt: skip
def test_every_thing_is_valid_against_the_published_schema(
    decision: Decision, popolo: Callable[[str, Any], list[str]], address: str, schema: str
) -> None:
    things = get(address)["results"]
    assert things != []
    assert [wrong for thing in things for wrong in popolo(schema, thing)] == []
    assert things[0] == get(f"{address}/{things[0]['id']}")


def test_votes_are_valid_against_the_published_schema(decision: Decision, popolo: Callable[[str, Any], list[str]]) -> None:
    votes = get("votes", vote_event=decision.code)["results"]
    assert [wrong for vote in votes for wrong in popolo("vote", vote)] == []


def test_a_schema_refuses_what_is_wrong(popolo: Callable[[str, Any], list[str]]) -> None:
    assert popolo("person", {"memberships": [{"start_date": "May"}], "links": [{}]}) != []


# --- nothing but what is public -------------------------------------------------------------------------------------------


def test_only_those_who_let_their_names_be_shown_are_persons(seats: dict[str, Membership]) -> None:
    person = seats["name"].person
    assert [(one["id"], one["name"], one["summary"]) for one in get("persons", lang="en")["results"]] == [
        (person.code, "Gulmira name", "Director")
    ]
    for level in ("organisation", "country", "hidden"):
        assert Client().get(f"/api/v1/persons/{seats[level].person.code}").status_code == 404


def test_a_seat_says_what_it_lets_be_shown(seats: dict[str, Membership], office: Any, other_office: Any, council: Body) -> None:
    found = get("memberships", organization=council.code)["results"]
    assert [(one["person_id"], one["on_behalf_of_id"], one["area_id"], one["number"]) for one in found] == [
        (seats["name"].person.code, office.code, "KG", 1),
        (None, other_office.code, "RU", 1),
        (None, None, "KG", 1),
    ]
    assert "Gulmira" not in json.dumps(found[1:])


def test_nobody_is_a_person_after_her_term(seats: dict[str, Membership]) -> None:
    Membership.objects.update(until=date(2021, 1, 1))
    assert (get("persons")["results"], get("memberships")["results"]) == ([], [])


def test_a_vote_event_names_whom_published_minutes_name(decision: Decision, seats: Any, other_office: Organisation) -> None:
    event = get(f"vote_events/{decision.code}")
    assert [(vote["voter_id"], vote["option"]) for vote in event["votes"]] == [
        (seats["name"].person.code, "yes"),
        (other_office.code, "yes"),
        (None, "no"),
    ]
    assert event["counts"] == [{"option": "yes", "value": 3}, {"option": "no", "value": 1}, {"option": "abstain", "value": 0}]


def test_no_vote_is_named_while_the_minutes_are_not_public(decision: Decision, chynara: User) -> None:
    actions.publish_minutes(meeting=decision.meeting, public=False, by=chynara)
    event = get(f"vote_events/{decision.code}")
    assert (event["votes"], event["is_secret"], event["counts"][0]["value"]) == ([], None, 3)


def test_what_is_not_published_is_not_there(decision: Decision, chynara: User) -> None:
    actions.publish_decision(decision=decision, public=False, by=chynara)
    type(decision.meeting).objects.update(is_public=False)
    for address in ("decisions", "motions", "vote_events", "events"):
        assert get(address)["results"] == []
        code = decision.meeting.code if address == "events" else decision.code
        assert Client().get(f"/api/v1/{address}/{code}").status_code == 404


def test_the_link_for_joining_is_nowhere(decision: Decision) -> None:
    assert "join.example" not in json.dumps(get("events"))


# --- answers ------------------------------------------------------------------------------------------------------------


def test_a_list_is_read_to_its_end_by_following_next(council: Body, office: Organisation) -> None:
    for number in range(5):
        person = Person.objects.create(name={"en": f"P{number}"}, organisation=office)
        Membership.objects.create(body=council, person=person, publication=Publication.NAME)
    address, names = "/api/v1/persons?limit=2&lang=en", []
    while address:
        part = Client().get(address).json()
        names += [one["name"] for one in part["results"]]
        address = part["next"]
    assert names == ["P4", "P3", "P2", "P1", "P0"]


@pytest.mark.parametrize("address", ["persons", "memberships", "events", "decisions", "vote_events", "organizations"])
def test_a_long_list_asks_the_database_as_often_as_a_short_one(
    decision: Decision, council: Body, office: Organisation, django_assert_num_queries: Any, address: str, chynara: User
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        get(address)
    for number in range(12):
        person = Person.objects.create(name={"en": f"P{number}"}, organisation=office)
        Membership.objects.create(body=council, person=person, publication=Publication.NAME)
        body = Body.objects.create(name={"en": f"B{number}"}, kind=Body.Kind.COUNCIL, publishes_decisions=True)
        meeting = actions.plan_meeting(
            body=body, by=chynara, title={"en": "x"}, starts_at=datetime(2024, 5, 15, 4, 0, tzinfo=UTC), country="KG"
        )
        actions.add_item(meeting=meeting, by=chynara, title={"en": "Point"})
        actions.publish_meeting(meeting=meeting, by=chynara)
    with django_assert_num_queries(len(few)):
        get(address)


def test_who_has_the_present_version_gets_nothing_again(seats: Any) -> None:
    first = Client().get("/api/v1/persons")
    again = Client().get("/api/v1/persons", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    seats["name"].person.name = {"ru": "Другое имя"}
    seats["name"].person.save()
    changed = Client().get("/api/v1/persons", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_texts_come_in_the_language_that_was_asked_for_and_in_all(decision: Decision) -> None:
    event = get(f"events/{decision.meeting.code}", lang="en")
    assert (event["name"], event["names"]["ru"], event["start_date"]) == (
        "Council session",
        "Заседание совета",
        "2024-05-15T10:00:00+06:00",
    )
    assert Client().get("/api/v1/events?lang=ky").headers["Content-Language"] == "ky"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("lang=fr", "lang: write one of ky, ru, uz, tg, kk, hy, en"),
        ("limit=0", "limit: Input should be greater than or equal to 1"),
        ("languge=ru", "languge: there is no such parameter; this address takes after, lang, limit"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(asked: str, words: str) -> None:
    answer = Client().get(f"/api/v1/persons?{asked}")
    assert (answer.status_code, answer.json()) == (400, {"error": words})


@pytest.mark.parametrize("address", ["persons/bcdfghjk", "persons/x", "nothing/at/all", "persons?after=bcdfghjk", "areas/XX"])
def test_what_is_not_there_is_answered_in_json(address: str) -> None:
    answer = Client().get(f"/api/v1/{address}")
    assert (answer.status_code, list(answer.json())) == (404, ["error"])


def test_whether_something_is_there_can_be_asked_without_taking_it() -> None:
    answer = Client().head("/api/v1/areas")
    assert (answer.status_code, answer.content) == (200, b"")


def test_nothing_can_be_changed() -> None:
    answer = Client().post("/api/v1/persons")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_network_that_asks_too_often_is_told_to_wait_and_others_are_not(settings: Any) -> None:
    settings.API_PER_MINUTE = 3
    answers = [Client().get("/api/v1/areas?limit=1") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 20
    assert Client(REMOTE_ADDR="203.0.113.7").get("/api/v1/areas?limit=1").status_code == 200
    assert Client().get("/en/council/").status_code == 200


def test_programs_of_other_sites_may_read_it_with_its_check_sum_and_ask_whether_it_has_changed() -> None:
    first = Client().get("/api/v1/areas?limit=1")
    again = Client().get("/api/v1/areas?limit=1", headers={"If-None-Match": first.headers["ETag"]})
    gone = Client().get("/api/v1/nothing/at/all")
    before = Client().options("/api/v1/areas?limit=1")
    assert [(one.status_code, one.headers["Access-Control-Allow-Origin"]) for one in (first, again, gone, before)] == [
        (200, "*"), (304, "*"), (404, "*"), (204, "*"),
    ]  # fmt: skip
    assert {"ETag", "Link", "Retry-After", "Content-Disposition"} <= set(
        first.headers["Access-Control-Expose-Headers"].split(", ")
    )
    assert before.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_first_page_lists_every_address() -> None:
    root = get("")
    listed = {one["url"].partition("/api/v1")[2] for one in root["resources"]}
    assert {"/", "/openapi.json", "/persons", "/persons/{code}", "/themes", "/search"} <= listed


# --- decisions, recommendations, problems, tables ---------------------------------------------------------------------------


def test_a_decision_says_whom_it_asks_and_how_it_was_adopted(decision: Decision, ministry: Organisation) -> None:
    found = get(f"decisions/{decision.code}", lang="en")
    assert (found["how"], found["votes_for"], found["votes_against"], found["event_id"]) == ("vote", 3, 1, decision.meeting.code)
    assert [(one["id"], one["name"]) for one in found["addressees"]] == [(ministry.code, "Ministry of Labour")]


def test_of_a_recommendation_only_published_answers_and_verdicts_are_given(recommendation: Any, public_problem: Any) -> None:
    recommendation.concepts.create(concept="unpaid-wages")
    found = get(f"recommendations/{recommendation.code}")
    assert [[answer["text"] for answer in one["responses"]] for one in found["asked"]] == [["Поправка внесена."]]
    assert [verdict["texts"] for verdict in found["verdicts"]] == [{"ru": "Поправка внесена."}]
    assert (found["status"], found["problem_id"], found["themes"]) == ("verified", public_problem.code, ["unpaid-wages"])
    assert "Между нами" not in json.dumps(found, ensure_ascii=False)


def test_a_recommendation_that_is_not_published_is_not_there(recommendation: Any) -> None:
    type(recommendation).objects.update(is_public=False)
    assert get("recommendations")["results"] == []
    assert Client().get(f"/api/v1/recommendations/{recommendation.code}").status_code == 404


def test_a_problem_says_how_many_persons_its_blocks_count_and_who_sees_it_too(public_problem: Any, office: Organisation) -> None:
    found = get(f"problems/{public_problem.code}", lang="en")
    assert (found["title"], found["persons"], found["themes"]) == ("Brigades are not paid", 440, ["unpaid-wages"])
    assert (found["corridors"], found["supporters_number"]) == ([{"origin": "KG", "destination": "RU"}], 1)
    assert [one["id"] for one in found["supporters"]] == [office.code]


def test_a_problem_that_no_council_took_up_is_not_there(public_problem: Any) -> None:
    type(public_problem).objects.update(status="proposed", accepted_on=None)
    assert get("problems")["results"] == []
    assert Client().get(f"/api/v1/problems/{public_problem.code}").status_code == 404


def test_counts_are_read_to_their_end_and_what_grows_says_since_when(public_problem: Any) -> None:
    address, persons = "/api/v1/counts?limit=9", 0
    while address:
        part = Client().get(address).json()
        persons += sum(one["persons"] for one in part["results"])
        address = part["next"]
    assert persons == 440
    grows = [one for one in get("trends", theme="unpaid-wages", origin="KG")["results"] if one["growing_since"]]
    assert [(one["destination"], one["growing_since"]) for one in grows] == [("RU", "2026-08")]


@pytest.mark.parametrize("name", ["decisions", "recommendations", "problems", "counts", "trends"])
def test_a_table_is_the_same_in_csv_and_excel_with_tags_in_its_second_line(recommendation: Any, name: str) -> None:
    text = Client().get(f"/api/v1/{name}.csv").content.decode()
    rows = list(csv.reader(io.StringIO(text)))
    sheet = openpyxl.load_workbook(io.BytesIO(Client().get(f"/api/v1/{name}.xlsx").content)).active
    cells = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert len(rows) > 2
    assert all(tag.startswith("#") for tag in rows[1])
    assert cells[:2] == rows[:2]
    assert [row[0] for row in cells] == [row[0] for row in rows]


def test_a_table_that_has_not_changed_is_not_sent_again(recommendation: Any) -> None:
    first = Client().get("/api/v1/recommendations.xlsx")
    again = Client().get("/api/v1/recommendations.xlsx", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_words_in_a_table_never_become_a_formula(public_problem: Any) -> None:
    type(public_problem).objects.update(title={"ru": "=1+1"})
    assert "'=1+1" in Client().get("/api/v1/problems.csv").content.decode()


def test_organisations_are_named_for_a_reason(recommendation: Any, office: Any, other_office: Any, ministry: Any) -> None:
    Organisation.objects.create(name={"en": "Nobody speaks of it"}, kind="ngo", country="KG")
    found = get("organizations", bodies="false", lang="en")["results"]
    assert {one["id"] for one in found} == {office.code, other_office.code, ministry.code}
    assert "mailbox" not in json.dumps(found)
    assert "@" not in json.dumps(found)
