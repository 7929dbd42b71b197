"""What the library itself takes from a reading: facts of the document, its figures and its questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kenesh.kernel import findings
from kenesh.kernel.findings import Facts, Finding, Input, Proposed, Taken, Words
from kenesh.library.models import Document, Figure, Question
from kenesh.library.proposals import is_partial_date
from kenesh.library.wording import PER, QUALIFIERS, UNITS, figure_in_words
from kenesh.themes import countries, thesaurus
from kenesh.themes.languages import OWN_NAME

MOST_TITLE = 300


class OwnTaker:
    """A fact of the document: what was decided is written into the document's columns by the action itself."""

    def __init__(self, field: str, label: Words, order: int) -> None:
        self.field, self.label, self.order = field, label, order

    def inputs(self, user: Any) -> Sequence[Input]:
        return _inputs(self.field)

    def propose(self, found: Sequence[Finding], user: Any) -> list[Proposed]:
        inputs = _inputs(self.field)
        return [Proposed(findings.as_facts(finding.read, inputs)) for finding in found]

    def accept(self, finding: Finding, *, facts: Facts, target: str, by: Any) -> Taken:
        _check(self.field, facts)
        return Taken()

    def undo(self, taken: Taken, *, by: Any) -> None:
        """Nothing was made: the columns follow from what is decided."""

    def addresses(self, targets: Collection[str], user: Any) -> dict[str, str]:
        return {}


def _inputs(field: str) -> Sequence[Input]:
    language = get_language() or "en"
    lands = [("", "—"), *countries.country_choices(language)]
    if field == "title":
        return (Input("title", _("Title"), "text", required=True),)
    if field == "kind":
        return (Input("kind", _("What it is"), "choice", required=True, choices=Document.Kind.choices),)
    if field == "language":
        hint = _("The document is read again in the language that you choose.")
        known = sorted(OWN_NAME.items(), key=lambda each: each[1])
        return (Input("language", _("Language of the document"), "choice", required=True, choices=known, hint=hint),)
    if field == "dates":
        hint = _("As exact as the document says: 2024-05-15, 2015-04, or --04-13 when it does not name the year.")
        return (
            Input("start", _("First day"), "day", required=True, hint=hint),
            Input("end", _("Last day, if there were several"), "day"),
        )
    if field == "places":
        return (Input("name", _("Place"), required=True), Input("country", _("Country"), "choice", choices=lands))
    if field == "countries":
        return (Input("country", _("Country"), "choice", required=True, choices=lands),)
    return (Input("concept", _("Theme"), "choice", required=True, choices=_concepts(language)),)


def _concepts(language: str) -> list[tuple[str, Words]]:
    pairs = ((concept, thesaurus.label(concept, language)) for concept in thesaurus.concepts())
    return [("", "—"), *countries.in_alphabetical_order(pairs, language)]


def _check(field: str, facts: Facts) -> None:
    """Raises Refused for what no column can hold."""
    if field == "title" and len(facts["title"]) > MOST_TITLE:
        raise findings.Refused(_("This title is too long. Leave at most 300 letters."), "title")
    if field == "dates":
        for name in ("start", "end"):
            if facts[name] and not is_partial_date(facts[name]):
                raise findings.Refused(_("Write a day such as 2024-05-15, a month such as 2015-04, or --04-13."), name)


class FigureTaker(OwnTaker):
    """Figures with whose figure they are."""

    told = ("value", "to", "of", "qualifier", "unit", "per")

    def inputs(self, user: Any) -> Sequence[Input]:
        return _figure_inputs()

    def in_words(self, facts: Facts) -> str:
        return figure_in_words(facts)

    def propose(self, found: Sequence[Finding], user: Any) -> list[Proposed]:
        inputs = _figure_inputs()
        return [Proposed(findings.as_facts(finding.read, inputs)) for finding in found]

    def accept(self, finding: Finding, *, facts: Facts, target: str, by: Any) -> Taken:
        value = number_of(facts["value"])
        larger = {name: number_of(facts[name], name) for name in ("to", "of") if facts.get(name)}
        for name, number in larger.items():
            if number <= value:
                raise findings.Refused(_("Write a number that is larger than the first one."), name)
        figure = Figure.objects.create(
            document=Document.objects.only("pk").get(code=finding.document),
            value=value,
            up_to=larger.get("to"),
            of=int(larger["of"]) if "of" in larger else None,
            qualifier=facts.get("qualifier", ""),
            per=facts.get("per", ""),
            unit=facts["unit"][:60],
            what=facts["what"][:300],
            source=facts["source"][:200],
            year=int(facts["year"]) if facts["year"] else None,
        )
        return Taken(f"figure:{figure.code}", (f"figure:{figure.code}",))

    def undo(self, taken: Taken, *, by: Any) -> None:
        Figure.objects.filter(code__in=[findings.code_in(made, "figure") for made in taken.made]).delete()


