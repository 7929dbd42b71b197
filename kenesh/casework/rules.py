"""Who may do what with cases. This opens pages only: reading a case takes its key."""

from __future__ import annotations

from kenesh.kernel import access
from kenesh.people.models import Role
from kenesh.people.rules import plays


class Permission(access.Permission):
    WORK_ON_CASES = "see the queue of one's office and work on its cases"
    SEE_STATISTICS = "count one's office by the indicators of donors, exactly, and take the figures out"
    CLOSE_OFFICE = "bring the closing of one's office to its end"
    SEE_LIMITS = "read the legal time limits of the node"
    EDIT_LIMITS = "change the legal time limits of the node"
    CONFIRM_LIMITS = "note that a lawyer has confirmed a legal time limit"


TABLE = access.rule_table(
    {
        Permission.WORK_ON_CASES: lambda user: plays(user, Role.CASEWORKER),
        Permission.SEE_STATISTICS: lambda user: plays(user, Role.CASEWORKER),
        Permission.CLOSE_OFFICE: lambda user: plays(user, Role.CASEWORKER, Role.ORGANISATION_ADMIN),
        Permission.SEE_LIMITS: lambda user: plays(user, Role.CASEWORKER, Role.EDITOR, Role.NODE_ADMIN),
        Permission.EDIT_LIMITS: lambda user: plays(user, Role.EDITOR, Role.NODE_ADMIN),
        Permission.CONFIRM_LIMITS: lambda user: plays(user, Role.CASEWORKER, Role.EDITOR, Role.NODE_ADMIN),
    }
)
