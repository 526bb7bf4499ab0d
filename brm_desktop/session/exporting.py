"""Data written to files: all of the store, or what belongs to one account."""

from __future__ import annotations

from pathlib import Path

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Department,
    Organisation,
    Person,
    Project,
    ProjectType,
    Record,
    Records,
    named_by,
)
from brm_desktop.session.session import Session

FORMATS = (".json", ".csv", ".graphml")

_THINGS = (Organisation, Account, Department, Person, ProjectType)


def export_data(session: Session, path: Path, account: AccountId | None = None) -> None:
    """Write data in the format that the file's ending names: JSON, CSV (people) or GraphML.

    Raises
    ------
    FileProblem
        When the ending names no format, or the file cannot be written.
    """
    ending = path.suffix.casefold()
    if ending not in FORMATS:
        raise FileProblem(
            phrase(
                "{file} must end in {endings}: the ending says the format.",
                file=path.name,
                endings=FORMATS,
            )
        )
    session.leave_supposing_first()
    records = _wanted(session, account)
    today, rules = session.today(), session.settings.rules
    if ending == ".json":
        from brm_desktop.exchange.plain_records import write_json

        write_json(path, records)
    elif ending == ".csv":
        from brm_desktop.exchange.people_table import write_people

        write_people(path, records, today, rules)
    else:
        from brm_desktop.exchange.graphs import write_graphml

        write_graphml(path, records, today, rules)


def _wanted(session: Session, account: AccountId | None) -> Records:
    if account is None:
        return session.all_records()
    session.open_account(account)
    return part_of(session.records, account)


def part_of(records: Records, account: AccountId) -> Records:
    """An account with all that is said of it, and those from outside whom that names."""
    home = records.one(Account, account).organisation
    core: dict[str, Record] = {account: records.one(Account, account)}
    core[home] = records.one(Organisation, home)
    for kind in (Department, Person):
        core |= {one.id: one for one in records.where(kind, organisation=home)}
    core |= {one.id: one for one in records.where(Project, account=account)}
    found = dict(core)
    for record in records:
        if not isinstance(record, _THINGS) and any(key in core for _, key in named_by(record)):
            found[record.id] = record
    _add_named(records, found)
    return Records(found.values())


def _add_named(records: Records, found: dict[str, Record]) -> None:
    """Add what the records name, and where those people work."""
    new = list(found.values())
    while new:
        named = {key for record in new for _, key in named_by(record)} - found.keys()
        new = [one for kind in _THINGS for key in named if (one := records.get(kind, key))]
        found.update((one.id, one) for one in new)
