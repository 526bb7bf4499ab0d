"""Domain rule §6: growth of potential since an earlier month."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.growth import Growth, account_growths, growth_over, potential_growth
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


def test_growth_over_some_accounts_leaves_out_the_others_on_both_sides() -> None:
    now = {
        A: Potential(cny(500), lower_bound=False),
        B: Potential(cny(90), lower_bound=False),
    }
    past = [then(A, cny(300)), then(B, cny(10)), then(C, cny(40))]
    found = growth_over({A, C}, now, past)
    assert (found.now, found.then, found.growth) == ((cny(500),), (cny(340),), (cny(160),))
    assert (found.came, found.went) == ((), (C,))
    assert growth_over((), now, past) == Growth((), (), (), (), ())


def test_an_account_whose_currency_changed_is_compared_in_both() -> None:
    now = {A: Potential(Money(70, "EUR"), lower_bound=False)}
    (line,) = account_growths(now, [then(A, cny(500))])
    assert [one.growth for one in line.compared] == [cny(-500), Money(70, "EUR")]


potentials = st.dictionaries(
    st.sampled_from([A, B, C, AccountId("D")]),
    st.builds(Money, st.integers(0, 10**12), st.sampled_from(["CNY", "EUR"])),
)


@given(potentials, potentials, st.sets(st.sampled_from([A, B, C, AccountId("D")])))
def test_growth_of_two_parts_adds_up_to_that_of_the_whole(
    now: dict[AccountId, Money], past: dict[AccountId, Money], part: set[AccountId]
) -> None:
    found = {one: Potential(amount, lower_bound=False) for one, amount in now.items()}
    snapshots = [then(one, amount) for one, amount in past.items()]
    everyone = {A, B, C, AccountId("D")}
    pieces = [growth_over(some, found, snapshots) for some in (part, everyone - part)]
    whole = growth_over(everyone, found, snapshots)
    totals: dict[str, int] = {}
    for piece in pieces:
        for one in piece.growth:
            totals[one.currency] = totals.get(one.currency, 0) + one.minor
    assert totals == {one.currency: one.minor for one in whole.growth}
    assert {*pieces[0].came, *pieces[1].came} == {*whole.came}
