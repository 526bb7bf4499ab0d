"""Screening: a queue of accounts that is walked with the keys alone, a verdict for each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.dealings import Dealings, dealings_of
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.portfolio import PortfolioRow
from brm_desktop.domain.records import Account, AccountId, ScreeningVerdict
from brm_desktop.domain.screening import Suggestion
from brm_desktop.domain.screening_queue import ScreeningQueue, TimeUsed, queue_of
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.portfolio.capturing import capture_next
from brm_desktop.gui.portfolio.gathering import portfolio_gathering_of
from brm_desktop.gui.portfolio.revising import screen
from brm_desktop.gui.portfolio.screening_card import ScreeningCard
from brm_desktop.gui.portfolio.screening_keys import QueueTable, ReasonField, meant
from brm_desktop.gui.portfolio.why import why
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import column, label, panel, row
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.table import Column, TableModel
from brm_desktop.gui.working import Working
from brm_desktop.language import number, tr
from brm_desktop.session.company import Reading

_LIST_WIDE = 300
_ROOM_FOR_MESSAGES: Final = 56
"""Under the line of keys: what is said at the foot of the window does not cover them."""
_FITTING: Final = {
    ScreeningVerdict.TARGET: Suggestion.CONFIRM,
    ScreeningVerdict.EXCLUDED: Suggestion.EXCLUDE,
}


@dataclass(frozen=True, slots=True)
class _Line:
    """An account of the queue."""

    account: AccountId
    name: str
    verdict: ScreeningVerdict
    suggestion: Suggestion | None


class ScreeningPage(DeskPage):
    """What is suggested for one account after another, and what the user decides."""

    def __init__(self, desk: Desk, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(desk)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.texts.name(self, phrase("Screening"))
        self._clock = clock
        self._looked_from = clock()
        self._gathering = portfolio_gathering_of(desk)
        self._gathering.ranked.connect(self.ask_refresh)
        desk.closed.connect(self._forget)
        self._dealing = Working(desk)
        self._rows: dict[AccountId, PortfolioRow] = {}
        self._under_way: dict[AccountId, ScreeningVerdict] = {}
        """Verdicts whose accounts are still being read for them."""
        self.queue = ScreeningQueue()
        self.used = TimeUsed()
        self._begun = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        self.state = label("quiet")
        self.time = label("quiet")
        across = row(gap=12)
        across.addWidget(self.state)
        across.addStretch(1)
        across.addWidget(self.time)
        layout.addLayout(across)
        self.stack = QStackedLayout()
        layout.addLayout(self.stack, 1)
        self.stack.addWidget(self._beside_each_other())
        self.stack.addWidget(self._over())
        self.texts.again(self.model.retell)

    def focus_first(self) -> None:
        """Give the keys to the page."""
        self.setFocus()

    def refresh(self) -> None:
        """Show the queue as the store is now; what was undone comes again."""
        self._gathering.ask()
        portfolio = self._gathering.portfolio
        if portfolio is None:
            self._show()
            return
        self._rows = {one.entry.account: one for one in portfolio.rows}
        if not self._begun:
            self._begun = self._gathering.complete
            self.queue = queue_of(portfolio.rows)
            self._looked_from = self._clock()
        else:
            self.queue = self.queue.seen(
                {key: self._verdict_now(one) for key, one in self._rows.items()}
            )
        self._show()

    def open_sum(self) -> None:
        """Say what the score on show is made of."""
        if self._shown() is not None:
            self.card.open_sum()

    def begin_anew(self) -> None:
        """Put all accounts that have no verdict into the queue again."""
        self._begun = False
        self.ask_refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of screening, while nothing is typed."""
        action = meant(event)
        if action is None:
            super().keyPressEvent(event)
            return
        self._do[action]()

    def decide(self, verdict: ScreeningVerdict) -> None:
        """Give the account on show its verdict, and show the next."""
        shown = self._shown()
        if shown is None:
            return
        reason = self.reason.text().strip() or self._usual_reason(shown, verdict)
        name, account = shown.entry.name, shown.entry.account
        self.used = self.used.and_for(account, self._clock() - self._looked_from)
        self._under_way[account] = verdict
        self._step(self.queue.decided(verdict))
        screen(self.desk, account, name, verdict, reason, partial(self._settled, account))

    def _settled(self, account: AccountId) -> None:
        """A verdict is about to be written, or was not: from now on the store says what holds."""
        self._under_way.pop(account, None)
        QTimer.singleShot(0, self, self.ask_refresh)

    def take_suggestion(self) -> None:
        """Decide as it is suggested; without a suggestion there is nothing to take."""
        shown = self._shown()
        wanted = None if shown is None else shown.entry.screening.suggestion
        for verdict, suggestion in _FITTING.items():
            if wanted is suggestion:
                self.decide(verdict)
                return

    def later(self) -> None:
        """Leave the account for later."""
        self._step(self.queue.forward())

    def back(self) -> None:
        """Show the account before."""
        self._step(self.queue.back())

    def _beside_each_other(self) -> QWidget:
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        self.model: TableModel[_Line] = TableModel(self._columns(), lambda one: one.account, self)
        self.table = QueueTable(self.model)
        self.table.setSortingEnabled(False)
        self.table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.texts.name(self.table, phrase("Accounts to screen"))
        self.table.row_chosen.connect(self._chosen)
        beside = table_sheet(self.table)
        beside.setFixedWidth(_LIST_WIDE)
        across.addWidget(beside)
        across.addWidget(self._sheet(), 1)
        return holder

    def _sheet(self) -> QWidget:
        sheet = panel()
        inside = column()
        sheet.setLayout(inside)
        self.card = ScreeningCard(self.desk.look, partial(why, self.desk))
        self.card.capture.clicked.connect(self._capture)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.texts.name(scroll, phrase("The account"))
        scroll.setWidget(self.card)
        inside.addWidget(scroll, 1)
        inside.addLayout(self._verdicts())
        self._do: dict[str, Callable[[], object]] = {
            "target": lambda: self.decide(ScreeningVerdict.TARGET),
            "exclude": lambda: self.decide(ScreeningVerdict.EXCLUDED),
            "take": self.take_suggestion,
            "later": self.later,
            "back": self.back,
            "reason": self.reason.setFocus,
            "capture": self._capture,
            "open": self._open,
        }
        return sheet

    def _verdicts(self) -> QVBoxLayout:
        layout = column(margin=20, gap=12)
        layout.setContentsMargins(20, 20, 20, _ROOM_FOR_MESSAGES)
        self.reason = ReasonField()
        self.texts.name(self.reason, phrase("Reason of the verdict"))
        self.reason.returnPressed.connect(self.setFocus)
        layout.addWidget(self.reason)
        across = row(gap=8)
        self.target = self._button(
            phrase("Target (1)"), lambda: self.decide(ScreeningVerdict.TARGET)
        )
        self.exclude = self._button(
            phrase("Exclude (2)"), lambda: self.decide(ScreeningVerdict.EXCLUDED)
        )
        self.skip = self._button(phrase("Later (3)"), self.later)
        self.open = self._button(phrase("Open (6)"), self._open)
        self.keys = label("small")
        self.texts.bind(
            self.keys.setText,
            phrase(
                "1, 2: decide · Enter: as suggested · 4: reason, Enter ends it"
                " · F3: why this score · ← → : go · Ctrl+Z: undo"
            ),
        )
        for button in (self.target, self.exclude, self.skip, self.open):
            across.addWidget(button)
        for button in (self.target, self.exclude, self.card.capture):
            changes_records(button)
        across.addStretch(1)
        layout.addLayout(across)
        layout.addWidget(self.keys)
        return layout

    def _button(self, text: Phrase, do: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        self.texts.bind(button.setText, text)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _over(self) -> QWidget:
        self.empty = EmptyPage(
            self.desk.look,
            "check",
            phrase("Every account is screened"),
            phrase("Each verdict can be changed in the list of accounts, and undone."),
        )
        go = self.empty.button(phrase("Go to accounts"), primary=True)
        go.clicked.connect(lambda: self.desk.go(Place(Page.ACCOUNTS)))
        return self.empty

    def _columns(self) -> list[Column[_Line]]:
        return [
            Column(phrase("Account"), lambda one: one.name, width=160, stretch=True),
            Column(phrase("Verdict"), _verdict, colour=self._colour, width=96),
        ]

    def _colour(self, one: _Line) -> QColor:
        open_one = one.verdict is ScreeningVerdict.UNDECIDED
        return self.desk.look.text_colour("quiet" if open_one else "accent")

    def _verdict_now(self, row: PortfolioRow) -> ScreeningVerdict:
        """What holds of an account: of one in memory, that is newer than what was gathered."""
        account = row.entry.account
        known = self.desk.records.get(Account, account)
        now = row.entry.record if known is None else known
        return self._under_way.get(account, now.screening)

    def _used_for_verdicts(self) -> TimeUsed:
        """The time used for those that have a verdict now, in this queue or an earlier one."""
        looked_at = (self._rows[one] for one in self.used.looks if one in self._rows)
        undecided = ScreeningVerdict.UNDECIDED
        return self.used.of(
            {one.entry.account for one in looked_at if self._verdict_now(one) is not undecided}
        )

    def _shown(self) -> PortfolioRow | None:
        current = self.queue.current
        return None if current is None else self._rows.get(current)

    def _show(self) -> None:
        shown, gathering = self._shown(), self._gathering
        self._say_state()
        self.time.setText(tr(self._used_for_verdicts().said))
        known = [self._rows[one] for one in self.queue.accounts if one in self._rows]
        self.model.show_rows([self._line(one) for one in known])
        over = gathering.complete and shown is None
        self.stack.setCurrentIndex(1 if over else 0)
        if shown is None:
            return
        self.card.show_row(shown, ranked=gathering.complete)
        self._read_dealings(shown.entry.account)
        self.table.choose([shown.entry.account])
        self.table.scrollTo(self.table.currentIndex())
        likely = self._likely(shown)
        usual = "" if likely is None else self._usual_reason(shown, likely)
        self.reason.setPlaceholderText(usual or tr("Reason of the verdict"))

    def _read_dealings(self, account: AccountId) -> None:
        """Read what was done with the account on show, which the portfolio does not know."""
        reading = Reading.of(self.desk.session)

        def read() -> Dealings | None:
            return next(map(dealings_of, reading.block([account], due=True)), None)

        self._dealing.ask(read, self.card.show_dealings)

    def _say_state(self) -> None:
        gathering = self._gathering
        said = tr(
            "{n} of {of} left to screen",
            n=number(self.queue.left),
            of=number(len(self.queue.accounts)),
        )
        if not gathering.complete:
            said = tr(
                "{n} of {of} accounts read", n=number(gathering.read), of=number(gathering.of)
            )
        self.state.setText(said)

    def _line(self, shown: PortfolioRow) -> _Line:
        entry = shown.entry
        verdict = self.queue.verdicts.get(entry.account, ScreeningVerdict.UNDECIDED)
        return _Line(entry.account, entry.name, verdict, entry.screening.suggestion)

    def _step(self, queue: ScreeningQueue) -> None:
        self.queue = queue
        self.reason.clear()
        self._looked_from = self._clock()
        self._show()
        self.setFocus()

    def _chosen(self, keys: list[str]) -> None:
        if len(keys) == 1 and keys[0] != self.queue.current:
            self._step(self.queue.at(AccountId(keys[0])))

    def _likely(self, shown: PortfolioRow) -> ScreeningVerdict | None:
        wanted = shown.entry.screening.suggestion
        return next((one for one, suits in _FITTING.items() if suits is wanted), None)

    def _usual_reason(self, shown: PortfolioRow, verdict: ScreeningVerdict) -> str:
        """What was suggested is the reason where the user writes none and decides like that."""
        screening = shown.entry.screening
        if screening.suggestion is not _FITTING.get(verdict):
            return ""
        return "; ".join(tr(reason) for reason in screening.reasons)

    def _capture(self) -> None:
        shown = self._shown()
        if shown is not None and shown.entry.screening.suggestion is Suggestion.CONFIRM:
            capture_next(self.desk, shown.entry.account)

    def _open(self) -> None:
        shown = self._shown()
        if shown is not None:
            self.desk.go(Place(Page.ACCOUNT, shown.entry.account))

    def _forget(self) -> None:
        self._rows, self._begun = {}, False
        self._under_way.clear()
        self.queue, self.used = ScreeningQueue(), TimeUsed()


def _verdict(one: _Line) -> str:
    if one.verdict is not ScreeningVerdict.UNDECIDED:
        return tr(one.verdict)
    return "" if one.suggestion is None else tr("{suggestion}?", suggestion=one.suggestion)
