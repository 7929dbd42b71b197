"""A council for benchmarks, within a node's own environment: `python -m bench.harness.chamber NAME …`.

open N HOW   makes a body of N members with a meeting under way, a ballot (HOW: named or secret) and a link for each phone; prints
             {"ballot": number, "tokens": [of each seat]}
close N      closes the ballot and prints {"for": …, "against": …, "abstain": …, "rows": number of counted votes, "keys": files
             left, "tracking": {number: choice}, "sealed": rows left}
call N WORDS adds a point with this title to the meeting of the ballot and calls it
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import django


def open_(members: int, how: str) -> None:
    from kenesh.council import actions
    from kenesh.people import actions as people
    from kenesh.people.models import Body, Membership, Person, Role, User

    council = Body.objects.create(name={"en": "Council"}, kind="council")
    secretary = User.objects.filter(email="chynara@example.org").first()
    if secretary is None:
        made = people.add_user(email="chynara@example.org", name="Chynara", password="correct horse battery staple", by="bench")  # noqa: S106  # of an invented person
        secretary = made.user
    people.give_role(user=secretary, role=Role.COUNCIL_SECRETARY, body=council, by="bench")
    secretary = User.objects.get(pk=secretary.pk)
    persons = Person.objects.bulk_create(Person(name={"en": f"Member {number}"}) for number in range(members))
    Membership.objects.bulk_create(Membership(body=council, person=person) for person in persons)
    meeting = actions.plan_meeting(body=council, by=secretary, title={"en": "Session"}, starts_at=datetime.now(UTC))
    item = actions.add_item(meeting=meeting, by=secretary, title={"en": "A point"})
    actions.open_meeting(meeting=meeting, by=secretary)
    proposal = actions.propose(item=item, text={"en": "Open a hotline."}, by=secretary)
    ballot = actions.open_ballot(proposal=proposal, by=secretary, is_secret=how == "secret")
    links = actions.make_phone_links(meeting=meeting, by=secretary, key="bench" * 5)
    print(json.dumps({"ballot": ballot.pk, "tokens": [token for _seat, token in links]}))


def close(pk: int) -> None:
    from kenesh.council import actions, box
    from kenesh.council.models import Ballot, SealedVote
    from kenesh.people.models import User

    ballot = Ballot.objects.get(pk=pk)
    result = actions.close_ballot(ballot=ballot, by=User.objects.get(email="chynara@example.org"))
    rows = ballot.bare_votes if ballot.is_secret else ballot.votes
    found = {
        "for": result.members.for_,
        "against": result.members.against,
        "abstain": result.members.abstained,
        "rows": rows.count(),
        "tracking": dict(ballot.bare_votes.values_list("tracking", "choice")),
        "sealed": SealedVote.objects.filter(ballot=ballot).count(),
        "keys": len(list(box.keys())),
    }
    print(json.dumps(found))


def call(pk: int, words: str) -> None:
    from kenesh.council import actions
    from kenesh.council.models import Ballot
    from kenesh.people.models import User

    secretary = User.objects.get(email="chynara@example.org")
    item = actions.add_item(meeting=Ballot.objects.get(pk=pk).meeting, by=secretary, title={"en": words})
    actions.call_item(item=item, by=secretary)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "open":
        open_(int(sys.argv[2]), sys.argv[3])
    elif sys.argv[1] == "call":
        call(int(sys.argv[2]), sys.argv[3])
    else:
        close(int(sys.argv[2]))
