"""Every gesture of the mouse ends in one edit or none."""

from __future__ import annotations

import pytest
from paper_canvas import PaperPort
from pointing import ALT, CONTROL, MIDDLE, NONE, SHIFT, Hand, key, type_text
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.port import Removal
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.tools.stage import Mode
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.figure import LineStyle, Point

BOSS, LEFT, RIGHT, LONER = (PersonId(name) for name in ("boss", "left", "right", "loner"))


def test_a_click_selects_a_card_and_a_click_beside_it_clears_the_selection(
    view: CanvasView, hand: Hand
) -> None:
    hand.click(hand.at("boss"))
    assert view.selection.people == (BOSS,)
    hand.click(Point(0, -200))
    assert not view.selection


def test_shift_click_adds_a_card_and_takes_it_out_again(view: CanvasView, hand: Hand) -> None:
    hand.click(hand.at("boss"))
    hand.click(hand.at("left"), SHIFT)
    assert view.selection.people == (BOSS, LEFT)
    hand.click(hand.at("boss"), CONTROL)
    assert list(view.selection.people) == [LEFT]


def test_a_click_on_one_of_several_selected_cards_leaves_only_that_one(
    view: CanvasView, hand: Hand
) -> None:
    view.select(Selection((BOSS, LEFT)))
    hand.click(hand.at("left"))
    assert view.selection.people == (LEFT,)


def test_a_click_on_a_line_selects_the_line(view: CanvasView, hand: Hand) -> None:
    hand.click(Point(0, 60))
    assert len(view.selection.lines) == 1
    assert view.selection.lines[0].startswith("boss reporting")


def test_the_rubber_band_selects_whom_it_touches(
    view: CanvasView, hand: Hand, port: PaperPort
) -> None:
    hand.drag(Point(-320, 100), Point(-110, 340), NONE)
    assert set(view.selection.people) == {LEFT, LONER}
    assert port.done == []
    hand.drag(Point(60, -120), Point(-20, 0), SHIFT)
    assert set(view.selection.people) == {LEFT, LONER, BOSS}


def test_escape_takes_the_rubber_band_back(view: CanvasView, hand: Hand) -> None:
    view.select(Selection.of(BOSS))
    hand.press(Point(-320, 100))
    hand.move(Point(-110, 340))
    assert set(view.selection.people) == {LEFT, LONER}
    key(view, Qt.Key.Key_Escape)
    assert view.selection.people == (BOSS,)
    assert view.marks.band is None


def test_dragging_a_card_is_one_edit_on_release(
    view: CanvasView, hand: Hand, port: PaperPort
) -> None:
    hand.press(hand.at("loner"), ALT)
    for step in range(1, 8):
        hand.move(Point(-200 + 10 * step, 320), ALT)
    assert port.done == []
    assert view.content.cards[LONER].centre == Point(-130, 320)
    hand.release(Point(-130, 320), ALT)
    assert port.done == ["move"]
    assert port.shown.cards[LONER].centre == Point(-130, 320)


def test_dragging_one_of_several_selected_cards_takes_all_along(
    view: CanvasView, hand: Hand, port: PaperPort
) -> None:
    view.select(Selection((LEFT, LONER)))
    hand.drag(hand.at("left"), hand.at("left", -40, 8))
    assert port.shown.cards[LEFT].centre == Point(-240, 168)
    assert port.shown.cards[LONER].centre == Point(-240, 328)
    assert port.done == ["move"]


def test_escape_puts_a_dragged_card_back_without_an_edit(
    view: CanvasView, hand: Hand, port: PaperPort
) -> None:
    hand.press(hand.at("boss"), ALT)
    hand.move(Point(90, -90), ALT)
    key(view, Qt.Key.Key_Escape)
    assert view.content.cards[BOSS].centre == Point(0, 0)
    hand.release(Point(90, -90), ALT)
    assert port.done == []


def test_a_refused_drag_puts_the_card_back_and_says_why(
    view: CanvasView, hand: Hand, port: PaperPort, qtbot: QtBot
) -> None:
    port.refuse = True
    with qtbot.waitSignal(view.problem):
        hand.drag(hand.at("boss"), hand.at("boss", 60, 0))
    assert view.content.cards[BOSS].centre == Point(0, 0)


def test_a_dragged_card_lines_up_with_others_unless_alt_is_held(
    view: CanvasView, hand: Hand, port: PaperPort
) -> None:
    hand.press(hand.at("right"))
    hand.move(Point(230, 163))
    assert view.content.cards[RIGHT].centre.y == 160
    assert view.marks.guides
    hand.move(Point(230, 163), ALT)
    assert view.content.cards[RIGHT].centre.y == 163
    assert not view.marks.guides
    hand.release(Point(230, 163), ALT)
    assert port.shown.cards[RIGHT].centre == Point(230, 163)


