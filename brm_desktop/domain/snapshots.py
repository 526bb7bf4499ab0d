"""What an account and a company were worth when months ended (domain rules §3 Snapshot, §5, §6).

Pure: a month is computed from the dated statements as they are known, so that one built late is the
same as one taken in time when nothing was dated back since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from brm_desktop.domain.account_sides import BandCounts, Side, counted, side_of
from brm_desktop.domain.competitors import competitors_near
from brm_desktop.domain.contacts import Contacts
from brm_desktop.domain.importance import Importance, importance_of
from brm_desktop.domain.potential import Potential, potential_of, sum_of_potentials
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Assessment,
    Dimension,
    Money,
    OrganisationId,
    Person,
    PersonId,
    Records,
    Snapshot,
    id_of,
)
from brm_desktop.domain.resources import company_score
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import (
    AccountScores,
    Band,
    Standing,
    account_scores,
    band,
    standing,
)
from brm_desktop.domain.sides import customer_people


@dataclass(frozen=True, slots=True)
class AccountMonth:
    """An account when a month ended; ``sides`` has ours under ``None``, and each competitor's."""

    account: AccountId
    month: date
    sides: Mapping[OrganisationId | None, Side]
    spend: Money | None
    potential: Potential
    people: int
    key_people: int


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """A month in a trend: the closeness, 0–100, and the key persons and accounts by band."""

    month: date
    closeness: Fraction | None
    persons: BandCounts
    accounts: BandCounts


def mostly_unscored(months: Sequence[TrendMonth]) -> bool:
    """Whether more than four fifths of the key persons are unscored in the last of some months.

    Who is unscored would then bury the others in a chart of counts; without others there is
    nothing to bury.
    """
    if not months:
        return False
    persons = months[-1].persons
    return persons.unscored < persons.total and 5 * persons.unscored > 4 * persons.total


def month_of(day: date) -> date:
    """The month of a day, as its first day."""
    return day.replace(day=1)


def last_day(month: date) -> date:
    """The last day of a month."""
    return month_after(month) - timedelta(days=1)


def month_after(month: date) -> date:
    """The month after a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def last_ended_month(today: date) -> date:
    """The last month that has ended; never the running one."""
    return month_of(month_of(today) - timedelta(days=1))


def months_ended(first: date, today: date) -> tuple[date, ...]:
    """The months from that of ``first`` to the last that has ended, oldest first."""
    found = []
    month = month_of(first)
    while month <= last_ended_month(today):
        found.append(month)
        month = month_after(month)
    return tuple(found)


def first_assessed(records: Records, account: AccountId) -> date | None:
    """The day of the oldest statement about anyone of an account, also of those who left."""
    organisation = records.one(Account, account).organisation
    days = (
        assessment.assessed_on
        for person in records.where(Person, organisation=organisation)
        for assessment in records.where(Assessment, person=person.id)
    )
    return min(days, default=None)


def account_months(
    records: Records, account: AccountId, months: Iterable[date], rules: Rules
) -> tuple[AccountMonth, ...]:
    """An account as it was at the end of each of some months."""
    contacts = Contacts(records, date.max)
    importances: dict[frozenset[PersonId], Mapping[PersonId, Importance]] = {}
    found = []
    for month in months:
        end = last_day(month)
        there = frozenset(person.id for person in customer_people(records, account, end))
        if there not in importances:
            importances[there] = importance_of(records, account, rules, end)
        importance = importances[there]
        people = [records.one(Person, person) for person in importance]
        sides: dict[OrganisationId | None, Side] = {}
        scores = _scores(records, account, end, rules, importance, contacts, None)
        sides[None] = side_of(scores, rules)
        for rival in competitors_near(records, people):
            toward = _scores(records, account, end, rules, importance, contacts, rival.id)
            sides[rival.id] = side_of(toward, rules)
        spend = records.one(Account, account).expected_annual_spend
        found.append(
            AccountMonth(
                account=account,
                month=month,
                sides=MappingProxyType(sides),
                spend=spend,
                potential=potential_of(spend, scores, rules),
                people=len(importance),
                key_people=sides[None].closeness.of,
            )
        )
    return tuple(found)


def account_snapshot(found: AccountMonth) -> Snapshot:
    """The record of an account's month."""
    ours = found.sides[None]
    values = {d: (ours.values[d].value, ours.values[d].coverage) for d in Dimension}
    return replace(
        _numbered(found.account, found.month, values, ours.persons),
        spend=found.spend,
        potential=found.potential.amount,
        lower_bound=found.potential.lower_bound,
        people=found.people,
        key_people=found.key_people,
    )


