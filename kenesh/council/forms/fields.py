"""Parts of the forms: texts in three languages, codes of documents, who saved first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import ALPHABET, LENGTH
from kenesh.library.models import Document
from kenesh.themes.languages import OWN_NAME

# The languages in which councils of the region write.
MAIN_LANGUAGES = ("ru", "ky", "en")
_CODE = re.compile(rf"(?<![\w])[{ALPHABET}]{{{LENGTH}}}(?![\w])")


@dataclass(frozen=True)
class Text:
    """A text asked for in each main language."""

    label: str | Promise
    max_length: int = 300
    rows: int = 1
    required: bool = False  # in at least one language
    hint: str | Promise = ""


class InLanguages(forms.Form):
    """A form with texts in the main languages: `texts = {"title": Text(...)}` gives fields title_ru, title_ky, title_en."""

    texts: ClassVar[Mapping[str, Text]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: dict[str, forms.Field] = {}
        for name, text in self.texts.items():
            for language in MAIN_LANGUAGES:
                own[f"{name}_{language}"] = _field(text, language)
        self.fields = {**own, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Puts the languages of each text together: cleaned_data["title"] = {"ru": ...}."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, text in self.texts.items():
            said = {language: cleaned.get(f"{name}_{language}", "") for language in MAIN_LANGUAGES}
            cleaned[name] = {language: words for language, words in said.items() if words}
            if (
                text.required
                and not cleaned[name]
                and not any(f"{name}_{language}" in self.errors for language in MAIN_LANGUAGES)
            ):
                self.add_error(f"{name}_{MAIN_LANGUAGES[0]}", str(_("Write this in at least one language.")))
        return cleaned


def _field(text: Text, language: str) -> forms.Field:
    widget = (
        forms.Textarea(attrs={"rows": text.rows, "lang": language})
        if text.rows > 1
        else forms.TextInput(attrs={"lang": language})
    )
    hints = [text.hint, gettext("One language is enough.") if text.required else ""] if language == MAIN_LANGUAGES[0] else []
    box = forms.CharField(
        label=format_lazy("{} · {}", text.label, OWN_NAME[language]),
        required=False,
        max_length=text.max_length,
        widget=widget,
        help_text=" ".join(str(hint) for hint in hints if hint),
    )
    box.one_of_several = text.required  # type: ignore[attr-defined]  # read by the tag that writes "(optional)"
    return box


def said_in_languages(name: str, value: Mapping[str, str]) -> dict[str, str]:
    """Initial values of the fields of one text."""
    return {f"{name}_{language}": value.get(language, "") for language in MAIN_LANGUAGES}


def language_choices() -> list[tuple[str, Any]]:
    """Languages of which one may be the authentic one."""
    return [("", _("No language was chosen")), *((language, OWN_NAME[language]) for language in MAIN_LANGUAGES)]


class DocumentsField(forms.CharField):
    """Documents of the library, one to a line: the code or the address of its page. Gives a list of documents."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        """Raises ValidationError that names the first line without a document."""
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        codes = [(line, found[-1] if (found := _CODE.findall(line)) else "") for line in lines]
        known = {
            document.code: document for document in Document.objects.light().filter(code__in=[code for _line, code in codes])
        }
        for line, code in codes:
            if code not in known:
                raise forms.ValidationError(
                    _("There is no such document in the library: %(line)s"), code="unknown", params={"line": line[:80]}
                )
        return list({code: known[code] for _line, code in codes}.values())


class PapersField(DocumentsField):
    """Papers, one to a line; the codes or addresses of its versions in other languages stand beside it on the same line. Gives a
    list of lists of documents."""

    def clean(self, value: Any) -> Any:
        """Raises ValidationError that names the first line without a document, or with one that is not there."""
        lines = [line.strip() for line in str(forms.CharField.clean(self, value) or "").splitlines() if line.strip()]
        wanted = [(line, [found[-1] for word in line.split() if (found := _CODE.findall(word))]) for line in lines]
        codes = [code for _line, codes in wanted for code in codes]
        known = {document.code: document for document in Document.objects.light().filter(code__in=codes)}
        papers, seen = [], set()
        for line, own in wanted:
            if not own or any(code not in known for code in own):
                raise forms.ValidationError(
                    _("There is no such document in the library: %(line)s"), code="unknown", params={"line": line[:80]}
                )
            papers.append([known[code] for code in dict.fromkeys(own) if code not in seen])
            seen |= set(own)
        return [paper for paper in papers if paper]


@dataclass(frozen=True)
class Difference:
    """One field that somebody else saved with other words."""

    label: str
    theirs: str
    yours: str


def differences(form: forms.Form, current: Mapping[str, Any]) -> list[Difference]:
    """What stands in the row now against what this form was sent with. `current` is in the shape of `initial`."""
    found = []
    for bound in form.visible_fields():
        theirs, yours = _words(bound, current.get(bound.name)), _words(bound, bound.value())
        if theirs != yours:
            found.append(Difference(str(bound.label), theirs, yours))
    return found


def _words(bound: forms.BoundField, value: Any) -> str:
    """What the control says, for people: labels of choices, times without seconds."""
    if isinstance(bound.field, forms.BooleanField):
        return gettext("Yes") if value else gettext("No")
    prepared = bound.field.prepare_value(value)
    words = ["" if one is None else str(one) for one in (prepared if isinstance(prepared, (list, tuple)) else [prepared])]
    if isinstance(bound.field, forms.TimeField):
        words = [word[:5] for word in words]
    if isinstance(bound.field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in bound.field.choices}  # type: ignore[misc, union-attr]  # flat by design
        words = sorted(labels.get(word, word) for word in words)
    return ", ".join(words).replace("\r\n", "\n")


class OnDay(forms.Form):
    """Which day somebody asks about; none is today."""

    all_optional = True

    on = forms.DateField(
        label=_("On which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Write a day such as 2024-05-31 or 31.05.2024.")},
    )
