"""Today: what is not known yet is answered where it is asked, and nothing typed is lost."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from today_shown import person, planned, question, settled, today_page
from windowing import Key, Windows, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Adaptability,
    Assessment,
    PersonId,
    Project,
)
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.today.answering import AnswerRow
from brm_desktop.gui.today.page import TodayPage
from brm_desktop.gui.widgets.popover import Popover
from brm_desktop.session.session import Session


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


def test_the_money_of_a_missing_fact_opens_its_sum(sample: MainWindow, windows: Windows) -> None:
    page = today_page(windows, sample)
    row = page.missing.rows[page.plan.missing[0].key]
    assert "Why" in row.money.accessibleName()
    row.money.click()
    rest()
    popover = sample.findChild(Popover)
    assert popover is not None
    popover.close()


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
