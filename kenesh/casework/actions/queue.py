"""Around the queue: saved views, the alarm of a case, who is there, how much arrives, what is swept and destroyed."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.appeals import actions as appeals
from kenesh.appeals import first_answer
from kenesh.appeals.models import Appeal
from kenesh.appeals.models import Status as AppealStatus
from kenesh.appeals.opening import OpenAppeal
from kenesh.casework import kept
from kenesh.casework.actions.writing import keep_earliest_deadline, store, target
from kenesh.casework.models import Alarm, Case, Deadline, Presence, Swept, Undo, View
from kenesh.casework.opening import Body, ChangedMeanwhile, OpenCase, open_case
from kenesh.casework.queries.queue import IDLE, Filter
from kenesh.kernel import trail
from kenesh.people.keyring import Keyring
from kenesh.people.models import Organisation
from kenesh.people.queries import current_epoch

TEMPORARY_VIEWS = 30  # of one account: older ones make room
SWEPT_FOR = timedelta(days=30)

NO_ALARM: Body = {
    "removal_at": "",
    "detained_since": "",  # as the person said it
    "detained_at": "",
    "detained_where": "",
    "hearing_at": "",
    "hearing_place": "",
    "lawyer": "",
    "consul_told": "",
    "consul_on": "",
    "child": False,
    "ill": False,
}

HOURS = {"removal_at": _("Planned removal from the country"), "hearing_at": _("Next hearing")}


# --- views ------------------------------------------------------------------------------------------------------------


def show_filter(*, keyring: Keyring, chosen: Filter) -> View:
    """Keeps a filter, sealed, behind an address for a day."""
    view = View(user=keyring.user, expires_at=timezone.now() + timedelta(days=1))
    kept.seal(view, {"filter": chosen.body()})
    with transaction.atomic():
        view.save()
        own = View.objects.filter(user=keyring.user, expires_at__isnull=False).order_by("-id")
        View.objects.filter(pk__in=list(own.values_list("pk", flat=True)[TEMPORARY_VIEWS:])).delete()
    return view


def save_view(*, keyring: Keyring, chosen: Filter, name: str, share_with: Organisation | None) -> View:
    """Gives a filter a name: for oneself, or for everybody who holds the office's key. Raises KeyMissing for another office."""
    view = View(user=keyring.user)
    epoch = current_epoch(share_with) if share_with is not None else None
    if epoch is not None:
        keyring.organisation_secret(epoch)
    kept.seal(view, {"filter": chosen.body(), "name": name}, office_epoch=epoch)
    with transaction.atomic():
        view.save()
        chain = share_with.chain if share_with is not None else trail.NODE
        trail.record(verb="save_view", target=f"view:{view.uid.hex}", by=keyring.user, chain=chain)
    return view


def forget_view(*, keyring: Keyring, view: View) -> None:
    with transaction.atomic():
        chain = view.office_epoch.organisation.chain if view.office_epoch is not None else trail.NODE
        name = f"view:{view.uid.hex}"
        view.delete()
        trail.record(verb="forget_view", target=name, by=keyring.user, chain=chain)


# --- what runs in hours ---------------------------------------------------------------------------------------------------


def alarm_from_answers(answers: dict[str, Any]) -> Body | None:
    """What the short path of the form says of somebody in danger; None when nobody is."""
    if answers.get("danger") != "yes":
        return None
    where, since = str(answers.get("danger_where") or ""), str(answers.get("danger_since") or "")
    return {**NO_ALARM, "detained_where": where, "detained_since": since}


def seed_alarm(*, opened: OpenCase, answers: dict[str, Any]) -> None:
    """Puts a case of somebody in danger on the urgent board; inside the caller's transaction, which records why.

    What a case that has an alarm knows already stays as a caseworker wrote it.
    """
    said = alarm_from_answers(answers)
    if said is None:
        return
    row = Alarm.objects.select_for_update().filter(case=opened.case).first()
    if row is None:
        store(opened, Alarm(case=opened.case), said)
    else:
        known = opened.open(row).body
        row.version += 1
        store(opened, row, {**known, **{name: words for name, words in said.items() if words and not known.get(name)}})
    opened.case.urgent = True
    opened.case.save(update_fields=["urgent"])


