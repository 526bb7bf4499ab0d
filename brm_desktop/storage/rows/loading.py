"""Reading records: the shared part, one account's working set, everything; all by indexes.

What is loaded of an account never depends on how many others there are. Relations are found by
their ends whether the ends are still there or not, so that what was kept on purpose when a person
was removed comes back with the person.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.records import (
    KINDS,
    Account,
    AccountId,
    AccountPlan,
    Action,
    Assessment,
    Attitude,
    ChainLink,
    ChainMember,
    Conflict,
    Contribution,
    Department,
    Influence,
    Interaction,
    Money,
    Need,
    Opportunity,
    Organisation,
    Person,
    Placement,
    Product,
    Project,
    ProjectType,
    Record,
    Records,
    ReportingLine,
    Review,
    Sameness,
    SharingChoice,
    Snapshot,
    SupportRequest,
    TeamMember,
    Tie,
    YearRevenue,
)
from brm_desktop.storage.rows.lines import AccountLine, PersonLine
from brm_desktop.storage.rows.mapping import TABLES, Table, readable, to_json

if TYPE_CHECKING:
    from brm_desktop.storage.driver import Reader

Reading = Callable[[], AbstractContextManager["Reader"]]
"""How one comes to the database for a moment."""

_ORGANISATION: Final = "(SELECT organisation FROM account WHERE id = :account)"
_PEOPLE: Final = f"(SELECT id FROM person WHERE organisation = {_ORGANISATION})"
_PROJECTS: Final = "(SELECT id FROM project WHERE account = :account)"
_OPPORTUNITIES: Final = "(SELECT id FROM opportunity WHERE account = :account)"
_PARENTS: Final = f"""(
    WITH RECURSIVE up (id) AS (
        VALUES ({_ORGANISATION})
        UNION SELECT parent FROM organisation JOIN up USING (id) WHERE parent IS NOT NULL
    ) SELECT id FROM up
)"""

_Parts = tuple[tuple[type[Record], str], ...]

_OF_ACCOUNT: Final[_Parts] = (
    (Organisation, f"id IN {_PARENTS}"),
    (Account, "id = :account"),
    (YearRevenue, "account = :account"),
    (Department, f"organisation = {_ORGANISATION}"),
    (Person, f"organisation = {_ORGANISATION}"),
    (ReportingLine, f"person IN {_PEOPLE}"),
    (ReportingLine, f"manager IN {_PEOPLE}"),
    (Influence, f"source IN {_PEOPLE}"),
    (Influence, f"target IN {_PEOPLE}"),
    (Tie, f"person IN {_PEOPLE}"),
    (Assessment, f"person IN {_PEOPLE}"),
    (Interaction, "account = :account"),
    (Project, "account = :account"),
    (ChainMember, f"project IN {_PROJECTS}"),
    (Attitude, f"project IN {_PROJECTS}"),
    (ChainLink, f"project IN {_PROJECTS}"),
    (Opportunity, "account = :account"),
    (SupportRequest, f"opportunity IN {_OPPORTUNITIES}"),
    (Action, "account = :account"),
    (AccountPlan, "account = :account"),
    (Need, "account = :account"),
    (Review, "account = :account"),
    (TeamMember, "account = :account"),
    (Contribution, "account = :account"),
    (Snapshot, "subject = :account"),
    (Placement, "canvas = :account"),
    (Placement, f"canvas IN {_PROJECTS}"),
    (Placement, f"canvas IN {_PEOPLE}"),
)

_OTHERS: Final = "(SELECT id FROM organisation WHERE kind IN ('own', 'competitor', 'partner'))"
_OTHERS_PEOPLE: Final = f"(SELECT id FROM person WHERE organisation IN {_OTHERS})"
_OF_ALL: Final[_Parts] = (
    (Organisation, f"id IN {_OTHERS}"),
    (Department, f"organisation IN {_OTHERS}"),
    (Person, f"organisation IN {_OTHERS}"),
    (Person, "organisation IS NULL"),
    (ReportingLine, f"person IN {_OTHERS_PEOPLE}"),
    (Tie, f"person IN {_OTHERS_PEOPLE}"),
    (ProjectType, "true"),
    (Product, "true"),
    (Snapshot, f"subject IN {_OTHERS}"),
)


def _with_sharing(parts: _Parts) -> _Parts:
    """What makes up a part of the store, and what sharing has to say of it.

    Of most stores it is little or nothing, and then nothing else is asked for it.
    """
    ids = " UNION ALL ".join(
        f'SELECT id FROM "{TABLES[kind].name}" WHERE {condition}' for kind, condition in parts
    )
    return (
        *parts,
        (Sameness, f"EXISTS (SELECT 1 FROM sameness) AND one IN ({ids})"),
        (Sameness, f"EXISTS (SELECT 1 FROM sameness) AND other IN ({ids})"),
        (
            Conflict,
            "EXISTS (SELECT 1 FROM conflict WHERE deleted IS NULL)"
            f" AND deleted IS NULL AND row IN ({ids})",
        ),
        (SharingChoice, f"EXISTS (SELECT 1 FROM sharing_choice) AND subject IN ({ids})"),
    )


PARTS: Final[_Parts] = _with_sharing(_OF_ACCOUNT)
"""What makes up an account, as conditions on each kind's table."""
SHARED_PARTS: Final[_Parts] = (*_with_sharing(_OF_ALL), (SharingChoice, "subject = ''"))
"""What every account needs: whoever is no customer, ours' ties to partners, types of projects,
products, companies' months."""


