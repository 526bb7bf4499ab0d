"""Cards ready made as pixmaps, so that painting one again costs next to nothing."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from math import ceil
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.cards import CARD_MARGIN, Detail, paint_card
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Card, Point
from brm_desktop.rendering.theme import Theme

_MOST_BYTES: Final = 96 * 1024 * 1024
_MOST_LAST: Final = 1_500

_Key = tuple[Card, Detail, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A card's pixmap and the scale, device pixels for a scene unit, that it was painted at."""

    pixmap: QPixmap
    scale: float


class Pictures:
    """Pixmaps of cards by what they look like, how near one is, and for which screen."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._kept: OrderedDict[_Key, Picture] = OrderedDict()
        self._bytes = 0
        self._last: dict[PersonId, tuple[Card, Detail, Picture]] = {}
        self.made = 0

    def refresh(self, theme: Theme) -> None:
        """Forget every pixmap, as when the theme or the language changes."""
        self._theme = theme
        self._kept.clear()
        self._last.clear()
        self._bytes = 0

    def of(
        self, card: Card, detail: Detail, scale: float, *, ready_only: bool = False
    ) -> Picture | None:
        """The picture of a card, made if need be.

        With ``ready_only`` nothing is made: the picture may be of another scale, or ``None``.
        """
        last = self._last.get(card.person)
        if last is not None and last[0] is card and last[1] is detail and last[2].scale == scale:
            return last[2]
        key = (card.look, detail, scale)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        elif not ready_only:
            found = Picture(self._painted(key[0], detail, scale), scale)
            self._keep(key, found)
        if found is None:
            same_look = last is not None and last[0].look == key[0]
            return last[2] if last is not None and same_look else None
        if len(self._last) >= _MOST_LAST:
            self._last.clear()
        self._last[card.person] = (card, detail, found)
        return found

    def _painted(self, look: Card, detail: Detail, scale: float) -> QPixmap:
        width = ceil((CARD_WIDTH + 2 * CARD_MARGIN) * scale)
        height = ceil((CARD_HEIGHT + 2 * CARD_MARGIN) * scale)
        pixmap = QPixmap(width, height)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.scale(scale, scale)
        at = Point(CARD_WIDTH / 2 + CARD_MARGIN, CARD_HEIGHT / 2 + CARD_MARGIN)
        paint_card(painter, look.at(at), self._theme, detail)
        painter.end()
        self.made += 1
        return pixmap

    def _keep(self, key: _Key, picture: Picture) -> None:
        self._kept[key] = picture
        self._bytes += _size(picture)
        while self._bytes > _MOST_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= _size(dropped)


def _size(picture: Picture) -> int:
    return picture.pixmap.width() * picture.pixmap.height() * 4
