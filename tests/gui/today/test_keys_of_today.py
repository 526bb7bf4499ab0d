"""Today by the keys: each list is one stop of Tab, and the arrows walk in it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget
from today_shown import opened, planned, row_of, settled, today_page
from windowing import SHIFT, Key, Windows, press, rest

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Action, ActionState
from brm_desktop.domain.today import Matter, Urgency
from brm_desktop.gui.desk import Page, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.plan_tab import PlanTab
from brm_desktop.gui.portfolio.whcse_page import WhcsePage
from brm_desktop.gui.today.page import TodayPage


def test_up_and_down_walk_the_lines_and_enter_opens_one(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    section = page.sections[Urgency.RED_FLAGS]
    first, second = (section.rows[one.key] for one in page.plan.items[Urgency.RED_FLAGS][:2])
    first.button.setFocus()
    press(sample, Key.Key_Down)
    assert sample.focusWidget() is second.button
    press(sample, Key.Key_Up)
    assert sample.focusWidget() is first.button
    press(sample, Key.Key_Up)
    assert sample.focusWidget() is first.button
    second.button.setFocus()
    press(sample, Key.Key_Return)
    opened(windows, sample, second.item)


def test_a_store_that_opens_at_today_gives_the_first_line_the_keys(
    windows: Windows, sample: MainWindow
) -> None:
    today_page(windows, sample)
    path = sample.desk.session.path
    sample.desk.detach()
    sample.stores.open(path)
    windows.qtbot.waitUntil(lambda: sample.desk.is_open, timeout=20_000)
    page = today_page(windows, sample)
    section = next(one for one in page.sections.values() if one.rows)
    assert section.isAncestorOf(sample.focusWidget())


def test_a_line_has_the_keys_again_when_all_is_read_anew_as_in_another_theme(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    page.focus_first()
    sample.switch_theme()
    settled(windows, sample, page)
    assert any(section.isAncestorOf(sample.focusWidget()) for section in page.sections.values())


def test_escape_from_the_palette_gives_the_keys_back_to_who_had_them(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    row = row_of(page, Matter.RED_FLAG)
    row.button.setFocus()
    sample.commands.run("find_anything")
    assert sample.focusWidget() is sample.palette_sheet.field
    press(sample, Key.Key_Escape)
    assert not sample.palette_sheet.isVisible()
    assert sample.focusWidget() is row.button


def test_enter_on_a_due_review_leads_to_the_line_of_that_review_and_escape_back(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    row = row_of(page, Matter.REVIEW)
    row.button.setFocus()
    press(sample, Key.Key_Return)
    windows.qtbot.waitUntil(lambda: sample.desk.place.page is Page.WHCSE, timeout=20_000)
    windows.settle(sample)
    reviews = sample.pages.currentWidget()
    assert isinstance(reviews, WhcsePage)
    kinds = row.item.record.split()
    asked = next((one for kind in kinds if (one := reviews.cadence.remark(kind))), None)
    assert sample.focusWidget() is (asked or reviews.form.written["how_managed"])
    reviews.table.setFocus()
    press(sample, Key.Key_Escape)
    windows.settle(sample)
    assert sample.desk.place.page is Page.TODAY


def test_enter_on_a_due_action_shows_it_in_the_plan(sample: MainWindow, windows: Windows) -> None:
    account = planned(sample)
    project = sample.desk.analysis(account).projects[0]
    due = sample.desk.session.today()
    sample.desk.edit(phrase("Plan"), edits.add_action, account, "ask", due=due, project=project.id)
    page = today_page(windows, sample)
    item = next(one for one in page.plan.items[Urgency.TODAY] if one.matter is Matter.ACTION)
    page.sections[Urgency.TODAY].rows[item.key].button.click()
    opened(windows, sample, item)
    plan = sample.navigation.account.tab(Tab.PLAN)
    assert isinstance(plan, PlanTab)
    assert sample.desk.place.tab is Tab.PLAN
    assert plan.action_table.keys() == [item.record]
    assert sample.focusWidget() is plan.action_table


def stops_until_a_question(window: MainWindow, page: TodayPage) -> list[QWidget | None]:
    """What Tab stops at from the first line on, before it reaches the missing facts."""
    page.focus_first()
    found: list[QWidget | None] = [window.focusWidget()]
    while True:
        press(window, Key.Key_Tab)
        focus = window.focusWidget()
        assert len(found) < 30, found
        if page.missing.isAncestorOf(focus):
            return found
        found.append(focus)


def test_tab_stops_at_one_line_of_each_list_and_then_at_the_questions(
    sample: MainWindow, windows: Windows
) -> None:
    planned(sample)
    page = today_page(windows, sample)
    shown = [section for section in page.sections.values() if section.rows]
    assert sum(len(section.stops) for section in shown) > 20
    lines = [next(iter(section.rows.values())) for section in shown]
    assert stops_until_a_question(sample, page) == [stop for line in lines for stop in line.stops]
    press(sample, Key.Key_Tab, SHIFT)
    assert sample.focusWidget() is lines[-1].stops[-1], "and back"


def test_tab_comes_back_to_the_line_where_it_left_a_list(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    section = page.sections[Urgency.RED_FLAGS]
    second = section.rows[page.plan.items[Urgency.RED_FLAGS][1].key]
    section.take_keys()
    press(sample, Key.Key_Down)
    press(sample, Key.Key_Tab)
    assert not section.isAncestorOf(sample.focusWidget())
    press(sample, Key.Key_Tab, SHIFT)
    assert sample.focusWidget() is second.button


def test_right_leads_to_what_can_be_done_about_a_line_and_space_does_it(
    sample: MainWindow, windows: Windows
) -> None:
    planned(sample)
    page = today_page(windows, sample)
    row = row_of(page, Matter.ACTION)
    row.button.setFocus()
    press(sample, Key.Key_Right)
    assert sample.focusWidget() is row.settle
    press(sample, Key.Key_Right)
    assert sample.focusWidget() is row.settle, "there is nothing beyond"
    press(sample, Key.Key_Left)
    assert sample.focusWidget() is row.button
    press(sample, Key.Key_Tab)
    assert sample.focusWidget() is row.settle
    press(sample, Key.Key_Space)
    settled(windows, sample, page)
    assert sample.desk.records.one(Action, row.item.record).state is ActionState.DONE


def test_the_line_in_the_place_of_one_that_is_settled_has_the_keys(
    sample: MainWindow, windows: Windows
) -> None:
    account = planned(sample)
    due = sample.desk.session.today() - timedelta(days=3)
    sample.desk.edit(phrase("Plan"), edits.add_action, account, "write", due=due)
    page = today_page(windows, sample)
    first = row_of(page, Matter.ACTION)
    section = page.sections[Urgency.OVERDUE]
    at = list(section.rows.values()).index(first)
    assert first.settle is not None
    first.settle.setFocus()
    press(sample, Key.Key_Return)
    settled(windows, sample, page)
    following = page.plan.items[Urgency.OVERDUE][at]
    assert sample.focusWidget() is section.rows[following.key].button


def test_home_and_end_lead_to_the_ends_of_a_list_and_more_lines_get_the_keys(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    section = next(one for one in page.sections.values() if one.more.isVisible())
    section.take_keys()
    press(sample, Key.Key_End)
    assert sample.focusWidget() is section.more
    before = set(section.rows)
    press(sample, Key.Key_Return)
    rest()
    come = next(row for key, row in section.rows.items() if key not in before)
    assert sample.focusWidget() is come.button
    assert come.button.visibleRegion().boundingRect().height() == come.button.height()
    press(sample, Key.Key_Home)
    assert sample.focusWidget() is next(iter(section.rows.values())).button
