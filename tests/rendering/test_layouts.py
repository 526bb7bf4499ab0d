"""Layouts: nobody on top of anybody, the order of input of no account, lines that do not cross."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import combinations, pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.records import PersonId
from brm_desktop.rendering.figure import (
    CARD_HEIGHT,
    CARD_WIDTH,
    Box,
    Card,
    Figure,
    Line,
    LineStyle,
    Point,
    card_box,
)
from brm_desktop.rendering.geometry import distance, flattened
from brm_desktop.rendering.layouts.force import force
from brm_desktop.rendering.layouts.lanes import lanes
from brm_desktop.rendering.layouts.layers import Layers, spread
from brm_desktop.rendering.layouts.margin import outside
from brm_desktop.rendering.layouts.rings import Around, rings
from brm_desktop.rendering.layouts.room import Room
from brm_desktop.rendering.layouts.tidy import tidy
from brm_desktop.rendering.shapes import trace

Pairs = list[tuple[str, str]]


@st.composite
def forests(draw: st.DrawFn) -> dict[str, str]:
    """Managers by person; some point at people that are not there, some in circles."""
    count = draw(st.integers(0, 40))
    people = [f"p{number}" for number in range(count)]
    choices = st.sampled_from([*people, "nobody"])
    return {one: draw(choices) for one in people}


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Managers by person, without circles; the first person has none."""
    count = draw(st.integers(1, 60))
    return {f"p{n}": f"p{draw(st.integers(0, n - 1))}" for n in range(1, count)} | {"p0": ""}


people_and_pairs = st.integers(0, 30).flatmap(
    lambda count: st.tuples(
        st.just([f"p{number}" for number in range(count)]),
        st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40).map(
            lambda pairs: [(f"p{a}", f"p{b}") for a, b in pairs]
        ),
    )
)
pinned = st.dictionaries(
    st.sampled_from(["x1", "x2", "x3"]),
    st.builds(
        Point,
        st.integers(-600, 600).map(float),
        st.integers(-400, 400).map(float),
    ),
)


def no_overlap(places: Mapping[str, Point], fixed: Mapping[str, Point] | None = None) -> bool:
    boxes = {key: card_box(point) for key, point in places.items()}
    still = [card_box(point) for point in (fixed or {}).values()]
    apart = all(not a.meets(b) for a, b in combinations(boxes.values(), 2))
    return apart and not any(box.meets(other) for box in boxes.values() for other in still)


# ---------------------------------------------------------------- tidy


@given(forests(), pinned)
def test_tidy_places_everyone_on_a_place_of_his_own(
    managers: dict[str, str], fixed: dict[str, Point]
) -> None:
    places = tidy(managers, managers, fixed=fixed)
    assert places.keys() == managers.keys()
    assert no_overlap(places, fixed)


@given(forests(), st.randoms(use_true_random=False))
def test_tidy_does_not_care_in_which_order_people_come(
    managers: dict[str, str], shuffle: random.Random
) -> None:
    mixed = list(managers.items())
    shuffle.shuffle(mixed)
    sway = list(managers.items())
    again = tidy([one for one, _ in mixed], dict(mixed), influence=sway[::-1])
    assert again == tidy(managers, managers, influence=sway)


@given(trees())
def test_reports_stand_below_their_manager_and_lines_never_cross(managers: dict[str, str]) -> None:
    places = tidy(managers, managers)
    for one, manager in managers.items():
        if manager:
            assert places[one].y > places[manager].y
    assert crossings(places, managers) == 0


@given(trees(), st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=20))
def test_influence_orders_siblings_and_never_crosses_reporting(
    managers: dict[str, str], sway: list[tuple[int, int]]
) -> None:
    pairs = [(f"p{a}", f"p{b}") for a, b in sway]
    places = tidy(managers, managers, influence=pairs)
    assert crossings(places, managers) == 0
    assert _length(places, pairs) <= _length(tidy(managers, managers), pairs) + 1e-6


@pytest.mark.parametrize("reports", [2, 5, 12, 80])
def test_500_people_are_not_wider_than_16_times_their_height(reports: int) -> None:
    managers = {f"p{n:03}": f"p{(n - 1) // reports:03}" for n in range(1, 500)} | {"p000": ""}
    places = tidy(managers, managers)
    assert ratio(places) <= 16
    assert no_overlap(places)


