"""Forms of bodies, their seats, and persons."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kenesh.kernel.rows import stamp_of
from kenesh.people.actions import BodyFacts, PersonFacts, SeatFacts
from kenesh.people.forms.fields import (
    NOT_IN_LIST,
    NewRow,
    RowChoice,
    Seen,
    country_field,
    day,
    partial_date,
)
from kenesh.people.forms.texts import InLanguages
from kenesh.people.models import Body, Membership, MembershipRole, Organisation, Person, Publication, Standing


class BodyForm(forms.Form):
    all_optional = True

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("", "—"), *Body.Kind.choices],
        error_messages={"required": _("Choose what it is."), **NOT_IN_LIST},
    )
    name = InLanguages(_("Full name"), most=300, rows=2, missing=_("Write the name in at least one language."))
    short_name = InLanguages(_("Short name"), most=80)
    about = InLanguages(_("What is it for?"), most=2000, rows=4, hint=_("Two or three sentences that everybody understands."))
    founded_on = forms.CharField(
        label=_("Founded"),
        help_text=_("As exact as you know: 2021, or 2021-05, or 2021-05-31. Leave it empty if you do not know."),
        required=False,
        max_length=10,
        error_messages={"max_length": _("Write a year, a month or a day such as 2021, 2021-05 or 2021-05-31.")},
    )
    publishes_decisions = forms.BooleanField(
        label=_("Everybody may read its decisions"),
        help_text=_("Tick this only when the body itself has decided so."),
        required=False,
    )

    def __init__(self, *args: Any, body: Body | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Body.objects.exclude(pk=body.pk) if body else Body.objects.all()
        self.fields["parent"] = RowChoice(
            others, label=_("Is it a part of another body?"), empty_label=_("No, it stands alone"), required=False
        )

    def clean_founded_on(self) -> str:
        return partial_date(self.cleaned_data["founded_on"])

    def facts(self) -> BodyFacts:
        """Only after is_valid()."""
        return BodyFacts(**{name: self.cleaned_data[name] for name in BodyFacts.__dataclass_fields__})


class NewBodyForm(BodyForm, NewRow):
    pass


class EditBodyForm(BodyForm, Seen):
    pass


def initial_of_body(body: Body) -> dict[str, Any]:
    """The body as it is now, for EditBodyForm."""
    return {
        **{name: getattr(body, name) for name in ("name", "short_name", "about", "kind")},
        "parent": body.parent.code if body.parent else "",
        "founded_on": body.founded_on,
        "publishes_decisions": body.publishes_decisions,
        "seen": stamp_of(body),
    }


class PersonForm(forms.Form):
    all_optional = True

    name = InLanguages(_("Name"), missing=_("Write the name in at least one language."))
    post = InLanguages(_("Post"), most=300, rows=2, hint=_("For example: head of the department of migration."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = RowChoice(
            Organisation.objects.all(), label=_("Organisation"), empty_label=_("None"), required=False
        )

    def facts(self) -> PersonFacts:
        """Only after is_valid()."""
        return PersonFacts(**{name: self.cleaned_data[name] for name in PersonFacts.__dataclass_fields__})


class NewPersonForm(PersonForm, NewRow):
    pass


class EditPersonForm(PersonForm, Seen):
    """`moves`: whether who fills it in may say that she belongs to another organisation."""

    def __init__(self, *args: Any, moves: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not moves:
            self.fields["organisation"].disabled = True
            self.fields["organisation"].help_text = _(
                "Only the administrator of the node changes it: this person has an account, or sits in another body too."
            )


def initial_of_person(person: Person) -> dict[str, Any]:
    """The person as she is now, for EditPersonForm."""
    organisation = person.organisation.code if person.organisation else ""
    return {"name": person.name, "post": person.post, "organisation": organisation, "seen": stamp_of(person)}


PUBLICATION_HINT = _("To be seen beside some organisations can be dangerous. Ask before you choose more than nothing.")
PUBLICATION_CHOICES = [
    (Publication.HIDDEN, _("Nothing")),
    (Publication.COUNTRY, _("Only the country")),
    (Publication.ORGANISATION, _("Only the organisation")),
    (Publication.NAME, _("The name too")),
]


class SeatForm(forms.Form):
    """How somebody sits in a body."""

    all_optional = True

    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole.choices, initial=MembershipRole.MEMBER)
    standing = forms.ChoiceField(
        label=_("Standing"),
        help_text=_("Members vote, observers speak."),
        choices=Standing.choices,
        initial=Standing.MEMBER,
        widget=forms.RadioSelect,
    )
    since = day(_("Sits since"))
    until = day(_("Sits until"), hint=_("Leave it empty while the end is not known."))
    publication = forms.ChoiceField(
        label=_("What may everybody see of this seat?"),
        help_text=PUBLICATION_HINT,
        choices=PUBLICATION_CHOICES,
        initial=Publication.HIDDEN,
        widget=forms.RadioSelect,
    )
    alternate_publication = forms.ChoiceField(
        label=_("What may everybody see of the alternate?"),
        choices=PUBLICATION_CHOICES,
        initial=Publication.HIDDEN,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alternate"] = RowChoice(
            Person.objects.select_related("organisation"),
            label=_("Alternate"),
            help_text=_("Who speaks for this seat when its holder cannot come."),
            empty_label=_("Nobody"),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["alternate_publication"] = cleaned.get("alternate_publication") or Publication.HIDDEN
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the day on which the seat began."))
        return cleaned

    def facts(self) -> SeatFacts:
        """Only after is_valid()."""
        return SeatFacts(**{name: self.cleaned_data[name] for name in SeatFacts.__dataclass_fields__})


class NewSeatForm(SeatForm):
    """A seat with who sits on it: a person, an organisation, or a State."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = RowChoice(
            Person.objects.select_related("organisation"),
            label=_("Person"),
            help_text=_("Enter the person first when she is not in this list."),
            required=False,
        )
        self.fields["organisation"] = RowChoice(
            Organisation.objects.all(),
            label=_("Organisation"),
            help_text=_("The organisation that sits there, or for which the person sits."),
            required=False,
        )
        self.fields["country"] = country_field(
            _("State"), "—", hint=_("Only when the State itself sits there, without a person and an organisation.")
        )
        self.order_fields(["person", "organisation", "country"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        somebody = cleaned.get("person") or cleaned.get("organisation")
        if not somebody and not cleaned.get("country"):
            self.add_error("person", _("Choose a person, an organisation or a State."))
        if cleaned.get("alternate") and cleaned["alternate"] == cleaned.get("person"):
            self.add_error("alternate", _("The alternate must be somebody else."))
        ended = cleaned["organisation"].ended_on if cleaned.get("organisation") else None
        if ended and not (cleaned.get("until") and cleaned["until"] <= ended):
            self.add_error(
                "until", _("This organisation exists no more. Write until when it sat there, or choose the one that followed it.")
            )
        if somebody and cleaned.get("country"):
            self.add_error("country", _("Choose a State only when neither a person nor an organisation sits there."))
        return cleaned


class EditSeatForm(SeatForm, Seen):
    """`decided`: of "standing" and "role" what the body has changed already, which stays here; else the form corrects a first entry."""

    def __init__(self, *args: Any, seat: Membership, decided: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat = seat
        for name in decided:
            self.fields[name].disabled = True

    def clean_alternate(self) -> Person | None:
        alternate: Person | None = self.cleaned_data["alternate"]
        if alternate is not None and alternate.pk == self.seat.person_id:
            raise forms.ValidationError(_("The alternate must be somebody else."))
        return alternate


def initial_of_seat(seat: Membership) -> dict[str, Any]:
    """The seat as it is now, for EditSeatForm."""
    now = {name: getattr(seat, name) for name in SeatFacts.__dataclass_fields__}
    return {**now, "alternate": seat.alternate.code if seat.alternate else "", "seen": stamp_of(seat)}


class EndSeatForm(forms.Form):
    """The last day of a seat."""

    last_day = day(_("The last day"), required=True, missing=_("Write the last day on which the seat is held."))

    def __init__(self, *args: Any, since: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = since

    def clean_last_day(self) -> date:
        until: date = self.cleaned_data["last_day"]
        if self.since and until < self.since:
            raise forms.ValidationError(_("This day lies before the day on which the seat began."))
        return until
