"""The queue: its filters, its pages out of an index, its kept counts, and who is there besides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404
from django.utils import timezone

from kenesh.appeals import keyset
from kenesh.appeals import queries as appeals
from kenesh.appeals.keyset import QueuePlace
from kenesh.appeals.models import UNOPENED, Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework import kept, tallies
from kenesh.casework.models import NO_DEADLINE, OPEN, Case, Presence, Status, Swept, Tally, Undo, View, WaitsFor
from kenesh.kernel import pace, reading
from kenesh.kernel.codes import is_code
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import Organisation, Role, User
from kenesh.people.rules import organisations_as

Row = TypeVar("Row", Appeal, Case)
PAGE = 30
TABS = ("new", "open", "mine", "closed", "swept")
CAP = 1000  # deadlines and days are counted in the index, no further than this
BOARD = 100
MOST_VIEWS = 12
IDLE = timedelta(minutes=2)
FLOOD_AT_LEAST, FLOOD_TIMES = 30, 5  # filings in an hour, and how many times the usual


@dataclass(frozen=True)
class Filter:
    """What the queue shows. Codes only; "" means all."""

    tab: str = "new"
    office: str = ""
    theme: str = ""
    origin: str = ""
    destination: str = ""
    waits: str = ""  # a status of a case, or whom it waits for
    assignee: str = ""  # "me", "nobody", or the uid of an account
    deadline: str = ""  # late, today, week or none
    since: str = ""  # a day, ISO 8601
    tag: str = ""  # one of the office's own words; looked up in the encrypted index (casework.tagged)

    @classmethod
    def of(cls, body: dict[str, Any]) -> Filter:
        """Out of what was sealed; names that we do not know are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: str(value) for name, value in body.items() if name in known})

    def body(self) -> dict[str, str]:
        return asdict(self)

    @property
    def narrowed(self) -> bool:
        return self != Filter(tab=self.tab)


@dataclass
class Desk:
    """Somebody's place of work: the offices whose queue it is, and the colleagues there."""

    user: User
    offices: list[Organisation]
    colleagues: list[User]
    today: date

    def office_ids(self, code: str = "") -> list[int]:
        return [office.pk for office in self.offices if code in ("", office.code)]

    def assignee_id(self, name: str) -> int:
        """The id of "me" or of a colleague; 0 for nobody, and for somebody who is not there."""
        if name == "me":
            return self.user.pk
        return next((one.pk for one in self.colleagues if one.uid.hex == name), 0)


def desk_of(user: User) -> Desk:
    ids = organisations_as(user, Role.CASEWORKER)
    offices = list(Organisation.objects.filter(pk__in=ids).order_by("pk"))
    held = Q(roles__organisation__in=ids, roles__role=Role.CASEWORKER)
    colleagues = list(User.objects.filter(held, is_active=True).distinct().order_by("name", "pk"))
    return Desk(user, offices, colleagues, timezone.localdate())


# --- pages ------------------------------------------------------------------------------------------------------------


def _days(chosen: Filter, today: date) -> dict[str, Any]:
    days: dict[str, dict[str, Any]] = {
        "late": {"due_on__lt": today},
        "today": {"due_on": today},
        "week": {"due_on__gte": today, "due_on__lte": today + timedelta(days=7)},
        "none": {"due_on": NO_DEADLINE},
    }
    return days.get(chosen.deadline, {})


def _named(chosen: Filter) -> dict[str, Any]:
    return {name: value for name in ("theme", "origin", "destination") if (value := getattr(chosen, name))}


def _whom(chosen: Filter) -> bool:
    """Whether it asks for those who wait for somebody by name; a closed case waits for nobody."""
    return chosen.tab != "closed" and chosen.waits in WaitsFor


def _of_cases(desk: Desk, chosen: Filter) -> dict[str, Any]:
    narrowed = {**_named(chosen), **_days(chosen, desk.today)}
    if chosen.tab == "mine":
        narrowed["assignee"] = desk.user.pk
    elif chosen.assignee:
        narrowed["assignee"] = desk.assignee_id(chosen.assignee) or None
    if chosen.since:
        narrowed["opened_on__gte"] = chosen.since
    if _whom(chosen):
        narrowed["waits_for"] = chosen.waits
    return narrowed


