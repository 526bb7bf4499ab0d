"""One letter for each of the fields that are written most, for what stands in a store many times.

A letter is a field's for ever: stores say it. What is not here has none, and need have none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_NAMES: Final = """
    name latin_name organisation department title phones emails wechat birthday adaptability power
    influence veto sole_approver crucial key influence_asked_on placeholder left_on successor
    non_sales notes external_id short_name kind parent industry region size website tier lifecycle
    stage owner sponsor expected_annual_spend approach coverage_model second_count
    strategic_reason screening screening_reason screened_on revenue_score potential_score
    demonstration_score winnable_score customer_type person manager label source target strength
    basis evidence employee closeness wanted contact_owner assessed_on solution price author stamp
    project stated_on stance contact account type amount business_line starts_on decided_on
    outcome lost_to procurement track note roles origin probability expected_close closed_on
    business_lines owner_department lead sold_by referred_by from_line
"""
_LETTERS: Final = [chr(sign) for sign in range(ord("#"), ord("~") + 1) if chr(sign) != "\\"]
"""Signs that JSON has as they are; ``!`` says something else (``mirror``)."""
_LETTER_OF: Final = dict(zip(_NAMES.split(), _LETTERS, strict=True))
_NAMED_BY: Final = {letter: name for name, letter in _LETTER_OF.items()}


@lru_cache(4096)
def lettered(names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The letters of some fields in order, and the fields that have none."""
    letters = sorted(_LETTER_OF[name] for name in names if name in _LETTER_OF)
    return "".join(letters), tuple(name for name in names if name not in _LETTER_OF)


@lru_cache(4096)
def named_by(letters: str) -> tuple[str, ...]:
    """The fields of some letters; raises ``KeyError`` for what is none."""
    return tuple(_NAMED_BY[letter] for letter in letters)
