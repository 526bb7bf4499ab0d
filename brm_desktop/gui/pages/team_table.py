"""Who of us works on an account, and as what."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QWidget

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    AccountId,
    Organisation,
    OrganisationKind,
    Person,
    TeamFunction,
    TeamMember,
)
from brm_desktop.domain.spelling import in_name_order
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import Choose, ChooseName, words
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import name_of, person_name
from brm_desktop.language import tr


class TeamTable(Table):
    """The team; ``adder`` is the line that brings someone in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._account: AccountId | None = None
        self.model_of: TableModel[TeamMember] = TableModel(
            self._columns(), lambda member: member.id, desk
        )
        super().__init__(self.model_of)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.delete_asked.connect(self._remove)
        self.adder = QWidget()
        across = QHBoxLayout(self.adder)
        across.setContentsMargins(0, 0, 0, 0)
        texts = Texts(self.adder)
        self.who = ChooseName()
        texts.name(self.who, phrase("Colleague"))
        self.function = Choose()
        texts.name(self.function, phrase("Function"))
        self.join = QPushButton()
        texts.bind(self.join.setText, phrase("Add to the team"))
        self.join.clicked.connect(self._joined)
        changes_records(self.join)
        across.addWidget(self.who, 2)
        across.addWidget(self.function, 2)
        across.addWidget(self.join)

    def show_account(self, account: AccountId) -> None:
        """Show an account's team."""
        self._account = account
        records = self._desk.records
        found = records.where(TeamMember, account=account)
        order = list(TeamFunction)
        self.model_of.show_rows(
            sorted(found, key=lambda one: (order.index(one.function), one.employee))
        )
        staff = [
            person
            for ours in records.where(Organisation, kind=OrganisationKind.OWN)
            for person in records.where(Person, organisation=ours.id)
            if person.left_on is None
        ]
        self.who.offer(in_name_order((person_name(one), one.id) for one in staff), self.who.chosen)
        chosen = self.function.chosen or TeamFunction.ACCOUNT_MANAGER
        self.function.offer(words(TeamFunction), chosen)
        self.adder.setEnabled(bool(staff))

    def _columns(self) -> list[Column[TeamMember]]:
        return [
            Column(
                phrase("Colleague"),
                lambda one: name_of(self._desk.records, one.employee),
                bold=True,
                width=200,
            ),
            Column(phrase("Function"), lambda one: tr(one.function), width=220),
            Column(
                phrase("Business line"),
                lambda one: one.business_line,
                change=self._line,
                width=200,
                stretch=True,
            ),
        ]

    def _line(self, one: TeamMember, value: object) -> None:
        self._desk.edit(
            phrase("Change the team"),
            edits.join_team,
            one.account,
            one.employee,
            one.function,
            business_line=str(value).strip(),
        )

    def _joined(self) -> None:
        who, function = self.who.chosen, self.function.chosen
        if self._account is None or who is None or not isinstance(function, TeamFunction):
            return
        person = self._desk.records.get(Person, str(who))
        if person is not None:
            self._desk.edit(
                phrase("{name} joins the team", name=person_name(person)),
                edits.join_team,
                self._account,
                person.id,
                function,
            )

    def _remove(self, keys: list[str]) -> None:
        self._desk.edit(phrase("Change the team"), edits.remove_records, tuple(keys))
