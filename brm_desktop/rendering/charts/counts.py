"""Counts by band, month after month, as stacked columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from brm_desktop.rendering.charts.paper import above, empty, name_parts, say
from brm_desktop.rendering.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MONTHS_SHOWN: Final = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """One month of a chart of counts: what is said above and below it, and its parts, bottom up."""

    below: str
    above: str
    parts: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsChart:
    """Counts by band, month after month, as stacked columns; the last thirteen months.

    Parameters
    ----------
    stacks
        The months, oldest first; every one has as many parts as there are names.
    names, colours
        What the parts are called, said at the right, and their colours, bottom up.
    above
        What the numbers above the columns are, said at the right of them.
    """

    stacks: Sequence[Stack]
    names: Sequence[str]
    colours: Sequence[str]
    above: str = ""

    def figure(self, theme: Theme, width: float, height: float) -> Figure:
        """The chart in a size in points."""
        from matplotlib.ticker import MaxNLocator

        stacks = self.stacks[-_MONTHS_SHOWN:]
        figure, axes = empty(width, height, left=30, right=112, below=24, above=20)
        most = max((sum(one.parts) for one in stacks), default=0) or 1
        axes.set_ylim(0, most)
        axes.set_xlim(-0.5, max(len(stacks), 6) - 0.5)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        axes.grid(axis="y", color=theme.hairline, linewidth=0.8)
        axes.tick_params(length=0, pad=6, colors=theme.quiet, labelsize=11)
        axes.set_xticks(range(len(stacks)), [one.below for one in stacks])
        bottoms = [0] * len(stacks)
        for place, colour in enumerate(self.colours):
            heights = [one.parts[place] for one in stacks]
            axes.bar(range(len(stacks)), heights, 0.56, bottoms, color=colour, linewidth=0)
            bottoms = [a + b for a, b in zip(bottoms, heights, strict=True)]
        for x, one in enumerate(stacks):
            above(axes, one.above, x, bottoms[x], theme)
        name_parts(axes, self.names, self.colours, theme)
        say(axes, self.above, theme.quiet, 14, 9)
        return figure