def test_a_figure_that_changes_under_a_drag_ends_the_drag(
    view: CanvasView, hand: Hand, port: PaperPort
) -> None:
    hand.press(hand.at("boss"), ALT)
    hand.move(Point(90, -90), ALT)
    port.remove([BOSS], [], Removal.TAKE)
    hand.release(Point(95, -90), ALT)
    assert port.done == ["remove take"]


@pytest.mark.parametrize(
    ("dx", "dy", "style", "source", "target"),
    [
        (103, 0, LineStyle.INFLUENCE, "right", "loner"),
        (-103, 0, LineStyle.INFLUENCE, "right", "loner"),
        (0, 42, LineStyle.REPORTING, "right", "loner"),
        (0, -42, LineStyle.REPORTING, "loner", "right"),
    ],
)
def test_a_line_pulled_from_an_edge_dot_says_what_the_edge_means(
    view: CanvasView,
    hand: Hand,
    port: PaperPort,
    dx: float,
    dy: float,
    style: LineStyle,
    source: str,
    target: str,
) -> None:
    hand.move(hand.at("right"))
    hand.drag(hand.at("right", dx, dy), hand.at("loner"), NONE)
    made = port.shown.lines[-1]
    assert (made.style, made.source, made.target) == (style, source, target)
    assert len(port.done) == 1


def test_a_line_pulled_onto_nothing_adds_a_person_already_linked(
    view: CanvasView, hand: Hand, port: PaperPort
) -> None:
    hand.move(hand.at("right"))
    hand.drag(hand.at("right", 0, 42), Point(200, 330), NONE)
    assert view.field.is_open
    type_text(view, "Li Na")
    key(view, Qt.Key.Key_Return)
    assert port.done == ["add"]
    assert port.shown.cards[PersonId("Li Na")].centre == Point(200, 330)
    assert (port.shown.lines[-1].source, port.shown.lines[-1].target) == (RIGHT, "Li Na")
    assert view.selection.people == (PersonId("Li Na"),)


def test_escape_while_a_line_is_pulled_draws_none(
    view: CanvasView, hand: Hand, port: PaperPort
) -> None:
    hand.move(hand.at("right"))
    hand.press(hand.at("right", 0, 42))
    hand.move(hand.at("loner"))
    assert view.marks.wire is not None
    assert view.marks.wire.target == LONER
    key(view, Qt.Key.Key_Escape)
    hand.release(hand.at("loner"))
    assert port.done == []
    assert view.marks.wire is None


@pytest.mark.parametrize(
    ("mode", "done"),
    [
        (Mode.INFLUENCE, "link swayed"),
        (Mode.REPORTING, "link report"),
        (Mode.CONFLICT, "link conflict"),
    ],
)
def test_in_a_drawing_mode_a_drag_between_cards_draws_that_line(
    view: CanvasView, hand: Hand, port: PaperPort, mode: Mode, done: str
) -> None:
    view.set_mode(mode)
    hand.drag(hand.at("right"), hand.at("loner"), NONE)
    assert port.done == [done]


def test_in_the_person_mode_a_click_asks_for_a_name_there_and_escape_ends_the_mode(
    view: CanvasView, hand: Hand, port: PaperPort
) -> None:
    view.set_mode(Mode.PERSON)
    hand.click(Point(100, 330))
    type_text(view, "Wu")
    key(view, Qt.Key.Key_Return)
    assert port.shown.cards[PersonId("Wu")].centre == Point(100, 330)
    key(view, Qt.Key.Key_Escape)
    assert view.mode is Mode.SELECT


def test_a_double_click_on_nothing_adds_a_person_there(
    view: CanvasView, hand: Hand, port: PaperPort
) -> None:
    hand.double_click(Point(150, -150))
    type_text(view, "Zhou")
    key(view, Qt.Key.Key_Return)
    assert port.shown.cards[PersonId("Zhou")].centre == Point(150, -150)


