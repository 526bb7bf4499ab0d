"""Screening: the queue is walked with the keyboard alone, and every verdict can be undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from windowing import CTRL, Windows, press, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.phrase import phrase, verbatim
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Money,
    Opportunity,
    Origin,
    Outcome,
    ScreeningVerdict,
)
from brm_desktop.domain.screening import Suggestion
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.portfolio.screening_page import ScreeningPage
from brm_desktop.gui.widgets.popover import Popover
from brm_desktop.language import day

Key = Qt.Key


@pytest.fixture
def page(sample: MainWindow, windows: Windows, qtbot: QtBot) -> ScreeningPage:
    """The queue of the sample's undecided accounts."""
    windows.go(sample, Place(Page.SCREENING))
    page = sample.navigation.screening
    qtbot.waitUntil(lambda: page.queue.current is not None, timeout=20_000)
    windows.settle(sample)
    return page


def shown(page: ScreeningPage) -> AccountId:
    assert page.queue.current is not None
    return page.queue.current


def verdict(window: MainWindow, account: AccountId) -> ScreeningVerdict:
    window.desk.session.open_account(account)
    return window.desk.records.one(Account, account).screening


def test_what_is_suggested_is_shown_with_its_reasons(page: ScreeningPage) -> None:
    assert page.card.name.text() == "Bluebay Logistics"
    assert page.card.suggestion.text() == "Suggested: exclude"
    assert page.card.reasons.text().splitlines() == [
        "· No key person has a score",
        "· No project of a wanted type in 5 years",
    ]
    assert page.card.facts["best"].text() == "nobody has a score"
    assert page.state.text() == "5 of 5 left to screen"


def test_enter_takes_the_suggestion_with_its_reasons_and_goes_on(
    page: ScreeningPage, sample: MainWindow, windows: Windows
) -> None:
    first = shown(page)
    press(sample, Key.Key_Return)
    windows.settle(sample)
    assert verdict(sample, first) is ScreeningVerdict.EXCLUDED
    reason = sample.desk.records.one(Account, first).screening_reason
    assert reason == "No key person has a score; No project of a wanted type in 5 years"
    assert shown(page) != first
    assert page.state.text() == "4 of 5 left to screen"
    assert page.time.text().startswith("1 screened in ")


def test_all_accounts_are_screened_by_single_keys(
    page: ScreeningPage, sample: MainWindow, windows: Windows
) -> None:
    walked = list(page.queue.accounts)
    for key in (Key.Key_2, Key.Key_1, Key.Key_2, Key.Key_1, Key.Key_1):
        press(sample, key)
        windows.settle(sample)
    found = [verdict(sample, account) for account in walked]
    target, out = ScreeningVerdict.TARGET, ScreeningVerdict.EXCLUDED
    assert found == [out, target, out, target, target]
    assert page.queue.left == 0
    assert page.stack.currentWidget() is page.empty
    assert page.used.screened == 5
    press(sample, Key.Key_1)
    press(sample, Key.Key_6)
    assert page.queue.left == 0


def test_a_verdict_that_is_undone_comes_back_into_sight(
    page: ScreeningPage, sample: MainWindow, windows: Windows
) -> None:
    first = shown(page)
    press(sample, Key.Key_1)
    windows.settle(sample)
    assert shown(page) != first
    press(sample, Key.Key_Z, CTRL)
    windows.settle(sample)
    assert verdict(sample, first) is ScreeningVerdict.UNDECIDED
    assert shown(page) == first
    assert page.queue.left == 5
    assert "nothing is screened yet" in page.time.text()


def test_revenue_and_opportunities_of_the_account_on_show_are_among_the_facts(
    page: ScreeningPage, sample: MainWindow, windows: Windows
) -> None:
    session = sample.desk.session
    account, today = shown(page), session.today()
    session.open_account(account)
    revenue = Money(4_000_00, "CNY")
    sample.desk.edit(phrase("Bought"), edits.set_revenue, account, today.year - 1, revenue)
    won = {"outcome": Outcome.WON, "closed_on": today}
    sample.desk.edit(phrase("Deal"), edits.add_opportunity, account, "Line", **won)
    windows.settle(sample)
    windows.qtbot.waitUntil(lambda: "1 won" in page.card.facts["deals"].text(), timeout=20_000)
    assert day(today) in page.card.facts["deals"].text()
    assert str(today.year - 1) in page.card.facts["revenue"].text()
    press(sample, Key.Key_3)
    windows.settle(sample)
    assert "1 won" not in page.card.facts["deals"].text()


