"""Papers of a point: one that is in the library, or files that are brought in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.council.forms.fields import DocumentsField
from kenesh.council.models import ItemDocument, Paper
from kenesh.library.forms import BringForm
from kenesh.library.models import Document


class Beside(forms.Form):
    """Of which paper this is another language."""

    beside = forms.ChoiceField(label=_("It is another language of"), required=False)

    def __init__(self, *args: Any, papers: list[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._papers = papers
        field = self.fields["beside"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what stands above
        field.choices = [("", _("No other: a paper of its own")), *((paper.first.code, paper.first.name) for paper in papers)]

    def row_of(self, rows: list[ItemDocument]) -> ItemDocument | None:
        code = self.cleaned_data.get("beside")
        return next((row for row in rows if row.document.code == code), None)


class FromLibraryForm(Beside):
    """A document by its name out of a list, or by its code."""

    all_optional = True

    document = forms.ChoiceField(label=_("Document"), required=False)
    code = DocumentsField(
        label=_("Or its code, or the address of its page"), required=False, widget=forms.TextInput(), max_length=300
    )

    def __init__(self, *args: Any, found: list[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["document"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what stands above
        field.choices = [("", _("Choose one")), *((one.code, f"{one.name} ({one.language})") for one in found)]
        self.order_fields(["document", "code", "beside"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not said.get("document") and not said.get("code"):
            self.add_error("document", str(_("Choose a document, or write its code.")))
        return said

    def chosen(self) -> list[Document]:
        said = self.cleaned_data
        if said["code"]:
            return list(said["code"])
        return list(Document.objects.light().filter(code=said["document"]))


class BringPapersForm(BringForm, Beside):
    """Files, or a copied text, as in the library."""

    all_optional = True

    together = forms.BooleanField(label=_("These files are one paper in several languages"), required=False)
