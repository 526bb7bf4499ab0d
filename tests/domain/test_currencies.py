"""An amount has as many decimals as the Unicode CLDR gives its currency."""

from __future__ import annotations

from babel.core import get_global

from brm_desktop.domain.currencies import minor_digits


def test_every_currency_has_the_decimals_of_the_cldr() -> None:
    decimals = {code: found[0] for code, found in get_global("currency_fractions").items()}
    unknown = decimals.pop("DEFAULT")
    codes = set(decimals) | set(get_global("all_currencies"))
    ours = {code: minor_digits(code) for code in codes}
    assert ours == {code: decimals.get(code, unknown) for code in codes}


def test_an_unknown_currency_has_two_decimals() -> None:
    assert minor_digits("XYZ") == minor_digits("") == 2
