"""Opportunities, needs, reviews and what an account is selected by: what the fifth migration makes.

Columns that come to a table that there is say of its rows what a record that says nothing says.
"""

from __future__ import annotations

from typing import Final

ADDED: Final = (
    "opportunity ADD COLUMN business_lines TEXT NOT NULL DEFAULT '[]'",
    "opportunity ADD COLUMN owner_department TEXT",
    "opportunity ADD COLUMN lead TEXT",
    "opportunity ADD COLUMN sold_by TEXT",
    "opportunity ADD COLUMN referred_by TEXT",
    "opportunity ADD COLUMN from_line TEXT NOT NULL DEFAULT ''",
    "opportunity ADD COLUMN steps TEXT NOT NULL DEFAULT '[]'",
    "opportunity ADD COLUMN product TEXT NOT NULL DEFAULT ''",
    "opportunity ADD COLUMN opened_on TEXT",
    "opportunity ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    "account ADD COLUMN revenue_score INTEGER",
    "account ADD COLUMN potential_score INTEGER",
    "account ADD COLUMN demonstration_score INTEGER",
    "account ADD COLUMN winnable_score INTEGER",
    "account ADD COLUMN customer_type TEXT NOT NULL DEFAULT ''",
)

MADE: Final = """
    CREATE INDEX opportunity_by_owner_department ON opportunity (owner_department)
        WHERE owner_department IS NOT NULL;
    CREATE INDEX opportunity_by_referred_by ON opportunity (referred_by)
        WHERE referred_by IS NOT NULL;
    CREATE TABLE support_request (
        id TEXT PRIMARY KEY NOT NULL, opportunity TEXT NOT NULL, "text" TEXT NOT NULL,
        asked_of TEXT, asked_on TEXT, state TEXT NOT NULL, decided_on TEXT, note TEXT NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX support_request_by_opportunity ON support_request (opportunity);
    CREATE INDEX support_request_by_asked_of ON support_request (asked_of)
        WHERE asked_of IS NOT NULL;
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

MAY_BE_HIDDEN: Final = ("support_request", "product", "need", "review")
"""The tables made here; rows of all of them may come from others."""