def set_alarm(*, keyring: Keyring, case: Case, body: Body, version: int, urgent: bool) -> None:
    """What runs in hours, and whether the case stands on the urgent board. `version`: the one that was read, 0 for none.

    Raises ChangedMeanwhile, KeyMissing.
    """
    opened = open_case(case, keyring)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        row = Alarm.objects.select_for_update().filter(case=case).first()
        if (row.version if row else 0) != version:
            raise ChangedMeanwhile(opened.open(row).body if row else NO_ALARM)
        before = opened.open(row).body if row else NO_ALARM
        if row is None:
            row = Alarm(case=case)
        else:
            row.version += 1
        store(opened, row, {**before, **body})
        _keep_days_of(opened, {**before, **body})
        Case.objects.filter(pk=case.pk).update(urgent=urgent)
        trail.record(verb="set_alarm", target=target(case), by=keyring.user, chain=case.office.chain)


def _keep_days_of(opened: OpenCase, alarm: Body) -> None:
    """The day of each hour is a deadline of the case: the queue and the board, which see days alone, sort by the earliest."""
    # Once one deadline held the nearest hour of all.
    once = Deadline.objects.filter(request_key=uuid.uuid5(opened.case.uid, "alarm"))
    done_on = set(once.filter(done=True).values_list("due_on", flat=True))
    once.delete()
    for name, words in HOURS.items():
        key = uuid.uuid5(opened.case.uid, f"alarm:{name}")
        row = Deadline.objects.select_for_update().filter(request_key=key).first()
        if alarm.get(name):
            at = datetime.fromisoformat(alarm[name])
            day = timezone.localdate(at)
            before: Body = {}
            if row is None:
                row = Deadline(case=opened.case, request_key=key, due_on=day, done=day in done_on)
            else:
                before = opened.open(row).body
                row.version += 1
                row.done = row.done and row.due_on == day
                row.due_on = day
            store(opened, row, {**before, "what": str(words), "hour": at.isoformat()})
        elif row is not None:
            row.done = True
            row.save(update_fields=["done"])
    keep_earliest_deadline(opened.case)


# --- who is there -----------------------------------------------------------------------------------------------------------


def notice_presence(*, keyring: Keyring, case: Case) -> None:
    """Remembers for two minutes that this account has the case open. Leaves no entry in the trail: nothing is changed."""
    now = timezone.now()
    Presence.objects.filter(seen_at__lte=now - IDLE).delete()
    if not Presence.objects.filter(case=case, user=keyring.user).update(seen_at=now):
        Presence.objects.get_or_create(case=case, user=keyring.user, defaults={"since": now, "seen_at": now})


# --- how much arrives, what is swept --------------------------------------------------------------------------------------


def queue_again(*, appeal: Appeal, opened: OpenAppeal) -> None:
    """She has written to what nobody has taken up, perhaps to what was swept, or has given it back: it stands in the queue as new,
    with a new day for the first answer; who is in danger stands among the urgent ones."""
    if appeal.status == AppealStatus.OFFICE and not Case.objects.filter(appeals=appeal).exists():
        Swept.objects.filter(appeal=appeal).delete()
        danger = opened.answers().get("danger") == "yes"
        today = timezone.localdate()
        appeals.set_status(
            appeal=appeal,
            status=AppealStatus.URGENT if danger else AppealStatus.NEW,
            due_on=today if danger else first_answer.due(appeal.office, today),
        )


def destroy_swept(*, today: date) -> int:
    """Destroys what was swept 30 days ago and nobody brought back, keys first, as an erasure does; gives how many."""
    count = 0
    for swept in Swept.objects.filter(swept_on__lte=today - SWEPT_FOR).order_by("id").iterator(chunk_size=500):
        with transaction.atomic():
            locked = Appeal.objects.select_for_update(of=("self",)).filter(pk=swept.appeal_id).first()
            if locked is not None and locked.status == AppealStatus.ERASING:
                continue  # she may stop that, and it is still swept
            if locked is None or locked.status != AppealStatus.CLOSED or Case.objects.filter(appeals=locked).exists():
                Swept.objects.filter(pk=swept.pk).delete()
                continue
            locked.status, locked.erase_on = AppealStatus.ERASING, today
            locked.save(update_fields=["status", "erase_on"])
            count += 1
    if count:
        appeals.destroy_erased(today=today)
    return count


def forget_what_is_over() -> None:
    """Deletes temporary views, undos and presences whose time is over."""
    now = timezone.now()
    View.objects.filter(expires_at__lte=now).delete()
    Undo.objects.filter(expires_at__lte=now).delete()
    Presence.objects.filter(seen_at__lte=now - IDLE).delete()
