"""Amounts in stacked columns: by stage or by quarter, parted by where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from brm_desktop.rendering.charts.labels import points_wide, within
from brm_desktop.rendering.charts.paper import (
    above,
    columns_of_amounts,
    empty,
    name_above,
    say_nothing,
)
from brm_desktop.rendering.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WIDEST: Final = 0.56
_LEAST_SHOWN: Final = 5
_ROOM_ABOVE: Final = 1.04
_LEFT, _RIGHT = 72.0, 8.0
_ONE_LINE, _TWO_LINES = 24.0, 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """One column: what is said below and above it, and its parts, bottom up, none below 0.

    What is said below may have two lines; else it is broken or cut where its column is too narrow.
    """

    below: str
    above: str
    parts: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PilesChart:
    """Amounts in stacked columns.

    Parameters
    ----------
    piles
        The columns from left to right; every one has as many parts as there are names.
    names, colours
        What the parts are called, said above the columns, and their colours, bottom up.
    currency
        What the amounts at the axis are in; all are in its minor unit.
    nothing
        What is said where there is no amount at all.
    """

    piles: Sequence[Pile]
    names: Sequence[str]
    colours: Sequence[str]
    currency: str
    nothing: str = ""

    def figure(self, theme: Theme, width: float, height: float) -> Figure:
        """The chart in a size in points."""
        many = max(len(self.piles), _LEAST_SHOWN)
        room = (width - _LEFT - _RIGHT) / many
        below = [within(one.below, room) for one in self.piles]
        foot = _TWO_LINES if any("\n" in text for text in below) else _ONE_LINE
        figure, axes = empty(width, height, left=_LEFT, right=_RIGHT, below=foot, above=44)
        most = max((sum(one.parts) for one in self.piles), default=0)
        columns_of_amounts(axes, many, (most or 1) * _ROOM_ABOVE, self.currency, theme)
        axes.set_xticks(range(len(self.piles)), below)
        bottoms = [0] * len(self.piles)
        for place, colour in enumerate(self.colours):
            heights = [one.parts[place] for one in self.piles]
            axes.bar(range(len(self.piles)), heights, _WIDEST, bottoms, color=colour, linewidth=0)
            bottoms = [a + b for a, b in zip(bottoms, heights, strict=True)]
        if all(points_wide(one.above) <= room for one in self.piles):  # else the axis tells them
            for x, one in enumerate(self.piles):
                above(axes, one.above, x, bottoms[x], theme)
        name_above(axes, self.names, self.colours, theme)
        if not most:
            say_nothing(axes, self.nothing, theme)
        return figure
