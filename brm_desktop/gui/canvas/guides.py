"""Alignment while dragging: which edges and centres line up, and where a card snaps to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brm_desktop.rendering.figure import Box


@dataclass(frozen=True, slots=True)
class Guide:
    """A straight line shown while two cards line up; upright lines run along y."""

    at: float
    start: float
    end: float
    upright: bool


@dataclass(frozen=True, slots=True)
class Snap:
    """How far to shift what is dragged so that it lines up, and the guides that show why."""

    dx: float = 0.0
    dy: float = 0.0
    guides: tuple[Guide, ...] = ()


def snap(dragged: Box, others: Iterable[Box], reach: float) -> Snap:
    """The smallest shift within ``reach`` that lines up centres or edges with other boxes."""
    boxes = list(others)
    across = _closest(_marks(dragged.x, dragged.width), boxes, reach, upright=True)
    along = _closest(_marks(dragged.y, dragged.height), boxes, reach, upright=False)
    dx, dy = across or 0.0, along or 0.0
    placed = Box(dragged.x + dx, dragged.y + dy, dragged.width, dragged.height)
    guides: list[Guide] = []
    if across is not None:
        guides.extend(_guides(placed, boxes, upright=True))
    if along is not None:
        guides.extend(_guides(placed, boxes, upright=False))
    return Snap(dx, dy, tuple(guides))


def _marks(start: float, size: float) -> tuple[float, float, float]:
    return start + size / 2, start, start + size


def _span(box: Box, *, upright: bool) -> tuple[float, float]:
    return (box.x, box.width) if upright else (box.y, box.height)


def _closest(
    marks: tuple[float, float, float], boxes: list[Box], reach: float, *, upright: bool
) -> float | None:
    """The shift of least size that brings a mark onto the same mark of another box."""
    shifts = (
        theirs - ours
        for box in boxes
        for ours, theirs in zip(marks, _marks(*_span(box, upright=upright)), strict=True)
    )
    return min((shift for shift in shifts if abs(shift) <= reach), key=abs, default=None)


def _guides(placed: Box, boxes: list[Box], *, upright: bool) -> list[Guide]:
    """One guide for each mark that now coincides, as long as the boxes it joins."""
    found: list[Guide] = []
    for index, mark in enumerate(_marks(*_span(placed, upright=upright))):
        joined = [
            box for box in boxes if abs(_marks(*_span(box, upright=upright))[index] - mark) < 0.01
        ]
        if joined:
            ends = [_span(box, upright=not upright) for box in (*joined, placed)]
            start = min(begin for begin, _ in ends)
            end = max(begin + size for begin, size in ends)
            found.append(Guide(mark, start, end, upright))
            break
    return found
