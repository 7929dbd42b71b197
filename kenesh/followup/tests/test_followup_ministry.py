"""Inside of a ministry: papers, steps, more time, another who is responsible, a colleague, a validator."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kenesh.followup import actions
from kenesh.followup.models import (
    Action,
    Addressee,
    AnswerLink,
    AnswerSession,
    Extension,
    File,
    Letter,
    Recommendation,
    Response,
)
from kenesh.followup.tests.test_followup_answer_link import ANSWER, enter, send, sent_code
from kenesh.kernel import sealed_files
from kenesh.kernel.models import TrailEntry
from kenesh.people.models import Organisation, User
from kenesh.themes.templatetags.words import day
from kenesh.themes.texts import Translated

Enter = Callable[[User], Client]


@pytest.fixture
def token(addressee: Addressee, chynara: User) -> str:
    return actions.issue_answer_link(addressee=addressee, by=chynara)


@pytest.fixture
def official(token: str, addressee: Addressee) -> Client:
    client = Client()
    enter(client, token)
    return client


@pytest.fixture
def confirmed_by(addressee: Addressee, chynara: User) -> str:
    actions.set_addressee(addressee=addressee, validator_mailbox="head@ministry.example", above=None, by=chynara)
    return "head@ministry.example"


def paper(name: str = "order.txt", content: bytes = b"Order No. 12") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def validator(confirmed_by: str) -> Client:
    """A browser in which the validator's own link and code have opened the answer."""
    assert mail.outbox[-1].to == [confirmed_by]
    found = re.search(r"/answer/([\w-]{22})/", mail.outbox[-1].body)
    assert found
    client = Client()
    enter(client, found[1])
    assert mail.outbox[-1].to == [confirmed_by]
    return client


# --- what is asked, and the answer --------------------------------------------------------------------------------------


def test_the_official_sees_by_when_and_who_else_is_asked(
    recommend: Callable[..., Recommendation], ministry: Organisation, second_ministry: Organisation, chynara: User
) -> None:
    made = recommend(to=[ministry, second_ministry], due=date(2027, 3, 1))
    official = Client()
    enter(official, actions.issue_answer_link(addressee=made.addressees.get(organisation=ministry), by=chynara))
    shown = page(official, "/en/answer/form/")
    assert ("1 March 2027" in shown, "Ministry of the Interior" in shown) == (True, True)


WHOLE = actions.Details(
    why=Translated(en="Workers cannot find out who does not pay."),
    themes=("unpaid-wages",),
    groups=("group-women",),
    articles=[["ICRMW", "25"]],
    targets=["8.8"],
    carry_out_by=date(2027, 9, 1),
    figure=actions.Figure(text=Translated(en="Employers in the register"), goal=Decimal(40), goal_year=2028),
)
SHOWN = ["Workers cannot find out", "ICRMW 25", "targets 8.8", "Employers in the register", "40", "2028", "1 September 2027"]


def test_who_answers_and_who_confirms_see_all_that_is_asked_and_who_leads(
    recommend: Callable[..., Recommendation], ministry: Organisation, second_ministry: Organisation, chynara: User
) -> None:
    made = recommend(to=[ministry, second_ministry])
    actions.edit_details(recommendation=made, details=replace(WHOLE, lead=ministry.code), by=chynara)
    own = made.addressees.get(organisation=ministry)
    actions.set_addressee(addressee=own, validator_mailbox="head@ministry.example", above=None, by=chynara)
    official = Client()
    enter(official, actions.issue_answer_link(addressee=own, by=chynara))
    send(official)
    shown = [page(official, "/en/answer/form/"), page(validator("head@ministry.example"), "/en/answer/confirm/")]
    wanted = [*SHOWN, "Your organisation answers for the whole."]
    assert [[words for words in wanted if words not in one] for one in shown] == [[], []]


