"""What all charts have in common: an empty area of a size in points, words at places, and SVG."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Final

from brm_desktop.bundled import bundled
from brm_desktop.domain.records.base import Money
from brm_desktop.language import money
from brm_desktop.rendering.theme import FONT_FAMILY, SIZE_SMALL, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FONT: Final = re.compile(rb"font: ([\\d.]+px) ([^;\"]+)")
"""The short form of a font, which Qt's reader of SVG does not know."""
_ONE_AT_A_TIME: Final = Lock()
"""What matplotlib is told of fonts holds for all threads, so that charts wait for each other."""
_LABEL_GAP: Final = 14.0
_BESIDE: Final = 14.0
_BETWEEN: Final = 22.0
_FIRST: Final = -12.0
"""So far below the upper edge the first name stands: what may be said above it has room."""


def drawn(draw: Callable[[], Figure], size: float = SIZE_SMALL) -> bytes:
    """A figure as SVG, its words as words of our font; safe in any thread, one after another."""
    import matplotlib as mpl

    with (
        _ONE_AT_A_TIME,
        mpl.rc_context(
            {
                "svg.fonttype": "none",
                "svg.hashsalt": "brm",
                "font.family": FONT_FAMILY,
                "font.size": size,
                "text.parse_math": False,  # a name may hold a $
            }
        ),
    ):
        _know_our_font()
        return _svg(draw())


def empty(
    width: float, height: float, *, left: float, right: float, below: float, above: float
) -> tuple[Figure, Axes]:
    """A figure of a size in points, with one frameless area inside its margins."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / 72, height / 72))
    FigureCanvasSVG(figure)
    inside = (
        left / width,
        below / height,
        max(width - left - right, 1) / width,
        max(height - below - above, 1) / height,
    )
    axes = figure.add_axes(inside)
    axes.set_axisbelow(True)
    bare(axes)
    figure.patch.set_visible(False)
    return figure, axes


def bare(axes: Axes) -> None:
    """No frame and no ground."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.patch.set_visible(False)


def say(
    axes: Axes, text: str, colour: str, x: float, y: float, *, size: float = SIZE_SMALL
) -> None:
    """Words so many points right of and above the upper right corner."""
    axes.annotate(
        text,
        (1, 1),
        xycoords="axes fraction",
        xytext=(x, y),
        textcoords="offset points",
        color=colour,
        va="center",
        fontsize=size,
        annotation_clip=False,
    )


def name_parts(axes: Axes, names: Sequence[str], colours: Sequence[str], theme: Theme) -> None:
    """The names of the parts at the right, top down as they are stacked, each with its colour."""
    for place, (name, colour) in enumerate(zip(reversed(names), reversed(colours), strict=True)):
        y = _FIRST - _BETWEEN * place
        say(axes, "\u25a0", colour, _BESIDE, y, size=12)
        say(axes, name, theme.ink, _BESIDE + 16, y)


def name_above(axes: Axes, names: Sequence[str], colours: Sequence[str], theme: Theme) -> None:
    """The names of the parts in a line above the area, each with its colour."""
    from matplotlib.patches import Patch

    signs = [Patch(color=colour, linewidth=0) for colour in reversed(colours)]
    axes.legend(
        signs,
        list(reversed(names)),
        loc="lower right",
        bbox_to_anchor=(1, 1.12),
        ncol=len(names),
        frameon=False,
        handlelength=0.8,
        handleheight=0.8,
        handletextpad=0.5,
        columnspacing=1.6,
        borderaxespad=0,
        borderpad=0,
        labelcolor=theme.ink,
        fontsize=SIZE_SMALL,
    )


def say_nothing(axes: Axes, text: str, theme: Theme) -> None:
    """Say in the middle that there is nothing to show, at an axis without numbers."""
    axes.set_yticks([])
    axes.text(0.5, 0.5, text, transform=axes.transAxes, color=theme.quiet, ha="center")


def columns_of_amounts(
    axes: Axes, columns: int, highest: float, currency: str, theme: Theme
) -> None:
    """Room for so many columns beside each other, up to a height in minor units of a currency.

    The amounts at the axis are written as people do, with quiet lines across.
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    def said(minor: float, _place: int | None = None) -> str:
        return money(Money(round(minor), currency), "short")

    axes.set_ylim(0, highest)
    axes.set_xlim(-0.5, columns - 0.5)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.yaxis.set_major_formatter(FuncFormatter(said))
    axes.grid(axis="y", color=theme.hairline, linewidth=0.8)
    axes.tick_params(length=0, pad=6, colors=theme.quiet, labelsize=SIZE_SMALL)


def above(axes: Axes, text: str, x: float, y: float, theme: Theme) -> None:
    """A word right above a column."""
    axes.annotate(
        text,
        (x, y),
        xytext=(0, 4),
        textcoords="offset points",
        ha="center",
        color=theme.ink,
        fontsize=SIZE_SMALL,
        annotation_clip=False,
    )


def spread(ends: Sequence[tuple[float, int]], gap: float = _LABEL_GAP) -> dict[int, float]:
    """Heights of labels near the ends of lines, pushed apart so that no two lie on each other.

    ``ends`` are pairs of a height and the line's place; a gap is in the same units as heights.
    """
    placed: dict[int, float] = {}
    lowest = float("-inf")
    for y, place in sorted(ends):
        placed[place] = max(y, lowest)
        lowest = placed[place] + gap
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
