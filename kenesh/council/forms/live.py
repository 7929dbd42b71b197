"""Forms of the chair's page and of the phone: the list of speakers, motions of procedure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.council.forms.proposals import SeatField
from kenesh.council.models import ProcedureMotion
from kenesh.people.models import Membership, Publication
from kenesh.problems.models import new_request_key

MOST_MINUTES = 60
MOST_HANDS = 100_000


class SpeakerForm(forms.Form):
    """Somebody in the room raised a hand: a seat, or a guest by name."""

    guest = forms.CharField(label=_("Or a guest"), required=False, max_length=200)
    point_of_order = forms.BooleanField(label=_("A point of order"), required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def __init__(self, *args: Any, seats: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat = SeatField(seats, label=_("Who"), required=False)
        seat.choices = [("", _("Nobody of the members")), *((str(one.pk), str(one)) for one in seats)]
        self.fields = {"seat": seat, **self.fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("seat") and not said.get("guest", "").strip():
            raise forms.ValidationError(_("Choose a member, or write the name of a guest."))
        return said


class TimeForm(forms.Form):
    minutes = forms.IntegerField(
        label=_("Minutes for each speech"),
        min_value=0,
        max_value=MOST_MINUTES,
        help_text=_("0 means no limit."),
        error_messages={"required": _("Write a number of minutes."), "invalid": _("Write a number of minutes.")},
    )


class MotionForm(forms.Form):
    """A motion of procedure: what it asks for, with words where it is something else."""

    kind = forms.ChoiceField(
        label=_("Motion of procedure"),
        choices=ProcedureMotion.Kind.choices,
        error_messages={"required": _("Choose what the motion asks for.")},
    )
    words = forms.CharField(label=_("In words, if it is something else"), required=False, max_length=500)
    key = forms.CharField(widget=forms.HiddenInput, max_length=32, initial=new_request_key)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("kind") == ProcedureMotion.Kind.OTHER and not said.get("words", "").strip():
            self.add_error("words", str(_("Write what the motion asks for.")))
        return said


class HandsForm(forms.Form):
    """Hands that were counted."""

    hands_for = forms.IntegerField(label=_("For"), min_value=0, max_value=MOST_HANDS)
    hands_against = forms.IntegerField(label=_("Against"), min_value=0, max_value=MOST_HANDS)
    hands_abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=MOST_HANDS)


class ShownForm(forms.Form):
    publication = forms.ChoiceField(label=_("Shown to everybody"), choices=Publication.choices)
