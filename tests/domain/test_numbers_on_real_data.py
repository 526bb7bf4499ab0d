"""The 21 managers of Krackhardt's high-tech company: who reports to whom, who asks whom."""

from __future__ import annotations

import csv
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from math import prod
from pathlib import Path

import networkx as nx
import pytest
from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import Influence, PersonId

CEO = PersonId("07")


@pytest.fixture
def analysis(shared_data: Callable[[str], Path]) -> AccountAnalysis:
    """Who is asked for advice sways who asks, with 60; Ann and Bob each know one of them."""
    folder = shared_data("krackhardt_hightech")
    portfolio = Portfolio()
    account = portfolio.account()
    for row in rows(folder / "nodes.csv"):
        portfolio.person(f"{int(row['id']):02}", account)
    for row in rows(folder / "reports.csv"):
        portfolio.reports(padded(row["from"]), padded(row["to"]))
    for row in rows(folder / "advice.csv"):
        portfolio.sways(padded(row["to"]), padded(row["from"]), 60)
    portfolio.tie(portfolio.employee("Ann"), PersonId("03"), 80)
    portfolio.tie(portfolio.employee("Bob"), PersonId("17"), 50)
    return AccountAnalysis(portfolio.records(), account, TODAY)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def padded(number: str) -> PersonId:
    return PersonId(f"{int(number):02}")


def test_the_ceo_has_power_100_his_four_vice_presidents_67_and_the_others_33(
    analysis: AccountAnalysis,
) -> None:
    powers = {person: known.power for person, known in analysis.importance.items()}
    assert powers[CEO] == 100
    assert {p for p, power in powers.items() if power == 67} == {"02", "14", "18", "21"}
    assert sum(power == 33 for power in powers.values()) == 16


def test_routes_to_the_ceo_are_the_best_of_all_simple_paths(analysis: AccountAnalysis) -> None:
    graph = nx.DiGraph()
    for source in analysis.people:
        for target in analysis.people:
            if target.id != source.id and source.id in swayers(analysis, target.id):
                graph.add_edge(source.id, target.id, strength=60)
    graph.add_edge("Ann", "03", strength=80)
    graph.add_edge("Bob", "17", strength=50)
    every = sorted(
        (-Fraction(prod(strengths), 100 ** len(strengths)), len(path), tuple(path))
        for source in ("Ann", "Bob")
        for path in nx.all_simple_paths(graph, source, CEO, cutoff=4)
        if (strengths := [graph.edges[edge]["strength"] for edge in pairwise(path)])
    )
    found = analysis.routes_to(CEO, k=50).routes
    assert [(-one.value, len(one.people), one.people) for one in found] == every[:50]


def swayers(analysis: AccountAnalysis, person: PersonId) -> set[str]:
    return {line.source for line in analysis.records.where(Influence, target=person)}
