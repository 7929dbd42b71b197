"""Sign-in, unlocking, the account's own page."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.kernel.access import public, requires
from kenesh.kernel.stretching import Busy
from kenesh.people import actions, sign_in
from kenesh.people.forms import ChangePasswordForm, SignInForm, UnlockForm
from kenesh.people.middleware import POST_IN_SESSION, keys_of, person_of, with_keys
from kenesh.people.models import User
from kenesh.people.rules import Permission


def safe_next(request: HttpRequest, path: str | None) -> str:
    """A path of this node under /work/, or the work page."""
    good = path and path.startswith("/work/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return urlsplit(path).path if good and path else reverse("site_work:home")


def refusal(why: Exception) -> str:
    """In words, why a password was not taken."""
    if isinstance(why, sign_in.LockedOut):
        return _("There were too many wrong passwords or codes from here. Wait 15 minutes, then try again.")
    if isinstance(why, Busy):
        return _("Many people are signing in at this moment. Wait some seconds, then try again.")
    return _("The address or the password is not right. Check both and try again.")


@public("the door for staff: tells nobody whether an account exists")
@sensitive_post_parameters("password")
def sign_in_page(request: HttpRequest) -> HttpResponse:
    """Address and password; the second step has pages of its own (views/factors.py)."""
    if request.user.is_authenticated and keys_of(request):
        return HttpResponseRedirect(safe_next(request, request.GET.get("next")))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email, password = form.cleaned_data["email"], form.cleaned_data["password"]
        try:
            checked = sign_in.check(email, password, device=request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))
        except (sign_in.WrongPassword, sign_in.LockedOut, Busy) as why:
            form.add_error(None, refusal(why))
        else:
            return _after_password(request, checked, safe_next(request, request.POST.get("next")))
    return render(request, "people/sign_in.html", {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")})


def _after_password(request: HttpRequest, checked: sign_in.Checked, to: str) -> HttpResponse:
    """In at once, or to the second step: asking for the second factor, or setting it up."""
    stage = sign_in.what_comes(request, checked)
    if stage is sign_in.Next.OPEN:
        return opened(request, checked.user, sign_in.sign_in(request, checked), to)
    name = "people_work:set_up" if stage is sign_in.Next.SET_UP else "people_work:second_factor"
    response = HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': to})}")
    sign_in.set_unlock_cookie(response, sign_in.password_stage(request, checked))
    return response


def opened(request: HttpRequest, user: User, cookie: bytes, to: str) -> HttpResponse:
    """The answer to who is in now; to the change of the password first when somebody else chose it."""
    if user.start_password:
        messages.warning(request, _("Somebody else chose this password. Please change it now: no key is given to you before."))
        if not to.startswith(reverse("people_work:spare_codes")):
            to = reverse("people_work:account")
    response = HttpResponseRedirect(to)
    sign_in.set_cookies(response, cookie, user.email)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.HTTPS,
            samesite="Lax",
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
            form.add_error("password", refusal(why))
        else:
            return _after_password(request, checked, reverse("people_work:give_back") if kept else safe_next(request, back))
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
            old, new = form.cleaned_data["old"], form.cleaned_data["new"]
            secret = actions.change_password(keyring=keyring, old=old, new=new, device=device)
        except actions.SamePassword:
            form.add_error("new", _("Take another password than the one until now."))
        except (sign_in.WrongPassword, sign_in.LockedOut, Busy) as why:
            form.add_error("old", refusal(why))
        else:
            update_session_auth_hash(request, keyring.user)
            messages.success(request, _("Your password is changed. All your other sessions have ended."))
            cookie = sign_in.sign_in(request, sign_in.Checked(keyring.user, secret))
            return opened(request, keyring.user, cookie, reverse("people_work:account"))
    digits = actions.fingerprint_of(user)
    context = {"form": form, "digits": [digits[i : i + 4] for i in range(0, len(digits), 4)]}
    return render(request, "people/account.html", context)