def test_ten_thousand_people_take_about_a_second_and_not_a_minute() -> None:
    chance = random.Random(7)
    managers = {f"p{n:05}": f"p{chance.randrange(n):05}" for n in range(1, 10_000)} | {"p00000": ""}
    start = perf_counter()
    places = tidy(managers, managers)
    assert perf_counter() - start < 6
    assert len(places) == 10_000


def test_a_chain_of_a_thousand_managers_is_placed() -> None:
    managers = {f"p{n:04}": f"p{n - 1:04}" for n in range(1, 1_000)} | {"p0000": ""}
    assert no_overlap(tidy(managers, managers))


def test_a_small_team_stands_side_by_side_under_its_head() -> None:
    places = tidy(["boss", "a", "b", "c"], {"a": "boss", "b": "boss", "c": "boss"})
    assert places["a"].y == places["b"].y == places["c"].y
    assert places["b"].x == places["boss"].x


def test_siblings_stand_in_the_order_of_their_names() -> None:
    managers = {"1": "0", "2": "0", "3": "0"}
    names = {"1": "C", "2": "B", "3": "A"}
    places = tidy(["0", "1", "2", "3"], managers, names=names)
    assert places["3"].x < places["2"].x < places["1"].x


def crossings(places: Mapping[str, Point], managers: Mapping[str, str]) -> int:
    """How many reporting lines of different managers run through one another."""
    figure = Figure(
        canvas="",
        cards={
            PersonId(one): Card(person=PersonId(one), centre=at, name=one)
            for one, at in places.items()
        },
        lines=tuple(
            Line(
                record=one,
                source=PersonId(manager),
                target=PersonId(one),
                style=LineStyle.REPORTING,
            )
            for one, manager in managers.items()
            if manager
        ),
    )
    shapes = list(trace(figure).values())
    pieces = [(s.line.source, list(pairwise(flattened(s.outline)))) for s in shapes]
    return sum(
        _cross(a, b, c, d)
        for (one, first), (other, second) in combinations(pieces, 2)
        if one != other
        for a, b in first
        for c, d in second
    )


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)

    return side(a, b, c) * side(a, b, d) < -1e-6 and side(c, d, a) * side(c, d, b) < -1e-6


def _length(places: Mapping[str, Point], pairs: Pairs) -> float:
    return sum(distance(places[a], places[b]) for a, b in set(pairs) if a in places and b in places)


def ratio(places: Mapping[str, Point]) -> float:
    xs, ys = [p.x for p in places.values()], [p.y for p in places.values()]
    return (max(xs) - min(xs) + CARD_WIDTH) / (max(ys) - min(ys) + CARD_HEIGHT)


# ---------------------------------------------------------------- lanes


@given(people_and_pairs, pinned, st.randoms(use_true_random=False))
def test_lanes_hold_everyone_once_whatever_the_order(
    given_people: tuple[list[str], Pairs], fixed: dict[str, Point], shuffle: random.Random
) -> None:
    people, pairs = given_people
    rows = {one: shuffle.randrange(4) for one in people[::2]}
    beside, rivals = people[1::4], people[3::4]
    found = lanes(rows, pairs, beside=beside, outside=rivals, fixed=fixed)
    assert found.places.keys() == set(people)
    assert no_overlap(found.places, fixed)
    mixed = list(rows.items())
    shuffle.shuffle(mixed)
    again = lanes(dict(mixed), pairs[::-1], beside=beside[::-1], outside=rivals[::-1], fixed=fixed)
    assert again == found


@given(people_and_pairs)
def test_everyone_stands_in_his_own_lane(given_people: tuple[list[str], Pairs]) -> None:
    people, pairs = given_people
    rows = {one: number % 4 for number, one in enumerate(people)}
    found = lanes(rows, pairs)
    for one, row in rows.items():
        box = card_box(found.places[one])
        lane = found.lanes[row]
        assert Box.around((lane, box)) == lane
    for upper, lower in pairwise(found.lanes):
        assert upper.bottom < lower.y


def test_a_chain_that_can_be_drawn_without_crossings_is() -> None:
    rows = {"gm": 0, "vp": 1, "cio": 1, "a": 2, "b": 2, "c": 2, "u": 3, "v": 3}
    links = [("gm", "vp"), ("gm", "cio"), ("cio", "a"), ("vp", "b"), ("cio", "c"), ("a", "u")]
    found = lanes(rows, [*links, ("b", "v")])
    assert found.places["u"].x == found.places["a"].x
    level = [[one for one in rows if rows[one] == row] for row in range(4)]
    order = [sorted(row, key=lambda one: found.places[one].x) for row in level]
    assert Layers(order, [*links, ("b", "v")]).crossings() == 0


