"""What the company's asset amounts to: who contributed, and how complete and sure each account is.

The asset belongs to nobody, so nothing here counts single acts of anybody: of a contributor it says
how many records he shared and when he was last heard of (domain rule §12, sync rule §5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brm_desktop.domain.account_sides import BandCounts, counted, side_of
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.completeness import Completeness, completeness_of, completeness_over
from brm_desktop.domain.naming import called
from brm_desktop.domain.records import AccountId, PersonId
from brm_desktop.domain.scores import Band
from brm_desktop.domain.spelling import name_order


@dataclass(frozen=True, slots=True)
class Contributor:
    """One device and whose it is; ``records`` it shares now, ``last_at`` in ms since 1970.

    ``site`` is the one it has now, of several that it had one after another.
    ``bundles`` were taken in; ``waiting`` are parked or quarantined.
    """

    site: str
    rep: str
    role: str
    team: str
    records: int
    bundles: int
    waiting: int
    last_at: int | None
    revoked: bool


@dataclass(frozen=True, slots=True)
class AccountInAsset:
    """One account: whose it is, how complete, in which band, its key persons by band."""

    account: AccountId
    name: str
    seller: PersonId | None
    seller_name: str
    completeness: Completeness
    band: Band
    persons: BandCounts


@dataclass(frozen=True, slots=True)
class SellerInAsset:
    """The accounts of one seller together; ``seller`` is ``None`` for accounts of nobody."""

    seller: PersonId | None
    name: str
    accounts: int
    completeness: Completeness


@dataclass(frozen=True, slots=True)
class AssetReport:
    """The whole asset; accounts and sellers by name, contributors by name of the rep."""

    contributors: tuple[Contributor, ...]
    accounts: tuple[AccountInAsset, ...]
    sellers: tuple[SellerInAsset, ...]
    completeness: Completeness
    bands: BandCounts
    persons: BandCounts


def account_in_asset(analysis: AccountAnalysis) -> AccountInAsset:
    """What the report says of one account."""
    owner = analysis.record.owner
    return AccountInAsset(
        account=analysis.account,
        name=analysis.name,
        seller=owner,
        seller_name="" if owner is None else called(analysis.records, owner),
        completeness=completeness_of(analysis),
        band=analysis.scores.band,
        persons=side_of(analysis.scores, analysis.rules).persons,
    )


def asset_report(
    contributors: Iterable[Contributor], accounts: Iterable[AccountInAsset]
) -> AssetReport:
    """The report over accounts, which do not have to be in memory together.

    An account's weight in a seller's or the company's index is that of its key persons.
    """
    found = sorted(accounts, key=lambda one: (name_order(one.name), one.account))
    return AssetReport(
        contributors=tuple(sorted(contributors, key=lambda one: (name_order(one.rep), one.site))),
        accounts=tuple(found),
        sellers=tuple(_sellers(found)),
        completeness=completeness_over(one.completeness for one in found),
        bands=counted(one.band for one in found),
        persons=sum((one.persons for one in found), BandCounts()),
    )


def _sellers(accounts: list[AccountInAsset]) -> list[SellerInAsset]:
    of: dict[PersonId | None, list[AccountInAsset]] = {}
    for account in accounts:
        of.setdefault(account.seller, []).append(account)
    sellers = (
        SellerInAsset(
            seller,
            theirs[0].seller_name,
            len(theirs),
            completeness_over(one.completeness for one in theirs),
        )
        for seller, theirs in of.items()
    )
    return sorted(
        sellers, key=lambda one: (one.seller is None, name_order(one.name), one.seller or "")
    )