def test_a_verdict_that_cannot_be_written_is_no_verdict(
    page: ScreeningPage, sample: MainWindow, windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shown(page)

    def broken(_account: object) -> None:
        raise StoreProblem(phrase("The disk is gone."))

    monkeypatch.setattr(sample.desk.session, "read_account", broken)
    press(sample, Key.Key_1)
    windows.settle(sample)
    assert sample.toast.sentence == "The disk is gone."
    assert shown(page) == first
    assert page.queue.left == 5


def test_a_reason_is_written_and_neither_digits_in_it_nor_enter_decide_anything(
    page: ScreeningPage, sample: MainWindow, windows: Windows
) -> None:
    first = shown(page)
    press(sample, Key.Key_4)
    assert page.reason.hasFocus()
    type_text(sample, "1 visit in 2 years")
    assert shown(page) == first
    press(sample, Key.Key_Return)
    windows.settle(sample)
    assert page.hasFocus()
    assert shown(page) == first
    assert page.reason.text() == "1 visit in 2 years"
    assert sample.desk.session.analysis(first).record.screening is ScreeningVerdict.UNDECIDED
    press(sample, Key.Key_2)
    windows.settle(sample)
    assert sample.desk.session.analysis(first).record.screening_reason == "1 visit in 2 years"
    assert page.reason.text() == ""


def test_arrows_go_to_the_next_and_back_and_later_leaves_it_open(
    page: ScreeningPage, sample: MainWindow
) -> None:
    first, second = page.queue.accounts[:2]
    press(sample, Key.Key_3)
    assert shown(page) == second
    press(sample, Key.Key_Left)
    assert shown(page) == first
    press(sample, Key.Key_Right)
    assert shown(page) == second
    assert page.queue.left == 5
    press(sample, Key.Key_1, CTRL)
    assert page.queue.left == 5


def test_without_a_suggestion_enter_decides_nothing(
    page: ScreeningPage, sample: MainWindow
) -> None:
    press(sample, Key.Key_3)
    current = shown(page)
    row = page._shown()
    assert row is not None
    assert row.entry.screening.suggestion is None
    press(sample, Key.Key_Return)
    assert shown(page) == current
    assert page.card.suggestion.text() == "Nothing is suggested"


def test_an_account_of_the_list_is_chosen_and_opened(
    page: ScreeningPage, sample: MainWindow, windows: Windows
) -> None:
    third = page.queue.accounts[2]
    page._chosen([third])
    assert shown(page) == third
    press(sample, Key.Key_6)
    windows.settle(sample)
    assert sample.desk.place.account == third


def test_a_confirmed_account_offers_the_next_opportunity(
    page: ScreeningPage, sample: MainWindow, windows: Windows
) -> None:
    confirmed = [
        one for one in page._rows.values() if one.entry.screening.suggestion is Suggestion.CONFIRM
    ]
    account = confirmed[0].entry.account
    page._step(type(page.queue)((account,)))
    assert page.card.capture.isVisible()
    press(sample, Key.Key_5)
    windows.settle(sample)
    made = [
        one
        for one in sample.desk.records.where(Opportunity, account=account)
        if one.origin is Origin.CAPTURED and one.opened_on == sample.desk.session.today()
    ]
    assert len(made) == 1


def test_the_queue_begins_anew_when_it_is_asked_for(
    page: ScreeningPage, sample: MainWindow, windows: Windows
) -> None:
    press(sample, Key.Key_2)
    windows.settle(sample)
    page.begin_anew()
    assert len(page.queue.accounts) == 4


def test_f3_says_what_the_score_on_show_is_made_of(
    page: ScreeningPage, sample: MainWindow, windows: Windows
) -> None:
    press(sample, Key.Key_F3)
    windows.settle(sample)
    (opened,) = sample.findChildren(Popover)
    assert "Bluebay Logistics" in opened.shown.title


@pytest.mark.parametrize("name", ["score", "potential", "closeness"])
def test_the_numbers_of_screening_are_reached_by_the_keys_and_open_their_sums(
    page: ScreeningPage, sample: MainWindow, windows: Windows, name: str
) -> None:
    number = page.card.facts[name]
    assert number.focusPolicy() & Qt.FocusPolicy.TabFocus
    number.setFocus()
    press(sample, Key.Key_F3)
    windows.settle(sample)
    assert len(sample.findChildren(Popover)) == 1


@pytest.mark.parametrize("size", [(1100, 700), (1400, 880)])
def test_what_is_said_at_the_foot_of_the_window_does_not_cover_the_keys(
    page: ScreeningPage, sample: MainWindow, windows: Windows, size: tuple[int, int]
) -> None:
    sample.resize(*size)
    windows.settle(sample)
    sample.messages.say(verbatim("Something was done, and this sentence says what"))
    assert sample.toast.isVisible()
    said = sample.toast.rect().translated(sample.toast.mapTo(sample, QPoint()))
    for shown in (page.keys, page.target, page.open, page.reason):
        assert not said.intersects(shown.rect().translated(shown.mapTo(sample, QPoint())))
