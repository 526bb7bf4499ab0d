"""What is typed into a cell or a field; what cannot be read is said, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from brm_desktop.domain.records import Money
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.widgets.amounts import amount_text, parse_amount
from brm_desktop.gui.widgets.value_fields import NO_AMOUNT, NO_DATE, NO_PROBABILITY, parse_date
from brm_desktop.language import day

_HUNDRED: Final = 100


def take_amount(
    desk: Desk, typed: object, known: Money | None, then: Callable[[Money | None], object]
) -> None:
    """Hand over an amount, ``None`` for an empty cell; one that was left as it is changes nothing.

    Without a currency it is in that of the amount that is known, else in the usual one.
    """
    text = str(typed).strip()
    if text == amount_text(known):
        return
    found = parse_amount(text, known.currency if known else desk.session.settings.currency)
    if text and found is None:
        desk.messages.warn(NO_AMOUNT)
    else:
        then(found)


def day_or_nothing(on: date | None) -> str:
    """A day as a table shows it; nothing where there is none."""
    return "" if on is None else day(on)


def day_typed(on: date | None) -> str:
    """The same day as it is typed."""
    return "" if on is None else on.isoformat()


def take_date(desk: Desk, typed: object, then: Callable[[date | None], object]) -> None:
    """Hand over a day, ``None`` for an empty cell."""
    text = str(typed).strip()
    found = parse_date(text)
    if text and found is None:
        desk.messages.warn(NO_DATE)
    else:
        then(found)


def take_probability(desk: Desk, typed: object, then: Callable[[int | None], object]) -> None:
    """Hand over a percentage of 0 to 100, ``None`` for an empty cell."""
    text = str(typed).strip().removesuffix("%").strip()
    if text and not (text.isascii() and text.isdigit() and int(text) <= _HUNDRED):
        desk.messages.warn(NO_PROBABILITY)
    else:
        then(int(text) if text else None)
