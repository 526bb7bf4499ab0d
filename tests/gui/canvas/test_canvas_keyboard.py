"""The keyboard alone walks, selects, moves, copies, finds and zooms, and says what it does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper_canvas import PaperPort, card, figure_of
from pointing import ALT, CONTROL, NONE, SHIFT, key, type_text
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.port import CanvasPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.figure import Box, Point

K = Qt.Key
BOSS, LEFT, RIGHT, LONER = (PersonId(name) for name in ("boss", "left", "right", "loner"))


def test_arrows_walk_the_graph(view: CanvasView) -> None:
    view.select(Selection.of(LEFT))
    for pressed, reached in (
        (K.Key_Up, BOSS),
        (K.Key_Down, LEFT),
        (K.Key_Right, RIGHT),
        (K.Key_Left, LEFT),
        (K.Key_Down, LONER),
        (K.Key_Down, LONER),
    ):
        key(view, pressed)
        assert view.selection.people == (reached,)


def test_an_arrow_with_nothing_selected_begins_in_the_middle(view: CanvasView) -> None:
    view.camera.look_at(Point(200, 160))
    key(view, K.Key_Down)
    assert view.selection.people == (RIGHT,)


def test_a_burst_of_nudges_is_one_edit(view: CanvasView, port: PaperPort, qtbot: QtBot) -> None:
    view.select(Selection((LEFT, LONER)))
    for _ in range(3):
        key(view, K.Key_Right, ALT)
    key(view, K.Key_Down, ALT | SHIFT)
    assert view.content.cards[LEFT].centre == Point(-197, 170)
    assert port.done == []
    qtbot.waitUntil(lambda: port.done == ["move"])
    assert port.shown.cards[LONER].centre == Point(-197, 330)


def test_an_undo_in_the_middle_of_a_burst_takes_the_burst_back(
    view: CanvasView, port: PaperPort
) -> None:
    view.select(Selection.of(BOSS))
    key(view, K.Key_Left, ALT)
    view.undo()
    assert port.done == ["move"]
    assert view.content.cards[BOSS].centre == Point(0, 0)
    view.redo()
    assert view.content.cards[BOSS].centre == Point(-1, 0)


def test_repeated_keys_walk_and_nudge_but_open_no_second_field(
    view: CanvasView, port: PaperPort
) -> None:
    view.select(Selection.of(LONER))
    again = QKeyEvent(QEvent.Type.KeyPress, K.Key_Return, NONE, "\r", True)
    QApplication.sendEvent(view, again)
    assert not view.field.is_open
    again = QKeyEvent(QEvent.Type.KeyPress, K.Key_Up, NONE, "", True)
    QApplication.sendEvent(view, again)
    assert view.selection.people != (LONER,)


def test_escape_clears_the_selection_and_then_tab_moves_the_focus(
    qtbot: QtBot, view: CanvasView
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    before, after = QLineEdit(), QLineEdit()
    for widget in (before, view, after):
        layout.addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    view.setFocus()
    view.select(Selection.of(BOSS))
    QTest.keyClick(view, K.Key_Tab)
    assert view.field.is_open
    key(window, K.Key_Escape)
    key(window, K.Key_Escape)
    assert not view.selection
    key(window, K.Key_Tab)
    assert window.focusWidget() is after
    view.setFocus()
    key(window, K.Key_Backtab, SHIFT)
    assert window.focusWidget() is before
    assert not view.ring.isVisible()
    key(window, K.Key_Tab)
    assert view.ring.isVisible()
    view.setParent(None)


@pytest.mark.parametrize(
    ("pressed", "held", "zoom"),
    [(K.Key_0, CONTROL, 1.0), (K.Key_Equal, CONTROL, 2.5), (K.Key_Minus, CONTROL, 1.6)],
)
def test_control_and_a_key_zoom(
    view: CanvasView, pressed: Qt.Key, held: Qt.KeyboardModifier, zoom: float
) -> None:
    view.camera.zoom_to(2.0)
    key(view, pressed, held)
    assert view.zoom == pytest.approx(zoom)


@pytest.mark.parametrize("pressed", [K.Key_1, K.Key_Exclam])
def test_shift_1_fits_everything_and_shift_2_the_selection(
    view: CanvasView, pressed: Qt.Key
) -> None:
    view.camera.zoom_to(4.0)
    key(view, pressed, SHIFT)
    assert view.viewport().rect().toRectF().contains(view.camera.box_on_screen(view.content.bounds))
    view.select(Selection.of(LONER))
    key(view, K.Key_At, SHIFT)
    assert view.zoom == pytest.approx(1.6)
    middle = view.camera.to_scene(view.viewport().rect().toRectF().center())
    assert abs(middle.x - -200) < 2
    assert abs(middle.y - 320) < 2


def test_control_a_selects_all_and_delete_asks_once(
    port: PaperPort, qtbot: QtBot, view: CanvasView
) -> None:
    asked: list[tuple[int, int]] = []

    def think_better(people: tuple[PersonId, ...], lines: int) -> None:
        asked.append((len(people), lines))

    view._ask = think_better
    key(view, K.Key_A, CONTROL)
    assert len(view.selection.people) == 4
    key(view, K.Key_Delete)
    assert asked == [(4, 3)]
    assert port.done == []


def test_deleting_takes_the_lines_or_keeps_them_as_the_user_says(
    show: object, port: PaperPort, view: CanvasView
) -> None:
    from brm_desktop.gui.canvas.port import Removal

    view._ask = lambda _people, _lines: Removal.KEEP
    view.select(Selection.of(LEFT))
    key(view, K.Key_Delete)
    assert port.done == ["remove keep"]
    assert not view.selection
    view._ask = lambda _people, _lines: Removal.TAKE
    view.select(Selection((), (port.shown.lines[0].record,)))
    key(view, K.Key_Delete)
    assert port.done == ["remove keep", "remove take"]
    assert port.shown.lines == ()


def test_copies_are_pasted_here_and_as_text_elsewhere(view: CanvasView, port: PaperPort) -> None:
    view.select(Selection((LEFT, RIGHT)))
    key(view, K.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "left\nright"
    key(view, K.Key_V, CONTROL)
    assert port.done == ["paste"]
    assert view.selection.people == (PersonId("left 2"), PersonId("right 2"))
    QApplication.clipboard().setText("Ann\n\n Bob \n")
    key(view, K.Key_V, CONTROL)
    assert port.done == ["paste", "paste names"]
    assert view.selection.people == (PersonId("Ann"), PersonId("Bob"))


def test_cut_and_duplicate(view: CanvasView, port: PaperPort) -> None:
    view.select(Selection.of(RIGHT))
    key(view, K.Key_D, CONTROL)
    assert view.selection.people == (PersonId("right 2"),)
    key(view, K.Key_X, CONTROL)
    assert port.done == ["duplicate", "remove take"]
    assert QApplication.clipboard().text() == "right 2"


def test_find_selects_and_scrolls_to_who_fits(show: object, view: CanvasView) -> None:
    view.camera.look_at(Point(3000, 3000))
    key(view, K.Key_F, CONTROL)
    assert view.find_bar.isVisible()
    type_text(view, "o")
    assert view.find_bar.count.text() == "1 of 2"
    assert view.selection.people == (BOSS,)
    key(view, K.Key_Return)
    assert view.selection.people == (LONER,)
    shown = view.camera.box_on_screen(view.content.cards[LONER].box)
    assert QRectF(view.viewport().rect()).contains(shown)
    type_text(view, "zzz")
    assert view.find_bar.count.text() == "nobody"
    key(view, K.Key_Escape)
    assert not view.find_bar.isVisible()
    assert view.hasFocus()


def test_letters_with_control_or_alt_type_nothing(view: CanvasView) -> None:
    for held in (CONTROL, ALT):
        key(view, K.Key_W, held)
        assert not view.field.is_open


def test_the_canvas_claims_its_own_keys_from_the_window(view: CanvasView) -> None:
    view.select(Selection.of(BOSS))
    for pressed, held, claimed in (
        (K.Key_Return, NONE, True),
        (K.Key_Left, ALT, True),
        (K.Key_Space, NONE, True),
        (K.Key_Z, CONTROL, False),
        (K.Key_1, SHIFT, False),
    ):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, pressed, held)
        event.ignore()
        QApplication.sendEvent(view, event)
        assert event.isAccepted() is claimed, pressed


def test_the_canvas_says_what_it_is_and_what_is_selected(show: object, view: CanvasView) -> None:
    assert view.accessibleName() == "Relationship map"
    assert view.accessibleDescription() == "4 people, 3 lines"
    view.select(Selection.of(BOSS))
    assert view.accessibleDescription() == "4 people, 3 lines, selected: boss"


def test_an_empty_canvas_names_the_next_action(view: CanvasView, port: PaperPort) -> None:
    assert view._hint.isHidden()
    port.put(figure_of([]))
    assert not view._hint.isHidden()
    assert "type a name" in view._hint.text()


def test_the_words_on_an_empty_canvas_give_way_to_the_name_being_typed(
    view: CanvasView, port: PaperPort
) -> None:
    port.put(figure_of([]))
    type_text(view, "An")
    assert view._hint.isHidden()
    view.retell()
    assert view._hint.isHidden()
    key(view, K.Key_Escape)
    assert not view._hint.isHidden()
    type_text(view, "Anna")
    key(view, K.Key_Return)
    assert view._hint.isHidden()


def test_pinning_marks_cards_and_unpins_them_again(view: CanvasView, port: PaperPort) -> None:
    view.select(Selection.of(BOSS))
    view.pin()
    assert port.shown.cards[BOSS].pinned
    view.pin()
    assert not port.shown.cards[BOSS].pinned


def test_a_layout_is_one_edit_that_leaves_pinned_cards_where_they_are(
    view: CanvasView, port: PaperPort, qtbot: QtBot
) -> None:
    view.select(Selection.of(BOSS))
    view.pin()
    key(view, K.Key_L, CONTROL)
    qtbot.waitUntil(lambda: port.done == ["pin", "lay out: Lay out"])
    assert view.content.cards[BOSS].centre == Point(0, 0)
    assert view.content.cards[LONER].centre == Point(600, 0)


def test_cards_glide_to_where_a_layout_puts_them(
    view: CanvasView, port: PaperPort, qtbot: QtBot
) -> None:
    view.glide.duration = 60
    view.tidy()
    view.flush()
    assert view.content.cards[LONER].centre != port.shown.cards[LONER].centre
    qtbot.waitUntil(lambda: not view.glide.running)
    assert view.content.cards[LONER].centre == port.shown.cards[LONER].centre


def test_after_a_layout_everybody_is_in_sight(view: CanvasView) -> None:
    view.camera.zoom_to(1.0)
    view.camera.look_at(Point(9_000, 9_000))
    view.tidy()
    view.flush()
    for one in view.content.cards.values():
        assert view.camera.seen.holds(one.centre)
    zoom, seen = view.zoom, view.camera.seen
    view.tidy()
    view.flush()
    assert (view.zoom, view.camera.seen) == (zoom, seen)


def test_a_layout_taken_back_is_in_sight_again(view: CanvasView, port: PaperPort) -> None:
    far = {person: Point(9_000.0 + 250 * n, 0.0) for n, person in enumerate(port.shown.cards)}
    view.apply_layout(far, phrase("Lay out"))
    assert all(view.camera.seen.holds(card.centre) for card in view.content.cards.values())
    port.put(port.shown.moved({p: Point(at.x - 9_000, at.y) for p, at in far.items()}))
    assert all(view.camera.seen.holds(card.centre) for card in view.content.cards.values())
    aside = {p: Point(card.centre.x - 400, 0.0) for p, card in port.shown.cards.items()}
    port.put(port.shown.moved(aside))  # only some of them would be out of sight
    assert all(view.camera.seen.holds(card.centre) for card in view.content.cards.values())


def test_one_card_moved_out_of_sight_takes_nobodys_eyes_along(
    view: CanvasView, port: PaperPort
) -> None:
    seen = view.camera.seen
    port.put(port.shown.moved({BOSS: Point(9_000, 0)}))
    assert view.camera.seen == seen


def test_the_small_map_shows_the_cards_alone_once_they_have_arrived(
    view: CanvasView, port: PaperPort, qtbot: QtBot
) -> None:
    view.glide.duration = 20
    people = port.shown.cards
    port.put(port.shown.moved({p: Point(card.centre.x + 4_000, 0) for p, card in people.items()}))
    assert view.content.bounds.width > 4_000  # on their way
    qtbot.waitUntil(lambda: not view.glide.running, timeout=2_000)
    assert view.content.bounds == Box.around([card.box for card in view.content.cards.values()])


def test_another_port_begins_afresh(show: object, view: CanvasView, port: PaperPort) -> None:
    view.select(Selection.of(BOSS))
    other: CanvasPort = PaperPort(figure_of([card("x", 5000, 5000)]))
    view.set_port(other)
    assert not view.selection
    assert set(view.content.cards) == {PersonId("x")}
    assert view.camera.seen.holds(Point(5000, 5000))
    port.put(replace(port.shown, cards={}))
    assert set(view.content.cards) == {PersonId("x")}
