"""The accounts page as the portfolio: ranked, sorted, filtered, and edited in place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from windowing import Windows, press, rest

from brm_desktop.domain import edits
from brm_desktop.domain.cadence import REVIEWED
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, ScreeningVerdict, Tier
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.accounts_page import AccountsPage
from brm_desktop.gui.portfolio.columns import AccountRow
from brm_desktop.gui.portfolio.gathering import portfolio_gathering_of
from brm_desktop.gui.portfolio.views import View
from brm_desktop.gui.widgets.popover import Popover

Key = Qt.Key


@pytest.fixture
def page(sample: MainWindow, windows: Windows, qtbot: QtBot) -> AccountsPage:
    """The page with everything computed."""
    windows.go(sample, Place(Page.ACCOUNTS))
    page = sample.navigation.accounts
    qtbot.waitUntil(lambda: bool(page.model.rows) and page.model.rows[0].ranked, timeout=20_000)
    return page


def names(page: AccountsPage) -> list[str]:
    return [one.line.name for one in page.model.rows]


def row(page: AccountsPage, name: str) -> AccountRow:
    return next(one for one in page.model.rows if one.line.name == name)


def column(page: AccountsPage, title: str) -> int:
    return [one.title.text for one in page.model.columns].index(title)


def said(page: AccountsPage, name: str, title: str) -> str:
    return page.model.columns[column(page, title)].text(row(page, name))


def sort_by(page: AccountsPage, title: str, *, down: bool = False) -> None:
    order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
    page.table.horizontalHeader().setSortIndicator(column(page, title), order)


def test_the_best_composite_score_comes_first_and_unknown_ones_last(page: AccountsPage) -> None:
    scored = [one.found.entry.composite.value for one in page.model.rows if one.found]
    known = [value for value in scored if value is not None]
    assert known == sorted(known, reverse=True)
    assert scored[: len(known)] == known
    assert said(page, names(page)[0], "Rank") == "1"


def test_every_column_sorts_both_ways_with_the_unknown_last(page: AccountsPage) -> None:
    every = set(names(page))
    for one in page.model.columns:
        for down in (False, True):
            sort_by(page, one.title.text, down=down)
            assert set(names(page)) == every
            value = one.sort or one.text
            values = [value(line) for line in page.model.rows]
            known = [found for found in values if found is not None]
            assert values[: len(known)] == known
            assert known == sorted(known, reverse=down)  # type: ignore[type-var]


def test_what_is_selected_stays_so_when_the_order_changes(page: AccountsPage) -> None:
    third = page.model.rows[2].id
    page.table.choose([third])
    sort_by(page, "Account", down=True)
    assert page.table.keys() == [third]


def test_a_filter_and_a_view_show_some_and_say_of_how_many(page: AccountsPage) -> None:
    of = len(names(page))
    page.filter.setText("  HUACHEN ")
    assert len(names(page)) == 1
    assert page.count.text() == f"1 of {of} accounts"
    page.filter.clear()
    page.show_view(View.KEY)
    tiers = {one.line.tier for one in page.model.rows}
    assert tiers == {Tier.KEY, Tier.STRATEGIC}
    for view in View:
        page.show_view(view)
        assert len(names(page)) <= of
    page.show_view(View.ALL)
    assert len(names(page)) == of


def test_the_suggested_tier_stands_beside_the_kept_one_and_can_be_taken(
    page: AccountsPage, sample: MainWindow, windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    differing = [one for one in page.model.rows if one.differs]
    assert len(differing) > 1
    page.table.choose([one.id for one in differing])
    page._offer_work()
    assert page.take_tier.isEnabled()
    assert page.chosen.text() == f"{len(differing)} selected"
    monkeypatch.setattr(sample.messages, "ask", lambda *_args, **_kw: True)
    page.take_tier.click()
    windows.settle(sample)
    assert all(row(page, one.line.name).line.tier is one.suggested for one in differing)
    assert not any(one.differs for one in page.model.rows)
    sample.commands.run("undo")
    windows.settle(sample)
    assert row(page, differing[0].line.name).line.tier is differing[0].line.tier


def test_nothing_is_taken_when_the_question_is_answered_with_no(
    page: AccountsPage, sample: MainWindow, windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample.messages, "ask", lambda *_args, **_kw: False)
    page.table.choose([one.id for one in page.model.rows])
    page._offer_work()
    page.take_tier.click()
    windows.settle(sample)
    assert any(one.differs for one in page.model.rows)


def test_tier_and_verdict_are_changed_in_place(
    page: AccountsPage, sample: MainWindow, windows: Windows
) -> None:
    one = row(page, "Qinghe Retail")
    tiers = page.model.columns[column(page, "Tier")]
    page.model.take(one, tiers, Tier.SMALL)
    windows.settle(sample)
    verdicts = page.model.columns[column(page, "Screening")]
    page.model.take(row(page, "Qinghe Retail"), verdicts, ScreeningVerdict.TARGET)
    windows.settle(sample)
    account = sample.desk.records.one(Account, one.line.id)
    assert (account.tier, account.screening) == (Tier.SMALL, ScreeningVerdict.TARGET)
    assert account.screened_on == sample.desk.session.today()
    assert said(page, "Qinghe Retail", "Screening") == "target"


def test_the_foot_says_what_all_accounts_come_to(page: AccountsPage, sample: MainWindow) -> None:
    assert page.foot.isVisible()
    assert page.foot.sums[0].text().startswith("≥ CNY")
    assert not page.foot.sums[1].isVisible()
    kept = sum(one.line.tier in REVIEWED for one in page.model.rows)
    assert page.foot.key.text().startswith(f"Key: {kept}, by score ")
    page.foot.sums[0].click()
    (opened,) = sample.findChildren(Popover)
    shown = opened.shown
    assert "in CNY" in shown.title
    assert len(shown.lines) == len(page.model.rows)


@pytest.mark.parametrize("title", ["Score", "Potential output", "Closeness"])
def test_numbers_of_accounts_that_are_not_open_say_their_sums(
    page: AccountsPage, sample: MainWindow, title: str
) -> None:
    one = page.model.rows[-2]
    assert sample.desk.records.get(Account, one.line.id) is None
    why = page.model.columns[column(page, title)].why
    assert why is not None
    found = why(one)
    assert found is not None
    assert one.line.name in str(found.title)
    assert sample.desk.records.get(Account, one.line.id) is None


def test_narrow_windows_keep_the_columns_that_matter(
    page: AccountsPage, sample: MainWindow
) -> None:
    owner, rank = column(page, "Owner"), column(page, "Rank")
    sample.resize(2200, 880)
    rest()
    assert not page.table.isColumnHidden(owner)
    sample.resize(1100, 800)
    rest()
    assert page.table.isColumnHidden(owner)
    assert not page.table.isColumnHidden(rank)


def test_reviews_of_the_selected_account_are_a_key_away(
    page: AccountsPage, sample: MainWindow, windows: Windows
) -> None:
    assert not page.review.isEnabled()
    page.table.choose([page.model.rows[0].id])
    page._offer_work()
    page.review.click()
    windows.settle(sample)
    assert sample.desk.place == Place(Page.WHCSE, page.model.rows[0].line.id)


def test_enter_opens_the_account(page: AccountsPage, sample: MainWindow, windows: Windows) -> None:
    page.table.setFocus()
    page.table.selectRow(0)
    press(sample, Key.Key_Return)
    windows.settle(sample)
    assert sample.desk.place.account == page.model.rows[0].line.id


def test_the_accounts_there_are_are_asked_for_when_one_comes_or_goes_and_not_when_one_opens(
    page: AccountsPage,
) -> None:
    gathering, session = portfolio_gathering_of(page.desk), page.desk.session
    before = gathering.accounts()
    session.open_account(before[-1])
    page.desk.edit(phrase("Rename"), edits.revise_account, before[-1], short_name="Z")
    assert gathering.accounts() is before
    page.desk.edit(phrase("Create"), edits.create_account, name="Zeta")
    assert len(gathering.accounts()) == len(before) + 1
    session.undo()
    assert gathering.accounts() == before
