"""Meetings, what stands on their agenda, and who was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import new_code
from kenesh.library.models import Document, Incoming
from kenesh.people.models import Body, Membership, Organisation, Person, Publication
from kenesh.problems.models import Problem, new_request_key
from kenesh.themes.texts import TranslatedField, writing_languages

_SMALL_HOURS = timedelta(hours=6)
NO_HOUR = time(10), time(18)  # beginning and end of a meeting of which only the days are known: what sorts it among the others


class Meeting(models.Model):
    """A body's meeting; it may be held inside another body's meeting, its host."""

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("In person and online")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Under way")
        CLOSED = "closed", _("Closed")

    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    host_meeting = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="hosted_meetings")
    number = models.CharField(max_length=20, blank=True)  # as the body counts its meetings: "3", "2024/1"
    title = TranslatedField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    hour_known = models.BooleanField(default=True)  # else the times above say nothing but the days
    time_zone = models.CharField(max_length=40, default="Asia/Bishkek")  # IANA name: the zone of the room
    place = TranslatedField(blank=True)
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1 alpha-2
    link = models.URLField(max_length=500, blank=True)  # to join online: for staff and members only
    mode = models.CharField(max_length=20, choices=Mode.choices, default=Mode.IN_PERSON)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PLANNED)
    is_public = models.BooleanField(default=False)
    is_founding = models.BooleanField(default=False)  # the body was founded here
    current_item = models.ForeignKey(
        "AgendaItem", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # on phones
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_by"
    )  # in a series
    called_off_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(
        null=True, blank=True
    )  # what who is invited must hear of; a letter from before is out of date
    away_since = models.DateTimeField(null=True, blank=True)  # it runs at a venue without internet, and nothing changes here
    chair = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    secretary = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="meeting_ends_later"),
            models.CheckConstraint(
                condition=Q(host_meeting__isnull=True) | ~Q(host_meeting=F("id")), name="meeting_not_its_own_host"
            ),
            models.UniqueConstraint(fields=["body"], condition=Q(is_founding=True), name="meeting_founds_body_once"),
        ]
        indexes = [
            models.Index(fields=["is_public", "starts_at", "id"], name="meeting_public_by_date"),
            models.Index(fields=["body", "starts_at", "id"], name="meeting_of_body_by_date"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def local_start(self) -> datetime:
        """The beginning in the meeting's own zone."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def local_end(self) -> datetime | None:
        return self.ends_at.astimezone(ZoneInfo(self.time_zone)) if self.ends_at else None

    @property
    def day(self) -> date:
        """The date on the calendar of the room."""
        return self.local_start.date()

    @property
    def last_day(self) -> date:
        """The date on which it ends. An end in the small hours belongs to the evening before."""
        if self.local_end is None:
            return self.day
        return max(self.day, (self.local_end - _SMALL_HOURS).date())

    @property
    def days(self) -> list[date]:
        """Its days on the calendar of the room."""
        return [self.day + timedelta(days=number) for number in range((self.last_day - self.day).days + 1)]

    @property
    def clock(self) -> str:
        """From when to when, on the clock of the room: "10:00–17:00"; "" where nobody knows the hour."""
        if not self.hour_known:
            return ""
        return f"{self.local_start:%H:%M}–{self.local_end:%H:%M}" if self.local_end else f"{self.local_start:%H:%M}"

    @property
    def iso_start(self) -> str:
        """The beginning in ISO 8601, with the offset of the room's clock; the day alone where nobody knows the hour."""
        return self.local_start.isoformat(timespec="seconds") if self.hour_known else self.day.isoformat()

    @property
    def iso_end(self) -> str | None:
        """The end likewise; None where nobody entered one."""
        if self.local_end is None:
            return None
        return self.local_end.isoformat(timespec="seconds") if self.hour_known else self.last_day.isoformat()

    @property
    def offset(self) -> str:
        """How far that clock is from UTC on that day: "UTC+06:00"."""
        shift = f"{self.local_start:%z}"
        return f"UTC{shift[:3]}:{shift[3:]}"


@dataclass(frozen=True)
class Paper:
    """A paper before a meeting: one document, or the same text in several languages. `number`: of the paper under its point."""

    number: int
    documents: list[Document]

    @property
    def listed(self) -> list[Document]:
        """Without what was taken out of the library."""
        return [one for one in self.documents if one.taken_out_at is None]

    @property
    def first(self) -> Document:
        """The one in the reader's language, else the first: its name is that of the paper. One that was taken out of the library only
        where there is no other."""
        reader, shown = get_language(), self.listed or self.documents
        return next((one for one in shown if one.language == reader), shown[0])


