"""Forms of other people's accounts and their roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kenesh.people.actions import Place
from kenesh.people.forms.fields import NOT_IN_LIST, NewAccountKey, RowChoice
from kenesh.people.forms.signing import NewPassword
from kenesh.people.models import Body, Organisation, Person, Role
from kenesh.people.models.accounts import OF_A_BODY, OF_AN_ORGANISATION


class _Account(NewPassword, NewAccountKey):
    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Write the name.")})
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write an e-mail address such as name@example.org."),
        },
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class AddAccountForm(_Account):
    """An account in one organisation."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, role.label) for role in (Role.CASEWORKER, Role.ORGANISATION_ADMIN)]
    )
    field_order = ("name", "email", "language", "role", "new", "again", "key")


class RoleForm(forms.Form):
    """A role, and where it is held."""

    all_optional = True  # which of the two places must be chosen depends on the role: their hints say so

    def __init__(self, *args: Any, organisations: QuerySet[Organisation] | None = None, **kwargs: Any) -> None:
        """`organisations`: those of an organisation's administrator, who gives no other roles; None for the node's."""
        super().__init__(*args, **kwargs)
        self.own_only = organisations is not None
        roles = OF_AN_ORGANISATION if self.own_only else tuple(Role)
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"),
            choices=[("", "—"), *((role.value, role.label) for role in roles)],
            error_messages={"required": _("Choose a role."), **NOT_IN_LIST},
        )
        offices = Organisation.objects.filter(ended_on__isnull=True) if organisations is None else organisations
        self.fields["organisation"] = RowChoice(
            offices,
            label=_("In which organisation?"),
            help_text="" if self.own_only else _("Only for caseworkers and administrators of an organisation."),
            required=False,
        )
        if not self.own_only:
            self.fields["body"] = RowChoice(
                Body.objects.all(),
                label=_("In which council or other body?"),
                help_text=_("Only for secretaries and members of a council."),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        role = cleaned.get("role")
        if role in OF_AN_ORGANISATION and not cleaned.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", _("Choose the organisation in which this role is held."))
        if role in OF_A_BODY and not cleaned.get("body") and "body" not in self.errors:
            self.add_error("body", _("Choose the body in which this role is held."))
        return cleaned

    def place(self) -> Place:
        """Only after is_valid()."""
        role = Role(self.cleaned_data["role"])
        organisation = self.cleaned_data["organisation"] if role in OF_AN_ORGANISATION else None
        return Place(role, organisation, self.cleaned_data["body"] if role in OF_A_BODY else None)


class PersonOfAccountForm(forms.Form):
    """Which person of the bodies an account is. One who has another account is refused by the action."""

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        """`person`: whom the account is now."""
        super().__init__(*args, **kwargs)
        self.fields["person"] = RowChoice(
            Person.objects.select_related("organisation"),
            label=_("Which person of the councils is this?"),
            help_text=_("A member who votes needs this. Leave it empty for everybody else."),
            required=False,
            initial=person.code if person else None,
        )


class NewAccountForm(_Account, RoleForm, PersonOfAccountForm):
    """An account with any role on the node."""

    field_order = ("name", "email", "language", "role", "organisation", "body", "person", "new", "again", "key")


class CloseForm(forms.Form):
    """`sure` is asked when nobody else holds a key."""

    sure = forms.BooleanField(
        label=_("I know that only the printed recovery key opens the cases after this"),
        error_messages={"required": _("Say that you know this, or give the key to a colleague first.")},
    )

    def __init__(self, *args: Any, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not alone:
            del self.fields["sure"]


class AccountFilter(forms.Form):
    all_optional = True

    words = forms.CharField(label=_("Name or address"), required=False, max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("All roles")), *Role.choices], required=False)
    closed = forms.BooleanField(label=_("Closed accounts"), required=False)
