"""Amounts of money as people type them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from brm_desktop.domain.currencies import minor_digits
from brm_desktop.domain.records import Money

_UNITS: Final = {"": 1, "k": 1_000, "m": 1_000_000, "b": 10**9, "万": 10_000, "亿": 10**8}
_AMOUNT: Final = re.compile(
    r"^([A-Z]{3})?\s*(-?[\d][\d,，\s]*(?:\.\d+)?)\s*([kmb万亿]?)元?\s*([A-Z]{3})?$", re.IGNORECASE
)


def parse_amount(text: str, currency: str) -> Money | None:
    """An amount from ``500000``, ``500,000.50``, ``50万``, ``1.2M`` or ``USD 300``, or ``None``."""
    found = _AMOUNT.match(text.strip())
    if found is None:
        return None
    digits = re.sub(r"[,，\s]", "", found[2])
    try:
        amount = Decimal(digits) * _UNITS[found[3].lower()]
    except (InvalidOperation, KeyError):
        return None
    named = (found[1] or found[4] or currency).upper()
    return Money(int((amount * 10 ** minor_digits(named)).to_integral_value()), named)


def amount_text(value: Money | None) -> str:
    """An amount as it is edited: plain digits, and the currency in front."""
    if value is None:
        return ""
    amount = Decimal(value.minor).scaleb(-minor_digits(value.currency))
    whole = amount == amount.to_integral_value()
    return f"{value.currency} {amount.to_integral_value() if whole else amount:,}"
