"""The projects of an account: what comes back, the pipeline, needs, and how a project is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from windowing import CTRL, Key, Windows, dialog_answered, filled_in, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    ChainMember,
    Horizon,
    Money,
    Need,
    NeedKind,
    Opportunity,
    Origin,
    Outcome,
    Project,
    ProjectType,
    SalesStage,
    SalesStep,
    SoldBy,
    Stance,
    SupportRequest,
    SupportState,
)
from brm_desktop.gui.desk import Page, Place, Selected, Tab
from brm_desktop.gui.dialogs.closing import ClosingDialog, Course
from brm_desktop.gui.inspector.opportunity_view import OpportunityView
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.account_page import AccountPage
from brm_desktop.gui.pages.projects.board import Board, CardList
from brm_desktop.gui.pages.projects.history import ProjectHistory
from brm_desktop.gui.pages.projects.needs import NeedsSide
from brm_desktop.gui.pages.projects.opportunities import TABLE, OpportunitiesSide
from brm_desktop.gui.pages.projects.tab import ALL, NEEDS, OPPORTUNITIES, ProjectsTab
from brm_desktop.gui.pages.projects.table import ProjectTable
from brm_desktop.gui.pages.value.page import ValuePage
from brm_desktop.gui.pages.value.pipeline_tab import PipelineTab
from brm_desktop.gui.pages.value.projects_tab import ProjectsOverTab
from brm_desktop.gui.pages.value.tab import ValueTab
from brm_desktop.language import day

BIGGEST = "Huachen Equipment Group"


@pytest.fixture
def window(windows: Windows, sample: MainWindow) -> MainWindow:
    """The projects of the sample's biggest account."""
    windows.show_account(sample, BIGGEST, Tab.PROJECTS)
    return sample


def tab_of(window: MainWindow) -> ProjectsTab:
    page = window.pages.currentWidget()
    assert isinstance(page, AccountPage)
    found = page.tab(Tab.PROJECTS)
    assert isinstance(found, ProjectsTab)
    return found


def history(window: MainWindow) -> ProjectHistory:
    side = tab_of(window).side
    assert isinstance(side, ProjectHistory)
    return side


def opportunities(window: MainWindow) -> OpportunitiesSide:
    tab = tab_of(window)
    tab.show_side(OPPORTUNITIES)
    assert isinstance(tab.side, OpportunitiesSide)
    return tab.side


def needs(window: MainWindow) -> NeedsSide:
    tab = tab_of(window)
    tab.show_side(NEEDS)
    assert isinstance(tab.side, NeedsSide)
    return tab.side


def opportunity(window: MainWindow, name: str) -> Opportunity:
    (found,) = window.desk.records.where(Opportunity, name=name)
    return found


def live(window: MainWindow) -> list[Opportunity]:
    account = window.desk.place.account
    found = window.desk.records.where(Opportunity, account=account)
    return sorted(
        (one for one in found if one.outcome is Outcome.OPEN), key=lambda one: str(one.stage)
    )


def column_with(board: Board, key: str) -> CardList:
    return next(one.list for one in board.columns if one.place_of(key) >= 0)


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


def test_the_keys_move_a_card_to_the_next_stage(window: MainWindow) -> None:
    board = opportunities(window).board
    lead = next(one for one in live(window) if one.stage == SalesStage.LEAD.value)
    cards = column_with(board, lead.id)
    cards.begin_at(cards.cards.place_of(lead.id))

    press(cards, Key.Key_Right, CTRL)

    assert opportunity(window, lead.name).stage == SalesStage.PROSPECTING.value
    assert column_with(board, lead.id) is board.columns[1].list
    assert window.desk.selection == Selected(opportunity=lead.id)
    assert board.columns[1].list.hasFocus()
    press(board.columns[1].list, Key.Key_Left, CTRL)
    press(board.columns[0].list, Key.Key_Left, CTRL)
    assert opportunity(window, lead.name).stage == SalesStage.LEAD.value


def test_the_arrows_walk_from_stage_to_stage(window: MainWindow) -> None:
    board = opportunities(window).board
    there = [one.list for one in board.columns if one.list.cards.there]
    there[0].setFocus()
    press(there[0], Key.Key_Right)
    assert there[1].hasFocus()
    press(there[1], Key.Key_Left)
    assert there[0].hasFocus()


