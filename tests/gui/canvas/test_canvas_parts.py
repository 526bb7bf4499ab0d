"""The parts of the canvas that need no window: places, guides, folds, ways, selections."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from paper_canvas import card, figure_of, line

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.above import ROW, room_made
from brm_desktop.gui.canvas.content import Content
from brm_desktop.gui.canvas.folding import Fold, department_head, folded
from brm_desktop.gui.canvas.grid import Grid
from brm_desktop.gui.canvas.guides import snap
from brm_desktop.gui.canvas.lighting import steps_from
from brm_desktop.gui.canvas.placing import COLUMN, free_place, place_beside
from brm_desktop.gui.canvas.port import Relation
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.walking import Direction, nearest_to, neighbour
from brm_desktop.rendering.figure import Box, Card, Figure, Lane, LineStyle, Point

coordinates = st.floats(-5_000, 5_000)
sizes = st.floats(0, 3_000)
boxes = st.builds(Box, coordinates, coordinates, sizes, sizes)


@given(st.dictionaries(st.integers(0, 30), boxes), boxes)
def test_the_grid_finds_exactly_what_meets_an_area(things: dict[int, Box], area: Box) -> None:
    grid: Grid[int] = Grid()
    for key, box in things.items():
        grid.put(key, Box(0, 0, 1, 1))
        grid.put(key, box)
    assert sorted(grid.meeting(area)) == sorted(k for k, box in things.items() if box.meets(area))


@given(st.dictionaries(st.integers(0, 30), boxes, min_size=1), boxes)
def test_what_was_dropped_is_found_no_more(things: dict[int, Box], area: Box) -> None:
    grid: Grid[int] = Grid()
    for key, box in things.items():
        grid.put(key, box)
    gone = min(things)
    grid.drop(gone)
    grid.drop(gone)
    assert gone not in grid
    assert gone not in grid.meeting(area)
    assert len(grid) == len(things) - 1
    grid.clear()
    assert grid.meeting(area) == []


def test_a_card_snaps_to_the_nearest_line_and_shows_the_guide() -> None:
    found = snap(Box(103, 50, 200, 80), [Box(100, 400, 200, 80), Box(900, 52, 200, 80)], 6)
    assert (found.dx, found.dy) == (-3, 2)
    upright, level = found.guides
    assert upright.upright
    assert (upright.at, upright.start, upright.end) == (200, 52, 480)
    assert (level.at, level.start, level.end) == (92, 100, 1100)


def test_nothing_snaps_out_of_reach() -> None:
    assert snap(Box(0, 0, 10, 10), [Box(100, 100, 10, 10)], 6).guides == ()
    assert snap(Box(0, 0, 10, 10), [], 6).dx == 0


def _company() -> Figure:
    return figure_of(
        [card("a", 0, 0), card("b", 0, 200), card("c", 0, 400), card("d", 300, 200)],
        line("a", "b"),
        line("b", "c"),
        line("a", "d"),
        line("c", "d", LineStyle.INFLUENCE),
    )


def ids(*names: str) -> frozenset[PersonId]:
    return frozenset(PersonId(name) for name in names)


def nowhere(_person: PersonId) -> None:
    return None


def test_a_fold_hides_everyone_below_and_counts_them() -> None:
    found = folded(_company(), [Fold(PersonId("a"))], nowhere)
    assert found.hidden == ids("b", "c", "d")
    assert found.counts == {"a": 3}


def test_a_fold_within_a_fold_shows_no_badge() -> None:
    found = folded(_company(), [Fold(PersonId("b")), Fold(PersonId("a"))], nowhere)
    assert found.counts == {"a": 3}


def test_lines_in_a_circle_do_no_harm_to_folds() -> None:
    figure = figure_of([card("a", 0, 0), card("b", 0, 9)], line("a", "b"), line("b", "a"))
    assert folded(figure, [Fold(PersonId("a"))], nowhere).hidden == ids("b")


def test_a_department_folds_behind_its_head() -> None:
    def of(person: PersonId) -> str | None:
        return "IT" if person in {"b", "c"} else None

    figure = _company()
    head = department_head(figure, "IT", of)
    assert head == "b"
    found = folded(figure, [Fold(PersonId("b"), "IT")], of)
    assert found.hidden == ids("c")
    assert department_head(figure, "HR", of) is None


def test_two_departments_that_would_hide_each_others_heads_do_not() -> None:
    def of(_person: PersonId) -> str | None:
        return "one"

    folds = [Fold(PersonId("a"), "one"), Fold(PersonId("b"), "one")]
    found = folded(_company(), folds, of)
    assert len(found.hidden) < 4
    assert found.counts


def test_ways_along_lines_come_before_nearer_cards() -> None:
    figure = figure_of(
        [card("a", 0, 0), card("far", 900, 10), card("near", 250, 10), card("up", -500, -800)],
        line("a", "far", LineStyle.INFLUENCE),
        line("up", "a"),
    )
    cards, lines = figure.cards, figure.lines
    assert neighbour(cards, lines, PersonId("a"), Direction.RIGHT) == "far"
    assert neighbour(cards, (), PersonId("a"), Direction.RIGHT) == "near"
    assert neighbour(cards, lines, PersonId("a"), Direction.UP) == "up"
    assert neighbour(cards, lines, PersonId("up"), Direction.LEFT) is None
    assert nearest_to(cards, Point(800, 0)) == "far"
    assert nearest_to({}, Point(0, 0)) is None


def test_steps_count_lines_whichever_way_they_run() -> None:
    lines = _company().lines
    assert steps_from(lines, ids("d"), 1) == ids("d", "a", "c")
    assert steps_from(lines, ids("d"), 2) == ids("a", "b", "c", "d")


def test_a_selection_keeps_the_last_as_the_main_one() -> None:
    a, b, c = (PersonId(name) for name in "abc")
    chosen = Selection.of(a).toggled(b).with_people([c, a])
    assert chosen.people == (a, b, c)
    assert chosen.main == c
    assert chosen.toggled(c).main == b
    assert chosen.toggled_line("x").lines == ("x",)
    assert chosen.toggled_line("x").toggled_line("x") == chosen
    assert chosen.within({a}, ()) == Selection.of(a)
    assert not Selection()


def _content(figure: Figure) -> Content:
    content = Content(nowhere)
    content.show(figure)
    return content


def test_only_what_differs_is_damaged() -> None:
    figure = _company()
    content = _content(figure)
    assert not content.show(_company())
    moved = figure.moved({PersonId("d"): Point(500, 200)})
    damage = content.show(moved)
    assert not damage.everything
    assert damage.boxes
    assert not any(box.holds(Point(0, 400)) for box in damage.boxes)


def test_a_moved_card_takes_its_lines_and_its_peers_along() -> None:
    content = _content(_company())
    before = dict(content.shapes)
    content.move({PersonId("b"): Point(-300, 200)})
    changed = {record for record, shape in content.shapes.items() if before[record] != shape}
    assert "a reporting b" in changed
    assert "b reporting c" in changed
    assert content.card_at(Point(-300, 200)) is content.cards[PersonId("b")]
    assert content.card_at(Point(0, 200)) is None
    content.move({PersonId("b"): Point(0, 200)})
    assert {k: s.outline for k, s in content.shapes.items()} == {
        k: s.outline for k, s in before.items()
    }


def test_a_large_figure_is_shown_before_it_is_indexed_and_found_all_the_same() -> None:
    cards = [card(f"p{i}", (i % 50) * 240, (i // 50) * 140) for i in range(2_000)]
    lines = [line(f"p{i // 4}", f"p{i}") for i in range(1, 2_000)]
    figure = figure_of(cards, *lines)
    content = _content(figure)
    assert not content.indexed
    assert content.card_at(Point(240, 140)) is figure.cards[PersonId("p51")]
    early = {one.person for one in content.cards_in(Box(0, 0, 900, 500))}
    while not content.index_some(0.001):
        pass
    assert {one.person for one in content.cards_in(Box(0, 0, 900, 500))} == early
    assert content.shapes.keys() == content.lines.keys()
    assert content.line_at(content.shapes["p0 reporting p1"].middle, 3) is not None


def test_new_cards_stand_in_the_lane_of_their_row() -> None:
    lanes = tuple(
        Lane(title=str(row), box=Box(-150, -75 + 160 * row, 1_000, 150)) for row in range(3)
    )
    figure = figure_of([card("a", 0, 0), card("b", 300, 0)])
    content = Content(nowhere)
    content.show(Figure(canvas="", cards=figure.cards, lanes=lanes))
    assert place_beside(content, PersonId("a"), Relation.REPORT) == Point(0, 160)
    assert place_beside(content, PersonId("a"), Relation.PEER).y == 0
    assert place_beside(content, PersonId("a"), Relation.MANAGER).y < -75
    assert content.free(free_place(content, Point(10, 10)))


def test_a_new_manager_stands_below_the_one_above_and_not_beside_him() -> None:
    content = Content(nowhere)
    content.show(figure_of([card("boss", 0, 0), card("a", 0, ROW)], line("boss", "a")))
    at = place_beside(content, PersonId("a"), Relation.MANAGER)
    assert 0 < at.y < ROW
    assert content.free(at)


def test_a_new_manager_stands_in_a_lane_and_not_between_two() -> None:
    lanes = tuple(
        Lane(title=str(row), box=Box(-150, -75 + 160 * row, 1_000, 150)) for row in range(2)
    )
    figure = figure_of([card("boss", 0, 0), card("a", 0, 160)], line("boss", "a"))
    content = Content(nowhere)
    content.show(replace(figure, lanes=lanes))
    assert place_beside(content, PersonId("a"), Relation.MANAGER) == Point(COLUMN, 0)


def _two_full_rows() -> list[Card]:
    return [card(f"{n} {at}", at * COLUMN, n * ROW) for n in (0, 1) for at in range(-4, 5)]


def test_a_new_manager_takes_the_place_of_whom_he_leads_where_no_room_is_above() -> None:
    content = Content(nowhere)
    crowd = [
        card(f"{n} {place}", place * COLUMN, n * ROW) for n in (0, 1) for place in range(-4, 5)
    ]
    below = card("below", 0, 2 * ROW)
    content.show(figure_of([*crowd, below], line("0 0", "1 0"), line("1 0", "below")))
    person = PersonId("1 0")
    assert place_beside(content, person, Relation.MANAGER) == Point(0, ROW)
    assert room_made(content.figure, person) == {
        person: Point(0, 2 * ROW),
        below.person: Point(0, 3 * ROW),
    }


def test_nobody_makes_room_who_is_pinned_or_would_cover_others() -> None:
    crowd = [
        card(f"{n} {place}", place * COLUMN, n * ROW) for n in (0, 1) for place in range(-4, 5)
    ]
    person = PersonId("1 0")
    stranger = figure_of([*crowd, card("other", 20, 2 * ROW)], line("0 0", "1 0"))
    assert room_made(stranger, person) == {}
    pinned = [replace(one, pinned=True) if one.person == person else one for one in crowd]
    assert room_made(figure_of(pinned, line("0 0", "1 0")), person) == {}
    content = Content(nowhere)
    content.show(stranger)
    at = place_beside(content, person, Relation.MANAGER)
    assert at not in (Point(0, ROW), Point(0, 0))
    assert content.free(at)


def test_no_line_of_a_new_manager_runs_behind_another_card() -> None:
    content = Content(nowhere)
    cards = [card("boss", 0, 0), card("a", 0, 3 * ROW), card("between", 0, 1.5 * ROW)]
    content.show(figure_of(cards, line("boss", "a")))
    at = place_beside(content, PersonId("a"), Relation.MANAGER)
    assert at == Point(COLUMN, 1.5 * ROW)


def test_faded_cards_are_painted_first_and_lines_fade_with_their_ends() -> None:
    content = _content(_company())
    content.lit = ids("a", "b")
    content.again()
    order = [one.person for one in content.cards_in(Box(-500, -500, 2_000, 2_000))]
    assert set(order[:2]) == {"c", "d"}
    assert content.cards[PersonId("c")].faded
    assert content.lines["b reporting c"].faded
    assert not content.lines["a reporting b"].faded
