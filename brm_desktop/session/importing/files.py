"""An import from start to end: read the files, decide, and make it one step of the session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Ambiguous, NotFound, Refused, StoreProblem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Records
from brm_desktop.exchange.headers import OF_NO_ACCOUNT, Subject
from brm_desktop.exchange.mapping import Entries, Wishes, entries_of
from brm_desktop.exchange.table_writing import write_table
from brm_desktop.exchange.tables import read_tables
from brm_desktop.session.importing.deciding import Aim, decide
from brm_desktop.session.importing.report import Report
from brm_desktop.session.session import Session, Written
from brm_desktop.storage.copies.backups import BackupKind
from brm_desktop.storage.copies.copying import Stopped, never

_OF_ANY_ACCOUNT: Final = frozenset({Subject.ACCOUNTS, Subject.PROJECTS, Subject.OPPORTUNITIES})

_OF_NO_ACCOUNT: Final = frozenset({Subject.ACCOUNTS, Subject.PRODUCTS, Subject.EMPLOYEES})


def read_files(
    paths: Sequence[Path],
    wishes: Wishes,
    *,
    encoding: str | None = None,
    account_named: bool = True,
) -> tuple[Entries, ...]:
    """Read the files of one import, before anything is opened or decided.

    Raises
    ------
    FileProblem
        When one of them cannot be read, or a wish fits nothing in it.
    """
    return tuple(
        entries_of(table, wishes, account_named=account_named)
        for table in read_tables(paths, encoding)
    )


def needs_account(files: Sequence[Entries]) -> bool:
    """Whether an account must be named, because rows of some file do not say theirs."""
    return any(not OF_NO_ACCOUNT.get(one.subject, frozenset()) & one.fields for one in files)


def takes_account(files: Sequence[Entries]) -> bool:
    """Whether rows of some file can be of the account that is named for them."""
    return any(one.subject not in _OF_NO_ACCOUNT for one in files)


def import_files(
    session: Session,
    files: Sequence[Entries],
    *,
    account: str | None = None,
    create_missing: bool = False,
    dry_run: bool = False,
    rejects: Path | None = None,
    back_up: bool = False,
) -> Report:
    """Decide on files that were read and make the result one undo step, unless it is a dry run.

    ``account`` is an id, a name or a unique beginning of one; an account that is not there is made,
    unless no row could be of it. The refused rows are written to ``rejects`` first, also by a dry
    run. With ``back_up`` a backup is made before anything is changed.

    Raises
    ------
    Problem
        When the account is ambiguous, or the store or ``rejects`` cannot be written; then nothing
        has changed.
    """
    session.leave_supposing_first()
    names = tuple(line.name for line in session.portfolio())
    aim = Aim(create_missing=create_missing, customers=names, currency=session.settings.currency)
    if account is not None and takes_account(files):
        aim = _aimed(session, account, aim)
    elif needs_account(files):
        raise Refused(phrase("Say with --account which account these rows are of."))
    report = decide(records_for(session, files), session.act(), files, aim)
    if rejects is not None:
        write_refusals(rejects, files, report)
    if not dry_run:
        if back_up and report.change:
            back_up_first(session)
        session.apply(name_of_import(files), report.change)
    return report


def write_import(
    session: Session,
    name: Phrase,
    change: Change,
    check: Callable[[], object],
    stopped: Stopped,
) -> Written:
    """Make a backup, write what an import decided and show it to nobody; for a worker.

    ``check`` raises when the user stopped it, ``stopped`` says so. Raises ``StoreProblem``; then
    nothing has changed.
    """
    session.leave_supposing_first()
    if change:
        try:
            back_up_first(session, stopped)
        except StoreProblem:
            check()
            raise
    return session.write(name, change, check)


def back_up_first(session: Session, stopped: Stopped = never) -> None:
    """Make the backup without which nothing is imported; raises ``StoreProblem``."""
    try:
        session.back_up(BackupKind.BEFORE_IMPORT, stopped)
    except StoreProblem as problem:
        raise type(problem)(
            phrase("Nothing was imported. {reason}", reason=problem.sentence)
        ) from problem


def name_of_import(files: Sequence[Entries]) -> Phrase:
    """What an import is called in the history and in undo."""
    return phrase("Import {files}", files=", ".join(entries.file for entries in files))


def _aimed(session: Session, account: str, aim: Aim) -> Aim:
    try:
        found = session.find_account(account)
    except Ambiguous:
        raise
    except NotFound:
        return Aim(None, account, aim.create_missing, aim.customers, aim.currency)
    session.open_account(found)
    return Aim(found, "", aim.create_missing, aim.customers, aim.currency)


def records_for(session: Session, files: Sequence[Entries]) -> Records:
    """What the files may speak of: everything when their rows may be of any account."""
    if any(one.subject in _OF_ANY_ACCOUNT or "account" in one.fields for one in files):
        return session.all_records()
    return session.records


def write_refusals(path: Path, files: Sequence[Entries], report: Report) -> None:
    """Write each refused row with its file, line and reason, and the cells as they were.

    Raises
    ------
    FileProblem
        When the file cannot be written; one that was there stays as it was.
    """
    from brm_desktop.language import tr

    columns = list(dict.fromkeys(name for entries in files for name in entries.table.columns))
    headers = {entries.file: entries.table.columns for entries in files}
    rows = []
    for refusal in report.refusals:
        cells = dict(zip(headers[refusal.file], refusal.row.cells, strict=False))
        extra = refusal.row.cells[len(headers[refusal.file]) :]
        row = [refusal.row.line, tr(refusal.reason), refusal.file]
        rows.append([*row, *(cells.get(name, "") for name in columns), *extra])
    write_table(path, ["line", "reason", "file", *columns], rows)
