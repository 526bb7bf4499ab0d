"""The tidy tree: who reports to whom, level under level, small branches hanging in columns.

After Reingold and Tilford, "Tidier drawings of trees" (1981), with contours in thin slices so that
columns of any height may stand beside deeper branches. Time grows with the number of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, hypot, sqrt
from operator import sub

from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Point
from brm_desktop.rendering.layouts.forest import Forest, Pair, forest_of, reordered
from brm_desktop.rendering.layouts.room import ACROSS, DOWN, beside_fixed
from brm_desktop.rendering.rails import INDENT

_SLICE = 12.0
_LEVEL = round(DOWN / _SLICE)
_CARD = ceil(CARD_HEIGHT / _SLICE)
_ROW = (_CARD + 1) * _SLICE
_HALF = ACROSS / 2
_HANGING_SIZES = (0, 1, 2, 4, 8, 16, 32, 64)
_WIDE_ENOUGH = 4.0
_ROUNDS = 3


@dataclass(slots=True)
class _Block:
    """Cards that move together.

    ``left`` and ``right`` are the contours in slices from the bottom up, shifted by ``offset``;
    ``heads`` are the cards placed from the block's own middle: id, across, down.
    """

    left: list[float]
    right: list[float]
    heads: list[tuple[str, float, float]]
    offset: float = 0.0


def tidy(
    people: Iterable[str],
    managers: Mapping[str, str],
    *,
    names: Mapping[str, str] | None = None,
    influence: Iterable[Pair] = (),
    fixed: Mapping[str, Point] | None = None,
) -> dict[str, Point]:
    """Places for people by who manages whom; reporting lines never cross.

    Parameters
    ----------
    people:
        The ids to place.
    managers:
        Each person's manager; managers who are not among ``people`` are ignored, and where someone
        is above his own manager one of that circle counts as a root.
    names:
        What siblings are ordered by; ids where it is not given.
    influence:
        Who sways whom: siblings are reordered as long as that shortens these lines.
    fixed:
        Cards that stand elsewhere already and may not be covered.

    Returns
    -------
    dict
        The centre of each card in scene units, the first row at y = 0.
    """
    ids = sorted(set(people), key=lambda one: ((names or {}).get(one, ""), one))
    forest = forest_of(ids, managers)
    hanging, best = _narrow(forest)
    pairs = [pair for pair in sorted(set(influence)) if pair[0] in best and pair[1] in best]
    if pairs:
        shortest, places = _length(best, pairs), best
        for _ in range(_ROUNDS):
            forest = reordered(forest, places, pairs)
            places = _placed(forest, hanging)
            length = _length(places, pairs)
            if length < shortest:
                best, shortest = places, length
    return beside_fixed(best, fixed or {})


def _narrow(forest: Forest) -> tuple[frozenset[str], dict[str, Point]]:
    """The least hanging that is not too wide, or else the most; and its places.

    The most is tried right after the least: a tree of many thousands is too wide with any, and
    is not to be placed eight times to learn that.
    """
    sizes = _sizes(forest)

    def tried(limit: int) -> tuple[frozenset[str], dict[str, Point]]:
        hanging = frozenset(one for one, size in sizes.items() if size <= limit)
        return hanging, _placed(forest, hanging)

    least, *between, most = _HANGING_SIZES
    first = tried(least)
    if _is_narrow(first[1]):
        return first
    last = tried(most)
    if not _is_narrow(last[1]):
        return last
    return next((found for found in map(tried, between) if _is_narrow(found[1])), last)


def _sizes(forest: Forest) -> dict[str, int]:
    """How many people each branch has, its head included."""
    sizes: dict[str, int] = {}
    for one in reversed(forest.from_above()):
        sizes[one] = 1 + sum(sizes[report] for report in forest.reports(one))
    return sizes


def _is_narrow(places: Mapping[str, Point]) -> bool:
    """Whether cards in these places are not too wide for their height."""
    if not places:
        return True
    xs, ys = [p.x for p in places.values()], [p.y for p in places.values()]
    width, height = max(xs) - min(xs) + CARD_WIDTH, max(ys) - min(ys) + CARD_HEIGHT
    return width <= _WIDE_ENOUGH * height


def _length(places: Mapping[str, Point], pairs: Iterable[Pair]) -> float:
    return sum(
        hypot(places[one].x - places[other].x, places[one].y - places[other].y)
        for one, other in pairs
    )


def _placed(forest: Forest, hanging: frozenset[str]) -> dict[str, Point]:
    """Build every branch from below, then hand the places down."""
    steps: dict[str, tuple[float, float]] = {}
    blocks: dict[str, _Block] = {}
    order = forest.from_above()
    for one in reversed(order):
        if one not in hanging:
            parts = _parts(forest, forest.reports(one), hanging, blocks)
            blocks[one] = _headed(one, parts, steps)
    parts = _parts(forest, forest.roots, hanging, blocks)
    _, shifts = _row(parts)
    for part, shift in zip(parts, shifts, strict=True):
        for one, across, down in part.heads:
            steps[one] = (shift + across, down)
    places: dict[str, Point] = {}
    above = forest.above()
    for one in order:
        if one in steps:
            start = places[above[one]] if one in above else Point(0.0, 0.0)
            places[one] = Point(start.x + steps[one][0], start.y + steps[one][1])
            if one in hanging:
                _hang(forest, one, places)
    return places


def _parts(
    forest: Forest, reports: Sequence[str], hanging: frozenset[str], blocks: dict[str, _Block]
) -> list[_Block]:
    """The blocks below one person: branches in order, then the columns of hanging ones."""
    standing = [blocks.pop(one) for one in reports if one not in hanging]
    columned = [one for one in reports if one in hanging]
    if len(columned) == 1 and not forest.reports(columned[0]):
        return [*standing, _Block([-_HALF] * _CARD, [_HALF] * _CARD, [(columned[0], 0.0, 0.0)])]
    return [*standing, _columns(forest, columned)] if columned else standing


def _headed(one: str, parts: list[_Block], steps: dict[str, tuple[float, float]]) -> _Block:
    """A person above the blocks of the reports, whose steps from the person are noted."""
    if not parts:
        return _Block([-_HALF] * _CARD, [_HALF] * _CARD, [(one, 0.0, 0.0)])
    whole, shifts = _row(parts)
    middle = (shifts[0] + shifts[-1]) / 2
    reach = (shifts[-1] - shifts[0]) / 2 + 8.0
    for part, shift in zip(parts, shifts, strict=True):
        for report, across, down in part.heads:
            steps[report] = (shift - middle + across, _LEVEL * _SLICE + down)
    whole.offset -= middle
    gap, card = _LEVEL - _CARD, _CARD
    whole.left += [-reach - whole.offset] * gap + [-_HALF - whole.offset] * card
    whole.right += [reach - whole.offset] * gap + [_HALF - whole.offset] * card
    whole.heads = [(one, 0.0, 0.0)]
    return whole


def _row(parts: list[_Block]) -> tuple[_Block, list[float]]:
    """Blocks side by side as near as their contours let them; the whole and each one's shift."""
    whole, shifts = _Block([], [], []), []
    for part in parts:
        shared = min(len(whole.right), len(part.left))
        gap = max(map(sub, whole.right[-shared:], part.left[-shared:])) if shared else None
        step = 0.0 if gap is None else gap + whole.offset - part.offset
        shifts.append(step)
        part.offset += step
        if len(whole.right) >= len(part.right):
            drift = part.offset - whole.offset
            whole.right[-len(part.right) :] = [x + drift for x in part.right]
        else:
            drift = whole.offset - part.offset
            if whole.left:
                part.left[-len(whole.left) :] = [x + drift for x in whole.left]
            whole = _Block(part.left, part.right, [], part.offset)
    return whole, shifts


