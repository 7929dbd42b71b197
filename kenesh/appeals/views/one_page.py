"""All questions of the form on one page: for a slow line, where each page costs two round trips, and for who helps somebody."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from kenesh.appeals import drafts
from kenesh.appeals.forms import Offices, OnePageForm
from kenesh.appeals.views.form import WHY, check_page, next_draft, wait, wished_office
from kenesh.appeals.views.page import set_cookie
from kenesh.appeals.views.questions import answered, empty_page, page
from kenesh.kernel.access import public
from kenesh.kernel.stretching import Busy
from kenesh.people.queries import names_of_offices_that_take_appeals


@public(WHY)
@sensitive_post_parameters()
def form_all(request: HttpRequest) -> HttpResponse:
    """Keeps all answers in the draft of the other pages, and answers with the page that shows them again."""
    offices = names_of_offices_that_take_appeals()
    if not offices:
        return render(request, "appeals/no_office.html", status=503)
    draft = drafts.load(request.COOKIES.get(settings.DRAFT_COOKIE_NAME, ""))
    if request.method == "GET" and draft is not None and draft.filed is not None:
        draft = None  # an appeal that was sent is nobody's to see who opens the form anew on this phone
    wished, shown = wished_office(request, offices), Offices(offices)
    answers = {**(draft.answers if draft else {}), **({"office": wished.code} if wished else {})}
    if request.method != "POST" and not answered(OnePageForm, answers):
        return empty_page(request, "all", OnePageForm, shown)
    form = OnePageForm.of(shown, data=request.POST if request.method == "POST" else None, answers=answers)
    if form.is_bound and form.is_valid():
        try:
            draft = next_draft(draft, form, begins=True, whole=True)
        except Busy:
            return wait(request, form)
        return set_cookie(check_page(request, draft), settings.DRAFT_COOKIE_NAME, draft.secret)
    return page(request, "all", form)
