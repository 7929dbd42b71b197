"""The demonstration: it is built once, holds a whole chain, and every page that it fills can be read."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kenesh.appeals.models import UNOPENED, Appeal
from kenesh.casework import tallies
from kenesh.casework.models import OPEN, Case
from kenesh.casework.search import indexing, lookup
from kenesh.casework.search.contents import contents_of
from kenesh.casework.search.subjects import terms_of
from kenesh.council.models import Decision, Meeting
from kenesh.followup.models import Recommendation, Scoreboard
from kenesh.kernel import trail
from kenesh.library.models import Document
from kenesh.people.keyring import Keyring
from kenesh.people.models import Body, Factor, Organisation, User
from kenesh.people.queries import organisations_with_few_key_holders
from kenesh.people.sign_in import check
from kenesh.problems.models import Block, Problem
from kenesh.site import doctor
from kenesh.site.command_line import Refused
from kenesh.site.demonstration import accounts, build, crowd
from kenesh.site.demonstration.crowd import words

pytestmark = pytest.mark.django_db

READ = ["ru", "ky"]


@pytest.fixture(scope="module")
def lines(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """The demonstration, built once for all tests of this file and rolled back after them."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # as Django marks its own: passwords may be stretched in it
    with django_db_blocker.unblock(), block:
        yield build()
        transaction.set_rollback(True)


