"""Fills the demonstration up to a number of appeals, in steps that are whole or not there; killed in between, it goes on."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, pairwise

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from kenesh.appeals.models import Appeal, Entry
from kenesh.casework import tallies
from kenesh.casework.models import Case
from kenesh.casework.search import indexing
from kenesh.casework.search.indexing import Subject
from kenesh.kernel import bulk, trail
from kenesh.kernel.codes import new_code
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation, Role, User
from kenesh.people.queries import current_epoch
from kenesh.site.demonstration import accounts
from kenesh.site.demonstration.crowd import sealing
from kenesh.site.demonstration.crowd.sealing import LINES, TABLES, Batch, Desk, Made
from kenesh.site.demonstration.organisations import CENTRES

BATCH = 500
STEP = 25_000  # appeals of one transaction
IN_FLIGHT = 12  # batches that are made and not stored yet
FEW = 2_000  # so many are made without processes of their own
BIG = "moscow"  # this office has as many as all others together
TELLINGS = 600
PAGES_IN_MEMORY = 1_500_000_000  # bytes at most, and never more than a quarter of the machine's memory

Tell = Callable[[int], None]
_MODELS = {model._meta.db_table: model for model in TABLES}


class NotADemonstration(Exception):
    """Accounts other than the demonstration's, or another password: nothing invented is mixed with what may be real."""


@dataclass(frozen=True)
class Grown:
    """What was done. `bytes`: by which the database grew; `total`: appeals that it holds now."""

    added: int
    total: int
    seconds: float
    bytes: int


def grow(total: int, *, tell: Tell = lambda added: None, processes: int | None = None, step: int = STEP) -> Grown:
    """Adds invented appeals until the demonstration holds `total`. `tell` is told of every batch. Raises NotADemonstration."""
    began, before, held = time.monotonic(), bulk.bytes_used(), Appeal.objects.count()
    desks, keyrings = _desks()
    if held >= total:
        return Grown(0, held, 0.0, 0)
    with transaction.atomic():
        numbers = {model._meta.db_table: bulk.reserve(model, (total - held) * _room(model)) for model in TABLES}
    batches = _batches(held, total, step, desks, numbers)
    workers = (os.cpu_count() or 1) if processes is None else processes
    sealing.know(_tellings(total))
    with _much_memory(), _making(batches, workers if total - held > FEW else 0) as made:
        for first in range(held, total, step):
            wanted = -(-min(step, total - first) // BATCH)
            with transaction.atomic():
                _store(islice(made, wanted), desks, keyrings, tell)
    bulk.look_at_sizes()
    return Grown(total - held, total, time.monotonic() - began, bulk.bytes_used() - before)


def _room(model: type[Model]) -> int:
    return LINES if model is Entry else 1


def _desks() -> tuple[list[Desk], dict[int, Keyring]]:
    """The offices of the demonstration, and for each the keys of a caseworker, opened with the password that everybody knows."""
    people = {part.email: part for part in accounts.PARTS}
    if set(User.objects.values_list("email", flat=True)) != set(people):
        raise NotADemonstration
    desks, keyrings = [], {}
    for centre in CENTRES:
        emails = [people_of.email for people_of in accounts.PARTS if people_of.key in accounts.caseworkers_of(centre.key)]
        users = {user.email: user for user in User.objects.filter(email__in=emails, is_active=True)}
        workers = [users[email] for email in emails if email in users]
        office = Organisation.objects.filter(roles__user=workers[0], roles__role=Role.CASEWORKER).get() if workers else None
        if office is None:
            raise NotADemonstration
        try:
            secret = sign_in.check(workers[0].email, accounts.PASSWORD).secret
        except (sign_in.WrongPassword, sign_in.LockedOut):
            raise NotADemonstration from None
        share = len(CENTRES) - 1 if centre.key == BIG else 1
        desks.append(Desk(office, current_epoch(office), workers, share))
        keyrings[office.pk] = Keyring(workers[0], secret)
    return desks, keyrings


def _batches(first: int, total: int, step: int, desks: Sequence[Desk], numbers: dict[str, int]) -> Iterator[Batch]:
    """Every step begins with a batch of its own."""
    taken = set(Appeal.objects.values_list("code", flat=True)) | set(Case.objects.values_list("code", flat=True))
    now, many = timezone.now(), _tellings(total)
    starts = [start for begin in range(first, total, step) for start in range(begin, min(begin + step, total), BATCH)]
    for start, end in pairwise([*starts, total]):
        codes = [_new_code(taken) for _ in range(2 * (end - start))]
        before = {table: number - first * _room(_MODELS[table]) for table, number in numbers.items()}
        yield Batch(start, end - start, total, now, desks, codes, before, many)


def _tellings(total: int) -> int:
    return min(TELLINGS, max(20, total // 20))


def _new_code(taken: set[str]) -> str:
    """One that nobody has: among a million, random codes meet."""
    while (code := new_code()) in taken:
        pass
    taken.add(code)
    return code


@contextmanager
def _making(batches: Iterator[Batch], processes: int) -> Iterator[Iterator[Made]]:
    """The batches in their order, made by so many processes, few of them ahead of what is stored."""
    if not processes:
        yield map(sealing.make, batches)
        return
    ahead = threading.Semaphore(IN_FLIGHT)

    def handed_out() -> Iterator[Batch]:
        for batch in batches:
            ahead.acquire()
            yield batch

    def taken(results: Iterator[Made]) -> Iterator[Made]:
        for made in results:
            ahead.release()
            yield made

    connection.close()  # the new processes talk to no database, and must not inherit this connection
    with multiprocessing.get_context("fork").Pool(processes, initializer=gc.disable) as pool:
        yield taken(pool.imap(sealing.make, handed_out()))


@contextmanager
def _much_memory() -> Iterator[None]:
    """SQLite keeps what it changes in memory instead of 2 MB of it: random numbers touch its indexes everywhere."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        usual = int(cursor.fetchone()[0])
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        cursor.execute(f"PRAGMA cache_size = -{min(PAGES_IN_MEMORY, memory // 4) // 1024}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {usual}")


def _store(several: Iterable[Made], desks: Sequence[Desk], keyrings: dict[int, Keyring], tell: Tell) -> None:
    """One step: rows, search index, trail, kept counts, in the caller's transaction."""
    subjects: dict[int, list[tuple[Subject, list[str]]]] = defaultdict(list)
    acts: dict[str, list[trail.Act]] = defaultdict(list)
    for made in several:
        for model in TABLES:
            if rows := made.rows.get(model._meta.db_table):
                bulk.store(model, rows)
        for office, found in made.subjects.items():
            subjects[office] += [(Subject(case, appeal), list(map(sys.intern, terms))) for case, appeal, terms in found]
        for chain, several_acts in made.acts.items():
            acts[chain] += several_acts
        tell(made.count)
    for desk in desks:
        key = keyrings[desk.office.pk].index_key(desk.epoch)
        indexing.build(index_key=key, epoch=desk.epoch, subjects=subjects[desk.office.pk])
    tallies.fold()
    for chain in sorted(acts):
        trail.record_many(acts[chain], chain=chain)
