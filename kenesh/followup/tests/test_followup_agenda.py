"""Recommendations that are due come before the meeting of their body, by one button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kenesh.council import actions as council_actions
from kenesh.council.models import Meeting
from kenesh.followup.models import Recommendation
from kenesh.people.models import Body, User

Recommend = Callable[..., Recommendation]
SignIn = Callable[[User], Client]


@pytest.fixture
def meeting(council: Body, chynara: User) -> Meeting:
    """In ten days, and public."""
    planned = council_actions.plan_meeting(
        body=council, by=chynara, title={"en": "Fourth session"}, starts_at=timezone.now() + timedelta(days=10)
    )
    council_actions.publish_meeting(meeting=planned, by=chynara)
    return planned


def on(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def page(client: Client, meeting: Meeting) -> str:
    return client.get(f"/work/meetings/{meeting.code}/").content.decode()


def take(client: Client, meeting: Meeting, recommendation: Recommendation) -> int:
    sent = {"kind": "recommendation", "code": recommendation.code}
    return client.post(f"/work/meetings/{meeting.code}/coming/", sent).status_code


def test_what_is_late_due_soon_or_waits_for_a_verdict_is_offered_and_nothing_else(
    signed_in: SignIn, chynara: User, meeting: Meeting, recommend: Recommend, respond: Callable[..., object]
) -> None:
    recommend("Late one", due=on(-3))
    recommend("Due after the meeting", due=on(35))
    respond(recommend("Answered one", due=on(200)).addressees.get())
    recommend("Due next year", due=on(300))
    html = page(signed_in(chynara), meeting)
    words = ("Late one", "Due after the meeting", "Answered one", "Due next year")
    assert [word in html for word in words] == [True, True, True, False]
    reasons = ("The answer is 3 days late", "An answer is due by", "Nobody has judged yet what was done.")
    assert [reason in html for reason in reasons] == [True, True, True]


def test_a_recommendation_becomes_a_point_that_leads_to_it_on_the_page_for_everybody_and_in_the_minutes(
    signed_in: SignIn, chynara: User, meeting: Meeting, recommend: Recommend
) -> None:
    client, asked = signed_in(chynara), recommend("Open a register", due=on(5), public=True)
    assert [take(client, meeting, asked) for _again in range(2)] == [302, 302]
    item = meeting.items.get()
    work, public = page(client, meeting), Client().get(f"/en/meetings/{meeting.code}/").content.decode()
    minutes = client.get(f"/work/meetings/{meeting.code}/minutes/?language=en").content.decode()
    assert item.title["en"] == "What came of the recommendation “Open a register”"
    assert (f'href="/work/recommendations/{asked.code}/"' in work, f'value="{asked.code}"' in work) == (True, False)
    form = client.get(f"/work/meetings/{meeting.code}/agenda/{item.pk}/").content.decode()
    assert f'href="/work/recommendations/{asked.code}/"' in form
    assert f'href="/en/recommendations/{asked.code}/"' in public
    assert f"/work/recommendations/{asked.code}/" in minutes


def test_a_public_agenda_does_not_give_away_an_internal_recommendation(
    signed_in: SignIn, chynara: User, meeting: Meeting, recommend: Recommend
) -> None:
    client, internal = signed_in(chynara), recommend("Dismiss the inspector", due=on(5))
    take(client, meeting, internal)
    public = Client().get(f"/en/meetings/{meeting.code}/").content.decode()
    assert ("Dismiss the inspector" in public, "/recommendations/" + internal.code in public) == (False, False)
    assert "Dismiss the inspector" in page(client, meeting)


def test_a_recommendation_of_another_body_is_not_put_on_the_agenda(
    signed_in: SignIn, chynara: User, meeting: Meeting, recommend: Recommend, other_council: Body
) -> None:
    foreign = recommend("Not ours", due=on(5))
    Recommendation.objects.filter(pk=foreign.pk).update(body=other_council)
    assert (take(signed_in(chynara), meeting, foreign), meeting.items.count()) == (404, 0)


def test_the_page_of_a_meeting_costs_the_same_with_one_recommendation_and_with_twenty(
    signed_in: SignIn, chynara: User, meeting: Meeting, recommend: Recommend
) -> None:
    client = signed_in(chynara)
    take(client, meeting, recommend("First", due=on(1)))
    recommend("Second", due=on(1))
    page(client, meeting)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, meeting)
        return len(queries)

    few = asked()
    for number in range(9):
        take(client, meeting, recommend(f"Taken {number}", due=on(1)))
        recommend(f"Offered {number}", due=on(1))
    assert asked() == few
