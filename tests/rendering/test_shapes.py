"""The ways lines take: rails shared by siblings, curves beside cards, distances for picking."""

from __future__ import annotations

import random
from time import perf_counter

import pytest

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
    Side,
)
from brm_desktop.rendering.geometry import bounds, flattened, on_curve, rounded, to_piece
from brm_desktop.rendering.rails import HANG, INDENT
from brm_desktop.rendering.shapes import Shape, hit, trace


def figure(places: dict[str, tuple[float, float]], *lines: tuple[str, str, LineStyle]) -> Figure:
    return Figure(
        canvas="",
        cards={
            PersonId(one): Card(person=PersonId(one), centre=Point(*at), name=one)
            for one, at in places.items()
        },
        lines=tuple(
            Line(
                record=f"{a}-{b}-{style.name}",
                source=PersonId(a),
                target=PersonId(b),
                style=style,
                strength=50,
            )
            for a, b, style in lines
        ),
    )


def corners(shape: Shape) -> list[Point]:
    return flattened(shape.outline)


def test_siblings_share_a_rail_between_their_manager_and_themselves() -> None:
    drawn = figure(
        {"boss": (0, 0), "a": (-200, 150), "b": (200, 150)},
        ("boss", "a", LineStyle.REPORTING),
        ("boss", "b", LineStyle.REPORTING),
    )
    left, right = (corners(shape) for shape in trace(drawn).values())
    assert left[0] == right[0] == Point(0.0, CARD_HEIGHT / 2)
    level = {round(p.y, 3) for p in left} & {round(p.y, 3) for p in right}
    assert any(CARD_HEIGHT / 2 < y < 150 - CARD_HEIGHT / 2 for y in level)
    assert left[-1] == Point(-200.0, 150 - CARD_HEIGHT / 2)


def test_a_report_right_below_hangs_on_a_straight_line() -> None:
    drawn = figure({"boss": (0, 0), "a": (3, 150)}, ("boss", "a", LineStyle.REPORTING))
    (shape,) = trace(drawn).values()
    assert {point.x for point in corners(shape)} == {3.0}


def test_people_under_one_another_hang_on_a_trunk_at_their_left() -> None:
    drawn = figure(
        {"boss": (0, 0), "a": (INDENT, 130), "b": (INDENT, 230)},
        ("boss", "a", LineStyle.REPORTING),
        ("boss", "b", LineStyle.REPORTING),
    )
    for shape in trace(drawn).values():
        left = INDENT - CARD_WIDTH / 2
        assert shape.tip.x == left
        assert shape.outline.start.x == left - HANG


def test_rails_of_two_managers_at_one_height_do_not_run_into_each_other() -> None:
    drawn = figure(
        {"m": (0, 0), "n": (300, 0), "a": (-150, 134), "b": (200, 134), "c": (100, 134)},
        ("m", "b", LineStyle.REPORTING),
        ("n", "a", LineStyle.REPORTING),
    )
    one, other = trace(drawn).values()
    assert one.middle.y != other.middle.y


def test_a_report_who_stands_beside_or_above_is_reached_from_that_side() -> None:
    beside = figure({"m": (0, 0), "a": (400, 10)}, ("m", "a", LineStyle.REPORTING))
    above = figure({"m": (0, 0), "a": (40, -300)}, ("m", "a", LineStyle.REPORTING))
    (shape,) = trace(beside).values()
    assert shape.tip == Point(400 - CARD_WIDTH / 2, 10.0)
    (shape,) = trace(above).values()
    assert shape.tip == Point(40.0, -300 + CARD_HEIGHT / 2)


def test_influence_runs_between_facing_sides_and_passes_beside_a_card_in_between() -> None:
    drawn = figure({"a": (0, 0), "wall": (330, 0), "b": (660, 0)}, ("a", "b", LineStyle.INFLUENCE))
    (shape,) = trace(drawn).values()
    wall = drawn.cards[PersonId("wall")].box
    assert not any(wall.holds(point) for point in corners(shape))


def test_influences_into_one_card_end_apart() -> None:
    drawn = figure(
        {"a": (500, -60), "b": (500, 60), "t": (0, 0)},
        ("a", "t", LineStyle.INFLUENCE),
        ("b", "t", LineStyle.INFLUENCE),
    )
    one, other = trace(drawn).values()
    assert abs(one.tip.y - other.tip.y) > 8


def test_a_line_ends_at_the_edge_of_a_competitors_hexagon() -> None:
    drawn = figure({"t": (0, 0)})
    rival = Card(person=PersonId("r"), centre=Point(0.0, 300.0), name="R", side=Side.COMPETITOR)
    tie = Line(
        record="1", source=rival.person, target=PersonId("t"), style=LineStyle.COMPETITOR_TIE
    )
    drawn = Figure(canvas="", cards={**drawn.cards, rival.person: rival}, lines=(tie,))
    (shape,) = trace(drawn).values()
    assert shape.outline.start.y == pytest.approx(rival.anchor.y - 3.0)
    assert rival.box.width < CARD_WIDTH


