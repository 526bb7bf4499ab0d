"""Reading very many records so that nobody waits: a thousand at a time, others come in between.

The rows are made records of while the database is free. What is written meanwhile may be in what is
read or not; whoever wrote it tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from brm_desktop.domain.records import Person, Project, Record
from brm_desktop.storage.rows.lines import NameLine
from brm_desktop.storage.rows.loading import Reading, account_names
from brm_desktop.storage.rows.mapping import TABLES, to_json

_AT_ONCE: Final = 1_000
_ACCOUNTS_AT_ONCE: Final = 50
_OF_ACCOUNTS: Final = """
    FROM account JOIN organisation AS home ON home.id = account.organisation
    JOIN {named} AND named.deleted IS NULL
    WHERE account.id IN (SELECT value FROM json_each(:accounts)) AND account.deleted IS NULL
    LIMIT :most
"""
_NAMED: Final = (
    (
        Person,
        "SELECT named.id, named.name, named.title, account.id, home.name"
        + _OF_ACCOUNTS.format(named="person AS named ON named.organisation = home.id"),
    ),
    (
        Project,
        "SELECT named.id, named.name, '', account.id, home.name"
        + _OF_ACCOUNTS.format(named="project AS named ON named.account = account.id"),
    ),
)
"""How people and projects of some accounts are called, and in which."""


def kinds_in_pieces(
    reading: Reading, kinds: Iterable[type[Record]], at_once: int = _AT_ONCE
) -> Iterator[Record]:
    """Every record of some kinds that is not deleted, kind by kind in the order of ids."""
    for kind in kinds:
        table = TABLES[kind]
        sql = f"{table.select} WHERE id > :last AND deleted IS NULL ORDER BY id LIMIT {at_once}"
        last, full, shared = "", True, _Shared()
        while full:
            with reading() as db:
                rows = db.execute(sql, {"last": last}).fetchall()
            found = [table.record(shared.texts(row)) for row in rows]
            yield from found
            full = len(found) == at_once
            last = found[-1].id if found else last


def ids_in_pieces(
    reading: Reading, kind: type[Record], ids: Iterable[str], at_once: int = _AT_ONCE
) -> Iterator[Record]:
    """Those records of a kind that have one of the ids and are not deleted."""
    table, wanted, shared = TABLES[kind], sorted(ids), _Shared()
    sql = f"{table.select} WHERE id IN (SELECT value FROM json_each(:ids)) AND deleted IS NULL"
    for begin in range(0, len(wanted), at_once):
        with reading() as db:
            piece = to_json(wanted[begin : begin + at_once])
            rows = db.execute(sql, {"ids": piece}).fetchall()
        yield from map(table.record, map(shared.texts, rows))


def names_in_pieces(
    reading: Reading, most: int, at_once: int = _ACCOUNTS_AT_ONCE
) -> Iterator[NameLine]:
    """The people of all accounts, then their projects, at most so many."""
    with reading() as db:
        accounts = [account for account, *_ in account_names(db)]
    shared = _Shared()
    for kind, sql in _NAMED:
        for begin in range(0, len(accounts), at_once):
            piece = to_json(accounts[begin : begin + at_once])
            with reading() as db:
                rows = db.execute(sql, {"accounts": piece, "most": most}).fetchall()
            most -= len(rows)
            yield from (NameLine(kind, *shared.texts(row)) for row in rows)


class _Shared(dict[str, str]):
    """Texts that were read: what comes again, as the id of an account does, is held once."""

    def texts(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """A row with those of its texts that came before."""
        return tuple(self.setdefault(one, one) if type(one) is str else one for one in row)
