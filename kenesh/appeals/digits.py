"""How 20 digits are shown: in groups of four, and as a QR code."""

from __future__ import annotations

import segno


def digits_in_groups(digits: str) -> list[str]:
    return [digits[i : i + 4] for i in range(0, len(digits), 4)]


def picture_of(digits: str) -> str:
    """An address with a QR code in it. It holds the digits and nothing else: found on a phone, it names no address.

    Not the smaller Micro QR, which the cameras of most phones cannot read. Any of the eight masks is a valid code (ISO/IEC
    18004, 7.8); to look for the best one takes longer than the rest of the page.
    """
    code = segno.make(digits, error="m", micro=False, mask=2)
    return str(code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff"))