def company_snapshot(
    subject: OrganisationId,
    month: date,
    accounts: Sequence[AccountMonth],
    rules: Rules,
    *,
    ours: bool = True,
) -> Snapshot:
    """The record of our, or a competitor's, month over the accounts there were.

    Spend and potential are added up when there is one currency; a competitor has no potential.
    """
    key = None if ours else subject
    sides = [one.sides.get(key) for one in accounts]
    values = {}
    for dimension in Dimension:
        score = company_score(
            (side.values[dimension].value if side else None, one.spend)
            for side, one in zip(sides, accounts, strict=True)
        )
        values[dimension] = (score.value, score.coverage)
    persons = (
        side.persons if side else BandCounts(unscored=one.key_people)
        for side, one in zip(sides, accounts, strict=True)
    )
    bands = counted(band(s.closeness.value, rules) if s else Band.UNSCORED for s in sides)
    potential = sum_of_potentials(one.potential for one in accounts)
    return replace(
        _numbered(subject, month, values, sum(persons, BandCounts())),
        strong_accounts=bands.strong,
        medium_accounts=bands.medium,
        weak_accounts=bands.weak,
        unscored_accounts=bands.unscored,
        spend=_one(_added(one.spend for one in accounts)),
        potential=_one(potential.amounts) if ours else None,
        lower_bound=ours and potential.lower_bound,
        people=sum(one.people for one in accounts),
        key_people=sum(one.key_people for one in accounts),
    )


def trend_of(snapshots: Iterable[Snapshot]) -> tuple[TrendMonth, ...]:
    """One subject's snapshots as a trend, oldest first."""
    return tuple(
        TrendMonth(
            one.month,
            None if one.closeness is None else Fraction(one.closeness, 100),
            BandCounts(one.strong, one.medium, one.weak, one.unscored),
            BandCounts(
                one.strong_accounts,
                one.medium_accounts,
                one.weak_accounts,
                one.unscored_accounts,
            ),
        )
        for one in sorted(snapshots, key=lambda one: one.month)
    )


def _scores(
    records: Records,
    account: AccountId,
    day: date,
    rules: Rules,
    importance: Mapping[PersonId, Importance],
    contacts: Contacts,
    organisation: OrganisationId | None,
) -> AccountScores:
    def of(person: PersonId, dimension: Dimension) -> Standing | None:
        return standing(records, person, dimension, day, rules, organisation, contacts)

    return account_scores(records, account, day, rules, importance, of)


def _numbered(
    subject: str,
    month: date,
    values: Mapping[Dimension, tuple[Fraction | None, Fraction]],
    persons: BandCounts,
) -> Snapshot:
    """A subject's month with its scores in whole hundredths and its key persons by band."""
    scores = {d: None if v is None else half_up(v * 100) for d, (v, _) in values.items()}
    coverage = {d: half_up(share * 10_000) for d, (_, share) in values.items()}
    return Snapshot(
        id=id_of(Snapshot, subject, month),
        subject=subject,
        month=month,
        closeness=scores[Dimension.CLOSENESS],
        solution=scores[Dimension.SOLUTION],
        price=scores[Dimension.PRICE],
        closeness_coverage=coverage[Dimension.CLOSENESS],
        solution_coverage=coverage[Dimension.SOLUTION],
        price_coverage=coverage[Dimension.PRICE],
        strong=persons.strong,
        medium=persons.medium,
        weak=persons.weak,
        unscored=persons.unscored,
    )


def _added(amounts: Iterable[Money | None]) -> tuple[Money, ...]:
    sums: dict[str, int] = {}
    for amount in amounts:
        if amount is not None:
            sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def _one(amounts: Sequence[Money]) -> Money | None:
    return amounts[0] if len(amounts) == 1 else None
