"""Who sits, who counts, and what came of a vote."""

from __future__ import annotations

from kenesh.council import counting
from kenesh.council.models import Attendance, Ballot, Meeting
from kenesh.people import queries as people
from kenesh.people.models import Membership, Standing


def sitting(meeting: Meeting) -> list[Membership]:
    """Seats whose term covers the day of the meeting, members before observers."""
    return list(people.sitting_members(meeting.body, meeting.day))


def member_ids(meeting: Meeting) -> set[int]:
    """Seats that count in this meeting: the standing recorded with the attendance goes before today's."""
    standing = {seat.pk: seat.standing for seat in people.sitting_members(meeting.body, meeting.day)}
    recorded = meeting.attendances.filter(membership__in=standing).values_list("membership_id", "standing")
    standing.update(dict(recorded))
    return {pk for pk, then in standing.items() if then == Standing.MEMBER}


def casts(ballot: Ballot) -> list[counting.Cast]:
    """Every vote as counting wants it. Reads `ballot.votes`, prefetched or not."""
    return [counting.Cast(counting.Choice(vote.choice), vote.is_member) for vote in ballot.votes.all()]


def result_of(ballot: Ballot) -> counting.Result:
    """The frozen result of a closed ballot; of an open one, what it would be if it closed now."""
    if ballot.entitled is not None and ballot.present is not None:
        return counting.frozen(casts(ballot), entitled=ballot.entitled, present=ballot.present, why=counting.Why(ballot.outcome))
    meeting = ballot.proposal.item.meeting
    members = member_ids(meeting)
    voted = {vote.membership_id for vote in ballot.votes.all() if vote.is_member}
    there = meeting.attendances.filter(
        membership__in=members, mode__in=[Attendance.Mode.PRESENT, Attendance.Mode.REMOTE]
    ).values_list("membership_id", flat=True)
    return counting.votes(
        casts(ballot),
        rule=counting.Rule(ballot.rule),
        quorum=ballot.quorum_part,
        entitled=len(members | voted),
        present=len(voted.union(there)),
    )
