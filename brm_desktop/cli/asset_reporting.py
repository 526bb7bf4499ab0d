"""The command ``asset report``: what the shared asset amounts to."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from brm_desktop.cli.asset import opened_asset, the_asset
from brm_desktop.cli.asset_words import day_told
from brm_desktop.cli.opening import as_json
from brm_desktop.cli.shapes import index_shape
from brm_desktop.cli.speaking import SpokenCommand, say, say_json, tell
from brm_desktop.domain.account_sides import BandCounts
from brm_desktop.domain.asset_report import AccountInAsset, AssetReport, Contributor
from brm_desktop.domain.completeness import Completeness
from brm_desktop.domain.phrase import phrase
from brm_desktop.language import number, percent, tr, trn


@click.command(
    "report",
    cls=SpokenCommand,
    help=phrase(
        "Who contributed, how complete and sure each account is, strong, medium and weak over all."
    ).text,
)
@the_asset
@as_json
def report(address: str, database: Path | None, as_json: bool) -> None:
    """Show the report."""
    with opened_asset(address, database) as session:
        found = session.report(_tell_share)
    if as_json:
        say_json(_plain(found))
    else:
        _say(found)


def _tell_share(done: int, of: int) -> None:
    if of and (done == of or done % 200 == 0):
        tell(tr("Accounts: {done} of {n}", done=number(done), n=number(of)))


def _say(report: AssetReport) -> None:
    say(tr("Contributors"))
    for one in report.contributors:
        said = trn("{n} record", "{n} records", one.records)
        say(f"  {one.rep} · {one.team or tr('no team')} · {said} · {_day(one.last_at)}")
    say(tr("Accounts"))
    for account in report.accounts:
        seller = account.seller_name or tr("nobody yet")
        say(f"  {account.name} · {seller} · {_index(account.completeness)} · {tr(account.band)}")
    say(tr("Sellers"))
    for person in report.sellers:
        name = person.name or tr("nobody yet")
        accounts = trn("{n} account", "{n} accounts", person.accounts)
        say(f"  {name} · {accounts} · {_index(person.completeness)}")
    say(tr("The whole company: {index}", index=_index(report.completeness)))
    say(tr("Accounts by band: {bands}", bands=_bands(report.bands)))
    say(tr("Key persons by band: {bands}", bands=_bands(report.persons)))


def _index(found: Completeness) -> str:
    return tr(
        "complete {completeness}, sure {accuracy}, index {index}",
        completeness=_share(found.completeness),
        accuracy=_share(found.accuracy),
        index=_share(found.index),
    )


def _share(value: Fraction | None) -> str:
    return tr("unknown") if value is None else percent(value)


def _bands(counts: BandCounts) -> str:
    return tr(
        "strong {strong}, medium {medium}, weak {weak}, unscored {unscored}",
        strong=number(counts.strong),
        medium=number(counts.medium),
        weak=number(counts.weak),
        unscored=number(counts.unscored),
    )


def _day(millis: int | None) -> str:
    return tr("never heard of") if millis is None else day_told(millis)


def _moment(millis: int | None) -> str | None:
    if millis is None:
        return None
    return datetime.fromtimestamp(millis // 1000, UTC).astimezone().isoformat()


def _plain(report: AssetReport) -> dict[str, Any]:
    return {
        "contributors": [_contributor(one) for one in report.contributors],
        "accounts": [_account(one) for one in report.accounts],
        "sellers": [
            {
                "id": one.seller,
                "name": one.name or None,
                "accounts": one.accounts,
                "index": index_shape(one.completeness),
            }
            for one in report.sellers
        ],
        "company": {
            "index": index_shape(report.completeness),
            "accounts": _counts(report.bands),
            "key_people": _counts(report.persons),
        },
    }


def _contributor(one: Contributor) -> dict[str, Any]:
    return {
        "site": one.site,
        "rep": one.rep,
        "role": one.role,
        "team": one.team,
        "records": one.records,
        "bundles": one.bundles,
        "waiting": one.waiting,
        "last_at": _moment(one.last_at),
        "revoked": one.revoked,
    }


def _account(one: AccountInAsset) -> dict[str, Any]:
    return {
        "id": one.account,
        "name": one.name,
        "seller": one.seller_name or None,
        "index": index_shape(one.completeness),
        "band": one.band.value,
        "key_people": _counts(one.persons),
    }


def _counts(counts: BandCounts) -> dict[str, int]:
    return {
        "strong": counts.strong,
        "medium": counts.medium,
        "weak": counts.weak,
        "unscored": counts.unscored,
    }
