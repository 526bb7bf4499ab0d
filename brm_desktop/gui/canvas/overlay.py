"""The item above the figure: selection, edge dots, rubber band, guides, the line being pulled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.content import Content
from brm_desktop.gui.canvas.drawing import draw_badge
from brm_desktop.gui.canvas.far import FarView
from brm_desktop.gui.canvas.layer import WORLD
from brm_desktop.gui.canvas.marks import DOT_RADIUS, Edge, Marks, Wire, badge_box, dot_place
from brm_desktop.gui.canvas.port import Relation
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.rendering.cards import PLATES_BELOW, paint_selection
from brm_desktop.rendering.figure import Box, Card, Figure, Line, LineStyle, Point, card_box
from brm_desktop.rendering.lines import FINE_FROM, draw_line, paint_line
from brm_desktop.rendering.screen import PainterSurface, qcolor
from brm_desktop.rendering.shapes import Shape, trace
from brm_desktop.rendering.theme import RADIUS_CARD, Theme, seen_through

_REACH: Final = 14.0
"""Pixels that marks may reach beyond what they mark."""

_FEW: Final = 4
"""The lines of more people than this are not lifted out of many."""

_MANY: Final = 200
"""More marks than this are painted without asking whether each is in sight."""

_WIRE_STYLES: Final = {
    Relation.SWAYED: LineStyle.INFLUENCE,
    Relation.SWAYS: LineStyle.INFLUENCE,
    Relation.CONFLICT: LineStyle.CONFLICT,
    Relation.REPORT: LineStyle.REPORTING,
    Relation.MANAGER: LineStyle.REPORTING,
    Relation.PEER: LineStyle.REPORTING,
}

_PULLED = PersonId("the end of the line being pulled")


class Overlay(QGraphicsItem):
    """Draws what belongs to the moment and not to the figure."""

    def __init__(self, content: Content, far: FarView, theme: Theme) -> None:
        super().__init__()
        self._far = far
        self.theme = theme
        self.selection = Selection()
        self.marks = Marks()
        self._content = content
        self.setZValue(1.0)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        """The whole world, as the layer below."""
        return WORLD

    def show_selection(self, selection: Selection, zoom: float) -> None:
        """Draw another selection."""
        people = set(self.selection.people) ^ set(selection.people)
        people.update((*self.selection.people[-1:], *selection.people[-1:]))
        lines = set(self.selection.lines) ^ set(selection.lines)
        self.selection = selection
        if len(people) + len(lines) > _MANY:
            self.update()
        else:
            self.touch(people, lines, zoom)

    def show_marks(self, marks: Marks, zoom: float) -> None:
        """Draw other marks."""
        old, self.marks = self.marks, marks
        people = set(old.people()) | set(marks.people())
        self.touch(people, (), zoom)
        for box in (*old.boxes(), *marks.boxes()):
            self._update(box, zoom)
        for wire in (old.wire, marks.wire):
            if wire is not None:
                self._update(_wire_box(wire), zoom)

    def touch(self, people: Iterable[PersonId], lines: Iterable[str], zoom: float) -> None:
        """Paint anew around some cards and lines."""
        people = tuple(people)
        for person in people:
            card = self._content.cards.get(person)
            if card is not None:
                self._update(card.box.grown(12.0), zoom)
        if zoom >= FINE_FROM and len(people) <= _FEW:
            for lifted in self._lifted(people):
                self._update(lifted.bounds.grown(16.0), zoom)
        for record in lines:
            shape = self._content.shapes.get(record)
            if shape is not None:
                self._update(shape.bounds.grown(16.0), zoom)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint whatever is marked."""
        if widget is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        zoom = painter.worldTransform().m11()
        rect = option.exposedRect
        exposed = Box(rect.x(), rect.y(), rect.width(), rect.height()).grown(_REACH / zoom)
        self._paint_lifted(painter, exposed, zoom)
        self._paint_selection(painter, exposed, zoom)
        self._paint_wire(painter)
        if zoom >= PLATES_BELOW:
            self._paint_hover(painter, zoom)
        self._paint_ghost(painter)
        self._paint_found(painter, zoom)
        self._paint_band(painter, zoom)
        self._paint_guides(painter, zoom)

    def _lifted(self, people: Iterable[PersonId]) -> list[Shape]:
        """The lines of some people that are drawn pale because there are many."""
        shapes = self._content.shapes
        records = self._content.lines_of(people)
        found = (shapes[record] for record in records if record in shapes)
        return [shape for shape in found if shape.light < 1.0 and not shape.line.faded]

    def _paint_lifted(self, painter: QPainter, exposed: Box, zoom: float) -> None:
        """Among very many lines, those of who is pointed at or selected, in full."""
        people = self.selection.people
        if zoom < FINE_FROM or len(people) > _FEW:
            return
        hovered = () if self.marks.hovered is None else (self.marks.hovered,)
        for shape in self._lifted({*people, *hovered}):
            if shape.bounds.meets(exposed):
                paint_line(painter, replace(shape, light=1.0), self.theme)

    def _update(self, box: Box, zoom: float) -> None:
        grown = box.grown(_REACH / zoom)
        self.update(QRectF(grown.x, grown.y, grown.width, grown.height))

    def _paint_selection(self, painter: QPainter, exposed: Box, zoom: float) -> None:
        for record in self.selection.lines:
            shape = self._content.shapes.get(record)
            if shape is not None and shape.bounds.meets(exposed):
                paint_line(painter, shape, self.theme, selected=True)
        cards = self._content.cards
        chosen = [cards[person] for person in self.selection.people if person in cards]
        many = len(chosen) > _MANY
        near = chosen if many else [card for card in chosen if card.box.meets(exposed)]
        if zoom >= PLATES_BELOW:
            for card in near:
                paint_selection(painter, card, self.theme)
            return
        painter.setPen(_hair(self.theme.accent, 1 if many else 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawRects(self._far.dots_of(card.person for card in near))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_hover(self, painter: QPainter, zoom: float) -> None:
        """The edge dots of the hovered and the main selected card, and how to collapse them."""
        cards = self._content.cards
        surface = PainterSurface(painter)
        for person in dict.fromkeys((self.marks.hovered, self.selection.main)):
            card = cards.get(person) if person is not None else None
            if card is None or self.marks.wire is not None:
                continue
            self._paint_dots(surface, card, zoom)
            if self._content.collapsible(card.person):
                draw_badge(surface, badge_box(card, "–"), "–", self.theme)

    def _paint_dots(self, surface: PainterSurface, card: Card, zoom: float) -> None:
        for edge in Edge:
            hot = self.marks.dot is not None and (
                self.marks.dot.person == card.person and self.marks.dot.edge is edge
            )
            radius = (DOT_RADIUS + (2.0 if hot else 0.0)) / zoom
            fill = self.theme.accent if hot else self.theme.panel
            at = dot_place(card, edge)
            surface.circle(at, radius, fill=fill, stroke=self.theme.accent, width=1.5 / zoom)

    def _paint_wire(self, painter: QPainter) -> None:
        wire = self.marks.wire
        first = self._content.cards.get(wire.first) if wire is not None else None
        if wire is None or first is None:
            return
        surface = PainterSurface(painter)
        target = self._content.cards.get(wire.target) if wire.target is not None else None
        if target is not None:
            surface.rect(
                target.box.grown(4.0),
                fill=seen_through(self.theme.accent, 0.10),
                stroke=self.theme.accent,
                width=2.0,
                radius=RADIUS_CARD + 4.0,
            )
        else:
            self._draw_ghost(surface, wire.end)
        shape = _wire_shape(wire, first, target)
        for traced in trace(shape).values():
            draw_line(surface, traced, self.theme, selected=True)

    def _paint_ghost(self, painter: QPainter) -> None:
        if self.marks.ghost is not None:
            self._draw_ghost(PainterSurface(painter), self.marks.ghost)

    def _draw_ghost(self, surface: PainterSurface, at: Point) -> None:
        surface.rect(
            card_box(at),
            fill=seen_through(self.theme.panel, 0.7),
            stroke=self.theme.accent,
            width=1.5,
            radius=RADIUS_CARD,
            dash=(5.0, 4.0),
        )

    def _paint_found(self, painter: QPainter, zoom: float) -> None:
        card = self._content.cards.get(self.marks.found) if self.marks.found else None
        if card is not None:
            halo = seen_through(self.theme.medium, 0.45)
            box = card.box.grown(6.0 / min(zoom, 1.0))
            PainterSurface(painter).rect(box, stroke=halo, width=5.0 / min(zoom, 1.0), radius=12.0)

    def _paint_band(self, painter: QPainter, zoom: float) -> None:
        if self.marks.band is not None:
            PainterSurface(painter).rect(
                self.marks.band,
                fill=seen_through(self.theme.accent, 0.10),
                stroke=self.theme.accent,
                width=1.0 / zoom,
            )

    def _paint_guides(self, painter: QPainter, zoom: float) -> None:
        if not self.marks.guides:
            return
        painter.setPen(_hair(self.theme.competitor, 1))
        beyond = 12.0 / zoom
        for guide in self.marks.guides:
            start, end = guide.start - beyond, guide.end + beyond
            if guide.upright:
                painter.drawLine(QPointF(guide.at, start), QPointF(guide.at, end))
            else:
                painter.drawLine(QPointF(start, guide.at), QPointF(end, guide.at))


def _wire_box(wire: Wire) -> Box:
    """Where a line being pulled may be drawn, bends and ghost card included."""
    return Box.around((Box(wire.start.x, wire.start.y, 1.0, 1.0), card_box(wire.end))).grown(80.0)


def _wire_shape(wire: Wire, first: Card, target: Card | None) -> Figure:
    """The line as it would be drawn, as a figure of two cards."""
    end = target or Card(person=_PULLED, centre=wire.end, name="")
    source, other = (end, first) if wire.relation is Relation.MANAGER else (first, end)
    line = Line(
        record="pulled",
        source=source.person,
        target=other.person,
        style=_WIRE_STYLES[wire.relation],
        strength=60,
    )
    return Figure(canvas="", cards={first.person: first, end.person: end}, lines=(line,))


def _hair(colour: str, width: int) -> QPen:
    """A pen so many device pixels wide at any zoom."""
    pen = QPen(qcolor(colour), width)
    pen.setCosmetic(True)
    return pen
