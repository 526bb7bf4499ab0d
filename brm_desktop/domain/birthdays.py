"""Whose birthday is when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from brm_desktop.domain.records import Person, PersonId

AHEAD: Final = timedelta(days=14)
"""So far ahead birthdays are told."""


def coming_birthdays(people: Iterable[Person], today: date) -> tuple[tuple[PersonId, date], ...]:
    """Whose birthday comes within :data:`AHEAD`, and when, the first one first.

    A birthday that lies ahead of the day is a slip, and told of nobody.
    """
    found = [
        (next_birthday(one.birthday, today), one.id)
        for one in people
        if one.birthday is not None and one.birthday <= today
    ]
    return tuple((person, on) for on, person in sorted(found) if on <= today + AHEAD)


def next_birthday(born: date, today: date) -> date:
    """The next birthday from a day on, that day included.

    Who was born on 29 February has it on the 28th in years that have no 29th.
    """
    this_year = _in_year(born, today.year)
    return this_year if this_year >= today else _in_year(born, today.year + 1)


def _in_year(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
