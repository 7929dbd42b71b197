"""Sign-in, the account's own page, colleagues."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.kernel.access import public, requires
from kenesh.kernel.stretching import Busy
from kenesh.people import actions, queries, sign_in
from kenesh.people.forms import AddAccountForm, AdmitForm, ChangePasswordForm, SignInForm, UnlockForm
from kenesh.people.keyring import KeyMissing
from kenesh.people.middleware import POST_IN_SESSION, keys_of, person_of, with_keys
from kenesh.people.models import Organisation, Role, User
from kenesh.people.rules import Permission, organisations_as


def _safe_next(request: HttpRequest, path: str | None) -> str:
    """A path of this node under /work/, or the work page."""
    good = path and path.startswith("/work/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return urlsplit(path).path if good and path else reverse("site_work:home")


def _refusal(why: Exception) -> str:
    if isinstance(why, sign_in.LockedOut):
        return _("There were too many wrong passwords from here. Wait 15 minutes, then try again.")
    if isinstance(why, Busy):
        return _("Many people are signing in at this moment. Wait some seconds, then try again.")
    return _("The address or the password is not right. Check both and try again.")


@public("the door for staff: tells nobody whether an account exists")
@sensitive_post_parameters("password")
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Address and password."""
    if request.user.is_authenticated and keys_of(request):
        return HttpResponseRedirect(_safe_next(request, request.GET.get("next")))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email, password = form.cleaned_data["email"], form.cleaned_data["password"]
        try:
            checked = sign_in.check(email, password, device=request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))
        except (sign_in.WrongPassword, sign_in.LockedOut, Busy) as why:
            form.add_error(None, _refusal(why))
        else:
            return _signed_in(request, checked, _safe_next(request, request.POST.get("next")))
    return render(request, "people/sign_in.html", {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")})


def _signed_in(request: HttpRequest, checked: sign_in.Checked, to: str) -> HttpResponse:
    cookie = sign_in.sign_in(request, checked)
    response = HttpResponseRedirect(to)
    sign_in.set_cookies(response, cookie, checked.user.email)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, checked.user.language, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax"
        )
    return response


@requires(Permission.USE_ACCOUNT)
@sensitive_post_parameters("password")
def unlock(request: HttpRequest) -> HttpResponse:
    """The password again, after casework has locked itself; what was being sent comes back afterwards."""
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        kept, back = request.session.get(POST_IN_SESSION), request.session.get("unlock-next")
        try:
            checked = sign_in.check(person_of(request).email, form.cleaned_data["password"], device=device)
        except (sign_in.WrongPassword, sign_in.LockedOut, Busy) as why:
            form.add_error("password", _refusal(why))
        else:
            return _signed_in(request, checked, reverse("people_work:give_back") if kept else _safe_next(request, back))
    return render(request, "people/unlock.html", {"form": form, "kept": POST_IN_SESSION in request.session})


@requires(Permission.USE_ACCOUNT)
@with_keys
def give_back(request: HttpRequest) -> HttpResponse:
    """Shows what was sent to the locked session, to be sent again with one button."""
    uid = request.session.pop(POST_IN_SESSION, None)
    kept = actions.take_locked_post(keyring=keys_of(request), uid=uuid.UUID(uid)) if uid else None
    if kept is None:
        return HttpResponseRedirect(reverse("site_work:home"))
    path, fields = kept
    rows = [(name, value) for name, values in fields.items() for value in values]
    return render(request, "people/give_back.html", {"path": path, "rows": rows})


@require_POST
@requires(Permission.USE_ACCOUNT)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and its unlock."""
    sign_in.lock(request)
    logout(request)
    response = HttpResponseRedirect(settings.LOGIN_URL)
    response.delete_cookie(settings.UNLOCK_COOKIE_NAME)
    return response


@requires(Permission.USE_ACCOUNT)
@with_keys
@sensitive_post_parameters()
def account(request: HttpRequest) -> HttpResponse:
    """The account's own page: the digits of its key, a new password."""
    user = person_of(request)
    form = ChangePasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        device = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        keyring = keys_of(request)
        try:
            actions.change_password(keyring=keyring, old=form.cleaned_data["old"], new=form.cleaned_data["new"], device=device)
        except (sign_in.WrongPassword, sign_in.LockedOut, Busy) as why:
            form.add_error("old", _refusal(why))
        else:
            update_session_auth_hash(request, keyring.user)
            messages.success(request, _("Your password is changed. All your other sessions have ended."))
            return _signed_in(request, sign_in.Checked(keyring.user, keyring.secret), reverse("people_work:account"))
    digits = actions.fingerprint_of(user)
    context = {"form": form, "digits": [digits[i : i + 4] for i in range(0, 12, 4)]}
    return render(request, "people/account.html", context)


# --- colleagues -------------------------------------------------------------------------------------------------------


def _my_organisation(request: HttpRequest, code: str, *roles: Role) -> Organisation:
    """Raises Http404 unless the account has one of these roles in it."""
    organisation = Organisation.objects.filter(code=code, pk__in=organisations_as(person_of(request), *roles)).first()
    if organisation is None:
        raise Http404
    return organisation


@requires(Permission.SEE_COLLEAGUES)
def colleagues(request: HttpRequest) -> HttpResponse:
    """Who works in my organisations, and who holds their keys."""
    user = person_of(request)
    groups = []
    mine = organisations_as(user, Role.CASEWORKER, Role.ORGANISATION_ADMIN)
    for organisation in Organisation.objects.filter(pk__in=mine).order_by("id"):
        holders = queries.key_holder_ids(queries.current_epoch(organisation)) if organisation.epochs.exists() else set()
        people = User.objects.filter(is_active=True, roles__organisation=organisation).distinct().order_by("name")
        rows = [
            {"user": person, "holds": person.pk in holders, "roles": list(person.roles.filter(organisation=organisation))}
            for person in people
        ]
        groups.append(
            {
                "organisation": organisation,
                "rows": rows,
                "holders": len(holders),
                "may_add": organisation.pk in organisations_as(user, Role.ORGANISATION_ADMIN),
                "may_give": user.pk in holders,
            }
        )
    return render(request, "people/colleagues.html", {"groups": groups})


@requires(Permission.MANAGE_ACCOUNTS)
@sensitive_post_parameters()
def add_account(request: HttpRequest, code: str) -> HttpResponse:
    """A new account in my organisation. The key comes apart, from a colleague who holds it."""
    organisation = _my_organisation(request, code, Role.ORGANISATION_ADMIN)
    form = AddAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data, person_of(request)
        try:
            made = actions.add_user(
                email=data["email"], name=data["name"], password=data["new"], language=data["language"], by=by
            )
        except actions.AlreadyThere:
            form.add_error("email", _("There is an account with this address already."))
        except Busy as why:
            form.add_error(None, _refusal(why))
        else:
            actions.give_role(user=made.user, role=Role(data["role"]), organisation=organisation, by=by)
            messages.success(request, _("The account is made. Tell your colleague the address and the password by voice."))
            return HttpResponseRedirect(reverse("people_work:colleagues"))
    return render(request, "people/add_account.html", {"form": form, "organisation": organisation})


@requires(Permission.GIVE_KEYS)
@with_keys
def admit(request: HttpRequest, code: str, user_uid: uuid.UUID) -> HttpResponse:
    """Gives the organisation's key to a caseworker, after comparing digits by voice."""
    organisation = _my_organisation(request, code, Role.CASEWORKER)
    colleague = User.objects.filter(
        uid=user_uid, is_active=True, roles__organisation=organisation, roles__role=Role.CASEWORKER
    ).first()
    if colleague is None:
        raise Http404
    form = AdmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.admit(
                keyring=keys_of(request),
                organisation=organisation,
                colleague=colleague,
                fingerprint=form.cleaned_data["fingerprint"],
            )
        except actions.WrongFingerprint:
            form.add_error("fingerprint", _("These are not the digits of this account. Compare them once more, by voice."))
        except KeyMissing:
            form.add_error(None, _("You do not hold this key yourself. Ask a colleague who does."))
        else:
            messages.success(request, _("Your colleague can read the cases of this office now."))
            return HttpResponseRedirect(reverse("people_work:colleagues"))
    return render(request, "people/admit.html", {"form": form, "organisation": organisation, "colleague": colleague})
