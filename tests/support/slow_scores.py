"""Importance and scores of an account once more, slowly: see ``slow_numbers``."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import networkx as nx

from brm_desktop.domain.records import (
    Account,
    AccountId,
    Assessment,
    ChainMember,
    Dimension,
    Influence,
    InfluenceKind,
    LineKind,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    Records,
    ReportingLine,
    Tie,
)


def rounded(value: Fraction | float) -> int:
    """Half up, of what is not negative."""
    return math.floor(value + Fraction(1, 2))


class SlowScores:
    """The people of one account on one day, and its scores."""

    def __init__(self, records: Records, account: AccountId, today: date) -> None:
        self.records = records
        self.today = today
        self.home = records.all(Account)[account].organisation
        present = [p for p in records.all(Person).values() if not self.gone(p)]
        self.present = {person.id: person for person in present}
        self.people = {p.id: p for p in present if p.organisation == self.home}

    def gone(self, person: Person) -> bool:
        """Whether someone has left by the day."""
        return person.left_on is not None and person.left_on <= self.today

    def side(self, person: PersonId) -> OrganisationKind | None:
        """What someone's organisation is to us."""
        home = self.records.all(Person)[person].organisation
        return None if home is None else self.records.all(Organisation)[home].kind

    # Importance (domain rule §4)

    def boss(self, person: PersonId) -> PersonId | None:
        """Who stands over someone, past those who left."""
        for line in self.records.all(ReportingLine).values():
            if line.person == person and line.kind is LineKind.SOLID:
                return line.manager if line.manager in self.people else self.boss(line.manager)
        return None

    @cached_property
    def power(self) -> dict[PersonId, int | None]:
        """By walking up from everyone."""
        bosses = {person: self.boss(person) for person in self.people}
        placed = {one for pair in bosses.items() if pair[1] is not None for one in pair}

        def depth(person: PersonId | None) -> int:
            above = bosses[person] if person is not None else None
            return 0 if above is None else 1 + depth(above)

        deepest = max(map(depth, placed), default=0)
        found: dict[PersonId, int | None] = {}
        for key, person in self.people.items():
            value = person.power
            if value is None and key in placed:
                value = rounded(100 * (1 - Fraction(depth(key), deepest + 1)))
            if person.veto or person.sole_approver:
                value = max(80, value or 0)
            found[key] = value
        return found

    @cached_property
    def influence(self) -> dict[PersonId, int | None]:
        """By every path of at most three edges."""
        graph = nx.DiGraph()
        for line in self.records.all(Influence).values():
            inside = line.source in self.people and line.target in self.people
            if inside and line.kind is not InfluenceKind.CONFLICT:
                strengthen(graph, line.source, line.target, line.strength or 0)
        found: dict[PersonId, int | None] = {}
        for key, person in self.people.items():
            found[key] = person.influence
            if person.influence is None and key in graph:
                found[key] = rounded(100 * (1 - math.exp(-self._reach(graph, key))))
        return found

    def _reach(self, graph: nx.DiGraph, person: PersonId) -> Fraction:
        reach = Fraction(0)
        for other in graph:
            power = self.power[other]
            if other != person and power is not None and power >= 70:
                paths = nx.all_simple_paths(graph, person, other, cutoff=3)
                best = max((worth(graph, path) for path in paths), default=Fraction(0))
                reach += best * Fraction(power, 100)
        return reach

    def weight(self, person: PersonId) -> int:
        """The larger of power and influence that is known, 0 if neither is."""
        return max(self.power[person] or 0, self.influence[person] or 0)

    def power_centre(self, person: PersonId) -> bool:
        """Power of 70 and more."""
        return (self.power[person] or 0) >= 70

    def influence_centre(self, person: PersonId) -> bool:
        """Influence of 40 and more, and fewer than a fifth of all, rounded up, have more."""
        mine = self.influence[person]
        if mine is None or mine < 40:
            return False
        more = [one for one in self.influence.values() if one is not None and one > mine]
        return len(more) < math.ceil(len(self.people) / 5)

    def crucial(self, person: PersonId) -> bool:
        """The user's mark, else what follows from power, influence and marks."""
        one = self.people[person]
        if one.crucial is not None:
            return one.crucial
        strong = max(self.power[person] or 0, self.influence[person] or 0) >= 70
        return bool(strong or one.veto or one.sole_approver)

    @cached_property
    def key_people(self) -> frozenset[PersonId]:
        """The user's mark, else a weight of 30 and more or a part in any chain."""
        chained = {member.person for member in self.records.all(ChainMember).values()}
        return frozenset(
            key
            for key, one in self.people.items()
            if (one.key if one.key is not None else self.weight(key) >= 30 or key in chained)
        )

    # Scores (domain rules §2, §5)

    def score(self, person: PersonId, dimension: Dimension, firm: str | None = None) -> int | None:
        """The newest statement that says it, toward us or a competitor; else the strongest tie."""
        said = [
            (one.assessed_on, one.stamp, value)
            for one in self.records.all(Assessment).values()
            if one.person == person and one.assessed_on <= self.today
            if self._toward(one.organisation, firm)
            if (value := getattr(one, dimension.value)) is not None
        ]
        if said:
            return int(max(said)[2])
        ties = [
            tie.closeness
            for tie in self.records.all(Tie).values()
            if tie.person == person and tie.employee in self.present
            if self._toward(self.present[tie.employee].organisation or "", firm)
        ]
        return max(ties) if ties and dimension is Dimension.CLOSENESS else None

    def _toward(self, stated: str | None, firm: str | None) -> bool:
        if firm is not None:
            return stated == firm
        kinds = {key: one.kind for key, one in self.records.all(Organisation).items()}
        return stated is None or kinds.get(stated) is OrganisationKind.OWN

    def account_score(self, dimension: Dimension) -> tuple[Fraction | None, Fraction, int]:
        """The weighted mean over key people with a score, its coverage, and how many they are."""
        known = {p: s for p in self.key_people if (s := self.score(p, dimension)) is not None}
        whole = sum(self.weight(person) for person in self.key_people)
        weight = sum(self.weight(person) for person in known)
        if not weight:
            return None, Fraction(0), len(known)
        mean = Fraction(sum(self.weight(p) * score for p, score in known.items()), weight)
        return mean, Fraction(weight, whole), len(known)

    def potential(self, spend: int) -> int:
        """A third of each mean, of the spend; what is unscored adds nothing."""
        means = [self.account_score(dimension)[0] or Fraction(0) for dimension in Dimension]
        return rounded(spend * sum(means, Fraction(0)) / 300)


def strengthen(graph: nx.DiGraph, source: str, target: str, strength: int) -> None:
    """Draw an edge, or raise the one that is there to the greater strength."""
    known = graph.get_edge_data(source, target, {"strength": 0})["strength"]
    graph.add_edge(source, target, strength=max(known, strength))


def worth(graph: nx.DiGraph, path: list[str]) -> Fraction:
    """The product of a path's strengths."""
    worth = Fraction(1)
    for edge in pairwise(path):
        worth *= Fraction(graph.edges[edge]["strength"], 100)
    return worth
