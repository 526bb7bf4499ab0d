"""The odds of a project with what makes them: the number, why, and whom to win over next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.bars import CappedBar, PointsBar
from brm_desktop.gui.widgets.frames import ElidedLabel, FewLines, emptied, hairline, label, row
from brm_desktop.gui.widgets.popover import SumButton, Why
from brm_desktop.language import tr


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason: whom it is about, what it says, its points, and the colour of its bar."""

    text: str
    points: float
    shown: str
    tint: str
    person: str | None = None
    whole: str = ""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """Someone to win over next, what that would bring, and what to know of it."""

    text: str
    gain: str
    person: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A red flag and whom it is about."""

    text: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class OddsView:
    """Everything the panel shows, said already in the language in use.

    ``ended`` says how a project ended that is no longer open; then there is nothing to do.
    """

    odds: int | None = None
    tint: str = "unscored"
    cap: int | None = None
    cap_text: str = ""
    record: str = ""
    reasons: tuple[ReasonLine, ...] = ()
    targets: tuple[TargetLine, ...] = ()
    flags: tuple[FlagLine, ...] = ()
    made_of: Why | None = None
    ended: str = ""


class RowButton(QPushButton):
    """A row that can be pressed: a text, and at its right end what it brings."""

    def __init__(self, text: str, end: str) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setAutoDefault(True)
        self.setAccessibleName(f"{text}, {end}" if end else text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(28)
        layout = row(gap=12)
        layout.setContentsMargins(12, 0, 12, 0)
        self.setLayout(layout)
        first = ElidedLabel("plain", text)
        last = label("gain", end)
        for part in (first, last):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(first, 1)
        layout.addWidget(last)


class OddsPanel(QFrame):
    """Three columns on one sheet; pressing a line about a person asks for him."""

    person_asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "panel")
        self.setMinimumHeight(176)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.look = look
        self.texts = Texts(self)
        self.view = OddsView()
        self._stack = QStackedLayout(self)
        live = QWidget()
        self._stack.addWidget(live)
        self._stack.addWidget(self._ended_page())
        across = QHBoxLayout(live)
        across.setContentsMargins(20, 14, 16, 14)
        across.setSpacing(14)
        across.addWidget(self._number_column())
        across.addWidget(hairline(vertical=True))
        across.addWidget(self._why_column(), 11)
        across.addWidget(hairline(vertical=True))
        across.addWidget(self._next_column(), 10)

    def show_odds(self, view: OddsView) -> None:
        """Show a reading of the odds."""
        self.view = view
        self._stack.setCurrentIndex(1 if view.ended else 0)
        self._ended.setText(view.ended)
        shown = "–" if view.odds is None else str(view.odds)
        self.number.show_sum(shown, tr("Relationship odds"), view.made_of)
        self._bar.show_value(view.odds, view.cap, view.tint)
        self._cap.setText(view.cap_text)
        self._cap.setVisible(bool(view.cap_text))
        self._record.setText(view.record)
        self._record.setVisible(bool(view.record))
        self._show_reasons(view)
        self._show_next(view)

    def _number_column(self) -> QWidget:
        part = QWidget()
        part.setFixedWidth(172)
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        title = label("section")
        self.texts.bind(title.setText, phrase("Relationship odds"))
        layout.addWidget(title)
        across = row(gap=8)
        self.number = SumButton(self.look, "big", self.person_asked.emit)
        self.number.setMaximumHeight(56)
        of = label("quiet", "/ 100")
        of.setContentsMargins(0, 0, 0, 8)
        across.addWidget(self.number)
        across.addWidget(of, 0, Qt.AlignmentFlag.AlignBottom)
        across.addStretch(1)
        layout.addLayout(across)
        self._bar = CappedBar(self.look)
        layout.addWidget(self._bar)
        layout.addSpacing(4)
        self._cap = label("warning", wrap=True)
        self._record = label("small", wrap=True)
        layout.addWidget(self._cap)
        layout.addWidget(self._record)
        layout.addStretch(1)
        return part

    def _ended_page(self) -> QWidget:
        """What stands in place of the odds once a project is decided."""
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(20, 14, 16, 14)
        layout.setSpacing(6)
        title = label("section")
        self.texts.bind(title.setText, phrase("How it ended"))
        self._ended = label("strong", wrap=True)
        words = label("quiet", wrap=True)
        self.texts.bind(
            words.setText,
            phrase("This chain is history. Odds and what to do next are shown for open projects."),
        )
        for line in (title, self._ended, words):
            layout.addWidget(line)
        layout.addStretch(1)
        return part

    def _why_column(self) -> QWidget:
        part, self._why = _listed(self.texts, "why")
        return part

    def _next_column(self) -> QWidget:
        part, self._next = _listed(self.texts, "next")
        self._flags = FewLines("warning", 2)
        column = part.layout()
        assert column is not None
        column.addWidget(self._flags)
        return part

    def _show_reasons(self, view: OddsView) -> None:
        layout = self._why
        emptied(layout)
        widest = max((abs(reason.points) for reason in view.reasons), default=1.0)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for place, reason in enumerate(view.reasons):
            grid.addWidget(self._reason_text(reason), place, 0)
            grid.addWidget(PointsBar(self.look, reason.points, widest, reason.tint), place, 1)
            shown = label("quiet", reason.shown)
            shown.setMinimumWidth(32)
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(shown, place, 2)
        layout.addLayout(grid)
        if not view.reasons:
            layout.addWidget(
                label("quiet", tr("Give someone on the chain a role to see the odds."), wrap=True)
            )
        layout.addStretch(1)

    def _reason_text(self, reason: ReasonLine) -> QWidget:
        if reason.person is None:
            return ElidedLabel("plain", reason.text)
        made = LinkLabel(reason.text)
        made.setToolTip(reason.whole)
        made.setAccessibleName(f"{reason.text}: {reason.shown}")
        made.pressed_once.connect(lambda: self.person_asked.emit(reason.person))
        return made

    def _show_next(self, view: OddsView) -> None:
        layout = self._next
        emptied(layout)
        for target in view.targets:
            button = RowButton(target.text, target.gain)
            button.setToolTip(f"{target.text}\n{target.note}".strip())
            button.clicked.connect(lambda _=False, p=target.person: self.person_asked.emit(p))
            layout.addWidget(button)
        words = " · ".join(flag.text for flag in view.flags)
        self._flags.setText(tr("Red flags: {flags}", flags=words) if words else "")
        self._flags.setToolTip("\n".join(flag.text for flag in view.flags))
        self._flags.setVisible(bool(words))
        if not view.targets and not view.flags and view.odds is not None:
            layout.addWidget(label("quiet", tr("Everyone on the chain is with us."), wrap=True))
        layout.addStretch(1)


class LinkLabel(QPushButton):
    """A line of text that can be pressed and is cut where room is short."""

    pressed_once = Signal()

    def __init__(self, text: str, role: str = "plain") -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(24)
        layout = row()
        self.setLayout(layout)
        self.inner = ElidedLabel(role, text)
        self.inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(self.inner)
        self.clicked.connect(self.pressed_once)


def _listed(texts: Texts, which: str) -> tuple[QWidget, QVBoxLayout]:
    """A titled column that scrolls when it is longer than the panel."""
    part = QWidget()
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    title: QLabel = label("section")
    words = phrase("Why") if which == "why" else phrase("What to do next")
    texts.bind(title.setText, words)
    layout.addWidget(title)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    texts.name(scroll, words)
    inner = QWidget()
    rows = QVBoxLayout(inner)
    rows.setContentsMargins(0, 0, 6, 0)
    rows.setSpacing(5)
    scroll.setWidget(inner)
    layout.addWidget(scroll, 1)
    return part, rows
