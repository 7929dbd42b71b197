"""Changing legal time limits: every change is a new version, the old one stays readable. And addresses of calendars."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from kenesh.casework.models import CalendarLink, LegalLimit
from kenesh.kernel import trail, vault
from kenesh.kernel.codes import new_code
from kenesh.people.models import User


class ChangedByOther(Exception):
    """Somebody else saved a newer version since this one was read."""


_NOT_COPIED = {"id", "version", "current", "seed", "confirmed_by", "confirmed_on", "changed_by", "changed_on", "code"}


def add_limit(*, fields: dict[str, Any], key: uuid.UUID, by: User) -> LegalLimit:
    """A limit that was not in the list, not confirmed by a lawyer yet. The same form sent twice adds it once."""
    if made := LegalLimit.objects.filter(uid=key).first():
        return made
    code = f"{fields['countries'][0].lower()}-{new_code()}"
    try:
        with transaction.atomic():
            row = LegalLimit.objects.create(uid=key, code=code, changed_by=by, changed_on=timezone.localdate(), **fields)
            trail.record(verb="add_limit", target=_target(row), by=by)
    except IntegrityError:  # sent twice at the same moment
        return LegalLimit.objects.get(uid=key)
    return row


def change_limit(*, limit: LegalLimit, fields: dict[str, Any], by: User) -> LegalLimit:
    """A new version with these fields; what a lawyer confirmed was the old text. Raises ChangedByOther."""
    copied = {name: value for name, value in model_to_dict(limit).items() if name not in _NOT_COPIED}
    return _new_version(limit, {**copied, **fields}, verb="change_limit", by=by)


def confirm_limit(*, limit: LegalLimit, lawyer: str, by: User) -> LegalLimit:
    """Marks the text as confirmed by a lawyer, named, today: a version of its own. Raises ChangedByOther."""
    copied = {name: value for name, value in model_to_dict(limit).items() if name not in _NOT_COPIED}
    fields = {**copied, "confirmed_by": lawyer, "confirmed_on": timezone.localdate()}
    return _new_version(limit, fields, verb="confirm_limit", by=by)


def use_version(*, limit: LegalLimit, by: User) -> None:
    """Takes an older version, or the one that came with the program, into use."""
    with transaction.atomic():
        LegalLimit.objects.filter(code=limit.code, current=True).update(current=False)
        LegalLimit.objects.filter(pk=limit.pk).update(current=True)
        trail.record(verb="use_limit", target=_target(limit), by=by)


def _new_version(limit: LegalLimit, fields: dict[str, Any], *, verb: str, by: User) -> LegalLimit:
    with transaction.atomic():
        versions = list(LegalLimit.objects.select_for_update().filter(code=limit.code).order_by("version"))
        if not any(row.pk == limit.pk and row.current for row in versions):
            raise ChangedByOther
        LegalLimit.objects.filter(pk=limit.pk).update(current=False)
        number = versions[-1].version + 1
        row = LegalLimit.objects.create(
            code=limit.code, version=number, seed="", changed_by=by, changed_on=timezone.localdate(), **fields
        )
        trail.record(verb=verb, target=_target(row), by=by)
    return row


def _target(limit: LegalLimit) -> str:
    return f"limit:{limit.code}@{limit.version}"


def make_calendar_link(*, user: User, whose: CalendarLink.Whose) -> str:
    """A new secret token of 192 bits, given this once; kept hashed."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        CalendarLink.objects.create(
            user=user, whose=whose, token_hash=vault.link_hash(settings.SECRETS.pepper, token), made_on=timezone.localdate()
        )
        trail.record(verb="make_calendar_link", target=user.trail_name, by=user)
    return token


def revoke_calendar_link(*, link: CalendarLink, by: User) -> None:
    with transaction.atomic():
        if CalendarLink.objects.filter(pk=link.pk, revoked_on__isnull=True).update(revoked_on=timezone.localdate()):
            trail.record(verb="revoke_calendar_link", target=by.trail_name, by=by)
