"""Where everything of a content is: cards and lines by place, lines by person, lines' shapes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.grid import Grid
from brm_desktop.rendering.cards import CARD_MARGIN
from brm_desktop.rendering.figure import Box, Card, Figure, Line, LineStyle, Point
from brm_desktop.rendering.geometry import flattened
from brm_desktop.rendering.shapes import ORTHOGONAL, Shape, hit, trace
from brm_desktop.rendering.surface import Outline

_LABEL_REACH: Final = 120.0
"""How far a label may reach beyond its line."""

_LINE_REACH: Final = 20.0
"""How far a line's width and head may reach beyond its way."""

_ENDLESS: Final = 3_000.0
"""Longer lines are painted only as far as they are in sight."""

_RAILS_TOGETHER: Final = 1_500
"""Up to so many reporting lines keep their rails apart even while something is dragged."""

_SLICE: Final = 300
"""So many cards or lines are taken in one slice of a long indexing."""


class Index:
    """Finds cards and lines by place, and works out where lines run."""

    def __init__(self) -> None:
        self.shapes: dict[str, Shape] = {}
        self._card_grid: Grid[PersonId] = Grid()
        self._line_grid: Grid[str] = Grid()
        self._lines_of: dict[PersonId, dict[str, Line]] = {}
        self._ways: dict[str, tuple[Shape, list[Point]]] = {}

    def fill(self, cards: Mapping[PersonId, Card], lines: Collection[Line]) -> Iterator[None]:
        """Index everything from nothing, a slice at each step, so that the window stays awake."""
        for count, (person, card) in enumerate(cards.items()):
            self._card_grid.put(person, card.box)
            if count % _SLICE == 0:
                yield
        for count, line in enumerate(lines):
            self._note(line)
            if count % (4 * _SLICE) == 0:
                yield
        for some in _slices(lines):
            self._trace_slice(cards, some, [])
            yield

    def take_card(self, old: Card | None, card: Card, boxes: list[Box]) -> bool:
        """Take a card; says whether it stands elsewhere, so that lines run otherwise.

        The boxes that differ are added to ``boxes``.
        """
        if old is card or old == card:
            return False
        box = card.box
        boxes.append(box.grown(CARD_MARGIN))
        if old is not None and old.anchor == card.anchor:
            return False
        self._card_grid.put(card.person, box)
        if old is not None:
            boxes.append(old.box.grown(CARD_MARGIN))
        return True

    def drop_card(self, card: Card, boxes: list[Box]) -> None:
        """Forget a card."""
        boxes.append(card.box.grown(CARD_MARGIN))
        self._card_grid.drop(card.person)

    def drop_line(self, line: Line, boxes: list[Box]) -> None:
        """Forget a line."""
        for end in (line.source, line.target):
            self._lines_of[end].pop(line.record, None)
        if line.record in self._line_grid:
            boxes.append(self._line_grid.box(line.record))
            self._line_grid.drop(line.record)
        self.shapes.pop(line.record, None)
        self._ways.pop(line.record, None)

    def add_line(self, line: Line) -> None:
        """Take a new line; where it runs is found by :meth:`trace`."""
        self._note(line)

    def relight(self, line: Line, boxes: list[Box]) -> None:
        """Take a line that only fades, or no longer does: it runs as before."""
        self._note(line)
        shape = self.shapes.get(line.record)
        if shape is not None:
            self.shapes[line.record] = replace(shape, line=line)
            boxes.append(self._line_grid.box(line.record))

    def trace(
        self, cards: Mapping[PersonId, Card], lines: Mapping[str, Line], boxes: list[Box]
    ) -> None:
        """Find where all lines run, each with regard to the others."""
        figure = Figure(canvas="", cards=cards, lines=tuple(lines.values()))
        self._put(trace(figure), boxes)

    def trace_around(
        self,
        cards: Mapping[PersonId, Card],
        lines: Mapping[str, Line],
        people: Collection[PersonId],
        boxes: list[Box],
    ) -> None:
        """Find where the lines of some people run, with little regard to others: in a drag."""
        figure = Figure(canvas="", cards=cards, lines=tuple(lines.values()))
        found = trace(figure, people)
        upright = [line for line in figure.lines if line.style in ORTHOGONAL]
        bent_only = all(shape.line.style not in ORTHOGONAL for shape in found.values())
        if len(upright) <= _RAILS_TOGETHER and not bent_only:
            found.update(trace(Figure(canvas="", cards=cards, lines=tuple(upright))))
        self._put(found, boxes)

    def trace_roughly(
        self, cards: Mapping[PersonId, Card], people: Collection[PersonId], boxes: list[Box]
    ) -> None:
        """Find where the lines of some people run with regard to nothing else: fast."""
        lines = self.lines_of(people)
        for line in list(lines.values()):
            if line.style in ORTHOGONAL:
                lines.update(self._below(line.source))
        if lines:
            self._trace_slice(cards, list(lines.values()), boxes)

    def _below(self, manager: PersonId) -> dict[str, Line]:
        return {
            record: line
            for record, line in self._lines_of[manager].items()
            if line.source == manager and line.style in ORTHOGONAL
        }

    def _put(self, shapes: Mapping[str, Shape], boxes: list[Box]) -> None:
        for record, shape in shapes.items():
            old = self.shapes.get(record)
            if old == shape:
                continue
            box = shape.bounds.grown(_LABEL_REACH) if shape.line.label else shape.bounds
            if record in self._line_grid:
                boxes.append(self._line_grid.box(record))
            boxes.append(box)
            self._line_grid.put(record, box)
            self.shapes[record] = shape

    def lines_of(self, people: Iterable[PersonId]) -> dict[str, Line]:
        """The lines that begin or end at any of some people."""
        found: dict[str, Line] = {}
        for person in people:
            found.update(self._lines_of.get(person, {}))
        return found

    def people_in(self, area: Box) -> list[PersonId]:
        """Whose cards meet an area."""
        return self._card_grid.meeting(area)

    def people_at(self, point: Point, reach: float) -> list[PersonId]:
        """Whose cards hold a point or come near it."""
        return self._card_grid.at(point, reach)

    def shapes_in(self, area: Box) -> list[Shape]:
        """The lines that are drawn in an area."""
        near = area.grown(_LINE_REACH)
        found = (self.shapes[record] for record in sorted(self._line_grid.meeting(area)))
        return [shape for shape in found if shape.line.label or self._reaches(shape, near)]

    def trimmed(self, shape: Shape, area: Box) -> Shape:
        """A line that runs on and on, without what lies far outside: strokes cost their length.

        Dashes begin at a line's start, so dashed lines stay whole.
        """
        line, size = shape.line, max(shape.bounds.width, shape.bounds.height)
        dashed = line.assumed or line.style is LineStyle.DOTTED_REPORTING
        if size < _ENDLESS or dashed or line.label:
            return shape
        points = self._way(shape)
        wide = area.grown(_LINE_REACH)
        near = [i for i in range(len(points) - 1) if _crosses(points[i], points[i + 1], wide)]
        if not near:
            return shape
        part = points[near[0] : near[-1] + 2]
        tip = shape.tip if part[-1] == points[-1] else part[-1]
        return replace(shape, outline=Outline.through(*part), tip=tip)

    def line_at(self, point: Point, reach: float) -> tuple[float, str]:
        """The nearest line to a point among those near it, and how far it is."""
        near = self._line_grid.at(point, reach)
        distances = ((hit(self.shapes[record], point), record) for record in near)
        return min(distances, default=(float("inf"), ""))

    def _trace_slice(
        self, cards: Mapping[PersonId, Card], lines: list[Line], boxes: list[Box]
    ) -> None:
        """Find where some of very many lines run, all of a manager's or a pair's together."""
        ends = {end for line in lines for end in (line.source, line.target)}
        near = {person: cards[person] for person in ends}
        self._put(trace(Figure(canvas="", cards=near, lines=tuple(lines))), boxes)

    def _note(self, line: Line) -> None:
        self._lines_of.setdefault(line.source, {})[line.record] = line
        self._lines_of.setdefault(line.target, {})[line.record] = line

    def _reaches(self, shape: Shape, area: Box) -> bool:
        """Whether a line really runs through an area, and not only its bounds do."""
        bounds = shape.bounds
        if bounds.width * bounds.height < 4.0 * area.width * area.height:
            return True
        points = self._way(shape)
        return any(_crosses(points[i], points[i + 1], area) for i in range(len(points) - 1))

    def _way(self, shape: Shape) -> list[Point]:
        """A line as straight pieces, kept ready."""
        kept = self._ways.get(shape.line.record)
        if kept is None or kept[0] is not shape:
            kept = self._ways[shape.line.record] = (shape, flattened(shape.outline))
        return kept[1]


