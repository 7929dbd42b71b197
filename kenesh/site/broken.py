"""The page for whatever went wrong on our side: it says so calmly and keeps what was typed, ready to be sent again.

It asks nothing of the database and needs no session: both may be what is away.
"""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from kenesh.kernel.faults import Fault, fault_of
from kenesh.kernel.middleware import holds_secret
from kenesh.people.middleware import NEVER_KEPT

STATUS = {Fault.FULL: 507, Fault.AWAY: 503, None: 500}
RETRY_AFTER = "10"  # seconds


def broken(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: called while the error is being handled."""
    error = sys.exc_info()[1]
    fault = fault_of(error) if error is not None else None
    # Only a form that passed the check against forged requests is given back: a stranger's page must not put words into it.
    sent = request.method == "POST" and getattr(request, "csrf_processing_done", False)
    fields = (
        [(name, value) for name, values in request.POST.lists() if name not in NEVER_KEPT for value in values] if sent else []
    )
    context = {
        "fault": fault.value if fault else "",
        "address": request.get_full_path(),
        "sent": sent,
        "fields": fields,
        "files": bool(sent and request.FILES),
        "staff": request.path_info.startswith("/work/"),
        "csrf_token": get_token(request) if sent else "",
        "node": {"hotline": settings.HOTLINE},
    }
    with override(get_language_from_request(request, check_path=True)):
        response = HttpResponse(render_to_string("500.html", context), status=STATUS[fault])
    if fault is not None:
        response.headers["Retry-After"] = RETRY_AFTER
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return holds_secret(response)