def test_the_letter_says_all_that_is_asked_and_who_leads(
    recommend: Callable[..., Recommendation], ministry: Organisation, chynara: User, signed_in: Enter
) -> None:
    made = recommend()
    actions.edit_details(recommendation=made, details=replace(WHOLE, lead=ministry.code), by=chynara)
    form = {"key": uuid.uuid4().hex, "sent_on": timezone.localdate().isoformat(), "language": "en"}
    address = reverse("followup_work:write_letter", args=[made.addressees.get().code])
    letter = signed_in(chynara).post(address, form).content.decode().split('<article class="paper"')[1]
    assert [words for words in [*SHOWN, "Who answers for the whole: Ministry of Labour"] if words not in letter] == []


def test_steps_are_planned_actions_with_their_days(official: Client) -> None:
    ahead = timezone.localdate() + timedelta(days=40)
    wrong = official.post("/en/answer/form/", ANSWER | {"step_1": "Draft the decree"}).content.decode()
    assert ("Write by which day this step is done." in wrong, "<details open>" in wrong) == (True, True)
    past = {"step_1": "Draft the decree", "step_1_by": timezone.localdate().isoformat()}
    assert "Write a day that is still to come." in official.post("/en/answer/form/", ANSWER | past).content.decode()
    send(official, step_1="Draft the decree", step_1_by=ahead.isoformat(), progress="under_way")
    planned = Action.objects.get(is_planned=True)
    assert (planned.text, planned.done_on, Response.objects.get().progress) == (
        "Draft the decree",
        ahead,
        "under_way",
    )


def test_papers_stay_sealed_and_go_with_the_answer(official: Client, token: str) -> None:
    official.post("/en/answer/form/", ANSWER | {"files": [paper(), paper("second.txt", b"Second")]})
    assert b"Order No. 12" not in (sealed_files.folder("sealed") / File.objects.order_by("id")[0].uid.hex).read_bytes()
    first = File.objects.order_by("id")[0]
    official.post("/en/answer/form/", ANSWER | {"remove": str(first.uid)})
    send(official)
    kept = File.objects.get()
    assert (kept.name, kept.response, kept.session, kept.is_public) == ("second.txt", Response.objects.get(), None, False)


def test_a_program_is_not_taken_whatever_its_name_says(official: Client) -> None:
    shown = official.post(
        "/en/answer/form/", ANSWER | {"files": paper("order.pdf", b"MZ\x90\x00" + b"\0" * 200)}
    ).content.decode()
    assert ("order.pdf: " in shown, File.objects.count(), ANSWER["text"] in shown) == (True, 0, True)


def test_a_sixth_paper_is_refused(official: Client) -> None:
    shown = official.post("/en/answer/form/", ANSWER | {"files": [paper(f"{n}.txt") for n in range(6)]}).content.decode()
    assert ("There are already five files." in shown, File.objects.count()) == (True, 5)


def test_a_paper_is_public_only_when_the_secretary_publishes_it(
    official: Client, chynara: User, signed_in: Enter, recommendation: Recommendation, eve: User
) -> None:
    official.post("/en/answer/form/", ANSWER | {"files": paper()})
    send(official)
    kept, secretary, anybody = File.objects.get(), signed_in(chynara), Client()
    public, own = f"/en/recommendations/files/{kept.uid}/", reverse("followup_work:file", args=[kept.uid])
    assert b"".join(secretary.get(own)) == b"Order No. 12"
    assert signed_in(eve).get(own).status_code == 404
    actions.publish(recommendation=recommendation, by=chynara)
    actions.publish_response(response=Response.objects.get(), by=chynara)
    assert anybody.get(public).status_code == 404
    secretary.post(reverse("followup_work:publish_file", args=[kept.uid]), {"public": "yes"})
    assert b"".join(anybody.get(public)) == b"Order No. 12"
    assert "order.txt" in page(anybody, f"/en/recommendations/{recommendation.code}/")
    actions.unpublish_response(response=Response.objects.get(), by=chynara)
    assert anybody.get(public).status_code == 404


def test_an_answer_by_link_stands_in_the_register_with_its_grade(official: Client) -> None:
    send(official)
    letter = Letter.objects.get()
    assert (letter.direction, letter.incoming_number, letter.response) == (
        "in",
        Response.objects.get().code,
        Response.objects.get(),
    )


# --- more time ----------------------------------------------------------------------------------------------------------


