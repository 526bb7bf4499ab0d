"""Points for amounts: the closest table in the amount's own currency (rule §9)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import Criterion, Money
from brm_desktop.domain.thresholds import (
    MOST_STEPS,
    MOST_TABLES,
    USUAL,
    Step,
    ThresholdTable,
    checked_table,
    checked_tables,
    looked_up,
    table_for,
)

OWN = ThresholdTable(Criterion.REVENUE, "CNY", (Step(0, 5), Step(100, 50), Step(1000, 100)))
BANKS = replace(OWN, industry="Banking", steps=(Step(0, 1),))
AGENCIES = replace(OWN, customer_type="Agency", steps=(Step(0, 2),))
BOTH = replace(BANKS, customer_type="Agency", steps=(Step(0, 3),))
TABLES = (OWN, BANKS, AGENCIES, BOTH)


def points(minor: int, currency: str = "CNY", **of: str) -> int | None:
    return looked_up(TABLES, Criterion.REVENUE, Money(minor, currency), **of).points


def test_an_amount_is_worth_the_last_step_it_reaches() -> None:
    assert [points(minor) for minor in (0, 99, 100, 999, 1000, 10**12)] == [5, 5, 50, 50, 100, 100]


def test_below_the_first_step_an_amount_is_worth_nothing() -> None:
    assert points(-1) == 0


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ({}, 5),
        ({"industry": "banking "}, 1),
        ({"customer_type": "AGENCY"}, 2),
        ({"industry": "Banking", "customer_type": "Agency"}, 3),
        ({"industry": "Retail", "customer_type": "Agency"}, 2),
        ({"industry": "Retail", "customer_type": "Chain"}, 5),
    ],
)
def test_the_table_closest_to_an_account_counts(of: dict[str, str], expected: int) -> None:
    assert points(0, **of) == expected


def test_an_amount_is_never_looked_up_in_a_table_of_another_currency() -> None:
    assert points(0, "USD") == 0
    assert points(10**12, "USD") == 100
    found = looked_up(TABLES, Criterion.REVENUE, Money(10**12, "XAU"))
    assert (found.points, found.table) == (None, None)
    assert str(found.reason) == "revenue is in XAU, for which there is no threshold table"


def test_the_reason_names_the_table() -> None:
    def reason(**of: str) -> str:
        return str(looked_up(TABLES, Criterion.REVENUE, Money(0, "CNY"), **of).reason)

    assert reason() == "threshold table in CNY"
    assert reason(industry="Banking") == "threshold table in CNY for Banking"


def test_the_usual_table_is_there_until_the_user_has_one() -> None:
    assert table_for((), Criterion.POTENTIAL, "CNY") == ThresholdTable(
        Criterion.POTENTIAL, "CNY", USUAL["CNY"]
    )
    assert table_for(TABLES, Criterion.POTENTIAL, "XAU") is None
    assert table_for(TABLES, Criterion.REVENUE, "CNY") == OWN


def test_the_usual_tables_can_be_used_as_they_are() -> None:
    every = [ThresholdTable(Criterion.REVENUE, code, steps) for code, steps in USUAL.items()]
    assert checked_tables(every) == tuple(every)
    assert all(table.is_for_all for table in every)
    assert not BANKS.is_for_all


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(OWN, criterion=Criterion.WINNABLE), "entered, not looked up"),
        (replace(OWN, currency="yuan"), "three letters"),
        (replace(OWN, currency="人民币"), "three letters"),
        (replace(OWN, steps=()), "from 1 to"),
        (replace(OWN, steps=tuple(Step(n, 0) for n in range(MOST_STEPS + 1))), "from 1 to"),
        (replace(OWN, steps=(Step(-1, 0),)), "at least 0"),
        (replace(OWN, steps=(Step(0, 101),)), "at least 0"),
        (replace(OWN, steps=(Step(5, 1), Step(5, 2))), "must grow"),
        (replace(OWN, steps=(Step(5, 3), Step(6, 2))), "must not fall"),
    ],
)
def test_a_table_in_which_nothing_can_be_looked_up_is_refused(
    wrong: ThresholdTable, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        checked_table(wrong)


def test_two_tables_for_the_same_accounts_and_too_many_are_refused() -> None:
    assert checked_tables(TABLES) == TABLES
    with pytest.raises(Refused, match="two threshold tables"):
        checked_tables((*TABLES, OWN))
    with pytest.raises(Refused, match="At most"):
        checked_tables([replace(OWN, industry=str(n)) for n in range(MOST_TABLES + 1)])


@given(st.integers(-10, 10**14), st.integers(0, 10**14), st.sampled_from(sorted(USUAL)))
def test_more_is_never_worth_less(amount: int, more: int, currency: str) -> None:
    table = ThresholdTable(Criterion.REVENUE, currency, USUAL[currency])
    less = table.points(Money(amount, currency))
    assert 0 <= less <= table.points(Money(amount + more, currency)) <= 100
