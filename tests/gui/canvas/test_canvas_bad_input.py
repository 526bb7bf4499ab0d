"""What no canvas expects is drawn decently or answered with one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from paper_canvas import PaperPort, card, figure_of, line
from pointing import CONTROL, NONE, key, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from walked import CANVASES, MAP, World

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Influence, Person, PersonId
from brm_desktop.gui.actions import ACTIONS, Scope
from brm_desktop.gui.canvas.keys import METHODS
from brm_desktop.gui.canvas.port import CanvasPort
from brm_desktop.gui.canvas.ports import KeyPersonPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.export import figure_image, write_figure
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Card, LineStyle, Point
from brm_desktop.rendering.labels import LONGEST, label_width
from brm_desktop.rendering.screen import qcolor
from brm_desktop.rendering.theme import LIGHT

K = Qt.Key
STRANGE = {
    "long": "王" * 500,
    "long words": "Wolfeschlegelsteinhausenbergerdorff " * 14,
    "emoji": "👩🏽‍💼 Zoë 🎉",
    "right to left": "محمد بن عبد الله",
    "rare": "𠮷野 㼆",
    "controls": "A\u202en\u0007n",
}


@pytest.fixture(params=CANVASES)
def world(request: pytest.FixtureRequest, tmp_path: Path, show: object) -> Iterator[World]:
    """The map, the chain and the key-person view, one after another."""
    made = World(tmp_path, request.param)
    made.show(show)  # type: ignore[arg-type]  # the fixture of the folder
    yield made
    made.close()


@pytest.mark.parametrize("name", STRANGE.values(), ids=STRANGE)
def test_any_name_is_taken_drawn_found_and_written(world: World, name: str, tmp_path: Path) -> None:
    wanted = " ".join(name.split())
    with world.one_step():
        person = world.port.add(name, Point(0, 420), None)
        world.view.grab()
    assert world.records.one(Person, person).name == wanted
    assert person in (world.port.matches(wanted[:4]) or ())
    figure = world.port.figure()
    for ending in ("svg", "png", "pdf"):
        path = tmp_path / f"picture.{ending}"
        write_figure(figure, path)
        assert path.stat().st_size > 1_000
    root = ET.fromstring((tmp_path / "picture.svg").read_bytes())
    said = "".join(root.itertext())
    assert wanted[:3] in said or "\u0007" in wanted


@pytest.mark.parametrize("name", STRANGE.values(), ids=STRANGE)
def test_no_name_leaves_its_card(name: str) -> None:
    plain = figure_image(figure_of([card("", 0, 0)]), LIGHT, 1.0)
    drawn = figure_image(figure_of([_named(name)]), LIGHT, 1.0)
    assert plain.size() == drawn.size()
    left, top = (plain.width() - CARD_WIDTH) / 2, (plain.height() - CARD_HEIGHT) / 2
    for x in range(plain.width()):
        for y in range(plain.height()):
            beside = not (left <= x <= plain.width() - left and top <= y <= plain.height() - top)
            if beside:
                assert drawn.pixelColor(x, y) == plain.pixelColor(x, y), (x, y)


def _named(name: str) -> Card:
    return replace(card("", 0, 0), name=name, subtitle=name)


def test_a_label_of_very_many_words_is_cut() -> None:
    said = replace(line("a", "b", LineStyle.INFLUENCE), label="🎉 golf together " * 40)
    drawn = figure_image(figure_of([card("a", 0, 0), card("b", 0, 400)], said), LIGHT, 1.0)
    ground = qcolor(LIGHT.ground)
    middle = drawn.height() // 2
    across = [
        x
        for x in range(drawn.width())
        for y in range(middle - 40, middle + 40)
        if drawn.pixelColor(x, y) != ground
    ]
    assert max(across) - min(across) <= LONGEST + 12
    assert label_width("w" * 900) == label_width("w" * 90)


def test_a_circle_of_lines_is_refused_with_its_sentence(world: World) -> None:
    with world.no_step():
        world.hand.move(world.hand.at(world.id("Ann")))
        world.hand.drag(
            world.hand.at(world.id("Ann"), 0, 42), world.hand.at(world.id("Boss")), NONE
        )
    (problem,) = world.problems
    assert "circle" in str(problem)


def test_a_line_onto_the_card_it_begins_at_is_none(world: World) -> None:
    boss = world.id("Boss")
    with world.no_step():
        world.hand.move(world.hand.at(boss))
        world.hand.drag(world.hand.at(boss, 103, 0), world.hand.at(boss), NONE)
    assert world.problems == []
    world.view.do(lambda: world.port.bring(boss, Point(0, 0), None))
    assert not world.records.all(Influence)


@pytest.mark.parametrize("world", [MAP], indirect=True)
def test_a_thousand_people_are_pasted_at_once_and_cover_nobody(world: World) -> None:
    world.view.select(Selection())
    QApplication.clipboard().setText("\n".join(f"Person {n}\tClerk" for n in range(1_000)))
    before = world.records
    key(world.view, K.Key_V, CONTROL)
    assert len(world.view.selection.people) == 1_000
    cards = world.view.content.cards
    places = {(round(one.centre.x), round(one.centre.y)) for one in cards.values()}
    assert len(places) == len(cards) >= 1_003
    bounds = world.view.content.bounds
    assert 1 / 8 < bounds.width / bounds.height < 8
    world.view.undo()
    assert world.records == before


def test_of_a_thousand_people_everyone_has_a_place_of_his_own_on_every_canvas(
    world: World,
) -> None:
    """Also on rings, where next to them a sector of one is hardly a sliver."""
    world.view.close_port()
    new = world.port.paste_names([f"Person {n}" for n in range(1_000)], Point(0.0, 600.0))
    cards = world.port.figure().cards
    assert set(new) <= cards.keys()
    assert len({one.centre for one in cards.values()}) == len(cards)


def test_a_canvas_of_nobody_answers_every_key(
    show: Callable[[CanvasPort], CanvasView],
) -> None:
    port = PaperPort(figure_of([]))
    view = show(port)
    QApplication.clipboard().clear()
    for name in METHODS:
        if name != "lay_out":
            view.run(name)
            view.leave()
    view.run("lay_out")
    assert [one for one in port.done if not one.startswith("lay out")] == []
    assert view._hint.isVisible()
    type_text(view, "First")
    key(view, K.Key_Return)
    assert not view._hint.isVisible()
    assert PersonId("First") in view.content.cards
    assert {ACTIONS[name].scope for name in METHODS} == {Scope.CANVAS, Scope.CARD}


def test_a_person_to_whom_no_route_leads_is_drawn_alone(tmp_path: Path, show: object) -> None:
    world = World(tmp_path, MAP)
    world.show(show)  # type: ignore[arg-type]  # the fixture of the folder
    change = world.session.edit(phrase("1"), edits.add_person, account=world.account, name="Alone")
    alone = change.added(Person)[0].id
    reading = world.session.analysis(world.account).routes_to(alone, 3)
    assert reading.routes == ()
    port = KeyPersonPort(world.session, world.account, alone)
    world.view.set_port(port)
    world.view.grab()
    assert set(world.view.content.cards) == {alone}
    assert world.view.content.figure.routes == ()
    world.close()