def test_a_double_click_on_a_card_renames_the_person(
    view: CanvasView, hand: Hand, port: PaperPort, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(view.activated):
        hand.double_click(hand.at("boss"))
    view.field.line.setText("The boss")
    key(view, Qt.Key.Key_Return)
    assert port.done == ["rename"]
    assert port.shown.cards[BOSS].name == "The boss"


def test_a_click_beside_the_field_finishes_the_name(
    view: CanvasView, hand: Hand, port: PaperPort
) -> None:
    hand.double_click(Point(150, -150))
    type_text(view, "Zhou")
    hand.click(Point(-300, -150))
    assert port.done == ["add"]


def test_the_middle_button_and_the_space_bar_pan(view: CanvasView, hand: Hand) -> None:
    before = view.camera.to_screen(Point(0, 0))
    start, end = Point(-300, -100), Point(-260, -60)
    hand.press(start, NONE, MIDDLE)
    hand.move(end)
    hand.release(end)
    panned = view.camera.to_screen(Point(0, 0))
    assert (panned - before).toPoint() == QPoint(40, 40)
    QApplication.sendEvent(view, _space(down=True))
    hand.press(start)
    hand.move(end)
    hand.release(end)
    QApplication.sendEvent(view, _space(down=False))
    assert (view.camera.to_screen(Point(0, 0)) - panned).toPoint() == QPoint(40, 40)
    assert not view.selection


def test_the_wheel_scrolls_and_with_control_zooms_at_the_pointer(
    view: CanvasView, hand: Hand
) -> None:
    spot = Point(150, 100)
    before = view.camera.to_screen(spot)
    hand.turn_wheel(spot, 3, CONTROL)
    assert view.zoom > 1.5
    after = view.camera.to_screen(spot)
    assert abs(after.x() - before.x()) <= 1
    assert abs(after.y() - before.y()) <= 1
    hand.turn_wheel(spot, -1)
    assert (view.camera.to_screen(spot) - after).toPoint() == QPoint(0, -80)


def test_however_far_one_pans_some_of_the_figure_stays_in_sight(view: CanvasView) -> None:
    for _ in range(100):
        view.pan_by(500, 300)
    shown = view.camera.box_on_screen(view.content.bounds)
    assert shown.intersects(view.viewport().rect().toRectF())


def test_hovering_a_card_shows_its_dots_and_leaving_takes_them_away(
    view: CanvasView, hand: Hand
) -> None:
    hand.move(hand.at("left"))
    assert view.marks.hovered == LEFT
    hand.move(hand.at("left", 105, 0))
    assert view.marks.dot is not None
    hand.move(Point(0, -250))
    assert view.marks.hovered is None


def test_the_right_button_selects_and_asks_for_a_menu(
    view: CanvasView, hand: Hand, qtbot: QtBot
) -> None:
    place = view.camera.to_screen(hand.at("right")).toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, QPoint(5, 5))
    with qtbot.waitSignal(view.menu_requested) as heard:
        QApplication.sendEvent(view.viewport(), event)
    assert heard.args == [QPoint(5, 5), Selection.of(RIGHT)]


def _space(*, down: bool) -> QKeyEvent:
    kind = QEvent.Type.KeyPress if down else QEvent.Type.KeyRelease
    return QKeyEvent(kind, Qt.Key.Key_Space, NONE, " ")


def test_a_drag_held_at_the_edge_scrolls_on(
    view: CanvasView, hand: Hand, port: PaperPort, qtbot: QtBot
) -> None:
    before = view.camera.seen.x
    edge = view.camera.to_scene(QPointF(998, 400))
    hand.press(hand.at("right"), ALT)
    hand.move(edge, ALT)
    qtbot.waitUntil(lambda: view.camera.seen.x > before + 60)
    held = view.camera.to_scene(QPointF(998, 400))
    hand.release(held, ALT)
    assert port.done == ["move"]
    at_rest = view.camera.seen.x
    qtbot.wait(60)
    assert view.camera.seen.x == at_rest


def test_pointing_at_a_manager_offers_to_collapse_what_hangs_under_him(
    view: CanvasView, hand: Hand
) -> None:
    hand.move(hand.at("boss"))
    hand.click(Point(80, 42))
    assert view.content.folded.counts == {BOSS: 2}
    hand.move(hand.at("loner"))
    hand.click(hand.at("loner", 80, 42))
    assert view.content.folded.counts == {BOSS: 2}


def test_the_mini_map_shows_itself_when_something_is_out_of_sight_and_leads_there(
    view: CanvasView, qtbot: QtBot
) -> None:
    view.fit()
    assert view.minimap.isHidden()
    view.camera.zoom_to(3.0)
    assert view.minimap.isVisible()
    QTest.mouseClick(view.minimap, Qt.MouseButton.LeftButton, NONE, QPoint(88, 110))
    middle = view.camera.seen.centre
    assert middle.y > 300
    assert not view.minimap.grab().toImage().isNull()


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_far_card_says_its_name_in_a_tool_tip(view: CanvasView, hand: Hand) -> None:
    view.camera.zoom_to(0.1)
    place = view.camera.to_screen(hand.at("left")).toPoint()
    QApplication.sendEvent(
        view.viewport(),
        QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place)),
    )
    assert QToolTip.text() == "left"
    QToolTip.hideText()


def test_the_name_field_stays_with_its_place_when_one_zooms(view: CanvasView, hand: Hand) -> None:
    hand.double_click(Point(150, -150))
    before = view.field.pos()
    hand.turn_wheel(Point(-200, 300), 2, CONTROL)
    assert view.field.is_open
    assert view.field.pos() != before
