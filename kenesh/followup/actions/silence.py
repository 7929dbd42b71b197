"""Whether a body shows everybody which answers are late. Addressees are told before, and have days in which to answer."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kenesh.followup import counts
from kenesh.followup.actions.announcing import one_of_each, tell
from kenesh.followup.actions.filing import set_late_after
from kenesh.followup.actions.scores import DAYS_TO_REPLY
from kenesh.followup.models import Filed, Reminder, ShownSilence, owing
from kenesh.kernel import trail
from kenesh.people.models import Body, User


@transaction.atomic
def announce_silence(*, body: Body, by: User) -> ShownSilence:
    """Late answers will be shown after DAYS_TO_REPLY days; each organisation that owes the body an answer is told by mail."""
    today = timezone.localdate()
    shown, _ = ShownSilence.objects.select_for_update().get_or_create(body=body)
    if shown.opens_on is None:
        shown.announced_on, shown.opens_on, shown.turned_by = today, today + timedelta(days=DAYS_TO_REPLY), by
        shown.save()
        file_late(body=body)
        _write_letters(body, shown.opens_on)
        trail.record(verb="announce_silence", target=f"body:{body.code}", by=by)
    return shown


@transaction.atomic
def hide_silence(*, body: Body, by: User) -> None:
    """Keeps it to the body again, at once."""
    if ShownSilence.objects.filter(body=body, opens_on__isnull=False).update(announced_on=None, opens_on=None, turned_by=by):
        file_late(body=body)
        trail.record(verb="hide_silence", target=f"body:{body.code}", by=by)


def file_late(*, body: Body) -> None:
    """Works out anew from which day on each published recommendation of a body is late for everybody. So many changes at once are
    folded at once: until the worker comes, each reader of the list would add them up."""
    set_late_after(Filed.objects.filter(recommendation__body=body), body)
    counts.fold()


def _write_letters(body: Body, opens_on: date) -> None:
    """One letter to each organisation, however much it is asked: of the oldest recommendation to which it owes an answer."""
    owed = owing().filter(recommendation__body=body, recommendation__is_public=True)
    tell(one_of_each(owed), Reminder.Kind.ANNOUNCED, opens_on)