def shared_records(db: Reader) -> Records:
    """Our own, competitors' and partners' organisations and people, project types, products."""
    return Records(_of_parts(db, SHARED_PARTS, {}))


def account_records(reading: Reading, account: AccountId) -> Records:
    """The working set of one account, with whoever else its lines and chains lead to.

    Empty when there is no such account. The database is had for each kind anew, and only while its
    rows are fetched, so that others come to it between.
    """
    found: list[Record] = []
    for kind, condition in PARTS:
        table = TABLES[kind]
        with reading() as db:
            sql = f"{table.select} WHERE {condition} AND deleted IS NULL"
            rows = db.execute(sql, {"account": account}).fetchall()
        found.extend(map(table.record, rows))
    records = Records(found)
    if not records.all(Account):
        return Records()
    return records.with_changes((), guests(reading, records, frozenset()))


def guests(reading: Reading, records: Iterable[Record], known: Container[str]) -> list[Record]:
    """Whoever some records name that is neither among them nor known, and their organisations."""
    missing = people_missing(records, known)
    if not missing:
        return []
    with reading() as db:
        return _with_homes(db, missing, {record.id for record in records}, known)


def people_missing(records: Iterable[Record], known: Container[str]) -> set[str]:
    """Whoever some records name that is neither among them nor known."""
    here = {record.id for record in records}
    return {name for name in _people_named(records) if name not in here and name not in known}


def _with_homes(
    db: Reader, ids: Iterable[str], here: set[str], known: Container[str]
) -> list[Record]:
    """Some people, and those of their organisations that are neither here nor known."""
    people: list[Person] = by_ids(db, TABLES[Person], ids)
    homes = {
        person.organisation
        for person in people
        if person.organisation and person.organisation not in known
    }
    return [*people, *by_ids(db, TABLES[Organisation], homes - here)]


def belonging(db: Reader, records: Iterable[Record], accounts: Iterable[AccountId]) -> set[str]:
    """The ids of those stored records that are of the shared part or of one of the accounts."""
    ids: dict[type[Record], list[str]] = {}
    for record in records:
        ids.setdefault(type(record), []).append(record.id)
    found: set[str] = set()
    wanted = {kind: to_json(of_kind) for kind, of_kind in ids.items()}
    for account in ("", *accounts):
        for kind, condition in PARTS if account else SHARED_PARTS:
            if kind in wanted:
                rows = db.execute(
                    f'SELECT id FROM "{TABLES[kind].name}" WHERE {condition}'
                    " AND id IN (SELECT value FROM json_each(:ids))",
                    {"ids": wanted[kind], "account": account},
                )
                found.update(key for (key,) in rows)
    return found


def all_records(db: Reader) -> Records:
    """Everything that is not deleted."""
    return Records(chain.from_iterable(rows_of(db, kind) for kind in KINDS))


def rows_of(db: Reader, kind: type[Record]) -> Iterator[Record]:
    """The records of one kind that are not deleted, one by one."""
    return read_where(db, kind, "true", {})


