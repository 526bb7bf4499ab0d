"""Today: what is due over all accounts, opened and settled in place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton
from today_shown import opened, planned, row_of, settled, today_page
from windowing import Windows

from brm_desktop.domain.records import (
    Account,
    Action,
    ActionState,
    Review,
    ReviewKind,
)
from brm_desktop.domain.today import Matter, Urgency
from brm_desktop.gui.desk import Page, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.today.due_rows import FIRST
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session


def test_today_tells_what_is_due_over_all_accounts_and_opens_none(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    assert not sample.desk.records.all(Account)
    assert page.plan.items[Urgency.RED_FLAGS]
    assert page.plan.missing
    assert page.sections[Urgency.RED_FLAGS].isVisible()
    assert len(page.sections[Urgency.RED_FLAGS].rows) <= FIRST
    assert "red flag" in page.count.text()
    assert page.state.text() == ""


def test_an_action_is_done_in_place(sample: MainWindow, windows: Windows) -> None:
    planned(sample)
    page = today_page(windows, sample)
    row = row_of(page, Matter.ACTION)
    assert row.settle is not None
    assert "days late" in row.button.accessibleName()
    row.settle.click()
    settled(windows, sample, page)
    assert sample.desk.records.one(Action, row.item.record).state is ActionState.DONE
    assert row.item.key not in page.sections[Urgency.OVERDUE].rows


def test_a_review_is_held_in_place_one_kind_or_another(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    row = row_of(page, Matter.REVIEW)
    held = row.settle
    assert held is not None
    kinds = row.item.record.split()
    if held.menu() is None:
        held.click()
    else:
        held.menu().actions()[0].trigger()
    settled(windows, sample, page)
    today = sample.desk.session.today()
    reviews = sample.desk.records.where(Review, account=row.item.account)
    assert [one.kind for one in reviews if one.held_on == today] == [ReviewKind(kinds[0])]  # type: ignore[call-arg]  # by its value


def test_several_reviews_never_held_are_chosen_from_a_menu(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    several = next(
        item
        for items in page.plan.items.values()
        for item in items
        if item.matter is Matter.REVIEW and " " in item.record
    )
    section = page.sections[several.urgency(sample.desk.session.today())]
    while several.key not in section.rows:
        section.more.click()
    held = section.rows[several.key].settle
    assert held is not None
    assert held.menu() is not None
    assert held.text() == "Which was held…"
    assert len(held.menu().actions()) == len(several.record.split())
    held.menu().actions()[-1].trigger()
    settled(windows, sample, page)
    reviews = sample.desk.records.where(Review, account=several.account)
    assert sample.desk.session.today() in {one.held_on for one in reviews}


def test_a_review_opens_the_page_of_the_accounts_reviews(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    row = row_of(page, Matter.REVIEW)
    row.button.click()
    windows.qtbot.waitUntil(lambda: sample.desk.place.page is Page.WHCSE, timeout=20_000)
    windows.settle(sample)
    assert sample.desk.place.account == row.item.account


def test_each_line_opens_what_it_is_about(sample: MainWindow, windows: Windows) -> None:
    planned(sample)
    for matter, tab in (
        (Matter.RED_FLAG, Tab.CHAINS),
        (Matter.SILENT, Tab.MAP),
        (Matter.ACTION, Tab.PLAN),
        (Matter.BIRTHDAY, Tab.MAP),
        (Matter.PREPARE, Tab.PROJECTS),
    ):
        page = today_page(windows, sample)
        row = row_of(page, matter)
        row.button.click()
        opened(windows, sample, row.item)
        assert sample.desk.place.tab is tab, matter
        if row.item.person is not None and tab is Tab.MAP:
            assert sample.desk.selection.people == (row.item.person,), matter


def test_key_accounts_alone_and_my_own_can_be_asked_for(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    every = {one.account for items in page.plan.items.values() for one in items}
    offered = [page.whose.itemText(place) for place in range(page.whose.count())]
    assert offered == ["All accounts", "Key accounts", "My accounts"]
    for place, fewer in ((1, True), (2, True), (0, False)):
        page.whose.setCurrentIndex(place)
        page.whose.activated.emit(place)
        settled(windows, sample, page)
        now = {one.account for items in page.plan.items.values() for one in items}
        assert (now < every) == fewer


def test_lines_are_said_again_in_the_other_language_and_theme(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    before = [row.button.accessibleName() for row in page.sections[Urgency.RED_FLAGS].rows.values()]
    sample.commands.run("switch_language")
    settled(windows, sample, page)
    after = [row.button.accessibleName() for row in page.sections[Urgency.RED_FLAGS].rows.values()]
    assert len(before) == len(after)
    sample.commands.run("switch_theme")
    settled(windows, sample, page)
    sample.commands.run("switch_language")
    settled(windows, sample, page)
    rows = page.sections[Urgency.RED_FLAGS].rows.values()
    assert [row.button.accessibleName() for row in rows] == before


def test_reading_that_was_stopped_goes_on_when_asked(sample: MainWindow, windows: Windows) -> None:
    page = today_page(windows, sample)
    page.gathering.stopped = True
    sample.desk.change_settings(currency="USD")
    page.gathering.stopped = True
    page.say_state()
    page.gathering.go_on()
    settled(windows, sample, page)
    assert not page.go_on.isVisible()


def test_an_empty_store_has_nothing_due(windows: Windows, tmp_path: Path) -> None:
    Session.open(tmp_path / "empty.brm", create=PLAIN).close()
    window = windows.open(tmp_path / "empty.brm")
    page = today_page(windows, window)
    assert page.empty.isVisible()
    go = page.empty.findChild(QPushButton)
    assert go is not None
    go.click()
    windows.settle(window)
    assert window.desk.place.page is Page.ACCOUNTS


def test_a_store_opens_where_one_was_last_today_or_the_accounts(
    windows: Windows, sample: MainWindow
) -> None:
    path = sample.desk.session.path
    assert sample.pages.currentWidget() is sample.navigation.accounts
    page = today_page(windows, sample)
    assert page.sections[Urgency.RED_FLAGS].rows
    sample.desk.detach()
    windows.settle(sample)
    assert page.sections[Urgency.RED_FLAGS].rows == {}
    sample.stores.open(path)
    windows.qtbot.waitUntil(lambda: sample.desk.is_open, timeout=20_000)
    windows.settle(sample)
    assert sample.pages.currentWidget() is sample.navigation.today
    page = today_page(windows, sample)
    assert page.plan.items[Urgency.RED_FLAGS]
    page.focus_first()
    assert isinstance(sample.focusWidget(), QPushButton)
