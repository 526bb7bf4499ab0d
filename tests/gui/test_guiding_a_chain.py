"""Guiding on a chain: questions to answer, flags that lead to people, the record of the odds."""

from __future__ import annotations

import pytest
from guided import BIGGEST, actions_for, click, person_named
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from windowing import Key, Windows, dialog_answered, press, rest

from brm_desktop.domain import edits
from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.guiding import Topic
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    ChainMember,
    Outcome,
    Project,
    Role,
    Stance,
    id_of,
)
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.dialogs.guiding_dialog import GuidingDialog
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.chains_tab import ChainPage, ChainsTab


@pytest.fixture
def at_map(windows: Windows, sample: MainWindow) -> MainWindow:
    """The map of the sample's biggest account."""
    windows.show_account(sample, BIGGEST)
    return sample


@pytest.fixture
def at_chain(windows: Windows, at_map: MainWindow) -> MainWindow:
    """The chain of the sample's picture."""
    live = (one for one in at_map.desk.analysis().projects if one.outcome is Outcome.OPEN)
    project = next(one for one in live if "Line" in one.name)
    account = at_map.desk.place.account
    windows.go(at_map, Place(Page.ACCOUNT, account, Tab.CHAINS, project.id))
    return at_map


def chain_page(window: MainWindow) -> ChainPage:
    """The chain on show."""
    tab = window.navigation.account.tab(Tab.CHAINS)
    assert isinstance(tab, ChainsTab)
    return tab.chain


def project_of(window: MainWindow) -> Project:
    """The project on show."""
    return window.desk.records.one(Project, window.desk.place.project or "")


def guiding(dialog: QDialog) -> GuidingDialog:
    """The dialog of guided questions."""
    assert isinstance(dialog, GuidingDialog)
    return dialog


def test_questions_by_figures_end_in_a_claim_that_keeps_its_reason(at_chain: MainWindow) -> None:
    person = person_named(at_chain, "Chen Guodong")
    at_chain.desk.show_person(person.id)
    rest()

    def answer(dialog: QDialog) -> None:
        found = guiding(dialog)
        for figure in "2411":
            QTest.keyClicks(found, figure)
        assert found.answers[0].accessibleName().endswith("Role · approver")
        QTest.keyClick(found, Key.Key_Escape)

    with dialog_answered(answer):
        click(at_chain.inspector.person.chain.help)
    project = project_of(at_chain)
    today = at_chain.desk.session.today()
    now = attitude_on(at_chain.desk.records, project.id, person.id, today)
    assert now.stance is Stance.NON_SUPPORTER
    assert now.of_stance is not None
    assert "against the offer, not against us" in now.of_stance.evidence
    at_chain.commands.run("undo")
    assert attitude_on(at_chain.desk.records, project.id, person.id, today).stance is Stance.NEUTRAL


def test_questions_are_walked_by_arrows_and_back(at_chain: MainWindow) -> None:
    person = person_named(at_chain, "Chen Guodong")
    dialog = GuidingDialog(at_chain.desk, project_of(at_chain).id, [person.id], parent=at_chain)
    dialog.show()
    rest()
    press(dialog, Key.Key_Up)
    press(dialog, Key.Key_Up)
    press(dialog, Key.Key_Up)
    assert dialog.answers[0].hasFocus()
    press(dialog, Key.Key_Return)
    assert "was approver in" in " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert dialog.answers[0].hasFocus()
    press(dialog, Key.Key_Down)
    assert dialog.answers[1].hasFocus()
    press(dialog, Key.Key_Return)
    press(dialog, Key.Key_Backspace)
    press(dialog, Key.Key_Left)
    assert len(dialog.answers) == len(Topic)
    assert not dialog.back.isEnabled()
    dialog.go_back()
    for _ in range(3):
        click(dialog.answers[0])
    click(dialog.answers[1])
    assert len(dialog.answers) == len(Role)
    click(dialog.back)
    click(dialog.answers[1])
    click(dialog.answers[4])
    key = id_of(ChainMember, project_of(at_chain).id, person.id)
    assert at_chain.desk.records.one(ChainMember, key).roles == (Role.INFLUENCER,)
    dialog.close()


def test_accepted_roles_and_vetoes_keep_their_reason_in_the_note(at_chain: MainWindow) -> None:
    person = person_named(at_chain, "Chen Guodong")
    dialog = GuidingDialog(at_chain.desk, project_of(at_chain).id, [person.id], parent=at_chain)
    dialog.show()
    for figure in "4111111":
        QTest.keyClicks(dialog, figure)
    key = id_of(ChainMember, project_of(at_chain).id, person.id)
    member = at_chain.desk.records.one(ChainMember, key)
    assert member.veto is True
    assert "A rule lets Chen Guodong stop the purchase alone: a veto." in member.note
    dialog.close()


