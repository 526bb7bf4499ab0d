"""Covering the dialogs that stand over a locked window; none of them is lost.

To hide a dialog would end it as if it were cancelled, so it stays where it is, wholly transparent:
nothing of it is seen but what asks for the passphrase. Where a system knows no transparent windows,
a cover is; what the dialog shows is hidden, and its title says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from brm_desktop.gui.look import Look

TITLE = "BRM Desktop"
_TRANSPARENT_ON = frozenset({"windows", "cocoa", "xcb"})
"""The systems that know transparent windows."""


class _Cover(QWidget):
    """A blank with a lock on it, over a whole dialog."""

    def __init__(self, look: Look, dialog: QDialog) -> None:
        super().__init__(dialog)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        sign = QLabel()
        sign.setPixmap(look.icon("lock", "unscored", 26).pixmap(26, 26))
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignCenter)
        self.setGeometry(dialog.rect())
        self.show()
        self.raise_()


@dataclass(slots=True)
class _Covered:
    """A dialog under a cover, and how it was."""

    dialog: QDialog
    title: str
    hidden: list[QWidget]
    focus: QWidget | None
    cover: _Cover


class OtherWindows:
    """Every window of the program but the main one."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._covered: list[_Covered] = []

    @property
    def open(self) -> bool:
        """Whether a dialog waits beneath its cover."""
        return any(isValid(one.dialog) and one.dialog.isVisible() for one in self._covered)

    def cover(self, but: QDialog | None) -> bool:
        """Cover what is open, but for one of ours; true when there was anything new.

        What asks for a file only is closed: nothing typed is lost with it, and it shows names.
        """
        _close_passing()
        known = [one.dialog for one in self._covered]
        found = [
            window
            for window in QApplication.topLevelWidgets()
            if isinstance(window, QDialog)
            and window.isVisible()
            and window is not but
            and window not in known
        ]
        for dialog in found:
            if isinstance(dialog, QFileDialog):
                dialog.reject()
            else:
                self._covered.append(self._cover_one(dialog))
        return bool(found)

    def uncover(self) -> None:
        """Show everything as it was; the one opened last has the keys again."""
        covered, self._covered = self._covered, []
        for one in covered:
            if not isValid(one.dialog) or not one.dialog.isVisible():
                continue
            one.cover.hide()
            one.cover.deleteLater()
            for part in one.hidden:
                if isValid(part):
                    part.show()
            one.dialog.setWindowTitle(one.title)
            _fade(one.dialog, 1.0)
            one.dialog.activateWindow()
            if one.focus is not None and isValid(one.focus):
                one.focus.setFocus()

    def _cover_one(self, dialog: QDialog) -> _Covered:
        focus = dialog.focusWidget()
        parts = [
            part
            for part in dialog.findChildren(
                QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
            )
            if not part.isHidden() and not part.isWindow()
        ]
        size = dialog.size()
        for part in parts:
            part.hide()
        dialog.resize(size)
        title = dialog.windowTitle()
        dialog.setWindowTitle(TITLE)
        _fade(dialog, 0.0)
        return _Covered(dialog, title, parts, focus, _Cover(self._look, dialog))


def _fade(dialog: QDialog, opacity: float) -> None:
    """Make a dialog transparent, or solid again, where the system can."""
    if QGuiApplication.platformName() in _TRANSPARENT_ON:
        dialog.setWindowOpacity(opacity)


def _close_passing() -> None:
    """Menus, lists of choices and tips go by themselves, and come back when asked for."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None:
        if not popup.close():
            break
