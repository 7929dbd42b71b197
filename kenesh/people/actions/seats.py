"""What becomes of a seat and of the chair: somebody else is sent, the standing changes, the chair is handed over."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from kenesh.kernel import trail
from kenesh.kernel.codes import new_code
from kenesh.kernel.rows import stamp_of
from kenesh.people.actions.refusals import ChangedMeanwhile, ChangesNothing, NobodysSeat, NotTheirTurn, TooEarly
from kenesh.people.models import (
    Body,
    ChairTerm,
    Founding,
    Membership,
    MembershipRole,
    Nomination,
    Person,
    Publication,
    RoleChange,
    Rotation,
    StandingChange,
    User,
)
from kenesh.people.signals import seat_nominated
from kenesh.themes.texts import Translated


@dataclass(frozen=True)
class FoundingFacts:
    """How a body was founded and what it gave itself, by the names of the columns."""

    meeting: Translated
    goals: Translated
    tasks: Translated
    directions: Translated
    rules: Translated


def write_founding(*, body: Body, facts: FoundingFacts, seen: str, by: User) -> None:
    """`seen`: its stamp when the form was opened, "" when there was none. Raises ChangedMeanwhile."""
    values = {name: getattr(facts, name) for name in FoundingFacts.__dataclass_fields__}
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=body.pk)
        row = Founding.objects.filter(body=body).first()
        if row is not None and all(getattr(row, name) == value for name, value in values.items()):
            return
        if seen != (stamp_of(row) if row else ""):
            raise ChangedMeanwhile
        Founding.objects.update_or_create(body=body, defaults=values)
        trail.record(verb="write_founding", target=f"body:{body.code}", by=by)


@dataclass(frozen=True)
class Letter:
    """By which an institution nominates: its number and day, as far as they are known."""

    number: str
    on: date | None


def nominate(*, seat: Membership, person: Person, since: date, letter: Letter, publication: str, by: User) -> None:
    """The institution sends this person from that day on; who sat there before stays in the history. The first one may sit there
    from the seat's first day, and the letter of a first one who was entered with the seat is added. The same one again changes
    nothing. Raises NobodysSeat, TooEarly."""
    with transaction.atomic():
        row = Membership.objects.select_for_update().select_related("body").get(pk=seat.pk)
        if row.organisation_id is None and not row.country:
            raise NobodysSeat
        newest = max(row.nominations.all(), key=lambda each: each.since or date.min, default=None)
        if newest is not None and (newest.person_id, newest.since) == (person.pk, since):
            return
        is_first = newest is None and (row.person_id is None or (row.person_id, row.since) == (person.pk, since))
        first = newest.since if newest else row.since
        too_early = first and (since < first if is_first else since <= first)
        if too_early or (row.until and row.until < since):
            raise TooEarly
        if newest is None and not is_first:
            row.nominations.create(person=row.person, since=row.since, publication=row.publication)
        elif newest is None and row.person_id is None:
            # Nobody sat there before, and what was shown of the seat then is shown of those days for ever.
            row.nominations.create(person=None, since=None, publication=row.publication)
        elif newest is not None:
            # What the last person let be shown may have been changed on the seat since.
            Nomination.objects.filter(pk=newest.pk).update(publication=row.publication)
        row.nominations.create(
            person=person, since=since, letter_number=letter.number, letter_on=letter.on, publication=publication
        )
        is_somebody_else = row.person_id != person.pk
        row.person, row.publication = person, publication
        row.save(update_fields=["person", "publication"])
        trail.record(verb="nominate", target=f"body:{row.body.code}:{row.pk}", by=by)
        if is_somebody_else:
            seat_nominated.send(Membership, seat=row, since=since)


def undo_nomination(*, nomination: Nomination, by: User) -> None:
    """The newest one was entered by mistake: whoever was sent before sits there as before, and nobody where there was none. What
    the wrong one was sent by link ends. An older one stays as it is. Of whoever was entered with the seat, only the letter goes."""
    with transaction.atomic():
        row = Membership.objects.select_for_update().select_related("body").get(pk=nomination.seat_id)
        sent = sorted(row.nominations.all(), key=lambda each: each.since or date.min, reverse=True)
        if not sent or sent[0].pk != nomination.pk:
            return
        newest, before = sent[0], sent[1] if len(sent) > 1 else None
        if before is None and newest.since == row.since:
            newest.delete()
            trail.record(verb="undo_nomination", target=f"body:{row.body.code}:{row.pk}", by=by)
            return
        row.person = before.person if before else None
        row.publication = before.publication if before else Publication.HIDDEN
        if row.person is None and not row.is_of_an_institution:
            return
        row.save(update_fields=["person", "publication"])
        newest.delete()
        if before and before.person is None and before.since is None:
            before.delete()
        trail.record(verb="undo_nomination", target=f"body:{row.body.code}:{row.pk}", by=by)
        seat_nominated.send(Membership, seat=row, since=newest.since or date.min)


def show_less_of_nomination(*, nomination: Nomination, publication: str, by: User) -> None:
    """What everybody may see of somebody who sat there before."""
    with transaction.atomic():
        changed = Nomination.objects.filter(pk=nomination.pk).exclude(publication=publication).update(publication=publication)
        if changed:
            seat = nomination.seat
            trail.record(verb="show_nomination", target=f"body:{seat.body.code}:{seat.pk}", by=by)


def change_standing(*, seat: Membership, standing: str, on: date, decision: str, by: User) -> None:
    """The body made the seat a member or an observer from that day on. Raises ChangesNothing, TooEarly."""
    with transaction.atomic():
        row = Membership.objects.select_for_update().select_related("body").get(pk=seat.pk)
        if row.standing == standing:
            raise ChangesNothing
        newest = row.standing_changes.order_by("on").last()
        first = newest.on if newest else row.since
        if (first and on <= first) or (row.until and row.until < on):
            raise TooEarly
        row.standing_changes.create(before=row.standing, standing=standing, on=on, decision=decision)
        row.standing = standing
        row.save(update_fields=["standing"])
        trail.record(verb="change_standing", target=f"body:{row.body.code}:{row.pk}", by=by)


def undo_standing_change(*, change: StandingChange, by: User) -> None:
    """The newest change was entered by mistake; an older one stays as it is."""
    with transaction.atomic():
        row = Membership.objects.select_for_update().select_related("body").get(pk=change.seat_id)
        newest = row.standing_changes.order_by("on").last()
        if newest is None or newest.pk != change.pk:
            return
        row.standing = newest.before
        row.save(update_fields=["standing"])
        newest.delete()
        trail.record(verb="undo_standing", target=f"body:{row.body.code}:{row.pk}", by=by)


# --- roles --------------------------------------------------------------------------------------------------------------

_OF_ONE = (MembershipRole.CHAIR, MembershipRole.SECRETARY)


def change_role(
    *, seat: Membership, role: str, on: date, because: str = "", decision: str = "", alone: bool = True, by: User | str
) -> None:
    """The seat has this role from that day on; days before keep the old one. Chair and secretary are one: `alone` ends the role of
    whoever had it, not before that one's own newest change. `because`: the election, else `decision` is its number as far as it is
    known. Raises ChangesNothing, TooEarly."""
    because = because or f"{RoleChange.ACT}{new_code()}:{decision}"
    with transaction.atomic():
        body = Body.objects.select_for_update().get(pk=seat.body_id)
        row = Membership.objects.select_for_update().get(pk=seat.pk)
        if row.role == role:
            raise ChangesNothing
        newest = row.role_changes.order_by("on", "pk").last()
        first = newest.on if newest else row.since
        if (first and on < first) or (row.until and row.until < on):
            raise TooEarly
        _change_role(row, role, on, because)
        if alone and role in _OF_ONE:
            _end_role_of_others(body, row, on, because)
        trail.record(verb="change_role", target=f"body:{body.code}:{row.pk}:{role}", by=by)


def _end_role_of_others(body: Body, row: Membership, on: date, because: str) -> None:
    still = Q(until__isnull=True) | Q(until__gte=on)
    for other in body.memberships.filter(still, role=row.role).exclude(pk=row.pk).order_by("pk"):
        newest = other.role_changes.order_by("on", "pk").last()
        _change_role(other, MembershipRole.MEMBER, max(on, newest.on) if newest else on, because)


def _change_role(row: Membership, role: str, on: date, because: str) -> None:
    row.role_changes.create(before=row.role, role=role, on=on, because=because)
    row.role = role
    row.save(update_fields=["role"])


def end_role_of_others(*, seat: Membership, on: date, because: str = "", by: User | str) -> None:
    """Whoever is chair or secretary beside this seat is that no more from that day on. Nothing changes where the seat has another
    role, or is alone."""
    with transaction.atomic():
        body = Body.objects.select_for_update().get(pk=seat.body_id)
        row = Membership.objects.select_for_update().get(pk=seat.pk)
        still = Q(until__isnull=True) | Q(until__gte=on)
        others = body.memberships.filter(still, role=row.role).exclude(pk=row.pk)
        if row.role in _OF_ONE and others.exists():
            _end_role_of_others(body, row, on, because)
            trail.record(verb="end_role_of_others", target=f"body:{body.code}:{row.pk}:{row.role}", by=by)


def undo_role_change(*, change: RoleChange, by: User) -> None:
    """A change was entered by mistake; what it changed of others is undone with it. An older one of the seat stays as it is."""
    with transaction.atomic():
        body = Body.objects.select_for_update().get(pk=change.seat.body_id)
        newest = RoleChange.objects.filter(seat=change.seat_id).order_by("on", "pk").last()
        if newest is None or newest.pk != change.pk:
            return
        same = RoleChange.objects.filter(seat__body=body, because=change.because, role=MembershipRole.MEMBER)
        if not change.is_of_one_act:
            same = same.filter(on=change.on)
        _take_back(change, *(same.filter(before=change.role) if change.role in _OF_ONE else ()))
        trail.record(verb="undo_role", target=f"body:{body.code}:{change.seat_id}", by=by)


def undo_roles_given(*, because: str) -> None:
    """What was changed for a cause that no longer holds. Within the caller's transaction, which writes the trail."""
    _take_back(*RoleChange.objects.filter(because=because))


