"""The history in the window: narrowed, paged, and restored line by line; the past of one field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication
from windowing import CTRL, Key, Windows, press, rest

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Assessment,
    Basis,
    Dimension,
    Influence,
    Person,
    PersonId,
    Stance,
)
from brm_desktop.gui.desk import Page, Place, Selected, Tab
from brm_desktop.gui.inspector.field_past import PastButton, PastSheet
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages import history_tab
from brm_desktop.gui.pages.history_tab import HistoryTab
from brm_desktop.gui.widgets.table import KEY_ROLE, Table

BIGGEST = "Huachen Equipment Group"
PLANT = "2027 Line Digitalisation, Phase One"


@pytest.fixture
def at_map(windows: Windows, sample: MainWindow) -> MainWindow:
    """The map of the sample's biggest account."""
    windows.show_account(sample, BIGGEST)
    return sample


def chief_of(window: MainWindow) -> PersonId:
    """The most important of the account's people."""
    return window.desk.analysis().by_importance[0].id


def revise(window: MainWindow, name: str, **fields: object) -> None:
    """Change fields of the chief, under a name for the history."""
    window.desk.edit(phrase(name), edits.revise_person, chief_of(window), **fields)


def history_of(windows: Windows, window: MainWindow) -> HistoryTab:
    """The history tab of the account on show."""
    windows.go(window, Place(Page.ACCOUNT, window.desk.place.account, Tab.HISTORY))
    tab = window.navigation.account.tab(Tab.HISTORY)
    assert isinstance(tab, HistoryTab)
    return tab


def select_row(table: Table, key: str) -> None:
    """Select the row of a key, whatever keys are held."""
    shown_rows, flag = table.model(), QItemSelectionModel.SelectionFlag
    for place in range(shown_rows.rowCount()):
        index = shown_rows.index(place, 0)
        if index.data(KEY_ROLE) == key:
            table.selectionModel().select(index, flag.ClearAndSelect | flag.Rows)


def choose(tab: HistoryTab, edit: str, field: str) -> None:
    """Choose an edit by its name, and one field of what it changed."""
    step = next(one for one in tab.model.rows if str(one.first.name) == edit)
    select_row(tab.table, step.first.operation)
    detail = next(one for one in tab.details.rows if one.field.field == field)
    select_row(tab.detail_table, detail.key)


def shown(tab: HistoryTab) -> list[str]:
    """The names of the edits on show."""
    return [str(step.first.name) for step in tab.model.rows]


def test_one_field_of_an_old_edit_is_restored_while_later_edits_stay(
    windows: Windows, at_map: MainWindow
) -> None:
    desk, chief = at_map.desk, chief_of(at_map)
    before = desk.records.one(Person, chief).title
    revise(at_map, "First", title="Head", wechat="chief")
    revise(at_map, "Second", title="Chief", notes="Likes tea.")
    tab = history_of(windows, at_map)

    choose(tab, "First", "title")
    tab.restore_one.click()

    person = desk.records.one(Person, chief)
    assert (person.title, person.wechat, person.notes) == (before, "chief", "Likes tea.")
    desk.undo()
    assert desk.records.one(Person, chief).title == "Chief"


def test_the_key_and_the_menu_restore_too(windows: Windows, at_map: MainWindow) -> None:
    desk, chief = at_map.desk, chief_of(at_map)
    before = desk.records.one(Person, chief).title
    revise(at_map, "First", title="Head")
    tab = history_of(windows, at_map)
    choose(tab, "First", "title")
    tab.detail_table.setFocus()
    press(at_map, Key.Key_R, CTRL)
    assert desk.records.one(Person, chief).title == before

    choose(tab, "First", "title")
    press(at_map, Key.Key_R, CTRL)
    assert "It is so already" in at_map.toast.sentence
    revise(at_map, "Third", title="Other")
    choose(tab, "First", "title")
    (action,) = tab.context_menu().actions()
    assert action.text() == "Restore this value"
    action.trigger()
    assert desk.records.one(Person, chief).title == before


def test_who_was_removed_comes_back_and_who_was_added_goes(
    windows: Windows, at_map: MainWindow
) -> None:
    desk, chief = at_map.desk, chief_of(at_map)
    account = desk.place.account
    change = desk.edit(phrase("Come"), edits.add_person, name="Newcomer", account=account)
    assert change is not None
    new = change.added(Person)[0].id
    desk.edit(phrase("Go"), edits.remove_people, [new])
    tab = history_of(windows, at_map)
    choose(tab, "Go", "name")
    assert tab.restore_one.text() == "Bring this back"
    tab.restore_one.click()
    assert desk.records.get(Person, new) is not None
    choose(tab, "Come", "name")
    assert tab.restore_one.text() == "Take this away"
    tab.restore_one.click()
    assert desk.records.get(Person, new) is None
    assert desk.records.get(Person, chief) is not None


def test_statements_say_on_what_they_rest(windows: Windows, at_map: MainWindow) -> None:
    desk = at_map.desk
    desk.edit(
        phrase("Said"),
        edits.assess,
        chief_of(at_map),
        closeness=88,
        basis=Basis.CONFIRMED,
        evidence="Called us first.",
    )
    tab = history_of(windows, at_map)
    step = next(one for one in tab.model.rows if str(one.first.name) == "Said")
    place = tab.model.index(tab.model.rows.index(step), 3)
    assert place.data(Qt.ItemDataRole.DisplayRole) == "confirmed · Called us first."


