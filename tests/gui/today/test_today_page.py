"""Today: what is due over all accounts, opened and settled in place, facts answered in place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from windowing import Key, Windows, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.missing_facts import MissingFact
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Action,
    ActionState,
    Adaptability,
    Assessment,
    Person,
    PersonId,
    Project,
    Review,
    ReviewKind,
)
from brm_desktop.domain.today import DueItem, Matter, Urgency
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.today.answering import AnswerRow
from brm_desktop.gui.today.due_rows import FIRST, DueRow
from brm_desktop.gui.today.page import TodayPage
from brm_desktop.gui.widgets.popover import Popover
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session


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


def test_a_veto_is_answered_in_place_as_one_step_that_can_be_undone(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    row = question(page, Fact.VETO)
    fact = row.fact
    yes = row.editors[0]
    assert isinstance(yes, QPushButton)
    assert fact.name in yes.accessibleName()
    yes.click()
    settled(windows, sample, page)
    assert person(sample, fact).veto is True
    assert fact.key not in page.missing.rows
    sample.commands.run("undo")
    settled(windows, sample, page)
    assert person(sample, fact).veto is None
    assert fact.key in {one.key for one in page.plan.missing}


def test_no_is_an_answer_too(sample: MainWindow, windows: Windows) -> None:
    page = today_page(windows, sample)
    row = question(page, Fact.APPROVER)
    no = row.editors[1]
    assert isinstance(no, QPushButton)
    no.click()
    settled(windows, sample, page)
    assert person(sample, row.fact).sole_approver is False


def typed(window: MainWindow, row: AnswerRow, text: str) -> None:
    editor = row.editors[0]
    assert isinstance(editor, QLineEdit)
    row.focus_first()
    type_text(editor, text)
    press(window, Key.Key_Return)


def test_a_score_is_typed_in_place_and_dated_today(sample: MainWindow, windows: Windows) -> None:
    page = today_page(windows, sample)
    row = question(page, Fact.SOLUTION)
    typed(sample, row, "55")
    settled(windows, sample, page)
    said = sample.desk.records.where(Assessment, person=row.fact.subject)
    today = sample.desk.session.today()
    assert [one.solution for one in said if one.assessed_on == today] == [55]


def test_a_score_over_100_cannot_be_typed(sample: MainWindow, windows: Windows) -> None:
    page = today_page(windows, sample)
    row = question(page, Fact.PRICE)
    editor = row.editors[0]
    assert isinstance(editor, QLineEdit)
    typed(sample, row, "555")
    settled(windows, sample, page)
    assert sample.desk.records.where(Assessment, person=row.fact.subject) == ()


def test_a_title_a_department_and_an_adaptability_are_answered_in_place(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    for fact, said in ((Fact.DEPARTMENT, "Tooling"), (Fact.TITLE, "Head")):
        try:
            row = question(page, fact)
        except StopIteration:
            row = ask(windows, sample, page, fact)
        typed(sample, row, said)
        settled(windows, sample, page)
    row = question(page, Fact.ADAPTABILITY)
    box = row.editors[0]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    settled(windows, sample, page)
    assert person(sample, row.fact).adaptability is Adaptability.INNOVATOR


def ask(windows: Windows, window: MainWindow, page: TodayPage, fact: Fact) -> AnswerRow:
    """Make somebody of whom a fact is missing."""
    session = window.desk.session
    account = session.find_account("Hua")
    session.open_account(account)
    window.desk.edit(phrase("Add"), edits.add_person, name=f"New {fact}", account=account, power=90)
    settled(windows, window, page)
    return question(page, fact)


def test_amount_and_type_of_a_project_are_answered_in_place(
    sample: MainWindow, windows: Windows
) -> None:
    session = sample.desk.session
    account = session.find_account("Hua")
    session.open_account(account)
    sample.desk.edit(phrase("Add"), edits.create_project, account, "Bare project")
    page = today_page(windows, sample)
    row = question(page, Fact.AMOUNT)
    typed(sample, row, "500000")
    settled(windows, sample, page)
    project = sample.desk.records.one(Project, row.fact.subject)
    assert project.amount is not None
    assert project.amount.minor == 50_000_000
    row = question(page, Fact.TYPE)
    editor = row.editors[0]
    assert isinstance(editor, QLineEdit)
    assert editor.completer() is not None
    row.focus_first()
    editor.setText("Retrofit")
    press(sample, Key.Key_Return)
    settled(windows, sample, page)
    assert sample.desk.records.one(Project, row.fact.subject).type is not None


def test_that_somebody_was_asked_about_influence_is_answered_with_today(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    row = question(page, Fact.INFLUENCE)
    asked = row.editors[0]
    assert isinstance(asked, QPushButton)
    asked.click()
    settled(windows, sample, page)
    assert person(sample, row.fact).influence_asked_on == sample.desk.session.today()


@pytest.mark.parametrize(
    ("fact", "tab"),
    [(Fact.PARTICIPANTS, Tab.CHAINS), (Fact.TIE, Tab.MAP)],
)
def test_what_is_easier_drawn_can_be_answered_where_it_is_at_home(
    sample: MainWindow, windows: Windows, fact: Fact, tab: Tab
) -> None:
    page = today_page(windows, sample)
    row = question(page, fact)
    there = row.editors[-1]
    assert isinstance(there, QPushButton)
    assert there.accessibleName().endswith("Answer there")
    there.click()
    windows.qtbot.waitUntil(lambda: sample.desk.place.page is Page.ACCOUNT, timeout=20_000)
    windows.settle(sample)
    assert (sample.desk.place.account, sample.desk.place.tab) == (row.fact.account, tab)
    if tab is Tab.MAP:
        assert sample.desk.selection.people == (row.fact.subject,)


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


def test_the_money_of_a_missing_fact_opens_its_sum(sample: MainWindow, windows: Windows) -> None:
    page = today_page(windows, sample)
    row = page.missing.rows[page.plan.missing[0].key]
    assert "Why" in row.money.accessibleName()
    row.money.click()
    rest()
    popover = sample.findChild(Popover)
    assert popover is not None
    popover.close()


def opened(windows: Windows, window: MainWindow, item: DueItem) -> None:
    windows.qtbot.waitUntil(lambda: window.desk.place.page is Page.ACCOUNT, timeout=20_000)
    windows.settle(window)
    assert window.desk.place.account == item.account


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


def test_what_is_typed_stays_while_other_facts_come_and_go(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    row = question(page, Fact.SOLUTION)
    row.focus_first()
    QTest.keyClicks(row.editors[0], "5")
    planned(sample)
    settled(windows, sample, page)
    again = page.missing.rows.get(row.fact.key)
    assert again is row
    editor = row.editors[0]
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "5"


def test_an_answer_that_is_still_typed_is_kept_when_the_window_closes(
    sample: MainWindow, windows: Windows
) -> None:
    page = today_page(windows, sample)
    row = question(page, Fact.SOLUTION)
    who = PersonId(row.fact.subject)
    windows.go(sample, Place(Page.ACCOUNT, row.fact.account))
    windows.go(sample, Place(Page.TODAY))
    settled(windows, sample, page)
    row = page.missing.rows[row.fact.key]
    row.focus_first()
    QTest.keyClicks(row.editors[0], "57")
    store = sample.desk.session.path
    sample.close()
    with Session.open(store) as session:
        session.open_account(row.fact.account)
        said = session.records.where(Assessment, person=who)
        assert 57 in {one.solution for one in said}


def test_reading_that_was_stopped_goes_on_when_asked(sample: MainWindow, windows: Windows) -> None:
    page = today_page(windows, sample)
    page.gathering.stopped = True
    sample.desk.change_settings(currency="USD")
    page.gathering.stopped = True
    page._say_state()
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
