"""Minutes: remarks, approval, publication."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from kenesh.council.actions.refusals import MeetingNotClosed, MinutesApproved, MinutesNotApproved, SavedByAnother
from kenesh.council.models import Meeting, Minutes
from kenesh.kernel import trail
from kenesh.people.models import User


def edit_minutes(*, meeting: Meeting, remarks: dict[str, str], version: int, by: User) -> None:
    """Saves the remarks if the minutes are still at `version` (1 when there are none yet).

    Raises MinutesApproved, SavedByAnother.
    """
    with transaction.atomic():
        minutes, _ = Minutes.objects.get_or_create(meeting=meeting)
        if minutes.status == Minutes.Status.APPROVED:
            raise MinutesApproved
        if not Minutes.objects.filter(pk=minutes.pk, version=version).update(version=F("version") + 1, remarks=remarks):
            raise SavedByAnother(minutes)
        trail.record(verb="edit_minutes", target=f"meeting:{meeting.code}", by=by)


def approve_minutes(*, meeting: Meeting, on: date, by: User) -> Minutes:
    """The body approves the minutes; from here on they hold the meeting still. Raises MeetingNotClosed."""
    with transaction.atomic():
        if Meeting.objects.select_for_update().get(pk=meeting.pk).status != Meeting.Status.CLOSED:
            raise MeetingNotClosed
        minutes, _ = Minutes.objects.get_or_create(meeting=meeting)
        if minutes.status != Minutes.Status.APPROVED:
            minutes.status, minutes.approved_on = Minutes.Status.APPROVED, on
            minutes.save(update_fields=["status", "approved_on"])
            trail.record(verb="approve_minutes", target=f"meeting:{meeting.code}", by=by)
    return minutes


def reopen_minutes(*, meeting: Meeting, by: User) -> None:
    """Takes the approval back, and the minutes off the public pages, so that something can be corrected."""
    with transaction.atomic():
        changed = Minutes.objects.filter(meeting=meeting, status=Minutes.Status.APPROVED).update(
            status=Minutes.Status.DRAFT, approved_on=None, is_public=False
        )
        if changed:
            trail.record(verb="reopen_minutes", target=f"meeting:{meeting.code}", by=by)


def publish_minutes(*, meeting: Meeting, public: bool, by: User) -> None:
    """Shows approved minutes to everybody, or hides them again. Raises MinutesNotApproved."""
    with transaction.atomic():
        approved = Minutes.objects.filter(meeting=meeting, status=Minutes.Status.APPROVED)
        if not approved.update(is_public=public):
            raise MinutesNotApproved
        verb = "publish_minutes" if public else "hide_minutes"
        trail.record(verb=verb, target=f"meeting:{meeting.code}", by=by)
