"""Long work in slices: it goes on where it ended, once, for its owner alone."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kenesh.casework import jobs
from kenesh.casework.models import Job
from kenesh.cast import PASSWORD
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring

pytestmark = pytest.mark.django_db


@pytest.fixture
def counting() -> Iterator[list[int]]:
    """A kind of job that counts to its total, three a slice; the list is what it did."""
    did: list[int] = []

    def work(run: jobs.Run) -> bool:
        at = run.memory["at"]
        for number in range(at, min(at + 3, run.job.total)):
            if number == run.memory.get("breaks_at"):
                raise RuntimeError("the power went")
            did.append(number)
        run.memory["at"] = min(at + 3, run.job.total)
        run.progress(run.memory["at"], run.job.total)
        if run.memory["at"] == run.job.total:
            run.result = b"counted: " + run.input()
            return True
        return False

    def back(run: jobs.Run) -> bool:
        if did:
            did.pop()
        return not did

    jobs.kind("counting", "Counting", undo=back, file_name="count.csv")(work)
    yield did
    del jobs.KINDS["counting"]


@pytest.fixture
def keyring(aigul: Any) -> Keyring:
    return Keyring(aigul, sign_in.check(aigul.email, PASSWORD).secret)


def begin(keyring: Keyring, office: Any, **memory: Any) -> Job:
    return jobs.start(
        keyring=keyring,
        office=office,
        kind="counting",
        memory={"at": 0, **memory},
        total=8,
        file=b"a secret register",
        request_key=uuid.uuid4(),
    )


def test_work_goes_on_slice_by_slice_and_gives_its_file_to_its_owner(
    counting: list[int], keyring: Keyring, aigul: Any, office: Any, signed_in: Callable[..., Any]
) -> None:
    job = begin(keyring, office)
    jobs.go_on(keyring=keyring, job=job, seconds=0)
    client = signed_in(aigul)
    client.post(f"/work/jobs/{job.code}/", {"do": "go_on"})
    job.refresh_from_db()
    assert (job.state, job.done, counting) == (Job.State.DONE, 8, list(range(8)))
    answer = client.post(f"/work/jobs/{job.code}/file/")
    assert answer.content == b"counted: a secret register"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="count.csv"'


def test_a_slice_that_breaks_leaves_no_trace_of_itself(counting: list[int], keyring: Keyring, office: Any) -> None:
    job = begin(keyring, office, breaks_at=4)
    with pytest.raises(RuntimeError):
        jobs.go_on(keyring=keyring, job=job)
    job.refresh_from_db()
    assert (job.done, jobs.memory_of(job, keyring)["at"], job.leased_until) == (3, 3, None)


def test_two_windows_do_not_work_on_one_job_at_once(counting: list[int], keyring: Keyring, office: Any) -> None:
    job = begin(keyring, office)
    jobs._lease(job)
    with pytest.raises(jobs.Elsewhere):
        jobs.go_on(keyring=keyring, job=Job.objects.get(pk=job.pk))
    assert counting == []


def test_stopped_work_can_be_resumed_or_undone(
    counting: list[int], keyring: Keyring, aigul: Any, office: Any, signed_in: Callable[..., Any]
) -> None:
    job = begin(keyring, office)
    client = signed_in(aigul)
    address = f"/work/jobs/{job.code}/"
    for wish, state in (("stop", "stopped"), ("go_on", "stopped"), ("resume", "running"), ("go_on", "done"), ("undo", "undone")):
        client.post(address, {"do": wish})
        job.refresh_from_db()
        assert job.state == state
    assert counting == []
    client.post(address, {"do": "forget"})
    assert not Job.objects.exists()


def test_the_register_and_how_far_it_is_are_sealed(counting: list[int], keyring: Keyring, office: Any) -> None:
    job = begin(keyring, office, name="Айбек")
    job.refresh_from_db()
    stored = bytes(job.sealed_input or b"") + bytes(job.sealed_memory) + bytes(job.sealed_key)
    assert b"register" not in stored
    assert "Айбек".encode() not in stored


def test_nobody_else_sees_the_work(
    counting: list[int], keyring: Keyring, office: Any, boris: Any, signed_in: Callable[..., Any]
) -> None:
    job = begin(keyring, office)
    client = signed_in(boris)
    assert client.get(f"/work/jobs/{job.code}/").status_code == 404
    assert client.post(f"/work/jobs/{job.code}/file/").status_code == 404


def test_the_same_form_starts_one_job(counting: list[int], keyring: Keyring, office: Any) -> None:
    key = uuid.uuid4()
    made = {jobs.start(keyring=keyring, office=office, kind="counting", memory={"at": 0}, request_key=key).pk for _ in range(2)}
    assert len(made) == 1
