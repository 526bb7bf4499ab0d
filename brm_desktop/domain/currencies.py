"""How many decimals an amount has in its currency."""

from __future__ import annotations

from typing import Final

_USUAL: Final = 2
_OTHER: Final = {
    0: "ADP AFN ALL BIF BYR CLP DJF ESP GNF IQD IRR ISK ITL JPY KMF KPW KRW LAK LBP LUF MGA MGF "
    "MMK MRO PYG RSD RWF SLL SOS STD SYP TMM TRL UGX UYI VND VUV XAF XOF XPF YER ZMK ZWD",
    3: "BHD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
"""The currencies of the Unicode CLDR whose decimals are not two, by their number.

Amounts are stored in minor units: another number here gives stored amounts another meaning.
"""
_DECIMALS: Final = {code: digits for digits, codes in _OTHER.items() for code in codes.split()}


def minor_digits(currency: str) -> int:
    """The decimals, 0–4, of an amount in the currency of this ISO 4217 code; 2 where unknown."""
    return _DECIMALS.get(currency, _USUAL)
