"""Logging contacts: counted, never named."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from kenesh.casework.models import Contact
from kenesh.kernel import trail
from kenesh.people.models import Organisation, User


def log_contact(*, by: User, office: Organisation, facts: dict[str, Any], key: uuid.UUID) -> Contact:
    """`facts`: channel, theme, origin, destination, sex, minutes, result, day. The same form sent twice logs one."""
    with transaction.atomic():
        contact, new = Contact.objects.get_or_create(
            request_key=key, defaults={"day": timezone.localdate(), **facts, "office": office, "by": by}
        )
        if new:
            trail.record(verb="log_contact", target=f"contact:{contact.uid.hex}", by=by, chain=office.chain)
    return contact


def undo_contact(*, by: User, uid: uuid.UUID) -> bool:
    """Takes back a contact that this account has logged; False when there is none."""
    with transaction.atomic():
        contact = Contact.objects.select_for_update(of=("self",)).select_related("office").filter(uid=uid, by=by).first()
        if contact is None:
            return False
        chain = contact.office.chain
        contact.delete()
        trail.record(verb="undo_contact", target=f"contact:{uid.hex}", by=by, chain=chain)
    return True
