"""Texts that break their lines wherever they must, however long a name is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.language import tr

_LONGEST_WORD = 24
_LONGEST_NAME = 160


class PersonLink(QPushButton):
    """A person's name that leads to him; a long one takes several lines."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Go to {name}", name=name))
        self.setToolTip(plain_tip(tr("Go to {name}", name=name)))
        across = row()
        across.setContentsMargins(0, 0, 0, 0)
        self.setLayout(across)
        self._name = wrapped("link", name)
        self._name.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        across.addWidget(self._name)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the lines of the name."""
        return self._name.heightForWidth(width) + 4

    def sizeHint(self) -> QSize:
        """A line high at least."""
        return QSize(120, self._name.sizeHint().height() + 4)


def wrapped(role: str, text: str) -> QLabel:
    """A label that breaks its lines, within a word too where the word is longer than a line."""
    shown = text if len(text) <= _LONGEST_NAME or role in {"small", "strong"} else _cut(text)
    made = label(role, " ".join(_breakable(word) for word in shown.split(" ")), wrap=True)
    made.setAccessibleName(text)
    if shown != text:
        made.setToolTip(plain_tip(text))
    return made


def _cut(text: str) -> str:
    return text[: _LONGEST_NAME - 1] + "…"


def _breakable(word: str) -> str:
    """A word that may break after every so many letters."""
    if len(word) <= _LONGEST_WORD:
        return word
    pieces = (word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD))
    return "\u200b".join(pieces)
