"""Public codes: the fixed random part of an address, which says nothing of order, time or number."""

from __future__ import annotations

import re
import secrets

# No vowels (no words by accident) and no letters or digits that are taken for one another on paper.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 8


def new_code() -> str:
    """Eight characters, about 38 bits: enough to be unique in a table; nothing secret rests on it."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_code(text: str) -> bool:
    """Whether a text that somebody sent can be a code at all."""
    return re.fullmatch(CodeConverter.regex, text) is not None


class CodeConverter:
    """`<code:code>` in a URL pattern."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
