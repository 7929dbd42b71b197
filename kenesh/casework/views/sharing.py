"""The tab "Sharing": named people, what other offices hold, who outside was turned to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.appeals import opening as appeal_opening
from kenesh.appeals.models import Appeal
from kenesh.appeals.opening import OpenAppeal
from kenesh.casework import actions, queries, reaching, readers, referral_words, referring
from kenesh.casework.forms import HandOverForm, ReasonForm, ReferForm, RestrictForm
from kenesh.casework.forms.sharing import KINDS
from kenesh.casework.models import Case, Referral
from kenesh.casework.opening import OpenCase
from kenesh.casework.rules import Permission
from kenesh.casework.views.page import closed_to_us, new_key, opened_case, posted, read, show
from kenesh.kernel.access import requires
from kenesh.kernel.stretching import Busy
from kenesh.kernel.uploads import NotTaken
from kenesh.people.keyring import KeyMissing, Keyring
from kenesh.people.middleware import keys_of, with_keys


def _page(request: HttpRequest, opened: OpenCase, **replaced: forms.Form) -> HttpResponse:
    case = opened.case
    named = actions.named_people(case) if case.restricted else []
    people = queries.people_to_name(case.office)
    known = {user.pk for user in people}
    called = readers.by_code(opened)
    context: dict[str, Any] = {
        "named": [{"user": user, "left": user.pk not in known} for user in named],
        "history": opened.open(case.restriction).body["history"] if case.restricted else [],
        "suggested": not case.restricted and _should_be_restricted(opened),
        "restrict_form": RestrictForm(
            initial={"named": [user.uid for user in named] or [keys_of(request).user.uid]}, people=people, prefix="restrict"
        ),
        "lift_form": ReasonForm(prefix="lift"),
        "referrals": [_card(referral, keys_of(request), called) for referral in _referrals(case)],
        "linked": queries.referrals_to_open(keys_of(request).user, case),
        "came_from": queries.came_from_referral(case),
        "outside": [
            {
                "item": item,
                "kind": KINDS[item.body["kind"]],
                "due": _day(item.body["due"]),
                "who": called.get(item.body.get("whose", "")),
            }
            for item in (opened.open(row) for row in case.external_referrals.order_by("-id"))
        ],
        "form": next(iter(replaced.values()), None),
        **replaced,
    }
    return show(request, opened, "sharing", "casework/sharing.html", context, status=422 if replaced else 200)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _should_be_restricted(opened: OpenCase) -> bool:
    themes = [str(item.body.get("theme", "")) for item in opened.matters()]
    return queries.asks_for_restriction(themes, [str(item.body.get("age", "")) for item in opened.persons()])


def _referrals(case: Case) -> list[Referral]:
    return list(case.referrals.select_related("from_office", "to_office", "appeal").order_by("-id"))


def _card(referral: Referral, keyring: Keyring, called: dict[str, str]) -> dict[str, Any]:
    """A referral with whose it is and what it holds in short; without, when it was another office's before this case came here."""
    try:
        summary = referral_words.summary(referring.open_for_staff(referral, keyring).subset())
    except KeyMissing:
        summary = ""
    if referral.appeal is not None and referral.appeal.code in called:
        summary = " · ".join(filter(None, (called[referral.appeal.code], summary)))
    return {"referral": referral, "summary": summary}


@requires(Permission.WORK_ON_CASES)
@with_keys
def sharing(request: HttpRequest, code: str) -> HttpResponse:
    return read(request, code, _page)


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def restrict(request: HttpRequest, code: str) -> HttpResponse:
    """Opens the case to named people alone, or changes who they are."""

    def act(opened: OpenCase, form: RestrictForm) -> None:
        named = list(form.cleaned_data["named"])
        actions.restrict(keyring=keys_of(request), case=opened.case, named=named, reason=form.cleaned_data["reason"])
        if len(named) == 1:
            messages.warning(request, _("Only one person can open this case now. Please name a second one soon."))

    def make(opened: OpenCase) -> RestrictForm:
        return RestrictForm(request.POST, people=queries.people_to_name(opened.case.office), prefix="restrict")

    said = _(
        "Saved. Nobody else can open this case, not even an administrator. What somebody has read before, she may have kept."
    )
    return posted(
        request, code, tab=_page, form_name="restrict_form", make=make, act=act, said=said, back=("sharing", "named")
    )  # fmt: skip