def test_more_time_is_asked_for_granted_and_moves_the_day(
    recommend: Callable[..., Recommendation], chynara: User, signed_in: Enter
) -> None:
    made, later = recommend(due=timezone.localdate() - timedelta(days=3)), timezone.localdate() + timedelta(days=150)
    official = Client()
    enter(official, actions.issue_answer_link(addressee=made.addressees.get(), by=chynara))
    send(official, answer="holding", promised_by=later.isoformat())
    asked = Extension.objects.get()
    assert (asked.before, asked.until, asked.granted) == (made.due, later, None)
    secretary, address = signed_in(chynara), reverse("followup_work:extension", args=[asked.pk])
    assert "Choose one." in secretary.post(address, {"words": "Agreed."}).content.decode()
    secretary.post(address, {"decision": "yes", "until": later.isoformat(), "words": "Agreed."})
    made.refresh_from_db()
    assert (made.answer_by, made.due) == (later, timezone.localdate() - timedelta(days=3))
    with override("en"):
        assert f"You have time until {day(later)}." in page(official, "/en/answer/form/")
    assert "It was given." in page(secretary, reverse("followup_work:recommendation", args=[made.code]))
    assert secretary.post(address, {"decision": "no"}).status_code == 302
    asked.refresh_from_db()
    assert asked.granted is True


def test_more_time_is_asked_for_beyond_the_day_that_holds(recommend: Callable[..., Recommendation], chynara: User) -> None:
    today = timezone.localdate()
    official = Client()
    enter(official, actions.issue_answer_link(addressee=recommend(due=today + timedelta(days=9)).addressees.get(), by=chynara))

    def said(days: int) -> str:
        asked = (today + timedelta(days=days)).isoformat()
        return official.post("/en/answer/form/", ANSWER | {"answer": "holding", "promised_by": asked}).content.decode()

    assert [
        words in said(days) for days, words in [(0, "This day has passed."), (9, "Write a later day."), (10, "later day")]
    ] == [
        True,
        True,
        False,
    ]


def test_a_letter_that_asks_for_more_time_asks_for_a_day_after_it_came(
    addressee: Addressee, chynara: User, signed_in: Enter
) -> None:
    today = timezone.localdate().isoformat()
    form = {"key": uuid.uuid4().hex, "kind": "holding", "received_on": today, "promised_by": today, "text": "Kept words"}
    shown = signed_in(chynara).post(reverse("followup_work:response", args=[addressee.code]), form).content.decode()
    assert [
        "This day is not after the day on which the answer came." in shown,
        "Kept words" in shown,
        Response.objects.count(),
    ] == [True, True, 0]


def test_the_secretary_may_give_another_day_but_none_that_shortens_the_time(
    recommend: Callable[..., Recommendation], chynara: User, signed_in: Enter
) -> None:
    today = timezone.localdate()
    made, other = recommend(due=today + timedelta(days=9)), today + timedelta(days=20)
    asked = Extension.objects.create(addressee=made.addressees.get(), asked_on=today, until=today + timedelta(days=60))
    secretary, address = signed_in(chynara), reverse("followup_work:extension", args=[asked.pk])
    short = {"decision": "yes", "until": (today + timedelta(days=9)).isoformat(), "words": "Kept words"}
    shown = secretary.post(address, short).content.decode()
    assert ["Write a later day." in shown, "Kept words" in shown] == [True, True]
    secretary.post(address, short | {"until": other.isoformat()})
    asked.refresh_from_db()
    made.refresh_from_db()
    assert (asked.until, asked.granted_until, made.answer_by) == (today + timedelta(days=60), other, other)
    late = recommend(due=today - timedelta(days=9)).addressees.get()
    past = Extension.objects.create(addressee=late, asked_on=today, until=today)
    passed = short | {"until": today.isoformat()}
    shown = secretary.post(reverse("followup_work:extension", args=[past.pk]), passed).content.decode()
    assert ["Write a day that is still to come." in shown, "Kept words" in shown] == [True, True]
    with pytest.raises(actions.NoMoreTime):
        actions.decide_extension(extension=past, granted=True, words="", today=today, by=chynara)


