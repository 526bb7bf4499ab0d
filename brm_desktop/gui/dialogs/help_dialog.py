"""F1: every action with its keys, and how one draws."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.actions import ACTIONS, ActionSpec, Keys, Scope, shown
from brm_desktop.gui.widgets.frames import emptied, label
from brm_desktop.language import tr

_HEADINGS = {
    Scope.CARD: phrase("On a selected card"),
    Scope.CANVAS: phrase("On a canvas"),
    Scope.WINDOW: phrase("Everywhere"),
}
_GESTURES: tuple[tuple[Phrase, Phrase], ...] = (
    (phrase("Type a name, or double-click empty space"), phrase("a new person")),
    (phrase("Drag from a dot at a card's side"), phrase("an influence, or a new person swayed")),
    (phrase("Drag from the dot above or below"), phrase("a reporting line")),
    (phrase("Drag with Space or the middle button"), phrase("move the view")),
    (phrase("Ctrl and the wheel"), phrase("zoom at the pointer")),
)


class HelpDialog(QDialog):
    """A list to read; typing narrows it."""

    def __init__(self, parent: QWidget, keys: Keys) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setWindowTitle(tr("Keys and help"))
        self.resize(720, 660)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label("title", tr("Keys and help")))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter…"))
        self.filter.setAccessibleName(tr("Filter the actions"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._fill)
        layout.addWidget(self.filter)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(tr("Keys"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setVerticalSpacing(7)
        self._grid.setHorizontalSpacing(24)
        self._grid.setColumnStretch(0, 1)
        scroll.setWidget(holder)
        layout.addWidget(scroll, 1)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.accept)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self._fill("")

    def _fill(self, wanted: str) -> None:
        emptied(self._grid)
        place = 0
        for scope, heading in _HEADINGS.items():
            specs = [spec for spec in ACTIONS.values() if spec.scope is scope]
            fitting = [spec for spec in specs if self._fits(spec, wanted)]
            if fitting:
                place = self._heading(place, tr(heading))
            for spec in fitting:
                keys = "   ".join(shown(key) for key in self._keys.of(spec.id))
                place = self._line(place, tr(spec.text), keys)
        if not wanted:
            place = self._heading(place, tr("With the mouse"))
            for gesture, effect in _GESTURES:
                place = self._line(place, tr(gesture), tr(effect))
        self._grid.setRowStretch(place, 1)

    def _fits(self, spec: ActionSpec, wanted: str) -> bool:
        return bool(self._keys.of(spec.id)) and wanted.casefold() in tr(spec.text).casefold()

    def _heading(self, place: int, text: str) -> int:
        title = label("section", text)
        title.setContentsMargins(0, 8 if place else 0, 0, 0)
        self._grid.addWidget(title, place, 0, 1, 2)
        return place + 1

    def _line(self, place: int, text: str, keys: str) -> int:
        end = label("quiet", keys)
        end.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(label("plain", text, wrap=True), place, 0)
        self._grid.addWidget(end, place, 1)
        return place + 1