def test_those_with_ties_to_the_column_stand_nearer_to_it() -> None:
    found = lanes({"a": 1, "z": 1}, [], influence=[("out", "a")], beside=["out"])
    assert found.places["a"].x > found.places["z"].x
    assert found.places["out"].x > found.lanes[0].right


def test_untangling_never_makes_more_crossings() -> None:
    chance = random.Random(2)
    rows = [[f"{row}-{n}" for n in range(12)] for row in range(4)]
    links = [
        (chance.choice(rows[row]), chance.choice(rows[row + chance.choice((1, 1, 2))]))
        for row in range(2)
        for _ in range(30)
    ]
    layers = Layers(rows, links)
    before = layers.crossings()
    layers.untangle()
    assert layers.crossings() < before / 2


@given(st.lists(st.floats(-1000, 1000), max_size=20))
def test_spread_keeps_order_and_distance_and_its_middle(wanted: list[float]) -> None:
    found = spread(wanted, 10.0)
    assert len(found) == len(wanted)
    assert all(b - a >= 10.0 - 1e-6 for a, b in pairwise(found))
    if wanted:
        assert abs(sum(found) - sum(wanted)) < 1e-6 * max(1.0, sum(abs(w) for w in wanted))


# ---------------------------------------------------------------- rings, force, margin


@given(people_and_pairs, pinned, st.randoms(use_true_random=False))
def test_rings_put_everyone_around_the_middle(
    given_people: tuple[list[str], Pairs], fixed: dict[str, Point], shuffle: random.Random
) -> None:
    people, pairs = given_people
    around = {
        one: Around(shuffle.randrange(3), shuffle.choice((None, 20, 50, 90))) for one in people
    }
    found = rings("centre", around, links=pairs, fixed=fixed)
    assert found.places.keys() == {*people, "centre"}
    assert no_overlap(found.places, fixed)
    mixed = dict(sorted(around.items(), reverse=True))
    assert rings("centre", mixed, links=pairs[::-1], fixed=fixed) == found


def test_the_stronger_stand_nearer() -> None:
    around = {"near": Around(0, 90), "middle": Around(0, 50), "far": Around(0, 10)}
    places = rings("me", around).places
    away = {one: _from_middle(places[one]) for one in around}
    assert away["near"] < away["middle"] < away["far"]


def test_250_people_fit_around_one() -> None:
    around = {f"p{n:03}": Around(n % 3, n % 100 + 1) for n in range(250)}
    assert no_overlap(rings("me", around).places)


@given(people_and_pairs, pinned)
def test_force_puts_nobody_on_top_of_anybody(
    given_people: tuple[list[str], Pairs], fixed: dict[str, Point]
) -> None:
    people, pairs = given_people
    sways = [(one, other, 0.6) for one, other in pairs]
    places = force(people, sways, fixed=fixed)
    assert places.keys() == set(people)
    assert no_overlap(places, fixed)
    assert force(people[::-1], sways[::-1], fixed=fixed) == places


def test_people_without_influence_stand_below_the_others() -> None:
    places = force(["a", "b", "alone"], [("a", "b", 0.9)])
    assert places["alone"].y > max(places["a"].y, places["b"].y)


def test_ours_stand_at_the_left_and_rivals_at_the_right() -> None:
    inside = {"a": Point(0.0, 0.0), "b": Point(300.0, 140.0)}
    ties = [("we1", "a"), ("we2", "a"), ("we3", "b"), ("rival", "b")]
    places = outside(inside, ties, {"rival"})
    assert no_overlap(places)
    assert max(places[one].x for one in ("we1", "we2", "we3")) < 0
    assert places["rival"].x > 300
    assert {one: places[one] for one in inside} == inside


def test_the_nearest_free_place_is_found() -> None:
    room = Room([Point(0.0, 0.0)])
    assert not room.is_free(Point(100.0, 0.0))
    free = room.free_near(Point(0.0, 0.0))
    assert room.is_free(free)
    assert _from_middle(free) < 2 * CARD_WIDTH


def _from_middle(point: Point) -> float:
    return distance(point, Point(0.0, 0.0))
