"""The reviews of one account: those that come round in turn, and the WHCSE review."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, Review, ReviewKind
from brm_desktop.domain.weekly import review_of
from brm_desktop.domain.whcse import CHECKS, reviews_of, whcse_of
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.portfolio.cadence_panel import CadencePanel
from brm_desktop.gui.portfolio.whcse_form import WhcseForm
from brm_desktop.gui.sync.reaching import with_accounts
from brm_desktop.gui.widgets.frames import column, hairline, label, panel
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import capital, joined
from brm_desktop.language import day, tr

_SIDE_WIDE = 360


class WhcsePage(DeskPage):
    """What is known of an account, what is said of it, and what was said before."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._account: AccountId | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(20, 16, 20, 16)
        across.setSpacing(12)
        self.form = WhcseForm()
        self.form.said.connect(partial(self._say, ReviewKind.WHCSE))
        sheet = panel()
        inside = column()
        sheet.setLayout(inside)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.texts.name(scroll, phrase("WHCSE review"))
        scroll.setWidget(self.form)
        inside.addWidget(scroll, 1)
        inside.addWidget(hairline())
        inside.addWidget(self.form.foot)
        across.addWidget(sheet, 1)
        across.addWidget(self._side())
        desk.arrived.connect(self._arrived)
        desk.closed.connect(self._forget)
        self.texts.again(self.model.retell)

    def focus_first(self) -> None:
        """Give the keys to the review one came for, else to the first text of the form."""
        asked = self.desk.place.about.split()
        remark = next((one for kind in asked if (one := self.cadence.remark(kind))), None)
        (remark or self.form.written["how_managed"]).setFocus()

    def ready(self) -> bool:
        """Whether an account is on show."""
        return super().ready() and self._shown() is not None

    def refresh(self) -> None:
        """Show the account as it is now; what is being written stays."""
        account = self._shown()
        if account is None:
            return
        self._turn_to(account)
        analysis = self.desk.session.analysis(account)
        today = review_of(analysis, analysis.today, ReviewKind.WHCSE)
        self.form.show_review(today)
        self.form.show_known(whcse_of(analysis), analysis.record.coverage_model, today)
        self.cadence.show_account(analysis)
        self.model.show_rows(reviews_of(analysis))

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(_SIDE_WIDE)
        layout = column(gap=12)
        side.setLayout(layout)
        turn = panel()
        inside = column(margin=16)
        turn.setLayout(inside)
        self.cadence = CadencePanel(self.desk.look)
        self.cadence.held.connect(lambda kind: self._say(kind, {}))
        self.cadence.remarked.connect(lambda kind, text: self._say(kind, {"remarks": text}))
        inside.addWidget(self.cadence)
        layout.addWidget(turn)
        layout.addWidget(self._past(), 1)
        return side

    def _past(self) -> QWidget:
        sheet = panel()
        inside = column(margin=12)
        sheet.setLayout(inside)
        heading = label("strong")
        self.texts.bind(heading.setText, phrase("Reviews held"))
        inside.addWidget(heading)
        self.model: TableModel[Review] = TableModel(_columns(), lambda one: one.id, self)
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Reviews held"))
        self.table.row_chosen.connect(self._tell)
        self.table.delete_asked.connect(self._remove)
        inside.addWidget(self.table, 1)
        self.told = label("small", wrap=True)
        inside.addWidget(self.told)
        return sheet

    def _shown(self) -> AccountId | None:
        """The account on show, while it is in memory."""
        place = self.desk.place
        if place.page is not Page.WHCSE or place.account is None or not self.desk.is_open:
            return None
        there = self.desk.records.get(Account, place.account) is not None
        return place.account if there else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to where one came from."""
        if event.key() == Qt.Key.Key_Escape:
            self._commit()
            self.desk.go(self.desk.came_from)
            return
        super().keyPressEvent(event)

    def _arrived(self, place: Place) -> None:
        if place.page is Page.WHCSE and self._shown() is not None:
            self.ask_refresh()

    def _turn_to(self, account: AccountId) -> None:
        """Take up what is written of another account, and show what is said of this one."""
        if account == self._account:
            return
        self._commit()
        self._account = account
        self.told.setText("")

    def _commit(self) -> None:
        """Take up what is still being written."""
        self.form.commit()
        self.cadence.commit()

    def _say(self, kind: ReviewKind, fields: dict[str, object]) -> None:
        """Keep what was said in today's review of a kind, which that begins."""
        account = self._account
        if account is not None and self.desk.is_open:
            with_accounts(self.desk, [account], lambda: self._write(account, kind, fields))

    def _write(self, account: AccountId, kind: ReviewKind, fields: dict[str, object]) -> None:
        analysis = self.desk.session.analysis(account)
        review = review_of(analysis, analysis.today, kind)
        name = phrase("Record: {review}", review=kind)
        if review is None:
            self.desk.edit(name, edits.add_review, account, kind, **fields)  # type: ignore[arg-type]  # a review's own fields
        else:
            self.desk.edit(name, edits.revise_review, review.id, **fields)

    def _tell(self, keys: list[str]) -> None:
        review = self.desk.records.get(Review, keys[0]) if len(keys) == 1 else None
        self.told.setText("" if review is None else _said(review, self._analysis()))

    def _analysis(self) -> AccountAnalysis:
        return self.desk.analysis(self.desk.place.account)

    def _remove(self, keys: list[str]) -> None:
        name = phrase("Remove {n} reviews", n=len(keys))
        self.desk.edit(name, edits.remove_records, tuple(keys))

    def _forget(self) -> None:
        self._account = None
        self.form.show_review(None)


def _columns() -> list[Column[Review]]:
    return [
        Column(
            phrase("Day"), lambda one: day(one.held_on), sort=lambda one: one.held_on, width=124
        ),
        Column(phrase("Kind"), _kind, width=140, stretch=True),
        Column(phrase("Qualified"), _checked, width=76),
    ]


def _kind(review: Review) -> str:
    """What was reviewed, and what was remarked, as far as there is room."""
    return joined(capital(tr(review.kind)), " ".join(review.remarks.split()))


def _checked(review: Review) -> str:
    """How many of the three checks say yes."""
    answers = [getattr(review, name) for name in CHECKS]
    if all(answer is None for answer in answers):
        return ""
    return tr("{n} of {of}", n=sum(answer is True for answer in answers), of=len(answers))


def _said(review: Review, analysis: AccountAnalysis) -> str:
    """What was written in a review, and by whom."""
    texts = (
        *(review.how_managed, review.coverage, review.strategy, review.evaluation),
        review.remarks,
    )
    author = called(analysis.records, review.author) if review.author else ""
    return "\n".join((joined(day(review.held_on), author), *(text for text in texts if text)))
