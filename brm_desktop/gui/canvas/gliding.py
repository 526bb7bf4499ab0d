"""Cards that glide to their new places for a moment after a layout, an undo or a redo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.figure import Point

GLIDE_MS: Final = 180

_MOST: Final = 1_500
"""More cards than this are put in place at once."""

Places = Mapping[PersonId, Point]


class Glide(QObject):
    """Shows cards between where they were and where they are, for ``GLIDE_MS``."""

    arrived = Signal()
    """The cards stand where they belong."""

    def __init__(self, show: Callable[[Places], None], parent: QObject) -> None:
        super().__init__(parent)
        self.duration = GLIDE_MS
        self._show = show
        self._start: Places = {}
        self._end: Places = {}
        self._motion = QVariantAnimation(self)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._motion.valueChanged.connect(self._step)
        self._motion.finished.connect(self.arrived)

    @property
    def running(self) -> bool:
        """Whether cards are on their way."""
        return self._motion.state() == QVariantAnimation.State.Running

    def start(self, start: Places, end: Places) -> None:
        """Set cards off from ``start``; without time, or for too many, they just arrive."""
        self.finish()
        if not start or len(start) > _MOST or self.duration <= 0:
            return
        self._start, self._end = start, end
        self._show(start)
        self._motion.setDuration(self.duration)
        self._motion.start()

    def finish(self) -> None:
        """Let every card arrive at once."""
        if self.running:
            self._motion.stop()
            self._show(self._end)
            self.arrived.emit()

    def _step(self, value: object) -> None:
        if not self.running or not isinstance(value, float):
            return
        self._show(
            {person: _between(at, self._end[person], value) for person, at in self._start.items()}
        )


def _between(start: Point, end: Point, share: float) -> Point:
    if share >= 1.0:
        return end
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
