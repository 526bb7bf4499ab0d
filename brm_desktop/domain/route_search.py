"""The best loopless routes through a graph given by functions, whatever it is kept in.

The value of a route is the product of its edges' strengths over 100. Everything is counted in
integers, so that equal routes are equal. The search walks backward from the one target, best first:
any of our people may start a route, so a search forward would begin with every tie we have.

Further routes are found as Lawler did for Yen's k shortest loopless paths: the routes still to be
considered are parted into sets with a common end and some first steps forbidden, and only the best
of each set is looked for.

References
----------
J. Y. Yen, Finding the k shortest loopless paths in a network, Management Science 17 (1971).
E. L. Lawler, A procedure for computing the k best solutions to discrete optimization problems,
Management Science 18 (1972).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Any, Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)

Into = Callable[[Node], Iterable[tuple[Node, int]]]
"""The edges into a node: where each starts, and its strength 1–100."""

_Rank = tuple[int, int, tuple[Any, ...]]
"""How good a route is, best smallest: minus its scaled value, its edges, its nodes' names."""


@dataclass(frozen=True, slots=True)
class Path(Generic[Node]):
    """A route found: its exact value 0–1, its nodes from start to end, its edges' strengths."""

    value: Fraction
    nodes: tuple[Node, ...]
    strengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Trail(Generic[Node]):
    """The end part of a route, from some node to the target."""

    rank: _Rank
    nodes: tuple[Node, ...]
    strengths: tuple[int, ...]

    def __lt__(self, other: _Trail[Node]) -> bool:
        return self.rank < other.rank


@dataclass(frozen=True, slots=True)
class _Search(Generic[Node]):
    """One graph, and how long a route may be."""

    into: Into[Node]
    is_source: Callable[[Node], bool]
    max_edges: int
    name: Callable[[Node], object]

    def at(self, target: Node) -> _Trail[Node]:
        return _Trail((-(100**self.max_edges), 0, (self.name(target),)), (target,), ())

    def before(self, node: Node, strength: int, trail: _Trail[Node]) -> _Trail[Node]:
        value, edges, names = trail.rank
        return _Trail(
            (value * strength // 100, edges + 1, (self.name(node), *names)),
            (node, *trail.nodes),
            (strength, *trail.strengths),
        )

    def best(self, end: _Trail[Node], forbidden: frozenset[Node | None]) -> _Trail[Node] | None:
        """The best route that ends so, none of ``forbidden`` being its next node backward.

        ``None`` among the forbidden says that the route may not start here.
        """
        if None not in forbidden and self.is_source(end.nodes[0]):
            return end
        fewest = dict.fromkeys(end.nodes, -1)
        steps = self.into(end.nodes[0]) if len(end.strengths) < self.max_edges else ()
        heap = [
            self.before(node, strength, end)
            for node, strength in steps
            if node not in forbidden and node not in fewest and self._is_worth(node, end)
        ]
        heapify(heap)
        while heap:
            trail = heappop(heap)
            first = trail.nodes[0]
            if self.is_source(first):
                return trail
            edges = len(trail.strengths)
            if fewest.get(first, edges + 1) <= edges:
                continue
            fewest[first] = edges
            for node, strength in self.into(first):
                if fewest.get(node, edges + 2) > edges + 1 and self._is_worth(node, trail):
                    heappush(heap, self.before(node, strength, trail))
        return None

    def _is_worth(self, node: Node, trail: _Trail[Node]) -> bool:
        """Whether a step to a node can still be part of a route: the last one must be a start."""
        return len(trail.strengths) + 1 < self.max_edges or self.is_source(node)


def best_routes(
    into: Into[Node],
    is_source: Callable[[Node], bool],
    target: Node,
    k: int,
    max_edges: int,
    name: Callable[[Node], object],
) -> tuple[Path[Node], ...]:
    """The ``k`` best loopless routes from any source to the target (domain rule §7).

    Parameters
    ----------
    into
        The edges into a node, one per start, strengths 1–100; asked for the nodes met only.
    is_source
        Whether a route may start at a node. A target that is a source is a route of no edges.
    max_edges
        The most edges of a route.
    name
        What routes of equal value and equally many edges are ordered by, node by node from the
        start; different for every node.

    Returns
    -------
    tuple of Path
        Best first; fewer than ``k`` when there are no more.
    """
    search = _Search(into, is_source, max_edges, name)
    open_sets: list[tuple[_Trail[Node], int, frozenset[Node | None]]] = []

    def consider(end: _Trail[Node], forbidden: frozenset[Node | None]) -> None:
        trail = search.best(end, forbidden)
        if trail is not None:
            heappush(open_sets, (trail, len(end.nodes), forbidden))

    consider(search.at(target), frozenset())
    found: list[Path[Node]] = []
    while open_sets and len(found) < k:
        trail, length, forbidden = heappop(open_sets)
        found.append(_path(trail, max_edges))
        if len(found) < k:
            for part in range(length, len(trail.nodes) + 1):
                end = _end_of(search, trail, part)
                step = trail.nodes[-part - 1] if part < len(trail.nodes) else None
                consider(end, forbidden | {step} if part == length else frozenset({step}))
    return tuple(found)


def best_reach(
    into: Into[Node], target: Node, max_edges: int, name: Callable[[Node], object]
) -> Iterator[tuple[Fraction, Node]]:
    """Every node that reaches the target, with the value of its best route, best first.

    The target comes first, with 1. Nothing is searched beyond what is asked for.
    """
    search = _Search(into, lambda _: False, max_edges, name)
    heap = [search.at(target)]
    fewest: dict[Node, int] = {}
    while heap:
        trail = heappop(heap)
        first = trail.nodes[0]
        edges = len(trail.strengths)
        if fewest.get(first, edges + 1) <= edges:
            continue
        if first not in fewest:
            yield Fraction(-trail.rank[0], 100**max_edges), first
        fewest[first] = edges
        if edges < max_edges:
            for node, strength in into(first):
                if fewest.get(node, edges + 2) > edges + 1:
                    heappush(heap, search.before(node, strength, trail))


def _path(trail: _Trail[Node], max_edges: int) -> Path[Node]:
    return Path(Fraction(-trail.rank[0], 100**max_edges), trail.nodes, trail.strengths)


def _end_of(search: _Search[Node], trail: _Trail[Node], nodes: int) -> _Trail[Node]:
    """The last ``nodes`` nodes of a route."""
    end = search.at(trail.nodes[-1])
    for back in range(2, nodes + 1):
        end = search.before(trail.nodes[-back], trail.strengths[1 - back], end)
    return end
