"""How reporting lines run: a trunk from the manager, a rail above the reports, a drop to each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.figure import Box, Card, Line, Point

RAIL: Final = 22.0
"""How far above the nearest report a rail runs."""

HANG: Final = 12.0
"""How far left of a column of reports its trunk runs."""

INDENT: Final = 28.0
"""How far right of the manager a report stands whose line leaves straight down."""

_NO_JOG = 14.0
_APART = 7.0
_NEAR_RAILS = 3.0
_LEVELS = (0, 1, -1, 2)


@dataclass(slots=True)
class _Branch:
    """One manager's lines of one kind, and where their rail runs from and to."""

    trunk: Box
    lines: list[Line]
    below: list[tuple[Line, Box, bool]]
    rail: float
    left: float
    right: float


def reporting_ways(
    reports: Mapping[PersonId, list[Line]], cards: Mapping[PersonId, Card]
) -> dict[str, list[Point]]:
    """The corners of every reporting line by record id.

    Rails of different managers that would run into each other are set a little apart.
    """
    branches = [_branch(cards[manager].anchor, lines, cards) for manager, lines in reports.items()]
    _set_apart(branches)
    ways: dict[str, list[Point]] = {}
    for branch in branches:
        hanging = {line.record: hangs for line, _, hangs in branch.below}
        for line in branch.lines:
            box = cards[line.target].anchor
            if line.record not in hanging:
                ways[line.record] = _around(branch.trunk, box)
            elif hanging[line.record]:
                ways[line.record] = _hanging(branch.trunk, box, branch.rail)
            else:
                ways[line.record] = _dropping(branch.trunk, box, branch.rail)
    return ways


def _branch(trunk: Box, lines: list[Line], cards: Mapping[PersonId, Card]) -> _Branch:
    boxes = [(line, cards[line.target].anchor) for line in lines]
    boxes = [(line, box) for line, box in boxes if box.y >= trunk.bottom + 10.0]
    columns: dict[int, int] = defaultdict(int)
    for _, box in boxes:
        columns[round(box.x)] += 1
    below = [
        (line, box, columns[round(box.x)] > 1 or _starts_within(trunk, box)) for line, box in boxes
    ]
    nearest = min((box.y for _, box in boxes), default=trunk.bottom)
    rail = nearest - min(RAIL, (nearest - trunk.bottom) / 2)
    drops = [box.x - HANG if hangs else box.centre.x for _, box, hangs in below]
    drops.append(trunk.centre.x)
    return _Branch(trunk, lines, below, rail, min(drops), max(drops))


def _set_apart(branches: list[_Branch]) -> None:
    """Give rails at one height that overlap different levels, the longest the lowest."""
    heights: dict[int, list[_Branch]] = defaultdict(list)
    for branch in branches:
        if branch.right - branch.left > 1.0:
            heights[round(branch.rail / _NEAR_RAILS)].append(branch)
    for together in heights.values():
        taken: list[tuple[int, float, float]] = []
        for branch in sorted(together, key=lambda b: (b.left, b.right, b.trunk.x)):
            level = next((level for level in _LEVELS if not _is_taken(taken, level, branch)), 0)
            taken.append((level, branch.left, branch.right))
            branch.rail += level * _APART
        taken.clear()


def _is_taken(taken: list[tuple[int, float, float]], level: int, branch: _Branch) -> bool:
    return any(
        other == level and left < branch.right + 4.0 and branch.left - 4.0 < right
        for other, left, right in reversed(taken)
    )


def _dropping(trunk: Box, box: Box, rail: float) -> list[Point]:
    start, end = trunk.centre.x, box.centre.x
    if abs(start - end) < _NO_JOG:
        return [Point(end, trunk.bottom), Point(end, box.y)]
    return [Point(start, trunk.bottom), Point(start, rail), Point(end, rail), Point(end, box.y)]


def _hanging(trunk: Box, box: Box, rail: float) -> list[Point]:
    start, drop, end = trunk.centre.x, box.x - HANG, box.centre.y
    if _starts_within(trunk, box):
        start = drop
    points = [Point(start, trunk.bottom)]
    if abs(start - drop) >= 0.5:
        points += [Point(start, rail), Point(drop, rail)]
    return [*points, Point(drop, end), Point(box.x, end)]


def _starts_within(trunk: Box, box: Box) -> bool:
    """Whether a report hangs indented, its trunk leaving the manager straight down."""
    return abs(box.x - trunk.x - INDENT) < 1.0


def _around(trunk: Box, box: Box) -> list[Point]:
    """From a manager who does not stand above: out of the side that faces the report."""
    if box.x >= trunk.right or box.right <= trunk.x:
        start = trunk.right if box.x >= trunk.right else trunk.x
        end = box.x if box.x >= trunk.right else box.right
        middle = (start + end) / 2
        return [
            Point(start, trunk.centre.y),
            Point(middle, trunk.centre.y),
            Point(middle, box.centre.y),
            Point(end, box.centre.y),
        ]
    if box.bottom <= trunk.y:
        middle = (box.bottom + trunk.y) / 2
        return [
            Point(trunk.centre.x, trunk.y),
            Point(trunk.centre.x, middle),
            Point(box.centre.x, middle),
            Point(box.centre.x, box.bottom),
        ]
    return [trunk.centre, box.centre]
