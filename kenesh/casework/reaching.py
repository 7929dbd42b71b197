"""How a person may be reached, as a part of what is handed to another office: its rules go with her number, or it is told to ask."""

from __future__ import annotations

import uuid
from typing import Any

from kenesh.appeals import actions as appeals
from kenesh.appeals import contact
from kenesh.appeals.opening import OpenAppeal
from kenesh.appeals.queries import StatusView
from kenesh.casework.models import Origin, Referral
from kenesh.casework.opening import Body, OpenCase


def handed_over(opened: OpenCase) -> Body:
    """What came with the referral from which a case was opened; {} where nothing did."""
    row = Origin.objects.filter(case=opened.case).first()
    return dict(opened.open(row).body.get("contact") or {}) if row is not None else {}


def of_referred(opened: OpenCase) -> dict[str, Any] | None:
    """Of a case that came by a referral: how the person may be reached, else the office that knows it. None for another case."""
    row = Origin.objects.filter(case=opened.case).first()
    if row is None:
        return None
    body = opened.open(row).body
    if body.get("contact"):
        return {"told": as_told(body["contact"])}
    referral = Referral.objects.filter(uid=uuid.UUID(body["referral"])).select_related("from_office").first()
    return {"office": referral.from_office if referral else None}


def to_hand(opened: OpenCase, told: list[OpenAppeal], whose: str) -> Body:
    """The person's newest words on how to reach her. `told`: the case's appeals; `whose`: the code of the one that is asked."""
    own = next((one for one in told if one.appeal.code == whose), None)
    if own is None:
        return handed_over(opened)
    known = appeals.current_contact(own)
    body = {name: known[name] for name in contact.FIELDS if name in known}
    if known.get("theme") == contact.CALL_ME:
        body.setdefault("answer_how", contact.CALL)
    if phone := known.get("phone") or known.get("danger_phone"):
        body["phone"] = phone
    if zone := contact.zone_of(known):
        body["call_zone"] = zone  # her clock, without the country that says it
    return body


def as_told(body: Body) -> list[dict[str, Any]]:
    """For `casework/_safe_contact.html`, which asks an appeal otherwise; nothing for what says nothing."""
    return [{"answers": body, "view": StatusView()}] if body else []
