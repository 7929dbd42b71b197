"""Who sits, who counts, and what came of a vote."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db.models import Q
from django.http import Http404

from kenesh.council import counting
from kenesh.council.models import Ballot, Meeting, VoteWeight
from kenesh.council.queries import days, presence, proxies
from kenesh.council.rules import keeps, own_memberships
from kenesh.people import queries as people
from kenesh.people.models import Membership, OrganisationKind, Person, Standing, User

CARRIED = Q(outcome=counting.Why.ADOPTED.value) & ~Q(standing=Ballot.Standing.ANNULLED)  # ballots that adopted what they are on


def sitting(meeting: Meeting) -> list[Membership]:
    """Seats whose term covers the day of the meeting, each as it was on that day; members before observers."""
    return people.seats_on(meeting.body, meeting.day)


def persons_behind(sitting: list[Membership]) -> list[Person]:
    """Who may come for these seats: people of their organisations, and alternates."""
    of_houses = Q(organisation__in=[seat.organisation_id for seat in sitting if seat.organisation_id])
    alternates = Q(pk__in=[seat.alternate_id for seat in sitting if seat.alternate_id])
    return list(Person.objects.filter(of_houses | alternates).order_by("id"))


def member_ids(meeting: Meeting, among: Collection[int] | None = None) -> set[int]:
    """Seats that count in this meeting: the standing recorded with the attendance goes before that of the body. `among`: only
    these are asked about, which costs the same in a council of any size."""
    standing = people.standings_on(meeting.body_id, meeting.day, among)
    recorded = meeting.attendances.filter(membership__isnull=False)
    if among is not None:
        recorded = recorded.filter(membership__in=among)
    standing.update({seat: then for seat, then in recorded.values_list("membership_id", "standing") if seat in standing})
    return {pk for pk, then in standing.items() if then == Standing.MEMBER}


def is_member(meeting: Meeting, seat: int) -> bool:
    """Whether this seat counts in this meeting."""
    return bool(member_ids(meeting, [seat]))


def country_of(seat: Membership) -> str:
    """For which State a seat speaks (ISO 3166-1 alpha-2); "" for none, as of an international organisation."""
    return seat.state


def state_of(seat: Membership) -> str:
    """The State that a seat binds: its own country, or that of its ministry; "" for an organisation of civil society."""
    house = seat.organisation or (seat.person.organisation if seat.person else None)
    official = house is not None and house.kind == OrganisationKind.MINISTRY
    return seat.country or (house.country if house is not None and official else "")


def casts(ballot: Ballot) -> list[counting.Cast]:
    """Every named vote as counting wants it; where States vote, one for each, without seats that speak for none. Reads
    `ballot.votes`, prefetched or not."""
    votes = ballot.votes.all()
    if not ballot.by_states:
        return [counting.Cast(counting.Choice(vote.choice), vote.is_member, weight=vote.weight) for vote in votes]
    of_seats = [counting.Cast(counting.Choice(vote.choice), vote.is_member, country_of(vote.membership)) for vote in votes]
    return counting.by_country(cast for cast in of_seats if cast.country)


def result_of(ballot: Ballot) -> counting.Result:
    """The frozen result of a closed ballot; of an open named one, what it would be if it closed now."""
    if ballot.entitled is None or ballot.present is None:
        return counted(ballot, casts(ballot), {vote.membership_id for vote in ballot.votes.all() if vote.is_member})
    if ballot.is_secret or ballot.election_id is not None:
        return summary_of(ballot)
    why, rule = counting.Why(ballot.outcome), counting.Rule(ballot.rule)
    frozen = counting.frozen(casts(ballot), entitled=ballot.entitled, present=ballot.present, why=why, rule=rule)
    return replace(frozen, by_states=ballot.by_states, few_states=_few_states(ballot), is_weighted=ballot.is_weighted)


def summary_of(ballot: Ballot) -> counting.Result:
    """The frozen result of a closed ballot without reading its votes, and so without those of observers."""
    counts = counting.Counts(ballot.counted_for or 0, ballot.counted_against or 0, ballot.counted_abstained or 0)
    why, rule = counting.Why(ballot.outcome), counting.Rule(ballot.rule)
    entitled, present = ballot.entitled or 0, ballot.present or 0
    return counting.Result(
        counts,
        counting.Counts(),
        entitled,
        present,
        why,
        rule,
        ballot.by_states,
        ballot.papers,
        _few_states(ballot),
        ballot.is_weighted,
    )


def _few_states(ballot: Ballot) -> tuple[int, ...]:
    return tuple((ballot.chosen or {}).get("few_states", ()))


def counted(ballot: Ballot, votes: Iterable[counting.Cast], voted: set[int], *, came: int = 0) -> counting.Result:
    """Counts these votes under the rule of the ballot. `voted`: the members who gave them, who so are there; `came`: at least so
    many were there, as the papers in an urn show. Who else was there on the day of the vote counts with them, online
    where the body's rules say so."""
    meeting = ballot.meeting
    members = member_ids(meeting) | voted
    rules, day = presence.rules_of(meeting.body), days.day_of(meeting, ballot.opened_at)
    there = presence.there_on(meeting, day, counts_online=rules is None or rules.counts_online)
    entitled, present = members, voted | (there & members)
    # A vote that was given is there with who holds it.
    present |= {giver for giver, holder in proxies.given(meeting.pk) if holder in present and giver in members}
    result = counting.votes(
        votes,
        rule=counting.Rule(ballot.rule),
        quorum=ballot.quorum_part,
        entitled=_size(ballot, entitled),
        present=max(_size(ballot, present), came),
    )
    return replace(result, by_states=ballot.by_states, is_weighted=ballot.is_weighted)