def test_the_history_is_narrowed_by_person_kind_author_and_days(
    windows: Windows, at_map: MainWindow
) -> None:
    desk, chief = at_map.desk, chief_of(at_map)
    other = desk.analysis().by_importance[1].id
    revise(at_map, "Of the chief", title="Head")
    desk.edit(phrase("Of the other"), edits.revise_person, other, title="Other")
    desk.edit(phrase("Score of the chief"), edits.assess, chief, closeness=12)
    tab = history_of(windows, at_map)
    everything = shown(tab)

    tab.tools.person.show_choice(chief)
    tab.tools.changed.emit()
    assert shown(tab)[:2] == ["Score of the chief", "Of the chief"]
    assert "Of the other" not in shown(tab)
    tab.tools.kind.show_choice(Assessment)
    tab.tools.changed.emit()
    assert "Of the chief" not in shown(tab)
    tab.tools.person.show_choice(None)
    tab.tools.kind.show_choice(None)
    tab.tools.author.show_choice("Zhang Fan")
    tab.tools.changed.emit()
    assert shown(tab) == everything
    tab.tools.since.setText("2099-01-01")
    tab.tools.changed.emit()
    assert shown(tab) == []
    assert not tab.restore_one.isEnabled()
    tab.tools.since.setText("")
    tab.tools.until.setText("2001-01-01")
    tab.tools.changed.emit()
    assert shown(tab) == []


def test_a_long_history_shows_older_edits_when_asked(
    windows: Windows, at_map: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_tab, "_AT_ONCE", 2)
    for number in range(5):
        revise(at_map, f"Edit {number}", title=f"Title {number}")
    tab = history_of(windows, at_map)
    assert shown(tab) == ["Edit 4", "Edit 3"]
    tab.more.click()
    assert shown(tab) == ["Edit 4", "Edit 3", "Edit 2", "Edit 1"]


def the_sheet(window: MainWindow, button: PastButton) -> PastSheet:
    """The list that a clock opens."""
    button.click()
    rest()
    (sheet,) = (one for one in window.findChildren(PastSheet) if one.isVisible())
    return sheet


def clock(window: MainWindow, name: str) -> PastButton:
    """The clock on show beside a field, by its accessible name."""
    found = window.inspector.findChildren(PastButton)
    return next(one for one in found if one.accessibleName() == name and not one.isHidden())


def test_a_clock_beside_a_field_has_its_former_values_again(at_map: MainWindow) -> None:
    desk, chief = at_map.desk, chief_of(at_map)
    before = desk.records.one(Person, chief).title
    revise(at_map, "First", title="Head", notes="Likes tea.")
    desk.show_person(chief)
    at_map.inspector.person.details.head.click()
    rest()
    sheet = the_sheet(at_map, clock(at_map, "What Title was"))
    assert [one.accessibleName() for one in sheet.buttons] == [f"Restore {before}"]
    assert QApplication.focusWidget() is sheet.buttons[0]
    press(at_map, Key.Key_Space)
    person = desk.records.one(Person, chief)
    assert (person.title, person.notes) == (before, "Likes tea.")


def test_escape_closes_the_list_and_gives_the_keys_back(at_map: MainWindow) -> None:
    at_map.desk.show_person(chief_of(at_map))
    rest()
    button = clock(at_map, "What Closeness was")
    the_sheet(at_map, button)
    press(at_map, Key.Key_Escape)
    assert not [one for one in at_map.findChildren(PastSheet) if one.isVisible()]
    assert QApplication.focusWidget() is button


def test_a_former_score_is_stated_anew_today(at_map: MainWindow) -> None:
    desk, chief = at_map.desk, chief_of(at_map)
    stated = {one.id for one in desk.records.where(Assessment, person=chief)}
    desk.show_person(chief)
    rest()
    sheet = the_sheet(at_map, clock(at_map, "What Closeness was"))
    wanted = int(sheet.buttons[0].accessibleName().removeprefix("Restore "))
    sheet.buttons[0].click()
    (new,) = (one for one in desk.records.where(Assessment, person=chief) if one.id not in stated)
    assert (new.closeness, new.assessed_on) == (wanted, desk.session.today())
    found = desk.analysis().standing(chief, Dimension.CLOSENESS)
    assert found is not None
    assert found.value == wanted


def test_a_former_stance_is_claimed_anew(windows: Windows, at_map: MainWindow) -> None:
    desk, chief = at_map.desk, chief_of(at_map)
    project = next(one.id for one in desk.analysis().projects if one.name == PLANT)
    windows.go(at_map, Place(Page.ACCOUNT, desk.place.account, Tab.CHAINS, project))
    desk.edit(phrase("Turn"), edits.revise_member, project, chief, stance=Stance.MENTOR)
    desk.show_person(chief)
    rest()
    sheet = the_sheet(at_map, clock(at_map, "What Stance was"))
    former = sheet.buttons[0].accessibleName().removeprefix("Restore ")
    sheet.buttons[0].click()
    now = next(one for one in desk.analysis().chain(project).members if one.person == chief)
    assert now.stance.label == former
    assert now.stance is not Stance.MENTOR


def test_a_links_strength_has_its_past(at_map: MainWindow) -> None:
    desk = at_map.desk
    shown_lines = {line.record for line in at_map.navigation.account.pane.figure().lines}  # type: ignore[union-attr]
    link = next(
        one
        for one in desk.records.all(Influence).values()
        if one.id in shown_lines and one.strength is not None
    )
    desk.edit(phrase("Stronger"), edits.revise_relation, link.id, strength=99)
    desk.select(Selected(links=(link.id,)))
    rest()
    sheet = the_sheet(at_map, clock(at_map, "What Strength was"))
    sheet.buttons[0].click()
    assert desk.records.one(Influence, link.id).strength == link.strength
