"""A heading that folds what is beneath it away; whether that is open is remembered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from brm_desktop.gui.icons import icon
from brm_desktop.gui.look import Look
from brm_desktop.gui.preferences import Preferences


class FoldHead(QToolButton):
    """Shows and hides a ``body``, and keeps in the preferences under ``key`` which it was."""

    opens = Signal()
    """What is beneath it is about to be shown."""

    def __init__(
        self, look: Look, preferences: Preferences, key: str, body: QWidget, *, opened: bool
    ) -> None:
        super().__init__()
        self._look = look
        self._preferences = preferences
        self._key = key
        self._body = body
        self.setCheckable(True)
        self.setProperty("kind", "fold")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setChecked(preferences.flag(key, default=opened))
        self.toggled.connect(self._toggled)
        look.changed.connect(self._recolour)
        self._recolour()
        if not self.isChecked():
            body.hide()  # shown it is with what it is put in: now it would be a window of its own

    def _toggled(self, opened: bool) -> None:
        if opened:
            self.opens.emit()
        self._body.setVisible(opened)
        self._preferences.set_flag(self._key, opened)
        self._recolour()

    def _recolour(self) -> None:
        name = "down" if self.isChecked() else "right"
        self.setIcon(icon(name, self._look.colour("quiet"), size=16))
