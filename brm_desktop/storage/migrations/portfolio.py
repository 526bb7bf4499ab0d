"""Opportunities, needs, reviews and what an account is selected by: what the fifth migration makes.

Two tables are made anew rather than given columns, so that every row has all its cells in the order
of the fields; of the rows that are there the new fields say what a record does that says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

_REMADE: Final = {
    "account": """
        id TEXT PRIMARY KEY NOT NULL, organisation TEXT NOT NULL, tier TEXT NOT NULL,
        lifecycle TEXT NOT NULL, stage TEXT NOT NULL, owner TEXT, sponsor TEXT,
        expected_annual_spend_minor INTEGER, expected_annual_spend_currency TEXT,
        approach TEXT, coverage_model TEXT, second_count INTEGER NOT NULL,
        strategic_reason TEXT NOT NULL, screening TEXT NOT NULL,
        screening_reason TEXT NOT NULL, screened_on TEXT, revenue_score INTEGER,
        potential_score INTEGER, demonstration_score INTEGER, winnable_score INTEGER,
        customer_type TEXT NOT NULL DEFAULT '', audience TEXT NOT NULL, clock TEXT NOT NULL,
        deleted TEXT
    """,
    "opportunity": """
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, project TEXT,
        origin TEXT NOT NULL, stage TEXT NOT NULL, amount_minor INTEGER, amount_currency TEXT,
        probability INTEGER, expected_close TEXT, outcome TEXT NOT NULL, closed_on TEXT,
        owner TEXT, business_lines TEXT NOT NULL DEFAULT '[]', owner_department TEXT, lead TEXT,
        sold_by TEXT, referred_by TEXT, from_line TEXT NOT NULL DEFAULT '',
        steps TEXT NOT NULL DEFAULT '[]', product TEXT NOT NULL DEFAULT '', opened_on TEXT,
        note TEXT NOT NULL DEFAULT '', audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    """,
}

MADE: Final = """
    CREATE INDEX account_by_organisation ON account (organisation);
    CREATE INDEX opportunity_by_account ON opportunity (account);
    CREATE TABLE support_request (
        id TEXT PRIMARY KEY NOT NULL, opportunity TEXT NOT NULL, "text" TEXT NOT NULL,
        asked_of TEXT, asked_on TEXT, state TEXT NOT NULL, decided_on TEXT, note TEXT NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX support_request_by_opportunity ON support_request (opportunity);
    CREATE TABLE product (
        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, series TEXT NOT NULL,
        price_minor INTEGER, price_currency TEXT,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE TABLE need (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, horizon TEXT NOT NULL,
        "kind" TEXT NOT NULL, statement TEXT NOT NULL, capability INTEGER, gap TEXT NOT NULL,
        "action" TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX need_by_account ON need (account);
    CREATE TABLE review (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, "kind" TEXT NOT NULL,
        held_on TEXT NOT NULL, author TEXT NOT NULL, remarks TEXT NOT NULL,
        how_managed TEXT NOT NULL, coverage TEXT NOT NULL, strategy TEXT NOT NULL,
        evaluation TEXT NOT NULL, account_qualified INTEGER, seller_qualified INTEGER,
        management_qualified INTEGER, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX review_by_account ON review (account)
"""

NAMED: Final = (
    ("account", "owner"),
    ("account", "sponsor"),
    ("opportunity", "project"),
    ("opportunity", "owner"),
    ("opportunity", "owner_department"),
    ("opportunity", "referred_by"),
    ("support_request", "asked_of"),
)
"""What may be named and need not be; by index as in the second migration."""

HIDDEN: Final = ("account", "opportunity", "support_request", "product", "need", "review")
"""The tables made here, whose rows may all be hidden; by index as in the fourth migration."""


def remake(db: Database) -> None:
    """Make the tables anew whose records have more fields now, with their rows and no index."""
    for table, columns in _REMADE.items():
        former = [row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()]
        there = ", ".join(former)
        db.execute(f"ALTER TABLE {table} RENAME TO former_{table}")
        db.execute(f"CREATE TABLE {table} ({columns}) STRICT")
        db.execute(
            f"INSERT INTO {table} ({there}) SELECT {there} FROM former_{table} ORDER BY rowid"
        )
        db.execute(f"DROP TABLE former_{table}")
