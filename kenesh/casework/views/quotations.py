"""Words of a person for a public problem: proposed by a caseworker, checked and passed by another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import Appeal
from kenesh.appeals.opening import OpenAppeal
from kenesh.casework import actions, queries, quoting, recognising, release
from kenesh.casework.forms import QuotationForm, WordsForm
from kenesh.casework.forms.quotations import PassForm, initial_of
from kenesh.casework.opening import OpenCase
from kenesh.casework.quoting import OpenQuotation
from kenesh.casework.recognising import Known
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import closed_to_us, new_key, opened_case, to_reach
from kenesh.kernel.access import requires
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import keys_of, with_keys
from kenesh.problems.actions import NotNow
from kenesh.problems.models import Problem

WHY_NOT: dict[str, str | Promise] = {
    "restricted": gettext_lazy("This case is open to named people alone. Nothing of it is quoted."),
    "consent": gettext_lazy(
        "She has not agreed that her story may be used without her name. Ask for it first: “Contact and consents”."
    ),
    "receipt": gettext_lazy("She has no receipt. Only words that she herself has seen and signed with a receipt are published."),
    "problem": gettext_lazy(
        "Her case stands behind no public problem yet. Say first, under “Public problem”, which one it shows."
    ),
    "many": gettext_lazy("Enough of her words were proposed already."),
}


@dataclass(frozen=True)
class _Place:
    """A case with one of its appeals, both opened."""

    case: OpenCase
    appeal: OpenAppeal

    def known(self) -> Known:
        answers = self.appeal.answers()
        bodies = [*(item.body for item in self.case.persons()), *(item.body for item in self.case.matters())]
        parties = [self.case.open(row).body for row in self.case.case.parties.order_by("id")]
        return recognising.known_of([answers, *bodies], [{"name": answers.get("culprit_name", "")}, *parties])

    def address(self, name: str, *more: str) -> str:
        return reverse(f"casework_work:{name}", args=[self.case.case.code, self.appeal.appeal.code, *more])


def _place(request: HttpRequest, code: str, appeal: str) -> _Place:
    """Raises Http404, KeyMissing."""
    case = opened_case(request, code)
    row: Appeal = queries.appeal_of_case(case.case, appeal)
    return _Place(case, appeal_opening.open_for_office(row, keys_of(request)))


def _found(place: _Place, code: str) -> OpenQuotation:
    one = quoting.found(place.appeal, code)
    if one is None:
        raise Http404
    return one


def _few(case: OpenCase, problem: Problem | None) -> list[str]:
    """Why somebody could guess whose words they are, although nothing in them says it."""
    said, alike = [], queries.cases_alike(case.case)
    if alike < queries.SMALLEST:
        said.append(
            _(
                "Few cases of your office have this theme and these countries: %(number)s. Leave a country out, or choose wider words."
            )
            % {"number": alike}
        )
    if problem is not None and queries.persons_of(problem) < queries.SMALLEST:
        said.append(_("The public page counts fewer than five people with this problem yet: whoever reads it may guess."))
    return said


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def quote(request: HttpRequest, code: str, appeal: str, quotation: str = "") -> HttpResponse:
    """New words, or other words in the place of those that are there (`quotation`)."""
    try:
        place = _place(request, code, appeal)
        before = _found(place, quotation) if quotation else None
        why_not = actions.why_not(place.appeal, place.case.case)
        form = QuotationForm(
            request.POST if request.method == "POST" else None,
            initial={**(initial_of(before.said) if before else {"language": request.LANGUAGE_CODE}), **new_key()},
            problems=queries.problems_to_quote_for(actions.linked_problems(place.appeal)),
            known=place.known(),
        )
        if request.method == "POST" and not why_not and form.is_valid():
            data = form.cleaned_data
            try:
                made = actions.propose_quotation(
                    keyring=keys_of(request),
                    case=place.case.case,
                    appeal=place.appeal.appeal,
                    said=form.said(),
                    key=data["key"],
                    code=quotation,
                )
            except actions.NotQuoted as refused:
                why_not = refused.why
            else:
                messages.success(
                    request, _("She sees these words on her page. When she has agreed, a second caseworker checks them.")
                )
                return HttpResponseRedirect(place.address("quotation", made))
        return _form_page(request, place, form, before, why_not)
    except actions.QuotationChanged:
        return _changed(request, place, quotation)
    except KeyMissing:
        return closed_to_us(request)


def _form_page(
    request: HttpRequest, place: _Place, form: QuotationForm, before: OpenQuotation | None, why_not: str
) -> HttpResponse:
    answers = place.appeal.answers()
    talk = [entry.text for entry in place.appeal.entries() if entry.kind == "message" and entry.by == "person"]
    context = {
        "case": place.case.case,
        "appeals": [to_reach(request, place.appeal.appeal)],
        "form": form,
        "before": before,
        "back": place.address("quotation", before.code) if before else reverse("casework_work:case", args=[place.case.case.code]),
        "why_not": WHY_NOT[why_not] if why_not else "",
        "few": _few(place.case, form.cleaned_data.get("problem") if form.is_bound and not why_not else None),
        "told": [text for text in [str(answers.get("story") or ""), *talk] if text],
    }
    return render(request, "casework/quote.html", context, status=422 if form.errors else 200)


def _changed(request: HttpRequest, place: _Place, code: str) -> HttpResponse:
    messages.warning(request, _("This has changed meanwhile. Please look again."))
    return HttpResponseRedirect(place.address("quotation", code))


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def quotation(request: HttpRequest, code: str, appeal: str, quotation: str) -> HttpResponse:
    """The words as everybody would read them, what in them may lead to her, and the next step."""
    try:
        place = _place(request, code, appeal)
        one = _found(place, quotation)
        words, passing = WordsForm(), PassForm(initial={"seen": quoting.hash_of(one)})
        if request.method == "POST":
            wish = request.POST.get("do", "")
            words = WordsForm(request.POST) if wish in OF_WORDS else words
            passing = PassForm(request.POST) if wish == "publish" else passing
            if (wish in OF_WORDS and words.is_valid()) or (wish == "publish" and passing.is_valid()):
                return _act(request, place, quotation, wish, passing if wish == "publish" else words)
        return _page(request, place, one, words, passing)
    except KeyMissing:
        return closed_to_us(request)


@requires(Permission.WORK_ON_CASES)
@require_safe
@with_keys
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for a second caseworker, the oldest first; never one's own. Of each, only the case it lies in is opened."""
    page = queries.waiting_page(keys_of(request), after=queries.WaitingPlace.parse(request.GET.get("after", "")))
    return render(request, "casework/quotations_waiting.html", {"page": page})


