"""What a secretary writes of a recommendation, and what a reader of the public list chooses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kenesh.followup.forms.fields import Keyed, day_field
from kenesh.followup.models import ADDRESSED, Recommendation, SourceKind
from kenesh.people.forms.texts import InLanguages
from kenesh.people.models import Body, Organisation
from kenesh.problems.models import Problem
from kenesh.problems.queries import OPEN_TO_ALL


class RecommendationForm(Keyed):
    """A recommendation. Of one that a decision made, the words stay as they were adopted."""

    body = forms.ModelChoiceField(
        queryset=Body.objects.none(), label=_("Who follows it up?"), error_messages={"required": _("Choose a body.")}
    )
    source_kind = forms.ChoiceField(label=_("Kind of source"), required=False)
    source = InLanguages(
        _("Where it comes from"),
        most=300,
        hint=_("For example: concluding observations of a UN committee, paragraph 42"),
        missing=_("Write where the recommendation comes from."),
    )
    text = InLanguages(_("The text"), most=5000, rows=4, missing=_("Write the text in at least one language."))
    addressees = forms.ModelMultipleChoiceField(
        queryset=Organisation.objects.none(),
        to_field_name="code",
        label=_("Who is asked?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one organisation.")},
    )
    problem = forms.ModelChoiceField(
        queryset=Problem.objects.none(), to_field_name="code", required=False, label=_("Which problem is it about?")
    )
    due = day_field(_("By which day do you ask for an answer?"))

    def __init__(self, *args: Any, bodies: set[int], recommendation: Recommendation | None = None, **kwargs: Any) -> None:
        if recommendation:
            kwargs["initial"] = _initial(recommendation)
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.filter(pk__in=bodies).order_by("id")  # type: ignore[attr-defined]
        chosen = recommendation.addressees.current().values("organisation") if recommendation else []
        open_ones = Organisation.objects.filter(kind__in=ADDRESSED, ended_on__isnull=True)
        organisations = (open_ones | Organisation.objects.filter(pk__in=chosen)).order_by("country", "id")
        self.fields["addressees"].queryset = organisations  # type: ignore[attr-defined]
        problems = Problem.objects.filter(Q(body__in=bodies) | Q(status__in=OPEN_TO_ALL)).exclude(status=Problem.Status.MERGED)
        self.fields["problem"].queryset = problems.order_by("-id")  # type: ignore[attr-defined]
        other = str(SourceKind.OTHER.label)
        kinds = [one for one in SourceKind.choices if one[0] != SourceKind.OTHER]
        self.fields["source_kind"].choices = [*kinds, ("", other)]  # type: ignore[attr-defined]
        if recommendation:
            del self.fields["body"]
        if recommendation and recommendation.decision_id:
            for name in ("text", "source", "source_kind"):
                del self.fields[name]


def _initial(recommendation: Recommendation) -> dict[str, Any]:
    return {
        "text": recommendation.text,
        "source": recommendation.source_text,
        "source_kind": "" if recommendation.source_kind == SourceKind.OTHER else recommendation.source_kind,
        "addressees": list(recommendation.addressees.current().values_list("organisation__code", flat=True)),
        "problem": recommendation.problem.code if recommendation.problem else None,
        "due": recommendation.due,
    }
