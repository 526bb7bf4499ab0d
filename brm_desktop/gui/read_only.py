"""While the company's asset is on show nothing can be changed: what changes something is off.

Pages say of a button that it changes something (``changes_records``); here it is put off and on
again, whatever the page makes of it meanwhile. Filters and searches stay, and so does what-if.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from brm_desktop.gui.past_day import EDITS
from brm_desktop.gui.widgets.table import Table

ORDERS: Final = frozenset(
    {
        "back_up",
        "build_months",
        "import",
        "new_account",
        "new_person",
        "new_project",
        "protection",
        "restore_value",
        "review_first",
        "review_second",
        "send",
        "sync_now",
        "take_in",
        "what_if_keep",
    }
)
"""The actions that cannot be ordered meanwhile, by key, menu or palette."""


class Bar(QObject):
    """Keeps everything within a widget off that changes something, until it is let go of."""

    def __init__(self, whole: QWidget) -> None:
        super().__init__(whole)
        self._whole = whole
        self._tables: list[Table] = []
        self._parts: list[QWidget] = []
        self.put()

    def put(self) -> None:
        """Put it off; again when more has come."""
        for part in self._whole.findChildren(QWidget):
            if isinstance(part, Table):
                part.source.read_only = True
                self._tables.append(part)
            elif part.property(EDITS) and part not in self._parts:
                part.setEnabled(False)
                part.installEventFilter(self)
                self._parts.append(part)

    def let_go(self) -> None:
        """Let it be pressed again; what else its page wants it then decides."""
        for part in filter(isValid, self._parts):
            part.removeEventFilter(self)
            part.setEnabled(True)
        for table in filter(isValid, self._tables):
            table.source.read_only = False
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What its page would let be pressed meanwhile stays off."""
        enabled = event.type() == QEvent.Type.EnabledChange
        if enabled and isinstance(watched, QWidget) and watched.isEnabled():
            watched.setEnabled(False)
        return False
