"""Scores over time in a document: lines with their names at the right end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from brm_desktop.rendering.charts.paper import empty, spread
from brm_desktop.rendering.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOCUMENT_SIZE: Final = 9.0
"""Points of the type in a document, which is read closer than a window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line of a chart: its name at the right end, its colour, and a value 0–100 per date."""

    name: str
    colour: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendChart:
    """Scores over time.

    Parameters
    ----------
    dates, series
        The days, oldest first, and the lines; every series has a value, or ``None``, per day.
    nothing
        What is said where there is no score at all.
    """

    dates: Sequence[date]
    series: Sequence[Series]
    nothing: str = ""

    def figure(self, theme: Theme, width: float, height: float) -> Figure:
        """The chart in a size in points."""
        figure, axes = empty(width, height, left=22, right=66, below=18, above=6)
        _frame(axes, self.dates, theme)
        ends: list[tuple[float, int]] = []
        for place, line in enumerate(self.series):
            values = [float("nan") if value is None else value for value in line.values]
            known = [(x, value) for x, value in enumerate(line.values) if value is not None]
            if known:
                axes.plot(range(len(self.dates)), values, color=line.colour, linewidth=1.8)
                axes.plot(*known[-1], marker="o", markersize=5, color=line.colour, clip_on=False)
                ends.append((known[-1][1], place))
        if not ends:
            middle = (len(self.dates) - 1) / 2
            axes.text(middle, 50, self.nothing, color=theme.quiet, ha="center", va="center")
        for place, y in spread(ends).items():
            axes.annotate(
                self.series[place].name,
                (len(self.dates) - 1, y),
                xytext=(8, 0),
                textcoords="offset points",
                color=self.series[place].colour,
                va="center",
                fontsize=DOCUMENT_SIZE,
                annotation_clip=False,
            )
        return figure


def _frame(axes: Axes, dates: Sequence[date], theme: Theme) -> None:
    axes.set_ylim(0, 104)
    axes.set_xlim(0, max(len(dates) - 1, 1))
    axes.set_yticks([0, 50, 100])
    axes.grid(axis="y", color=theme.hairline, linewidth=0.8)
    axes.tick_params(length=0, pad=6, colors=theme.quiet, labelsize=8)
    shown = range(0, len(dates), 3)
    axes.set_xticks(list(shown), [f"{dates[x]:%Y-%m}" for x in shown])
