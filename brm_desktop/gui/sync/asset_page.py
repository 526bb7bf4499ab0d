"""The company's asset as a report: who contributed, and how complete and sure each account is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QTabBar, QVBoxLayout

from brm_desktop.domain.account_sides import BandCounts
from brm_desktop.domain.asset_report import (
    AccountInAsset,
    AssetReport,
    Contributor,
    SellerInAsset,
)
from brm_desktop.domain.completeness import Completeness
from brm_desktop.domain.membership import SiteRole
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.scores import Band
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.style_sheet import readable
from brm_desktop.gui.sync.tabbed import Tabbed
from brm_desktop.gui.widgets.frames import ElidedLabel, label, panel, row
from brm_desktop.gui.widgets.list_parts import table_sheet
from brm_desktop.gui.widgets.table import Column, Table, TableModel
from brm_desktop.gui.words import BAND_TOKENS
from brm_desktop.language import day, number, percent, tr

R = TypeVar("R")


class AssetPage(DeskPage):
    """The numbers of the whole, and tables of accounts, sellers and contributors."""

    look_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._report: AssetReport | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        head = row(gap=8)
        self.place = ElidedLabel("quiet")
        head.addWidget(self.place, 1)
        self.look = QPushButton()
        self.look.setProperty("kind", "primary")
        self.texts.bind(self.look.setText, phrase("Look at it, read only"))
        self.look.clicked.connect(self.look_asked)
        head.addWidget(self.look)
        layout.addLayout(head)
        layout.addWidget(self._numbers())
        self.accounts: TableModel[AccountInAsset] = TableModel(
            self._account_columns(), lambda one: one.account, self
        )
        self.sellers: TableModel[SellerInAsset] = TableModel(
            _seller_columns(), lambda one: one.seller or "", self
        )
        self.contributors: TableModel[Contributor] = TableModel(
            _contributor_columns(), lambda one: one.site, self
        )
        self.tabs = Tabbed(self.texts, phrase("The shared asset"))
        self.table = Table(self.accounts)
        for title, table in (
            (phrase("Accounts"), self.table),
            (phrase("Sellers"), Table(self.sellers)),
            (phrase("Contributors"), Table(self.contributors)),
        ):
            self.texts.name(table, title)
            self.tabs.add(title, table_sheet(table))
        layout.addWidget(self.tabs, 1)
        for model in (self.accounts, self.sellers, self.contributors):
            self.texts.again(model.retell)

    @property
    def bar(self) -> QTabBar:
        """The tabs."""
        return self.tabs.bar

    def focus_first(self) -> None:
        """Give the keys to the accounts."""
        self.table.setFocus()

    def show_report(self, address: str, report: AssetReport) -> None:
        """Show the report of an asset."""
        self._report = report
        self.place.setText(address)
        self.refresh()

    def refresh(self) -> None:
        """Show the report there is."""
        report = self._report
        if report is None:
            return
        self.accounts.show_rows(report.accounts)
        self.sellers.show_rows(report.sellers)
        self.contributors.show_rows(report.contributors)
        whole = report.completeness
        self._figures["index"].setText(_share(whole.index))
        self._figures["completeness"].setText(_share(whole.completeness))
        self._figures["accuracy"].setText(_share(whole.accuracy))
        self._figures["accounts"].setText(_bands(report.bands))
        self._figures["people"].setText(_bands(report.persons))

    def _numbers(self) -> QFrame:
        sheet = panel()
        across = row(margin=16, gap=32)
        sheet.setLayout(across)
        self._figures: dict[str, QLabel] = {}
        for name, title, role in (
            ("index", phrase("Index of the company"), "big"),
            ("completeness", phrase("Complete"), "title"),
            ("accuracy", phrase("Confirmed and fresh"), "title"),
            ("accounts", phrase("Accounts: strong, medium, weak, unscored"), "title"),
            ("people", phrase("Key persons: strong, medium, weak, unscored"), "title"),
        ):
            column = QVBoxLayout()
            column.setSpacing(4)
            said = label("small")
            self.texts.bind(said.setText, title)
            figure = label(role)
            self.texts.name(figure, title)
            column.addStretch(1)
            column.addWidget(figure)
            column.addWidget(said)
            across.addLayout(column)
            self._figures[name] = figure
        across.addStretch(1)
        return sheet

    def _account_columns(self) -> list[Column[AccountInAsset]]:
        return [
            Column(phrase("Account"), lambda one: one.name, bold=True, width=220, stretch=True),
            Column(phrase("Seller"), lambda one: one.seller_name or tr("nobody yet"), width=110),
            *_index_columns(lambda one: one.completeness),
            Column(phrase("Band"), lambda one: tr(one.band), colour=self._band_colour, width=90),
            Column(
                phrase("Key persons"),
                lambda one: _bands(one.persons),
                sort=lambda one: one.persons.strong,
                width=130,
            ),
        ]

    def _band_colour(self, one: AccountInAsset) -> QColor | None:
        if one.band is Band.UNSCORED:
            return None
        theme = self.desk.look.theme
        tint = str(getattr(theme, BAND_TOKENS[one.band]))
        return QColor(readable(tint, theme.panel, theme.ink))


def _index_columns(of: Callable[[R], Completeness]) -> list[Column[R]]:
    """Completeness, accuracy and the index that is made of them."""

    def share(title: Phrase, pick: Callable[[Completeness], Fraction | None]) -> Column[R]:
        return Column(
            title,
            lambda one: _share(pick(of(one))),
            sort=lambda one: pick(of(one)),
            right=True,
            width=112,
        )

    return [
        share(phrase("Complete"), lambda found: found.completeness),
        share(phrase("Confirmed"), lambda found: found.accuracy),
        share(phrase("Index"), lambda found: found.index),
    ]


def _seller_columns() -> list[Column[SellerInAsset]]:
    return [
        Column(
            phrase("Seller"),
            lambda one: one.name or tr("nobody yet"),
            bold=True,
            width=220,
            stretch=True,
        ),
        Column(
            phrase("Accounts"),
            lambda one: number(one.accounts),
            sort=lambda one: one.accounts,
            right=True,
            width=112,
        ),
        *_index_columns(_of_seller),
    ]


def _of_seller(one: SellerInAsset) -> Completeness:
    return one.completeness


def _contributor_columns() -> list[Column[Contributor]]:
    return [
        Column(phrase("Contributor"), lambda one: one.rep, bold=True, width=180, stretch=True),
        Column(phrase("Role"), lambda one: role_said(one.role), width=130),
        Column(phrase("Team"), lambda one: one.team or tr("no team"), width=180),
        Column(
            phrase("Records shared"),
            lambda one: number(one.records),
            sort=lambda one: one.records,
            right=True,
            width=130,
        ),
        Column(
            phrase("Not taken"),
            lambda one: number(one.waiting) if one.waiting else "",
            sort=lambda one: one.waiting,
            right=True,
            width=110,
        ),
        Column(phrase("Last heard of"), _heard, sort=lambda one: one.last_at or 0, width=150),
    ]


def role_said(role: str) -> str:
    """A role in the company in the language in use."""
    found = next((one for one in SiteRole if one.value == role), None)
    return role if found is None else tr(found)


def _heard(one: Contributor) -> str:
    if one.revoked:
        return tr("revoked")
    if one.last_at is None:
        return tr("never heard of")
    return day(datetime.fromtimestamp(one.last_at / 1000, UTC).astimezone().date())


def _share(value: Fraction | None) -> str:
    return "–" if value is None else percent(value)


def _bands(counts: BandCounts) -> str:
    return f"{counts.strong} / {counts.medium} / {counts.weak} / {counts.unscored}"
