"""Asked of whoever stands behind a problem, once something came of it: has anything changed for you?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kenesh.appeals import actions, queries
from kenesh.appeals.forms.changed import ChangedForm
from kenesh.appeals.views.page import WHY_RECEIPT, holder_of, language, to_status
from kenesh.followup import queries as followup
from kenesh.followup.models.changed import Felt
from kenesh.kernel.access import public


@public(WHY_RECEIPT)
@require_POST
def changed(request: HttpRequest) -> HttpResponse:
    """Takes one answer; which recommendations may be answered, her sealed lines say."""
    holder = holder_of(request)
    if holder is None:
        return to_status(request)
    form = ChangedForm(request.POST)
    problems = queries.status_view(holder.opened).problems
    asked = {one.recommendation_code for one in followup.results_for_problems(problems, language=language()) if one.has_news}
    back = HttpResponseRedirect(reverse("appeals:open") + "#results")
    if not form.is_valid() or form.cleaned_data["recommendation"] not in asked or holder.receipt.seen_by_other:
        messages.warning(request, _("Choose one answer."))
        return back
    code, felt = form.cleaned_data["recommendation"], Felt(form.cleaned_data["felt"])
    try:
        new = actions.say_what_changed(holder=holder, recommendation_code=code, felt=felt)
    except actions.Erasing:
        messages.warning(request, _("Everything is being erased. Stop the erasing first if you want to change this."))
        return back
    messages.success(
        request, _("Thank you. Your answer is counted with others, without you.") if new else _("You have answered this.")
    )
    return back