def test_a_card_that_is_dropped_on_a_stage_comes_to_it(window: MainWindow) -> None:
    board = opportunities(window).board
    lead = next(one for one in live(window) if one.stage == SalesStage.LEAD.value)
    source, goal = column_with(board, lead.id), board.columns[4].list
    source.begin_at(source.cards.place_of(lead.id))
    moved: list[tuple[str, str]] = []
    goal.dropped.connect(lambda key, stage: moved.append((key, stage)))

    class FromThere(QDropEvent):
        def source(self) -> CardList:
            return source

    action, button = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.NoModifier
    goal.dropEvent(FromThere(QPointF(5, 5), action, QMimeData(), button, held))
    source.dropEvent(FromThere(QPointF(5, 5), action, QMimeData(), button, held))

    assert moved == [(lead.id, "negotiating")]
    assert opportunity(window, lead.name).stage == "negotiating"


def test_a_new_opportunity_is_made_and_chosen(window: MainWindow) -> None:
    side = opportunities(window)
    with dialog_answered(filled_in("Spare parts")):
        side.add.click()

    made = opportunity(window, "Spare parts")
    assert (made.stage, made.owner) == ("lead", window.desk.session.settings.user)
    assert window.desk.selection == Selected(opportunity=made.id)
    cards = column_with(side.board, made.id)
    cards.begin_at(cards.cards.place_of(made.id))
    press(cards, Key.Key_Delete)
    assert not window.desk.records.where(Opportunity, name="Spare parts")


def test_an_opportunity_that_is_to_close_before_it_was_opened_says_so(
    window: MainWindow,
) -> None:
    opportunities(window)
    one = next(one for one in live(window) if one.opened_on is not None)
    assert one.opened_on is not None
    window.desk.select(Selected(opportunity=one.id))
    (shown,) = window.findChildren(OpportunityView)
    assert shown.odd.isHidden()
    shown.expected.dated.emit(one.opened_on - timedelta(days=1))
    assert not shown.odd.isHidden()
    assert "before it was opened" in shown.odd.text()
    shown.expected.dated.emit(one.opened_on)
    assert shown.odd.isHidden()


def test_cells_of_the_table_are_edited_where_they_stand(window: MainWindow) -> None:
    side = opportunities(window)
    side.show_form(TABLE)
    table = side.table.model_of
    name = next(one.name for one in live(window) if one.project is None)

    def put(title: str, value: object) -> Opportunity:
        place = next(n for n, row in enumerate(table.rows) if row.opportunity.name == name)
        column = next(one for one in table.columns if one.title.text == title)
        table.take(table.rows[place], column, value)
        return opportunity(window, name)

    assert put("Amount", "50万").amount is not None
    assert put("Probability", "35%").probability == 35
    said: list[str] = []
    window.messages.warned.connect(said.append)
    assert put("Probability", "135").probability == 35
    assert put("Amount", "much").amount is not None
    assert put("Probability", "").probability is None
    assert str(put("Closes", "2027-03-01").expected_close) == "2027-03-01"
    assert put("Closes", "soon").expected_close is not None
    assert len(said) == 3, "each is one sentence"
    assert put("Stage", "negotiating").stage == "negotiating"
    assert put("Origin", Origin.INCUBATED).origin is Origin.INCUBATED
    assert put("Amount", "USD 300").amount == Money(30_000, "USD")
    assert put("Amount", "400").amount == Money(40_000, "USD"), "in the currency it is in"
    put("Stage", "offer {sent}")
    place = next(n for n, row in enumerate(table.rows) if row.opportunity.name == name)
    assert table.index(place, 1).data() == "offer {sent}"
    closed = put("Outcome", Outcome.WON)
    today = window.desk.session.today()
    assert (closed.outcome, closed.closed_on) == (Outcome.WON, today)
    place = next(n for n, row in enumerate(table.rows) if row.opportunity.name == name)
    assert table.index(place, 5).data() == day(today), "the day it closed, as people write it"
    assert table.index(place, 5).data(Qt.ItemDataRole.EditRole) == today.isoformat()
    assert closed.opened_on is not None
    assert put("Closes", str(closed.opened_on)).closed_on == closed.opened_on
    assert put("Outcome", Outcome.OPEN).closed_on is None


def test_the_inspector_tells_and_changes_an_opportunity(window: MainWindow) -> None:
    opportunities(window)
    one = next(one for one in live(window) if one.project)
    window.desk.select(Selected(opportunity=one.id))
    view = window.inspector.opportunity

    view.name.edited.emit("Phase two")
    view.probability.edited.emit("45 %")
    view.steps[SalesStep.ASSESS].setChecked(False)
    view.steps[SalesStep.ASSESS].click()
    view.lines.edited.emit("Net; Cloud;")
    view.sold_by.picked.emit(SoldBy.CROSS_SELL)
    view.from_line.edited.emit("Training")
    view.product.edited.emit("GTX")
    view.amount.paid.emit(None)
    view.amount.edited.emit("12")
    view.department.picked.emit(None)

    now = window.desk.records.one(Opportunity, one.id)
    assert now.owner_department is None
    assert view.department.count() > 1
    assert (now.name, now.probability, now.product, now.amount) == (
        "Phase two",
        45,
        "GTX",
        Money(1_200, "CNY"),
    )
    assert (SalesStep.ASSESS in now.steps) != (SalesStep.ASSESS in one.steps)
    assert (now.business_lines, now.from_line) == (("Net", "Cloud"), "Training")
    assert view.from_line.isVisible()
    assert view.odds.text().isdigit()


