"""Domain rule §7: the search for routes alone, against networkx and brute force."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise
from math import prod
from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.route_search import Path, best_reach, best_routes

Edges = dict[tuple[str, str], int]

LETTERS = "abcdefg"
GRAPHS: st.SearchStrategy[Edges] = st.dictionaries(
    st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS)).filter(lambda e: e[0] != e[1]),
    st.one_of(st.integers(1, 100), st.sampled_from([50, 60, 100])),
    max_size=24,
)
SOURCES = st.frozensets(st.sampled_from(LETTERS), max_size=3)


def into(edges: Edges) -> Callable[[str], Iterable[tuple[str, int]]]:
    return lambda node: [(a, strength) for (a, b), strength in edges.items() if b == node]


def search(
    edges: Edges, sources: Iterable[str], target: str, k: int = 3, max_edges: int = 4
) -> tuple[Path[str], ...]:
    known = frozenset(sources)
    return best_routes(into(edges), known.__contains__, target, k, max_edges, str)


def by_brute_force(
    edges: Edges, sources: Iterable[str], target: str, k: int, max_edges: int
) -> list[tuple[Fraction, tuple[str, ...]]]:
    graph = nx.DiGraph()
    graph.add_nodes_from(LETTERS)
    graph.add_edges_from(edges)
    found: list[tuple[Fraction, tuple[str, ...]]] = []
    for source in sources:
        if source == target:
            found.append((Fraction(1), (target,)))
            continue
        for path in nx.all_simple_paths(graph, source, target, cutoff=max_edges):
            strengths = [edges[edge] for edge in pairwise(path)]
            found.append((Fraction(prod(strengths), 100 ** len(strengths)), tuple(path)))
    return sorted(found, key=lambda one: (-one[0], len(one[1]), one[1]))[:k]


@given(GRAPHS, SOURCES, st.integers(1, 8), st.integers(1, 5))
def test_routes_are_those_of_networkx_by_brute_force(
    edges: Edges, sources: frozenset[str], k: int, max_edges: int
) -> None:
    found = search(edges, sources, "a", k, max_edges)
    expected = by_brute_force(edges, sources, "a", k, max_edges)
    assert [(path.value, path.nodes) for path in found] == expected


@given(GRAPHS, SOURCES)
def test_a_route_is_loopless_has_its_edges_strengths_and_never_exceeds_its_weakest(
    edges: Edges, sources: frozenset[str]
) -> None:
    for path in search(edges, sources - {"a"}, "a"):
        assert len(set(path.nodes)) == len(path.nodes)
        assert path.strengths == tuple(edges[edge] for edge in pairwise(path.nodes))
        assert path.value == Fraction(prod(path.strengths), 100 ** len(path.strengths))
        assert path.value <= Fraction(min(path.strengths), 100)


@given(GRAPHS, SOURCES, st.randoms(use_true_random=False))
def test_the_order_of_edges_does_not_matter(
    edges: Edges, sources: frozenset[str], random: Random
) -> None:
    shuffled = list(edges.items())
    random.shuffle(shuffled)
    assert search(dict(shuffled), sources, "a") == search(edges, sources, "a")


@given(GRAPHS, st.integers(0, 4))
def test_reach_is_the_best_route_from_every_node(edges: Edges, max_edges: int) -> None:
    found = list(best_reach(into(edges), "a", max_edges, str))
    assert [value for value, _ in found] == sorted((v for v, _ in found), reverse=True)
    expected = {}
    for node in LETTERS:
        for value, _ in by_brute_force(edges, [node], "a", 1, max_edges):
            expected[node] = value
    assert {node: value for value, node in found} == expected


def test_me_0_2_hr_0_5_and_by_the_head_of_the_office_0_72_come_as_072_050_020() -> None:
    edges = {("me", "CEO"): 20, ("HR", "CEO"): 50, ("me", "head"): 80, ("head", "CEO"): 90}
    found = search(edges, ["me", "HR"], "CEO")
    assert [(float(path.value), path.nodes) for path in found] == [
        (0.72, ("me", "head", "CEO")),
        (0.5, ("HR", "CEO")),
        (0.2, ("me", "CEO")),
    ]


def test_equal_routes_come_by_fewer_edges_then_by_names() -> None:
    edges = {
        ("b", "t"): 25,
        ("a", "t"): 25,
        ("a", "x"): 50,
        ("x", "t"): 50,
        ("a", "w"): 50,
        ("w", "t"): 50,
    }
    found = search(edges, ["a", "b"], "t", k=9)
    assert [path.nodes for path in found] == [
        ("a", "t"),
        ("b", "t"),
        ("a", "w", "t"),
        ("a", "x", "t"),
    ]


def test_four_edges_are_found_and_five_are_not() -> None:
    edges = dict.fromkeys(pairwise("abcdef"), 100)
    assert search(edges, ["b"], "f")[0].nodes == tuple("bcdef")
    assert search(edges, ["a"], "f") == ()


def test_a_short_weak_way_to_a_node_matters_when_the_strong_one_is_too_long() -> None:
    """The best way from c is by b, but only the direct one leaves room for a route from s."""
    edges = {
        ("c", "b"): 100,
        ("b", "t"): 100,
        ("c", "t"): 10,
        ("d", "c"): 100,
        ("e", "d"): 100,
        ("s", "e"): 100,
    }
    assert [path.nodes for path in search(edges, ["s"], "t")] == [("s", "e", "d", "c", "t")]


def test_a_route_may_lead_through_another_start() -> None:
    edges = {("s", "m"): 50, ("m", "t"): 50}
    assert [path.nodes for path in search(edges, ["s", "m"], "t")] == [("m", "t"), ("s", "m", "t")]


def test_a_target_that_is_a_start_is_a_route_of_no_edges() -> None:
    assert search({}, ["t"], "t") == (Path(Fraction(1), ("t",), ()),)


@pytest.mark.parametrize("k", [0, 1, 2])
def test_no_more_routes_than_asked_for(k: int) -> None:
    edges = {("a", "t"): 10, ("b", "t"): 20, ("c", "t"): 30}
    assert len(search(edges, ["a", "b", "c"], "t", k)) == k


def test_no_way_is_no_route() -> None:
    assert search({("a", "b"): 90}, ["a"], "t") == ()


def test_only_what_is_near_the_target_is_looked_at() -> None:
    asked = []
    edges = {(f"n{i + 1}", f"n{i}"): 60 for i in range(100)} | {("s", "n0"): 90}

    def watched(node: str) -> Iterable[tuple[str, int]]:
        asked.append(node)
        return into(edges)(node)

    best_routes(watched, "s".__eq__, "n0", 1, 4, str)
    assert asked == ["n0"]