def test_an_extension_of_one_addressee_moves_no_others_day(
    recommend: Callable[..., Recommendation], ministry: Organisation, second_ministry: Organisation, chynara: User
) -> None:
    made = recommend(to=[ministry, second_ministry], due=date(2026, 2, 1))
    first = made.addressees.get(organisation=ministry)
    asked = Extension.objects.create(addressee=first, asked_on=date(2026, 1, 20), until=date(2026, 9, 1))
    actions.decide_extension(extension=asked, granted=True, words="", today=date(2026, 1, 21), by=chynara)
    days = dict(made.addressees.values_list("organisation", "answer_by"))
    assert days == {ministry.pk: date(2026, 9, 1), second_ministry.pk: date(2026, 2, 1)}
    made.refresh_from_db()
    assert made.answer_by == date(2026, 2, 1)


# --- another who is responsible -----------------------------------------------------------------------------------------


def test_the_secretary_asks_whom_the_addressee_names(
    official: Client, chynara: User, signed_in: Enter, addressee: Addressee, second_ministry: Organisation
) -> None:
    wrong = official.post("/en/answer/form/", ANSWER | {"answer": "forwarded"}).content.decode()
    assert "Write to whom you have passed it on." in wrong
    send(official, answer="forwarded", responsible="The ministry of the interior")
    address = reverse("followup_work:ask_named", args=[Response.objects.get().code])
    signed_in(chynara).post(address, {"organisation": second_ministry.code})
    asked = Addressee.objects.get(organisation=second_ministry)
    assert (asked.recommendation, asked.named_by) == (addressee.recommendation, addressee)


# --- a colleague --------------------------------------------------------------------------------------------------------


def pass_on(official: Client, mailbox: str = "aibek@ministry.example") -> str:
    return official.post("/en/answer/colleague/", {"key": uuid.uuid4().hex, "mailbox": mailbox}).content.decode()


def test_a_focal_point_passes_the_link_on_to_a_colleague_of_the_same_house(official: Client, addressee: Addressee) -> None:
    assert "Only up to five colleagues" in pass_on(official, "aibek@elsewhere.example")
    found = re.search(r"/answer/([\w-]{22})/", pass_on(official))
    assert found
    colleague = Client()
    enter(colleague, found[1])
    assert mail.outbox[-1].to == ["aibek@ministry.example"]
    assert "A colleague has passed this link on to you." in page(colleague, "/en/answer/form/")
    assert "aibek@ministry.example" in page(official, "/en/answer/form/")
    assert colleague.get("/en/answer/colleague/").headers["Location"] == "/en/answer/form/"
    send(colleague)
    assert Response.objects.get().addressee == addressee


def test_a_link_that_was_passed_on_ends_with_the_first_one_or_by_itself(official: Client, chynara: User) -> None:
    tokens = [re.search(r"/answer/([\w-]{22})/", pass_on(official, f"{name}@ministry.example"))[1] for name in "ab"]  # type: ignore[index]
    passed = AnswerLink.objects.filter(passed_on_by__isnull=False).order_by("id")
    official.post(f"/en/answer/colleague/{passed[0].pk}/end/")
    assert [Client().get(f"/en/answer/{token}/").status_code for token in tokens] == [404, 200]
    actions.revoke_link(link=AnswerLink.objects.get(passed_on_by__isnull=True), by=chynara)
    assert Client().get(f"/en/answer/{tokens[1]}/").status_code == 404


def test_the_secretary_sees_to_whom_a_link_was_passed_on(
    official: Client, chynara: User, signed_in: Enter, recommendation: Recommendation
) -> None:
    pass_on(official)
    shown = page(signed_in(chynara), reverse("followup_work:recommendation", args=[recommendation.code]))
    assert "One was passed on to aibek@ministry.example." in shown


# --- the validator ------------------------------------------------------------------------------------------------------


