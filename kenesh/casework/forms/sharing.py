"""Forms of sharing: named people, what is handed to an office of the node, who outside was turned to, closing an office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kenesh.appeals import steps
from kenesh.casework.forms.case import WithKey
from kenesh.casework.readers import EVERYBODY
from kenesh.people.models import Organisation, User

AREA = {"rows": 4, "autocomplete": "off", "maxlength": None}
LINE = {"autocomplete": "off", "maxlength": None}
TOO_LONG = _("This text is too long. Please shorten it.")

BASES: dict[str, str | Promise] = {
    "receipt": _("Ask her: she looks at it with her receipt, and agrees or says no"),
    "paper": _("She has signed on paper (only for somebody without a receipt of her own)"),
    "emergency": _("Emergency: hand it over before asking, with a reason that she is told at once"),
}


def _text(label: Any, *, required: bool = True, rows: int = 4, most: int = 4000, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={**AREA, "rows": rows}),
        error_messages={"required": _("Please write this in a sentence."), "max_length": TOO_LONG},
    )


def _line(label: Any, *, required: bool = False, most: int = 200, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=most,
        widget=forms.TextInput(attrs=LINE),
        error_messages={"required": _("Please fill this in."), "max_length": TOO_LONG},
    )


def _date(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        error_messages={"invalid": _("Please write the date like this: 31.12.2026.")},
    )


class NamedPeople(forms.ModelMultipleChoiceField[User]):
    def label_from_instance(self, obj: User) -> str:
        return obj.name


class OfficeChoice(forms.ModelChoiceField[Organisation]):
    def label_from_instance(self, obj: Organisation) -> str:
        return str(obj)


class RestrictForm(forms.Form):
    """Who may open the case, and why nobody else."""

    named = NamedPeople(
        label=_("Who may open it"),
        queryset=User.objects.none(),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Name at least two people: if the only one is ill or forgets the password, nobody can open it."),
        error_messages={
            "required": _("Please name at least one person."),
            "invalid_choice": _("Please choose people of the list: they hold the key of the office."),
            "list": _("Please choose people of the list: they hold the key of the office."),
            "invalid_pk_value": _("Please choose people of the list: they hold the key of the office."),
        },
    )
    reason = _text(_("Why"), rows=2, most=1000)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_from(self, "named", people)


class ReasonForm(forms.Form):
    reason = _text(_("Why"), rows=2, most=1000)


class WordsForm(forms.Form):
    """Words to a step of a referral: why not, with what result."""

    text = _text(_("In words"), rows=3, most=2000)


class _Receiver(WithKey):
    """To which office, what for, and on what the handing over rests."""

    receiver = OfficeChoice(
        label=_("To which office"),
        queryset=Organisation.objects.none(),
        to_field_name="code",
        empty_label="–",
        help_text=_("Offices of this node in which somebody holds a key."),
        error_messages={"required": _("Please choose an office."), "invalid_choice": _("Please choose an office of the list.")},
    )
    purpose = _text(_("What for: what should they do?"), rows=3, help_text=_("She reads this before she agrees."))

    def __init__(self, *args: Any, receivers: Any, whose: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_from(self, "receiver", receivers)
        field = self.fields["whose"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what is declared below
        field.choices = whose
        if len(whose) < 2:
            field.widget = forms.HiddenInput()
            field.initial = whose[0][0] if whose else ""


class Basis(forms.Form):
    """How she agreed, or why she could not be asked first."""

    signed_on = _date(_("On paper: signed on"))
    language = forms.ChoiceField(label=_("On paper: in which language"), required=False)
    explained_by = _line(_("On paper: who explained it to her"))
    reason = _text(
        _("Emergency: why it cannot wait until she has answered"),
        required=False,
        rows=2,
        most=1000,
        help_text=_("She reads this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # as above
        field.choices = [("", "–"), *settings.LANGUAGES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        basis = cleaned.get("how")
        if basis == "paper":
            for name in ("signed_on", "language", "explained_by"):
                if not cleaned.get(name):
                    self.add_error(name, _("For a consent on paper, please write when, in which language, and who explained it."))
        if basis == "emergency" and len(str(cleaned.get("reason", "")).strip()) < 10:
            self.add_error("reason", _("Please write why it cannot wait. She is told this reason at once."))
        return cleaned

    def basis(self) -> dict[str, Any]:
        """What the referral rests on, as it is kept."""
        data = self.cleaned_data
        if data["how"] == "paper":
            return {
                "basis": "paper",
                "signed_on": data["signed_on"].isoformat(),
                "language": data["language"],
                "explained_by": data["explained_by"],
            }
        return {"basis": data["how"], **({"reason": data["reason"].strip()} if data["how"] == "emergency" else {})}


class ReferForm(_Receiver, Basis):
    """What exactly is handed over: nothing is chosen beforehand."""

    whose = forms.ChoiceField(label=_("Whose receipt is asked"), required=False)
    persons = forms.MultipleChoiceField(label=_("About persons"), required=False, widget=forms.CheckboxSelectMultiple)
    matters = forms.MultipleChoiceField(label=_("Matters"), required=False, widget=forms.CheckboxSelectMultiple)
    parties = forms.MultipleChoiceField(
        label=_("Other side"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With its name, the receiver can see whether it is a client there before accepting."),
    )
    reach = forms.BooleanField(
        label=_("How she may be reached: phone, when, in which language, who may pick up, or never"),
        required=False,
        help_text=_("Tick this whenever they may have to call or write to her. Else they are told to ask you first."),
    )
    messages = forms.MultipleChoiceField(label=_("What she wrote"), required=False, widget=forms.CheckboxSelectMultiple)
    papers = forms.MultipleChoiceField(
        label=_("Files, as copies without hidden details"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = _text(_("Written for them"), required=False, rows=6, most=8000)
    field_order = (
        "key",
        "receiver",
        "purpose",
        "whose",
        "persons",
        "reach",
        "matters",
        "parties",
        "messages",
        "papers",
        "text",
        "how",
    )

    how = forms.ChoiceField(
        label=_("Her consent"),
        choices=list(BASES.items()),
        widget=forms.RadioSelect,
        initial="receipt",
        error_messages={"required": _("Please choose how she agreed.")},
    )


class HandOverForm(_Receiver, Basis):
    """A whole case goes to another office."""

    whose = forms.ChoiceField(label=_("Whose receipt is asked"), required=False)
    how = forms.ChoiceField(
        label=_("Her consent"),
        choices=[(code, BASES[code]) for code in ("receipt", "paper")],
        widget=forms.RadioSelect,
        initial="receipt",
        error_messages={"required": _("Please choose how she agreed.")},
    )
    field_order = ("key", "receiver", "purpose", "whose", "how")


KINDS: dict[str, str | Promise] = {
    "consulate": _("Consulate or embassy"),
    "ministry": _("Ministry, or its office abroad"),
    "ombudsman": _("Ombudsman"),
    "prosecutor": _("Prosecutor"),
    "inspectorate": _("Labour inspectorate"),
    "police": _("Police"),
    "shelter": _("Shelter"),
    "bar": _("Bar, free legal aid"),
    "union": _("Trade union"),
    "diaspora": _("Diaspora organisation"),
    "hospital": _("Hospital"),
    "bailiffs": _("Bailiffs"),
    "other": _("Another one"),
}
WAYS: dict[str, str | Promise] = {
    "letter": _("By letter"),
    "phone": _("By telephone"),
    "accompanied": _("We went there with her"),
}
CONSENTED: dict[str, str | Promise] = {
    "b": _("She agreed to be named to them"),
    "c": _("She agreed that papers or facts are handed to them"),
    "none": _("She was not named: nothing leads to her"),
    "emergency": _("Emergency: she was named before she could be asked, with a reason that she reads"),
}
AUTHORITIES = {"ministry", "ombudsman", "prosecutor", "inspectorate", "police", "bailiffs"}


def needed_for(consent: str, kind: str) -> str:
    """Which of her consents must stand: to be named to her consul or to an authority, or to what is handed to anybody else."""
    if consent == "b" and kind == "consulate":
        return "b-consul"
    return "b-authority" if consent == "b" and kind in AUTHORITIES else "c"


WHOSE = _("Please choose about whom they were turned to.")


class ExternalForm(WithKey):
    """Somebody outside was turned to."""

    whose = forms.ChoiceField(
        label=_("About whom"),
        help_text=_("Nobody else of this case reads what was told."),
        widget=forms.RadioSelect,
        error_messages={"required": WHOSE, "invalid_choice": WHOSE},
    )
    kind = forms.ChoiceField(
        label=_("To whom"),
        choices=[("", "–"), *KINDS.items()],
        error_messages={"required": _("Please choose to whom.")},
    )
    to = _line(_("Name of the authority or service"), required=True)
    how = forms.ChoiceField(
        label=_("How"), choices=[("", "–"), *WAYS.items()], error_messages={"required": _("Please choose how.")}
    )
    consent = forms.ChoiceField(
        label=_("Her consent"),
        choices=[("", "–"), *CONSENTED.items()],
        error_messages={"required": _("Please choose what she agreed to. Without a consent, nobody is named.")},
    )
    reason = _text(
        _("Emergency: why it could not wait until she was asked"),
        required=False,
        rows=2,
        most=1000,
        help_text=_("She reads this."),
    )
    consented = _line(_("When and how she agreed"), help_text=_("For example: by receipt, 3 March."))
    told = _text(_("What was told"), rows=4, help_text=_("She reads this with her receipt."))
    on = _date(_("On which day"))
    number = _line(_("Incoming number there"))
    taken_by = _line(_("Who took it"))
    due = _date(_("Reply due by"))
    reply = _text(_("Reply"), required=False, rows=3)
    result = _text(_("Result"), required=False, rows=2)
    result_from = _line(_("From whom we know the result"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, standing: dict[str, set[str]] | None = None, whose: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        """`whose`: the case's appeals, code and name, and all of them together. `standing`: by their codes, the consents that are
        given and not taken back."""
        super().__init__(*args, **kwargs)
        self.standing = standing or {}
        field = self.fields["whose"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what is declared above
        field.choices = whose
        # Whoever was chosen on the page and is gone since is not replaced by who is left.
        if len(whose) < 2 and not self.data.get("whose"):
            del self.fields["whose"]
        self.only = whose[0][0] if len(whose) == 1 else ""

    def _stands(self, needed: str) -> bool:
        """Whether this consent stands: that of the one who is named; of all, where all are."""
        whose = self.cleaned_data.get("whose") or self.only
        asked = self.standing.values() if whose == EVERYBODY else [self.standing.get(whose, set())]
        return all(needed in given for given in asked)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        consent, kind = str(cleaned.get("consent") or ""), str(cleaned.get("kind") or "")
        if consent == "emergency" and len(str(cleaned.get("reason", "")).strip()) < 10:
            self.add_error("reason", _("Please write why it could not wait. She reads this reason."))
        claims = (
            consent in ("b", "c") and bool(kind) and (consent, kind) != (self.initial.get("consent"), self.initial.get("kind"))
        )
        if claims and not self.standing and not cleaned.get("consented"):
            self.add_error(
                "consented", _("This case has no appeal in which a consent stands. Please write when and how she agreed.")
            )
        needed = needed_for(consent, kind)
        if claims and self.standing and not self._stands(needed):
            words = _(
                "This consent does not stand: “%(consent)s” Ask her first, and note it under “Contact and consents”. Or choose that "
                "she was not named, or an emergency with its reason."
            )
            self.add_error("consent", words % {"consent": steps.CONSENTS[needed]})
        return cleaned

    def body(self) -> dict[str, Any]:
        """What is sealed: days as texts."""
        kept = {name: value for name, value in self.cleaned_data.items() if name not in ("key", "version")}
        kept.setdefault("whose", self.only)
        return {**kept, **{name: kept[name].isoformat() if kept[name] else "" for name in ("on", "due")}}


class ClosingForm(forms.Form):
    """Who goes on in the place of an office that closes."""

    successor = OfficeChoice(
        label=_("Which office takes its cases over"),
        queryset=Organisation.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("None"),
        error_messages={"invalid_choice": _("Please choose an office of the list.")},
    )
    words = _text(_("What is told to everybody whose appeal stays here: where else to turn"), required=False, rows=4)
    understood = forms.BooleanField(label=_("I know that what is left here can never be read again, by nobody."), required=False)

    def __init__(self, *args: Any, receivers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_from(self, "successor", receivers)


def _choose_from(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what was declared above
    field.queryset = rows
