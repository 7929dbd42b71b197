"""Sums as registers hold them: «1 250 000 сом», «45000,50 руб.», «120 тыс.», «$1,200.50»."""

from __future__ import annotations

import re
from decimal import Decimal

_CURRENCIES = (
    (r"сомон|somoni|tjs", "TJS"), (r"руб|₽|\brub\b|\brur\b|рубл|(?<![а-я])р\.?(?!\w)", "RUB"), (r"сом|kgs|\bsom\b|\bс\.?$", "KGS"),
    (r"тенге|теңге|₸|kzt|\bтг\b|tenge", "KZT"), (r"сум|so.?m\b|uzs|\bсўм", "UZS"), (r"драм|դրամ|amd|֏|dram", "AMD"),
    (r"usd|\$|долл|dollar", "USD"), (r"евро|eur|€", "EUR"), (r"лир|try\b|₺|lira", "TRY"), (r"вон\b|krw|₩", "KRW"),
    (r"фунт|gbp|£", "GBP"),
)  # fmt: skip
CURRENCIES = tuple(code for _pattern, code in _CURRENCIES)
_TIMES = ((r"млрд|billion", 1_000_000_000), (r"млн|million", 1_000_000), (r"тыс|миң|минг|ming|мың|ҳазор|thousand|\bк\b", 1_000))
_NUMBER = re.compile(r"\d[\d\s\u00a0\u202f'’.,]*")


def currency_in(text: str) -> str:
    """The currency that a text names, "" for none."""
    lowered = text.lower()
    return next((code for pattern, code in _CURRENCIES if re.search(pattern, lowered)), "")


def understand(text: str) -> tuple[str, str, str]:
    """Digits with a point, the currency when the text names it, and a warning. A sum of nothing is none."""
    text = text.strip()
    if not text or text in ("-", "–", "—"):
        return "", "", ""
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1:
        return "", "", "sum_unknown"
    value, warning = _value(numbers[0].strip(" .,\u00a0\u202f'’"))
    if value is None:
        return "", "", "sum_unknown"
    times = next((factor for pattern, factor in _TIMES if re.search(pattern, text.lower())), 1)
    value *= times
    if not 0 < value < 10**12:
        return "", "", "" if value == 0 else "sum_unknown"
    digits = format(value.quantize(Decimal("0.01")), "f")
    return digits.removesuffix(".00"), currency_in(text), warning


def _value(text: str) -> tuple[Decimal | None, str]:
    text = re.sub(r"[\s\u00a0\u202f'’]", "", text)
    if "," in text and "." in text:
        last = max(text.rfind(","), text.rfind("."))
        text = re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]
        return _decimal(text), ""
    if re.fullmatch(r"\d{1,3}([.,]\d{3}){2,}", text):
        return _decimal(re.sub(r"[.,]", "", text)), ""
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text):
        return _decimal(re.sub(r"[.,]", "", text)), "sum_thousands"
    return _decimal(text.replace(",", ".")), ""


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"\d{1,15}(\.\d+)?", text) else None
