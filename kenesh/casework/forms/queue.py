"""Forms of the queue: what it shows, a name for that, an act on several rows; and the alarm of a case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.casework.forms.case import WithKey
from kenesh.casework.models import OPEN, Status, WaitsFor
from kenesh.casework.queries import Desk, Filter
from kenesh.people.models import Organisation
from kenesh.themes import countries, thesaurus

MOST_ROWS = 100


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        error_messages={"invalid": _("Please write the date like this: 31.12.2026.")},
        **more,
    )


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"],
        error_messages={"invalid": _("Please write day and time like this: 31.12.2026 14:30.")},
    )


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, error_messages={"invalid_choice": _("Please choose one of the answers of the list.")}
    )


class FilterForm(forms.Form):
    """What the queue shows. Sent by POST and kept sealed: no word of it stands in an address."""

    tab = forms.ChoiceField(choices=[(name, name) for name in ("new", "open", "mine", "closed")], widget=forms.HiddenInput)
    office = _choice(_("Office"))
    theme = _choice(_("Theme"))
    origin = _choice(_("Citizenship"))
    destination = _choice(_("Country where it happened"))
    waits = _choice(_("Who waits"))
    assignee = _choice(_("Who works on it"))
    deadline = _choice(_("Deadline"))
    since = _day(_("Arrived since"))
    tag = forms.CharField(
        label=_("Tag"),
        help_text=_("At most the 100 newest cases. A tag that was just put on is found a little later."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={"max_length": _("This tag is too long. Please shorten it to 40 characters.")},
    )
    name = forms.CharField(
        label=_("Name of this view"),
        help_text=_("Only when you want to keep it: it then stands above the list, with its count."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={"max_length": _("This name is too long. Please shorten it to 40 characters.")},
    )
    shared = forms.BooleanField(label=_("My colleagues in the office see this view too"), required=False)

    def __init__(self, *args: Any, desk: Desk, tab: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "ru"
        everything = ("", _("All"))
        themes = [
            (c.id, thesaurus.label(c.id, language))
            for c in thesaurus.concepts().values()
            if c.parent is None and "P" not in c.flags
        ]
        known = {*countries.ORIGINS, *countries.DESTINATIONS}
        lands = [(code, name) for code, name in countries.country_list(language) if code in known]
        colleagues = [(one.uid.hex, one.name) for one in desk.colleagues if one.pk != desk.user.pk]
        choices: dict[str, list[tuple[str, Any]]] = {
            "office": [(office.code, str(office)) for office in desk.offices],
            "theme": themes,
            "origin": lands,
            "destination": lands,
            "waits": [
                *[(status.value, status.label) for status in OPEN if status != Status.OTHERS],
                (Status.OTHERS.value, _("We wait for others, whoever they are")),
                *WaitsFor.choices,
            ],
            "assignee": [("me", _("I")), ("nobody", _("Nobody yet")), *colleagues],
            "deadline": [
                ("late", _("has passed")),
                ("today", _("is today")),
                ("week", _("lies in the next 7 days")),
                ("none", _("no deadline")),
            ],
        }
        for name, listed in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
            field.choices = [everything, *listed]
        absent = {"new": ("waits", "assignee", "tag"), "mine": ("assignee",), "closed": ("waits",)}.get(tab, ())
        for name in (*absent, *(("office",) if len(desk.offices) < 2 else ())):
            del self.fields[name]

    def chosen(self) -> Filter:
        """What was chosen, as codes."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("name", "shared")}
        since = data.get("since")
        return Filter.of({**data, "since": since.isoformat() if isinstance(since, date) else ""})


class BulkForm(WithKey):
    """One act on the rows that are ticked."""

    DOES = ("assign", "tag", "untag", "close", "snooze", "sweep", "sweep_all", "take_up", "bring_back")

    what = forms.ChoiceField(
        choices=[(name, name) for name in DOES],
        error_messages={"required": _("Please choose what to do."), "invalid_choice": _("Please choose what to do.")},
    )
    assignee = _choice(_("Give to"))
    tag = forms.CharField(
        label=_("Tag"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={"max_length": _("This tag is too long. Please shorten it to 40 characters.")},
    )
    until = _day(_("Until"))
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={"max_length": _("This answer is too long. Please shorten it to 200 characters.")},
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
        others = [(one.uid.hex, one.name) for one in desk.colleagues if one.pk != desk.user.pk]
        field.choices = [("me", _("me")), ("nobody", _("nobody")), *others]

    def clean_tag(self) -> str:
        return " ".join(str(self.cleaned_data["tag"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        what, until = cleaned.get("what"), cleaned.get("until")
        if what in ("tag", "untag") and not cleaned.get("tag") and not self.errors:
            self.add_error("tag", _("Please write the tag."))
        if what == "snooze" and not self.errors:
            today = timezone.localdate()
            if until is None or not today < until <= today + timedelta(days=366):
                self.add_error("until", _("Please write a day within the next 12 months."))
        return cleaned


class AlarmForm(forms.Form):
    """What runs in hours."""

    urgent = forms.BooleanField(label=_("This case stands on the urgent board"), required=False)
    removal_at = _moment(_("Planned removal from the country"))
    detained_at = _moment(_("Held since"))
    detained_where = forms.CharField(label=_("Where is she or he held?"), required=False, max_length=200)
    hearing_at = _moment(_("Next hearing"))
    hearing_place = forms.CharField(label=_("Court and room"), required=False, max_length=200)
    lawyer = forms.CharField(label=_("Duty lawyer"), required=False, max_length=200)
    consul_told = forms.ChoiceField(
        label=_("Has the consul been told?"),
        required=False,
        choices=[("", _("I do not know")), ("yes", _("Yes")), ("no", _("No"))],
        error_messages={"invalid_choice": _("Please choose one of the answers of the list.")},
    )
    consul_on = _day(_("When was the consul told?"))
    child = forms.BooleanField(label=_("A child is with them"), required=False)
    ill = forms.BooleanField(label=_("Somebody is ill"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("detained_where", "hearing_place", "lawyer"):
            field = self.fields[name]
            field.widget.attrs |= {"autocomplete": "off", "maxlength": None}
            field.error_messages["max_length"] = _("This answer is too long. Please shorten it.")

    def body(self) -> dict[str, Any]:
        """What is sealed: days and moments as ISO 8601 text."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("urgent", "version")}
        for name in ("removal_at", "detained_at", "hearing_at", "consul_on"):
            data[name] = data[name].isoformat() if data[name] else ""
        return data


def office_to_share(desk: Desk, chosen: Filter) -> Organisation:
    """The office with whose caseworkers a view is shared: the chosen one, else the first of one's own."""
    return next((office for office in desk.offices if office.code == chosen.office), desk.offices[0])
