"""The command ``value``: growth of potential and the KPIs of a period (domain rules §6, §12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import click

from brm_desktop.cli.days import DAY
from brm_desktop.cli.opening import as_json, common, explained, opened
from brm_desktop.cli.speaking import SpokenCommand, at_least, option, say, say_json, say_table, tell
from brm_desktop.cli.telling import say_sums
from brm_desktop.cli.value_shapes import Valued, value_shape
from brm_desktop.domain.account_value import AccountValue, account_value, curve_of, index_of
from brm_desktop.domain.amounts import Compared, compared
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.naming import called
from brm_desktop.domain.owners import accounts_of, opportunities_of, team_of
from brm_desktop.domain.periods import Period
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Money, Opportunity, Person, PersonId, Records
from brm_desktop.domain.sides import own_employees
from brm_desktop.domain.spelling import name_order
from brm_desktop.domain.sums import value as sums
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.domain.value import period_value
from brm_desktop.domain.value_curve import curve_months
from brm_desktop.domain.win_rate import WinRate
from brm_desktop.language import day, listed, money, percent, signed, tr
from brm_desktop.rendering.sums import plain_sums
from brm_desktop.rendering.words import left_out_said
from brm_desktop.session.naming import Named, one_named
from brm_desktop.session.session import Session
from brm_desktop.session.value import CURVE_MONTHS, months_needed, numbers_of, potential_over


@click.command(
    cls=SpokenCommand,
    help=phrase(
        "What the accounts are worth: growth of potential, captured and incubated, win rate,"
        " pipeline and BRM index, over all accounts or those of a seller or a team. Both days"
        " belong to the period."
    ).text,
)
@common
@option("--from", "first", required=True, type=DAY, metavar="DATE", about=phrase("First day."))
@option("--to", "last", required=True, type=DAY, metavar="DATE", about=phrase("Last day."))
@option(
    "--seller",
    metavar="NAME",
    about=phrase("Only what is this seller's: an id, a name, or the beginning of a name."),
)
@option(
    "--team",
    metavar="NAME",
    about=phrase("Only what is this manager's, and of all who report to him."),
)
@option("--curve", is_flag=True, about=phrase("Tell the BRM index of twelve months as well."))
@explained
@as_json
def value(
    store: Path | None,
    first: date,
    last: date,
    seller: str | None,
    team: str | None,
    curve: bool,
    explain: bool,
    as_json: bool,
) -> None:
    """Show what the accounts are worth."""
    period = Period(first, last)
    with opened(store) as session:
        found = valued(session, period, seller, team, curve=curve)
    if period.first > found.today:
        tell(tr("This period has not come yet: it begins on {first}.", first=day(period.first)))
    if not as_json:
        _tell(found)
        if explain:
            say_sums(_explained(found))
        return
    shape = value_shape(found)
    if explain:
        shape["explain"] = {"sums": plain_sums(tuple(_explained(found)))}
    say_json(shape)


def valued(
    session: Session, period: Period, seller: str | None, team: str | None, *, curve: bool = False
) -> Valued:
    """Read all accounts and what they, or those of some sellers, are worth."""
    records = session.all_records()
    settings, today = session.settings, session.today()
    sellers = _sellers(records, seller, team)
    lines = sorted(session.portfolio(), key=lambda line: (name_order(line.name), line.id))
    owners = {line.id: line.owner for line in lines}
    wanted = accounts_of(owners, sellers)
    months = curve_months(today, CURVE_MONTHS) if curve else ()
    accounts = tuple(
        account_value(
            AccountAnalysis(records, line.id, today, settings.rules, settings.user), months
        )
        for line in lines
        if line.id in wanted
    )
    everything = records.all(Opportunity).values()
    opportunities = opportunities_of(everything, owners, sellers)
    found = period_value(opportunities, owners, period, today)
    numbers = numbers_of(
        records,
        [one.account for one in accounts],
        months_needed(period, today),
        settings.rules,
    )
    present = {one.account: one.potential for one in accounts}
    return Valued(
        period=period,
        today=today,
        found=found,
        potential=potential_over(present, numbers, period, today),
        accounts=accounts,
        opportunities=opportunities,
        names={line.id: line.name for line in lines},
        called={one.owner: called(records, one.owner) for one in found.owners if one.owner},
        currency=settings.currency,
    )


def _sellers(records: Records, seller: str | None, team: str | None) -> frozenset[PersonId] | None:
    """Whose accounts are asked for; ``None`` is everybody's."""
    if seller is not None and team is not None:
        raise click.UsageError(tr("Name a seller or a team, not both."))
    name = seller if seller is not None else team
    if name is None:
        return None
    owning = {one.owner for one in records.all(Opportunity).values()}
    ours = _own_people(records, owning)
    if not ours:
        raise Refused(phrase("No colleague is known yet."))
    found = PersonId(one_named(ours, name))
    return frozenset({found}) if team is None else team_of(records, found)


def _own_people(records: Records, owning: Iterable[PersonId | None]) -> list[Named]:
    """Our people, those who left too, and whoever else an opportunity names as its owner."""
    people = {one.id: one for one in own_employees(records)}
    for key in owning:
        person = records.get(Person, key)
        if person is not None:
            people[person.id] = person
    return [Named(one.id, (one.name,)) for one in people.values()]


