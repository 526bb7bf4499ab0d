"""The form that unlocks, in a dialog of its own: before another store, or over other dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.protection.fitted import FittedDialog
from brm_desktop.gui.protection.unlock_form import WIDE, UnlockForm
from brm_desktop.gui.texts import Texts


class UnlockDialog(FittedDialog):
    """``left`` tells that it was closed without a secret, where that is allowed."""

    left = Signal()

    def __init__(self, window: QWidget, look: Look, *, may_leave: bool) -> None:
        super().__init__(window, WIDE)
        self._may_leave = may_leave
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.texts = Texts(self)
        self.texts.bind(self.setWindowTitle, phrase("Unlock"))
        self.form = UnlockForm(look)
        if may_leave:
            self.form.other(phrase("Cancel"), self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 16)
        layout.addWidget(self.form)

    def reject(self) -> None:
        """Leave without unlocking; what is locked cannot be left like that."""
        if self._may_leave:
            super().reject()
            self.left.emit()

    def done(self, result: int) -> None:
        """Let go of what was typed."""
        super().done(result)
        self.form.forget()
        self.deleteLater()
