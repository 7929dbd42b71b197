"""Pages that belong to no area: the front door, privacy, the way to one's language, the way out."""

import pathlib

from csp.constants import NONE, UNSAFE_INLINE
from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from kenesh.council.queries.meetings import bodies
from kenesh.kernel.access import public, requires
from kenesh.kernel.stylesheet import NAMES, stylesheet_text, stylesheet_version
from kenesh.people import sign_in
from kenesh.people.rules import Permission
from kenesh.site import linked


@public("sends the reader on to the front page in her language")
@require_GET
def root(request: HttpRequest) -> HttpResponse:
    """By the remembered cookie, then by Accept-Language, then the node's own language."""
    language = get_language_from_request(request)
    response = HttpResponseRedirect(f"/{language}/")
    remember_language(response, language)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@public("the front page shows published facts only")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The front page; coming here by the language switch is remembered."""
    response = render(request, "site/home.html", {"linked": linked.node()})
    language = get_language()
    if language and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language:
        remember_language(response, language)
    return response


@public("tells everybody what happens to what they write")
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, who reads it, what is not promised."""
    return render(request, "site/privacy.html")


@public("says what is public, and how programs read it")
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """Tables, feeds and the interface for programs; licence, limits, how to cite."""
    context = {
        "tables": linked.TABLES,
        "bodies": bodies(),
        "per_minute": settings.API_PER_MINUTE,
        "licence": settings.DATA_LICENCE,
        "address": settings.ADDRESS,
        "today": timezone.localdate(),
        "linked": linked.catalogue(),
    }
    return render(request, "site/data.html", context)


@requires(Permission.USE_ACCOUNT)
def work_home(request: HttpRequest) -> HttpResponse:
    """What waits for this person: the panels of the areas, then her menu."""
    return render(request, "site/work_home.html")


@public("only takes away what this browser holds; needs no token, so that it never fails to let somebody out")
@csrf_exempt
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit: ends the session, clears cookies and cache of this site, goes on to an everyday page.

    The browser's history remains; the pages that offer this say so. Clear-Site-Data: https://www.w3.org/TR/clear-site-data/
    (browsers obey it over https and on localhost only, so the cookies are deleted one by one too).
    """
    try:
        sign_in.lock(request)
        logout(request)
    except DatabaseError:
        request.session.modified = (
            False  # who has to leave does not wait for the database: without their cookies both open nothing
        )
    response = HttpResponseRedirect(settings.LEAVE_TO)
    for name in [
        each for each in request.COOKIES if each.startswith(settings.COOKIE_PREFIX) or each == settings.LANGUAGE_COOKIE_NAME
    ]:
        # A `__Host-` cookie is only replaced by one that is secure too.
        response.set_cookie(name, max_age=0, expires="Thu, 01 Jan 1970 00:00:00 GMT", path="/", secure=request.is_secure())
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@public("the emblem that every page shows")
@require_GET
def emblem(request: HttpRequest) -> HttpResponseBase:
    """The node's own emblem out of KENESH_HOME/files/public; sandboxed, since an SVG may carry script."""
    name = pathlib.Path(settings.NODE_EMBLEM).name
    path = settings.FILES / "public" / name
    kinds = {".svg": "image/svg+xml", ".png": "image/png"}
    if not name or path.suffix.lower() not in kinds or not path.is_file():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type=kinds[path.suffix.lower()])
    response.headers["Cache-Control"] = "public, max-age=86400"
    response._csp_config = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "sandbox": True}  # type: ignore[attr-defined]  # django-csp's hook
    return response


@public("the look of the pages")
@require_GET
def stylesheet(request: HttpRequest, name: str, version: str) -> HttpResponse:
    """A sheet by itself, for pages that do not carry it. Its address holds its version: a browser may keep it for ever."""
    if name not in NAMES or version != stylesheet_version(name):
        raise Http404
    response = HttpResponse(stylesheet_text(name), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@public("counts and check sums of the trail, as of the day: names nobody and nothing")
@require_GET
def trail_heads(request: HttpRequest) -> HttpResponse:
    """The day, and one check sum of all heads of the trail on it, as the worker wrote them."""
    path = settings.FILES / "public" / "trail-heads.txt"
    if not path.is_file():
        raise Http404
    return HttpResponse(path.read_text(encoding="ascii"), content_type="text/plain; charset=utf-8")


def remember_language(response: HttpResponse, language: str) -> None:
    """In the cookie that Django's own language middleware reads."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path="/",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
