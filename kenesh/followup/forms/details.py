"""What a recommendation rests on, where it comes from, and how one can tell that it was carried out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.council.models import Decision
from kenesh.followup import instruments
from kenesh.followup.actions import Details, Figure, SourceLine
from kenesh.followup.forms.fields import Keyed, address_field, day_field, document_field
from kenesh.followup.models import Recommendation, SourceKind
from kenesh.people.forms.texts import InLanguages
from kenesh.themes import thesaurus

BOXES = 4  # for themes


def theme_choices() -> list[tuple[str, Any]]:
    """Every theme under the name of its topmost one."""
    language, groups = get_language() or "en", {}  # type: tuple[str, dict[str, list[tuple[str, str]]]]
    for concept in thesaurus.concepts().values():
        if concept.is_theme:
            top = thesaurus.label(thesaurus.top_of(concept.id), language)
            groups.setdefault(top, []).append((concept.id, thesaurus.label(concept.id, language)))
    return [("", "—"), *groups.items()]


def _group_choices() -> list[tuple[str, str]]:
    language = get_language() or "en"
    found = [one.id for one in thesaurus.concepts().values() if one.facet == "group" and one.parent]
    return [(one, thesaurus.label(one, language)) for one in found]


def _number(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=18,
        decimal_places=4,
        error_messages={
            "invalid": _("Write a number such as 12.5."),
            "max_digits": _("This number is too long."),
            "max_whole_digits": _("This number is too long."),
            "max_decimal_places": _("Write at most four digits after the point."),
        },
    )


def _year(label: Any) -> forms.IntegerField:
    wrong = {name: _("Write a year such as 2026.") for name in ("invalid", "min_value", "max_value")}
    return forms.IntegerField(label=label, required=False, min_value=1900, max_value=2200, error_messages=wrong)


class DetailsForm(forms.Form):
    """Why it is asked, what it is about, by which figure one can tell."""

    why = InLanguages(_("Why it is asked"), most=5000, rows=4)
    lead = forms.ChoiceField(label=_("Who answers for the whole?"), required=False)
    groups = forms.MultipleChoiceField(label=_("Whom does it concern most?"), required=False, widget=forms.CheckboxSelectMultiple)
    articles = forms.CharField(
        label=_("On which articles of conventions does it rest?"),
        help_text=_("For example: ICRMW 25, 27; ILO C097 6"),
        required=False,
        max_length=500,
    )
    targets = forms.CharField(
        label=_("Targets of the Sustainable Development Goals"),
        help_text=_("For example: 8.8, 10.7"),
        required=False,
        max_length=100,
    )
    carry_out_by = day_field(_("By which day shall it be carried out?"))
    measure = InLanguages(_("Which figure shows it?"), most=300)
    unit = forms.CharField(label=_("Unit"), help_text=_("For example: persons a year, %"), required=False, max_length=60)
    baseline = _number(_("Where did it stand?"))
    baseline_year = _year(_("In which year?"))
    goal = _number(_("Where shall it stand?"))
    goal_year = _year(_("In which year shall it?"))
    measure_source = forms.CharField(label=_("Who publishes this figure?"), required=False, max_length=300)

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        themes = list(recommendation.concepts.filter(is_group=False).order_by("id").values_list("concept", flat=True))
        kwargs["initial"] = _initial(recommendation, themes)
        super().__init__(*args, **kwargs)
        self.boxes = [f"theme_{number}" for number in range(1, max(BOXES, len(themes) + 1) + 1)]
        choices = theme_choices()
        for number, name in enumerate(self.boxes, 1):
            label = _("Theme %(number)s") % {"number": number}
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields["groups"].choices = _group_choices()  # type: ignore[attr-defined]
        asked = [
            (one.organisation.code, str(one)) for one in recommendation.addressees.select_related("organisation").order_by("id")
        ]
        self.fields["lead"].choices = [("", _("Nobody in particular")), *asked]  # type: ignore[attr-defined]

    def clean_articles(self) -> list[instruments.Article]:
        try:
            return instruments.read_articles(self.cleaned_data["articles"])
        except instruments.NotAnArticle as piece:
            known = ", ".join(instruments.INSTRUMENTS)
            words = _("“%(piece)s” is no article that we know. Write it as in ICRMW 25. We know: %(known)s.")
            raise forms.ValidationError(words, code="article", params={"piece": str(piece), "known": known}) from None

    def clean_targets(self) -> list[str]:
        try:
            return instruments.read_targets(self.cleaned_data["targets"])
        except ValueError as piece:
            words = _("“%(piece)s” is no target. Write targets as in 8.8, 10.7.")
            raise forms.ValidationError(words, code="target", params={"piece": str(piece)}) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        figures = [data.get(name) for name in ("baseline", "goal")]
        if any(figure is not None for figure in figures) and not data.get("measure"):
            self.add_error("measure", _("Write in at least one language which figure this is."))
        return data

    def details(self) -> Details:
        """The checked answers."""
        data = self.cleaned_data
        figure = Figure(
            text=data["measure"],
            unit=data["unit"],
            baseline=data["baseline"],
            baseline_year=data["baseline_year"],
            goal=data["goal"],
            goal_year=data["goal_year"],
            source=data["measure_source"],
        )
        return Details(
            why=data["why"],
            themes=tuple(dict.fromkeys(data[name] for name in self.boxes if data[name])),
            groups=tuple(data["groups"]),
            articles=data["articles"],
            targets=data["targets"],
            carry_out_by=data["carry_out_by"],
            lead=data["lead"],
            figure=figure if data["measure"] else None,
        )


def _initial(recommendation: Recommendation, themes: list[str]) -> dict[str, Any]:
    measure = getattr(recommendation, "measure", None)
    lead = recommendation.addressees.filter(is_lead=True).values_list("organisation__code", flat=True).first()
    figures = {}
    if measure is not None:
        figures = {name: getattr(measure, name) for name in ("unit", "baseline_year", "goal_year")}
        figures |= {
            "measure": measure.text,
            "baseline": measure.baseline_words,
            "goal": measure.goal_words,
            "measure_source": measure.source,
        }
    return {
        "why": recommendation.why,
        **{f"theme_{number}": theme for number, theme in enumerate(themes, 1)},
        "groups": list(recommendation.concepts.filter(is_group=True).values_list("concept", flat=True)),
        "articles": instruments.write_articles(recommendation.articles),
        "targets": ", ".join(recommendation.targets),
        "carry_out_by": recommendation.carry_out_by,
        "lead": lead or "",
        **figures,
    }


class SourceForm(Keyed):
    """One more place from which a recommendation comes."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=SourceKind.choices, error_messages={"required": _("Choose one.")})
    title = InLanguages(_("Name of the source"), most=300)
    symbol = forms.CharField(
        label=_("Symbol or number"), help_text=_("For example: CMW/C/KGZ/CO/2"), required=False, max_length=80
    )
    paragraph = forms.CharField(label=_("Paragraph"), required=False, max_length=20)
    dated_on = day_field(_("Of which day?"))
    url = address_field()
    document = document_field()
    decision = forms.ModelChoiceField(
        queryset=Decision.objects.none(), to_field_name="code", required=False, label=_("Which decision of your body?")
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = recommendation.sources.exclude(decision=None).values("decision")
        rows = Decision.objects.filter(meeting__body=recommendation.body).exclude(pk__in=taken)
        if recommendation.decision_id:
            rows = rows.exclude(pk=recommendation.decision_id)
        self.fields["decision"].queryset = rows.order_by("-id")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = data.get("title")
        if not (named or data.get("symbol") or data.get("document") or data.get("decision")) and not self.errors:
            self.add_error("title", _("Write what it is called, or its symbol, or choose a decision."))
        if data.get("kind") == SourceKind.DECISION and not data.get("decision") and not named:
            self.add_error("decision", _("Choose the decision, or write what it is called."))
        return data

    def line(self) -> SourceLine:
        data = self.cleaned_data
        names = ("kind", "title", "symbol", "paragraph", "dated_on", "url", "document", "decision")
        return SourceLine(**{name: data[name] for name in names})
