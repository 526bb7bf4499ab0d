"""Where a new card stands best: beside the one it hangs on, on a free place, in its lane."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.above import ROW, place_above
from brm_desktop.gui.canvas.content import Content
from brm_desktop.gui.canvas.folding import HANGING
from brm_desktop.gui.canvas.port import Relation
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Point

COLUMN: Final = CARD_WIDTH + 30.0
"""From one new card to the next beside it."""

_STACKED: Final = CARD_HEIGHT + 12.0
"""From one card to the next in a column of reports that hang under each other."""

_MOST_STEPS: Final = 60


def place_beside(content: Content, person: PersonId, relation: Relation) -> Point:
    """Where a new peer, report or manager of somebody stands."""
    at = content.cards[person].centre
    if relation is Relation.MANAGER:
        return place_above(content, person) or _place_beside_those_above(content, person)
    if relation is Relation.REPORT:
        reports = _reports(content, person)
        if reports:
            last = max(reports, key=lambda place: (place.y, place.x))
            if any(place.x == last.x and place.y < last.y for place in reports):
                return _free_below(content, Point(last.x, last.y + _STACKED))
            return free_place(content, Point(last.x + COLUMN, last.y))
        return free_place(content, Point(at.x, _other_row(content, at, 1)))
    return free_place(content, Point(at.x + COLUMN, at.y))


def free_place(content: Content, wanted: Point) -> Point:
    """The free place nearest to one on its row, on its side of the column; else a row below."""
    left, right = _room_at(content, wanted)
    for place in _around(wanted):
        if left <= place.x <= right and content.free(place):
            return place
    return _free_below(content, wanted)


def _free_below(content: Content, wanted: Point) -> Point:
    for step in range(_MOST_STEPS):
        place = Point(wanted.x, wanted.y + step * _STACKED)
        if content.free(place):
            return place
    return wanted


def _around(wanted: Point) -> Iterator[Point]:
    """Places on one row, ever farther, right before left."""
    yield wanted
    for step in range(1, _MOST_STEPS):
        yield Point(wanted.x + step * COLUMN / 2, wanted.y)
        yield Point(wanted.x - step * COLUMN / 2, wanted.y)


def _reports(content: Content, person: PersonId) -> list[Point]:
    """Where those stand who hang under somebody, as far as they stand below him."""
    height = content.cards[person].centre.y
    centres = (
        content.cards[line.target].centre
        for line in content.lines_of((person,)).values()
        if line.source == person and line.style in HANGING
    )
    return [centre for centre in centres if centre.y > height]


def _place_beside_those_above(content: Content, person: PersonId) -> Point:
    """Where a new manager stands: between two rows rather than beside whoever is above already."""
    at = content.cards[person].centre
    row = free_place(content, Point(at.x, _other_row(content, at, -1)))
    above = [
        content.cards[line.source].centre.y
        for line in content.lines_of((person,)).values()
        if line.target == person and line.style in HANGING
    ]
    nearest = max((height for height in above if height < at.y), default=None)
    if nearest is None or content.figure.lanes or abs(row.y - nearest) >= CARD_HEIGHT / 2:
        return row
    between = free_place(content, Point(at.x, (at.y + nearest) / 2))
    near = abs(between.x - at.x) <= max(COLUMN, abs(row.x - at.x))
    return between if near and between.y < at.y else row


def _other_row(content: Content, at: Point, way: int) -> float:
    """The height of the next row up or down: the middle of the next lane where there are lanes."""
    heights = [lane.box.centre.y for lane in content.figure.lanes if not lane.column]
    beyond = [height for height in heights if (height - at.y) * way > CARD_HEIGHT]
    return min(beyond, key=lambda height: abs(height - at.y)) if beyond else at.y + way * ROW


def _room_at(content: Content, point: Point) -> tuple[float, float]:
    """From where to where cards may stand on a row: beside the column of a chain, or within it."""
    column = next((lane.box for lane in content.figure.lanes if lane.column), None)
    if column is None:
        return float("-inf"), float("inf")
    if point.x > column.x:
        return column.x + CARD_WIDTH / 2, float("inf")
    return float("-inf"), column.x - CARD_WIDTH / 2 - 12.0
