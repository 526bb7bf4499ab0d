"""Everything computed about one account, each thing on first asking: what the faces read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeVar, cast

from brm_desktop.domain.change import Change
from brm_desktop.domain.competitors import CompetitorStanding, competitors_at
from brm_desktop.domain.contacts import Contacts
from brm_desktop.domain.deal_history import BandRecord, ChainAppearance, chains_of, seller_record
from brm_desktop.domain.hierarchy import Hierarchy, hierarchy_of
from brm_desktop.domain.importance import (
    Importance,
    customer_people,
    importance_among,
    influences_into,
    key_persons,
)
from brm_desktop.domain.light_changes import concerned_by, is_light, keeps_houses
from brm_desktop.domain.odds import ChainReading, chain_reading
from brm_desktop.domain.potential import Potential, potential_of
from brm_desktop.domain.records import (
    KINDS,
    Account,
    AccountId,
    AccountPlan,
    Action,
    Assessment,
    ChainMember,
    Conflict,
    Contribution,
    Dimension,
    Influence,
    Interaction,
    Need,
    Organisation,
    OrganisationId,
    Person,
    PersonId,
    Placement,
    Product,
    Project,
    ProjectId,
    Record,
    Records,
    ReportingLine,
    Review,
    Sameness,
    SharingChoice,
    Snapshot,
    SupportRequest,
    TeamMember,
    Tie,
    YearRevenue,
)
from brm_desktop.domain.reporting import depths, managers_of
from brm_desktop.domain.resources import ResourceScore, TeamMatch, resource_scores, team_match
from brm_desktop.domain.routes import RouteGraph, RouteReading, routes_in
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import AccountScores, Band, Standing, account_scores, standing

T = TypeVar("T")
Kinds = frozenset[type[Record]]

_DAYS_KEPT: Final = 60
"""How many days are remembered beside today: every step of a year of weekly statements."""

_PEOPLE: Final[Kinds] = frozenset({Account, Person})
_IMPORTANCE: Final[Kinds] = _PEOPLE | {ReportingLine, Influence, ChainMember}
_STANDING: Final[Kinds] = frozenset({Organisation, Person, Tie, Assessment, Interaction})
_NUMBERS: Final[Kinds] = frozenset(KINDS) - {
    AccountPlan,
    Action,
    Conflict,
    Contribution,
    Need,
    Placement,
    Product,
    Review,
    Sameness,
    SharingChoice,
    Snapshot,
    SupportRequest,
    TeamMember,
    YearRevenue,
}
_READ_FROM: Final[Mapping[str, Kinds]] = MappingProxyType(
    {
        "record": frozenset({Account}),
        "organisation": frozenset({Account, Organisation}),
        "people": _PEOPLE,
        "managers": _PEOPLE | {ReportingLine},
        "importance": _IMPORTANCE,
        "hierarchy": _IMPORTANCE,
        "levels": _IMPORTANCE,
        "influences": _IMPORTANCE,
        "by_importance": _IMPORTANCE,
        "key_people": _IMPORTANCE,
        "power_centres": _IMPORTANCE,
        "influence_centres": _IMPORTANCE,
        "scores": _IMPORTANCE | _STANDING,
        "potential": _IMPORTANCE | _STANDING,
        "projects": frozenset({Project}),
        "seller_record": _NUMBERS,
        "team_match": _NUMBERS,
        "contacts": frozenset({Person, Assessment, Interaction}),
        "standings": _STANDING,
        "competitors": _STANDING,
        "chains": _NUMBERS,
        "cards": _NUMBERS,
        "routes": _PEOPLE | _STANDING | {Influence},
        "graphs": _PEOPLE | _STANDING | {Influence},
    }
)
"""The kinds of record that each thing kept here is computed from."""

_OF_WEIGHTS: Final = frozenset({"importance", "hierarchy", "scores", "potential"})
"""What names people by their ids only: it stays where nobody's weight, side or name changed."""

_OF_ONE: Final[Kinds] = frozenset({Assessment, Tie, Interaction})

_BY_PERSON: Final[Mapping[str, Kinds]] = MappingProxyType(
    {
        "standings": _STANDING - _OF_ONE,
        "competitors": _STANDING - _OF_ONE,
        "cards": _NUMBERS - _OF_ONE,
    }
)
"""What is kept person by person, and the kinds whose changes it does not outlive for anybody."""


