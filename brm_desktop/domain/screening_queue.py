"""Walking many accounts to screen them: which is next, what was decided, and how long it took.

The queue keeps its order while it is walked, so that nothing moves under the hand; what is undone
comes again.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.portfolio import PortfolioRow
from brm_desktop.domain.records import AccountId, ScreeningVerdict
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.screening import Suggestion
from brm_desktop.domain.spelling import name_order

BASELINE_SECONDS: Final = 3_600
"""An hour for each account, instead of a month, is what screening is measured by."""
LONGEST_LOOK: Final = 300
"""Who looks at one account for longer than so many seconds is doing something else."""
_MINUTE: Final = 60

_UNDECIDED: Final = ScreeningVerdict.UNDECIDED
_ORDER: Final = (Suggestion.EXCLUDE, Suggestion.CONFIRM, None)


@dataclass(frozen=True, slots=True)
class TimeUsed:
    """How long the verdicts given so far took, in seconds, by account."""

    looks: Mapping[AccountId, Fraction] = field(default_factory=lambda: MappingProxyType({}))

    def and_for(self, account: AccountId, seconds: float) -> TimeUsed:
        """With an account looked at for so long, once more; time spent elsewhere does not count."""
        looked = Fraction(min(max(seconds, 0), LONGEST_LOOK)) + self.looks.get(account, 0)
        return TimeUsed(MappingProxyType({**self.looks, account: looked}))

    def of(self, decided: Container[AccountId]) -> TimeUsed:
        """What went into those that have a verdict: one that was undone is not screened."""
        kept = {one: seconds for one, seconds in self.looks.items() if one in decided}
        return TimeUsed(MappingProxyType(kept))

    @property
    def screened(self) -> int:
        """How many accounts."""
        return len(self.looks)

    @property
    def seconds(self) -> Fraction:
        """How long all of them took together."""
        return sum(self.looks.values(), Fraction(0))

    @property
    def each(self) -> Fraction | None:
        """Seconds for each account; ``None`` before the first."""
        return self.seconds / self.screened if self.screened else None

    @property
    def said(self) -> Phrase:
        """The time used, held against an hour for each account."""
        if self.each is None:
            return phrase("An hour each instead of a month is the measure; nothing is screened yet")
        return phrase(
            "{n} screened in {time}, {each} each; at an hour each it would have been {hours} h",
            n=self.screened,
            time=_lasting(self.seconds),
            each=_lasting(self.each),
            hours=self.screened,
        )


def _lasting(seconds: Fraction) -> Phrase:
    whole = half_up(seconds)
    if whole < _MINUTE:
        return phrase("{n} s", n=whole)
    if whole < BASELINE_SECONDS:
        return phrase("{n} min {s} s", n=whole // _MINUTE, s=whole % _MINUTE)
    minutes = whole // _MINUTE
    return phrase("{n} h {m} min", n=minutes // _MINUTE, m=minutes % _MINUTE)


@dataclass(frozen=True, slots=True)
class ScreeningQueue:
    """The accounts to screen in order, where one stands, and the verdicts given on the way.

    ``place`` is that of the account on show; past the last one there is none.
    """

    accounts: tuple[AccountId, ...] = ()
    place: int = 0
    verdicts: Mapping[AccountId, ScreeningVerdict] = field(
        default_factory=lambda: MappingProxyType({})
    )

    @property
    def current(self) -> AccountId | None:
        """The account on show."""
        return self.accounts[self.place] if self.place < len(self.accounts) else None

    @property
    def left(self) -> int:
        """How many have no verdict yet."""
        return len(self.accounts) - len(self.verdicts)

    def decided(self, verdict: ScreeningVerdict) -> ScreeningQueue:
        """The account on show has its verdict; the next one without any is shown."""
        if self.current is None:
            return self
        verdicts = {**self.verdicts, self.current: verdict}
        if verdict is _UNDECIDED:
            del verdicts[self.current]
        return replace(self, verdicts=MappingProxyType(verdicts)).forward()

    def forward(self) -> ScreeningQueue:
        """The next account without a verdict, from the beginning after the last; else the end."""
        many = len(self.accounts)
        after = [*range(self.place + 1, many), *range(min(self.place + 1, many))]
        found = (at for at in after if self.accounts[at] not in self.verdicts)
        return replace(self, place=next(found, many))

    def back(self) -> ScreeningQueue:
        """The account before the one on show, decided or not."""
        return replace(self, place=max(0, self.place - 1))

    def at(self, account: AccountId) -> ScreeningQueue:
        """Where an account is shown."""
        return replace(self, place=self.accounts.index(account))

    def seen(self, now: Mapping[AccountId, ScreeningVerdict]) -> ScreeningQueue:
        """As the store is now: verdicts that were undone are gone, and the first of them is shown.

        ``now`` has the verdict of every account there is; accounts that are gone leave the queue.
        """
        there = tuple(one for one in self.accounts if one in now)
        undone = [one for one in there if one in self.verdicts and now[one] is _UNDECIDED]
        verdicts = {one: now[one] for one in there if now[one] is not _UNDECIDED}
        shown = undone[0] if undone else self.current
        place = there.index(shown) if shown in there else min(self.place, len(there))
        return ScreeningQueue(there, place, MappingProxyType(verdicts))


def queue_of(rows: Iterable[PortfolioRow]) -> ScreeningQueue:
    """The accounts without a verdict: those to exclude, then to confirm, then the others; by name.

    Of one kind the clear cases are together, and nothing is to be thought over anew each time.
    """
    open_ones = [row for row in rows if row.entry.record.screening is _UNDECIDED]
    open_ones.sort(key=_order)
    return ScreeningQueue(tuple(row.entry.account for row in open_ones))


def _order(row: PortfolioRow) -> tuple[int, str, str]:
    entry = row.entry
    return (_ORDER.index(entry.screening.suggestion), name_order(entry.name), entry.account)