def _of_appeals(desk: Desk, chosen: Filter) -> dict[str, Any]:
    narrowed = {**_named(chosen), **_days(chosen, desk.today)}
    if chosen.since:
        # No deadline of a new appeal lies before its arrival: the second condition bounds what is read of the index.
        narrowed |= (
            {"arrived_on__gte": chosen.since, "due_on__gte": chosen.since}
            if "due_on" not in narrowed
            else {"arrived_on__gte": chosen.since}
        )
    return narrowed


def _statuses(chosen: Filter) -> tuple[Status, ...]:
    if chosen.tab == "closed":
        return (Status.CLOSED,)
    if _whom(chosen):
        return (Status.OTHERS,)
    return tuple(status for status in OPEN if chosen.waits in ("", status))


def ranges(desk: Desk, chosen: Filter) -> list[keyset.Range]:
    """The list as ranges of indexes: urgent first, then by deadline."""
    if chosen.tab == "new":
        return appeals.unopened_ranges(desk.office_ids(chosen.office), _of_appeals(desk, chosen))
    narrowed = _of_cases(desk, chosen)
    return [
        (0 if urgent else 1, Case.objects.filter(office_id=office, status=status, urgent__in=(urgent,), **narrowed))
        for office in desk.office_ids(chosen.office)
        for status in _statuses(chosen)
        for urgent in (True, False)
    ]


def page_of(desk: Desk, chosen: Filter, *, after: QueuePlace | None = None, limit: int = PAGE) -> list[Any]:
    """Appeals or cases; one row more than `limit` when there are more. Nothing is decrypted."""
    ids = keyset.first_ids(ranges(desk, chosen), after=after, limit=limit + 1)
    return _rows(desk, Appeal, ids) if chosen.tab == "new" else _cases(desk, ids)


def _rows(desk: Desk, model: type[Row], ids: list[int]) -> list[Row]:
    """These rows in this order. The offices are at hand: joined to each row, they cost more than the rows themselves."""
    by_id = {row.pk: row for row in reading.rows_of(model, "id", ids)}
    offices = {office.pk: office for office in desk.offices}
    for row in by_id.values():
        row.office = offices[row.office_id]
    return [by_id[pk] for pk in ids if pk in by_id]


def _cases(desk: Desk, ids: list[int]) -> list[Case]:
    """These cases in this order, with their assignees: mostly colleagues, who are at hand too."""
    cases = _rows(desk, Case, ids)
    known = {colleague.pk: colleague for colleague in desk.colleagues}
    assigned = {case.assignee_id for case in cases if case.assignee_id}
    known |= {user.pk: user for user in reading.rows_of(User, "id", sorted(assigned - known.keys()))}  # who works here no longer
    for case in cases:
        case.assignee = known.get(case.assignee_id or 0)
    return cases


def fitting_cases(desk: Desk, chosen: Filter, ids: list[int]) -> list[Case]:
    """Those of these cases that the filter shows."""
    offices = desk.office_ids(chosen.office)
    rows = Case.objects.filter(pk__in=ids, office_id__in=offices, status__in=_statuses(chosen), **_of_cases(desk, chosen))
    return list(rows.select_related("office", "assignee"))


def place_of(row: Appeal | Case) -> QueuePlace:
    """Where a row of the queue stands."""
    if isinstance(row, Appeal):
        return appeals.place_of(row)
    return QueuePlace(0 if row.urgent else 1, row.due_on, row.pk)


def swept_of(desk: Desk, *, after: QueuePlace | None = None, limit: int = PAGE) -> list[Swept]:
    """Swept appeals, those that are destroyed first at the top; one row more than `limit` when there are more."""
    parts: list[QuerySet[Swept]] = []
    for office in desk.office_ids():
        rows = Swept.objects.filter(office_id=office)
        split = (
            [rows]
            if after is None
            else [rows.filter(swept_on=after.due_on, id__gt=after.id), rows.filter(swept_on__gt=after.due_on)]
        )
        parts += [part.order_by("swept_on", "id") for part in split]
    found = sorted(row for part in parts for row in part.values_list("swept_on", "id")[: limit + 1])
    return keyset.in_order(Swept.objects.select_related("appeal", "appeal__office"), [pk for _, pk in found[: limit + 1]])