def test_an_answer_counts_only_when_the_validator_has_confirmed_it(
    official: Client, confirmed_by: str, recommendation: Recommendation, chynara: User
) -> None:
    send(official)
    recommendation.refresh_from_db()
    response = Response.objects.get()
    assert (response.confirmation, recommendation.stage, Letter.objects.count()) == ("waiting", "waiting", 0)
    assert ANSWER["text"] not in mail.outbox[-1].body
    actions.publish(recommendation=recommendation, by=chynara)
    with pytest.raises(actions.NotOfficial):
        actions.publish_response(response=response, by=chynara)
    head = validator(confirmed_by)
    assert head.get("/en/answer/form/").headers["Location"] == "/en/answer/confirm/"
    assert ANSWER["text"] in page(head, "/en/answer/confirm/")
    head.post("/en/answer/confirm/", {"decision": "yes", "answer": response.code})
    recommendation.refresh_from_db()
    response.refresh_from_db()
    assert (response.confirmation, recommendation.stage, Letter.objects.count()) == ("confirmed", "answered", 1)
    assert TrailEntry.objects.filter(verb="confirm_response").count() == 1


def test_an_answer_that_is_sent_back_says_why_to_the_focal_point(official: Client, confirmed_by: str) -> None:
    send(official)
    head = validator(confirmed_by)
    read = {"answer": Response.objects.get().code, "decision": "no"}
    assert "Write what must be changed" in head.post("/en/answer/confirm/", read).content.decode()
    head.post("/en/answer/confirm/", read | {"words": "The date is wrong."})
    assert Response.objects.get().confirmation == "sent_back"
    assert "The date is wrong." in page(official, "/en/answer/form/")


def test_an_answer_that_is_sent_back_stands_in_the_form_to_be_changed(official: Client, confirmed_by: str) -> None:
    ahead = (timezone.localdate() + timedelta(days=40)).isoformat()
    step = {"step_1": "Draft the decree", "step_1_by": ahead}
    official.post("/en/answer/form/", ANSWER | step | {"files": [paper(), paper("second.txt", b"Second")]})
    send(official, **step)
    read = {"answer": Response.objects.get().code, "decision": "no", "words": "The date is wrong."}
    validator(confirmed_by).post("/en/answer/confirm/", read)
    form = page(official, "/en/answer/form/").split("enctype=")[1]
    words = [ANSWER["text"], "Draft the decree</textarea>", f'value="{ahead}"', "<details open>", "second.txt"]
    assert [one for one in [*words, *(ANSWER[name] for name in ("plan", "done", "evidence_url"))] if one not in form] == []
    assert re.findall(r'value="(\w+)"[^>]* checked', form) == ["partly", *(one.uid.hex for one in File.objects.order_by("id"))]
    second = File.objects.order_by("-id")[0]
    send(official, again=second.uid.hex)
    assert list(Response.objects.order_by("-id")[0].files.all()) == [second]
    assert "order.txt" in page(official, "/en/answer/form/")


def test_the_validator_reads_the_papers_that_she_confirms(official: Client, confirmed_by: str, ministry: Organisation) -> None:
    official.post("/en/answer/form/", ANSWER | {"files": paper()})
    send(official)
    head, address = validator(confirmed_by), f"/en/answer/papers/{File.objects.get().uid}/"
    assert address in page(head, "/en/answer/confirm/")
    given = head.get(address)
    assert (b"".join(given), given.headers["Cache-Control"]) == (b"Order No. 12", "no-store")  # type: ignore[arg-type]
    head.post("/en/answer/confirm/", {"decision": "yes", "answer": Response.objects.get().code})
    assert [one.get(address).status_code for one in (head, official, Client())] == [404, 404, 404]


def test_a_press_that_comes_twice_confirms_no_answer_that_nobody_has_read(official: Client, confirmed_by: str) -> None:
    send(official)
    official.post("/en/answer/form/", ANSWER)
    send(official)
    head = validator(confirmed_by)
    first, second = Response.objects.order_by("id")
    assert f'name="answer" value="{first.code}"' in page(head, "/en/answer/confirm/")
    for _press in range(2):
        head.post("/en/answer/confirm/", {"decision": "yes", "answer": first.code})
    assert [Response.objects.get(pk=one.pk).confirmation for one in (first, second)] == ["confirmed", "waiting"]


