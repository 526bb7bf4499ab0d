"""The decision chain: a lane for each role from top to bottom, a column for those beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final

from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Box, Point
from brm_desktop.rendering.layouts.layers import Layers, spread
from brm_desktop.rendering.layouts.room import ACROSS, beside_fixed

LANE_HEIGHT: Final = 126.0
LANE_GAP: Final = 8.0
TITLE_STRIP: Final = 52.0
"""The room at a lane's left for its title."""

COLUMN_WIDTH: Final = CARD_WIDTH + 36.0
COLUMN_TITLE: Final = 38.0

_PITCH = LANE_HEIGHT + LANE_GAP
_ROW = CARD_HEIGHT + 20.0
_PAD = 24.0
_IN_COLUMN = CARD_HEIGHT + 12.0
_AIRY = CARD_HEIGHT + 28.0
_SETTLE = 4
_FAR = 100_000.0


@dataclass(frozen=True, slots=True)
class LanePlaces:
    """Where people stand, and the boxes of the lanes and of the column beside them."""

    places: Mapping[str, Point]
    lanes: tuple[Box, ...]
    column: Box


def lanes(
    rows: Mapping[str, int],
    links: Iterable[tuple[str, str]],
    *,
    influence: Iterable[tuple[str, str]] = (),
    count: int = 4,
    beside: Iterable[str] = (),
    outside: Iterable[str] = (),
    names: Mapping[str, str] | None = None,
    per_row: int | None = None,
    fixed: Mapping[str, Point] | None = None,
) -> LanePlaces:
    """Places in lanes, in the order that lets the fewest lines cross.

    Parameters
    ----------
    rows:
        Each person's lane, 0 the topmost.
    links:
        Who decides for or manages whom: people stand under one another by these.
    influence:
        Who sways whom: counts for the order too.
    count:
        How many lanes there are, empty ones too.
    beside, outside:
        Those in the column at the right, insiders above people from outside.
    names:
        What people are ordered by where lines do not matter; ids where it is not given.
    per_row:
        How many cards stand side by side before a lane gets another row.
    fixed:
        Cards that stand elsewhere already and may not be covered.
    """
    key = {one: ((names or {}).get(one, ""), one) for one in (*rows, *beside, *outside)}
    upright = _known(links, key)
    known = sorted({*upright, *_known(influence, key)})
    columned = dict.fromkeys(sorted(beside, key=key.__getitem__))
    columned.update(dict.fromkeys(sorted(outside, key=key.__getitem__)))
    order = _ordered(rows, known, count, set(columned), key)
    places, boxes = _stand(order, upright, known, per_row or _per_row(len(rows)))
    column = _beside(places, boxes, known, list(columned), set(outside))
    return LanePlaces(beside_fixed(places, fixed or {}), boxes, column)


def _known(links: Iterable[tuple[str, str]], people: Container[str]) -> list[tuple[str, str]]:
    """Each pair of people of the chain once, whichever way the line runs."""
    pairs = {(min(pair), max(pair)) for pair in links if pair[0] != pair[1]}
    return sorted(pair for pair in pairs if pair[0] in people and pair[1] in people)


def _per_row(people: int) -> int:
    return max(5, ceil(sqrt(1.6 * people)))


def _ordered(
    rows: Mapping[str, int],
    links: Sequence[tuple[str, str]],
    count: int,
    columned: set[str],
    key: Mapping[str, tuple[str, str]],
) -> list[list[str]]:
    """Each lane's people from left to right: those with ties to the column rather to the right."""
    tied = {a for a, b in links if b in columned} | {b for a, b in links if a in columned}
    start: list[list[str]] = [[] for _ in range(count)]
    for one in sorted(rows, key=lambda one: (one in tied, key[one])):
        start[rows[one]].append(one)
    within = [(a, b) for a, b in links if a in rows and b in rows and rows[a] != rows[b]]
    layers = Layers(start, within)
    layers.untangle()
    order = layers.people()
    lean = sum(
        index - (len(row) - 1) / 2 for row in order for index, one in enumerate(row) if one in tied
    )
    return [row[::-1] for row in order] if lean < 0 else order


def _stand(
    order: Sequence[Sequence[str]],
    upright: Sequence[tuple[str, str]],
    links: Sequence[tuple[str, str]],
    per_row: int,
) -> tuple[dict[str, Point], tuple[Box, ...]]:
    """Rows under one another, people near those they are linked with, and the lanes around them."""
    counts = [max(1, ceil(len(people) / per_row)) for people in order]
    row_of = [
        (lane, people[row::count])
        for lane, (people, count) in enumerate(zip(order, counts, strict=True))
        for row in range(count)
    ]
    xs = _across(order, counts, upright, links)
    places: dict[str, Point] = {}
    tops: dict[int, tuple[float, int]] = {}
    y, before = 0.0, -1
    for lane, people in row_of:
        if lane != before:
            y += 0.0 if before < 0 else (LANE_HEIGHT + LANE_GAP)
            tops[lane] = (y - LANE_HEIGHT / 2, 1)
        else:
            y += _ROW
            tops[lane] = (tops[lane][0], tops[lane][1] + 1)
        before = lane
        places.update({one: Point(xs[one], y) for one in people})
    left = min((p.x for p in places.values()), default=0.0) - CARD_WIDTH / 2 - TITLE_STRIP
    right = max((p.x for p in places.values()), default=0.0) + CARD_WIDTH / 2 + _PAD
    boxes = tuple(
        Box(left, top, right - left, LANE_HEIGHT + (rows - 1) * _ROW)
        for top, rows in (tops[lane] for lane in range(len(order)))
    )
    return places, boxes