@dataclass(frozen=True)
class UrgentRows:
    """New appeals of people in danger, and cases in which something runs in hours. `more`: the board cannot hold all."""

    new: list[Appeal]
    cases: list[Case]
    more: bool


def urgent_of(desk: Desk) -> UrgentRows:
    """At most `BOARD` new appeals, `BOARD` cases whose day has not passed, the nearest first, and `BOARD` whose day has passed,
    the latest first: what passed long ago crowds out nothing that can still be stopped. Hours are sealed; the day of the
    nearest one stands in the clear."""
    new = [(urgency, rows) for urgency, rows in appeals.unopened_ranges(desk.office_ids()) if urgency == 0]
    ids = keyset.first_ids(new, after=None, limit=BOARD + 1)
    urgent = [rows for urgency, rows in ranges(desk, Filter(tab="open")) if urgency == 0]
    ahead = keyset.first_ids([(0, rows.filter(due_on__gte=desk.today)) for rows in urgent], after=None, limit=BOARD + 1)
    parts = [rows.filter(due_on__lt=desk.today).order_by("-due_on", "-id").values_list("due_on", "id") for rows in urgent]
    passed = [pk for _, pk in sorted((row for part in parts for row in part[: BOARD + 1]), reverse=True)]
    more = max(len(ids), len(ahead), len(passed)) > BOARD
    return UrgentRows(_rows(desk, Appeal, ids[:BOARD]), _cases(desk, [*ahead[:BOARD], *passed[:BOARD]]), more)


# --- counts -----------------------------------------------------------------------------------------------------------


def ticked_rows(desk: Desk, ticked: Iterable[str]) -> tuple[list[Appeal], list[Case]]:
    """The rows behind the ticks of a form ("a:" or "c:" and a code), as far as they lie with one's offices."""
    codes: dict[str, list[str]] = {"a": [], "c": []}
    for tick in ticked:
        kind, _, code = tick.partition(":")
        if is_code(code):
            codes.get(kind, []).append(code)
    offices = desk.office_ids()
    new = Appeal.objects.filter(office_id__in=offices, code__in=codes["a"]).select_related("office").order_by("id")
    cases = Case.objects.filter(office_id__in=offices, code__in=codes["c"]).select_related("office").order_by("id")
    return list(new), list(cases)


def queue_counts(user: User) -> dict[str, int]:
    """How many rows each tab of the queue has; `urgent` of the new ones, `late` of one's own. Their cost does not grow."""
    offices = organisations_as(user, Role.CASEWORKER)
    cells = Tally.objects.filter(office_id__in=offices, grain__in=(Tally.DELTA, Tally.COARSE))
    named = cells.values_list("grain", "what", "status", "caseworker").annotate(Count("id"), Sum("number")).order_by()
    counts = dict.fromkeys(("new", "urgent", "open", "mine", "closed"), 0)
    deltas = 0
    for grain, what, status, caseworker, rows, number in named:
        deltas += rows if grain == Tally.DELTA else 0
        for name in _counted_as(what, status, mine=caseworker == user.pk):
            counts[name] += number
    if deltas > tallies.FOLD_AT:
        tallies.fold()
    late = Case.objects.filter(
        assignee=user, office_id__in=offices, status__in=OPEN, urgent__in=(True, False), due_on__lt=timezone.localdate()
    )
    return {**counts, "late": late[:CAP].count()}


def _counted_as(what: str, status: str, *, mine: bool) -> list[str]:
    """Under which of the counts a cell falls."""
    if what == "appeal":
        return [*(["new"] if status in UNOPENED else []), *(["urgent"] if status == AppealStatus.URGENT else [])]
    if status in OPEN:
        return ["open", "mine"] if mine else ["open"]
    return ["closed"] if status == Status.CLOSED else []


def _summed(offices: Iterable[int], sums: dict[str, Q]) -> dict[str, int]:
    rows = Tally.objects.filter(office_id__in=offices, grain__in=(Tally.DELTA, Tally.FINE))
    asked = {name: Sum("number", filter=condition) for name, condition in sums.items()}
    found = rows.aggregate(deltas=Count("id", filter=Q(grain=Tally.DELTA)), **asked)
    if found.pop("deltas") > tallies.FOLD_AT:
        tallies.fold()
    return {name: value or 0 for name, value in found.items()}