def test_the_focal_point_cannot_confirm_and_the_validator_cannot_answer(official: Client, confirmed_by: str) -> None:
    send(official)
    assert official.post("/en/answer/confirm/", {"decision": "yes"}).headers["Location"] == "/en/answer/form/"
    head = validator(confirmed_by)
    with pytest.raises(actions.SessionOver):
        actions.answer(
            session=AnswerSession.objects.get(link__confirms=True), given=actions.Given(kind="formal"), key=uuid.uuid4()
        )  # type: ignore[arg-type]
    assert head.get("/en/answer/colleague/").headers["Location"] == "/en/answer/form/"
    assert Response.objects.get().confirmation == "waiting"


def test_the_secretary_says_who_confirms(chynara: User, signed_in: Enter, addressee: Addressee) -> None:
    address = reverse("followup_work:addressee_settings", args=[addressee.code])
    assert "Write an e-mail address" in signed_in(chynara).post(address, {"validator_mailbox": "nobody"}).content.decode()
    signed_in(chynara).post(address, {"validator_mailbox": "head@ministry.example"})
    addressee.refresh_from_db()
    assert addressee.validator_mailbox == "head@ministry.example"


# --- the grade ----------------------------------------------------------------------------------------------------------


def test_an_answer_that_only_takes_note_is_graded_as_formal_by_the_secretary(
    official: Client, chynara: User, member: User, signed_in: Enter, recommendation: Recommendation
) -> None:
    send(official, answer="noted")
    answer, secretary = Response.objects.get(), signed_in(chynara)
    address = reverse("followup_work:grade_response", args=[answer.code])
    register = reverse("followup_work:register", args=[recommendation.body.code])
    refused = [secretary.post(address, {"grade": "holding"}), signed_in(member).post(address, {"grade": "formal"})]
    assert [one.status_code for one in refused] == [404, 404]
    secretary.post(address, {"grade": "formal"})
    answer.refresh_from_db()
    assert (answer.kind, answer.grade, TrailEntry.objects.filter(verb="grade_response").count()) == ("substantive", "formal", 1)
    listed = [answer.code in page(secretary, f"{register}?grade={grade}") for grade in ("formal", "substantive")]
    assert listed == [True, False]
    assert "Formal answer" in page(official, "/en/answer/form/")
    secretary.post(address, {"grade": "substantive"})
    answer.refresh_from_db()
    assert answer.graded == ""


# --- one action, several recommendations --------------------------------------------------------------------------------


def test_one_action_is_shown_with_each_recommendation_that_it_serves(
    recommend: Callable[..., Recommendation], chynara: User, signed_in: Enter, second_ministry: Organisation
) -> None:
    first, second, foreign = recommend("One"), recommend("Two", public=True), recommend("Three", to=[second_ministry])
    own = first.addressees.get()
    done = actions.report_action(
        addressee=own, text="A register is open.", done_on=date(2026, 1, 1), proof=actions.Proof(), key=uuid.uuid4(), by=chynara
    )
    address = reverse("followup_work:serves", args=[own.code, done.pk])
    secretary = signed_in(chynara)
    assert foreign.code not in page(secretary, address)
    secretary.post(address, {"others": [second.addressees.get().code]})
    assert "A register is open." in page(secretary, reverse("followup_work:recommendation", args=[second.code]))
    public = f"/en/recommendations/{second.code}/"
    assert "A register is open." not in page(Client(), public)
    actions.publish(recommendation=first, by=chynara)
    actions.publish_action(action=done, by=chynara)
    assert "A register is open." in page(Client(), public)
    actions.unpublish(recommendation=first, by=chynara)
    assert "A register is open." not in page(Client(), public)


def test_the_code_for_a_colleague_names_only_the_recommendation(official: Client, recommendation: Recommendation) -> None:
    found = re.search(r"/answer/([\w-]{22})/", pass_on(official))
    assert found
    Client().post(f"/en/answer/{found[1]}/")
    assert (recommendation.code in mail.outbox[-1].body, sent_code().isdigit()) == (True, True)
