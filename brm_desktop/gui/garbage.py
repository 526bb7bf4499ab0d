"""Python's garbage, collected on the window's thread and no other.

Whatever allocates may set the collector off, a worker too; it would then free widgets that nobody
holds any more on a thread where Qt must not, and the program would crash. So the automatic
collector rests while there is a window, and its work is done here between two events.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

_EVERY_MS: Final = 500
_OLDEST: Final = 2
_MANY: Final = 100_000
"""So many new objects in half a second are what a job has read, and hardly any of it is garbage."""
_RESTS: Final = 200
"""After a full collection none is made for so many times as long as it took: with very many
records it takes long and finds little."""


class GarbageCollector(QObject):
    """Collects each generation when Python itself would, on the thread it was made on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._since = QElapsedTimer()
        self._rest_ms = 0
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that has come to its threshold, the younger with it.

        What a job reads is put aside instead, since going through it would stop the window. It goes
        when nobody holds it any more, as all that is no circle does.
        """
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[0] > _MANY:
            gc.freeze()
            return
        for generation in (_OLDEST, 1, 0):
            if counts[generation] > thresholds[generation]:
                if generation == _OLDEST and self._rests():
                    continue
                self._collect(generation)
                return

    def _rests(self) -> bool:
        return self._since.isValid() and self._since.elapsed() < self._rest_ms

    def _collect(self, generation: int) -> None:
        if generation < _OLDEST:
            gc.collect(generation)
            return
        self._since.start()
        gc.collect(generation)
        self._rest_ms = _RESTS * self._since.elapsed()
