"""Sees what nobody caught, in any thread and in Qt: it is logged, and owned up to in the window."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal

if TYPE_CHECKING:
    from types import TracebackType

_LOG = logging.getLogger("brm_desktop.defects")
_ONCE_IN_MS: Final = 10_000

Show = Callable[[BaseException], object]


class DefectWatch(QObject):
    """Takes the place of Python's hooks until it is told to stop.

    A defect is shown between two events, never in the middle of painting, one at a time; the same
    one again within ten seconds is only logged, or a mistake in painting would never let go.
    """

    _found = Signal(object)

    def __init__(self, show: Show, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._showing = False
        self._last: tuple[type[BaseException], int] | None = None
        self._since = QElapsedTimer()
        self._found.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(self) -> Callable[[], None]:
        """Watch from now on; gives the way to stop."""
        before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        sys.unraisablehook = self._unraisable

        def stop() -> None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = before

        return stop

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _LOG.error("a defect", exc_info=error)
        self._found.emit(error)

    def _uncaught_in_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            _LOG.error("a defect in a thread", exc_info=found.exc_value)
            self._found.emit(found.exc_value)

    def _unraisable(self, found: sys.UnraisableHookArgs) -> None:
        if found.exc_value is not None:
            _LOG.error("a defect that could not be raised", exc_info=found.exc_value)
            self._found.emit(found.exc_value)

    def _tell(self, error: BaseException) -> None:
        if self._showing or self._is_the_same(error):
            return
        self._showing = True
        try:
            self._show(error)
        finally:
            self._showing = False
            self._last = _place(error)
            self._since.start()

    def _is_the_same(self, error: BaseException) -> bool:
        recent = self._since.isValid() and self._since.elapsed() < _ONCE_IN_MS
        return recent and self._last == _place(error)


def _place(error: BaseException) -> tuple[type[BaseException], int]:
    """The kind of an error and the line it was raised in."""
    trace, line = error.__traceback__, 0
    while trace is not None:
        line, trace = trace.tb_lineno, trace.tb_next
    return type(error), line
