"""The JSON shape of the command ``value``: its keys are a contract (specification, cli.md).

What is in money is one amount where there is one currency, and a list where there are several: one
amount, rate or ratio for each currency, in the order of their codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.cli.shapes import Shape, money, number
from brm_desktop.domain.account_value import AccountValue, curve_of, index_of
from brm_desktop.domain.amounts import Compared, compared
from brm_desktop.domain.conversion import Conversion
from brm_desktop.domain.growth import AccountGrowth
from brm_desktop.domain.periods import Period, Quarter
from brm_desktop.domain.pipeline import Stock, board
from brm_desktop.domain.records import AccountId, Money, Opportunity, PersonId
from brm_desktop.domain.value import OwnerValue, PeriodValue
from brm_desktop.domain.value_curve import CurvePoint, IndexParts
from brm_desktop.domain.win_rate import WinAmount, WinRate
from brm_desktop.session.value import PotentialOver


@dataclass(frozen=True, slots=True)
class Valued:
    """Everything the command says of some sellers' accounts, or of all, with the names."""

    period: Period
    today: date
    found: PeriodValue
    potential: PotentialOver
    accounts: tuple[AccountValue, ...]
    opportunities: tuple[Opportunity, ...]
    names: Mapping[AccountId, str]
    called: Mapping[PersonId | None, str]
    currency: str
    """What an amount of nothing is in."""


def value_shape(valued: Valued) -> Shape:
    """The growth of potential, the four KPIs, and what they are made of."""
    found = valued.found
    return {
        "from": valued.period.first.isoformat(),
        "to": valued.period.last.isoformat(),
        "as_of": valued.today.isoformat(),
        "before": _days(valued.period.before),
        "potential": _potential(valued),
        **{
            origin.value: _conversion(one, valued.currency)
            for origin, one in found.conversions.items()
        },
        "win_rate": _rates(found.win_rate, found.before, valued.currency),
        "origins": [
            {"origin": origin.value, "win_rate": _rate(rate, valued.currency)}
            for origin, rate in found.origins.items()
        ],
        "quarters": _quarters(found.quarters, valued),
        "owners": [_owner(one, valued) for one in found.owners],
        "pipeline": _pipeline(valued),
        "index": _index(valued.accounts),
        "undated": len(found.undated),
    }


def _potential(valued: Valued) -> Shape:
    over = valued.potential
    sums = compared((one.now for one in over.lines), (one.then for one in over.lines))
    shape = _grown(sums, ("now", "then"), valued.currency)
    if not any(one.now for one in over.lines):
        shape |= {"now": None, "growth": None, "growth_ratio": None}
    if not over.kept:
        shape |= {"then": None, "growth": None, "growth_ratio": None}
    return {
        **shape,
        "now_on": over.now_on.isoformat(),
        "then_on": over.then_on.isoformat(),
        "lower_bound": over.lower_bound,
        "then_lower_bound": over.then_lower_bound,
        "came": [_account(valued, one) for one in over.lines if one.now and not one.then],
        "went": [_account(valued, one) for one in over.lines if one.then and not one.now],
        "accounts": [_account_growth(valued, one) for one in over.lines],
    }


def _account_growth(valued: Valued, one: AccountGrowth) -> Shape:
    both = one.compared
    return {
        "id": one.account,
        "name": _account(valued, one),
        "now": money(one.now),
        "then": money(one.then),
        "growth": money(both[0].growth) if len(both) == 1 and one.now and one.then else None,
    }


def _account(valued: Valued, one: AccountGrowth) -> str:
    return valued.names.get(one.account, one.account)


def _conversion(found: Conversion, currency: str) -> Shape:
    return {
        **_grown(found.amounts, ("amount", "before"), currency),
        "count": len(found.won),
        "count_before": len(found.before),
        "without_amount": found.without_amount,
    }


def _grown(sums: Sequence[Compared], names: tuple[str, str], currency: str) -> Shape:
    """Amounts now and before with their growth, one for each currency; of nothing it is 0."""
    lines = list(sums) or [Compared(currency, 0, 0)]
    now, before = names
    return {
        now: _each([money(Money(one.now, one.currency)) for one in lines]),
        before: _each([money(Money(one.before, one.currency)) for one in lines]),
        "growth": _each([money(one.growth) for one in lines]),
        "growth_ratio": _each([number(one.growth_ratio) for one in lines]),
    }