def _tell(found: Valued) -> None:
    over = found.potential
    say(
        tr(
            "From {first} to {last}, compared with {before} to {eve}",
            first=day(found.period.first),
            last=day(found.period.last),
            before=day(found.period.before.first),
            eve=day(found.period.before.last),
        )
    )
    heads = [tr("figure"), tr("in the period"), tr("before"), tr("growth"), tr("growth in %")]
    sums_now = compared((one.now for one in over.lines), (one.then for one in over.lines))
    bounds = (over.lower_bound, over.then_lower_bound)
    rows = list(_money_rows(tr("potential output"), sums_now, bounds))
    if not over.kept:
        rows = [[name, now, *["–"] * 3] for name, now, *_ in rows]
    for origin, one in found.found.conversions.items():
        rows += _money_rows(tr("won, {origin}", origin=origin), one.amounts)
    rows += _rate_rows(found.found.win_rate, found.found.before)
    say_table([heads, *rows])
    index = index_of(found.accounts)
    say(
        tr(
            "BRM index {index}: completeness {completeness} × accuracy {accuracy}",
            index=percent(index.index),
            completeness=percent(index.completeness),
            accuracy=percent(index.accuracy),
        )
    )
    _tell_pipeline(found)
    _tell_owners(found)
    _tell_curve(found)


def _money_rows(
    name: str, sums_now: Sequence[Compared], lower_bounds: tuple[bool, bool] = (False, False)
) -> Iterator[list[str]]:
    now, before = lower_bounds
    for one in sums_now:
        yield [
            name,
            at_least(money(Money(one.now, one.currency)), now),
            at_least(money(Money(one.before, one.currency)), before),
            money(one.growth),
            percent(one.growth_ratio, 1),
        ]
    if not sums_now:
        yield [name, "–", "–", "–", "–"]


def _rate_rows(rate: WinRate, before: WinRate) -> Iterator[list[str]]:
    now, then = rate.count.rate, before.count.rate
    yield [tr("win rate by count"), percent(now, 1), percent(then, 1), _points(now, then), ""]
    earlier = {one.currency: one.rate for one in before.amounts}
    for one in rate.amounts:
        then = earlier.get(one.currency)
        name = tr("win rate by amount, {currency}", currency=one.currency)
        yield [name, percent(one.rate, 1), percent(then, 1), _points(one.rate, then), ""]


def _points(now: Fraction | None, before: Fraction | None) -> str:
    """By how much a share grew, in percentage points."""
    if now is None or before is None:
        return "–"
    return tr("{n} percentage points", n=signed((now - before) * 100, 1))


def _tell_pipeline(found: Valued) -> None:
    for origin, stock in found.found.pipeline:
        say(
            tr(
                "Open, {origin}: {n} worth {amounts}, weighted {weighted}",
                origin=origin,
                n=len(stock.opportunities),
                amounts=listed(map(money, stock.amounts)) or "–",
                weighted=listed(map(money, stock.weighted)) or "–",
            )
        )
    left_out = left_out_said(*(stock for _, stock in found.found.pipeline))
    if left_out:
        say(tr("Weighted: {left_out}.", left_out=left_out))


def _tell_owners(found: Valued) -> None:
    heads = [tr("seller"), tr("won"), tr("lost"), tr("win rate")]
    rows = [
        [
            found.called.get(one.owner) or "–",
            str(one.win_rate.count.won),
            str(one.win_rate.count.lost),
            percent(one.win_rate.count.rate, 1),
        ]
        for one in found.found.owners
    ]
    if rows:
        say_table([heads, *rows])


def _tell_curve(found: Valued) -> None:
    heads = [tr("month"), tr("BRM index"), tr("completeness"), tr("accuracy")]
    rows = [
        [
            f"{one.month:%Y-%m}",
            percent(one.parts.index),
            percent(one.parts.completeness),
            percent(one.parts.accuracy),
        ]
        for one in curve_of(found.accounts)
    ]
    if rows:
        say_table([heads, *rows])


def _explained(found: Valued) -> Iterator[Explanation]:
    """Growth, what was won, win rate, pipeline and index, each currency apart, explained."""
    over = found.potential
    for one in compared((a.now for a in over.lines), (a.then for a in over.lines)):
        yield sums.growth(over.lines, found.names, one.currency)
    for conversion in found.found.conversions.values():
        for both in conversion.amounts:
            yield sums.conversion(conversion, found.period, found.names, both.currency)
    yield sums.win_rate_by_count(found.found.win_rate, found.found.owners, found.called)
    for rate in found.found.win_rate.amounts:
        yield sums.win_rate_by_amount(found.found.win_rate, rate.currency)
    for origin, stock in found.found.pipeline:
        title = phrase("Open, {origin}", origin=origin)
        for amount in stock.amounts:
            yield sums.stock(stock, title, found.names, amount.currency)
    accounts: Sequence[AccountValue] = found.accounts
    yield sums.brm_index(accounts, phrase("BRM index"))
