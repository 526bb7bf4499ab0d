"""When a birthday is next, over the turn of the year and on 29 February."""

from __future__ import annotations

from datetime import date

import pytest

from brm_desktop.domain.birthdays import next_birthday


@pytest.mark.parametrize(
    ("born", "today", "following"),
    [
        (date(1980, 4, 2), date(2026, 3, 31), date(2026, 4, 2)),
        (date(1980, 4, 2), date(2026, 4, 2), date(2026, 4, 2)),
        (date(1980, 4, 2), date(2026, 4, 3), date(2027, 4, 2)),
        (date(1980, 1, 3), date(2025, 12, 28), date(2026, 1, 3)),
        (date(1984, 2, 29), date(2026, 2, 1), date(2026, 2, 28)),
        (date(1984, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        (date(1984, 2, 29), date(2027, 3, 1), date(2028, 2, 29)),
        (date(1984, 2, 29), date(2026, 3, 1), date(2027, 2, 28)),
    ],
)
def test_the_next_birthday(born: date, today: date, following: date) -> None:
    assert next_birthday(born, today) == following
