"""The command ``resources``: the company view and the employee view over all accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from brm_desktop.cli.opening import as_json, common, explained, opened
from brm_desktop.cli.shapes import Shape, money, number
from brm_desktop.cli.speaking import SpokenCommand, option, say, say_json, say_table
from brm_desktop.cli.telling import say_sums
from brm_desktop.domain.account_sides import BandCounts
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.company import CompanyView, EmployeeTotal, company_view, employee_totals
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.naming import called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Records,
    Snapshot,
)
from brm_desktop.domain.relations_held import AccountRelations, relations_held
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band
from brm_desktop.domain.sides import own_employees, people_of
from brm_desktop.domain.snapshots import (
    TrendMonth,
    account_months,
    account_snapshot,
    company_snapshot,
    first_assessed,
    months_ended,
    trend_of,
)
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.domain.sums.resources import employee_total
from brm_desktop.domain.sums.together import of_company
from brm_desktop.language import listed, percent, tr
from brm_desktop.language import number as said_number
from brm_desktop.rendering.sums import plain_sums
from brm_desktop.session.naming import Named, one_named
from brm_desktop.session.session import Session
from brm_desktop.session.snapshots import own_company


@dataclass(frozen=True, slots=True)
class Relations:
    """What one side holds over some accounts, with the records the names are read from."""

    records: Records
    view: CompanyView
    trend: tuple[TrendMonth, ...]
    employees: tuple[EmployeeTotal, ...]
    rules: Rules


@click.command(
    cls=SpokenCommand,
    help=phrase("Our relations, or a competitor's, over all accounts or in one.").text,
)
@common
@option(
    "--competitor",
    metavar="NAME",
    about=phrase("The competitor: its id, its name, or the beginning of its name."),
)
@option(
    "--account",
    metavar="NAME",
    about=phrase("Only this account: its id, its name, or the beginning of its name."),
)
@explained
@as_json
def resources(
    store: Path | None,
    competitor: str | None,
    account: str | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Show the relations one side holds."""
    with opened(store) as session:
        found = relations_of(session, competitor, account)
    if not as_json:
        _tell(found)
        if explain:
            say_sums(_explained(found))
        return
    shape = resources_shape(found)
    if explain:
        shape["explain"] = {**resources_sums(found), "sums": plain_sums(tuple(_explained(found)))}
    say_json(shape)


def relations_of(session: Session, competitor: str | None, account: str | None) -> Relations:
    """Read what one side holds: ours, or a competitor's; over all accounts, or in one."""
    records = session.all_records()
    rules, user, today = session.settings.rules, session.settings.user, session.today()
    rival = None if competitor is None else _competitor(records, competitor)
    lines = [line.id for line in session.portfolio()]
    if account is not None:
        lines = [session.find_account(account)]
    analyses = [AccountAnalysis(records, line, today, rules, user) for line in lines]
    held = [relations_held(analysis) for analysis in analyses]
    employees = own_employees(records, today) if rival is None else people_of(records, rival, today)
    return Relations(
        records,
        company_view(held, rules, rival),
        _trend(analyses, rival, whole=account is None, today=today),
        employee_totals(held, [one.id for one in employees], rival),
        rules,
    )


def resources_shape(found: Relations) -> Shape:
    """The company view and the employee view; key persons are counted by band."""
    score = found.view.score
    return {
        "score": number(score.value),
        "coverage": number(score.coverage),
        "weighted": score.weighted,
        "counts": _counts(found.view.persons),
        "accounts": _counts(found.view.accounts),
        "trend": [_month(one) for one in found.trend],
        "employees": [_employee(found.records, one) for one in found.employees],
    }


def _explained(found: Relations) -> Iterator[Explanation]:
    """The company's score, its accounts by band, and each employee's score, explained."""
    parts = [(part.name, part.value, part.spend) for part in found.view.parts]
    yield from of_company(parts, found.rules)
    for total in found.employees:
        yield employee_total(total, called(found.records, total.employee), found.rules)


