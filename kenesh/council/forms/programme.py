"""Forms of the programme: a room, a session with its people, the next meeting of a series."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.council.actions.programme import RoomFields, SessionFields, Speaking
from kenesh.council.actions.series import counted_on, titled_on
from kenesh.council.models import AgendaItem, Meeting, Room, Session, SessionPerson
from kenesh.people.forms.texts import ONE_LANGUAGE, InLanguages
from kenesh.people.models import Person, Publication
from kenesh.problems.models import new_request_key
from kenesh.themes import dates

EMPTY_ROWS = 3
MOST_PEOPLE = 30


class RoomForm(forms.Form):
    """A hall of the meeting and how one joins it from afar."""

    name = InLanguages(_("Name of the room"), most=120, missing=ONE_LANGUAGE)
    link = forms.URLField(
        label=_("Link to join online"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Only the secretary, the members and those who are invited see it."),
    )
    dial_in = forms.CharField(
        label=_("Number to join by telephone"),
        max_length=200,
        required=False,
        help_text=_("With the code, as people dial it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    @staticmethod
    def said(room: Room) -> dict[str, Any]:
        """The room in the shape of `initial`."""
        return {
            "name": room.name,
            "link": room.link,
            "dial_in": room.dial_in,
            "version": room.version,
        }

    def fields_of_room(self) -> RoomFields:
        said = self.cleaned_data
        return RoomFields(name=said["name"], link=said["link"], dial_in=said["dial_in"])


def _time(label: Any, missing: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": missing, "invalid": _("Write a time such as 10:00.")},
    )


class SessionForm(forms.Form):
    """A part of the programme."""

    title = InLanguages(_("Title"), most=300, missing=ONE_LANGUAGE)
    about = InLanguages(_("What it is about"), most=2000, rows=3)
    kind = forms.ChoiceField(label=_("Kind"), choices=Session.Kind.choices)
    day = forms.ChoiceField(label=_("Day"))
    begins = _time(_("Begins at"), _("Write when it begins."))
    ends = _time(_("Ends at"), _("Write when it ends."))
    room = forms.ModelChoiceField(
        label=_("Room"), queryset=Room.objects.none(), required=False, empty_label=_("No room of its own")
    )
    items = forms.ModelMultipleChoiceField(
        label=_("Points of the agenda"),
        queryset=AgendaItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        day = self.fields["day"]
        assert isinstance(day, forms.ChoiceField)  # noqa: S101  # tells the type checker what stands above
        day.choices = [(one.isoformat(), dates.day(one, get_language() or "en")) for one in meeting.days]
        rows = {"room": meeting.rooms.order_by("pk"), "items": meeting.items.order_by("position")}
        for name, queryset in rows.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # as above
            field.queryset = queryset

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        begins, ends = said.get("begins"), said.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", str(_("Write an end that is later than the beginning.")))
        return said

    @staticmethod
    def said(session: Session) -> dict[str, Any]:
        """The session in the shape of `initial`."""
        return {
            "title": session.title,
            "about": session.about,
            "kind": session.kind,
            "day": session.day.isoformat(),
            "begins": session.local_start.time(),
            "ends": session.local_end.time(),
            "room": session.room_id,
            "items": list(session.items.order_by("position").values_list("pk", flat=True)),
            "version": session.version,
        }

    def fields_of_session(self) -> SessionFields:
        """What the action takes. Times are told in the meeting's own zone."""
        said = self.cleaned_data
        day, zone = date.fromisoformat(said["day"]), ZoneInfo(self.meeting.time_zone)
        return SessionFields(
            kind=said["kind"], title=said["title"], about=said["about"], room=said["room"],
            starts_at=datetime.combine(day, said["begins"], zone), ends_at=datetime.combine(day, said["ends"], zone),
        )  # fmt: skip


class SpeakerForm(forms.Form):
    """One who moderates or speaks. A row without a person and without a name is left out."""

    part = forms.ChoiceField(label=_("Part"), choices=SessionPerson.Part.choices, initial=SessionPerson.Part.SPEAKER)
    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), required=False, empty_label=_("Written below")
    )
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    post = forms.CharField(label=_("Post and organisation"), max_length=200, required=False)
    publication = forms.ChoiceField(label=_("Shown to everybody"), choices=Publication.choices, initial=Publication.HIDDEN)

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what stands above
        field.queryset = persons

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("post") and not said.get("name") and not said.get("person"):
            self.add_error("name", str(_("Choose the person or write the name.")))
        return said


_Rows = forms.formset_factory(SpeakerForm, extra=EMPTY_ROWS, max_num=MOST_PEOPLE, absolute_max=MOST_PEOPLE + EMPTY_ROWS)


def speaker_rows(meeting: Meeting, session: Session | None, data: Any) -> Any:
    """The people of a session, one row each, and empty rows for more."""
    sitting = Q(memberships__body=meeting.body) | Q(organisation__memberships__body=meeting.body)
    there = [] if session is None else list(session.people.order_by("position"))
    persons = Person.objects.filter(sitting | Q(pk__in=[one.person_id for one in there])).distinct().order_by("id")
    said = [
        {"part": one.part, "person": one.person_id, "name": one.name, "post": one.post, "publication": one.publication}
        for one in there
    ]
    return _Rows(data, initial=said, prefix="people", form_kwargs={"persons": persons})


def speaking(rows: Any) -> list[Speaking]:
    """What a valid set of rows says, without the rows that were left or made empty."""
    return [
        Speaking(said["part"], said["person"], "" if said["person"] else said["name"], said["post"], said["publication"])
        for form in rows.forms
        if (said := form.cleaned_data).get("person") or said.get("name")
    ]


class NextForm(forms.Form):
    """The next meeting of a series: what differs from the one before."""

    title = InLanguages(_("Title"), most=300, missing=ONE_LANGUAGE)
    number = forms.CharField(label=_("Number of the meeting"), max_length=20, required=False)
    on = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Write the date of the meeting."), "invalid": _("Write a date such as 2026-05-15.")},
    )
    items = forms.ModelMultipleChoiceField(
        label=_("Points that stand on this agenda too"),
        queryset=AgendaItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, initial=self.first(meeting))
        self.meeting = meeting
        field = self.fields["items"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  # tells the type checker what stands above
        field.queryset = meeting.items.order_by("position")

    @staticmethod
    def first(meeting: Meeting) -> dict[str, Any]:
        """What the form begins with. The number counts on within the year of the meeting; the secretary changes it at will."""
        number = counted_on(meeting.number, meeting.day.year)
        return {
            "title": titled_on(meeting.title, meeting.number, number),
            "number": number,
            "items": list(meeting.items.values_list("pk", flat=True)),
        }

    @property
    def starts_at(self) -> datetime:
        """The same hour on the wall as the meeting before."""
        return datetime.combine(self.cleaned_data["on"], self.meeting.local_start.time(), ZoneInfo(self.meeting.time_zone))
