"""How long nobody has touched the program, by the wall clock too: a laptop that slept was idle.

Only windows and whatever has the keys are watched, not every widget: a filter in Python on the
whole program would make each of its events wait for a worker that computes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from brm_desktop.session.clock import SystemClock

LOOK_EVERY_MS: Final = 2_000
_MINUTE_MS: Final = 60_000

_TOUCHED: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TouchEnd,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.NativeGesture,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
    }
)


class IdleWatch(QObject):
    """``over`` is told when nobody touched the program for so many minutes.

    ``wall`` gives milliseconds that go on while the computer sleeps; as that clock may be set back,
    time that passed awake is counted besides.
    """

    over = Signal()

    def __init__(self, parent: QObject, wall: Callable[[], int] | None = None) -> None:
        super().__init__(parent)
        self.wall = wall or SystemClock().millis
        self._limit_ms = 0
        self._touched_at = self.wall()
        self._awake = QElapsedTimer()
        self._awake.start()
        self._with_keys: QObject | None = None
        self._windows: set[QObject] = set()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._saw_window)
        app.focusObjectChanged.connect(self._saw_focus)

    @property
    def minutes(self) -> int:
        """After how many minutes it is over; 0 for never."""
        return self._limit_ms // _MINUTE_MS

    def watch(self, minutes: int) -> None:
        """Watch from now on, or stop with 0."""
        self._limit_ms = minutes * _MINUTE_MS
        self.touch()
        if minutes:
            self._saw_window(QGuiApplication.focusWindow())
            self._saw_focus(QGuiApplication.focusObject())
            self._timer.start()
        else:
            self._timer.stop()

    def touch(self) -> None:
        """Somebody is here."""
        self._touched_at = self.wall()
        self._awake.start()

    def look(self) -> bool:
        """See whether it is over, and tell."""
        if not self._is_over:
            return False
        self.over.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Hear of every touch; the first one after it was over is nobody's work any more."""
        if not self._limit_ms or event.type() not in _TOUCHED:
            return False
        if self.look():
            return True
        self.touch()
        return False

    @property
    def _is_over(self) -> bool:
        idle = max(self.wall() - self._touched_at, self._awake.elapsed())
        return 0 < self._limit_ms <= idle

    def _saw_window(self, window: QObject | None) -> None:
        if window is not None and window not in self._windows:
            self._windows.add(window)
            window.destroyed.connect(lambda: self._windows.discard(window))
            window.installEventFilter(self)

    def _saw_focus(self, found: QObject | None) -> None:
        """What is composed with an input method comes to the widget alone."""
        if self._with_keys is not None and isValid(self._with_keys):
            self._with_keys.removeEventFilter(self)
        self._with_keys = found
        if found is not None:
            found.installEventFilter(self)
