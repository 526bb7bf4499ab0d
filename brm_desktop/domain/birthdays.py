"""When somebody's birthday is next."""

from __future__ import annotations

from datetime import date


def next_birthday(born: date, today: date) -> date:
    """The next birthday from a day on, that day included; 29 February is kept on the 28th.

    Only in years without a 29 February, of course.
    """
    this_year = _in_year(born, today.year)
    return this_year if this_year >= today else _in_year(born, today.year + 1)


def _in_year(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
