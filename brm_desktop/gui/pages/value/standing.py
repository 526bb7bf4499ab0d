"""What the page Value shows now, read and computed off the window's thread.

Opportunities and the months growth is counted from are read at once; accounts come one block after
another, so that figures of potential and of the BRM index grow until all are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain

from PySide6.QtCore import QObject, Signal

from brm_desktop.domain.account_value import (
    AccountValue,
    IndexLine,
    ParetoLine,
    by_account,
    by_owner,
    curve_of,
    index_of,
    pareto,
)
from brm_desktop.domain.amounts import Compared, compared, currencies_in_use
from brm_desktop.domain.change import Change
from brm_desktop.domain.naming import called
from brm_desktop.domain.owners import accounts_of, opportunities_of
from brm_desktop.domain.periods import Period
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Opportunity,
    Organisation,
    Person,
    PersonId,
    Records,
    ReportingLine,
    Snapshot,
)
from brm_desktop.domain.snapshots import month_after
from brm_desktop.domain.spelling import in_name_order
from brm_desktop.domain.value import PeriodValue, period_value
from brm_desktop.domain.value_curve import CurvePoint, IndexParts
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.resources.gathering import AccountsGathered
from brm_desktop.gui.pages.value.choice import Choice, Whose
from brm_desktop.gui.pages.value.drawings import (
    OriginColumns,
    pipeline_by_stage,
    won_by_quarter,
)
from brm_desktop.gui.working import Working
from brm_desktop.session.company import Reading
from brm_desktop.session.portfolio import AT_ONCE
from brm_desktop.session.session import Session
from brm_desktop.session.snapshots import own_company
from brm_desktop.session.value import (
    CURVE_MONTHS,
    Numbers,
    PotentialOver,
    ValueSource,
    kept_months,
    months_needed,
    potential_over,
    values_there,
)

_USUAL = "CNY"
_SHOWN = frozenset({Account, Opportunity, Organisation, Person, ReportingLine, Snapshot})
"""The kinds that figures, names and whose accounts they are are read from at once."""


class ValueGathering(AccountsGathered[AccountValue]):
    """What all accounts are worth."""

    at_once = AT_ONCE

    def look_at_some(
        self, reading: Reading, accounts: Sequence[AccountId]
    ) -> Iterable[AccountValue]:
        """What some accounts are worth."""
        return list(values_there(reading, accounts))


class CurveGathering(AccountsGathered[AccountValue]):
    """What all accounts are worth, and were when months ended: read when a curve is looked at.

    ``span`` is over how many months; :meth:`go_back` reads it anew over others.
    """

    at_once = AT_ONCE
    span = CURVE_MONTHS

    def go_back(self, months: int) -> None:
        """Have curves of so many months from now on."""
        if months != self.span:
            self.span = months
            self._begin_anew()

    def look_at_some(
        self, reading: Reading, accounts: Sequence[AccountId]
    ) -> Iterable[AccountValue]:
        """What some accounts are worth and were."""
        return list(values_there(reading, accounts, curve=self.span))


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the tabs show, computed; ``currency`` is the one charts are drawn in.

    ``complete`` says that all accounts are read, and ``curves`` are those whose value curve is
    known so far.
    ``won`` and ``open`` are charts; ``weighted`` what is open, and before it weighted.
    ``lines`` has the accounts of each currency by potential, the largest first.
    ``since`` is the potential compared with the month that was chosen for it. ``months`` are those
    it can be compared with, newest first; ``trend`` the company's kept numbers, oldest first.
    """

    period: Period
    today: date
    value: PeriodValue
    opportunities: tuple[Opportunity, ...]
    accounts: tuple[AccountValue, ...]
    curves: tuple[AccountValue, ...]
    index: IndexParts
    curve: tuple[CurvePoint, ...]
    by_account: tuple[IndexLine, ...]
    by_owner: tuple[IndexLine, ...]
    over: PotentialOver
    since: PotentialOver
    won: OriginColumns
    open: OriginColumns
    weighted: tuple[Compared, ...]
    lines: Mapping[str, tuple[ParetoLine, ...]]
    source: ValueSource
    names: Mapping[AccountId, str]
    called: Mapping[PersonId | None, str]
    sellers: tuple[tuple[str, PersonId], ...]
    leaders: tuple[tuple[str, PersonId], ...]
    currencies: tuple[str, ...]
    currency: str
    months: tuple[date, ...]
    trend: tuple[Snapshot, ...]
    whole: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a worker computes from; made on the window's thread."""

    session: Session
    source: ValueSource | None
    records: Records
    held: tuple[AccountValue, ...]
    complete: bool
    curves: tuple[AccountValue, ...]
    today: date
    period: Period
    whose: Whose
    since: date | None
    currency: str
    own: str


