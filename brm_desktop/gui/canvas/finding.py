"""Find on the canvas: a bar in the corner that leads from one fitting card to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from brm_desktop.domain.records import PersonId
from brm_desktop.language import tr, trn
from brm_desktop.rendering.theme import RADIUS_PANEL, Theme


class FindBar(QFrame):
    """A field that looks for cards while one types; Enter goes on, Shift+Enter back."""

    found = Signal(object)
    """The person to show, or ``None`` when nobody fits."""
    closed = Signal()

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        matches: Callable[[str], Sequence[PersonId] | None],
    ) -> None:
        super().__init__(parent)
        self._matches = matches
        self._people: Sequence[PersonId] = ()
        self._at = 0
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._look)
        self.line = QLineEdit(self)
        self.count = QLabel(self)
        self._back = self._button("↑")
        self._on = self._button("↓")
        self._shut = self._button("✕")
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 6, 8, 6)
        box.setSpacing(4)
        for widget in (self.line, self.count, self._back, self._on, self._shut):
            box.addWidget(widget)
        self.line.setMinimumWidth(160)
        self.count.setMinimumWidth(64)
        self.line.textChanged.connect(self._look)
        self.line.installEventFilter(self)
        self._back.clicked.connect(lambda: self.step(-1))
        self._on.clicked.connect(lambda: self.step(1))
        self._shut.clicked.connect(self.shut)
        self.retell()
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear the theme's colours."""
        self.setObjectName("findBar")
        self.setStyleSheet(
            f"#findBar {{ background: {theme.panel}; border: 1px solid {theme.card_edge};"
            f" border-radius: {RADIUS_PANEL:.0f}px; }}"
            f"QLabel {{ color: {theme.quiet}; background: transparent; }}"
            f"QToolButton {{ color: {theme.ink}; background: transparent; border: none;"
            f" padding: 2px 6px; }}"
            f"QToolButton:hover {{ background: {theme.hairline}; border-radius: 4px; }}"
        )

    def look_with(self, matches: Callable[[str], Sequence[PersonId] | None]) -> None:
        """Ask somebody else who fits."""
        self._matches = matches

    def retell(self) -> None:
        """Say every text in the current language."""
        self.line.setPlaceholderText(tr("Find on the canvas"))
        self.line.setAccessibleName(tr("Find on the canvas"))
        for button, text in (
            (self._back, tr("Previous")),
            (self._on, tr("Next")),
            (self._shut, tr("Close")),
        ):
            button.setAccessibleName(text)
            button.setToolTip(text)

    def open(self) -> None:
        """Show the bar, ready for typing."""
        self.adjustSize()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._look()

    def shut(self) -> None:
        """Hide the bar."""
        self.hide()
        self.closed.emit()

    def step(self, by: int) -> None:
        """Go to the next fitting card, or back."""
        if self._people:
            self._at = (self._at + by) % len(self._people)
            self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear Enter, Shift+Enter, the arrows and Escape in the field."""
        if watched is not self.line or event.type() != QEvent.Type.KeyPress:
            return False
        if not isinstance(event, QKeyEvent):
            return False
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if back else 1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            return False
        return True

    def _look(self) -> None:
        text = self.line.text().strip()
        found = self._matches(text) if text else ()
        if found is None:
            self.count.setText("…")
            self._again.start()
            return
        self._people = found
        self._at = 0
        self._tell()

    def _tell(self) -> None:
        if not self.line.text().strip():
            self.count.setText("")
        elif not self._people:
            self.count.setText(tr("nobody"))
        else:
            n = len(self._people)
            self.count.setText(trn("{at} of {n}", "{at} of {n}", n, at=self._at + 1))
        self.found.emit(self._people[self._at] if self._people else None)

    def _button(self, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
