"""How a person may be reached, as a part of what is handed to another office: its rules go with her number, or it is told to ask."""

from __future__ import annotations

import uuid
from typing import Any

from kenesh.appeals import actions as appeals
from kenesh.appeals import contact
from kenesh.appeals.models import Status as AppealStatus
from kenesh.appeals.opening import OpenAppeal
from kenesh.appeals.queries import StatusView
from kenesh.casework.models import Origin, Referral
from kenesh.casework.opening import Body, OpenCase


def handed_over(opened: OpenCase) -> Body:
    """What came with the referral from which a case was opened; {} where nothing did."""
    row = Origin.objects.filter(case=opened.case).first()
    return dict(opened.open(row).body.get("contact") or {}) if row is not None else {}


def of_referred(opened: OpenCase) -> dict[str, Any] | None:
    """Of a case that came by a referral: how the person may be reached (`told`), else the `office` that knows it, and whether
    the referral has `ended` since. None for another case."""
    row = Origin.objects.filter(case=opened.case).first()
    if row is None:
        return None
    body = opened.open(row).body
    referral = Referral.objects.filter(uid=uuid.UUID(body["referral"])).select_related("from_office", "appeal").first()
    office = referral.from_office if referral else None
    told = as_told(body["contact"]) if body.get("contact") else []
    return {"told": told, "office": office, "ended": _ended(referral)}


def _ended(referral: Referral | None) -> str:
    """Why nothing more may be done on the ground of it: taken back by her or by the sender, or gone with what it was a part of."""
    if referral is None:
        return "gone"
    if referral.appeal is not None and referral.appeal.status == AppealStatus.ERASING:
        return "gone"
    return "taken_back" if referral.state == Referral.State.WITHDRAWN else ""


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