@requires(Permission.WORK_ON_CASES)
@require_POST
@with_keys
@sensitive_post_parameters()
def lift(request: HttpRequest, code: str) -> HttpResponse:
    """Gives a restricted case back to the whole office."""

    def act(opened: OpenCase, form: ReasonForm) -> None:
        actions.lift(keyring=keys_of(request), case=opened.case, reason=form.cleaned_data["reason"])

    return posted(
        request,
        code,
        tab=_page,
        form_name="lift_form",
        make=lambda opened: ReasonForm(request.POST, prefix="lift"),
        act=act,
        said=_("The whole office can open this case again."),
        back=("sharing", "named"),
    )


# --- to another office of the node ----------------------------------------------------------------------------------------


def _appeals_to_ask(opened: OpenCase, keyring: Keyring) -> list[Appeal]:
    """Whose receipts can be asked: those of the case, or of the person from whose referral it was opened."""
    again = actions.asked_again(opened.case, keyring)
    return [again] if again else list(opened.case.appeals.select_related("office").order_by("id"))


def _hers(opened: OpenCase, asked: Appeal | None, keyring: Keyring) -> list[OpenAppeal]:
    """The appeals out of which words and files can go: of several, only the one whose receipt is asked."""
    appeals = readers.appeals_of(opened.case)
    wanted = appeals if len(appeals) < 2 else [appeal for appeal in appeals if appeal == asked]
    return list(appeal_opening.open_several(wanted, keyring).values())


def _asked(request: HttpRequest, appeals: list[Appeal]) -> Appeal | None:
    """Whose receipt is asked: the only one's, or the one's whom the page or its address names."""
    code = request.POST.get("whose") if request.method == "POST" else request.GET.get("whose")
    named = [appeal for appeal in appeals if len(appeals) == 1 or appeal.code == code]
    return named[0] if named else None


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def refer(request: HttpRequest, code: str) -> HttpResponse:
    """Chooses what is handed to another office, and asks the person."""

    def make(opened: OpenCase, asked: Appeal | None, data: Any, kwargs: dict[str, Any]) -> ReferForm:
        form = ReferForm(data, initial=new_key(), **kwargs)
        own = _hers(opened, asked, keys_of(request))
        _set(form, "persons", referral_words.person_choices(opened, asked.code if asked else ""))
        _set(form, "matters", referral_words.matter_choices(opened))
        _set(form, "parties", referral_words.party_choices(opened))
        _set(form, "messages", referral_words.message_choices(own))
        if not own and not reaching.handed_over(opened):
            del form.fields["reach"]  # nobody has said how
        files = actions.clean_files(opened, own)
        _set(form, "papers", [(file.uid.hex, f"{file.name} {file.description}".strip()) for file in files])
        return form

    def subset(opened: OpenCase, asked: Appeal | None, form: Any) -> dict[str, Any]:
        own = _hers(opened, asked, keys_of(request))
        chosen = referral_words.chosen(opened, own, form.cleaned_data)
        ticked = set(form.cleaned_data["papers"])
        known = Referral.objects.filter(request_key=form.cleaned_data["key"]).exists()  # sent twice: nothing is copied again
        files = [] if known else [file for file in actions.clean_files(opened, own) if file.uid.hex in ticked]
        return {**chosen, "files": actions.copies_of(files)}

    lead = _("Choose exactly what they need. Nothing else goes, and nothing goes before she has agreed.")
    return _propose(request, code, make, subset, kind=Referral.Kind.PART, heading=_("Hand a part to another office"), lead=lead)


