"""The company view: one score, how many stand how well, the trend, and every account's part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QStackedLayout, QVBoxLayout

from brm_desktop.domain.company import UNKNOWN_REST, AccountPart, CompanyView, company_view, folded
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Money, OrganisationId, Snapshot
from brm_desktop.domain.relations_held import AccountRelations
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band
from brm_desktop.domain.snapshots import TrendMonth, month_of, trend_of
from brm_desktop.domain.sums import held as held_sums
from brm_desktop.domain.sums import resources as sums
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.domain.sums.together import account_bands
from brm_desktop.gui.desk import Desk, Page, Place
from brm_desktop.gui.explaining import explain_cells
from brm_desktop.gui.pages.resources.employees_tab import go_to_key_person
from brm_desktop.gui.pages.resources.tab import RelationsTab, Whose
from brm_desktop.gui.pages.resources.trend_panel import TrendPanel
from brm_desktop.gui.widgets.empty import EmptyPage
from brm_desktop.gui.widgets.frames import column, label, panel, row
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.popover import SumButton
from brm_desktop.gui.widgets.table import KEY_ROLE, Column, Table, TableModel
from brm_desktop.gui.words import BAND_TOKENS, capital, money_order
from brm_desktop.language import money, number, percent, tr, trn
from brm_desktop.session.snapshots import own_company

_Part = tuple[str, Fraction | None, Money | None]
_BANDS = (Band.STRONG, Band.MEDIUM, Band.WEAK, Band.UNSCORED)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the tab says, computed off the window's thread."""

    view: CompanyView
    trend: tuple[TrendMonth, ...]


def no_account(desk: Desk) -> EmptyPage:
    """What a tab about accounts shows where there is none."""
    made = EmptyPage(
        desk.look,
        "accounts",
        phrase("No account yet"),
        phrase("Add an account and assess its people; what it brings is shown here."),
    )
    made.button(phrase("Go to accounts"), primary=True).clicked.connect(
        lambda: desk.go(Place(Page.ACCOUNTS))
    )
    return made