class Standing(QObject):
    """What is shown, and what it is made of; ``renewed`` is told when there is something new."""

    renewed = Signal()

    def __init__(self, desk: Desk, choice: Choice) -> None:
        super().__init__(choice)
        self._desk = desk
        self.choice = choice
        self.gathering = ValueGathering(desk)
        self.curves = CurveGathering(desk)
        self._working = Working(desk)
        self.shown: Shown | None = None
        self._source: ValueSource | None = None
        self._round = 0
        self._stale = True
        self._asked = False
        self.gathering.renewed.connect(self.compute)
        self.curves.renewed.connect(self.compute)
        choice.changed.connect(self.compute)
        desk.changed.connect(self._changed)
        desk.settings_changed.connect(self.compute)
        desk.closed.connect(self._closed)

    def ask(self) -> None:
        """See that all is read and shown; a page that comes on show asks."""
        self._asked = True
        self.gathering.ask()
        if self._stale:
            self.compute()

    def rest(self) -> None:
        """Read and compute no more until somebody asks again."""
        self._asked = False
        for gathering in (self.gathering, self.curves):
            gathering.rest()

    def compute(self) -> None:
        """Compute what is shown from what is known so far."""
        self._stale = True
        if not self._asked or not self._desk.is_open:
            return
        self._stale = False
        session, choice = self._desk.session, self.choice
        asked = _Asked(
            session=session,
            source=self._source,
            records=self._desk.records,
            held=self.gathering.held,
            complete=self.gathering.settled,
            curves=self.curves.held,
            today=session.today(),
            period=choice.period,
            whose=choice.whose,
            since=choice.since,
            currency=choice.currency,
            own=session.settings.currency or _USUAL,
        )
        self._working.ask(partial(_computed, asked), partial(self._show, self._round))

    def _changed(self, change: Change) -> None:
        kinds = change.kinds()
        if change and not kinds & _SHOWN:
            return
        self._round += 1
        self._source = None
        self.compute()

    def _closed(self) -> None:
        self._round += 1
        self.shown = self._source = None
        self._stale = True
        self.choice.forget()

    def _show(self, of_round: int, shown: Shown) -> None:
        if not self._desk.is_open:
            return
        if of_round == self._round:
            self._source = shown.source
        self.shown = shown
        self.renewed.emit()


