"""What everybody reads of a recommendation: found fault with the reply beside it, sources, versions, days, files."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kenesh.council.actions import publish_decision
from kenesh.council.models import Decision
from kenesh.followup import actions, tasks
from kenesh.followup.actions import Details, Figure, SourceLine
from kenesh.followup.models import (
    Action,
    Addressee,
    AddresseeScore,
    Judgement,
    Recommendation,
    Reminder,
    Response,
    Shadow,
    SourceKind,
    Verdict,
)
from kenesh.followup.spreadsheets import writing
from kenesh.people.models import Body, Membership, Organisation, OrganisationKind, Publication, User
from kenesh.themes.texts import Translated

Enter = Callable[[User], Client]
Recommend = Callable[..., Recommendation]
Respond = Callable[..., Response]


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def work(made: Recommendation) -> str:
    return reverse("followup_work:recommendation", args=[made.code])


def api(address: str, **asked: str) -> Any:
    return Client().get(f"/api/v1/{address}", {"lang": "en"} | asked).json()


@pytest.fixture
def ministry(ministry: Organisation) -> Organisation:
    """Letters to it are in English."""
    ministry.languages = ["en"]
    ministry.save(update_fields=["languages"])
    return ministry


@pytest.fixture
def ngo(council: Body) -> Organisation:
    """An organisation that sits in the council."""
    made = Organisation.objects.create(name=Translated(en="Road Home"), kind=OrganisationKind.NGO, country="KG")
    Membership.objects.create(body=council, organisation=made)
    return made


@pytest.fixture
def assessed(ngo: Organisation, chynara: User) -> Callable[..., Shadow]:
    """What the organisation found: `assessed(recommendation, Judgement.PARTLY)`."""

    def assess(recommendation: Recommendation, judgement: Judgement = Judgement.NOT_CARRIED_OUT) -> Shadow:
        return actions.assess(
            recommendation=recommendation,
            organisation=ngo,
            judgement=judgement,
            text=Translated(en="Nobody could find the register."),
            url="",
            document=None,
            judged_on=timezone.localdate(),
            publication=Publication.ORGANISATION,
            key=uuid.uuid4(),
            by=chynara,
        )

    return assess


def done(addressee: Addressee, chynara: User, text: str = "A register is open.") -> Action:
    return actions.report_action(
        addressee=addressee, text=text, done_on=date(2026, 1, 5), proof=actions.Proof(), key=uuid.uuid4(), by=chynara
    )


def planned(addressee: Addressee, chynara: User) -> Response:
    """An answer that promises two steps."""
    given = actions.Given(
        kind="substantive",  # type: ignore[arg-type]
        stance="accepted",  # type: ignore[arg-type]
        text="We agree.",
        steps=(("A decree", date(2031, 1, 1)), ("A register", date(2031, 6, 1))),
    )
    return actions.enter_response(
        addressee=addressee, given=given, received_on=timezone.localdate(), key=uuid.uuid4(), by=chynara
    )


def official(addressee: Addressee, chynara: User) -> Client:
    """The browser of an official whom a code has let in."""
    browser = Client()
    browser.post(f"/en/answer/{actions.issue_answer_link(addressee=addressee, by=chynara)}/")
    code = re.search(r"(\d{4}) (\d{4})", str(mail.outbox[-1].body))
    browser.post("/en/answer/code/", {"code": "".join(code.groups()) if code else ""})
    return browser


# --- assessments of member organisations --------------------------------------------------------------------------------


def test_an_assessment_in_public_is_counted_a_version_and_keeps_answers_beside_it(
    recommend: Recommend, assessed: Callable[..., Shadow], respond: Respond, chynara: User, client: Client
) -> None:
    made = recommend(public=True)
    shadow, answer = assessed(made), respond(made.addressees.get())
    actions.publish_shadow(shadow=shadow, by=chynara)
    made.refresh_from_db()
    assert (made.public_stage, api("recommendations")["results"][0]["status"]) == ("answered", "answered")
    with pytest.raises(actions.RightOfReply):
        actions.unpublish_response(response=answer, by=chynara)
    respond(made.addressees.get(), "Look again.")
    assert list(Response.objects.values_list("is_public", flat=True)) == [True, True]
    assert "an assessment of a member organisation" in text_of(client, f"/en/recommendations/{made.code}/versions/")
    then = f"/en/recommendations/{made.code}/versions/2/"
    assert "Road Home: Not carried out" in text_of(client, then)
    actions.unpublish_shadow(shadow=shadow, by=chynara)
    assert ("Road Home" in text_of(client, then), made.versions.count()) == (False, 4)


def test_whom_an_assessment_finds_at_fault_is_told_and_reads_it_before_everybody_does(
    recommend: Recommend, assessed: Callable[..., Shadow], chynara: User, client: Client
) -> None:
    made = recommend(public=True)
    assessed(made)
    assessed(made, Judgement.CARRIED_OUT)
    reminder = Reminder.objects.get()
    assert (reminder.kind, DBTaskResult.objects.filter(task_path__endswith=".send_waiting_reminders").count()) == ("verdict", 1)
    tasks.send_reminder.call(reminder.pk)
    letter = mail.outbox[-1]
    assert [words in str(letter.body) for words in (made.code, "fault was found", "register")] == [True, True, False]
    shown = text_of(official(made.addressees.get(), chynara), "/en/answer/form/")
    assert ("You have the right to reply until" in shown, shown.count("Nobody could find the register.")) == (True, 1)
    assert "Nobody could find" not in text_of(client, f"/en/recommendations/{made.code}/")


# --- right of reply -----------------------------------------------------------------------------------------------------


def test_whom_a_judgement_finds_at_fault_is_told_by_mail_and_nobody_else(
    recommend: Recommend, judged: Callable[..., Verdict], second_ministry: Organisation, ministry: Organisation, chynara: User
) -> None:
    made = recommend(public=True, to=[ministry, second_ministry])
    judged(made, Judgement.CARRIED_OUT, chynara)
    assert Reminder.objects.count() == 0
    judged(made, Judgement.PARTLY, chynara)
    for reminder in Reminder.objects.order_by("id"):
        tasks.send_reminder.call(reminder.pk)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["davron@ministry.example", "post@mvd.example"]
    assert "We looked at the register" not in str(mail.outbox[0].body)


def test_fault_found_with_an_internal_recommendation_is_told_to_those_alone_who_know_of_it_until_it_is_public(
    recommend: Recommend, chynara: User, signed_in: Enter, ministry: Organisation, second_ministry: Organisation
) -> None:
    made, secretary = recommend(to=[ministry, second_ministry]), signed_in(chynara)
    actions.issue_answer_link(addressee=made.addressees.get(organisation=ministry), by=chynara)
    address = reverse("followup_work:judge", args=[made.code])
    assert "an e-mail goes out as soon as you save" in text_of(secretary, address)
    secretary.post(address, {"key": uuid.uuid4().hex, "judgement": "partly", "text_en": "We looked.", "judged_on": "2026-01-05"})
    told = Reminder.objects.values_list("mailbox", flat=True).order_by("mailbox")
    assert list(told) == ["davron@ministry.example"]
    Verdict.objects.update(reply_until=timezone.localdate() - timedelta(days=30))  # the judgement is old
    secretary.post(reverse("followup_work:publish", args=[made.code]), {"public": "yes"})
    until = timezone.localdate() + timedelta(days=14)
    assert list(told.filter(answer_by=until)) == ["davron@ministry.example", "post@mvd.example"]
    assert Verdict.objects.get().reply_until == until


def test_whoever_stands_on_a_scoreboard_is_told_its_line_before_it_opens(
    recommend: Recommend, respond: Respond, council: Body, chynara: User, signed_in: Enter, second_ministry: Organisation
) -> None:
    made = recommend(public=True)
    recommend(public=True)
    Organisation.objects.filter(pk=second_ministry.pk).update(mailbox="")
    recommend(public=True, to=[second_ministry])
    actions.publish_response(response=respond(made.addressees.get()), by=chynara)
    secretary = signed_in(chynara)
    secretary.post(reverse("followup_work:turn_board", args=[council.code]), {"public": "yes"})
    tasks.send_reminder.call(Reminder.objects.exclude(mailbox="").get(kind="scoreboard").pk)
    letter = str(mail.outbox[-1].body)
    assert [line in letter.splitlines() for line in ("Asked: 2", "Answered in time: 1", "Answered late: 0")] == [True] * 3
    assert "Tell them by letter: Ministry of the Interior" in " ".join(
        text_of(secretary, reverse("followup_work:board", args=[council.code])).split()
    )
    shown = text_of(official(made.addressees.get(), chynara), "/en/answer/form/")
    assert "everybody can read this line" in shown
    assert "<dt>Answered in time</dt><dd>1</dd>" in shown


def test_nobody_is_told_of_a_scoreboard_that_was_called_off(recommend: Recommend, council: Body, chynara: User) -> None:
    recommend(public=True)
    actions.announce_scoreboard(body=council, by=chynara)
    actions.close_scoreboard(body=council, by=chynara)
    tasks.send_reminder.call(Reminder.objects.get().pk)
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)


# --- actions ------------------------------------------------------------------------------------------------------------


def test_what_is_only_promised_counts_as_no_action_and_says_so(recommend: Recommend, chynara: User) -> None:
    made = recommend(public=True)
    actions.publish_response(response=planned(made.addressees.get(), chynara), by=chynara)
    actions.publish_action(action=done(made.addressees.get(), chynara), by=chynara)
    assert AddresseeScore.objects.get().actions == 1
    told = api(f"recommendations/{made.code}")["asked"][0]["actions"]
    assert [(one["text"], one["planned"]) for one in told] == [
        ("A register is open.", False),
        ("A decree", True),
        ("A register", True),
    ]


def test_an_action_that_was_published_by_mistake_is_taken_back(
    recommend: Recommend, chynara: User, signed_in: Enter, client: Client
) -> None:
    made = recommend(public=True)
    one = done(made.addressees.get(), chynara)
    switch = reverse("followup_work:publish_action", args=[made.addressees.get().code, one.pk])
    seen = []
    for public in ("yes", "no"):
        signed_in(chynara).post(switch, {"public": public})
        seen.append("A register is open." in text_of(client, f"/en/recommendations/{made.code}/"))
    assert (seen, AddresseeScore.objects.get().actions) == ([True, False], 0)


def test_what_is_promised_for_a_later_day_stands_after_what_happened(
    recommend: Recommend, chynara: User, client: Client, signed_in: Enter
) -> None:
    made = recommend(public=True)
    actions.publish_response(response=planned(made.addressees.get(), chynara), by=chynara)
    actions.publish_action(action=done(made.addressees.get(), chynara), by=chynara)
    for reader, address in ((client, f"/en/recommendations/{made.code}/"), (signed_in(chynara), work(made))):
        so_far, plans = text_of(reader, address).split("What happened so far")[1].split("<h2>Planned</h2>")
        assert [words in so_far for words in ("A decree", "A register is open.")] == [False, True]
        assert [words in plans for words in ("A decree", "Planned by 1 January 2031", "A register is open.")] == [
            True,
            True,
            False,
        ]


def test_a_step_of_an_answer_that_was_sent_back_says_so_and_offers_nothing_that_is_refused(
    recommend: Recommend, chynara: User, signed_in: Enter
) -> None:
    made = recommend(public=True)
    planned(made.addressees.get(), chynara)
    step = Action.objects.filter(is_planned=True).order_by("id")[0]
    switch = reverse("followup_work:publish_action", args=[made.addressees.get().code, step.pk])
    browser = signed_in(chynara)
    before = text_of(browser, work(made))
    Response.objects.update(confirmation="sent_back", confirmed_at=timezone.now())
    after = text_of(browser, work(made))
    # Once of the answer, once of each of two steps; the same again in the timeline and under the plans.
    assert [(switch in page, page.count("Sent back to be changed")) for page in (before, after)] == [(True, 0), (False, 6)]


def test_part_of_an_answer_stays_beside_found_fault(
    recommend: Recommend, judged: Callable[..., Verdict], chynara: User, signed_in: Enter
) -> None:
    made = recommend(public=True)
    verdict = judged(made, Judgement.PARTLY, chynara)
    planned(made.addressees.get(), chynara)
    actions.publish_verdict(verdict=verdict, by=chynara)
    step = Action.objects.filter(is_planned=True).order_by("id")[0]
    signed_in(chynara).post(reverse("followup_work:publish_action", args=[made.addressees.get().code, step.pk]), {"public": "no"})
    step.refresh_from_db()
    assert step.is_public


# --- sources ------------------------------------------------------------------------------------------------------------


def test_a_source_of_a_decision_that_is_not_published_is_nowhere_whatever_else_it_names(
    recommend: Recommend, decision: Decision, chynara: User, client: Client
) -> None:
    made = recommend(public=True)
    line = SourceLine(SourceKind.OMBUDSMAN, Translated(en="Secret session"), symbol="S/1", decision=decision)
    actions.add_source(recommendation=made, line=line, by=chynara)

    def told() -> list[bool]:
        newest = made.versions.count()
        addresses = [
            f"/en/recommendations/{made.code}/",
            f"/en/recommendations/{made.code}/versions/{newest}/",
            "/en/recommendations/table/csv/",
            "/api/v1/recommendations.csv",
            f"/api/v1/recommendations/{made.code}",
        ]
        filed = bool(api("recommendations", source="ombudsman")["results"])
        return [*("Secret session" in text_of(client, address) for address in addresses), filed]

    before = told()
    publish_decision(decision=decision, public=True, by=chynara)
    shown, then = told(), f"/en/recommendations/{made.code}/versions/2/"
    assert "Secret session" in text_of(client, then)
    publish_decision(decision=decision, public=False, by=chynara)
    assert (before, shown, told()) == ([False] * 6, [True] * 6, [False] * 6)
    assert "Secret session" not in text_of(client, then)


def test_the_kind_of_source_is_asked_when_a_recommendation_is_added(
    council: Body, ministry: Organisation, chynara: User, signed_in: Enter, client: Client
) -> None:
    form = {"key": uuid.uuid4().hex, "body": council.pk, "source_kind": "upr", "text_en": "x", "source_en": "Third cycle"}
    secretary = signed_in(chynara)
    secretary.post(reverse("followup_work:add"), form | {"addressees": [ministry.code]})
    made = Recommendation.objects.get()
    actions.publish(recommendation=made, by=chynara)
    assert made.code in text_of(client, "/en/recommendations/?source=upr")
    address = reverse("followup_work:edit", args=[made.code])
    assert re.search(r'value="upr" selected', text_of(secretary, address))
    secretary.post(address, form | {"addressees": [ministry.code], "source_kind": ""})
    assert made.code in text_of(client, "/en/recommendations/?source=other")


# --- days and versions --------------------------------------------------------------------------------------------------


def test_a_recommendation_of_an_old_paper_is_of_its_day(recommend: Recommend, chynara: User, client: Client) -> None:
    made = recommend(public=True)
    line = SourceLine(SourceKind.UN_COMMITTEE, Translated(en="Observations"), dated_on=date(2015, 4, 7))
    actions.add_source(recommendation=made, line=line, by=chynara)
    shown = text_of(client, f"/en/recommendations/{made.code}/")
    assert ["The recommendation was made" in shown, "The recommendation was entered" in shown] == [True, True]
    new = [made.code in text_of(client, f"/en/recommendations/report/?start={one}-01-01&end={one}-12-31") for one in (2015, 2026)]
    assert new == [True, False]


def test_a_version_shows_all_that_its_list_says_has_changed(recommend: Recommend, chynara: User, client: Client) -> None:
    made = recommend(public=True)
    actions.publish_action(action=done(made.addressees.get(), chynara), by=chynara)
    figure = Figure(Translated(en="Complaints"), unit="a year", goal_year=2030)
    details = Details(
        themes=("unpaid-wages",), articles=[["ICRMW", "25"]], targets=["8.8"], carry_out_by=date(2031, 5, 1), figure=figure
    )
    actions.edit_details(recommendation=made, details=details, by=chynara)
    actions.edit_details(recommendation=made, details=Details(), by=chynara)
    address = f"/en/recommendations/{made.code}/versions"
    assert "changed: the themes, the articles, the targets, the figure, the day for carrying it out" in text_of(
        client, f"{address}/"
    )
    words = ("theme=unpaid-wages", "ICRMW 25", "targets 8.8", "Complaints", "1 May 2031", "A register is open.")
    shown = [text_of(client, f"{address}/{number}/") for number in (1, 3, 4)]
    assert [[one in page for one in words] for page in shown] == [[False] * 6, [True] * 6, [False] * 5 + [True]]


def test_an_action_that_serves_another_recommendation_is_a_change_of_that_one_too(
    recommend: Recommend, chynara: User, client: Client, signed_in: Enter
) -> None:
    made, other = recommend(public=True), recommend("Another.", public=True)
    shared = done(other.addressees.get(), chynara)
    actions.publish_action(action=shared, by=chynara)
    serves = reverse("followup_work:serves", args=[other.addressees.get().code, shared.pk])
    signed_in(chynara).post(serves, {"others": [made.addressees.get().code]})
    shown = [text_of(client, f"/en/recommendations/{made.code}/versions/2/")]
    actions.unpublish(recommendation=other, by=chynara)
    feed = client.get(f"/en/recommendations/{made.code}/feed/").content.decode()
    shown.append(text_of(client, f"/en/recommendations/{made.code}/versions/2/"))
    assert ["A register is open." in page for page in shown] == [True, False]
    assert feed.count("changed: what is reported done") == 2


def test_what_an_action_serves_out_of_reach_of_the_form_stays(
    recommend: Recommend, chynara: User, signed_in: Enter, other_council: Body, other_secretary: User
) -> None:
    mine, theirs = recommend(public=True), recommend("Another.", public=True)
    Recommendation.objects.filter(pk=theirs.pk).update(body=other_council)
    shared = done(mine.addressees.get(), chynara)
    shared.also_serves.add(theirs.addressees.get())
    signed_in(chynara).post(reverse("followup_work:serves", args=[mine.addressees.get().code, shared.pk]), {"others": []})
    assert [one.recommendation for one in shared.also_serves.all()] == [theirs]


# --- for other programs -------------------------------------------------------------------------------------------------


def test_programs_read_all_that_the_page_shows(
    recommend: Recommend, assessed: Callable[..., Shadow], chynara: User, ministry: Organisation
) -> None:
    made, other = recommend(public=True), recommend("Another.", public=True)
    figure = Figure(Translated(en="Complaints"), baseline=None, goal=None)
    details = Details(
        why=Translated(en="Too many wait."), themes=("unpaid-wages",), articles=[["ICRMW", "25"]], targets=["8.8"],
        carry_out_by=date(2031, 5, 1), lead=ministry.code, figure=figure,
    )  # fmt: skip
    actions.edit_details(recommendation=made, details=details, by=chynara)
    line = SourceLine(SourceKind.UPR, Translated(en="Third cycle"), symbol="A/HRC/44/4", paragraph="140.1")
    actions.add_source(recommendation=made, line=line, by=chynara)
    actions.publish_shadow(shadow=assessed(made, Judgement.CARRIED_OUT), by=chynara)
    shared = done(other.addressees.get(), chynara)
    actions.serve_others(action=shared, others=[made.addressees.get()], offered=[], by=chynara)
    actions.publish_action(action=shared, by=chynara)
    said = api(f"recommendations/{made.code}")
    wanted = {"why": {"en": "Too many wait."}, "themes": ["unpaid-wages"], "targets": ["8.8"], "carry_out_by": "2031-05-01"}
    assert {name: said[name] for name in wanted} == wanted
    assert said["articles"] == [{"instrument": "ICRMW", "article": "25"}]
    assert (said["measure"]["texts"], said["measure"]["baseline"]) == ({"en": "Complaints"}, "")
    assert [(one["kind"], one["symbol"], one["paragraph"]) for one in said["sources"]] == [("upr", "A/HRC/44/4", "140.1")]
    assert [(one["by"], one["judgement"]) for one in said["assessments"]] == [("Road Home", "carried_out")]
    assert [(one["leads"], one["progress"]) for one in said["asked"]] == [(True, "")]
    assert [one["recommendation_id"] for one in said["asked"][0]["actions"]] == [other.code]


def test_a_table_for_programs_takes_the_filters_of_the_list(recommend: Recommend, second_ministry: Organisation) -> None:
    recommend(public=True)
    wanted = recommend("Another.", public=True, to=[second_ministry])
    rows = list(csv.DictReader(io.StringIO(Client().get("/api/v1/recommendations.csv?country=RU").content.decode())))
    assert [row["code"] for row in rows[1:]] == [wanted.code]
    assert {"themes", "articles", "carry_out_by", "symbol"} <= set(rows[0])


def test_a_table_that_is_too_long_says_where_it_goes_on(recommend: Recommend, client: Client) -> None:
    codes = [recommend(f"Number {number}.", public=True).code for number in range(3)][::-1]
    rows = Recommendation.objects.order_by("-id")
    first, rest = writing.table_of(rows, public=True, most=2)
    assert ([row[0] for row in first.rows], rest) == (codes[:2], codes[1])
    assert writing.table_of(rows, public=True, most=3)[1] == ""
    read = csv.reader(io.StringIO(client.get(f"/en/recommendations/table/csv/?after={rest}").content.decode("utf-8-sig")))
    assert [row[0] for row in list(read)[2:]] == codes[2:]


def test_the_page_of_a_recommendation_says_in_schema_org_what_it_is(recommend: Recommend, client: Client) -> None:
    made = recommend(public=True)
    (block,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', text_of(client, f"/en/recommendations/{made.code}/")
    )
    said = json.loads(block)
    assert (said["@type"], said["identifier"], said["version"]) == ("CreativeWork", made.code, 1)
    assert [one["name"] for one in said["audience"]] == ["Ministry of Labour"]
