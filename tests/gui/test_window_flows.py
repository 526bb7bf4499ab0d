"""What users do in the window from end to end: scores, stances, routes, history, removing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from at_the_map import (
    BIGGEST,
    canvas_pane,
    live_project,
    odds_panel,
    person_named,
    rows,
    show_person,
    stance_of,
)
from PySide6.QtWidgets import QLabel, QPushButton
from windowing import CTRL, Key, Windows, dialog_answered, filled_in, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.odds import RedFlagKind
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Action,
    Assessment,
    Dimension,
    InteractionKind,
    Outcome,
    Person,
    PersonId,
    Stance,
    Tie,
)
from brm_desktop.gui.desk import Page, Place, Selected, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.chains_tab import ChainsTab
from brm_desktop.gui.pages.history_tab import HistoryTab
from brm_desktop.gui.pages.people_tab import PeopleTab
from brm_desktop.gui.pages.resources.page import OurRelationsPage
from brm_desktop.gui.widgets.popover import Popover
from brm_desktop.session.protection import PLAIN


@pytest.fixture
def at_map(windows: Windows, sample: MainWindow) -> MainWindow:
    """The map of the sample's biggest account."""
    windows.show_account(sample, BIGGEST)
    return sample


def test_a_renamed_person_is_saved_at_once_and_undone_by_ctrl_z(at_map: MainWindow) -> None:
    person = show_person(at_map, "Chen Guodong")
    field = at_map.inspector.person.head.name
    field.setFocus()
    field.selectAll()
    type_text(at_map, "Chen the Great")
    press(at_map, Key.Key_Return)
    assert at_map.desk.records.one(Person, person.id).name == "Chen the Great"
    press(at_map, Key.Key_Z, CTRL)
    assert at_map.desk.records.one(Person, person.id).name == "Chen Guodong"
    assert field.text() == "Chen Guodong"


def test_a_typed_score_is_a_dated_statement_and_moves_the_account(at_map: MainWindow) -> None:
    person = show_person(at_map, "Chen Guodong")
    before = at_map.desk.analysis().scores[Dimension.CLOSENESS].value
    row = at_map.inspector.person.scores.sliders[Dimension.CLOSENESS]
    row.number.setFocus()
    row.number.selectAll()
    type_text(at_map, "90")
    press(at_map, Key.Key_Return)
    analysis = at_map.desk.analysis()
    stands = analysis.standing(person.id, Dimension.CLOSENESS)
    assert stands is not None
    assert (stands.value, stands.assessed_on) == (90, at_map.desk.session.today())
    after = analysis.scores[Dimension.CLOSENESS].value
    assert before is not None
    assert after is not None
    assert after > before


def test_a_score_moved_by_arrow_keys_is_one_statement(at_map: MainWindow) -> None:
    show_person(at_map, "Chen Guodong")
    before = len(at_map.desk.records.all(Assessment))
    slider = at_map.inspector.person.scores.sliders[Dimension.PRICE].slider
    slider.setFocus()
    for _ in range(5):
        press(at_map, Key.Key_Right)
    rest(700)
    assert len(at_map.desk.records.all(Assessment)) == before + 1


def test_a_score_being_chosen_is_neither_lost_to_news_nor_given_to_somebody_else(
    at_map: MainWindow,
) -> None:
    desk, person = at_map.desk, show_person(at_map, "Chen Guodong")
    slider = at_map.inspector.person.scores.sliders[Dimension.PRICE].slider
    slider.setFocus()
    press(at_map, Key.Key_Right)
    chosen = slider.value()
    desk.edit(phrase("News"), edits.revise_person, person.id, title="Head")
    assert slider.value() == chosen
    desk.show_person(next(one.id for one in desk.analysis().people if one.id != person.id))
    rest()
    stands = desk.analysis().standing(person.id, Dimension.PRICE)
    assert stands is not None
    assert (stands.value, stands.assessed_on) == (chosen, desk.session.today())
    assert slider.value() != chosen


def test_a_stance_is_chosen_and_unsaid_on_the_chain(windows: Windows, at_map: MainWindow) -> None:
    project = live_project(at_map)
    windows.go(at_map, Place(Page.ACCOUNT, at_map.desk.place.account, Tab.CHAINS, project.id))
    person = show_person(at_map, "Wang Fang")
    chain = at_map.navigation.account.tab(Tab.CHAINS)
    assert isinstance(chain, ChainsTab)
    odds = chain.chain.odds.view.odds
    buttons = at_map.inspector.person.chain.stance.buttons
    supporter = next(one for one in buttons if one.stance is Stance.SUPPORTER)
    supporter.setFocus()
    press(at_map, Key.Key_Space)
    assert stance_of(at_map, project, person) is Stance.SUPPORTER
    assert chain.chain.odds.view.odds != odds
    press(at_map, Key.Key_Space)
    assert stance_of(at_map, project, person) is Stance.UNKNOWN