def _rates(rate: WinRate, before: WinRate, currency: str) -> Shape:
    """The win rate of a period beside that of the period before."""
    now, then = rate.count, before.count
    return {
        "count": {
            "won": now.won,
            "lost": now.lost,
            "rate": number(now.rate),
            "before": number(then.rate),
            **_difference(now.rate, then.rate),
        },
        "amount": _amount_rates(rate, before, currency),
        "without_amount": rate.without_amount,
    }


def _amount_rates(rate: WinRate, before: WinRate, currency: str) -> Shape:
    present = {one.currency: one for one in rate.amounts}
    earlier = {one.currency: one for one in before.amounts}
    codes = sorted({*present, *earlier}) or [currency]
    now = [present.get(one, WinAmount(one, 0, 0)) for one in codes]
    then = [earlier.get(one, WinAmount(one, 0, 0)) for one in codes]
    differences = [_difference(a.rate, b.rate) for a, b in zip(now, then, strict=True)]
    return {
        "won": _each([money(Money(one.won, one.currency)) for one in now]),
        "lost": _each([money(Money(one.lost, one.currency)) for one in now]),
        "rate": _each([number(one.rate) for one in now]),
        "before": _each([number(one.rate) for one in then]),
        "growth": _each([one["growth"] for one in differences]),
        "growth_ratio": _each([one["growth_ratio"] for one in differences]),
    }


def _difference(now: Fraction | None, before: Fraction | None) -> Shape:
    if now is None or before is None:
        return {"growth": None, "growth_ratio": None}
    return {
        "growth": number(now - before),
        "growth_ratio": number((now - before) / before) if before else None,
    }


def _rate(rate: WinRate, currency: str) -> Shape:
    """The win rate of a part, which is compared with nothing."""
    count = rate.count
    amounts = rate.amounts or (WinAmount(currency, 0, 0),)
    return {
        "count": {"won": count.won, "lost": count.lost, "rate": number(count.rate)},
        "amount": {
            "won": _each([money(Money(one.won, one.currency)) for one in amounts]),
            "lost": _each([money(Money(one.lost, one.currency)) for one in amounts]),
            "rate": _each([number(one.rate) for one in amounts]),
        },
    }


def _quarters(quarters: Iterable[tuple[Quarter, WinRate]], valued: Valued) -> list[Shape]:
    return [
        {
            "quarter": str(quarter),
            "from": max(quarter.first, valued.period.first).isoformat(),
            "to": min(quarter.last, valued.period.last).isoformat(),
            "win_rate": _rate(rate, valued.currency),
        }
        for quarter, rate in quarters
    ]


def _owner(one: OwnerValue, valued: Valued) -> Shape:
    return {
        "id": one.owner,
        "owner": valued.called.get(one.owner),
        **{
            origin.value: _conversion(found, valued.currency)
            for origin, found in one.conversions.items()
        },
        "win_rate": _rates(one.win_rate, one.before, valued.currency),
        "quarters": _quarters(one.quarters, valued),
    }


def _pipeline(valued: Valued) -> Shape:
    whole = Stock(tuple(one for _, stock in valued.found.pipeline for one in stock.opportunities))
    return {
        **_stock(whole, valued.currency),
        "origins": [
            {"origin": origin.value, **_stock(stock, valued.currency)}
            for origin, stock in valued.found.pipeline
        ],
        "stages": [
            {"stage": str(column.stage), **_stock(column.stock, valued.currency)}
            for column in board(valued.opportunities)
        ],
    }


def _stock(stock: Stock, currency: str) -> Shape:
    nothing = (Money(0, currency),)
    return {
        "count": len(stock.opportunities),
        "amount": _each([money(one) for one in stock.amounts or nothing]),
        "weighted": _each([money(one) for one in stock.weighted or nothing]),
        "without_amount": stock.without_amount,
        "without_probability": stock.without_probability,
    }


def _index(accounts: Sequence[AccountValue]) -> Shape:
    return {
        **_parts(index_of(accounts)),
        "accounts": [
            {"id": one.account, "name": one.name, **_parts(one.index)} for one in accounts
        ],
        "curve": [_point(one) for one in curve_of(accounts)],
    }


def _point(point: CurvePoint) -> Shape:
    return {"month": point.month.isoformat(), **_parts(point.parts)}


def _parts(parts: IndexParts) -> Shape:
    return {
        "completeness": number(parts.completeness),
        "accuracy": number(parts.accuracy),
        "value": number(parts.index),
    }


def _days(period: Period) -> Shape:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def _each(values: Sequence[object]) -> object:
    """One value for one currency, else all of them."""
    return values[0] if len(values) == 1 else list(values)
