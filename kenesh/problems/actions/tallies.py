"""What organisations have counted themselves, and when everybody may see it.

The door's argument (partition.py) holds here too: of one organisation, one problem and one unit, the periods that were ever shown do
not overlap, so every sum and difference of them is one of whole numbers of five and more. A corrected number for the very same
period, and a number of another problem under the same topmost theme, differ by five or more from each that was shown before.

TooFew             fewer than five, or five are not left when one number is taken from another
Overlaps           a part of the period is public already
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kenesh.kernel import trail
from kenesh.people.models import Organisation, User
from kenesh.problems.actions.problems import ALIVE, NotNow
from kenesh.problems.models import OwnTally, Problem, Support
from kenesh.problems.partition import SMALLEST
from kenesh.themes import thesaurus


class TooFew(Exception):
    """Fewer than five, or fewer than five are left when it is taken from a number that was shown before, or that from it."""


class Overlaps(Exception):
    """A part of its period is in a tally that was shown before."""


@dataclass(frozen=True)
class Counted:
    """What an organisation says that it has counted. `unit`: of OwnTally; `offered`: everybody may see it."""

    number: int
    unit: str
    since: date
    until: date
    source: str
    offered: bool


def note_tally(support: Support, counted: Counted, *, by: User) -> OwnTally:
    """Keeps it beside the support. Said again, its source and whether it may be shown are replaced (another source is looked at again
    before it is shown); one that was never shown gives way to a new number for the same time. Joins the caller's transaction."""
    time = {"unit": counted.unit, "since": counted.since, "until": counted.until}
    support.tallies.filter(shown_first__isnull=True, **time).exclude(number=counted.number).delete()
    row, _made = support.tallies.get_or_create(
        **time, number=counted.number, defaults={"source": counted.source, "offered": counted.offered, "added_by": by}
    )
    row.is_shown = row.is_shown and counted.offered and row.source == counted.source
    row.source, row.offered = counted.source, counted.offered
    row.save(update_fields=["source", "offered", "is_shown"])
    return row


@transaction.atomic
def show_tally(*, tally: OwnTally, today: date, by: User) -> OwnTally:
    """From now on everybody who may see who says it sees it too. Done twice, it is done once. Raises NotNow, TooFew, Overlaps."""
    # Two tallies of one organisation are never judged at the same time.
    organisation = Organisation.objects.select_for_update().get(pk=tally.support.organisation_id)
    current = OwnTally.objects.select_related("support__problem").get(pk=tally.pk)
    if current.is_shown:
        return current
    if not current.offered or current.support.problem.status not in ALIVE:
        raise NotNow
    if current.number < SMALLEST:
        raise TooFew
    for other in _shown_before(current, organisation):
        _compare(current, other)
    current.is_shown, current.shown_first = True, current.shown_first or today
    current.save(update_fields=["is_shown", "shown_first"])
    trail.record(verb="show_tally", target=_target(current), by=by)
    return current


@transaction.atomic
def hide_tally(*, tally: OwnTally, by: User) -> None:
    """Nobody outside sees it any more. That it was shown is remembered, as somebody may have written it down."""
    if OwnTally.objects.filter(pk=tally.pk, is_shown=True).update(is_shown=False):
        trail.record(verb="hide_tally", target=_target(tally), by=by)


@transaction.atomic
def remove_tally(*, tally: OwnTally, by: User) -> None:
    """It is gone. Raises NotNow for one that was ever shown: later ones are compared with it."""
    if OwnTally.objects.filter(pk=tally.pk, shown_first__isnull=False).exists():
        raise NotNow
    deleted, _rows = OwnTally.objects.filter(pk=tally.pk).delete()
    if deleted:
        trail.record(verb="remove_tally", target=_target(tally), by=by)


def _shown_before(tally: OwnTally, organisation: Organisation) -> list[OwnTally]:
    """Tallies of the organisation that were ever shown, of this problem or of one under the same topmost theme, and of a time that
    has a day in common with this one's."""
    rows = (
        OwnTally.objects.filter(support__organisation=organisation, unit=tally.unit, shown_first__isnull=False)
        .filter(since__lte=tally.until, until__gte=tally.since)
        .exclude(pk=tally.pk)
        .select_related("support__problem")
        .prefetch_related("support__problem__themes")
    )
    own = _tops(tally.support.problem)
    return [row for row in rows if row.support.problem_id == tally.support.problem_id or own & _tops(row.support.problem)]


def _tops(problem: Problem) -> set[str]:
    known = thesaurus.concepts()
    return {thesaurus.top_of(theme.concept) if theme.concept in known else theme.concept for theme in problem.themes.all()}


def _compare(tally: OwnTally, other: OwnTally) -> None:
    """Raises Overlaps, TooFew."""
    is_same_time = (tally.since, tally.until) == (other.since, other.until)
    if tally.support.problem_id == other.support.problem_id and not is_same_time:
        raise Overlaps
    if abs(tally.number - other.number) < SMALLEST:
        raise TooFew


def _target(tally: OwnTally) -> str:
    return f"problem:{tally.support.problem.code}"
