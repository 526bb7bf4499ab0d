"""Where the user was when his store was closed, so as to be there again when it is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStackedWidget

from brm_desktop.gui.desk import Desk, Page, Place, Selected

if TYPE_CHECKING:
    from brm_desktop.gui.pages.canvas_pane import CanvasPane


class WayBack(QObject):
    """The page, the account, the selection, the day, and what of a canvas was on show."""

    def __init__(self, desk: Desk, pages: QStackedWidget) -> None:
        super().__init__(desk)
        self._desk = desk
        self._pages = pages
        pane = self._pane()
        self._seen = None if pane is None else pane.seen_from
        self._place: Place = desk.place
        self._selection: Selected = desk.selection
        self._days: tuple[date | None, date | None] = (desk.day, desk.since)
        self._then: Callable[[], object] | None = None
        self._is_there = False

    def go(self, then: Callable[[], object]) -> None:
        """Go there in the store just opened; ``then`` is called on arrival, or if that fails."""
        self._then = then
        self._desk.arrived.connect(self._arrived)
        self._desk.jobs.ended.connect(self._ended)
        wanted = Place(Page.ACCOUNTS) if self._place.page is Page.START else self._place
        self._desk.go(wanted)

    def _arrived(self, place: Place) -> None:
        if place == self._place and not self._is_there:
            self._is_there = True
            QTimer.singleShot(0, self, self._there)

    def _there(self) -> None:
        if self._then is not None and self._desk.is_open:
            self._desk.show_day(*self._days)
            self._end()  # a canvas that is first shown begins with nothing selected
            self._desk.select(self._selection)
            pane = self._pane()
            if pane is not None and self._seen is not None:
                pane.look_from(*self._seen)

    def _pane(self) -> CanvasPane | None:
        """The canvas on show, though it be beneath a cover."""
        from brm_desktop.gui.pages.canvas_pane import CanvasPane

        page = self._pages.currentWidget()
        if page is None:
            return None
        return next((one for one in page.findChildren(CanvasPane) if one.isVisibleTo(page)), None)

    def _ended(self, _job: object) -> None:
        QTimer.singleShot(0, self, self._end_unless_under_way)

    def _end_unless_under_way(self) -> None:
        if not self._desk.jobs.running and not self._is_there:
            self._end()

    def _end(self) -> None:
        then, self._then = self._then, None
        if then is None:
            return
        self._desk.arrived.disconnect(self._arrived)
        self._desk.jobs.ended.disconnect(self._ended)
        self.deleteLater()
        then()
