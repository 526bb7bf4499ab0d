"""How figures of value, and which way they went, are said."""

from __future__ import annotations

from fractions import Fraction

from brm_desktop.domain.records import Money
from brm_desktop.language import money, number, signed, tr


def change_said(growth: Money | None, ratio: Fraction | None) -> str:
    """By how much something grew: ``▲ CNY 1.2M · +20%``; nothing where it is not known."""
    if growth is None:
        return ""
    if not growth.minor:
        return "＝"
    sign = "▲" if growth.minor > 0 else "▼"
    amount = bare_money(Money(abs(growth.minor), growth.currency))
    return f"{sign} {amount}" + ("" if ratio is None else f" · {ratio_said(ratio)}")


def ratio_said(ratio: Fraction | None) -> str:
    """By which share of what it was something grew; nothing where it was nothing."""
    return "" if ratio is None else f"{signed(ratio * 100)}%"


def bare_money(amount: Money) -> str:
    """An amount where its currency is said beside it: ``1.2M``, ``120 万``."""
    return money(amount, "short").removeprefix(f"{amount.currency} ")


def points_said(now: Fraction | None, before: Fraction | None) -> str:
    """By how many points a share moved."""
    if now is None or before is None:
        return ""
    moved = (now - before) * 100
    if not moved:
        return "＝"
    sign = "▲" if moved > 0 else "▼"
    return f"{sign} " + tr("{n} percentage points", n=number(abs(moved), 1))


def moved_tint(moved: Fraction | int | None) -> str:
    """The tint that says which way something went."""
    if not moved:
        return "quiet"
    return "strong" if moved > 0 else "weak"
