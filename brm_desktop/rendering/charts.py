"""Charts drawn by matplotlib, as SVG whose text stays text; the library is loaded on first use."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from brm_desktop.bundled import bundled
from brm_desktop.language import tr
from brm_desktop.rendering.theme import FONT_FAMILY, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LABEL_GAP = 14.0
_FONT = re.compile(rb"font: ([\\d.]+px) ([^;\"]+)")
"""The short form of a font, which Qt's reader of SVG does not know."""
_MONTHS_SHOWN = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line of a chart: its name at the right end, its colour, and a value 0–100 per date."""

    name: str
    colour: str
    values: Sequence[float | None]


def trend_chart(
    dates: Sequence[date],
    series: Sequence[Series],
    theme: Theme,
    *,
    width: float = 470,
    height: float = 150,
) -> bytes:
    """A line chart of scores over time as SVG.

    Parameters
    ----------
    dates, series
        The days, oldest first, and the lines; every series has a value, or ``None``, per day.
    width, height
        Size in points.
    """
    import matplotlib as mpl

    with mpl.rc_context(
        {"svg.fonttype": "none", "font.family": FONT_FAMILY, "font.size": 9, "svg.hashsalt": "brm"}
    ):
        return _svg(_drawn(dates, series, theme, width, height))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """One month of a chart of counts: what is said above and below it, and its parts, bottom up."""

    below: str
    above: str
    parts: Sequence[int]


def counts_chart(
    stacks: Sequence[Stack],
    names: Sequence[str],
    colours: Sequence[str],
    theme: Theme,
    *,
    above: str = "",
    width: float = 560,
    height: float = 200,
) -> bytes:
    """Counts by band, month after month, as stacked columns in SVG; the last thirteen months.

    Parameters
    ----------
    stacks
        The months, oldest first; every one has as many parts as there are names.
    names, colours
        What the parts are called, said at the right, and their colours, bottom up.
    above
        What the numbers above the columns are, said at the right of them.
    width, height
        Size in points.
    """
    import matplotlib as mpl

    shown = stacks[-_MONTHS_SHOWN:]
    with mpl.rc_context(
        {"svg.fonttype": "none", "font.family": FONT_FAMILY, "font.size": 11, "svg.hashsalt": "brm"}
    ):
        figure = _stacked(shown, names, colours, theme, width, height)
        _say(figure.axes[0], above, theme.quiet, 14, 9)
        return _svg(figure)


def _stacked(
    stacks: Sequence[Stack],
    names: Sequence[str],
    colours: Sequence[str],
    theme: Theme,
    width: float,
    height: float,
) -> Figure:
    from matplotlib.ticker import MaxNLocator

    figure, axes = _empty(width, height, left=30, right=112, below=24, above=20)
    most = max((sum(one.parts) for one in stacks), default=0) or 1
    axes.set_ylim(0, most)
    axes.set_xlim(-0.5, max(len(stacks), 6) - 0.5)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.grid(axis="y", color=theme.hairline, linewidth=0.8)
    axes.tick_params(length=0, pad=6, colors=theme.quiet, labelsize=11)
    axes.set_xticks(range(len(stacks)), [one.below for one in stacks])
    bottoms = [0] * len(stacks)
    for place, colour in enumerate(colours):
        heights = [one.parts[place] for one in stacks]
        axes.bar(range(len(stacks)), heights, 0.56, bottoms, color=colour, linewidth=0)
        bottoms = [a + b for a, b in zip(bottoms, heights, strict=True)]
    for x, one in enumerate(stacks):
        axes.annotate(
            one.above,
            (x, bottoms[x]),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            color=theme.ink,
            fontsize=11,
            annotation_clip=False,
        )
    _name_parts(axes, names, colours, theme)
    return figure


def _name_parts(axes: Axes, names: Sequence[str], colours: Sequence[str], theme: Theme) -> None:
    """The names of the parts at the right, top down as they are stacked, each with its colour."""
    for place, (name, colour) in enumerate(zip(reversed(names), reversed(colours), strict=True)):
        axes.annotate(
            "\u25a0",
            (1, 1),
            xycoords="axes fraction",
            xytext=(14, -8 - 22 * place),
            textcoords="offset points",
            color=colour,
            va="center",
            fontsize=12,
        )
        _say(axes, name, theme.ink, 30, -8 - 22 * place)


def _say(axes: Axes, text: str, colour: str, x: float, y: float) -> None:
    """Words so many points right of and above the upper right corner."""
    axes.annotate(
        text,
        (1, 1),
        xycoords="axes fraction",
        xytext=(x, y),
        textcoords="offset points",
        color=colour,
        va="center",
        fontsize=11,
        annotation_clip=False,
    )


def _empty(
    width: float, height: float, *, left: float, right: float, below: float, above: float
) -> tuple[Figure, Axes]:
    """A figure of a size in points, with one frameless area inside its margins."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    _know_our_font()
    figure = Figure(figsize=(width / 72, height / 72))
    FigureCanvasSVG(figure)
    inside = (
        left / width,
        below / height,
        (width - left - right) / width,
        (height - below - above) / height,
    )
    axes = figure.add_axes(inside)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.patch.set_visible(False)
    figure.patch.set_visible(False)
    return figure, axes


def _drawn(
    dates: Sequence[date], series: Sequence[Series], theme: Theme, width: float, height: float
) -> Figure:
    figure, axes = _empty(width, height, left=22, right=66, below=18, above=6)
    _frame(axes, dates, theme)
    ends: list[tuple[float, Series]] = []
    for line in series:
        values = [float("nan") if value is None else value for value in line.values]
        known = [(x, value) for x, value in enumerate(line.values) if value is not None]
        axes.plot(range(len(dates)), values, color=line.colour, linewidth=1.8)
        if known:
            axes.plot(*known[-1], marker="o", markersize=5, color=line.colour, clip_on=False)
            ends.append((known[-1][1], line))
    if not ends:
        middle = (len(dates) - 1) / 2
        axes.text(middle, 50, tr("no score yet"), color=theme.quiet, ha="center", va="center")
    for y, line in _spread(ends):
        axes.annotate(
            line.name,
            (len(dates) - 1, y),
            xytext=(8, 0),
            textcoords="offset points",
            color=line.colour,
            va="center",
            fontsize=9,
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


def _spread(ends: list[tuple[float, Series]]) -> list[tuple[float, Series]]:
    """Label heights near the line ends, pushed apart so that no two lie on each other."""
    placed: list[tuple[float, Series]] = []
    for y, line in sorted(ends, key=lambda end: end[0]):
        lowest = placed[-1][0] + _LABEL_GAP if placed else y
        placed.append((max(y, lowest), line))
    return placed


def _know_our_font() -> None:
    from matplotlib import font_manager

    if FONT_FAMILY not in {font.name for font in font_manager.fontManager.ttflist}:
        for file in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
            font_manager.fontManager.addfont(bundled("fonts", file))


def _svg(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    return _FONT.sub(rb"font-size: \1; font-family: \2", buffer.getvalue())
