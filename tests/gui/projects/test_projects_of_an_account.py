"""The projects of an account: what comes back, what is captured of it, and what is needed."""

from __future__ import annotations

import pytest
from projects_shown import (
    BIGGEST,
    history,
    live,
    needs,
    tab_of,
    value_tab,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from windowing import Key, Windows, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    ChainMember,
    Horizon,
    Need,
    NeedKind,
    Opportunity,
    Origin,
    Project,
    ProjectType,
    Stance,
)
from brm_desktop.gui.desk import Selected, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.projects.tab import ALL, HISTORY, OPPORTUNITIES
from brm_desktop.gui.pages.value.projects_tab import ProjectsOverTab


@pytest.fixture
def window(windows: Windows, sample: MainWindow) -> MainWindow:
    """The projects of the sample's biggest account."""
    windows.show_account(sample, BIGGEST, Tab.PROJECTS)
    return sample


def test_types_that_come_back_are_first_and_say_when(window: MainWindow) -> None:
    side = history(window)

    first = side.model.rows[0]
    assert first.recurrence is not None
    assert first.recurrence.wanted
    assert first.recurrence.next is not None
    shown = [side.table.model().index(0, place).data() for place in range(10)]
    assert shown[0] == f"{first.grid.name} (wanted)"
    assert str(first.recurrence.next.year) in shown[7]
    assert "come back regularly" in side.count.text()


@pytest.mark.parametrize("name", [HISTORY, ALL, OPPORTUNITIES])
def test_where_there_is_nothing_yet_the_button_that_begins_has_the_keys(
    windows: Windows, window: MainWindow, name: str
) -> None:
    window.desk.edit(phrase("Add"), edits.create_account, name="Nobody")
    windows.show_account(window, "Nobody", Tab.PROJECTS)
    tab = tab_of(window)
    tab.show_side(name)
    tab.focus_first()
    focus = window.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.isVisible()
    assert focus.text() in ("New project…", "New opportunity…")


def test_a_year_says_in_words_how_its_projects_ended(window: MainWindow) -> None:
    side = history(window)
    words = {
        side.table.model().index(row, column).data()
        for row in range(side.table.shown)
        for column in range(1, 7)
    }
    assert {"won", "lost"} <= words


def test_one_click_captures_the_next_project_with_whoever_took_part(
    windows: Windows, window: MainWindow
) -> None:
    side = history(window)
    side.table.selectRow(0)
    found = side.model.rows[0].recurrence
    assert found is not None
    assert window.desk.selection == Selected(project_type=found.type)
    before = set(window.desk.records.all(Project))

    window.inspector.project_type.capture.click()
    windows.settle(window)

    records = window.desk.records
    (made,) = (one for key, one in records.all(Project).items() if key not in before)
    (money,) = records.where(Opportunity, project=made.id)
    assert (money.origin, money.amount, made.type) == (Origin.CAPTURED, found.amount, found.type)
    members = {one.person for one in records.where(ChainMember, project=made.id)}
    assert members == {one.person for one in found.participants}
    assert (window.desk.place.tab, window.desk.place.project) == (Tab.CHAINS, made.id)
    assert window.toast.sentence == f"{made.name} is a project and an opportunity now."
    windows.show_account(window, BIGGEST, Tab.PROJECTS)
    window.desk.select(Selected(project_type=found.type))
    view = window.inspector.project_type
    assert not view.capture.isVisible(), "it is offered once"
    assert view.captured.text() == f"Go to {made.name}"
    view.captured.click()
    windows.settle(window)
    assert window.desk.place.project == made.id
    assert window.toast.undo.isVisible()
    window.toast.undo.click()
    assert made.id not in window.desk.records.all(Project)


def test_the_button_that_takes_back_goes_with_the_next_edit(
    windows: Windows, window: MainWindow
) -> None:
    side = history(window)
    side.table.selectRow(0)
    window.inspector.project_type.capture.click()
    windows.settle(window)
    assert window.toast.undo.isVisible()
    one = live(window)[0]
    window.desk.edit(phrase("Note"), edits.revise_opportunity, one.id, note="Later")
    assert not window.toast.undo.isVisible()


def test_a_type_is_marked_as_wanted_in_the_inspector(window: MainWindow) -> None:
    side = history(window)
    place = next(n for n, row in enumerate(side.model.rows) if not row.grid.wanted)
    kind = side.model.rows[place].grid.type
    window.desk.select(Selected(project_type=kind))

    window.inspector.project_type.wanted.picked.emit(True)

    assert window.desk.records.one(ProjectType, kind or "").wanted


def test_enter_on_a_type_leads_to_its_newest_chain(windows: Windows, window: MainWindow) -> None:
    side = history(window)
    side.table.selectRow(0)
    QTest.keyClick(side.table, Key.Key_Return)
    windows.settle(window)
    assert window.desk.place.tab is Tab.CHAINS
    project = window.desk.records.one(Project, window.desk.place.project or "")
    assert project.type == side.model.rows[0].grid.type


def test_needs_are_noted_changed_and_removed(window: MainWindow) -> None:
    side = needs(window)
    count = len(side.model.rows)
    side.horizon.show_choice(Horizon.FAR)
    side.kind.show_choice(NeedKind.SERVICE)
    side.statement.setFocus()
    type_text(side.statement, "A plant in Mexico")
    press(side.statement, Key.Key_Return)

    (made,) = window.desk.records.where(Need, statement="A plant in Mexico")
    assert (made.horizon, made.kind) == (Horizon.FAR, NeedKind.SERVICE)
    columns = {one.title.text: one for one in side.model.columns}

    def put(title: str, value: object) -> Need:
        row = next(one for one in side.model.rows if one.id == made.id)
        side.model.take(row, columns[title], value)
        return window.desk.records.one(Need, made.id)

    assert put("We can", "30").capability == 30
    assert put("We can", "x").capability == 30
    assert put("We can", "").capability is None
    assert put("Gap", "Nobody there").gap == "Nobody there"
    assert put("What we do", "Find a partner").action == "Find a partner"
    assert put("When", Horizon.NEAR).horizon is Horizon.NEAR
    assert put("Kind", NeedKind.PRODUCT).kind is NeedKind.PRODUCT
    side.table.choose([made.id])
    side.table.setFocus()
    press(side.table, Key.Key_Delete)
    assert len(side.model.rows) == count


def test_participants_and_targets_lead_to_people(window: MainWindow) -> None:
    side = history(window)
    kind = next(
        row.recurrence for row in side.model.rows if row.recurrence and row.recurrence.targets
    )
    window.desk.select(Selected(project_type=kind.type))
    rest()
    target = kind.targets[0]
    view = window.inspector.project_type
    button = next(
        one
        for one in view.findChildren(type(view.capture))
        if one.accessibleName().startswith(str(target.text)[:6])
    )
    button.click()
    assert window.desk.selection.people == (target.person,)
    assert all(one.stance in Stance for one in kind.participants)


def test_what_is_due_over_all_accounts_leads_to_the_account(
    windows: Windows, sample: MainWindow
) -> None:
    tab = value_tab(windows, sample, "Projects")
    assert isinstance(tab, ProjectsOverTab)
    rows = list(tab.due.rows)
    days = [one.recurrence.prepare_by for one in rows if one.recurrence.prepare_by]
    assert days == sorted(days)
    assert sum(row.count for row in tab.grid.rows) > 12
    tab.due_table.selectRow(0)
    tab.focus_first()
    QTest.keyClick(tab.due_table, Key.Key_Return)
    windows.settle(sample)
    assert (sample.desk.place.account, sample.desk.place.tab) == (rows[0].account, Tab.PROJECTS)
