"""A person's deals as a line with stops, downwards or across; a stop leads to its chain."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.records import Outcome
from brm_desktop.domain.timeline import ChainStop
from brm_desktop.gui.look import Look
from brm_desktop.gui.widgets.frames import ElidedLabel, emptied, label, row
from brm_desktop.gui.widgets.signs import OutcomeRail, StanceCourse
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import capital, joined
from brm_desktop.language import listed, tr

_WIDEST = 250


class StopButton(QPushButton):
    """One deal: its outcome on the line, its name and year, and his part in it."""

    def __init__(self, look: Look, stop: ChainStop, *, across: bool, last: bool) -> None:
        super().__init__()
        self.stop = stop
        self.setProperty("kind", "plain")
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if across:
            self.setMaximumWidth(_WIDEST)
        words = stop_words(stop)
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))
        outer = QBoxLayout(
            QBoxLayout.Direction.TopToBottom if across else QBoxLayout.Direction.LeftToRight
        )
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0 if across else 8)
        self.setLayout(outer)
        outer.addWidget(OutcomeRail(look, stop.part.outcome, across=across, last=last))
        lines = QVBoxLayout()
        lines.setContentsMargins(2 if across else 0, 0, 12 if across else 0, 6)
        lines.setSpacing(1)
        outer.addLayout(lines, 1)
        lines.addLayout(self._heading(stop))
        lines.addLayout(self._part(look, stop))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As its lines need."""
        layout = self.layout()
        assert layout is not None  # set when it is made
        return layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """No lower than its lines; a button of Qt's knows of none."""
        layout = self.layout()
        assert layout is not None  # set when it is made
        return QSize(0, layout.minimumSize().height())

    def _heading(self, stop: ChainStop) -> QHBoxLayout:
        heading = row(gap=8)
        heading.addWidget(ElidedLabel("plain", stop.name), 1)
        year = "" if stop.part.on is None else str(stop.part.on.year)
        heading.addWidget(label("quiet", year))
        return heading

    def _part(self, look: Look, stop: ChainStop) -> QHBoxLayout:
        part = row(gap=6)
        part.addWidget(StanceCourse(look, stop.course or (stop.part.stance,)))
        part.addWidget(ElidedLabel("small", _roles(stop)), 1)
        outcome = ElidedLabel("small", _outcome(stop))
        outcome.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        part.addWidget(outcome)
        return part


class ChainTimeline(QWidget):
    """Stops along a line, the newest first."""

    chosen = Signal(str)

    def __init__(self, look: Look, *, across: bool = False) -> None:
        super().__init__()
        self._look = look
        self._across = across
        self.stops: list[StopButton] = []
        self._line = QBoxLayout(
            QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom, self
        )
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)

    def show_stops(self, stops: Sequence[ChainStop]) -> None:
        """Show deals in the order they come."""
        emptied(self._line)
        self.stops = []
        for place, stop in enumerate(stops):
            last = place == len(stops) - 1
            button = StopButton(self._look, stop, across=self._across, last=last)
            button.clicked.connect(lambda _=False, p=stop.part.project: self.chosen.emit(p))
            self.stops.append(button)
            self._line.addWidget(button, 1)
        if self._across:
            self._line.addStretch(0)


def stop_words(stop: ChainStop) -> str:
    """A stop as one sentence: ``ERP · 2025 · user · neutral, supporter · won``."""
    year = "" if stop.part.on is None else str(stop.part.on.year)
    course = listed(stop.course or (stop.part.stance,))
    lost = tr("to {name}", name=stop.lost_to) if stop.lost_to else ""
    return joined(stop.name, year, _roles(stop), course, tr(stop.part.outcome), lost)


def _roles(stop: ChainStop) -> str:
    return listed(stop.part.roles) if stop.part.roles else tr("no role")


def _outcome(stop: ChainStop) -> str:
    if stop.part.outcome is Outcome.LOST and stop.lost_to:
        return tr("lost to {name}", name=stop.lost_to)
    return capital(tr(stop.part.outcome))
