"""Minutes: remarks, approval, publication. What the body approves is kept as a version that never changes."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.council.actions.meetings import check_changeable
from kenesh.council.actions.refusals import MeetingNotClosed, MinutesApproved, MinutesNotApproved, Refused, SavedByAnother
from kenesh.council.models import AgendaItem, Meeting, Minutes, MinutesVersion
from kenesh.council.papers import frozen
from kenesh.kernel import trail
from kenesh.people.models import User


class ApprovedBeforeMeeting(Refused):
    message = _(
        "The minutes are approved on the day of the meeting or later. If the day of the meeting is wrong, correct that first."
    )


class DayToCome(Refused):
    message = _("This day is still to come. Enter it when it has come.")


class SignedBeforeApproval(Refused):
    message = _("The minutes are signed after their approval. This day lies before it.")


class CorrectionWithoutReason(Refused):
    message = _("These minutes were approved before. Write what was corrected, and why.")


class VersionCounts(Refused):
    message = _("This is the version that counts. Take the minutes off the public pages instead.")


def edit_minutes(*, meeting: Meeting, remarks: dict[str, str], version: int, by: User, authentic: str = "") -> None:
    """Saves the remarks and which language counts, if the minutes are still at `version` (1 when there are none yet).

    Raises MinutesApproved, SavedByAnother.
    """
    with transaction.atomic():
        minutes, _is_new = Minutes.objects.get_or_create(meeting=meeting)
        if minutes.status == Minutes.Status.APPROVED:
            raise MinutesApproved
        said = {"remarks": remarks, "authentic": authentic}
        if not Minutes.objects.filter(pk=minutes.pk, version=version).update(version=F("version") + 1, **said):
            raise SavedByAnother(minutes)
        trail.record(verb="edit_minutes", target=f"meeting:{meeting.code}", by=by)


def write_notes(*, item: AgendaItem, notes: dict[str, str], version: int, by: User) -> None:
    """Says what was said under a point, if the point is still at `version`. Raises SavedByAnother, MinutesApproved."""
    with transaction.atomic():
        check_changeable(item.meeting)
        if not AgendaItem.objects.filter(pk=item.pk, version=version).update(version=F("version") + 1, notes=notes):
            raise SavedByAnother(AgendaItem.objects.get(pk=item.pk))
        trail.record(verb="write_notes", target=f"meeting:{item.meeting.code}", by=by)


def approve_minutes(*, meeting: Meeting, on: date, by: User, how: str = "", reason: str = "") -> Minutes:
    """The body approves the minutes; from here on they hold the meeting still, and what they say is kept as a version.

    `reason`: what was corrected, when they were approved before. Raises MeetingNotClosed, ApprovedBeforeMeeting, DayToCome,
    CorrectionWithoutReason.
    """
    with transaction.atomic():
        now = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if now.status != Meeting.Status.CLOSED:
            raise MeetingNotClosed
        if on < now.day:
            raise ApprovedBeforeMeeting
        _check_has_come(on, now)
        minutes, _is_new = Minutes.objects.get_or_create(meeting=meeting)
        if minutes.status != Minutes.Status.APPROVED:
            last = minutes.versions.order_by("-number").first()
            if last is not None and not reason.strip():
                raise CorrectionWithoutReason
            minutes.status, minutes.approved_on, minutes.approved_how = Minutes.Status.APPROVED, on, how
            minutes.save(update_fields=["status", "approved_on", "approved_how"])
            number = 1 if last is None else last.number + 1
            version = MinutesVersion.objects.create(
                minutes=minutes,
                number=number,
                approved_on=on,
                approved_how=how,
                reason=reason.strip() if last else "",
                approved_by=by,
            )
            frozen.keep(version)
            trail.record(verb="approve_minutes", target=f"meeting:{meeting.code}", by=by)
    return minutes


def _check_has_come(day: date, meeting: Meeting) -> None:
    """Here or in the zone of the meeting. Raises DayToCome."""
    if day > max(timezone.localdate(), timezone.localdate(timezone=ZoneInfo(meeting.time_zone))):
        raise DayToCome


def sign_minutes(*, meeting: Meeting, role: str, on: date, by: User) -> None:
    """Notes the day on which the chair or the secretary signed the paper. Raises MinutesNotApproved, SignedBeforeApproval,
    DayToCome."""
    with transaction.atomic():
        minutes = Minutes.objects.select_for_update().filter(meeting=meeting, status=Minutes.Status.APPROVED).first()
        if minutes is None or minutes.approved_on is None:
            raise MinutesNotApproved
        if on < minutes.approved_on:
            raise SignedBeforeApproval
        _check_has_come(on, meeting)
        if role == "chair":
            minutes.chair_signed_on = on
        else:
            minutes.secretary_signed_on = on
        minutes.save(update_fields=["chair_signed_on", "secretary_signed_on"])
        last = minutes.versions.order_by("-number").first()
        if last is not None:
            last.chair_signed_on, last.secretary_signed_on = minutes.chair_signed_on, minutes.secretary_signed_on
            last.save(update_fields=["chair_signed_on", "secretary_signed_on"])
        trail.record(verb=f"sign_minutes_{role}", target=f"meeting:{meeting.code}", by=by)


def reopen_minutes(*, meeting: Meeting, by: User) -> None:
    """Takes the approval and the signatures back, and the minutes off the public pages, so that something can be corrected. The
    version that was approved and signed stays readable."""
    with transaction.atomic():
        changed = Minutes.objects.filter(meeting=meeting, status=Minutes.Status.APPROVED).update(
            status=Minutes.Status.DRAFT,
            approved_on=None,
            approved_how="",
            chair_signed_on=None,
            secretary_signed_on=None,
            is_public=False,
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


def withhold_version(*, version: MinutesVersion, withheld: bool, by: User) -> None:
    """A superseded version is no longer shown to everybody, or is again. Raises VersionCounts for the last one."""
    with transaction.atomic():
        meeting = Meeting.objects.get(minutes=version.minutes_id)
        if not MinutesVersion.objects.filter(minutes=version.minutes_id, number__gt=version.number).exists():
            raise VersionCounts
        MinutesVersion.objects.filter(pk=version.pk).update(is_withheld=withheld)
        verb = "withhold_minutes" if withheld else "show_minutes_again"
        trail.record(verb=verb, target=f"meeting:{meeting.code}/{version.number}", by=by)
