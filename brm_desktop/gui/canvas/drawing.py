"""How a part of a canvas is painted: far away as dots and hairlines, near with ready-made cards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QPainter, QTransform

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.content import Content
from brm_desktop.gui.canvas.far import FarView
from brm_desktop.gui.canvas.marks import badge_box
from brm_desktop.gui.canvas.pictures import Picture, Pictures
from brm_desktop.rendering.cards import (
    CARD_MARGIN,
    DOTS_BELOW,
    PLATES_BELOW,
    Detail,
    card_theme,
    detail_at,
)
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Box, Card, Figure, Point
from brm_desktop.rendering.grounds import draw_heads
from brm_desktop.rendering.lines import FINE_FROM
from brm_desktop.rendering.painting import paint_lanes, paint_lines
from brm_desktop.rendering.ring_marks import draw_ring_words
from brm_desktop.rendering.route_marks import draw_route_numbers, draw_routes
from brm_desktop.rendering.screen import PainterSurface, qcolor
from brm_desktop.rendering.shapes import ORTHOGONAL, Shape
from brm_desktop.rendering.surface import Anchor
from brm_desktop.rendering.theme import SIZE_SMALL, Theme

_COLD_BUDGET: Final = 0.016
"""Seconds one painting may spend on cards that have no pixmap yet; the rest follows in the next."""

_HURRY_BUDGET: Final = 0.006
"""The same while the view moves."""

_FEW: Final = 4
_MANY_LINES: Final = 400
"""Lines step back for at most so many people, and not where they are more than this."""

_PLATE_STEPS: Final = (0.2, 0.28, PLATES_BELOW)
"""The zooms name plates are kept at; between them the next larger one is scaled down."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How near one looks: ``zoom`` in pixels, ``device`` in device pixels for a scene unit."""

    zoom: float
    device: float

    @property
    def detail(self) -> Detail:
        """How much of a card is painted."""
        return detail_at(self.zoom)

    @property
    def picture(self) -> float:
        """The scale that cards are kept at for this one."""
        if not DOTS_BELOW <= self.zoom < PLATES_BELOW:
            return self.device
        step = next(step for step in _PLATE_STEPS if self.zoom <= step)
        return step * self.device / self.zoom


