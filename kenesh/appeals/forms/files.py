"""The form with one file."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.appeals.attachments import REFUSALS

ACCEPT = "image/*,audio/*,.pdf,.docx,.odt,.txt,.heic,.amr,.3gp,.ogg,.opus,.m4a"


class FileForm(forms.Form):
    """One file; `key` makes a form that is sent twice add one."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Photo, paper or voice message"),
        help_text=_("One file of at most 20 MB. If the connection breaks, choose the same file again: it goes on where it was."),
        allow_empty_file=True,
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={
            "required": _("Please choose a file first."),
            "invalid": _("Please choose a file first."),
            "missing": _("Please choose a file first."),
            "max_length": _("The name of this file is too long. Please rename it."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"key": uuid.uuid4()}, **kwargs})

    def clean_file(self) -> Any:
        """The sealed upload, unless it was longer than 20 MB."""
        upload = self.cleaned_data["file"]
        if upload.too_large:
            raise forms.ValidationError(str(REFUSALS["too_large"]))
        return upload


class DescribedFileForm(FileForm):
    """An office says what the file is."""

    description = forms.CharField(label=_("What is it?"), required=False, max_length=200)
