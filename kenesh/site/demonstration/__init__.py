"""The demonstration: a believable small world in which a newcomer can try the whole chain, from an appeal to a verified result.

What is public history (bodies, founding days, sessions) follows press releases, retold in our own words in `documents/`. All people with
accounts, all appeals, all meetings after 2024, decisions, letters and answers are invented, and the pages say so.

Acts go through the areas' own actions. Rows are written by hand in two cases only: there is no action (organisations,
bodies, seats), or the action writes today's date where history needs an earlier one (`history.py`).
"""

from __future__ import annotations

from django.db import transaction

from kenesh.appeals.models import Appeal
from kenesh.people.models import Organisation, User
from kenesh.site.command_line import Refused
from kenesh.site.demonstration import (
    accounts,
    acts,
    asked,
    chain,
    correspondence,
    counts,
    day,
    decisions,
    documents,
    meetings,
    organisations,
    problems,
    room,
    seats,
    secretariat,
    tracker,
    work,
)
from kenesh.site.demonstration.calendar import Calendar


def build() -> list[str]:
    """Fills an empty database; gives the lines that tell a newcomer where to begin. Raises Refused for a database in use."""
    if User.objects.exists() or Organisation.objects.exists() or Appeal.objects.exists():
        raise Refused(
            "this database is in use, and the demonstration never mixes with real cases: choose an empty KENESH_HOME for it"
        )
    # Passwords and receipts are stretched on purpose slowly, and never inside a transaction that would hold locks.
    cast = accounts.make()
    receipt = chain.new_receipt()
    finished = False
    try:
        with transaction.atomic():
            lines = _fill(Calendar.of_today(), cast, receipt)
        finished = True
    finally:
        if not finished:  # nobody is left in a world that is not there, and `kenesh demo` can run again
            User.objects.filter(pk__in=[account.user.pk for account in cast.values()]).delete()
    return lines


def _fill(calendar: Calendar, cast: accounts.Cast, receipt: chain.NewReceipt) -> list[str]:
    houses = organisations.make()
    bodies = seats.make_bodies()
    accounts.give_roles(cast, houses, bodies)
    sitting = seats.seat_people(cast, houses, bodies)
    library = documents.bring_in(by=cast["editor"].user)
    stated = problems.state(calendar, cast, houses, bodies, library)
    meetings.tell_history(cast, houses, bodies, library)
    offices = work.open_offices(cast, houses)
    filed = work.file_and_work(calendar, offices, stated)
    day.fill(calendar, cast, offices, filed)
    asked.fill(calendar, offices, filed)
    followed = decisions.take(calendar, cast, houses, bodies, sitting, stated, library)
    correspondence.settle(calendar, cast, houses, bodies, followed)
    tracker.show(calendar, cast["chynara"].user, houses, bodies, stated, followed)
    chain.go_through(calendar, offices, stated, receipt)
    counts.publish(calendar)
    coming = meetings.plan_next(calendar, cast, houses, bodies, sitting, stated, library)
    acts.prepare_next(coming, cast, houses, sitting)
    acts.go_up(calendar, cast, houses, bodies, stated)
    secretariat.keep(calendar, cast["chynara"].user, houses, bodies, sitting)
    room.open_today(calendar, cast, houses, bodies)
    room.ask_in_silence(cast, bodies)
    room.ask_in_writing(cast, bodies)
    documents.bring_in_to_check(by=cast["editor"].user, body=bodies["meks"])
    return accounts.in_lines(cast) + chain.in_lines(receipt, followed)
