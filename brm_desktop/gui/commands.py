"""The table of actions as Qt's actions: made once, given their keys, connected by the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from brm_desktop.gui.actions import ACTIONS, Keys, Scope, shown
from brm_desktop.gui.canvas.clipping import Clip
from brm_desktop.gui.look import Look
from brm_desktop.gui.read_only import ORDERS
from brm_desktop.gui.texts import Texts
from brm_desktop.language import tr

_EVEN_LOCKED: Final = frozenset({"quit", "full_screen", "switch_language", "switch_theme"})


class Commands:
    """Every action of the window's scope, ready to be pressed, listed or remapped."""

    def __init__(
        self, window: QWidget, look: Look, keys: Keys, is_barred: Callable[[], bool]
    ) -> None:
        """``is_barred`` tells whether a store is locked: then little can be ordered."""
        self._window = window
        self._look = look
        self._texts = Texts(window)
        self.keys = keys
        self.clip = Clip()
        self._is_barred = is_barred
        self.rekeyed: list[Callable[[], None]] = []
        self.actions: dict[str, QAction] = {}

    def connect(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Make the actions that somebody handles."""
        for name, handler in handlers.items():
            spec = ACTIONS[name]
            action = QAction(self._window)
            self._texts.bind(action.setText, spec.text)
            if spec.scope is Scope.WINDOW:
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
                self._window.addAction(action)
            action.triggered.connect(partial(self._obey, name, handler))
            self.actions[name] = action
        self.give_keys(self.keys)

    def give_keys(self, keys: Keys) -> None:
        """Put keys in force. Those of the canvas are heard by the canvas itself."""
        self.keys = keys
        for name, action in self.actions.items():
            if ACTIONS[name].scope is Scope.WINDOW:
                action.setShortcuts([QKeySequence(key) for key in keys.of(name)])
        for tell in self.rekeyed:
            tell()

    def let_edit(self, *, allowed: bool) -> None:
        """Let what changes something be ordered, or not, as in the company's asset."""
        for name in ORDERS & self.actions.keys():
            self.actions[name].setEnabled(allowed)

    def run(self, name: str) -> None:
        """Do what an action does, if it can be done now."""
        self.actions[name].trigger()

    def key_text(self, name: str) -> str:
        """An action's first key as people read it, or nothing."""
        keys = self.keys.of(name)
        return shown(keys[0]) if keys else ""

    def hint(self, name: str) -> str:
        """An action's text with its key, for tool tips."""
        key = self.key_text(name)
        text = tr(ACTIONS[name].text)
        return f"{text} ({key})" if key else text

    def fill(self, menu: QMenu, *groups: tuple[str, ...]) -> None:
        """Fill a menu with groups of actions, thin lines between them."""
        for place, group in enumerate(groups):
            if place:
                menu.addSeparator()
            for name in group:
                if name in self.actions:
                    menu.addAction(self.actions[name])
        menu.aboutToShow.connect(partial(self._give_icons, groups))

    def _obey(self, name: str, handler: Callable[[], object], _checked: bool = False) -> None:
        if not self._is_barred() or name in _EVEN_LOCKED:
            handler()

    def _give_icons(self, groups: tuple[tuple[str, ...], ...]) -> None:
        """Give what a menu is about to show its icons, in the colours of now."""
        for name in chain.from_iterable(groups):
            if name in self.actions and ACTIONS[name].icon:
                self.actions[name].setIcon(self._look.icon(ACTIONS[name].icon))
