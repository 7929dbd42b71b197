"""`kenesh rotate`: which keys are to be renewed; and, in a session opened on the terminal, everything sealed under new ones.

The worker and the command line hold no key. With `--reencrypt --as ADDRESS` the command asks for that person's password and
second factor, which open a session for as long as it runs.
"""

from __future__ import annotations

import argparse
import time
import uuid
from typing import TYPE_CHECKING

import django

from kenesh.site.command_line import Refused, ask
from kenesh.site.node_commands import refuse_moved

if TYPE_CHECKING:
    from kenesh.casework.models import Job
    from kenesh.people.keyring import Keyring
    from kenesh.people.models import Organisation


def rotate(arguments: argparse.Namespace) -> None:
    django.setup()
    refuse_moved()
    if not arguments.reencrypt:
        _list()
        return
    if not arguments.email:
        raise Refused("who renews? Add --as ADDRESS: only somebody who holds the key of an office can renew what it seals")
    keyring = _open_session(arguments.email)
    for office in _offices(keyring, arguments.office):
        _renew(keyring, office)


def _list() -> None:
    from kenesh.casework import reencrypt
    from kenesh.people.models import Organisation

    for office in Organisation.objects.filter(epochs__isnull=False).distinct().order_by("pk"):
        newest = office.epochs.order_by("-number")[:1].get()
        due = "a holder has left: a new key is due" if newest.renewal_due else "no new key is due"
        print(f"{office.code}  {office}: {due}; {reencrypt.to_renew(office)} appeals and cases are sealed to older keys")
    print("A key holder renews them on the page “Colleagues”, or here: kenesh rotate --reencrypt --as ADDRESS")


def _open_session(email: str) -> Keyring:
    from kenesh.people import factors, sign_in
    from kenesh.people.keyring import Keyring

    try:
        checked = sign_in.check(email, ask("Password"))
        if factors.must_have_factor(checked.user) and not factors.has_factor(checked.user):
            raise Refused(f"{email} has no second factor yet: sign in once with the browser and set it up")
        if factors.has_factor(checked.user):
            code = ask("Code of the app, or one from paper")
            sign_in.check_factor(checked.user, lambda: factors.check_code(checked.user, code), device="")
    except sign_in.WrongPassword as why:
        raise Refused("the address or the password is not right: check both") from why
    except sign_in.LockedOut as why:
        raise Refused("there were too many wrong passwords or codes: wait 15 minutes") from why
    except factors.WrongCode as why:
        raise Refused("this code is not right, or was used already: take the one that the app shows now") from why
    return Keyring(checked.user, checked.secret)


def _offices(keyring: Keyring, code: str) -> list[Organisation]:
    """Those whose newest key this account holds."""
    from kenesh.people.models import OrganisationKey
    from kenesh.people.queries import current_epoch

    held = OrganisationKey.objects.filter(user=keyring.user).select_related("epoch__organisation").order_by("pk")
    found = [key.epoch.organisation for key in held if key.epoch == current_epoch(key.epoch.organisation)]
    if code:
        found = [office for office in found if office.code == code]
    if not found:
        raise Refused("this account holds the newest key of no such office: a colleague gives it on the page “Colleagues”")
    return found


def _renew(keyring: Keyring, office: Organisation) -> None:
    from kenesh.casework import reencrypt
    from kenesh.people import actions
    from kenesh.people.queries import current_epoch

    actions.make_keys(keyring=keyring, organisation=office, after=current_epoch(office).number)
    print(f"{office}: a new key. Its recovery key:")
    print(actions.kept_recovery_key(keyring=keyring, organisation=office))
    print("Print it or write it down, put it into a safe, and say so on the page “Colleagues”.")
    job = reencrypt.start_reseal(keyring=keyring, office=office, request_key=uuid.uuid4())
    _go_through(keyring, job, "sealing everything anew")
    time.sleep(reencrypt.SECONDS_BETWEEN)  # what a browser was just sending under an old key is stored by then
    job = reencrypt.start_destroy(keyring=keyring, office=office, request_key=uuid.uuid4())
    _go_through(keyring, job, "destroying old keys")


def _go_through(keyring: Keyring, job: Job, told: str) -> None:
    from rich.progress import Progress

    from kenesh.casework import jobs
    from kenesh.casework.models import Job

    with Progress(transient=True) as progress:
        bar = progress.add_task(told, total=max(job.total, 1))
        while job.state == Job.State.RUNNING:
            job = jobs.go_on(keyring=keyring, job=job)
            progress.update(bar, completed=job.done)
    left_out = jobs.memory_of(job, keyring)["left_out"]
    print(f"{told}: {job.done} done" + (f", {left_out} left out (restricted to others, or being erased)" if left_out else ""))
