"""Parts of the inspector that are folded away under their heading until they are wanted."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtWidgets import QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.part import Part
from brm_desktop.gui.past_day import show_past
from brm_desktop.gui.widgets.fold_head import FoldHead


class FoldedPart(Part):
    """A heading that can be pressed; whether it is open is remembered."""

    def __init__(self, desk: Desk, heading: Phrase, key: str, *, opened: bool = False) -> None:
        super().__init__(desk)
        self.body = QWidget()
        self.head = FoldHead(
            desk.look, desk.preferences, f"inspector/{key}", self.body, opened=opened
        )
        self.texts.bind(self.head.setText, heading)
        self.texts.bind(self.head.setAccessibleName, heading)
        self.inside = QVBoxLayout(self.body)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(8)
        self.rows.addWidget(self.head)
        self.rows.addWidget(self.body)


class LateFold(FoldedPart):
    """One that is folded away at first, and of which the inside is made when it is first opened."""

    def __init__(self, desk: Desk, heading: Phrase, key: str) -> None:
        super().__init__(desk, heading, key)
        self._is_made = False
        self.head.opens.connect(self.renew)

    @abstractmethod
    def make(self) -> None:
        """Make what is inside."""

    @abstractmethod
    def fill(self) -> None:
        """Show inside what is known."""

    def renew(self) -> None:
        """Show what is known where it is looked at."""
        if not self.head.isChecked():
            return
        if not self._is_made:
            self.make()
            self._is_made = True
        self.fill()
        show_past(self.body, past=self.desk.is_read_only)
