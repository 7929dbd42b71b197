"""Forms of a meeting, its agenda, its attendance and its minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.council.actions import Mark
from kenesh.council.actions.agenda import ItemFields
from kenesh.council.actions.meetings import MeetingFields
from kenesh.council.forms.fields import PapersField
from kenesh.council.models import NO_HOUR, AgendaItem, Attendance, Meeting
from kenesh.council.queries.days import Stay, sits_now
from kenesh.council.queries.meetings import bodies_kept_by, meetings_of, papers_of, persons_around, problems_before
from kenesh.council.zones import zone_name
from kenesh.people.forms.texts import ONE_LANGUAGE, InLanguages
from kenesh.people.models import Body, Membership, Organisation, Person, Publication, User
from kenesh.problems.models import Problem, new_request_key
from kenesh.themes import countries

# Where councils of the region meet; a meeting planned elsewhere by another way keeps its zone.
ZONES = (
    "Asia/Bishkek", "Asia/Almaty", "Asia/Tashkent", "Asia/Dushanbe", "Asia/Yerevan", "Asia/Baku", "Asia/Tbilisi",
    "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Krasnoyarsk", "Asia/Irkutsk",
    "Asia/Vladivostok", "Europe/Minsk", "Europe/Istanbul", "Asia/Ashgabat", "Asia/Dubai", "Asia/Seoul",
    "Europe/Warsaw", "Europe/Zurich", "Europe/London", "America/New_York", "UTC",
)  # fmt: skip

# From the first day to the last.
LONGEST = timedelta(days=13)

# How many meetings are offered as hosts, the latest first.
_HOSTS = 100


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone_name(zone)) for zone in ZONES]


def country_choices() -> list[tuple[str, str]]:
    """Countries by name in the reader's alphabet, after an empty choice."""
    language = get_language() or "en"
    codes = dict.fromkeys((*countries.ORIGINS, *countries.DESTINATIONS, "CH"))
    pairs = ((code, countries.country_name(code, language)) for code in codes)
    return [("", str(_("No country"))), *countries.in_alphabetical_order(pairs, language)]