class CompanyTab(RelationsTab):
    """How we, or a competitor, stand with all customers together."""

    def __init__(self, desk: Desk, whose: Whose) -> None:
        super().__init__(desk, whose)
        self._go = partial(go_to_key_person, desk, self.gathering)
        self._unknown = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        top = row(gap=12)
        top.addWidget(self._score_panel())
        trend = panel()
        inside = QVBoxLayout(trend)
        inside.setContentsMargins(16, 16, 16, 12)
        self.trend = TrendPanel(desk)
        inside.addWidget(self.trend)
        inside.addStretch(1)
        top.addWidget(trend, 1)
        layout.addLayout(top)
        self.model: TableModel[AccountPart] = TableModel(
            self._columns(), lambda part: part.account, self
        )
        self.table = Table(self.model)
        self.texts.name(self.table, phrase("Accounts by their part in the score"))
        explain_cells(self.table, desk, self._go)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(lambda index: self._open(str(index.data(KEY_ROLE))))
        empty = no_account(desk)
        self.stack = QStackedLayout()
        layout.addLayout(self.stack, 1)
        self.stack.addWidget(table_sheet(self.table))
        self.stack.addWidget(empty)
        self.texts.again(self.model.retell)

    def focus_first(self) -> None:
        """Give the keys to the list of accounts."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Compute the view from what is known so far."""
        records = self.desk.records
        subject = own_company(records) if self.whose.ours else self.whose.organisation
        kept = records.where(Snapshot, subject=subject)
        work = partial(
            _computed,
            self.gathering.held,
            kept,
            self.desk.session.settings.rules,
            self.whose.organisation,
            self.desk.session.today(),
        )
        self.working.ask(work, self._show)

    def _score_panel(self) -> QFrame:
        sheet = panel()
        sheet.setFixedWidth(296)
        inside = column(margin=16, gap=4)
        sheet.setLayout(inside)
        self.title = label("section", wrap=True)
        self.score = SumButton(self.desk.look, "big", self._go)
        self.basis = label("small", wrap=True)
        inside.addWidget(self.title)
        inside.addWidget(self.score, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.basis)
        inside.addSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        heads = (phrase("key persons"), phrase("accounts"))
        for place, head in enumerate(heads, start=1):
            made = label("small")
            self.texts.bind(made.setText, head)
            grid.addWidget(made, 0, place, Qt.AlignmentFlag.AlignRight)
        self._signs: dict[Band, QLabel] = {}
        self._counts: dict[tuple[Band, int], SumButton] = {}
        for place, band in enumerate(_BANDS, start=1):
            sign = label("plain")
            self._signs[band] = sign
            grid.addWidget(sign, place, 0)
            for side in (1, 2):
                count = SumButton(self.desk.look, "points", self._go)
                self._counts[band, side] = count
                grid.addWidget(count, place, side, Qt.AlignmentFlag.AlignRight)
        inside.addLayout(grid)
        inside.addStretch(1)
        return sheet

    def _show(self, shown: _Shown) -> None:
        view = shown.view
        score = view.score
        said = "–" if score.value is None else str(half_up(score.value))
        accounts = [(part.name, part.value, part.spend) for part in view.parts]
        rules = self.desk.session.settings.rules
        why = partial(sums.company, accounts, rules) if score.value is not None else None
        title = tr("Closeness of all accounts to {company}", company=self.company)
        self.title.setText(title)
        self.score.show_sum(said, title, why)
        self.basis.setText(self._basis(view))
        self._show_counts(view, accounts)
        self.trend.show_months(shown.trend)
        known, self._unknown = view.parts, 0
        if not self.whose.ours:
            known, self._unknown = folded(view.parts)
        self.model.show_rows(known)
        nothing = not view.parts and self.gathering.settled
        self.stack.setCurrentIndex(1 if nothing else 0)

    def _basis(self, view: CompanyView) -> str:
        score = view.score
        known = trn(
            "from {scored} of {n} account ({share})",
            "from {scored} of {n} accounts ({share})",
            score.of,
            scored=score.scored,
            share=percent(score.coverage),
        )
        if score.weighted:
            return f"{known} · {tr('weighted by annual spend')}"
        if view.currencies > 1:
            return f"{known} · {tr('every account alike: spends are in several currencies')}"
        return f"{known} · {tr('every account alike: no annual spend is known')}"

    def _show_counts(self, view: CompanyView, accounts: list[_Part]) -> None:
        rules = self.desk.session.settings.rules
        why_persons = partial(
            held_sums.person_bands, self.gathering.held, rules, self.whose.organisation
        )
        why_accounts = partial(account_bands, accounts, rules)
        for band in _BANDS:
            colour = self.desk.look.text_colour(BAND_TOKENS[band]).name()
            self._signs[band].setText(f"■ {capital(tr(band))}")
            self._signs[band].setStyleSheet(f"color: {colour};")
            persons, of = number(view.persons[band]), number(view.accounts[band])
            named = capital(tr(band))
            self._counts[band, 1].show_sum(persons, f"{named}, {tr('key persons')}", why_persons)
            self._counts[band, 2].show_sum(of, f"{named}, {tr('accounts')}", why_accounts)

    def _name(self, part: AccountPart) -> str:
        if part.account != UNKNOWN_REST:
            return part.name
        return trn(
            "{n} account where nothing is known",
            "{n} accounts where nothing is known",
            self._unknown,
        )

    def _open(self, account: str) -> None:
        if account == UNKNOWN_REST:
            return
        self.desk.go(Place(Page.ACCOUNT, AccountId(account)))

    def _why(self, part: AccountPart) -> Explanation | None:
        found = next((one for one in self.gathering.held if one.account == part.account), None)
        if found is None:
            return None
        rules = self.desk.session.settings.rules
        return held_sums.closeness(found, rules, self.whose.organisation, self.company)

    def _columns(self) -> list[Column[AccountPart]]:
        return [
            Column(phrase("Account"), self._name, bold=True, width=220, stretch=True),
            Column(
                phrase("Closeness"),
                lambda p: tr(Band.UNSCORED) if p.value is None else str(half_up(p.value)),
                sort=lambda p: p.value,
                colour=self._colour,
                why=self._why,
                right=True,
                width=92,
            ),
            Column(
                phrase("Band"),
                lambda p: "" if p.value is None else tr(p.band),
                sort=lambda p: p.value,
                width=84,
            ),
            Column(
                phrase("Since last month"),
                _moved_text,
                sort=_moved,
                colour=self._moved_colour,
                right=True,
                width=152,
            ),
            Column(
                phrase("Coverage"),
                lambda p: tr(
                    "{scored} of {of} · {share}",
                    scored=p.scored,
                    of=p.of,
                    share=percent(p.coverage),
                ),
                sort=lambda p: p.coverage,
                right=True,
                width=128,
            ),
            Column(
                phrase("Annual spend"),
                lambda p: money(p.spend) if p.spend else "–",
                sort=lambda p: money_order(p.spend),
                right=True,
                width=124,
            ),
        ]

    def _colour(self, part: AccountPart) -> QColor:
        return self.desk.look.text_colour(BAND_TOKENS[part.band])

    def _moved_colour(self, part: AccountPart) -> QColor | None:
        moved = _moved(part)
        if not moved:
            return None
        return self.desk.look.text_colour("strong" if moved > 0 else "weak")


def _moved(part: AccountPart) -> int | None:
    """By how many whole points an account's score moved since the last month ended."""
    if part.value is None or part.before is None:
        return None
    return half_up(part.value) - half_up(part.before)


def _moved_text(part: AccountPart) -> str:
    moved = _moved(part)
    if moved is None:
        return tr("new") if part.value is not None else ""
    if moved == 0:
        return "＝"
    return f"▲ {moved}" if moved > 0 else f"▼ {-moved}"


def _computed(
    held: tuple[AccountRelations, ...],
    kept: tuple[Snapshot, ...],
    rules: Rules,
    organisation: OrganisationId | None,
    today: date,
) -> _Shown:
    view = company_view(held, rules, organisation)
    now = TrendMonth(month_of(today), view.score.value, view.persons, view.accounts)
    return _Shown(view, (*trend_of(kept), now))
