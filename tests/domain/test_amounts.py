"""Amounts of several currencies are never added, and the one used most is known."""

from __future__ import annotations

from brm_desktop.domain.amounts import currencies_in_use
from brm_desktop.domain.records import Money


def of(*codes: str | None) -> list[Money | None]:
    return [None if code is None else Money(1, code) for code in codes]


def test_the_currency_of_most_amounts_comes_first() -> None:
    assert currencies_in_use(of("CNY", "USD", None, "USD", "EUR"), "CNY") == ("USD", "CNY", "EUR")


def test_of_as_many_ones_own_comes_first_and_else_the_first_by_code() -> None:
    assert currencies_in_use(of("USD", "EUR", "CNY"), "CNY") == ("CNY", "EUR", "USD")
    assert currencies_in_use(of("USD", "EUR"), "CNY") == ("EUR", "USD")


def test_without_an_amount_no_currency_is_in_use() -> None:
    assert currencies_in_use([None], "CNY") == ()
