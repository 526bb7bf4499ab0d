"""The menu under the right button on a canvas: what can be done with what it was pressed on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from brm_desktop.gui.actions import ACTIONS
from brm_desktop.gui.why import sum_on_canvas
from brm_desktop.language import tr

if TYPE_CHECKING:
    from brm_desktop.gui.canvas.view import CanvasView
    from brm_desktop.gui.pages.canvas_pane import CanvasPane

_ON_CARDS: Final = (
    ("edit_name", "key_person_view", "why", "collapse", "pin"),
    ("cut", "copy", "paste", "duplicate"),
    ("delete",),
)
_ON_LINES: Final = (("delete",),)
_ON_NOTHING: Final = (
    ("new_person", "paste"),
    ("select_all", "find_on_canvas"),
    ("lay_out", "fit", "legend"),
)
_EDITS: Final = frozenset(
    {"new_person", "edit_name", "pin", "cut", "paste", "duplicate", "delete", "lay_out"}
)


def pop_up(pane: CanvasPane, canvas: CanvasView, at: QPoint) -> None:
    """Offer what fits the selection; what cannot be done with it just now is off."""
    menu = QMenu(pane)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chosen = canvas.selection
    groups = _ON_CARDS if chosen.people else _ON_LINES if chosen.lines else _ON_NOTHING
    for place, group in enumerate(groups):
        if place:
            menu.addSeparator()
        for name in group:
            _offer(menu, pane, canvas, name)
    menu.popup(at)


def _offer(menu: QMenu, pane: CanvasPane, canvas: CanvasView, name: str) -> None:
    text = tr(ACTIONS[name].text)
    action = menu.addAction(text)
    action.setEnabled(_can(pane, canvas, name))
    if name == "new_person":  # on the place that was pressed, with the name typed there
        action.triggered.connect(canvas.add_person)
        return
    action.setText(f"{text}\t{pane.commands.key_text(name)}".rstrip())
    run = pane.commands.run if name in pane.commands.actions else pane.run
    action.triggered.connect(lambda: run(name))


def _can(pane: CanvasPane, canvas: CanvasView, name: str) -> bool:
    """Whether something can be done with the selection, on the day on show."""
    if name in _EDITS and pane.desk.is_read_only:
        return False
    tests: dict[str, Callable[[], bool]] = {
        "key_person_view": lambda: _can_look_from(pane, canvas),
        "why": lambda: sum_on_canvas(pane.desk, pane) is not None,
        "collapse": lambda: _can_fold(canvas),
        "paste": lambda: not pane.commands.clip.is_empty,
        "select_all": lambda: bool(canvas.content.cards),
    }
    return tests[name]() if name in tests else True


def _can_look_from(pane: CanvasPane, canvas: CanvasView) -> bool:
    """One person of the account has a view of his own, unless it is on show already."""
    people = canvas.selection.people
    there = pane.desk.analysis().importance
    return len(people) == 1 and people[0] in there and people[0] != pane.desk.place.person


def _can_fold(canvas: CanvasView) -> bool:
    content = canvas.content
    return any(
        content.collapsible(one) or one in content.folds or one in content.figure.beneath
        for one in canvas.selection.people
    )
