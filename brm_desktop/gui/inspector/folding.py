"""A part of the inspector that is folded away under its heading until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.icons import icon
from brm_desktop.gui.inspector.part import Part


class FoldedPart(Part):
    """A heading that can be pressed; whether it is open is remembered."""

    def __init__(self, desk: Desk, heading: Phrase, key: str, *, opened: bool = False) -> None:
        super().__init__(desk)
        self._key = f"inspector/{key}"
        self.head = QToolButton()
        self.head.setCheckable(True)
        self.head.setProperty("kind", "fold")
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.texts.bind(self.head.setText, heading)
        self.texts.bind(self.head.setAccessibleName, heading)
        self.body = QWidget()
        self.inside = QVBoxLayout(self.body)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(8)
        self.rows.addWidget(self.head)
        self.rows.addWidget(self.body)
        self.head.toggled.connect(self._toggled)
        self.head.setChecked(desk.preferences.flag(self._key, default=opened))
        self._toggled(self.head.isChecked())
        desk.look.changed.connect(self._recolour)

    def _toggled(self, opened: bool) -> None:
        self.body.setVisible(opened)
        self.desk.preferences.set_flag(self._key, opened)
        self._recolour()

    def _recolour(self) -> None:
        name = "down" if self.head.isChecked() else "right"
        self.head.setIcon(icon(name, self.desk.look.colour("quiet"), size=16))