def _computed(asked: _Asked) -> Shown:
    records, today = asked.records, asked.today
    source = asked.source or ValueSource.of(asked.session)
    sellers = asked.whose.sellers(records)
    wanted = accounts_of(source.owners, sellers)
    accounts = tuple(one for one in asked.held if one.account in wanted)
    curves = tuple(one for one in asked.curves if one.account in wanted)
    ours = opportunities_of(source.opportunities, source.owners, sellers)
    company = own_company(records)
    kept = records.where(Snapshot, subject=company) if company else ()
    months = kept_months(kept, today)
    over, since = _growth(asked, wanted, accounts, months)
    currencies = _currencies(asked, accounts, ours, over)
    currency = next((one for one in (asked.currency, *currencies) if one in currencies), asked.own)
    value = period_value(ours, source.owners, asked.period, today)
    everybody = {key: called(records, key) for key in source.sellers}
    named: dict[PersonId | None, str] = dict(everybody.items())
    return Shown(
        period=asked.period,
        today=today,
        value=value,
        opportunities=ours,
        accounts=accounts,
        curves=curves,
        index=index_of(accounts),
        curve=curve_of(curves),
        by_account=by_account(accounts, curves),
        by_owner=by_owner(accounts, curves, named),
        over=over,
        since=since,
        won=_won(value, asked.period, currency),
        open=pipeline_by_stage(phrase("Stage"), ours, currency),
        weighted=_weighted(value),
        lines={code: pareto(accounts, code) for code in currencies},
        source=source,
        names=source.names,
        called=named,
        sellers=tuple(in_name_order((name, key) for key, name in everybody.items())),
        leaders=_leaders(records, everybody),
        currencies=currencies,
        currency=currency,
        months=months,
        trend=tuple(sorted(kept, key=lambda one: one.month)),
        whole=sellers is None,
        complete=asked.complete,
    )


def _won(value: PeriodValue, period: Period, currency: str) -> OriginColumns:
    """What was won by quarters, of the period and the one before it."""
    won = [one for found in value.conversions.values() for one in (*found.before, *found.won)]
    return won_by_quarter(
        phrase("Quarter"), won, Period(period.before.first, period.last), currency
    )


def _weighted(value: PeriodValue) -> tuple[Compared, ...]:
    """The open amounts beside what the sellers' probabilities make of them."""
    stocks = [stock for _, stock in value.pipeline]
    return compared(
        (one for stock in stocks for one in stock.amounts),
        (one for stock in stocks for one in stock.weighted),
    )


def _growth(
    asked: _Asked,
    wanted: Collection[AccountId],
    accounts: Iterable[AccountValue],
    months: Sequence[date],
) -> tuple[PotentialOver, PotentialOver]:
    """How the potential grew over the period, and since the month that was chosen, if one was."""
    present = {one.account: one.potential for one in accounts}
    numbers = _numbers(asked.session, wanted, asked, months)
    over = potential_over(present, numbers, asked.period, asked.today)
    if asked.since is None:
        return over, over
    return over, _since(asked.since, present, numbers, asked.today)


def _numbers(
    session: Session, accounts: Iterable[AccountId], asked: _Asked, months: Sequence[date]
) -> Numbers:
    """The kept numbers of accounts in the months that are compared."""
    needed = {*months_needed(asked.period, asked.today)}
    if asked.since is not None and asked.since in months:
        needed.add(asked.since)
    found: dict[date, list[Snapshot]] = {month: [] for month in needed}
    for one in session.snapshots_of(accounts, needed):
        found[one.month].append(one)
    return found


def _since(
    month: date,
    present: Mapping[AccountId, Potential],
    numbers: Numbers,
    today: date,
) -> PotentialOver:
    """The potential today beside that of any month."""
    begin = month_after(month)
    return potential_over(present, numbers, Period(begin, max(begin, today)), today)


def _currencies(
    asked: _Asked,
    accounts: Iterable[AccountValue],
    opportunities: Iterable[Opportunity],
    over: PotentialOver,
) -> tuple[str, ...]:
    """Those in use, that of most amounts first."""
    amounts = chain(
        (one.spend for one in accounts),
        (one.potential.amount for one in accounts),
        (one.amount for one in opportunities),
        (one.then for one in over.lines),
    )
    return currencies_in_use(amounts, asked.own)


def _leaders(records: Records, sellers: Mapping[PersonId, str]) -> tuple[tuple[str, PersonId], ...]:
    """Those whom a seller reports to: their teams can be shown."""
    lines = (line for key in sellers for line in records.where(ReportingLine, person=key))
    return tuple(in_name_order({(called(records, line.manager), line.manager) for line in lines}))
