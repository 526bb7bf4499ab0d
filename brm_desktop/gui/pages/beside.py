"""The lists beside a canvas: one at a time, so that the canvas keeps most of the room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

_WIDEST: Final = 280
_SHARE: Final = 0.38
"""How much of the pane a list takes at most."""


class ListsBeside(QObject):
    """Shows the list that was asked for last; when it goes, the one before is back."""

    turned = Signal()
    """Another list is on show, or none."""

    def __init__(self, place: QHBoxLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._lists: list[QWidget] = []
        self._wanted: list[QWidget] = []
        self._wide = _WIDEST

    def add(self, one: QWidget) -> None:
        """Take in a list, put away as yet."""
        one.hide()
        one.setFixedWidth(self._wide)
        self._lists.append(one)
        self._place.addWidget(one)

    @property
    def on_show(self) -> QWidget | None:
        """The list that is on show."""
        return self._wanted[-1] if self._wanted else None

    def show(self, one: QWidget, *, shown: bool) -> None:
        """Show a list in place of any other, or put it away."""
        before = self.on_show
        if one in self._wanted:
            self._wanted.remove(one)
        if shown:
            self._wanted.append(one)
        if self.on_show is not before:
            for each in self._lists:
                each.setVisible(each is self.on_show)
            self.turned.emit()

    def fit(self, wide: int) -> None:
        """Leave the canvas its share of a pane so many pixels wide."""
        self._wide = min(_WIDEST, int(wide * _SHARE))
        for one in self._lists:
            one.setFixedWidth(self._wide)
