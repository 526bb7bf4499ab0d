"""Circles in what must be a hierarchy: found, named, and looked for no further than needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.circles import CircleFree, circle_from, circles_among

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


def closes(lines: Iterable[tuple[str, str]], line: tuple[str, str]) -> bool:
    """Whether a line closes a circle with others, by networkx."""
    low, high = line
    graph = nx.DiGraph([*lines, line])
    return low in {high, *nx.descendants(graph, high)}  # type: ignore[no-untyped-call]


line_lists = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=20)


@given(line_lists, line_lists)
def test_lines_that_come_one_by_one_are_left_out_where_networkx_sees_a_circle(
    standing: list[tuple[str, str]], coming: list[tuple[str, str]]
) -> None:
    there: set[tuple[str, str]] = set()
    for line in standing:
        if not closes(there, line):
            there.add(line)
    lines = CircleFree(sorted(there), coming)
    assert lines.sound
    for low, high in coming:
        closing = closes(there, (low, high))
        way = lines.put(low, high)
        assert (way is not None) is closing
        if way is None:
            there.add((low, high))
        else:
            assert way[0] == way[-1] == low
            assert way[1] == high
            assert set(pairwise(way)) <= there | {(low, high)}
            assert len(set(way)) == len(way) - 1


def test_beside_a_circle_that_is_there_each_line_is_searched_from() -> None:
    lines = CircleFree([("a", "b"), ("b", "a")], [("c", "d"), ("d", "e"), ("e", "c"), ("c", "d")])
    assert not lines.sound
    assert lines.put("c", "d") is None
    assert lines.put("d", "e") is None
    assert lines.put("e", "c") == ("e", "c", "d", "e")
    assert lines.put("c", "d") is None, "it is there already"
    assert lines.put("e", "a") is None


def test_many_dotted_lines_between_long_ones_are_looked_through_once() -> None:
    count = 400
    chains = [(f"{side}{n}", f"{side}{n + 1}") for side in "lu" for n in range(count)]
    waist = [(f"l{count}", f"a{n}") for n in range(40)] + [(f"b{n}", "u0") for n in range(40)]
    across = [(f"a{n}", f"b{m}") for n in range(40) for m in range(40)]
    every = chains + waist + across
    lines = CircleFree((), every)
    ranks = dict(lines._rank)
    assert all(lines.put(*line) is None for line in every)
    assert lines._rank == ranks, "nothing had to be looked through"
    assert lines.put(f"u{count}", "l0") is not None


def test_a_line_against_the_ranks_moves_what_lies_between_its_ends() -> None:
    lines = CircleFree((), [("a", "b"), ("b", "x"), ("x", "c"), ("c", "a"), ("a", "t")])
    assert lines.put("x", "c") is None
    assert lines.put("a", "t") is None
    assert lines.put("c", "a") is None
    assert lines.put("a", "b") is None
    assert lines.put("b", "x") == ("b", "x", "c", "a", "b")
    assert lines.put("x", "x") == ("x", "x")
