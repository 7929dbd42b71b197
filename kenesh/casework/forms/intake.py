"""The operator's form: everything on one screen, for the keyboard. And the quick log of a contact."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.appeals import actions as appeals
from kenesh.appeals import steps
from kenesh.appeals.forms import (
    CHOOSE_ONE,
    AnswerForm,
    DangerForm,
    WhatForm,
    WhereForm,
    WhoForm,
    WrittenDownForm,
    as_select,
    one_of,
    set_choices,
    several_of,
    short_field,
)
from kenesh.casework.forms.case import WithKey
from kenesh.casework.models import Channel, ContactResult, Minutes
from kenesh.kernel.widgets import TileSelect
from kenesh.people.models import Organisation
from kenesh.themes import countries, thesaurus

NOT_AN_ANSWER = ("key", "office", "receipt", "open_case", "consent_how", "explained")


class IntakeForm(WrittenDownForm, WhatForm, DangerForm, WhereForm, WhoForm, AnswerForm, WithKey):
    """The questions of the public form, in the order in which somebody tells them, and how it came in."""

    claimed = None  # type: ignore[assignment]  # sums are written into the case
    moves_complaints = True  # whoever writes it down may work in no other office than the one complained about
    offers_notice = False  # an address that the office is not to see is left by the person herself
    consents = several_of(_("What does the person allow?"), list(steps.CONSENTS.items()), _("Ask each by itself."))
    consent_how = one_of(
        _("How was it allowed?"), [("oral", steps.HOW["oral"]), ("written", steps.HOW["written"])], widget=forms.Select
    )
    explained = short_field(_("Who explained it?"))
    receipt = one_of(
        _("Receipt"),
        [("make", _("Make one: it is read out or printed")), ("none", _("The person wants none"))],
        widget=forms.Select,
    )
    open_case = forms.BooleanField(label=_("Open the case at once"), required=False)

    field_order = (
        "channel", "danger", "theme", "story", "danger_where", "danger_since", "danger_phone", "citizenship",
        "where_country", "where_place", "now_country", "papers", "since", "paper_date", "culprit", "culprit_name",
        "for_whom", "helper", "person_knows", "group_size", "name", "sex", "age", "guardian", "answer_how", "phone",
        "call_from", "call_to", "call_zone", "call_when", "may_pick_up", "may_say_who", "language", "needs",
        "consents", "consent_how", "explained", "office", "complaint_about", "receipt", "open_case",
    )  # fmt: skip

    def __init__(self, *args: Any, offices: list[Organisation], takers: list[Organisation], **kwargs: Any) -> None:
        """`offices`: those of whoever writes; `takers`: all of the node to which a person may turn."""
        named = {office.code: office for office in (*offices, *takers)}
        super().__init__(*args, offices=list(named.values()), **kwargs)
        self.takers = takers
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
                as_select(self, name)  # one letter chooses, nothing to click
        set_choices(self, "office", [(office.code, str(office)) for office in offices])
        self.offices = {office.code: office for office in offices}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        about = cleaned.get("complaint_about")
        if about and about == self._own(cleaned).code and all(office.code == about for office in self.takers):
            self.add_error("complaint_about", _("There is no other office on this node that could receive it."))
        return cleaned

    def _own(self, cleaned: dict[str, Any]) -> Organisation:
        return self.offices.get(cleaned.get("office", "")) or next(iter(self.offices.values()))

    @property
    def chosen_office(self) -> Organisation:
        """The one that was chosen, the first where there is no choice; for a complaint about that one, another office, found as
        for what a person sends herself."""
        own = self._own(self.cleaned_data)
        if self.cleaned_data.get("complaint_about") != own.code:
            return own
        return appeals.choose_office(answers=self.answers(), offices=self.takers)

    def answers(self) -> dict[str, Any]:
        answers = {name: value for name, value in super().answers().items() if name not in NOT_AN_ANSWER}
        return {**answers, "channel": answers.get("channel") or "phone"}


MOST_DAYS_LATE = timedelta(days=31)  # statistics of earlier months are told already


class ContactForm(WithKey):
    """One contact: seven choices and its day, no name, no text."""

    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices, widget=TileSelect())
    theme = forms.ChoiceField(label=_("About what"), required=False, widget=TileSelect())
    origin = forms.ChoiceField(label=_("From which country"), required=False)
    destination = forms.ChoiceField(label=_("Country of work"), required=False)
    sex = forms.ChoiceField(
        label=_("Woman or man?"),
        required=False,
        choices=[("female", _("Woman")), ("male", _("Man")), ("", _("Not known"))],
        widget=TileSelect(),
    )
    minutes = forms.TypedChoiceField(
        label=_("How many minutes it took"), coerce=int, choices=Minutes.choices, widget=TileSelect()
    )
    result = forms.ChoiceField(label=_("What came of it"), choices=ContactResult.choices, widget=TileSelect())
    day = forms.DateField(
        label=_("Date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        error_messages={"invalid": _("Please write the date like this: 31.12.2026.")},
    )
    office = forms.ChoiceField(label=_("Office"), required=False)

    field_order = ("theme", "channel", "origin", "destination", "sex", "minutes", "result", "day", "office")

    def __init__(self, *args: Any, offices: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "ru"
        for name in ("channel", "theme", "sex", "minutes", "result", "origin", "destination", "office"):
            self.fields[name].error_messages.update(invalid_choice=CHOOSE_ONE, required=CHOOSE_ONE)
        set_choices(self, "theme", [(c.id, thesaurus.label(c.id, language)) for c in thesaurus.intake_concepts()])
        named = countries.country_list(language)
        for name, codes in (("origin", countries.ORIGINS), ("destination", [*countries.DESTINATIONS, *countries.ORIGINS])):
            set_choices(self, name, [("", "–"), *[(code, label) for code, label in named if code in codes]])
        set_choices(self, "office", [(office.code, str(office)) for office in offices])
        self.offices = {office.code: office for office in offices}

    def clean_day(self) -> date:
        """The day of the contact: today, unless a slip of paper is entered later."""
        today = timezone.localdate()
        day: date = self.cleaned_data["day"] or today
        if not today - MOST_DAYS_LATE <= day <= today:
            raise forms.ValidationError(_("Please choose today or one of the 31 days before."))
        return day

    @property
    def chosen_office(self) -> Organisation:
        return self.offices.get(self.cleaned_data["office"]) or next(iter(self.offices.values()))

    def facts(self) -> dict[str, Any]:
        """The columns of a contact."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("key", "office")}