def _take_back(*changes: RoleChange) -> None:
    """Those that a later one has not overtaken."""
    for change in changes:
        row = Membership.objects.select_for_update().get(pk=change.seat_id)
        newest = row.role_changes.order_by("on", "pk").last()
        if newest is not None and newest.pk == change.pk:
            row.role = change.before
            row.save(update_fields=["role"])
            change.delete()


# --- the chair --------------------------------------------------------------------------------------------------------


def set_rotation(*, body: Body, countries: list[str], months: int, by: User) -> None:
    """In which order the chair goes round, and for how long each country has it. No country at all: it does not go round."""
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=body.pk)
        now = Rotation.objects.filter(body=body).first()
        if (now.countries, now.months) == (countries, months) if now else not countries:
            return
        if countries:
            Rotation.objects.update_or_create(body=body, defaults={"countries": countries, "months": months})
        elif now:
            now.delete()
        trail.record(verb="set_rotation", target=f"body:{body.code}", by=by)


def hand_chair_over(*, body: Body, country: str, seat: Membership | None, on: date, by: User) -> None:
    """Ends the term of whoever has the chair on the day before, and begins that of `country`. `seat`: through whom it has the
    chair. The same once more changes nothing. Raises NotTheirTurn (not in the order, or a seat of another State), TooEarly."""
    with transaction.atomic():
        Body.objects.select_for_update().get(pk=body.pk)
        rotation = Rotation.objects.filter(body=body).first()
        if rotation is None or country not in rotation.countries or (seat is not None and seat.state != country):
            raise NotTheirTurn
        last = body.chair_terms.select_related("seat").order_by("since").last()
        if last is not None and (last.since, last.country, last.seat_id) == (on, country, seat.pk if seat else None):
            return
        if last is not None:
            _end_term(last, on)
        term = ChairTerm.objects.create(body=body, country=country, seat=seat, since=on, until=_end_of_term(on, rotation.months))
        if last is None:  # whoever had the chair before it went round
            for other in body.memberships.filter(role=MembershipRole.CHAIR).exclude(pk=seat.pk if seat else 0):
                _change_role(other, MembershipRole.MEMBER, on, f"rotation:{term.pk}")
        if seat is not None:
            _give_chair(seat, on, "" if last else f"rotation:{term.pk}")
        trail.record(verb="hand_chair_over", target=f"body:{body.code}:{country}", by=by)


