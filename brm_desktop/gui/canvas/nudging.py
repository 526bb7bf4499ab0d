"""Alt and an arrow shift cards; a burst of such keys is one edit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.tools.stage import Stage
from brm_desktop.rendering.figure import Point

BURST_MS: Final = 500
"""So long after the last key the burst is over."""


class Nudging(QObject):
    """Shows nudged cards at once and makes the one edit when the burst is over."""

    def __init__(self, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._stage = stage
        self._origins: dict[PersonId, Point] = {}
        self._places: dict[PersonId, Point] = {}
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(BURST_MS)
        self._over.timeout.connect(self.flush)

    def nudge(self, dx: float, dy: float) -> None:
        """Shift the selected cards a little."""
        people = self._stage.selection.people
        if tuple(self._origins) != people:
            self.flush()
            cards = self._stage.content.cards
            self._origins = {person: cards[person].centre for person in people if person in cards}
            self._places = dict(self._origins)
        self._places = {person: Point(at.x + dx, at.y + dy) for person, at in self._places.items()}
        self._stage.preview(self._places)
        self._over.start()

    def flush(self) -> None:
        """End the burst: one edit for all of it."""
        self._over.stop()
        origins, places = self._origins, self._places
        self._origins, self._places = {}, {}
        rounded = {person: Point(round(at.x), round(at.y)) for person, at in places.items()}
        if rounded == origins:
            return
        if not self._stage.do(lambda: self._stage.port.move(rounded)):
            self._stage.preview(origins)
