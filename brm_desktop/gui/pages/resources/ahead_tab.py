"""Where a competitor is ahead of us, person by person, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from brm_desktop.domain.ahead import Ahead, by_urgency
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId, PersonId
from brm_desktop.domain.relations_held import AccountRelations
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.sums import held as held_sums
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.inspector.routes_part import first_step_due
from brm_desktop.gui.pages.resources.employees_tab import go_to_person
from brm_desktop.gui.pages.resources.tab import RelationsTab, Whose
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.planning import plan_action
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.list_parts import filter_field, table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.language import listed, number, tr, trn


@dataclass(frozen=True, slots=True)
class _Row:
    """A person somebody is closer to than we are, with names."""

    account: AccountRelations
    ahead: Ahead

    @property
    def key(self) -> str:
        """What the row is known by."""
        return f"{self.ahead.account} {self.ahead.person}"

    @property
    def person(self) -> str:
        """The person's name."""
        return self.account.names[self.ahead.person]


class AheadTab(RelationsTab):
    """A list to work through: who, how far behind we are, and what hangs on it."""

    def __init__(self, desk: Desk, whose: Whose) -> None:
        super().__init__(desk, whose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        self.count = label("quiet", wrap=True)
        self.filter = filter_field(self.texts, phrase("Filter the people"))
        self.plan = QPushButton()
        self.texts.bind(self.plan.setText, phrase("Plan an action"))
        self.plan.clicked.connect(self._plan)
        changes_records(self.plan)
        head = row(gap=12)
        head.addWidget(self.count, 1)
        head.addWidget(self.filter)
        head.addWidget(self.plan)
        layout.addLayout(head)
        self.model: TableModel[_Row] = TableModel(self._columns(), lambda one: one.key, self)
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Where they are ahead of us"))
        explain_cells(self.table, desk)
        self.table.opened.connect(self._go)
        self.table.row_chosen.connect(lambda keys: self.plan.setEnabled(bool(keys)))
        self.filter.textChanged.connect(self.table.filter_by)
        empty = EmptyPage(
            desk.look,
            "competitors",
            phrase("They are ahead of us nowhere"),
            phrase(
                "As far as is known. Note their ties and how close they are on the people's cards."
            ),
        )
        holder = QWidget()
        self.stack = QStackedLayout(holder)
        self.stack.addWidget(table_sheet(self.table))
        self.stack.addWidget(empty)
        layout.addWidget(holder, 1)
        self.texts.again(self.model.retell)
        self.plan.setEnabled(False)

    def focus_first(self) -> None:
        """Give the keys to the list."""
        self.table.setFocus()

    def refresh(self) -> None:
        """List what is known so far."""
        by_account = {one.account: one for one in self.gathering.held}
        found = by_urgency(
            ahead
            for account in by_account.values()
            for ahead in account.ahead
            if ahead.organisation == self.whose.organisation
        )
        rows = [_Row(by_account[ahead.account], ahead) for ahead in found]
        self.model.show_rows(rows)
        self.stack.setCurrentIndex(1 if not rows and self.gathering.settled else 0)
        capped = sum(1 for one in found if any(chain.caps for chain in one.chains))
        said = trn(
            "{company} is ahead of us with {n} person",
            "{company} is ahead of us with {n} people",
            len(rows),
            company=self.company,
        )
        held_down = trn("{n} holds a chain down", "{n} hold chains down", capped)
        self.count.setText(f"{said} · {held_down}" if capped else said)
        self.filter.setVisible(bool(rows))
        self.plan.setVisible(bool(rows))

    def _row(self, key: str) -> _Row:
        return next(one for one in self.model.rows if one.key == key)

    def _go(self, key: str) -> None:
        ahead = self._row(key).ahead
        if ahead.chains:
            place = Place(Page.ACCOUNT, ahead.account, Tab.CHAINS, ahead.chains[0].project)
            self.desk.go(place)
        else:
            go_to_person(self.desk, ahead.account, ahead.person)

    def _plan(self) -> None:
        chosen = self.table.keys()
        for key in chosen:
            found = self._row(key)
            account, person = AccountId(found.ahead.account), PersonId(found.ahead.person)
            self.desk.session.open_account(account)
            text = tr(
                "Catch up with {company} at {name}: {ours} against {theirs}",
                company=self.company,
                name=found.person,
                ours=found.ahead.ours if found.ahead.ours is not None else "–",
                theirs=found.ahead.theirs,
            )
            owner = self.desk.session.settings.user
            plan_action(self.desk, account, text, person, first_step_due(self.desk), owner)

    def _columns(self) -> list[Column[_Row]]:
        return [
            Column(
                phrase("Person"),
                lambda one: f"{one.person}  ●" if one.ahead.crucial else one.person,
                sort=lambda one: one.person,
                colour=self._crucial,
                bold=True,
                width=130,
            ),
            Column(phrase("Account"), lambda one: one.account.name, width=150),
            _figure(phrase("Importance"), lambda one: one.ahead.weight),
            _figure(phrase("Ours"), lambda one: one.ahead.ours),
            _figure(phrase("Theirs"), lambda one: one.ahead.theirs),
            Column(
                phrase("Lead"),
                lambda one: f"+{one.ahead.lead}",
                sort=lambda one: one.ahead.lead,
                why=self._why,
                colour=lambda _one: self.desk.look.text_colour("weak"),
                right=True,
                bold=True,
                width=72,
            ),
            Column(phrase("Open chains"), _chains, width=220, stretch=True),
        ]

    def _why(self, one: _Row) -> Explanation:
        return held_sums.lead(one.account, one.ahead, self.desk.session.settings.rules)

    def _crucial(self, one: _Row) -> QColor | None:
        return self.desk.look.text_colour("crucial") if one.ahead.crucial else None


def _figure(title: Phrase, of: Callable[[_Row], int | None]) -> Column[_Row]:
    return Column(
        title,
        lambda one: "–" if of(one) is None else number(of(one)),
        sort=of,
        right=True,
        width=104,
    )


def _chains(one: _Row) -> str:
    said = []
    for chain in one.ahead.chains:
        odds = "–" if chain.odds is None else str(half_up(chain.odds))
        text = tr("{name}: odds {odds}", name=chain.name, odds=odds)
        capped = tr("{text} ({note})", text=text, note=tr("capped by this"))
        said.append(capped if chain.caps else text)
    return listed(said)
