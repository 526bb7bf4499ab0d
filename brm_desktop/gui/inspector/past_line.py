"""The line at the head of the inspector on a day in the past: which day, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.language import tr


class PastLine(QFrame):
    """Says why nothing can be edited; hidden on today."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.texts = Texts(self)
        self.setObjectName("pastline")
        across = row(gap=8)
        across.setContentsMargins(20, 8, 12, 8)
        self.setLayout(across)
        self.said = label("small", wrap=True)
        self.back = QPushButton()
        self.back.setProperty("kind", "link")
        self.texts.bind(self.back.setText, phrase("Back to today"))
        self.texts.name(self.back, phrase("Back to today"))
        self.back.clicked.connect(lambda: desk.show_day(None, desk.since))
        across.addWidget(self.said, 1)
        across.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_day(self) -> None:
        """Show the day, when it is past."""
        day = self.desk.day
        self.setVisible(day is not None)
        if day is not None:
            self.said.setText(tr("As on {date}: nothing can be edited", date=day.isoformat()))
