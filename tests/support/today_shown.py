"""Today as tests look at it: read whole, its lines and questions found by what they are about."""

from __future__ import annotations

from datetime import timedelta

from windowing import Windows, rest

from brm_desktop.domain import edits
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.missing_facts import MissingFact
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    AccountId,
    Person,
)
from brm_desktop.domain.today import DueItem, Matter
from brm_desktop.gui.desk import Page, Place
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.today.answering import AnswerRow
from brm_desktop.gui.today.due_rows import DueRow
from brm_desktop.gui.today.page import TodayPage


def today_page(windows: Windows, window: MainWindow) -> TodayPage:
    """The page, with all accounts read."""
    if window.desk.place.page is not Page.TODAY:
        windows.go(window, Place(Page.TODAY))
    page = window.pages.currentWidget()
    assert isinstance(page, TodayPage)
    settled(windows, window, page)
    return page


def settled(windows: Windows, window: MainWindow, page: TodayPage) -> None:
    """Wait until all accounts are read again, and what that says is shown."""
    rest(200)
    windows.qtbot.waitUntil(lambda: page.gathering.settled, timeout=20_000)
    windows.settle(window)
    rest(60)
    windows.settle(window)


def row_of(page: TodayPage, matter: Matter) -> DueRow:
    """The first line about a matter, made visible."""
    for urgency, section in page.sections.items():
        for item in page.plan.items[urgency]:
            if item.matter is matter:
                while item.key not in section.rows:
                    section.more.click()
                return section.rows[item.key]
    raise AssertionError(f"nothing about {matter}")


def question(page: TodayPage, fact: Fact) -> AnswerRow:
    """The first question about a fact, asked if it is none of those that move most money."""
    found = next((one for one in page.plan.missing if one.fact is fact), None)
    if found is None:
        every = (one for account in page.gathering.held for one in account.missing)
        found = next(one for one in every if one.fact is fact)
        page.missing.show_facts([found], "")
    while found.key not in page.missing.rows:
        page.missing.more.click()
    return page.missing.rows[found.key]


def person(window: MainWindow, fact: MissingFact) -> Person:
    return window.desk.records.one(Person, fact.subject)


def planned(window: MainWindow) -> AccountId:
    """An overdue action, and somebody whose birthday is tomorrow."""
    session = window.desk.session
    account = session.find_account("Hua")
    session.open_account(account)
    today = session.today()
    window.desk.edit(
        phrase("Plan"), edits.add_action, account, "call", due=today - timedelta(days=2)
    )
    born = (today + timedelta(days=1)).replace(year=1972)
    who = window.desk.analysis(account).people[0]
    window.desk.edit(phrase("Born"), edits.revise_person, who.id, birthday=born)
    return account


def opened(windows: Windows, window: MainWindow, item: DueItem) -> None:
    windows.qtbot.waitUntil(lambda: window.desk.place.page is Page.ACCOUNT, timeout=20_000)
    windows.settle(window)
    assert window.desk.place.account == item.account
