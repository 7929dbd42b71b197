"""Forms of proposals: what they say, who stands behind them, what others say of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.council.actions import Details, Taken
from kenesh.council.forms.fields import AuthenticField
from kenesh.council.models import (
    AgendaItem,
    Amendment,
    DecisionKind,
    Endorsement,
    LawRow,
    Proposal,
)
from kenesh.council.queries.meetings import problems_before
from kenesh.people.forms.texts import ONE_LANGUAGE, InLanguages
from kenesh.people.models import Membership, Organisation, OrganisationKind, Publication
from kenesh.problems.models import Problem, new_request_key

LAW_TEXTS = ("law", "in_force", "proposed", "justification")


class SeatField(forms.ChoiceField):
    """One of the seats given; gives the Membership, or None where it may be left out. `asks`: none is chosen beforehand, where a
    wrong one would be somebody else's word."""

    def __init__(self, seats: list[Membership], **kwargs: Any) -> None:
        self.seats = {str(seat.pk): seat for seat in seats}
        nobody = kwargs.pop("nobody", _("The secretary"))
        if kwargs.pop("asks", False):
            empty = [("", _("Choose one"))]
            kwargs["error_messages"] = {"required": _("Choose one.")}
        else:
            empty = [] if kwargs.get("required", True) else [("", nobody)]
        super().__init__(choices=[*empty, *((pk, str(seat)) for pk, seat in self.seats.items())], **kwargs)

    def clean(self, value: Any) -> Any:
        return self.seats.get(str(super().clean(value)))


class SeatsField(forms.MultipleChoiceField):
    """Some of the seats given; gives Memberships."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, seats: list[Membership], **kwargs: Any) -> None:
        self.seats = {str(seat.pk): seat for seat in seats}
        super().__init__(choices=[(pk, str(seat)) for pk, seat in self.seats.items()], required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        return [self.seats[pk] for pk in super().clean(value)]


class DetailsForm(forms.Form):
    """What a proposal says beside its text: its kind with what that needs, whom it asks, until when, who stands behind it."""

    kind = forms.ChoiceField(
        label=_("Kind of decision"), choices=DecisionKind.choices, initial=DecisionKind.RECOMMENDATION, required=False
    )
    authentic = AuthenticField()
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
    co_signers = forms.ModelMultipleChoiceField(
        label=_("State bodies that sign it too"),
        queryset=Organisation.objects.filter(
            ended_on__isnull=True, kind__in=[OrganisationKind.MINISTRY, OrganisationKind.REGIONAL]
        ).order_by("kind", "id"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A joint decision needs at least one."),
    )

    def __init__(self, *args: Any, sitting: list[Membership], item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["promised_by"] = SeatField(
            sitting,
            label=_("Who promises"),
            required=False,
            nobody=_("Nobody"),
            help_text=_("A commitment needs a member who promises, and a day above."),
        )
        self.fields["sponsors"] = SeatsField(sitting, label=_("Who stands behind it too"))
        field = self.fields["problem"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # tells the type checker what stands above
        field.queryset = problems_before(item.meeting)
        laid = list(item.problem_rows.values_list("problem", flat=True)[:2])
        if len(laid) == 1:
            field.initial = laid[0]

    @staticmethod
    def said(proposal: Proposal) -> dict[str, Any]:
        """The proposal in the shape of `initial`."""
        return {
            "kind": proposal.kind,
            "authentic": proposal.authentic,
            "addressees": list(proposal.addressees.order_by("pk").values_list("pk", flat=True)),
            "due_on": proposal.due_on,
            "problem": proposal.problem_id,
            "promised_by": proposal.promised_by_id,
            "co_signers": list(proposal.co_signers.order_by("pk").values_list("organisation", flat=True)),
            "sponsors": list(proposal.sponsors.order_by("pk").values_list("pk", flat=True)),
        }

    def details(self) -> Details:
        """What the action takes. Only after is_valid()."""
        said = self.cleaned_data
        return Details(
            kind=said["kind"] or DecisionKind.RECOMMENDATION, authentic=said["authentic"], addressees=said["addressees"], due_on=said["due_on"],
            problem=said["problem"], promised_by=said["promised_by"], co_signers=said["co_signers"], sponsors=said["sponsors"],
        )  # fmt: skip


class ProposalForm(DetailsForm):
    """A new proposal: its text too, and whose it is."""

    field_order = ("text",)

    text = InLanguages(_("What we propose"), most=4000, rows=4, missing=ONE_LANGUAGE)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def __init__(self, *args: Any, seats: list[Membership], is_secretary: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_secretary or len(seats) > 1:
            self.fields["membership"] = SeatField(seats, label=_("Who proposes"), required=not is_secretary)


class TextForm(forms.Form):
    """The text of a proposal as it should read. `version`: the one that this form was opened with."""

    text = InLanguages(_("The text"), most=4000, rows=6, missing=ONE_LANGUAGE)
    version = forms.IntegerField(widget=forms.HiddenInput)


class AmendmentForm(TextForm):
    """Another text for a proposal, with the reason."""

    reason = forms.CharField(label=_("Why"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def __init__(self, *args: Any, seats: list[Membership], is_secretary: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_secretary or len(seats) > 1:
            self.fields["membership"] = SeatField(seats, label=_("Who proposes this"), required=not is_secretary)


class SettleForm(forms.Form):
    """How it was settled whether an amendment is taken."""

    how = forms.ChoiceField(label=_("How this was settled"), choices=Amendment.How.choices, initial=Amendment.How.CONSENSUS)
    votes_for = forms.IntegerField(label=_("Votes for"), required=False, min_value=0, max_value=100_000)
    votes_against = forms.IntegerField(label=_("Votes against"), required=False, min_value=0, max_value=100_000)
    votes_abstained = forms.IntegerField(label=_("Abstained"), required=False, min_value=0, max_value=100_000)
    answer = forms.CharField(
        label=_("Why not, or why with other words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """Hands are counted for a vote, and only for one."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("how") == Amendment.How.VOTE and (said.get("votes_for") is None or said.get("votes_against") is None):
            self.add_error("votes_for", str(_("Write how many were for it and how many against.")))
        return said

    def taken(self) -> Taken:
        """Only after is_valid()."""
        said = self.cleaned_data
        if said["how"] != Amendment.How.VOTE:
            return Taken(said["how"])
        return Taken(said["how"], (said["votes_for"], said["votes_against"], said["votes_abstained"] or 0))


