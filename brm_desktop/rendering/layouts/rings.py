"""The key-person view: one person in the middle, the others around by side and by strength."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import atan2, cos, hypot, pi, sin
from typing import Final

from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Point
from brm_desktop.rendering.layouts.room import APART, Room, beside_fixed

RING_STEPS: Final = (240.0, 130.0)
"""How much wider and higher each ring is than the one inside it."""

_FIRST_RING = (280.0, 158.0)
STRONG_RING: Final = 70
MEDIUM_RING: Final = 40
"""Whose tie is as strong stands on the first ring, or on the second."""

_STEP = pi / 90
_SECTOR_GAP = pi / 30
_CLEAR = 30.0
_BEHIND = pi / 12
_WIDE, _HIGH = CARD_WIDTH + APART, CARD_HEIGHT + APART
_EVEN = 1e-9
_ROUNDS = 2


_Spot = tuple[float, Point]
"""An angle and the place it leads to on a ring."""


@dataclass(frozen=True, slots=True)
class Around:
    """Someone to stand around the middle: in which sector, and how strongly tied to it."""

    sector: int
    strength: int | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """Who stand on one ring in one sector, their places clockwise, and the sector's middle."""

    people: list[str]
    places: list[Point]
    middle: float


@dataclass(frozen=True, slots=True)
class RingPlaces:
    """Where people stand, and the half widths and heights of the rings they stand on.

    ``floors`` are the strengths from which on people stand on each ring, of its weakest;
    ``middles`` the angle of each sector's middle, clockwise from the top.
    """

    places: Mapping[str, Point]
    rings: tuple[tuple[float, float], ...]
    floors: tuple[int, ...] = ()
    middles: Mapping[int, float] = field(default_factory=dict)


def rings(
    centre: str,
    around: Mapping[str, Around],
    *,
    links: Iterable[tuple[str, str]] = (),
    names: Mapping[str, str] | None = None,
    facing: float = 0.0,
    fixed: Mapping[str, Point] | None = None,
) -> RingPlaces:
    """Places around ``centre``, who stands at the origin: the stronger the nearer.

    The circle is shared among the sectors by how many stand in each. The first has its middle at
    ``facing`` turns clockwise from the top, the others follow clockwise. Within a sector those with
    ``links`` to one another stand at like angles, and nobody right behind someone further in while
    there is other room. A ring that is full sends the rest to the next one out.
    """
    ids = sorted(set(around) - {centre}, key=lambda one: ((names or {}).get(one, ""), one))
    spans = _spans(ids, around, facing)
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in links:
        near[one].add(other)
        near[other].add(one)
    places = {centre: Point(0.0, 0.0)}
    room = Room(places.values(), apart=_CLEAR)
    waiting = _by_ring(ids, around)
    floors: dict[int, int] = {}
    groups: list[_Group] = []
    number = 0
    while any(waiting.values()):
        for sector, span in spans.items():
            people = waiting[number, sector]
            ordered = _ordered(people, near, places, span)
            left_over = _fill(ordered, number, span, places, room)
            waiting[number + 1, sector] = [*left_over, *waiting[number + 1, sector]]
            stood = ordered[: len(ordered) - len(left_over)]
            groups.append(_Group(stood, [places[one] for one in stood], span[0]))
            weakest = min((_floor(around[one]) for one in stood), default=STRONG_RING + 1)
            if stood:
                floors[number] = min(weakest, floors.get(number, weakest))
            waiting[number, sector] = []
        number += 1
    _exchange(groups, near, places)
    used = range(max(floors, default=-1) + 1)
    return RingPlaces(
        beside_fixed(places, fixed or {}),
        tuple(_ring(index) for index in used),
        tuple(floors.get(index, 0) for index in used),
        {sector: span[0] for sector, span in spans.items()},
    )


def _floor(one: Around) -> int:
    strength = one.strength or 0
    return next((floor for floor in (STRONG_RING, MEDIUM_RING) if strength >= floor), 0)


def _ring(number: int) -> tuple[float, float]:
    return (
        _FIRST_RING[0] + number * RING_STEPS[0],
        _FIRST_RING[1] + number * RING_STEPS[1],
    )


def _by_ring(ids: Sequence[str], around: Mapping[str, Around]) -> dict[tuple[int, int], list[str]]:
    """Who wants to stand on which ring of which sector, the strongest first."""
    waiting: dict[tuple[int, int], list[str]] = defaultdict(list)
    for one in sorted(ids, key=lambda one: -(around[one].strength or 0)):
        strength = around[one].strength or 0
        ring = 0 if strength >= STRONG_RING else 1 if strength >= MEDIUM_RING else 2
        waiting[ring, around[one].sector].append(one)
    used = sorted({ring for ring, _ in waiting})
    return defaultdict(
        list, {(used.index(ring), sector): people for (ring, sector), people in waiting.items()}
    )


def _spans(
    ids: Sequence[str], around: Mapping[str, Around], facing: float
) -> dict[int, tuple[float, float]]:
    """Each sector's middle and half width in radians, clockwise from the top."""
    counts: dict[int, int] = defaultdict(int)
    for one in ids:
        counts[around[one].sector] += 1
    if not counts:
        return {}
    shares = {sector: counts[sector] + 2.0 for sector in sorted(counts)}
    whole = sum(shares.values())
    spans: dict[int, tuple[float, float]] = {}
    first = min(shares)
    start = 2 * pi * facing - pi * shares[first] / whole
    for sector, share in shares.items():
        width = 2 * pi * share / whole
        gap = _SECTOR_GAP if len(shares) > 1 else 0.0
        spans[sector] = (start + width / 2, max(width / 2 - gap, width / 4))
        start += width
    return spans


