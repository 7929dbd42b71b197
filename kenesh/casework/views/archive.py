"""One person's whole case as an archive."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.casework import queries
from kenesh.casework.actions.archive import take_out
from kenesh.casework.archive.pages import members
from kenesh.casework.archive.zipping import zipped
from kenesh.casework.models import Person
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import address, closed_to_us, opened_case
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, with_keys


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
def archive(request: HttpRequest, code: str) -> HttpResponseBase:
    """It goes out while it is made; nothing of it is written down."""
    try:
        opened = opened_case(request, code)
        try:
            uid = uuid.UUID(request.POST.get("person", ""))
        except ValueError:
            messages.warning(request, _("Please choose a person."))
            return HttpResponseRedirect(address(opened.case, "keeping", "archive"))
        person = queries.row_of_case(opened.case, Person, uid)
        found = take_out(keyring=keys_of(request), opened=opened, person=person)
    except KeyMissing:
        return closed_to_us(request)
    number = list(opened.case.persons.order_by("id").values_list("pk", flat=True)).index(person.pk) + 1
    answer = StreamingHttpResponse(zipped(members(found, opened)), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="archive-{opened.case.code}-{number}.zip"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Accel-Buffering"] = "no"  # or a proxy would spool it to its disk, unsealed
    return answer
