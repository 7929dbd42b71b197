"""Who is invited to a meeting, what each answered, and who was there on which day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.council.models.meetings import Attendance, Meeting
from kenesh.council.models.quorum import Quorum
from kenesh.kernel.codes import new_code
from kenesh.people.models import Body, Membership, Organisation, Person, Publication, User
from kenesh.problems.models import new_request_key


class Invitation(models.Model):
    """An invitation of a seat or of a guest. `code` stands on the badge: it says who it is, and opens nothing.

    The link in the letter holds a token of 128 bits, made of `request_key`, `link_number` and the node's pepper, so that every
    letter carries the same one; of it the database keeps the hash.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    membership = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    guest = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    standing = models.CharField(max_length=20, choices=Attendance.Standing.choices)
    language = models.CharField(max_length=2, default="ru")  # of the letter and of the page behind its link
    email = models.EmailField(blank=True)
    link_number = models.PositiveIntegerField(default=1)
    token_hash = models.BinaryField(max_length=32, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)  # by e-mail, or as printed
    mailed_sequence = models.PositiveIntegerField(null=True, blank=True)  # the SEQUENCE of the calendar file that was mailed last
    waits_for_mail = models.BooleanField(default=False)  # a letter or a word of a change is on its way, or is tried again
    attendance = models.OneToOneField(Attendance, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitation")
    travel_signed_on = models.DateField(null=True, blank=True)  # tickets or money were received and signed for
    version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"], condition=Q(membership__isnull=False), name="invitation_once"
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=False) | Q(organisation__isnull=False) | ~Q(guest=""),
                name="invitation_of_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "standing", "id"], name="invitation_of_meeting"),
            models.Index(fields=["id"], condition=Q(waits_for_mail=True), name="invitation_to_mail"),
        ]

    def __str__(self) -> str:
        return self.guest or str(self.membership or self.organisation)


class InvitationAnswer(models.Model):
    """What an invited person said last. Needs are health data: they are for the secretary, and forgotten after the meeting."""

    class Coming(models.TextChoices):
        IN_PERSON = "in_person", _("I come")
        ONLINE = "online", _("I take part online")
        SUBSTITUTE = "substitute", _("Somebody else comes for us")
        NO = "no", _("I cannot take part")

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="answer")
    coming = models.CharField(max_length=20, choices=Coming.choices)
    substitute_name = models.CharField(max_length=200, blank=True)
    substitute_post = models.CharField(max_length=200, blank=True)
    substitute_online = models.BooleanField(default=False)
    interpretation = models.CharField(max_length=2, blank=True)  # the language into which she needs interpretation
    arrives_from = models.CharField(max_length=200, blank=True)
    arrives_on = models.DateField(null=True, blank=True)
    leaves_on = models.DateField(null=True, blank=True)
    needs_ticket = models.BooleanField(default=False)
    needs_visa_letter = models.BooleanField(default=False)
    needs = models.TextField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(auto_now=True)
    entered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # none: by her link

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(arrives_on__isnull=True) | Q(leaves_on__isnull=True) | Q(leaves_on__gte=models.F("arrives_on")),
                name="answer_travel_in_order",
            )
        ]


class AttendanceDay(models.Model):
    """How somebody of the attendance was there on one day of a meeting that lasts several, and who sat there for a seat.

    A row with `until` is of somebody after whom another sat there on the same day; the row of the day is the one without. What
    the line says of who sits there is said of the last day.
    """

    line = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()  # on the calendar of the room
    mode = models.CharField(max_length=20, choices=Attendance.Mode.choices)
    alternate = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # none: the member
    publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)  # of who sat there
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "day"], condition=Q(until__isnull=True), name="attendance_day_once"),
            models.CheckConstraint(
                condition=Q(alternate__isnull=True, until__isnull=True) | Q(mode__in=["present", "remote"]),
                name="attendance_day_sitter_is_there",
            ),
        ]


class BodyRules(models.Model):
    """What a body's rules of procedure ask for before it may decide: a part of its members, and of the States that sit in it."""

    class States(models.TextChoices):
        NONE = "0", _("States are not counted")
        HALF = "1/2", _("Members from at least half of the States")
        TWO_THIRDS = "2/3", _("Members from at least two thirds of the States")
        ALL = "1", _("At least one member from each State")

    body = models.OneToOneField(Body, on_delete=models.CASCADE, related_name="+")
    members = models.CharField(max_length=5, choices=Quorum.choices, default=Quorum.HALF)
    states = models.CharField(max_length=5, choices=States.choices, default=States.NONE)
    counts_online = models.BooleanField(default=True)  # whether who takes part online counts as being there
    version = models.PositiveIntegerField(default=1)
