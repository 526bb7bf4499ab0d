"""Drawing as SVG text: every word stays a word, in our font by name."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, sin
from xml.sax.saxutils import escape, quoteattr

from brm_desktop.rendering.figure import Box, Point
from brm_desktop.rendering.surface import Anchor, Outline
from brm_desktop.rendering.theme import FONT_FAMILY

_STEP_LETTERS = "LQC"
_UNPRINTABLE = dict.fromkeys((*range(0x20), 0x7F, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), " ")


class SvgSurface:
    """A surface that gathers SVG elements; ``document`` makes a file of them."""

    def __init__(self) -> None:
        self._elements: list[str] = []

    def document(self, view: Box, *, title: str = "", scale: float = 1.0) -> str:
        """The whole drawing as an SVG document that shows ``view``."""
        numbers = " ".join(_n(v) for v in (view.x, view.y, view.width, view.height))
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(view.width * scale)}" '
            f'height="{_n(view.height * scale)}" viewBox="{numbers}" '
            f"font-family={quoteattr(FONT_FAMILY)}>"
        )
        named = f"<title>{_clean(title)}</title>" if title else ""
        return "\n".join((head + named, *self._elements, "</svg>\n"))

    def rect(
        self,
        box: Box,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 1.0,
        radius: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A rectangle, its corners rounded by ``radius``."""
        place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
        rounded = f' rx="{_n(radius)}"' if radius > 0 else ""
        self._elements.append(f"<rect {place}{rounded}{_dress(fill, stroke, width, dash)}/>")

    def circle(
        self,
        centre: Point,
        radius: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 1.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A circle."""
        place = f'cx="{_n(centre.x)}" cy="{_n(centre.y)}" r="{_n(radius)}"'
        self._elements.append(f"<circle {place}{_dress(fill, stroke, width, dash)}/>")

    def arc(self, centre: Point, radius: float, share: float, *, stroke: str, width: float) -> None:
        """The first ``share`` (0–1) of a circle, clockwise from the top, with round ends."""
        if share >= 1.0:
            self.circle(centre, radius, stroke=stroke, width=width)
            return
        turn = 2 * pi * max(share, 0.0)
        large = 1 if share > 0.5 else 0
        end = Point(centre.x + radius * sin(turn), centre.y - radius * cos(turn))
        path = (
            f"M{_n(centre.x)} {_n(centre.y - radius)}"
            f"A{_n(radius)} {_n(radius)} 0 {large} 1 {_n(end.x)} {_n(end.y)}"
        )
        self._elements.append(f'<path d="{path}"{_dress(None, stroke, width, ())}/>')

    def outline(
        self,
        outline: Outline,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 1.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A line, or a shape when it is filled; ends and corners are round."""
        parts = [f"M{_pairs((outline.start,))}"]
        parts += [f"{_STEP_LETTERS[len(step) - 1]}{_pairs(step)}" for step in outline.steps]
        if outline.closed:
            parts.append("Z")
        self._elements.append(f'<path d="{"".join(parts)}"{_dress(fill, stroke, width, dash)}/>')

    def text(
        self,
        at: Point,
        text: str,
        colour: str,
        size: float,
        *,
        bold: bool = False,
        anchor: Anchor = Anchor.START,
        turned: bool = False,
    ) -> None:
        """One line of text on the baseline ``at``; ``turned`` reads from bottom to top."""
        marks = [f'x="{_n(at.x)}" y="{_n(at.y)}" font-size="{_n(size)}"{_paint("fill", colour)}']
        if bold:
            marks.append('font-weight="700"')
        if anchor is not Anchor.START:
            marks.append(f'text-anchor="{anchor.value}"')
        if turned:
            marks.append(f'transform="rotate(-90 {_n(at.x)} {_n(at.y)})"')
        self._elements.append(f"<text {' '.join(marks)}>{_clean(text)}</text>")


def _clean(text: str) -> str:
    """Text as XML may hold it: what no XML can hold becomes a space."""
    return escape(text.translate(_UNPRINTABLE))


def _dress(fill: str | None, stroke: str | None, width: float, dash: Iterable[float]) -> str:
    dressed = ' fill="none"' if fill is None else _paint("fill", fill)
    if stroke is None:
        return dressed
    dressed += _paint("stroke", stroke)
    if width != 1.0:
        dressed += f' stroke-width="{_n(width or 1.0)}"'
    lengths = " ".join(_n(length) for length in dash)
    if lengths:
        return f'{dressed} stroke-dasharray="{lengths}" stroke-linejoin="round"'
    return f'{dressed} stroke-linecap="round" stroke-linejoin="round"'


def _paint(what: str, colour: str) -> str:
    if len(colour) == 9:
        return f' {what}="{colour[:7]}" {what}-opacity="{_n(int(colour[7:], 16) / 255)}"'
    return f' {what}="{colour}"'


def _pairs(points: Iterable[Point]) -> str:
    return " ".join(f"{_n(point.x)} {_n(point.y)}" for point in points)


def _n(number: float) -> str:
    """A number with at most two decimals and nothing needless."""
    written = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written
