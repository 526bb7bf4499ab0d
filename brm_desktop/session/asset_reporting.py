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
    shared = reading.contributed()
    bundles: dict[str, dict[str, int]] = {}
    for (site, state), count in reading.bundles().items():
        bundles.setdefault(site, {})[state] = count
    for one in members:
        states = bundles.get(one.site, {})
        taken = states.pop(APPLIED, 0)
        yield Contributor(
            site=one.site,
            rep=one.rep,
            role=one.role.value,
            team=one.team,
            records=shared.get(one.site, 0),
            bundles=taken,
            waiting=sum(states.values()),
            last_at=one.seen_at,
            revoked=not one.is_active,
        )


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