@dataclass(frozen=True, eq=False)
class AccountAnalysis:
    """One account on one day: immutable, lazy, and cheap to make.

    ``user`` is the employee who sits here, when Settings name one.
    """

    records: Records
    account: AccountId
    today: date
    rules: Rules = field(default_factory=Rules)
    user: PersonId | None = None

    def after(self, records: Records, change: Change) -> AccountAnalysis:
        """The same account in the records after a change, with all that the change leaves as it is.

        A card that was moved costs nothing: nothing is computed from where it lies.
        """
        touched = change.kinds()
        light = touched - {Person} if is_light(change) else touched
        housed = touched - {Person} if keeps_houses(change) else touched
        bearing = {"managers": housed, **dict.fromkeys(_OF_WEIGHTS, light)}
        known = vars(self).copy()
        kept = {
            name: found
            for name, found in known.items()
            if name in _READ_FROM and not _READ_FROM[name] & bearing.get(name, touched)
        }
        for name, kinds in _BY_PERSON.items():
            if name in known and name not in kept and not kinds & light:
                concerned = concerned_by(change)
                found = known[name].items()
                kept[name] = {key: value for key, value in found if key[0] not in concerned}
        later = replace(self, records=records)
        vars(later).update(kept)
        return later

    def on(self, day: date) -> AccountAnalysis:
        """The same account as it was assessed on another day, made from today's records.

        Statements after the day do not count, who left later is there, and ages are those of the
        day. The days asked for last are kept, so that going back and forth costs nothing.
        """
        if day == self.today:
            return self
        days: dict[date, AccountAnalysis] = vars(self).setdefault("days", {})
        if day not in days:
            if len(days) >= _DAYS_KEPT:
                days.pop(next(iter(days)))
            days[day] = replace(self, today=day)
        return days[day]

    def beside(self, account: AccountId) -> AccountAnalysis:
        """Another account in the same records; who met whom is found once for both."""
        other = replace(self, account=account)
        vars(other)["contacts"] = self.contacts
        return other

    @cached_property
    def record(self) -> Account:
        """The account itself."""
        return self.records.one(Account, self.account)

    @cached_property
    def organisation(self) -> Organisation:
        """The organisation that is the account."""
        return self.records.one(Organisation, self.record.organisation)

    @property
    def name(self) -> str:
        """The account's name."""
        return self.organisation.name

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The customer's people who have not left, in name order."""
        return customer_people(self.records, self.account, self.today)

    @cached_property
    def importance(self) -> Mapping[PersonId, Importance]:
        """How much each of the people counts."""
        return importance_among(self.records, self.people, self.managers, self.rules)

    @cached_property
    def managers(self) -> Mapping[PersonId, PersonId]:
        """The solid manager of each of the people who has one among them."""
        return managers_of(self.records, self.people)

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """Who stands below whom, the most important first."""
        return hierarchy_of(self.people, self.managers, self.importance)

    @cached_property
    def levels(self) -> int:
        """How many levels the reporting lines have, what power is derived from; 0 without any."""
        return max(depths(self.hierarchy.managers).values(), default=-1) + 1

    @cached_property
    def influences(self) -> Mapping[PersonId, tuple[tuple[PersonId, int], ...]]:
        """Whom each of the people sways and how strongly, as influence is derived from it."""
        out: dict[PersonId, list[tuple[PersonId, int]]] = {}
        for target, sources in influences_into(self.records, self.people).items():
            for source, strength in sources.items():
                out.setdefault(source, []).append((target, strength))
        return {source: tuple(found) for source, found in out.items()}

    @cached_property
    def by_importance(self) -> tuple[Person, ...]:
        """The people, most important first, then by name."""
        return tuple(sorted(self.people, key=lambda person: -self.importance[person.id].weight))

    @cached_property
    def key_people(self) -> tuple[Person, ...]:
        """The key persons, most important first, then by name."""
        return tuple(self.records.one(Person, p) for p in key_persons(self.importance))

    @cached_property
    def power_centres(self) -> tuple[Person, ...]:
        """People with much power, most important first."""
        return tuple(p for p in self.by_importance if self.importance[p.id].power_centre)

    @cached_property
    def influence_centres(self) -> tuple[Person, ...]:
        """People with much influence, most important first."""
        return tuple(p for p in self.by_importance if self.importance[p.id].influence_centre)

    @cached_property
    def scores(self) -> AccountScores:
        """The account's scores in the three dimensions."""
        return account_scores(
            self.records, self.account, self.today, self.rules, self.importance, self.standing
        )

    @cached_property
    def potential(self) -> Potential:
        """The account's potential output."""
        return potential_of(self.record.expected_annual_spend, self.scores, self.rules)

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """The account's projects, newest first, those without a date first of all."""
        found = self.records.where(Project, account=self.account)
        return tuple(sorted(found, key=_newest_first))

    @cached_property
    def seller_record(self) -> Mapping[Band, BandRecord]:
        """The user's wins per band of odds in this account.

        Which other accounts are in memory depends on what was opened; what is printed, asked on the
        command line and shown in the window is the same.
        """
        return seller_record(self.records, self.today, self.rules, self.user, self.account)

    @cached_property
    def team_match(self) -> TeamMatch:
        """Who of us should own the account and who should join."""
        return team_match(self.records, self.account, self.today, self.rules, self.importance)

    @cached_property
    def contacts(self) -> Contacts:
        """Who met whom and when, up to today."""
        return Contacts(self.records, self.today)

    def standing(
        self,
        person_id: PersonId,
        dimension: Dimension,
        organisation: OrganisationId | None = None,
    ) -> Standing | None:
        """What holds today of a person in a dimension, toward us or toward a competitor."""
        return self._once(
            "standings",
            (person_id, dimension, organisation),
            lambda: standing(
                self.records,
                person_id,
                dimension,
                self.today,
                self.rules,
                organisation,
                self.contacts,
            ),
        )

    def competitors_at(self, person_id: PersonId) -> tuple[CompetitorStanding, ...]:
        """How close competitors are to a person, the closest first."""
        return self._once(
            "competitors",
            (person_id,),
            lambda: competitors_at(self.records, person_id, self.today, self.rules, self.contacts),
        )

    def chain(self, project_id: ProjectId) -> ChainReading:
        """A project's decision chain read."""
        return self._once(
            "chains",
            project_id,
            lambda: chain_reading(
                self.records, project_id, self.today, self.rules, self.importance, self.contacts
            ),
        )

    def routes_to(
        self, person_id: PersonId, k: int | None = None, partners: bool = False
    ) -> RouteReading:
        """The best routes to a person of the account."""
        shown = self.rules.routes_shown if k is None else k
        return self._once(
            "routes",
            (person_id, shown, partners),
            lambda: routes_in(self._graph(partners), person_id, self.rules, self.user, shown),
        )

    def resources(self, organisation: OrganisationId | None = None) -> tuple[ResourceScore, ...]:
        """What our employees' ties, or a competitor's, are worth in the account, best first."""
        return resource_scores(
            self.records, self.account, self.today, self.rules, organisation, self.importance
        )

    def chains_of(self, person_id: PersonId) -> tuple[ChainAppearance, ...]:
        """Every chain a person is or was on, newest first."""
        return chains_of(self.records, person_id, self.today)

    def _graph(self, partners: bool) -> RouteGraph:
        return self._once(
            "graphs",
            partners,
            lambda: RouteGraph(
                self.records, self.account, self.today, self.rules, partners, self.contacts
            ),
        )

    def remembered(self, person_id: PersonId, key: object, find: Callable[[], T]) -> T:
        """What is found about one person, kept until anything changes that it may rest on.

        It may rest on the account, on what is recorded of the person, and on how much he counts.
        """
        return self._once("cards", (person_id, key), find)

    def _once(self, name: str, key: object, find: Callable[[], T]) -> T:
        """What is found for a key among the things of a name, kept beside the cached properties."""
        found: dict[object, object] = vars(self).setdefault(name, {})
        if key not in found:
            found[key] = find()
        return cast("T", found[key])


def _newest_first(project: Project) -> tuple[int, str, str]:
    on = project.starts_on or project.decided_on
    return (-on.toordinal() if on else -date.max.toordinal(), project.name, project.id)