def _slices(lines: Collection[Line]) -> list[list[Line]]:
    """Lines to be traced in turn, upright ones first; no slice is small: it would take longer."""
    slices: list[list[Line]] = [[]]
    for group in _groups(lines):
        if len(slices[-1]) >= _SLICE:
            slices.append([])
        slices[-1].extend(group)
    if len(slices) > 1 and len(slices[-1]) < _SLICE:
        slices[-2:] = [slices[-2] + slices[-1]]
    return slices


def _groups(lines: Collection[Line]) -> list[list[Line]]:
    """The lines that have to be traced together: a manager's, and those of one pair."""
    groups: dict[tuple[PersonId, PersonId | None], list[Line]] = {}
    for line in lines:
        if line.style in ORTHOGONAL:
            groups.setdefault((line.source, None), []).append(line)
        else:
            low, high = sorted((line.source, line.target))
            groups.setdefault((low, high), []).append(line)
    return sorted(groups.values(), key=lambda group: group[0].style not in ORTHOGONAL)


def _crosses(start: Point, end: Point, area: Box) -> bool:
    """Whether a straight piece's own rectangle meets an area."""
    return (
        min(start.x, end.x) <= area.right
        and max(start.x, end.x) >= area.x
        and min(start.y, end.y) <= area.bottom
        and max(start.y, end.y) >= area.y
    )
