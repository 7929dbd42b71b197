"""How addressees answer: for everybody where a body has turned it on, and for its secretary."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kenesh.followup import actions, queries
from kenesh.followup.forms import WordsForm
from kenesh.followup.models import AddresseeScore
from kenesh.followup.rules import Permission
from kenesh.followup.tables import Table, as_csv, csv_answer
from kenesh.kernel.access import public, requires
from kenesh.people.middleware import person_of

NUMBERS = ("asked", "in_time", "late", "silent", "still_open", "actions", "carried_out", "partly", "not_carried_out", "unknown")


@public("shows the kept counts of a body that has turned its scoreboard on, after the addressees' days for a reply")
@require_safe
def scoreboard(request: HttpRequest, code: str) -> HttpResponse:
    """The scoreboard of one body, with its method."""
    today = timezone.localdate()
    board = queries.scoreboard_for_public(code, today)
    lines = queries.lines_of_board(board.body, shown_on=today)
    return render(request, "followup/scoreboard.html", {"board": board, "lines": lines})


@public("the same numbers as on the scoreboard, as a table")
@require_safe
def scoreboard_table(request: HttpRequest, code: str) -> HttpResponse:
    """The scoreboard as CSV with HXL tags in the second line."""
    today = timezone.localdate()
    board = queries.scoreboard_for_public(code, today)
    return csv_answer(as_csv(_table(queries.lines_of_board(board.body, shown_on=today))), "scoreboard")


def _table(lines: list[AddresseeScore]) -> Table:
    headings = ["addressee", "code", "country", *NUMBERS, "counted_on", "words_of_addressee"]
    tags = [
        "#org+name",
        "#org+code",
        "#country+code",
        *(f"#indicator+{name}+num" for name in NUMBERS),
        "#date+counted",
        "#description",
    ]
    rows: list[list[str | int]] = [
        [
            str(line.organisation), line.organisation.code, line.organisation.country,
            *(getattr(line, name) for name in NUMBERS), line.counted_on.isoformat(), line.words.in_language(),
        ]
        for line in lines
    ]  # fmt: skip
    return Table(headings, tags, rows)


@requires(Permission.SEE_RECOMMENDATIONS)
def boards(request: HttpRequest) -> HttpResponse:
    """The scoreboard of each of my bodies, public or not."""
    user = person_of(request)
    return render(request, "followup/boards.html", {"boards": queries.boards_read(user, timezone.localdate())})


@requires(Permission.KEEP_RECOMMENDATIONS)
def board(request: HttpRequest, code: str) -> HttpResponse:
    """One body's scoreboard as its secretary sees it: turned on or off, with words of addressees."""
    body = queries.body_to_keep(person_of(request), code)
    found, silence, lines = queries.board_of(body), queries.silence_of(body), queries.lines_of_board(body)
    context = {
        "body": body,
        "board": found,
        "is_open": found.is_open(timezone.localdate()),
        "silence": silence,
        "silence_is_open": silence.is_open(timezone.localdate()),
        "lines": lines,
        "later": [line for line in lines if not line.is_shown(timezone.localdate())],
        "untold": [line.organisation for line in lines if found.opens_on and not line.organisation.mailbox],
        "days": actions.DAYS_BEFORE_SCOREBOARD,
    }
    return render(request, "followup/board.html", context)


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def turn_board(request: HttpRequest, code: str) -> HttpResponse:
    """Announces the scoreboard, or makes it internal."""
    user = person_of(request)
    body = queries.body_to_keep(user, code)
    if request.POST.get("public") == "yes":
        actions.announce_scoreboard(body=body, by=user)
        messages.success(request, _("The scoreboard is announced. Every organisation on it gets an e-mail with its line now."))
    else:
        actions.close_scoreboard(body=body, by=user)
        messages.success(request, _("Only your body can read the scoreboard now."))
    return HttpResponseRedirect(reverse("followup_work:board", args=[code]))


@requires(Permission.KEEP_RECOMMENDATIONS)
@require_POST
def turn_silence(request: HttpRequest, code: str) -> HttpResponse:
    """Announces that late answers will be shown to everybody, or keeps that to the body."""
    user = person_of(request)
    body = queries.body_to_keep(user, code)
    if request.POST.get("public") == "yes":
        actions.announce_silence(body=body, by=user)
        messages.success(request, _("It is announced. Every organisation that owes an answer gets an e-mail now."))
    else:
        actions.hide_silence(body=body, by=user)
        messages.success(request, _("Only your body can read now which answers are late."))
    return HttpResponseRedirect(reverse("followup_work:board", args=[code]))


@requires(Permission.KEEP_RECOMMENDATIONS)
def score_words(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    """What an addressee wants printed under its line."""
    user = person_of(request)
    body = queries.body_to_keep(user, code)
    score = queries.score_to_keep(body, organisation)
    form = WordsForm(request.POST or None, initial={"words": score.words})
    if request.method == "POST" and form.is_valid():
        actions.note_words(score=score, words=form.cleaned_data["words"], by=user)
        messages.success(request, _("The words stand under the line now."))
        return HttpResponseRedirect(reverse("followup_work:board", args=[code]))
    return render(
        request, "followup/score_words.html", {"form": form, "score": score, "body": body}, status=422 if form.errors else 200
    )
