"""Where a new manager stands: above whom he leads, where no line runs behind another's card.

Where there is no such place near, he takes the person's own, who goes a row down with all below.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.content import Content
from brm_desktop.gui.canvas.folding import HANGING
from brm_desktop.rendering.figure import (
    CARD_HEIGHT,
    CARD_WIDTH,
    Box,
    Card,
    Figure,
    Line,
    LineStyle,
    Point,
    card_box,
)
from brm_desktop.rendering.geometry import flattened
from brm_desktop.rendering.shapes import ORTHOGONAL, Shape, trace

ROW: Final = CARD_HEIGHT + 56.0
"""From one new card to the next below it."""

_HALF: Final = (CARD_WIDTH + 30.0) / 2
_STEPS: Final = (0, 1, -1, 2, -2, 3, -3)
"""How many halves of a column beside the person a new manager may stand."""

_ASIDE: Final = (0.0, 12.0, -12.0, 24.0, -24.0, 48.0, -48.0)
"""How far beside their column those may go who make room, so that nobody is covered."""

_FARTHEST: Final = 60.0
_GAP: Final = 8.0
_NEW: Final = PersonId("new manager")
_MOST_COMPARED: Final = 100_000
"""Pairs of cards that are compared before no room is made: a matter of milliseconds."""


def place_above(content: Content, person: PersonId) -> Point | None:
    """The nearest good place for a new manager, or the person's own where room can be made.

    In lanes he has his row already.
    """
    if content.figure.lanes:
        return None
    at = content.cards[person].centre
    above = [content.cards[manager].centre.y for manager in _managers(content, person)]
    highest = max((height for height in above if height < at.y), default=None)
    for place in _places(at, highest):
        if content.free(place) and _reads_well(content, person, place):
            return place
    return at if room_made(content.figure, person) else None


def room_made(figure: Figure, person: PersonId) -> dict[PersonId, Point]:
    """Where somebody and all below him stand a row lower; nowhere when that covers others.

    Lanes and rings give everybody his row, and who is pinned stays: then no room is made.
    """
    below = _below(figure, person)
    if figure.lanes or figure.rings or any(figure.cards[one].pinned for one in below):
        return {}
    whole = Box.around(figure.cards[one].box for one in below)
    reached = Box(whole.x, whole.y + ROW, whole.width, whole.height).grown(_FARTHEST)
    others = [
        card.anchor.grown(_GAP)
        for card in figure.cards.values()
        if card.person not in below and card.anchor.meets(reached)
    ]
    if len(others) * len(below) > _MOST_COMPARED:
        return {}
    for aside in _ASIDE:
        lower = {one: _lowered(figure.cards[one].centre, aside) for one in below}
        if not any(card_box(at).meets(other) for other in others for at in lower.values()):
            return lower
    return {}


def _lowered(at: Point, aside: float) -> Point:
    return Point(at.x + aside, at.y + ROW)


def _places(at: Point, highest: float | None) -> Iterator[Point]:
    """Places above somebody, straight above first, none above or beside his own manager."""
    heights = [at.y - ROW] if highest is None else [(at.y + highest) / 2, at.y - ROW]
    for step in _STEPS:
        for height in heights:
            if highest is None or height > highest + CARD_HEIGHT / 4:
                yield Point(at.x + step * _HALF, height)


def _reads_well(content: Content, person: PersonId, at: Point) -> bool:
    """Whether a new manager's lines run behind nobody, and no other line behind him."""
    managers = _managers(content, person)
    ends = [content.cards[one].box for one in (person, *managers)]
    near = content.cards_in(Box.around((*ends, card_box(at))).grown(ROW))
    cards = {card.person: card for card in near}
    cards[_NEW] = Card(person=_NEW, centre=at, name="")
    lines = [_line(_NEW, person), *(_line(manager, _NEW) for manager in managers)]
    siblings = [
        line
        for line in content.lines_of(managers).values()
        if line.source in managers and line.style in ORTHOGONAL and line.target != person
    ]
    shapes = trace(Figure(canvas="", cards=cards, lines=(*lines, *siblings)))
    for line in lines:
        others = [c.anchor for c in cards.values() if c.person not in (line.source, line.target)]
        if any(_runs_behind(shapes[line.record], box) for box in others):
            return False
    own = card_box(at)
    return not any(
        _runs_behind(shape, own)
        for shape in content.shapes_in(own)
        if shape.line.style in ORTHOGONAL and shape.line.target != person
    )


def _runs_behind(shape: Shape, box: Box) -> bool:
    """Whether a line of upright and level pieces touches a card."""
    return any(
        Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)).grown(1.0).meets(box)
        for a, b in pairwise(flattened(shape.outline))
    )


def _line(source: PersonId, target: PersonId) -> Line:
    return Line(
        record=f"{source} {target}", source=source, target=target, style=LineStyle.REPORTING
    )


def _managers(content: Content, person: PersonId) -> list[PersonId]:
    return [
        line.source
        for line in content.lines_of((person,)).values()
        if line.target == person and line.style in HANGING
    ]


def _below(figure: Figure, person: PersonId) -> set[PersonId]:
    """Somebody and all who hang under him, however deep."""
    reports: dict[PersonId, list[PersonId]] = {}
    for line in figure.lines:
        if line.style in HANGING:
            reports.setdefault(line.source, []).append(line.target)
    found, waiting = {person}, [person]
    while waiting:
        for report in reports.get(waiting.pop(), ()):
            if report not in found and report in figure.cards:
                found.add(report)
                waiting.append(report)
    return found
