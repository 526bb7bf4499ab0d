"""What all pages and parts have in common: they follow the records, at once or when next shown."""

from __future__ import annotations

from collections.abc import Callable

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
        self._owes_keys = False
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

    def owe_keys(self) -> None:
        """Hold the keys for what is still to come; Qt would give them to whatever is there."""
        self._owes_keys = True
        self.setFocus()

    def pay_keys(self, give: Callable[[], None]) -> None:
        """Have the keys that are owed given to what has come, unless someone took them meanwhile.

        Nobody has while they are on the page itself, around it, or on what is not to be seen.
        """
        if not self._owes_keys:
            return
        self._owes_keys = False
        focus: QWidget | None = self.window().focusWidget()
        if focus is None or focus is self or focus.isAncestorOf(self) or not focus.isVisible():
            give()

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
