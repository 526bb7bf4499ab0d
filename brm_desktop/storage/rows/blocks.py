"""Reading many accounts at once, for what is computed of every one of them.

A page over all accounts needs each for a moment only. One query for each kind of a block of
accounts costs a small part of opening them one by one, and the database is free in between.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

from brm_desktop.domain.records import (
    Account,
    AccountId,
    Action,
    Assessment,
    Attitude,
    ChainMember,
    Department,
    Influence,
    Interaction,
    Opportunity,
    Organisation,
    Person,
    Project,
    Record,
    Records,
    ReportingLine,
    Review,
    Tie,
    YearRevenue,
)
from brm_desktop.storage.rows.loading import Reading, guests
from brm_desktop.storage.rows.mapping import TABLES, to_json

_ACCOUNTS: Final = "(SELECT value FROM json_each(:accounts))"
_HOMES: Final = f"(SELECT organisation FROM account WHERE id IN {_ACCOUNTS})"
_PEOPLE: Final = f"(SELECT id FROM person WHERE organisation IN {_HOMES})"
_PROJECTS: Final = f"(SELECT id FROM project WHERE account IN {_ACCOUNTS})"

NUMBERS: Final[tuple[tuple[type[Record], str], ...]] = (
    (Organisation, f"id IN {_HOMES}"),
    (Account, f"id IN {_ACCOUNTS}"),
    (YearRevenue, f"account IN {_ACCOUNTS}"),
    (Person, f"organisation IN {_HOMES}"),
    (ReportingLine, f"person IN {_PEOPLE}"),
    (Influence, f"target IN {_PEOPLE}"),
    (Tie, f"person IN {_PEOPLE}"),
    (Assessment, f"person IN {_PEOPLE}"),
    (Interaction, f"account IN {_ACCOUNTS}"),
    (Project, f"account IN {_ACCOUNTS}"),
    (ChainMember, f"project IN {_PROJECTS}"),
    (Attitude, f"project IN {_PROJECTS}"),
    (Review, f"account IN {_ACCOUNTS}"),
)
"""What the numbers of the portfolio are computed from: neither plans nor places on canvases."""


DUE: Final[tuple[tuple[type[Record], str], ...]] = (
    (Action, f"account IN {_ACCOUNTS}"),
    (Opportunity, f"account IN {_ACCOUNTS}"),
    (Department, f"organisation IN {_HOMES}"),
)
"""What is needed besides to tell what is due."""


def account_block(
    reading: Reading,
    accounts: Iterable[AccountId],
    known: Container[str] = frozenset(),
    *,
    due: bool = False,
) -> Records:
    """What the numbers of some accounts are computed from, with whoever else their lines lead to.

    With ``due`` what has a day to be done by is read, too.

    Of people elsewhere those that are ``known`` are left out, as are accounts there are not. The
    database is had for each kind anew, and only while its rows are fetched.
    """
    found: list[Record] = []
    values = {"accounts": to_json(sorted(accounts))}
    for kind, condition in (*NUMBERS, *(DUE if due else ())):
        table = TABLES[kind]
        with reading() as db:
            sql = f"{table.select} WHERE {condition} AND deleted IS NULL"
            rows = db.execute(sql, values).fetchall()
        found.extend(map(table.record, rows))
    return Records([*found, *guests(reading, found, known)])
