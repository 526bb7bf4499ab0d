"""The signs of stances as strokes, so that they stand exactly in the middle at every size."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from brm_desktop.domain.records import Stance


def paint_stance(
    painter: QPainter, stance: Stance, centre: QPointF, colour: QColor, reach: float
) -> None:
    """Paint a stance's sign: ✕ － ＝ ＋ ★, and a dot where it is unknown."""
    pen = QPen(colour, max(1.4, reach * 0.3))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    if stance is Stance.MENTOR:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(_star(centre, reach * 1.3))
        return
    if stance is Stance.UNKNOWN:
        painter.setBrush(colour)
        painter.drawEllipse(centre, reach * 0.2, reach * 0.2)
        return
    for line in _strokes(stance, reach):
        painter.drawLine(line.translated(centre))


def _strokes(stance: Stance, reach: float) -> list[QLineF]:
    if stance is Stance.ENEMY:
        part = reach * 0.75
        return [QLineF(-part, -part, part, part), QLineF(-part, part, part, -part)]
    if stance is Stance.NEUTRAL:
        gap = reach * 0.42
        return [QLineF(-reach, -gap, reach, -gap), QLineF(-reach, gap, reach, gap)]
    level = QLineF(-reach, 0, reach, 0)
    return [level, QLineF(0, -reach, 0, reach)] if stance is Stance.SUPPORTER else [level]


def _star(centre: QPointF, reach: float) -> QPolygonF:
    points = []
    for corner in range(10):
        length = reach if corner % 2 == 0 else reach * 0.42
        angle = math.pi * (corner / 5 - 0.5)
        points.append(centre + QPointF(length * math.cos(angle), length * math.sin(angle)))
    return QPolygonF(points)
