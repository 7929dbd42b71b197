"""The scoreboard: whether a body shows it, and the kept line of each addressee."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, DateField, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from kenesh.followup.actions.announcing import one_of_each, tell_or_note
from kenesh.followup.models import (
    NO_DATE,
    Action,
    Addressee,
    AddresseeScore,
    Judgement,
    Recommendation,
    Reminder,
    Response,
    Scoreboard,
    Verdict,
    has_answered,
    has_handed_on,
)
from kenesh.kernel import trail
from kenesh.people.models import Body, Organisation, User
from kenesh.themes.texts import Translated

DAYS_TO_REPLY = 14


def count_scores(recommendation: Recommendation) -> None:
    """Counts anew the lines of all whom a recommendation asks, and of those whom it asked when they were counted last."""
    asked = Organisation.objects.filter(pk__in=recommendation.addressees.values("organisation"))
    for organisation in asked.order_by("id"):
        count_line(recommendation.body, organisation)


def count_line(body: Body, organisation: Organisation) -> None:
    """Counts one line anew out of published recommendations; a line of nothing goes, unless its addressee has said something. Whose line
    comes onto a board that is announced already is told, and gets the days for a reply first."""
    today = timezone.localdate()
    asked = _asked(body, organisation)
    counted = _counted(asked, today)
    row = AddresseeScore.objects.filter(body=body, organisation=organisation).first()
    if not counted["asked"] and (row is None or not row.words):
        AddresseeScore.objects.filter(body=body, organisation=organisation).delete()
        return
    _row, made = AddresseeScore.objects.update_or_create(
        body=body, organisation=organisation, defaults={**counted, "counted_on": today}
    )
    if made:
        _give_days(body, organisation, asked, today)


def _give_days(body: Body, organisation: Organisation, asked: QuerySet[Addressee], today: date) -> None:
    """Days are given once for each announcement: a line that went and comes again is shown from the day that its addressee was told."""
    opens_on = Scoreboard.objects.filter(body=body, opens_on__isnull=False).values_list("opens_on", flat=True).first()
    if opens_on is None:
        return
    letters = Reminder.objects.filter(kind=Reminder.Kind.SCOREBOARD, answer_by__gte=opens_on)
    letters = letters.filter(addressee__organisation=organisation, addressee__recommendation__body=body)
    told = letters.aggregate(day=Max("answer_by"))["day"]
    day = told or max(opens_on, today + timedelta(days=DAYS_TO_REPLY))
    AddresseeScore.objects.filter(body=body, organisation=organisation).update(shown_from=day if day > opens_on else None)
    if told is None:
        tell_or_note(one_of_each(asked), Reminder.Kind.SCOREBOARD, day)


def _asked(body: Body, organisation: Organisation) -> QuerySet[Addressee]:
    """`answered_on`: the day of the first answer that everybody may read; `answered`: also by one that is internal. Without what it
    handed on: that counts for whoever is asked now."""
    answers = Response.objects.answers().filter(addressee=OuterRef("pk")).order_by()
    first = answers.filter(is_public=True).values("addressee").annotate(first=Min("received_on")).values("first")
    newest = Verdict.objects.filter(recommendation=OuterRef("recommendation_id"), is_public=True).order_by("-judged_on", "-id")
    return (
        Addressee.objects.current()
        .filter(organisation=organisation, recommendation__body=body, recommendation__is_public=True)
        .annotate(
            answered_on=Subquery(first, output_field=DateField()),
            answered=has_answered(),
            judgement=Subquery(newest.values("judgement")[:1]),
        )
        .exclude(Q(has_handed_on(), answered=False))
    )


def _counted(asked: QuerySet[Addressee], today: date) -> dict[str, object]:
    """Who has answered is not silent, though the answer be internal: that would be untrue. Its line stays open, as if the day had
    not come, so that nobody reads out of it what the body has not published."""
    silent = Q(answered=False, answer_by__lt=today)
    awaited = Q(answered=False, answer_by__gte=today)
    found = asked.aggregate(
        asked=Count("pk"),
        in_time=Count("pk", filter=Q(answered_on__lte=F("answer_by"))),
        late=Count("pk", filter=Q(answered_on__gt=F("answer_by"))),
        silent=Count("pk", filter=silent),
        still_open=Count("pk", filter=awaited | Q(answered=True, answered_on__isnull=True)),
        last_day=Min("answer_by", filter=awaited),
        **{judgement.value: Count("pk", filter=Q(judgement=judgement)) for judgement in Judgement},
    )
    last_day = found.pop("last_day") or NO_DATE
    found["turns_on"] = last_day + timedelta(days=1) if last_day < NO_DATE else NO_DATE
    found["actions"] = Action.objects.filter(addressee__in=asked.values("pk"), is_public=True, is_planned=False).count()
    return found


@transaction.atomic
def turn_scores() -> int:
    """Counts anew the lines in which somebody's day has passed since they were counted; gives their number. The worker calls it."""
    today = timezone.localdate()
    rows = list(AddresseeScore.objects.filter(turns_on__lte=today).select_related("body", "organisation").order_by("id")[:500])
    for row in rows:
        count_line(row.body, row.organisation)
    return len(rows)


@transaction.atomic
def announce_scoreboard(*, body: Body, by: User) -> Scoreboard:
    """The scoreboard will be public after DAYS_TO_REPLY days, in which addressees may say something to their line.

    Each organisation on it is told by mail, with its line.
    """
    today = timezone.localdate()
    board, _ = Scoreboard.objects.select_for_update().get_or_create(body=body)
    if board.opens_on is None:
        board.announced_on, board.opens_on, board.turned_by = today, today + timedelta(days=DAYS_TO_REPLY), by
        board.save()
        AddresseeScore.objects.filter(body=body).update(shown_from=None)
        shown = Addressee.objects.current().filter(recommendation__body=body, recommendation__is_public=True)
        tell_or_note(one_of_each(shown), Reminder.Kind.SCOREBOARD, board.opens_on)
        trail.record(verb="announce_scoreboard", target=f"body:{body.code}", by=by)
    return board


@transaction.atomic
def close_scoreboard(*, body: Body, by: User) -> None:
    """Makes the scoreboard internal again."""
    if Scoreboard.objects.filter(body=body, opens_on__isnull=False).update(announced_on=None, opens_on=None, turned_by=by):
        trail.record(verb="close_scoreboard", target=f"body:{body.code}", by=by)


@transaction.atomic
def note_words(*, score: AddresseeScore, words: Translated, by: User) -> None:
    """What an addressee says to its line, as it asked to have it printed."""
    AddresseeScore.objects.filter(pk=score.pk).update(words=words)
    trail.record(verb="note_words_to_score", target=f"organisation:{score.organisation.code}", by=by)
