"""The text of a mail (.eml, RFC 5322), its attached files, and web pages saved as one file (.mhtml, RFC 2557)."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default

from kenesh.library.formats.extracted import CannotRead

_ANSWERED = re.compile(r"^(?:\s*(?:re|fwd?|отв|на|aw|wg)(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE)
_MOST_PARTS = 200


@dataclass(frozen=True)
class Attachment:
    """A file that hangs on a mail."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Mail:
    """What a mail holds. `body` is text or a web page (`is_page`), still as bytes in `charset` as the mail declares it."""

    subject: str
    date: str
    body: bytes
    charset: str
    is_page: bool
    attachments: list[Attachment]


def open_mail(data: bytes) -> Mail:
    """Raises CannotRead for a mail that holds no text."""
    message = email.message_from_bytes(data, policy=default)
    parts = list(_parts(message))
    if len(parts) > _MOST_PARTS:
        raise CannotRead(f"The mail has more than {_MOST_PARTS} parts. Save what matters in it as files of their own.")
    texts = [part for part in parts if part.get_content_maintype() == "text" and not _is_attached(part)]
    plain = [part for part in texts if part.get_content_subtype() == "plain" and _bytes_of(part).strip()]
    pages = [part for part in texts if part.get_content_subtype() == "html"]
    chosen = next(iter(plain or pages), None)
    attachments = [
        Attachment(_name_of(part, number), _bytes_of(part)) for number, part in enumerate(parts, 1) if _is_attached(part)
    ]
    return Mail(
        subject=_ANSWERED.sub("", " ".join(_header(message, "Subject").split())),
        date=" ".join(_header(message, "Date").split()),
        body=_bytes_of(chosen) if chosen is not None else b"",
        charset=(chosen.get_content_charset() or "") if chosen is not None else "",
        is_page=chosen is not None and chosen.get_content_subtype() == "html",
        attachments=attachments,
    )


def _parts(message: EmailMessage) -> list[EmailMessage]:
    """All parts that are no containers; a mail within the mail is one of them."""
    found: list[EmailMessage] = []
    waiting = [message]
    while waiting and len(found) <= _MOST_PARTS:
        part = waiting.pop()
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            waiting += [each for each in reversed(list(part.iter_parts())) if isinstance(each, EmailMessage)]
        else:
            found.append(part)
    return found


def _is_attached(part: EmailMessage) -> bool:
    """A file for the reader: named, or said to be one. Pictures and styles of the page itself are none."""
    if part.get_content_type() == "message/rfc822":
        return True
    if part.get_content_maintype() == "image" and "Content-ID" in part:
        return False
    if part.get_content_disposition() == "attachment":
        return True
    return part.get_filename() is not None and part.get_content_maintype() not in {"image", "text"}


def _name_of(part: EmailMessage, number: int) -> str:
    name = part.get_filename() or ("mail.eml" if part.get_content_type() == "message/rfc822" else f"part-{number}")
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "", name.replace("\\", "/").rpartition("/")[2])[:200] or f"part-{number}"


def _bytes_of(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: EmailMessage, name: str) -> str:
    """A header; "" when there is none or it is broken beyond reading."""
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError, LookupError):  # what the standard library raises on broken headers
        return ""
