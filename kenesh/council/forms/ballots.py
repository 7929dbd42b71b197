"""Forms around ballots: elections, proxies, weights, contested votes, decisions in writing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kenesh.council.forms.fields import DocumentsField
from kenesh.council.forms.proposals import SeatField
from kenesh.council.models import BallotRule, DecisionKind, Election, Quorum, VoteChoice, WrittenLink, WrittenProcedure
from kenesh.council.queries.meetings import bodies_kept_by
from kenesh.council.queries.phones import OpenVote
from kenesh.people.forms.texts import ONE_LANGUAGE, InLanguages
from kenesh.people.models import Body, Membership, MembershipRole, Organisation, OrganisationKind, User
from kenesh.people.queries import seats_of_bodies_on
from kenesh.problems.models import new_request_key

MOST_SEATS = 50
MOST_WEIGHT = 1_000_000


def _key() -> forms.CharField:
    return forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ElectionForm(forms.Form):
    """An office, how many seats, and how it is filled."""

    office = InLanguages(
        _("Office, or what is to be chosen"), most=300, hint=_("For example: Chair of the council"), missing=ONE_LANGUAGE
    )
    role = forms.ChoiceField(
        label=_("Role that the elected take in the body"),
        choices=[("", _("None")), *MembershipRole.choices],
        required=False,
    )
    method = forms.ChoiceField(label=_("How"), choices=Election.Method.choices, widget=forms.RadioSelect, initial="majority")
    seats = forms.IntegerField(
        label=_("Seats to fill"),
        min_value=1,
        max_value=MOST_SEATS,
        initial=1,
        help_text=_("More than one only where each names several."),
    )
    quorum = forms.ChoiceField(label=_("How many must be there"), choices=Quorum.choices, initial=Quorum.HALF)
    is_secret = forms.BooleanField(label=_("The vote is secret"), required=False, initial=True)
    counted_by = forms.ChoiceField(
        label=_("What is counted"),
        choices=Election.CountedBy.choices,
        widget=forms.RadioSelect,
        initial=Election.CountedBy.HEADS,
        required=False,
        help_text=_(
            "By weight the vote is always by name: a weight that only one member has would tell how she voted. In secret by States it is"
            " held on paper: each State puts one paper into the urn."
        ),
    )
    counted_by.one_of_several = True  # type: ignore[attr-defined]  # no "(optional)": one of them is chosen already
    key = _key()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("seats", 1) > 1 and said.get("method") != Election.Method.MOST:
            self.add_error("seats", str(_("This way fills one seat. Choose the way in which each names several.")))
        said["counted_by"] = said.get("counted_by") or Election.CountedBy.HEADS
        return said


class NominationForm(forms.Form):
    """Who should stand: one of the seats, or a name. `own`: the seats for which the account proposes; the chair needs none."""

    name = forms.CharField(label=_("Or a name or text"), required=False, max_length=300)

    def __init__(self, *args: Any, seats: list[Membership], own: list[Membership], leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat = SeatField(seats, label=_("Who should stand"), required=False)
        seat.choices = [("", _("Nobody of these")), *((str(one.pk), str(one)) for one in seats)]
        self.fields = {"seat": seat, **self.fields}
        if leads or len(own) > 1:
            by = SeatField(seats if leads else own, label=_("Who proposes"), required=not leads)
            if leads:
                by.choices = [("", _("The chair")), *((str(one.pk), str(one)) for one in seats)]
            self.fields["by"] = by
        self.own = own

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["name"] = said.get("name", "").strip()
        if not self.errors and not said.get("seat") and not said["name"]:
            raise forms.ValidationError(_("Choose a member, or write a name."))
        said["nominated_by"] = said.get("by") if "by" in self.fields else self.own[0]
        return said


class ProxyForm(forms.Form):
    """The paper with which a member gave its vote."""

    number = forms.CharField(label=_("Number of the paper"), max_length=60)
    dated_on = forms.DateField(
        label=_("Date of the paper"), widget=_day(), error_messages={"invalid": _("Write a date such as 2026-05-15.")}
    )
    field_order = ("giver", "holder", "number", "dated_on")

    def __init__(self, *args: Any, seats: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"] = SeatField(seats, label=_("Who gives the vote"))
        self.fields["holder"] = SeatField(seats, label=_("Who votes for it"))
        self.order_fields(self.field_order)


class WeightsForm(forms.Form):
    """How many votes each seat has."""

    def __init__(self, *args: Any, seats: list[Membership], weights: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            self.fields[f"w{seat.pk}"] = forms.IntegerField(
                label=str(seat), min_value=1, max_value=MOST_WEIGHT, initial=weights.get(seat.pk, 1)
            )

    def chosen(self) -> list[tuple[Membership, int]]:
        return [(seat, self.cleaned_data[f"w{seat.pk}"]) for seat in self.seats]


class ContestForm(forms.Form):
    """Why a member contests a vote."""

    words = forms.CharField(
        label=_("Why you contest this vote"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, so that the body can decide.")},
    )
    key = _key()

    def __init__(self, *args: Any, seats: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = seats
        if len(seats) > 1:
            self.fields = {"seat": SeatField(seats, label=_("Who contests it"), asks=True), **self.fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said.setdefault("seat", self.own[0] if len(self.own) == 1 else None)
        return said


class SettleForm(forms.Form):
    """What the body decided about a contested vote."""

    words = forms.CharField(
        label=_("What the body decided, and why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the body decided.")},
    )


class DeadlineForm(forms.Form):
    """Until when members may answer in writing."""

    on = forms.DateField(
        label=_("Until which day"), widget=_day(), error_messages={"invalid": _("Write a date such as 2026-05-15.")}
    )
    at = forms.TimeField(
        label=_("Until what time"),
        initial="18:00",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time such as 18:00.")},
    )

    def closes_at(self, zone: str) -> datetime:
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], tzinfo=ZoneInfo(zone))


class ReachedForm(forms.Form):
    """How a member got the text, though no letter reached her."""

    way = forms.ChoiceField(
        label=_("How did the text get there?"), choices=[("", _("Not yet")), *WrittenLink.Way.choices], required=False
    )
    on_day = forms.DateField(
        label=_("On which day?"),
        required=False,
        widget=_day(),
        error_messages={"invalid": _("Write a date such as 2026-05-15.")},
    )

    @classmethod
    def of_link(cls, link: WrittenLink) -> ReachedForm:
        """One of many on a page."""
        return cls(initial={"way": link.reached_by, "on_day": link.reached_on}, auto_id=f"r{link.pk}_%s")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("way") and not said.get("on_day") and "on_day" not in self.errors:
            self.add_error("on_day", str(_("Write the date.")))
        return said


class WrittenForm(DeadlineForm):
    """A proposal that is decided between meetings."""

    body = forms.ModelChoiceField(label=_("Who decides"), queryset=Body.objects.none(), empty_label=None)
    title = InLanguages(_("Title"), most=300, missing=ONE_LANGUAGE)
    text = InLanguages(_("What we propose"), most=4000, rows=4, missing=ONE_LANGUAGE)
    kind = forms.ChoiceField(label=_("How"), choices=WrittenProcedure.Kind.choices, widget=forms.RadioSelect, initial="vote")
    rule = forms.ChoiceField(label=_("What adopts it"), choices=BallotRule.choices)
    quorum = forms.ChoiceField(label=_("How many must take part"), choices=Quorum.choices, initial=Quorum.HALF)
    is_secret = forms.BooleanField(label=_("The vote is secret"), required=False)
    decision = forms.ChoiceField(
        label=_("Kind of decision"),
        choices=[(one.value, one.label) for one in DecisionKind if one != DecisionKind.LEGISLATIVE],
        initial=DecisionKind.RECOMMENDATION,
        required=False,
        help_text=_("A change of a law needs its table, so it is laid before a meeting."),
    )
    addressees = forms.ModelMultipleChoiceField(
        label=_("Who should act"),
        queryset=Organisation.objects.filter(ended_on__isnull=True).order_by("kind", "id"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = forms.DateField(
        label=_("By when?"),
        required=False,
        widget=_day(),
        error_messages={"invalid": _("Write a date such as 2026-05-15.")},
    )
    co_signers = forms.ModelMultipleChoiceField(
        label=_("State bodies that sign it too"),
        queryset=Organisation.objects.filter(
            ended_on__isnull=True, kind__in=[OrganisationKind.MINISTRY, OrganisationKind.REGIONAL]
        ).order_by("kind", "id"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A joint decision needs at least one."),
    )
    documents = DocumentsField(
        label=_("Documents"),
        required=False,
        help_text=_("One to a line: the code of the document, or the address of its page in the library."),
    )
    key = _key()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what stands above
        field.queryset = bodies_kept_by(user)
        self.fields["promised_by"] = SeatField(
            seats_of_bodies_on(field.queryset, timezone.localdate()),
            label=_("Who promises"),
            required=False,
            nobody=_("Nobody"),
            help_text=_("A commitment needs a member who promises, and a day above."),
        )


class WrittenVoteForm(forms.Form):
    """A vote by the link of a letter. `seen`: how often the seat had voted when the form was shown."""

    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=VoteChoice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you vote.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31)
    key = _key()

    @classmethod
    def of(cls, mine: OpenVote) -> WrittenVoteForm:
        return cls(initial={"seen": mine.times, "choice": mine.vote.choice if mine.vote else None})


class ObjectionForm(forms.Form):
    words = forms.CharField(
        label=_("Why you object"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why you object.")},
    )
