"""All accounts side by side: what each brings to the page, ranked and summed up (rules §6, §9).

What is kept of an account are small values, so that those of thousands can be kept and ranked anew
whenever one of them changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.cadence import REVIEWED, ReviewState, due_reviews, review_states
from brm_desktop.domain.composite import (
    Composite,
    Ranking,
    composite_of,
    criteria_of,
    ranking,
    suggested_tier,
)
from brm_desktop.domain.contact_hint import ContactHint, hint_of_account
from brm_desktop.domain.potential import Potential, PotentialSum, sum_of_potentials
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Dimension,
    Interaction,
    Organisation,
    ProjectType,
    Review,
    ScreeningVerdict,
    Tier,
    YearRevenue,
)
from brm_desktop.domain.recurrence import rhythms
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band
from brm_desktop.domain.screening import Screening, Suggestion, screening_of
from brm_desktop.domain.spelling import by_rank
from brm_desktop.domain.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class NextWindow:
    """When a wanted type of project is to be expected next in an account."""

    type: str
    next: date
    begins: date
    ends: date
    prepare_by: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class ClosenessThere:
    """An account's closeness without the people it is made of.

    ``value`` is exact, 0–100, or ``None`` when unscored.
    """

    value: Fraction | None
    band: Band
    scored: int
    of: int


@dataclass(frozen=True, slots=True)
class PortfolioEntry:
    """What one account brings to the portfolio.

    ``expected`` is the wanted project to be expected soonest; ``last_contact`` the last meeting up
    to today; ``hint`` what meetings say of closeness.
    """

    record: Account
    name: str
    industry: str
    region: str
    people: int
    closeness: ClosenessThere
    potential: Potential
    composite: Composite
    screening: Screening
    reviews: tuple[ReviewState, ...]
    expected: NextWindow | None
    last_contact: date | None
    hint: ContactHint | None

    @property
    def account(self) -> AccountId:
        """The account's id."""
        return self.record.id

    @property
    def due(self) -> tuple[ReviewState, ...]:
        """The reviews that are due, the longest overdue first."""
        return due_reviews(self.reviews)


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """An account among all others: its rank and the tier that follows from it."""

    entry: PortfolioEntry
    rank: int | None
    suggested: Tier | None

    @property
    def differs(self) -> bool:
        """Whether another tier is suggested than the one that is kept.

        Not of an account that is to be screened first.
        """
        if self.suggested is None or self.screened_first:
            return False
        return self.suggested is not self.entry.record.tier

    @property
    def screened_first(self) -> bool:
        """Whether its score suggests a higher tier, and screening to exclude it first.

        A reason to call it strategic is a decision, and does not wait.
        """
        record = self.entry.record
        return (
            self.suggested in REVIEWED
            and self.entry.screening.suggestion is Suggestion.EXCLUDE
            and record.screening is ScreeningVerdict.UNDECIDED
            and not record.strategic_reason.strip()
        )


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All accounts, the best composite score first, those without one last, equals by name.

    Accounts that screening excluded are in no rank and no share, and at the very end. ``counts``
    are of closeness.
    """

    rows: tuple[PortfolioRow, ...]
    ranked: Ranking[AccountId]
    potential: PotentialSum
    counts: Mapping[Band, int]


def portfolio_entry(analysis: AccountAnalysis, thresholds: Thresholds = ()) -> PortfolioEntry:
    """What an account brings to the portfolio on the day of the analysis."""
    records, account, today = analysis.records, analysis.record, analysis.today
    organisation: Organisation = analysis.organisation
    revenues = records.where(YearRevenue, account=account.id)
    criteria = criteria_of(account, organisation, revenues, thresholds, today, analysis.rules)
    reviews = records.where(Review, account=account.id)
    closeness = analysis.scores[Dimension.CLOSENESS]
    met = (one.held_on for one in records.where(Interaction, account=account.id))
    return PortfolioEntry(
        record=account,
        name=organisation.name,
        industry=organisation.industry,
        region=organisation.region,
        people=len(analysis.people),
        closeness=ClosenessThere(closeness.value, closeness.band, closeness.scored, closeness.of),
        potential=analysis.potential,
        composite=composite_of(criteria),
        screening=screening_of(analysis),
        reviews=review_states(account, reviews, today, analysis.rules),
        expected=_expected(analysis),
        last_contact=max((day for day in met if day <= today), default=None),
        hint=hint_of_account(analysis),
    )


def portfolio_of(entries: Iterable[PortfolioEntry], rules: Rules) -> Portfolio:
    """All accounts ranked and summed up, in an order that does not depend on theirs."""
    every = sorted(entries, key=lambda one: one.account)
    scores = {
        one.account: one.composite.value
        for one in every
        if one.record.screening is not ScreeningVerdict.EXCLUDED
    }
    ranked = ranking(scores, rules)
    rows = (
        PortfolioRow(
            one, ranked.ranks.get(one.account), suggested_tier(one.record, ranked, one.composite)
        )
        for one in every
    )
    bands = [one.closeness.band for one in every]
    return Portfolio(
        rows=tuple(by_rank(rows, _place, lambda row: (row.entry.name, row.entry.account))),
        ranked=ranked,
        potential=sum_of_potentials(one.potential for one in every),
        counts=MappingProxyType({band: bands.count(band) for band in Band}),
    )


def _place(row: PortfolioRow) -> tuple[bool, bool, int]:
    """By rank, those without one behind, then those left out."""
    excluded = row.entry.record.screening is ScreeningVerdict.EXCLUDED
    return (excluded, row.rank is None, row.rank or 0)


def _expected(analysis: AccountAnalysis) -> NextWindow | None:
    types = analysis.records.all(ProjectType)
    found = rhythms(analysis.projects, types, analysis.today, analysis.rules)
    for one in found:  # wanted ones come first, the soonest before others
        if one.wanted and one.next and one.window and one.prepare_by:
            begins, ends = one.window
            return NextWindow(one.name, one.next, begins, ends, one.prepare_by, one.overdue)
    return None
