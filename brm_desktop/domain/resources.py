"""What relations our people, or a competitor's, bring to an account (domain rule §7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.domain.importance import Importance, importance_of, key_persons
from brm_desktop.domain.records import (
    AccountId,
    Department,
    DepartmentId,
    Influence,
    InfluenceKind,
    Money,
    OrganisationId,
    Person,
    PersonId,
    Records,
    Tie,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.sides import own_employees, people_of


@dataclass(frozen=True, slots=True)
class ResourceScore:
    """What an employee's ties are worth in an account: Σ weight · closeness / 100, exact.

    Equal scores share a rank. ``direct`` are the key persons he has a tie with, ``one_insider``
    those whom someone he has a tie with sways; both most important first.
    """

    employee: PersonId
    score: Fraction
    rank: int
    direct: tuple[PersonId, ...]
    one_insider: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class CompanyScore:
    """The mean closeness of several accounts, ``weighted`` by expected spend or plain.

    ``coverage`` is the share, 0–1, of the spend (or the accounts) whose closeness is known.
    """

    value: Fraction | None
    coverage: Fraction
    scored: int
    of: int
    weighted: bool


@dataclass(frozen=True, slots=True)
class TeamCandidate:
    """A colleague who could serve an account: resource score and the departments he has ties in."""

    employee: PersonId
    score: Fraction
    departments: tuple[DepartmentId, ...]


@dataclass(frozen=True, slots=True)
class TeamMatch:
    """Our employees with ties in an account, best first, and who should own it and who join."""

    candidates: tuple[TeamCandidate, ...]
    owner: PersonId | None
    join: tuple[PersonId, ...]


def resource_scores(
    records: Records,
    account_id: AccountId,
    today: date,
    rules: Rules,
    organisation: OrganisationId | None = None,
    importance: Mapping[PersonId, Importance] | None = None,
) -> tuple[ResourceScore, ...]:
    """Every employee's resource score in an account, ours or one competitor's, best first.

    Who has no tie there comes last, with 0. Equal scores are in name order.
    """
    if importance is None:
        importance = importance_of(records, account_id, rules, today)
    ties = _ties_into(records, importance)
    scored = sorted(
        (
            (_score(ties.get(employee.id, {}), importance), employee.id)
            for employee in _employees(records, organisation, today)
        ),
        key=lambda pair: -pair[0],
    )
    places = _places(importance)
    ranks: dict[Fraction, int] = {}
    found = []
    for place, (score, employee_id) in enumerate(scored, start=1):
        direct = ties.get(employee_id, {})
        found.append(
            ResourceScore(
                employee=employee_id,
                score=score,
                rank=ranks.setdefault(score, place),
                direct=_in_place(direct, places),
                one_insider=_in_place(_swayed_by(records, direct) - direct.keys(), places),
            )
        )
    return tuple(found)


def company_score(accounts: Iterable[tuple[Fraction | None, Money | None]]) -> CompanyScore:
    """The company's score from each account's closeness and expected annual spend.

    The mean is weighted by spend, an account without one having no weight; it is plain when no
    spend is known, and also when spends are in several currencies, which have no common weight.
    """
    known = list(accounts)
    spends = [spend for _, spend in known if spend is not None and spend.minor > 0]
    weighted = len({spend.currency for spend in spends}) == 1
    weights = [(spend.minor if spend else 0) if weighted else 1 for _, spend in known]
    scored = [(value, w) for (value, _), w in zip(known, weights, strict=True) if value is not None]
    weight = sum(w for _, w in scored)
    return CompanyScore(
        value=sum((value * w for value, w in scored), Fraction(0)) / weight if weight else None,
        coverage=Fraction(weight, sum(weights)) if weight else Fraction(0),
        scored=len(scored),
        of=len(known),
        weighted=weighted,
    )


def team_match(
    records: Records,
    account_id: AccountId,
    today: date,
    rules: Rules,
    importance: Mapping[PersonId, Importance] | None = None,
) -> TeamMatch:
    """Who of us should own an account and who should join, by ties and departments covered.

    Candidates are ranked by resource score, then by departments covered, then by name. The first
    should own the account; each next one who covers a department that nobody before him does
    should join.
    """
    if importance is None:
        importance = importance_of(records, account_id, rules, today)
    ties = _ties_into(records, importance)
    candidates = [
        TeamCandidate(
            employee.id,
            _score(ties[employee.id], importance),
            _departments(records, ties[employee.id]),
        )
        for employee in own_employees(records, today)
        if employee.id in ties
    ]
    candidates.sort(key=lambda one: (-one.score, -len(one.departments)))
    covered: set[DepartmentId] = set()
    join = []
    for candidate in candidates:
        if not covered.issuperset(candidate.departments):
            join.append(candidate.employee)
            covered.update(candidate.departments)
    owner = candidates[0].employee if candidates else None
    return TeamMatch(tuple(candidates), owner, tuple(one for one in join if one != owner))


def _employees(
    records: Records, organisation: OrganisationId | None, today: date
) -> tuple[Person, ...]:
    if organisation is None:
        return own_employees(records, today)
    return people_of(records, organisation, today)


def _ties_into(
    records: Records, importance: Mapping[PersonId, Importance]
) -> dict[PersonId, dict[PersonId, int]]:
    """Who has ties to the account's people, and how close."""
    found: dict[PersonId, dict[PersonId, int]] = {}
    for person in importance:
        for tie in records.where(Tie, person=person):
            mine = found.setdefault(tie.employee, {})
            mine[person] = max(tie.closeness, mine.get(person, 0))
    return found


def _score(ties: Mapping[PersonId, int], importance: Mapping[PersonId, Importance]) -> Fraction:
    weights = {person: importance[person].weight for person in ties if importance[person].key}
    return Fraction(sum(weight * ties[person] for person, weight in weights.items()), 100)


def _swayed_by(records: Records, people: Iterable[PersonId]) -> set[PersonId]:
    return {
        line.target
        for person in people
        for line in records.where(Influence, source=person)
        if line.kind is not InfluenceKind.CONFLICT and line.strength is not None
    }


def _places(importance: Mapping[PersonId, Importance]) -> dict[PersonId, int]:
    """The places of the key persons among each other."""
    return {person: place for place, person in enumerate(key_persons(importance))}


def _in_place(people: Iterable[PersonId], places: Mapping[PersonId, int]) -> tuple[PersonId, ...]:
    return tuple(sorted((p for p in people if p in places), key=places.__getitem__))


def _departments(records: Records, people: Iterable[PersonId]) -> tuple[DepartmentId, ...]:
    found = {records.one(Person, person).department for person in people}
    known = [records.get(Department, department) for department in found]
    ordered = sorted((one.name, one.id) for one in known if one is not None)
    return tuple(department for _, department in ordered)
