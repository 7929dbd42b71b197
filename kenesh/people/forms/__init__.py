"""Forms of accounts, keys, organisations, bodies and persons."""

from kenesh.people.forms.accounts import (
    AccountFilter,
    AddAccountForm,
    CloseForm,
    NewAccountForm,
    PersonOfAccountForm,
    RoleForm,
)
from kenesh.people.forms.keys import AdmitForm, MakeKeyForm, RecoveryForm
from kenesh.people.forms.signing import ChangePasswordForm, NewPassword, SignInForm, StartPasswordForm, UnlockForm

__all__ = [
    "AccountFilter",
    "AddAccountForm",
    "AdmitForm",
    "ChangePasswordForm",
    "CloseForm",
    "MakeKeyForm",
    "NewAccountForm",
    "NewPassword",
    "PersonOfAccountForm",
    "RecoveryForm",
    "RoleForm",
    "SignInForm",
    "StartPasswordForm",
    "UnlockForm",
]
