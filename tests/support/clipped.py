"""Which words of a window are cut off where nothing says so."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from brm_desktop.gui.widgets.frames import ElidedLabel, FewLines
from brm_desktop.gui.widgets.row_buttons import LinkLabel, RowButton

CUT_ON_PURPOSE = (ElidedLabel, FewLines, LinkLabel, RowButton)


def clipped(root: QWidget) -> list[str]:
    """The labels and buttons on show that do not show all they say."""
    return [
        f"{type(widget).__name__}: {widget.text()}"
        for widget in root.findChildren(QWidget)
        if isinstance(widget, QLabel | QAbstractButton)
        and widget.isVisible()
        and widget.text()
        and not isinstance(widget, CUT_ON_PURPOSE)
        and not _fits(widget)
    ]


def _fits(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) <= widget.height() + 1
    return widget.sizeHint().width() <= widget.width() + 1