def _give_chair(seat: Membership, on: date, because: str) -> None:
    """`because`: of the first term, whose undoing gives the seat the role that it had; "" of a later one."""
    row = Membership.objects.select_for_update().get(pk=seat.pk)
    if row.role == MembershipRole.CHAIR:
        return
    if because:
        _change_role(row, MembershipRole.CHAIR, on, because)
    else:
        Membership.objects.filter(pk=row.pk).update(role=MembershipRole.CHAIR)


def _end_term(last: ChairTerm, on: date) -> None:
    """Raises TooEarly."""
    if on <= last.since:
        raise TooEarly
    last.until = on - timedelta(days=1)
    last.save(update_fields=["until"])
    if last.seat_id:
        Membership.objects.filter(pk=last.seat_id, role=MembershipRole.CHAIR).update(role=MembershipRole.MEMBER)


def undo_hand_over(*, term: ChairTerm, by: User) -> None:
    """The newest term was entered by mistake: whoever had the chair before has it again. An older one stays as it is."""
    with transaction.atomic():
        body = Body.objects.select_for_update().get(pk=term.body_id)
        terms = list(body.chair_terms.order_by("-since")[:2])
        if not terms or terms[0].pk != term.pk:
            return
        if term.seat_id and len(terms) > 1:  # of the first one, what is written of its seat is taken back
            Membership.objects.filter(pk=term.seat_id, role=MembershipRole.CHAIR).update(role=MembershipRole.MEMBER)
        undo_roles_given(because=f"rotation:{term.pk}")
        terms[0].delete()
        rotation = Rotation.objects.filter(body=body).first()
        for before in terms[1:]:
            before.until = _end_of_term(before.since, rotation.months) if rotation else before.until
            before.save(update_fields=["until"])
            if before.seat_id:
                Membership.objects.filter(pk=before.seat_id).update(role=MembershipRole.CHAIR)
        trail.record(verb="undo_hand_over", target=f"body:{body.code}:{term.country}", by=by)


def _end_of_term(since: date, months: int) -> date:
    """The last day of a term of so many months."""
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    day = min(since.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)
