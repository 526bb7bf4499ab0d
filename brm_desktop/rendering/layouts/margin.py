"""People from outside: ours down the left side of a map, others' down its right side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from math import ceil

from brm_desktop.rendering.figure import CARD_HEIGHT, Point
from brm_desktop.rendering.layouts.layers import spread
from brm_desktop.rendering.layouts.room import ACROSS

_AWAY = ACROSS + 60.0
_APART = CARD_HEIGHT + 20.0
_PER_COLUMN = 8


def outside(
    places: Mapping[str, Point], ties: Iterable[tuple[str, str]], right: Collection[str]
) -> dict[str, Point]:
    """The places, and beside them one for everyone who is tied to someone placed.

    Each outsider stands near the height of the people he knows; those named in ``right`` at the
    right, the others at the left.
    """
    whole = dict(places)
    heights: dict[str, list[float]] = defaultdict(list)
    for outsider, person in sorted(ties):
        if person in places and outsider not in places:
            heights[outsider].append(places[person].y)
    if not heights or not places:
        return whole
    leftmost = min(point.x for point in places.values())
    rightmost = max(point.x for point in places.values())
    wanted = {one: sum(ys) / len(ys) for one, ys in heights.items()}
    for at_right in (False, True):
        side = sorted(
            (one for one in heights if (one in right) is at_right),
            key=lambda one: (wanted[one], one),
        )
        count = ceil(len(side) / _PER_COLUMN)
        columns = [side[start::count] for start in range(count)]
        for number, column in enumerate(columns):
            away = number * ACROSS
            x = rightmost + ACROSS + away if at_right else leftmost - _AWAY - away
            ys = spread([wanted[one] for one in column], _APART)
            whole.update({one: Point(x, round(y)) for one, y in zip(column, ys, strict=True)})
    return whole
