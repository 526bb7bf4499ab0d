"""Which months are known of which accounts and companies, and from when on there is anything.

A month that was taken while the clock was ahead had not ended then. Nobody knows at once whether a
clock is ahead now or was behind before; but a month that has ended, and was taken at a moment still
to come, is wrong either way and counts as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from brm_desktop.domain.stamp import Stamp
from brm_desktop.storage.rows.lines import MonthsLine
from brm_desktop.storage.rows.loading import Reading, account_names
from brm_desktop.storage.rows.mapping import readable, to_json

if TYPE_CHECKING:
    from brm_desktop.storage.driver import Reader

_SNAPSHOTS_AT_ONCE: Final = 1_000
_ACCOUNTS_AT_ONCE: Final = 100
"""So few are read at once that an edit need not wait for them."""


def months(reading: Reading, millis: int) -> list[MonthsLine]:
    """Every account, in name order, and every company with a snapshot.

    ``millis`` is the moment it is, since 1970; months taken later than that are left out. The
    database is free between two pieces of what is read.
    """
    with reading() as db:
        early = _taken_after(db, millis)
        accounts = [account for account, *_ in account_names(db)]
    known: dict[str, set[date]] = {}
    for key, subject, month in _snapshots(reading):
        if key not in early:
            with readable("snapshot", subject):
                known.setdefault(subject, set()).add(date.fromisoformat(month))
    lines = []
    for place in range(0, len(accounts), _ACCOUNTS_AT_ONCE):
        piece = accounts[place : place + _ACCOUNTS_AT_ONCE]
        first = _first_assessed(reading, piece)
        for account in piece:
            with readable("account", account):
                told = first.get(account)
                assessed = None if told is None else date.fromisoformat(told)
            kept = frozenset(known.pop(account, ()))
            lines.append(MonthsLine(account, is_account=True, first_assessed=assessed, months=kept))
    companies = (
        MonthsLine(subject, is_account=False, first_assessed=None, months=frozenset(found))
        for subject, found in sorted(known.items())
    )
    return [*lines, *companies]


def _snapshots(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Id, subject and month of every snapshot."""
    sql = (
        "SELECT id, subject, month FROM snapshot WHERE id > ? AND deleted IS NULL"
        f" ORDER BY id LIMIT {_SNAPSHOTS_AT_ONCE}"
    )
    last, full = "", True
    while full:
        with reading() as db:
            rows = db.execute(sql, [last]).fetchall()
        yield from rows
        full = len(rows) == _SNAPSHOTS_AT_ONCE
        last = rows[-1][0] if rows else last


def _first_assessed(reading: Reading, accounts: Sequence[str]) -> dict[str, str | None]:
    """The day of the first statement about anyone of some accounts."""
    sql = """
        SELECT account.id, min(assessment.assessed_on)
        FROM account
        JOIN person ON person.organisation = account.organisation AND person.deleted IS NULL
        JOIN assessment ON assessment.person = person.id AND assessment.deleted IS NULL
        WHERE account.id IN (SELECT value FROM json_each(?))
        GROUP BY account.id
        """
    with reading() as db:
        return dict(db.execute(sql, [to_json(accounts)]).fetchall())


def _taken_after(db: Reader, millis: int) -> frozenset[str]:
    """The ids of records that were last written at a moment still to come.

    Stamps never go back, so that those of such an edit and of all later ones are ahead of the clock
    too: while it never was wrong, their index has nothing to read.
    """
    now = Stamp(millis, 0, 0).to_bytes()
    last = "SELECT row, at, max(operation) FROM history WHERE operation > ? GROUP BY row"
    return frozenset(row for row, at, _ in db.execute(last, [now]) if at > millis)