def test_unknown_stances_are_answered_one_after_another_from_the_chain(
    at_chain: MainWindow,
) -> None:
    page = chain_page(at_chain)
    unknown = page.odds.view.unknown
    assert unknown == 1
    button = page.odds.findChild(QPushButton, "answer_now")
    assert isinstance(button, QPushButton)

    def answer(dialog: QDialog) -> None:
        for figure in "221":
            QTest.keyClicks(guiding(dialog), figure)

    with dialog_answered(answer):
        button.setFocus()
        press(at_chain, Key.Key_Return)
    assert page.odds.view.unknown == 0
    assert page.odds.findChild(QPushButton, "answer_now") is None or not button.isVisible()
    canvas = page.pane.canvas
    assert canvas is not None
    assert canvas.hasFocus()


def test_the_keys_are_where_they_were_after_questions_about_one_person(
    at_chain: MainWindow, windows: Windows
) -> None:
    at_chain.desk.show_person(person_named(at_chain, "Zheng Yi").id)
    windows.settle(at_chain)
    part = at_chain.inspector.person.chain

    with dialog_answered(lambda dialog: dialog.reject()):
        part.help.setFocus()
        press(at_chain, Key.Key_Space)
    assert part.help.hasFocus()


def test_what_nobody_has_seen_becomes_a_planned_step(at_chain: MainWindow) -> None:
    person = person_named(at_chain, "Zheng Yi")
    project = project_of(at_chain)
    dialog = GuidingDialog(at_chain.desk, project.id, [person.id], Topic.STANCE, parent=at_chain)
    dialog.show()
    QTest.keyClicks(dialog, "5")
    QTest.keyClicks(dialog, "1")
    assert not dialog.isVisible()
    assert any("whose side" in action.text for action in actions_for(at_chain, person.id))


def test_several_people_are_asked_about_in_turn_and_skipped(at_chain: MainWindow) -> None:
    people = [person_named(at_chain, name).id for name in ("Zheng Yi", "Wang Fang")]
    dialog = GuidingDialog(
        at_chain.desk, project_of(at_chain).id, people, Topic.STANCE, parent=at_chain
    )
    dialog.show()
    assert dialog.skip.isVisible()
    click(dialog.skip)
    assert dialog.person == people[1]
    click(dialog.skip)
    assert not dialog.isVisible()


def test_every_flag_and_target_is_read_whole_and_leads_to_its_person(
    at_chain: MainWindow,
) -> None:
    odds = chain_page(at_chain).odds
    flags = odds.flags.flags
    assert [one.text() for one in flags] == [one.text for one in odds.view.flags]
    for button, flag in zip(flags, odds.view.flags, strict=True):
        assert button.isVisible()
        assert button.width() >= button.sizeHint().width()
        button.setFocus()
        press(at_chain, Key.Key_Space)
        assert at_chain.desk.selection.people == (flag.person,)


def test_the_record_shows_every_band_and_marks_the_one_now(at_chain: MainWindow) -> None:
    view = chain_page(at_chain).odds.view
    assert [cell.name for cell in view.record] == ["Weak", "Medium", "Strong"]
    assert [cell.name for cell in view.record if cell.current] == ["Medium"]
    assert [cell.score for cell in view.record] == ["1/3", "5/5", "2/2"]
    assert view.record[1].interval == "57–100%"
    assert "Wilson" in view.record_text


def test_a_chain_of_nobody_asks_for_roles_in_words(at_chain: MainWindow, windows: Windows) -> None:
    account = at_chain.desk.place.account
    assert account is not None
    change = at_chain.desk.edit(phrase("New"), edits.create_project, account, "Nothing yet")
    assert change is not None
    (project,) = change.added(Project)
    windows.go(at_chain, Place(Page.ACCOUNT, account, Tab.CHAINS, project.id))
    page = chain_page(at_chain)
    assert page.odds.view.odds is None
    assert page.odds.view.unknown == 0
    click(page.odds.flags.flags[0])
    assert "give the role" in at_chain.toast.sentence
    person = person_named(at_chain, "Wang Fang")
    at_chain.desk.edit(phrase("Join"), edits.add_member, project.id, person.id)
    rest()

    def answer(dialog: QDialog) -> None:
        for figure in "311":
            QTest.keyClicks(guiding(dialog), figure)

    with dialog_answered(answer):
        click(page.odds.flags.flags[0])
    key = id_of(ChainMember, project.id, person.id)
    assert at_chain.desk.records.one(ChainMember, key).roles == (Role.EVALUATOR,)
