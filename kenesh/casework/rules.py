"""Who may do what with cases. This opens pages only: reading a case takes its key."""

from __future__ import annotations

from kenesh.kernel import access
from kenesh.people.models import Role
from kenesh.people.rules import plays


class Permission(access.Permission):
    WORK_ON_CASES = "see the queue of one's office and work on its cases"


TABLE = access.rule_table({Permission.WORK_ON_CASES: lambda user: plays(user, Role.CASEWORKER)})
