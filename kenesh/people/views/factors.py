"""The second factor: asked for at sign-in, set up before anything opens, kept on the account's own page."""

from __future__ import annotations

import time
import uuid
from typing import Any
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kenesh.kernel import vault
from kenesh.kernel.access import public, requires
from kenesh.kernel.middleware import holds_secret
from kenesh.kernel.stretching import Busy
from kenesh.people import actions, factors, sign_in
from kenesh.people.forms import AnotherFactorForm, FactorForm, NewFactorForm, UnlockForm
from kenesh.people.middleware import POST_IN_SESSION, keys_of, person_of, with_keys
from kenesh.people.models import Factor, FactorKind, Unlock, User
from kenesh.people.rules import Permission
from kenesh.people.views.signing import opened, refusal, safe_next


def _device(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")


def why_not(why: Exception) -> str:
    """In words, why a second factor was not taken."""
    if isinstance(why, factors.UsedCode):
        return _("This code was used already. Wait until the app shows the next one, at most half a minute.")
    if isinstance(why, factors.Cloned):
        return _(
            "This key was used somewhere else too: there may be a copy of it. Take another way, and tell your administrator."
        )
    if isinstance(why, factors.WrongCode):
        return _("This is not right. Take the code that the app shows now, and check the clock of your phone.")
    return refusal(why)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("The time for the second step is over. Write your password again."))
    to = reverse("people_work:unlock") if request.user.is_authenticated else settings.LOGIN_URL
    return HttpResponseRedirect(to)


def _next(request: HttpRequest) -> str:
    return safe_next(request, request.POST.get("next") or request.GET.get("next"))


def _go_in(request: HttpRequest, pending: sign_in.OpenUnlock, to: str) -> HttpResponse:
    try:
        cookie = sign_in.open_stage(request, pending.cookie, with_factor=True)
    except Unlock.DoesNotExist:
        return _to_sign_in(request)
    return opened(request, pending.user, cookie, reverse("people_work:give_back") if POST_IN_SESSION in request.session else to)


@public("the second step of signing in: says nothing to who has not given a right password in this browser")
@sensitive_post_parameters()
def second_factor(request: HttpRequest) -> HttpResponse:
    """A code of the app, a passkey, or a code from paper."""
    pending = sign_in.pending_of(request)
    if pending is None:
        return _to_sign_in(request)
    if not factors.has_factor(pending.user):
        return HttpResponseRedirect(reverse("people_work:set_up"))
    form = FactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code, passkey = form.cleaned_data["code"], form.cleaned_data["passkey"]
        state = sign_in.setup_of(pending).get("asked", {})
        try:
            sign_in.check_factor(
                pending.user,
                lambda: (
                    factors.check_passkey(pending.user, state, passkey) if passkey else factors.check_code(pending.user, code)
                ),
                device=_device(request),
            )
        except (factors.WrongCode, sign_in.LockedOut) as why:
            form.add_error("code", why_not(why))
        else:
            return _go_in(request, pending, _next(request))
    question = factors.ask_for_passkey(pending.user)
    if question is not None:
        sign_in.keep_setup(pending, {"asked": question.state})
    context = {
        "form": form,
        "next": _next(request),
        "question": question.options if question else "",
        "apps": Factor.objects.filter(user=pending.user, kind=FactorKind.TOTP).exists(),
        "shown": factors.shown_code(pending.user),
    }
    return holds_secret(render(request, "people/second_factor.html", context))


@public("the second step of signing in, for an account that has to set it up: nothing opens before")
@sensitive_post_parameters()
def set_up(request: HttpRequest) -> HttpResponse:
    """Sets up the first second factor, after a right password and before anything opens."""
    pending = sign_in.pending_of(request)
    if pending is None:
        return _to_sign_in(request)
    if factors.has_factor(pending.user):
        return HttpResponseRedirect(reverse("people_work:second_factor"))
    sign_in.keep_waiting(pending)
    form = NewFactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _added(request, pending, form):
        actions.make_spare_codes(user=pending.user)
        to = f"{reverse('people_work:spare_codes')}?{urlencode({'next': _next(request)})}"
        try:
            cookie = sign_in.open_stage(request, pending.cookie, with_factor=True)
        except Unlock.DoesNotExist:
            return _to_sign_in(request)
        return opened(request, pending.user, cookie, to)
    return _set_up_page(request, pending, form, first=True)


def _added(request: HttpRequest, unlock: sign_in.OpenUnlock, form: NewFactorForm) -> bool:
    """Whether the factor answered and is kept; else the form says why not."""
    user, setup, data = unlock.user, sign_in.setup_of(unlock), form.cleaned_data
    try:
        if data["passkey"]:
            _add_passkey(user, setup, data, _device(request))
        else:
            _add_totp(user, setup, data, _device(request))
    except (factors.WrongCode, sign_in.LockedOut) as why:
        form.add_error("code", why_not(why))
        return False
    return True


def _add_passkey(user: User, setup: dict[str, Any], data: dict[str, Any], device: str) -> None:
    found: list[tuple[str, int]] = []
    sign_in.check_factor(
        user, lambda: found.append(factors.read_new_passkey(setup.get("asked", {}), data["passkey"])), device=device
    )
    credential, counter = found[0]
    actions.add_passkey(user=user, credential=credential, counter=counter, name=data["name"] or _("Passkey"), by=user)


def _add_totp(user: User, setup: dict[str, Any], data: dict[str, Any], device: str) -> None:
    seed = bytes.fromhex(setup.get("seed", ""))
    steps: list[int] = []

    def check() -> None:
        step = vault.totp_step_of(seed, data["code"], time.time()) if seed else None
        if step is None:
            raise factors.WrongCode
        steps.append(step)

    sign_in.check_factor(user, check, device=device)
    actions.add_totp(user=user, seed=seed, step=steps[0], name=data["name"] or _("App on the phone"), by=user)


