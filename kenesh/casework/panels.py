"""What casework shows on the page that staff see first."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from kenesh.casework import queries
from kenesh.casework.rules import Permission
from kenesh.kernel.access import holds
from kenesh.people.middleware import keyring_or_none
from kenesh.people.models import User


def waiting_work(user: User, request: HttpRequest) -> str:
    """How much waits in the queue, what is late first."""
    if not holds(user, Permission.WORK_ON_CASES):
        return ""
    return render_to_string("casework/_home.html", {"counts": queries.queue_counts(user)}, request)


def waiting_quotations(user: User, request: HttpRequest) -> str:
    """How many quotations wait for this account to read them second. Whose they are is sealed: while casework is locked,
    nothing is said."""
    keyring = keyring_or_none(request)
    if keyring is None or not holds(user, Permission.WORK_ON_CASES):
        return ""
    waiting, _own = queries.waiting_counted(keyring)
    if not waiting:
        return ""
    return render_to_string("casework/quotations_home.html", {"waiting": waiting, "most": queries.MOST_WAITING}, request)
