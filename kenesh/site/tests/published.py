"""A council that publishes: one seat of each level, a decision by named votes, a problem that grows, a recommendation with its answer."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from kenesh.council import actions
from kenesh.council.models import Decision
from kenesh.people.models import Body, Membership, Organisation, Person, User


def four_seats(council: Body, office: Organisation, other_office: Organisation, ministry: Organisation) -> dict[str, Membership]:
    """One seat of each level of publication; the name belongs to Gulmira of the office in Bishkek."""
    houses = {"name": office, "organisation": other_office, "country": ministry, "hidden": ministry}
    made = {}
    for level, house in houses.items():
        person = Person.objects.create(
            name={"ru": f"Гүлмира {level}", "en": f"Gulmira {level}"}, post={"en": "Director"}, organisation=house
        )
        made[level] = Membership.objects.create(body=council, person=person, publication=level, since=date(2020, 1, 1))
    return made


def public_decision(council: Body, chynara: User, seats: dict[str, Membership], ministry: Organisation) -> Decision:
    """Adopted by four votes, each shown as its seat is; meeting, minutes and decision are public."""
    council.publishes_decisions = True
    council.save()
    meeting = actions.plan_meeting(
        body=council,
        by=chynara,
        title={"ru": "Заседание совета", "en": "Council session"},
        starts_at=datetime(2024, 5, 15, 4, 0, tzinfo=UTC),
        ends_at=datetime(2024, 5, 15, 11, 0, tzinfo=UTC),
        place={"ru": "Бишкек"},
        country="KG",
        link="https://join.example/secret-room",
    )
    item = actions.add_item(meeting=meeting, by=chynara, title={"en": "Access to a doctor"})
    actions.open_meeting(meeting=meeting, by=chynara)
    proposal = actions.propose(item=item, text={"en": "Give migrants health insurance"}, by=chynara, addressees=[ministry])
    ballot = actions.open_ballot(proposal=proposal, by=chynara)
    for level, seat in seats.items():
        choice = "against" if level == "country" else "for"
        actions.cast_vote(ballot=ballot, membership=seat, choice=choice, by=chynara, publication=level)
    actions.close_ballot(ballot=ballot, by=chynara)
    made = actions.adopt_by_vote(ballot=ballot, by=chynara)
    actions.close_meeting(meeting=meeting, by=chynara)
    actions.approve_minutes(meeting=meeting, on=date(2024, 5, 20), by=chynara)
    actions.publish_minutes(meeting=meeting, public=True, by=chynara)
    actions.publish_meeting(meeting=meeting, by=chynara)
    return made


def public_problem(council: Body, office: Organisation) -> Any:
    """Unpaid wages from Kyrgyzstan in Russia: as many each month, and three times as many in the newest."""
    from kenesh.problems.actions import renew_trends
    from kenesh.problems.models import Block, Problem, Support

    known = {"concept": "unpaid-wages", "origin": "KG", "destination": "RU", "period_months": 1, "frozen_on": date(2026, 10, 1)}
    Block.objects.bulk_create(
        Block(**known, period_start=date(2025 + month // 12, month % 12 + 1, 1), persons=60 if month == 19 else 20)
        for month in range(20)
    )
    renew_trends(today=date(2026, 9, 2), by="test")
    day = date(2026, 1, 1)
    made = Problem.objects.create(
        body=council,
        title={"ru": "Бригадам не платят", "en": "Brigades are not paid"},
        statement={"en": "The contractor vanishes."},
        status=Problem.Status.ACCEPTED,
        created_on=day,
        accepted_on=day,
    )
    made.themes.create(concept="unpaid-wages")
    made.corridors.create(origin="KG", destination="RU")
    Support.objects.create(problem=made, organisation=office, on=day, publication="name")
    return made


def answered_recommendation(decision: Decision, problem: Any, chynara: User) -> Any:
    """One answer is published and one is not; so is one verdict of two."""
    from kenesh.followup import actions as followup
    from kenesh.followup.models import Judgement, Recommendation, ResponseKind, Stance

    made = Recommendation.objects.get(decision=decision)
    Recommendation.objects.filter(pk=made.pk).update(problem=problem)
    addressee, today = made.addressees.get(), timezone.localdate()
    followup.publish(recommendation=made, by=chynara)
    for words, is_public in (("Поправка внесена.", True), ("Между нами.", False)):
        given = followup.Given(kind=ResponseKind.SUBSTANTIVE, stance=Stance.ACCEPTED, text=words)
        response = followup.enter_response(addressee=addressee, given=given, received_on=today, key=uuid.uuid4(), by=chynara)
        if is_public:
            followup.publish_response(response=response, by=chynara)
        verdict = followup.judge(
            recommendation=made,
            judgement=Judgement.CARRIED_OUT,
            text={"ru": words},
            judged_on=today,
            proof=followup.Proof(text=words),
            key=uuid.uuid4(),
            by=chynara,
        )
        if is_public:
            followup.publish_verdict(verdict=verdict, by=chynara)
    return made
