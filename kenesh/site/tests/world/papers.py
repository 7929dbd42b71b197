"""A document that is read, and what the public interface names."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone


def a_batch(document: Any, chynara: Any) -> tuple[Any, Any]:
    """Two files on their way into the library, one of them refused; and a document that resembles the one that is there."""
    from kenesh.library import actions, originals
    from kenesh.library.models import Document

    files = [actions.Brought("a.txt", [b"text"]), actions.Brought("b.pdf", [], "The file is larger than 20 MB.")]
    batch = actions.bring(files=files, key=uuid.uuid4(), by=chynara)
    name, _size = originals.keep(["Пресс-релиз".encode()])
    version = Document.objects.create(
        source="v2.txt", title="Пресс-релиз", language="ru", text=f"{document.text} Исправлено.", sha256="f" * 64,
        imported_on=timezone.localdate(), resembles=document, resemblance=0.9, original=name,
    )  # fmt: skip
    return batch, version


def of_interface(*, meeting: Any, decision: Any, problem: Any, document: Any, recommendation: Any) -> dict[str, dict[str, Any]]:
    """Addresses under /api/v1/. Nobody in this world sits anywhere by name, and no decision was taken by vote."""
    things = {"event": meeting, "decision": decision, "motion": decision.proposal, "problem": problem, "document": document}
    things |= {"recommendation": recommendation, "vote_event": decision, "organization": meeting.body}
    named: dict[str, dict[str, Any]] = {f"api:{name}": {"code": thing.code} for name, thing in things.items()}
    named |= {"api:person": {"code": "bcdfghjk"}, "api:membership": {"membership": f"{meeting.body.code}-00000000"}}
    named |= {f"api:{name}_table": {"form": "csv"} for name in ("decisions", "recommendations", "problems", "counts", "trends")}
    named |= {f"council:{name}": {"code": meeting.body.code} for name in ("body_calendar", "decisions_feed")}
    return named | {"api:area": {"code": "KG"}, "api:nothing": {"rest": "nothing"}, "meeting_feed:feed": {"token": "x"}}
