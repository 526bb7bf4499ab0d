"""Numbers and days are written by hand, the way babel writes them by the Unicode CLDR."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop import language
from brm_desktop.domain.records import Money
from brm_desktop.language import day, money, number

MINUS = "\u2212"
codes = st.sampled_from(sorted(language.LANGUAGES))


def of_the_cldr(value: Decimal, pattern: str, code: str) -> str:
    return format_decimal(value, format=pattern, locale=code).replace("-", MINUS)


@given(code=codes, value=st.integers(-(10**15), 10**15).map(Decimal), places=st.integers(0, 6))
def test_a_number_has_thousands_and_decimals_as_the_language_wants_them(
    code: str, value: Decimal, places: int
) -> None:
    value = value.scaleb(-places)
    language.use(code)
    for digits, pattern in enumerate(("#,##0", "#,##0.#", "#,##0.##")):
        rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        assert number(value, digits) == of_the_cldr(rounded, pattern, code)


@given(minor=st.integers(-(10**17), 10**17))
def test_an_amount_in_full_keeps_its_zeros(minor: int) -> None:
    language.use("en")
    wanted = of_the_cldr(Decimal(minor).scaleb(-2), "#,##0.00", "en")
    assert money(Money(minor, "CNY"), "full") == f"CNY {wanted}"


@given(when=st.dates(min_value=date(1, 1, 1)))
def test_a_day_has_the_short_name_of_its_month(when: date) -> None:
    language.use("en")
    assert day(when) == format_date(when, "d MMM y", locale="en")
    assert day(when, "short") == format_date(when, "d MMM", locale="en")
