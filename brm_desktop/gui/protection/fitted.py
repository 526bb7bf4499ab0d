"""A dialog of one width, more only where its words need it, and as high as what it says."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QWidget


class FittedDialog(QDialog):
    """Qt makes a new dialog at most two thirds of the screen high, and squeezes what is in it."""

    def __init__(self, parent: QWidget, wide: int) -> None:
        super().__init__(parent)
        self._wide = wide
        self.busy = False
        """Whether what was asked for is just being done."""
        self.setFixedWidth(wide)

    def ask(self) -> bool:
        """Show it until it is closed, and tell whether what it asks for was done."""
        taken = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return taken

    def reject(self) -> None:
        """Leave, unless it is just being done."""
        if not self.busy:
            super().reject()

    def event(self, event: QEvent) -> bool:
        """Take the height that is needed when shown, and whenever a text changes."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Polish):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        wide = max(self._wide, layout.totalMinimumSize().width())
        needed = layout.sizeHint().height()
        if layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(wide)
        self.setFixedSize(wide, needed)
