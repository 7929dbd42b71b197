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
from kenesh.people.forms.signing import (
    AnotherFactorForm,
    ChangePasswordForm,
    FactorForm,
    NewFactorForm,
    NewPassword,
    SignInForm,
    StartPasswordForm,
    UnlockForm,
)

__all__ = [
    "AccountFilter",
    "AddAccountForm",
    "AdmitForm",
    "AnotherFactorForm",
    "ChangePasswordForm",
    "CloseForm",
    "FactorForm",
    "MakeKeyForm",
    "NewAccountForm",
    "NewFactorForm",
    "NewPassword",
    "PersonOfAccountForm",
    "RecoveryForm",
    "RoleForm",
    "SignInForm",
    "StartPasswordForm",
    "UnlockForm",
]
