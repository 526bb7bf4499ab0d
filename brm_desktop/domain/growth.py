"""How much the potential of accounts has grown since an earlier month (domain rule §6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


def potential_growth(now: Mapping[AccountId, Potential], then: Iterable[Snapshot]) -> Growth:
    """The growth of the potential of some accounts since the snapshots of one earlier month."""
    present = {account: found.amount for account, found in now.items() if found.amount}
    earlier = {AccountId(one.subject): one.potential for one in then if one.potential}
    sums_now = _sums(present.values())
    sums_then = _sums(earlier.values())
    currencies = sorted({*sums_now, *sums_then})
    return Growth(
        now=tuple(Money(minor, currency) for currency, minor in sorted(sums_now.items())),
        then=tuple(Money(minor, currency) for currency, minor in sorted(sums_then.items())),
        growth=tuple(
            Money(sums_now.get(one, 0) - sums_then.get(one, 0), one) for one in currencies
        ),
        came=tuple(account for account in present if account not in earlier),
        went=tuple(account for account in earlier if account not in present),
    )


def _sums(amounts: Iterable[Money]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return sums