class MeetingForm(forms.Form):
    """When, where and how a body meets."""

    title = InLanguages(_("Title"), most=300, missing=ONE_LANGUAGE)
    place = InLanguages(_("Place"), most=300, hint=_("The town, the house and the room, as you would write it in a letter."))
    body = forms.ModelChoiceField(label=_("Who meets"), queryset=Body.objects.none(), empty_label=None)
    number = forms.CharField(label=_("Number of the meeting"), max_length=20, required=False)
    on = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Write the date of the meeting."), "invalid": _("Write a date such as 2026-05-15.")},
    )
    begins = forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Write when the meeting begins."), "invalid": _("Write a time such as 10:00.")},
    )
    ends = forms.TimeField(
        label=_("Ends at"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time such as 10:00.")},
    )  # fmt: skip
    last_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only for a meeting of several days: the end above is then that of the last day. "
                    "Without it, an end before the beginning means the next day."),
        error_messages={"invalid": _("Write a date such as 2026-05-15.")},
    )  # fmt: skip
    time_zone = forms.ChoiceField(label=_("These are the times of"), choices=_zones)
    mode = forms.ChoiceField(label=_("How people take part"), choices=Meeting.Mode.choices)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    link = forms.URLField(
        label=_("Link to join online"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Only the secretary and the members see it."),
    )
    is_founding = forms.BooleanField(
        label=_("The body is founded at this meeting"),
        required=False,
        help_text=_("The page of the body leads to this meeting, its minutes and its decisions, once they are public."),
    )
    host_meeting = forms.ModelChoiceField(
        label=_("Held inside another meeting"), queryset=Meeting.objects.none(), required=False, empty_label=_("No")
    )
    chair = forms.ModelChoiceField(
        label=_("Chair"), queryset=Person.objects.none(), required=False, empty_label=_("Not known yet")
    )
    secretary = forms.ModelChoiceField(
        label=_("Keeps the minutes"), queryset=Person.objects.none(), required=False, empty_label=_("Not known yet")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def __init__(self, *args: Any, user: User, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = bodies_kept_by(user)
        self._set_queryset("body", kept)
        self.hour_known = meeting is None or meeting.hour_known
        if not self.hour_known:
            self.fields["begins"].required = False
            self.fields["begins"].help_text = _("Leave it empty as long as nobody knows the hour.")
        if meeting is not None:
            del self.fields["body"]
            zone = self.fields["time_zone"]
            if meeting.time_zone not in ZONES and isinstance(zone, forms.ChoiceField):
                zone.choices = [(meeting.time_zone, zone_name(meeting.time_zone)), *_zones()]
        # A host of another body is found among what is public.
        hosts = Meeting.objects.filter(Q(is_public=True) | Q(pk__in=meetings_of(user).values("pk"))).order_by("-starts_at")
        if meeting is not None:
            hosts = hosts.exclude(pk=meeting.pk)
        offered = Q(pk__in=hosts.values("pk")[:_HOSTS]) | Q(pk=meeting.host_meeting_id if meeting else None)
        self._set_queryset("host_meeting", Meeting.objects.filter(offered).order_by("-starts_at"))
        bodies = [meeting.body] if meeting else list(kept)
        persons = persons_around(bodies)
        self._set_queryset("chair", persons)
        self._set_queryset("secretary", persons)

    def _set_queryset(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what stands above
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("on"), said.get("last_on")
        if first and last and not first <= last <= first + LONGEST:
            days = {"days": LONGEST.days + 1}
            self.add_error("last_on", str(_("Write a last day after the first one, within %(days)s days.") % days))
        begins = said.get("begins")
        if said.get("ends") and not begins and "begins" not in self.errors:
            self.add_error("begins", str(_("Write when the meeting begins.")))
        elif last and begins and not said.get("ends") and "ends" not in self.errors:
            self.add_error("ends", str(_("Write when the last day ends.")))
        return said

    @staticmethod
    def said(meeting: Meeting) -> dict[str, Any]:
        """The meeting in the shape of `initial`."""
        return {
            "title": meeting.title,
            "place": meeting.place,
            "number": meeting.number,
            "on": meeting.day,
            "begins": meeting.local_start.time() if meeting.hour_known else None,
            "ends": meeting.local_end.time() if meeting.local_end and meeting.hour_known else None,
            "last_on": meeting.last_day if meeting.last_day > meeting.day else None,
            "time_zone": meeting.time_zone,
            "mode": meeting.mode,
            "country": meeting.country,
            "link": meeting.link,
            "host_meeting": meeting.host_meeting_id,
            "chair": meeting.chair_id,
            "secretary": meeting.secretary_id,
            "is_founding": meeting.is_founding,
            "version": meeting.version,
        }

    def fields_of_meeting(self) -> MeetingFields:
        """What the action takes. Times are told in the meeting's own zone."""
        said, hour_known = self.cleaned_data, self.cleaned_data["begins"] is not None
        zone = ZoneInfo(said["time_zone"])
        begins, ends = (said["begins"], said["ends"]) if hour_known else (NO_HOUR[0], NO_HOUR[1] if said["last_on"] else None)
        starts_at = datetime.combine(said["on"], begins, zone)
        ends_at = datetime.combine(said["last_on"] or said["on"], ends, zone) if ends else None
        if ends_at is not None and ends_at <= starts_at:
            ends_at += timedelta(days=1)
        return MeetingFields(
            title=said["title"], place=said["place"], number=said["number"], starts_at=starts_at, ends_at=ends_at,
            hour_known=hour_known, time_zone=said["time_zone"], mode=said["mode"], country=said["country"], link=said["link"],
            host_meeting=said["host_meeting"], chair=said["chair"], secretary=said["secretary"],
            is_founding=said["is_founding"],
        )  # fmt: skip


class ItemForm(forms.Form):
    """A point of the agenda."""

    title = InLanguages(_("Point of the agenda"), most=300, missing=ONE_LANGUAGE)
    notes = InLanguages(
        _("What was said"), most=8000, rows=4, hint=_("This goes into the minutes. Write what was said, not who is at fault.")
    )
    kind = forms.ChoiceField(label=_("What kind of point"), choices=AgendaItem.Kind.choices, initial=AgendaItem.Kind.POINT)
    reporter = forms.ModelChoiceField(
        label=_("Who reports"), queryset=Person.objects.none(), required=False, empty_label=_("Nobody by name")
    )
    reporting = forms.ModelChoiceField(
        label=_("For which organisation"), queryset=Organisation.objects.order_by("id"), required=False,
        empty_label=_("None of these"),
    )  # fmt: skip
    speaker = forms.CharField(label=_("Who speaks to it"), max_length=200, required=False)
    speaker_is_public = forms.BooleanField(label=_("The speaker agreed to be named on public pages"), required=False)
    problems = forms.ModelMultipleChoiceField(
        label=_("Problems"), queryset=Problem.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    documents = PapersField(
        label=_("Documents"),
        required=False,
        help_text=_("One paper to a line: the code of the document, or the address of its page in the library. "
                    "Write its versions in other languages on the same line."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["problems"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  # tells the type checker what stands above
        field.queryset = problems_before(meeting)
        reporter = self.fields["reporter"]
        assert isinstance(reporter, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what stands above
        reporter.queryset = persons_around([meeting.body], self.initial.get("reporter"))

    def clean(self) -> dict[str, Any]:
        """A report has who reports; other points have nobody who does."""
        said = super().clean() or self.cleaned_data
        if said.get("kind") != AgendaItem.Kind.REPORT:
            said["reporter"] = said["reporting"] = None
        elif not self.errors and not said.get("reporter") and not said.get("reporting"):
            self.add_error("reporter", str(_("Choose who reports: a person, an organisation, or both.")))
        return said

    def fields_of_item(self) -> ItemFields:
        """What the action takes."""
        said = self.cleaned_data
        return ItemFields(
            kind=said["kind"], title=said["title"], notes=said["notes"], reporter=said["reporter"], reporting=said["reporting"],
            speaker=said["speaker"], speaker_is_public=said["speaker_is_public"],
        )  # fmt: skip

    @staticmethod
    def said(item: AgendaItem) -> dict[str, Any]:
        """The point in the shape of `initial`."""
        return {
            "title": item.title,
            "notes": item.notes,
            "kind": item.kind,
            "reporter": item.reporter_id,
            "reporting": item.reporting_id,
            "speaker": item.speaker,
            "speaker_is_public": item.speaker_is_public,
            "problems": list(item.problem_rows.order_by("problem").values_list("problem", flat=True)),
            "documents": "\n".join(" ".join(each.code for each in paper.documents) for paper in papers_of(item)),
            "version": item.version,
        }


class AttendanceForm(forms.Form):
    """The attendance in one table: a line for each seat and each guest.

    Every control carries what it showed: only lines that this person changed are written, so that two secretaries
    with one table do not undo each other.
    """

    def __init__(
        self,
        *args: Any,
        seats: list[Membership],
        lines: list[Attendance],
        persons: list[Person],
        stays: Mapping[int, list[Stay]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stays: dict[str, list[Stay]] = {}
        recorded = {line.membership_id: line for line in lines if line.membership_id}
        self.rows: list[tuple[str, Membership | Attendance]] = [(f"s{seat.pk}", seat) for seat in seats]
        self.rows += [(f"g{line.pk}", line) for line in lines if line.membership_id is None]
        for prefix, who in self.rows:
            line = who if isinstance(who, Attendance) else recorded.get(who.pk)
            self._add(prefix, who, line, persons)
            self._add_others(prefix, stays.get(line.pk, []) if line else [])

    def _add(self, prefix: str, who: Membership | Attendance, line: Attendance | None, persons: list[Person]) -> None:
        self.fields[f"{prefix}_mode"] = forms.ChoiceField(
            label=_("Attendance"), required=False, show_hidden_initial=True,
            choices=[("", _("Not recorded")), *Attendance.Mode.choices], initial=line.mode if line else "",
        )  # fmt: skip
        self.fields[f"{prefix}_publication"] = forms.ChoiceField(
            label=_("Shown to everybody"), show_hidden_initial=True, choices=Publication.choices,
            initial=line.publication if line else Publication.HIDDEN,
        )  # fmt: skip
        house = who.organisation_id if isinstance(who, Membership) and who.person_id is None else None
        alternate = who.alternate if isinstance(who, Membership) else None
        if house or alternate:
            came = [person for person in persons if house and person.organisation_id == house and person != alternate]
            names = [(str(person.pk), str(person)) for person in came]
            if alternate is not None:
                names.append((str(alternate.pk), _("%(name)s, the alternate") % {"name": alternate}))
            self.fields[f"{prefix}_person"] = forms.ChoiceField(
                label=_("Who came"), required=False, show_hidden_initial=True,
                choices=[("", _("Not said") if house else _("The member")), *names], initial=str(line.person_id) if line and line.person_id else "",
            )  # fmt: skip

    def _add_others(self, prefix: str, stays: list[Stay]) -> None:
        """Where others sat there on other days: what is shown of each of them."""
        self.stays[prefix] = stays if len(stays) > 1 else []
        for stay in self.stays[prefix]:
            if stay.alternate != sits_now(stay.line):
                self.fields[_of_other(prefix, stay)] = forms.ChoiceField(
                    label=str(stay.alternate) if stay.alternate else _("The member"), show_hidden_initial=True, choices=Publication.choices,
                    initial=stay.publication, required=False,
                )  # fmt: skip

    def table(self) -> Iterator[dict[str, Any]]:
        """A line for the template: who, the controls, and who sat there when."""
        for prefix, who in self.rows:
            person = f"{prefix}_person"
            yield {
                "who": who,
                "mode": self[f"{prefix}_mode"],
                "publication": self[f"{prefix}_publication"],
                "person": self[person] if person in self.fields else None,
                "stays": self.stays[prefix],
                "others": [self[name] for stay in self.stays[prefix] if (name := _of_other(prefix, stay)) in self.fields],
            }

    def marks(self, persons: list[Person]) -> list[Mark]:
        """The lines that were changed. Of each only the controls that were: for the others holds what is written by now, such as
        at the door since the table was opened."""
        known = {str(person.pk): person for person in persons}
        marks = []
        for prefix, who in self.rows:
            if any(name.startswith(f"{prefix}_") for name in self.changed_data):
                mode, level, person = (self._said(f"{prefix}_{part}") for part in ("mode", "publication", "person"))
                others = self._others(prefix)
                if isinstance(who, Membership) and f"{prefix}_publication" in self.changed_data and self._sits_another(prefix):
                    others[who.alternate_id if self._shown(f"{prefix}_person") == str(who.alternate_id) else None] = level
                    level = str(self.fields[f"{prefix}_publication"].initial)
                marks.append(Mark(who, mode, level, known.get(person), others))
        return marks

    def _said(self, name: str) -> str:
        if name not in self.fields:
            return ""
        return str(self.cleaned_data[name] if name in self.changed_data else self.fields[name].initial)

    def _shown(self, name: str) -> str | None:
        """What the control said when the table was opened; None where there was none."""
        return self.data.get(self[name].html_initial_name) if name in self.fields else None

    def _sits_another(self, prefix: str) -> bool:
        """Whether somebody else was written down for the seat since: what is shown of the one before says nothing of her."""
        name = f"{prefix}_person"
        shown = self._shown(name)
        return shown is not None and name not in self.changed_data and shown != self.fields[name].initial

    def _others(self, prefix: str) -> dict[int | None, str]:
        return {
            stay.alternate.pk if stay.alternate else None: self.cleaned_data[name]
            for stay in self.stays[prefix]
            if (name := _of_other(prefix, stay)) in self.changed_data
        }


def _of_other(prefix: str, stay: Stay) -> str:
    """The control that says what is shown of somebody who sat there on other days."""
    return f"{prefix}_also{stay.alternate.pk if stay.alternate else 0}"


class GuestForm(forms.Form):
    """Somebody who holds no seat."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.order_by("id"), required=False, empty_label=_("None of these")
    )
    guest = forms.CharField(label=_("Name, or another organisation"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    mode = forms.ChoiceField(label=_("Attendance"), choices=Attendance.Mode.choices)
    publication = forms.ChoiceField(label=_("Shown to everybody"), choices=Publication.choices, initial=Publication.HIDDEN)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("organisation") and not said.get("guest"):
            self.add_error("guest", str(_("Choose the organisation or write the name.")))
        return said
