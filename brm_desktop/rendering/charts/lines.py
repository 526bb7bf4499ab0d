"""Numbers from 0 to 100 over months as lines on the screen, each named at its right end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from brm_desktop.rendering.charts.paper import empty, say_nothing, spread
from brm_desktop.rendering.charts.time_axis import draw_months
from brm_desktop.rendering.theme import SIZE_SMALL, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_TOP: Final = 104.0
_LABEL: Final = 16.0
_LEFT, _RIGHT, _BELOW, _ABOVE = 44.0, 132.0, 28.0, 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: its name, its colour, a value 0–100 or ``None`` for each month, and its width."""

    name: str
    colour: str
    values: Sequence[float | None]
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesChart:
    """Lines over months.

    Parameters
    ----------
    months
        The first days of the months, oldest first; as many are said as there is room for.
    lines
        The lines; every one has a value, or ``None``, for each month.
    unit, last, nothing
        What stands behind the numbers, what is said below the newest month instead of it, and what
        is said where there is no value at all.
    """

    months: Sequence[date]
    lines: Sequence[Line]
    unit: str = ""
    last: str = ""
    nothing: str = ""

    def figure(self, theme: Theme, width: float, height: float) -> Figure:
        """The chart in a size in points."""
        figure, axes = empty(width, height, left=_LEFT, right=_RIGHT, below=_BELOW, above=_ABOVE)
        _frame(axes, theme, self.unit)
        places = draw_months(axes, self.months, width - _LEFT - _RIGHT, theme, self.last)
        ends: list[tuple[float, int]] = []
        for number, line in enumerate(self.lines):
            known = [(x, y) for x, y in zip(places, line.values, strict=True) if y is not None]
            values = [float("nan") if value is None else value for value in line.values]
            weight = 2.4 if line.bold else 1.5
            if known:
                axes.plot(places, values, color=line.colour, linewidth=weight)
                axes.plot(*known[-1], marker="o", markersize=5, color=line.colour, clip_on=False)
                ends.append((known[-1][1], number))
        if not ends:
            say_nothing(axes, self.nothing, theme)
        gap = _LABEL * _TOP / max(height - _BELOW - _ABOVE, 1)
        for number, y in spread(ends, gap).items():
            line = self.lines[number]
            newest = next(value for value in reversed(line.values) if value is not None)
            axes.annotate(
                f"{line.name} {newest:.0f}{self.unit}",
                (places[-1], y),
                xytext=(10, 0),
                textcoords="offset points",
                color=theme.readable(line.colour, theme.panel),
                va="center",
                fontsize=SIZE_SMALL,
                annotation_clip=False,
            )
        return figure


def _frame(axes: Axes, theme: Theme, unit: str) -> None:
    axes.set_ylim(0, _TOP)
    ticks = [0, 25, 50, 75, 100]
    axes.set_yticks(ticks, [f"{one}{unit}" for one in ticks])
    axes.grid(axis="y", color=theme.hairline, linewidth=0.8)
    axes.tick_params(axis="y", length=0, pad=6, colors=theme.quiet, labelsize=SIZE_SMALL)
