"""The command that imports tables."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import click

from brm_desktop.cli.opening import as_json, chosen_store, common, keep_apart, opened_or_made
from brm_desktop.cli.passphrases import new_passphrase
from brm_desktop.cli.speaking import SpokenCommand, option, say, say_json, tell
from brm_desktop.domain.kinds import kind_word
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.language import listed, number, tr, trn
from brm_desktop.session.importing import (
    DateOrder,
    Entries,
    Report,
    Subject,
    Wishes,
    import_files,
    needs_account,
    read_files,
    takes_account,
)
from brm_desktop.session.protection import FORGOTTEN, PLAIN, Protection
from brm_desktop.session.session import Session

REJECTED = 3
_LINES_TOLD: Final = 100

_SUBJECTS: Final[Mapping[Subject, Phrase]] = MappingProxyType(
    {
        Subject.PEOPLE: phrase("people"),
        Subject.REPORTING: phrase("reporting lines"),
        Subject.INFLUENCE: phrase("influences"),
        Subject.CHAIN: phrase("decision chains"),
        Subject.ACCOUNTS: phrase("accounts"),
        Subject.PROJECTS: phrase("projects"),
        Subject.OPPORTUNITIES: phrase("opportunities"),
        Subject.PRODUCTS: phrase("products"),
        Subject.EMPLOYEES: phrase("employees"),
    }
)
"""What the rows of a file are, said on a line; the window has the room to explain them."""

Pair = tuple[str, str]


def _pair(_context: click.Context, parameter: click.Parameter, given: Sequence[str]) -> list[Pair]:
    """The two sides of each ``LEFT=RIGHT``."""
    pairs = []
    for text in given:
        left, mark, right = text.partition("=")
        if not mark or not left.strip():
            raise click.BadParameter(
                tr("{text} must be written as {form}.", text=text, form=parameter.metavar)
            )
        pairs.append((left.strip(), right))
    return pairs


def _each_once(
    context: click.Context, parameter: click.Parameter, given: Sequence[str]
) -> dict[str, str]:
    """The two sides of each ``FIELD=…``, no field twice."""
    pairs = _pair(context, parameter, given)
    for field, count in Counter(field for field, _ in pairs).items():
        if count > 1:
            raise click.BadParameter(tr("{field} is given twice.", field=field))
    return dict(pairs)


def _word(
    _context: click.Context, parameter: click.Parameter, given: Sequence[str]
) -> list[tuple[str, str, str]]:
    """The three parts of each ``FIELD:FROM=TO``."""
    words = []
    for text in given:
        field, colon, rest = text.partition(":")
        before, mark, after = rest.partition("=")
        if not colon or not mark or not field.strip():
            raise click.BadParameter(
                tr("{text} must be written as {form}.", text=text, form=parameter.metavar)
            )
        words.append((field.strip(), before.strip(), after.strip()))
    return words


@click.command(
    "import",
    cls=SpokenCommand,
    help=phrase(
        "Import tables (CSV, also packed as .gz) of people, reporting lines, influences, decision"
        " chains, accounts, projects, opportunities, products or employees, as one step that can be"
        " undone. Refused rows are listed."
    ).text,
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE...",
)
@common
@option(
    "--account",
    metavar="NAME",
    about=phrase("The account the rows belong to; made when there is none."),
)
@option(
    "--as",
    "subject",
    type=click.Choice([subject.value for subject in Subject]),
    about=phrase("What the rows are; told from the columns when it is not said."),
)
@option(
    "--map",
    "columns",
    multiple=True,
    callback=_each_once,
    metavar="FIELD=COLUMN",
    about=phrase("Which column is which field; an empty column switches a field off."),
)
@option(
    "--set",
    "constants",
    multiple=True,
    callback=_each_once,
    metavar="FIELD=VALUE",
    about=phrase("What a field is in every row."),
)
@option(
    "--where",
    "rows",
    multiple=True,
    callback=_pair,
    metavar="COLUMN=VALUE",
    about=phrase("Only rows with this value; several values of one column are alternatives."),
)
@option(
    "--value",
    "words",
    multiple=True,
    callback=_word,
    metavar="FIELD:FROM=TO",
    about=phrase("What a cell of a field means; to nothing makes it blank."),
)
@option(
    "--dates",
    type=click.Choice([order.value for order in DateOrder]),
    about=phrase("The order of day, month and year."),
)
@option(
    "--encoding",
    metavar="NAME",
    about=phrase("The files' encoding, such as gb18030; found out when it is not said."),
)
@option(
    "--create-missing",
    is_flag=True,
    about=phrase("Make people and accounts that only a row names, instead of refusing it."),
)
@option("--plain", is_flag=True, about=phrase("Make a new store that is not encrypted."))
@option("--dry-run", is_flag=True, about=phrase("Change nothing; report what would be imported."))
@option(
    "--rejects",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    about=phrase("Write every refused row with its line and the reason to this CSV file."),
)
@as_json
def import_(
    files: tuple[Path, ...],
    store: Path | None,
    account: str | None,
    encoding: str | None,
    create_missing: bool,
    plain: bool,
    dry_run: bool,
    rejects: Path | None,
    as_json: bool,
    **wished: Any,
) -> int:
    """Import tables into a store."""
    wishes = _wishes(**wished)
    path = chosen_store(store)
    if rejects is not None:
        keep_apart(rejects, path, *files)
    read = read_files(files, wishes, encoding=encoding, account_named=account is not None)
    if account is None and needs_account(read):
        raise click.UsageError(tr("Say with --account NAME which account these rows are of."))
    known = path.exists()
    with _target(path, plain=plain, dry_run=dry_run) as session:
        report = import_files(
            session,
            read,
            account=account,
            create_missing=create_missing,
            dry_run=dry_run,
            rejects=rejects,
            back_up=known,
        )
    _tell_what_was_read(read, report)
    if account is not None and not takes_account(read):
        tell(
            tr(
                "--account {account} was not used: these rows are of no one account.",
                account=account,
            )
        )
    if as_json:
        say_json(_shape(report, read, dry_run=dry_run))
    else:
        _say_report(report, dry_run=dry_run)
    return REJECTED if report.refusals else 0


def _wishes(
    columns: dict[str, str],
    constants: dict[str, str],
    rows: list[Pair],
    words: list[tuple[str, str, str]],
    dates: str | None,
    subject: str | None,
) -> Wishes:
    """What the options say about the files."""
    return Wishes(
        columns,
        constants,
        tuple(rows),
        tuple(words),
        DateOrder(dates) if dates else None,
        Subject(subject) if subject else None,
    )


@contextmanager
def _target(path: Path, *, plain: bool, dry_run: bool) -> Iterator[Session]:
    """The store to import into; a dry run of a new one works on one that is thrown away."""

    def protection() -> Protection:
        if dry_run:
            return FORGOTTEN
        return PLAIN if plain else new_passphrase(path)

    with ExitStack() as stack:
        place = path
        if dry_run and not path.exists() and path.parent.is_dir():
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="brm-"))
            place = Path(folder) / path.name
        yield stack.enter_context(opened_or_made(place, protection))


def _tell_what_was_read(read: Sequence[Entries], report: Report) -> None:
    """Say how each file was taken and list the refused rows."""
    for entries in read:
        _tell_file(entries)
    for refusal in report.refusals:
        tell(
            tr(
                "{file}, line {line}: {reason}",
                file=refusal.file,
                line=refusal.row.line,
                reason=refusal.reason,
            )
        )
    for remark in report.remarks:
        tell(tr("{file}: {remark}", file=remark.file, remark=remark.sentence))


def _tell_file(entries: Entries) -> None:
    marks = {",": ",", ";": ";", "\t": tr("tab")}
    tell(
        tr(
            "{file}: {subject}, {encoding}, delimiter {mark}, rows {rows}",
            file=entries.file,
            subject=_SUBJECTS[entries.subject],
            encoding=entries.table.encoding,
            mark=marks[entries.table.delimiter],
            rows=len(entries.rows) + len(entries.overlong),
        )
    )
    if entries.unused:
        tell(
            tr("{file}: columns not used: {names}", file=entries.file, names=listed(entries.unused))
        )


def _say_report(report: Report, *, dry_run: bool) -> None:
    tally = report.tally
    say(
        tr(
            "Rows {read}: created {created}, updated {updated}, unchanged {unchanged},"
            " rejected {rejected}",
            read=number(tally.read),
            created=number(tally.created),
            updated=number(tally.updated),
            unchanged=number(tally.unchanged),
            rejected=number(tally.refused),
        )
    )
    in_part = len({(one.file, one.row.line) for one in report.refusals if one.in_part})
    if in_part:
        say(
            trn(
                "{n} of the rejected rows is in; only its link"
                " (manager, parent, whom it decides for) is not",
                "{n} of the rejected rows are in; only their links"
                " (manager, parent, whom they decide for) are not",
                in_part,
            )
        )
    for said, counts in ((tr("Created"), report.created), (tr("Updated"), report.updated)):
        if counts:
            kinds = [f"{tr(kind_word(kind))} {number(n)}" for kind, n in counts.items()]
            say(tr("{what}: {counts}", what=said, counts=kinds))
    if dry_run:
        say(tr("This was a dry run: nothing was changed."))


def _shape(report: Report, read: Sequence[Entries], *, dry_run: bool) -> dict[str, object]:
    tally = report.tally
    return {
        "created": dict(report.created),
        "updated": dict(report.updated),
        "unchanged": tally.unchanged,
        "rejected": [
            {
                "line": refusal.row.line,
                "reason": tr(refusal.reason),
                "file": refusal.file,
                "in_part": refusal.in_part,
            }
            for refusal in report.refusals
        ],
        "rows": {
            "read": tally.read,
            "created": tally.created,
            "updated": tally.updated,
            "unchanged": tally.unchanged,
            "rejected": tally.refused,
        },
        "remarks": [
            {
                "file": remark.file,
                "field": remark.field,
                "value": remark.value,
                "rows": remark.rows,
                "lines": list(remark.lines[:_LINES_TOLD]),
                "text": tr(remark.sentence),
                "nearest": remark.nearest,
            }
            for remark in report.remarks
        ],
        "files": [
            {
                "file": entries.file,
                "as": entries.subject.value,
                "encoding": entries.table.encoding,
                "delimiter": entries.table.delimiter,
                "unused": list(entries.unused),
            }
            for entries in read
        ],
        "dry_run": dry_run,
    }
