"""The account plan of a year: what we want, what we will do, who is in, and the PDF of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountPlan, id_of
from brm_desktop.gui.desk import Desk, Place
from brm_desktop.gui.pages.action_table import ActionTable
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.team_table import TeamTable
from brm_desktop.gui.widgets.fields import NotesField
from brm_desktop.gui.widgets.frames import label, panel, row
from brm_desktop.gui.widgets.table import Table
from brm_desktop.gui.widgets.value_fields import parse_date

_FIELDS = (
    ("goal", phrase("Goal of the year")),
    ("value_proposition", phrase("Value we offer")),
    ("success_factors", phrase("Critical success factors")),
    ("remarks", phrase("Remarks of the manager")),
)


_BELOW_ROWS = 4


class PlanTab(DeskPage):
    """What is written in a plan by hand; the rest of the PDF is computed."""

    export_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.year = QSpinBox()
        self.year.setRange(2000, 2100)
        self.texts.name(self.year, phrase("Year of the plan"))
        self.year.valueChanged.connect(self.ask_refresh)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.setSpacing(10)
        outer.addLayout(self._head())
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 6, 0)
        body.setSpacing(12)
        body.addWidget(self._written())
        body.addWidget(self._actions())
        body.addWidget(self._team())
        body.addStretch(1)
        self.scroller = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.texts.name(scroll, phrase("Plan"))
        scroll.setWidget(holder)
        outer.addWidget(scroll, 1)

    def show_place(self, place: Place) -> None:  # noqa: ARG002
        """Show the plan of another account."""
        self.ask_refresh()

    def focus_first(self) -> None:
        """Give the keys to the actions, to the one that one came for if there is one."""
        self.action_table.setFocus()
        if self.desk.place.about:
            self.action_table.choose([self.desk.place.about])
            self.scroller.ensureWidgetVisible(self.action_table)

    def refresh(self) -> None:
        """Show the plan as it is now."""
        account = self.desk.place.account
        if account is None:
            return
        if self.year.value() == self.year.minimum():
            self.year.setValue(self.desk.session.today().year)
            return
        key = id_of(AccountPlan, account, self.year.value())
        plan = self.desk.records.get(AccountPlan, key)
        for name, editor in self.fields.items():
            editor.show_text("" if plan is None else str(getattr(plan, name)))
        self.action_table.show_account(account)
        self.team_table.show_account(account)

    def _head(self) -> QHBoxLayout:
        head = row(gap=10)
        title = label("name")
        self.texts.bind(title.setText, phrase("Account plan"))
        self.export = QPushButton()
        self.export.setProperty("kind", "primary")
        self.texts.bind(self.export.setText, phrase("Export as PDF…"))
        self.export.clicked.connect(self.export_asked)
        head.addWidget(title)
        head.addWidget(self.year)
        head.addStretch(1)
        head.addWidget(self.export)
        return head

    def _written(self) -> QWidget:
        sheet = panel()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(16, 12, 16, 14)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self.fields: dict[str, NotesField] = {}
        for place, (name, title) in enumerate(_FIELDS):
            heading = label("section")
            self.texts.bind(heading.setText, title)
            editor = NotesField()
            self.texts.name(editor, title)
            editor.edited.connect(lambda text, field=name: self._revise(**{field: text}))
            self.fields[name] = editor
            line, side = divmod(place, 2)
            grid.addWidget(heading, 2 * line, side)
            grid.addWidget(editor, 2 * line + 1, side)
        return sheet

    def _actions(self) -> QWidget:
        self.action_table = ActionTable(self.desk)
        self.new_action = QLineEdit()
        self.texts.bind(
            self.new_action.setPlaceholderText,
            phrase("New action; Enter adds it. A date at its end (2026-12-01) is when it is due."),
        )
        self.texts.name(self.new_action, phrase("New action"))
        self.new_action.returnPressed.connect(self._add_action)
        return self._sheet(phrase("Actions"), self.action_table, self.new_action)

    def _team(self) -> QWidget:
        self.team_table = TeamTable(self.desk)
        return self._sheet(phrase("Team"), self.team_table, self.team_table.adder)

    def _sheet(self, title: Phrase, table: Table, foot: QWidget) -> QWidget:
        sheet = panel()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(8, 10, 8, 10)
        inside.setSpacing(6)
        heading = label("section")
        heading.setContentsMargins(8, 0, 0, 0)
        self.texts.bind(heading.setText, title)
        self.texts.name(table, title)
        _grow_with_rows(table)
        inside.addWidget(heading)
        inside.addWidget(table)
        inside.addWidget(foot)
        return sheet

    def _add_action(self) -> None:
        account, text = self.desk.place.account, self.new_action.text().strip()
        if account is None or not text:
            return
        words, _, last = text.rpartition(" ")
        due = parse_date(last) if words else None
        done = self.desk.edit(
            phrase("Plan: {action}", action=words if due else text),
            edits.add_action,
            account,
            words if due else text,
            owner=self.desk.session.settings.user,
            due=due,
        )
        if done:
            self.new_action.clear()

    def _revise(self, **fields: object) -> None:
        account = self.desk.place.account
        if account is not None:
            self.desk.edit(
                phrase("Change the plan of {year}", year=self.year.value()),
                edits.set_plan,
                account,
                self.year.value(),
                **fields,
            )


def _grow_with_rows(table: Table) -> None:
    """Keep a table as tall as its rows: the page scrolls, never the table."""
    model, rows = table.model(), table.verticalHeader()

    def fit() -> None:
        head = table.horizontalHeader().sizeHint().height()
        body = max(1, model.rowCount()) * rows.defaultSectionSize()
        table.setFixedHeight(head + body + 2 * table.frameWidth() + _BELOW_ROWS)

    for told in (model.modelReset, model.rowsInserted, model.rowsRemoved):
        told.connect(fit)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    fit()
