"""The public form, in four short pages. Every question but the first may be left unanswered.

Error messages are our own in every language: Django's are missing or Russian in some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.appeals import steps
from kenesh.kernel.vault import NotAReceipt, read_receipt
from kenesh.kernel.widgets import TileSelect
from kenesh.people.models import Organisation
from kenesh.themes import countries, languages, thesaurus

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"
Choices = list[tuple[str, Words]]

STORY_LONGEST = 8000
OWN_WORDS, CALL_ME = "own-words", "call-me"
YES, NO, UNKNOWN = "yes", "no", "unknown"
YES_NO_UNKNOWN: Choices = [(YES, _("Yes")), (NO, _("No")), (UNKNOWN, _("I do not know"))]
RATHER_NOT: tuple[str, Words] = ("", _("I do not know or would rather not say"))

ICONS = {
    "pay": "pay",
    "contract-conditions": "contract",
    "safety-accident": "accident",
    "documents-stay": "documents",
    "bans-expulsion": "ban",
    "detention-police": "police",
    "recruitment-fraud-group": "fraud",
    "exploitation": "exploitation",
    "discrimination-group": "discrimination",
    "health-social": "health",
    "family-children": "family",
    "death-repatriation": "death",
    "status-citizenship": "citizenship",
    "housing-money": "housing",
    "return-reintegration": "return",
    "before-departure": "departure",
    OWN_WORDS: "talk",
    CALL_ME: "call",
}


# What each top concept means to somebody to whom it happened.
IN_PLAIN_WORDS: dict[str, Words] = {
    "pay": _("I am not paid, or paid too little"),
    "documents-stay": _("Passport, registration, patent, papers"),
    "bans-expulsion": _("Entry ban, expulsion, “controlled persons” list"),
    "detention-police": _("Police: held, checked, beaten, asked for money"),
    "contract-conditions": _("No contract, dismissed, hard conditions"),
    "safety-accident": _("Injury or danger at work"),
    "recruitment-fraud-group": _("Cheated when looking for work"),
    "exploitation": _("Forced to work, locked in, violence"),
    "family-children": _("Children, school, family, a missing relative"),
    "health-social": _("Illness, hospital, pregnancy, benefits"),
    "housing-money": _("Housing, debts, blocked bank card"),
    "discrimination-group": _("Insulted, attacked or turned away as a foreigner"),
    "death-repatriation": _("Somebody has died: bringing the body home"),
    "status-citizenship": _("Citizenship, asylum, the consulate"),
    "return-reintegration": _("I want to go home, or have just come home"),
    "before-departure": _("I want to go abroad: questions before leaving"),
}


def _story(label: Words, hint: Words = "", rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=STORY_LONGEST,
        # The browser keeps and sends nothing of it (a documented exception to WCAG 1.3.5).
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off", "spellcheck": "false", "maxlength": None}),
        error_messages={
            "max_length": _(
                "This text is too long. Please shorten it to 8,000 characters. You can send the rest as a message later."
            )
        },
    )


def _short(label: Words, hint: Words = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "maxlength": None, **attrs}),
        error_messages={"max_length": _("This answer is too long. Please shorten it to 200 characters.")},
    )


def _one_of(label: Words, choices: Choices, hint: Words = "", **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=choices,
        widget=more.pop("widget", forms.RadioSelect),
        error_messages={"invalid_choice": _("Please choose one of the answers of the list.")},
        **more,
    )


class StepForm(forms.Form):
    """A page of the form. All is optional unless said otherwise, so "(optional)" is not repeated at every question."""

    all_optional = True
    icon = ""

    def answers(self) -> dict[str, Any]:
        """What was answered, ready to be sealed."""
        return dict(self.cleaned_data)


def theme_choices(language: str) -> Choices:
    """Top concepts of the intake, then own words and a call: somebody who cannot write is served too."""
    themes: Choices = [
        (concept.id, IN_PLAIN_WORDS.get(concept.id) or thesaurus.label(concept.id, language))
        for concept in thesaurus.intake_concepts()
    ]
    return [*themes, (OWN_WORDS, _("Something else, in my own words")), (CALL_ME, _("I cannot write. Call me."))]


class WhatForm(StepForm):
    """What happened, and is there danger now."""

    danger = _one_of(
        _("Are you in danger now?"),
        YES_NO_UNKNOWN,
        _("Locked in, beaten or threatened, held by the police, or about to be sent away today."),
    )
    theme = forms.ChoiceField(label=_("What happened?"), required=False, widget=TileSelect(icons=ICONS))
    story = _story(
        _("Tell us in your own words"),
        _("In any language, as short as you like. You need not write names. You may leave this empty."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theme = self.fields["theme"]
        assert isinstance(theme, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
        theme.choices = theme_choices(get_language() or "ru")
        theme.help_text = _("Choose what matters most. One answer is enough.")
        theme.error_messages["invalid_choice"] = _("Please choose one of the answers of the list.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        told = cleaned.get("theme") or cleaned.get("story") or cleaned.get("danger") == YES
        if not told and not self.errors:
            self.add_error("theme", _("Please choose what happened, or write some words, or choose “Call me”."))
        if cleaned.get("theme") == OWN_WORDS and not cleaned.get("story") and cleaned.get("danger") != YES and not self.errors:
            self.add_error("story", _("Please write some words about what happened, or choose another answer above."))
        return cleaned


class DangerForm(StepForm):
    """The short path of somebody in danger: where, since when, whom to call."""

    danger_where = _short(_("Where are you now?"), _("Town, street, name of the place or of the firm: whatever you know."))
    danger_since = _short(_("Since when?"))
    danger_phone = _short(
        _("A phone number of somebody you trust"), _("A relative or friend whom we may call."), inputmode="tel", type="tel"
    )


def _countries(codes: tuple[str, ...], language: str) -> Choices:
    named = [(code, name) for code, name in countries.country_list(language) if code in codes]
    return [RATHER_NOT, *named, ("other", _("Another country"))]


class WhereForm(StepForm):
    """Where it happened, where the person is, with which papers, since when."""

    citizenship = _one_of(_("What is your citizenship?"), [], _("It decides which law protects you."), widget=forms.Select)
    where_country = _one_of(_("In which country did it happen?"), [], widget=forms.Select)
    where_place = _short(_("In which region or town did it happen?"))
    now_country = _one_of(_("In which country are you now?"), [], widget=forms.Select)
    papers = _one_of(
        _("Which papers do you have there?"),
        [
            ("eaeu", _("A work contract, as a citizen of the Eurasian Economic Union")),
            ("patent", _("A patent or a work permit")),
            ("residence", _("A residence permit")),
            ("none", _("None, or they have run out")),
            RATHER_NOT,
        ],
    )
    since = _short(_("Since when?"), _("For example: since March, or for two weeks."))
    paper_date = _short(
        _("Is there a paper with a date on it?"),
        _("From a court, the police or an employer. Write what it is and the date. Time limits may run from that day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "ru"
        for name, codes in {
            "citizenship": tuple(countries.ORIGINS),
            "where_country": tuple(dict.fromkeys([*countries.DESTINATIONS, *countries.ORIGINS])),
            "now_country": tuple(dict.fromkeys([*countries.DESTINATIONS, *countries.ORIGINS])),
        }.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
            field.choices = _countries(codes, language)


class WhoForm(StepForm):
    """Who did it, and for whom the appeal is."""

    culprit = _one_of(
        _("Who did this?"),
        [
            ("employer", _("Employer")),
            ("agent", _("Agent or middleman")),
            ("landlord", _("Landlord")),
            ("official", _("Police or an official")),
            ("family", _("Somebody of the family")),
            ("other", _("Somebody else")),
            RATHER_NOT,
        ],
    )
    culprit_name = _short(_("What is the firm or person called?"), _("As you know it. A nickname helps too."))
    for_whom = _one_of(
        _("For whom do you write?"),
        [("self", _("For myself")), ("relative", _("For a relative or friend")), ("group", _("For a group of people"))],
    )
    group_size = forms.IntegerField(
        label=_("If for a group: how many people?"),
        required=False,
        min_value=2,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Please write a number, for example 12."),
            "min_value": _("A group has at least 2 people."),
            "max_value": _("Please write a number up to 5,000."),
        },
    )
    person_knows = _one_of(_("If for somebody else: does that person know that you write?"), YES_NO_UNKNOWN)
    sex = _one_of(
        _("Woman or man?"),
        [("female", _("Woman")), ("male", _("Man")), RATHER_NOT],
        _("Only to see whether help reaches everybody."),
    )
    age = _one_of(
        _("Age"),
        [
            ("under-18", _("Under 18")),
            ("18-29", "18–29"),
            ("30-44", "30–44"),
            ("45-59", "45–59"),
            ("60+", _("60 or more")),
            RATHER_NOT,
        ],
    )


class AnswerForm(StepForm):
    """How to answer, which office, what it may do."""

    answer_how = _one_of(
        _("How may we answer you?"),
        [
            ("code", _("Only here: I come back with my receipt")),
            ("call", _("Call me")),
            ("never", _("No answer needed")),
        ],
    )
    phone = _short(_("Phone number, if we may call"), inputmode="tel", type="tel")
    call_when = _short(_("When may we call?"), _("For example: after 8 in the evening."))
    may_pick_up = _short(_("Who else may pick up?"), _("For example: my sister. Leave it empty if nobody."))
    may_say_who = _one_of(_("If somebody else picks up: may we say who we are?"), [(YES, _("Yes")), (NO, _("No"))])
    language = _one_of(_("In which language?"), [], widget=forms.Select)
    needs = forms.MultipleChoiceField(
        label=_("Do you need any of these?"),
        required=False,
        choices=[
            ("interpreter", _("An interpreter")),
            ("disability", _("Help because of illness or disability")),
            ("cannot_read", _("I cannot read well: please explain by voice")),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Please choose one of the answers of the list.")},
    )
    office = _one_of(_("Which office shall receive this?"), [])
    consents = forms.MultipleChoiceField(
        label=_("What may the office do?"),
        help_text=_("You can take back each of these later with your receipt."),
        required=False,
        choices=[(code, steps.CONSENTS[code]) for code in steps.CONSENTS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Please choose one of the answers of the list.")},
    )

    def __init__(self, *args: Any, offices: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(code, languages.OWN_NAME[code]) for code, _name in settings.LANGUAGES]
        self._choices("language", [RATHER_NOT, *own])
        named: Choices = [(office.code, office.name.in_language()) for office in offices]
        self._choices("office", [*named, ("", _("I do not know: choose for me"))] if len(named) > 1 else named)

    def _choices(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what was declared above
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer_how") == "call" and not cleaned.get("phone"):
            self.add_error("phone", _("Please write the phone number that we may call, or choose another way of answering."))
        if "consents" in cleaned and steps.WORK_ON_CASE not in cleaned["consents"]:
            self.add_error(
                "consents", _("Without this the office may not read your appeal: “The office may keep my appeal and work on it.”")
            )
        return cleaned


class ReceiptForm(forms.Form):
    """The 20 digits, in whatever groups they were copied."""

    receipt = forms.CharField(
        label=_("Your receipt: 20 digits"),
        help_text=_("The groups of four digits that you wrote down. Spaces do not matter."),
        max_length=80,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "digits"}),
        error_messages={
            "required": _("Please write the 20 digits of your receipt."),
            "max_length": _("A receipt has 20 digits. Please check what you wrote."),
        },
    )

    def clean_receipt(self) -> str:
        try:
            return read_receipt(self.cleaned_data["receipt"])
        except NotAReceipt:
            raise forms.ValidationError(
                _(
                    "These are not the digits of a receipt: there must be 20, and one of them may be mistyped. Please compare them again."
                )
            ) from None


class MessageForm(forms.Form):
    """A message to the office; `key` makes a form that is sent twice write once."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=STORY_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false", "maxlength": None}),
        error_messages={
            "required": _("Please write your message first."),
            "max_length": _(
                "This text is too long. Please shorten it to 8,000 characters. You can send the rest as a message later."
            ),
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
