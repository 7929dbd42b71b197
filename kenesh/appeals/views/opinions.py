"""Asked once her case is closed: how was the help?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.appeals import actions, queries
from kenesh.appeals.forms.opinions import OpinionForm
from kenesh.appeals.views.page import WHY_RECEIPT, holder_of, to_status
from kenesh.kernel.access import public


@public(WHY_RECEIPT)
@require_POST
def opinion(request: HttpRequest) -> HttpResponse:
    """Takes one sheet of answers."""
    holder = holder_of(request)
    if holder is None:
        return to_status(request)
    form, back = OpinionForm(request.POST), reverse("appeals:open")
    if not actions.may_say_opinion(holder, queries.status_view(holder.opened).steps):
        messages.info(request, _("This is not asked now, or you have answered it."))
    elif not form.is_valid():
        messages.warning(request, _("Choose an answer to at least one question."))
        back += "#opinion"
    else:
        try:
            actions.say_opinion(holder=holder, said=form.cleaned_data)
        except actions.Erasing:
            messages.warning(request, _("Everything is being erased. Stop the erasing first if you want to change this."))
        else:
            messages.success(request, _("Thank you. Your answer is counted with others, without you."))
    return HttpResponseRedirect(back)
