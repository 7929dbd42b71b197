"""What somebody brings into the library: files, or a text that was copied."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.uploads import SealedUpload
from kenesh.library.actions import MOST_FILES, Brought
from kenesh.library.actions.batches import TOO_LARGE

MOST_LETTERS = 200_000
_ACCEPTED = ".txt,.html,.htm,.mhtml,.pdf,.docx,.eml,.md"
_HIDDEN = (".", "~$", "Thumbs.db", "desktop.ini")  # how names begin that systems leave in folders, beside what people put there


class Files(forms.ClearableFileInput):
    """A box for several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return list(files.getlist(name)) if isinstance(files, MultiValueDict) else []


class FilesField(forms.FileField):
    """Gives a list of files."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [file for file in data or [] if isinstance(file, UploadedFile)]


class BringForm(forms.Form):
    """Files, or a copied text with where it comes from."""

    all_optional = True

    papers = FilesField(
        label=_("Files"),
        help_text=_("Web pages as you saved them, PDF, Word, e-mails, plain text: up to 50 files of 20 MB each."),
        required=False,
        widget=Files(attrs={"multiple": True, "accept": _ACCEPTED}),
    )
    folder = FilesField(
        label=_("Or a whole folder"),
        help_text=_("Everything in it, up to 50 files. On some phones you choose the files one by one."),
        required=False,
        widget=Files(attrs={"multiple": True, "webkitdirectory": True}),
    )
    text = forms.CharField(
        label=_("Or a text that you copied"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": _("This text is too long. Save it as a file and bring the file.")},
    )
    source = forms.CharField(
        label=_("Where the text comes from"),
        help_text=_("The address of the page, or the name of the paper."),
        required=False,
        max_length=250,
        error_messages={"max_length": _("This text is too long. Make it shorter.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": _("This page is old. Open it again.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4()
        for name in ("text", "source"):  # a browser would cut what is too long without a word
            self.fields[name].widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        shown = [file for file in cleaned.get("folder") or [] if not _name(file).startswith(_HIDDEN)]
        cleaned["papers"] = [*(cleaned.get("papers") or []), *shown]
        if len(cleaned["papers"]) > MOST_FILES:
            self.add_error("folder" if shown else "papers", _("Choose at most 50 files at once."))
        if not cleaned["papers"] and not cleaned.get("text") and not self.errors:
            self.add_error("papers", _("Choose a file, or copy a text into the box below."))
        return cleaned

    def brought(self) -> list[Brought]:
        """What the form holds, each with its content or with why it cannot be taken."""
        found = [_brought(file) for file in self.cleaned_data["papers"]]
        if text := self.cleaned_data["text"]:
            found.append(Brought(self.cleaned_data["source"] or str(_("Copied text")), [text.encode()]))
        return found


def _name(file: UploadedFile) -> str:
    return (file.name or "file").replace("\\", "/").rpartition("/")[2]


def _brought(file: UploadedFile) -> Brought:
    name = _name(file)
    if isinstance(file, SealedUpload) and file.too_large:
        return Brought(name, [], TOO_LARGE)
    return Brought(name, file.chunks())
