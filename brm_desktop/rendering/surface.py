"""What can be drawn on: the few strokes that serve screen, PNG, SVG and PDF alike.

Cards, lines and lanes are drawn through a :class:`Surface` and nothing else, so that paper shows
what the screen shows. ``screen.PainterSurface`` draws with a ``QPainter``, ``svg.SvgSurface``
writes SVG text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import cos, pi, sin
from typing import Protocol

from brm_desktop.rendering.figure import Box, Point

_ROUND = 0.5522847498
"""How far the handles of a quarter circle's curve reach, for a radius of 1."""


class Anchor(Enum):
    """Which end of a text its place is."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Outline:
    """A line through the plane, from ``start`` in ``steps``.

    A step of one point is straight, of two a quadratic, of three a cubic Bézier curve; it ends at
    its last point.
    """

    start: Point
    steps: tuple[tuple[Point, ...], ...]
    closed: bool = False

    @classmethod
    def through(cls, *points: Point, closed: bool = False) -> Outline:
        """Straight from point to point."""
        return cls(points[0], tuple((point,) for point in points[1:]), closed)


class Surface(Protocol):
    """Something to draw on.

    Lengths are scene units, y grows downwards, colours are ``#RRGGBB`` or ``#RRGGBBAA``. A stroke
    of width 0 is one device pixel wide at every zoom.
    """

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

    def arc(self, centre: Point, radius: float, share: float, *, stroke: str, width: float) -> None:
        """The first ``share`` (0–1) of a circle, clockwise from the top, with round ends."""

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


def regular_polygon(centre: Point, radius: float, corners: int) -> Outline:
    """A polygon with one corner straight up."""
    return Outline.through(
        *(
            Point(
                centre.x + radius * sin(2 * pi * corner / corners),
                centre.y - radius * cos(2 * pi * corner / corners),
            )
            for corner in range(corners)
        ),
        closed=True,
    )


def ellipse(centre: Point, wide: float, high: float) -> Outline:
    """An ellipse of a half width and a half height, from its top clockwise."""
    x, y, along, down = centre.x, centre.y, wide * _ROUND, high * _ROUND
    top, right = Point(x, y - high), Point(x + wide, y)
    bottom, left = Point(x, y + high), Point(x - wide, y)
    return Outline(
        top,
        (
            (Point(x + along, y - high), Point(x + wide, y - down), right),
            (Point(x + wide, y + down), Point(x + along, y + high), bottom),
            (Point(x - along, y + high), Point(x - wide, y + down), left),
            (Point(x - wide, y - down), Point(x - along, y - high), top),
        ),
        closed=True,
    )


def star(centre: Point, radius: float) -> Outline:
    """A five-pointed star with one point straight up."""
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.42
        turn = pi * corner / 5
        points.append(Point(centre.x + reach * sin(turn), centre.y - reach * cos(turn)))
    return Outline.through(*points, closed=True)
