"""What follows from dates, answers and judgements; what of it everybody reads."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from kenesh.council.models import Decision
from kenesh.followup import actions, panels, queries
from kenesh.followup.models import (
    Addressee,
    Judgement,
    Letter,
    Recommendation,
    Response,
    ResponseKind,
    Stance,
    Status,
    Verdict,
)
from kenesh.people.models import Body, Organisation, User
from kenesh.problems.models import Problem
from kenesh.themes.texts import Translated

Recommend = Callable[..., Recommendation]
Enter = Callable[[User], Client]
Judge = Callable[..., Verdict]


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


# --- status -----------------------------------------------------------------------------------------------------------


def test_a_status_follows_from_dates_answers_and_judgements(
    recommend: Recommend,
    respond: Callable[..., Response],
    chynara: User,
    second_ministry: Organisation,
    ministry: Organisation,
    judged: Judge,
) -> None:
    today = timezone.localdate()
    row = recommend(due=today - timedelta(days=3), to=[ministry, second_ministry], public=True)

    def status(public: bool = False) -> tuple[str, int]:
        line = (queries.public_page(row.code) if public else queries.cockpit(row)).line
        return line.status.value, line.late_days

    seen = [status()]
    first, second = row.addressees.order_by("id")
    respond(first)
    seen.append(status())
    respond(second, stance=None, kind=ResponseKind.HOLDING)
    seen.append(status())
    respond(second)
    seen.append(status())
    verdict = judged(row, Judgement.CARRIED_OUT, chynara)
    seen += [status(), status(public=True)]
    actions.publish_verdict(verdict=verdict, by=chynara)
    seen.append(status(public=True))
    assert seen == [
        ("overdue", 3),
        ("overdue", 3),
        ("overdue", 3),
        ("answered", 0),
        ("verified", 0),
        ("waiting", 0),
        ("verified", 0),
    ]


def test_where_the_body_set_no_day_the_first_day_of_the_law_counts(
    recommendation: Recommendation, addressee: Addressee, chynara: User, signed_in: Enter
) -> None:
    assert queries.cockpit(recommendation).line.answer_by is None
    sent, due = timezone.localdate() - timedelta(days=40), timezone.localdate() - timedelta(days=10)
    form = {"key": uuid.uuid4().hex, "sent_on": sent.isoformat(), "outgoing_number": "12/3", "due_by_law": due.isoformat()}
    for _ in range(2):
        signed_in(chynara).post(reverse("followup_work:letter", args=[addressee.code]), form)
    line = queries.cockpit(recommendation).line
    assert (Letter.objects.count(), line.answer_by, line.status.value, line.late_days) == (1, due, "overdue", 10)
    later = {"incoming_number": "77", "due_by_law": timezone.localdate().isoformat()}
    signed_in(chynara).post(reverse("followup_work:incoming", args=[addressee.code, Letter.objects.get().pk]), later)
    assert (Letter.objects.get().incoming_number, queries.cockpit(recommendation).line.late_days) == ("77", 0)


# --- what is public ---------------------------------------------------------------------------------------------------


def test_an_internal_recommendation_is_nowhere_to_be_seen(
    recommendation: Recommendation, client: Client, problem: Problem
) -> None:
    request = RequestFactory().get("/")
    assert client.get(f"/en/recommendations/{recommendation.code}/").status_code == 404
    assert recommendation.code not in text_of(client, "/en/recommendations/")
    assert (panels.of_problem(problem, request), panels.newest_results(None, request)) == ("", "")
    assert queries.results_for_problems([problem.code], "en") == []


def test_a_published_recommendation_shows_who_is_asked_and_what_happened(
    recommend: Recommend, client: Client, problem: Problem
) -> None:
    row = recommend(public=True, due=timezone.localdate() - timedelta(days=1))
    page = text_of(client, f"/en/recommendations/{row.code}/")
    wanted = [
        "Keep a public register",
        "Ministry of Labour",
        "Round table in Osh",
        "Wages are not paid",
        "Waiting for an answer",
        f"/en/problems/{problem.code}/",
    ]
    assert [words for words in wanted if words not in page] == []


def test_a_problem_not_taken_up_is_not_named(recommend: Recommend, client: Client, problem: Problem) -> None:
    Problem.objects.filter(pk=problem.pk).update(status=Problem.Status.PROPOSED)
    row = recommend(public=True)
    assert "Wages are not paid" not in text_of(client, f"/en/recommendations/{row.code}/")


def test_an_answer_is_shown_only_when_the_body_publishes_it(
    recommend: Recommend, client: Client, chynara: User, signed_in: Enter
) -> None:
    row = recommend(public=True)
    given = actions.Given(kind=ResponseKind.SUBSTANTIVE, stance=Stance.ACCEPTED, text="The register opens in May.")
    response = actions.enter_response(
        addressee=row.addressees.get(), given=given, received_on=timezone.localdate(), key=uuid.uuid4(), by=chynara
    )
    page, switch = f"/en/recommendations/{row.code}/", reverse("followup_work:publish_response", args=[response.code])
    seen = ["register opens" in text_of(client, page)]
    signed_in(chynara).post(switch, {"public": "yes"})
    seen.append("register opens" in text_of(client, page))
    signed_in(chynara).post(switch, {"public": "no"})
    seen.append("register opens" in text_of(client, page))
    assert seen == [False, True, False]


def test_nothing_below_an_internal_recommendation_is_published(
    recommendation: Recommendation, addressee: Addressee, respond: Callable[..., Response], chynara: User, judged: Judge
) -> None:
    response, verdict = respond(addressee), judged(recommendation, Judgement.CARRIED_OUT, chynara)
    action = actions.report_action(
        addressee=addressee, text="Done", done_on=timezone.localdate(), proof=actions.Proof(), key=uuid.uuid4(), by=chynara
    )
    with pytest.raises(actions.NotPublic):
        actions.publish_response(response=response, by=chynara)
    with pytest.raises(actions.NotPublic):
        actions.publish_verdict(verdict=verdict, by=chynara)
    with pytest.raises(actions.NotPublic):
        actions.publish_action(action=action, by=chynara)


def test_a_critical_judgement_waits_for_the_reply_and_stands_beside_it(
    recommend: Recommend, client: Client, chynara: User, signed_in: Enter, respond: Callable[..., Response], judged: Judge
) -> None:
    row = recommend(public=True)
    addressee = row.addressees.get()
    respond(addressee, "An answer before the judgement.")
    verdict = judged(row, Judgement.NOT_CARRIED_OUT, chynara)
    switch, page = reverse("followup_work:publish_verdict", args=[verdict.request_key]), f"/en/recommendations/{row.code}/"
    secretary = signed_in(chynara)
    secretary.post(switch, {"public": "yes"})
    assert "Not carried out" not in text_of(client, page)
    reply = respond(addressee, "We were not given the money.")
    secretary.post(switch, {"public": "yes"})
    shown = text_of(client, page)
    assert ["Not carried out" in shown, "We were not given the money." in shown] == [True, True]
    secretary.post(reverse("followup_work:publish_response", args=[reply.code]), {"public": "no"})
    assert "We were not given the money." in text_of(client, page)
    respond(addressee, "Now we have it.")
    assert "Now we have it." in text_of(client, page)


def test_a_critical_judgement_can_be_published_when_the_days_for_a_reply_are_over(
    recommend: Recommend, chynara: User, judged: Judge
) -> None:
    row = recommend(public=True)
    verdict = judged(row, Judgement.PARTLY, chynara)
    with pytest.raises(actions.RightOfReply):
        actions.publish_verdict(verdict=verdict, by=chynara)
    verdict.reply_until = timezone.localdate() - timedelta(days=1)
    verdict.save()
    actions.publish_verdict(verdict=verdict, by=chynara)
    row.refresh_from_db()
    assert row.public_stage == "verified"


def test_a_second_judgement_is_a_second_row(recommendation: Recommendation, chynara: User, signed_in: Enter) -> None:
    form = {"judgement": "partly", "text_en": "Half of it.", "judged_on": timezone.localdate().isoformat()}
    for changes in ({"key": uuid.uuid4().hex}, {"key": uuid.uuid4().hex, "judgement": "carried_out"}):
        for _ in range(2):
            signed_in(chynara).post(reverse("followup_work:judge", args=[recommendation.code]), form | changes)
    assert list(Verdict.objects.order_by("id").values_list("judgement", flat=True)) == ["partly", "carried_out"]


def test_the_list_is_filtered_by_status_addressee_and_body(
    late_is_shown: None, recommend: Recommend, client: Client, second_ministry: Organisation, council: Body
) -> None:
    late = recommend("Late one", public=True, due=timezone.localdate() - timedelta(days=1))
    other = recommend("Other one", public=True, to=[second_ministry])

    def found(query: str) -> list[str]:
        page = text_of(client, f"/en/recommendations/?{query}")
        return [row.text.in_language("en") for row in (late, other) if f"/recommendations/{row.code}/" in page]

    asked = [
        "",
        "status=overdue",
        "status=waiting",
        "status=verified",
        f"addressee={second_ministry.code}",
        f"body={council.code}",
        "status=nonsense",
    ]
    assert [found(query) for query in asked] == [
        ["Late one", "Other one"],
        ["Late one"],
        ["Other one"],
        [],
        ["Other one"],
        ["Late one", "Other one"],
        ["Late one", "Other one"],
    ]


def test_lists_go_on_behind_their_last_row(recommend: Recommend, client: Client, chynara: User, signed_in: Enter) -> None:
    for number in range(32):
        recommend(f"Number {number}", public=True, due=timezone.localdate() + timedelta(days=number % 5))
    for reader, address in ((client, "/en/recommendations/"), (signed_in(chynara), "/work/recommendations/?status=waiting")):
        seen: list[str] = []
        while address:
            page = text_of(reader, address)
            seen += re.findall(r">(Number \d+)<", page)
            following = re.search(r'href="(\?[^"]*after=\w+[^"]*)"', page)
            address = address.split("?")[0] + following[1].replace("&amp;", "&") if following else ""
        assert (len(seen), len(set(seen))) == (32, 32)


def test_lists_cost_the_same_queries_for_one_row_and_for_thirty(
    recommend: Recommend, client: Client, chynara: User, signed_in: Enter, respond: Callable[..., Response], judged: Judge
) -> None:
    secretary = signed_in(chynara)
    request = RequestFactory().get("/")

    def fill(number: int) -> None:
        for _ in range(number):
            row = recommend(public=True, due=timezone.localdate() - timedelta(days=1))
            respond(row.addressees.get())
            actions.publish_verdict(verdict=judged(row, Judgement.CARRIED_OUT, chynara), by=chynara)

    def counts() -> list[int]:
        numbers = []
        for read in (
            lambda: client.get("/en/recommendations/"),
            lambda: secretary.get("/work/recommendations/?status=verified"),
            lambda: queries.results_for_problems([Problem.objects.get().code], "en"),
            lambda: panels.of_problem(Problem.objects.get(), request),
        ):
            with CaptureQueriesContext(connection) as caught:
                read()
            numbers.append(len(caught))
        return numbers

    fill(1)
    counts()  # warms what is read once
    one = counts()
    fill(29)
    assert counts() == one


def test_a_page_costs_the_same_queries_for_one_answer_and_for_thirty(
    recommend: Recommend, client: Client, chynara: User, signed_in: Enter, respond: Callable[..., Response], judged: Judge
) -> None:
    row, secretary = recommend(public=True), signed_in(chynara)
    addressee = row.addressees.get()

    def fill(number: int) -> None:
        for _ in range(number):
            actions.publish_response(response=respond(addressee), by=chynara)
            actions.register_letter(addressee=addressee, sent_on=timezone.localdate(), key=uuid.uuid4(), by=chynara)
            action = actions.report_action(
                addressee=addressee,
                text="Done",
                done_on=timezone.localdate(),
                proof=actions.Proof(text="Order 1"),
                key=uuid.uuid4(),
                by=chynara,
            )
            actions.publish_action(action=action, by=chynara)
            actions.publish_verdict(verdict=judged(row, Judgement.CARRIED_OUT, chynara), by=chynara)

    def counts() -> list[int]:
        numbers = []
        for reader, address in ((client, f"/en/recommendations/{row.code}/"), (secretary, f"/work/recommendations/{row.code}/")):
            with CaptureQueriesContext(connection) as caught:
                text_of(reader, address)
            numbers.append(len(caught))
        return numbers

    fill(1)
    counts()
    one = counts()
    fill(29)
    assert counts() == one


# --- the way back -----------------------------------------------------------------------------------------------------


def test_who_stands_behind_a_problem_learns_what_came_of_it(
    recommend: Recommend, problem: Problem, chynara: User, respond: Callable[..., Response], judged: Judge
) -> None:
    row = recommend(public=True)
    response = respond(row.addressees.get(), "The register opens in May.")
    before = queries.results_for_problems([problem.code], "en")
    assert [(one.status, one.answer, one.answer_text, one.verdict) for one in before] == [("waiting", "", "", "")]
    actions.publish_response(response=response, by=chynara)
    actions.publish_verdict(verdict=judged(row, Judgement.CARRIED_OUT, chynara), by=chynara)
    with translation.override("en"):
        after = queries.results_for_problems([problem.code], "en")
    assert after == [
        queries.ProblemResult(
            problem_code=problem.code,
            problem_title="Wages are not paid",
            recommendation_code=row.code,
            text="Keep a public register of employers that do not pay.",
            status=Status.VERIFIED,
            answer="Accepted",
            answer_from="Ministry of Labour",
            answer_text="The register opens in May.",
            answered_on=timezone.localdate(),
            verdict="Carried out",
            verdict_text="We looked at the register.",
            judged_on=timezone.localdate(),
        )
    ]


def test_a_joined_problem_has_the_results_of_the_one_it_was_joined_to(
    recommend: Recommend, problem: Problem, council: Body
) -> None:
    joined = Problem.objects.create(
        title=Translated(en="Same"),
        statement=Translated(en="Same"),
        status="merged",
        merged_into=problem,
        created_on=timezone.localdate(),
        body=council,
    )
    row = recommend(public=True)
    assert [one.recommendation_code for one in queries.results_for_problems([joined.code], "en")] == [row.code]


def test_the_panels_show_what_is_published(
    recommend: Recommend, problem: Problem, chynara: User, decision: Decision, respond: Callable[..., Response]
) -> None:
    request = RequestFactory().get("/")
    row = recommend(public=True)
    assert row.code in panels.of_problem(problem, request)
    assert panels.newest_results(None, request) == ""
    actions.publish_response(response=respond(row.addressees.get()), by=chynara)
    assert row.code in panels.newest_results(None, request)
    of_decision = actions.open_recommendation(decision=decision, by=chynara)
    assert panels.of_decision(decision, request) == ""
    request.user = chynara
    assert f"/work/recommendations/{of_decision.code}/" in panels.of_decision(decision, request)
    del request.user
    actions.publish(recommendation=of_decision, by=chynara)
    assert of_decision.code in panels.of_decision(decision, request)


def test_the_page_of_a_council_leads_to_what_it_asked(
    recommend: Recommend, council: Body, other_council: Body, client: Client
) -> None:
    _oldest, *newest = [recommend(f"Asked {number}.", public=True) for number in range(4)]
    recommend("Nobody may read this.")
    pages = [text_of(client, f"/en/council/{body.code}/") for body in (council, other_council)]
    assert re.findall(r'href="/en/recommendations/(\w{8})/"', pages[0]) == [row.code for row in reversed(newest)]
    listed = f'href="/en/recommendations/?body={council.code}"'
    assert ([listed in page for page in pages], "Nobody may read this." in pages[0]) == ([True, False], False)
