"""What the window says all the time of how the open store is protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.texts import Texts
from brm_desktop.language import tr

if TYPE_CHECKING:
    from brm_desktop.session.session import Session


class ProtectionSign(QPushButton):
    """“Encrypted” or “Not encrypted” with a lock; a press leads to the settings about it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._encrypted: bool | None = None
        self.setProperty("kind", "guard")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(14, 14))
        self.texts = Texts(self)
        self.texts.again(self._said)
        look.changed.connect(self._said)
        self._said()

    def show_session(self, session: Session | None) -> None:
        """Say it of a session, or nothing without one."""
        self._encrypted = None if session is None else session.is_encrypted
        self._said()

    def _said(self) -> None:
        self.setVisible(self._encrypted is not None)
        if self._encrypted is None:
            return
        said = phrase("Encrypted") if self._encrypted else phrase("Not encrypted")
        self.setText(tr(said))
        self.setIcon(self._look.icon("lock" if self._encrypted else "unlocked", "quiet", 14))
        self.setAccessibleName(tr(said))
        self.setToolTip(tr(phrase("Protection of this store")))
