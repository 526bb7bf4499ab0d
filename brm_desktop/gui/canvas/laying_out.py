"""Laying a canvas out: the places are found at once and taken a moment later, as one edit.

Either is quick enough; of very many people the two together would hold the window up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.port import CanvasPort
from brm_desktop.gui.canvas.tools.stage import Stage
from brm_desktop.rendering.figure import Point

Places = Mapping[PersonId, Point]


class LayingOut(QObject):
    """Finds where the canvas's own layout wants every card, and has them put there."""

    def __init__(
        self, stage: Stage, take: Callable[[Places, Phrase], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._take = take
        self._found: tuple[CanvasPort, Places] | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.flush)

    def begin(self) -> None:
        """Find the places."""
        port = self._stage.port
        self._found = port, port.arranged()
        self._soon.start()

    def flush(self) -> None:
        """Take the places that were found, unless something else is on show by now."""
        self._soon.stop()
        found, self._found = self._found, None
        if found is not None and found[0] is self._stage.port:
            self._take(found[1], phrase("Lay out"))
