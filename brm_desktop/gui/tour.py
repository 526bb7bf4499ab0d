"""A tour in five steps around a decision chain: what to do where, one sentence each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Outcome
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.look import Look
from brm_desktop.gui.pages.chains_tab import ChainsTab
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.shadow import lifted
from brm_desktop.language import tr

if TYPE_CHECKING:
    from brm_desktop.gui.main_window import MainWindow

_GAP = 12
_WIDE = 320


@dataclass(frozen=True, slots=True)
class Step:
    """One stop: its title, its sentence, and what it is about."""

    title: Phrase
    sentence: Phrase
    about: Callable[[], QWidget | None]


class _Frame(QWidget):
    """A line around what a step is about; the mouse goes through it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("accent"), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 10, 10)


class Tour(QFrame):
    """A small sheet that goes from stop to stop; Esc ends it."""

    def __init__(self, window: MainWindow, steps: list[Step]) -> None:
        parent = window.centralWidget()
        assert parent is not None  # the window is built
        super().__init__(parent)
        self.setProperty("frame", "floating")
        lifted(self, window.look)
        self.steps = steps
        self.place = 0
        self._frame = _Frame(window.look, parent)
        self.setFixedWidth(_WIDE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 14, 12)
        layout.setSpacing(6)
        self._count = label("small")
        self._title = label("name", wrap=True)
        self._sentence = label("plain", wrap=True)
        self.next = QPushButton()
        self.next.setProperty("kind", "primary")
        self.next.clicked.connect(self.go_on)
        self.leave = QPushButton()
        self.leave.setProperty("kind", "quiet")
        self.leave.clicked.connect(self.end)
        buttons = row(gap=8)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.next)
        for part in (self._count, self._title, self._sentence):
            layout.addWidget(part)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        Texts(self).again(self._tell)
        parent.installEventFilter(self)
        self._tell()
        self.show()
        self.next.setFocus()

    def go_on(self) -> None:
        """The next stop, or the end."""
        self.place += 1
        if self.place >= len(self.steps):
            self.end()
        else:
            self._tell()

    def end(self) -> None:
        """Leave the tour."""
        self._frame.hide()
        self.hide()
        self._frame.deleteLater()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends it."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Keep beside what the step is about."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def _tell(self) -> None:
        step = self.steps[self.place]
        last = self.place == len(self.steps) - 1
        self._count.setText(tr("Step {n} of {all}", n=self.place + 1, all=len(self.steps)))
        self._title.setText(tr(step.title))
        self._sentence.setText(tr(step.sentence))
        self.next.setText(tr("Done") if last else tr("Next"))
        self.leave.setText(tr("Leave the tour"))
        self.leave.setVisible(not last)
        self.setAccessibleName(tr(step.title))
        self.setAccessibleDescription(tr(step.sentence))
        self._settle()

    def _settle(self) -> None:
        """Stand beside what the step is about, inside the window."""
        parent = self.parentWidget()
        about = self.steps[self.place].about()
        self._frame.setVisible(about is not None)
        self.setFixedHeight(self.heightForWidth(_WIDE) if self.hasHeightForWidth() else 150)
        if parent is None:
            return
        if about is None:
            self.move((parent.width() - self.width()) // 2, parent.height() // 3)
            return
        box = QRect(about.mapTo(parent, QPoint(0, 0)), about.size())
        self._frame.setGeometry(box.adjusted(-3, -3, 3, 3))
        self._frame.raise_()
        self.move(_beside(box, self.size().width(), self.height(), parent.rect()))
        self.raise_()


def _beside(box: QRect, width: int, height: int, room: QRect) -> QPoint:
    """Where a sheet stands next to a box: right, left, below, above, or in its middle."""
    left, right = box.left() - width - _GAP, box.right() + _GAP
    top = min(max(room.top() + _GAP, box.top()), room.bottom() - height - _GAP)
    if right + width < room.right():
        return QPoint(right, top)
    if left > room.left():
        return QPoint(left, top)
    across = min(max(room.left() + _GAP, box.left()), room.right() - width - _GAP)
    if box.bottom() + _GAP + height < room.bottom():
        return QPoint(across, box.bottom() + _GAP)
    if box.top() - _GAP - height > room.top():
        return QPoint(across, box.top() - _GAP - height)
    return QPoint(box.center().x() - width // 2, box.center().y() - height // 2)


def start_tour(window: MainWindow) -> None:
    """Go to a decision chain, if there is one, and begin."""
    desk = window.desk
    account = desk.place.account
    if not desk.is_open or account is None:
        window.messages.say(phrase("Open an account first."))
        return
    live = [one for one in desk.analysis(account).projects if one.outcome is Outcome.OPEN]
    if not live:
        window.messages.say(phrase("Make a project first; the tour goes around its chain."))
        return
    project = desk.place.project or live[0].id
    desk.go(Place(Page.ACCOUNT, account, Tab.CHAINS, project))
    Tour(window, _steps(window))


def _steps(window: MainWindow) -> list[Step]:
    tab = window.navigation.account.tab(Tab.CHAINS)
    assert isinstance(tab, ChainsTab)
    pane = tab.chain.pane
    return [
        Step(
            phrase("Type a name"),
            phrase("A person appears on the canvas: type a name and press Enter."),
            lambda: pane.canvas,
        ),
        Step(
            phrase("Go on with Tab and Enter"),
            phrase("On a selected card Tab adds who comes below, Enter who stands beside."),
            lambda: pane.canvas,
        ),
        Step(
            phrase("Draw who sways whom"),
            phrase("Drag from a dot at a card's side to another card, or choose a tool here."),
            lambda: pane.left,
        ),
        Step(
            phrase("Say what you know"),
            phrase("Scores, stance and roles are set here; everything is saved at once."),
            lambda: window.inspector if window.inspector.isVisible() else None,
        ),
        Step(
            phrase("Read the odds"),
            phrase("The number opens its sum: why it is so, and whom to win over next."),
            lambda: tab.chain.odds,
        ),
    ]
