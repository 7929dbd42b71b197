"""The person with her receipt: words of hers that the office would publish, or has; she agrees, says no, asks, takes back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from kenesh.appeals.actions import Erasing, Holder, holder_of
from kenesh.appeals.models import Status as AppealStatus
from kenesh.casework import actions, quoting
from kenesh.casework.forms import OtherWordsForm
from kenesh.casework.quoting import OpenQuotation
from kenesh.kernel.access import public
from kenesh.kernel.middleware import holds_secret
from kenesh.problems.models import Problem


@public("opens only with a receipt, for half an hour")
@sensitive_post_parameters()
def quotation(request: HttpRequest, code: str) -> HttpResponse:
    """Exactly the words, in every language in which they would stand there, and what she may do about them."""
    holder = holder_of(request.COOKIES.get(settings.STATUS_COOKIE_NAME, ""))
    if holder is None:
        messages.warning(request, _("This page has closed itself. Please write the digits of your receipt again."))
        return HttpResponseRedirect(reverse("appeals:status"))
    one = quoting.found(holder.opened, code)
    if one is None:
        raise Http404
    form = OtherWordsForm(request.POST if request.POST.get("do") == "other" else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        return _act(request, holder, code, form)
    return _page(request, holder, one, form)


def _act(request: HttpRequest, holder: Holder, code: str, form: OtherWordsForm) -> HttpResponse:
    wish = request.POST.get("do")
    try:
        if wish == "agree":
            language = get_language() or settings.LANGUAGE_CODE
            actions.agree_to_quotation(holder=holder, code=code, seen=request.POST.get("seen", ""), language=language)
            messages.success(request, _("Thank you. A second caseworker checks these words; then they are published."))
        elif wish == "take_back":
            actions.take_quotation_back(holder=holder, code=code)
            messages.success(
                request,
                _("Done. Nobody can read these words on our pages. Copies that others have made elsewhere cannot be taken back."),
            )
        elif form.is_bound:
            actions.ask_other_words(holder=holder, code=code, text=form.cleaned_data["text"])
            messages.success(request, _("The office reads what you wish, and asks you anew. Nothing is published before."))
    except Erasing:
        messages.warning(request, _("Everything is being erased. Stop the erasing first if you want to change this."))
    except actions.QuotationChanged:
        messages.warning(request, _("This has changed meanwhile. Please look again."))
    except actions.SeenDigits:
        messages.warning(request, _("Somebody else has seen these digits. Please make digits of your own first, then agree."))
    return HttpResponseRedirect(reverse("casework:quotation", args=[code]))


def _page(request: HttpRequest, holder: Holder, one: OpenQuotation, form: OtherWordsForm) -> HttpResponse:
    live = holder.opened.appeal.status != AppealStatus.ERASING
    shown = one.shown()
    used = shown.texts.language_used()
    context = {
        "one": one,
        "shown": shown,
        "others": [(language, text) for language, text in one.texts.items() if language != used],
        "problem": Problem.objects.filter(code=one.said["problem"]).first(),
        "seen": quoting.hash_of(one),
        "asked": live and one.state == quoting.ASKED,
        "can_agree": not holder.receipt.seen_by_other,
        "can_ask": live and one.state in (quoting.ASKED, quoting.AGREED),
        "can_take_back": live and one.is_live and one.state != quoting.ASKED,
        "lines": [{"line": line, "words": quoting.LINES[line.body["code"]]} for line in one.lines],
        "form": form,
    }
    return holds_secret(render(request, "casework/person_quotation.html", context, status=422 if form.errors else 200))
