"""Python's garbage, collected on the window's thread and no other.

Whatever allocates may set the collector off, a worker too; it would then free widgets that nobody
holds any more on a thread where Qt must not, and the program would crash. So the automatic
collector rests while there is a window, and its work is done here between two events.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 500
_AFTER_CLOSING_MS: Final = 500
"""Long enough that what closing leads to is over and the page after it is painted."""
_MANY: Final = 30_000
"""So many objects are gone through in some ten milliseconds; more would hold up the window."""


class GarbageCollector(QObject):
    """Collects each generation when Python itself would, on the thread it was made on.

    No collection goes through more than some ten thousand objects: where there are more, as after a
    job has read a store, all are put aside. They go when nobody holds them any more, as all that is
    no circle does; of a store that was closed or locked the circles go, too, soon after.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._older = [0, 0, 0]
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_CLOSING_MS)
        self._soon.timeout.connect(self.clear)

    def clear_soon(self) -> None:
        """Collect everything once the window shows that the store is closed."""
        self._soon.start()

    def clear(self) -> None:
        """Collect everything, what was put aside as well, so that no secret stays in a circle."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._older = [0, 0, 0]

    def collect(self) -> None:
        """Collect the oldest generation that has come to its threshold, the younger with it."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [count > threshold for count, threshold in zip(counts, thresholds, strict=True)]
        if not any(due):
            return
        generation = max(place for place, is_due in enumerate(due) if is_due)
        if counts[0] + sum(self._older[: generation + 1]) > _MANY:
            gc.freeze()
            self._older = [0, 0, 0]
            return
        self._collect(generation, counts[0])

    def _collect(self, generation: int, new: int) -> None:
        """Collect, and keep count of what is left: it is a generation older from then on."""
        gone = gc.collect(generation)
        left = max(0, new + sum(self._older[: generation + 1]) - gone)
        self._older[: generation + 1] = [0] * (generation + 1)
        self._older[min(generation + 1, len(self._older) - 1)] += left
