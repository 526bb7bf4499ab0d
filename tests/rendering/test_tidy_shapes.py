"""Trees of 500 people, random ones and such as companies have: never a strip."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brm_desktop.rendering.figure import Box, Point, card_box
from brm_desktop.rendering.layouts.tidy import tidy

PEOPLE = 500
Managers = dict[str, str]


def at_random(seed: int) -> Managers:
    random = Random(seed)
    return {str(n): str(random.randrange(n)) for n in range(1, PEOPLE)}


def one_of_two_hundred() -> Managers:
    wide = {str(n): "0" for n in range(1, 201)}
    return wide | {str(n): str(n - 200) for n in range(201, PEOPLE)}


def a_deep_chain() -> Managers:
    return {str(n): str(n - 1) for n in range(1, PEOPLE)}


def chains_below_one() -> Managers:
    return {str(n): "0" if n % 25 == 1 else str(n - 1) for n in range(1, PEOPLE)}


def everyone_below_one() -> Managers:
    return {str(n): "0" for n in range(1, PEOPLE)}


def by_sixes() -> Managers:
    return {str(n): str((n - 1) // 6) for n in range(1, PEOPLE)}


def nobody_below_anybody() -> Managers:
    return {}


SHAPES = (
    one_of_two_hundred,
    a_deep_chain,
    chains_below_one,
    everyone_below_one,
    by_sixes,
    nobody_below_anybody,
)


def laid_out(managers: Managers) -> dict[str, Point]:
    return tidy([str(n) for n in range(PEOPLE)], managers)


def bounds(places: dict[str, Point]) -> Box:
    return Box.around(card_box(at) for at in places.values())


@pytest.mark.parametrize("shape", SHAPES)
def test_no_tree_of_500_people_is_a_strip(shape: Callable[[], Managers]) -> None:

    box = bounds(laid_out(shape()))
    assert box.width <= 16 * box.height


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_no_random_tree_of_500_people_is_a_strip(seed: int) -> None:
    box = bounds(laid_out(at_random(seed)))
    assert box.width <= 16 * box.height


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.data())
def test_influence_orders_siblings_and_moves_nobody_to_another_level(
    seed: int, data: st.DataObject
) -> None:
    random = Random(seed)
    count = data.draw(st.integers(2, 60))
    people = [str(n) for n in range(count)]
    managers = {str(n): str(random.randrange(n)) for n in range(1, count)}
    pairs = [(random.choice(people), random.choice(people)) for _ in range(count)]
    plain, swayed = tidy(people, managers), tidy(people, managers, influence=pairs)
    for one, manager in managers.items():
        assert swayed[manager].y < swayed[one].y
    assert bounds(swayed).width <= 16 * max(bounds(swayed).height, bounds(plain).height)
    assert len({(at.x, at.y) for at in swayed.values()}) == count
