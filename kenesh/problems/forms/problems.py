"""What organisations and secretaries write about problems."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.codes import CodeConverter
from kenesh.library.models import Document
from kenesh.people.forms.texts import InLanguages
from kenesh.problems import queries
from kenesh.problems.actions import Content
from kenesh.problems.models import Problem
from kenesh.problems.queries import Way
from kenesh.themes import thesaurus
from kenesh.themes.countries import DESTINATIONS, ORIGINS, country_choices, country_list

TEXTS = ("title", "statement", "affected", "tried", "law")
ROWS = 3  # boxes for themes and for corridors
TOO_LONG = {"max_length": _("This text is too long. Make it shorter.")}
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
DOCUMENT = re.compile(rf"(?:^|/)({CodeConverter.regex})/?$")


def _themes() -> list[tuple[str, Any]]:
    """Every theme under the name of its topmost one."""
    language = get_language() or "en"
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in thesaurus.concepts():
        top = thesaurus.label(thesaurus.top_of(each), language)
        groups.setdefault(top, []).append((each, thesaurus.label(each, language)))
    return [("", "—"), *groups.items()]


def _countries(first: Iterable[str]) -> list[tuple[str, Any]]:
    return [("", _("Any country")), *country_choices(get_language() or "en", first)]


class Keyed(forms.Form):
    """A form that can be sent twice and counts once."""

    key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4().hex


class ProblemForm(Keyed):
    """A problem's texts in the languages of the node, its themes, corridors and documents."""

    all_optional = True  # the template says at each question whether it must be answered

    title = InLanguages(
        _("Name of the problem"),
        rows=2,
        hint=_("One short sentence that everybody understands."),
        missing=_("Write the name of the problem in at least one language."),
    )
    statement = InLanguages(
        _("What is the problem?"),
        most=5000,
        rows=7,
        hint=_("What happens, to whom, and why it is not only one person's case. No names."),
        missing=_("Say what the problem is in at least one language."),
    )
    affected = InLanguages(_("Whom does it hit?"), most=1000, rows=3, hint=_("For example: seasonal workers, women, drivers."))
    tried = InLanguages(
        _("What was already tried?"), most=3000, rows=4, hint=_("Letters, meetings, court cases, and what came of them.")
    )
    law = InLanguages(_("What does the law say?"), most=3000, rows=4, hint=_("Name the law and its article."))
    since = forms.CharField(
        label=_("Since when?"),
        help_text=_("As exact as you know: 2021, or 2021-05, or 2021-05-31. Leave it empty if you do not know."),
        required=False,
        max_length=10,
        error_messages=TOO_LONG,
    )
    documents = forms.CharField(
        label=_("Documents that show it"),
        help_text=_("Addresses of pages in our library, one on each line. You can leave it empty."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=TOO_LONG,
    )

    def __init__(self, *args: Any, rows: int = ROWS, **kwargs: Any) -> None:
        """`rows`: boxes for themes and corridors."""
        super().__init__(*args, **kwargs)
        self.rows = range(1, rows + 1)
        for row in self.rows:
            self.fields[f"theme_{row}"] = self._choice(_("Theme"), _themes())
            self.fields[f"origin_{row}"] = self._choice(_("People from"), _countries(ORIGINS))
            self.fields[f"destination_{row}"] = self._choice(_("Who work in"), _countries(DESTINATIONS))

    @staticmethod
    def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
        wrong = {"invalid_choice": _("Choose one of the list.")}
        return forms.ChoiceField(label=label, choices=choices, required=False, error_messages=wrong)

    def texts(self) -> list[forms.BoundField]:
        return [self[name] for name in TEXTS]

    def theme_fields(self) -> list[forms.BoundField]:
        return [self[f"theme_{row}"] for row in self.rows]

    def corridor_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"origin_{row}"], self[f"destination_{row}"]) for row in self.rows]

    def clean_since(self) -> str:
        """Raises ValidationError unless it is a year, a month or a day that exists."""
        since: str = self.cleaned_data["since"]
        if not since:
            return ""
        try:
            if not _PARTIAL_DATE.fullmatch(since):
                raise ValueError(since)
            earliest = date.fromisoformat(f"{since}-01-01"[:10])
        except ValueError:
            raise forms.ValidationError(_("Write a year, a month or a day such as 2021, 2021-05 or 2021-05-31.")) from None
        if earliest > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Write since when the problem is there."))
        return since

    def clean_documents(self) -> tuple[Document, ...]:
        """Raises ValidationError for a line that leads to no document of the library."""
        lines = [line.strip() for line in self.cleaned_data["documents"].splitlines() if line.strip()]
        found = {line: match[1] for line in lines if (match := DOCUMENT.search(line))}
        known = queries.documents_by_code(found.values(), there=str(self.initial.get("documents", "")).split())
        for line in lines:
            if found.get(line) not in known:
                raise forms.ValidationError(_("The library has no document at this address: %(line)s"), params={"line": line})
        return tuple(known[found[line]] for line in lines)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self._chosen_themes() and not self.errors.get("theme_1"):
            self.add_error("theme_1", _("Choose at least one theme."))
        if not self._corridors():
            self.add_error("origin_1", _("Choose from where people come or where they work."))
        return data

    def _chosen_themes(self) -> list[str]:
        return [theme for row in self.rows if (theme := self.cleaned_data.get(f"theme_{row}"))]

    def _corridors(self) -> list[tuple[str, str]]:
        pairs = [
            (self.cleaned_data.get(f"origin_{row}", ""), self.cleaned_data.get(f"destination_{row}", "")) for row in self.rows
        ]
        return [pair for pair in pairs if any(pair)]

    def content(self) -> Content:
        """What was written, for the action. Only after is_valid()."""
        return Content(
            **{name: self.cleaned_data[name] for name in TEXTS},
            since=self.cleaned_data["since"],
            themes=tuple(self._chosen_themes()),
            corridors=tuple(self._corridors()),
            documents=self.cleaned_data["documents"],
        )


