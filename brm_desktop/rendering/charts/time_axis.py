"""What is said below a chart over months: years where the span is long, else months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from brm_desktop.rendering.theme import SIZE_SMALL, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_YEAR: Final = 12
_LONGEST_IN_MONTHS: Final = 24
"""A longer span is told in years."""
_MONTH_ROOM: Final = 56.0
_YEAR_ROOM: Final = 36.0
"""So many points a label takes with the room around it."""
_STEPS: Final = (1, 2, 3, 6, 12)


def places(months: Sequence[date]) -> list[int]:
    """How many months after the first one each of them is."""
    return [_number(one) - _number(months[0]) for one in months]


def month_ticks(months: Sequence[date], room: float, last: str = "") -> list[tuple[int, str]]:
    """Where below the months something is said, and what, so that nothing overlaps.

    Parameters
    ----------
    months
        The first days of months, oldest first; they need not follow upon each other.
    room
        The width of the axis in points.
    last
        What is said below the newest one instead of its month.
    """
    if not months:
        return []
    span = places(months)[-1]
    if span <= _LONGEST_IN_MONTHS:
        return _in_months(months[-1], span, room, last)
    found = _in_years(_number(months[0]), span, room)
    if last:
        near = _MONTH_ROOM / 2 + _YEAR_ROOM / 2
        found = [(x, text) for x, text in found if (span - x) * room / span >= near]
        found.append((span, last))
    return found


def draw_months(
    axes: Axes, months: Sequence[date], room: float, theme: Theme, last: str = ""
) -> list[int]:
    """Set the axis below to months and say them; gives the place of each month on it."""
    found = places(months)
    ticks = month_ticks(months, room, last)
    axes.set_xlim(0, max(found[-1] if found else 0, 1))
    axes.set_xticks([x for x, _ in ticks], [text for _, text in ticks])
    axes.tick_params(axis="x", length=4, width=0.8, color=theme.hairline, pad=4)
    axes.tick_params(axis="x", labelcolor=theme.quiet, labelsize=SIZE_SMALL)
    return found


def _in_months(newest: date, span: int, room: float, last: str) -> list[tuple[int, str]]:
    """The newest month, and those before it at a step that leaves every label its room."""
    fit = max(int(room // _MONTH_ROOM), 1)
    least = -(-(span + 1) // fit)
    step = next((one for one in _STEPS if one >= least), span + 1)
    shown = range(span, -1, -step)
    said = {x: _written(_number(newest) - span + x) for x in shown}
    if last:
        said[span] = last
    return sorted(said.items())


def _in_years(first: int, span: int, room: float) -> list[tuple[int, str]]:
    """Where the years begin; every second or third one while there is no room for all."""
    years = range(-(-first // _YEAR), (first + span) // _YEAR + 1)
    fit = max(int(room // _YEAR_ROOM), 1)
    step = -(-len(years) // fit)
    return [(year * _YEAR - first, str(year)) for year in years[::-1][::step]][::-1]


def _number(month: date) -> int:
    """Months since the beginning of the calendar."""
    return month.year * _YEAR + month.month - 1


def _written(number: int) -> str:
    return f"{number // _YEAR}-{number % _YEAR + 1:02d}"
