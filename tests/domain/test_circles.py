"""Circles in what must be a hierarchy: found, named, and looked for no further than needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.circles import circle_from, circles_among

NODES = "abcdefg"
lines = st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=16)


def following(lines: Iterable[tuple[str, str]]) -> Callable[[str], Iterable[str]]:
    pairs = sorted(lines)
    return lambda node: [higher for lower, higher in pairs if lower == node]


def followed(lines: Iterable[tuple[str, str]]) -> Callable[[str], Iterable[str]]:
    return following((higher, lower) for lower, higher in lines)


def reached(lines: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Every pair of which the second is somewhere above the first (Warshall)."""
    found = set(lines)
    for between in NODES:
        found |= {(a, d) for a, b in found for c, d in found if b == between == c}
    return found


@given(lines, st.sampled_from(NODES), st.booleans())
def test_a_circle_is_found_where_there_is_one_and_it_is_one(
    lines: set[tuple[str, str]], start: str, both_ways: bool
) -> None:
    below = followed(lines) if both_ways else None
    way = circle_from(start, following(lines), below)
    if way is None:
        assert (start, start) not in reached(lines)
    else:
        assert way[0] == way[-1] == start
        assert set(pairwise(way)) <= lines
        assert len(set(way)) == len(way) - 1


@given(lines)
def test_circles_are_found_among_all_exactly_where_there_are_some(
    lines: set[tuple[str, str]],
) -> None:
    found = list(circles_among(NODES, following(lines)))
    assert bool(found) is any(low == high for low, high in reached(lines))
    for way in found:
        assert way[0] == way[-1]
        assert set(pairwise(way)) <= lines


def test_who_is_hung_under_a_long_line_is_not_followed_to_its_top() -> None:
    asked: list[int] = []

    def above(node: str) -> list[str]:
        asked.append(int(node))
        return [str(int(node) - 1)] if node != "0" else []

    def below(node: str) -> list[str]:
        return [str(int(node) + 1)] if node != "1000" else []

    assert circle_from("1000", above, below) is None
    assert len(asked) <= 2
    assert circle_from("0", below, above) is None
    assert len(asked) <= 4


def test_a_circle_met_first_on_the_way_down_is_named_upward() -> None:
    lines = {("a", "b"), ("b", "c"), ("c", "a"), ("b", "x"), ("x", "y"), ("y", "z")}
    assert circle_from("a", following(lines), followed(lines)) == ("a", "b", "c", "a")