def view_counts(desk: Desk, chosen: Sequence[Filter]) -> list[int]:
    """How many rows each filter has, `CAP` for so many or more. Kept counts, but for deadlines, days and whom we wait for."""
    cells = {str(place): _cell(desk, one) for place, one in enumerate(chosen) if not (one.deadline or one.since or _whom(one))}
    summed = _summed(desk.office_ids(), cells) if cells else {}
    return [summed[str(place)] if str(place) in summed else _capped(desk, one) for place, one in enumerate(chosen)]


def _cell(desk: Desk, chosen: Filter) -> Q:
    cell = Q(office_id__in=desk.office_ids(chosen.office), **_named(chosen))
    if chosen.tab == "new":
        return cell & Q(what="appeal", status__in=UNOPENED)
    cell &= Q(what="case", status__in=_statuses(chosen))
    if chosen.tab == "mine":
        return cell & Q(caseworker=desk.user.pk)
    return cell & Q(caseworker=desk.assignee_id(chosen.assignee)) if chosen.assignee else cell


def _capped(desk: Desk, chosen: Filter) -> int:
    offices = desk.office_ids(chosen.office)
    if chosen.tab == "new":
        return Appeal.objects.filter(office_id__in=offices, status__in=UNOPENED, **_of_appeals(desk, chosen))[:CAP].count()
    rows = Case.objects.filter(
        office_id__in=offices, status__in=_statuses(chosen), urgent__in=(True, False), **_of_cases(desk, chosen)
    )
    return rows[:CAP].count()


def swept_count(desk: Desk) -> int:
    return Swept.objects.filter(office_id__in=desk.office_ids())[:CAP].count()


# --- saved views, undo ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SavedView:
    """A view with its content opened."""

    row: View
    name: str
    filter: Filter

    @property
    def shared(self) -> bool:
        return self.row.office_epoch_id is not None


def _views(desk: Desk) -> QuerySet[View]:
    """One's own, and what colleagues share with one's offices."""
    shared = Q(office_epoch__organisation__in=desk.office_ids())
    return View.objects.filter(Q(user=desk.user, office_epoch=None) | shared).select_related("office_epoch", "user")


def saved_views(desk: Desk, keyring: Keyring) -> list[SavedView]:
    """The newest ones that this session can open, oldest first."""
    rows = _views(desk).filter(expires_at=None).order_by("-id")[:MOST_VIEWS]
    found = [one for row in rows if (one := _opened(row, keyring)) is not None]
    return found[::-1]


def _opened(row: View, keyring: Keyring) -> SavedView | None:
    try:
        body = kept.read(row, keyring)
    except KeyMissing:
        return None
    return SavedView(row, str(body.get("name", "")), Filter.of(body["filter"]))


def view_behind(desk: Desk, keyring: Keyring, uid: str) -> SavedView | None:
    """The view of this address; None when it is another's, over, or no address at all."""
    try:
        row = _views(desk).filter(uid=UUID(uid)).filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now())).first()
    except ValueError:
        return None
    return None if row is None else _opened(row, keyring)


def view_to_forget(user: User, code: str) -> View:
    """One's own saved view. Raises Http404."""
    row = View.objects.filter(user=user, code=code, expires_at=None).first()
    if row is None:
        raise Http404
    return row


def undo_of(user: User, uid: UUID) -> Undo | None:
    """One's own, as long as it can be done."""
    return Undo.objects.filter(user=user, uid=uid, expires_at__gt=timezone.now()).first()


# --- who is there, and how much arrives ------------------------------------------------------------------------------------


def present_at(cases: Iterable[int], *, but: User) -> dict[int, list[Presence]]:
    """Case id → colleagues who have it open now."""
    found: dict[int, list[Presence]] = {}
    rows = Presence.objects.filter(case_id__in=list(cases), seen_at__gt=timezone.now() - IDLE).exclude(user=but)
    for row in rows.select_related("user").order_by("since"):
        found.setdefault(row.case_id, []).append(row)
    return found


def flood() -> int:
    """Appeals of this hour and the one before when they are far more than usual, else 0. Of the whole node; kept in memory alone."""
    numbers = pace.by_hour()
    lately, usual = sum(numbers[:2]), 2 * sum(numbers[2:]) / len(numbers[2:])
    return lately if lately >= FLOOD_AT_LEAST and lately >= FLOOD_TIMES * usual else 0
