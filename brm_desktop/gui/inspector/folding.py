"""A part of the inspector that is folded away under its heading until it is wanted."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.part import Part
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
