"""Strips of tools and switches on a rounded sheet."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.language import tr

_NARROWEST = 44


class DropButton(QToolButton):
    """A button that drops a menu; a small arrow after its text says so."""

    reworded = Signal()
    """Its text is another one, and needs more or less room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = self._brief = ""
        self._is_brief = False
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)

    def show_text(self, text: str, brief: str = "") -> None:
        """Show a text, and the arrow; it is never cut, but may have a ``brief`` form."""
        was = self.text()
        self._whole, self._brief = text, brief
        self._show()
        if self.text() != was:
            self.reworded.emit()

    def be_brief(self, *, brief: bool) -> None:
        """Show the brief form, where there is one, and the whole as tool tip; or the whole."""
        if self._is_brief != brief:
            self._is_brief = brief
            self._show()

    def _show(self) -> None:
        brief = self._is_brief and self._brief
        if self._brief:
            self.setToolTip(plain_tip(self._whole) if brief else "")
        self.setText(f"{self._brief if brief else self._whole} ▾")
        self.setMinimumWidth(0)
        self.ensurePolished()
        self.setMinimumWidth(self.sizeHint().width())


class ToolStrip(QFrame):
    """Tools side by side on a sheet; those of a group exclude each other."""

    tightest = 3
    """The last step of :meth:`tighten`."""
    reworded = Signal()
    """One of its buttons says something else, and needs more or less room."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.look = look
        self.texts = Texts(self)
        self._layout = QHBoxLayout(self)
        self.setFixedHeight(40)
        self._layout.setContentsMargins(6, 0, 6, 0)
        self._layout.setSpacing(2)
        self._icons: list[tuple[QToolButton, str]] = []
        self._worded: list[QToolButton] = []
        self._captions: list[QLabel] = []
        self._foldable: list[Choice] = []
        self._menus: list[DropButton] = []
        look.changed.connect(self._recolour)

    def tool(
        self,
        text: Phrase,
        *,
        icon: str = "",
        checkable: bool = False,
        hint: Phrase | None = None,
        worded: bool = False,
    ) -> QToolButton:
        """Add a tool, said with its text, or with an icon alone whose text is the tool tip.

        A ``worded`` one has both: its text while there is room, else its icon.
        """
        button = QToolButton(self)
        button.setCheckable(checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if icon:
            self._icons.append((button, icon))
            button.setIcon(self.look.icon(icon))
        if icon and not worded:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            self.texts.bind(button.setToolTip, hint or text)
        else:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            if worded:
                self._worded.append(button)
                self.texts.bind(button.setToolTip, hint or text)
            button.setMinimumWidth(_NARROWEST)
            self.texts.bind(button.setText, text)
            if hint is not None:
                self.texts.bind(button.setToolTip, hint)
        self.texts.bind(button.setAccessibleName, text)
        self._layout.addWidget(button)
        return button

    def caption(self, text: Phrase) -> None:
        """Add a quiet word in front of what follows."""
        made = label("quiet")
        self.texts.bind(made.setText, text)
        made.setContentsMargins(6, 0, 2, 0)
        self._captions.append(made)
        self._layout.addWidget(made)

    def menu(self, text: Phrase) -> DropButton:
        """Add a button that drops a menu; its text is the choice made, set by the caller."""
        button = DropButton(self)
        button.reworded.connect(self.reworded)
        self._menus.append(button)
        self.texts.bind(button.setAccessibleName, text)
        self._layout.addWidget(button)
        return button

    def add(self, widget: QWidget) -> None:
        """Add any widget."""
        self._layout.addWidget(widget)

    def tighten(self, step: int) -> None:
        """Take less room: from step 1 captions go and choices fold, from 2 words go, 3 is brief."""
        styles = Qt.ToolButtonStyle
        tight = step >= 2
        for button in self._worded:
            button.setToolButtonStyle(
                styles.ToolButtonIconOnly if tight else styles.ToolButtonTextOnly
            )
            button.setMinimumWidth(30 if tight else _NARROWEST)
        for caption in self._captions:
            caption.setVisible(step == 0)
        for choice in self._foldable:
            choice.fold(folded=step > 0)
        for menu in self._menus:
            menu.be_brief(brief=step >= self.tightest)

    def foldable(self, choice: Choice) -> None:
        """Have a choice be one button with a menu where room is short."""
        self._foldable.append(choice)

    def gap(self) -> None:
        """Leave a thin line between two groups."""
        line = QFrame()
        line.setProperty("frame", "line")
        line.setFixedSize(1, 18)
        self._layout.addSpacing(4)
        self._layout.addWidget(line)
        self._layout.addSpacing(4)

    def _recolour(self) -> None:
        for button, name in self._icons:
            button.setIcon(self.look.icon(name))


class Choice(QWidget):
    """A few tools of a strip of which exactly one is on."""

    chosen = Signal(str)

    def __init__(
        self,
        strip: ToolStrip,
        choices: Iterable[tuple[str, Phrase, str]],
        fold: Phrase | None = None,
    ) -> None:
        super().__init__(strip)
        self.hide()
        self._texts: dict[str, Phrase] = {}
        self._menu: DropButton | None = None
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, QToolButton] = {}
        for name, text, icon in choices:
            button = strip.tool(text, icon=icon, checkable=True, worded=bool(icon))
            self._group.addButton(button)
            self.buttons[name] = button
            button.clicked.connect(lambda _=False, chosen=name: self.chosen.emit(chosen))
            self._texts[name] = text
        if fold is not None:
            self._make_menu(strip, fold)

    def fold(self, *, folded: bool) -> None:
        """Be one button with a menu, or all buttons again."""
        assert self._menu is not None  # only those that have one are foldable
        self._menu.setVisible(folded)
        for button in self.buttons.values():
            button.setVisible(not folded)

    def show_choice(self, name: str) -> None:
        """Show which one is on."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)

    def _make_menu(self, strip: ToolStrip, fold: Phrase) -> None:
        self._menu = menu = strip.menu(fold)
        menu.hide()
        strip.foldable(self)
        for name, button in self.buttons.items():
            action = menu.menu().addAction("")
            action.setCheckable(True)
            strip.texts.bind(action.setText, self._texts[name])
            action.triggered.connect(button.click)
            button.toggled.connect(action.setChecked)
            button.toggled.connect(self._tell_menu)
        strip.texts.again(self._tell_menu)

    def _tell_menu(self) -> None:
        if self._menu is not None and self.current:
            self._menu.show_text(tr(self._texts[self.current]))

    @property
    def current(self) -> str:
        """The one that is on."""
        return next((name for name, b in self.buttons.items() if b.isChecked()), "")
