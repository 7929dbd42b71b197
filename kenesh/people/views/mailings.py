"""Letters to many correspondents, and the page on which somebody says that she wants no more."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kenesh.kernel.access import public, requires
from kenesh.people import actions
from kenesh.people.forms.correspondents import MailingForm
from kenesh.people.middleware import person_of
from kenesh.people.models import MailStop
from kenesh.people.queries.correspondents import (
    counts_of,
    line_by_token,
    lines_not_sent,
    mailing_to_read,
    mailings_of,
    receivers,
    secretarys_bodies,
    stops_of,
)
from kenesh.people.rules import Permission

_SHOWN = 10


@requires(Permission.KEEP_ADDRESS_BOOK)
@require_safe
def mailings(request: HttpRequest) -> HttpResponse:
    """Letters that were sent to many, newest first."""
    page = mailings_of(person_of(request), after=request.GET.get("after", ""))
    return render(request, "people/mailings.html", {"page": page})


@requires(Permission.KEEP_ADDRESS_BOOK)
def new_mailing(request: HttpRequest) -> HttpResponse:
    """A letter is written, looked at as it will arrive, and sent only then."""
    user = person_of(request)
    bodies = secretarys_bodies(user)
    data = request.POST.copy()
    initial = {name: request.GET.get(name, "") for name in ("list", "role", "country", "language")}
    form = MailingForm(data or None, bodies=bodies, initial=initial)
    preview = None
    if request.method == "POST" and form.is_valid():
        said, chosen = form.cleaned_data, form.chosen()
        getting = receivers(user, chosen)
        if not getting.correspondents:
            form.add_error(None, _("Nobody would get this letter. Choose more people."))
        elif request.POST.get("do") == "send" and said["count"] == len(getting.correspondents):
            made = actions.begin_mailing(
                code=said["key"],
                body=next((body for body in bodies if body.code == chosen.body), None),
                subject=said["subject"],
                text=said["text"],
                chosen=asdict(chosen),
                correspondents=getting.correspondents,
                by=user,
            )
            return HttpResponseRedirect(reverse("people_work:mailing", args=[made.code]))
        else:
            data["count"] = str(len(getting.correspondents))
            stop = _("(the link that ends mail)")
            letters = [
                (code, said["subject"].in_language(code), actions.letter_text(said["text"], code, stop)) for code in said["text"]
            ]
            preview = {"getting": getting, "first": getting.correspondents[:_SHOWN], "letters": letters}
            preview["more"] = max(len(getting.correspondents) - _SHOWN, 0)
    return render(request, "people/mailing_form.html", {"form": form, "preview": preview})


@requires(Permission.KEEP_ADDRESS_BOOK)
@require_safe
def mailing(request: HttpRequest, code: str) -> HttpResponse:
    """How far a letter has come, and to whom it did not go."""
    user = person_of(request)
    found = mailing_to_read(user, code)
    counts = counts_of(found)
    total, waiting = sum(number for _c, _w, number in counts), sum(number for status, _w, number in counts if status == "waiting")
    context = {"mailing": found, "counts": counts, "total": total, "done": total - waiting, "lines": lines_not_sent(user, found)}
    return render(request, "people/mailing.html", context)


@public("the random link of one letter stops or resumes mail to that address, and shows nothing else")
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, since programs that check mail open every link. Programs that read mail press the button by
    themselves (RFC 8058): they keep no cookie and follow no redirect, so it asks for no token of a form and answers at once."""
    line = line_by_token(token)
    by = f"mailing:{line.mailing.code}"
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        actions.stop_mail(email=line.email, why=MailStop.Why.OPTED_OUT, by=by)
    elif request.method == "POST":
        if request.POST.get("do") == "resume":
            actions.resume_mail(email=line.email, by=by, also_opted_out=True)
            messages.success(request, _("You can get letters again."))
        else:
            actions.stop_mail(email=line.email, why=MailStop.Why.OPTED_OUT, by=by)
            messages.success(request, _("You will get no more letters from us."))
        return HttpResponseRedirect(reverse("people:mail_stop", args=[token]))
    context = {"is_stopped": bool(stops_of([line.email])), "body": line.mailing.body}
    return render(request, "people/mail_stop.html", context)


mail_stop.csrf_exempt = True  # type: ignore[attr-defined]  # Django's hook; the link itself is the secret
