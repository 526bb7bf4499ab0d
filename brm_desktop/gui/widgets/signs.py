"""Small painted signs: a stance, a course of stances, and how a deal ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from brm_desktop.domain.records import Outcome, Stance
from brm_desktop.gui.look import Look
from brm_desktop.gui.widgets.bars import Painted
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.language import listed, tr
from brm_desktop.rendering.figure import Point
from brm_desktop.rendering.glyphs import draw_stance_sign, stance_colour
from brm_desktop.rendering.screen import PainterSurface

_SIGN = 16
_ARROW = 12
_RAIL = 20
_RADIUS = 7.0

_OUTCOME_TINTS = {
    Outcome.OPEN: "accent",
    Outcome.WON: "strong",
    Outcome.LOST: "weak",
    Outcome.NO_DECISION: "quiet",
    Outcome.NOT_PURSUED: "quiet",
}


class StanceCourse(Painted):
    """One stance as its bare sign, or several with arrows between: how it moved."""

    def __init__(self, look: Look, stances: Sequence[Stance]) -> None:
        super().__init__(look)
        self._stances = tuple(stances)
        words = listed(tr(one) for one in self._stances)
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(words)
        self.setFixedSize(self.sizeHint())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """A sign each, an arrow between two."""
        arrows = max(0, len(self._stances) - 1)
        return QSize(len(self._stances) * _SIGN + arrows * _ARROW, _SIGN)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint signs and arrows."""
        painter = self.painter()
        surface = PainterSurface(painter)
        middle = self.height() / 2
        for place, stance in enumerate(self._stances):
            x = place * (_SIGN + _ARROW) + _SIGN / 2
            colour = stance_colour(stance, self.look.theme)
            draw_stance_sign(surface, Point(x, middle), stance, colour, 0.85)
            if place:
                self._paint_arrow(painter, x - _SIGN / 2 - _ARROW + 2, middle)

    def _paint_arrow(self, painter: QPainter, x: float, y: float) -> None:
        painter.setPen(QPen(self.look.colour("quiet"), 1.2))
        end = QPointF(x + _ARROW - 4, y)
        painter.drawLine(QPointF(x, y), end)
        painter.drawLine(end, QPointF(end.x() - 3, y - 3))
        painter.drawLine(end, QPointF(end.x() - 3, y + 3))
        painter.setPen(Qt.PenStyle.NoPen)


class OutcomeRail(Painted):
    """How a deal ended, as a sign on a line that goes on to the next deal.

    A tick is won, a cross lost, a dash no decision, a slash not pursued, a dot open.
    """

    def __init__(self, look: Look, outcome: Outcome, *, across: bool, last: bool) -> None:
        super().__init__(look)
        self._outcome = outcome
        self._across = across
        self._last = last
        if across:
            self.setFixedHeight(_RAIL)
        else:
            self.setFixedWidth(_RAIL)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the line and the sign at its beginning."""
        painter = self.painter()
        at = QPointF(_RAIL / 2, _RAIL / 2)
        if not self._last:
            painter.setPen(QPen(self.look.colour("card_edge"), 1.4))
            past = _RADIUS + 3
            end = QPointF(self.width(), at.y()) if self._across else QPointF(at.x(), self.height())
            start = (
                QPointF(at.x() + past, at.y()) if self._across else QPointF(at.x(), at.y() + past)
            )
            painter.drawLine(start, end)
        paint_outcome(painter, at, self._outcome, self.look)


def paint_outcome(painter: QPainter, at: QPointF, outcome: Outcome, look: Look) -> None:
    """The sign of an outcome in a ring; that of a won deal in a filled disc."""
    colour = QColor(look.colour(_OUTCOME_TINTS[outcome]))
    won = outcome is Outcome.WON
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(colour if won else look.colour("panel"))
    painter.drawEllipse(at, _RADIUS, _RADIUS)
    ink = look.shade(look.theme.on(look.theme.strong)) if won else colour
    pen = QPen(ink, 1.7)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    if outcome is Outcome.OPEN:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(at, 2.6, 2.6)
        return
    for start, end in _OUTCOME_STROKES[outcome]:
        painter.drawLine(at + QPointF(*start), at + QPointF(*end))


_OUTCOME_STROKES = {
    Outcome.WON: (((-3.2, 0.3), (-0.9, 2.6)), ((-0.9, 2.6), (3.3, -2.4))),
    Outcome.LOST: (((-2.6, -2.6), (2.6, 2.6)), ((-2.6, 2.6), (2.6, -2.6))),
    Outcome.NO_DECISION: (((-3.0, 0.0), (3.0, 0.0)),),
    Outcome.NOT_PURSUED: (((-2.4, 2.8), (2.4, -2.8)),),
}