def _across(
    order: Sequence[Sequence[str]],
    counts: Sequence[int],
    upright: Sequence[tuple[str, str]],
    links: Sequence[tuple[str, str]],
) -> dict[str, float]:
    """Everyone's x: lanes centred, then each person drawn to those he belongs to, order kept.

    A lane of several rows is filled by turns, so that its order runs on from row to row and its
    people stand the nearer to one another. Influence draws only those who have no upright line.
    """
    near: dict[str, list[str]] = defaultdict(list)
    settled = {one for pair in upright for one in pair}
    among = set(upright)
    for one, other in (*upright, *links):
        for here, there in ((one, other), (other, one)):
            if (min(one, other), max(one, other)) in among or here not in settled:
                near[here].append(there)
    apart = [ACROSS / count for count in counts]
    xs = {
        one: (index - (len(lane) - 1) / 2) * apart[number]
        for number, lane in enumerate(order)
        for index, one in enumerate(lane)
    }
    number = {one: index for index, lane in enumerate(order) for one in lane}
    upwards = {
        one: [other for other in near[one] if number.get(other, index) < index]
        for one, index in number.items()
    }
    beside = {
        one: [other for other in near[one] if number.get(other, index) != index]
        for one, index in number.items()
    }
    lanes_apart = list(zip(order, apart, strict=True))
    for _ in range(_SETTLE):
        for lane, step in (*lanes_apart, *reversed(lanes_apart)):
            _draw_together(lane, step, beside, xs)
    for lane, step in lanes_apart:
        _draw_together(lane, step, upwards, xs)
    return xs


def _draw_together(
    lane: Sequence[str], apart: float, near: Mapping[str, Sequence[str]], xs: dict[str, float]
) -> None:
    """Move a lane's people to the mean of those near them, as far as cards allow."""
    wanted = [
        sum(xs[other] for other in near[one]) / len(near[one]) if near[one] else xs[one]
        for one in lane
    ]
    xs.update(zip(lane, spread(wanted, apart), strict=True))


def _beside(
    places: dict[str, Point],
    boxes: Sequence[Box],
    links: Sequence[tuple[str, str]],
    columned: Sequence[str],
    outside: set[str],
) -> Box:
    """Stand the column's people near the height of those they are linked with."""
    whole = Box.around(boxes)
    deep = max(1, int((whole.height - COLUMN_TITLE) // _IN_COLUMN))
    columns = max(1, ceil(len(columned) / deep))
    column = Box(
        whole.right + LANE_GAP, whole.y, COLUMN_WIDTH + (columns - 1) * ACROSS, whole.height
    )
    ys: dict[str, list[float]] = defaultdict(list)
    for one, other in links:
        for here, there in ((one, other), (other, one)):
            if here in columned and there in places:
                ys[here].append(places[there].y)
    lowest = whole.bottom - CARD_HEIGHT / 2 - 12.0
    middle = whole.centre.y
    linked = {one: sum(ys[one]) / len(ys[one]) if ys[one] else middle for one in columned}
    wanted = {one: lowest if one in outside else linked[one] for one in columned}
    order = sorted(columned, key=lambda one: (one in outside, linked[one]))
    part = ceil(len(order) / columns)
    top = whole.y + COLUMN_TITLE + CARD_HEIGHT / 2
    apart = min(_AIRY, max(_IN_COLUMN, (lowest - top) / max(1, part - 1)))
    for number in range(columns):
        group = order[number * part : (number + 1) * part]
        heights = _within(spread([wanted[one] for one in group], apart), top, lowest, apart)
        x = column.x + COLUMN_WIDTH / 2 + number * ACROSS
        _swap_apart(group, outside, [Point(x, y) for y in heights], links, places)
        places.update({one: Point(x, y) for one, y in zip(group, heights, strict=True)})
    return column


def _swap_apart(
    group: list[str],
    outside: set[str],
    at: Sequence[Point],
    links: Sequence[tuple[str, str]],
    places: Mapping[str, Point],
) -> None:
    """Let neighbours in a column change places as long as their lines then cross less.

    Nobody from outside comes to stand above an insider by that.
    """
    ends: dict[str, list[Point]] = defaultdict(list)
    for one, other in links:
        for here, there in ((one, other), (other, one)):
            if here in group and there in places:
                ends[here].append(places[there])
    for _ in group:
        swapped = False
        for index in range(len(group) - 1):
            one, other = group[index], group[index + 1]
            if (one in outside) is not (other in outside):
                continue
            upper, lower = at[index], at[index + 1]
            now = _crossed(upper, ends[one], lower, ends[other])
            then = _crossed(upper, ends[other], lower, ends[one])
            if then < now:
                group[index], group[index + 1] = other, one
                swapped = True
        if not swapped:
            break


def _crossed(one: Point, its: Sequence[Point], other: Point, others: Sequence[Point]) -> float:
    """How many straight lines of two people cross; of equals the shorter lines are better."""
    crossings = sum(cross(one, end, other, last) for end in its for last in others)
    rise = sum(abs(end.y - one.y) for end in its) + sum(abs(end.y - other.y) for end in others)
    return crossings + rise / _FAR


def cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the straight piece from a to b and that from c to d cross."""

    def side(one: Point, other: Point, at: Point) -> float:
        return (other.x - one.x) * (at.y - one.y) - (other.y - one.y) * (at.x - one.x)

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _within(heights: list[float], top: float, lowest: float, apart: float) -> list[float]:
    """Heights moved below the top, and together where they would end too low."""
    settled = [max(height, top + index * apart) for index, height in enumerate(heights)]
    for index in range(len(settled) - 1, -1, -1):
        room = lowest - (len(settled) - 1 - index) * apart
        settled[index] = max(min(settled[index], room), top + index * apart)
    return settled
