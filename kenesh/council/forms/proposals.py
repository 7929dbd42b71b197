"""Forms of proposals, positions, ballots and votes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.council.forms.fields import InLanguages, Text
from kenesh.council.models import AgendaItem, Ballot, BallotRule, Decision, Quorum, Stance, VoteChoice
from kenesh.council.queries.meetings import problems_before
from kenesh.people.models import Membership, Organisation
from kenesh.problems.models import Problem, new_request_key


class SeatField(forms.ChoiceField):
    """One of the seats given; gives the Membership, or None where it may be left out."""

    def __init__(self, seats: list[Membership], **kwargs: Any) -> None:
        self.seats = {str(seat.pk): seat for seat in seats}
        empty = [] if kwargs.get("required", True) else [("", _("The secretary"))]
        super().__init__(choices=[*empty, *((pk, str(seat)) for pk, seat in self.seats.items())], **kwargs)

    def clean(self, value: Any) -> Any:
        return self.seats.get(str(super().clean(value)))


class ProposalForm(InLanguages):
    """What is proposed, to whom, until when."""

    texts = {"text": Text(_("What we propose"), max_length=4000, rows=4, required=True)}

    addressees = forms.ModelMultipleChoiceField(
        label=_("Who should act"),
        queryset=Organisation.objects.filter(ended_on__isnull=True).order_by("kind", "id"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = forms.DateField(
        label=_("Until when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date such as 2026-05-15.")},
    )
    problem = forms.ModelChoiceField(
        label=_("Problem that it answers"), queryset=Problem.objects.none(), required=False, empty_label=_("None")
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def __init__(self, *args: Any, seats: list[Membership], is_secretary: bool, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_secretary or len(seats) > 1:
            self.fields["membership"] = SeatField(seats, label=_("Who proposes"), required=not is_secretary)
        field = self.fields["problem"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what stands above
        field.queryset = problems_before(item.meeting)
        laid = list(item.problem_rows.values_list("problem", flat=True)[:2])
        if len(laid) == 1:
            field.initial = laid[0]


class PositionForm(forms.Form):
    """What a member says when consensus is sought."""

    membership = forms.CharField(widget=forms.HiddenInput)
    stance = forms.ChoiceField(
        label=_("Your position"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a position.")},
    )
    words = forms.CharField(label=_("In your words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


HOW = [
    ("named", _("By name: one vote for each member")),
    ("secret", _("In secret: nobody can see who voted how, also afterwards")),
    ("states", _("By States: one vote for each State, whose members must agree")),
]


class BallotForm(forms.Form):
    """How a vote is counted."""

    rule = forms.ChoiceField(label=_("What adopts it"), choices=BallotRule.choices)
    quorum = forms.ChoiceField(label=_("How many must be there"), choices=Quorum.choices, initial=Quorum.HALF)
    how = forms.ChoiceField(label=_("How it is taken"), choices=HOW, initial="named", required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)


class KeyForm(forms.Form):
    """A form that is sent once, however often it arrives."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=32, min_length=16)


class VoteForm(forms.Form):
    """One member's vote: three large buttons send it. The seat is named where an account may hold several."""

    membership = forms.CharField(widget=forms.HiddenInput, required=False)
    choice = forms.ChoiceField(choices=VoteChoice.choices, error_messages={"required": _("Choose how you vote.")})
    shown = forms.BooleanField(label=_("Show my vote under my name on public pages"), required=False)
    key = forms.CharField(required=False, max_length=32)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31)


class VotesForm(forms.Form):
    """The secretary's table of votes: only lines that were changed are written."""

    def __init__(self, *args: Any, seats: list[Membership], ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        cast = {vote.membership_id: vote.choice for vote in ballot.votes.all()}
        choices = [("", _("No vote")), *VoteChoice.choices]
        for seat in seats:
            self.fields[f"s{seat.pk}"] = forms.ChoiceField(
                label=str(seat), choices=choices, required=False, show_hidden_initial=True, initial=cast.get(seat.pk, "")
            )

    def table(self) -> Iterator[dict[str, Any]]:
        for seat in self.seats:
            yield {"seat": seat, "choice": self[f"s{seat.pk}"]}

    def choices_made(self) -> list[tuple[Membership, str]]:
        return [(seat, self.cleaned_data[name]) for seat in self.seats if (name := f"s{seat.pk}") in self.changed_data]


class KindForm(forms.Form):
    """What kind of decision is adopted."""

    kind = forms.ChoiceField(label=_("Kind of decision"), choices=Decision.Kind.choices, initial=Decision.Kind.RECOMMENDATION)