def test_a_probability_that_is_none_is_one_sentence(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opportunities(window)
    one = live(window)[0]
    window.desk.select(Selected(opportunity=one.id))
    said: list[str] = []
    monkeypatch.setattr(window.desk.messages, "warn", lambda text: said.append(str(text)))

    window.inspector.opportunity.probability.edited.emit("120")

    assert said == ["A probability is a whole number from 0 to 100."]
    window.inspector.opportunity.probability.edited.emit("")
    assert window.desk.records.one(Opportunity, one.id).probability is None


def test_an_opportunity_is_closed_and_opened_again_in_the_inspector(window: MainWindow) -> None:
    opportunities(window)
    one = next(one for one in live(window) if one.project is None)
    window.desk.select(Selected(opportunity=one.id))
    view = window.inspector.opportunity

    view.outcome.picked.emit(Outcome.LOST)
    assert window.desk.records.one(Opportunity, one.id).closed_on is not None
    assert view.closed.isVisible()
    view.outcome.picked.emit(Outcome.LOST)
    view.outcome.picked.emit(Outcome.OPEN)
    assert window.desk.records.one(Opportunity, one.id).outcome is Outcome.OPEN


def test_an_opportunity_that_is_all_of_a_project_ends_with_it(window: MainWindow) -> None:
    opportunities(window)
    one = next(one for one in live(window) if one.project)
    window.desk.select(Selected(opportunity=one.id))

    with dialog_answered(_closing(lambda dialog: dialog.heard.setPlainText("A data team"))):
        window.inspector.opportunity.outcome.picked.emit(Outcome.WON)

    records = window.desk.records
    assert records.one(Project, one.project or "").outcome is Outcome.WON
    assert records.one(Opportunity, one.id).outcome is Outcome.WON
    assert records.where(Need, statement="A data team")


def test_of_several_opportunities_of_a_project_it_is_asked_what_ends(window: MainWindow) -> None:
    opportunities(window)
    one = next(one for one in live(window) if one.project)
    project = one.project or ""
    change = window.desk.edit(
        phrase("Add"), edits.add_opportunity, one.account, "Beside it", project=one.project
    )
    assert change is not None
    other = change.added(Opportunity)[0].id
    window.desk.select(Selected(opportunity=one.id))
    outcome = window.inspector.opportunity.outcome
    outcome.setFocus()  # who has the keys has them again after a dialog

    for wanted, ended in (("Cancel", Outcome.OPEN), ("Only this one", Outcome.WON)):
        with dialog_answered(_pressed(wanted)):
            outcome.picked.emit(Outcome.WON)
        assert window.desk.records.one(Opportunity, one.id).outcome is ended
        assert window.desk.records.one(Project, project).outcome is Outcome.OPEN
    window.desk.undo()
    with dialog_answered(_pressed("Close the project", then=_accept)):
        outcome.picked.emit(Outcome.LOST)
    assert window.desk.records.one(Project, project).outcome is Outcome.LOST
    assert window.desk.records.one(Opportunity, other).outcome is Outcome.LOST


def test_support_is_asked_for_and_answered(window: MainWindow) -> None:
    opportunities(window)
    one = live(window)[0]
    window.desk.select(Selected(opportunity=one.id))
    part = window.inspector.opportunity.support

    part.ask.setText(" An adviser for a week ")
    part.ask.returnPressed.emit()

    (request,) = window.desk.records.where(SupportRequest, text="An adviser for a week")
    assert (request.opportunity, request.state) == (one.id, SupportState.ASKED)
    part.answers[request.id].picked.emit(SupportState.GRANTED)
    now = window.desk.records.one(SupportRequest, request.id)
    assert (now.state, now.decided_on) == (SupportState.GRANTED, window.desk.session.today())
    part.ask.setText("  ")
    part.ask.returnPressed.emit()


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


def _pressed(text: str, then: Callable[[], None] = lambda: None) -> Callable[[QDialog], None]:
    """Press the button of a text; ``then`` is done in the dialog that opens after it."""

    def answered(dialog: QDialog) -> None:
        QTimer.singleShot(30, then)
        next(one for one in dialog.findChildren(QPushButton) if one.text() == text).click()

    return answered


def _accept() -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ClosingDialog)
    dialog.accept()


