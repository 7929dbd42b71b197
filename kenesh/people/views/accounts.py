"""Other people's accounts: for the node's administrator all of them, for an organisation's those of its colleagues."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from kenesh.kernel.access import holds, requires
from kenesh.kernel.stretching import Busy
from kenesh.people import actions, queries, rules
from kenesh.people.forms import AccountFilter, CloseForm, NewAccountForm, PersonOfAccountForm, RoleForm, StartPasswordForm
from kenesh.people.middleware import keyring_or_none, person_of
from kenesh.people.models import Organisation, Role, User
from kenesh.people.rules import Permission
from kenesh.people.views.signing import refusal


@requires(Permission.MANAGE_ALL_ACCOUNTS)
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts of the node with their roles, newest first."""
    form = AccountFilter(request.GET)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    page = queries.accounts_of_the_node(
        role=data["role"], closed=data["closed"], words=data["words"].strip(), after=request.GET.get("after", "")
    )
    return render(request, "people/accounts.html", {"page": page, "filter": form})


@requires(Permission.MANAGE_ALL_ACCOUNTS)
@sensitive_post_parameters()
def new_account(request: HttpRequest) -> HttpResponse:
    """An account with any role."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.add_account(
                uid=data["key"],
                email=data["email"],
                name=data["name"],
                password=data["new"],
                language=data["language"],
                place=form.place(),
                person=data["person"],
                by=person_of(request),
            )
        except actions.AlreadyThere:
            form.add_error("email", _("There is an account with this address already."))
        except actions.PersonTaken:
            form.add_error("person", _("This person has an account already."))
        except Busy as why:
            form.add_error(None, refusal(why))
        else:
            messages.success(request, _("The account is made. Tell your colleague the address and the password by voice."))
            return _to(made)
    return render(request, "people/new_account.html", {"form": form})


def _to(account: User) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("people_work:colleague", args=[account.uid]))


@requires(Permission.MANAGE_COLLEAGUES)
@require_safe
def colleague(request: HttpRequest, user_uid: uuid.UUID) -> HttpResponse:
    """One account: its roles, and what can be done with it."""
    return _detail(request, queries.account_to_manage(person_of(request), user_uid))


def _detail(request: HttpRequest, account: User, form: RoleForm | PersonOfAccountForm | None = None) -> HttpResponse:
    user = person_of(request)
    roles = [held for held in account.roles.all() if rules.administers_role(user, held)]
    all_accounts = holds(user, Permission.MANAGE_ALL_ACCOUNTS)
    open_form = PersonOfAccountForm(person=account.person) if all_accounts and account.is_active else None
    context = {
        "account": account,
        "roles": roles,
        "elsewhere": len(roles) < len(account.roles.all()),
        "all_accounts": all_accounts,
        "may_end": account.is_active and rules.administers_whole(user, account),
        "role_form": form if isinstance(form, RoleForm) else _role_form(user) if account.is_active else None,
        "person_form": form if isinstance(form, PersonOfAccountForm) else open_form,
        "form": form,
    }
    return render(request, "people/colleague.html", context)


def _role_form(user: User, data: object = None) -> RoleForm:
    if holds(user, Permission.MANAGE_ALL_ACCOUNTS):
        return RoleForm(data)
    mine = rules.organisations_as(user, Role.ORGANISATION_ADMIN)
    return RoleForm(data, organisations=Organisation.objects.filter(pk__in=mine))


@requires(Permission.MANAGE_COLLEAGUES)
@require_POST
def give_role(request: HttpRequest, user_uid: uuid.UUID) -> HttpResponse:
    """One more role for this account."""
    user = person_of(request)
    account = _open_account(user, user_uid)
    form = _role_form(user, request.POST)
    if not form.is_valid():
        return _detail(request, account, form)
    place = form.place()
    try:
        actions.give_role(user=account, role=place.role, organisation=place.organisation, body=place.body, by=user)
    except actions.RolesApart:
        form.add_error(
            "role",
            _("Who administers the node or edits public pages must not read appeals. Make a second account for the other role."),
        )
        return _detail(request, account, form)
    messages.success(request, _("The role is given."))
    return _to(account)


def _open_account(user: User, uid: uuid.UUID) -> User:
    """Raises Http404 for a closed one too."""
    account = queries.account_to_manage(user, uid)
    if not account.is_active:
        raise Http404
    return account


@requires(Permission.MANAGE_COLLEAGUES)
@require_POST
def take_role(request: HttpRequest, user_uid: uuid.UUID, pk: int) -> HttpResponse:
    """Takes a role back. One that is gone already stays gone."""
    user = person_of(request)
    account = queries.account_to_manage(user, user_uid)
    held = account.roles.select_related("organisation", "body").filter(pk=pk).first()
    if held is not None:
        if not rules.administers_role(user, held):
            raise Http404
        try:
            _say_renewed(request, actions.take_role(held=held, by=user, keyring=keyring_or_none(request)))
        except actions.LastAdministrator:
            messages.error(request, _("The node needs one administrator who can sign in."))
            return _to(account)
    messages.success(request, _("The role is taken back."))
    still_mine = holds(user, Permission.MANAGE_ALL_ACCOUNTS) or any(
        rules.administers_role(user, other) for other in account.roles.exclude(pk=pk)
    )
    return _to(account) if still_mine else HttpResponseRedirect(reverse("people_work:colleagues"))


@requires(Permission.MANAGE_ALL_ACCOUNTS)
@require_POST
def set_person(request: HttpRequest, user_uid: uuid.UUID) -> HttpResponse:
    """Which person of the councils this account is."""
    user = person_of(request)
    account = _open_account(user, user_uid)
    form = PersonOfAccountForm(request.POST, person=account.person)
    if not form.is_valid():
        return _detail(request, account, form)
    try:
        actions.set_person(user=account, person=form.cleaned_data["person"], by=user)
    except actions.PersonTaken:
        form.add_error("person", _("This person has an account already."))
        return _detail(request, account, form)
    messages.success(request, _("Saved."))
    return _to(account)


def _account_to_end(user: User, uid: uuid.UUID) -> User:
    """Raises Http404 for an account of which somebody else administers a role too."""
    account = queries.account_to_manage(user, uid)
    if not rules.administers_whole(user, account):
        raise Http404
    return account


@requires(Permission.MANAGE_COLLEAGUES)
def close(request: HttpRequest, user_uid: uuid.UUID) -> HttpResponse:
    """Closes an account, after saying what that means."""
    user = person_of(request)
    account = _account_to_end(user, user_uid)
    if not account.is_active:
        return HttpResponseRedirect(_back(user))
    losing = queries.organisations_that_lose_a_holder(account)
    data = request.POST if request.method == "POST" else None
    form = CloseForm(data, alone=any(holders == 0 for _organisation, holders in losing))
    if request.method == "POST" and form.is_valid():
        try:
            renewed = actions.close_account(user=account, by=user, keyring=keyring_or_none(request))
        except actions.LastAdministrator:
            messages.error(request, _("The node needs one administrator who can sign in."))
        else:
            messages.success(request, _("The account is closed."))
            _say_renewed(request, renewed)
        return HttpResponseRedirect(_back(user))
    return render(request, "people/close_account.html", {"form": form, "account": account, "losing": losing})


def _say_renewed(request: HttpRequest, organisations: list[Organisation]) -> None:
    for organisation in organisations:
        text = _("The key of %(office)s is new now. Print its new recovery key on the page of colleagues.")
        messages.warning(request, text % {"office": organisation})


def _back(user: User) -> str:
    return reverse("people_work:accounts" if holds(user, Permission.MANAGE_ALL_ACCOUNTS) else "people_work:colleagues")


@requires(Permission.MANAGE_COLLEAGUES)
@sensitive_post_parameters()
def start_password(request: HttpRequest, user_uid: uuid.UUID) -> HttpResponse:
    """A new start password for who has forgotten hers; it opens no case."""
    user = person_of(request)
    account = _account_to_end(user, user_uid)
    if not account.is_active:
        raise Http404
    losing = queries.organisations_that_lose_a_holder(account)
    form = StartPasswordForm(request.POST or None, initial={"seen": queries.fingerprint_of(account)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.reset_password(user=account, seen=data["seen"], new=data["new"], by=user)
        except actions.ChangedMeanwhile:
            messages.info(request, _("A start password was set for this account already."))
            return _to(account)
        except Busy as why:
            form.add_error(None, refusal(why))
        else:
            messages.success(
                request, _("The start password is set. Tell it by voice. A holder of the key must give the key again.")
            )
            return _to(account)
    return render(request, "people/start_password.html", {"form": form, "account": account, "losing": losing})
