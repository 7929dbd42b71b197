"""The people of these tests, and recommendations in every state."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kenesh.council.models import AgendaItem, Decision, Meeting, Proposal
from kenesh.followup import actions
from kenesh.followup.models import Addressee, Judgement, Recommendation, ResponseKind, ShownSilence, Stance, Verdict
from kenesh.people.actions import NewAccount
from kenesh.people.models import Body, Organisation, OrganisationKind, Role, User
from kenesh.problems.models import Problem
from kenesh.themes.texts import Translated


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Signed in without the key of an office, which no page here asks for: saves two Argon2 runs each. In English."""

    def enter(user: User) -> Client:
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def other_council(db: None) -> Body:
    return Body.objects.create(name=Translated(en="Another Council"), kind=Body.Kind.COUNCIL)


@pytest.fixture
def second_ministry(db: None) -> Organisation:
    return Organisation.objects.create(
        name=Translated(en="Ministry of the Interior"), kind=OrganisationKind.MINISTRY, country="RU", mailbox="post@mvd.example"
    )


@pytest.fixture
def other_secretary(other_council: Body, make_account: Callable[..., NewAccount]) -> User:
    return make_account("Zarina", Role.COUNCIL_SECRETARY, body=other_council).user


@pytest.fixture
def problem(council: Body) -> Problem:
    return Problem.objects.create(
        title=Translated(en="Wages are not paid"),
        statement=Translated(en="Wages on building sites are paid late or never."),
        status=Problem.Status.ACCEPTED,
        accepted_on=date(2026, 1, 1),
        created_on=date(2026, 1, 1),
        body=council,
    )


@pytest.fixture
def recommend(council: Body, problem: Problem, ministry: Organisation, chynara: User) -> Callable[..., Recommendation]:
    """Makes a recommendation: `recommend("text", due=…, public=True, to=[ministry], about=problem)`."""

    def make(
        text: str = "Keep a public register of employers that do not pay.",
        *,
        due: date | None = None,
        public: bool = False,
        to: list[Organisation] | None = None,
        about: Problem | None = problem,
    ) -> Recommendation:
        made = actions.add_recommendation(
            body=council,
            text=Translated(en=text),
            source_text=Translated(en="Round table in Osh"),
            addressees=[ministry] if to is None else to,
            problem=about,
            due=due,
            key=uuid.uuid4(),
            by=chynara,
        )
        if public:
            actions.publish(recommendation=made, by=chynara)
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def late_is_shown(council: Body, chynara: User) -> None:
    """The council shows everybody which answers are late: announced twenty days ago, open since today. Before recommendations."""
    actions.announce_silence(body=council, by=chynara)
    today = timezone.localdate()
    ShownSilence.objects.update(announced_on=today - timedelta(days=20), opens_on=today)


@pytest.fixture
def recommendation(recommend: Callable[..., Recommendation]) -> Recommendation:
    return recommend()


@pytest.fixture
def addressee(recommendation: Recommendation) -> Addressee:
    return recommendation.addressees.get()


@pytest.fixture
def respond(chynara: User) -> Callable[..., object]:
    """The secretary enters an answer: `respond(addressee, "text", stance=…)`."""

    def enter(
        addressee: Addressee,
        text: str = "We agree.",
        stance: Stance | None = Stance.ACCEPTED,
        kind: ResponseKind = ResponseKind.SUBSTANTIVE,
    ) -> object:
        given = actions.Given(kind=kind, stance=stance, text=text)
        return actions.enter_response(
            addressee=addressee, given=given, received_on=timezone.localdate(), key=uuid.uuid4(), by=chynara
        )

    return enter


@pytest.fixture
def judged() -> Callable[..., Verdict]:
    """A judgement: `judged(recommendation, Judgement.PARTLY, chynara)`."""

    def judge(recommendation: Recommendation, judgement: Judgement, by: User) -> Verdict:
        return actions.judge(
            recommendation=recommendation,
            judgement=judgement,
            text=Translated(en="We looked at the register."),
            judged_on=timezone.localdate(),
            proof=actions.Proof(url="https://example.org/check"),
            key=uuid.uuid4(),
            by=by,
        )

    return judge


@pytest.fixture
def decision(council: Body, problem: Problem, ministry: Organisation) -> Decision:
    meeting = Meeting.objects.create(
        body=council, title=Translated(en="Third meeting"), starts_at=datetime(2026, 5, 5, 9, tzinfo=UTC)
    )
    item = AgendaItem.objects.create(meeting=meeting, position=1, title=Translated(en="Wages"))
    proposal = Proposal.objects.create(
        item=item, text=Translated(en="Open a register."), due_on=timezone.localdate() + timedelta(days=30), problem=problem
    )
    proposal.addressees.add(ministry)
    return Decision.objects.create(
        proposal=proposal,
        meeting=meeting,
        text=Translated(en="Open a register."),
        adopted_on=date(2026, 5, 5),
        how="consensus",
        number=1,
    )
