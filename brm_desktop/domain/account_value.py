"""What one account is worth and how well it is known, as a small value (domain rules §6, §12).

It has no records, so that those of thousands of accounts can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.completeness import Fact, completeness_of
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import AccountId, Dimension, Money, PersonId
from brm_desktop.domain.snapshots import first_assessed
from brm_desktop.domain.spelling import by_rank, name_order
from brm_desktop.domain.value_curve import (
    CurvePoint,
    IndexParts,
    account_curve,
    parts_by_fact,
    parts_of,
    together,
)


@dataclass(frozen=True, slots=True)
class AccountValue:
    """An account's potential and BRM index on a day, and its value curve.

    ``scores`` are exact, 0–100, ``None`` where unscored; ``facts`` has the parts of the index for
    each kind of fact. ``first`` is the day of the first statement about anyone of it.
    """

    account: AccountId
    name: str
    owner: PersonId | None
    spend: Money | None
    scores: Mapping[Dimension, Fraction | None]
    potential: Potential
    index: IndexParts
    facts: Mapping[Fact, IndexParts]
    first: date | None
    curve: tuple[CurvePoint, ...]


@dataclass(frozen=True, slots=True)
class ParetoLine:
    """An account's potential in a ranking: ``share`` is its part of Σ, ``up_to`` with those before.

    Both are 0–1.
    """

    value: AccountValue
    amount: Money
    share: Fraction
    up_to: Fraction


@dataclass(frozen=True, slots=True)
class IndexLine:
    """The BRM index of one account or of all of a seller's, and what it was when the curve began.

    ``key`` is the account's or the seller's id, "" where the accounts are nobody's.
    """

    key: str
    name: str
    values: tuple[AccountValue, ...]
    parts: IndexParts
    first: IndexParts | None

    @property
    def then(self) -> Fraction | None:
        """The index when the curve began; ``None`` where that is not known."""
        return None if self.first is None else self.first.index

    @property
    def moved(self) -> Fraction | None:
        """How the index moved since the curve began, as a share of 1."""
        now, then = self.parts.index, self.then
        return None if now is None or then is None else now - then


def account_value(analysis: AccountAnalysis, months: Iterable[date] = ()) -> AccountValue:
    """What an account is worth on the day of the analysis, its curve at the ends of months."""
    found = completeness_of(analysis)
    return AccountValue(
        account=analysis.account,
        name=analysis.name,
        owner=analysis.record.owner,
        spend=analysis.record.expected_annual_spend,
        scores=MappingProxyType({one: analysis.scores[one].value for one in Dimension}),
        potential=analysis.potential,
        index=parts_of(found),
        facts=parts_by_fact(found),
        first=first_assessed(analysis.records, analysis.account),
        curve=account_curve(analysis, months),
    )


def pareto(values: Iterable[AccountValue], currency: str) -> tuple[ParetoLine, ...]:
    """The accounts with a potential in one currency, the largest first, equals by name.

    Where all of them are 0 every share is 0.
    """
    found = [
        (one, one.potential.amount)
        for one in values
        if one.potential.amount is not None and one.potential.amount.currency == currency
    ]
    found = by_rank(
        found, lambda pair: -pair[1].minor, lambda pair: (pair[0].name, pair[0].account)
    )
    whole = sum(amount.minor for _, amount in found)
    lines, so_far = [], 0
    for one, amount in found:
        so_far += amount.minor
        shares = (amount.minor, so_far) if whole else (0, 0)
        part, up_to = (Fraction(share, whole or 1) for share in shares)
        lines.append(ParetoLine(one, amount, part, up_to))
    return tuple(lines)


def index_of(values: Iterable[AccountValue]) -> IndexParts:
    """The BRM index over several accounts: a seller's, a team's, the company's."""
    return sum((one.index for one in values), IndexParts())


def curve_of(values: Sequence[AccountValue]) -> tuple[CurvePoint, ...]:
    """The value curve over several accounts."""
    first = min((one.first for one in values if one.first is not None), default=None)
    return together((one.curve for one in values), first)


def index_line(
    key: str, name: str, values: Iterable[AccountValue], curves: Mapping[AccountId, AccountValue]
) -> IndexLine:
    """The index of some accounts; what it was is told when the curves of all of them are known."""
    several = tuple(values)
    known = [curves[one.account] for one in several if one.account in curves]
    curve = curve_of(known) if len(known) == len(several) else ()
    return IndexLine(key, name, several, index_of(several), curve[0].parts if curve else None)


def by_account(
    values: Iterable[AccountValue], curves: Iterable[AccountValue]
) -> tuple[IndexLine, ...]:
    """The index of each account, in the order they come."""
    known = {one.account: one for one in curves}
    return tuple(index_line(one.account, one.name, [one], known) for one in values)


def by_owner(
    values: Iterable[AccountValue],
    curves: Iterable[AccountValue],
    called: Mapping[PersonId | None, str],
) -> tuple[IndexLine, ...]:
    """The index of each seller's accounts, by name; those that are nobody's come last."""
    known = {one.account: one for one in curves}
    theirs: dict[PersonId | None, list[AccountValue]] = {}
    for one in values:
        theirs.setdefault(one.owner, []).append(one)
    lines = (
        index_line(owner or "", called.get(owner, ""), several, known)
        for owner, several in theirs.items()
    )
    return tuple(sorted(lines, key=lambda line: (not line.name, name_order(line.name), line.key)))


def facts_of(values: Iterable[AccountValue]) -> Mapping[Fact, IndexParts]:
    """The parts of the index over several accounts for each kind of fact there is."""
    sums: dict[Fact, IndexParts] = {}
    for one in values:
        for fact, parts in one.facts.items():
            sums[fact] = sums.get(fact, IndexParts()) + parts
    return {fact: sums[fact] for fact in Fact if fact in sums}
