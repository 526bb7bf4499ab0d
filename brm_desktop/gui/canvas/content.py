"""What a canvas holds: a figure with its folds and fades, and what differs when it changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from time import perf_counter
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.folding import HANGING, Fold, Folded, folded
from brm_desktop.gui.canvas.grounds import KeptGrounds
from brm_desktop.gui.canvas.index import Index
from brm_desktop.gui.canvas.lighting import card_lit, line_lit
from brm_desktop.gui.canvas.marks import badge_box
from brm_desktop.rendering.cards import CARD_MARGIN
from brm_desktop.rendering.figure import (
    Box,
    Card,
    Figure,
    Line,
    LineStyle,
    Point,
    RouteMark,
    card_box,
)
from brm_desktop.rendering.geometry import flattened
from brm_desktop.rendering.grounds import Ground
from brm_desktop.rendering.shapes import Shape

_MANY: Final = 400
"""From so many differences on, everything is painted anew."""

_TOGETHER: Final = 120
"""Up to so many lines each finds its way anew with regard to all others after every change."""

_DRAGGED: Final = 300
"""More lines than this run roughly while cards are dragged or glide."""

_LARGE: Final = 1_500
"""A figure with more cards or lines than this is indexed little by little."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Where a canvas has to be painted anew; ``heads`` only where the heads of grounds are read."""

    everything: bool = False
    boxes: tuple[Box, ...] = ()
    heads: tuple[Box, ...] = ()

    @classmethod
    def of(cls, boxes: list[Box], heads: Sequence[Box] = ()) -> Damage:
        """These boxes, or everything when they are many."""
        if len(boxes) > _MANY:
            return cls(everything=True)
        return cls(boxes=tuple(boxes), heads=tuple(heads))

    def __bool__(self) -> bool:
        return self.everything or bool(self.boxes) or bool(self.heads)


