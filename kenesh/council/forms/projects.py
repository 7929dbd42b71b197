"""The form of a project's documents."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.council.forms.fields import DocumentsField


class ProjectDocumentsForm(forms.Form):
    documents = DocumentsField(
        label=_("Documents"),
        help_text=_("From the library: the code or the address of each page, one to a line."),
        required=False,
    )