def _ordered(
    people: Sequence[str],
    near: Mapping[str, set[str]],
    places: Mapping[str, Point],
    span: tuple[float, float],
) -> list[str]:
    """People by the mean angle of those they are linked with who stand already."""
    wanted = {one: _drawn(one, near, places, span[0], otherwise=span[0]) for one in people}
    return sorted(people, key=wanted.__getitem__)


def _exchange(
    groups: Iterable[_Group], near: Mapping[str, set[str]], places: dict[str, Point]
) -> None:
    """Let each group's people change places so that each is towards those linked with him."""
    for _ in range(_ROUNDS):
        for group in groups:
            wanted = {
                one: _drawn(one, near, places, group.middle, otherwise=_seen(places[one]))
                for one in group.people
            }
            ordered = sorted(group.people, key=wanted.__getitem__)
            places.update(zip(ordered, group.places, strict=True))


def _drawn(
    one: str,
    near: Mapping[str, set[str]],
    places: Mapping[str, Point],
    middle: float,
    *,
    otherwise: float,
) -> float:
    """The mean angle of those someone is linked with, as far as they stand already."""
    ends = [places[other] for other in near.get(one, ()) if other in places]
    far = [(end, hypot(end.x, end.y)) for end in ends]
    across = sum(end.x / away for end, away in far if away > 1.0)
    down = sum(end.y / away for end, away in far if away > 1.0)
    drawn = hypot(across, down) > _EVEN
    return _turned(atan2(across, -down) if drawn else otherwise, middle)


def _seen(point: Point) -> float:
    """The angle at which a place is seen from the middle, clockwise from the top."""
    return atan2(point.x, -point.y)


def _turned(angle: float, middle: float) -> float:
    """The same angle within half a turn of the middle."""
    return middle + (angle - middle + pi) % (2 * pi) - pi


def _fill(
    people: Sequence[str],
    number: int,
    span: tuple[float, float],
    places: dict[str, Point],
    room: Room,
) -> list[str]:
    """Stand people on one ring within a sector, evenly; who finds no place is given back."""
    free = _free_spots(number, span, room)
    clear = _in_sight(free, places.values())
    if len(_packed(clear, 0.0)) >= len(people):
        free = clear
    chosen = _evenly(free, min(len(people), len(_packed(free, 0.0))))
    for one, (_, place) in zip(people, chosen, strict=False):
        places[one] = place
        room.take(place)
    return list(people[len(chosen) :])


def _free_spots(number: int, span: tuple[float, float], room: Room) -> list[_Spot]:
    steps = int(span[1] / _STEP)
    angles = [span[0] + step * _STEP for step in range(-steps, steps + 1)]
    spots = [(angle, _on_ring(number, angle)) for angle in angles]
    return [spot for spot in spots if room.is_free(spot[1])]


def _in_sight(spots: Sequence[_Spot], taken: Iterable[Point]) -> list[_Spot]:
    """The spots at whose angle nobody stands nearer to the middle."""
    seen = sorted(_seen(point) for point in taken if hypot(point.x, point.y) > 1.0)
    if not seen:
        return list(spots)
    around = [seen[-1] - 2 * pi, *seen, seen[0] + 2 * pi]
    clear = []
    for spot in spots:
        angle = _seen(spot[1])
        after = bisect_left(around, angle)
        if min(angle - around[after - 1], around[after] - angle) > _BEHIND:
            clear.append(spot)
    return clear


def _packed(spots: Sequence[_Spot], extra: float) -> list[_Spot]:
    """Spots from the first on, each as near to the last as cards and ``extra`` angle allow.

    Angles run on, so that only the last two and, once around, the first can be in the way.
    """
    chosen: list[_Spot] = []
    for spot in spots:
        angle, place = spot
        if chosen and angle - chosen[-1][0] < extra:
            continue
        if all(_apart(place, other) for _, other in (*chosen[-2:], *chosen[:1])):
            chosen.append(spot)
    return chosen


def _apart(one: Point, other: Point) -> bool:
    """Whether cards in two places are clear of one another."""
    return abs(one.x - other.x) >= _WIDE or abs(one.y - other.y) >= _HIGH


def _evenly(free: Sequence[_Spot], count: int) -> list[_Spot]:
    """So many of the free spots, as far apart as they can be, in the middle of what is free."""
    if count == 0 or not free:
        return []
    low, high = 0.0, free[-1][0] - free[0][0] + _STEP
    best = _packed(free, 0.0)
    for _ in range(7):
        middle = (low + high) / 2
        found = _packed(free, middle)
        if len(found) >= count:
            low, best = middle, found
        else:
            high = middle
    best = best[:count]
    shift = round((free[-1][0] - best[-1][0]) / 2 / _STEP)
    known = {round(angle / _STEP, 3): (angle, place) for angle, place in free}
    moved = [known.get(round(angle / _STEP + shift, 3)) for angle, _ in best]
    found = [spot for spot in moved if spot is not None]
    return found if len(found) == len(best) else best


def _on_ring(number: int, angle: float) -> Point:
    wide, high = _ring(number)
    return Point(wide * sin(angle), -high * cos(angle))
