"""How projects and opportunities end: what is asked of them, wherever it is said that they did."""

from __future__ import annotations

import pytest
from projects_shown import (
    BIGGEST,
    accept,
    closing,
    column_with,
    live,
    opportunities,
    pressed,
    tab_of,
    value_tab,
)
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QListView
from windowing import Windows, dialog_answered, rest

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Horizon, Need, Opportunity, Outcome, Project
from brm_desktop.gui.desk import Selected, Tab
from brm_desktop.gui.dialogs.closing import ClosingDialog, Course
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.projects.board import Board, CardList
from brm_desktop.gui.pages.projects.tab import ALL
from brm_desktop.gui.pages.projects.table import ProjectTable
from brm_desktop.gui.pages.value.pipeline_tab import PipelineTab
from brm_desktop.session.session import Session


@pytest.fixture
def window(windows: Windows, sample: MainWindow) -> MainWindow:
    """The projects of the sample's biggest account."""
    windows.show_account(sample, BIGGEST, Tab.PROJECTS)
    return sample


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

    with dialog_answered(closing(lambda dialog: dialog.heard.setPlainText("A data team"))):
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
        with dialog_answered(pressed(wanted)):
            outcome.picked.emit(Outcome.WON)
        assert window.desk.records.one(Opportunity, one.id).outcome is ended
        assert window.desk.records.one(Project, project).outcome is Outcome.OPEN
    window.desk.undo()
    with dialog_answered(pressed("Close the project", then=accept)):
        outcome.picked.emit(Outcome.LOST)
    assert window.desk.records.one(Project, project).outcome is Outcome.LOST
    assert window.desk.records.one(Opportunity, other).outcome is Outcome.LOST


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

    with dialog_answered(closing(answer)):
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

    with dialog_answered(closing(answer)):
        side.model.take(row, column, Outcome.LOST)
    now = window.desk.records.one(Project, row.project.id)
    assert (now.outcome, str(now.decided_on)) == (Outcome.LOST, "2026-11-02")
    assert "Closeness: Li Jing" in now.note
    row = next(one for one in side.model.rows if one.project.id == now.id)
    side.model.take(row, column, Outcome.OPEN)
    assert window.desk.records.one(Project, now.id).decided_on is None


def dropped(board: Board, source: CardList, outcome: Outcome) -> None:
    """Drag a card over the place where cards end so, and drop it there."""
    place = board.ends.places[outcome]
    action, none = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    action |= Qt.DropAction.CopyAction
    left, data = Qt.MouseButton.LeftButton, QMimeData()

    class Entering(QDragEnterEvent):
        def source(self) -> CardList:
            return source

    class Dropping(QDropEvent):
        def source(self) -> CardList:
            return source

    place.dragEnterEvent(Entering(QPoint(5, 5), action, data, left, none))
    assert place.property("over")
    event = Dropping(QPointF(5, 5), action, data, left, none)
    place.dropEvent(event)
    assert event.dropAction() is Qt.DropAction.CopyAction, "else Qt would take the card away"
    assert not place.property("over")


def card_chosen(board: Board, one: Opportunity) -> CardList:
    """The column of a card that is chosen, as it is when it is dragged."""
    cards = column_with(board, one.id)
    cards.begin_at(cards.cards.place_of(one.id))
    return cards


def test_a_card_that_is_dropped_on_won_asks_what_every_end_asks(window: MainWindow) -> None:
    board = opportunities(window).board
    one = next(one for one in live(window) if one.project)
    with dialog_answered(closing(lambda dialog: dialog.whom.setText("Li Jing"))):
        dropped(board, card_chosen(board, one), Outcome.WON)
        assert not window.desk.records.one(Opportunity, one.id).closed_on, "the drag is over first"
        rest()
    ended = window.desk.records.one(Project, one.project or "")
    assert (ended.outcome, "Li Jing" in ended.note) == (Outcome.WON, True)
    assert window.desk.records.one(Opportunity, one.id).outcome is Outcome.WON
    assert all(column.place_of(one.id) < 0 for column in board.columns)


def test_a_card_without_a_project_is_lost_where_it_is_dropped_as_one_step(
    window: MainWindow,
) -> None:
    board = opportunities(window).board
    one = next(one for one in live(window) if one.project is None)
    dropped(board, card_chosen(board, one), Outcome.LOST)
    rest()
    assert window.desk.records.one(Opportunity, one.id).outcome is Outcome.LOST
    window.desk.undo()
    assert window.desk.records.one(Opportunity, one.id).outcome is Outcome.OPEN


def test_where_cards_end_is_there_while_one_is_dragged_and_takes_nothing_else(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = opportunities(window).board
    assert not board.ends.isVisible()
    seen: list[tuple[bool, str]] = []

    def drag(_cards: CardList, _actions: Qt.DropAction) -> None:
        seen.append((board.ends.isVisible(), board.ends.places[Outcome.WON].text()))

    monkeypatch.setattr(QListView, "startDrag", drag)
    board.columns[0].list.startDrag(Qt.DropAction.MoveAction)
    assert seen == [(True, "Won")]
    assert not board.ends.isVisible()
    assert board.ends.geometry().bottom() <= board.rect().bottom()
    told: list[object] = []
    board.ended.connect(lambda key, _outcome: told.append(key))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    text = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, QMimeData(), left, none)
    board.ends.places[Outcome.WON].dropEvent(text)
    rest()
    assert told == []


def test_a_card_of_all_accounts_is_won_once_its_account_is_read(
    windows: Windows, sample: MainWindow
) -> None:
    tab = value_tab(windows, sample, "Pipeline")
    assert isinstance(tab, PipelineTab)
    shown = (one for column in tab.board.columns for one in column.list.cards.there)
    one = next(one for one in shown if one.project)
    assert sample.desk.records.get(Opportunity, one.id) is None
    with dialog_answered(closing(lambda dialog: dialog.whom.setText("Li Jing"))):
        tab.board.ended.emit(one.id, Outcome.WON)
        windows.settle(sample)
    assert sample.desk.records.one(Opportunity, one.id).outcome is Outcome.WON
    tab.board.ended.emit("gone", Outcome.WON)


def test_a_card_of_all_accounts_ends_unasked_when_the_window_closes_meanwhile(
    windows: Windows, sample: MainWindow
) -> None:
    tab = value_tab(windows, sample, "Pipeline")
    assert isinstance(tab, PipelineTab)
    shown = [one for column in tab.board.columns for one in column.list.cards.there]
    alone = next(one for one in shown if one.project is None)
    whole = next(one for one in shown if one.project)
    store = sample.desk.session.path
    for one in (alone, whole):
        tab.board.ended.emit(one.id, Outcome.LOST)
    assert sample.close()
    with Session.open(store) as session:
        for one in (alone, whole):
            session.open_account(one.account)
            assert session.records.one(Opportunity, one.id).outcome is Outcome.LOST
        assert session.records.one(Project, whole.project or "").outcome is Outcome.LOST
