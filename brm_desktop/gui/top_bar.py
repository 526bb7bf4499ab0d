"""The bar at the top: where one is, the search field, what is saved, language and theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.protection.sign import ProtectionSign
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import ElidedLabel, emptied, label, row
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.language import current, tr


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to where one is, and how to go back to it."""

    text: str
    go: Callable[[], object] | None = None


_MIDDLE = Qt.TextElideMode.ElideMiddle
_FIRST_LEAST = 124
_LAST_LEAST = 176
"""So wide at least are the first step and the last: both are recognised."""


class CrumbButton(QPushButton):
    """A step one can go back to; the first is cut where room is short."""

    def __init__(self, text: str, *, first: bool) -> None:
        super().__init__(text)
        self._first = first
        self.setProperty("kind", "crumb")
        self.setProperty("first", first)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """The first step gives way, the others stay whole."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), _FIRST_LEAST), hint.height()) if self._first else hint

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint what fits."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        option.text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        self.setToolTip(plain_tip(self.text()) if option.text != self.text() else "")
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class LastCrumb(ElidedLabel):
    """Where one is, cut in the middle where room is short."""

    def __init__(self, text: str, *, first: bool) -> None:
        super().__init__("name" if first else "strong", text, _MIDDLE)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """So wide that it is recognised."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), _LAST_LEAST), hint.height())


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
        self.theme = self._tool("moon")
        self.texts.name(self.theme, phrase("Switch between light and dark"))
        self.texts.bind(self.theme.setToolTip, phrase("Switch between light and dark"))
        self.theme.clicked.connect(self.theme_asked)
        self._arrange()
        self.texts.again(self._said)
        look.changed.connect(self._recolour)
        self._said()

    def show_crumbs(self, crumbs: Sequence[Crumb]) -> None:
        """Show the way to where one is; the last step is where one is."""
        emptied(self._crumbs)
        for place, crumb in enumerate(crumbs):
            if place:
                self._crumbs.addWidget(label("quiet", "›"))
            self._crumbs.addWidget(_crumb(crumb, first=place == 0, last=place == len(crumbs) - 1))
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
        for button in (self.menu_button, self.undo, self.redo):
            button.setIcon(self._look.icon(button.objectName()))
        self.theme.setIcon(self._look.icon("sun" if self._look.theme.dark else "moon"))


def _call(go: Callable[[], object], _checked: bool = False) -> None:
    go()


def _crumb(crumb: Crumb, *, first: bool, last: bool) -> QWidget:
    if crumb.go is None or last:
        return LastCrumb(crumb.text, first=first)
    button = CrumbButton(crumb.text, first=first)
    button.clicked.connect(partial(_call, crumb.go))
    return button