def _closing(answer: Callable[[ClosingDialog], object]) -> Callable[[QDialog], None]:
    def answered(dialog: QDialog) -> None:
        assert isinstance(dialog, ClosingDialog)
        answer(dialog)
        dialog.accept()

    return answered


def test_a_project_that_ends_asks_two_things_and_keeps_the_answers(window: MainWindow) -> None:
    tab = tab_of(window)
    tab.show_side(ALL)
    assert isinstance(tab.side, ProjectTable)
    project = next(
        one
        for one in window.desk.analysis().projects
        if one.outcome is Outcome.OPEN and one.amount is not None
    )
    window.desk.select(Selected(project=project.id))

    def answer(dialog: ClosingDialog) -> None:
        dialog.course.show_choice(Course.ROSE)
        dialog.whom.setText("Zhou Hai")
        dialog.heard.setPlainText("A second line in 2028")

    with dialog_answered(_closing(answer)):
        window.inspector.project.outcome.picked.emit(Outcome.WON)

    now = window.desk.records.one(Project, project.id)
    assert now.outcome is Outcome.WON
    assert now.note.endswith("Closeness: it rose, Zhou Hai\nA second line in 2028")
    (need,) = window.desk.records.where(Need, statement="A second line in 2028")
    assert need.horizon is Horizon.FAR
    window.desk.undo()
    assert window.desk.records.one(Project, project.id).outcome is Outcome.OPEN
    assert not window.desk.records.where(Need, statement="A second line in 2028")


def test_closing_that_is_cancelled_leaves_the_project_open(window: MainWindow) -> None:
    project = next(one for one in window.desk.analysis().projects if one.outcome is Outcome.OPEN)
    window.desk.select(Selected(project=project.id))
    with dialog_answered(lambda dialog: dialog.reject()):
        window.inspector.project.outcome.picked.emit(Outcome.LOST)
    assert window.desk.records.one(Project, project.id).outcome is Outcome.OPEN
    assert window.inspector.project.outcome.chosen is Outcome.OPEN


def test_the_table_of_projects_asks_too_and_opens_again_at_once(window: MainWindow) -> None:
    tab = tab_of(window)
    tab.show_side(ALL)
    side = tab.side
    assert isinstance(side, ProjectTable)
    row = next(one for one in side.model.rows if one.project.outcome is Outcome.OPEN)
    column = next(one for one in side.model.columns if one.title.text == "Outcome")

    def answer(dialog: ClosingDialog) -> None:
        dialog.on.setText("2026-11-02")
        dialog.whom.setText("Li Jing")

    with dialog_answered(_closing(answer)):
        side.model.take(row, column, Outcome.LOST)
    now = window.desk.records.one(Project, row.project.id)
    assert (now.outcome, str(now.decided_on)) == (Outcome.LOST, "2026-11-02")
    assert "Closeness: Li Jing" in now.note
    row = next(one for one in side.model.rows if one.project.id == now.id)
    side.model.take(row, column, Outcome.OPEN)
    assert window.desk.records.one(Project, now.id).decided_on is None


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


def _value(windows: Windows, window: MainWindow, title: str) -> ValueTab:
    windows.go(window, Place(Page.VALUE))
    page = window.pages.currentWidget()
    assert isinstance(page, ValuePage)
    place = next(n for n in range(page.bar.count()) if page.bar.tabText(n) == title)
    found = page.tab(place)
    windows.settle(window)
    return found


def test_the_pipeline_over_all_accounts_opens_an_account_for_a_card(
    windows: Windows, sample: MainWindow
) -> None:
    tab = _value(windows, sample, "Pipeline")
    assert isinstance(tab, PipelineTab)
    cards = tab.board.columns[0].list
    key = cards.cards.there[0].id
    assert sample.desk.records.get(Opportunity, key) is None
    assert "open opportunities" in tab.summary.text()

    tab.focus_first()
    windows.settle(sample)

    assert sample.desk.selection == Selected(opportunity=key)
    assert sample.inspector.isVisible()
    press(cards, Key.Key_Right, CTRL)
    windows.settle(sample)
    assert sample.desk.records.one(Opportunity, key).stage == "prospecting"
    tab.board.moved.emit(key, "prospecting")
    tab.board.moved.emit("gone", "lead")
    assert sample.desk.records.one(Opportunity, key).stage == "prospecting"
    _value(windows, sample, "Projects")
    assert not sample.desk.selection


def test_what_is_due_over_all_accounts_leads_to_the_account(
    windows: Windows, sample: MainWindow
) -> None:
    tab = _value(windows, sample, "Projects")
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
