"""The company view and the employee view over all accounts, ours or a competitor's (rule §7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from brm_desktop.domain.account_sides import BandCounts, counted
from brm_desktop.domain.records import AccountId, Money, OrganisationId, PersonId
from brm_desktop.domain.relations_held import AccountRelations, EmployeeThere
from brm_desktop.domain.resources import CompanyScore, company_score
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band, band
from brm_desktop.domain.spelling import by_rank

UNKNOWN_REST = AccountId("")
"""What stands in place of an account for all those together where nothing is known."""


@dataclass(frozen=True, slots=True)
class AccountPart:
    """An account's part in the company's score.

    ``before`` is its score when the last month ended; ``weight`` its share, 0–1, of what the
    company's is weighted by. ``scored`` of ``of`` key persons have a score, ``coverage`` is their
    share, 0–1, of the weight of all.
    """

    account: AccountId
    name: str
    spend: Money | None
    value: Fraction | None
    before: Fraction | None
    band: Band
    coverage: Fraction
    scored: int
    of: int
    weight: Fraction


@dataclass(frozen=True, slots=True)
class CompanyView:
    """How a company, ours or a competitor, stands with all customers.

    ``persons`` and ``accounts`` are counted by the band of their closeness; accounts by weight,
    then by name.
    """

    score: CompanyScore
    persons: BandCounts
    accounts: BandCounts
    parts: tuple[AccountPart, ...]
    currencies: int


@dataclass(frozen=True, slots=True)
class EmployeeTotal:
    """What one employee brings over all accounts: Σ of his scores, and his rank by it.

    ``direct`` and ``one_insider`` count key persons; ``there`` has the accounts he brings anything
    to, the highest score first.
    """

    employee: PersonId
    score: Fraction
    rank: int
    direct: int
    one_insider: int
    there: tuple[tuple[AccountRelations, EmployeeThere], ...]


def company_view(
    held: Iterable[AccountRelations], rules: Rules, organisation: OrganisationId | None = None
) -> CompanyView:
    """How our company, or a competitor, stands over accounts."""
    accounts = sorted(held, key=lambda one: one.account)
    score = company_score((_value(one, organisation), one.spend) for one in accounts)
    weights = spend_weights(accounts, weighted=score.weighted)
    parts = [
        _part(one, organisation, rules, weight)
        for one, weight in zip(accounts, weights, strict=True)
    ]
    return CompanyView(
        score=score,
        persons=sum((_persons(one, organisation) for one in accounts), BandCounts()),
        accounts=counted(part.band for part in parts),
        parts=tuple(
            by_rank(parts, lambda part: -part.weight, lambda part: (part.name, part.account))
        ),
        currencies=len({one.spend.currency for one in accounts if one.spend and one.spend.minor}),
    )


def folded(parts: Sequence[AccountPart]) -> tuple[tuple[AccountPart, ...], int]:
    """The parts of which something is known, the others together as one last part, and how many.

    One alone is not folded: the number is then 0.
    """
    rest = [part for part in parts if not part.scored]
    if len(rest) < 2:
        return tuple(parts), 0
    together = AccountPart(
        account=UNKNOWN_REST,
        name="",
        spend=None,
        value=None,
        before=None,
        band=Band.UNSCORED,
        coverage=Fraction(0),
        scored=0,
        of=sum(part.of for part in rest),
        weight=sum((part.weight for part in rest), Fraction(0)),
    )
    return (*(part for part in parts if part.scored), together), len(rest)


def spend_weights(accounts: Sequence[AccountRelations], *, weighted: bool) -> list[Fraction]:
    """Each account's share, 0–1, of what a company's score is weighted by."""
    plain = [(one.spend.minor if one.spend else 0) if weighted else 1 for one in accounts]
    whole = sum(plain)
    return [Fraction(one, whole) for one in plain]


def employee_totals(
    held: Iterable[AccountRelations],
    employees: Sequence[PersonId],
    organisation: OrganisationId | None = None,
) -> tuple[EmployeeTotal, ...]:
    """Employees with what they bring over accounts, best first, equals in the order they come.

    Equal scores share a rank.
    """
    found: dict[PersonId, list[tuple[AccountRelations, EmployeeThere]]] = {}
    for account in held:
        for there in account.employees.get(organisation, ()):
            found.setdefault(there.employee, []).append((account, there))
    totals = [_total(employee, found.get(employee, [])) for employee in employees]
    totals.sort(key=lambda one: -one.score)
    ranks: dict[Fraction, int] = {}
    for place, one in enumerate(totals, start=1):
        ranks.setdefault(one.score, place)
    return tuple(
        EmployeeTotal(
            one.employee, one.score, ranks[one.score], one.direct, one.one_insider, one.there
        )
        for one in totals
    )


def _total(
    employee: PersonId, there: list[tuple[AccountRelations, EmployeeThere]]
) -> EmployeeTotal:
    ordered = by_rank(
        there, lambda pair: -pair[1].score, lambda pair: (pair[0].name, pair[0].account)
    )
    return EmployeeTotal(
        employee=employee,
        score=sum((one.score for _, one in ordered), Fraction(0)),
        rank=0,
        direct=sum(len(one.direct) for _, one in ordered),
        one_insider=sum(len(one.one_insider) for _, one in ordered),
        there=tuple(ordered),
    )


def _value(account: AccountRelations, organisation: OrganisationId | None) -> Fraction | None:
    side = account.side(organisation)
    return side.closeness.value if side else None


def _persons(account: AccountRelations, organisation: OrganisationId | None) -> BandCounts:
    side = account.side(organisation)
    return side.persons if side else BandCounts(unscored=len(account.weights))


def _part(
    account: AccountRelations,
    organisation: OrganisationId | None,
    rules: Rules,
    weight: Fraction,
) -> AccountPart:
    side = account.side(organisation)
    value = _value(account, organisation)
    return AccountPart(
        account=account.account,
        name=account.name,
        spend=account.spend,
        value=value,
        before=account.before.get(organisation),
        band=band(value, rules),
        coverage=side.closeness.coverage if side else Fraction(0),
        scored=side.closeness.scored if side else 0,
        of=len(account.weights),
        weight=weight,
    )
