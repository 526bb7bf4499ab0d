"""The card of an opportunity on the board: what is written on it, and how it is painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from brm_desktop.domain.records import Opportunity
from brm_desktop.gui.look import Look, font
from brm_desktop.gui.widgets.frames import few_lines
from brm_desktop.language import day, listed, money, number, tr
from brm_desktop.rendering import theme as tokens

CARD_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""What a model gives a card by."""

_CARD_HIGH: Final = 92
_NAME_LINES: Final = 2
_GAP: Final = 8
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Card:
    """What is written on a card: three lines, each with a left and a right end.

    One of them is the ``name``, without a right end: it may take two lines of the card.
    """

    lines: tuple[tuple[str, str], ...]
    name: int = 0

    @property
    def spoken(self) -> str:
        """The whole card as one line, for who listens."""
        return listed(text for line in self.lines for text in line if text)


class CardPainter(QStyledItemDelegate):
    """Paints a card: its name, the money and the day, what is believed of it."""

    def __init__(self, look: Look, cards: QAbstractItemView) -> None:
        super().__init__(cards)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        """All cards are of one size."""
        return QSize(0, _CARD_HIGH + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one card, with a frame when it has the keys."""
        card = index.data(CARD_ROLE)
        assert isinstance(card, Card)
        look, box = self._look, QRectF(option.rect).adjusted(1, 1, -1, -_GAP)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        lit = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = look.theme.tinted(look.theme.accent, 0.10) if chosen or lit else look.theme.panel
        painter.setBrush(look.shade(ground))
        painter.setPen(QPen(look.colour("accent" if chosen else "hairline"), 1.5 if chosen else 1))
        painter.drawRoundedRect(box, tokens.RADIUS_CARD, tokens.RADIUS_CARD)
        self._write_lines(painter, box.adjusted(10, 8, -10, -8), card)
        painter.restore()

    def _write_lines(self, painter: QPainter, inner: QRectF, card: Card) -> None:
        """Write the lines of a card one beneath another, its name on two where it needs them."""
        high = inner.height() / (len(card.lines) + _NAME_LINES - 1)
        top = inner.top()
        for place, (left, right) in enumerate(card.lines):
            last = place == len(card.lines) - 1
            painter.setFont(font(tokens.SIZE_SMALL if last else tokens.SIZE_TEXT, bold=not place))
            ink = self._look.text_colour("quiet") if last else self._look.colour("ink")
            painter.setPen(ink)
            if place == card.name:
                area = QRectF(inner.left(), top, inner.width(), high * _NAME_LINES)
                _write_name(painter, area, left)
                top += high * _NAME_LINES
                continue
            _write(painter, QRectF(inner.left(), top, inner.width(), high), left, right)
            top += high


def _write(painter: QPainter, line: QRectF, left: str, right: str) -> None:
    """Write a text at each end of a line; the left one is cut where they would meet."""
    middle = Qt.AlignmentFlag.AlignVCenter
    metrics = painter.fontMetrics()
    painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | middle), right)
    taken = metrics.horizontalAdvance(right) + _GAP if right else 0
    room = int(line.width()) - taken
    cut = metrics.elidedText(left, Qt.TextElideMode.ElideRight, room)
    painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | middle), cut)


def _write_name(painter: QPainter, area: QRectF, name: str) -> None:
    """Write a name from the top of its area, on as many lines as there are for it."""
    lines = few_lines(name, painter.font(), int(area.width()), _NAME_LINES)
    high = area.height() / _NAME_LINES
    for place, text in enumerate(lines):
        line = QRectF(area.left(), area.top() + place * high, area.width(), high)
        _write(painter, line, text, "")


def card_of(one: Opportunity, odds: int | None) -> Card:
    """The card of an opportunity among those of its account; ``odds`` 0–100, or unknown."""
    by_people = "" if odds is None else tr("odds {odds}", odds=number(odds))
    return Card(((one.name, ""), (_amount(one), _chance(one)), (_when(one), by_people)))


def card_among_all(one: Opportunity, account: str) -> Card:
    """The card of an opportunity among those of all accounts."""
    return Card(((account, _chance(one)), (one.name, ""), (_when(one), _amount(one))), name=1)


def _chance(one: Opportunity) -> str:
    return "" if one.probability is None else f"{one.probability}%"


def _amount(one: Opportunity) -> str:
    return "" if one.amount is None else money(one.amount)


def _when(one: Opportunity) -> str:
    return "" if one.expected_close is None else day(one.expected_close)
