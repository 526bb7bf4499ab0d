"""Where room is short names are recognised, and counts above tables say of how many."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from windowing import Windows, rest

from brm_desktop.domain.records import Dimension, Project
from brm_desktop.gui.crumbs import CrumbButton, LastCrumb
from brm_desktop.gui.desk import Page, Place, Selected, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.accounts_page import AccountsPage
from brm_desktop.gui.pages.history_tab import HistoryTab
from brm_desktop.gui.pages.people_tab import PeopleTab
from brm_desktop.gui.words import coverage

BIGGEST = "Huachen Equipment Group"
PLANT = "2027 Line Digitalisation, Phase One"


def test_in_a_narrow_window_account_and_project_can_both_be_recognised(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, BIGGEST, Tab.CHAINS)
    account = sample.desk.place.account
    project = next(p for p in sample.desk.records.all(Project).values() if p.name == PLANT)
    sample.resize(1100, 720)
    windows.go(sample, Place(Page.ACCOUNT, account, Tab.CHAINS, project=project.id))
    rest(100)
    first = sample.top_bar.findChildren(CrumbButton)[0]
    last = sample.top_bar.findChildren(LastCrumb)[-1]
    sample.top_bar.grab()
    assert first.width() >= 120
    assert last.width() >= 170
    assert first.toolTip() == BIGGEST
    assert last.toolTip() == PLANT


def test_a_field_whose_text_does_not_fit_ends_in_dots_and_tells_the_whole(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, BIGGEST, Tab.CHAINS)
    project = next(p for p in sample.desk.records.all(Project).values() if p.name == PLANT)
    sample.desk.select(Selected(project=project.id))
    windows.settle(sample)
    name = sample.inspector.project.name
    name.setFixedWidth(160)
    name.grab()
    assert name.toolTip() == PLANT
    cut = name.grab().toImage()
    name.setFixedWidth(600)
    name.grab()
    assert name.toolTip() == ""
    name.setFixedWidth(160)
    name.setFocus()
    assert name.grab().toImage() != cut
    assert name.text() == PLANT


def test_a_filtered_table_says_how_many_of_how_many(windows: Windows, sample: MainWindow) -> None:
    windows.show_account(sample, BIGGEST, Tab.PEOPLE)
    people = sample.findChild(PeopleTab)
    assert isinstance(people, PeopleTab)
    whole = len(people.model.rows)
    assert people.count.text() == f"{whole} people"
    people.filter.setText("Li ")
    rest()
    assert 0 < people.table.shown < whole
    assert people.count.text() == f"{people.table.shown} of {whole} people"
    people.filter.setText("")
    rest()
    assert people.count.text() == f"{whole} people"

    windows.show_account(sample, BIGGEST, Tab.HISTORY)
    history = sample.findChild(HistoryTab)
    assert isinstance(history, HistoryTab)
    assert len(history.model.rows) == 1
    assert history.count.text() == "1 edit"
    history.filter.setText("nothing is called so")
    rest()
    assert history.count.text() == "0 of 1 edit"

    windows.go(sample, Place(Page.ACCOUNTS))
    accounts = sample.findChild(AccountsPage)
    assert isinstance(accounts, AccountsPage)
    n = len(accounts.model.rows)
    assert accounts.count.text() == f"{n} accounts"
    accounts.filter.setText("Huachen")
    rest()
    assert accounts.count.text() == f"1 of {n} accounts"


def test_an_account_without_people_says_that_there_are_no_key_persons_yet(
    windows: Windows, sample: MainWindow
) -> None:
    from brm_desktop.domain import edits
    from brm_desktop.domain.phrase import phrase
    from brm_desktop.domain.records import Account

    change = sample.desk.edit(phrase("Create an account"), edits.create_account, name="Empty Works")
    assert change is not None
    (account,) = change.added(Account)
    windows.go(sample, Place(Page.ACCOUNT, account.id))
    assert coverage(sample.desk.analysis().scores[Dimension.CLOSENESS]) == "no key persons yet"
    said = " ".join(one.text() for one in sample.inspector.account.findChildren(QLabel))
    assert "0 of 0" not in said
