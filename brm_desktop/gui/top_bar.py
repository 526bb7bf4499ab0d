"""The bar at the top: where one is, the search field, what is saved, language and theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.protection.sign import ProtectionSign
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import ElidedLabel, emptied, label, row
from brm_desktop.language import current, tr

if TYPE_CHECKING:
    from brm_desktop.gui.crumbs import Crumb


class SearchField(QPushButton):
    """Looks like a field, opens the palette."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "search")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFixedHeight(30)
        self.setMinimumWidth(220)
        self.setMaximumWidth(390)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = row(gap=8)
        layout.setContentsMargins(14, 0, 5, 0)
        self.setLayout(layout)
        self.words = ElidedLabel("quiet")
        self.key = label("key")
        self.key.setFixedHeight(20)
        for part in (self.words, self.key):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.key)


class TopBar(QWidget):
    """The bar; what its buttons do is connected by the window."""

    language_asked = Signal()
    theme_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(51)
        self._look = look
        self.texts = Texts(self)
        self.menu_button = self._tool("menu")
        self.texts.name(self.menu_button, phrase("Menu"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._crumbs = row(gap=6)
        self._crumbs.addStretch(1)
        self.search = SearchField(look)
        self.texts.bind(self.search.words.setText, phrase("Search people, accounts, commands…"))
        self.texts.name(self.search, phrase("Search people, accounts, commands…"))
        self.undo = self._tool("undo")
        self.redo = self._tool("redo")
        self.saved = label("small")
        self.protection = ProtectionSign(look)
        self.language = QPushButton()
        self.language.setProperty("kind", "pill")
        self.language.setFixedSize(38, 26)
        self.texts.name(self.language, phrase("Switch between Chinese and English"))
        self.texts.bind(self.language.setToolTip, phrase("Switch between Chinese and English"))
        self.language.clicked.connect(self.language_asked)
        self.theme = self._tool(self._other_theme())
        self.texts.name(self.theme, phrase("Switch between light and dark"))
        self.texts.bind(self.theme.setToolTip, phrase("Switch between light and dark"))
        self.theme.clicked.connect(self.theme_asked)
        self._arrange()
        self.texts.again(self._said)
        look.changed.connect(self._recolour)
        self._said()

    def show_crumbs(self, crumbs: Sequence[Crumb]) -> None:
        """Show the way to where one is; the last step is where one is."""
        from brm_desktop.gui.crumbs import shown_crumb

        emptied(self._crumbs)
        for place, crumb in enumerate(crumbs):
            if place:
                self._crumbs.addWidget(label("quiet", "›"))
            last = place == len(crumbs) - 1
            self._crumbs.addWidget(shown_crumb(crumb, first=place == 0, last=last))
        self._crumbs.addStretch(1)

    def show_saved(self, text: str) -> None:
        """Say what is saved."""
        self.saved.setText(text)

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(8)
        layout.addWidget(self.menu_button)
        layout.addSpacing(14)
        layout.addLayout(self._crumbs, 13)
        layout.addWidget(self.search, 9)
        right = row(gap=6)
        right.addStretch(1)
        for part in (self.protection, self.saved, self.undo, self.redo, self.theme, self.language):
            right.addWidget(part)
        layout.addLayout(right, 13)

    def _tool(self, icon: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(icon)
        button.setIcon(self._look.icon(icon))
        button.setFixedSize(30, 30)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _said(self) -> None:
        self.language.setText("中" if current() == "zh_CN" else "EN")
        self.search.key.setText(tr("Ctrl K"))

    def _recolour(self) -> None:
        self.theme.setObjectName(self._other_theme())
        for button in (self.menu_button, self.undo, self.redo, self.theme):
            button.setIcon(self._look.icon(button.objectName()))

    def _other_theme(self) -> str:
        """The sign of what a click leads to: the sun of the light theme, or the moon."""
        return "sun" if self._look.theme.dark else "moon"
