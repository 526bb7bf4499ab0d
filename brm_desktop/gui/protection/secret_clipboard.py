"""A secret on the clipboard: marked as one, and gone from there after a minute."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QMimeData, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

CLEARED_AFTER_MS: Final = 60_000
_OURS = "application/x-brm-secret"
_NOT_TO_BE_KEPT: Final = (
    ("x-kde-passwordManagerHint", b"secret"),
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"1"),
)
"""What programs that keep a history of the clipboard look for, so as to leave it out."""


def copy_secret(text: str) -> None:
    """Put a secret on the clipboard for a minute, or until the program ends if that is sooner.

    What is copied afterwards is left alone.
    """
    mime = QMimeData()
    mime.setText(text)
    mime.setData(_OURS, b"1")
    for kind, value in _NOT_TO_BE_KEPT:
        mime.setData(kind, value)
    clipboard().setMimeData(mime)
    app = QCoreApplication.instance()
    assert app is not None  # there is a window
    QTimer.singleShot(CLEARED_AFTER_MS, app, forget_secret)
    app.aboutToQuit.connect(forget_secret)


def forget_secret() -> None:
    """Empty the clipboard if a secret of ours is still on it."""
    if clipboard().mimeData().hasFormat(_OURS):
        clipboard().clear()


def clipboard() -> QClipboard:
    """The system's clipboard."""
    return QGuiApplication.clipboard()
