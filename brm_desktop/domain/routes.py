"""Through whom to reach a person: routes over ties and influences (domain rule §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import AccountId, OrganisationId, PersonId, Records
from brm_desktop.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Edge:
    """One step of a route, from someone to the person he can introduce us to.

    ``strength`` is 1–100; ``record`` the id of the tie or influence behind it. It is stale when its
    newest date is (see ``brm_desktop.domain.edge_dates``).
    """

    source: PersonId
    target: PersonId
    strength: int
    stale: bool
    assumed: bool
    record: str


@dataclass(frozen=True, slots=True)
class Route:
    """A way from one of our employees to the target; ``value`` is exact, 0–1."""

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
    """The best routes to a person, what to compare them with, and what would open a better one."""

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
) -> RouteReading:
    """The best ``k`` routes from any of our employees to a person of the account."""
    raise NotImplementedError
