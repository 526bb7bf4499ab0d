"""A hand in the menus: an entry is chosen by pressing it, or by walking to it with the keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu
from windowing import NO_KEYS, rest

Step = Callable[[QMenu, str], None]
LEFT = Qt.MouseButton.LeftButton
K = Qt.Key
_MOST_STEPS = 60
_MOST_WAITS = 200
_WAIT_MS = 5


def choose(opens: Callable[[], object], *path: str) -> None:
    """Open a menu and press an entry of it; ``path`` are the texts of submenus and of the entry."""
    _walk(opens, path, _press)


def choose_by_keys(opens: Callable[[], object], *path: str) -> None:
    """Open a menu and go to an entry with the arrow keys, and Enter."""
    _walk(opens, path, _go)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one sees of an entry of a menu."""

    key: str
    is_on: bool
    is_checked: bool


def entries(opens: Callable[[], object], *path: str) -> dict[str, Entry]:
    """What a menu offers, or a submenu of it, as one who opens it sees it; it is closed again."""
    found: dict[str, Entry] = {}

    def look(menu: QMenu) -> None:
        for one in menu.actions():
            if one.isVisible() and said(one):
                key = one.text().partition("\t")[2]
                found[said(one)] = Entry(key, one.isEnabled(), one.isChecked())
        while (shown := _open_menu()) is not None:
            QTest.keyClick(shown, K.Key_Escape)

    _walk(opens, path, _press, look)
    return found


def pressed(button: QAbstractButton) -> Callable[[], object]:
    """Opens the menu of a button by a press of the mouse."""
    return lambda: QTest.mouseClick(button, LEFT)


def pressed_by_key(button: QAbstractButton) -> Callable[[], object]:
    """Opens the menu of a button by the keys."""

    def press() -> None:
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(button, K.Key_Space)

    return press


def said(action: QAction) -> str:
    """The text of an entry, without its key and its underlined letter."""
    return action.text().split("\t")[0].replace("&&", "\n").replace("&", "").replace("\n", "&")


def _walk(
    opens: Callable[[], object],
    path: tuple[str, ...],
    step: Step,
    then: Callable[[QMenu], None] | None = None,
) -> None:
    """Open a menu, which may wait in a loop of its own, and go on in it."""
    failures: list[BaseException] = []
    ended: list[bool] = []

    def go_on(tries: int = _MOST_WAITS) -> None:
        if _open_menu() is None and tries:  # without a loop of its own, which would keep it away
            QTimer.singleShot(_WAIT_MS, lambda: go_on(tries - 1))
            return
        try:
            for text in path:
                menu = _open_menu()
                assert menu is not None, f"no menu is open for {text}"
                step(menu, text)
                _wait_for_another(menu)
            if then is not None:
                menu = _open_menu()
                assert menu is not None
                then(menu)
        except BaseException as failure:  # noqa: BLE001  raised again in the test
            failures.append(failure)
        while (left := _open_menu()) is not None:
            left.close()
        ended.append(True)

    window = QApplication.activeWindow()
    QTimer.singleShot(0, go_on)
    opens()
    while not ended:
        rest(_WAIT_MS)
    if window is not None and isinstance(QApplication.activeWindow(), QMenu):
        window.activateWindow()  # as a window manager does when a menu closes
    rest()
    if failures:
        raise failures[0]


def _wait_for_another(menu: QMenu) -> None:
    """Let Qt work until a menu has given way to one of its own, or has closed."""
    for _ in range(_MOST_WAITS):
        if _open_menu() is not menu:
            return
        rest(_WAIT_MS)
    raise AssertionError("the menu stays as if nothing had been chosen")


def _open_menu() -> QMenu | None:
    found = QApplication.activePopupWidget()
    return found if isinstance(found, QMenu) else None


def _press(menu: QMenu, text: str) -> None:
    action = _entry(menu, text)
    assert action.isEnabled(), f"{text} is off"
    place = menu.actionGeometry(action).center()
    assert menu.rect().contains(place), f"{text} is out of sight"
    _send(menu, QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton)
    _send(menu, QEvent.Type.MouseButtonPress, place, LEFT)
    _send(menu, QEvent.Type.MouseButtonRelease, place, LEFT)


def _send(menu: QMenu, kind: QEvent.Type, place: QPoint, button: Qt.MouseButton) -> None:
    """A mouse event for this menu itself: QTest moves the cursor, under which others may lie."""
    at, everywhere = QPointF(place), QPointF(menu.mapToGlobal(place))
    held = button if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
    QApplication.sendEvent(menu, QMouseEvent(kind, at, everywhere, button, held, NO_KEYS))


def _go(menu: QMenu, text: str) -> None:
    action = _entry(menu, text)
    for _ in range(_MOST_STEPS):
        if menu.activeAction() is action:
            break
        QTest.keyClick(menu, K.Key_Down)
    assert menu.activeAction() is action, f"the arrow keys do not come to {text}"
    QTest.keyClick(menu, K.Key_Right if action.menu() is not None else K.Key_Return)


def _entry(menu: QMenu, text: str) -> QAction:
    for action in menu.actions():
        if said(action) == text:
            return action
    raise AssertionError(f"no entry {text} among {[said(one) for one in menu.actions()]}")
