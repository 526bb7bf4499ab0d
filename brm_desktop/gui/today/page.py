"""Today: what is due over all accounts, what needs attention, and what to find out next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain import edits
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.missing_facts import MissingFact
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import ActionState, PersonId, ProjectId, ReviewKind
from brm_desktop.domain.today import AccountToday, DayPlan, DueItem, Matter, Urgency, day_plan
from brm_desktop.domain.weekly import KEY_TIERS
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.pages.resources.employees_tab import go_to_person
from brm_desktop.gui.sync.reaching import with_accounts
from brm_desktop.gui.today.due_rows import DueSection
from brm_desktop.gui.today.gathered_page import GatheredPage
from brm_desktop.gui.today.gathering import TodayGathered, today_of
from brm_desktop.gui.today.missing_panel import MissingPanel
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import label, row, tab_chain
from brm_desktop.gui.working import Working
from brm_desktop.language import day, tr, trn

_HEADINGS: Final[dict[Urgency, Phrase]] = {
    Urgency.OVERDUE: phrase("Overdue"),
    Urgency.TODAY: phrase("Today"),
    Urgency.WEEK: phrase("Next seven days"),
    Urgency.AHEAD: phrase("Next thirty days"),
    Urgency.SILENT: phrase("Silent crucial people"),
    Urgency.RED_FLAGS: phrase("Red flags"),
}
_WARNING: Final = frozenset({Urgency.OVERDUE, Urgency.RED_FLAGS})
_NOTHING_YET: Final = DayPlan({}, ())
_BESIDE: Final = 372


class TodayPage(GatheredPage[TodayGathered]):
    """The first page of a working day; its numbers come from a worker, first rows soon."""

    week_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, today_of(desk))
        self.texts.name(self, phrase("Today"))
        self._working = Working(desk)
        self._departments: dict[str, Sequence[str]] = {}
        self.plan = _NOTHING_YET
        self._pieces: list[Callable[[], None]] = []
        self._piece_by_piece = QTimer(self, singleShot=True, interval=0)
        self._piece_by_piece.timeout.connect(self._go_on)
        self.empty = self.empty_page(
            "today",
            phrase("Nothing is due"),
            phrase(
                "Actions, reviews, projects that come back and red flags appear here by day, and"
                " what is not known of key persons and projects. An account without people begins"
                " with its people."
            ),
        )
        self.lay_out(self._head(), self._body(), self.empty)
        desk.look.changed.connect(self._remade)
        self.texts.again(self._remade)
        self._offer()

    def focus_first(self) -> None:
        """Give the keys to the first list of what is due, else to the first question.

        Lines still to come get them when they are there, unless they are elsewhere by then.
        """
        for section in self.sections.values():
            if section.stops:
                section.take_keys()
                return
        if self.plan.missing:
            self.missing.focus_first()
        else:
            self.owe_keys()

    def refresh(self) -> None:
        """Put together what is known so far, off the window's thread."""
        self.gathering.ask()
        session = self.desk.session
        accounts = self._wanted(self.gathering.held)
        make = partial(day_plan, accounts, session.today(), session.settings.currency)
        self._departments = {one.account: one.departments for one in accounts}
        self.say_state()
        self._working.ask(make, self._show)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes through the lists as one reads them, whenever their lines were made."""
        due = (stop for section in self.sections.values() for stop in section.stops)
        tab_chain(self.week, *due, *self.missing.stops)
        return super().focusNextPrevChild(onward)

    def showEvent(self, event: QShowEvent) -> None:
        """Say what day it is when it is looked at."""
        if self.desk.is_open:
            self._say_head()
        super().showEvent(event)

    def _head(self) -> QHBoxLayout:
        self.title = label("title")
        self.count = label("quiet")
        self.go_on = QPushButton()
        self.go_on.setProperty("kind", "link")
        self.texts.bind(self.go_on.setText, phrase("Read on"))
        self.go_on.clicked.connect(self.gathering.go_on)
        self.go_on.hide()
        self.whose = Choose()
        self.whose.setMinimumWidth(140)
        self.texts.name(self.whose, phrase("Which accounts"))
        self.whose.picked.connect(lambda _which: self.ask_refresh())
        self.week = QPushButton()
        self.week.setProperty("kind", "primary")
        self.texts.bind(self.week.setText, phrase("Weekly review"))
        self.week.clicked.connect(self.week_asked)
        head = row(gap=12)
        head.addWidget(self.title)
        head.addWidget(self.count, 1)
        for tool in (self.state, self.go_on, self.whose, self.week):
            head.addWidget(tool)
        return head

    def _body(self) -> QWidget:
        holder = QWidget()
        across = row(gap=12)
        holder.setLayout(across)
        due = QWidget()
        lines = QVBoxLayout(due)
        lines.setContentsMargins(0, 0, 4, 0)
        lines.setSpacing(12)
        self.waiting = label("quiet")
        lines.addWidget(self.waiting)
        self.sections: dict[Urgency, DueSection] = {}
        for urgency, title in _HEADINGS.items():
            made = DueSection(self.desk.look, title, warns=urgency in _WARNING)
            made.opened.connect(self._open)
            made.settled.connect(self._settle)
            self.sections[urgency] = made
            lines.addWidget(made)
        lines.addStretch(1)
        across.addWidget(self._scrolling(due, phrase("What is due")), 1)
        self.missing = MissingPanel(self.desk, lambda fact: self._departments.get(fact.account, ()))
        self.missing.opened.connect(self._open_fact)
        beside = QWidget()
        inside = QVBoxLayout(beside)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addWidget(self.missing)
        inside.addStretch(1)
        scroll = self._scrolling(beside, phrase("Next missing facts"))
        scroll.setMinimumWidth(_BESIDE)
        across.addWidget(scroll, 1)
        across.setStretch(0, 5)
        across.setStretch(1, 4)
        return holder

    def _scrolling(self, inside: QWidget, about: Phrase) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.texts.name(scroll, about)
        scroll.setWidget(inside)
        return scroll

    def _show(self, plan: DayPlan) -> None:
        if not self.desk.is_open:
            return
        self.plan = plan
        self._pieces = [*(partial(self._fill, urgency) for urgency in Urgency), self._fill_missing]
        self._piece_by_piece.start()
        nothing_due = not any(plan.items.values())
        self.waiting.setVisible(nothing_due)
        settled = self.gathering.settled
        self.waiting.setText(tr("Nothing is due.") if settled else tr("Reading the accounts…"))
        self.show_body(anything=not (settled and plan.is_empty))
        self._say_head()
        self.say_state()

    def _go_on(self) -> None:
        """Show one part more: the window answers between two of them."""
        if self._pieces and self.desk.is_open:
            self._pieces.pop(0)()
            self._piece_by_piece.start()

    def _fill(self, urgency: Urgency) -> None:
        section, items = self.sections[urgency], self.plan.items[urgency]
        if not items:
            self._take_back_keys(section)
        section.show_items(items, self.desk.session.today())
        if section.rows:
            self.pay_keys(self.focus_first)

    def _take_back_keys(self, emptied: QWidget) -> None:
        """Hold the keys of what is emptied for what comes, as when all is read again."""
        focus: QWidget | None = self.window().focusWidget()
        if focus is not None and emptied.isAncestorOf(focus):
            self.owe_keys()

    def _fill_missing(self) -> None:
        known = tr("All that is asked for is known.")
        nothing = known if self.gathering.settled else tr("Reading the accounts…")
        if not self.plan.missing:
            self._take_back_keys(self.missing)
        self.missing.show_facts(self.plan.missing, nothing)
        if self.plan.missing and self.gathering.settled:
            self.pay_keys(self.focus_first)

    def _say_head(self) -> None:
        self.title.setText(day(self.desk.session.today()))
        said = [
            trn("{n} overdue", "{n} overdue", len(self.plan.items.get(Urgency.OVERDUE, ()))),
            trn("{n} today", "{n} today", len(self.plan.items.get(Urgency.TODAY, ()))),
            trn("{n} red flag", "{n} red flags", len(self.plan.items.get(Urgency.RED_FLAGS, ()))),
        ]
        self.count.setText(" · ".join(said) if self.plan.items else "")
        if not self.plan.items:
            self.waiting.setText(tr("Reading the accounts…"))

    def say_state(self) -> None:
        """Say how many accounts are read; reading that was stopped can go on."""
        super().say_state()
        unread = self.gathering.read < self.gathering.of
        self.go_on.setVisible(self.gathering.stopped and unread)

    def _offer(self) -> None:
        choices: list[tuple[str, object]] = [
            (tr("All accounts"), "all"),
            (tr("Key accounts"), "key"),
        ]
        if self.desk.is_open and self.desk.session.settings.user is not None:
            choices.append((tr("My accounts"), "mine"))
        self.whose.offer(choices, self.whose.chosen or "all")

    def _wanted(self, accounts: Sequence[AccountToday]) -> Sequence[AccountToday]:
        """Those of the accounts that are chosen."""
        chosen, user = self.whose.chosen, self.desk.session.settings.user
        if chosen == "key":
            return [one for one in accounts if one.tier in KEY_TIERS]
        if chosen == "mine":
            return [one for one in accounts if one.owner == user]
        return accounts

    def _open(self, item: DueItem) -> None:
        """Go where a line is at home."""
        if item.matter is Matter.ACTION:
            self.desk.go(Place(Page.ACCOUNT, item.account, Tab.PLAN, about=item.record))
        elif item.project is not None:
            self.desk.go(Place(Page.ACCOUNT, item.account, Tab.CHAINS, item.project))
        elif item.matter is Matter.REVIEW:
            self.desk.go(Place(Page.WHCSE, item.account, about=item.record))
        elif item.person is not None:
            go_to_person(self.desk, item.account, item.person)
        elif item.matter in {Matter.PREPARE, Matter.DECISION}:
            self.desk.go(Place(Page.ACCOUNT, item.account, Tab.PROJECTS))
        else:
            self.desk.go(Place(Page.ACCOUNT, item.account))

    def _open_fact(self, fact: MissingFact) -> None:
        if fact.fact is Fact.PARTICIPANTS:
            chain = ProjectId(fact.subject)
            self.desk.go(Place(Page.ACCOUNT, fact.account, Tab.CHAINS, chain))
        elif fact.fact is Fact.PEOPLE:
            self.desk.go(Place(Page.ACCOUNT, fact.account, Tab.MAP))
        else:
            go_to_person(self.desk, fact.account, PersonId(fact.subject))

    def _settle(self, item: DueItem, record: str) -> None:
        """An action is done, or a review was held; one step that can be undone."""
        if item.matter is Matter.ACTION:
            name = phrase("Done: {action}", action=item.text)
            with_accounts(
                self.desk,
                [item.account],
                lambda: self.desk.edit(name, edits.revise_action, record, state=ActionState.DONE),
            )
            return
        kind = next(one for one in ReviewKind if one == record)
        name = phrase("{account}: {review} held", account=item.account_name, review=kind)
        with_accounts(
            self.desk,
            [item.account],
            lambda: self.desk.edit(name, edits.add_review, item.account, kind),
        )

    def _remade(self) -> None:
        """Say everything again, as in another language or in other colours."""
        self._offer()
        for section in self.sections.values():
            section.remade()
        self.missing.remade()
        self.ask_refresh()

    def forget(self) -> None:
        """Show nothing any more, as when the store is closed."""
        self.plan = _NOTHING_YET
        self._pieces.clear()
        for section in self.sections.values():
            section.forget()
        self.missing.show_facts((), "")
