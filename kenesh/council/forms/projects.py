"""The forms of a project's documents and meetings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from kenesh.council.forms.fields import DocumentsField
from kenesh.council.models import Meeting
from kenesh.council.queries.projects import Offered
from kenesh.themes import dates


class ProjectDocumentsForm(forms.Form):
    documents = DocumentsField(
        label=_("Documents"),
        help_text=_("From the library: the code or the address of each page, one to a line."),
        required=False,
    )


class ProjectMeetingsForm(forms.Form):
    """Two lists to tick: what is linked, and what the bodies and the period suggest."""

    all_optional = True

    linked = forms.MultipleChoiceField(label=_("Meetings of this project"), required=False, widget=forms.CheckboxSelectMultiple)
    suggested = forms.MultipleChoiceField(
        label=_("Meetings of its bodies within its period"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick those that the project paid for."),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {meeting.code: meeting for meeting in (*offered.linked, *offered.suggested)}
        for name, meetings in (("linked", offered.linked), ("suggested", offered.suggested)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # tells the type checker what stands above
            field.choices = [(meeting.code, _named(meeting, offered)) for meeting in meetings]
        # What another has linked or unlinked meanwhile still counts as it was ticked here.
        for name in ("linked", "suggested"):
            self.fields[name].valid_value = self._known.__contains__  # type: ignore[attr-defined]  # a choice of either list
        self.fields["linked"].initial = [meeting.code for meeting in offered.linked]

    def chosen(self) -> list[Meeting]:
        said = self.cleaned_data
        return [self._known[code] for code in dict.fromkeys([*said["linked"], *said["suggested"]])]


def _named(meeting: Meeting, offered: Offered) -> str:
    name = f"{dates.day(meeting.day, get_language() or 'en')} · {meeting.title} · {meeting.body}"
    others = ", ".join(str(project) for project in offered.others.get(meeting.pk, []))
    return f"{name} ({said('also in: %(projects)s') % {'projects': others}})" if others else name
