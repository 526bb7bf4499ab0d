"""Domain rule §6: growth of potential since an earlier month."""

from __future__ import annotations

from datetime import date

from brm_desktop.domain.growth import Growth, potential_growth
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import AccountId, Money, Snapshot

A, B, C = (AccountId(name) for name in "ABC")


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def then(account: AccountId, potential: Money | None) -> Snapshot:
    return Snapshot(
        id=f"then {account}", subject=account, month=date(2026, 1, 1), potential=potential
    )


def test_growth_is_the_sum_now_less_the_sum_then_each_currency_apart() -> None:
    now = {
        A: Potential(cny(500), lower_bound=False),
        B: Potential(Money(70, "EUR"), lower_bound=False),
        C: Potential(None, lower_bound=True),
    }
    found = potential_growth(now, [then(A, cny(300)), then(C, cny(40)), then(B, None)])
    assert found == Growth(
        now=(cny(500), Money(70, "EUR")),
        then=(cny(340),),
        growth=(cny(160), Money(70, "EUR")),
        came=(B,),
        went=(C,),
    )
