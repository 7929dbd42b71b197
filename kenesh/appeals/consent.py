"""Reading consents: what was said last, how, and whether the person's own receipt signed it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kenesh.appeals import steps
from kenesh.appeals.models import Receipt
from kenesh.appeals.opening import OpenAppeal, OpenEntry
from kenesh.kernel import vault

BY_RECEIPT, BY_HELPER, ORALLY, IN_WRITING = "receipt", "helper", "oral", "written"
SIGNED = ("code", "given", "language", "how", "explained")


@dataclass(frozen=True)
class ConsentLine:
    """Where one consent stands. `said`: the last word on it, if there was any; `proven`: her own receipt signed it."""

    code: str
    given: bool
    said: OpenEntry | None = None
    proven: bool = False

    @property
    def said_on(self) -> date | None:
        return said_on(self.said) if self.said else None


def said_on(said: OpenEntry) -> date:
    """The day on which it was said or signed; staff may write down an earlier one."""
    day = said.body.get("said_on")
    return date.fromisoformat(day) if day else timezone.localdate(said.at)


def digest(body: dict[str, Any], at: datetime) -> bytes:
    signed = {name: body.get(name, "") for name in SIGNED}
    text = json.dumps({**signed, "at": at.isoformat(timespec="seconds")}, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=32).digest()


def place_of_consent(uid: str) -> vault.Place:
    return vault.Place("appeals_entry", "consent", uid)


def last_words(opened: OpenAppeal) -> dict[str, OpenEntry]:
    """For each consent that was ever spoken of, the line that says the last word."""
    return _last(opened.entries())


def _last(entries: list[OpenEntry]) -> dict[str, OpenEntry]:
    """The line that was written last, but what was said on an earlier day never stands above what was said later."""
    last: dict[str, OpenEntry] = {}
    for entry in entries:
        if entry.kind == "consent":
            before = last.get(entry.body["code"])
            if before is None or said_on(entry) >= said_on(before):
                last[entry.body["code"]] = entry
    return last


def proven(opened: OpenAppeal, said: OpenEntry) -> bool:
    """Whether a receipt that nobody else has seen signed this line."""
    return _signed_by(list(opened.appeal.receipts.filter(seen_by_other=False)), said)


def _signed_by(receipts: list[Receipt], said: OpenEntry) -> bool:
    signature, place = bytes.fromhex(said.body.get("signature", "")), place_of_consent(said.uid)
    return any(vault.signed(bytes(r.verify_key), digest(said.body, said.at), signature, place) for r in receipts)


def consent_lines(opened: OpenAppeal, entries: list[OpenEntry]) -> list[ConsentLine]:
    """All the consents, in their order, each with its last word among these lines."""
    last = _last(entries)
    receipts = list(opened.appeal.receipts.filter(seen_by_other=False)) if last else []
    return [
        ConsentLine(code, bool(said and said.body["given"]), said, bool(said and _signed_by(receipts, said)))
        for code, said in ((code, last.get(code)) for code in steps.CONSENTS)
    ]