def read_where(
    db: Reader, kind: type[Record], condition: str, values: dict[str, Any]
) -> Iterator[Record]:
    """The records of one kind that fulfil a condition and are not deleted."""
    table = TABLES[kind]
    return _read(db, table, f"{table.select} WHERE {condition} AND deleted IS NULL", values)


def by_ids(db: Reader, table: Table[Any], ids: Iterable[str]) -> list[Any]:
    """Those records of a table that have one of the ids and are not deleted."""
    wanted = sorted(ids)
    if not wanted:
        return []
    sql = f"{table.select} WHERE id IN (SELECT value FROM json_each(:ids)) AND deleted IS NULL"
    return list(_read(db, table, sql, {"ids": to_json(wanted)}))


def counts(db: Reader) -> dict[str, int]:
    """How many records of each kind are not deleted, by the name of the table."""
    return {
        table.name: db.execute(
            f'SELECT count(*) FROM "{table.name}" WHERE deleted IS NULL'
        ).fetchone()[0]
        for table in TABLES.values()
    }


def portfolio(db: Reader) -> list[AccountLine]:
    """Every account, in one query.

    Here and below names stand by the numbers of their signs, which gives one order and no more:
    the order in which people read them is that of ``domain.spelling``.
    """
    rows = db.execute(
        """
        SELECT account.id, home.id, home.name, home.short_name, account.tier, account.lifecycle,
            account.screening, home.industry, home.region,
            account.expected_annual_spend_minor, account.expected_annual_spend_currency,
            account.owner, coalesce(owner.name, '')
        FROM account
        JOIN organisation AS home ON home.id = account.organisation
        LEFT JOIN person AS owner ON owner.id = account.owner AND owner.deleted IS NULL
        WHERE account.deleted IS NULL
        ORDER BY home.name, account.id
        """
    )
    return [_account_line(row) for row in rows]


def account_names(db: Reader) -> list[tuple[AccountId, str, str]]:
    """Id, name and short name of every account, in the same order."""
    return list(
        db.execute(
            """
            SELECT account.id, home.name, home.short_name
            FROM account JOIN organisation AS home ON home.id = account.organisation
            WHERE account.deleted IS NULL ORDER BY home.name, account.id
            """
        )
    )


def people_lines(db: Reader, account: AccountId, today: date) -> list[PersonLine]:
    """What the people of an account who have not left by a day may be called; one query."""
    rows = db.execute(
        f"""
        SELECT id, name, title, external_id FROM person
        WHERE organisation = {_ORGANISATION} AND deleted IS NULL
            AND (left_on IS NULL OR left_on > :today)
        ORDER BY name, id
        """,
        {"account": account, "today": today.isoformat()},
    )
    return [PersonLine(*row) for row in rows]


def _account_line(row: tuple[Any, ...]) -> AccountLine:
    account, organisation, name, short_name, tier, lifecycle, screening = row[:7]
    industry, region, minor, currency, owner, owner_name = row[7:]
    words = TABLES[Account].codes
    with readable("account", account):
        return AccountLine(
            id=account,
            organisation=organisation,
            name=name,
            short_name=short_name,
            tier=words["tier"].from_plain(tier),
            lifecycle=words["lifecycle"].from_plain(lifecycle),
            screening=words["screening"].from_plain(screening),
            industry=industry,
            region=region,
            spend=None if currency is None else Money(minor, currency),
            owner=owner,
            owner_name=owner_name,
        )


def _of_parts(
    db: Reader, parts: Iterable[tuple[type[Record], str]], values: dict[str, str]
) -> Iterator[Record]:
    for kind, condition in parts:
        yield from read_where(db, kind, condition, values)


def _read(db: Reader, table: Table[Any], sql: str, values: dict[str, Any]) -> Iterator[Record]:
    for row in db.execute(sql, values):
        yield table.record(row)


def _people_named(records: Iterable[Record]) -> set[str]:
    """The ids of all people that some records name."""
    named: set[str | None] = set()
    for record in records:
        for code in TABLES[type(record)].people:
            value = getattr(record, code.name)
            named.update(value if isinstance(value, tuple) else (value,))
    return {name for name in named if name is not None}
