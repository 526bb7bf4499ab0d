"""The best loopless routes through a graph given by functions, whatever it is kept in.

Value of a route is the product of its edges' strengths over 100; everything is counted in integers,
so equal routes are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)

Into = Callable[[Node], Iterable[tuple[Node, int]]]
"""The edges into a node: where each starts, and its strength 1–100."""


@dataclass(frozen=True, slots=True)
class Path(Generic[Node]):
    """A route found: its exact value 0–1, its nodes from start to end, its edges' strengths."""

    value: Fraction
    nodes: tuple[Node, ...]
    strengths: tuple[int, ...]


def best_routes(
    into: Into[Node],
    is_source: Callable[[Node], bool],
    target: Node,
    k: int,
    max_edges: int,
    name: Callable[[Node], object],
) -> tuple[Path[Node], ...]:
    """The ``k`` best routes from any source to the target, best first."""
    raise NotImplementedError


def best_reach(into: Into[Node], target: Node, max_edges: int) -> Iterator[tuple[Fraction, Node]]:
    """Every node that reaches the target, with the value of its best route, best first."""
    raise NotImplementedError
