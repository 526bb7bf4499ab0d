"""Where an arrow key leads: along lines first, else to the nearest card that way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.folding import HANGING
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Card, Line, Point


class Direction(Enum):
    """The way an arrow key points, as a step of x and y."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


_SQUARE: Final = CARD_WIDTH / CARD_HEIGHT
"""Cards are wider than high: heights count for so much more."""


def neighbour(
    cards: Mapping[PersonId, Card],
    lines: Iterable[Line],
    start: PersonId,
    direction: Direction,
) -> PersonId | None:
    """The person an arrow leads to from ``start``; ``None`` when nobody stands that way.

    Up leads to the manager and down to the first report wherever they stand; otherwise the nearest
    of his peers and of those he sways or who sway him, then of all.
    """
    lines = tuple(lines)
    hanging = _along_the_chart(cards, lines, start, direction)
    if hanging is not None:
        return hanging
    for people in (_linked(lines, start) | _peers(lines, start), cards.keys()):
        found = _nearest(cards, people, start, direction)
        if found is not None:
            return found
    return None


def nearest_to(cards: Mapping[PersonId, Card], point: Point) -> PersonId | None:
    """The person whose card stands nearest to a point."""
    return min(cards, key=lambda person: _far(cards[person].centre, point), default=None)


def _along_the_chart(
    cards: Mapping[PersonId, Card], lines: tuple[Line, ...], start: PersonId, direction: Direction
) -> PersonId | None:
    hanging = [line for line in lines if line.style in HANGING]
    if direction is Direction.UP:
        people = [line.source for line in hanging if line.target == start]
    elif direction is Direction.DOWN:
        people = [line.target for line in hanging if line.source == start]
    else:
        return None
    here = cards[start].centre
    below = direction is Direction.DOWN
    right_way = [p for p in people if p in cards and (cards[p].centre.y > here.y) is below]
    if below:
        return min(right_way, key=lambda p: (cards[p].centre.x, cards[p].centre.y), default=None)
    return min(right_way, key=lambda p: _far(cards[p].centre, here), default=None)


def _linked(lines: tuple[Line, ...], start: PersonId) -> set[PersonId]:
    beside = [line for line in lines if line.style not in HANGING]
    ends = {line.source for line in beside if line.target == start}
    return ends | {line.target for line in beside if line.source == start}


def _peers(lines: tuple[Line, ...], start: PersonId) -> set[PersonId]:
    managers = {line.source for line in lines if line.target == start and line.style in HANGING}
    return {line.target for line in lines if line.source in managers and line.style in HANGING}


def _nearest(
    cards: Mapping[PersonId, Card],
    people: Iterable[PersonId],
    start: PersonId,
    direction: Direction,
) -> PersonId | None:
    here = cards[start].centre
    best: tuple[float, PersonId] | None = None
    for person in people:
        if person == start or person not in cards:
            continue
        cost = _cost(here, cards[person].centre, direction)
        if cost is not None and (best is None or (cost, person) < best):
            best = (cost, person)
    return best[1] if best else None


def _cost(here: Point, there: Point, direction: Direction) -> float | None:
    """How far a point is that way, sideways counting double; ``None`` when it lies another way."""
    dx, dy = there.x - here.x, (there.y - here.y) * _SQUARE
    step_x, step_y = direction.value
    along = dx * step_x + dy * step_y
    across = abs(dx * step_y) + abs(dy * step_x)
    if along <= 1.0 or across > 2.0 * along:
        return None
    return along + 2.0 * across


def _far(a: Point, b: Point) -> float:
    return abs(a.x - b.x) + abs(a.y - b.y) * _SQUARE
