"""Every key of the canvas and of its cards, pressed on each of the three canvases.

Each walk ends in a comparison of the records: one undo takes back all that a key did, and what is
no edit leaves the store as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pointing import key, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from walked import CANVASES, CHAIN, VIEW, World, press_keys

from brm_desktop.domain.records import Person, Placement, id_of
from brm_desktop.gui.actions import ACTIONS, Keys, Scope
from brm_desktop.gui.canvas.port import Removal
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.rendering.figure import Point

K = Qt.Key


@pytest.fixture(params=CANVASES)
def world(request: pytest.FixtureRequest, tmp_path: Path, show: object) -> Iterator[World]:
    """The map, the chain and the key-person view, one after another."""
    made = World(tmp_path, request.param)
    made.show(show)  # type: ignore[arg-type]  # the fixture of the folder
    yield made
    made.close()


@dataclass(frozen=True)
class Walk:
    """What stands selected before a key, what is typed after it, and what there is to see then.

    ``edits`` says whether it is one step to undo.
    """

    after: Callable[[World], None]
    selected: tuple[str, ...] = ("Ann",)
    typed: str = ""
    before: Callable[[World], None] = lambda _world: None
    edits: bool = False


def _hangs(person: str, under: str) -> Callable[[World], None]:
    def see(world: World) -> None:
        assert world.hangs(person, under)
        assert world.shown(person)
        assert world.names(world.view.selection.people) == ["New"]

    return see


def _selected(*names: str) -> Callable[[World], None]:
    def see(world: World) -> None:
        assert set(world.names(world.view.selection.people)) == set(names)

    return see


def _nudged(dx: int, dy: int) -> Callable[[World], None]:
    def see(world: World) -> None:
        place = world.records.one(Placement, id_of(Placement, world.port.canvas, world.id("Ann")))
        assert (place.x, place.y) == (-300 + dx, 200 + dy)
        assert world.view.content.cards[world.id("Ann")].centre == Point(place.x, place.y)

    return see


def _gone(world: World) -> None:
    assert not world.shown("Ann")
    if world.kind == CHAIN:
        assert "Ann" not in world.members
        assert world.id("Ann")
    else:
        assert not world.records.where(Person, name="Ann")
        assert not world.asked  # nobody is under her whom an answer could concern


def _cut(world: World) -> None:
    _gone(world)
    assert QApplication.clipboard().text() == "Ann\t\tIT"


def _copied(world: World) -> None:
    assert QApplication.clipboard().text() == "Ann\t\tIT"


def _pasted(world: World) -> None:
    assert world.names(world.view.selection.people) == ["Li", "Wu"]
    assert world.records.where(Person, name="Li")[0].title == "Buyer"


def _doubled(world: World) -> None:
    assert len(world.records.where(Person, name="Ann")) == 2
    (second,) = world.view.selection.people
    assert second in world.view.content.cards


def _laid_out(world: World) -> None:
    kept = world.records.where(Placement, canvas=world.port.canvas)
    arranged = world.port.arranged()
    for place in kept:
        assert abs(arranged[place.person].x - place.x) <= 1
        assert world.view.camera.seen.holds(world.view.content.cards[place.person].centre)


def _pinned(world: World) -> None:
    place = world.records.one(Placement, id_of(Placement, world.port.canvas, world.id("Ann")))
    assert place.pinned
    assert world.view.content.cards[world.id("Ann")].pinned


def _collapsed(world: World) -> None:
    assert world.view.content.folded.counts == {world.id("Boss"): 2}
    press_keys(world.view, ACTIONS["collapse"].keys[0])
    assert not world.view.content.folded.counts


def _zoomed(to: float) -> Callable[[World], None]:
    def see(world: World) -> None:
        assert world.view.zoom == pytest.approx(to)

    return see


def _sees(*names: str) -> Callable[[World], None]:
    def see(world: World) -> None:
        seen = world.view.camera.seen
        assert all(seen.holds(world.view.content.cards[world.id(name)].centre) for name in names)

    return see


def _far_away(world: World) -> None:
    world.view.camera.zoom_to(2.0)
    world.view.camera.look_at(Point(3_000, 3_000))


def _someone_cut_out(_world: World) -> None:
    QApplication.clipboard().setText("Li\tBuyer\nWu")


def _renamed(world: World) -> None:
    assert world.shown("AnnNew")
    assert world.records.where(Person, name="AnnNew")


def _finding(world: World) -> None:
    assert world.view.find_bar.isVisible()
    type_text(world.view, "bob")
    _selected("Bob")(world)
    key(world.view, K.Key_Escape)
    assert not world.view.find_bar.isVisible()


def _swayed(world: World) -> None:
    assert world.sways("Boss", "New")


def _legend(world: World) -> None:
    assert world.legends == 1


def _nothing_more(world: World) -> None:
    _selected("Ann")(world)


WALKS = {
    "find_on_canvas": Walk(_finding),
    "select_all": Walk(lambda world: _selected(*_everybody(world))(world)),
    "cut": Walk(_cut, edits=True),
    "copy": Walk(_copied),
    "paste": Walk(_pasted, before=_someone_cut_out, edits=True),
    "duplicate": Walk(_doubled, edits=True),
    "delete": Walk(_gone, edits=True),
    "lay_out": Walk(_laid_out, edits=True),
    "collapse": Walk(_collapsed, ("Boss",)),
    "show_more": Walk(_nothing_more),
    "pin": Walk(_pinned, edits=True),
    "zoom_100": Walk(_zoomed(1.0)),
    "zoom_in": Walk(_zoomed(1.0)),
    "zoom_out": Walk(_zoomed(0.64)),
    "fit": Walk(_sees("Boss", "Ann", "Bob"), before=_far_away),
    "fit_selection": Walk(_sees("Ann"), before=_far_away),
    "legend": Walk(_legend),
    "add_peer": Walk(_hangs("New", "Boss"), typed="New", edits=True),
    "add_report": Walk(_hangs("New", "Boss"), ("Boss",), typed="New", edits=True),
    "add_manager": Walk(_hangs("Boss", "New"), ("Boss",), typed="New", edits=True),
    "add_swayed": Walk(_swayed, ("Boss",), typed="New", edits=True),
    "edit_name": Walk(_renamed, typed="New", edits=True),
    "leave": Walk(_selected()),
    "go_left": Walk(_selected("Ann"), ("Bob",)),
    "go_right": Walk(_selected("Bob"), ("Ann",)),
    "go_up": Walk(_selected("Boss"), ("Ann",)),
    "go_down": Walk(_selected("Ann"), ("Boss",)),
    "nudge_left": Walk(_nudged(-1, 0), edits=True),
    "nudge_right": Walk(_nudged(1, 0), edits=True),
    "nudge_up": Walk(_nudged(0, -1), edits=True),
    "nudge_down": Walk(_nudged(0, 1), edits=True),
}
"""What each key of the canvas and of its cards does."""


def _everybody(world: World) -> list[str]:
    return world.names(tuple(world.view.content.cards))


def test_every_action_of_the_canvas_has_a_walk() -> None:
    on_canvas = {one.id for one in ACTIONS.values() if one.scope in (Scope.CANVAS, Scope.CARD)}
    assert on_canvas == set(WALKS)


@pytest.mark.parametrize(
    ("name", "keys"), [(name, keys) for name in WALKS for keys in Keys().of(name)]
)
def test_a_key_does_what_the_table_says_in_one_step_or_none(
    world: World, name: str, keys: str
) -> None:
    walk = WALKS[name]
    world.select(*walk.selected)
    walk.before(world)
    with world.one_step() if walk.edits else world.no_step():
        press_keys(world.view, keys)
        if walk.typed:
            type_text(world.view, walk.typed)
            key(world.view, K.Key_Return)
        world.view.flush()
        walk.after(world)


@pytest.mark.parametrize("name", [name for name, walk in WALKS.items() if walk.typed])
def test_escape_after_a_key_that_asks_for_a_name_leaves_the_store_as_it_was(
    world: World, name: str
) -> None:
    walk = WALKS[name]
    world.select(*walk.selected)
    with world.no_step():
        press_keys(world.view, Keys().of(name)[0])
        type_text(world.view, walk.typed)
        key(world.view, K.Key_Escape)
    assert not world.view.field.is_open
    assert world.view.marks.ghost is None
    assert world.view.hasFocus()


@pytest.mark.parametrize("name", [name for name in WALKS if name.startswith("nudge_")])
def test_shift_nudges_ten_times_as_far(world: World, name: str) -> None:
    world.select("Ann")
    before = world.view.content.cards[world.id("Ann")].centre
    with world.one_step():
        press_keys(world.view, ACTIONS[name].keys[0].replace("Alt+", "Alt+Shift+"))
    after = world.view.content.cards[world.id("Ann")].centre
    assert abs(after.x - before.x) + abs(after.y - before.y) == 10


def test_typing_adds_somebody_on_every_canvas(world: World) -> None:
    world.view.select(Selection())
    with world.one_step():
        type_text(world.view, "Newcomer")
        key(world.view, K.Key_Return)
        assert world.names(world.view.selection.people) == ["Newcomer"]
    if world.kind == VIEW:
        assert world.sways("Newcomer", "Boss")
    if world.kind == CHAIN:
        assert "Newcomer" in world.members


@pytest.mark.parametrize("world", [CHAIN], indirect=True)
def test_on_a_chain_a_known_name_joins_by_two_letters_and_enter(world: World) -> None:
    world.port.remove([world.id("Bob")], [], Removal.TAKE)
    world.select("Boss")
    with world.one_step():
        press_keys(world.view, "Tab")
        type_text(world.view, "bo")
        key(world.view, K.Key_Return)
    assert world.members == {"Boss", "Ann", "Bob"}
    assert world.hangs("Bob", "Boss")
    assert len(world.records.where(Person, name="Bob")) == 1


def test_enter_and_tab_go_on_without_the_mouse(world: World) -> None:
    world.select("Boss")
    press_keys(world.view, "Tab")
    type_text(world.view, "One")
    key(world.view, K.Key_Return)
    press_keys(world.view, "Return")
    type_text(world.view, "Two")
    key(world.view, K.Key_Tab)
    type_text(world.view, "Three")
    key(world.view, K.Key_Return)
    assert world.hangs("One", "Boss")
    assert world.hangs("Two", "Boss")
    if world.kind == VIEW:
        (problem,) = world.problems
        assert str(problem).startswith("Here only lines of")
        assert not world.records.where(Person, name="Three")
    else:
        assert world.hangs("Three", "Two")
