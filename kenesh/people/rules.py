"""Who may do what with people and organisations; and what a role is, for the tables of the areas above."""

from __future__ import annotations

from kenesh.kernel import access
from kenesh.people.models import Role, RoleHeld, User
from kenesh.themes.rules import Permission as ThemesPermission


class Permission(access.Permission):
    USE_ACCOUNT = "use one's own account"
    SEE_COLLEAGUES = "see who works in one's organisation and who holds its key"
    MANAGE_ACCOUNTS = "add accounts to one's organisation and close them"
    GIVE_KEYS = "give the organisation's key to a colleague"
    KEEP_KEYS = "make, renew and recover the key of one's office"
    MANAGE_COLLEAGUES = "give and take roles of other accounts, set a start password, close them, as far as one administers them"
    FILL_NODE = "enter organisations, bodies, their seats and persons"
    KEEP_BODIES = "keep seats, founding and chair of one's bodies, enter persons, and correct how those who sit there are spelled"
    KEEP_PROJECTS = "keep projects of one's bodies and report on them to the donor"
    KEEP_ADDRESS_BOOK = "keep the address book of one's bodies and of all secretaries, and write to those in it"
    MANAGE_ALL_ACCOUNTS = "see every account of the node and make new ones"
    READ_TRAIL = "read what was done on the node"


def roles_of(user: User) -> list[RoleHeld]:
    """The account's roles, read once for each request."""
    known: list[RoleHeld] | None = user.__dict__.get("_roles_read")
    if known is None:
        known = list(user.roles.all())
        user.__dict__["_roles_read"] = known
    return known


def plays(user: User, *roles: Role) -> bool:
    """Whether the account has one of these roles anywhere."""
    return any(held.role in roles for held in roles_of(user))


def organisations_as(user: User, *roles: Role) -> set[int]:
    """Ids of the organisations in which the account has one of these roles."""
    return {held.organisation_id for held in roles_of(user) if held.role in roles and held.organisation_id}


def bodies_as(user: User, *roles: Role) -> set[int]:
    """Ids of the bodies in which the account has one of these roles."""
    return {held.body_id for held in roles_of(user) if held.role in roles and held.body_id}


def keeps_body(user: User, body_id: int) -> bool:
    """Whether the account keeps this body: the node's administrator any, a secretary her own."""
    return plays(user, Role.NODE_ADMIN) or body_id in bodies_as(user, Role.COUNCIL_SECRETARY)


def administers_role(user: User, held: RoleHeld) -> bool:
    """Whether this account may give or take this role: the node's administrator any, an organisation's its own two."""
    return plays(user, Role.NODE_ADMIN) or held.organisation_id in organisations_as(user, Role.ORGANISATION_ADMIN)


def administers_whole(user: User, account: User) -> bool:
    """Whether this account may close the other and set it a start password: only who administers all of its roles, since
    whoever knows the start password may do all that the account may."""
    return user.pk != account.pk and (
        plays(user, Role.NODE_ADMIN) or all(administers_role(user, held) for held in account.roles.all())
    )


TABLE = access.rule_table(
    {
        Permission.USE_ACCOUNT: lambda user: True,
        Permission.SEE_COLLEAGUES: lambda user: plays(user, Role.ORGANISATION_ADMIN, Role.CASEWORKER),
        Permission.MANAGE_ACCOUNTS: lambda user: plays(user, Role.ORGANISATION_ADMIN),
        Permission.GIVE_KEYS: lambda user: plays(user, Role.CASEWORKER),
        Permission.KEEP_KEYS: lambda user: plays(user, Role.CASEWORKER),
        Permission.MANAGE_COLLEAGUES: lambda user: plays(user, Role.ORGANISATION_ADMIN, Role.NODE_ADMIN),
        Permission.FILL_NODE: lambda user: plays(user, Role.NODE_ADMIN),
        Permission.KEEP_BODIES: lambda user: plays(user, Role.NODE_ADMIN, Role.COUNCIL_SECRETARY),
        Permission.KEEP_PROJECTS: lambda user: plays(user, Role.NODE_ADMIN, Role.COUNCIL_SECRETARY),
        Permission.KEEP_ADDRESS_BOOK: lambda user: plays(user, Role.COUNCIL_SECRETARY),
        Permission.MANAGE_ALL_ACCOUNTS: lambda user: plays(user, Role.NODE_ADMIN),
        Permission.READ_TRAIL: lambda user: plays(user, Role.NODE_ADMIN),
        # The room of themes lies below this one and knows no roles.
        ThemesPermission.PROPOSE_LABEL: lambda user: plays(
            user, Role.EDITOR, Role.COUNCIL_SECRETARY, Role.ORGANISATION_ADMIN, Role.CASEWORKER
        ),
        ThemesPermission.DECIDE_LABEL: lambda user: plays(user, Role.EDITOR, Role.COUNCIL_SECRETARY),
    }
)
