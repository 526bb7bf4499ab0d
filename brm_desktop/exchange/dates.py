"""Dates as files write them, and the order of day, month and year that a column agrees on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase


class DateOrder(StrEnum):
    """In which order a date's numbers stand."""

    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"


class UnclearDates(FileProblem):
    """The dates of a column may be read in several orders, or agree on none."""


_TIME: Final = r"(?:[ T]+\d{1,2}:\d{2}.*)?"
_NUMBERS: Final = re.compile(
    rf"(\d{{1,4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,4}})\s*日?{_TIME}"
)
_TOGETHER: Final = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}}){_TIME}")
_DAY_MONTH: Final = re.compile(rf"(\d{{1,2}})[- .]+([a-z]{{3,9}})[-., ]+(\d{{2,4}}){_TIME}")
_MONTH_DAY: Final = re.compile(rf"([a-z]{{3,9}})[. ]+(\d{{1,2}})[, ]+(\d{{4}}){_TIME}")
_LONGEST: Final = 100
"""Characters of a date with its time and zone."""
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def day_of(text: str, order: DateOrder) -> date | None:
    """The day that ``text`` names when its numbers stand in ``order``; ``None`` when it names none.

    A year of four digits at the front is a year in any order, and a month by name is a month.
    """
    if len(text) > _LONGEST:
        return None
    clean = unicodedata.normalize("NFKC", text).strip().casefold()
    if clean[10:11] == "t":
        clean = f"{clean[:10]} {clean[11:]}"
    if match := _TOGETHER.fullmatch(clean):
        return _day(*match.groups())
    if match := _NUMBERS.fullmatch(clean):
        return _ordered(match.group(1), match.group(2), match.group(3), order)
    if match := _DAY_MONTH.fullmatch(clean):
        return _day(match.group(3), _month(match.group(2)), match.group(1))
    if match := _MONTH_DAY.fullmatch(clean):
        return _day(match.group(3), _month(match.group(1)), match.group(2))
    return None


def agreed_order(columns: Mapping[str, Iterable[str]], told: DateOrder | None) -> DateOrder:
    """The order of a file's dates, by column: the one that was told, or the only one they can have.

    Raises
    ------
    UnclearDates
        When they could stand in several orders that give different days, or agree on none.
    """
    if told is not None:
        return told
    column_of = {text: column for column, texts in columns.items() for text in texts}
    seen = {text: [day_of(text, order) for order in DateOrder] for text in column_of}
    written = {text: days for text, days in seen.items() if any(days)}
    by_order = zip(DateOrder, zip(*written.values(), strict=True), strict=False)
    readings = {order: days for order, days in by_order if all(days)}
    if written and len(set(readings.values())) != 1:
        unlike = (text for text, days in written.items() if len(set(days)) > 1)
        example = next(unlike, next(iter(written)))
        raise UnclearDates(
            phrase(
                "The dates of column {column}, such as {example}, may be read in several ways:"
                " say with --dates ymd, dmy or mdy which one is meant.",
                column=column_of[example],
                example=example[:_LONGEST],
            )
        )
    return next(iter(readings), DateOrder.YMD)


def _ordered(first: str, second: str, third: str, order: DateOrder) -> date | None:
    if len(first) > 2:
        return _day(first, second, third) if len(third) <= 2 else None
    if len(third) > 2 and order is DateOrder.YMD:
        return None
    match order:
        case DateOrder.YMD:
            return _day(first, second, third)
        case DateOrder.DMY:
            return _day(third, second, first)
        case DateOrder.MDY:
            return _day(third, first, second)


def _day(year: str, month: str | int, day: str) -> date | None:
    number = int(year)
    if len(year) <= 2:
        number += 2000 if number < 70 else 1900
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    """1–12, or 0 for what is no month."""
    for index, month in enumerate(_MONTHS, 1):
        if month.startswith(name) or (name == "sept" and index == 9):
            return index
    return 0
