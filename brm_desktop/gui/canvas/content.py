"""What a canvas holds: a figure with its folds and fades, indexed by place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.folding import Fold, Folded, folded
from brm_desktop.gui.canvas.grid import Grid
from brm_desktop.gui.canvas.marks import badge_box
from brm_desktop.rendering.cards import CARD_MARGIN
from brm_desktop.rendering.figure import Box, Card, Figure, Line, Point, RouteMark, card_box
from brm_desktop.rendering.shapes import ORTHOGONAL, Shape, hit, trace

_MANY: Final = 400
"""From so many differences on, everything is painted anew."""

_LABEL_REACH: Final = 120.0
"""How far a label may reach beyond its line."""

_CROWDED: Final = 60_000.0
"""Scene units squared that a card of a crowded figure takes up, its surroundings included."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Where a canvas has to be painted anew."""

    everything: bool = False
    boxes: tuple[Box, ...] = ()

    @classmethod
    def of(cls, boxes: list[Box]) -> Damage:
        """These boxes, or everything when they are many."""
        return cls(everything=True) if len(boxes) > _MANY else cls(boxes=tuple(boxes))

    def __bool__(self) -> bool:
        return self.everything or bool(self.boxes)


class Content:
    """The cards and lines on show, where they are, and what differs when they change."""

    def __init__(self, department_of: Callable[[PersonId], str | None]) -> None:
        self.figure = Figure(canvas="", cards={})
        self.cards: dict[PersonId, Card] = {}
        self.shapes: dict[str, Shape] = {}
        self.folds: dict[PersonId, Fold] = {}
        self.folded = Folded()
        self.lit: frozenset[PersonId] | None = None
        self.routes: tuple[RouteMark, ...] = ()
        self.version = 0
        self._department_of = department_of
        self._lines: dict[str, Line] = {}
        self._lines_of: dict[PersonId, dict[str, Line]] = {}
        self._card_grid: Grid[PersonId] = Grid()
        self._line_grid: Grid[str] = Grid()
        self._rank: dict[PersonId, int] = {}

    def follow(self, department_of: Callable[[PersonId], str | None]) -> None:
        """Ask somebody else who is in which department."""
        self._department_of = department_of

    @property
    def bounds(self) -> Box:
        """The rectangle that holds every card and lane on show."""
        boxes = [card.box for card in self.cards.values()]
        return Box.around((*boxes, *(lane.box for lane in self.figure.lanes)))

    @property
    def lines(self) -> Mapping[str, Line]:
        """The lines on show by their records' ids."""
        return self._lines

    def show(self, figure: Figure) -> Damage:
        """Take a figure; only what differs from the one before is damaged."""
        old, self.figure = self.figure, figure
        self.folds = {head: fold for head, fold in self.folds.items() if head in figure.cards}
        was, self.folded = self.folded, folded(figure, self.folds.values(), self._department_of)
        boxes = self._badge_boxes(was, self.folded)
        self._take(self._shown_cards(), self._shown_lines(), boxes)
        ground = (old.lanes, old.rings, old.centre) != (figure.lanes, figure.rings, figure.centre)
        if ground or (boxes and self.routes) or self.routes != figure.routes:
            self.routes = figure.routes
            return Damage(everything=True)
        return Damage.of(boxes)

    def again(self) -> Damage:
        """Show the same figure after folds or fades were changed."""
        return self.show(self.figure)

    def move(self, places: Mapping[PersonId, Point]) -> Damage:
        """Let cards stand elsewhere for the time being, as while they are dragged."""
        moved = {
            person: self.cards[person].at(centre)
            for person, centre in places.items()
            if person in self.cards and self.cards[person].centre != centre
        }
        boxes: list[Box] = []
        for person, card in moved.items():
            self._take_card(person, card, boxes)
            self.cards[person] = card
        self._trace(self._concerned(moved), boxes)
        self.version += bool(boxes)
        return Damage(everything=True) if boxes and self.routes else Damage.of(boxes)

    def cards_in(self, area: Box) -> list[Card]:
        """The cards whose drawing may reach into an area, faded ones first."""
        near = area.grown(CARD_MARGIN)
        if near.width * near.height > len(self.cards) * _CROWDED:
            found = [card for card in self.cards.values() if card.box.meets(near)]
        else:
            people = sorted(self._card_grid.meeting(near), key=self._rank.__getitem__)
            found = [self.cards[person] for person in people]
        return sorted(found, key=_unfaded)

    def shapes_in(self, area: Box) -> list[Shape]:
        """The lines whose drawing may reach into an area."""
        return [self.shapes[record] for record in sorted(self._line_grid.meeting(area))]

    def card_at(self, point: Point, reach: float = 0.0) -> Card | None:
        """The topmost card at a point, or within ``reach`` of it."""
        found = self._card_grid.at(point, reach)
        return self.cards[max(found, key=self._rank.__getitem__)] if found else None

    def line_at(self, point: Point, reach: float) -> Line | None:
        """The line nearest to a point and not farther than ``reach``."""
        near = self._line_grid.at(point, reach)
        distances = ((hit(self.shapes[record], point), record) for record in near)
        distance, record = min(distances, default=(float("inf"), ""))
        return self._lines[record] if distance <= reach else None

    def lines_of(self, people: Iterable[PersonId]) -> dict[str, Line]:
        """The lines on show that begin or end at any of some people."""
        found: dict[str, Line] = {}
        for person in people:
            found.update(self._lines_of.get(person, {}))
        return found

    def box_of(self, people: Iterable[PersonId]) -> Box:
        """The rectangle that holds some people's cards."""
        return Box.around(self.cards[person].box for person in people if person in self.cards)

    def free_place(self, wanted: Point, step: Point) -> Point:
        """The first place from ``wanted`` on, step by step, where a card covers no other."""
        place = wanted
        for _ in range(200):
            if not self._card_grid.meeting(card_box(place).grown(8.0)):
                return place
            place = Point(place.x + step.x, place.y + step.y)
        return place

    def free_box(self, centre: Point) -> Box:
        """The rectangle a card would take at a place."""
        return card_box(centre)

    def _shown_cards(self) -> dict[PersonId, Card]:
        hidden, lit = self.folded.hidden, self.lit
        return {
            person: card if lit is None or person in lit else _faded(card)
            for person, card in self.figure.cards.items()
            if person not in hidden
        }

    def _shown_lines(self) -> dict[str, Line]:
        hidden, lit = self.folded.hidden, self.lit
        return {
            line.record: line
            if line.faded or lit is None or (line.source in lit and line.target in lit)
            else replace(line, faded=True)
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
            boxes.append(self.cards[person].box.grown(CARD_MARGIN))
            self._card_grid.drop(person)
            moved.add(person)
        for person, card in cards.items():
            if self._take_card(person, card, boxes):
                moved.add(person)
        self.cards = cards
        if cards.keys() != self._rank.keys():
            self._rank = {person: rank for rank, person in enumerate(cards)}
        self._take_lines(lines, moved, boxes)
        self.version += bool(boxes)

    def _take_card(self, person: PersonId, card: Card, boxes: list[Box]) -> bool:
        """Take one card; says whether it stands elsewhere, so that its lines run otherwise."""
        old = self.cards.get(person)
        if old is card or old == card:
            return False
        box = card.box
        boxes.append(box.grown(CARD_MARGIN))
        if old is not None and old.anchor == card.anchor:
            return False
        self._card_grid.put(person, box)
        if old is not None:
            boxes.append(old.box.grown(CARD_MARGIN))
        return True

    def _take_lines(self, lines: dict[str, Line], moved: set[PersonId], boxes: list[Box]) -> None:
        old = self._lines
        changed = {
            record: line
            for record, line in lines.items()
            if (was := old.get(record)) is not line and was != line
        }
        gone = [line for record, line in old.items() if record not in lines]
        for line in (*gone, *(old[record] for record in changed if record in old)):
            for end in (line.source, line.target):
                self._lines_of[end].pop(line.record, None)
            boxes.append(self._line_grid.box(line.record))
        for line in gone:
            self._line_grid.drop(line.record)
            del self.shapes[line.record]
        for record, line in changed.items():
            self._lines_of.setdefault(line.source, {})[record] = line
            self._lines_of.setdefault(line.target, {})[record] = line
        self._lines = lines
        ends = {end for line in (*gone, *changed.values()) for end in (line.source, line.target)}
        self._trace(self._concerned(moved | ends), boxes)

    def _concerned(self, people: Iterable[PersonId]) -> dict[str, Line]:
        """The lines that run otherwise when some people's cards move: theirs and their peers'."""
        found = self.lines_of(people)
        managers = {line.source for line in found.values() if line.style in ORTHOGONAL}
        for manager in managers:
            found.update(
                (record, line)
                for record, line in self._lines_of[manager].items()
                if line.source == manager and line.style in ORTHOGONAL
            )
        return found

    def _trace(self, lines: dict[str, Line], boxes: list[Box]) -> None:
        """Find anew where some lines run; adds the boxes that differ."""
        figure = Figure(canvas="", cards=self.cards, lines=tuple(lines.values()))
        for record, shape in trace(figure).items():
            old = self.shapes.get(record)
            if old == shape:
                continue
            box = shape.bounds.grown(_LABEL_REACH) if shape.line.label else shape.bounds
            if old is not None:
                boxes.append(self._line_grid.box(record))
            boxes.append(box)
            self._line_grid.put(record, box)
            self.shapes[record] = shape


def steps_from(lines: Iterable[Line], start: Iterable[PersonId], steps: int) -> frozenset[PersonId]:
    """Everyone at most so many lines away from some people, whichever way the lines run."""
    neighbours: dict[PersonId, set[PersonId]] = {}
    for line in lines:
        neighbours.setdefault(line.source, set()).add(line.target)
        neighbours.setdefault(line.target, set()).add(line.source)
    found = set(start)
    edge = set(found)
    for _ in range(steps):
        edge = {other for person in edge for other in neighbours.get(person, ())} - found
        found |= edge
    return frozenset(found)


def _faded(card: Card) -> Card:
    return card if card.faded else replace(card, faded=True)


def _unfaded(card: Card) -> bool:
    return not card.faded
