"""What a canvas pane does about time: its button, its band, its list of changes, its frame."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.time.changes_list import ChangesList
from brm_desktop.gui.time.time_band import TimeBand
from brm_desktop.gui.widgets.frames import set_property

if TYPE_CHECKING:
    from brm_desktop.gui.pages.canvas_pane import CanvasPane

_FRAME = 2
_LISTED_AFTER_MS = 120


class PaneTime(QObject):
    """Band and list are made when they are first wanted."""

    def __init__(self, pane: CanvasPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.desk = pane.desk
        self.band: TimeBand | None = None
        self.changes: ChangesList | None = None
        self.button = pane.right.tool(phrase("Time"), icon="history", checkable=True)
        self.button.setObjectName("show_time")
        self.button.clicked.connect(self.toggle)
        pane.installEventFilter(self)
        self._listing = QTimer(self, singleShot=True, interval=_LISTED_AFTER_MS)
        self._listing.timeout.connect(self._list)
        self._compared: date | None = None
        self.desk.day_shown.connect(self.follow)
        self.desk.changed.connect(self._renew)

    @property
    def is_open(self) -> bool:
        """Whether the band is on show."""
        return self.band is not None and not self.band.isHidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Catch up when the pane comes into view."""
        if event.type() == QEvent.Type.Show:
            self.follow()
        return False

    def toggle(self) -> None:
        """Open the band with the keys on its slider, or close it and go back to today.

        In a what-if it stays closed: what was said on a day, and what is only supposed, exclude
        each other.
        """
        if self.is_open:
            self.close()
        elif self.desk.session.supposing:
            self.button.setChecked(False)
            self.desk.messages.say(
                phrase("Keep or discard what you suppose first, then look at other days.")
            )
        else:
            self._open().slider.setFocus()

    def close(self) -> None:
        """Close the band and go back to today."""
        self._shut()
        if self._pane.canvas is not None:
            self._pane.canvas.setFocus()

    def _shut(self) -> None:
        if self.band is not None:
            self.band.hide()
        self.button.setChecked(False)
        self.desk.show_day(None)
        self.follow()
        self._pane.fit_soon()

    def follow(self) -> None:
        """Show the day that is on show, when this pane is."""
        if self._pane.port is None or not self._pane.isVisible():
            return
        desk = self.desk
        self._pane.port.set_day(desk.day, desk.since)
        past = desk.day is not None
        set_property(self._pane.stack, "past", past)
        edge = _FRAME if past else 0
        self._pane.stack.setContentsMargins(edge, edge, edge, edge)
        self._pane.allow_drawing()
        if (past or desk.since is not None) and not self.is_open:
            self._open()
        elif self.band is not None and self.is_open:
            self.band.show_day()
        self._show_changes()

    def _open(self) -> TimeBand:
        if self.band is None:
            self.band = TimeBand(self.desk)
            self.band.closed.connect(self.close)
            self._pane.add_band(self.band)
        self.band.show_day()
        if not self.is_open:
            self._pane.fit_soon()
        self.band.show()
        self.button.setChecked(True)
        return self.band

    def _renew(self) -> None:
        if self.is_open and self.desk.session.supposing:
            self._shut()
        elif self.is_open and self._pane.isVisible() and self._pane.port is not None:
            self.follow()
            self._list()

    def _show_changes(self) -> None:
        since = self.desk.since
        if self.changes is None and since is not None:
            self.changes = ChangesList(self.desk)
            self._pane.lists.add(self.changes)
        if self.changes is not None:
            if (since is None) != (self._compared is None):
                self._pane.lists.show(self.changes, shown=since is not None)
                self._list()
            else:
                self._listing.start()
            self._compared = since

    def _list(self) -> None:
        """Say in the list what changed; while the slider moves it waits until that rests."""
        self._listing.stop()
        since = self.desk.since
        if self.changes is not None and since is not None and self._pane.isVisible():
            self.changes.show_changes(self.desk.analysis(), since)
