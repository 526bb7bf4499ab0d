"""Counts by band over many months, as areas one on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from brm_desktop.rendering.charts.paper import empty, name_parts
from brm_desktop.rendering.charts.time_axis import draw_months
from brm_desktop.rendering.theme import SIZE_SMALL, Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LEFT: Final = 44.0
_RIGHT: Final = 132.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMonth:
    """One month, by its first day, and its counts, bottom up."""

    month: date
    counts: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasChart:
    """Counts over months as stacked areas.

    Parameters
    ----------
    months
        The months, oldest first; every one has as many counts as there are names.
    names, colours
        What is counted, said at the right, and its colours, bottom up.
    """

    months: Sequence[AreaMonth]
    names: Sequence[str]
    colours: Sequence[str]

    def figure(self, theme: Theme, width: float, height: float) -> Figure:
        """The chart in a size in points."""
        from matplotlib.ticker import MaxNLocator

        figure, axes = empty(width, height, left=_LEFT, right=_RIGHT, below=28, above=8)
        axes.set_ylim(0, max((sum(one.counts) for one in self.months), default=0) or 1)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        axes.grid(axis="y", color=theme.hairline, linewidth=0.8)
        axes.tick_params(axis="y", length=0, pad=6, colors=theme.quiet, labelsize=SIZE_SMALL)
        months = [one.month for one in self.months]
        places = draw_months(axes, months, width - _LEFT - _RIGHT, theme)
        lower = [0] * len(self.months)
        for place, colour in enumerate(self.colours):
            upper = [low + one.counts[place] for low, one in zip(lower, self.months, strict=True)]
            axes.fill_between(places, lower, upper, color=colour, linewidth=0)
            lower = upper
        name_parts(axes, self.names, self.colours, theme)
        return figure
