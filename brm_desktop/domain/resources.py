"""What relations our people, or a competitor's, bring to an account (domain rule §7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from brm_desktop.domain.importance import Importance
from brm_desktop.domain.records import (
    AccountId,
    DepartmentId,
    Money,
    OrganisationId,
    PersonId,
    Records,
)
from brm_desktop.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class ResourceScore:
    """What an employee's ties are worth in an account: Σ weight · closeness / 100, exact.

    Equal scores share a rank. ``direct`` are the people of the account he has a tie with,
    ``one_insider`` those someone among them sways; both most important first.
    """

    employee: PersonId
    score: Fraction
    rank: int
    direct: tuple[PersonId, ...]
    one_insider: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class CompanyScore:
    """The mean closeness of several accounts; ``weighted`` by expected spend or plain."""

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
    """Every employee's resource score in an account, ours or one competitor's, best first."""
    raise NotImplementedError


def company_score(accounts: Iterable[tuple[Fraction | None, Money | None]]) -> CompanyScore:
    """The company's score from each account's closeness and expected annual spend."""
    raise NotImplementedError


def team_match(
    records: Records,
    account_id: AccountId,
    today: date,
    rules: Rules,
    importance: Mapping[PersonId, Importance] | None = None,
) -> TeamMatch:
    """Who of us should own an account and who should join, by ties and departments covered."""
    raise NotImplementedError
