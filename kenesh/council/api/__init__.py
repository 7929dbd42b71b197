"""Who sits in bodies, what they met about and decided, for other programs; in the shape of Popolo where it has one."""

from ninja import Router

from kenesh.council.api import decisions, meetings, members

router = Router()
for each in (members.router, meetings.router, decisions.router):
    router.add_router("", each)

__all__ = ["router"]
