"""Votes that the secretary writes down: each seat's choice in an election by name, and what tellers counted in an urn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from kenesh.council.counting import Papers
from kenesh.council.models import Ballot, Candidate, VoteChoice
from kenesh.council.queries.elections import options_of, options_of_ballot
from kenesh.council.queries.proxies import of_meeting
from kenesh.council.queries.seats import country_of, weights
from kenesh.people.models import Membership

NOBODY = "nobody"  # a vote that names none: "" is no vote
MOST_PAPERS = 100_000
_NUMBERS = re.compile(r"\d{1,3}(?:[\s,;.>-]+\d{1,3})*")
_SAME = re.compile(r"(\d{1,5})\s*[x×х*]\s*(.*)", re.IGNORECASE)  # the second x is the Cyrillic letter, which looks the same


def ranking(words: str, options: list[Candidate]) -> str:
    """`2 1 3`: numbers of the list, the best first, as options with commas. Raises ValidationError."""
    found = [int(number) for number in re.findall(r"\d+", words)] if _NUMBERS.fullmatch(words) else [0]
    if len(set(found)) < len(found) or not all(1 <= number <= len(options) for number in found):
        raise forms.ValidationError(
            now_("“%(words)s” is no ranking. Write the numbers of the list, the best first, each once, such as 2 1.")
            % {"words": words[:60]}
        )
    return ",".join(str(options[number - 1].pk) for number in found)


class _Picked(forms.MultipleChoiceField):
    """Ticks. A line without any has the initial value [""], so that the page prints one beside it: where none is printed, a form that
    comes back with an error takes what was typed for what was stored, and the correction is not written."""

    def to_python(self, value: Any) -> list[str]:
        return [one for one in super().to_python(value) if one]


class RoundVotesForm(forms.Form):
    """The secretary's table in an election by name: what each seat chose. Only lines that were changed are written."""

    def __init__(self, *args: Any, seats: list[Membership], ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats, self.ballot = seats, ballot
        self.options = options_of_ballot(ballot)
        self.ranked = ballot.election is not None and ballot.election.is_ranked
        self.several = ballot.most > 1 and not self.ranked
        self.weights = weights(seat.pk for seat in seats) if ballot.is_weighted else {}
        self.holders = {paper.giver_id: paper.holder for paper in of_meeting(ballot.meeting)}
        cast = {vote.membership_id: vote.choice for vote in ballot.votes.all()}
        for seat in seats:
            self.fields[f"s{seat.pk}"] = self._field(seat, cast.get(seat.pk))

    def _field(self, seat: Membership, given: str | None) -> forms.Field:
        field: dict[str, Any] = {"label": str(seat), "required": False, "show_hidden_initial": True}
        named = [(str(option.pk), str(option)) for option in self.options]
        if self.ranked:
            places = {str(option.pk): str(place) for place, option in enumerate(self.options, start=1)}
            said = "" if given is None else " ".join(places[one] for one in options_of(given) if one in places) or "0"
            return forms.CharField(
                **field,
                initial=said,
                max_length=200,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )
        if self.several:
            picked = [""] if given is None else options_of(given) or [NOBODY]
            return _Picked(**field, initial=picked, choices=[*named, (NOBODY, _("Nobody"))], widget=forms.CheckboxSelectMultiple)
        return forms.ChoiceField(
            **field, initial="" if given is None else given or NOBODY, choices=[("", _("No vote")), *named, (NOBODY, _("Nobody"))]
        )

    def table(self) -> Iterator[dict[str, Any]]:
        by_states = self.ballot.by_states
        for seat in sorted(self.seats, key=country_of) if by_states else self.seats:  # the seats of a State stand together
            choice = self[f"s{seat.pk}"]
            yield {
                "seat": seat,
                "choice": choice,
                "shown": choice.as_hidden(only_initial=True),  # what the page showed, so that only changed lines are written
                "country": country_of(seat) if by_states else "",
                "weight": self.weights.get(seat.pk, 1),
                "holder": self.holders.get(seat.pk),
            }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for seat in self.seats:
            name = f"s{seat.pk}"
            if name in said:
                try:
                    said[name] = self._choice(said[name])
                except forms.ValidationError as why:
                    self.add_error(name, why)
        return said

    def _choice(self, said: Any) -> str | None:
        """The vote as it is stored; None for no vote. Raises ValidationError."""
        if not said:
            return None
        if isinstance(said, list):
            if len(said) > 1 and NOBODY in said:
                raise forms.ValidationError(now_("Choose names, or nobody, not both."))
            if len(said) > self.ballot.most:
                raise forms.ValidationError(now_("Choose at most %(most)d.") % {"most": self.ballot.most})
            return "" if said == [NOBODY] else ",".join(said)
        if self.ranked:
            return "" if said.strip() == "0" else ranking(said.strip(), self.options)
        return "" if said == NOBODY else str(said)

    def choices_made(self) -> list[tuple[Membership, str | None]]:
        return [(seat, self.cleaned_data[name]) for seat in self.seats if (name := f"s{seat.pk}") in self.changed_data]


def _number(label: Any, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=0,
        max_value=MOST_PAPERS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Write a number; 0 for none.")},
    )


class PapersForm(forms.Form):
    """What the tellers counted in the urn. No line is of a member."""

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot, self.options = ballot, [] if ballot.election_id is None else options_of_ballot(ballot)
        self.ranked = ballot.election is not None and ballot.election.is_ranked
        self.fields |= {
            "given": _number(_("Papers given out")),
            "found": _number(_("Papers found in the urn")),
            "invalid": _number(_("Invalid papers among them")),
        }
        if ballot.election_id is not None:
            self.fields["blank"] = _number(_("Valid papers that name nobody"))
        if self.ranked:
            self.fields["rankings"] = forms.CharField(
                label=_("What each paper says"),
                required=False,
                max_length=200_000,
                widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
                help_text=_(
                    "One line for each paper: the numbers of the list, the best first, such as 2 1 3. Papers that say the same can "
                    "share a line: 5 × 2 1 3."
                ),
            )
            self.fields["rankings"].one_of_several = True  # type: ignore[attr-defined]  # no "(optional)": empty only where all are invalid or blank
        else:
            for value, label in self._counted():
                self.fields[f"n{value}"] = _number(label)
        self.fields["tellers"] = forms.CharField(
            label=_("Who counted"),
            max_length=300,
            help_text=_("Names of the tellers. Only members read them."),
            error_messages={"required": _("Write who counted the papers.")},
        )

    def _counted(self) -> list[tuple[str, Any]]:
        return list(VoteChoice.choices) if self.ballot.election_id is None else [(str(one.pk), str(one)) for one in self.options]

    def counts(self) -> Iterator[forms.BoundField]:
        """The lines of numbers, in the order in which tellers call them."""
        for name in self.fields:
            if name not in {"rankings", "tellers"}:
                yield self[name]

    def clean_rankings(self) -> list[str]:
        """One for each paper, as options with commas. Raises ValidationError that names the first line that is none."""
        papers: list[str] = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["rankings"].splitlines())):
            same = _SAME.fullmatch(line)
            times, words = (int(same[1]), same[2]) if same else (1, line)
            if len(papers) + times > MOST_PAPERS:
                raise forms.ValidationError(_("These are more papers than any body has."))
            papers += [ranking(words, self.options)] * times
        return papers

    def papers(self) -> Papers:
        said = self.cleaned_data
        return Papers(said["given"], said["found"], said["invalid"], said.get("blank", 0), said["tellers"].strip())

    def votes(self) -> dict[str, int]:
        return {} if self.ranked else {value: self.cleaned_data[f"n{value}"] for value, _label in self._counted()}
