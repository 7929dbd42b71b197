"""Forms of projects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.rows import stamp_of
from kenesh.people.actions import ProjectFacts
from kenesh.people.forms.fields import NOT_IN_LIST, NewRow, RowChoice, Seen, Words, day
from kenesh.people.forms.texts import InLanguages
from kenesh.people.models import Organisation, Project
from kenesh.themes.countries import in_alphabetical_order


class ProjectForm(forms.Form):
    all_optional = True

    name = InLanguages(_("Name"), most=300, rows=2, missing=_("Write the name in at least one language."))
    about = InLanguages(_("What is it for?"), most=2000, rows=4)
    grant_number = forms.CharField(label=_("Number of the grant"), max_length=80, required=False)
    since = day(_("First day"), required=True, missing=_("Write the first day of the project."))
    until = day(_("Last day"), required=True, missing=_("Write the last day of the project."))

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        """`bodies`: those among which this account may choose."""
        super().__init__(*args, **kwargs)
        self.fields["donor"] = RowChoice(Organisation.objects.all(), label=_("Donor"), empty_label=_("Not said"), required=False)
        self.fields["bodies"] = _rows(bodies, _("Which bodies does it support?"))
        self.fields["bodies"].required = True
        self.fields["centres"] = _rows(Organisation.objects.filter(takes_appeals=True), _("Which centres does it support?"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first day."))
        return cleaned

    def facts(self) -> ProjectFacts:
        """Only after is_valid()."""
        return ProjectFacts(**{name: self.cleaned_data[name] for name in ProjectFacts.__dataclass_fields__})

    def parts(self, kept: Project | None = None) -> dict[str, Any]:
        """Bodies and centres. Bodies of `kept` among which this account may not choose stay in it. Only after is_valid()."""
        offered = set(self.fields["bodies"].queryset)  # type: ignore[attr-defined]  # of a ModelMultipleChoiceField
        others = [body for body in kept.bodies.all() if body not in offered] if kept else []
        return {"bodies": [*self.cleaned_data["bodies"], *others], "centres": list(self.cleaned_data["centres"])}


def _rows(rows: Any, label: Words) -> Any:
    field = forms.ModelMultipleChoiceField(
        rows, label=label, to_field_name="code", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={**NOT_IN_LIST, "required": _("Choose at least one body.")},
    )  # fmt: skip
    field.choices = in_alphabetical_order(((row.code, str(row)) for row in rows), get_language() or "en")
    return field


class NewProjectForm(ProjectForm, NewRow):
    pass


class EditProjectForm(ProjectForm, Seen):
    pass


def initial_of_project(project: Project) -> dict[str, Any]:
    """The project as it is now, for EditProjectForm."""
    return {
        "name": project.name,
        "about": project.about,
        "donor": project.donor.code if project.donor else "",
        "grant_number": project.grant_number,
        "since": project.since,
        "until": project.until,
        "bodies": [body.code for body in project.bodies.all()],
        "centres": [centre.code for centre in project.centres.all()],
        "seen": stamp_of(project),
    }
