"""Recommendations with what came of them, and organisations that public pages name, for other programs."""

from ninja import Router

from kenesh.followup.api import organisations, recommendations

router = Router()
for each in (recommendations.router, organisations.router):
    router.add_router("", each)

__all__ = ["router"]