class Content:
    """The cards and lines on show, where they are, and what differs when they change.

    A large figure is on show before it is indexed: :meth:`index_some` goes on with that while there
    is nothing else to do. Until then cards are sought one by one and lines are not.
    """

    def __init__(self, department_of: Callable[[PersonId], str | None]) -> None:
        self.figure = Figure(canvas="", cards={})
        self.cards: dict[PersonId, Card] = {}
        self.folds: dict[PersonId, Fold] = {}
        self.folded = Folded()
        self.lit: frozenset[PersonId] | None = None
        self.routes: tuple[RouteMark, ...] = ()
        self.version = 0
        self._department_of = department_of
        self._lines: dict[str, Line] = {}
        self._index = Index()
        self._grounds = KeptGrounds()
        self._indexing: Iterator[None] | None = None
        self._rank: dict[PersonId, int] = {}
        self._displaced: set[PersonId] = set()
        self._bounds: Box | None = None

    def clear(self, department_of: Callable[[PersonId], str | None]) -> Damage:
        """Begin with nothing, and ask somebody else who is in which department."""
        self._department_of = department_of
        self.figure = Figure(canvas="", cards={})
        self.cards, self._lines, self._rank = {}, {}, {}
        self.folds, self.folded, self.lit, self.routes = {}, Folded(), None, ()
        self._index, self._indexing = Index(), None
        self._grounds = KeptGrounds()
        self._displaced.clear()
        self._bounds = None
        self.version += 1
        return Damage(everything=True)

    @property
    def bounds(self) -> Box:
        """The rectangle that holds every card and lane on show; a drag only makes it grow."""
        if self._bounds is None:
            boxes = [card.box for card in self.cards.values()]
            self._bounds = Box.around((*boxes, *(lane.box for lane in self.figure.lanes)))
        return self._bounds

    def measure_again(self) -> None:
        """Let the bounds go back to the cards; while cards move, they only grow."""
        self._bounds = None

    @property
    def extent(self) -> Box:
        """The rectangle that holds rings and lines on show too, unless these are very many."""
        if len(self.shapes) > _MANY:
            return self.bounds
        figure, middle = self.figure, self.cards.get(self.figure.centre or PersonId(""))
        around = [self.bounds]
        if figure.rings and middle is not None:
            wide, high = figure.rings[-1]
            at = middle.centre
            around.append(Box(at.x - wide, at.y - high, 2 * wide, 2 * high))
        outlines = (flattened(shape.outline) for shape in self.shapes.values())
        points = (Box(at.x, at.y, 0.0, 0.0) for at in chain.from_iterable(outlines))
        return Box.around((*around, *points))

    @property
    def lines(self) -> Mapping[str, Line]:
        """The lines on show by their records' ids."""
        return self._lines

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """Where the lines on show run, by their records' ids, as far as they are indexed."""
        return self._index.shapes

    @property
    def grounds(self) -> Sequence[Ground]:
        """Where the grounds of departments are, outer ones first."""
        return self._grounds.shown

    @property
    def indexed(self) -> bool:
        """Whether every place is known."""
        return self._indexing is None

    def index_some(self, seconds: float = float("inf")) -> bool:
        """Go on with the indexing for some time; says whether it is complete."""
        until = perf_counter() + seconds
        while self._indexing is not None:
            if next(self._indexing, self) is self:
                self._indexing = None
            elif perf_counter() > until:
                break
        return self._indexing is None

    def show(self, figure: Figure) -> Damage:
        """Take a figure; only what differs from the one before is damaged."""
        self._bounds = None
        old, self.figure = self.figure, figure
        self.folds = {head: fold for head, fold in self.folds.items() if head in figure.cards}
        was, self.folded = self.folded, folded(figure, self.folds.values(), self._department_of)
        cards, lines = self._shown_cards(), self._shown_lines()
        if not self.cards and max(len(cards), len(lines)) > _LARGE:
            return self._show_large(cards, lines)
        self.index_some()
        boxes = self._badge_boxes(was, self.folded)
        heads: list[Box] = []
        self._take(cards, lines, boxes)
        self._grounds.take(figure.groups, cards, boxes, heads)
        ground = (old.lanes, old.rings, old.centre) != (figure.lanes, figure.rings, figure.centre)
        ground = ground or old.sectors != figure.sectors
        if ground or (boxes and self.routes) or self.routes != figure.routes:
            self.routes = figure.routes
            return Damage(everything=True)
        return Damage.of(boxes, heads)

    def again(self) -> Damage:
        """Show the same figure after folds or fades were changed."""
        return self.show(self.figure)

    def move(self, places: Mapping[PersonId, Point]) -> Damage:
        """Let cards stand elsewhere for the time being, as while they are dragged."""
        self.index_some()
        boxes: list[Box] = []
        moved: list[PersonId] = []
        for person, centre in places.items():
            card = self.cards.get(person)
            if card is not None and card.centre != centre:
                there = card.at(centre)
                self._index.take_card(card, there, boxes)
                self.cards[person] = there
                moved.append(person)
                self._displace(person, centre)
        if moved and self._bounds is not None:
            self._bounds = Box.around((self._bounds, self.box_of(moved)))
        self._trace(moved, boxes)
        if moved:
            self._grounds.take(self.figure.groups, self.cards, boxes, boxes)
        self.version += bool(boxes)
        everything = bool(boxes and self.routes)
        return Damage(everything=True) if everything else Damage.of(boxes)

    def cards_in(self, area: Box) -> list[Card]:
        """The cards whose drawing may reach into an area, faded ones first."""
        near = area.grown(CARD_MARGIN)
        if self.indexed:
            people = sorted(self._index.people_in(near), key=self._rank.__getitem__)
            found = [self.cards[person] for person in people]
        else:
            found = [card for card in self.cards.values() if card.box.meets(near)]
        return sorted(found, key=_unfaded)

    def shapes_in(self, area: Box) -> list[Shape]:
        """The lines that are drawn in an area; none before they are indexed."""
        return self._index.shapes_in(area) if self.indexed else []

    def trimmed(self, shape: Shape, area: Box) -> Shape:
        """A line without what lies far outside an area, if it is very long."""
        return self._index.trimmed(shape, area)

    def card_at(self, point: Point, reach: float = 0.0) -> Card | None:
        """The topmost card at a point, or within ``reach`` of it."""
        if not self.indexed:
            box = Box(point.x, point.y, 0.0, 0.0).grown(max(reach, 1e-9))
            return next((card for card in self.cards.values() if card.box.meets(box)), None)
        found = self._index.people_at(point, reach)
        return self.cards[max(found, key=self._rank.__getitem__)] if found else None

    def line_at(self, point: Point, reach: float) -> Line | None:
        """The line nearest to a point and not farther than ``reach``."""
        if not self.indexed:
            return None
        distance, record = self._index.line_at(point, reach)
        line = self._lines[record] if distance <= reach else None
        return line if line is None or line.style is not LineStyle.SUCCESSION else None

    def lines_of(self, people: Iterable[PersonId]) -> dict[str, Line]:
        """The lines on show that begin or end at any of some people."""
        return self._index.lines_of(people)

    def collapsible(self, person: PersonId) -> bool:
        """Whether somebody hangs under a person whose card is not collapsed yet."""
        lines = self.lines_of((person,)).values()
        below = any(line.source == person and line.style in HANGING for line in lines)
        return below and person not in self.folded.counts

    def box_of(self, people: Iterable[PersonId]) -> Box:
        """The rectangle that holds some people's cards."""
        return Box.around(self.cards[person].box for person in people if person in self.cards)

    def box_with(self, places: Mapping[PersonId, Point]) -> Box:
        """The rectangle that holds all cards once some of them stand elsewhere."""
        cards = self.cards.values()
        return Box.around(card_box(places.get(card.person, card.centre)) for card in cards)

    def free(self, centre: Point) -> bool:
        """Whether a card could stand at a place without covering another."""
        self.index_some()
        return not self._index.people_in(card_box(centre).grown(8.0))

    def _show_large(self, cards: dict[PersonId, Card], lines: dict[str, Line]) -> Damage:
        """Take a large figure on an empty canvas: shown at once, indexed afterwards."""
        self.cards, self._lines = cards, lines
        self._grounds.take(self.figure.groups, cards, [], [])
        self.routes = self.figure.routes
        self._rank = {person: rank for rank, person in enumerate(cards)}
        self._index = Index()
        self._indexing = self._index.fill(cards, lines.values())
        self.version += 1
        return Damage(everything=True)

    def _shown_cards(self) -> dict[PersonId, Card]:
        hidden, lit = self.folded.hidden, self.lit
        if not hidden and lit is None:
            return dict(self.figure.cards)
        return {
            person: card_lit(card, lit)
            for person, card in self.figure.cards.items()
            if person not in hidden
        }

    def _shown_lines(self) -> dict[str, Line]:
        hidden, lit = self.folded.hidden, self.lit
        return {
            line.record: line_lit(line, lit)
            for line in self.figure.lines
            if line.source not in hidden and line.target not in hidden
        }

    def _badge_boxes(self, was: Folded, now: Folded) -> list[Box]:
        """Where the "+n" of collapsed cards come, go or change."""
        return [
            badge_box(self.figure.cards[head], f"+{count}").grown(4.0)
            for head, count in was.counts.items() ^ now.counts.items()
            if head in self.figure.cards
        ]

    def _take(self, cards: dict[PersonId, Card], lines: dict[str, Line], boxes: list[Box]) -> None:
        """Put new cards and lines in place of the old; adds the boxes that differ."""
        moved: set[PersonId] = set()
        for person in self.cards.keys() - cards.keys():
            self._index.drop_card(self.cards[person], boxes)
            moved.add(person)
        for person, card in cards.items():
            was = self.cards.get(person)
            if was is card or was == card:
                cards[person] = was  # what is kept of a card is known by it
            elif self._index.take_card(was, card, boxes):
                moved.add(person)
        self.cards = cards
        if cards.keys() != self._rank.keys():
            self._rank = {person: rank for rank, person in enumerate(cards)}
        self._take_lines(lines, moved, boxes)
        self.version += bool(boxes)

    def _take_lines(self, lines: dict[str, Line], moved: set[PersonId], boxes: list[Box]) -> None:
        old = self._lines
        changed = [
            line
            for record, line in lines.items()
            if (was := old.get(record)) is not line and was != line
        ]
        relit = [line for line in changed if _only_relit(old.get(line.record), line)]
        for line in relit:
            self._index.relight(line, boxes)
        if relit:
            records = {line.record for line in relit}
            changed = [line for line in changed if line.record not in records]
        gone = [line for record, line in old.items() if record not in lines]
        gone += [old[line.record] for line in changed if line.record in old]
        concerned = {end for line in (*gone, *changed) for end in (line.source, line.target)}
        for line in gone:
            self._index.drop_line(line, boxes)
        for line in changed:
            self._index.add_line(line)
        self._lines = lines
        moved |= concerned
        if moved or self._displaced:
            self._displaced.clear()
            self._trace(moved, boxes)

    def _trace(self, people: Collection[PersonId], boxes: list[Box]) -> None:
        """Find where lines run: all of them once cards stand still, unless they are many."""
        if not self._displaced and len(self._lines) <= _TOGETHER:
            self._index.trace(self.cards, self._lines, boxes)
        elif self._displaced and len(self._lines) > _DRAGGED:
            self._index.trace_roughly(self.cards, people, boxes)
        else:
            self._index.trace_around(self.cards, self._lines, people, boxes)

    def _displace(self, person: PersonId, centre: Point) -> None:
        """Note whether a card stands elsewhere than the figure says."""
        if self.figure.cards[person].centre == centre:
            self._displaced.discard(person)
        else:
            self._displaced.add(person)


def _only_relit(was: Line | None, line: Line) -> bool:
    """Whether a line differs from what it was in nothing but that it fades."""
    return was is not None and was.faded != line.faded and was == replace(line, faded=was.faded)


def _unfaded(card: Card) -> bool:
    return not card.faded
