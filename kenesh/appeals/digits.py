"""How 20 digits are shown: in groups of four, and as a QR code."""

from __future__ import annotations

import segno


def digits_in_groups(digits: str) -> list[str]:
    return [digits[i : i + 4] for i in range(0, len(digits), 4)]


def picture_of(digits: str) -> str:
    """An address with a QR code in it. It holds the digits and nothing else: found on a phone, it names no address."""
    return str(segno.make(digits, error="m").svg_data_uri(scale=4, border=2, dark="#000", light="#fff"))
