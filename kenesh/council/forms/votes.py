"""Forms of positions, ballots and votes: an account's, a phone's, the secretary's table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kenesh.council.forms.proposals import SeatField
from kenesh.council.models import (
    CHOICE_LENGTH,
    Ballot,
    BallotRule,
    Candidate,
    Position,
    Proposal,
    Quorum,
    Stance,
    VoteChoice,
)
from kenesh.council.queries.elections import Course, Mine, options_of, options_of_ballot
from kenesh.council.queries.phones import OpenVote
from kenesh.council.queries.proxies import of_meeting
from kenesh.council.queries.seats import country_of, weights
from kenesh.people.models import Membership
from kenesh.problems.models import new_request_key


class StanceForm(forms.Form):
    """What a member says when consensus is sought. Who blocks or has a reservation says why."""

    stance = forms.ChoiceField(
        label=_("Your position"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a position.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who blocks or has a reservation says why."),
    )
    words.one_of_several = True  # type: ignore[attr-defined]  # no "(optional)": two of the four positions need it

    @classmethod
    def of(cls, proposal: Proposal, position: Position | None, data: Any = None) -> StanceForm:
        """On a phone, where each proposal has its own; it begins with what was said to this text."""
        said = {"stance": position.stance, "words": position.words} if position and position.version == proposal.version else {}
        return cls(data, initial=said, auto_id=f"p{proposal.pk}_%s")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("stance") in _WITH_WORDS and not said.get("words", "").strip() and "words" not in self.errors:
            self.add_error("words", str(_("Write why, so that the others can answer.")))
        return said


_WITH_WORDS = {Stance.RESERVATION.value, Stance.BLOCK.value}


class PositionForm(StanceForm):
    """The same by an account, for one of its seats."""

    membership = forms.CharField(widget=forms.HiddenInput)


class EnteredPositionForm(PositionForm):
    """The same by the secretary, for a member who spoke in the room or wrote."""

    def __init__(self, *args: Any, seats: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"] = SeatField(seats, label=_("Who says it"), asks=True)
        self.fields["stance"].label, self.fields["words"].label = _("Her position"), _("Her words")


HOW = [
    ("named", _("By name: one vote for each member")),
    ("secret", _("In secret: nobody can see who voted how, also afterwards")),
    ("paper", _("In secret on paper: tellers count the papers of an urn")),
    ("weighted", _("By weight: each member has as many votes as the body gave it")),
    ("states", _("By States: one vote for each State, whose members must agree")),
    ("paper_states", _("By States in secret on paper: each State puts one paper into the urn")),
]


class Opening(TypedDict):
    """How a ballot is opened."""

    rule: str
    quorum: str
    request_key: str
    is_secret: bool
    on_paper: bool
    by_states: bool
    is_weighted: bool


class BallotForm(forms.Form):
    """How a vote is counted."""

    rule = forms.ChoiceField(label=_("What adopts it"), choices=BallotRule.choices)
    quorum = forms.ChoiceField(label=_("How many must be there"), choices=Quorum.choices, initial=Quorum.HALF)
    how = forms.ChoiceField(
        label=_("How it is taken"),
        choices=HOW,
        initial="named",
        required=False,
        help_text=_(
            "A vote by weight is always by name, also on paper: a weight that only one member has would tell how she voted. The "
            "secretary can write down votes that are given by hand."
        ),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)


def opening(said: Mapping[str, Any]) -> Opening:
    """What the cleaned data of a `BallotForm` ask for, as the actions take it."""
    return {
        "rule": said["rule"],
        "quorum": said["quorum"],
        "request_key": said["key"],
        "is_secret": said["how"] == "secret",
        "on_paper": said["how"] in {"paper", "paper_states"},
        "by_states": said["how"] in {"states", "paper_states"},
        "is_weighted": said["how"] == "weighted",
    }


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


class PhoneVoteForm(forms.Form):
    """What the confirmation on a phone sends: a choice for or against, or options of an election ("" for a blank paper)."""

    choice = forms.CharField(required=False, max_length=CHOICE_LENGTH)
    giver = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    key = forms.CharField(required=False, max_length=32)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31)


class VotePaper(forms.Form):
    """A paper of an election: boxes to tick, or a place for each on a ranking. `choice`: the options, the best first."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, *args: Any, options: list[Candidate], most: int, ranked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options, self.most, self.ranked = options, most, ranked
        if ranked:
            places = [("", "–"), *((str(place), str(place)) for place in range(1, len(options) + 1))]
            for option in options:
                self.fields[f"place{option.pk}"] = forms.ChoiceField(label=str(option), choices=places, required=False)
        else:
            self.fields["pick"] = forms.MultipleChoiceField(
                label=_("Your choice"),
                choices=[(str(option.pk), str(option)) for option in options],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @classmethod
    def of(cls, course: Course, mine: Mine, data: Any = None) -> VotePaper:
        """The paper of one seat in the round that is open."""
        assert course.running is not None  # noqa: S101  # there are seats only while a round is open
        picked: dict[str, Any] = {"seen": mine.times, "key": new_request_key(), "pick": mine.picked}
        picked |= {f"place{option}": str(place) for place, option in enumerate(mine.picked, start=1)}
        return cls(
            data, initial=picked, auto_id=f"s{mine.seat.pk}_%s", options=course.running_options, most=course.running.most,
            ranked=course.election.is_ranked,
        )  # fmt: skip

    @classmethod
    def for_phone(cls, now: OpenVote, data: Any = None) -> VotePaper:
        options = options_of_ballot(now.ballot)
        picked = options_of(now.vote.choice) if now.vote else []
        initial: dict[str, Any] = {"pick": picked} | {f"place{option}": str(at) for at, option in enumerate(picked, start=1)}
        ranked = now.ballot.election is not None and now.ballot.election.is_ranked
        return cls(data, initial=initial, options=options, most=now.ballot.most, ranked=ranked)

    def places(self) -> Iterator[forms.BoundField]:
        for option in self.options:
            yield self[f"place{option.pk}"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.ranked:
            places = [said[name] for option in self.options if said.get(name := f"place{option.pk}")]
            if len(set(places)) < len(places):
                raise forms.ValidationError(_("Two have the same place. Give each place once; you may leave some empty."))
        elif len(said.get("pick", [])) > self.most:
            raise forms.ValidationError(
                ngettext_lazy("Choose at most %(most)d.", "Choose at most %(most)d.", self.most) % {"most": self.most}
            )
        return said

    @property
    def choice(self) -> str:
        said = self.cleaned_data
        if not self.ranked:
            return ",".join(said["pick"])
        placed = [(int(said[name]), str(option.pk)) for option in self.options if said[name := f"place{option.pk}"]]
        return ",".join(option for _place, option in sorted(placed))


class VotesForm(forms.Form):
    """The secretary's table of votes: only lines that were changed are written."""

    ranked = several = False

    def __init__(self, *args: Any, seats: list[Membership], ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats, self.ballot = seats, ballot
        self.weights = weights(seat.pk for seat in seats) if ballot.is_weighted else {}
        self.holders = {paper.giver_id: paper.holder for paper in of_meeting(ballot.meeting)}
        cast = {vote.membership_id: vote.choice for vote in ballot.votes.all()}
        choices = [("", _("No vote")), *VoteChoice.choices]
        for seat in seats:
            self.fields[f"s{seat.pk}"] = forms.ChoiceField(
                label=str(seat), choices=choices, required=False, show_hidden_initial=True, initial=cast.get(seat.pk, "")
            )

    def table(self) -> Iterator[dict[str, Any]]:
        by_states = self.ballot.by_states
        for seat in sorted(self.seats, key=country_of) if by_states else self.seats:  # the seats of a State stand together
            yield {
                "seat": seat,
                "choice": self[f"s{seat.pk}"],
                "country": country_of(seat) if by_states else "",
                "weight": self.weights.get(seat.pk, 1),
                "holder": self.holders.get(seat.pk),
            }

    def choices_made(self) -> list[tuple[Membership, str | None]]:
        return [(seat, self.cleaned_data[name] or None) for seat in self.seats if (name := f"s{seat.pk}") in self.changed_data]
