"""Small plane geometry for lines: distances, directions, points on curves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot

from brm_desktop.rendering.figure import Box, Point
from brm_desktop.rendering.surface import Outline

_CURVE_PIECES = 14
_CORNER_PIECES = 3
_CORNER_REACH = 20.0


def between(start: Point, end: Point, share: float) -> Point:
    """The place a share (0–1) of the way from one point to another."""
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def distance(start: Point, end: Point) -> float:
    """How far two places are from each other."""
    return hypot(end.x - start.x, end.y - start.y)


def direction(start: Point, end: Point) -> Point:
    """The way from one place to another, one unit long; down when they are the same."""
    length = distance(start, end)
    if length < 1e-9:
        return Point(0.0, 1.0)
    return Point((end.x - start.x) / length, (end.y - start.y) / length)


def bounds(points: Iterable[Point], margin: float) -> Box:
    """The rectangle around some places, with a margin."""
    found = list(points)
    left, top = min(p.x for p in found), min(p.y for p in found)
    right, bottom = max(p.x for p in found), max(p.y for p in found)
    return Box(left, top, right - left, bottom - top).grown(margin)


def on_curve(start: Point, step: tuple[Point, ...], share: float) -> Point:
    """The place a share of the way along one step of an outline."""
    if len(step) == 3:
        one, two, end = step
        rest = 1.0 - share
        a, b, c, d = rest**3, 3 * rest * rest * share, 3 * rest * share * share, share**3
        return Point(
            a * start.x + b * one.x + c * two.x + d * end.x,
            a * start.y + b * one.y + c * two.y + d * end.y,
        )
    points = [start, *step]
    while len(points) > 1:
        points = [between(a, b, share) for a, b in pairwise(points)]
    return points[0]


def flattened(outline: Outline) -> list[Point]:
    """The outline as straight pieces."""
    points = [outline.start]
    for step in outline.steps:
        if len(step) == 1:
            points.append(step[0])
            continue
        start = points[-1]
        near = distance(start, step[-1]) < _CORNER_REACH
        pieces = _CORNER_PIECES if near else _CURVE_PIECES
        points += [on_curve(start, step, i / pieces) for i in range(1, pieces + 1)]
    if outline.closed:
        points.append(outline.start)
    return points


def along(points: list[Point], share: float) -> Point:
    """The place a share (0–1) of the whole length along some straight pieces."""
    lengths = [distance(start, end) for start, end in pairwise(points)]
    left = max(0.0, min(1.0, share)) * sum(lengths)
    for (start, end), long in zip(pairwise(points), lengths, strict=True):
        if left <= long and long > 0:
            return between(start, end, left / long)
        left -= long
    return points[-1]


def rounded(points: Sequence[Point], radius: float) -> Outline:
    """Straight from point to point, with corners rounded as far as their sides allow."""
    steps: list[tuple[Point, ...]] = []
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, distance(before, corner) / 2, distance(corner, after) / 2)
        back, ahead = direction(corner, before), direction(corner, after)
        steps.append((Point(corner.x + back.x * reach, corner.y + back.y * reach),))
        steps.append((corner, Point(corner.x + ahead.x * reach, corner.y + ahead.y * reach)))
    steps.append((points[-1],))
    return Outline(points[0], tuple(steps))


def to_piece(point: Point, start: Point, end: Point) -> float:
    """How far a place is from a straight piece."""
    dx, dy = end.x - start.x, end.y - start.y
    squared = dx * dx + dy * dy
    share = 0.0
    if squared > 0:
        share = ((point.x - start.x) * dx + (point.y - start.y) * dy) / squared
        share = max(0.0, min(1.0, share))
    return hypot(point.x - start.x - share * dx, point.y - start.y - share * dy)
