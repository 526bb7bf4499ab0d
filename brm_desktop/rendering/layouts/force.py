"""Influence alone: those who sway one another near one another, nobody on top of anyone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import cos, hypot, pi, sin, sqrt
from typing import Final

from brm_desktop.rendering.figure import CARD_HEIGHT, Point
from brm_desktop.rendering.layouts.room import ACROSS, DOWN, Room, beside_fixed

Sway = tuple[str, str, float]

SPRING: Final = 1.35
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
    wanted = _settled(linked, springs)
    room = Room()
    places: dict[str, Point] = {}
    for index in linked:
        places[ids[index]] = room.free_near(wanted[index])
        room.take(places[ids[index]])
    _stand_below([one for one in ids if one not in places], places)
    return beside_fixed(places, fixed or {})


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
    ends = sorted((a, b, strength) for (a, b), strength in springs.items())
    for step in range(_ROUNDS):
        heat = start * 0.12 * (1.0 - step / _ROUNDS) + 0.01
        moves = _pushes(at)
        _pull(at, ends, moves)
        for index, (dx, dy) in moves.items():
            length = hypot(dx, dy) or 1.0
            share = min(length, heat) / length
            at[index][0] += dx * share
            at[index][1] += dy * share
    return {index: Point(x * _WIDE, y * _HIGH) for index, (x, y) in at.items()}


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
    per_row = max(4, round(sqrt(len(alone) * 1.2)))
    for index, one in enumerate(alone):
        row, column = divmod(index, per_row)
        across = column - (min(per_row, len(alone)) - 1) / 2
        places[one] = Point(across * ACROSS, lowest + 2 * DOWN + row * (CARD_HEIGHT + 20.0))
