"""B4: the three best routes in an account of 2,000 people, against networkx."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise
from math import log
from pathlib import Path
from random import Random

import networkx as nx
from building import TODAY, Portfolio
from measuring import Reading, Readings, against, must, side_by_side, timed, within

from brm_desktop.domain.records import AccountId, PersonId, Records
from brm_desktop.domain.route_graph import RouteGraph
from brm_desktop.domain.routes import best_routes, routes_to
from brm_desktop.domain.rules import Rules

PEOPLE, STAFF, INFLUENCES, TIES, TARGETS = 2_000, 40, 10_000, 300, 20
RULES = Rules()
START = "start"
ANY = 30
"""More steps than any of the best routes has."""
MOST = 0.005

Routes = list[list[Fraction]]


@dataclass(frozen=True, slots=True)
class Network:
    """The account, and whom routes are sought to."""

    records: Records
    account: AccountId
    targets: Sequence[PersonId]


def network(seed: int = 1) -> Network:
    """An account of 2,000 with 10,000 influences among them and 300 ties to them."""
    random = Random(seed)
    facts = Portfolio()
    staff = [facts.employee(f"Employee {number}") for number in range(STAFF)]
    account = facts.account("Acme")
    people = facts.people(account, *(f"Person {number}" for number in range(PEOPLE)))
    pairs = {tuple(random.sample(range(PEOPLE), 2)) for _ in range(INFLUENCES)}
    for one, other in sorted(pairs):
        facts.sways(people[one], people[other], random.randint(1, 100))
    for _ in range(TIES):
        facts.tie(random.choice(staff), random.choice(people), random.randint(1, 100))
    return Network(facts.records(), account, random.sample(people, TARGETS))


def measure(folder: Path) -> Readings:
    """Whole readings, then the search alone beside networkx."""
    found = network()
    records, account = found.records, found.account
    routes_to(records, account, found.targets[0], TODAY, RULES)

    def whole() -> None:
        for target in found.targets:
            routes_to(records, account, target, TODAY, RULES)

    seconds, _ = timed(whole)
    yield within(
        "routes, direct tie, competitors and opening to one person, from the records",
        seconds / TARGETS,
        MOST,
    )
    yield from _searches(found)


def _searches(found: Network) -> Iterator[Reading]:
    graph = RouteGraph(found.records, found.account, TODAY, RULES)
    peer = _peer_graph(graph, found)

    def ours(edges: int) -> Routes:
        return [
            [
                path.value
                for path in best_routes(graph.into, graph.is_employee, target, 3, edges, graph.name)
            ]
            for target in found.targets
        ]

    def peers() -> Routes:
        return [peer_routes(peer, target) for target in found.targets]

    seconds, _ = timed(lambda: ours(RULES.route_edges))
    yield within(f"search alone, at most {RULES.route_edges} steps", seconds / TARGETS, MOST)
    must(ours(ANY) == peers(), "our routes are not those of networkx")
    our_time, peer_time, _ = side_by_side(lambda: ours(ANY), peers)
    yield against(
        "search alone, routes of any length, as the peer knows no limit",
        our_time / TARGETS,
        "networkx `shortest_simple_paths`, build not counted",
        peer_time / TARGETS,
    )


def _peer_graph(graph: RouteGraph, found: Network) -> nx.DiGraph:
    """The same graph for networkx; lengths add up as strengths multiply."""
    built: nx.DiGraph = nx.DiGraph()
    waiting, met = list(found.targets), set(found.targets)
    while waiting:
        person = waiting.pop()
        if graph.is_employee(person):
            built.add_edge(START, person, length=0.0, strength=100)
        for source, strength in graph.into(person):
            built.add_edge(source, person, length=-log(strength / 100), strength=strength)
            if source not in met:
                met.add(source)
                waiting.append(source)
    return built


def peer_routes(graph: nx.DiGraph, target: PersonId) -> list[Fraction]:
    """The values of the three best routes."""
    values: list[Fraction] = []
    for path in islice(nx.shortest_simple_paths(graph, START, target, weight="length"), 3):
        value = Fraction(1)
        for one, other in pairwise(path[1:]):
            value *= Fraction(graph.edges[one, other]["strength"], 100)
        values.append(value)
    return values
