"""Guiding on the map: power centres and routes, and the actions that are planned for them."""

from __future__ import annotations

import pytest
from guided import BIGGEST, actions_for, click, form_of, map_tab, panel, person_named
from PySide6.QtWidgets import QLabel
from windowing import CTRL, SHIFT, Key, Windows, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.centres_panel import CentreRow, CentresPanel
from brm_desktop.gui.pages.plan_tab import PlanTab
from brm_desktop.gui.planning import PlannedLink
from brm_desktop.session.protection import PLAIN


@pytest.fixture
def at_map(windows: Windows, sample: MainWindow) -> MainWindow:
    """The map of the sample's biggest account."""
    windows.show_account(sample, BIGGEST)
    return sample


def unplanned(centres: CentresPanel) -> CentreRow:
    """The first power centre nothing is planned for."""
    return next(one for one in centres.power.rows if not isinstance(one.button, PlannedLink))


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