def test_the_twin_holds_the_people_and_links_of_the_canvas(
    at_map: MainWindow, windows: Windows
) -> None:
    pane = canvas_pane(at_map)
    press(at_map, Key.Key_T, CTRL)
    rest(50)
    figure = pane.figure()
    assert {row.person.id for row in rows(pane.twin.people)} == figure.cards.keys()
    assert {row.link.id for row in rows(pane.twin.links)} == {one.record for one in figure.lines}


def test_a_cell_of_the_people_table_is_edited_in_place(
    at_map: MainWindow, windows: Windows
) -> None:
    windows.go(at_map, Place(Page.ACCOUNT, at_map.desk.place.account, Tab.PEOPLE))
    tab = at_map.navigation.account.tab(Tab.PEOPLE)
    assert isinstance(tab, PeopleTab)
    person = tab.model.rows[0].person
    tab.table.setCurrentIndex(tab.table.model().index(0, 1))
    press(at_map, Key.Key_F2)
    press(at_map, Key.Key_A, CTRL)
    type_text(at_map, "Chairman")
    press(at_map, Key.Key_Return)
    assert at_map.desk.records.one(Person, person.id).title == "Chairman"


def test_two_colleagues_with_ties_open_routes_and_one_becomes_an_action(
    windows: Windows,
) -> None:
    window = windows.open()
    window.stores.open(windows.folder / "new.brm", create=PLAIN)
    windows.settle(window)
    with dialog_answered(filled_in("Acme")):
        window.commands.run("new_account")
    windows.settle(window)
    account = window.desk.place.account
    type_text(window, "Boss")
    press(window, Key.Key_Return)
    boss = person_named(window, "Boss")
    for name in ("Me", "Wang Min"):
        windows.go(window, Place(Page.COLLEAGUES))
        page = window.pages.currentWidget()
        assert isinstance(page, OurRelationsPage)
        with dialog_answered(filled_in(name)):
            page.people.ask_new()
    windows.go(window, Place(Page.ACCOUNT, account, Tab.MAP))
    window.desk.show_person(boss.id)
    rest()
    ties = window.inspector.person.ties
    for place, closeness in enumerate(("20", "50")):
        ties.other.setCurrentIndex(place)
        ties.strength.setText(closeness)
        ties.add.click()
    assert sorted(tie.closeness for tie in window.desk.records.all(Tie).values()) == [20, 50]
    reading = window.inspector.person.routes.reading
    assert reading is not None
    assert [route.value for route in reading.routes] == [Fraction(1, 2), Fraction(1, 5)]
    window.inspector.foot.ask.click()
    (action,) = window.desk.records.all(Action).values()
    assert action.person == boss.id
    assert action.due is not None
    assert "Wang Min" in action.text


def test_a_second_account_of_the_same_name_is_refused_in_one_sentence(sample: MainWindow) -> None:
    with dialog_answered(filled_in(BIGGEST)):
        sample.commands.run("new_account")
    assert "There is already an account" in sample.toast.sentence
    assert len(sample.desk.session.portfolio()) == 8


def test_an_edit_out_of_the_history_is_taken_back(at_map: MainWindow, windows: Windows) -> None:
    person = show_person(at_map, "Zhou Hai")
    title = person.title
    details = at_map.inspector.person.details
    details.head.setChecked(True)
    details.title.setText("Wizard")
    details.title.editingFinished.emit()
    details.wechat.setText("zhou")
    details.wechat.editingFinished.emit()
    windows.go(at_map, Place(Page.ACCOUNT, at_map.desk.place.account, Tab.HISTORY))
    tab = at_map.navigation.account.tab(Tab.HISTORY)
    assert isinstance(tab, HistoryTab)
    tab.table.selectRow(1)
    tab.take_back()
    now = at_map.desk.records.one(Person, person.id)
    assert (now.title, now.wechat) == (title, "zhou")


def test_a_removed_person_of_the_key_person_view_leads_back_to_the_map(
    at_map: MainWindow, windows: Windows
) -> None:
    account = at_map.desk.place.account
    type_text(at_map, "Nobody")
    press(at_map, Key.Key_Return)
    person = person_named(at_map, "Nobody")
    windows.go(at_map, Place(Page.ACCOUNT, account, person=person.id))
    at_map.commands.run("undo")
    assert at_map.desk.place == Place(Page.ACCOUNT, account)
    assert at_map.desk.records.get(Person, PersonId(person.id)) is None


