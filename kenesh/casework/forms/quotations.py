"""Words of a person for the public: what is said, in which languages, and who says it, from coarse lists alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.casework import quoting
from kenesh.casework.forms.case import ProblemChoice, WithKey
from kenesh.casework.recognising import Finding, Known, findings, pieces
from kenesh.problems.models import Problem, Quotation
from kenesh.themes.countries import DESTINATIONS, ORIGINS, country_choices
from kenesh.themes.languages import OWN_NAME
from kenesh.themes.texts import Translated

LONGEST = 600
YEARS = 5
_CHOOSE = {"required": _("Please choose one."), "invalid_choice": _("Please choose one of the list.")}


def one_line(text: str) -> str:
    """Without breaks, and without characters that nobody sees: they could show other words than are there."""
    seen = "".join(" " if unicodedata.category(each) in ("Cc", "Zl", "Zp") else each for each in text)
    return " ".join("".join(each for each in seen if unicodedata.category(each) != "Cf").split())


class WordsField(forms.CharField):
    def __init__(self, language: str, **kwargs: Any) -> None:
        attrs = {"rows": 4, "autocomplete": "off", "maxlength": None, **({"lang": language} if language else {})}
        super().__init__(widget=forms.Textarea(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        text = one_line(str(super().to_python(value) or ""))
        if len(text) > LONGEST:
            raise forms.ValidationError(_("This is too long. Shorten it to 600 characters: two or three sentences."))
        return text


class QuotationForm(WithKey):
    """Her words, shortened and changed. `warnings()` says what in them may lead to somebody, after is_valid()."""

    problem = ProblemChoice(
        label=_("Beside which problem"), queryset=Problem.objects.none(), to_field_name="code", empty_label=None, error_messages=_CHOOSE
    )  # fmt: skip
    language = forms.ChoiceField(label=_("In which language she said it"), error_messages=_CHOOSE)
    text = WordsField(
        "",
        label=_("Her words"),
        help_text=_("Two or three sentences, at most 600 characters. Change what leads to her: no names, no places, no days."),
        error_messages={"required": _("Please write her words.")},
    )
    who = forms.ChoiceField(label=_("Who says it"), choices=[("", "–"), *Quotation.Who.choices], error_messages=_CHOOSE)
    origin = forms.ChoiceField(label=_("From"), required=False, error_messages=_CHOOSE)
    destination = forms.ChoiceField(label=_("Works in"), required=False, error_messages=_CHOOSE)
    year = forms.TypedChoiceField(
        label=_("When it happened"), required=False, coerce=int, empty_value=None, error_messages=_CHOOSE
    )
    looked = forms.BooleanField(
        label=_("I have looked at each marked word. None of them leads to her or to anybody else."), required=False
    )

    def __init__(self, *args: Any, problems: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.found: list[tuple[str, list[tuple[str, Finding | None]]]] = []
        reader, today = get_language() or "ru", timezone.localdate()
        self._choose("language", [("", "–"), *((code, OWN_NAME[code]) for code, _name in settings.LANGUAGES)])
        self._choose("origin", [("", _("Not told")), *country_choices(reader, ORIGINS)])
        self._choose("destination", [("", _("Not told")), *country_choices(reader, DESTINATIONS)])
        self._choose("year", [("", _("Not told")), *((year, str(year)) for year in range(today.year, today.year - YEARS, -1))])
        choice = self.fields["problem"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what is declared above
        choice.queryset = problems
        for code, _name in settings.LANGUAGES:
            self.fields[f"text_{code}"] = WordsField(code, label=OWN_NAME[code], required=False)

    def _choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # as above
        field.choices = list(choices)

    def translations(self) -> list[forms.BoundField]:
        return [self[f"text_{code}"] for code, _name in settings.LANGUAGES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            texts = self._texts()
            self.found = [
                (code, pieces(text, found)) for code, text in texts.items() if (found := findings(text, self.known, code))
            ]
            marked = [each for _code, cut in self.found for _text, each in cut if each is not None]
            if any(each.plain for each in marked):
                self.add_error(
                    "text", _("This says who she is, or who somebody is. Change the words that are marked first, then go on.")
                )
            elif marked and not cleaned.get("looked"):
                self.add_error(
                    "looked", _("Some words may lead to somebody. Change them, or say that you have looked at each of them.")
                )
        return cleaned

    def _texts(self) -> Translated:
        data = self.cleaned_data
        texts = {code: data.get(f"text_{code}", "") for code, _name in settings.LANGUAGES}
        return Translated({code: text for code, text in {**texts, data["language"]: data["text"]}.items() if text})

    def said(self) -> dict[str, Any]:
        """What is proposed, after is_valid()."""
        data = self.cleaned_data
        said = {"problem": data["problem"].code, "texts": dict(self._texts())}
        return said | {name: data[name] for name in quoting.SAID if name not in said}


def initial_of(said: dict[str, Any]) -> dict[str, Any]:
    """The form's initial for words that are there already."""
    texts = {f"text_{code}": text for code, text in said["texts"].items() if code != said["language"]}
    return {**said, **texts, "text": said["texts"][said["language"]]}


class OtherWordsForm(forms.Form):
    """What she wants to be said otherwise."""

    text = forms.CharField(
        label=_("What should be said otherwise?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false", "maxlength": None}),
        error_messages={
            "required": _("Please write what should be changed."),
            "max_length": _("This text is too long. Please shorten it to 2,000 characters."),
        },
    )


class PassForm(forms.Form):
    """A second caseworker lets words through the door. `seen`: the hash of what she had before her eyes."""

    seen = forms.CharField(widget=forms.HiddenInput)
    checked = forms.BooleanField(
        label=_("I have read every word, in each language. Nobody who knows her would recognise her."),
        error_messages={"required": _("Please read the words first, and say that you have.")},
    )