def resources_sums(found: Relations) -> Shape:
    """The sums behind the scores: each account's part, and each employee's ties."""
    return {
        "accounts": [
            {
                "name": part.name,
                "closeness": number(part.value),
                "weight": number(part.weight),
                "expected_annual_spend": money(part.spend),
                "scored": part.scored,
                "of": part.of,
                "coverage": number(part.coverage),
            }
            for part in found.view.parts
        ],
        "employees": [
            {
                "name": called(found.records, total.employee),
                "terms": [
                    {
                        "account": account.name,
                        "person": account.names[one.person],
                        "weight": account.weights[one.person],
                        "tie": one.closeness,
                        "wanted": one.wanted,
                    }
                    for account, there in total.there
                    for one in there.direct
                ],
                "through": [
                    {
                        "account": account.name,
                        "person": account.names[one.person],
                        "insiders": [account.names[insider] for insider in one.through],
                    }
                    for account, there in total.there
                    for one in there.one_insider
                ],
            }
            for total in found.employees
        ],
    }


def _competitor(records: Records, name: str) -> OrganisationId:
    known = records.where(Organisation, kind=OrganisationKind.COMPETITOR)
    if not known:
        raise Refused(phrase("No competitor is known yet."))
    named = [Named(one.id, (one.name, one.short_name)) for one in known]
    return OrganisationId(one_named(named, name))


def _trend(
    analyses: Sequence[AccountAnalysis],
    rival: OrganisationId | None,
    *,
    whole: bool,
    today: date,
) -> tuple[TrendMonth, ...]:
    """The months that are kept, and those that are missing, computed; nothing is written."""
    if not analyses:
        return ()
    records, rules = analyses[0].records, analyses[0].rules
    subject: str | None = rival or own_company(records)
    if not whole and rival is None:
        subject = analyses[0].account
    kept = {one.month: one for one in records.where(Snapshot, subject=subject)}
    if not whole and rival is not None:
        kept = {}
    days = [first_assessed(records, one.account) for one in analyses]
    first = min((day for day in days if day is not None), default=None)
    months = [] if first is None else [m for m in months_ended(first, today) if m not in kept]
    computed = [account_months(records, one.account, months, rules) for one in analyses]
    for place, month in enumerate(months):
        accounts = [found[place] for found in computed]
        if not whole and rival is None:
            kept[month] = account_snapshot(accounts[0])
        elif subject is not None:
            company = OrganisationId(subject)
            kept[month] = company_snapshot(company, month, accounts, rules, ours=rival is None)
    return trend_of(kept.values())


def _counts(counts: BandCounts) -> Shape:
    return {band.value: counts[band] for band in Band}


def _month(one: TrendMonth) -> Shape:
    return {
        "month": one.month.isoformat(),
        "counts": _counts(one.persons),
        "score": number(one.closeness),
        "accounts": _counts(one.accounts),
    }


def _employee(records: Records, one: EmployeeTotal) -> Shape:
    return {
        "name": called(records, one.employee),
        "sales": not records.one(Person, one.employee).non_sales,
        "score": number(one.score),
        "rank": one.rank,
        "direct": [
            _name(account, reached.person)
            for account, there in one.there
            for reached in there.direct
        ],
        "one_insider": [
            _name(account, reached.person)
            for account, there in one.there
            for reached in there.one_insider
        ],
    }


def _name(account: AccountRelations, person: PersonId) -> str:
    return account.names[person]


def _tell(found: Relations) -> None:
    score = found.view.score
    say(
        tr(
            "Closeness {value}, from {scored} of {of} accounts, {coverage} of their weight",
            value=said_number(score.value),
            scored=score.scored,
            of=score.of,
            coverage=percent(score.coverage),
        )
    )
    persons = found.view.persons
    say(tr("Key persons: {counts}", counts=listed(f"{tr(b)} {persons[b]}" for b in Band)))
    heads = [tr("rank"), tr("name"), tr("sales"), tr("score"), tr("directly"), tr("by one insider")]
    rows = [
        [
            str(one.rank),
            called(found.records, one.employee),
            tr("no") if found.records.one(Person, one.employee).non_sales else tr("yes"),
            said_number(one.score, 1),
            str(one.direct),
            str(one.one_insider),
        ]
        for one in found.employees
    ]
    if rows:
        say_table([heads, *rows])
