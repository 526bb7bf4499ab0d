"""Charts drawn by matplotlib, as SVG whose text stays text; the library is loaded on first use."""

from __future__ import annotations

import io
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


def _drawn(
    dates: Sequence[date], series: Sequence[Series], theme: Theme, width: float, height: float
) -> Figure:
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    _know_our_font()
    figure = Figure(figsize=(width / 72, height / 72))
    FigureCanvasSVG(figure)
    axes = figure.add_axes((22 / width, 18 / height, (width - 88) / width, (height - 24) / height))
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
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, pad=6, colors=theme.quiet, labelsize=8)
    shown = range(0, len(dates), 3)
    axes.set_xticks(list(shown), [f"{dates[x]:%Y-%m}" for x in shown])
    axes.patch.set_visible(False)
    axes.figure.patch.set_visible(False)


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
    return buffer.getvalue()
