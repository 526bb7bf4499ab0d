"""What is on screen after any change is exactly what painting everything anew would show."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from paper_canvas import PaperPort, card, figure_of, line
from pointing import Hand
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.content import Damage
from brm_desktop.gui.canvas.folding import Fold
from brm_desktop.gui.canvas.port import Removal
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.figure import LineStyle, Point, RouteMark
from brm_desktop.rendering.theme import DARK, LIGHT

BOSS, LEFT, RIGHT, LONER = (PersonId(name) for name in ("boss", "left", "right", "loner"))


def settled(view: CanvasView, qtbot: QtBot) -> QImage:
    """The canvas once it is sharp."""
    qtbot.wait(120)
    view.layer.settle()
    for _ in range(20):
        view.viewport().repaint()
    return view.viewport().grab().toImage()


def approximate(view: CanvasView) -> bool:
    """Whether what is on screen was stretched from an earlier picture."""
    return view.layer._approximate


def repainted(view: CanvasView, qtbot: QtBot) -> QImage:
    """The canvas after everything was painted anew."""
    view.layer.damage(Damage(everything=True))
    return settled(view, qtbot)


Change = Callable[[CanvasView, PaperPort], object]

CHANGES: dict[str, Change] = {
    "a card moved": lambda _, port: port.move({LEFT: Point(-260, 120)}),
    "a person removed": lambda _, port: port.remove([LEFT], [], Removal.TAKE),
    "a person added": lambda _, port: port.add("Wu", Point(0, 320), None),
    "a person renamed": lambda _, port: port.rename(RIGHT, "A much longer name than before"),
    "a line removed": lambda _, port: port.remove([], ["boss reporting left"], Removal.TAKE),
    "a line drawn": lambda _, port: port.put(
        figure_of(
            port.shown.cards.values(),
            *port.shown.lines,
            line("loner", "right", LineStyle.CONFLICT),
        )
    ),
    "panned": lambda view, _: view.pan_by(-37, 23),
    "panned far": lambda view, _: view.pan_by(300, -200),
    "zoomed": lambda view, _: view.zoom_out(),
    "zoomed to plates": lambda view, _: view.camera.zoom_to(0.3),
    "zoomed to dots": lambda view, _: view.camera.zoom_to(0.1),
    "previewed": lambda view, _: view.preview({BOSS: Point(30, -40)}),
    "collapsed": lambda view, _: view.toggle_fold(BOSS),
    "filtered": lambda view, _: view.set_filter(lambda _: frozenset({BOSS})),
    "routed": lambda view, _: view.set_routes(
        (RouteMark(number=1, people=(LEFT, LONER), weakest=0),)
    ),
    "resized": lambda view, _: view.resize(700, 500),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_patches_look_like_a_whole_painting(
    view: CanvasView, port: PaperPort, qtbot: QtBot, change: Change
) -> None:
    before = settled(view, qtbot)
    change(view, port)
    after = settled(view, qtbot)
    assert after != before
    assert after == repainted(view, qtbot)


def test_several_changes_in_a_row_leave_no_trace(
    view: CanvasView, port: PaperPort, qtbot: QtBot
) -> None:
    view.pan_by(11, 7)
    port.move({LEFT: Point(-300, 100)})
    view.viewport().repaint()
    view.pan_by(-5, 40)
    port.move({LEFT: Point(-200, 160), RIGHT: Point(260, 180)})
    view.zoom_in()
    view.viewport().repaint()
    view.preview({BOSS: Point(10, 10)})
    assert settled(view, qtbot) == repainted(view, qtbot)


def test_a_gesture_that_is_cancelled_leaves_the_picture_as_it_was(
    view: CanvasView, qtbot: QtBot
) -> None:
    hand = Hand(view)
    view.select(Selection.of(BOSS))
    before = settled(view, qtbot)
    hand.press(hand.at("boss"))
    hand.move(Point(120, -90))
    assert settled(view, qtbot) != before
    view.leave()
    assert settled(view, qtbot) == before


def test_the_theme_changes_live(view: CanvasView, qtbot: QtBot) -> None:
    light = settled(view, qtbot)
    view.set_theme(DARK)
    dark = settled(view, qtbot)
    assert dark.pixelColor(3, 3).name().upper() == DARK.ground
    view.set_theme(LIGHT)
    assert settled(view, qtbot) == light


def test_a_selected_card_has_the_accent_outline(view: CanvasView, qtbot: QtBot) -> None:
    view.select(Selection.of(BOSS))
    shown = settled(view, qtbot)
    edge = (view.camera.to_screen(Point(-107, 10)) * shown.devicePixelRatio()).toPoint()
    assert shown.pixelColor(edge).name().upper() == LIGHT.accent


def test_while_a_slow_figure_moves_its_last_picture_is_shown_and_then_sharpened(
    view: CanvasView, qtbot: QtBot
) -> None:
    settled(view, qtbot)
    view.layer.full_paint_took = 1.0
    view.zoom_in()
    moving = view.viewport().grab().toImage()
    assert approximate(view)
    sharp = settled(view, qtbot)
    assert not approximate(view)
    assert moving != sharp
    assert sharp == repainted(view, qtbot)


def test_folds_show_how_many_they_hide_and_a_click_on_the_number_expands(
    view: CanvasView, port: PaperPort
) -> None:
    view.select(Selection.of(BOSS))
    view.collapse()
    assert set(view.content.cards) == {BOSS, LONER}
    assert view.content.folded.counts == {BOSS: 2}
    hand = Hand(view)
    hand.click(Point(80, 42))
    assert set(view.content.cards) == {BOSS, LEFT, RIGHT, LONER}
    assert port.done == []


def test_a_person_hidden_by_a_fold_is_shown_when_sought(view: CanvasView) -> None:
    view.set_folds({BOSS: Fold(BOSS)})
    view.show_person(LEFT)
    assert view.selection.people == (LEFT,)


def test_a_department_collapses_and_expands(view: CanvasView, port: PaperPort) -> None:
    port.departments = {LEFT: "IT", LONER: "IT"}
    view.collapse_department(LONER)
    assert LONER not in view.content.cards or LEFT not in view.content.cards
    view.collapse_department(LEFT)
    view.expand_all()
    assert len(view.content.cards) == 4


def test_the_focus_radius_fades_who_is_farther_away(view: CanvasView) -> None:
    view.select(Selection.of(LONER))
    view.set_focus_radius(1)
    assert view.content.cards[RIGHT].faded
    assert not view.content.cards[LEFT].faded
    view.select(Selection.of(RIGHT))
    assert not view.content.cards[BOSS].faded
    view.set_focus_radius(None)
    assert not view.content.cards[LONER].faded


def test_at_rest_the_picture_is_given_back_and_what_is_painted_next_is_the_same(
    view: CanvasView, qtbot: QtBot
) -> None:
    before = settled(view, qtbot)
    view.layer.full_paint_took = 0.001
    view.layer.let_go()
    assert not view.layer.keeps_picture
    assert settled(view, qtbot) == before
    assert view.layer.keeps_picture


def test_the_picture_of_a_figure_that_is_slow_to_paint_is_kept(
    view: CanvasView, qtbot: QtBot
) -> None:
    settled(view, qtbot)
    view.layer.full_paint_took = 0.2
    view.layer.let_go()
    assert view.layer.keeps_picture


def test_cards_are_made_once_and_painted_again_from_their_pixmaps(
    view: CanvasView, qtbot: QtBot
) -> None:
    settled(view, qtbot)
    made = view.layer.drawing.pictures.made
    repainted(view, qtbot)
    view.pan_by(50, 50)
    settled(view, qtbot)
    assert view.layer.drawing.pictures.made == made


def test_a_large_canvas_gets_by_with_few_pixmaps(qtbot: QtBot, show: object) -> None:
    cards = [card(f"p{i}", (i % 50) * 240, (i // 50) * 140) for i in range(2_000)]
    port = PaperPort(figure_of(cards, *(line(f"p{i // 4}", f"p{i}") for i in range(1, 2_000))))
    view = show(port)  # type: ignore[operator]  # the fixture of the folder
    view.fit()
    settled(view, qtbot)
    assert view.layer.drawing.pictures.made < 60
    qtbot.waitUntil(lambda: view.content.indexed)
    view.camera.zoom_to(1.0)
    settled(view, qtbot)
    assert view.layer.drawing.pictures.made < 120


def point_at_a_card(hand: Hand) -> None:
    hand.move(hand.at("left"))


def point_at_an_edge_dot(hand: Hand) -> None:
    hand.move(hand.at("left", 108, 0))
    hand.move(hand.at("left", 105, 0))


def stretch_the_rubber_band(hand: Hand) -> None:
    hand.press(Point(-320, 100))
    hand.move(Point(90, 340))


def pull_a_line_onto_nothing(hand: Hand) -> None:
    hand.move(hand.at("right"))
    hand.press(hand.at("right", 103, 0))
    hand.move(Point(300, -150))


def pull_a_line_onto_a_manager(hand: Hand) -> None:
    hand.move(hand.at("right"))
    hand.press(hand.at("right", 0, -42))
    hand.move(hand.at("loner"))


def line_a_card_up(hand: Hand) -> None:
    hand.press(hand.at("right"))
    hand.move(Point(230, 163))


def ask_for_a_name(hand: Hand) -> None:
    hand.double_click(Point(150, 300))


GESTURES = (
    point_at_a_card,
    point_at_an_edge_dot,
    stretch_the_rubber_band,
    pull_a_line_onto_nothing,
    pull_a_line_onto_a_manager,
    line_a_card_up,
    ask_for_a_name,
)


@pytest.mark.parametrize("gesture", GESTURES)
def test_what_a_gesture_draws_goes_away_with_it(
    view: CanvasView, qtbot: QtBot, gesture: Callable[[Hand], None]
) -> None:
    before = settled(view, qtbot)
    hand = Hand(view)
    gesture(hand)
    assert settled(view, qtbot) != before
    view.leave()
    hand.move(Point(0, -250))
    view.select(Selection())
    assert settled(view, qtbot) == before


def test_a_found_card_glows_until_the_search_is_over(view: CanvasView, qtbot: QtBot) -> None:
    view.find_card()
    view.find_bar.line.setText("loner")
    assert view.marks.found == LONER
    view.leave()
    assert view.marks.found is None


def test_many_selected_cards_are_marked_from_afar(qtbot: QtBot, show: object) -> None:
    cards = [card(f"p{i}", (i % 20) * 240, (i // 20) * 140) for i in range(300)]
    view = show(PaperPort(figure_of(cards)))  # type: ignore[operator]  # the fixture of the folder
    view.camera.fit(view.content.bounds)
    before = settled(view, qtbot)
    view.select_all()
    assert settled(view, qtbot) != before


def test_the_canvas_can_be_painted_onto_anything(view: CanvasView, qtbot: QtBot) -> None:
    image = QImage(400, 300, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    view.scene().render(painter, QRectF(image.rect()), QRectF(-300, -100, 600, 450))
    painter.end()
    colours = {image.pixelColor(x, y).name().upper() for x in range(400) for y in range(0, 300, 7)}
    assert LIGHT.ground in colours
    assert LIGHT.panel in colours


@pytest.mark.parametrize("factor", ["1.25", "1.5", "2"])
def test_patches_look_like_a_whole_painting_on_finer_screens(factor: str) -> None:
    tests = "(patches and (moved or panned or zoomed)) or trace"
    found = subprocess.run(
        [sys.executable, "-m", "pytest", __file__, "-q", "-k", f"({tests}) and not finer"],
        env={**os.environ, "QT_SCALE_FACTOR": factor},
        capture_output=True,
        check=False,
        text=True,
    )
    assert found.returncode == 0, found.stdout


def test_nothing_of_the_canvas_before_is_left_on_an_empty_one(
    view: CanvasView, qtbot: QtBot
) -> None:
    before = settled(view, qtbot)
    view.camera.zoom_to(0.3)
    settled(view, qtbot)
    view.set_port(PaperPort(figure_of([])))
    after = settled(view, qtbot)
    assert after != before
    assert after == repainted(view, qtbot)
    view.fit()
    assert view.zoom == 1.0