class QuestionTaker(OwnTaker):
    """Questions of a committee, kept for the reply."""

    def inputs(self, user: Any) -> Sequence[Input]:
        return QUESTION

    def propose(self, found: Sequence[Finding], user: Any) -> list[Proposed]:
        return [Proposed(findings.as_facts(finding.read, QUESTION)) for finding in found]

    def accept(self, finding: Finding, *, facts: Facts, target: str, by: Any) -> Taken:
        document = Document.objects.only("pk").get(code=finding.document)
        question = Question.objects.create(document=document, number=facts["number"][:20], text=facts["text"])
        return Taken(f"question:{question.code}", (f"question:{question.code}",))

    def undo(self, taken: Taken, *, by: Any) -> None:
        Question.objects.filter(code__in=[findings.code_in(made, "question") for made in taken.made]).delete()

    def addresses(self, targets: Collection[str], user: Any) -> dict[str, str]:
        codes = [findings.code_in(target, "question") for target in targets]
        rows = Question.objects.filter(code__in=codes).values_list("code", "document__code") if codes else ()
        return {f"question:{code}": reverse("library:questions", args=[document]) + f"#q-{code}" for code, document in rows}


def _figure_inputs() -> Sequence[Input]:
    units = [("", "—"), *UNITS.items()]
    share = _("For “every seventh”: 1 above, and 7 here.")
    return (
        Input("value", _("How many"), "number", required=True, hint=_("Digits only, such as 1240 or 96500000.")),
        Input("to", _("Up to how many, of a range such as 10–15"), "number"),
        Input("of", _("Of how many, of a share"), "whole", hint=share),
        Input("qualifier", _("What limits it"), "choice", choices=_patterns(QUALIFIERS)),
        Input("unit", _("Unit"), "choice", choices=units),
        Input("per", _("How often"), "choice", choices=_patterns(PER)),
        Input("what", _("What is counted")),
        Input("source", _("Whose figure it is")),
        Input("year", _("Year"), "whole"),
    )


def _patterns(patterns: Mapping[str, Words]) -> list[tuple[str, Words]]:
    """As choices: "more than …"."""
    return [("", "—"), *((value, str(words) % {"number": "…"}) for value, words in patterns.items())]


QUESTION = (Input("number", _("Number")), Input("text", _("Question"), "text", required=True))


def number_of(text: str, name: str = "value") -> Decimal:
    """Raises Refused for what is no number that fits the column, and for 1,240, which is a thousand in one country and one in another."""
    if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", text.strip()):
        raise findings.Refused(_("A comma can stand for thousands or for a part. Write 1240, or 1.24 with a point."), name)
    try:
        value = Decimal(text.replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation:
        raise findings.Refused(_("Write the number in digits, such as 1240 or 38.5."), name) from None
    if not value.is_finite() or abs(value) >= Decimal(10) ** 20:
        raise findings.Refused(_("Write the number in digits, such as 1240 or 38.5."), name)
    return value


def own_takers() -> list[OwnTaker]:
    """The takers of the library's own fields, in the order of the page."""
    return [
        OwnTaker("title", _("Title"), 1),
        OwnTaker("kind", _("Kind of document"), 2),
        OwnTaker("language", _("Language"), 3),
        OwnTaker("dates", _("Date"), 4),
        OwnTaker("places", _("Places"), 5),
        OwnTaker("countries", _("Countries"), 6),
        OwnTaker("themes", _("Themes"), 7),
        FigureTaker("figures", _("Figures"), 50),
        QuestionTaker("questions", _("Questions"), 70),
    ]
