"""Which months are known of which accounts and companies, and from when on there is anything.

A month that was taken while the clock was ahead had not ended then. Nobody knows at once whether a
clock is ahead now or was behind before; but a month that has ended, and was taken at a moment still
to come, is wrong either way and counts as unknown.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from brm_desktop.domain.stamp import Stamp
from brm_desktop.storage.rows.lines import MonthsLine
from brm_desktop.storage.rows.mapping import readable

if TYPE_CHECKING:
    from brm_desktop.storage.driver import Reader


def months(db: Reader, millis: int) -> list[MonthsLine]:
    """Every account, in name order, and every company with a snapshot; three queries.

    ``millis`` is the moment it is, since 1970; months taken later than that are left out.
    """
    early = _taken_after(db, millis)
    known: dict[str, set[date]] = {}
    for key, subject, month in db.execute(
        "SELECT id, subject, month FROM snapshot WHERE deleted IS NULL"
    ):
        if key in early:
            continue
        with readable("snapshot", subject):
            known.setdefault(subject, set()).add(date.fromisoformat(month))
    accounts = db.execute(
        """
        SELECT account.id, min(assessment.assessed_on)
        FROM account JOIN organisation AS home ON home.id = account.organisation
        LEFT JOIN person ON person.organisation = home.id AND person.deleted IS NULL
        LEFT JOIN assessment ON assessment.person = person.id AND assessment.deleted IS NULL
        WHERE account.deleted IS NULL
        GROUP BY account.id ORDER BY home.name, account.id
        """
    ).fetchall()
    lines = []
    for subject, first in accounts:
        with readable("account", subject):
            assessed = None if first is None else date.fromisoformat(first)
        months_known = frozenset(known.pop(subject, ()))
        lines.append(
            MonthsLine(subject, is_account=True, first_assessed=assessed, months=months_known)
        )
    companies = (
        MonthsLine(subject, is_account=False, first_assessed=None, months=frozenset(found))
        for subject, found in sorted(known.items())
    )
    return [*lines, *companies]


def _taken_after(db: Reader, millis: int) -> frozenset[str]:
    """The ids of records that were last written at a moment still to come.

    Stamps never go back, so that those of such an edit and of all later ones are ahead of the clock
    too: while it never was wrong, their index has nothing to read.
    """
    now = Stamp(millis, 0, 0).to_bytes()
    last = "SELECT row, at, max(operation) FROM history WHERE operation > ? GROUP BY row"
    return frozenset(row for row, at, _ in db.execute(last, [now]) if at > millis)
