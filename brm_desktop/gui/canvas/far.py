"""The far view: cards as dots and lines as hairlines, kept ready and patched where they change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.content import Content
from brm_desktop.rendering.cards import card_theme, lens_colour, lens_score
from brm_desktop.rendering.figure import Box, Card, Line, Side
from brm_desktop.rendering.lines import LineBatches, batched, line_colour, paint_batches
from brm_desktop.rendering.screen import pen, qcolor
from brm_desktop.rendering.shapes import ORTHOGONAL, Shape
from brm_desktop.rendering.theme import Theme

_ARGB: Final = QColor.NameFormat.HexArgb

_RED: Final = 40.0
"""How wide the red edge of crucial people's dots is."""

_MUCH: Final = 0.05
"""Of an area larger than this share of the figure everything is painted, clipped, unsought."""

_MOST: Final = 0.5
"""The same while something has just changed, as in a drag, and not all is gathered again."""

_Dot = tuple[Card, str, QRectF]
_Hair = tuple[Line, Card, Card, str, list[QLineF]]


class FarView:
    """Dots and hairlines of a content, made once and kept as long as card and line are the same."""

    def __init__(self, content: Content, theme: Theme) -> None:
        self._content = content
        self._theme = theme
        self._dots: dict[PersonId, _Dot] = {}
        self._hairs: dict[str, _Hair] = {}
        self._pieces: dict[str, tuple[Shape, LineBatches]] = {}
        self._version = -1
        self._all_dots: dict[str, list[QRectF]] = {}
        self._all_hairs: dict[str, list[QLineF]] = {}
        self._bounds = Box(0.0, 0.0, 0.0, 0.0)

    def refresh(self, theme: Theme) -> None:
        """Forget everything: the colours are others."""
        self._theme = theme
        self._dots.clear()
        self._hairs.clear()
        self._pieces.clear()
        self._version = -1

    def paint(self, painter: QPainter, area: Box) -> None:
        """Paint all that lies in an area."""
        content = self._content
        if not content.indexed or self._much(area):
            self._gather()
            dots, hairs = self._all_dots, self._all_hairs
        else:
            dots = self._by_colour(content.cards_in(area))
            hairs = self._hairs_of(shape.line for shape in content.shapes_in(area))
        _draw_hairs(painter, hairs)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, places in dots.items():
            painter.setBrush(qcolor(colour))
            painter.drawRects(places)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint_hairs(self, painter: QPainter) -> None:
        """Paint every line as from afar, where nothing better is known yet."""
        self._gather()
        _draw_hairs(painter, self._all_hairs)

    def paint_thin(self, painter: QPainter, shapes: Iterable[Shape]) -> None:
        """Paint lines as the middle view shows them: thin, but where they really run."""
        together: dict[str, tuple[QPen, list[QLineF]]] = {}
        for shape in shapes:
            record = shape.line.record
            kept = self._pieces.get(record)
            if kept is None or kept[0] is not shape:
                kept = self._pieces[record] = (shape, batched((shape,), self._theme))
            for its_pen, pieces in kept[1]:
                together.setdefault(its_pen.color().name(_ARGB), (its_pen, []))[1].extend(pieces)
        paint_batches(painter, list(together.values()))

    def dots_of(self, people: Iterable[PersonId]) -> list[QRectF]:
        """The rectangles of some people's cards."""
        cards = self._content.cards
        return [self._dot(cards[person])[2] for person in people if person in cards]

    def _much(self, area: Box) -> bool:
        fresh = self._version == self._content.version
        bounds = self._bounds if fresh else self._content.bounds
        share = _MUCH if fresh else _MOST
        return area.width * area.height > share * bounds.width * bounds.height

    def _gather(self) -> None:
        """Put all dots and hairlines together by colour, unless nothing has changed."""
        content = self._content
        if self._version == content.version:
            return
        self._version = content.version
        self._bounds = content.bounds
        self._all_dots = self._by_colour(content.cards.values())
        self._all_hairs = self._hairs_of(content.lines.values())

    def _by_colour(self, cards: Iterable[Card]) -> dict[str, list[QRectF]]:
        found: dict[str, list[QRectF]] = {}
        red: list[QRectF] = []
        for card in cards:
            _, colour, place = self._dot(card)
            found.setdefault(colour, []).append(place)
            if card.crucial:
                red.append(QRectF(place.x(), place.y(), _RED, place.height()))
        if red:
            found.setdefault(self._theme.crucial, []).extend(red)
        return found

    def _dot(self, card: Card) -> _Dot:
        kept = self._dots.get(card.person)
        if kept is None or kept[0] is not card:
            box = card.box
            place = QRectF(box.x, box.y, box.width, box.height)
            kept = self._dots[card.person] = (card, self._colour(card), place)
        return kept

    def _colour(self, card: Card) -> str:
        theme = card_theme(card, self._theme)
        if card.side is Side.CUSTOMER and lens_score(card).value is None:
            return theme.unscored
        return lens_colour(card, theme)

    def _hairs_of(self, lines: Iterable[Line]) -> dict[str, list[QLineF]]:
        cards = self._content.cards
        found: dict[str, list[QLineF]] = {}
        for line in lines:
            source, target = cards[line.source], cards[line.target]
            kept = self._hairs.get(line.record)
            if (
                kept is None
                or kept[0] is not line
                or kept[1] is not source
                or kept[2] is not target
            ):
                theme = self._theme.filtered() if line.faded else self._theme
                colour = line_colour(line, theme)
                kept = (line, source, target, colour, _hair(line, source, target))
                self._hairs[line.record] = kept
            found.setdefault(kept[3], []).extend(kept[4])
        return found


def _draw_hairs(painter: QPainter, hairs: dict[str, list[QLineF]]) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for colour, pieces in hairs.items():
        painter.setPen(pen(colour, 0.0))
        painter.drawLines(pieces)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _hair(line: Line, source: Card, target: Card) -> list[QLineF]:
    """A line from afar: reporting with its two corners, everything else straight."""
    x, y, to_x, to_y = source.centre.x, source.centre.y, target.centre.x, target.centre.y
    if line.style not in ORTHOGONAL or abs(x - to_x) < 1.0:
        return [QLineF(x, y, to_x, to_y)]
    rail = to_y + (-64.0 if to_y > y else 64.0)
    return [
        QLineF(x, y, x, rail),
        QLineF(x, rail, to_x, rail),
        QLineF(to_x, rail, to_x, to_y),
    ]
