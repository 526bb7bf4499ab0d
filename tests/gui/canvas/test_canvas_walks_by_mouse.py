"""Every gesture of the mouse on each of the three canvases.

One undo takes a gesture back, and Escape before its end leaves the store as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pointing import ALT, CONTROL, MIDDLE, NONE, SHIFT, key, type_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from walked import CANVASES, CHAIN, MAP, VIEW, World

from brm_desktop.domain.records import Influence, InfluenceKind, Person
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.tools.stage import Mode
from brm_desktop.rendering.figure import Point

K = Qt.Key
EMPTY = Point(0, 420)
SIDE, BOTTOM, TOP = (103, 0), (0, 42), (0, -42)


@pytest.fixture(params=CANVASES)
def world(request: pytest.FixtureRequest, tmp_path: Path, show: object) -> Iterator[World]:
    """The map, the chain and the key-person view, one after another."""
    made = World(tmp_path, request.param)
    made.show(show)  # type: ignore[arg-type]  # the fixture of the folder
    made.hand.move(Point(-2_000, -2_000))
    yield made
    made.close()


@dataclass(frozen=True)
class Pull:
    """A drag from a place on somebody's card to a place; what it means when it is let go.

    ``to`` is a name or a place; a name is typed where the drag asks for one.
    """

    start: str
    dot: tuple[float, float]
    to: str | Point
    means: Callable[[World], bool]
    typed: str = ""
    mode: Mode = Mode.SELECT
    on: tuple[str, ...] = CANVASES


def _at_odds(first: str, second: str) -> Callable[[World], bool]:
    def see(world: World) -> bool:
        found = world.records.all(Influence).values()
        ends = {world.id(first), world.id(second)}
        conflict = InfluenceKind.CONFLICT
        return any({one.source, one.target} == ends and one.kind is conflict for one in found)

    return see


PULLS = {
    "side dot to a card": Pull("Boss", SIDE, "Bob", lambda w: w.sways("Boss", "Bob")),
    "left dot to a card": Pull("Bob", (-103, 0), "Boss", lambda w: w.sways("Bob", "Boss")),
    "bottom dot to a card": Pull(
        "Ann", BOTTOM, "Bob", lambda w: w.hangs("Bob", "Ann"), on=(MAP, CHAIN)
    ),
    "top dot to a card": Pull("Ann", TOP, "Bob", lambda w: w.hangs("Ann", "Bob"), on=(MAP, CHAIN)),
    "side dot to nothing": Pull("Boss", SIDE, EMPTY, lambda w: w.sways("Boss", "New"), "New"),
    "bottom dot to nothing": Pull("Boss", BOTTOM, EMPTY, lambda w: w.hangs("New", "Boss"), "New"),
    "top dot to nothing": Pull(
        "Boss", TOP, Point(0, -300), lambda w: w.hangs("Boss", "New"), "New"
    ),
    "influence mode": Pull(
        "Bob", (0, 0), "Boss", lambda w: w.sways("Bob", "Boss"), mode=Mode.INFLUENCE
    ),
    "reporting mode": Pull(
        "Ann", (0, 0), "Bob", lambda w: w.hangs("Bob", "Ann"), mode=Mode.REPORTING, on=(MAP, CHAIN)
    ),
    "conflict mode": Pull("Boss", (0, 0), "Ann", _at_odds("Boss", "Ann"), mode=Mode.CONFLICT),
}
"""What each pull of a line means."""


def _begin(world: World, pull: Pull) -> Point:
    """Put the button down where a pull starts; gives where it ends."""
    world.view.set_mode(pull.mode)
    world.hand.move(world.hand.at(world.id(pull.start)))
    world.hand.press(world.hand.at(world.id(pull.start), *pull.dot))
    end = world.hand.at(world.id(pull.to)) if isinstance(pull.to, str) else pull.to
    world.hand.move(Point((end.x + world.hand.at(world.id(pull.start)).x) / 2, end.y))
    world.hand.move(end)
    return end


PULLED = [(kind, name) for name, pull in PULLS.items() for kind in pull.on]


@pytest.mark.parametrize(("world", "name"), PULLED, indirect=["world"])
def test_a_pulled_line_is_one_step(world: World, name: str) -> None:
    pull = PULLS[name]
    with world.one_step():
        world.hand.release(_begin(world, pull))
        if pull.typed:
            type_text(world.view, pull.typed)
            key(world.view, K.Key_Return)
            assert world.shown(pull.typed)
        assert pull.means(world)


@pytest.mark.parametrize(("world", "name"), PULLED, indirect=["world"])
def test_escape_while_a_line_is_pulled_leaves_the_store_as_it_was(world: World, name: str) -> None:
    pull = PULLS[name]
    with world.no_step():
        end = _begin(world, pull)
        assert world.view.marks.wire is not None
        key(world.view, K.Key_Escape)
        world.hand.release(end)
    assert not world.view.field.is_open
    assert world.view.marks.wire is None


@pytest.mark.parametrize("world", [VIEW], indirect=True)
def test_a_line_that_would_not_show_is_refused_with_its_sentence(world: World) -> None:
    world.hand.move(world.hand.at(world.id("Ann")))
    with world.no_step():
        world.hand.drag(world.hand.at(world.id("Ann"), *SIDE), world.hand.at(world.id("Bob")), NONE)
    (problem,) = world.problems
    assert str(problem).startswith("Here only lines of")


def test_a_double_click_adds_somebody_there_in_one_step(world: World) -> None:
    with world.one_step():
        world.hand.double_click(EMPTY)
        type_text(world.view, "New")
        key(world.view, K.Key_Return)
        assert world.view.content.cards[world.id("New")].centre == EMPTY
    with world.no_step():
        world.hand.double_click(Point(600, 420))
        type_text(world.view, "Nobody")
        key(world.view, K.Key_Escape)


def test_a_double_click_on_a_card_renames_in_one_step(world: World) -> None:
    with world.one_step():
        world.hand.double_click(world.hand.at(world.id("Ann")))
        type_text(world.view, " Li")
        key(world.view, K.Key_Return)
        assert world.shown("Ann Li")


def test_dragged_cards_are_one_step_and_escape_puts_them_back(world: World) -> None:
    world.select("Ann", "Bob")
    ann = world.id("Ann")
    before = world.view.content.cards[ann].centre
    with world.one_step():
        world.hand.drag(world.hand.at(ann), world.hand.at(ann, 30, 12), ALT)
        assert world.view.content.cards[ann].centre == Point(before.x + 30, before.y + 12)
    with world.no_step():
        world.hand.press(world.hand.at(ann), ALT)
        world.hand.move(Point(-200, 300), ALT)
        key(world.view, K.Key_Escape)
        world.hand.release(Point(-200, 300), ALT)
    assert world.view.content.cards[ann].centre == Point(before.x + 30, before.y + 12)


def test_a_dragged_card_snaps_to_others_and_shift_keeps_it_on_its_row(world: World) -> None:
    ann = world.id("Ann")
    with world.one_step():
        world.hand.press(world.hand.at(ann))
        world.hand.move(Point(-260, 203))
        assert world.view.marks.guides
        world.hand.release(Point(-260, 203))
        assert world.view.content.cards[ann].centre.y == 200
    with world.one_step():
        world.hand.drag(world.hand.at(ann), world.hand.at(ann, 90, 30), SHIFT)
        assert world.view.content.cards[ann].centre.y == 200


def test_what_only_selects_or_looks_is_no_step(world: World) -> None:
    with world.no_step():
        world.hand.click(world.hand.at(world.id("Ann")))
        world.hand.click(world.hand.at(world.id("Bob")), SHIFT)
        assert set(world.names(world.view.selection.people)) == {"Ann", "Bob"}
        world.hand.click(EMPTY)
        assert not world.view.selection
        world.hand.drag(Point(-450, 120), Point(450, 280), NONE)
        assert set(world.names(world.view.selection.people)) == {"Ann", "Bob"}
        seen = world.view.camera.seen
        world.hand.drag(EMPTY, Point(60, 400), NONE, MIDDLE)
        assert world.view.camera.seen != seen
        spot = world.hand.at(world.id("Ann"))
        place = world.view.camera.to_screen(spot)
        world.hand.turn_wheel(spot, 2, CONTROL)
        again = world.view.camera.to_screen(spot)
        assert abs(again.x() - place.x()) <= 1
        assert world.view.zoom > 1


def test_a_line_is_selected_by_a_click_and_removed_in_one_step(world: World) -> None:
    line = next(
        line
        for line in world.view.content.lines.values()
        if {line.source, line.target} == {world.id("Boss"), world.id("Ann")}
    )
    shape = world.view.content.shapes[line.record]
    world.hand.click(shape.middle)
    assert world.view.selection == Selection(lines=(line.record,))
    with world.one_step():
        key(world.view, K.Key_Delete)
        assert world.records.find(line.record) is None
        assert world.records.where(Person, name="Ann")


def test_the_mini_map_leads_where_it_is_dragged_to(world: World) -> None:
    world.view.camera.zoom_to(3.0)
    box = world.view.minimap.rect()
    with world.no_step():
        QTest.mousePress(world.view.minimap, Qt.MouseButton.LeftButton, NONE, QPoint(12, 12))
        first = world.view.camera.seen.centre
        QTest.mouseMove(world.view.minimap, box.center())
        QTest.mouseRelease(
            world.view.minimap, Qt.MouseButton.LeftButton, NONE, box.bottomRight() - QPoint(12, 12)
        )
        QTest.mouseClick(
            world.view.minimap, Qt.MouseButton.LeftButton, NONE, box.bottomRight() - QPoint(12, 12)
        )
    assert world.view.camera.seen.centre.x > first.x


def test_a_head_is_collapsed_by_its_sign_and_nothing_is_edited(world: World) -> None:
    boss = world.id("Boss")
    with world.no_step():
        world.hand.move(world.hand.at(boss))
        world.hand.click(world.hand.at(boss, 80, 42))
        assert world.view.content.folded.counts == {boss: 2}
        world.hand.click(world.hand.at(boss, 80, 42))
        assert not world.view.content.folded.counts
