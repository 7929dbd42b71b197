"""What is new goes into the index: from a list that needs no key, in small slices inside the requests of open sessions."""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Q

from kenesh.appeals.models import Appeal
from kenesh.casework.models import Case, Handle, IndexState, ToIndex
from kenesh.casework.search.contents import Contents, contents_of
from kenesh.casework.search.multimap import Multimap
from kenesh.casework.search.subjects import terms_of
from kenesh.kernel import bulk, inserting, reading, vault
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.models import Organisation, OrganisationEpoch

SLICE = 25
MOST_TERMS = 1200  # of one case: a slice stays a slice
MOVED_AT_ONCE = 100
DELETED_AT_ONCE = 1000
BUILT_AT_ONCE = 100_000


@dataclass(frozen=True)
class Subject:
    """A case or an appeal that nobody has taken up, by its number in the database; one of the two is 0."""

    case_id: int = 0
    appeal_id: int = 0


@dataclass
class OpenIndex:
    """An office's index under one epoch's key."""

    state: IndexState
    key: bytes
    map: Multimap


def open_index(keyring: Keyring, epoch: OrganisationEpoch, state: IndexState | None = None) -> OpenIndex:
    """Raises KeyMissing."""
    return with_key(keyring.index_key(epoch), epoch, state)


def with_key(key: bytes, epoch: OrganisationEpoch, state: IndexState | None = None) -> OpenIndex:
    found = state or IndexState.objects.get_or_create(organisation_epoch=epoch)[0]
    return OpenIndex(found, key, Multimap(key, found.pk))


def open_indexes(keyring: Keyring, office: Organisation) -> list[OpenIndex]:
    """The newest epoch's index first, then those whose contents still move into it. Raises KeyMissing for who holds no key."""
    epochs, states = _epochs_and_states([office])
    if not epochs:
        raise KeyMissing
    newest = [open_index(keyring, epochs[0], states.get(epochs[0].pk))]
    return newest + [open_index(keyring, epoch, states[epoch.pk]) for epoch in epochs[1:] if epoch.pk in states]


# --- the list of what is new ------------------------------------------------------------------------------------------


def put_new_appeal(appeal: Appeal) -> None:
    """Notes, inside the caller's transaction, that an appeal has just been filed."""
    _put(ToIndex(office_id=appeal.office_id, appeal_id=appeal.pk), "appeal")


def put_appeal(appeal: Appeal) -> None:
    """Notes, inside the caller's transaction, that an appeal is new or changed, or the cases that were opened from it."""
    cases = list(Case.objects.filter(appeals=appeal).values_list("pk", "office_id"))
    for pk, office_id in cases:
        _put(ToIndex(office_id=office_id, case_id=pk), "case")
    if not cases:
        _put(ToIndex(office_id=appeal.office_id, appeal_id=appeal.pk), "appeal")


def put_case(case: Case) -> None:
    """Notes, inside the caller's transaction, that a case is new or changed."""
    _put(ToIndex(office_id=case.office_id, case_id=case.pk), "case")


def _put(row: ToIndex, unique: str) -> None:
    inserting.insert(row, once=unique, changes=("stamp", "office"))


def waiting(offices: Iterable[Organisation]) -> int:
    """How many cases and appeals cannot be found yet; counts to a thousand at most."""
    return ToIndex.objects.filter(office__in=list(offices))[:1000].count()


# --- working it off ---------------------------------------------------------------------------------------------------


def work_off(keyring: Keyring, offices: Iterable[Organisation], *, budget_ms: int = 300) -> int:
    """Indexes what waits, slice by slice, until all is done or the time is over; gives how many still wait.

    Offices whose key this session does not hold are left alone. Killed in between, nothing is lost: each slice is one
    transaction, and what is not yet indexed stays on the list.
    """
    several = list(offices)
    until = time.monotonic() + budget_ms / 1000
    epochs, states = _epochs_and_states(several)
    newest = {epoch.organisation_id: epoch.pk for epoch in reversed(epochs)}
    moving = {epoch.organisation_id for epoch in epochs if epoch.pk in states and epoch.pk != newest[epoch.organisation_id]}
    listed = set(ToIndex.objects.filter(office__in=several).values_list("office", flat=True).distinct())
    for office in several:
        if budget_ms > 0 and office.pk in moving | listed:
            _work_off_one(keyring, office, until)
    return waiting(several) if listed | moving else 0


def _epochs_and_states(offices: Iterable[Organisation]) -> tuple[list[OrganisationEpoch], dict[int, IndexState]]:
    """The epochs of these offices, newest first, and by their ids the states of their indexes."""
    epochs = reading.rows_of(OrganisationEpoch, "organisation_id", [office.pk for office in offices], order="number DESC")
    states = reading.rows_of(IndexState, "organisation_epoch_id", [epoch.pk for epoch in epochs])
    return epochs, {state.organisation_epoch_id: state for state in states}


def _work_off_one(keyring: Keyring, office: Organisation, until: float) -> None:
    try:
        indexes = open_indexes(keyring, office)
    except KeyMissing:
        return
    while _slice(keyring, office, indexes[0]) and time.monotonic() < until:
        pass
    for old in indexes[1:]:
        if time.monotonic() < until:
            _migrate(office, old)