class Drawing:
    """Paints any part of the content at any zoom."""

    def __init__(self, content: Content, theme: Theme) -> None:
        self.theme = theme
        self._content = content
        self._picked: frozenset[PersonId] = frozenset()
        self._back: dict[str, tuple[Shape, Shape]] = {}
        self.pictures = Pictures(theme)
        self.far = FarView(content, theme)

    def refresh(self, theme: Theme) -> None:
        """Paint in other colours, or other words, from now on: nothing ready made is of use."""
        self.theme = theme
        self.pictures.refresh(theme)
        self.far.refresh(theme)

    def paint(
        self, painter: QPainter, area: Box, scale: Scale, *, hurry: bool = False
    ) -> list[Box]:
        """Paint an area; gives the boxes of cards that are only coarse as yet.

        In a ``hurry`` hardly any card is made anew.
        """
        theme = self.theme
        painter.fillRect(QRectF(area.x, area.y, area.width, area.height), qcolor(theme.ground))
        figure, shapes = self._routes()
        grounds = self._content.grounds
        paint_lanes(painter, figure, theme, area, grounds)
        surface = PainterSurface(painter)
        if scale.detail is Detail.DOT:
            self.far.paint(painter, area)
            draw_heads(surface, figure, theme, area, scale.zoom, grounds)
            return []
        self._paint_lines(painter, area, scale)
        draw_routes(surface, figure, shapes, theme)
        if figure.rings and self._content.indexed:
            draw_ring_words(surface, figure, self._content.shapes, theme, scale.zoom)
        coarse = self._paint_cards(painter, area, scale, hurry=hurry)
        draw_heads(surface, figure, theme, area, scale.zoom, grounds)
        draw_route_numbers(surface, figure, shapes, theme)
        self._paint_badges(surface, area)
        return coarse

    def _paint_lines(self, painter: QPainter, area: Box, scale: Scale) -> None:
        if not self._content.indexed:
            self.far.paint_hairs(painter)
            return
        shapes = [self._as_picked(shape) for shape in self._content.shapes_in(area)]
        if scale.zoom < FINE_FROM:
            self.far.paint_thin(painter, shapes)
        else:
            trimmed = [self._content.trimmed(shape, area) for shape in shapes]
            paint_lines(painter, trimmed, self.theme, scale.zoom)

    def pick(self, people: frozenset[PersonId]) -> bool:
        """Let all lines but those of some people step back; says whether that differs."""
        few = len(self._content.shapes) <= _MANY_LINES and 0 < len(people) <= _FEW
        picked = people if few else frozenset()
        differs, self._picked = picked != self._picked, picked
        return differs

    def _as_picked(self, shape: Shape) -> Shape:
        """A line as it looks beside those of who is picked; who reports to whom stays."""
        line = shape.line
        if not self._picked or line.faded or line.style in ORTHOGONAL:
            return shape
        if line.source in self._picked or line.target in self._picked:
            return shape
        kept = self._back.get(line.record)
        if kept is None or kept[0] is not shape:
            pale = replace(shape, line=replace(line, faded=True))
            kept = self._back[line.record] = (shape, pale)
        return kept[1]

    def _paint_cards(self, painter: QPainter, area: Box, scale: Scale, *, hurry: bool) -> list[Box]:
        """Paint the cards from their pixmaps, each on whole device pixels so that text is sharp."""
        transform = painter.transform()
        coarse: list[Box] = []
        until = perf_counter() + (_HURRY_BUDGET if hurry else _COLD_BUDGET)
        pixel = transform.m11() / scale.device
        left, top = transform.dx() / pixel, transform.dy() / pixel
        painter.save()
        painter.setTransform(QTransform.fromScale(pixel, pixel))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for card in self._content.cards_in(area):
            late = perf_counter() > until
            picture = self.pictures.of(card, scale.detail, scale.picture, ready_only=late)
            x = round((card.centre.x - CARD_WIDTH / 2 - CARD_MARGIN) * scale.device + left)
            y = round((card.centre.y - CARD_HEIGHT / 2 - CARD_MARGIN) * scale.device + top)
            if picture is not None:
                _blit(painter, picture, x, y, scale.device)
            if picture is None or (picture.scale != scale.picture):
                coarse.append(card.box.grown(CARD_MARGIN))
            if picture is None:
                self._paint_plain(painter, card, _scaled(card.box, scale.device, left, top))
        painter.restore()
        return coarse

    def _paint_badges(self, surface: PainterSurface, area: Box) -> None:
        """Paint how many are hidden behind each collapsed card."""
        for person, count in self._content.folded.counts.items():
            card = self._content.cards.get(person)
            if card is None:
                continue
            box = badge_box(card, f"+{count}")
            if box.meets(area):
                draw_badge(surface, box, f"+{count}", self.theme)

    def _paint_plain(self, painter: QPainter, card: Card, place: QRectF) -> None:
        """What stands for a card until its pixmap is made: an empty one."""
        theme = card_theme(card, self.theme)
        painter.fillRect(place, qcolor(theme.card_edge))
        painter.fillRect(place.adjusted(1, 1, -1, -1), qcolor(theme.panel))

    def _routes(self) -> tuple[Figure, dict[str, Shape]]:
        """The figure with the routes to draw over it, and the shapes they may run along."""
        content = self._content
        routes = content.routes if content.indexed else ()
        figure = replace(content.figure, cards=content.cards, routes=routes)
        people = {person for route in routes for person in route.people}
        return figure, {record: content.shapes[record] for record in content.lines_of(people)}


def draw_badge(surface: PainterSurface, box: Box, text: str, theme: Theme) -> None:
    """A pill with a few letters on a card's edge."""
    surface.rect(box, fill=theme.accent, stroke=theme.panel, width=2.0, radius=box.height / 2)
    at = Point(box.centre.x, box.centre.y + 4.0)
    surface.text(at, text, theme.on(theme.accent), SIZE_SMALL, bold=True, anchor=Anchor.MIDDLE)


def _blit(painter: QPainter, picture: Picture, x: int, y: int, scale: float) -> None:
    """Draw a card's pixmap, stretched when it was made for another zoom."""
    if picture.scale == scale:
        painter.drawPixmap(QPoint(x, y), picture.pixmap)
        return
    share = scale / picture.scale
    width, height = picture.pixmap.width() * share, picture.pixmap.height() * share
    painter.drawPixmap(QRectF(x, y, width, height), picture.pixmap, QRectF(picture.pixmap.rect()))


def _scaled(box: Box, scale: float, left: float, top: float) -> QRectF:
    return QRectF(
        round(box.x * scale + left),
        round(box.y * scale + top),
        box.width * scale,
        box.height * scale,
    )
