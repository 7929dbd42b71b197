"""Puts the open session's keys on the request, and keeps what is sent to a session that has locked itself."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from kenesh.kernel.middleware import holds_secret
from kenesh.people import actions, sign_in
from kenesh.people.keyring import Keyring
from kenesh.people.models import User
from kenesh.people.queries import JoinedInto

P = ParamSpec("P")
POST_IN_SESSION = "locked-post"
NEVER_KEPT = {"csrfmiddlewaretoken", "password", "old", "new", "again", "code", "passkey"}


def unlocks(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """`request.keyring`: the Keyring of an open session; false when casework is locked. Read only when somebody asks."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.keyring = SimpleLazyObject(lambda: sign_in.keyring_of(request))  # type: ignore[attr-defined]  # our own attribute
        return get_response(request)

    return middleware


def joined_records(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: the address of a record that was joined to another one leads to that, for good."""

    class Leading:
        def __call__(self, request: HttpRequest) -> HttpResponseBase:
            return get_response(request)

        def process_exception(self, request: HttpRequest, why: Exception) -> HttpResponseBase | None:
            if isinstance(why, JoinedInto) and request.method in {"GET", "HEAD"}:
                return where_it_is_now(request, why)
            return None

    return Leading()


def where_it_is_now(request: HttpRequest, why: JoinedInto) -> HttpResponsePermanentRedirect:
    """The same address with the code of the record that was kept."""
    return HttpResponsePermanentRedirect(request.get_full_path().replace(why.was, why.now))


def keys_of(request: HttpRequest) -> Keyring:
    """The keys of an open session; only inside a view marked `@with_keys`, which has made sure of them."""
    return cast(Keyring, cast(Any, request).keyring)


def keyring_or_none(request: HttpRequest) -> Keyring | None:
    """The keys of an open session, where a view does more with them than without."""
    keyring = cast(Any, request).keyring
    return cast(Keyring, keyring) if keyring else None


def person_of(request: HttpRequest) -> User:
    """The signed-in account, inside a view marked `@requires`."""
    return cast(User, request.user)


def with_keys(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """For views that read sealed content: a locked session is asked for the password first, and nothing typed is lost."""

    @functools.wraps(view)
    def unlocked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if keys_of(request):
            return holds_secret(view(request, *args, **kwargs))
        if request.method == "POST":
            fields = {name: request.POST.getlist(name) for name in request.POST if name not in NEVER_KEPT}
            uid = actions.keep_locked_post(user=person_of(request), path=request.path, fields=fields)
            request.session[POST_IN_SESSION] = str(uid)
        else:
            request.session["unlock-next"] = request.path
        return HttpResponseRedirect(reverse("people_work:unlock"))

    return unlocked
