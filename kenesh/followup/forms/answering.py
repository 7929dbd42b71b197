"""What officials and secretaries write."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.followup.actions import Given, Proof
from kenesh.followup.forms.fields import Keyed, later_than, not_in_the_future
from kenesh.followup.forms.fields import address_field as _address
from kenesh.followup.forms.fields import day_field as _day
from kenesh.followup.forms.fields import document_field as _document
from kenesh.followup.forms.fields import words_field as _words
from kenesh.followup.models import Judgement, Progress, Response, ResponseKind, Stance
from kenesh.followup.models.answers import ANSWERS, GRADES
from kenesh.people.forms.texts import InLanguages

# --- the official -----------------------------------------------------------------------------------------------------

STEPS = ("step_1", "step_2", "step_3")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the e-mail"),
        help_text=_("Eight digits. Use the newest e-mail."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
        error_messages={"required": _("Write the eight digits from the e-mail.")},
    )

    def clean_code(self) -> str:
        """Digits of any script, with any spaces, as eight ASCII digits."""
        typed: str = self.cleaned_data["code"]
        digits = "".join(str(unicodedata.digit(c)) for c in typed if c.isdigit())
        if len(digits) != 8:
            raise forms.ValidationError(_("The code has eight digits."), code="length")
        return digits


class AnswerForm(forms.Form):
    """The answer of an addressee, written by an official who has never seen this page before."""

    answer = forms.ChoiceField(
        label=_("What is your answer?"),
        choices=[
            (Stance.ACCEPTED, _("We accept the recommendation")),
            (Stance.PARTLY, _("We accept a part of it")),
            (Stance.NOTED, _("We take note of it")),
            (Stance.REJECTED, _("We do not accept it")),
            (ResponseKind.HOLDING, _("We need more time")),
            (ResponseKind.FORWARDED, _("We have passed it on to another body")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer.")},
    )
    text = _words(
        _("Your answer in your own words"),
        rows=8,
        most=10_000,
        required=True,
        help_text=_("Give the reasons, the law, the name of the other body."),
    )
    responsible = forms.CharField(
        label=_("Who else is responsible?"),
        help_text=_("The name of the other body, if you know one."),
        required=False,
        max_length=300,
    )
    progress = forms.ChoiceField(label=_("How far is it?"), choices=[("", _("No answer")), *Progress.choices], required=False)
    plan = _words(_("What will you do?"))
    promised_by = _day(_("By when?"), help_text=_("If you need more time: by which day will you answer?"))
    step_1, step_1_by = _words(_("First step"), rows=2, most=1000), _day(_("By when is the first step done?"))
    step_2, step_2_by = _words(_("Second step"), rows=2, most=1000), _day(_("By when is the second step done?"))
    step_3, step_3_by = _words(_("Third step"), rows=2, most=1000), _day(_("By when is the third step done?"))
    done = _words(_("What is done already?"))
    done_on = _day(_("On which day was it done?"))
    evidence_url = _address()
    evidence_text = _words(_("Number and date of the act, or other proof in words"), rows=2, most=2000)

    def __init__(self, *args: Any, wanted_by: date | None = None, **kwargs: Any) -> None:
        """`wanted_by`: the day that holds for the answer now."""
        super().__init__(*args, **kwargs)
        self.wanted_by = wanted_by

    @staticmethod
    def written_in(response: Response) -> dict[str, Any]:
        """What the fields say of an answer that was sent, with its prefetched actions and evidence."""
        names = ("text", "responsible", "progress", "plan", "promised_by")
        said = {"answer": response.stance or response.kind, **{name: getattr(response, name) for name in names}}
        planned = [one for one in response.actions.all() if one.is_planned]
        for step, one in zip(STEPS, sorted(planned, key=lambda one: one.pk), strict=False):
            said |= {step: one.text, f"{step}_by": one.done_on}
        done = [{"done": one.text, "done_on": one.done_on} for one in response.actions.all() if not one.is_planned]
        proof = [{"evidence_url": one.url, "evidence_text": one.text} for one in response.evidence.all()]
        return said | (done[0] if done else {}) | (proof[0] if proof else {})

    @property
    def shows_steps(self) -> bool:
        """Whether a step is written, or something is wrong with one."""
        return any(self[name].value() or self[name].errors for step in STEPS for name in (step, f"{step}_by"))

    def clean_done_on(self) -> date | None:
        return not_in_the_future(self.cleaned_data["done_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == ResponseKind.HOLDING and not data.get("promised_by") and "promised_by" not in self.errors:
            self.add_error("promised_by", _("Write by which day you will answer."))
        if data.get("answer") == ResponseKind.HOLDING and data.get("promised_by"):
            later_than(self, "promised_by", self.wanted_by)
        if data.get("answer") == ResponseKind.FORWARDED and not data.get("responsible") and "responsible" not in self.errors:
            self.add_error("responsible", _("Write to whom you have passed it on."))
        for step in STEPS:
            if data.get(step) and not data.get(f"{step}_by") and f"{step}_by" not in self.errors:
                self.add_error(f"{step}_by", _("Write by which day this step is done."))
            if data.get(f"{step}_by"):
                later_than(self, f"{step}_by", None)
            if data.get(f"{step}_by") and not data.get(step):
                self.add_error(step, _("Write what is done by this day."))
        if data.get("done_on") and not data.get("done"):
            self.add_error("done", _("Write what was done on this day."))
        return data

    def given(self) -> Given:
        """The checked answer. Whoever accepts, notes or refuses has answered on the substance."""
        data = self.cleaned_data
        stance = Stance(data["answer"]) if data["answer"] in Stance.values else None
        return Given(
            kind=ResponseKind.SUBSTANTIVE if stance else ResponseKind(data["answer"]),
            stance=stance,
            text=data["text"],
            plan=data["plan"],
            promised_by=data["promised_by"],
            steps=tuple((data[step], data[f"{step}_by"]) for step in STEPS if data[step]),
            done=data["done"],
            done_on=data["done_on"],
            progress=Progress(data["progress"]) if data["progress"] else None,
            responsible=data["responsible"],
            proof=Proof(data["evidence_url"], data["evidence_text"]),
        )


# --- the secretary ----------------------------------------------------------------------------------------------------


class LetterForm(Keyed):
    sent_on = _day(_("On which day was the letter sent?"), required=True)
    outgoing_number = forms.CharField(label=_("Outgoing number"), required=False, max_length=60)
    incoming_number = forms.CharField(label=_("Incoming number, given by the addressee"), required=False, max_length=60)
    due_by_law = _day(
        _("By which day does the law want an answer?"),
        help_text=_("By the law of the addressee's country on appeals to State bodies."),
    )

    def clean_sent_on(self) -> date | None:
        return not_in_the_future(self.cleaned_data["sent_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("due_by_law") and data.get("sent_on") and data["due_by_law"] < data["sent_on"]:
            self.add_error("due_by_law", _("This day is before the letter was sent."))
        return data


class IncomingForm(forms.Form):
    """What the addressee's registry said about a letter that is already noted."""

    incoming_number = forms.CharField(label=_("Incoming number, given by the addressee"), required=False, max_length=60)
    due_by_law = _day(_("By which day does the law want an answer?"))

    def __init__(self, *args: Any, sent_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent_on = sent_on

    def clean_due_by_law(self) -> date | None:
        day: date | None = self.cleaned_data["due_by_law"]
        if day and day < self.sent_on:
            raise forms.ValidationError(_("This day is before the letter was sent."), code="order")
        return day


class ResponseForm(Keyed):
    """An answer that came by letter, as the secretary enters it."""

    kind = forms.ChoiceField(
        label=_("What came?"),
        choices=ResponseKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    stance = forms.ChoiceField(
        label=_("What does the addressee say to the recommendation?"),
        choices=Stance.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    received_on = _day(_("On which day did it come?"), required=True)
    their_number = forms.CharField(label=_("Outgoing number of the addressee"), required=False, max_length=60)
    our_number = forms.CharField(label=_("Your incoming number"), required=False, max_length=60)
    responsible = forms.CharField(label=_("Whom does it name as responsible?"), required=False, max_length=300)
    progress = forms.ChoiceField(
        label=_("How far is it, in the addressee's own words?"), choices=[("", _("No answer")), *Progress.choices], required=False
    )
    text = _words(_("The answer in the addressee's own words"), rows=8, most=10_000)
    plan = _words(_("What will the addressee do?"))
    promised_by = _day(_("By when?"))
    evidence_url = _address()
    evidence_document = _document()
    evidence_text = _words(_("Number and date of the letter, or other proof in words"), rows=2, most=2000)

    def clean_received_on(self) -> date | None:
        return not_in_the_future(self.cleaned_data["received_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") in ANSWERS and not data.get("stance"):
            self.add_error("stance", _("Choose what the addressee says to the recommendation."))
        if data.get("kind") and data["kind"] not in ANSWERS:
            data["stance"] = ""
        asked, came = data.get("promised_by"), data.get("received_on")
        if data.get("kind") == ResponseKind.HOLDING and asked and came and asked <= came:
            self.add_error("promised_by", _("This day is not after the day on which the answer came."))
        return data

    def given(self) -> Given:
        data = self.cleaned_data
        return Given(
            kind=ResponseKind(data["kind"]),
            stance=Stance(data["stance"]) if data["stance"] else None,
            text=data["text"],
            plan=data["plan"],
            promised_by=data["promised_by"],
            progress=Progress(data["progress"]) if data["progress"] else None,
            responsible=data["responsible"],
            proof=Proof(data["evidence_url"], data["evidence_text"], data["evidence_document"]),
        )


class GradeForm(forms.Form):
    """How far an answer goes; the buttons beside it."""

    grade = forms.ChoiceField(choices=GRADES)


class ActionForm(Keyed):
    text = _words(_("What has the addressee done, in its own words?"), required=True)
    done_on = _day(_("On which day?"), required=True)
    evidence_url = _address()
    evidence_document = _document()
    evidence_text = _words(_("Other proof in words"), rows=2, most=2000)

    def clean_done_on(self) -> date | None:
        return not_in_the_future(self.cleaned_data["done_on"])


class VerdictForm(Keyed):
    judgement = forms.ChoiceField(
        label=_("What did you find?"),
        choices=Judgement.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    text = InLanguages(
        _("What the judgement rests on"),
        most=5000,
        rows=4,
        missing=_("Write in at least one language what the judgement rests on."),
    )
    judged_on = _day(_("On which day was it judged?"), required=True)
    evidence_url = _address()
    evidence_document = _document()
    evidence_text = _words(_("Other proof in words"), rows=2, most=2000)

    def clean_judged_on(self) -> date | None:
        return not_in_the_future(self.cleaned_data["judged_on"])
