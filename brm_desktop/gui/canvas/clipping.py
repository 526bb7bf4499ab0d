"""Copy and paste of people, within the program with all they are, and as text with others."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

MIME_TYPE: Final = "application/x-brm-people"


class Clip:
    """What was copied from a canvas last; one is shared by all canvases of a window.

    The system's clipboard carries the text and a number that says whether the people copied here
    are still what it holds.
    """

    def __init__(self) -> None:
        self._number = 0
        self._copied: object = None

    def put(self, copied: object, text: str) -> None:
        """Copy people: for this program as they are, for others as text."""
        self._number += 1
        self._copied = copied
        data = QMimeData()
        data.setText(text)
        data.setData(MIME_TYPE, QByteArray(self._token()))
        QGuiApplication.clipboard().setMimeData(data)

    def taken(self) -> object:
        """The people copied here, or ``None`` when something else was copied since."""
        data = QGuiApplication.clipboard().mimeData()
        if not data.hasFormat(MIME_TYPE):
            return None
        return self._copied if data.data(MIME_TYPE).data() == self._token() else None

    def names(self) -> list[str]:
        """The lines of text on the clipboard, for people copied from another program."""
        text = QGuiApplication.clipboard().text()
        return [line.strip() for line in text.splitlines() if line.strip()]

    def _token(self) -> bytes:
        return f"{id(self)}-{self._number}".encode("ascii")
