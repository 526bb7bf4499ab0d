"""The soft grounds of departments on a map, and their heads: name, count, mean closeness, fold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.domain.scores import Band
from brm_desktop.rendering.figure import Box, Card, Figure, Group, Point
from brm_desktop.rendering.fonts import fitted, text_width
from brm_desktop.rendering.surface import Outline, Surface
from brm_desktop.rendering.theme import RADIUS_PANEL, SIZE_SMALL, Theme, mix

_PAD = 6.0
_STEP = 4.0
_TOP = 9.0
_HEAD = 16.0
_HEAD_STEP = 18.0
_SIDE = 8.0
_SIGN = 12.0
_DOT = 8.0
_GAP = 6.0
_FAR_SIZE = 26.0
_HOLD = 14.0
_LEAST_BRIDGE = 60.0
_LONGEST_BRIDGE = 120.0
HEADS_FROM: Final = 0.4
"""From this zoom heads are pills that can be clicked; below, names on the ground."""

Ground = tuple[Group, Sequence[Box]]
"""A group and the rectangles that its ground is made of, the head's first."""


def bridge_between(one: Box, other: Box) -> Box | None:
    """The strip that joins two parts of a ground that stand below one another, if they do."""
    upper, lower = (one, other) if one.y <= other.y else (other, one)
    left, right = max(one.x, other.x), min(one.right, other.right)
    if right - left < _LEAST_BRIDGE or not 0.0 <= lower.y - upper.bottom < _LONGEST_BRIDGE:
        return None
    return Box(left, upper.bottom, right - left, lower.y - upper.bottom)


def group_boxes(group: Group, cards: Mapping[PersonId, Card]) -> list[Box]:
    """The rectangles a group's ground is made of, around its cards on show, the head's first."""
    parts = [[cards[one].box for one in part if one in cards] for part in group.parts]
    around = [Box.around(boxes) for boxes in parts if boxes]
    pad = _PAD + _STEP * group.levels
    top = _TOP + _HEAD_STEP * group.levels
    found = [Box(b.x - pad, b.y - top, b.width + 2 * pad, b.height + top + pad) for b in around]
    for number, one in enumerate(around):
        for other in around[:number]:
            bridge = bridge_between(one, other)
            if bridge is not None:
                wide, high = bridge.width + 2 * pad, bridge.height + 2 * _HOLD
                found.append(Box(bridge.x - pad, bridge.y - _HOLD, wide, high))
    return found


def grounds_of(figure: Figure) -> list[Ground]:
    """Where the grounds of a figure are, outer ones first."""
    return [(group, group_boxes(group, figure.cards)) for group in figure.groups]


def head_box(group: Group, cards: Mapping[PersonId, Card]) -> Box | None:
    """The rectangle of a group's head on the upper edge of its ground."""
    box = next(iter(group_boxes(group, cards)), None)
    if box is None:
        return None
    return Box(box.x + _SIDE, box.y - _HEAD / 2, _head_width(group, box), _HEAD)


def group_at(groups: Iterable[Group], cards: Mapping[PersonId, Card], at: Point) -> Group | None:
    """The group whose head is at a place."""
    for group in groups:
        box = head_box(group, cards)
        if box is not None and box.grown(2.0).holds(at):
            return group
    return None


def draw_grounds(
    surface: Surface,
    figure: Figure,
    theme: Theme,
    exposed: Box | None = None,
    grounds: Iterable[Ground] | None = None,
) -> None:
    """Draw the grounds, outer ones first; ``grounds`` are those of the figure if they are known."""
    edge = mix(theme.lane_edge, theme.wire, 0.35)
    near = None if exposed is None else exposed.grown(_STEP)
    for group, boxes in grounds_of(figure) if grounds is None else grounds:
        seen = boxes if near is None else [box for box in boxes if box.meets(near)]
        fill = theme.lane if group.depth % 2 == 0 else theme.lane_other
        for box in seen:
            surface.rect(box, fill=fill, stroke=edge, radius=RADIUS_PANEL)
        for box in seen:
            surface.rect(box.grown(-0.5), fill=fill, radius=RADIUS_PANEL - 0.5)


