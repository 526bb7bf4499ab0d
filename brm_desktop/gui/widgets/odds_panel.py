"""The odds of a project with what makes them: the number, why, and whom to win over next."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
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

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.look import Look
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.bars import CappedBar, PointsBar
from brm_desktop.gui.widgets.flag_rows import FlagRow, FlagStrip
from brm_desktop.gui.widgets.frames import emptied, hairline, label, row, tab_chain
from brm_desktop.gui.widgets.popover import SumButton, SumLabel, Why
from brm_desktop.gui.widgets.record_strip import BandCell, RecordStrip
from brm_desktop.gui.widgets.row_buttons import LinkLabel, RowButton
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import joined
from brm_desktop.language import tr, trn

_WIDE = 860
"""From this width on the record stands beside the number."""
_NUMBERS_WIDE = 262
_NUMBERS_NARROW = 200
_RECORD = 164
_BAR, _BAR_NARROW = 58, 36


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason: whom it is about, what it says, its points, and the colour of its bar."""

    text: str
    points: float
    shown: str
    tint: str
    person: str | None = None
    whole: str = ""
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class TargetLine:
    """Someone to win over next, what that would bring, and what to know of it."""

    text: str
    gain: str
    person: str
    note: str = ""
    why: Why | None = None
    worth: str = ""


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A red flag and whom it is about."""

    text: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class OddsView:
    """Everything the panel shows, said already in the language in use.

    ``record`` is the seller's own per band, ``record_text`` the same in words and ``record_line``
    that of the band the odds are in; ``unknown`` is how many people on the chain have no known
    stance. ``ended`` says how a project ended that is no longer open; then there is nothing to do.
    """

    odds: int | None = None
    tint: str = "unscored"
    cap: int | None = None
    cap_text: str = ""
    record: tuple[BandCell, ...] = ()
    record_text: str = ""
    record_line: str = ""
    unknown: int = 0
    reasons: tuple[ReasonLine, ...] = ()
    targets: tuple[TargetLine, ...] = ()
    flags: tuple[FlagLine, ...] = ()
    made_of: Why | None = None
    why_cap: Why | None = None
    why_record: Why | None = None
    ended: str = ""


class OddsPanel(QFrame):
    """Columns on one sheet; pressing a line about a person asks for him.

    ``role_asked`` is a press on a role nobody has, ``answers_asked`` on the stances not known.
    """

    person_asked = Signal(str)
    role_asked = Signal()
    answers_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "panel")
        self.setMinimumHeight(176)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.look = look
        self.texts = Texts(self)
        self.view = OddsView()
        self._was_wide = True
        self._stack = QStackedLayout(self)
        live = QWidget()
        self._stack.addWidget(live)
        self._stack.addWidget(self._ended_page())
        down = QVBoxLayout(live)
        down.setContentsMargins(20, 12, 16, 12)
        down.setSpacing(8)
        across = QHBoxLayout()
        across.setSpacing(14)
        across.addWidget(self._number_column())
        across.addWidget(hairline(vertical=True))
        across.addWidget(self._why_column(), 13)
        across.addWidget(hairline(vertical=True))
        across.addWidget(self._next_column(), 10)
        down.addLayout(across, 1)
        self.flags = FlagStrip(look)
        self.flags.pressed.connect(self._flag_pressed)
        self.texts.name(self.flags, phrase("Red flags"))
        down.addWidget(self.flags)

    def show_odds(self, view: OddsView) -> None:
        """Show a reading of the odds."""
        self.view = view
        self._stack.setCurrentIndex(1 if view.ended else 0)
        self._ended.setText(view.ended)
        shown = "–" if view.odds is None else str(view.odds)
        self.number.show_sum(shown, tr("Relationship odds"), view.made_of)
        self._bar.show_value(view.odds, view.cap, view.tint)
        self._cap.show_sum(view.cap_text, view.why_cap)
        self._cap.setVisible(bool(view.cap_text))
        self._record.show_cells(view.record, view.record_text)
        self._show_record()
        self._widen_numbers()
        self._show_reasons(view)
        self._show_next(view)
        self.flags.show_flags([flag.text for flag in view.flags])
        stops = [one for one in self.findChildren(QPushButton) if one is not self.number]
        tab_chain(self.number, self._record, *_in_order(stops))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the record is a sentence beside the number and not a strip."""
        super().resizeEvent(event)
        wide = self.is_wide
        if wide != self._was_wide:
            self._was_wide = wide
            self.show_odds(self.view)
        self._widen_numbers()
        self.flags.fit()

    def _widen_numbers(self) -> None:
        """Give the numbers what they need, with room for a scroll bar beside the record."""
        if not self.is_wide:
            self._numbers.setFixedWidth(_NUMBERS_NARROW)
            return
        least = self._part.minimumSizeHint().width()
        beside = self._numbers.verticalScrollBar().sizeHint().width()
        self._numbers.setFixedWidth(max(_NUMBERS_WIDE, least + beside))

    @property
    def is_wide(self) -> bool:
        """Whether there is room for the record beside the number and for reasons in full."""
        return self.width() >= _WIDE

    def _show_record(self) -> None:
        """All bands where there is room, else that of the odds in a line; both open the whole."""
        view, wide = self.view, self.is_wide
        line = tr("My record in this account") if wide else view.record_line
        self._record_title.show_sum(line, view.why_record)
        self._record_title.setVisible(bool(view.record and line))
        if not wide:
            self._record_title.setToolTip(plain_tip(view.record_text))
        self._record.setVisible(bool(view.record) and wide)

    def _number_column(self) -> QWidget:
        part = self._part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(2)
        title = label("section")
        self.texts.bind(title.setText, phrase("Relationship odds"))
        layout.addWidget(title)
        beside = row(gap=6)
        across = row(gap=8)
        self.number = SumButton(self.look, "big", self.person_asked.emit)
        self.number.setMaximumHeight(56)
        of = label("quiet", "/ 100")
        of.setContentsMargins(0, 0, 0, 8)
        across.addWidget(self.number)
        across.addWidget(of, 0, Qt.AlignmentFlag.AlignBottom)
        across.addStretch(1)
        beside.addLayout(across)
        record = QVBoxLayout()
        record.setSpacing(2)
        self._record_title = SumLabel(self.look, "small", self.person_asked.emit)
        self._record = RecordStrip(self.look)
        self._record.setMinimumWidth(_RECORD)
        record.addWidget(self._record_title)
        record.addWidget(self._record)
        beside.addLayout(record, 1)
        layout.addLayout(beside)
        self._bar = CappedBar(self.look)
        layout.addWidget(self._bar)
        self._cap = SumLabel(self.look, "warning", self.person_asked.emit)
        layout.addWidget(self._cap)
        layout.addStretch(1)
        self._numbers = _scrolled(part)
        self._numbers.setFixedWidth(_NUMBERS_WIDE)
        self.texts.name(self._numbers, phrase("Relationship odds"))
        return self._numbers

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
        part, self._why, title = _listed(self.texts, phrase("Why"))
        self.texts.bind(title.setText, phrase("Why"))
        return part

    def _next_column(self) -> QWidget:
        part, self._next, title = _listed(self.texts, phrase("What to do next"))
        self.texts.bind(title.setText, phrase("What to do next"))
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
            bar = PointsBar(self.look, reason.points, widest, reason.tint)
            bar.setFixedWidth(_BAR if self.is_wide else _BAR_NARROW)
            grid.addWidget(bar, place, 1)
            shown = SumButton(self.look, "points", self.person_asked.emit)
            shown.show_sum(reason.shown, reason.text, reason.why)
            shown.setMinimumWidth(36)
            grid.addWidget(shown, place, 2)
        layout.addLayout(grid)
        if not view.reasons:
            layout.addWidget(
                label("quiet", tr("Give someone on the chain a role to see the odds."), wrap=True)
            )
        layout.addStretch(1)

    def _reason_text(self, reason: ReasonLine) -> QWidget:
        if reason.person is None:
            return label("plain", reason.text, wrap=True)
        made = LinkLabel(reason.text, wrap=True)
        made.setToolTip(plain_tip(reason.whole))
        made.setAccessibleName(tr("{name}: {value}", name=reason.text, value=reason.shown))
        made.pressed_once.connect(lambda: self.person_asked.emit(reason.person))
        return made

    def _show_next(self, view: OddsView) -> None:
        layout = self._next
        emptied(layout)
        if view.unknown:
            asks = trn("{n} stance unknown", "{n} stances unknown", view.unknown)
            button = RowButton(asks, tr("answer now"))
            button.setObjectName("answer_now")
            button.clicked.connect(self.answers_asked)
            changes_records(button)
            layout.addWidget(button)
        for target in view.targets:
            layout.addLayout(self._target_row(target))
        if not view.targets and not view.unknown and view.odds is not None:
            layout.addWidget(label("quiet", tr("Everyone on the chain is with us."), wrap=True))
        layout.addStretch(1)

    def _target_row(self, target: TargetLine) -> QHBoxLayout:
        """Whom to win at the left, what it brings at the right: points, and money below."""
        across = row(gap=4)
        button = RowButton(target.text, "")
        button.setToolTip(plain_tip(f"{target.text}\n{target.note}".strip()))
        button.clicked.connect(lambda _=False, p=target.person: self.person_asked.emit(p))
        across.addWidget(button, 1)
        brings = QVBoxLayout()
        brings.setSpacing(0)
        gain = SumButton(self.look, "gain", self.person_asked.emit)
        gain.show_sum(target.gain, joined(target.text, target.worth), target.why)
        brings.addWidget(gain)
        if target.worth:
            brings.addWidget(label("small", target.worth), 0, Qt.AlignmentFlag.AlignRight)
        across.addLayout(brings)
        return across

    def _flag_pressed(self, place: int) -> None:
        person = self.view.flags[place].person
        if person is None:
            self.role_asked.emit()
        else:
            self.person_asked.emit(person)


def _in_order(buttons: list[QPushButton]) -> list[QPushButton]:
    """Buttons that are still there, as they are read: reasons, whom to win, red flags."""
    there = [one for one in buttons if not one.isHidden()]
    return sorted(there, key=lambda one: isinstance(one, FlagRow))


def _listed(texts: Texts, words: Phrase) -> tuple[QWidget, QVBoxLayout, QLabel]:
    """A column that scrolls when it is longer than the panel: itself, its rows, its title."""
    part = QWidget()
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    title: QLabel = label("section")
    layout.addWidget(title)
    inner = QWidget()
    rows = QVBoxLayout(inner)
    rows.setContentsMargins(0, 0, 6, 0)
    rows.setSpacing(5)
    scroll = _scrolled(inner)
    texts.name(scroll, words)
    layout.addWidget(scroll, 1)
    return part, rows, title


def _scrolled(inner: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inner)
    return scroll
