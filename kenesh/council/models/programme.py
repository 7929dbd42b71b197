"""The programme of a meeting: rooms, sessions on one or several days, who moderates and speaks in them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kenesh.council.models.meetings import AgendaItem, Meeting
from kenesh.people.models import Person, Publication
from kenesh.problems.models import new_request_key
from kenesh.themes.texts import TranslatedField


class Room(models.Model):
    """Where a part of the meeting is held: a hall, with its own way to join from afar. Link and dial-in are never public."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="rooms")
    name = TranslatedField()
    link = models.URLField(max_length=500, blank=True)
    dial_in = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["meeting", "id"], name="room_of_meeting")]

    def __str__(self) -> str:
        return str(self.name)


class Session(models.Model):
    """A part of the meeting with its own time on one day; sessions of different rooms may run beside each other."""

    class Kind(models.TextChoices):
        SESSION = "session", _("Session")
        SIDE_EVENT = "side_event", _("Side event")
        BREAK = "break", _("Break")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.SESSION)
    title = TranslatedField()
    about = TranslatedField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    items: models.ManyToManyField[AgendaItem, models.Model] = models.ManyToManyField(
        AgendaItem, blank=True, related_name="sessions"
    )
    version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_later")]
        indexes = [models.Index(fields=["meeting", "starts_at", "id"], name="session_in_order")]

    def __str__(self) -> str:
        return str(self.title)

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.meeting.time_zone))

    @property
    def local_start(self) -> datetime:
        """The beginning in the meeting's own zone."""
        return self._local(self.starts_at)

    @property
    def local_end(self) -> datetime:
        return self._local(self.ends_at)

    @property
    def day(self) -> date:
        return self.local_start.date()

    @property
    def clock(self) -> str:
        """From when to when, on the clock of the room: "10:00–11:30"."""
        return f"{self.local_start:%H:%M}–{self.local_end:%H:%M}"


class SessionPerson(models.Model):
    """Somebody who moderates or speaks: a person of the node, or a name as it is written. Hidden from everybody unless it says so."""

    class Part(models.TextChoices):
        MODERATOR = "moderator", _("Moderator")
        SPEAKER = "speaker", _("Speaker")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="people")
    position = models.PositiveIntegerField()
    part = models.CharField(max_length=20, choices=Part.choices, default=Part.SPEAKER)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)
    publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="session_person_once"),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(name=""), name="session_person_is_somebody"),
        ]
