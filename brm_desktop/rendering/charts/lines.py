"""Numbers from 0 to 100 over months as lines on the screen, each named at its right end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from brm_desktop.rendering.charts.paper import drawn, empty, say_nothing, spread
from brm_desktop.rendering.theme import SIZE_SMALL, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_TOP: Final = 104.0
_LABEL: Final = 16.0
_TICK_ROOM: Final = 56.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: its name, its colour, a value 0–100 or ``None`` for each month, and its width."""

    name: str
    colour: str
    values: Sequence[float | None]
    bold: bool = False


def lines_chart(
    months: Sequence[str],
    lines: Sequence[Line],
    theme: Theme,
    *,
    unit: str = "",
    nothing: str = "",
    width: float = 560,
    height: float = 220,
) -> bytes:
    """A line chart over months as SVG.

    Parameters
    ----------
    months
        What is said below each month, oldest first; as many are said as there is room for.
    lines
        The lines; every one has a value, or ``None``, for each month.
    unit, nothing
        What stands behind the numbers, and what is said where there is no value at all.
    width, height
        Size in points.
    """
    return drawn(partial(_figure, months, lines, theme, unit, nothing, width, height))


def _figure(
    months: Sequence[str],
    lines: Sequence[Line],
    theme: Theme,
    unit: str,
    nothing: str,
    width: float,
    height: float,
) -> Figure:
    figure, axes = empty(width, height, left=44, right=132, below=24, above=8)
    _frame(axes, months, theme, unit, width - 176)
    ends: list[tuple[float, int]] = []
    for place, line in enumerate(lines):
        known = [(x, value) for x, value in enumerate(line.values) if value is not None]
        values = [float("nan") if value is None else value for value in line.values]
        weight = 2.4 if line.bold else 1.5
        if known:
            axes.plot(range(len(months)), values, color=line.colour, linewidth=weight)
            axes.plot(*known[-1], marker="o", markersize=5, color=line.colour, clip_on=False)
            ends.append((known[-1][1], place))
    if not ends:
        say_nothing(axes, nothing, theme)
    gap = _LABEL * _TOP / max(height - 32, 1)
    for place, y in spread(ends, gap).items():
        line = lines[place]
        last = next(value for value in reversed(line.values) if value is not None)
        axes.annotate(
            f"{line.name} {last:.0f}{unit}",
            (len(months) - 1, y),
            xytext=(10, 0),
            textcoords="offset points",
            color=theme.readable(line.colour, theme.panel),
            va="center",
            fontsize=SIZE_SMALL,
            annotation_clip=False,
        )
    return figure


def _frame(axes: Axes, months: Sequence[str], theme: Theme, unit: str, room: float) -> None:
    axes.set_ylim(0, _TOP)
    axes.set_xlim(0, max(len(months) - 1, 1))
    ticks = [0, 25, 50, 75, 100]
    axes.set_yticks(ticks, [f"{one}{unit}" for one in ticks])
    axes.grid(axis="y", color=theme.hairline, linewidth=0.8)
    axes.tick_params(length=0, pad=6, colors=theme.quiet, labelsize=SIZE_SMALL)
    fit = max(int(room // _TICK_ROOM), 1)
    step = max(-(-len(months) // fit), 1)
    shown = list(range(len(months) - 1, -1, -step))[::-1]
    axes.set_xticks(shown, [months[x] for x in shown])
