"""Opportunities on the board, in the table and the inspector, and the pipeline of all accounts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from projects_shown import (
    BIGGEST,
    column_with,
    live,
    opportunities,
    opportunity,
    value_tab,
)
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from windowing import CTRL, Key, Windows, dialog_answered, filled_in, press, rest

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Money,
    Opportunity,
    Origin,
    Outcome,
    SalesStage,
    SalesStep,
    SoldBy,
    SupportRequest,
    SupportState,
)
from brm_desktop.gui.desk import Selected, Tab
from brm_desktop.gui.inspector.opportunity_view import OpportunityView
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.projects.board import CardList
from brm_desktop.gui.pages.projects.opportunities import TABLE
from brm_desktop.gui.pages.value.pipeline_tab import PipelineTab
from brm_desktop.language import day


@pytest.fixture
def window(windows: Windows, sample: MainWindow) -> MainWindow:
    """The projects of the sample's biggest account."""
    windows.show_account(sample, BIGGEST, Tab.PROJECTS)
    return sample


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


def test_tab_passes_the_columns_without_a_card(window: MainWindow) -> None:
    board = opportunities(window).board
    for card in live(window):
        if card.stage in (SalesStage.PROSPECTING, SalesStage.PROPOSING):
            window.desk.edit(phrase("Remove"), edits.remove_records, [card.id])
    there = [one.list for one in board.columns if one.list.cards.there]
    assert 1 < len(there) < len(board.columns)
    rest()  # the columns are shown when their layout comes to it
    there[0].setFocus()
    for following in there[1:]:
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
        assert following.hasFocus()
        assert following.key


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
    view.amount.setText("12")
    view.amount.commit()
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


def test_the_pipeline_over_all_accounts_opens_an_account_for_a_card(
    windows: Windows, sample: MainWindow
) -> None:
    tab = value_tab(windows, sample, "Pipeline")
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
    value_tab(windows, sample, "Projects")
    assert not sample.desk.selection
