"""What is drawn over a canvas for the time of a gesture: band, guides, the line being pulled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.guides import Guide
from brm_desktop.gui.canvas.port import Relation
from brm_desktop.rendering.figure import Box, Card, Point, card_box

DOT_RADIUS: Final = 5.0
"""The radius of an edge dot, in pixels of the screen at any zoom."""


class Edge(Enum):
    """The four edges of a card that a line can be pulled from."""

    TOP = auto()
    BOTTOM = auto()
    LEFT = auto()
    RIGHT = auto()


RELATION_OF: Final = {
    Edge.TOP: Relation.MANAGER,
    Edge.BOTTOM: Relation.REPORT,
    Edge.LEFT: Relation.SWAYED,
    Edge.RIGHT: Relation.SWAYED,
}
"""What someone becomes to the card whose edge dot was pulled onto him."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One edge dot of a card."""

    person: PersonId
    edge: Edge


@dataclass(frozen=True, slots=True)
class Wire:
    """A line being pulled from a card to a point, or to the card it would end at."""

    first: PersonId
    start: Point
    end: Point
    relation: Relation
    target: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything that is drawn over the figure besides the selection."""

    hovered: PersonId | None = None
    dot: Dot | None = None
    band: Box | None = None
    wire: Wire | None = None
    guides: tuple[Guide, ...] = ()
    ghost: Point | None = None
    found: PersonId | None = None

    def boxes(self) -> Iterator[Box]:
        """Where the marks are that do not belong to a card."""
        if self.band is not None:
            yield self.band
        if self.wire is not None:
            yield around(self.wire.start, self.wire.end)
        for guide in self.guides:
            yield guide_box(guide)
        if self.ghost is not None:
            yield card_box(self.ghost)

    def people(self) -> Iterator[PersonId]:
        """Whose cards are marked."""
        named = (self.hovered, self.found, self.dot.person if self.dot else None)
        wired = (self.wire.first, self.wire.target) if self.wire else ()
        yield from (person for person in (*named, *wired) if person is not None)


def dot_place(card: Card, edge: Edge) -> Point:
    """Where a card's edge dot is."""
    box = card.anchor
    middle = box.centre
    if edge is Edge.TOP:
        return Point(middle.x, box.y)
    if edge is Edge.BOTTOM:
        return Point(middle.x, box.bottom)
    return Point(box.right if edge is Edge.RIGHT else box.x, middle.y)


def dot_at(card: Card, point: Point, reach: float) -> Edge | None:
    """The edge dot of a card within ``reach`` of a point."""
    for edge in Edge:
        place = dot_place(card, edge)
        if abs(place.x - point.x) <= reach and abs(place.y - point.y) <= reach:
            return edge
    return None


def badge_box(card: Card, text: str) -> Box:
    """The rectangle of the "+n" on the lower edge of a collapsed card."""
    width = max(20.0, 10.0 + 7.0 * len(text))
    box = card.box
    return Box(box.right - 14.0 - width, box.bottom - 10.0, width, 20.0)


def around(a: Point, b: Point) -> Box:
    """The rectangle two points span."""
    return Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y))


def guide_box(guide: Guide) -> Box:
    """The rectangle a guide lies in."""
    if guide.upright:
        return Box(guide.at, guide.start, 0.0, guide.end - guide.start)
    return Box(guide.start, guide.at, guide.end - guide.start, 0.0)