def _language_order(document: Document) -> tuple[int, int]:
    """Languages in which the node writes come first, in their order."""
    languages = writing_languages()
    known = document.language in languages
    return languages.index(document.language) if known else len(languages), document.pk


class AgendaItem(models.Model):
    """One point of the agenda. Positions count from 1 without gaps. A report has who reports: a person, an organisation, or both."""

    class Kind(models.TextChoices):
        POINT = "point", _("A point to discuss")
        REPORT = "report", _("A report")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.POINT)
    title = TranslatedField()
    reporter = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reporting = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    speaker = models.CharField(max_length=200, blank=True)
    speaker_is_public = models.BooleanField(default=False)
    notes = TranslatedField(blank=True)  # what was said; shown with the minutes only
    problems: models.ManyToManyField[Problem, ItemProblem] = models.ManyToManyField(
        Problem, through="ItemProblem", related_name="+"
    )
    documents: models.ManyToManyField[Document, ItemDocument] = models.ManyToManyField(
        Document, through="ItemDocument", related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        # SQLite has no deferrable constraints: actions.agenda shifts all positions out of the way before it renumbers.
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_once"),
            models.CheckConstraint(
                condition=Q(kind="report") | Q(reporter__isnull=True, reporting__isnull=True), name="agenda_reporter_of_report"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def papers(self) -> list[Paper]:
        """In the order in which they were laid before the meeting; `document_rows` should be prefetched with their documents."""
        together: dict[int, list[Document]] = {}
        for row in self.document_rows.all():
            together.setdefault(row.paper or -row.pk, []).append(row.document)
        return [Paper(number, sorted(rows, key=_language_order)) for number, rows in together.items()]

    @property
    def speakers(self) -> str:
        """Who speaks to it, and who reports."""
        return ", ".join(str(who) for who in (self.reporter, self.reporting, self.speaker) if who)


class ItemReference(models.Model):
    """Something that lies in a room above and that a point of the agenda is about: its kind, its code, and what it was called when
    the point was made. Whether there is a page of it, and for whom, says who registered the kind (`references.py`)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="reference_rows")
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=8)
    title = TranslatedField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "kind", "code"], name="agenda_reference_once")]


class ItemProblem(models.Model):
    """A problem that a point of the agenda is about."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="problem_rows")
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "problem"], name="agenda_problem_once")]


class ItemDocument(models.Model):
    """A document that lies before the meeting under a point of the agenda. Those of a point with one number, from 1, are one paper
    in several languages; 0 is a paper of its own."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="document_rows")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    paper = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "document"], name="agenda_document_once")]


class PaperOnTheWay(models.Model):
    """A file that was brought at a point of the agenda and that the library has yet to read. `paper`: as of the document it becomes."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers_on_the_way")
    file = models.ForeignKey(Incoming, on_delete=models.CASCADE, related_name="+")
    paper = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "file"], name="paper_on_the_way_once")]


class Attendance(models.Model):
    """That a member, an observer or a guest was there, and how; with the standing of that day.

    For a membership of an organisation, `person` is who came for it; with `by_alternate` it is the alternate, who then speaks and
    votes for the seat, and the member does not. A guest is an organisation, a person, or a
    free text. What of it is shown to everybody is decided row by row.
    """

    class Mode(models.TextChoices):
        PRESENT = "present", _("In the room")
        REMOTE = "remote", _("Online")
        EXCUSED = "excused", _("Excused")
        ABSENT = "absent", _("Absent")

    class Standing(models.TextChoices):
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")
        GUEST = "guest", _("Guest")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    guest = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    mode = models.CharField(max_length=20, choices=Mode.choices, default=Mode.PRESENT)
    standing = models.CharField(max_length=20, choices=Standing.choices)
    by_alternate = models.BooleanField(default=False)
    publication = models.CharField(max_length=20, choices=Publication.choices, default=Publication.HIDDEN)
    request_key = models.CharField(max_length=32, default=new_request_key, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"], condition=Q(membership__isnull=False), name="attendance_once"
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=False) | Q(organisation__isnull=False) | Q(person__isnull=False) | ~Q(guest=""),
                name="attendance_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(by_alternate=False)
                | Q(membership__isnull=False, person__isnull=False, mode__in=["present", "remote"]),
                name="attendance_alternate_is_there",
            ),
        ]