class CommentForm(forms.Form):
    """What a member says of a proposal before the meeting."""

    membership = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Your comment"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your comment.")},
    )
    publication = forms.ChoiceField(
        label=_("Shown to everybody when the decision is public"), choices=Publication.choices, initial=Publication.HIDDEN
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)


class LawRowForm(forms.Form):
    """A line of the table of a proposal to change a law."""

    law = InLanguages(_("Law and article"), most=300, missing=ONE_LANGUAGE)
    in_force = InLanguages(_("Text in force"), most=4000, rows=4, hint=_("Leave it empty for a new article."))
    proposed = InLanguages(_("Proposed text"), most=4000, rows=4, hint=_("Leave it empty if the article should go."))
    justification = InLanguages(_("Why"), most=4000, rows=3, missing=ONE_LANGUAGE)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("in_force") and not said.get("proposed") and not self.errors:
            self.add_error("proposed", str(_("Write the text in force, the proposed text, or both.")))
        return said

    @staticmethod
    def said(row: LawRow) -> dict[str, Any]:
        """The line in the shape of `initial`."""
        return {name: getattr(row, name) for name in (*LAW_TEXTS, "version")}

    def rows_texts(self) -> dict[str, dict[str, str]]:
        """What the action takes. Only after is_valid()."""
        return {name: self.cleaned_data[name] for name in LAW_TEXTS}


class EndorsementForm(forms.Form):
    """What a State says to a decision."""

    stance = forms.ChoiceField(
        label=_("What the State says"),
        choices=Endorsement.Stance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the State says.")},
    )
    words = forms.CharField(
        label=_("In its words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A reservation needs words."),
    )
    said_on = forms.DateField(
        label=_("Said on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Write the day."), "invalid": _("Write a date such as 2026-05-15.")},
    )
    publication = forms.ChoiceField(label=_("Shown to everybody"), choices=Publication.choices, initial=Publication.HIDDEN)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def __init__(self, *args: Any, seats: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"] = SeatField(seats, label=_("Who says it"))
        self.order_fields(["membership", "stance", "words", "said_on", "publication"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("stance") == Endorsement.Stance.RESERVES and not said.get("words"):
            self.add_error("words", str(_("Say what the reservation is.")))
        return said


class SignedForm(forms.Form):
    """When a State body signed a joint decision, and who signed for it."""

    signed_on = forms.DateField(
        label=_("Signed on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date such as 2026-05-15.")},
    )
    signatory = forms.CharField(label=_("Post of who signed"), required=False, max_length=200)
