"""Reports of mail servers that a letter came to nobody (RFC 3464), and the mark in each letter by which such a report is believed.

Anybody can write a report and name any address in it. So each letter carries a keyed hash of its address and day in a header, which
comes back in the report with the letter's other headers: only who has got a letter of the last weeks at an address knows its mark,
and it is good for this address alone. Nothing is stored for that. Nothing here touches the database.

NoReport           the mail is no report of a mail server, or does not bring back the headers of the letter
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import Message
from email.parser import HeaderParser

from django.conf import settings

from kenesh.kernel import vault

HEADER = "Kenesh-Letter"
GOOD_FOR = timedelta(days=30)  # mail servers try for days, not for weeks
MOST_BYTES = 10 * 2**20
_MOST_PARTS = 200
_MARK = re.compile(r"(\d{4}-\d\d-\d\d)\.(\w{0,16})\.([0-9a-f]{32})")
_HEADERS_ALONE = {"text/rfc822-headers", "message/rfc822-headers"}


class NoReport(Exception):
    """Not a report of a mail server, or without the headers of the letter. The message says which."""


# --- the mark ---------------------------------------------------------------------------------------------------------


def mark(address: str, *, on: date, ref: str = "") -> dict[str, str]:
    """The header for a letter to this one address. `ref`: the code of the mailing of which it is a part, "" for none."""
    return {HEADER: f"{on.isoformat()}.{ref}.{_proof(address, on, ref)}"}


def _proof(address: str, on: date, ref: str) -> str:
    return vault.link_hash(settings.SECRETS.pepper, f"letter:{on.isoformat()}:{ref}:{address.lower()}").hex()[:32]


def belongs(said: str, address: str, *, today: date) -> str | None:
    """The `ref` of a mark that this node gave for this address in the last weeks; None for any other."""
    found = _MARK.fullmatch(said.strip())
    if found is None:
        return None
    try:
        on = date.fromisoformat(found[1])
    except ValueError:
        return None
    is_young = today - GOOD_FOR <= on <= today + timedelta(days=1)
    return found[2] if is_young and vault.same(found[3].encode(), _proof(address, on, found[2]).encode()) else None


# --- the report -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recipient:
    """What became of a letter at one address. `addresses`: the one that was written to first, if the report has it."""

    addresses: tuple[str, ...]
    action: str
    status: str
    said: str

    @property
    def has_failed(self) -> bool:
        """For good (RFC 3464, section 2.3.3; RFC 3463, class 5)."""
        return self.action == "failed" and self.status.startswith("5.")


@dataclass(frozen=True)
class Report:
    """`marks`: those of the letters that came back with it."""

    recipients: tuple[Recipient, ...]
    marks: tuple[str, ...]


def read(data: bytes) -> Report:
    """Raises NoReport."""
    if len(data) > MOST_BYTES:
        raise NoReport(f"this mail is larger than {MOST_BYTES // 2**20} MB")
    try:
        message = email.message_from_bytes(data)
        parts = list(_parts(message))
    except RecursionError:
        raise NoReport("this mail is nested too deeply") from None
    recipients = tuple(one for part in parts if part.get_content_type() == "message/delivery-status" for one in _recipients(part))
    if not recipients:
        raise NoReport("this mail is no delivery report (RFC 3464)")
    return Report(recipients, tuple(each for part in parts for each in _marks(part)))


def _parts(message: Message) -> Iterator[Message]:
    """The parts of the report itself; what lies inside of a letter that came back is not looked into."""
    waiting, seen = [message], 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += _inside(part)
        else:
            yield part


def _inside(part: Message) -> list[Message]:
    inner = part.get_payload()
    return [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []


def _recipients(part: Message) -> Iterator[Recipient]:
    """A block for each address; the first one is about the report."""
    for block in _inside(part):
        said = {name.lower(): str(value) for name, value in block.items()}
        if "final-recipient" not in said:
            continue
        addresses = [_address(said.get(name, "")) for name in ("original-recipient", "final-recipient")]
        status = _first_word(said.get("status", ""))
        yield Recipient(
            addresses=tuple(dict.fromkeys(filter(None, addresses))),
            action=_first_word(said.get("action", "")),
            status=status,
            said=" ".join(said.get("diagnostic-code", "").partition(";")[2].split()) or status,
        )


def _address(said: str) -> str:
    """Of "rfc822; somebody@example.org"; "" for other kinds of address."""
    kind, _semicolon, address = said.partition(";")
    return address.strip().strip("<>").lower() if kind.strip().lower() == "rfc822" else ""


def _first_word(said: str) -> str:
    return next(iter(said.lower().split()), "")


def _marks(part: Message) -> list[str]:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        letters = _inside(part)
    elif kind in _HEADERS_ALONE:
        inner = _inside(part)
        body = part.get_payload(decode=True)
        letters = inner or ([HeaderParser().parsestr(body.decode("utf-8", "replace"))] if isinstance(body, bytes) else [])
    else:
        return []
    return [str(value) for letter in letters for value in letter.get_all(HEADER, [])]
