"""Lanes drawn around cards that hands have placed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from brm_desktop.rendering.figure import Box
from brm_desktop.rendering.layouts.lanes import (
    COLUMN_TITLE,
    LANE_GAP,
    LANE_HEIGHT,
    TITLE_STRIP,
)

_PAD = 21.0
_SIDE = 24.0
_THIN = 44.0


def bands(rows: Sequence[Sequence[Box]], beside: Sequence[Box]) -> tuple[tuple[Box, ...], Box]:
    """A lane around each row's cards, from top to bottom, and the column around those beside.

    Every lane goes over the whole width. Where rows stand into one another the border is drawn
    halfway; an empty lane takes the room that is left between its neighbours.
    """
    inside = Box.around([box for row in rows for box in row])
    left, right = inside.x - TITLE_STRIP, inside.right + _SIDE
    borders = _borders([_reach(row) for row in rows])
    half = LANE_GAP / 2
    lanes = tuple(
        Box(left, top + half, right - left, max(_THIN / 2, bottom - top - 2 * half))
        for top, bottom in borders
    )
    whole = Box.around(lanes)
    around = Box.around(beside)
    x = min(around.x - 18.0, right + LANE_GAP) if beside else right + LANE_GAP
    x = max(x, right + LANE_GAP) if not beside or around.x - 18.0 > right else x
    top = min(whole.y, around.y - COLUMN_TITLE) if beside else whole.y
    bottom = max(whole.bottom, around.bottom + 12.0) if beside else whole.bottom
    width = max(around.right + 18.0 - x, 60.0) if beside else 60.0
    return lanes, Box(x, top, width, bottom - top)


def _reach(row: Sequence[Box]) -> tuple[float, float] | None:
    if not row:
        return None
    return min(box.y for box in row) - _PAD, max(box.bottom for box in row) + _PAD


def _borders(reaches: Sequence[tuple[float, float] | None]) -> list[tuple[float, float]]:
    """Top and bottom of every lane, each beginning where the one before ends."""
    known = [(index, reach) for index, reach in enumerate(reaches) if reach is not None]
    height = LANE_HEIGHT + LANE_GAP
    if not known:
        return [(index * height, (index + 1) * height) for index in range(len(reaches))]
    edges = [0.0] * (len(reaches) + 1)
    first, last = known[0], known[-1]
    for index in range(first[0] + 1):
        edges[index] = first[1][0] - LANE_GAP / 2 - (first[0] - index) * height
    for (upper, above), (lower, below) in pairwise(known):
        gap = below[0] - above[1]
        between = lower - upper - 1
        if between and gap > between * _THIN:
            for step in range(between + 1):
                edges[upper + 1 + step] = above[1] + gap * step / between
        else:
            middle = (above[1] + below[0]) / 2
            for step in range(between + 1):
                shift = (step - between / 2) * _THIN
                edges[upper + 1 + step] = middle + shift
    for index in range(last[0] + 1, len(edges)):
        edges[index] = last[1][1] + LANE_GAP / 2 + (index - last[0] - 1) * height
    return [(top, max(top, bottom)) for top, bottom in pairwise(edges)]
