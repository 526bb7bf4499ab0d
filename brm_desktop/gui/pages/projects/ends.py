"""Where a card is dropped of what is decided: won or lost, there only while a card is dragged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from brm_desktop.domain.records import Outcome
from brm_desktop.gui.widgets.frames import row, set_property
from brm_desktop.language import capitalised, tr

_HIGH: Final = 56
_MARGIN: Final = 8


class Ends(QFrame):
    """Lies over the foot of the board; ``ended`` tells what a card was dropped on."""

    ended = Signal(object)

    def __init__(self, board: QWidget, is_card: Callable[[object], bool]) -> None:
        super().__init__(board)
        self.setProperty("frame", "floating")
        across = row(margin=_MARGIN, gap=8)
        self.setLayout(across)
        self.places = {one: DropPlace(is_card) for one in (Outcome.WON, Outcome.LOST)}
        for outcome, place in self.places.items():
            place.dropped.connect(lambda said=outcome: self.ended.emit(said))
            across.addWidget(place, 1)
        self.hide()

    def lie_in(self, width: int, height: int) -> None:
        """Lie over the foot of what is so wide and so high."""
        self.setGeometry(0, height - _HIGH, width, _HIGH)

    def appear(self) -> None:
        """Be there for a card that is dragged."""
        for outcome, place in self.places.items():
            place.setText(capitalised(tr(outcome)))
        self.show()
        self.raise_()


class DropPlace(QLabel):
    """A place that takes what is dragged from a card, lit while one is over it."""

    dropped = Signal()

    def __init__(self, is_card: Callable[[object], bool]) -> None:
        super().__init__()
        self._is_card = is_card
        self.setProperty("role", "drop")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for a card."""
        self._take(event, over=True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Stay lit."""
        self._take(event, over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """A card that goes on is not taken."""
        set_property(self, "over", False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the card."""
        if self._take(event, over=False):
            self.dropped.emit()

    def _take(self, event: QDropEvent, *, over: bool) -> bool:
        """Whether it is a card that is dragged; nothing else is taken."""
        is_card = self._is_card(event.source())
        set_property(self, "over", over and is_card)
        if is_card:
            event.setDropAction(Qt.DropAction.CopyAction)  # the board shows anew what ended
            event.accept()
        else:
            event.ignore()
        return is_card