@requires(Permission.WORK_ON_CASES)
@with_keys
@sensitive_post_parameters()
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Hands the whole case to another office: asks the person first."""

    def make(opened: OpenCase, asked: Appeal | None, data: Any, kwargs: dict[str, Any]) -> HandOverForm:
        return HandOverForm(data, initial=new_key(), **kwargs)

    def subset(opened: OpenCase, asked: Appeal | None, form: Any) -> dict[str, Any]:
        return {"whole": True, "purpose": form.cleaned_data["purpose"]}

    lead = _("Everything goes: the case, the talk, the deadlines. Your office can open none of it afterwards.")
    return _propose(
        request, code, make, subset, kind=Referral.Kind.WHOLE, heading=_("Hand the whole case to another office"), lead=lead
    )


def _set(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # tells the type checker what the form declares
    field.choices = choices
    if not choices:
        del form.fields[name]
        form.fields[name] = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)


def _propose(
    request: HttpRequest,
    code: str,
    make: Callable[[OpenCase, Appeal | None, Any, dict[str, Any]], Any],
    subset: Callable[[OpenCase, Appeal | None, Any], dict[str, Any]],
    *,
    kind: Referral.Kind,
    heading: str,
    lead: str,
) -> HttpResponse:
    keyring = keys_of(request)
    try:
        opened = opened_case(request, code)
        appeals = _appeals_to_ask(opened, keyring)
        called = readers.names(opened, appeals)
        several = kind == Referral.Kind.PART and len(appeals) > 1
        asked = _asked(request, appeals)
        if several and asked is None and request.method != "POST":
            choices = [(appeal.code, called[appeal.pk]) for appeal in appeals]
            return render(request, "casework/sharing_whose.html", {"case": opened.case, "heading": heading, "choices": choices})
        about = called[asked.pk] if several and asked is not None else ""
        whose = [asked] if several and asked is not None else appeals
        kwargs = {
            "receivers": queries.offices_with_keys(besides=opened.case.office).exclude(
                code__in=_complained_about(appeals, keyring)
            ),
            "whose": [(appeal.code, called.get(appeal.pk, appeal.code)) for appeal in whose],
        }
        form = make(opened, asked, request.POST if request.method == "POST" else None, kwargs)
        if request.method == "POST" and form.is_valid():
            chosen = subset(opened, asked, form)
            referral = _proposed(keyring, opened, appeals, form, chosen, kind)
            if referral is None:
                actions.let_copies_go(chosen.get("files", []))
            else:
                messages.success(request, _said(referral))
                return HttpResponseRedirect(reverse("casework_work:referral", args=[referral.code]))
    except KeyMissing:
        return closed_to_us(request)
    except NotTaken as reason:
        form.add_error(None, reason.sentence)
    except Busy:
        form.add_error(None, _("Many people are here at this moment. Please wait some seconds and try again."))
    context = {"case": opened.case, "form": form, "heading": heading, "lead": lead, "button": _("Go on"), "about": about}
    context["about_part"] = bool(about)
    return render(request, "casework/sharing_form.html", context, status=422 if form.errors else 200)


def _proposed(
    keyring: Keyring, opened: OpenCase, appeals: list[Appeal], form: Any, subset: dict[str, Any], kind: Referral.Kind
) -> Referral | None:
    """The referral, or None with the reason on the form."""
    data = form.cleaned_data
    appeal = next((one for one in appeals if one.code == data["whose"]), None)
    if appeals and appeal is None:
        form.add_error("whose", _("Please choose whose receipt is asked."))
    elif kind == Referral.Kind.WHOLE and max(len(appeals), opened.case.appeals.count()) > 1:
        form.add_error(
            None,
            _("Several people share this case, and each decides for himself. Hand over each one's part instead of the whole."),
        )
    elif kind == Referral.Kind.PART and not any(
        subset[name] for name in ("persons", "contact", "matters", "parties", "messages", "files", "text")
    ):
        form.add_error(None, _("Nothing is chosen yet. Tick what they need, or write it for them."))
    else:
        try:
            return actions.propose(
                keyring=keyring,
                case=opened.case,
                receiver=data["receiver"],
                subset=subset,
                basis=form.basis(),
                key=data["key"],
                appeal=appeal,
                kind=kind,
            )
        except actions.HasReceipt:
            form.add_error("how", _("She has a receipt of her own: ask her with it. A consent on paper proves less."))
        except actions.HasNoReceipt:
            form.add_error("how", _("She has no receipt of her own: only a consent on paper, or an emergency, is possible."))
        except actions.NoKeyHolder:
            form.add_error("receiver", _("Nobody in this office holds a key. Please choose another one."))
    return None


def _complained_about(appeals: list[Appeal], keyring: Keyring) -> set[str]:
    """Codes of offices about which somebody of the case complains: these get nothing of it."""
    return {opened.answers().get("complaint_about") or "" for opened in readers.open_to_us(appeals, keyring)}


def _said(referral: Referral) -> str:
    if referral.state == Referral.State.PROPOSED:
        return _("She sees your question on her page. When she has agreed, you send it from here.")
    return _("This is recorded. Look at it once more, then send it.")
