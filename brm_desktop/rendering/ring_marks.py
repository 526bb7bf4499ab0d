"""The rings of a key-person view: dotted ellipses, what they mean, and whose sector is where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import cos, pi, sin

from brm_desktop.rendering.figure import Box, Figure, Point
from brm_desktop.rendering.fonts import text_width
from brm_desktop.rendering.geometry import between, distance, flattened
from brm_desktop.rendering.labels import Labels, label_width
from brm_desktop.rendering.shapes import Shape
from brm_desktop.rendering.surface import Anchor, Surface, ellipse
from brm_desktop.rendering.theme import SIZE_SMALL, SIZE_TEXT, Theme, mix

_TURNS = tuple(1.0 + side * step * 0.05 for step in range(21) for side in (1, -1))
"""Where on a ring its caption may stand, in half turns from the top, the best first."""

_LEANS = (0.0, 0.12, -0.12, 0.24, -0.24, 0.36, -0.36, 0.5, -0.5, 0.65, -0.65)
_OUTWARD = (0.78, 0.62, 0.9, 0.5, 1.05, 0.38)
_INSIDE = 24.0
_PACE = 16.0
_LARGEST = 4.0


def draw_rings(surface: Surface, figure: Figure, theme: Theme) -> None:
    """Draw the rings around the centre."""
    if figure.centre is None or figure.centre not in figure.cards:
        return
    middle = figure.cards[figure.centre].centre
    for wide, high in figure.rings:
        ring = ellipse(middle, wide, high)
        surface.outline(ring, stroke=mix(theme.ground, theme.wire, 0.5), dash=(3.0, 5.0))


def draw_ring_words(
    surface: Surface,
    figure: Figure,
    shapes: Mapping[str, Shape],
    theme: Theme,
    zoom: float = 1.0,
) -> None:
    """Write what the rings and sectors are, where that covers no card and no line.

    From farther away the words are written larger, so that they can still be read.
    """
    if figure.centre is None or figure.centre not in figure.cards or not figure.rings:
        return
    middle = figure.cards[figure.centre].centre
    labels = Labels(figure, _on_lines(shapes))
    wide, high = figure.rings[-1]
    seen = figure.bounds.grown(_INSIDE)
    grown = max(1.0, min(_LARGEST, 1.0 / zoom))
    colour = theme.readable(theme.quiet, theme.ground)
    for mark in figure.sectors:
        places = [
            Point(
                middle.x + wide * share * sin(mark.angle + lean),
                middle.y - high * share * cos(mark.angle + lean),
            )
            for lean in _LEANS
            for share in _OUTWARD
        ]
        at = _best(labels, mark.title, places, seen, grown)
        _write(surface, mark.title, at, SIZE_TEXT * grown, colour)
    for (wide, high), text in zip(figure.rings, figure.captions, strict=False):
        places = [
            Point(middle.x + wide * sin(turn * pi), middle.y - high * cos(turn * pi))
            for turn in _TURNS
        ]
        if text:
            at = _best(labels, text, places, seen, grown)
            width, tall = (text_width(text, SIZE_SMALL) + 12.0) * grown, 18.0 * grown
            plate = Box(at.x - width / 2, at.y - tall / 2, width, tall)
            surface.rect(plate, fill=theme.ground)
            _write(surface, text, at, SIZE_SMALL * grown, colour)


def _on_lines(shapes: Mapping[str, Shape]) -> Iterator[Box]:
    """Small boxes along all lines."""
    for shape in shapes.values():
        for start, end in pairwise(flattened(shape.outline)):
            pieces = max(1, round(distance(start, end) / _PACE))
            for piece in range(pieces):
                at = between(start, end, piece / pieces)
                yield Box(at.x - _PACE / 2, at.y - _PACE / 2, _PACE, _PACE)


def _best(labels: Labels, text: str, places: list[Point], seen: Box, grown: float) -> Point:
    half = label_width(text) * grown / 2
    room = Box(seen.x + half, seen.y, seen.width - 2 * half, seen.height)
    inside = [at for at in places if room.holds(at)]
    return labels.place(text, inside or places, grown)


def _write(surface: Surface, text: str, at: Point, size: float, colour: str) -> None:
    surface.text(Point(at.x, at.y + size * 0.36), text, colour, size, anchor=Anchor.MIDDLE)