def _slice(keyring: Keyring, office: Organisation, index: OpenIndex) -> bool:
    """Indexes the oldest of the list; False when it was empty."""
    rows = list(ToIndex.objects.filter(office=office).select_related("case__office", "appeal__office").order_by("id")[:SLICE])
    if not rows:
        return False
    opened = contents_of([row.case for row in rows if row.case], [row.appeal for row in rows if row.appeal], keyring)
    terms = {_subject_of(contents): terms_of(contents)[:MOST_TERMS] for contents in opened}
    with transaction.atomic():
        _lock(rows)
        state = IndexState.objects.select_for_update().get(pk=index.state.pk)
        left = set(ToIndex.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        mine = [row for row in rows if row.pk in left]  # the others were indexed by a colleague's session meanwhile
        subjects = [Subject(row.case_id or 0, row.appeal_id or 0) for row in mine]
        _forget(subjects)
        add(OpenIndex(state, index.key, index.map), [(each, terms[each]) for each in subjects if terms.get(each)])
        done = Q(pk__in=[])
        for row in mine:
            done |= Q(pk=row.pk, stamp=row.stamp)  # what has changed since it was read stays on the list
        ToIndex.objects.filter(done).delete()
    return True


def _lock(rows: Sequence[ToIndex]) -> None:
    """Appeals, then cases, as everywhere: who destroys one of them at this moment is waited for."""
    for model, wanted in ((Appeal, [row.appeal_id for row in rows]), (Case, [row.case_id for row in rows])):
        list(model._default_manager.filter(pk__in=wanted).select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _subject_of(contents: Contents) -> Subject:
    return Subject(contents.case.pk if contents.case else 0, contents.appeal.pk if contents.appeal else 0)


def _forget(subjects: Sequence[Subject]) -> None:
    """Old handles of these, and those of appeals that have become cases."""
    cases = [subject.case_id for subject in subjects if subject.case_id]
    taken_up = list(Case.appeals.through._default_manager.filter(case_id__in=cases).values_list("appeal_id", flat=True))
    appeals = [subject.appeal_id for subject in subjects if subject.appeal_id]
    Handle.objects.filter(Q(case__in=cases) | Q(appeal__in=[*appeals, *taken_up])).delete()


def add(index: OpenIndex, subjects: Sequence[tuple[Subject, Iterable[str]]], *, fresh: bool = False) -> None:
    """Numbers, handles and postings of subjects that have no handle; under the lock of the index."""
    if not subjects:
        return
    number = _counter(index)
    handles: list[bulk.Row] = []
    postings: dict[str, array[int]] = {}
    for subject, terms in subjects:
        handle = index.map.handle(number)
        handles.append((handle, index.state.pk, subject.case_id or None, subject.appeal_id or None))
        for term in dict.fromkeys(terms):
            if term in postings:
                postings[term].append(number)
            else:
                postings[term] = array("I", (number,))
        number += 1
    bulk.store(Handle, handles, ("id", "state", "case", "appeal"))
    index.map.insert(postings, fresh=fresh)
    _save_counter(index, number)


def _counter(index: OpenIndex) -> int:
    """The number that comes next. Raises vault.Tampered."""
    if index.state.sealed_counter is None:
        return 1
    plain = vault.open_sealed(vault.B(index.key, "counter"), bytes(index.state.sealed_counter), _place_of_counter(index.state))
    return int.from_bytes(plain, "big")


def _save_counter(index: OpenIndex, number: int) -> None:
    index.state.version += 1
    sealed = vault.seal(vault.B(index.key, "counter"), number.to_bytes(8, "big"), _place_of_counter(index.state))
    index.state.sealed_counter = sealed
    index.state.save(update_fields=["version", "sealed_counter"])


def _place_of_counter(state: IndexState) -> vault.Place:
    return vault.Place("casework_indexstate", "sealed_counter", f"{state.pk:x}", version=state.version)


def _migrate(office: Organisation, old: OpenIndex) -> None:
    """Moves a slice of an earlier epoch's cases to the list of what is new; when none is left, deletes its entries."""
    with transaction.atomic():
        IndexState.objects.select_for_update().get(pk=old.state.pk)
        if ToIndex.objects.filter(office=office).exists():
            return  # those of the last slice come first
        handles = Handle.objects.filter(state=old.state).order_by("appeal_id", "case_id")[:MOVED_AT_ONCE]
        rows = [ToIndex(office=office, case_id=handle.case_id, appeal_id=handle.appeal_id) for handle in handles]
        ToIndex.objects.bulk_create(rows, ignore_conflicts=True)
        if not rows and old.map.delete_some(DELETED_AT_ONCE):
            IndexState.objects.filter(pk=old.state.pk).delete()


# --- in bulk ----------------------------------------------------------------------------------------------------------


def build(
    *, index_key: bytes, epoch: OrganisationEpoch, subjects: Iterable[tuple[Subject, Iterable[str]]], at_once: int = BUILT_AT_ONCE
) -> int:
    """Indexes many that are not in the index yet, oldest first; gives how many.

    `index_key`: `Keyring.index_key(epoch)`. Postings are gathered by term for `at_once` subjects, then written: memory
    holds those, and common terms are rewritten once for each gathering. Each gathering is a transaction of its own.
    """
    everything = iter(subjects)
    count = 0
    while some := list(islice(everything, at_once)):
        with transaction.atomic():
            index = with_key(index_key, epoch)
            locked = IndexState.objects.select_for_update().get(pk=index.state.pk)
            add(OpenIndex(locked, index.key, index.map), some, fresh=locked.sealed_counter is None)
        count += len(some)
    return count
