"""Commands of a rep about sharing: enrol, choose, see what would leave, send, take in, settle."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from brm_desktop.cli.asset import opened_asset
from brm_desktop.cli.asset_words import moment_told, tell_status, trouble_said
from brm_desktop.cli.opening import as_json, common, opened
from brm_desktop.cli.settling import MANAGER, UNSETTLED, conflicts, resolve
from brm_desktop.cli.sharing_told import (
    authors_of,
    dispute_shape,
    field_said,
    line_shape,
    outgoing_shape,
    say_outgoing,
    say_too_long,
    status_shape,
    trouble_shape,
)
from brm_desktop.cli.speaking import SpokenCommand, option, say, say_json, tell
from brm_desktop.domain import edits
from brm_desktop.domain.categories import Category
from brm_desktop.domain.disputes import Dispute, HiddenLine
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Choice
from brm_desktop.language import number, tr
from brm_desktop.session import syncing
from brm_desktop.session.doors import shown

_AGREED = ("y", "yes", "是")

_to = option(
    "--to",
    metavar="FOLDER|URL",
    default="",
    about=phrase(
        "The asset's folder, a stick, or postgresql://…; without it as in the invitation."
    ),
)
_from = option(
    "--from",
    "source",
    metavar="FOLDER|URL",
    default="",
    about=phrase(
        "The asset's folder, a stick, or postgresql://…; without it as in the invitation."
    ),
)
_account = option(
    "--account",
    metavar="NAME",
    about=phrase("The account: its id, its name, or the beginning of its name."),
)


@click.command(
    cls=SpokenCommand,
    help=phrase(
        "Take part in a shared asset with the invitation you were sent; without one, enrol again"
        " after a backup was restored."
    ).text,
)
@common
@click.argument(
    "invitation", required=False, type=click.Path(path_type=Path), metavar="[INVITATION]"
)
@option(
    "--address",
    metavar="FOLDER|URL",
    default="",
    about=phrase("Where the asset lies for this computer, if not as in the invitation."),
)
def enrol(store: Path | None, invitation: Path | None, address: str) -> None:
    """Take part in an asset."""
    with opened(store) as session:
        if invitation is None:
            syncing.renew(session)
        else:
            syncing.enrol(session, invitation, address)
        link = session.shared_store.link()
    tell(
        tr(
            "Asked to take part in {name}; the answer comes once its merger has run.",
            name="" if link is None else link.name,
        )
    )


@click.command(
    cls=SpokenCommand,
    help=phrase(
        "Choose how far the categories of an account go: structure=team notes=private …; without"
        " an account the default for all that have no choice. Without a choice, show them."
    ).text,
)
@common
@_account
@click.argument("chosen", nargs=-1, metavar="[CATEGORY=CHOICE]...")
@as_json
def share(store: Path | None, account: str | None, chosen: tuple[str, ...], as_json: bool) -> None:
    """Choose what is shared of an account."""
    wanted = [_choice(text) for text in chosen]
    with opened(store) as session:
        subject = AccountId("") if account is None else session.find_account(account)
        if subject:
            session.open_account(subject)
        for category, choice in wanted:
            session.edit(
                phrase("Share {category}", category=category),
                edits.set_policy,
                subject,
                category,
                choice,
            )
        held = {one: syncing.policy_of(session, subject, one) for one in Category}
    if as_json:
        say_json({"choices": {one.value: choice.value for one, choice in held.items()}})
    else:
        for one, choice in held.items():
            say(f"{one.value:12} {tr(choice)}")


@click.command(
    cls=SpokenCommand,
    help=phrase("Show every value that would leave now; nothing is written.").text,
)
@common
@_account
@as_json
def preview(store: Path | None, account: str | None, as_json: bool) -> None:
    """Show what would leave."""
    with opened(store) as session:
        only = session.find_account(account) if account else None
        prepared = syncing.prepare(session, only)
        records = session.all_records()
    if as_json:
        say_json(outgoing_shape(prepared))
    else:
        say_outgoing(prepared.outgoing)
        say_too_long(prepared, records)


@click.command(
    cls=SpokenCommand,
    help=phrase("Send what leaves, sealed, after it was shown and agreed to.").text,
)
@common
@_to
@option("--yes", is_flag=True, about=phrase("Send without being asked."))
@as_json
def export(store: Path | None, to: str, yes: bool, as_json: bool) -> None:
    """Send what leaves."""
    with opened(store) as session:
        prepared = syncing.prepare(session)
        if prepared.outgoing and not yes:
            say_outgoing(prepared.outgoing, out=tell)
            _require_agreement()
        say_too_long(prepared, session.all_records(), out=tell)
        done = syncing.export(session, prepared, to)
    if as_json:
        say_json(
            {
                "operations": done.operations,
                "bundles": done.bundles,
                "again": done.again,
                "summary": tr(prepared.outgoing.summary()),
            }
        )
        return
    if done.bundles:
        say(tr("Sent: {summary}", summary=prepared.outgoing.summary()))
    else:
        say(tr("There is nothing new to send."))
    if done.bundles and not done.is_taken_in:
        _tell_not_taken_in()
    if done.again:
        tell(tr("Sent again, since no answer has acknowledged it: {n}", n=number(done.again)))


@click.command(
    cls=SpokenCommand,
    help=phrase("Take in what colleagues shared; lists what is to be settled.").text,
)
@common
@_from
@as_json
def pull(store: Path | None, source: str, as_json: bool) -> int:
    """Take in what came."""
    with opened(store) as session:
        found = syncing.pull(session, source, progress=_tell_rows)
        session.show_written(found.written)
        unsettled = syncing.disputes_in(session)
        lines = syncing.hidden_lines(session)
        authors = authors_of(session, unsettled, lines)
    if as_json:
        say_json(
            {
                "answered": found.answered,
                "rows": found.rows,
                "erased": found.erased,
                "restamped": found.restamped,
                "went_back": found.went_back,
                "troubles": [trouble_shape(*one) for one in found.troubles],
                "conflicts": [dispute_shape(one, authors) for one in unsettled],
                "lines": [line_shape(one, authors) for one in lines],
            }
        )
    else:
        _say_pulled(found, unsettled, lines)
    return UNSETTLED if unsettled or lines else 0


@click.command(
    cls=SpokenCommand,
    help=phrase("How the store is with the asset: last sync, what waits, what was not taken.").text,
)
@common
@option(
    "--asset",
    "address",
    metavar="FOLDER|URL",
    about=phrase("Tell of a shared asset instead of a store; for whoever administers it."),
)
@option(
    "--database",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    about=phrase("The database of a folder's asset, where it is not in its usual place."),
)
@as_json
def status(store: Path | None, address: str | None, database: Path | None, as_json: bool) -> None:
    """Tell how far sharing is."""
    if address is not None:
        with opened_asset(address, database) as session_of_asset:
            tell_status(session_of_asset.status(), as_json=as_json)
        return
    with opened(store) as session:
        found = syncing.status(session)
        if found is None:
            pending = None
        else:
            pending = 0 if found.restored else len(syncing.prepare(session).outgoing.operations)
        shape = status_shape(found, pending, syncing.unsettled(session))
    if as_json:
        say_json(shape)
        return
    if found is None:
        say(tr("This store takes part in no shared asset."))
        return
    say(_where(found))
    say(tr("Last sent: {moment}", moment=moment_told(found.link.sent_at)))
    say(tr("Last taken in: {moment}", moment=moment_told(found.link.pulled_at)))
    say(tr("Waits to be sent: {n}", n=number(pending or 0)))
    say(tr("Sent and not acknowledged: {n}", n=number(found.unacknowledged)))
    say(tr("To be settled: {n}", n=str(shape["conflicts"])))
    for trouble, reason in found.troubles:
        say(tr("{name}: {what}", name=trouble_said(trouble.value), what=reason))
    if found.restored:
        tell(tr("This store was restored from a backup: run “sync enrol” to go on."))


def _where(found: syncing.SyncStatus) -> str:
    """The asset, and as whom the store takes part, once it was taken in."""
    name, address = found.link.name, shown(found.link.address)
    if not found.rep:
        return tr(
            "{name} ({address}), which has not taken this store in yet", name=name, address=address
        )
    return tr("{name}, as {rep} ({address})", name=name, rep=found.rep, address=address)


def _choice(text: str) -> tuple[Category, Choice]:
    category, _, choice = text.partition("=")
    try:
        return Category(category), Choice(choice)  # type: ignore[call-arg]  # by their values
    except ValueError:
        raise click.UsageError(
            tr(
                "“{text}” is no choice: write CATEGORY=CHOICE, a category being one of"
                " {categories}, a choice one of {choices}.",
                text=text,
                categories=", ".join(one.value for one in Category),
                choices=", ".join(one.value for one in Choice),
            )
        ) from None


def _require_agreement() -> None:
    """Ask whether it may be sent; raises ``Refused`` when nobody can answer."""
    if not _is_attended():
        raise Refused(phrase("Nothing was sent: say --yes to send it without being asked."))
    answer = click.prompt(tr("Send this? (yes or no)"), err=True)
    if answer.strip().casefold() not in _AGREED:
        raise click.Abort


def _is_attended() -> bool:
    return sys.stdin.isatty()


def _say_pulled(
    found: syncing.Pulled, unsettled: Iterable[Dispute], lines: Iterable[HiddenLine]
) -> None:
    if not found.answered:
        say(tr("There is no answer for this store yet: the asset's merger has not run since."))
        _tell_not_taken_in()
    elif found.went_back:
        say(
            tr(
                "The asset knows less than it had told, as after a backup was restored. It was told"
                " so: take in again once its merger has run."
            )
        )
    else:
        say(tr("Records taken in: {n}", n=number(found.rows)))
    if found.erased:
        say(tr("Records erased by request of the company: {n}", n=number(found.erased)))
    for _, reason in found.troubles:
        tell(tr(reason))
    if found.owing is not None:
        tell(tr(found.owing))
    if found.restamped:
        tell(tr("This computer's clock was ahead; what it stamped goes with the next export."))
    for one in unsettled:
        tell(tr("To be settled: {field} of {name}", field=field_said(one.field), name=one.title))
    for line in lines:
        tell(tr("To be settled: {field} of {name}", field=field_said(MANAGER), name=line.title))


def _tell_not_taken_in() -> None:
    """Tell a rep whom the asset has never answered that it may never do."""
    tell(
        tr(
            "The asset has not taken this store in yet, and merges nothing of it before. Should"
            " that last, ask who administers it: somebody else may have used the invitation."
        )
    )


def _tell_rows(rows: int) -> None:
    tell(tr("Looked through so far: {n}", n=number(rows)))


COMMANDS = (enrol, share, preview, export, pull, status, conflicts, resolve)
"""The commands of a rep that begin with ``sync``."""
