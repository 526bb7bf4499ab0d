"""The report of an asset, account by account: however large it is, one is in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.asset_report import (
    AccountInAsset,
    AssetReport,
    Contributor,
    account_in_asset,
    asset_report,
)
from brm_desktop.domain.records import Account
from brm_desktop.domain.rules import Rules
from brm_desktop.storage.sharing.port import APPLIED

if TYPE_CHECKING:
    from brm_desktop.domain.bundles import PublicKeys
    from brm_desktop.domain.membership import Member
    from brm_desktop.storage.sharing.port import Port, Reading

Progress = Callable[[int, int], object]


def report_of(port: Port, today: date, rules: Rules, progress: Progress) -> AssetReport:
    """The report of what a port keeps; ``progress`` is told accounts done and all.

    Raises ``StoreProblem``.
    """
    with port.transaction() as kept:
        members = kept.members()
    with port.reading() as reading:
        contributors = list(_contributors(members, reading))
        return asset_report(contributors, _accounts(reading, today, rules, progress))


def _contributors(members: list[Member], reading: Reading) -> Iterator[Contributor]:
    """Each device once, whatever sites it was before its store went on from a backup."""
    shared = reading.contributed()
    bundles: dict[str, dict[str, int]] = {}
    for (site, state), count in reading.bundles().items():
        bundles.setdefault(site, {})[state] = count
    devices: dict[PublicKeys, list[Member]] = {}
    for one in members:
        devices.setdefault(one.keys, []).append(one)
    for sites in devices.values():
        now = _as_it_is_now(sites)
        states = [bundles.get(one.site, {}) for one in sites]
        taken = sum(one.pop(APPLIED, 0) for one in states)
        yield Contributor(
            site=now.site,
            rep=now.rep,
            role=now.role.value,
            team=now.team,
            records=sum(shared.get(one.site, 0) for one in sites),
            bundles=taken,
            waiting=sum(sum(one.values()) for one in states),
            last_at=max((one.seen_at for one in sites if one.seen_at is not None), default=None),
            revoked=not any(one.is_active for one in sites),
        )


def _as_it_is_now(sites: list[Member]) -> Member:
    """The site of a device that did not go on as another."""
    formers = {one.former for one in sites}
    last = [one for one in sites if one.site not in formers]
    return max(last, key=lambda one: one.enrolled_at)


def _accounts(
    reading: Reading, today: date, rules: Rules, progress: Progress
) -> Iterator[AccountInAsset]:
    accounts = reading.accounts()
    for done, account in enumerate(accounts):
        progress(done, len(accounts))
        records = reading.account(account)
        if records.get(Account, account) is not None:
            yield account_in_asset(AccountAnalysis(records, account, today, rules))
    progress(len(accounts), len(accounts))