def test_a_number_opens_the_sum_it_is_made_of(at_map: MainWindow) -> None:
    lines = at_map.inspector.account.findChildren(QPushButton)
    number = next(one for one in lines if one.property("kind") == "score")
    assert number.text() == "62"
    number.click()
    rest()
    (popover,) = at_map.findChildren(Popover)
    said = [label.text() for label in popover.findChildren(QLabel)]
    assert "Chen Guodong" in said
    assert "100 × 40" in said
    press(at_map, Key.Key_Escape)
    rest()
    assert at_map.findChildren(Popover) == []


def test_a_meeting_noted_in_the_inspector_ends_the_silence(at_map: MainWindow) -> None:
    project = live_project(at_map)
    person = show_person(at_map, "Chen Guodong")

    def silent() -> list[str | None]:
        flags = at_map.desk.analysis().chain(project.id).red_flags
        return [flag.person for flag in flags if flag.kind is RedFlagKind.CRUCIAL_SILENT]

    assert person.id in silent()
    at_map.inspector.person.contact.kinds[InteractionKind.VISIT].trigger()
    assert person.id not in silent()


def test_an_account_is_removed_after_a_question_and_comes_again_by_undo(
    sample: MainWindow, windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample.messages, "ask", lambda *_args, **_kw: True)
    page = sample.navigation.accounts
    windows.go(sample, Place(Page.ACCOUNTS))
    windows.qtbot.waitUntil(lambda: all(row.ranked for row in page.model.rows), timeout=20_000)
    before = [row.line.name for row in page.model.rows]
    page.remove_accounts([row.line.id for row in page.model.rows if row.line.name == BIGGEST])
    rest()
    assert BIGGEST not in [row.line.name for row in page.model.rows]
    sample.commands.run("undo")
    rest()
    assert BIGGEST in [row.line.name for row in page.model.rows]
    windows.qtbot.waitUntil(
        lambda: [row.line.name for row in page.model.rows] == before, timeout=20_000
    )


def test_several_people_get_a_department_in_one_step(at_map: MainWindow) -> None:
    people = [person_named(at_map, name).id for name in ("Zhou Hai", "Li Jing")]
    at_map.desk.select(Selected(people=tuple(people)))
    rest()
    field = at_map.inspector.several.department
    field.setText("Board")
    field.editingFinished.emit()
    found = {at_map.desk.records.one(Person, key).department for key in people}
    assert len(found) == 1
    at_map.commands.run("undo")
    found = {at_map.desk.records.one(Person, key).department for key in people}
    assert len(found) == 2


def test_the_odds_and_the_potential_output_open_their_sums(
    windows: Windows, at_map: MainWindow
) -> None:
    def opened(button: QPushButton) -> list[str]:
        button.setFocus()
        press(at_map, Key.Key_Return)
        (popover,) = at_map.findChildren(Popover)
        said = [label.text() for label in popover.findChildren(QLabel)]
        press(at_map, Key.Key_Escape)
        rest()
        return said

    potential = at_map.inspector.account.potential
    said = opened(potential)
    assert "Closeness" in said
    said_whole = round(float(said[-2].split()[-1].replace(",", "")))
    assert f"{said_whole:,}" == potential.text().split()[-1]
    project = live_project(at_map)
    account = at_map.desk.place.account
    windows.go(at_map, Place(Page.ACCOUNT, account, Tab.CHAINS, project.id))
    page = odds_panel(at_map)
    said = opened(page.number)
    assert "Even odds, where the sum starts" in said
    notes = [target.note for target in odds_panel(at_map).view.targets]
    assert all(note == "" or "capped at" in note for note in notes)
    assert "50" in said
    assert round(float(said[-2].lstrip("= "))) == int(page.number.text())


def test_a_project_that_is_decided_shows_how_it_ended(windows: Windows, at_map: MainWindow) -> None:
    project = live_project(at_map)
    place = Place(Page.ACCOUNT, at_map.desk.place.account, Tab.CHAINS, project.id)
    windows.go(at_map, place)
    panel = odds_panel(at_map)
    before = panel.view
    at_map.desk.edit(
        phrase("Lose it"), edits.close_project, project.id, Outcome.LOST, on=date(2026, 3, 2)
    )
    windows.settle(at_map)
    assert before.odds is not None
    assert panel.view.ended.startswith("Lost")
    assert "2026" in panel.view.ended
    assert panel.view.odds is None
    assert not panel.view.flags
    assert not panel.number.isVisible()