class ProposeForm(ProblemForm):
    """A new problem: with the body that is asked, and who asks."""

    def __init__(self, *args: Any, ways: list[Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ways = {way.key: way for way in ways}
        self.fields["way"] = forms.ChoiceField(
            label=_("Who asks, and whom?"),
            choices=[(way.key, way_label(way)) for way in ways],
            widget=forms.RadioSelect,
            initial=ways[0].key if len(ways) == 1 else None,
            error_messages={"required": _("Choose who asks, and whom."), "invalid_choice": _("Choose one of the list.")},
        )

    def way(self) -> Way:
        """Only after is_valid()."""
        return self.ways[self.cleaned_data["way"]]


def way_label(way: Way) -> str:
    """In words: which organisation asks which body."""
    if way.organisation is None:
        return str(_("%(body)s, for itself") % {"body": way.body})
    return str(_("%(organisation)s asks %(body)s") % {"organisation": way.organisation, "body": way.body})


class EditForm(ProblemForm):
    """A problem that is there already. `version`: the one that this form was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def initial_of(problem: Problem) -> dict[str, Any]:
    """The problem as it is now, for EditForm."""
    initial: dict[str, Any] = {name: getattr(problem, name) for name in (*TEXTS, "version", "since")}
    for row, theme in enumerate(problem.themes.all(), start=1):
        initial[f"theme_{row}"] = theme.concept
    for row, corridor in enumerate(problem.corridors.all(), start=1):
        initial[f"origin_{row}"], initial[f"destination_{row}"] = corridor.origin, corridor.destination
    initial["documents"] = "\n".join(each.document.code for each in problem.documents.all())
    return initial


def rows_of(problem: Problem) -> int:
    """Boxes that an edit needs, so that no theme or corridor is lost."""
    return max(ROWS, len(problem.themes.all()), len(problem.corridors.all()))


class ReasonForm(forms.Form):
    """Why a problem is put off or closed."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("One or two sentences. When a problem is closed, everybody can read them."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why."), **TOO_LONG},
    )


class MergeForm(forms.Form):
    """The problem to which this one is joined."""

    def __init__(self, *args: Any, into: Iterable[Problem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.into = {problem.code: problem for problem in into}
        self.fields["into"] = forms.ChoiceField(
            label=_("Join to which problem?"),
            choices=[("", "—"), *((code, str(problem)) for code, problem in self.into.items())],
            error_messages={"required": _("Choose a problem."), "invalid_choice": _("Choose one of the list.")},
        )

    def chosen(self) -> Problem:
        """Only after is_valid()."""
        return self.into[self.cleaned_data["into"]]


class FilterForm(forms.Form):
    """Which public problems to show."""

    all_optional = True

    def __init__(self, *args: Any, themes: list[str], countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        labels = sorted(((each, thesaurus.label(each, language)) for each in themes), key=lambda pair: pair[1].casefold())
        here = [pair for pair in country_list(language) if pair[0] in countries]
        self.fields["theme"] = forms.ChoiceField(label=_("Theme"), choices=[("", _("All themes")), *labels], required=False)
        self.fields["country"] = forms.ChoiceField(label=_("Country"), choices=[("", _("All countries")), *here], required=False)


class TrendFilterForm(forms.Form):
    """Which trends to show."""

    all_optional = True

    def __init__(self, *args: Any, themes: list[str], origins: list[str], destinations: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        labels = sorted(((each, thesaurus.label(each, language)) for each in themes), key=lambda pair: pair[1].casefold())
        countries = country_list(language)
        going_from = [pair for pair in countries if pair[0] in origins]
        going_to = [pair for pair in countries if pair[0] in destinations]
        self.fields["theme"] = forms.ChoiceField(label=_("Theme"), choices=[("", _("All themes")), *labels], required=False)
        self.fields["origin"] = forms.ChoiceField(
            label=_("People from"), choices=[("", _("All countries")), *going_from], required=False
        )
        self.fields["destination"] = forms.ChoiceField(
            label=_("Working in"), choices=[("", _("All countries")), *going_to], required=False
        )

    def clean(self) -> dict[str, Any]:
        """A corridor has two ends."""
        given = super().clean() or {}
        if bool(given.get("origin")) != bool(given.get("destination")):
            self.add_error(
                "origin" if not given.get("origin") else "destination",
                _("Choose both countries, or neither: what we count lies between two countries."),
            )
        return given
