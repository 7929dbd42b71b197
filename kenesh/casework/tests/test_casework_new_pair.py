"""An account gets a new key pair: what was sealed to the one before opens no more, and breaks no page."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from kenesh.appeals import actions as appeals
from kenesh.appeals import drafts
from kenesh.appeals.models import Appeal
from kenesh.casework import actions, jobs
from kenesh.casework.models import Case, Job, SealedQuery, View
from kenesh.casework.reencrypt import RESEAL
from kenesh.cast import PASSWORD, enter
from kenesh.people import actions as people
from kenesh.people import sign_in
from kenesh.people.keyring import Keyring
from kenesh.people.queries import fingerprint_of

pytestmark = pytest.mark.django_db

NEW = "another long password of hers"
START = "a start password by voice"


def keyring(user: Any, password: str = PASSWORD) -> Keyring:
    return Keyring(user, sign_in.check(user.email, password).secret)


def keeps_something(client: Client) -> str:
    """A saved view and a search; gives the address of the search."""
    client.post("/work/queue/filter/", {"tab": "open", "name": "Мои срочные"})
    return str(client.post("/work/search/", {"words": "паспорт", "show": ""}).headers["Location"])


def pages(client: Client, *more: str) -> set[int]:
    every = ("/work/", "/work/queue/", "/work/queue/?show=open", "/work/urgent/", "/work/jobs/", "/work/calls/", *more)
    return {client.get(address, follow=True).status_code for address in every}


def test_a_caseworker_who_kept_something_before_her_first_own_password_works_on(aigul: Any, signed_in: Any) -> None:
    type(aigul).objects.filter(pk=aigul.pk).update(start_password=True)
    client = signed_in(aigul)
    search = keeps_something(client)
    client.post("/work/account/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert pages(client, search) == {200}
    assert (View.objects.count(), SealedQuery.objects.count()) == (0, 0)


def test_whose_password_was_forgotten_comes_back_to_working_pages(office: Any, aigul: Any, nurlan: Any, signed_in: Any) -> None:
    """She was the only one named for a restricted case: that one is closed for good, everything else goes on."""
    draft = drafts.new()
    draft.answers = {"theme": "exploitation", "danger": "no", "story": "Камап койгон", "consents": ["a"]}
    appeals.file_appeal(draft=draft, office=office, language="ky")
    ring = keyring(aigul)
    case = actions.open_from_appeal(keyring=ring, appeal=Appeal.objects.get())
    actions.restrict(keyring=ring, case=case, named=[aigul], reason="")
    job = jobs.start(keyring=ring, office=office, kind=RESEAL, memory={}, request_key=uuid.uuid4())
    search = keeps_something(signed_in(aigul))
    people.reset_password(user=aigul, seen=fingerprint_of(aigul), new=START, by=nurlan)
    client = Client()
    enter(client, type(aigul).objects.get(pk=aigul.pk), START)
    client.post("/work/account/", {"old": START, "new": NEW, "again": NEW})
    of_case = [f"/work/cases/{case.code}/", f"/work/cases/{case.code}/sharing/", f"/work/appeals/{Appeal.objects.get().code}/"]
    assert pages(client, search, *of_case) == {200}
    assert "Камап койгон" not in "".join(client.get(address, follow=True).content.decode() for address in of_case)
    assert client.get(f"/work/jobs/{job.code}/").status_code == 404
    assert (View.objects.count(), SealedQuery.objects.count(), Job.objects.count()) == (0, 0, 0)
    assert Case.objects.count() == 1
