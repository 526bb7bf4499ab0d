"""Amounts by account, the largest first, with the share they come to together as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from brm_desktop.rendering.charts.labels import within
from brm_desktop.rendering.charts.paper import (
    above,
    bare,
    columns_of_amounts,
    empty,
    say_nothing,
)
from brm_desktop.rendering.theme import SIZE_SMALL, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LEAST_SHOWN: Final = 5
_ROOM_ABOVE: Final = 1.12


@dataclass(frozen=True, slots=True, kw_only=True)
class ParetoBar:
    """One column: its name, what is said above it, its amount, and the share up to it, 0–1."""

    name: str
    said: str
    amount: int
    up_to: float
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParetoChart:
    """Columns, and the line of the shares at the axis on the right.

    Parameters
    ----------
    bars
        The columns, the largest first; ``quiet`` ones stand for several.
    currency
        What the amounts at the axis are in; all are in its minor unit.
    line_name
        What the line is, said above its axis.
    nothing
        What is said where there is no amount at all.
    """

    bars: Sequence[ParetoBar]
    currency: str
    line_name: str = ""
    nothing: str = ""

    def figure(self, theme: Theme, width: float, height: float) -> Figure:
        """The chart in a size in points."""
        figure, axes = empty(width, height, left=72, right=52, below=44, above=28)
        many = max(len(self.bars), _LEAST_SHOWN)
        most = max((one.amount for one in self.bars), default=0)
        columns_of_amounts(axes, many, (most or 1) * _ROOM_ABOVE, self.currency, theme)
        room = (width - 124) / many
        axes.set_xticks(range(len(self.bars)), [within(one.name, room) for one in self.bars])
        colours = [theme.unscored if one.quiet else theme.accent for one in self.bars]
        amounts = [one.amount for one in self.bars]
        axes.bar(range(len(self.bars)), amounts, 0.56, color=colours, linewidth=0)
        for x, one in enumerate(self.bars):
            above(axes, one.said, x, one.amount, theme)
        if most:
            _line(axes, self.bars, theme, self.line_name)
        else:
            say_nothing(axes, self.nothing, theme)
        return figure


def _line(axes: Axes, bars: Sequence[ParetoBar], theme: Theme, name: str) -> None:
    """The shares, at an axis of their own on the right."""
    shares = axes.twinx()
    for one in (axes, shares):
        bare(one)  # a twin gives the first its ground again
    shares.set_ylim(0, 100 * _ROOM_ABOVE)
    shares.set_yticks([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"])
    shares.tick_params(length=0, pad=6, colors=theme.quiet, labelsize=SIZE_SMALL)
    values = [100 * one.up_to for one in bars]
    shares.plot(range(len(bars)), values, color=theme.weak, linewidth=1.6, marker="o", markersize=4)
    axes.annotate(
        name,
        (1, 1),
        xycoords="axes fraction",
        xytext=(48, 16),
        textcoords="offset points",
        color=theme.readable(theme.weak, theme.panel),
        ha="right",
        va="center",
        fontsize=SIZE_SMALL,
        annotation_clip=False,
    )
