"""One key figure of a period: a line for each currency, its growth, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QFrame, QLabel, QLayout, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import Phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.popover import SumButton, Why


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a card: the figure, which way it went and by how much, and what it was before."""

    said: str
    change: str
    tint: str
    before: str
    why: Why | None


UNKNOWN: Final = Figure("–", "", "quiet", "", None)
"""The figure of what is not known, or not yet."""


class KpiCard(QFrame):
    """A sheet with a title and one figure or several, each opening its own sum."""

    def __init__(self, desk: Desk, title: Phrase) -> None:
        super().__init__()
        self._desk = desk
        self._title = title
        self.setProperty("frame", "panel")
        self.texts = Texts(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 12)
        self._layout.setSpacing(4)
        self.title = label("section")
        self.texts.bind(self.title.setText, title)
        self._layout.addWidget(self.title)
        self._lines: list[_Line] = []
        self.note = label("small", wrap=True)
        self._layout.addStretch(1)
        self._layout.addWidget(self.note)

    def add_below(self, more: QLayout) -> None:
        """Put something more at the foot of the card."""
        self._layout.addLayout(more)

    @property
    def figures(self) -> list[SumButton]:
        """The figures on show."""
        return [line.figure for line in self._lines if not line.isHidden()]

    def show_figures(self, figures: Sequence[Figure], note: str = "") -> None:
        """Show figures, one beneath another."""
        while len(self._lines) < len(figures):
            line = _Line(self._desk)
            self._layout.insertWidget(1 + len(self._lines), line)
            self._lines.append(line)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(figures))
            if place < len(figures):
                line.show_figure(figures[place], self.title.text())
        self.note.setText(note)
        self.note.setVisible(bool(note))


class _Line(QWidget):
    """One figure with what is said beside and beneath it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        across = row(gap=8)
        self.figure = SumButton(desk.look, "kpi")
        self.change = QLabel()
        across.addWidget(self.figure)
        across.addStretch(1)
        across.addWidget(self.change)
        layout.addLayout(across)
        self.before = label("small", wrap=True)
        layout.addWidget(self.before)

    def show_figure(self, figure: Figure, title: str) -> None:
        """Show it."""
        self.figure.show_sum(figure.said, title, figure.why)
        self.change.setText(figure.change)
        colour = self._desk.look.text_colour(figure.tint).name()
        self.change.setStyleSheet(f"color: {colour};")
        self.before.setText(figure.before)
        self.before.setVisible(bool(figure.before))
