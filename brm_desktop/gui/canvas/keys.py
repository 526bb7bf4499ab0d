"""Which method of the canvas each action of the one table calls, and which action a key means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from brm_desktop.gui.actions import Keys, normal

METHODS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "find_on_canvas": "find_card",
        "select_all": "select_all",
        "cut": "cut",
        "copy": "copy",
        "paste": "paste",
        "duplicate": "duplicate",
        "delete": "delete_selection",
        "lay_out": "tidy",
        "collapse": "collapse",
        "show_more": "show_more",
        "pin": "pin",
        "zoom_100": "zoom_100",
        "zoom_in": "zoom_in",
        "zoom_out": "zoom_out",
        "fit": "fit",
        "fit_selection": "fit_selection",
        "legend": "toggle_legend",
        "add_peer": "add_peer",
        "add_report": "add_report",
        "add_manager": "add_manager",
        "add_swayed": "add_swayed",
        "edit_name": "rename",
        "leave": "leave",
        "go_left": "go_left",
        "go_right": "go_right",
        "go_up": "go_up",
        "go_down": "go_down",
        "nudge_left": "nudge_left",
        "nudge_right": "nudge_right",
        "nudge_up": "nudge_up",
        "nudge_down": "nudge_down",
    }
)
"""The canvas's slot for each action id."""

_NEED_A_CARD: Final = frozenset(
    {"add_peer", "add_report", "add_manager", "add_swayed", "edit_name"}
)

_UNSHIFTED: Final = MappingProxyType(
    {
        Qt.Key.Key_Exclam: Qt.Key.Key_1,
        Qt.Key.Key_At: Qt.Key.Key_2,
        Qt.Key.Key_QuoteDbl: Qt.Key.Key_2,
        Qt.Key.Key_Backtab: Qt.Key.Key_Tab,
        Qt.Key.Key_Enter: Qt.Key.Key_Return,
    }
)
"""Keys as they come with Shift held, or from the number pad, and what they are in the table."""


class KeyTable:
    """Finds the action that a key means on a canvas."""

    def __init__(self, keys: Keys) -> None:
        self._actions = {normal(key): name for name in METHODS for key in keys.of(name)}

    def action(self, event: QKeyEvent, *, card_selected: bool) -> str | None:
        """The action a key event means; those of a card need one to be selected."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        name = self._named(_UNSHIFTED.get(key, key), held)
        if name is None and held & Qt.KeyboardModifier.AltModifier:
            name = self._named(key, held & ~Qt.KeyboardModifier.ShiftModifier)
        if name in _NEED_A_CARD and not card_selected:
            return None
        return name

    def _named(self, key: Qt.Key, held: Qt.KeyboardModifier) -> str | None:
        pressed = QKeySequence(QKeyCombination(held, key))
        return self._actions.get(pressed.toString(QKeySequence.SequenceFormat.PortableText))


def typed_text(event: QKeyEvent) -> str:
    """The beginning of a name that a key types; empty when it types none."""
    command = (
        Qt.KeyboardModifier.ControlModifier
        | Qt.KeyboardModifier.AltModifier
        | Qt.KeyboardModifier.MetaModifier
    )
    text = event.text()
    if event.modifiers() & command or not text or not text[0].isalpha():
        return ""
    return text
