"""A small form in place: an action proposed for somebody, to change and to plan in one press."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QPushButton, QVBoxLayout

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.centres import propose_action
from brm_desktop.domain.records import PersonId
from brm_desktop.domain.services import Service
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.planning import colleagues, plan_action
from brm_desktop.gui.widgets.fields import Choose
from brm_desktop.gui.widgets.frames import label, row, set_property
from brm_desktop.gui.widgets.value_fields import DateField, parse_date
from brm_desktop.gui.words import capital
from brm_desktop.language import tr

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ActionText(QPlainTextEdit):
    """What is to be done, on a few lines; Enter ends it, Tab goes on."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(64)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the end of the form, not a new line."""
        if event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class PlanForm(QFrame):
    """From the service menu, for the weak dimension: words, day and owner, all open to change."""

    ended = Signal()

    def __init__(self, desk: Desk, analysis: AccountAnalysis, person: PersonId) -> None:
        super().__init__()
        self.setProperty("frame", "row")
        self.person = person
        self._desk = desk
        self._account = analysis.account
        proposed = propose_action(analysis, person)
        self._dimension = proposed.dimension
        self.service = Choose()
        entries: list[tuple[str, object]] = [(capital(tr(one)), one) for one in proposed.services]
        if proposed.service is None:
            entries.insert(0, (tr("Find out first"), None))
        self.service.offer(entries, proposed.service)
        self.service.picked.connect(self._chosen)
        self.text = ActionText()
        self.text.setPlainText(tr(proposed.text))
        self.text.entered.connect(self.plan)
        self.due = DateField()
        self.due.show_date(proposed.due)
        self.owner = Choose()
        self.owner.offer([(tr("nobody yet"), None), *colleagues(desk.records)], proposed.owner)
        self._build()

    def plan(self) -> None:
        """Note the action; what is missing is said and the form stays."""
        text = self.text.toPlainText().strip()
        typed = self.due.text().strip()
        due = parse_date(typed)
        wrong = bool(typed) and due is None
        set_property(self.due, "wrong", wrong)
        self.problem.setVisible(wrong or not text)
        if wrong:
            self.problem.setText(tr("A date is written year-month-day, such as 2026-10-14."))
            self.due.setFocus()
        elif not text:
            self.problem.setText(tr("Say what is to be done."))
            self.text.setFocus()
        else:
            chosen = self.owner.chosen
            owner = None if chosen is None else PersonId(str(chosen))
            plan_action(self._desk, self._account, text, self.person, due, owner)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter plans it, Escape puts the form away."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        elif event.key() in _ENTER:
            self.plan()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        self.service.setAccessibleName(tr("From the service menu"))
        self.text.setAccessibleName(tr("What is to be done"))
        self.due.setAccessibleName(tr("Due"))
        self.owner.setAccessibleName(tr("Owner"))
        layout.addWidget(self.service)
        layout.addWidget(self.text)
        when = row(gap=6)
        self.due.setFixedWidth(96)
        when.addWidget(self.due)
        when.addWidget(self.owner, 1)
        layout.addLayout(when)
        self.problem = label("warning", wrap=True)
        self.problem.hide()
        layout.addWidget(self.problem)
        buttons = row(gap=6)
        self.done = QPushButton(tr("Plan it"))
        self.done.setProperty("kind", "primary")
        self.done.clicked.connect(self.plan)
        changes_records(self.done)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.clicked.connect(self.ended)
        for button in (self.done, self.cancel):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout.addLayout(buttons)

    def _chosen(self, service: object) -> None:
        taken = service if isinstance(service, Service) else None
        proposed = propose_action(
            self._desk.analysis(self._account), self.person, self._dimension, taken
        )
        self.text.setPlainText(tr(proposed.text))
