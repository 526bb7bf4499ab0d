"""Commands that read what is computed: an account, a chain, the way to a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from brm_desktop.cli import telling
from brm_desktop.cli.opening import (
    as_json,
    common,
    explained,
    opened,
    the_account,
)
from brm_desktop.cli.past import (
    as_of,
    changes_shape,
    day_come,
    on_day,
    say_day,
    since_option,
    tell_changes,
)
from brm_desktop.cli.shapes import (
    account_shape,
    account_sums,
    chain_shape,
    chain_sums,
    path_reasons,
    path_shape,
    work_first_shape,
)
from brm_desktop.cli.speaking import SpokenCommand, option, say_json
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Person, PersonId, ProjectId
from brm_desktop.domain.sums.together import of_account, of_chain, of_routes
from brm_desktop.domain.what_if import work_first
from brm_desktop.rendering.sums import plain_sums
from brm_desktop.session.naming import Named, one_named
from brm_desktop.session.overview import PersonLine
from brm_desktop.session.session import Session


@click.command(
    cls=SpokenCommand,
    help=phrase("Scores, coverage, people, centres and potential of one account.").text,
)
@common
@the_account
@as_of
@since_option
@explained
@as_json
def account(
    store: Path | None,
    account: str,
    as_of: date | None,
    since: date | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Show one account."""
    with opened(store) as session:
        analysis = on_day(session.analysis(session.find_account(account)), as_of)
        shape = account_shape(analysis)
        past = None if since is None else day_come(analysis, since)
        shape["as_of"] = analysis.today.isoformat()
        if past is not None:
            shape |= changes_shape(analysis, past)
        if explain:
            shape["explain"] = {
                **account_sums(analysis),
                "sums": plain_sums(tuple(of_account(analysis))),
            }
    if as_json:
        say_json(shape)
    else:
        say_day(as_of)
        telling.account(analysis, explain=explain)
        if past is not None:
            tell_changes(analysis, past)


@click.command(
    cls=SpokenCommand,
    help=phrase("The odds of one project with reasons, red flags and whom to win next.").text,
)
@common
@the_account
@option(
    "--project",
    required=True,
    metavar="NAME",
    about=phrase("The project: its id, its name, or the beginning of its name."),
)
@as_of
@explained
@as_json
def chain(
    store: Path | None,
    account: str,
    project: str,
    as_of: date | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Show a project's decision chain."""
    with opened(store) as session:
        analysis = on_day(session.analysis(session.find_account(account)), as_of)
        reading = analysis.chain(project_of(analysis, project))
        if not as_json:
            say_day(as_of)
            telling.chain(analysis, reading, explain=explain)
            return
        shape = chain_shape(analysis.records, reading)
        shape["as_of"] = analysis.today.isoformat()
        shape["work_first"] = work_first_shape(work_first(analysis, reading.project))
        if explain:
            shape["explain"] = {
                "members": chain_sums(reading),
                "sums": plain_sums(tuple(of_chain(analysis, reading.project))),
            }
        say_json(shape)


@click.command(cls=SpokenCommand, help=phrase("The best routes from us to a person.").text)
@common
@the_account
@option(
    "--to",
    required=True,
    metavar="PERSON",
    about=phrase("The person: an id, a name, or the beginning of a name."),
)
@option(
    "-k",
    "count",
    type=click.IntRange(1, 100),
    default=3,
    show_default=True,
    about=phrase("How many routes."),
)
@option("--partners", is_flag=True, about=phrase("Go through partners' people too."))
@explained
@as_json
def path(
    store: Path | None,
    account: str,
    to: str,
    count: int,
    partners: bool,
    explain: bool,
    as_json: bool,
) -> None:
    """Show the ways to a person."""
    with opened(store) as session:
        analysis, target = _target(session, session.find_account(account), to)
        reading = analysis.routes_to(target, count, partners)
        if not as_json:
            telling.path(analysis, reading, explain=explain, partners=partners)
            return
        shape = path_shape(analysis.records, reading)
        if explain:
            shape["explain"] = {
                "first_actions": path_reasons(reading),
                "sums": plain_sums(tuple(of_routes(analysis, reading, partners=partners))),
            }
        say_json(shape)


def _target(session: Session, account: AccountId, name: str) -> tuple[AccountAnalysis, PersonId]:
    """A person of an account to whom a way is sought, and what to seek it in.

    However large the account, no more of it is read than the search meets.
    """
    today, settings = session.today(), session.settings
    records = session.account_in_pieces(account)
    analysis = AccountAnalysis(records, account, today, settings.rules, settings.user)
    return analysis, person_of(session.people_lines(account, today), name)


def person_of(people: Sequence[Person | PersonLine], name: str) -> PersonId:
    """The one of an account's people that a typed name means.

    An id may also be that of an imported file; a title is the last thing it is taken for.
    """
    for person in people:
        if name == person.id:
            return person.id
    named = [Named(p.id, (p.name,), p.title) for p in people]
    imported = [p.id for p in people if p.external_id == name.strip() != ""]
    if len(imported) == 1 and not any(name.strip() in one.names for one in named):
        return imported[0]
    return PersonId(one_named(named, name, by_note=True))


def project_of(analysis: AccountAnalysis, name: str) -> ProjectId:
    """The account's project that a typed name means."""
    if not analysis.projects:
        raise Refused(phrase("{account} has no project yet.", account=analysis.name))
    named = [Named(p.id, (p.name,), str(p.starts_on or "")) for p in analysis.projects]
    return ProjectId(one_named(named, name))
