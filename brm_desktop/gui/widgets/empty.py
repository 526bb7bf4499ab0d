"""What an empty page says: what it is for, and the next thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, row


class EmptyPage(QWidget):
    """A sign, a sentence, and buttons for what to do next, in the middle of the page."""

    def __init__(self, look: Look, icon: str, title: Phrase, sentence: Phrase) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self.texts = Texts(self)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._sign)
        heading = label("name")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.texts.bind(heading.setText, title)
        layout.addWidget(heading)
        words = label("quiet", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.texts.bind(words.setText, sentence)
        layout.addWidget(words)
        layout.addSpacing(8)
        self._buttons = row(gap=8)
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        layout.addLayout(self._buttons)
        layout.addStretch(3)
        look.changed.connect(self._recolour)
        self._recolour()

    def button(self, text: Phrase, *, primary: bool = False) -> QPushButton:
        """Add something to do next."""
        made = QPushButton()
        if primary:
            made.setProperty("kind", "primary")
        self.texts.bind(made.setText, text)
        self._buttons.insertWidget(self._buttons.count() - 1, made)
        return made

    def _recolour(self) -> None:
        icon = self._look.icon(self._icon, "unscored", 40)
        self._sign.setPixmap(icon.pixmap(40, 40))
