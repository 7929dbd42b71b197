"""A notice by e-mail that there is news: left, and taken back, by somebody who has come with her receipt."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kenesh.appeals import actions, queries
from kenesh.appeals.forms.receipt import NoticeForm
from kenesh.appeals.views.page import WHY_RECEIPT, holder_of, language, to_status
from kenesh.kernel.access import public
from kenesh.kernel.middleware import holds_secret


@public(WHY_RECEIPT)
@sensitive_post_parameters()
def notice(request: HttpRequest) -> HttpResponse:
    """One address for the next news; it is never shown again, to nobody."""
    holder = holder_of(request)
    if holder is None:
        return to_status(request)
    if not settings.MAIL_IS_SENT:
        raise Http404
    appeal = holder.opened.appeal
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and "forget" in request.POST:
        actions.ask_for_notice(appeal=appeal, address="", language=language())
        messages.success(request, _("The address is deleted."))
        return HttpResponseRedirect(reverse("appeals:open"))
    if request.method == "POST" and form.is_valid():
        actions.ask_for_notice(appeal=appeal, address=form.cleaned_data["address"], language=language())
        messages.success(request, _("When there is news, one message goes to this address. Then the address is deleted."))
        return HttpResponseRedirect(reverse("appeals:open"))
    context = {"form": form, "kept": queries.will_get_notice(appeal)}
    return holds_secret(render(request, "appeals/notice.html", context, status=422 if form.errors else 200))