def _size(ballot: Ballot, members: set[int]) -> int:
    """How much these members are, as the ballot counts: heads, States or weights."""
    if ballot.by_states:
        of_votes = {
            country_of(vote.membership) for vote in ballot.votes.all() if vote.membership_id in members
        }  # also if it left since
        return len((states_of(ballot.meeting, members) | of_votes) - {""})
    if ballot.is_weighted:
        known = weights(members) | {vote.membership_id: vote.weight for vote in ballot.votes.all()}  # a vote keeps its weight
        return sum(known.get(pk, 1) for pk in members)
    return len(members)


def weights(members: Iterable[int]) -> dict[int, int]:
    """Seats that have more than one vote where votes are weighed."""
    return dict(VoteWeight.objects.filter(membership__in=members).values_list("membership_id", "weight"))


def states_of(meeting: Meeting, seats: set[int]) -> set[str]:
    """Codes of the States for which these seats speak."""
    return {country_of(seat) for seat in sitting(meeting) if seat.pk in seats} - {""}


def voting_seat(user: User, meeting: Meeting, pk: str) -> tuple[Membership, bool]:
    """One of the account's own seats, or one whose vote it holds, and which of both. Raises Http404 for anybody else's."""
    own = own_memberships(user, meeting)
    held = [(seat, True) for seat in proxies.held_by_any(meeting.pk, own)]
    found = next(((seat, is_held) for seat, is_held in [*((seat, False) for seat in own), *held] if str(seat.pk) == pk), None)
    if found is None:
        raise Http404
    return found


def spoken_for(user: User, meeting: Meeting) -> list[Membership]:
    """Seats whose words this account may enter: all for the secretary, who writes down what was said or came on paper; else its own."""
    return sitting(meeting) if keeps(user, meeting.body) else own_memberships(user, meeting)


def seat_spoken_for(user: User, meeting: Meeting, pk: str) -> Membership:
    """One of these. Raises Http404."""
    return _among(spoken_for(user, meeting), pk)


def own_seat(user: User, meeting: Meeting, pk: str) -> Membership:
    """One of the account's own seats. Raises Http404 for anybody else's."""
    return _among(own_memberships(user, meeting), pk)


def _among(seats: list[Membership], pk: str) -> Membership:
    seat = next((seat for seat in seats if str(seat.pk) == pk), None)
    if seat is None:
        raise Http404
    return seat
