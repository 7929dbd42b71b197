"""The scoreboards that bodies have turned on, and their lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404

from kenesh.followup.models import Addressee, AddresseeScore, Scoreboard, ShownSilence
from kenesh.followup.rules import bodies_kept_by, bodies_read_by
from kenesh.people.models import Body, User

MOST_LINES = 500


def open_scoreboards(today: date) -> list[Scoreboard]:
    """Those that everybody may read today."""
    return list(Scoreboard.objects.filter(opens_on__lte=today).select_related("body").order_by("body_id"))


def scoreboard_for_public(code: str, today: date) -> Scoreboard:
    """Of the body with this code. Raises Http404 while it is internal."""
    found = Scoreboard.objects.filter(body__code=code, opens_on__lte=today).select_related("body").first()
    if found is None:
        raise Http404
    return found


def lines_of_board(body: Body, shown_on: date | None = None) -> list[AddresseeScore]:
    """Its lines by country and order of entry: no ranking, since few were asked the same. `shown_on`: only those that everybody may read
    on that day, once the board is open."""
    rows = AddresseeScore.objects.filter(body=body).select_related("organisation")
    if shown_on is not None:
        rows = rows.filter(Q(shown_from__isnull=True) | Q(shown_from__lte=shown_on))
    return list(rows.order_by("organisation__country", "organisation_id")[:MOST_LINES])


def body_to_keep(user: User, code: str) -> Body:
    """Raises Http404 unless the account is secretary of the body."""
    body = Body.objects.filter(code=code, pk__in=bodies_kept_by(user)).first()
    if body is None:
        raise Http404
    return body


def board_of(body: Body) -> Scoreboard:
    """Whether and when it opens; an unsaved row where nobody has turned it on."""
    return Scoreboard.objects.filter(body=body).first() or Scoreboard(body=body)


@dataclass(frozen=True)
class BoardRead:
    """A body of mine with its scoreboard."""

    body: Body
    board: Scoreboard
    is_open: bool
    keeps: bool


def boards_read(user: User, today: date) -> list[BoardRead]:
    """Of the bodies whose recommendations the account may read."""
    bodies = Body.objects.filter(pk__in=bodies_read_by(user)).order_by("id")
    boards = {board.body_id: board for board in Scoreboard.objects.filter(body__in=bodies)}
    keeps = bodies_kept_by(user)
    found = []
    for body in bodies:
        board = boards.get(body.pk) or Scoreboard(body=body)
        found.append(BoardRead(body, board, board.is_open(today), body.pk in keeps))
    return found


def score_of(addressee: Addressee) -> AddresseeScore | None:
    """Its organisation's line on the scoreboard of the body that asks; None while it has none."""
    rows = AddresseeScore.objects.filter(body=addressee.recommendation.body_id, organisation=addressee.organisation_id)
    return rows.select_related("organisation").first()


def score_to_keep(body: Body, code: str) -> AddresseeScore:
    """The line of an organisation on a body's scoreboard. Raises Http404."""
    row = AddresseeScore.objects.filter(body=body, organisation__code=code).select_related("organisation").first()
    if row is None:
        raise Http404
    return row


# --- silence ----------------------------------------------------------------------------------------------------------


def silence_of(body: Body) -> ShownSilence:
    """Whether and from when on late answers are shown; an unsaved row where nobody has turned that on."""
    return ShownSilence.objects.filter(body=body).first() or ShownSilence(body=body)


def tells_late(today: date, body: str = "") -> bool:
    """Whether everybody may read which answers are late: to the body with this code, or to any."""
    rows = ShownSilence.objects.filter(opens_on__lte=today)
    return (rows.filter(body__code=body) if body else rows).exists()
