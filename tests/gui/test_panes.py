"""The keys go from the page into the inspector and around the window, by Tab and pane by pane."""

from __future__ import annotations

import pytest
from windowing import CTRL, SHIFT, Key, Windows, press

from brm_desktop.domain.records import Opportunity, SupportRequest
from brm_desktop.gui.desk import Selected, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.account_page import AccountPage
from brm_desktop.gui.pages.projects.board import CardList
from brm_desktop.gui.pages.projects.opportunities import OpportunitiesSide
from brm_desktop.gui.pages.projects.tab import OPPORTUNITIES, ProjectsTab


@pytest.fixture
def board(windows: Windows, sample: MainWindow) -> CardList:
    """The last column of the board that has a card; the inspector tells of one with a request."""
    windows.show_account(sample, "Huachen Equipment Group", Tab.PROJECTS)
    page = sample.pages.currentWidget()
    assert isinstance(page, AccountPage)
    tab = page.tab(Tab.PROJECTS)
    assert isinstance(tab, ProjectsTab)
    tab.show_side(OPPORTUNITIES)
    side = tab.side
    assert isinstance(side, OpportunitiesSide)
    cards = [one.list for one in side.board.columns if one.list.cards.there][-1]
    asked = {one.opportunity for one in sample.desk.records.all(SupportRequest).values()}
    there = sample.desk.records.all(Opportunity)
    with_support = next(key for key in there if key in asked)
    cards.setFocus()
    sample.desk.select(Selected(opportunity=with_support))
    return cards


def test_tab_goes_from_the_page_through_the_inspector_in_the_order_one_reads(
    board: CardList, sample: MainWindow
) -> None:
    view = sample.inspector.opportunity
    shown = sample.desk.selection
    press(sample, Key.Key_Tab)
    assert sample.focusWidget() is view.name, "the first of the inspector comes after the page"
    press(sample, Key.Key_Tab, SHIFT)
    assert sample.focusWidget() is board
    sample.desk.select(shown)
    view.name.setFocus()
    seen = []
    while sample.inspector.isAncestorOf(sample.focusWidget()):
        seen.append(sample.focusWidget())
        press(sample, Key.Key_Tab)
    answers = list(view.support.answers.values())
    assert answers
    inside = [seen.index(one) for one in (view.stage, *view.steps.values(), *answers)]
    assert inside == sorted(inside)
    assert seen.index(answers[-1]) < seen.index(view.support.ask) < seen.index(view.note)
    assert seen[-1] is view.note
    assert not sample.pages.isAncestorOf(sample.focusWidget()), "then what is around the page"


def test_a_key_goes_from_pane_to_pane_and_finds_who_had_the_keys_there(
    board: CardList, sample: MainWindow
) -> None:
    sample.inspector.opportunity.amount.setFocus()
    board.setFocus()
    shown = sample.desk.selection
    press(sample, Key.Key_F6, CTRL)
    assert sample.focusWidget() is sample.inspector.opportunity.amount
    for pane in (sample.top_bar, sample.rail, sample.pages):
        press(sample, Key.Key_F6, CTRL)
        focus = sample.focusWidget()
        assert focus is not None
        assert pane.isAncestorOf(focus)
    assert sample.focusWidget() is board
    press(sample, Key.Key_F6, CTRL | SHIFT)
    focus = sample.focusWidget()
    assert focus is not None
    assert sample.rail.isAncestorOf(focus)
    assert shown == sample.desk.selection


def test_an_inspector_that_is_hidden_gives_the_keys_back_to_the_page(
    board: CardList, sample: MainWindow
) -> None:
    sample.inspector.opportunity.amount.setFocus()
    sample.commands.run("toggle_inspector")
    assert sample.focusWidget() is board
    press(sample, Key.Key_F6, CTRL)
    focus = sample.focusWidget()
    assert focus is not None
    assert sample.top_bar.isAncestorOf(focus)
    sample.commands.run("toggle_inspector")
