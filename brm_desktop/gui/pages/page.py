"""What all pages and parts have in common: they follow the records, at once or when next shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from brm_desktop.gui.desk import Desk
from brm_desktop.gui.read_only import Bar
from brm_desktop.gui.texts import Texts


class DeskPage(QWidget):
    """A part of the window that shows records; :meth:`refresh` is called when they changed.

    While it is hidden nothing is computed; it is refreshed when it is shown again.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk = desk
        self.texts = Texts(self)
        self._stale = True
        self._bar: Bar | None = None
        desk.changed.connect(self.ask_refresh)
        desk.settings_changed.connect(self.ask_refresh)
        desk.day_shown.connect(self.ask_refresh)
        desk.look.changed.connect(self.ask_refresh)
        self.texts.again(self.ask_refresh)

    def refresh(self) -> None:
        """Show the records as they are now."""

    def ready(self) -> bool:
        """Whether there is anything to show."""
        return self.desk.is_open

    def ask_refresh(self, *_: object) -> None:
        """Refresh now when this is on show, else when it is shown next."""
        if self.isVisible() and self.ready():
            self._renew()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        if self._stale and self.ready():
            self._renew()

    def _renew(self) -> None:
        """Show the records as they are, and let them be changed where they can be."""
        self._stale = False
        if self._bar is not None and not self.desk.only_looks:
            self._bar.let_go()
            self._bar = None
        self.refresh()
        if self.desk.only_looks:
            self._bar = self._bar or Bar(self)
            self._bar.put()
