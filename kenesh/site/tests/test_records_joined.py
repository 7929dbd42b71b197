"""An organisation or a person that was entered twice becomes one, with all that any room keeps of either."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import models
from django.test import Client
from django.utils import timezone

from kenesh.appeals.models import OpinionCount
from kenesh.council import actions as council_actions
from kenesh.council.models import (
    AgendaItem,
    Attendance,
    AttendanceDay,
    CoSigner,
    Invitation,
    Meeting,
    Proposal,
    SessionPerson,
    Vote,
)
from kenesh.council.models import Session as Sitting
from kenesh.followup import actions as followup
from kenesh.followup.models import Addressee, AddresseeScore, FiledKey, Follower, Following, Judgement, RecordVersion, Shadow
from kenesh.kernel.findings import confirmed_names
from kenesh.kernel.models import TrailEntry
from kenesh.library.actions import import_document
from kenesh.library.models import Confirmation
from kenesh.people.actions import stamp_of_both
from kenesh.people.models import (
    Body,
    Joined,
    Label,
    Membership,
    Nomination,
    Organisation,
    OrganisationKind,
    Person,
    Project,
    Publication,
    Succession,
)
from kenesh.problems.models import Problem, Support
from kenesh.themes.texts import Translated

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
TODAY = date(2026, 11, 1)
_SEALED = {"casework", "appeals"}


@pytest.fixture
def signed_in() -> Make:
    """Signed in without a key, which no page here asks for: saves two Argon2 runs each. In English."""

    def enter(user: Any) -> Client:
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def admin(nurlan: Any, signed_in: Make) -> Client:
    client: Client = signed_in(nurlan)
    return client


@pytest.fixture
def twin(db: None) -> Organisation:
    """The ministry, entered once more out of a document."""
    return Organisation.objects.create(
        name=Translated(en="Labour Ministry", tg="Вазорати меҳнат"),
        short_name=Translated(en="LabMin"),
        kind=OrganisationKind.MINISTRY,
        country="KG",
        phone="+996 312 00 00 00",
    )


@pytest.fixture
def meeting(council: Body, chynara: Any) -> Meeting:
    return council_actions.plan_meeting(
        body=council,
        by=chynara,
        title={"en": "Council session"},
        starts_at=datetime(2026, 11, 1, 4, 0, tzinfo=UTC),
        ends_at=datetime(2026, 11, 1, 11, 0, tzinfo=UTC),
        place={"en": "Bishkek"},
        country="KG",
        link="",
    )


def page_of(stays: Organisation | Person, goes: Organisation | Person) -> str:
    kind = "organisations" if isinstance(stays, Organisation) else "persons"
    return f"/work/{kind}/{stays.code}/same/{goes.code}/"


def joined(client: Client, stays: Any, goes: Any) -> Any:
    """Opens the page, and sends what stands on it."""
    page = page_of(stays, goes)
    return client.post(page, {"seen": client.get(page).context["seen"]}, follow=True)


def counted(record: models.Model) -> dict[str, int]:
    """How many rows of each table point to it."""
    relations = [each for each in record._meta.get_fields(include_hidden=True) if isinstance(each, models.ForeignObjectRel)]
    return {
        f"{each.field.model._meta.label}.{each.field.name}": each.field.model._base_manager.filter(
            **{each.field.name: record.pk}
        ).count()
        for each in relations
        if each.field.model._meta.app_label not in _SEALED
    }


def recommend(to: Organisation, by: Any, council: Body) -> Any:
    made = followup.add_recommendation(
        body=council,
        text=Translated(en="Keep a public register of employers that do not pay."),
        source_text=Translated(en="Round table in Osh"),
        addressees=[to],
        problem=None,
        due=None,
        key=uuid.uuid4(),
        by=by,
    )
    followup.publish(recommendation=made, by=by)
    return made


def everything_of(house: Organisation, *, council: Body, office: Organisation, meeting: Meeting, by: Any) -> Any:
    """At least one row in each table that may point to an organisation; the recommendation that asks it."""
    other = Body.objects.create(name=Translated(en="Coalition"), kind=Body.Kind.COALITION)
    Membership.objects.create(body=other, organisation=house)
    Person.objects.create(name=Translated(en="Davron"), organisation=house)
    before, after = (
        Organisation.objects.create(name=Translated(en=name), kind=OrganisationKind.MINISTRY) for name in ("Before", "After")
    )
    Succession.objects.create(predecessor=before, successor=house, on=TODAY)
    Succession.objects.create(predecessor=house, successor=after, on=TODAY)
    project = Project.objects.create(name=Translated(en="Help"), donor=house, since=TODAY, until=TODAY)
    project.centres.add(house)
    item = AgendaItem.objects.create(meeting=meeting, position=1, title={"en": "Wages"}, kind="report", reporting=house)
    Attendance.objects.create(meeting=meeting, organisation=house, standing="guest")
    Invitation.objects.create(meeting=meeting, organisation=house, standing="guest", token_hash=b"1" * 32)
    proposal = Proposal.objects.create(item=item, text=Translated(en="Pay"), by_organisation=house)
    proposal.addressees.add(house)
    CoSigner.objects.create(proposal=proposal, organisation=house)
    problem = Problem.objects.create(
        title=Translated(en="Wages"), statement=Translated(en="Late"), created_on=TODAY, body=council, proposed_by=house
    )
    Support.objects.create(problem=problem, organisation=house, on=TODAY)
    asked = recommend(house, by, council)
    Addressee.objects.create(recommendation=asked, organisation=office, above=house)
    Shadow.objects.create(
        recommendation=asked, organisation=house, judgement=Judgement.UNKNOWN, text=Translated(en="?"), judged_on=TODAY,
        request_key=uuid.uuid4(),
    )  # fmt: skip
    Shadow.with_withdrawn.create(
        recommendation=asked, organisation=house, judgement=Judgement.UNKNOWN, text=Translated(en="A mistake."), judged_on=TODAY,
        request_key=uuid.uuid4(), withdrawn_at=timezone.now(), withdrawn_why="Another house.",
    )  # fmt: skip
    Joined.objects.create(code="bcdfghjk", organisation=house, name=Translated(en="Older twin"))
    return asked


def test_all_that_points_to_an_organisation_points_to_the_one_that_stays(
    admin: Client, ministry: Organisation, twin: Organisation, council: Body, office: Organisation, meeting: Meeting, chynara: Any
) -> None:
    everything_of(twin, council=council, office=office, meeting=meeting, by=chynara)
    before = counted(twin)
    assert {name for name, number in before.items() if not number} == {
        "people.OrganisationEpoch.organisation",  # keys and accounts stay where they are: it cannot go then
        "people.RoleHeld.organisation",
    }
    content = joined(admin, ministry, twin).content.decode()
    assert "The two are one now." in content
    assert not Organisation.objects.filter(pk=twin.pk).exists()
    assert counted(ministry) == {**before, "people.Joined.organisation": 2}
    assert TrailEntry.objects.filter(verb="join_organisations").values_list("target").get() == (
        f"organisation:{twin.code}>{ministry.code}",
    )


def test_names_and_what_was_not_said_come_from_the_one_that_goes(
    admin: Client, ministry: Organisation, twin: Organisation
) -> None:
    twin.labels = [Label("bcdfghjk", Translated(en="foreign agent"), TODAY)]
    twin.save()
    content = joined(admin, ministry, twin).content.decode()
    ministry.refresh_from_db()
    assert (dict(ministry.name), ministry.phone, ministry.mailbox, [label.key for label in ministry.labels]) == (
        {"ru": "Министерство труда", "ky": "Эмгек министрлиги", "en": "Ministry of Labour", "tg": "Вазорати меҳнат"},
        "+996 312 00 00 00",
        "davron@ministry.example",
        ["bcdfghjk"],
    )
    assert "Labour Ministry" in content
    looked = admin.get(
        f"/work/organisations/{Organisation.objects.create(name={'en': 'Labour ministry'}, kind='ngo').code}/same/"
    )
    assert ministry.code in looked.content.decode()


def test_what_is_asked_of_it_is_listed_scored_followed_and_told_under_the_one_that_stays(
    admin: Client, ministry: Organisation, twin: Organisation, council: Body, chynara: Any
) -> None:
    asked, also = recommend(twin, chynara, council), recommend(ministry, chynara, council)
    AddresseeScore.objects.filter(organisation=twin).update(words=Translated(en="We answered by telephone."))
    follower = Follower.objects.create(address_hash=b"1" * 32, sealed_address=b"2", language="en")
    for keys in (f"in:KG to:{twin.code}", f"to:{twin.code}", f"to:{ministry.code}"):
        Following.objects.create(follower=follower, keys=keys, asked_at=timezone.now())
    joined(admin, ministry, twin)
    line = AddresseeScore.objects.get()
    assert (line.organisation, line.asked, dict(line.words)) == (ministry, 2, {"en": "We answered by telephone."})
    assert set(Following.objects.values_list("keys", flat=True)) == {f"in:KG to:{ministry.code}", f"to:{ministry.code}"}
    assert list(FiledKey.objects.filter(key__startswith="to:").values_list("key", flat=True)) == [f"to:{ministry.code}"]
    newest = RecordVersion.objects.filter(recommendation=asked).order_by("-number")[0]
    assert [code for code, _names, _lead in newest.record["asked"]] == [ministry.code]
    moved = Client().get(f"/en/recommendations/?addressee={twin.code}")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/en/recommendations/?addressee={ministry.code}")
    listed = Client().get(moved.headers["Location"]).content.decode()
    assert (asked.code in listed, also.code in listed) == (True, True)


def test_old_addresses_lead_to_the_one_that_stays_for_good(
    admin: Client, ministry: Organisation, twin: Organisation, council: Body, chynara: Any
) -> None:
    recommend(ministry, chynara, council)
    joined(admin, ministry, twin)
    api = Client().get(f"/api/v1/organizations/{twin.code}?lang=ru")
    assert (api.status_code, api.headers["Location"]) == (301, f"/api/v1/organizations/{ministry.code}?lang=ru")
    assert Client().get(api.headers["Location"]).status_code == 200
    listed = Client().get(f"/api/v1/recommendations?addressee={twin.code}")
    assert (listed.status_code, listed.headers["Location"]) == (301, f"/api/v1/recommendations?addressee={ministry.code}")
    work = admin.get(f"/work/organisations/{twin.code}/")
    assert (work.status_code, work.headers["Location"]) == (301, f"/work/organisations/{ministry.code}/")
    assert Client().get(f"/api/v1/persons/{twin.code}").status_code == 404


def test_a_centre_that_was_entered_twice_has_one_public_page(admin: Client, office: Organisation, make_office: Make) -> None:
    again = make_office("Центр, Бишкек", "KG")
    joined(admin, office, again)
    moved = Client().get(f"/ru/help/{again.code}/")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/ru/help/{office.code}/")


def test_a_form_that_is_sent_twice_joins_once(admin: Client, ministry: Organisation, twin: Organisation) -> None:
    seen = admin.get(page_of(ministry, twin)).context["seen"]
    first, second = (admin.post(page_of(ministry, twin), {"seen": seen}) for _ in range(2))
    assert (first.status_code, second.status_code, second.headers["Location"]) == (
        302,
        302,
        f"/work/organisations/{ministry.code}/",
    )
    assert TrailEntry.objects.filter(verb="join_organisations").count() == 1


def test_a_ministry_of_another_country_is_looked_at_closely(admin: Client, ministry: Organisation, twin: Organisation) -> None:
    doubt = "Are they really the same?"
    assert doubt not in admin.get(page_of(ministry, twin)).content.decode()
    Organisation.objects.filter(pk=twin.pk).update(country="UZ")
    assert doubt in admin.get(page_of(ministry, twin)).content.decode()


def test_who_looked_before_somebody_changed_it_looks_again(admin: Client, ministry: Organisation, twin: Organisation) -> None:
    seen = admin.get(page_of(ministry, twin)).context["seen"]
    Organisation.objects.filter(pk=twin.pk).update(country="RU")
    content = admin.post(page_of(ministry, twin), {"seen": seen}, follow=True).content.decode()
    assert ("One of the two was changed meanwhile." in content, Joined.objects.count()) == (True, 0)


def _both_asked(ministry: Organisation, twin: Organisation, council: Body, by: Any, meeting: Meeting, office: Any) -> None:
    Addressee.objects.create(recommendation=recommend(ministry, by, council), organisation=twin)


def _both_sit(ministry: Organisation, twin: Organisation, council: Body, by: Any, meeting: Meeting, office: Any) -> None:
    Membership.objects.create(body=council, organisation=ministry, until=TODAY)
    Membership.objects.create(body=council, organisation=twin, since=TODAY)


def _both_vote(ministry: Organisation, twin: Organisation, council: Body, by: Any, meeting: Meeting, office: Any) -> None:
    Membership.objects.create(body=council, organisation=ministry, until=TODAY)
    Membership.objects.create(body=council, organisation=twin, since=TODAY + timedelta(days=1))
    item = council_actions.add_item(meeting=meeting, by=by, title={"en": "Wages"})
    council_actions.open_meeting(meeting=meeting, by=by)
    proposal = council_actions.propose(item=item, text={"en": "Pay"}, by=by, addressees=[office])
    council_actions.open_ballot(proposal=proposal, by=by)


def _successor(ministry: Organisation, twin: Organisation, council: Body, by: Any, meeting: Meeting, office: Any) -> None:
    Succession.objects.create(predecessor=twin, successor=ministry, on=TODAY)


def _labels(ministry: Organisation, twin: Organisation, council: Body, by: Any, meeting: Meeting, office: Any) -> None:
    for house, since, until in ((ministry, TODAY, None), (twin, TODAY - timedelta(days=9), TODAY)):
        house.labels = [Label("bcdfghjk", Translated(en="foreign agent"), since, until)]
        house.save()


def _support(ministry: Organisation, twin: Organisation, council: Body, by: Any, meeting: Meeting, office: Any) -> None:
    problem = Problem.objects.create(
        title=Translated(en="Wages"), statement=Translated(en="Late"), created_on=TODAY, body=council
    )
    for house in (ministry, twin):
        Support.objects.create(problem=problem, organisation=house, on=TODAY)


def _both_sign(ministry: Organisation, twin: Organisation, council: Body, by: Any, meeting: Meeting, office: Any) -> None:
    item = AgendaItem.objects.create(meeting=meeting, position=1, title={"en": "Wages"})
    proposal = Proposal.objects.create(item=item, text=Translated(en="Pay in time"), by_organisation=office)
    for house in (ministry, twin):
        CoSigner.objects.create(proposal=proposal, organisation=house)


def _away(ministry: Organisation, twin: Organisation, council: Body, by: Any, meeting: Meeting, office: Any) -> None:
    Meeting.objects.update(away_since=timezone.now())


def _takes_appeals(ministry: Organisation, twin: Organisation, council: Body, by: Any, meeting: Meeting, office: Any) -> None:
    Organisation.objects.filter(pk=twin.pk).update(takes_appeals=True)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (_both_asked, "asks both"),
        (_both_sit, "Both sit in “Council on Migration” on the same days."),
        (_both_vote, "A vote is open in “Council session”"),
        (_successor, "One of the two took over from the other"),
        (_labels, "Both carry a label that a law demands, on the same days."),
        (_support, "Both see the problem “Wages” too."),
        (_both_sign, "Both sign the joint decision “Pay in time”."),
        (_away, "“Council session” is at its venue"),
        (_takes_appeals, "A State body cannot take appeals here"),
    ],
)
def test_two_are_not_joined_where_it_would_break_something(
    made: Make,
    why: str,
    admin: Client,
    ministry: Organisation,
    twin: Organisation,
    council: Body,
    chynara: Any,
    meeting: Meeting,
    office: Any,
) -> None:
    made(ministry, twin, council, chynara, meeting, office)
    shown = admin.get(page_of(ministry, twin))
    assert (why in shown.content.decode(), "They are the same: join them" in shown.content.decode()) == (True, False)
    twin.refresh_from_db()
    ministry.refresh_from_db()
    sent = admin.post(page_of(ministry, twin), {"seen": stamp_of_both(ministry, twin)})
    assert (why in sent.content.decode(), Organisation.objects.filter(pk=twin.pk).exists(), Joined.objects.count()) == (
        True,
        True,
        0,
    )


def test_an_office_with_a_key_is_the_one_that_stays(admin: Client, office: Organisation, aigul: Any, make_office: Make) -> None:
    again = make_office("Центр, Бишкек", "KG")
    assert "Accounts or keys belong to" in admin.get(page_of(again, office)).content.decode()
    assert "The two are one now." in joined(admin, office, again).content.decode()


def test_what_a_room_that_knows_of_no_join_keeps_stays_with_its_record(
    admin: Client, office: Organisation, make_office: Make
) -> None:
    again = make_office("Центр, Бишкек", "KG")
    OpinionCount.objects.create(office=again, month=TODAY, question="respect", yes=9)
    content = joined(admin, office, again).content.decode()
    assert "Something on this node belongs to “Центр, Бишкек” and cannot move." in content
    assert (Organisation.objects.filter(pk=again.pk).exists(), Joined.objects.count()) == (True, 0)


# --- persons ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def azamat(ministry: Organisation) -> Person:
    return Person.objects.create(name=Translated(ru="Азамат Ахматов"), organisation=ministry)


@pytest.fixture
def again() -> Person:
    return Person.objects.create(
        name=Translated(en="Azamat Akhmatov", ru="Ахматов Азамат"), post=Translated(en="Deputy minister")
    )


def test_all_that_points_to_a_person_points_to_the_one_that_stays(
    admin: Client, azamat: Person, again: Person, council: Body, meeting: Meeting, member: Any, chynara: Any
) -> None:
    member.person = again
    member.save()
    seat = Membership.objects.create(body=council, person=again, publication=Publication.NAME)
    state = Membership.objects.create(body=council, country="KG", alternate=again)
    Nomination.objects.create(seat=state, person=again)
    Meeting.objects.filter(pk=meeting.pk).update(chair=again, secretary=again)
    item = AgendaItem.objects.create(meeting=meeting, position=1, title={"en": "Wages"}, kind="report", reporter=again)
    line = Attendance.objects.create(meeting=meeting, person=again, membership=seat, standing="member")
    AttendanceDay.objects.create(line=line, day=TODAY, mode="present", alternate=again)
    proposal = Proposal.objects.create(item=item, text=Translated(en="Pay"), by_person=again)
    sitting = Sitting.objects.create(
        meeting=meeting, starts_at=meeting.starts_at, ends_at=meeting.starts_at + timedelta(hours=1), title={"en": "Morning"}
    )
    SessionPerson.objects.create(session=sitting, position=1, person=again)
    ballot = proposal.ballots.create(meeting=meeting)
    Vote.objects.create(
        ballot=ballot,
        membership=state,
        alternate=again,
        is_member=True,
    )
    Joined.objects.create(code="bcdfghjk", person=again, name=Translated(en="Older twin"))
    before = counted(again)
    assert {name for name, number in before.items() if not number} == set()
    assert "The two are one now." in joined(admin, azamat, again).content.decode()
    azamat.refresh_from_db()
    assert counted(azamat) == {**before, "people.Joined.person": 2}
    assert (dict(azamat.name), dict(azamat.post)) == (
        {"ru": "Азамат Ахматов", "en": "Azamat Akhmatov"},
        {"en": "Deputy minister"},
    )
    moved = Client().get(f"/api/v1/persons/{again.code}")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/api/v1/persons/{azamat.code}")


def test_two_persons_with_accounts_are_not_joined(admin: Client, azamat: Person, again: Person, member: Any, emil: Any) -> None:
    for user, person in ((member, azamat), (emil, again)):
        user.person = person
        user.save()
    assert "Both have an account with which they sign in." in admin.get(page_of(azamat, again)).content.decode()


def test_two_persons_who_both_hold_a_vote_are_joined_when_it_is_closed(
    admin: Client, azamat: Person, again: Person, council: Body, meeting: Meeting, chynara: Any, ministry: Organisation
) -> None:
    Membership.objects.create(body=council, person=azamat)
    Membership.objects.create(body=council, organisation=ministry, alternate=again)
    item = council_actions.add_item(meeting=meeting, by=chynara, title={"en": "Wages"})
    council_actions.open_meeting(meeting=meeting, by=chynara)
    proposal = council_actions.propose(item=item, text={"en": "Pay"}, by=chynara, addressees=[ministry])
    ballot = council_actions.open_ballot(proposal=proposal, by=chynara)
    assert "A vote is open in “Council session”" in admin.get(page_of(azamat, again)).content.decode()
    council_actions.close_ballot(ballot=ballot, by=chynara)
    assert "The two are one now." in joined(admin, azamat, again).content.decode()


def test_nobody_becomes_an_alternate_of_herself(admin: Client, azamat: Person, again: Person, council: Body) -> None:
    seat = Membership.objects.create(body=council, person=azamat, alternate=again)
    joined(admin, azamat, again)
    seat.refresh_from_db()
    assert (seat.person, seat.alternate) == (azamat, None)


def test_what_people_recognised_in_documents_is_said_of_the_one_that_stays(
    admin: Client, azamat: Person, again: Person, emil: Any
) -> None:
    document = import_document(data="На заседании выступил А. Ахматов.".encode(), source="a.txt", by="command").document
    Confirmation.objects.create(
        document=document, key="persons-0", field="persons", outcome="accepted", confirmed={"name": "А. Ахматов"},
        target=f"person:{again.code}", decided_by=emil,
    )  # fmt: skip
    assert "<dt>Mentions in documents</dt><dd>1</dd>" in admin.get(page_of(azamat, again)).content.decode()
    joined(admin, azamat, again)
    assert confirmed_names("persons") == {f"person:{azamat.code}": [("ru", "А. Ахматов")]}


# --- who may ------------------------------------------------------------------------------------------------------------


def test_a_secretary_joins_what_no_other_body_relies_on(
    chynara: Any, signed_in: Make, ministry: Organisation, twin: Organisation, council: Body
) -> None:
    secretary = signed_in(chynara)
    Membership.objects.create(body=council, organisation=ministry)
    found = secretary.get(f"/work/organisations/{ministry.code}/same/?words=labour").content.decode()
    assert page_of(ministry, twin) in found
    other = Body.objects.create(name=Translated(en="Coalition"), kind=Body.Kind.COALITION)
    problem = Problem.objects.create(
        title=Translated(en="Wages"), statement=Translated(en="Late"), created_on=TODAY, body=other, proposed_by=twin
    )
    assert "Rows of other bodies would change with it: Coalition." in secretary.get(page_of(ministry, twin)).content.decode()
    problem.delete()
    assert "The two are one now." in joined(secretary, ministry, twin).content.decode()


def test_an_address_of_the_office_that_was_joined_tells_an_outsider_nothing(
    admin: Client, eve: Any, signed_in: Make, ministry: Organisation, twin: Organisation
) -> None:
    joined(admin, ministry, twin)
    outsider = signed_in(eve)
    assert [outsider.get(page).status_code for page in (f"/work/organisations/{twin.code}/", page_of(ministry, twin))] == [
        404,
        404,
    ]
