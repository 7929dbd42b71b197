"""Who may come in: every view carries exactly one of two marks, and what carries none is closed.

`@public("why this is safe")` opens a view to everybody and says why. `@requires(Permission.X)` asks the area's own
table (its `rules.py`). Anonymous visitors are sent to the sign-in page; a signed-in person without the right gets
404, never 403, so that nobody learns what exists.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Opened = TypeVar("Opened", bound=Callable[..., Any])
Rule = Callable[[Any], bool]

# Views of libraries that carry no mark of ours; each needs its reason here.
FOREIGN_VIEWS: dict[str, str] = {
    "django.views.i18n.set_language": "sets a cookie with the language, nothing else",
    "django.views.static.serve": "files of the stylesheet in development",
}


class Permission(enum.Enum):
    """Base of each area's own enumeration of what may be done in it."""


@dataclass(frozen=True)
class Mark:
    """How a view is opened: to the public for a stated reason, or to holders of a permission."""

    kind: str
    reason: str = ""
    permission: Permission | None = None


_rules: dict[Permission, Rule] = {}


def rule_table(table: dict[Permission, Rule]) -> dict[Permission, Rule]:
    """Registers an area's table (permission → who holds it) and gives it back, so that it reads as one screen."""
    _rules.update(table)
    return table


def holds(user: Any, permission: Permission) -> bool:
    """Whether this signed-in person holds the permission. Raises KeyError for a permission that no table names."""
    return bool(user.is_authenticated and user.is_active and _rules[permission](user))


def public(reason: str) -> Callable[[Opened], Opened]:
    """Opens a view, or an operation of the public interface, to everybody. The reason is read by people and by a test."""
    if len(reason) < 10:
        raise ValueError("say why this view may be public")

    def mark(view: Opened) -> Opened:
        view.kenesh_mark = Mark("public", reason=reason)  # type: ignore[attr-defined]  # the mark travels on the function
        return view

    return mark


def requires(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Opens a view to signed-in people who hold the permission."""

    def mark(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not holds(request.user, permission):
                raise Http404
            response = view(request, *args, **kwargs)
            # What staff see stays out of every cache, also the browser's own.
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        guarded.kenesh_mark = Mark("requires", permission=permission)  # type: ignore[attr-defined]  # as above
        return guarded

    return mark


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back to this page after it when it was only being read."""
    back = {"next": request.path} if request.method == "GET" else {}
    return HttpResponseRedirect(f"{settings.LOGIN_URL}{'?' if back else ''}{urlencode(back)}")


def mark_of(view: Callable[..., Any]) -> Mark | None:
    mark: Mark | None = getattr(view, "kenesh_mark", None)
    return mark


def deny_by_default(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Middleware: a view without a mark answers nobody."""

    class DenyByDefault:
        def __call__(self, request: HttpRequest) -> HttpResponseBase:
            return get_response(request)

        def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
            name = f"{getattr(view, '__module__', '')}.{getattr(view, '__qualname__', '')}"
            if mark_of(view) is None and name not in FOREIGN_VIEWS:
                raise PermissionDenied(f"{name} carries no access mark")

    return DenyByDefault()
