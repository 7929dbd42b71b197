"""Who may do what in the library: editors of the node and secretaries of councils bring documents in and check them."""

from __future__ import annotations

from kenesh.kernel import access
from kenesh.people.models import Role
from kenesh.people.rules import plays


class Permission(access.Permission):
    KEEP_LIBRARY = "bring documents into the library, and confirm what was read in them"


TABLE = access.rule_table({Permission.KEEP_LIBRARY: lambda user: plays(user, Role.EDITOR, Role.COUNCIL_SECRETARY)})
