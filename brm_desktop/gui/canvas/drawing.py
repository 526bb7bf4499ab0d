"""How a part of a canvas is painted: far away as dots and hairlines, near with ready-made cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QTransform

from brm_desktop.gui.canvas.content import Content
from brm_desktop.gui.canvas.marks import badge_box
from brm_desktop.gui.canvas.pictures import Picture, Pictures
from brm_desktop.rendering.cards import (
    CARD_MARGIN,
    DOTS_BELOW,
    PLATES_BELOW,
    Detail,
    card_theme,
    detail_at,
    lens_colour,
    lens_score,
)
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Box, Card, Figure, Point, Side
from brm_desktop.rendering.lines import LineBatches, batched, paint_batches
from brm_desktop.rendering.painting import paint_lanes, paint_lines
from brm_desktop.rendering.route_marks import draw_route_numbers, draw_routes
from brm_desktop.rendering.screen import PainterSurface, qcolor
from brm_desktop.rendering.shapes import Shape
from brm_desktop.rendering.surface import Anchor
from brm_desktop.rendering.theme import SIZE_SMALL, Theme

_COLD_BUDGET: Final = 0.025
"""Seconds one painting may spend on cards that have no pixmap yet; the rest follows in the next."""

_PLATE_STEPS: Final = (0.2, 0.28, PLATES_BELOW)
"""The zooms name plates are kept at; between them the next larger one is scaled down."""

Dots = dict[str, list[QRectF]]


@dataclass(slots=True)
class _Far:
    """Everything as dots and hairlines, ready made until the content changes."""

    version: int
    bounds: Box
    dots: Dots
    lines: LineBatches


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
        self._pictures = Pictures(theme)
        self._far: _Far | None = None

    def refresh(self, theme: Theme) -> None:
        """Paint in other colours, or other words, from now on: nothing ready made is of use."""
        self.theme = theme
        self._pictures.refresh(theme)
        self._far = None

    def paint(
        self, painter: QPainter, area: Box, scale: Scale, *, hurry: bool = False
    ) -> list[Box]:
        """Paint an area; gives the boxes of cards that are only coarse as yet.

        In a ``hurry`` no card is made anew.
        """
        theme = self.theme
        painter.fillRect(QRectF(area.x, area.y, area.width, area.height), qcolor(theme.ground))
        paint_lanes(painter, self._content.figure, theme, area)
        if scale.detail is Detail.DOT:
            self._paint_far(painter, area)
            return []
        paint_lines(painter, self._content.shapes_in(area), theme, scale.zoom)
        figure, shapes = self._routes()
        surface = PainterSurface(painter)
        draw_routes(surface, figure, shapes, theme)
        coarse = self._paint_cards(painter, area, scale, hurry=hurry)
        draw_route_numbers(surface, figure, shapes, theme)
        self._paint_badges(surface, area)
        return coarse

    def _paint_cards(self, painter: QPainter, area: Box, scale: Scale, *, hurry: bool) -> list[Box]:
        """Paint the cards from their pixmaps, each on whole device pixels so that text is sharp."""
        transform = painter.transform()
        coarse: list[Box] = []
        until = perf_counter() + (0.0 if hurry else _COLD_BUDGET)
        pixel = transform.m11() / scale.device
        left, top = transform.dx() / pixel, transform.dy() / pixel
        painter.save()
        painter.setTransform(QTransform.fromScale(pixel, pixel))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for card in self._content.cards_in(area):
            late = perf_counter() > until
            picture = self._pictures.of(card, scale.detail, scale.picture, ready_only=late)
            x = round((card.centre.x - CARD_WIDTH / 2 - CARD_MARGIN) * scale.device + left)
            y = round((card.centre.y - CARD_HEIGHT / 2 - CARD_MARGIN) * scale.device + top)
            if picture is not None:
                _blit(painter, picture, x, y, scale.device)
            if picture is None or (picture.scale != scale.picture):
                coarse.append(card.box.grown(CARD_MARGIN))
            if picture is None:
                margin = CARD_MARGIN * scale.device
                place = QRectF(x + margin, y + margin, *_size(scale.device))
                painter.fillRect(place, qcolor(self._dot_colour(card)))
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

    def _paint_far(self, painter: QPainter, area: Box) -> None:
        far = self._far
        if far is None or far.version != self._content.version:
            far = self._far = self._made_far()
        most = area.width * area.height > 0.4 * far.bounds.width * far.bounds.height
        if most:
            dots, lines = far.dots, far.lines
        else:
            dots = self._dots(self._content.cards_in(area))
            lines = batched(self._content.shapes_in(area), self.theme)
        paint_batches(painter, lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, places in dots.items():
            painter.setBrush(qcolor(colour))
            painter.drawRects(places)

    def _made_far(self) -> _Far:
        content = self._content
        return _Far(
            content.version,
            content.bounds,
            self._dots(content.cards.values()),
            batched(content.shapes.values(), self.theme),
        )

    def _dots(self, cards: Iterable[Card]) -> Dots:
        """The cards' rectangles by colour; crucial people have a red edge."""
        dots: Dots = {}
        red: list[QRectF] = []
        for card in cards:
            x, y = card.centre.x - CARD_WIDTH / 2, card.centre.y - CARD_HEIGHT / 2
            place = QRectF(x, y, CARD_WIDTH, CARD_HEIGHT)
            dots.setdefault(self._dot_colour(card), []).append(place)
            if card.crucial:
                red.append(QRectF(x, y, 40.0, CARD_HEIGHT))
        if red:
            dots.setdefault(self.theme.crucial, []).extend(red)
        return dots

    def _dot_colour(self, card: Card) -> str:
        theme = card_theme(card, self.theme)
        if card.side is Side.CUSTOMER and lens_score(card).value is None:
            return theme.unscored
        return lens_colour(card, theme)

    def _routes(self) -> tuple[Figure, dict[str, Shape]]:
        """The figure with the routes to draw over it, and the shapes they may run along."""
        content = self._content
        figure = replace(content.figure, cards=content.cards, routes=content.routes)
        people = {person for route in content.routes for person in route.people}
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


def _size(scale: float) -> tuple[float, float]:
    return CARD_WIDTH * scale, CARD_HEIGHT * scale
