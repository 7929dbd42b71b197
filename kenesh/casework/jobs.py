"""Resumable work on sealed content: slices of at most two seconds inside requests of an open session.

A kind of job is a function that does one slice and says whether all is done. Each slice is one transaction together with
the job's memory of how far it is: killed in between, it goes on where the last slice ended, and nothing is done twice.

    @kind("import", _("Import of a register"))
    def import_rows(run: Run) -> bool: ...
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from kenesh.casework.models import Job
from kenesh.kernel import trail, vault
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation

SECONDS_IN_REQUEST = 2.0
LEASE = timedelta(seconds=30)


class Elsewhere(Exception):
    """Another request (another tab) works on this job at this moment."""


@dataclass
class Run:
    """One slice's view of its job. `memory` is kept between slices; `result` becomes the finished file."""

    job: Job
    keyring: Keyring
    office: Organisation
    memory: dict[str, Any] = field(repr=False)
    _key: bytes = field(repr=False)
    result: bytes | None = field(default=None, repr=False)

    def input(self) -> bytes:
        """What was given to the job as a file. Raises ValueError when there was none."""
        if self.job.sealed_input is None:
            raise ValueError("this job was given no file")
        return vault.open_sealed(self._key, bytes(self.job.sealed_input), _place(self.job, "sealed_input"))

    def progress(self, done: int, total: int) -> None:
        self.job.done, self.job.total = done, total


Slice = Callable[[Run], bool]
Undo = Callable[[Run], bool]


@dataclass(frozen=True)
class Kind:
    """What a job of this kind is called, does in one slice (True: all done), and how it is undone, slice by slice."""

    label: str | Promise
    work: Slice
    undo: Undo | None
    file_name: str  # of the result, with its ending
    page: str  # name of the address that shows more about the job, "" for none


KINDS: dict[str, Kind] = {}


def kind(
    name: str, label: str | Promise, *, undo: Undo | None = None, file_name: str = "", page: str = ""
) -> Callable[[Slice], Slice]:
    """Registers the function that does the slices of a kind of job."""

    def register(work: Slice) -> Slice:
        KINDS[name] = Kind(label, work, undo, file_name, page)
        return work

    return register


def start(
    *,
    keyring: Keyring,
    office: Organisation,
    kind: str,
    memory: dict[str, Any],
    request_key: uuid.UUID,
    total: int = 0,
    file: bytes | None = None,
) -> Job:
    """A new job of this account; the same form sent twice starts one."""
    known = Job.objects.filter(request_key=request_key, owner=keyring.user).first()
    if known is not None:
        return known
    key = vault.new_key()
    job = Job(kind=kind, office=office, owner=keyring.user, total=total, request_key=request_key)
    job.sealed_key = vault.seal_to(bytes(keyring.user.public_key), key, _place(job, "sealed_key"))
    job.sealed_memory = vault.seal(key, json.dumps(memory).encode(), _place(job, "sealed_memory"))
    if file is not None:
        job.sealed_input = vault.seal(key, file, _place(job, "sealed_input"))
    with transaction.atomic():
        job.save()
        trail.record(verb=f"start_{kind}", target=f"job:{job.uid.hex}", by=keyring.user, chain=office.chain)
    return job


def memory_of(job: Job, keyring: Keyring) -> dict[str, Any]:
    """What the job remembers. Raises vault.Tampered."""
    memory: dict[str, Any] = json.loads(
        vault.open_sealed(_key(job, keyring), bytes(job.sealed_memory), _place(job, "sealed_memory"))
    )
    return memory


def result_of(job: Job, keyring: Keyring) -> bytes | None:
    """The finished file, or None."""
    if job.sealed_result is None:
        return None
    return vault.open_sealed(_key(job, keyring), bytes(job.sealed_result), _place(job, "sealed_result"))


def go_on(*, keyring: Keyring, job: Job, seconds: float = SECONDS_IN_REQUEST) -> Job:
    """Does slices until the time is over or all is done. Raises Elsewhere; a stopped or finished job stays as it is."""
    return _slices(keyring, job, seconds, (Job.State.RUNNING,), KINDS[job.kind].work, Job.State.DONE)


def undo(*, keyring: Keyring, job: Job, seconds: float = SECONDS_IN_REQUEST) -> Job:
    """Takes back, slice by slice, what the job did; True in its memory's "undone" while under way. Raises Elsewhere."""
    back = KINDS[job.kind].undo
    if back is None:
        raise ValueError(f"a job of kind {job.kind} cannot be undone")
    return _slices(keyring, job, seconds, (Job.State.DONE, Job.State.STOPPED), back, Job.State.UNDONE)


def _slices(keyring: Keyring, job: Job, seconds: float, states: tuple[Job.State, ...], work: Slice, end: Job.State) -> Job:
    _lease(job)
    until = time.monotonic() + seconds
    try:
        while job.state in states and time.monotonic() < until:
            _one(keyring, job, work, end)
    finally:
        Job.objects.filter(pk=job.pk).update(leased_until=None)
    job.leased_until = None
    return job


def _lease(job: Job) -> None:
    now = timezone.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    if not Job.objects.filter(free, pk=job.pk).update(leased_until=now + LEASE):
        raise Elsewhere
    job.refresh_from_db()


def _one(keyring: Keyring, job: Job, work: Slice, end: Job.State) -> None:
    key = _key(job, keyring)
    run = Run(job, keyring, job.office, memory_of(job, keyring), key)
    with transaction.atomic():
        finished = work(run)
        job.version += 1
        job.sealed_memory = vault.seal(key, json.dumps(run.memory).encode(), _place(job, "sealed_memory"))
        if run.result is not None:
            job.sealed_result = vault.seal(key, run.result, _place(job, "sealed_result"))
        if finished:
            job.state = end
        job.save()
        if finished:
            trail.record(verb=f"{end}_{job.kind}", target=f"job:{job.uid.hex}", by=keyring.user, chain=job.office.chain)


def stop(*, job: Job, by: Keyring) -> None:
    """Ends the work where it is; what was done stays, and can be undone where the kind allows it."""
    _switch(job, Job.State.RUNNING, Job.State.STOPPED, by)


def resume(*, job: Job, by: Keyring) -> None:
    _switch(job, Job.State.STOPPED, Job.State.RUNNING, by)


def _switch(job: Job, before: Job.State, after: Job.State, by: Keyring) -> None:
    with transaction.atomic():
        if Job.objects.filter(pk=job.pk, state=before).update(state=after):
            trail.record(verb=f"{after}_{job.kind}", target=f"job:{job.uid.hex}", by=by.user, chain=job.office.chain)
    job.refresh_from_db()


def forget(*, job: Job, by: Keyring) -> None:
    """Deletes the job with its key, its input and its result; what it did stays."""
    with transaction.atomic():
        name, chain = f"job:{job.uid.hex}", job.office.chain
        job.delete()
        trail.record(verb="forget_job", target=name, by=by.user, chain=chain)


def _key(job: Job, keyring: Keyring) -> bytes:
    return vault.open_from(keyring.secret, bytes(job.sealed_key), _place(job, "sealed_key"))


def _place(job: Job, column: str) -> vault.Place:
    return vault.Place("casework_job", column, job.uid.hex)
