"""Forms of correspondents, of files with correspondents, and of letters to many of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.rows import stamp_of
from kenesh.people.actions import CorrespondentFacts
from kenesh.people.forms.fields import NOT_IN_LIST, TOO_LONG, NewRow, Seen, Words, country_field
from kenesh.people.forms.texts import InLanguages
from kenesh.people.models import Body, Correspondent, CorrespondentRole
from kenesh.people.queries.correspondents import Chosen
from kenesh.themes.languages import HANDLED, OWN_NAME

_LANGUAGES = [(code, OWN_NAME[code]) for code in HANDLED]


def _body_field(bodies: Sequence[Body], label: Words, everybody: Words) -> forms.ChoiceField:
    choices = [("", everybody), *((body.code, str(body)) for body in bodies)]
    return forms.ChoiceField(label=label, choices=choices, required=False, error_messages=NOT_IN_LIST)


class _OfBody(forms.Form):
    """`bodies`: those whose secretary the account is; the choice says who may see what is entered."""

    all_optional = True

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.code: body for body in bodies}
        self.fields["body"] = _body_field(bodies, _("Who may see it?"), _("All secretaries of this node"))

    def body(self) -> Body | None:
        """None for all secretaries. Only after is_valid()."""
        return self.bodies.get(self.cleaned_data["body"])


class CorrespondentForm(_OfBody):
    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Write the name."), **TOO_LONG})
    post = forms.CharField(label=_("Post"), max_length=300, required=False, error_messages=TOO_LONG)
    organisation = forms.CharField(label=_("Organisation"), max_length=300, required=False, error_messages=TOO_LONG)
    role = forms.ChoiceField(label=_("Role"), choices=CorrespondentRole.choices, initial=CorrespondentRole.OTHER)
    country = country_field(_("Country"), _("Not said"))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Write an e-mail address such as name@example.org."), **TOO_LONG},
    )
    phones = forms.CharField(
        label=_("Telephones"), help_text=_("With commas between."), max_length=200, required=False, error_messages=TOO_LONG
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=_LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False
    )
    first_language = forms.ChoiceField(
        label=_("In which language is it best to write?"), choices=[("", "—"), *_LANGUAGES], required=False
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def facts(self) -> CorrespondentFacts:
        """Only after is_valid()."""
        said = self.cleaned_data
        languages = dict.fromkeys([code for code in (said["first_language"], *said["languages"]) if code])
        plain = {name: said[name] for name in CorrespondentFacts.__dataclass_fields__ if name != "languages"}
        return CorrespondentFacts(**plain, languages=" ".join(languages))


class NewCorrespondentForm(CorrespondentForm, NewRow):
    pass


class EditCorrespondentForm(CorrespondentForm, Seen):
    pass


def initial_of_correspondent(correspondent: Correspondent) -> dict[str, Any]:
    """The correspondent as it is now, for EditCorrespondentForm."""
    languages = correspondent.languages.split()
    plain = {name: getattr(correspondent, name) for name in CorrespondentFacts.__dataclass_fields__}
    return plain | {
        "languages": languages,
        "first_language": languages[0] if languages else "",
        "body": correspondent.body.code if correspondent.body else "",
        "seen": stamp_of(correspondent),
    }


class CorrespondentFilter(forms.Form):
    """By what correspondents are chosen."""

    all_optional = True

    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("All roles")), *CorrespondentRole.choices], required=False, error_messages=NOT_IN_LIST
    )
    country = country_field(_("Country"), _("All countries"))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("All languages")), *_LANGUAGES], required=False, error_messages=NOT_IN_LIST
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All")), ("node", _("Of all secretaries")), *((body.code, str(body)) for body in bodies)]
        self.fields["list"] = forms.ChoiceField(label=_("List"), choices=choices, required=False, error_messages=NOT_IN_LIST)
        self.order_fields(["list", "role", "country", "language"])

    def chosen(self) -> Chosen:
        """Only after is_valid()."""
        said = self.cleaned_data
        return Chosen(role=said["role"], body=said["list"], country=said["country"], language=said["language"])


class AddressFileForm(_OfBody, NewRow):
    """A file with correspondents."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A table of Excel (.xlsx) with a line of headings, or cards (.vcf) out of a telephone or a mail program. Columns for role, post,"
            " body, country and language are read row by row."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.vcf"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )


class ConfirmFileForm(forms.Form):
    """Which rows are entered, and as what."""

    take = forms.TypedMultipleChoiceField(coerce=int, required=False)
    role = forms.ChoiceField(
        label=_("Role of those whose row names none"), choices=CorrespondentRole.choices, initial=CorrespondentRole.OTHER
    )

    def __init__(self, *args: Any, numbers: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["take"].choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]  # of a choice field


class MailingForm(CorrespondentFilter, NewRow):
    """A letter, and to whom it goes. `count`: how many the preview showed."""

    subject = InLanguages(_("Subject"), most=150, missing=_("Write the subject in at least one language."))
    text = InLanguages(
        _("Letter"), most=8000, rows=8,
        hint=_("Each gets it in the first of her languages in which it is written. Write no secrets: mail can be read on its way."),
        missing=_("Write the letter in at least one language."),
    )  # fmt: skip
    count = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        without = [code for code in cleaned.get("text", {}) if code not in cleaned.get("subject", {})]
        if cleaned.get("subject"):
            words = _("The letter is written in this language: write the subject too.")
            for code in without:
                self.add_error("subject", f"{OWN_NAME[code]}: {words}")
        return cleaned


class StopForm(forms.Form):
    """What is noted of an address by hand."""

    do = forms.ChoiceField(choices=[("bounced", ""), ("opted_out", ""), ("resume", "")])
