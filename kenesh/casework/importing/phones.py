"""Phones as registers hold them: 8 (912) …, +996 …, 0555 …; written in one way, with the country in front."""

from __future__ import annotations

import re

_SEVERAL = re.compile(r"[,;\n]|\s(?:и|жана|va|ва|and|или)\s|/(?=\s*[+\d(])")
# How long the numbers of a country are behind its code.
_CODES = {
    "996": 9, "998": 9, "992": 9, "993": 8, "994": 9, "995": 9, "374": 8, "373": 8, "375": 9, "380": 9, "90": 10, "82": 10,
    "971": 9, "48": 9, "49": 11, "44": 10,
}  # fmt: skip
_HOME = {"KG": ("996", 9), "UZ": ("998", 9), "TJ": ("992", 9), "AM": ("374", 8), "TM": ("993", 8)}


def understand(text: str, *, home: str) -> tuple[str, str]:
    """The phone and a warning. One that is not understood stays as it was written. `home`: the country of the office."""
    text = text.strip()
    if not text:
        return "", ""
    pieces = [piece.strip() for piece in _SEVERAL.split(text) if re.search(r"\d", piece)]
    for piece in pieces:
        if number := _international(piece, home):
            return _shown(number), "phone_several" if len(pieces) > 1 else ""
    return text[:60], "phone_unknown"


def _international(text: str, home: str) -> str:
    """All digits with the country's code; "" for what cannot be a phone."""
    if re.search(r"[EeЕе]\+?\d", text):
        return ""  # Excel has cut it to 7,9E+10: the last digits are gone
    digits = re.sub(r"\D", "", text)
    abroad = text.lstrip().startswith(("+", "00"))
    digits = digits.removeprefix("00")
    if len(digits) == 11 and digits[0] in "78":
        return "7" + digits[1:]
    for code, length in _CODES.items():
        if digits.startswith(code) and len(digits) == len(code) + length and (abroad or len(code) == 3):
            return digits
    if abroad:
        return digits if 9 <= len(digits) <= 15 else ""
    if len(digits) == 10 and digits[0] == "0":  # 0555 123 456
        return "996" + digits[1:]
    if len(digits) == 10 and digits[0] in "79":
        return "7" + digits
    code, length = _HOME.get(home, ("", 0))
    if code and len(digits.removeprefix("0")) == length:
        return code + digits.removeprefix("0")
    return ""


def _shown(digits: str) -> str:
    code = "7" if digits[0] == "7" else next((code for code in _CODES if digits.startswith(code)), digits[:3])
    rest = digits[len(code) :]
    return f"+{code} {rest[:3]} {rest[3:6]} {rest[6:]}".rstrip()
