"""The employee view: who brings what, whom he reaches directly and by one insider."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from brm_desktop.domain.company import EmployeeTotal, employee_totals
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId, Person, PersonId
from brm_desktop.domain.relations_held import AccountRelations, Direct, Indirect
from brm_desktop.domain.sides import own_employees, people_of
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.domain.sums.resources import employee_total
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.pages.resources.gathering import Gathering
from brm_desktop.gui.pages.resources.tab import ChooseAccount, RelationsTab, Whose
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import person_name
from brm_desktop.language import listed, number, tr, trn


@dataclass(frozen=True, slots=True)
class _Employee:
    """A line of the list."""

    person: Person
    total: EmployeeTotal


@dataclass(frozen=True, slots=True)
class _Reached:
    """A key person somebody reaches, directly or through somebody."""

    account: AccountRelations
    person: PersonId
    weight: int
    closeness: int | None
    wanted: int | None
    through: tuple[PersonId, ...]


class EmployeesTab(RelationsTab):
    """Employees with their resource scores; the one chosen, with whom he reaches."""

    def __init__(self, desk: Desk, whose: Whose) -> None:
        super().__init__(desk, whose)
        self._people: dict[PersonId, Person] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        self.account = ChooseAccount(self, everywhere=True)
        self.account.picked.connect(self.ask_refresh)
        self.match = label("quiet", wrap=True)
        head = row(gap=12)
        head.addWidget(self.account)
        head.addWidget(self.match, 1)
        layout.addLayout(head)
        self.model: TableModel[_Employee] = TableModel(
            self._columns(), lambda one: one.person.id, self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Employees by resource score"))
        explain_cells(self.table, desk, partial(go_to_key_person, desk, self.gathering))
        self.table.row_chosen.connect(lambda _keys: self._show_reached())
        self.reached: TableModel[_Reached] = TableModel(
            self._reached_columns(), lambda one: f"{one.account.account} {one.person}", self
        )
        self.people = Table(self.reached)
        self.texts.name(self.people, phrase("Key persons within reach"))
        self.people.opened.connect(self._go)
        self.said = label("name")
        empty = EmptyPage(
            desk.look,
            "colleagues",
            phrase("Nobody yet"),
            phrase("Add people on the tab “People”; their ties to key persons are counted here."),
        )
        holder = QWidget()
        self.stack = QStackedLayout(holder)
        self.stack.addWidget(self._split())
        self.stack.addWidget(empty)
        layout.addWidget(holder, 1)
        self.texts.again(self.model.retell)
        self.texts.again(self.reached.retell)

    def _split(self) -> QSplitter:
        """The employees, and below them whom the chosen one reaches."""
        below = QWidget()
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 8, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.said)
        inside.addWidget(table_sheet(self.people), 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(8)
        split.setChildrenCollapsible(False)
        split.addWidget(table_sheet(self.table))
        split.addWidget(below)
        split.setSizes([300, 320])
        return split

    def focus_first(self) -> None:
        """Give the keys to the employees."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Sum up over the accounts known so far, or the one chosen."""
        records, today = self.desk.records, self.desk.session.today()
        held = self.gathering.held
        self.account.offer_accounts([(one.name, one.account) for one in held])
        only = self.account.account
        if only is not None:
            held = tuple(one for one in held if one.account == only)
        there = own_employees(records, today)
        if not self.whose.ours and self.whose.organisation is not None:
            there = people_of(records, self.whose.organisation, today)
        self._people = {person.id: person for person in there}
        self._say_match(held[0] if only is not None and held else None)
        work = partial(employee_totals, held, list(self._people), self.whose.organisation)
        self.working.ask(work, self._show)

    def _show(self, totals: tuple[EmployeeTotal, ...]) -> None:
        rows = [
            _Employee(self._people[t.employee], t) for t in totals if t.employee in self._people
        ]
        before = self.table.keys()
        self.model.show_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        if before:
            self.table.choose(before)
        elif rows:
            self.table.choose([rows[0].person.id])
        self._show_reached()

    def _say_match(self, account: AccountRelations | None) -> None:
        if account is None or not self.whose.ours:
            self.match.setText("")
            return
        team = account.team
        if team.owner is None:
            self.match.setText(tr("None of us has a tie there yet."))
            return
        owner = person_name(self._people.get(team.owner))
        said = tr("Should own it: {name}", name=owner)
        if team.join:
            names = listed(person_name(self._people.get(one)) for one in team.join)
            said = f"{said} · {tr('should join: {names}', names=names)}"
        self.match.setText(said)

    def _show_reached(self) -> None:
        keys = self.table.keys()
        row = next((one for one in self.model.rows if one.person.id in keys), None)
        found: list[_Reached] = []
        for account, there in row.total.there if row else ():
            found += [_direct(account, one) for one in there.direct]
            found += [_indirect(account, one) for one in there.one_insider]
        self.reached.show_rows(found)
        if row is None:
            self.said.setText("")
            return
        name, n = person_name(row.person), row.total.direct
        direct = trn("{n} key person directly", "{n} key persons directly", n)
        by_one = trn("{n} by one insider", "{n} by one insider", row.total.one_insider)
        self.said.setText(
            tr("{name} reaches {direct}, {by_one}", name=name, direct=direct, by_one=by_one)
        )

    def _go(self, key: str) -> None:
        row = next(one for one in self.reached.rows if f"{one.account.account} {one.person}" == key)
        go_to_person(self.desk, row.account.account, row.person)

    def _why(self, one: _Employee) -> Explanation:
        rules = self.desk.session.settings.rules
        return employee_total(one.total, person_name(one.person), rules)

    def _columns(self) -> list[Column[_Employee]]:
        def count(title: Phrase, of: str, width: int) -> Column[_Employee]:
            return Column(
                title,
                lambda one: number(getattr(one.total, of)),
                sort=lambda one: getattr(one.total, of),
                right=True,
                width=width,
            )

        return [
            count(phrase("Rank"), "rank", 72),
            Column(
                phrase("Name"),
                lambda one: person_name(one.person),
                bold=True,
                width=160,
                stretch=True,
            ),
            Column(
                phrase("Sales"),
                lambda one: tr("no") if one.person.non_sales else tr("yes"),
                width=72,
            ),
            Column(
                phrase("Resource score"),
                lambda one: number(one.total.score, 1),
                sort=lambda one: one.total.score,
                why=self._why,
                right=True,
                width=128,
            ),
            count(phrase("Directly"), "direct", 96),
            count(phrase("By one insider"), "one_insider", 136),
        ]

    def _reached_columns(self) -> list[Column[_Reached]]:
        def level(title: Phrase, of: str, width: int = 84) -> Column[_Reached]:
            return Column(
                title,
                lambda one: "" if getattr(one, of) is None else number(getattr(one, of)),
                sort=lambda one: getattr(one, of),
                right=True,
                width=width,
            )

        return [
            Column(
                phrase("Key person"),
                lambda one: one.account.names[one.person],
                bold=True,
                width=150,
                stretch=True,
            ),
            Column(phrase("Account"), lambda one: one.account.name, width=170),
            level(phrase("Importance"), "weight", 108),
            level(phrase("Now"), "closeness"),
            level(phrase("Wanted"), "wanted"),
            Column(
                phrase("Through"),
                lambda one: (
                    listed(one.account.names[p] for p in one.through)
                    if one.through
                    else tr("directly")
                ),
                width=180,
            ),
        ]


def go_to_person(desk: Desk, account: AccountId, person: PersonId) -> None:
    """Open an account's map and show somebody on it, once the map is that account's."""

    def select() -> None:
        if desk.is_open and desk.place.account == account and desk.records.get(Person, person):
            desk.show_person(person)

    def arrived(_place: Place) -> None:
        desk.arrived.disconnect(arrived)
        QTimer.singleShot(0, desk, select)

    desk.arrived.connect(arrived)
    desk.go(Place(Page.ACCOUNT, account))


def go_to_key_person(desk: Desk, gathering: Gathering, person: PersonId) -> None:
    """Go to a key person of whichever account has him."""
    for one in gathering.held:
        if person in one.weights:
            go_to_person(desk, one.account, person)
            return


def _direct(account: AccountRelations, one: Direct) -> _Reached:
    weight = account.weights[one.person]
    return _Reached(account, one.person, weight, one.closeness, one.wanted, ())


def _indirect(account: AccountRelations, one: Indirect) -> _Reached:
    return _Reached(account, one.person, account.weights[one.person], None, None, one.through)