def test_no_competitors_line_crosses_whose_person_another_competitor_is() -> None:
    rivals = [
        Card(person=PersonId(f"r{n}"), centre=Point(700, 110.0 * n), name="", side=Side.COMPETITOR)
        for n in range(3)
    ]
    shown = figure({"a": (0, 0), "b": (0, 200)})
    cards = {**shown.cards, **{one.person: one for one in rivals}}
    lines = tuple(
        Line(
            record=f"r{n}", source=one.person, target=PersonId("a"), style=LineStyle.COMPETITOR_TIE
        )
        for n, one in enumerate(rivals)
    )
    shapes = trace(Figure(canvas="", cards=cards, lines=lines))
    for one in rivals:
        caption = Box(
            one.box.x, one.anchor.bottom, one.box.width, one.box.bottom - one.anchor.bottom
        )
        for shape in shapes.values():
            assert not any(caption.holds(point) for point in flattened(shape.outline))


def test_a_conflict_zig_zags_on_the_straight_way() -> None:
    drawn = figure({"a": (0, 0), "b": (600, 0)}, ("a", "b", LineStyle.CONFLICT))
    (shape,) = trace(drawn).values()
    heights = [round(point.y, 3) for point in corners(shape)]
    assert max(heights) > 0 > min(heights)
    assert shape.ahead == Point(1.0, 0.0)


def test_moving_one_person_needs_the_lines_of_his_siblings_only() -> None:
    drawn = figure(
        {"boss": (0, 0), "a": (-200, 150), "b": (200, 150), "c": (-200, 300), "x": (600, 0)},
        ("boss", "a", LineStyle.REPORTING),
        ("boss", "b", LineStyle.REPORTING),
        ("a", "c", LineStyle.REPORTING),
        ("x", "c", LineStyle.INFLUENCE),
    )
    whole = trace(drawn)
    some = trace(drawn, [PersonId("b")])
    assert set(some) == {"boss-a-REPORTING", "boss-b-REPORTING"}
    assert all(whole[record] == shape for record, shape in some.items())


def test_lines_without_a_card_at_both_ends_have_no_shape() -> None:
    drawn = figure(
        {"a": (0, 0)}, ("a", "gone", LineStyle.INFLUENCE), ("a", "a", LineStyle.INFLUENCE)
    )
    assert trace(drawn) == {}


def test_the_distance_to_a_line_is_measured_to_its_nearest_place() -> None:
    drawn = figure({"a": (0, 0), "b": (0, 400)}, ("a", "b", LineStyle.REPORTING))
    (shape,) = trace(drawn).values()
    assert hit(shape, Point(7.0, 200.0)) == pytest.approx(7.0)
    assert hit(shape, Point(0.0, 400.0)) == pytest.approx(CARD_HEIGHT / 2)


def test_many_lines_are_drawn_lighter_than_few() -> None:
    places = {f"p{n}": (n % 6 * 300.0, n // 6 * 200.0) for n in range(30)}
    pairs = [(f"p{a}", f"p{b}", LineStyle.INFLUENCE) for a in range(12) for b in range(12, 18)]
    few = trace(figure(places, *pairs[:4]))
    many = trace(figure(places, *pairs))
    assert all(shape.light == 1.0 for shape in few.values())
    assert all(0.4 < shape.light < 0.6 for shape in many.values())


def test_fifteen_thousand_lines_are_traced_in_seconds() -> None:
    chance = random.Random(1)
    places = {f"p{n}": (n % 100 * 230.0, n // 100 * 132.0) for n in range(10_000)}
    lines = [(f"p{n // 3}", f"p{n}", LineStyle.REPORTING) for n in range(1, 10_000)]
    lines += [
        (f"p{chance.randrange(10_000)}", f"p{chance.randrange(10_000)}", LineStyle.INFLUENCE)
        for _ in range(5_000)
    ]
    drawn = figure(places, *lines)
    start = perf_counter()
    trace(drawn)
    assert perf_counter() - start < 5


def test_geometry_in_small() -> None:
    assert to_piece(Point(5.0, 5.0), Point(0.0, 0.0), Point(10.0, 0.0)) == 5.0
    assert to_piece(Point(-3.0, 4.0), Point(0.0, 0.0), Point(0.0, 0.0)) == 5.0
    assert on_curve(Point(0.0, 0.0), (Point(1.0, 2.0), Point(2.0, 0.0)), 0.5) == Point(1.0, 1.0)
    box = bounds([Point(0.0, 0.0), Point(4.0, 2.0)], 1.0)
    assert box == Box(-1.0, -1.0, 6.0, 4.0)
    corner = rounded([Point(0.0, 0.0), Point(10.0, 0.0), Point(10.0, 10.0)], 3.0)
    assert corner.steps[0] == (Point(7.0, 0.0),)
    assert corner.steps[1] == (Point(10.0, 0.0), Point(10.0, 3.0))


def test_boxes_know_what_they_hold_and_meet() -> None:
    box = Box(0.0, 0.0, 10.0, 10.0)
    assert box.holds(Point(10.0, 10.0))
    assert box.meets(Box(9.0, 9.0, 5.0, 5.0))
    assert not box.meets(Box(10.0, 0.0, 5.0, 5.0))
    assert Box.around([]) == Box(0.0, 0.0, 0.0, 0.0)
    assert box.grown(2.0).centre == box.centre == Point(5.0, 5.0)
