"""Forms about the persons of a case: a brigade's list, consents that staff write down, a child's guardian, how to reach somebody."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kenesh.appeals import contact, steps
from kenesh.appeals.forms import (
    CHOOSE_ONE,
    NO,
    YES,
    as_select,
    one_of,
    set_choices,
    several_of,
    short_field,
    time_field,
)  # fmt: skip
from kenesh.casework.actions import Member
from kenesh.casework.forms.case import CURRENCIES, WithKey
from kenesh.casework.forms.facts import day
from kenesh.themes import languages

MOST_LINES = 200


class MembersForm(WithKey):
    """A list of persons, one on a line: name; phone; sum."""

    persons = forms.CharField(
        label=_("Persons, one on a line"),
        help_text=_("Name; phone; sum that is owed. Phone and sum may be missing. A list from a spreadsheet can be pasted."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false", "maxlength": None}),
        error_messages={
            "required": _("Please write at least one person."),
            "max_length": _("This list is too long. Please add the rest as a second list."),
        },
    )
    currency = forms.ChoiceField(label=_("Currency of the sums"), choices=[(code, code) for code in CURRENCIES])

    def clean_persons(self) -> list[Member]:
        lines = [line.strip() for line in self.cleaned_data["persons"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("This list is too long. Please add the rest as a second list."))
        wrong: list[str] = []
        members = [member for number, line in enumerate(lines, 1) if (member := _member(line, number, wrong))]
        if wrong:
            raise forms.ValidationError(wrong)
        return members


def _member(line: str, number: int, wrong: list[str]) -> Member | None:
    """A person out of one line; what cannot be read is said with the line's number."""
    separator = next((one for one in ("\t", ";", ",") if one in line), ";")
    name, phone, claimed, *more = [*(part.strip() for part in line.split(separator)), "", ""]
    claimed = re.sub(r"(?<=\d)[^\d,.]+$|[.,]$", "", re.sub(r"[\s\u00a0']", "", claimed)).replace(",", ".")
    if not name or len(name) > 200 or any(more[:-2]) or not re.fullmatch(r"[\d\s+()./-]{0,40}", phone):
        wrong.append(_t("Line %(number)s: please write it like this: Name; phone; sum.") % {"number": number})
        return None
    if claimed and not re.fullmatch(r"\d{1,12}(\.\d{1,2})?", claimed):
        wrong.append(_t("Line %(number)s: please write the sum in digits, for example 45000.") % {"number": number})
        return None
    return Member(name, phone, claimed)


class ReplaceReceiptForm(WithKey):
    reason = forms.CharField(
        label=_("Why is it replaced?"),
        help_text=_("The person reads this."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
        error_messages={
            "required": _("Please write why. The person reads it."),
            "max_length": _("This answer is too long. Please shorten it to 200 characters."),
        },
    )


class RecordConsentForm(WithKey):
    """What the person said to staff or signed on paper."""

    codes = several_of(_("What was said of"), list(steps.CONSENTS.items()))
    given = one_of(_("What was said"), [(YES, _("Yes, this is allowed")), (NO, _("No, or taken back"))])
    how = one_of(_("How"), [("oral", steps.HOW["oral"]), ("written", steps.HOW["written"])])
    language = one_of(_("In which language?"), [], widget=forms.Select)
    explained = short_field(_("Who explained it?"))
    said_on = day(_("On which day was it said or signed?"), _("Leave it empty if it was today."))

    def clean_said_on(self) -> date | None:
        said_on: date | None = self.cleaned_data["said_on"]
        if said_on is not None and said_on > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return said_on

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "language", [(code, name) for code, name in languages.OWN_NAME.items()])
        self.fields["given"].required = self.fields["how"].required = self.fields["codes"].required = True
        for name in ("given", "how", "codes"):
            self.fields[name].error_messages["required"] = CHOOSE_ONE


class GuardianForm(WithKey):
    """A child's guardian, or why the rule of child protection stands in the place of one."""

    guardian = short_field(_("Name of the mother, father or guardian"))
    relation = short_field(_("What they are to the child"))
    child_rule = short_field(
        _("Or: why no guardian is asked"), _("Child protection: there is nobody, or it is not safe to tell them.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("guardian") and not cleaned.get("child_rule") and not self.errors:
            self.add_error("guardian", _("Please write who the guardian is, or why none is asked."))
        if cleaned.get("guardian") and not cleaned.get("relation") and not self.errors:
            self.add_error("relation", _("Please write what this person is to the child."))
        return cleaned


class ReachForm(WithKey):
    """How the person can be reached from now on."""

    answer_how = one_of(
        _("How may we answer?"),
        [
            (contact.CODE, _("Only with the receipt: never call")),
            (contact.CALL, _("Call")),
            (contact.NEVER, _("Never contact")),
        ],
    )
    phone = short_field(_("Phone"), inputmode="tel", type="tel")
    call_from = time_field(_("We may call from what time?"))
    call_to = time_field(_("Until what time?"))
    call_zone = one_of(_("By which clock?"), [("", _("The time of the country where the person is")), *contact.ZONES.items()])
    call_when = short_field(_("Is there more to know before calling?"))
    may_pick_up = short_field(_("Who else may pick up?"))
    may_say_who = one_of(_("If somebody else picks up: may we say who we are?"), [(YES, _("Yes")), (NO, _("No"))])
    language = one_of(_("In which language?"), [])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "language", [("", "–"), *languages.OWN_NAME.items()])
        for name in ("answer_how", "call_zone", "may_say_who", "language"):
            as_select(self, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer_how") == contact.CALL and not cleaned.get("phone"):
            self.add_error("phone", _("Please write the phone number that we may call, or choose another way of answering."))
        return cleaned


class PlanCallForm(WithKey):
    due_on = forms.DateField(
        label=_("Call on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        error_messages={"required": _("Please write the date."), "invalid": _("Please write the date like this: 31.12.2026.")},
    )
    why = short_field(_("About what"))
