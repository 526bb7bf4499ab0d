"""Domain rule §7: routes of random accounts, found once more slowly and plainly."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import networkx as nx
from building import TODAY, Portfolio
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.records import (
    AccountId,
    Influence,
    InfluenceKind,
    Organisation,
    Person,
    PersonId,
    Records,
    Tie,
)
from brm_desktop.domain.routes import Opening, RouteReading, routes_to
from brm_desktop.domain.rules import Rules


def routes(portfolio: Portfolio, account: AccountId, user: PersonId | None) -> RouteReading:
    """The routes to person a."""
    return routes_to(portfolio.records(), account, PersonId("a"), TODAY, Rules(), user)


def random_portfolio(seed: int) -> tuple[Portfolio, AccountId]:
    chance = random.Random(seed)
    portfolio = Portfolio()
    account = portfolio.account()
    insiders = portfolio.people(account, *"abcdef")
    ours = portfolio.people(portfolio.us, *"xyz")
    rivals = portfolio.people(portfolio.competitor("Rival"), *"rs")
    for _ in range(chance.randrange(14)):
        source, target = chance.sample(insiders, 2)
        kind = chance.choice([InfluenceKind.FAMILY, InfluenceKind.OTHER, InfluenceKind.CONFLICT])
        portfolio.sways(source, target, chance.choice([30, 60, 60, 95, 100]), kind)
    for _ in range(chance.randrange(8)):
        portfolio.tie(chance.choice(ours + rivals), chance.choice(insiders), chance.randint(1, 100))
    for person in (*insiders, *ours):
        if chance.random() < 0.1:
            portfolio.revise(person, left_on=TODAY)
    return portfolio, account


def graph_of(records: Records) -> nx.DiGraph:
    """The same graph, made slowly and plainly."""
    people = records.all(Person)
    kinds = {key: organisation.kind for key, organisation in records.all(Organisation).items()}
    graph: nx.DiGraph = nx.DiGraph()
    for person in people.values():
        if person.left_on is None and person.organisation is not None:
            graph.add_node(person.id, kind=kinds[person.organisation])
    for record in records:
        if isinstance(record, Tie):
            source, target, value = record.employee, record.person, record.closeness
        elif isinstance(record, Influence) and record.kind is not InfluenceKind.CONFLICT:
            source, target, value = record.source, record.target, record.strength or 0
        else:
            continue
        if source in graph and target in graph:
            known = graph.get_edge_data(source, target, {"strength": 0})["strength"]
            graph.add_edge(source, target, strength=max(known, value))
    graph.remove_nodes_from([n for n, kind in graph.nodes("kind") if kind == "competitor"])
    return graph


@given(st.integers(0, 10**6))
def test_routes_agree_with_all_simple_paths_of_networkx(seed: int) -> None:
    portfolio, account = random_portfolio(seed)
    graph = graph_of(portfolio.records())
    expected = []
    if "a" in graph:
        for source in [n for n, kind in graph.nodes("kind") if kind == "own"]:
            for path in nx.all_simple_paths(graph, source, "a", cutoff=4):
                value = Fraction(1)
                for edge in pairwise(path):
                    value *= Fraction(graph.edges[edge]["strength"], 100)
                expected.append((-value, len(path), tuple(path)))
    found = routes(portfolio, account, None)
    assert [(-one.value, len(one.people), one.people) for one in found.routes] == sorted(expected)[
        :3
    ]


@given(st.integers(0, 10**6))
def test_the_opening_is_the_best_of_all_pairs_tried_one_by_one(seed: int) -> None:
    portfolio, account = random_portfolio(seed)
    found = routes(portfolio, account, PersonId("y"))
    records = portfolio.records()
    graph = graph_of(records)
    tied = {(tie.employee, tie.person) for tie in records.all(Tie).values()}
    tried = []
    for employee in "xyz":
        for person in "abcdef":
            if employee in graph and person in graph and "a" in graph:
                value = Fraction(1, 2) * best_value(graph, person)
                if value and (employee, person) not in tied:
                    tried.append((-value, employee != "y", employee, person))
    if not tried:
        assert found.opening is None
    else:
        value, _, employee, person = min(tried)
        assert found.opening == Opening(PersonId(employee), PersonId(person), -value)


def best_value(graph: nx.DiGraph, person: str) -> Fraction:
    if person == "a":
        return Fraction(1)
    best = Fraction(0)
    for path in nx.all_simple_paths(graph, person, "a", cutoff=3):
        value = Fraction(1)
        for edge in pairwise(path):
            value *= Fraction(graph.edges[edge]["strength"], 100)
        best = max(best, value)
    return best


@given(st.integers(0, 10**6))
def test_the_order_of_records_never_changes_a_route_and_no_route_exceeds_its_weakest_edge(
    seed: int,
) -> None:
    portfolio, account = random_portfolio(seed)
    shuffled = list(portfolio.records())
    random.Random(seed).shuffle(shuffled)
    me = PersonId("x")
    found = routes_to(Records(shuffled), account, PersonId("a"), TODAY, Rules(), me)
    assert found == routes(portfolio, account, me)
    for route in found.routes:
        assert route.value <= Fraction(route.weakest.strength, 100)
        assert route.weakest.strength == min(edge.strength for edge in route.edges)
        assert len(route.edges) <= 4
