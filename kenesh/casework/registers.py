"""Numbers of firms and persons in State registers: whether their check digits hold. A wrong one is a typing mistake, not a refusal.

Sources of the weights: order of the Russian tax service ММВ-7-6/435@ (INN), order 165н of 18.11.2005 (OGRN), the Kazakh rules of
forming identification numbers (IIN and BIN: two series of weights modulo 11).
"""

from __future__ import annotations

import re

_TEN = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_ELEVEN = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_TWELVE = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def digits_of(text: str) -> str:
    """The ASCII digits of a number as it was typed."""
    return "".join(str(int(c)) for c in text if c.isdecimal())


def looks_right(number: str, country: str = "") -> bool:
    """Whether a number of a firm or person can be one: 10 or 12 digits (INN; IIN and BIN), 13 or 15 (OGRN), 14 (Kyrgyz INN).

    A number of twelve digits is checked as an INN and as a BIN; with `country` KZ only as a BIN, with RU only as an INN.
    """
    digits = digits_of(number)
    if re.search(r"[^\d\s\-./№]", number):
        return False
    checks = {10: inn_of_firm, 13: ogrn, 15: ogrn, 14: kyrgyz_inn}
    if len(digits) == 12:
        return (country != "KZ" and inn_of_person(digits)) or (country != "RU" and bin_or_iin(digits))
    check = checks.get(len(digits))
    return check is not None and check(digits)


def by_register(number: str) -> dict[str, str]:
    """The number under the registers that it can be of: 13 and 15 digits are an OGRN, 12 an INN or a BIN, others an INN."""
    digits = digits_of(number)
    ogrn_like = len(digits) in (13, 15)
    return {
        "inn": "" if ogrn_like else digits,
        "ogrn": digits if ogrn_like else "",
        "bin": digits if len(digits) == 12 else "",
    }


def _control(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def inn_of_firm(digits: str) -> bool:
    return _control(digits, _TEN) % 10 == int(digits[9])


def inn_of_person(digits: str) -> bool:
    return _control(digits, _ELEVEN) % 10 == int(digits[10]) and _control(digits, _TWELVE) % 10 == int(digits[11])


def ogrn(digits: str) -> bool:
    """13 digits of a firm: the rest of dividing the first 12 by 11; 15 of an entrepreneur: by 13."""
    return int(digits[:-1]) % (len(digits) - 2) % 10 == int(digits[-1])


def bin_or_iin(digits: str) -> bool:
    first = _control(digits, tuple(range(1, 12)))
    if first == 10:
        first = _control(digits, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
    return first != 10 and first == int(digits[11])


def kyrgyz_inn(digits: str) -> bool:
    """14 digits: 1, 2 for a person or 0 for a firm, then a day of birth or registration."""
    day, month = int(digits[1:3]), int(digits[3:5])
    return digits[0] in "012" and 1 <= day <= 31 and 1 <= month <= 12
