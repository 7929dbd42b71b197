"""What may be done with the thesaurus. Who holds it stands in `people/rules.py`: accounts and their roles lie above this room."""

from __future__ import annotations

from kenesh.kernel import access


class Permission(access.Permission):
    PROPOSE_LABEL = "propose a name or a synonym for a concept, and read what others proposed and what nobody found"
    DECIDE_LABEL = "confirm or reject what another person proposed"
