"""What casework shows beside the keys of an office, on the page of colleagues."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from kenesh.casework import reencrypt
from kenesh.people.models import Organisation


def keys_to_renew(office: Organisation, request: HttpRequest) -> str:
    """How many appeals and cases are sealed to older keys, and the way to renew them."""
    return render_to_string("casework/_keys_to_renew.html", {"office": office, "left": reencrypt.to_renew(office)}, request)
