"""What the team agreed each of them contributed to an account: shares that add to a hundred."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from brm_desktop.domain import edits
from brm_desktop.domain.contributions import WHOLE, shares_of, suggested_shares
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Contribution,
    Person,
    PersonId,
    TeamFunction,
    TeamMember,
)
from brm_desktop.domain.sums import resources as sums
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.pages.resources.employees_tab import go_to_person
from brm_desktop.gui.pages.resources.matrix_tab import AccountTab
from brm_desktop.gui.pages.resources.tab import Whose
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import label, row
from brm_desktop.gui.widgets.list_parts import add_button, table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import name_of, person_name
from brm_desktop.language import listed, number, tr

_HISTORY_LINES = 400


@dataclass(frozen=True, slots=True)
class _Share:
    """A colleague, what he does on the team, his resource score, and his share so far."""

    person: Person
    functions: tuple[TeamFunction, ...]
    score: Fraction
    share: int


class ContributionTab(AccountTab):
    """Shares are typed here and entered together; nothing is counted behind anyone's back."""

    def __init__(self, desk: Desk, whose: Whose) -> None:
        super().__init__(desk, whose)
        self._typed: dict[PersonId, int] | None = None
        self._of: AccountId | None = None
        self.account.picked.connect(self._begin_again)
        self.suggest = QPushButton()
        self.texts.bind(self.suggest.setText, phrase("Suggest from resource scores"))
        self.suggest.clicked.connect(self._suggest)
        self.enter = add_button(self.texts, phrase("Enter what was agreed"))
        self.enter.clicked.connect(self._enter)
        changes_records(self.enter)
        self.total = label("big")
        self.said = label("quiet", wrap=True)
        self.who = label("quiet", wrap=True)
        self.model: TableModel[_Share] = TableModel(
            self._columns(), lambda one: one.person.id, self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Shares of the contribution"))
        explain_cells(self.table, desk, self._go)
        self._lay_out()
        self.texts.again(self.model.retell)

    def focus_first(self) -> None:
        """Give the keys to the shares."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Show what is agreed, or what is being typed."""
        account = self.opened_account()
        if account != self._of:
            self._of, self._typed = account, None
        rows = [] if account is None else self._rows(account)
        self.model.show_rows(rows)
        self.show_sheet(filled=account is None or bool(rows))
        for part in (self.suggest, self.enter, self.total, self.said):
            part.setVisible(self.account.account is not None)
        total = sum(one.share for one in rows)
        self.total.setText(f"{total}%")
        self.said.setText(self._says(total))
        self.who.setText("" if account is None else self._told(account))
        self.enter.setEnabled(self._typed is not None)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        head = row(gap=12)
        head.addWidget(self.account)
        head.addWidget(self.who, 1)
        head.addWidget(self.suggest)
        head.addWidget(self.enter)
        layout.addLayout(head)
        sum_line = row(gap=16)
        sum_line.addWidget(self.total)
        sum_line.addWidget(self.said, 1)
        layout.addLayout(sum_line)
        empty = EmptyPage(
            self.desk.look,
            "colleagues",
            phrase("Nobody to share it yet"),
            phrase("Add colleagues on the tab “People”, or a team on the account's plan."),
        )
        layout.addWidget(self.lay_sheets(table_sheet(self.table), empty), 1)

    def _rows(self, account: AccountId) -> list[_Share]:
        records = self.desk.records
        shares = shares_of(records, account) if self._typed is None else self._typed
        functions: dict[PersonId, list[TeamFunction]] = {}
        for member in records.where(TeamMember, account=account):
            functions.setdefault(member.employee, []).append(member.function)
        found = []
        for one in self.desk.session.analysis(account).resources():
            person = records.one(Person, one.employee)
            does = tuple(functions.get(one.employee, ()))
            found.append(_Share(person, does, one.score, shares.get(one.employee, 0)))
        return sorted(found, key=lambda one: (not one.share, not one.functions, -one.score))

    def _says(self, total: int) -> str:
        if total == WHOLE:
            if self._typed is not None:
                return tr("The shares add to 100%; they are not entered yet.")
            return tr("The shares add to 100%.")
        if total == 0 and self._typed is None:
            return tr("Nothing is agreed yet: type a share for each who contributed.")
        missing = WHOLE - total
        if missing > 0:
            return tr("{n}% are still missing to 100%.", n=missing)
        return tr("{n}% too many: the shares must add to 100%.", n=-missing)

    def _told(self, account: AccountId) -> str:
        """Who leads the team, and who entered what holds now."""
        records = self.desk.records
        leads = [
            name_of(records, one.employee)
            for one in records.where(TeamMember, account=account)
            if one.function is TeamFunction.ACCOUNT_LEAD
        ]
        owner = records.one(Account, account).owner
        if not leads and owner is not None:
            leads = [name_of(records, owner)]
        parts = [tr("The leader enters it: {names}", names=listed(leads))] if leads else []
        lines = self.desk.session.history(account=account, limit=_HISTORY_LINES)
        last = next((one for one in lines if one.kind is Contribution), None)
        if last is not None:
            by = last.author_name or tr("someone")
            parts.append(tr("last entered by {name} on {date}", name=by, date=last.when.date()))
        return " · ".join(parts)

    def _begin_again(self) -> None:
        self._typed = None
        self.ask_refresh()

    def _suggest(self) -> None:
        scores = {one.person.id: one.score for one in self.model.rows if one.functions}
        found = suggested_shares(scores)
        if not found:
            found = suggested_shares({one.person.id: one.score for one in self.model.rows})
        if not found:
            self.desk.messages.say(phrase("Nobody of us has a tie to a key person there yet."))
            return
        self._typed = found
        self.refresh()
        self.table.setFocus()

    def _type(self, one: _Share, value: object) -> None:
        text = str(value).strip().rstrip("%％").strip()
        if text and not (text.isdecimal() and int(text) <= WHOLE):
            self.desk.messages.warn(
                phrase("“{typed}” is no share: write a whole number from 0 to 100.", typed=text)
            )
            return
        shares = {row.person.id: row.share for row in self.model.rows}
        self._typed = {**shares, one.person.id: int(text or 0)}
        self.ask_refresh()

    def _enter(self) -> None:
        account, shares = self._of, self._typed
        if account is None or shares is None:
            return
        name = phrase("Agree on the contribution to {account}", account=self.account.currentText())
        if self.desk.edit(name, edits.agree_contribution, account, shares) is not None:
            self._typed = None
            self.ask_refresh()

    def _go(self, person: PersonId) -> None:
        if self._of is not None:
            go_to_person(self.desk, self._of, person)

    def _why(self, one: _Share) -> Explanation | None:
        if self._of is None:
            return None
        return sums.employee(self.desk.session.analysis(self._of), one.person.id)

    def _columns(self) -> list[Column[_Share]]:
        return [
            Column(
                phrase("Name"),
                lambda one: person_name(one.person),
                bold=True,
                width=160,
                stretch=True,
            ),
            Column(
                phrase("On the team as"),
                lambda one: listed(tr(function) for function in one.functions),
                width=220,
            ),
            Column(
                phrase("Resource score"),
                lambda one: number(one.score, 1),
                sort=lambda one: one.score,
                why=self._why,
                right=True,
                width=128,
            ),
            Column(
                phrase("Share"),
                lambda one: f"{one.share}%" if one.share else "",
                change=self._type,
                sort=lambda one: one.share,
                right=True,
                bold=True,
                width=112,
            ),
        ]
