"""Through whom to reach a person: routes over ties and influences (domain rule §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from brm_desktop.domain.contacts import Contacts
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    AccountId,
    Organisation,
    OrganisationId,
    Person,
    PersonId,
    Records,
    Tie,
)
from brm_desktop.domain.route_graph import Edge, RouteGraph, competitor_ties
from brm_desktop.domain.route_search import Path, best_reach, best_routes
from brm_desktop.domain.rules import Rules

__all__ = [
    "CompetitorEdge",
    "Edge",
    "Opening",
    "Route",
    "RouteGraph",
    "RouteReading",
    "best_routes",
    "routes_in",
    "routes_to",
]


@dataclass(frozen=True, slots=True)
class Route:
    """A way from one of our employees to the target; ``value`` is exact, 0–1.

    ``weakest`` is its weakest edge, the first of several; ``first_action`` says whom to ask what.
    """

    value: Fraction
    people: tuple[PersonId, ...]
    edges: tuple[Edge, ...]
    weakest: Edge
    first_action: Phrase


@dataclass(frozen=True, slots=True)
class CompetitorEdge:
    """A competitor's strongest edge into the target."""

    edge: Edge
    organisation: OrganisationId


@dataclass(frozen=True, slots=True)
class Opening:
    """The new tie, between one of ours and a person of the account, that opens the best route."""

    employee: PersonId
    person: PersonId
    value: Fraction


@dataclass(frozen=True, slots=True)
class RouteReading:
    """The best routes to a person, what to compare them with, and what would open a better one.

    ``direct`` is the user's own tie; ``competitors`` each competitor's strongest edge, best first.
    """

    target: PersonId
    routes: tuple[Route, ...]
    direct: Edge | None
    competitors: tuple[CompetitorEdge, ...]
    opening: Opening | None


def routes_to(
    records: Records,
    account_id: AccountId,
    target: PersonId,
    today: date,
    rules: Rules,
    user: PersonId | None = None,
    k: int = 3,
    partners: bool = False,
    contacts: Contacts | None = None,
) -> RouteReading:
    """The best ``k`` routes from any of our employees to a person of the account.

    A target who left or is not of the account has no routes.
    """
    graph = RouteGraph(records, account_id, today, rules, partners, contacts)
    return routes_in(graph, target, rules, user, k)


def routes_in(
    graph: RouteGraph, target: PersonId, rules: Rules, user: PersonId | None, k: int
) -> RouteReading:
    """`routes_to` over a graph that is kept for further targets."""
    if not graph.is_customer(target):
        return RouteReading(target, (), None, (), None)
    paths = best_routes(graph.into, graph.is_employee, target, k, rules.route_edges, graph.name)
    return RouteReading(
        target=target,
        routes=tuple(_route(graph, path, user) for path in paths),
        direct=_direct(graph, target, user),
        competitors=_competitors(graph, target),
        opening=_opening(graph, target, rules, user),
    )


def _route(graph: RouteGraph, path: Path[PersonId], user: PersonId | None) -> Route:
    edges = tuple(graph.edge(source, target) for source, target in pairwise(path.nodes))
    return Route(
        value=path.value,
        people=path.nodes,
        edges=edges,
        weakest=min(edges, key=lambda edge: edge.strength),
        first_action=_first_action(graph.records, path.nodes, user),
    )


def _first_action(records: Records, people: tuple[PersonId, ...], user: PersonId | None) -> Phrase:
    """What the user does first: ask whoever stands next on the route for an introduction."""
    steps = people[1:] if people[0] == user else people
    name = called(records, steps[0])
    if len(steps) == 1:
        return phrase("Talk to {name} yourself", name=name)
    other = called(records, steps[1])
    title = records.one(Person, steps[0]).title
    if title in {"", name}:
        return phrase("Ask {name} to introduce {other}", name=name, other=other)
    return phrase("Ask {name}, {title}, to introduce {other}", name=name, title=title, other=other)


def _direct(graph: RouteGraph, target: PersonId, user: PersonId | None) -> Edge | None:
    if user is None:
        return None
    own = [tie for tie in graph.records.where(Tie, person=target) if tie.employee == user]
    return graph.edge_of(own[0]) if own else None


def _competitors(graph: RouteGraph, target: PersonId) -> tuple[CompetitorEdge, ...]:
    ties = sorted(
        competitor_ties(graph, target),
        key=lambda tie: (-tie.closeness, graph.name(tie.employee)),
    )
    strongest: dict[OrganisationId, CompetitorEdge] = {}
    for tie in ties:
        organisation = graph.records.one(Person, tie.employee).organisation
        assert organisation is not None
        strongest.setdefault(organisation, CompetitorEdge(graph.edge_of(tie), organisation))
    names = {key: graph.records.one(Organisation, key).name for key in strongest}
    return tuple(
        sorted(strongest.values(), key=lambda c: (-c.edge.strength, names[c.organisation]))
    )


def _opening(
    graph: RouteGraph, target: PersonId, rules: Rules, user: PersonId | None
) -> Opening | None:
    """Of all pairs of ours and theirs without a tie, the one a new tie would make most of."""
    if not graph.employees:
        return None
    best: list[tuple[bool, tuple[str, str], tuple[str, str], Opening]] = []
    value = Fraction(0)
    for reached, person in best_reach(graph.into, target, rules.route_edges - 1, graph.name):
        if best and reached < value:
            break
        employee = _without_a_tie(graph, person, user) if graph.is_customer(person) else None
        if employee is not None:
            value = reached
            new = Opening(employee, person, reached * Fraction(rules.opening_tie_strength, 100))
            best.append((employee != user, graph.name(employee), graph.name(person), new))
    return min(best)[-1] if best else None


def _without_a_tie(graph: RouteGraph, person: PersonId, user: PersonId | None) -> PersonId | None:
    """Who of us has no tie with a person yet: the user if he has none, else the first by name."""
    tied = {tie.employee for tie in graph.records.where(Tie, person=person)}
    if user is not None and user not in tied and graph.is_employee(user):
        return user
    return next((employee for employee in graph.employees if employee not in tied), None)