def _set_up_page(request: HttpRequest, unlock: sign_in.OpenUnlock, form: NewFactorForm, *, first: bool) -> HttpResponse:
    setup = sign_in.setup_of(unlock)
    seed = bytes.fromhex(setup["seed"]) if "seed" in setup else vault.new_totp_seed()
    question = factors.ask_for_new_passkey(unlock.user)
    sign_in.keep_setup(unlock, {"seed": seed.hex(), "asked": question.state})
    text = vault.totp_text(seed)
    picture = segno.make(_otp_address(unlock.user, text), error="m").svg_data_uri(scale=4, border=2, dark="#000", light="#fff")
    context = {
        "form": form,
        "first": first,
        "next": _next(request),
        "picture": picture,
        "secret": [text[i : i + 4] for i in range(0, len(text), 4)],
        "question": question.options,
    }
    return holds_secret(render(request, "people/set_up_factor.html", context))


def _otp_address(user: User, text: str) -> str:
    """What authenticator apps read from the picture (Google's Key Uri Format, which all of them know)."""
    issuer = quote(settings.NODE_NAME)
    return f"otpauth://totp/{issuer}:{quote(user.email)}?secret={text}&issuer={issuer}"


@public("deletes the pending unlock of this browser and nothing else")
@require_POST
def stop_sign_in(request: HttpRequest) -> HttpResponse:
    """Breaks the second step off."""
    if sign_in.pending_of(request) is not None:
        sign_in.lock(request)
    response = HttpResponseRedirect(settings.LOGIN_URL)
    response.delete_cookie(settings.UNLOCK_COOKIE_NAME)
    return response


# --- the account's own page -----------------------------------------------------------------------------------------------


@requires(Permission.USE_ACCOUNT)
@with_keys
def own_factors(request: HttpRequest) -> HttpResponse:
    """My second factors, and how many codes on paper are left."""
    return _own_page(request, UnlockForm())


def _own_page(request: HttpRequest, form: UnlockForm, *, status: int = 200) -> HttpResponse:
    user = person_of(request)
    rows = list(Factor.objects.filter(user=user).order_by("pk"))
    context = {
        "rows": rows,
        "form": form,
        "left": user.spare_codes.count(),
        "must": factors.must_have_factor(user),
        "may_remove": len(rows) > 1 or not factors.must_have_factor(user),
    }
    return render(request, "people/own_factors.html", context, status=status)


@requires(Permission.USE_ACCOUNT)
@with_keys
@sensitive_post_parameters()
def add_factor(request: HttpRequest) -> HttpResponse:
    """One more second factor for my account, after the password."""
    unlock = sign_in.open_of(request)
    if unlock is None:
        return _to_sign_in(request)
    form = AnotherFactorForm(request.POST or None)
    if request.method == "POST" and _password_again(request, form):
        first = not factors.has_factor(unlock.user)
        if _added(request, unlock, form):
            sign_in.keep_setup(unlock, {})
            messages.success(request, _("The second factor is added. From now on you need it when you sign in."))
            if first:
                actions.make_spare_codes(user=unlock.user)
                return HttpResponseRedirect(reverse("people_work:spare_codes"))
            return HttpResponseRedirect(reverse("people_work:own_factors"))
    return _set_up_page(request, unlock, form, first=False)


def _password_again(request: HttpRequest, form: UnlockForm | AnotherFactorForm) -> bool:
    """Whether the account's password was written right; else the form says what is wrong."""
    if not form.is_valid():
        return False
    try:
        sign_in.check(person_of(request).email, form.cleaned_data["password"], device=_device(request))
    except (sign_in.WrongPassword, sign_in.LockedOut, Busy) as why:
        form.add_error("password", refusal(why))
        return False
    return True


@requires(Permission.USE_ACCOUNT)
@require_POST
@with_keys
@sensitive_post_parameters()
def remove_factor(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Removes one of my second factors, after the password."""
    user, form = person_of(request), UnlockForm(request.POST)
    factor = Factor.objects.filter(user=user, uid=uid).select_related("user").first()
    if factor is None:
        raise Http404
    if not _password_again(request, form):
        return _own_page(request, form, status=422)
    try:
        actions.remove_factor(factor=factor, by=user)
    except actions.LastFactor:
        form.add_error(None, _("Caseworkers always have a second factor. Add the new one first, then remove this one."))
        return _own_page(request, form, status=422)
    messages.success(request, _("The second factor is removed."))
    return HttpResponseRedirect(reverse("people_work:own_factors"))


@requires(Permission.USE_ACCOUNT)
@require_POST
@with_keys
@sensitive_post_parameters()
def new_spare_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes for paper, after the password."""
    user, form = person_of(request), UnlockForm(request.POST)
    if not factors.has_factor(user):
        raise Http404
    if not _password_again(request, form):
        return _own_page(request, form, status=422)
    actions.make_spare_codes(user=user)
    return HttpResponseRedirect(reverse("people_work:spare_codes"))


@requires(Permission.USE_ACCOUNT)
@with_keys
def spare_codes(request: HttpRequest) -> HttpResponse:
    """The codes for paper, shown until she says that she has them."""
    if request.method == "POST":
        actions.put_spare_codes_away(user=person_of(request))
        return HttpResponseRedirect(_next(request))
    codes = actions.kept_spare_codes(keyring=keys_of(request))
    if not codes:
        return HttpResponseRedirect(reverse("people_work:own_factors"))
    return render(request, "people/spare_codes.html", {"codes": codes, "next": _next(request)})