OF_WORDS = {"send_back": actions.send_quotation_back, "withdraw": actions.withdraw_quotation}


def _act(request: HttpRequest, place: _Place, code: str, wish: str, form: Any) -> HttpResponse:
    shared: dict[str, Any] = {"keyring": keys_of(request), "case": place.case.case, "appeal": place.appeal.appeal, "code": code}
    try:
        if wish == "publish":
            release.release_quotation(**shared, seen=form.cleaned_data["seen"])
            messages.success(request, _("Checked. Everybody can read these words now; she can take them back at any time."))
        else:
            OF_WORDS[wish](**shared, why=form.cleaned_data["text"])
            messages.success(
                request,
                _("Given back. Whoever wrote it changes the words, and asks her anew.")
                if wish == "send_back"
                else _("Taken back. She is told. Copies that others have made elsewhere cannot be taken back."),
            )
    except release.SameHands:
        messages.error(request, _("You have written these words yourself. A second caseworker must check them."))
    except release.NoConsent:
        messages.error(request, _("What lies here is not what she has signed. Ask her again."))
    except NotNow:
        messages.error(
            request, _("The problem is no longer public, or these words were taken back once: they are not published.")
        )
    except actions.QuotationChanged:
        return _changed(request, place, code)
    return HttpResponseRedirect(place.address("quotation", code))


def _page(request: HttpRequest, place: _Place, one: OpenQuotation, words: WordsForm, passing: PassForm) -> HttpResponse:
    known, state = place.known(), one.state
    problem = Problem.objects.filter(code=one.said["problem"]).first()
    texts = [
        (language, recognising.pieces(text, recognising.findings(text, known, language))) for language, text in one.texts.items()
    ]
    stands = quoting.consent_stands(one)
    own = keys_of(request).user.uid.hex in one.writers
    context = {
        "case": place.case.case,
        "appeals": [to_reach(request, place.appeal.appeal)],
        "appeal": place.appeal.appeal,
        "one": one,
        "shown": one.shown(),
        "problem": problem,
        "texts": texts,
        "few": _few(place.case, problem),
        "lines": [{"line": line, "words": quoting.LINES[line.body["code"]]} for line in one.lines],
        "broken": state == quoting.AGREED and not stands,
        "own": own,
        "can_pass": state == quoting.AGREED and stands and not own,
        "can_send_back": state in (quoting.ASKED, quoting.AGREED, quoting.CHANGE) and not own,
        "can_change": state in actions.CAN_BE_CHANGED,
        "words": words,
        "passing": passing,
        "form": passing if passing.errors else words,
    }
    return render(request, "casework/quotation.html", context, status=422 if words.errors or passing.errors else 200)
