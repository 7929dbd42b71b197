"""The way of an official: link → code → answer → check → sent. No account, no training, no token in any address after the first."""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kenesh.followup import actions, enclosures, queries
from kenesh.followup.forms import AnswerForm, CodeForm
from kenesh.followup.forms.letters import ACCEPT
from kenesh.followup.models import NO_DATE, Addressee, AnswerLink, File, Response
from kenesh.followup.queries import SessionFound, ministry, shadows
from kenesh.kernel import vault
from kenesh.kernel.access import public
from kenesh.kernel.stretching import Busy
from kenesh.kernel.unreferred import unreferred
from kenesh.kernel.uploads import SealedUpload, takes_files
from kenesh.problems.queries import OPEN_TO_ALL
from kenesh.themes.templatetags.words import day

COOKIE_LIFE = 24 * 60 * 60


def found_session(request: HttpRequest) -> SessionFound | None:
    return queries.session_of(request.COOKIES.get(settings.ANSWER_COOKIE_NAME, ""))


def gone(request: HttpRequest) -> HttpResponse:
    """One page for every link and session that opens nothing; what was written with it is shown, to be copied."""
    return render(request, "followup/answer_gone.html", {"kept": _posted(request)}, status=404)


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    """Question and answer of what was sent with a form, as it was typed."""
    said = [(field, request.POST[name]) for name, field in AnswerForm.base_fields.items() if request.POST.get(name)]
    return [(str(field.label), str(dict(getattr(field, "choices", ())).get(words, words))) for field, words in said]


def other_letter(request: HttpRequest, found: SessionFound) -> HttpResponse | None:
    """A page that says so, with what was written, when a form comes from the page of another letter than the browser has open now: one
    cookie serves all windows of a browser. None when it is the same letter."""
    addressee = found.session.link.addressee
    if request.method != "POST" or request.POST.get("letter", addressee.code) == addressee.code:
        return None
    context = {"kept": _posted(request), "code": addressee.recommendation.code}
    return render(request, "followup/answer_other.html", context, status=409)


def to(request: HttpRequest, name: str, cookie: bytes | None = None) -> HttpResponse:
    response = HttpResponseRedirect(reverse(f"followup:{name}"))
    if cookie is not None:
        response.set_cookie(
            settings.ANSWER_COOKIE_NAME,
            cookie.hex(),
            max_age=COOKIE_LIFE,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Strict",
        )
    return response


def _masked(mailbox: str) -> str:
    """Enough of an address to know it by."""
    name, _at, host = mailbox.partition("@")
    return f"{name[:1]}…@{host}"


def _send_code(request: HttpRequest, link: AnswerLink) -> None:
    """Sends a code, or says why not."""
    try:
        actions.send_answer_code(link=link)
    except actions.TooManyCodes as refusal:
        at = timezone.localtime(refusal.again_at).strftime("%H:%M")
        messages.warning(
            request,
            _("Too many codes were sent in this hour. You can still use the newest one, or ask again at %(time)s.")
            % {"time": at},
        )
    except actions.NoMailbox:
        messages.error(
            request, _("We do not know the e-mail address of your organisation. Write to the secretary who sent the letter.")
        )
    except actions.MailNotSent:
        messages.error(request, _("The e-mail could not be sent. Wait some minutes, then ask for the code again."))
    else:
        messages.success(request, _("The code is on its way to the mailbox of your organisation."))


