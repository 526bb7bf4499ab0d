"""The numbers of an account once more: slowly, plainly, straight from the rules' sentences.

Nothing here is taken from what it checks: records are gone through as they lie, anew for every
question, and routes are all the simple paths that networkx finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import networkx as nx
from slow_scores import SlowScores, strengthen, worth

from brm_desktop.domain.records import (
    Attitude,
    ChainMember,
    ContactLevel,
    Dimension,
    Influence,
    InfluenceKind,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    ProjectId,
    Role,
    Stance,
    Tie,
)

ROLE_WEIGHTS = {
    Role.APPROVER: 30,
    Role.DECISION_MAKER: 30,
    Role.EVALUATOR: 20,
    Role.USER: 10,
    Role.INFLUENCER: 10,
}
STANCES = (Stance.ENEMY, Stance.NON_SUPPORTER, Stance.NEUTRAL, Stance.SUPPORTER, Stance.MENTOR)
FOR_US = STANCES[3:]
AGAINST = STANCES[:2]


@dataclass(frozen=True)
class Member:
    """Someone on a chain who is still there."""

    person: Person
    roles: frozenset[Role]
    stance: Stance
    veto: bool
    sole_approver: bool
    crucial: bool
    weight: int
    q: Fraction
    lead: int


class SlowNumbers(SlowScores):
    """Everything that is checked of one account on one day."""

    # Chains (domain rule §8)

    def attitude(self, project: ProjectId, person: PersonId) -> tuple[Stance, ContactLevel]:
        """Of each the newest claim that says it."""
        claims = sorted(
            (
                one
                for one in self.records.all(Attitude).values()
                if (one.project, one.person) == (project, person) and one.stated_on <= self.today
            ),
            key=lambda one: (one.stated_on, one.stamp),
        )
        stances = [one.stance for one in claims if one.stance is not None]
        contacts = [one.contact for one in claims if one.contact is not None]
        return [Stance.UNKNOWN, *stances][-1], [ContactLevel.UNKNOWN, *contacts][-1]

    def members(self, project: ProjectId) -> list[Member]:
        """Who is on a chain and has not left."""
        found = self.records.all(ChainMember).values()
        on_chain = [one for one in found if one.project == project and one.person in self.present]
        return [self._member(one) for one in on_chain]

    def _member(self, member: ChainMember) -> Member:
        person = self.present[member.person]
        stance, _ = self.attitude(member.project, person.id)
        known = [self.score(person.id, dimension) for dimension in Dimension]
        parts = [Fraction(STANCES.index(stance), 4)] if stance in STANCES else []
        scores = [Fraction(one, 100) for one in known if one is not None]
        if scores:
            parts.append(sum(scores, Fraction(0)) / len(scores))
        veto = person.veto if member.veto is None else member.veto
        sole = person.sole_approver if member.sole_approver is None else member.sole_approver
        crucial = person.crucial
        if crucial is None:
            of_account = person.id in self.people and self.crucial(person.id)
            marks = (person.veto, person.sole_approver, member.veto, member.sole_approver)
            crucial = of_account or any(marks)
        return Member(
            person,
            frozenset(member.roles),
            stance,
            bool(veto),
            bool(sole),
            crucial,
            max((ROLE_WEIGHTS[role] for role in member.roles), default=0),
            sum(parts, Fraction(0)) / len(parts) if parts else Fraction(1, 2),
            self._best_rival(person.id) - (known[0] or 0),
        )

    def _best_rival(self, person: PersonId) -> int:
        firms = self.records.all(Organisation).values()
        rivals = [one.id for one in firms if one.kind is OrganisationKind.COMPETITOR]
        theirs = (self.score(person, Dimension.CLOSENESS, firm) for firm in rivals)
        return max((one for one in theirs if one is not None), default=0)

    def limits(self, project: ProjectId) -> list[int]:
        """Every cap that holds, 100 being none."""
        members, limits = self.members(project), [100]
        for one in members:
            if one.veto and one.stance not in FOR_US:
                limits.append(20 if one.stance in AGAINST else 60)
            if one.crucial and one.lead >= 20:
                limits.append(70)
        real = [role for one in members if not one.person.placeholder for role in one.roles]
        empty = [role for role in (Role.APPROVER, Role.DECISION_MAKER) if role not in real]
        return limits + [60] * len(empty)

    def odds(self, project: ProjectId) -> tuple[Fraction, Fraction] | None:
        """Uncapped and as they are in the end; none where nobody has a weight."""
        members = self.members(project)
        weight = sum(one.weight for one in members)
        if not weight:
            return None
        uncapped = 100 * sum((one.weight * one.q for one in members), Fraction(0)) / weight
        odds = min([uncapped, *map(Fraction, self.limits(project))])
        free = not any(one.veto and one.stance not in FOR_US for one in members)
        if free and any(one.sole_approver and one.stance in FOR_US for one in members):
            odds = max(odds, Fraction(60))
        return uncapped, odds

    def points(self, project: ProjectId) -> dict[PersonId, Fraction]:
        """What each member with a weight adds to an even chance."""
        members = [one for one in self.members(project) if one.weight]
        whole = sum(one.weight for one in members)
        return {
            one.person.id: 100 * one.weight * (one.q - Fraction(1, 2)) / whole for one in members
        }

    def targets(self, project: ProjectId) -> dict[PersonId, Fraction]:
        """What winning each one brings who is not for us yet."""
        members = [one for one in self.members(project) if one.weight]
        whole = sum(one.weight for one in members)
        return {
            one.person.id: 100 * one.weight * (1 - one.q) / whole
            for one in members
            if one.stance not in FOR_US
        }

    # Routes and resources (domain rule §7)

    def graph(self, partners: bool) -> nx.DiGraph:
        """Whom one may go through, and how well it works."""
        sides = {OrganisationKind.OWN, *([OrganisationKind.PARTNER] if partners else [])}
        graph = nx.DiGraph()
        graph.add_nodes_from(self.people)
        graph.add_nodes_from(one for one in self.present if self.side(one) in sides)
        for record in self.records:
            if isinstance(record, Tie):
                source, target, strength = record.employee, record.person, record.closeness
            elif isinstance(record, Influence) and record.kind is not InfluenceKind.CONFLICT:
                source, target, strength = record.source, record.target, record.strength or 0
            else:
                continue
            if source in graph and target in graph:
                strengthen(graph, source, target, strength)
        return graph

    def ours(self) -> list[PersonId]:
        """Our employees who have not left."""
        return [one for one in self.present if self.side(one) is OrganisationKind.OWN]

    def routes(self, target: PersonId, partners: bool) -> list[tuple[Fraction, tuple[str, ...]]]:
        """Every way from one of us to someone, best first, then the shorter, then by names."""
        graph = self.graph(partners)
        found = [
            (worth(graph, path), tuple(path))
            for employee in self.ours()
            for path in nx.all_simple_paths(graph, employee, target, cutoff=4)
        ]
        return sorted(found, key=lambda one: (-one[0], len(one[1]), one[1]))

    def opening(self, target: PersonId, user: PersonId) -> tuple[str, str, Fraction] | None:
        """The pair without a tie whose new one, drawn in, would carry the best route."""
        tied = {(tie.employee, tie.person) for tie in self.records.all(Tie).values()}
        tried = []
        for employee in self.ours():
            for person in self.people:
                if (employee, person) not in tied:
                    value = self._through(employee, person, target)
                    tried.append((-value, employee != user, employee, person))
        if not tried or not min(tried)[0]:
            return None
        value, _, employee, person = min(tried)
        return employee, person, -value

    def _through(self, employee: PersonId, person: PersonId, target: PersonId) -> Fraction:
        graph = self.graph(partners=False)
        graph.remove_edges_from([*graph.out_edges(employee)])
        graph.add_edge(employee, person, strength=50)
        paths = nx.all_simple_paths(graph, employee, target, cutoff=4)
        return max((worth(graph, path) for path in paths), default=Fraction(0))

    def resource_score(self, employee: PersonId) -> Fraction:
        """The ties to key people, by weight."""
        ties = self._ties(employee)
        return sum(
            (Fraction(self.weight(p) * ties[p], 100) for p in ties if p in self.key_people),
            Fraction(0),
        )

    def _ties(self, employee: PersonId) -> dict[PersonId, int]:
        found = self.records.all(Tie).values()
        return {
            one.person: one.closeness
            for one in found
            if one.employee == employee and one.person in self.people
        }

    def reached(self, employee: PersonId) -> tuple[set[PersonId], set[PersonId]]:
        """The key people someone has a tie with, and those one insider more away."""
        ties = set(self._ties(employee))
        insiders = {b for a, b in self._influences() if a in ties} - ties
        return ties & self.key_people, insiders & self.key_people

    def _influences(self) -> Iterator[tuple[PersonId, PersonId]]:
        for line in self.records.all(Influence).values():
            if line.kind is not InfluenceKind.CONFLICT:
                yield line.source, line.target
