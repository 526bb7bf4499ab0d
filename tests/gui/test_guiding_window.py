"""Centres beside the map, deals as a line, guided questions: by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from windowing import CTRL, SHIFT, Key, Windows, dialog_answered, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.guiding import Topic
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Action,
    ActionState,
    ChainMember,
    Outcome,
    Person,
    PersonId,
    Project,
    Role,
    Stance,
    id_of,
)
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.dialogs.guiding_dialog import GuidingDialog
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.centres_panel import CentreRow, CentresPanel
from brm_desktop.gui.pages.chains_tab import ChainPage, ChainsTab
from brm_desktop.gui.pages.map_tab import MapTab
from brm_desktop.gui.pages.plan_form import PlanForm
from brm_desktop.gui.pages.plan_tab import PlanTab
from brm_desktop.gui.planning import PlannedLink
from brm_desktop.session.protection import PLAIN

BIGGEST = "Huachen Equipment Group"


def click(widget: QWidget) -> None:
    """A click with the mouse in the middle of something on show."""
    assert widget.isVisible()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    rest()


@pytest.fixture
def at_map(windows: Windows, sample: MainWindow) -> MainWindow:
    """The map of the sample's biggest account."""
    windows.show_account(sample, BIGGEST)
    return sample


def map_tab(window: MainWindow) -> MapTab:
    """The tab of the map."""
    found = window.navigation.account.tab(Tab.MAP)
    assert isinstance(found, MapTab)
    return found


def panel(window: MainWindow) -> CentresPanel:
    """The centres beside the map, on show."""
    tab = map_tab(window)
    if not tab.centres.isVisible():
        click(tab.centres_button)
    return tab.centres


def unplanned(centres: CentresPanel) -> CentreRow:
    """The first power centre nothing is planned for."""
    return next(one for one in centres.power.rows if not isinstance(one.button, PlannedLink))


def form_of(centres: CentresPanel) -> PlanForm:
    """The form that is open."""
    assert centres.form is not None
    return centres.form


def actions_for(window: MainWindow, person: PersonId) -> list[Action]:
    """What is open for somebody."""
    found = window.desk.records.all(Action).values()
    return [one for one in found if one.person == person and one.state is ActionState.OPEN]


def person_named(window: MainWindow, name: str) -> Person:
    """Somebody of the open account."""
    return next(one for one in window.desk.analysis().people if one.name == name)


def test_an_action_is_planned_for_a_power_centre_by_mouse(
    at_map: MainWindow, windows: Windows
) -> None:
    centres = panel(at_map)
    scores = [one.findChild(QLabel) is not None for one in centres.power.rows]
    assert scores
    row = unplanned(centres)
    click(row.button)
    form = form_of(centres)
    assert form.text.toPlainText()
    assert form.due.text() > at_map.desk.session.today().isoformat()
    click(form.done)
    (action,) = actions_for(at_map, row.person)
    assert action.due is not None
    assert action.owner is not None
    now = next(one for one in centres.power.rows if one.person == row.person)
    assert isinstance(now.button, PlannedLink)
    assert centres.form is None
    click(now.button)
    windows.settle(at_map)
    assert at_map.desk.place.tab is Tab.PLAN
    plan = at_map.navigation.account.tab(Tab.PLAN)
    assert isinstance(plan, PlanTab)
    assert action.id in {one.id for one in plan.action_table.model_of.rows}
    at_map.commands.run("undo")
    assert actions_for(at_map, row.person) == []


def test_an_action_is_planned_by_keyboard_alone(at_map: MainWindow) -> None:
    press(at_map, Key.Key_L, CTRL | SHIFT)
    centres = map_tab(at_map).centres
    assert centres.isVisible()
    assert centres.power.head.hasFocus()
    row = unplanned(centres)
    for _ in range(40):
        if row.button.hasFocus():
            break
        press(at_map, Key.Key_Tab)
    assert row.button.hasFocus()
    press(at_map, Key.Key_Return)
    form = form_of(centres)
    assert form.text.hasFocus()
    type_text(at_map, "Invite for golf")
    press(at_map, Key.Key_Return)
    assert [one.text for one in actions_for(at_map, row.person)] == ["Invite for golf"]
    press(at_map, Key.Key_L, CTRL | SHIFT)
    assert not centres.isVisible()


def test_escape_puts_the_form_away_and_a_wrong_date_is_said(at_map: MainWindow) -> None:
    centres = panel(at_map)
    row = unplanned(centres)
    click(row.button)
    form = form_of(centres)
    form.due.setText("soon")
    click(form.done)
    assert "year-month-day" in form.problem.text()
    form.due.setText("")
    form.text.setPlainText("  ")
    click(form.done)
    assert form.problem.text() == "Say what is to be done."
    assert actions_for(at_map, row.person) == []
    form.text.setFocus()
    press(at_map, Key.Key_Escape)
    assert centres.form is None
    assert row.button.hasFocus()