def draw_heads(
    surface: Surface,
    figure: Figure,
    theme: Theme,
    exposed: Box | None = None,
    zoom: float = 1.0,
    grounds: Iterable[Ground] | None = None,
) -> None:
    """Draw the heads over cards' edges and lines; from afar only the names, larger."""
    ink = theme.readable(theme.quiet, theme.ground)
    for group, boxes in grounds_of(figure) if grounds is None else grounds:
        box = next(iter(boxes), None)
        if box is None or (exposed is not None and not box.grown(_FAR_SIZE).meets(exposed)):
            continue
        if zoom >= HEADS_FROM:
            _draw_head(surface, group, box, theme)
        elif group.depth == 0:
            text = fitted(group.title, box.width - 2 * _SIDE, _FAR_SIZE)
            at = Point(box.x + _SIDE, box.y - 5.0)
            wide = text_width(text, _FAR_SIZE) + 8.0
            plate = Box(at.x - 4.0, at.y - _FAR_SIZE, wide, _FAR_SIZE + 5.0)
            surface.rect(plate, fill=theme.ground, radius=6.0)
            surface.text(at, text, ink, _FAR_SIZE)


def _draw_head(surface: Surface, group: Group, box: Box, theme: Theme) -> None:
    head = Box(box.x + _SIDE, box.y - _HEAD / 2, _head_width(group, box), _HEAD)
    surface.rect(head, fill=theme.panel, stroke=theme.card_edge, radius=_HEAD / 2)
    ink = theme.readable(theme.quiet, theme.panel)
    base = head.centre.y + 3.9
    x = head.x + _SIDE
    title = _title(group, box)
    surface.text(Point(x, base), title, theme.ink, SIZE_SMALL)
    x += text_width(title, SIZE_SMALL) + _GAP
    count = str(group.count)
    surface.text(Point(x, base), count, ink, SIZE_SMALL)
    x += text_width(count, SIZE_SMALL) + _GAP
    if group.closeness.value is not None:
        colour = _colour(group.closeness.band, theme)
        surface.circle(Point(x + _DOT / 2, head.centre.y), _DOT / 2, fill=colour)
        x += _DOT + _STEP
        value = str(group.closeness.value)
        surface.text(Point(x, base), value, ink, SIZE_SMALL)
    _draw_sign(surface, Point(head.right - _SIDE - 3.0, head.centre.y), group, theme)


def _draw_sign(surface: Surface, at: Point, group: Group, theme: Theme) -> None:
    """Minus to collapse, plus to expand."""
    across = Outline.through(Point(at.x - 3.0, at.y), Point(at.x + 3.0, at.y))
    surface.outline(across, stroke=theme.accent, width=1.6)
    if group.folded:
        down = Outline.through(Point(at.x, at.y - 3.0), Point(at.x, at.y + 3.0))
        surface.outline(down, stroke=theme.accent, width=1.6)


def _colour(band: Band, theme: Theme) -> str:
    return {Band.STRONG: theme.strong, Band.MEDIUM: theme.medium}.get(band, theme.weak)


def _head_width(group: Group, box: Box) -> float:
    return _rest(group) + text_width(_title(group, box), SIZE_SMALL)


def _title(group: Group, box: Box) -> str:
    return fitted(group.title, box.width - 2 * _SIDE - _rest(group), SIZE_SMALL)


def _rest(group: Group) -> float:
    """What a head takes beside its name."""
    wide = 2 * _SIDE + 2 * _GAP + text_width(str(group.count), SIZE_SMALL) + _SIGN
    if group.closeness.value is not None:
        wide += _DOT + _STEP + text_width(str(group.closeness.value), SIZE_SMALL)
    return wide
