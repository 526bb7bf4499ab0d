"""What a canvas holds: a figure with its folds and fades, indexed by place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.folding import Fold, Folded, folded
from brm_desktop.gui.canvas.grid import Grid
from brm_desktop.gui.canvas.wires import distance_to_line, line_box
from brm_desktop.rendering.cards import CARD_MARGIN
from brm_desktop.rendering.figure import Box, Card, Figure, Line, Point, card_box

_MANY: Final = 400
"""From so many differences on, everything is painted anew."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Where a canvas has to be painted anew."""

    everything: bool = False
    boxes: tuple[Box, ...] = ()

    def __bool__(self) -> bool:
        return self.everything or bool(self.boxes)


class Content:
    """The cards and lines on show, in the order they are painted, and where they are."""

    def __init__(self, department_of: Callable[[PersonId], str | None]) -> None:
        self.figure = Figure(canvas="", cards={})
        self.cards: dict[PersonId, Card] = {}
        self.lines: dict[str, Line] = {}
        self.folds: dict[PersonId, Fold] = {}
        self.folded = Folded()
        self.lit: frozenset[PersonId] | None = None
        self.version = 0
        self._department_of = department_of
        self._card_grid: Grid[PersonId] = Grid()
        self._line_grid: Grid[str] = Grid()
        self._lines_of: dict[PersonId, set[str]] = {}
        self._rank: dict[PersonId, int] = {}

    @property
    def bounds(self) -> Box:
        """The rectangle that holds every card and lane on show."""
        boxes = [card.box for card in self.cards.values()]
        return Box.around((*boxes, *(lane.box for lane in self.figure.lanes)))

    def show(self, figure: Figure) -> Damage:
        """Take a figure; only what differs from the one before is damaged."""
        old, self.figure = self.figure, figure
        self.folds = {head: fold for head, fold in self.folds.items() if head in figure.cards}
        was = self.folded
        self.folded = folded(figure, self.folds.values(), self._department_of)
        ground = (old.lanes, old.rings, old.centre) != (figure.lanes, figure.rings, figure.centre)
        cards, lines = self._shown_cards(), self._shown_lines()
        boxes = self._take(cards, lines)
        heads = was.counts.items() ^ self.folded.counts.items()
        boxes.extend(cards[head].box.grown(CARD_MARGIN) for head, _ in heads if head in cards)
        if ground or len(boxes) > _MANY:
            return Damage(everything=True)
        return Damage(boxes=tuple(boxes))

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
        if not moved:
            return Damage()
        boxes = self._take({**self.cards, **moved}, self.lines)
        return Damage(everything=True) if len(boxes) > _MANY else Damage(boxes=tuple(boxes))

    def cards_in(self, area: Box) -> list[Card]:
        """The cards whose drawing may reach into an area, in the order of painting."""
        near = area.grown(CARD_MARGIN)
        if _much_of(near, len(self.cards)):
            found = [person for person, card in self.cards.items() if card.box.meets(near)]
        else:
            found = sorted(self._card_grid.meeting(near), key=self._rank.__getitem__)
        return [self.cards[person] for person in found]

    def lines_in(self, area: Box) -> list[Line]:
        """The lines whose drawing may reach into an area."""
        return [self.lines[record] for record in sorted(self._line_grid.meeting(area))]

    def card_at(self, point: Point, reach: float = 0.0) -> Card | None:
        """The topmost card at a point, or within ``reach`` of it."""
        found = self._card_grid.at(point, reach)
        return self.cards[max(found, key=self._rank.__getitem__)] if found else None

    def line_at(self, point: Point, reach: float) -> Line | None:
        """The line nearest to a point and not farther than ``reach``."""
        near = ((self._distance(record, point), record) for record in self._line_grid.at(point, reach))
        distance, record = min(near, default=(float("inf"), ""))
        return self.lines[record] if distance <= reach else None

    def lines_of(self, people: Iterable[PersonId]) -> list[Line]:
        """The lines on show that begin or end at any of some people."""
        records = {record for person in people for record in self._lines_of.get(person, ())}
        return [self.lines[record] for record in sorted(records)]

    def box_of(self, people: Collection[PersonId]) -> Box:
        """The rectangle that holds some people's cards."""
        return Box.around(self.cards[person].box for person in people if person in self.cards)

    def free_place(self, wanted: Point, step: Point) -> Point:
        """The first place from ``wanted`` on, step by step, where a card covers no other."""
        place = wanted
        for _ in range(200):
            box = card_box(place).grown(8.0)
            if not self._card_grid.meeting(box):
                return place
            place = Point(place.x + step.x, place.y + step.y)
        return place

    def _distance(self, record: str, point: Point) -> float:
        return distance_to_line(self.lines[record], self.cards, point)

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
            if lit is None or (line.source in lit and line.target in lit) or line.faded
            else replace(line, faded=True)
            for line in self.figure.lines
            if line.source not in hidden and line.target not in hidden
        }

    def _take(self, cards: dict[PersonId, Card], lines: dict[str, Line]) -> list[Box]:
        """Put new cards and lines in place of the old; gives the boxes that differ."""
        boxes: list[Box] = []
        moved = self._take_cards(cards, boxes)
        self._take_lines(lines, moved, boxes)
        if boxes:
            self.version += 1
        return boxes

    def _take_cards(self, cards: dict[PersonId, Card], boxes: list[Box]) -> set[PersonId]:
        moved: set[PersonId] = set()
        for person in self.cards.keys() - cards.keys():
            boxes.append(self.cards[person].box.grown(CARD_MARGIN))
            self._card_grid.drop(person)
            moved.add(person)
        for person, card in cards.items():
            old = self.cards.get(person)
            if old is card or old == card:
                continue
            box = card.box
            boxes.append(box.grown(CARD_MARGIN))
            if old is None or old.centre != card.centre or old.side is not card.side:
                moved.add(person)
                self._card_grid.put(person, box)
                if old is not None:
                    boxes.append(old.box.grown(CARD_MARGIN))
        if cards.keys() != self._rank.keys():
            self._rank = {person: rank for rank, person in enumerate(cards)}
        self.cards = cards
        return moved

    def _take_lines(
        self, lines: dict[str, Line], moved: set[PersonId], boxes: list[Box]
    ) -> None:
        old = self.lines
        touched = {record for person in moved for record in self._lines_of.get(person, ())}
        for record in old.keys() - lines.keys():
            boxes.append(self._line_grid.box(record))
            self._forget_line(old[record])
        for record, line in lines.items():
            was = old.get(record)
            if (was is line or was == line) and record not in touched:
                continue
            if was is not None:
                boxes.append(self._line_grid.box(record))
                self._forget_line(was)
            box = line_box(line, self.cards)
            boxes.append(box)
            self._line_grid.put(record, box)
            self._lines_of.setdefault(line.source, set()).add(record)
            self._lines_of.setdefault(line.target, set()).add(record)
        self.lines = lines

    def _forget_line(self, line: Line) -> None:
        self._line_grid.drop(line.record)
        for end in (line.source, line.target):
            self._lines_of[end].discard(line.record)


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


def _much_of(area: Box, cards: int) -> bool:
    """Whether an area is so large that reading every card beats asking the grid."""
    return area.width * area.height > cards * 4_000.0 * 20.0
