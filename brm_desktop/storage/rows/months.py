"""Which months are known of which accounts and companies, and from when on there is anything."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from brm_desktop.storage.rows.lines import MonthsLine
from brm_desktop.storage.rows.mapping import readable

if TYPE_CHECKING:
    from sqlite_utils import Database


def months(db: Database) -> list[MonthsLine]:
    """Every account, in name order, and every company with a snapshot; two queries."""
    known: dict[str, set[date]] = {}
    for subject, month in db.execute("SELECT subject, month FROM snapshot WHERE deleted IS NULL"):
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
