"""A text in several languages as one question of a form, with a box for each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kenesh.people.forms.fields import TOO_LONG, Words
from kenesh.themes.languages import OWN_NAME
from kenesh.themes.texts import Translated, writing_languages

ONE_LANGUAGE = _("Write this in at least one language.")


class Boxes(forms.Widget):
    """Each is named by the question and its language. The node's languages come first, then others that are written already."""

    template_name = "people/_boxes.html"
    use_fieldset = True

    def __init__(self, *, most: int, rows: int) -> None:
        super().__init__()
        self.most, self.rows = most, rows

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, Any]:
        """Only the boxes that were sent, of whatever language: the node may have begun to write in another since."""
        return {code: data[f"{name}_{code}"] for code in OWN_NAME if f"{name}_{code}" in data}

    def get_context(self, name: str, value: Mapping[str, str] | None, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        said = value or {}
        identifier = context["widget"]["attrs"].get("id", "")
        boxes = [
            {
                "name": f"{name}_{code}",
                "id": f"{identifier}_{code}" if identifier else "",
                "language": code,
                "own_name": OWN_NAME[code],
                "words": said.get(code, ""),
            }
            for code in languages_of(said)
        ]
        wrong = "aria-invalid" in context["widget"]["attrs"]
        context["widget"] |= {"boxes": boxes, "most": self.most, "rows": self.rows, "wrong": wrong}
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first box."""
        return f"{id_}_{writing_languages()[0]}" if id_ else ""

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # any one of the boxes will do


class InLanguages(forms.Field):
    """A text in the languages in which the node writes, and in those in which it is written already.

    `initial` and what comes out of it are Translated. A language whose box was not sent stays as it is in `initial`.
    """

    has_boxes = True

    def __init__(self, label: Words, *, most: int = 200, rows: int = 1, hint: Words = "", missing: Words = "") -> None:
        """`most`: characters in each language. `missing`: what to say when no language has it; "" when it may be left out."""
        super().__init__(
            label=label, required=bool(missing), widget=Boxes(most=most, rows=rows), error_messages={"required": missing}
        )
        self.hint = hint
        self.most = most if rows > 1 else 0  # said of several lines: a browser with a limit would cut there what is pasted
        self.kept: Mapping[str, str] = {}
        self._box = forms.CharField(required=False, max_length=most, error_messages=TOO_LONG)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        self.kept = form.get_initial_for_field(self, field_name) or {}
        several = self.required and len(languages_of(self.kept)) > 1
        limit = self.most and gettext("At most {most} characters.").format(most=self.most)
        words = (several and gettext("One language is enough."), self.hint, limit)
        self.help_text = " ".join(str(one) for one in words if one)
        return super().get_bound_field(form, field_name)

    def bound_data(self, data: Any, initial: Any) -> dict[str, str]:
        return {**(initial or {}), **data}

    def clean(self, value: Mapping[str, Any]) -> Translated:
        said, wrong = dict(self.kept), []
        for code, words in value.items():
            try:
                said[code] = self._box.clean(words)
            except forms.ValidationError as why:
                wrong += [f"{OWN_NAME[code]}: {message}" for message in why.messages]
        if wrong:
            raise forms.ValidationError(wrong)
        if self.required and not any(said.values()):
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return Translated({code: said[code] for code in dict.fromkeys((*writing_languages(), *said)) if said.get(code)})

    def has_changed(self, initial: Mapping[str, str] | None, data: Mapping[str, str] | None) -> bool:
        before = dict(initial or {})
        return any(before.get(code, "") != words for code, words in (data or {}).items())


def languages_of(text: Mapping[str, str]) -> list[str]:
    """The languages of which a text has boxes."""
    return list(dict.fromkeys((*writing_languages(), *(code for code in text if code in OWN_NAME))))


def in_boxes(name: str, text: Mapping[str, str]) -> dict[str, str]:
    """What a browser sends of one question, by the names of its boxes."""
    return {f"{name}_{code}": text.get(code, "") for code in languages_of(text)}