def test_an_entry_of_the_menu_gives_other_words_and_an_edit_elsewhere_leaves_the_form(
    at_map: MainWindow,
) -> None:
    centres = panel(at_map)
    row = unplanned(centres)
    click(row.button)
    form = form_of(centres)
    before = form.text.toPlainText()
    form.service.setCurrentIndex(form.service.count() - 1)
    form.service.activated.emit(form.service.count() - 1)
    assert form.text.toPlainText() != before
    form.text.setPlainText("My own words")
    other = next(one for one in centres.power.rows if one.person != row.person)
    at_map.desk.edit(phrase("Title"), edits.revise_person, other.person, title="Boss")
    rest()
    assert form_of(centres) is form
    assert form.text.toPlainText() == "My own words"


def test_the_centres_stay_as_they_were_in_the_next_window(
    at_map: MainWindow, windows: Windows
) -> None:
    centres = panel(at_map)
    click(centres.influence.head)
    path = at_map.desk.session.path
    at_map.close()
    again = windows.open(path)
    windows.show_account(again, BIGGEST)
    shown = map_tab(again).centres
    assert shown.isVisible()
    assert shown.power.body.isVisible()
    assert not shown.influence.body.isVisible()


def test_an_account_without_people_says_how_centres_come_about(windows: Windows) -> None:
    window = windows.open()
    window.stores.open(windows.folder / "new.brm", create=PLAIN)
    windows.settle(window)
    account = window.desk.edit(phrase("New"), edits.create_account, name="Empty")
    assert account is not None
    windows.show_account(window, "Empty")
    centres = panel(window)
    said = [one.text() for one in centres.findChildren(QLabel) if one.isVisible()]
    assert any("Draw who reports to whom" in text for text in said)
    assert any("Draw who sways whom" in text for text in said)


def test_a_route_that_is_planned_says_until_when(at_map: MainWindow, windows: Windows) -> None:
    person = person_named(at_map, "Chen Guodong")
    windows.go(at_map, Place(Page.ACCOUNT, at_map.desk.place.account, person=person.id))
    routes = map_tab(at_map).seen_from.routes
    before = len(actions_for(at_map, person.id))
    click(routes.cards[1].button)
    assert len(actions_for(at_map, person.id)) == before + 1
    assert isinstance(routes.cards[1].button, PlannedLink)
    assert routes.cards[1].button.text().startswith("planned for")
    at_map.inspector.foot.ask.click()
    assert len(actions_for(at_map, person.id)) == before + 2
    at_map.inspector.foot.ask.click()
    assert "planned already" in at_map.toast.sentence
    assert len(actions_for(at_map, person.id)) == before + 2
    rest()
    assert routes.new_tie is not None
    click(routes.new_tie)
    assert isinstance(routes.new_tie, PlannedLink)


def test_other_deals_are_a_line_whose_stops_lead_to_their_chains(
    at_map: MainWindow, windows: Windows
) -> None:
    person = person_named(at_map, "Chen Guodong")
    account = at_map.desk.place.account
    windows.go(at_map, Place(Page.ACCOUNT, account, person=person.id))
    routes = map_tab(at_map).seen_from.routes
    years = [stop.stop.part.on.year for stop in routes.timeline.stops if stop.stop.part.on]
    assert years == sorted(years, reverse=True)
    stop = routes.timeline.stops[1]
    assert stop.stop.name in stop.accessibleName()
    routes.deals.setFocus()
    press(at_map, Key.Key_Space)
    assert not routes.timeline.isVisible()
    press(at_map, Key.Key_Space)
    assert routes.timeline.isVisible()
    inside = at_map.inspector.person.chains.timeline.stops
    assert [one.stop for one in inside] == [one.stop for one in routes.timeline.stops][:4]
    stop.setFocus()
    press(at_map, Key.Key_Return)
    windows.settle(at_map)
    assert at_map.desk.place.project == stop.stop.part.project


def test_a_person_nobody_can_reach_and_who_was_nowhere_is_told_so(
    at_map: MainWindow, windows: Windows
) -> None:
    account = at_map.desk.place.account
    type_text(at_map, "Nobody")
    press(at_map, Key.Key_Return)
    person = person_named(at_map, "Nobody")
    at_map.desk.edit(phrase("Name"), edits.revise_person, person.id, name="N" * 500)
    windows.go(at_map, Place(Page.ACCOUNT, account, person=person.id))
    routes = map_tab(at_map).seen_from.routes
    said = [one.text() for one in routes.findChildren(QLabel) if one.isVisible()]
    assert "No route yet: none of us has a tie that leads here." in said
    assert not routes.deals.isEnabled()
    assert routes.timeline.stops == []
    assert routes.width() <= at_map.width()
    assert at_map.width() == 1400


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