def sign_in(key: str) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    answer = client.post("/work/sign-in/", {"email": f"{key}@example.org", "password": accounts.PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    if answer.headers["Location"].startswith("/work/sign-in/second-step/"):
        Factor.objects.filter(user__email=f"{key}@example.org").update(counter=0)  # these tests sign in many times a minute
        shown = client.get(answer.headers["Location"]).context["shown"]
        assert client.post("/work/sign-in/second-step/", {"code": shown}).status_code == 302
    return client


def digits_in(lines: list[str]) -> str:
    found = re.search(r"(?:\d{4} ){5}", "\n".join(lines))
    assert found is not None
    return found.group(0)


def public_addresses() -> list[str]:
    """Paths below the language of everything that the demonstration shows to everybody."""
    shown = Meeting.objects.filter(is_public=True)
    return [
        *[
            "",
            "about/privacy/",
            "appeal/",
            "appeal/status/",
            "problems/",
            "council/",
            "meetings/",
            "recommendations/",
            "recommendations/report/",
            "recommendations/feed/",
            "library/",
        ],
        *[f"problems/{row.code}/" for row in Problem.objects.filter(status="accepted")],
        *[f"problems/{row.code}/counts.csv" for row in Problem.objects.filter(status="accepted")],
        *[f"council/{row.code}/" for row in Body.objects.all()],
        *[f"meetings/{row.code}/" for row in shown],
        *[f"meetings/{row.code}/calendar.ics" for row in shown],
        *[f"meetings/{row.code}/minutes/" for row in shown.filter(minutes__is_public=True)],
        *[f"recommendations/scoreboard/{board.body.code}/" for board in Scoreboard.objects.all()],
        *[f"recommendations/{row.code}/" for row in Recommendation.objects.filter(is_public=True)],
        *[f"library/{row.code}/" for row in Document.objects.all()],
    ]


def test_there_are_sixty_appeals_and_two_thirds_of_them_were_taken_up(lines: list[str]) -> None:
    appeals, cases = Appeal.objects.count(), Case.objects.count()
    assert appeals >= 60
    assert 0.6 <= cases / appeals <= 0.8


def test_the_appeals_came_over_five_months_to_five_offices(lines: list[str]) -> None:
    today = timezone.localdate()
    days = sorted(Appeal.objects.values_list("arrived_on", flat=True))
    assert today - timedelta(days=155) <= days[0] <= today - timedelta(days=140)
    assert days[-1] <= today
    assert Appeal.objects.values("office").distinct().count() == 5


@pytest.mark.parametrize("language", READ)
def test_every_public_page_can_be_read(lines: list[str], language: str) -> None:
    client = Client()
    answers = {path: client.get(f"/{language}/{path}").status_code for path in public_addresses()}
    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_the_printed_receipt_opens_and_shows_what_came_of_it(lines: list[str]) -> None:
    client = Client()
    answer = client.post("/ru/appeal/status/", {"receipt": digits_in(lines)})
    assert answer.headers["Location"] == "/ru/appeal/status/open/"
    page = client.get("/ru/appeal/status/open/")
    assert [entry.body["code"] for entry in page.context["view"].steps] == [
        "received",
        "taken_up",
        "counted",
        "problem",
        "quotation_asked",
        "quotation_published",
        "quotation_asked",
        "quotation_asked",
        "closed",
    ]
    text = page.content.decode()
    problem = Problem.objects.get(pk=Recommendation.objects.get(stage="verified").problem_id)
    assert problem.title["ru"] in text
    assert "240 000" in text


def test_the_lines_of_an_appeal_stand_in_the_order_of_their_days(lines: list[str]) -> None:
    client = Client()
    client.post("/ru/appeal/status/", {"receipt": digits_in(lines)})
    view = client.get("/ru/appeal/status/open/").context["view"]
    moments = [entry.at for entry in sorted([*view.steps, *view.talk], key=lambda entry: entry.number)]
    assert moments == sorted(moments)
    assert moments[-1] < timezone.now() - timedelta(days=70)


def test_one_recommendation_is_verified_one_is_late_one_is_answered_and_three_wait(lines: list[str]) -> None:
    rows = Recommendation.objects.filter(document=None).order_by("id").values_list("public_stage", "due")
    today = timezone.localdate()
    expected = [
        ("verified", True),
        ("waiting", True),
        ("waiting", False),
        ("answered", True),
        ("waiting", False),
        ("waiting", False),
    ]
    assert [(stage, due < today) for stage, due in rows] == expected
    assert set(Decision.objects.values_list("how", flat=True)) == {"consensus"}


def test_a_planned_meeting_has_an_agenda_and_open_proposals_of_three_kinds(lines: list[str]) -> None:
    meeting = Meeting.objects.get(status="planned", host_meeting=None)
    assert meeting.starts_at > timezone.now()
    assert meeting.items.count() == 3
    assert (len(meeting.days), meeting.sessions.count(), meeting.hosted_meetings.count(), meeting.invitations.count()) == (
        2,
        8,
        1,
        10,
    )
    proposals = [proposal for item in meeting.items.all() for proposal in item.proposals.all()]
    assert {(proposal.kind, proposal.status) for proposal in proposals} == {
        ("recommendation", "open"),
        ("legislative_proposal", "open"),
        ("joint_decision", "open"),
    }


def test_published_counts_lie_in_several_months_and_none_is_below_five(lines: list[str]) -> None:
    assert Block.objects.filter(persons__lt=5).count() == 0
    for problem in Problem.objects.filter(status="accepted"):
        themes = problem.themes.values_list("concept", flat=True)
        assert Block.objects.filter(concept__in=themes).values("period_start").distinct().count() >= 3, problem


def test_names_are_there_in_the_three_main_languages(lines: list[str]) -> None:
    texts = [*(row.name for row in Organisation.objects.all()), *(row.name for row in Body.objects.all())]
    texts += [*(row.title for row in Problem.objects.all()), *(row.title for row in Meeting.objects.all())]
    texts += [row.text for row in Recommendation.objects.filter(document=None)]  # a document speaks its own language
    assert [text for text in texts if not {"ru", "ky", "en"} <= set(text)] == []


@pytest.mark.parametrize("key", ["aigul", "ulan", "boris", "rustam", "marina"])
def test_each_office_opens_every_appeal_and_case_of_its_own(lines: list[str], key: str) -> None:
    client, offices = sign_in(key), User.objects.get(email=f"{key}@example.org").roles.values("organisation")
    paths = [f"/work/appeals/{row.code}/" for row in Appeal.objects.filter(office__in=offices, status__in=["new", "urgent"])]
    paths += [f"/work/cases/{row.code}/" for row in Case.objects.filter(office__in=offices)]
    paths += [f"/work/queue/?show={tab}" for tab in ("new", "open", "mine", "closed")]
    assert {path: status for path in paths if (status := client.get(path).status_code) != 200} == {}


@pytest.mark.parametrize("key", ["chynara", "meerim"])
def test_secretary_and_member_read_all_papers_of_their_councils(lines: list[str], key: str) -> None:
    client, bodies = sign_in(key), User.objects.get(email=f"{key}@example.org").roles.values("body")
    paths = ["/work/meetings/", "/work/problems/", "/work/recommendations/"]
    paths += [f"/work/meetings/{row.code}/" for row in Meeting.objects.filter(body__in=bodies)]
    paths += [f"/work/problems/{row.code}/" for row in Problem.objects.filter(body__in=bodies)]
    if key == "chynara":
        paths += [f"/work/recommendations/{row.code}/" for row in Recommendation.objects.filter(body__in=bodies)]
    assert {path: status for path in paths if (status := client.get(path).status_code) != 200} == {}


def test_somebody_can_answer_the_recommendation_that_waits_with_a_fresh_link(lines: list[str]) -> None:
    waiting = re.search(r"/work/recommendations/(\w{8})/   waiting: Chynara can make a link", "\n".join(lines))
    assert waiting is not None
    addressee = Recommendation.objects.get(code=waiting[1]).addressees.order_by("id").first()
    key = {"key": str(uuid.uuid4())}
    page = sign_in("chynara").post(f"/work/recommendations/addressees/{addressee.code}/link/", key).content.decode()  # type: ignore[union-attr]
    found = re.search(r"/answer/[\w-]{20,}/", page)
    assert found is not None
    assert Client().get(f"/ru{found.group(0)}").status_code == 200


@pytest.mark.parametrize("part", accounts.PARTS, ids=[part.key for part in accounts.PARTS])
def test_everybody_can_sign_in_with_the_printed_password(lines: list[str], part: accounts.Part) -> None:
    assert accounts.PASSWORD in "\n".join(lines)
    assert part.email in "\n".join(lines)
    assert sign_in(part.key).get("/work/").status_code == 200


def test_no_office_hangs_on_one_holder_of_its_key(lines: list[str]) -> None:
    assert organisations_with_few_key_holders() == []


def test_the_trail_holds(lines: list[str]) -> None:
    assert trail.verify() == []


def test_a_database_in_use_is_refused(lines: list[str]) -> None:
    before = User.objects.count()
    with pytest.raises(Refused, match="this database is in use"):
        build()
    assert User.objects.count() == before


# --- filled up with invented appeals: the pages open them, they are found and counted, and no list asks more for more ----------

FEW, MANY = 150, 300
LISTS = (
    "/work/",
    "/work/queue/",
    "/work/queue/?show=open",
    "/work/queue/?show=mine",
    "/work/queue/?show=closed",
    "/work/urgent/",
)


@pytest.fixture(scope="module")
def counted(lines: list[str], django_db_blocker: Any) -> dict[str, list[int]]:
    """The demonstration is filled up to 150 and then to 300 appeals: the queries that each list takes before and after."""
    with django_db_blocker.unblock():
        indexing.work_off(keyring(), [office_of()], budget_ms=60_000)
        crowd.grow(FEW, processes=0)
        before = queries_of_lists()
        crowd.grow(MANY, processes=0, step=100)
        return {name: [before[name], after] for name, after in queries_of_lists().items()}


def marina() -> User:
    """She works in the office that has as many appeals as all others together."""
    return User.objects.get(email="marina@example.org")


@pytest.fixture
def client(counted: dict[str, list[int]]) -> Client:
    return sign_in("marina")


def queries_of_lists() -> dict[str, int]:
    client, counts = sign_in("marina"), {}
    for address in LISTS:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts[address] = len(asked)
    return {
        **counts,
        "a common word": queries_of_search(client, words.COMMON),
        "a rare word": queries_of_search(client, "Айнура"),
    }


def queries_of_search(client: Client, text: str) -> int:
    address = client.post("/work/search/", {"words": text, "show": ""}).headers["Location"]
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def keyring() -> Keyring:
    return Keyring(marina(), check("marina@example.org", accounts.PASSWORD).secret)


def cases() -> list[Case]:
    """Of Marina's office, the invented ones: they are newer than the demonstration's own."""
    return list(Case.objects.filter(office=office_of(), status__in=OPEN).order_by("-id")[:20])


def new_appeal() -> Appeal:
    newest = Appeal.objects.filter(office=office_of(), status__in=UNOPENED).order_by("-id").first()
    assert newest is not None
    return newest


def office_of() -> Any:
    return marina().roles.get().organisation


def test_there_are_as_many_as_were_asked_for(counted: dict[str, list[int]]) -> None:
    assert Appeal.objects.count() == MANY


def test_lists_and_searches_ask_no_more_of_more_appeals(counted: dict[str, list[int]]) -> None:
    assert {name: both for name, both in counted.items() if both[1] > both[0]} == {}


def test_a_case_shows_the_story_and_the_talk(client: Client) -> None:
    for case in cases()[:3]:
        page = client.get(f"/work/cases/{case.code}/")
        (appeal,) = contents_of([case], [], keyring())[0].answers
        assert page.status_code == 200
        assert appeal["story"].splitlines()[0] in page.content.decode().replace("&#x27;", "'")


def test_every_tab_of_a_case_opens(client: Client) -> None:
    code = cases()[0].code
    tabs = re.findall(rf'href="(/work/cases/{code}/[^"#?]*)"', client.get(f"/work/cases/{code}/").content.decode())
    assert len(set(tabs)) > 5
    assert {tab for tab in tabs if client.get(tab).status_code != 200} == set()


def test_a_new_appeal_opens(client: Client) -> None:
    newest = new_appeal()
    assert client.get(f"/work/appeals/{newest.code}/").status_code == 200


def test_a_new_appeal_can_be_taken_up(client: Client) -> None:
    newest = new_appeal()
    answer = client.post(f"/work/appeals/{newest.code}/take-up/")
    assert answer.status_code == 302, answer.content.decode()
    assert Case.objects.filter(appeals=newest).count() == 1


def test_what_is_indexed_are_the_terms_of_what_the_office_reads(counted: dict[str, list[int]]) -> None:
    """The newest case and the newest new appeal stand under each of their terms, and what is typed finds them."""
    keys, rows = keyring(), [cases()[0], new_appeal()]
    for row in rows:
        opened = contents_of([row] if isinstance(row, Case) else [], [row] if isinstance(row, Appeal) else [], keys)
        terms = terms_of(opened[0])
        assert len(terms) > 20
        assert [term for term in terms if row.pk not in found_under(keys, term, type(row))] == []


def found_under(keys: Keyring, term: str, kind: type) -> set[int]:
    hits = lookup.cases_with(keys, office_of(), [term], limit=MANY)
    return {hit.row.pk for hit in hits if isinstance(hit.row, kind)}


@pytest.mark.parametrize("of_name", [True, False])
def test_the_search_page_finds_a_common_word_and_a_name(client: Client, of_name: bool) -> None:
    case = cases()[0]
    name = contents_of([case], [], keyring())[0].of("person")[0]["name"]
    found = client.get(client.post("/work/search/", {"words": name if of_name else words.COMMON, "show": ""}).headers["Location"])
    assert found.status_code == 200
    codes = [line.row.code for line in found.context["found"].rows]
    assert case.code in codes if of_name else len(codes) == 20


def test_kept_counts_are_the_counted_ones(counted: dict[str, list[int]]) -> None:
    assert tallies.disagreements() == []


def test_the_doctor_finds_nothing_wrong_with_it(counted: dict[str, list[int]]) -> None:
    found = [*doctor.trail(), *doctor.counts(), *doctor.keys(), *doctor.key_holders()]
    assert found == []


def test_stopped_in_between_it_keeps_whole_steps_and_goes_on_later(counted: dict[str, list[int]]) -> None:
    class Stopped(Exception):
        pass

    told: list[int] = []

    def stop_in_the_second_step(added: int) -> None:
        told.append(added)
        if len(told) == 2:
            raise Stopped

    with pytest.raises(Stopped):
        crowd.grow(MANY + 40, tell=stop_in_the_second_step, processes=0, step=20)
    assert Appeal.objects.count() == MANY + 20
    assert crowd.grow(MANY + 40, processes=0, step=20).added == 20
    assert (tallies.disagreements(), trail.verify()) == ([], [])


def test_a_node_with_other_accounts_is_refused(counted: dict[str, list[int]], eve: User) -> None:
    with pytest.raises(crowd.NotADemonstration):
        crowd.grow(MANY + 1, processes=0)
    assert Appeal.objects.count() == MANY