def _columns(forest: Forest, heads: Sequence[str]) -> _Block:
    """Hanging branches in columns a little higher than wide, heads flush left in each."""
    outlines = [_outline(forest, one) for one in heads]
    rows = max(3, ceil(sqrt(2.4 * sum(len(outline) for outline in outlines))))
    columns: list[list[list[tuple[str, float]]]] = [[]]
    for outline in outlines:
        filled = sum(len(other) for other in columns[-1])
        if columns[-1] and filled + len(outline) > rows:
            columns.append([])
        columns[-1].append(outline)
    placed: list[tuple[str, float, float]] = []
    x, highest = 0.0, 0
    for column in columns:
        lines = [line for outline in column for line in outline]
        starts = {outline[0][0] for outline in column}
        for row, (one, _) in enumerate(lines):
            if one in starts:
                placed.append((one, x, row * _ROW))
        x += ACROSS + max(indent for _, indent in lines)
        highest = max(highest, len(lines))
    width = x
    first = INDENT if len(columns) == 1 else -(width - ACROSS) / 2
    left, right = first - _HALF - 4.0, first + width - _HALF
    slices = round(highest * _ROW / _SLICE)
    return _Block([left] * slices, [right] * slices, [(one, first + x, y) for one, x, y in placed])


def _outline(forest: Forest, head: str) -> list[tuple[str, float]]:
    """A hanging branch, one person a row, with the indent of each."""
    lines: list[tuple[str, float]] = []
    pending = [(head, 0.0)]
    while pending:
        one, indent = pending.pop()
        lines.append((one, indent))
        pending.extend((report, indent + INDENT) for report in reversed(forest.reports(one)))
    return lines


def _hang(forest: Forest, head: str, places: dict[str, Point]) -> None:
    """Place everyone below the head of a hanging branch."""
    start = places[head]
    for row, (one, indent) in enumerate(_outline(forest, head)):
        places[one] = Point(start.x + indent, start.y + row * _ROW)
