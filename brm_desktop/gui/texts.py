"""Texts that follow the language: each is said again when the language changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.language import tr


class _Speech(QObject):
    """Tells when the language has changed."""

    changed = Signal()


_speech: Final = _Speech()


class Texts(QObject):
    """The fixed texts of one widget and of its parts, said again when the language changes.

    Texts that depend on data are made anew by :meth:`again`. It hears of a change directly: to look
    through all events of its owner for one of Qt's would cost more than all the rest of it.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._bound: list[tuple[Callable[[str], object], Phrase]] = []
        self._again: list[Callable[[], object]] = []
        _speech.changed.connect(self._retell)

    def bind(self, setter: Callable[[str], object], text: Phrase) -> None:
        """Say ``text`` to ``setter`` now and whenever the language changes."""
        setter(tr(text))
        self._bound.append((setter, text))

    def name(self, widget: QWidget, text: Phrase) -> None:
        """Give a widget its accessible name, and a tool tip when it has no text of its own."""
        self.bind(widget.setAccessibleName, text)

    def again(self, retell: Callable[[], object]) -> None:
        """Call ``retell`` when the language changes, for texts made of data."""
        self._again.append(retell)

    def _retell(self) -> None:
        for setter, text in self._bound:
            setter(tr(text))
        for retell in self._again:
            retell()


_LACKING_IN_QT: Final = {
    ("QFileDialog", "&Look in:"): phrase("&Look in:"),
    ("QFileDialog", "Files of &type:"): phrase("Files of &type:"),
    ("QAbstractFileIconProvider", "Drive"): phrase("Drive"),
    ("QAbstractFileIconProvider", "Folder"): phrase("Folder"),
}
"""What Qt's own Chinese does not have, of what is shown of Qt's."""


class QtTexts(QTranslator):
    """What Qt says by itself: menus of text fields, file dialogs, the field for a key."""

    def use(self, code: str) -> None:
        """Let Qt say its own texts in a language, in English where it does not know it."""
        QApplication.removeTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self.load(f"qtbase_{code}", folder):
            QApplication.installTranslator(self)

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Qt's words in the language in use, ours where it has none; else ``None``, not nothing."""
        found = super().translate(context, text, disambiguation, n)
        if found or (context, text) not in _LACKING_IN_QT:
            return found or None
        return tr(_LACKING_IN_QT[context, text])


def language_changed(window: QWidget) -> None:
    """Tell a window and everything in it that the language is another one."""
    _speech.changed.emit()
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
