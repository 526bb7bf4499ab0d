"""Influence alone: those who sway one another near one another, nobody on top of anyone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import Final

from brm_desktop.rendering.figure import CARD_HEIGHT, Box, Point, card_box
from brm_desktop.rendering.layouts.room import ACROSS, DOWN, Room, beside_fixed

Sway = tuple[str, str, float]

SPRING: Final = 1.2
"""How far apart two people who sway one another would like to be, in cards."""

_ROUNDS = 90
_REACH = 3.0
_GOLDEN = pi * (3 - sqrt(5))
_WIDE, _HIGH = ACROSS + 26.0, CARD_HEIGHT + 70.0


def force(
    people: Iterable[str],
    influence: Iterable[Sway],
    *,
    names: Mapping[str, str] | None = None,
    fixed: Mapping[str, Point] | None = None,
) -> dict[str, Point]:
    """Places by who sways whom and how strongly (0–1); people without influence stand below.

    Springs after Fruchterman and Reingold, "Graph drawing by force-directed placement" (1991), from
    a sunflower of starting places; people push one another away only from nearby, so that time
    grows with their number. In the end every card takes the free place nearest to it.
    """
    ids = sorted(set(people), key=lambda one: ((names or {}).get(one, ""), one))
    place = {one: index for index, one in enumerate(ids)}
    springs: dict[tuple[int, int], float] = defaultdict(float)
    for one, other, strength in sorted(influence):
        if one in place and other in place and one != other:
            a, b = sorted((place[one], place[other]))
            springs[a, b] = min(1.0, springs[a, b] + max(0.1, strength))
    degree: dict[int, int] = defaultdict(int)
    for a, b in springs:
        degree[a] += 1
        degree[b] += 1
    linked = sorted(degree, key=lambda index: (-degree[index], index))
    wanted = _packed([_settled(group, springs) for group in _groups(linked, springs)])
    room = Room()
    places: dict[str, Point] = {}
    for index in linked:
        places[ids[index]] = room.free_near(wanted[index])
        room.take(places[ids[index]])
    _stand_below([one for one in ids if one not in places], places)
    return beside_fixed(places, fixed or {})


def _groups(linked: Sequence[int], springs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """People who have to do with one another, directly or not, the largest group first."""
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in springs:
        near[a].append(b)
        near[b].append(a)
    seen: set[int] = set()
    groups = []
    for first in linked:
        if first in seen:
            continue
        seen.add(first)
        group = [first]
        for one in group:
            fresh = [other for other in sorted(near[one]) if other not in seen]
            seen.update(fresh)
            group += fresh
        groups.append(group)
    return sorted(groups, key=lambda group: (-len(group), group))


def _packed(groups: Sequence[Mapping[int, Point]]) -> dict[int, Point]:
    """The groups on shelves from left to right, somewhat wider than high in all."""
    boxes = [Box.around(card_box(at) for at in group.values()).grown(_HIGH / 2) for group in groups]
    area = sum(box.width * box.height for box in boxes)
    width = max([sqrt(area * 2.6), *(box.width for box in boxes)], default=0.0)
    places: dict[int, Point] = {}
    x = y = deep = 0.0
    for group, box in zip(groups, boxes, strict=True):
        if x and x + box.width > width:
            x, y, deep = 0.0, y + deep, 0.0
        places.update({one: Point(at.x - box.x + x, at.y - box.y + y) for one, at in group.items()})
        x += box.width
        deep = max(deep, box.height)
    return places


def _settled(linked: Sequence[int], springs: Mapping[tuple[int, int], float]) -> dict[int, Point]:
    """Where the springs bring everyone, in scene units."""
    start = sqrt(len(linked)) * SPRING * 0.6
    at = {
        index: [
            start * sqrt((rank + 0.5) / len(linked)) * cos(rank * _GOLDEN),
            start * sqrt((rank + 0.5) / len(linked)) * sin(rank * _GOLDEN),
        ]
        for rank, index in enumerate(linked)
    }
    ends = sorted((a, b, strength) for (a, b), strength in springs.items() if a in at)
    for step in range(_ROUNDS):
        heat = start * 0.12 * (1.0 - step / _ROUNDS) + 0.01
        moves = _pushes(at)
        _pull(at, ends, moves)
        for index, (dx, dy) in moves.items():
            length = hypot(dx, dy) or 1.0
            share = min(length, heat) / length
            at[index][0] += dx * share
            at[index][1] += dy * share
    return {index: Point(x * _WIDE, y * _HIGH) for index, (x, y) in _lying(at).items()}


def _lying(at: Mapping[int, Sequence[float]]) -> dict[int, tuple[float, float]]:
    """The group turned so that its longer axis lies level."""
    count = max(1, len(at))
    middle_x = sum(x for x, _ in at.values()) / count
    middle_y = sum(y for _, y in at.values()) / count
    points = {index: (x - middle_x, y - middle_y) for index, (x, y) in at.items()}
    level = sum(x * x - y * y for x, y in points.values())
    slanted = 2 * sum(x * y for x, y in points.values())
    turn = atan2(slanted, level) / 2
    return {
        index: (x * cos(turn) + y * sin(turn), y * cos(turn) - x * sin(turn))
        for index, (x, y) in points.items()
    }


def _pushes(at: Mapping[int, Sequence[float]]) -> dict[int, list[float]]:
    """How nearby people push each one away, and a little pull to the middle."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (x, y) in at.items():
        cells[int(x // _REACH), int(y // _REACH)].append(index)
    moves: dict[int, list[float]] = {}
    square = SPRING * SPRING
    for index, (x, y) in at.items():
        column, row = int(x // _REACH), int(y // _REACH)
        dx, dy = -0.02 * x, -0.02 * y
        for cell in ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for other in cells.get(cell, ()):
                if other != index:
                    across, down = x - at[other][0], y - at[other][1]
                    apart = across * across + down * down + 1e-4
                    dx += across * square / apart
                    dy += down * square / apart
        moves[index] = [dx, dy]
    return moves


def _pull(
    at: Mapping[int, Sequence[float]],
    ends: Sequence[tuple[int, int, float]],
    moves: Mapping[int, list[float]],
) -> None:
    """How springs draw their ends together."""
    for a, b, strength in ends:
        across, down = at[b][0] - at[a][0], at[b][1] - at[a][1]
        pull = (0.5 + strength) * hypot(across, down) / SPRING
        moves[a][0] += across * pull
        moves[a][1] += down * pull
        moves[b][0] -= across * pull
        moves[b][1] -= down * pull


def _stand_below(alone: Sequence[str], places: dict[str, Point]) -> None:
    """People without influence in rows under the others."""
    lowest = max((point.y for point in places.values()), default=-2 * DOWN)
    xs = [point.x for point in places.values()] or [0.0]
    middle = (min(xs) + max(xs)) / 2
    per_row = max(6, round(sqrt(len(alone) * 1.2)))
    for index, one in enumerate(alone):
        row, column = divmod(index, per_row)
        across = column - (min(per_row, len(alone)) - 1) / 2
        places[one] = Point(
            middle + across * ACROSS, lowest + 2 * DOWN + row * (CARD_HEIGHT + 20.0)
        )
