"""The keys go from the page into the inspector, then around: by Tab, and from pane to pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QWidget

from brm_desktop.gui.widgets.frames import tab_chain

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow


def put_in_order(window: MainWindow) -> None:
    """Let Tab go from the page into the inspector, then to the top bar and the navigation.

    Qt goes through widgets in the order they were made in, and most of a window is made when it is
    first shown. So whatever is around the page is put last each time before the keys move on.
    """
    last = [stop for pane in _around(window) for stop in _stops(pane)]
    if last:
        tail = QWidget(window)  # what is made now comes after everything else
        tail.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tab_chain(tail, *last)
        tail.deleteLater()


def go_to_pane(window: MainWindow, step: int) -> None:
    """Give the keys to the next pane on show: page, inspector, top bar, navigation."""
    panes = [one for one in (window.pages, *_around(window)) if _stops(one)]
    now: QWidget | None = window.focusWidget()
    at = next((n for n, one in enumerate(panes) if now is not None and one.isAncestorOf(now)), None)
    if panes:
        _enter(window, panes[0 if at is None else (at + step) % len(panes)])


def give_page_keys(window: MainWindow) -> None:
    """Give the keys to the page on show, as when the inspector that had them goes."""
    _enter(window, window.pages)


def _enter(window: MainWindow, pane: QWidget) -> None:
    """Give a pane the keys: whoever had them last there, else whoever comes first."""
    last: QWidget | None = pane.focusWidget()
    stops = _stops(pane)
    page = window.pages.currentWidget()
    first = getattr(page, "focus_first", None) if pane is window.pages else None
    if last in stops or (first is None and stops):
        target = last if last is not None and last in stops else stops[0]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        window.follow_keys()
    elif first is not None:
        first()


def _around(window: MainWindow) -> list[QWidget]:
    """The panes around the page that are on show, in the order that Tab goes through them."""
    panes = (window.made_inspector, window.top_bar, window.rail)
    return [one for one in panes if one is not None and one.isVisible()]


def _stops(pane: QWidget) -> list[QWidget]:
    """Where Tab stops in a pane, as one reads it: line by line."""
    found = [one for one in pane.findChildren(QWidget) if _takes_keys(one)]
    places = {one: one.mapTo(pane, QPoint()) for one in found}
    return sorted(found, key=lambda one: (places[one].y(), places[one].x()))


def _takes_keys(one: QWidget) -> bool:
    """Whether Tab stops at a widget: it is there, and not only the line that a box is typed in."""
    if not (one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()):
        return False
    in_box = isinstance(one, QLineEdit) and isinstance(one.parent(), QComboBox | QAbstractSpinBox)
    return not in_box