@public("an official's door: shows who asks, nothing of what is asked, and changes nothing until a code is wanted")
@unreferred
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, and a button that sends a code."""
    link = queries.live_link(token)
    if link is None:
        return gone(request)
    if request.method == "POST":
        cookie = actions.begin_answer_session(link=link)
        _send_code(request, link)
        return to(request, "answer_code", cookie)
    mailbox = link.codes_go_to
    return render(request, "followup/answer_link.html", {"link": link, "mailbox": _masked(mailbox) if mailbox else ""})


@public("opens only with a code that went to the organisation's registered mailbox")
@unreferred
def answer_code(request: HttpRequest) -> HttpResponse:
    """The code from the e-mail; or a new one."""
    found = found_session(request)
    if found is None:
        return gone(request)
    if request.method == "POST" and "again" in request.POST:
        _send_code(request, found.session.link)
        return to(request, "answer_code")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cookie = actions.open_answer_session(session=found.session, cookie=found.cookie, digits=form.cleaned_data["code"])
        except actions.WrongCode as refusal:
            form.add_error("code", _tries_left(refusal.left))
        except actions.CodeEnded:
            form.add_error("code", _("This code does not work any more. Ask for a new one below."))
        else:
            return to(request, "answer_form", cookie)
    link = found.session.link
    context = {
        "form": form,
        "link": link,
        "mailbox": _masked(link.codes_go_to),
        "has_draft": bool(found.draft),
    }
    return render(request, "followup/answer_code.html", context)


def _tries_left(left: int) -> str:
    if left == 0:
        return _("This is not the code, and it does not work any more. Ask for a new one below.")
    return ngettext(
        "This is not the code. You can try %(count)d more time.", "This is not the code. You can try %(count)d more times.", left
    ) % {"count": left}


@public("opens only in a browser whose session a code has opened; a session that has ended asks for a new code")
@unreferred
@takes_files
def answer_form(request: HttpRequest) -> HttpResponse:
    """The recommendation and the form. What is sent is kept, sealed, until the check page sends it; files too."""
    found = found_session(request)
    if found is None:
        return gone(request)
    if found.session.link.confirms:
        return to(request, "answer_confirm")
    if (other := other_letter(request, found)) is not None:
        return other
    link, draft = found.session.link, found.draft
    back = ministry.to_be_changed(link.addressee)
    initial = draft or (AnswerForm.written_in(back) if back else {})
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial, wanted_by=_wanted_by(link.addressee))
    if request.method == "POST":
        draft = {name: request.POST.get(name, "") for name in form.fields} | {"again": " ".join(request.POST.getlist("again"))}
        actions.keep_draft(session=found.session, cookie=found.cookie, draft=draft)
    if not found.is_open:
        return ask_for_code(request)
    again = _again(back, draft)
    if request.method == "POST":
        refused = _take_files(request, found, with_them=len(again))
        if "language" in request.POST:  # pressed in the page's menu: the same form comes in that language
            for words in refused:
                messages.warning(request, words)
            return to(request, "answer_form")
        for words in refused:
            form.add_error(None, words)
        if form.is_valid():
            return to(request, "answer_check")
    context = {
        "form": form,
        "link": link,
        "back": back,
        "again": again,
        **asked(link.addressee),
        "verdict": _verdict(found),
        "assessments": shadows.to_reply_to(link.addressee.recommendation),
        "files": ministry.unsent_files(found.session),
        "accept": ACCEPT,
        "answers": ministry.earlier_answers(link.addressee),
        "passed_on": ministry.passed_on(link),
        "board": queries.board_of(link.addressee.recommendation.body),
        "score": queries.score_of(link.addressee),
    }
    return render(request, "followup/answer_form.html", context)


def asked(addressee: Addressee) -> dict[str, Any]:
    """What is asked, by when, and what others were asked: for the pages of who answers and who confirms."""
    recommendation = addressee.recommendation
    problem, decision = recommendation.problem, recommendation.decision
    return {
        "addressee": addressee,
        "page": {"details": queries.what_is_asked(recommendation), "line": {"answer_by": _wanted_by(addressee)}},
        "problem": problem if problem and problem.status in OPEN_TO_ALL else None,
        "decision": decision if decision and decision.is_public else None,
        "others": ministry.others_asked(addressee),
        "silence": queries.silence_of(recommendation.body),
    }


def _wanted_by(addressee: Addressee) -> date | None:
    return None if addressee.answer_by == NO_DATE else addressee.answer_by


def _again(back: Response | None, draft: dict[str, str]) -> list[File]:
    """Papers of an answer that was sent back which shall go with the next one: all of them until something else is said."""
    chosen = draft["again"].split() if "again" in draft else None
    return [file for file in back.files.all() if chosen is None or file.uid.hex in chosen] if back else []


def _take_files(request: HttpRequest, found: SessionFound, *, with_them: int) -> list[str]:
    """Removes the files whose box is ticked, then takes in those that came; gives why one is not taken. `with_them`: how many of an
    earlier answer go along."""
    session, refused = found.session, list[str]()
    for text in request.POST.getlist("remove"):
        if _uuid(text):
            actions.remove_from_answer(session=session, uid=uuid.UUID(text))
    room = enclosures.MOST_FILES - len(ministry.unsent_files(session)) - with_them
    uploads = [one for one in request.FILES.getlist("files") if isinstance(one, SealedUpload)]  # the node's one handler
    for upload in uploads:
        try:
            if room <= 0:
                raise enclosures.Refused("too_many")
            if not enclosures.room_for_unsent():
                raise enclosures.Refused("full")
            file = enclosures.take_in(upload)
        except enclosures.Refused as refusal:
            refused.append(f"{upload.name}: {refusal.sentence}")
        except Busy:
            refused.append(_("Many people send files at this moment. Please choose the file again in a minute."))
        else:
            room -= 1
            actions.add_to_answer(session=session, file=file)
    return refused


def ask_for_code(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("Your time on this page has ended. Ask for a new code to go on. What you wrote is kept."))
    return to(request, "answer_code")


def _verdict(found: SessionFound) -> object:
    """The newest judgement, so that whoever is criticised can reply to it."""
    return found.session.link.addressee.recommendation.verdicts.order_by("-judged_on", "-id").first()


@public("opens only in a browser whose session a code has opened; sends what that browser wrote, once")
@unreferred
def answer_check(request: HttpRequest) -> HttpResponse:
    """What was written, to be read once more and sent."""
    found = found_session(request)
    if found is None:
        return gone(request)
    if (other := other_letter(request, found)) is not None:
        return other
    if not found.is_open:
        return ask_for_code(request)
    key = _key(request)
    if key and found.session.link.addressee.responses.filter(request_key=key).exists():
        return to(request, "answer_sent")
    addressee, draft = found.session.link.addressee, found.draft
    again = _again(ministry.to_be_changed(addressee), draft)
    files = [*again, *ministry.unsent_files(found.session)]
    form = AnswerForm(draft, wanted_by=_wanted_by(addressee))
    if request.method == "POST" and request.POST.get("said") != _fingerprint(draft, files):
        context = {"kept": _posted(request), "has_draft": bool(draft)}
        return render(request, "followup/answer_other.html", context, status=409)
    if not draft or not form.is_valid():
        return to(request, "answer_form")
    if request.method == "POST" and key:
        response = actions.answer(session=found.session, given=form.given(), key=key, again=[file.uid for file in again])
        if response.confirmation:
            _ask_validator(request, found.session.link)
        return to(request, "answer_sent")
    kept = {"draft": draft, "said": _fingerprint(draft, files), "key": uuid.uuid4().hex}
    context = {"rows": _rows(form), "addressee": addressee, "files": files, **kept}
    return render(request, "followup/answer_check.html", context)


def _fingerprint(draft: dict[str, str], files: list[File]) -> str:
    """Of all that the check page shows: another window may change what is kept after somebody has read it."""
    shown = json.dumps([draft, [file.uid.hex for file in files]], sort_keys=True)
    return vault.link_hash(settings.SECRETS.pepper, f"answer:{shown}").hex()


def _ask_validator(request: HttpRequest, link: AnswerLink) -> None:
    try:
        actions.ask_validator(addressee=link.addressee)
    except actions.MailNotSent:
        messages.warning(request, _("The e-mail to whoever confirms could not be sent. The secretary will send it again."))


def _rows(form: AnswerForm) -> list[tuple[str, str]]:
    """Question and answer of everything that was written, in words."""
    choices = dict(form.fields["answer"].choices)  # type: ignore[attr-defined]  # a ChoiceField
    rows: list[tuple[str, str]] = []
    for name, value in form.cleaned_data.items():
        words = choices[value] if name == "answer" else day(value) if isinstance(value, date) else value
        if words:
            said = dict(form.fields[name].choices).get(value, words) if name == "progress" else words  # type: ignore[attr-defined]
            rows.append((str(form.fields[name].label), str(said)))
    return rows


def _key(request: HttpRequest) -> uuid.UUID | None:
    return _uuid(request.POST.get("key", ""))


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@public("shows a browser what it has just sent itself, while its session is open")
@unreferred
def answer_sent(request: HttpRequest) -> HttpResponse:
    """The confirmation, with number and time, to be printed."""
    found = found_session(request)
    if found is None:
        return gone(request)
    if not found.is_open:
        return ask_for_code(request)
    if found.session.sent is None:
        return to(request, "answer_form")
    context = {"response": found.session.sent, "addressee": found.session.link.addressee}
    return render(request, "followup/answer_sent.html", context)
