"""Every missing fact is answered in its row: people by name, days, ends; and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from small_today import Asked, chosen, picked, small_today
from windowing import Key, Windows, dialog_answered, press, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    Attitude,
    ChainMember,
    Money,
    Outcome,
    Person,
    Project,
    ReportingLine,
    Role,
    Stance,
    Tie,
)
from brm_desktop.gui.dialogs.closing import ClosingDialog
from brm_desktop.session.session import Session

DAY = "2026-03-02"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def asked(windows: Windows, tmp_path: Path) -> Asked:
    """A boss, somebody of whom too little is known, one of us, and a project past its day."""
    return small_today(windows, tmp_path)


def test_who_somebody_reports_to_is_chosen_by_name_among_the_others(asked: Asked) -> None:
    row = asked.row(Fact.PLACE, asked.person)
    picked(asked, row, "Chen Wei")
    box = row.editors[0]
    assert isinstance(box, QComboBox)
    (line,) = asked.window.desk.records.where(ReportingLine, person=asked.person)
    assert asked.window.desk.records.one(Person, line.manager).name == "Chen Wei"
    assert not asked.is_asked(Fact.PLACE, asked.person)
    asked.window.commands.run("undo")
    asked.settled()
    assert asked.is_asked(Fact.PLACE, asked.person)


def test_nobody_is_offered_as_his_own_manager_and_a_popup_waits_for_the_names(
    asked: Asked,
) -> None:
    box = asked.row(Fact.PLACE, asked.person).editors[0]
    assert isinstance(box, QComboBox)
    assert box.count() == 0, "nothing is read before it is looked at"
    box.setFocus()
    box.showPopup()
    asked.windows.settle(asked.window)
    assert [box.itemText(n) for n in range(box.count())] == ["Chen Wei · CEO"]
    assert box.view().isVisible()
    box.hidePopup()
    assert asked.window.desk.records.get(Account, asked.account) is None


def test_a_tie_is_said_by_who_and_how_close_in_either_order(asked: Asked) -> None:
    row = asked.row(Fact.TIE, asked.person)
    closeness = row.editors[1]
    assert isinstance(closeness, QLineEdit)
    closeness.setFocus()
    type_text(closeness, "65")
    press(asked.window, Key.Key_Return)
    assert asked.window.desk.records.where(Tie, person=asked.person) == ()
    assert asked.window.focusWidget() is row.editors[0], "who is still to be said"
    picked(asked, row, "Zhang Fan")
    (tie,) = asked.window.desk.records.where(Tie, person=asked.person)
    assert tie.closeness == 65
    assert not asked.is_asked(Fact.TIE, asked.person)


def test_the_day_of_a_project_is_typed_and_one_that_is_none_is_marked(asked: Asked) -> None:
    row = asked.row(Fact.DATES, asked.project)
    editor = row.editors[0]
    assert isinstance(editor, QLineEdit)
    row.focus_first()
    type_text(editor, "soon")
    press(asked.window, Key.Key_Return)
    assert editor.property("wrong")
    editor.setText("")
    type_text(editor, DAY)
    press(asked.window, Key.Key_Return)
    asked.settled()
    assert str(asked.window.desk.records.one(Project, asked.project).starts_on) == DAY
    assert not asked.is_asked(Fact.DATES, asked.project)


def test_how_a_project_ended_is_chosen_and_asks_what_every_closing_asks(asked: Asked) -> None:
    row = asked.row(Fact.OUTCOME, asked.project)
    box = row.editors[0]
    assert isinstance(box, QComboBox)

    with dialog_answered(lambda dialog: dialog.reject()):
        chosen(box, "Lost")
        asked.settled()
    assert box.currentIndex() == -1, "who thinks better of it is asked again"

    def answer(dialog: object) -> None:
        assert isinstance(dialog, ClosingDialog)
        dialog.accept()

    with dialog_answered(answer):
        chosen(box, "Lost")
    asked.settled()
    project = asked.window.desk.records.one(Project, asked.project)
    assert project.outcome is Outcome.LOST
    assert project.decided_on is not None
    assert project.decided_on < asked.window.desk.session.today(), "the day it had stays"
    assert not asked.is_asked(Fact.OUTCOME, asked.project)


def test_who_decides_is_chosen_and_the_row_goes_on_to_his_stance(asked: Asked) -> None:
    row = asked.row(Fact.PARTICIPANTS, asked.project)
    picked(asked, row, "Chen Wei")
    (member,) = asked.window.desk.records.where(ChainMember, project=asked.project)
    assert member.roles == (Role.DECISION_MAKER,)
    row = asked.row(Fact.PARTICIPANTS, asked.project)
    assert "stance of Chen Wei" in row.accessibleName()
    assert asked.window.focusWidget() is row.editors[0], "the keys go on with the question"
    picked(asked, row, "Supporter")
    analysis = asked.window.desk.session.analysis(asked.account)
    (reading,) = analysis.chain(asked.project).members
    assert reading.stance is Stance.SUPPORTER
    assert not asked.is_asked(Fact.PARTICIPANTS, asked.project)


def test_a_role_and_a_stance_are_two_answers_one_after_the_other(asked: Asked) -> None:
    desk = asked.window.desk
    desk.session.open_account(asked.account)
    desk.edit(phrase("Join"), edits.add_member, asked.project, asked.person)
    asked.settled()
    row = asked.row(Fact.PARTICIPANTS, asked.project)
    picked(asked, row, "Evaluator", place=0)
    row = asked.row(Fact.PARTICIPANTS, asked.project)
    picked(asked, row, "Mentor")
    (member,) = desk.records.where(ChainMember, project=asked.project)
    assert member.roles == (Role.EVALUATOR,)
    assert not asked.is_asked(Fact.PARTICIPANTS, asked.project)


def test_a_stance_on_a_decided_project_holds_as_of_then_and_its_row_goes(asked: Asked) -> None:
    desk = asked.window.desk
    desk.session.open_account(asked.account)
    decided = desk.records.one(Project, asked.project).decided_on
    desk.edit(phrase("End"), edits.revise_project, asked.project, outcome=Outcome.LOST)
    desk.edit(phrase("Join"), edits.add_member, asked.project, asked.person, roles=[Role.USER])
    asked.settled()
    picked(asked, asked.row(Fact.PARTICIPANTS, asked.project), "Supporter")
    (claim,) = desk.records.where(Attitude, project=asked.project)
    assert (claim.stance, claim.stated_on) == (Stance.SUPPORTER, decided)
    assert not asked.is_asked(Fact.PARTICIPANTS, asked.project)
    asked.window.commands.run("undo")
    asked.settled()
    box = asked.row(Fact.PARTICIPANTS, asked.project).editors[0]
    assert isinstance(box, QComboBox)
    assert box.currentIndex() == -1, "it is asked again"


def test_what_is_being_typed_stays_while_only_the_money_changes(asked: Asked) -> None:
    row = asked.row(Fact.TITLE, asked.person)
    before = row.money.text()
    row.focus_first()
    type_text(row, "Head of")
    desk = asked.window.desk
    desk.session.open_account(asked.account)
    spend = Money(900_000_00, "CNY")
    desk.edit(phrase("Spend"), edits.revise_account, asked.account, expected_annual_spend=spend)
    asked.settled()
    assert asked.row(Fact.TITLE, asked.person) is row
    editor = row.editors[0]
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Head of"
    assert row.money.text() != before


def test_an_answer_about_an_account_that_is_not_in_memory_is_kept_when_the_window_closes(
    asked: Asked,
) -> None:
    yes = asked.row(Fact.VETO, asked.person).editors[0]
    assert isinstance(yes, QPushButton)
    store = asked.window.desk.session.path
    yes.click()
    assert asked.window.close(), "nothing keeps it"
    with Session.open(store) as session:
        session.open_account(asked.account)
        assert session.records.one(Person, asked.person).veto is True


def test_what_is_typed_last_and_refused_keeps_the_window_open_to_be_read(asked: Asked) -> None:
    desk = asked.window.desk

    def refuse() -> None:
        desk.owed.remove(refuse)
        desk.messages.warn(phrase("That cannot be."))

    desk.owed.append(refuse)
    assert not asked.window.close()
    assert asked.window.toast.sentence == "That cannot be."
    assert asked.window.close()


def test_how_a_project_ended_is_written_unasked_when_the_window_closes_meanwhile(
    asked: Asked,
) -> None:
    box = asked.row(Fact.OUTCOME, asked.project).editors[0]
    assert isinstance(box, QComboBox)
    store = asked.window.desk.session.path
    chosen(box, "Won")
    assert asked.window.close(), "nothing is asked any more"
    with Session.open(store) as session:
        session.open_account(asked.account)
        project = session.records.one(Project, asked.project)
        assert project.outcome is Outcome.WON
        assert project.decided_on is not None
        assert project.decided_on < session.today(), "the day it had stays"
