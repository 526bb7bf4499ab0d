"""How much the potential of accounts has grown since an earlier month (domain rule §6).

Any month that was kept can be the earlier one. A seller's or a team's growth is that of the
accounts they own today, so that an account handed over takes its past along.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from brm_desktop.domain.amounts import Compared, compared, summed
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import AccountId, Money, Snapshot


@dataclass(frozen=True, slots=True)
class Growth:
    """Σ now − Σ then, each currency apart in the order of codes.

    ``came`` are accounts that had no potential then, ``went`` those that have none now; what they
    add or take is in the sums.
    """

    now: tuple[Money, ...]
    then: tuple[Money, ...]
    growth: tuple[Money, ...]
    came: tuple[AccountId, ...]
    went: tuple[AccountId, ...]


@dataclass(frozen=True, slots=True)
class AccountGrowth:
    """One account's potential now and then; ``None`` where it was not known."""

    account: AccountId
    now: Money | None
    then: Money | None

    @property
    def compared(self) -> tuple[Compared, ...]:
        """Both compared; two lines when the currency changed meanwhile."""
        return compared([self.now], [self.then])


def potential_growth(now: Mapping[AccountId, Potential], then: Iterable[Snapshot]) -> Growth:
    """The growth of the potential of some accounts since the snapshots of one earlier month."""
    lines = account_growths(now, then)
    present = [one for one in lines if one.now is not None]
    earlier = [one for one in lines if one.then is not None]
    sums = compared((one.now for one in present), (one.then for one in earlier))
    return Growth(
        now=summed(one.now for one in present),
        then=summed(one.then for one in earlier),
        growth=tuple(one.growth for one in sums),
        came=tuple(one.account for one in present if one.then is None),
        went=tuple(one.account for one in earlier if one.now is None),
    )


def growth_over(
    accounts: Collection[AccountId], now: Mapping[AccountId, Potential], then: Iterable[Snapshot]
) -> Growth:
    """The growth over some accounts only, a seller's, a team's or the company's."""
    wanted = frozenset(accounts)
    return potential_growth(
        {account: found for account, found in now.items() if account in wanted},
        [one for one in then if one.subject in wanted],
    )


def account_growths(
    now: Mapping[AccountId, Potential], then: Iterable[Snapshot]
) -> tuple[AccountGrowth, ...]:
    """The potential of every account now and in the snapshots of one earlier month.

    The accounts there are now come first, as they come; then those of which only the past is known.
    """
    earlier = {AccountId(one.subject): one.potential for one in then}
    gone = (account for account in earlier if account not in now)
    return tuple(
        AccountGrowth(
            account, now[account].amount if account in now else None, earlier.get(account)
        )
        for account in (*now, *gone)
    )
