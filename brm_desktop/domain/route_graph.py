"""The graph that routes run over: ties and influences of one account (domain rule §7).

Nodes are our employees, the account's people and, on request, partners' people; never competitors'
people or anyone who left. Routes start at our employees and never lead through a second one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from brm_desktop.domain.contacts import Contacts
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Basis,
    Influence,
    InfluenceKind,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    Records,
    Tie,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Freshness, freshness
from brm_desktop.domain.sides import has_left, own_employees, side_of


@dataclass(frozen=True, slots=True)
class Edge:
    """One step of a route, from someone to the person he can introduce us to.

    ``strength`` is 1–100; ``record`` the id of the tie or influence behind it; it is stale when the
    newest day that dates it is (``brm_desktop.domain.contacts``).
    """

    source: PersonId
    target: PersonId
    strength: int
    stale: bool
    assumed: bool
    record: str


class RouteGraph:
    """The edges into a person, read from the records when first asked for."""

    def __init__(
        self,
        records: Records,
        account_id: AccountId,
        today: date,
        rules: Rules,
        partners: bool = False,
        contacts: Contacts | None = None,
    ) -> None:
        self.records = records
        self.account = records.one(Account, account_id)
        self.today = today
        self._rules = rules
        self._partners = partners
        self._contacts = contacts or Contacts(records, today)
        self._sides: dict[PersonId, OrganisationKind | None] = {}
        self._into: dict[PersonId, dict[PersonId, Tie | Influence]] = {}
        self._steps: dict[PersonId, tuple[tuple[PersonId, int], ...]] = {}

    @cached_property
    def employees(self) -> tuple[PersonId, ...]:
        """Our employees, in name order."""
        return tuple(person.id for person in own_employees(self.records, self.today))

    def is_employee(self, person: PersonId) -> bool:
        """Whether a route may start at someone."""
        return self._side(person) is OrganisationKind.OWN

    def is_customer(self, person: PersonId) -> bool:
        """Whether someone is of the account and still there."""
        return self._side(person) is OrganisationKind.CUSTOMER

    def name(self, person: PersonId) -> tuple[str, str]:
        """What equal routes are ordered by."""
        return (self.records.one(Person, person).name, person)

    def into(self, person: PersonId) -> tuple[tuple[PersonId, int], ...]:
        """Who can introduce someone to a person, and how strongly."""
        found = self._steps.get(person)
        if found is None:
            records = self._records_into(person)
            found = tuple((source, strength(record)) for source, record in records.items())
            self._steps[person] = found
        return found

    def edge(self, source: PersonId, target: PersonId) -> Edge:
        """The strongest edge between two people of the graph who have one."""
        return self.edge_of(self._records_into(target)[source])

    def edge_of(self, record: Tie | Influence) -> Edge:
        """A tie or an influence as an edge."""
        if isinstance(record, Tie):
            source, target = record.employee, record.person
            dated = self._contacts.date_of_tie(record)
        else:
            source, target = record.source, record.target
            dated = self._contacts.date_of_influence(record)
        return Edge(
            source=source,
            target=target,
            strength=strength(record),
            stale=freshness(dated, self.today, self._rules) is Freshness.STALE,
            assumed=record.basis is Basis.ASSUMED,
            record=record.id,
        )

    def _side(self, person: PersonId) -> OrganisationKind | None:
        """What someone is in this graph; ``None`` for who is not a node of it."""
        if person not in self._sides:
            self._sides[person] = self._find_side(person)
        return self._sides[person]

    def _find_side(self, person_id: PersonId) -> OrganisationKind | None:
        person = self.records.get(Person, person_id)
        if person is None or has_left(person, self.today):
            return None
        if person.organisation == self.account.organisation:
            return OrganisationKind.CUSTOMER
        organisation = self.records.get(Organisation, person.organisation)
        kind = organisation.kind if organisation else None
        if kind is OrganisationKind.PARTNER and not self._partners:
            return None
        return kind if kind in {OrganisationKind.OWN, OrganisationKind.PARTNER} else None

    def _records_into(self, person: PersonId) -> dict[PersonId, Tie | Influence]:
        found = self._into.get(person)
        if found is None:
            found = self._into[person] = {}
            if self._is_inside(person):
                for record in self._candidates(person):
                    source = start_of(record)
                    if source not in found or _preference(record) > _preference(found[source]):
                        found[source] = record
        return found

    def _candidates(self, person: PersonId) -> list[Tie | Influence]:
        ties: list[Tie | Influence] = [
            tie
            for tie in self.records.where(Tie, person=person)
            if self._side(tie.employee) in {OrganisationKind.OWN, OrganisationKind.PARTNER}
            and tie.employee != person
        ]
        influences = [
            line
            for line in self.records.where(Influence, target=person)
            if line.kind is not InfluenceKind.CONFLICT
            and line.strength is not None
            and line.source != person
            and self._is_inside(line.source)
        ]
        return ties + influences

    def _is_inside(self, person: PersonId) -> bool:
        return self._side(person) in {OrganisationKind.CUSTOMER, OrganisationKind.PARTNER}


def start_of(record: Tie | Influence) -> PersonId:
    """Where a tie or an influence starts."""
    return record.employee if isinstance(record, Tie) else record.source


def strength(record: Tie | Influence) -> int:
    """How likely a tie or an influence works if used, 1–100; a conflict has 0."""
    return record.closeness if isinstance(record, Tie) else record.strength or 0


def competitor_ties(graph: RouteGraph, target: PersonId) -> list[Tie]:
    """The ties of competitors' people who have not left to someone."""
    found = []
    for tie in graph.records.where(Tie, person=target):
        employee = graph.records.get(Person, tie.employee)
        if employee is None or has_left(employee, graph.today):
            continue
        if side_of(graph.records, tie.employee) is OrganisationKind.COMPETITOR:
            found.append(tie)
    return found


def _preference(record: Tie | Influence) -> tuple[int, bool, str]:
    return (strength(record), record.basis is Basis.CONFIRMED, record.id)
