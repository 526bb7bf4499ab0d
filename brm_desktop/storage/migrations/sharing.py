"""Sharing: what the fourth migration makes.

``sameness``, ``conflict`` and ``sharing_choice`` hold records. In a store: ``mirror`` is what the
asset was known to have of a row, ``outgoing`` what was sent and not acknowledged, ``left_over``
rows that were looked at and not sent, ``asset_link`` the asset, ``notice`` what it said. In an
asset: ``asset`` is its own keys and name, ``member`` how far it is with each site, ``inbound`` the
bundles that came, ``reach`` who may see a row by whose wish, ``row_version`` the change a row was
last touched by, ``change_made`` when that was, ``erased`` what is gone by request. In both:
``covered`` are stamps gone over whose writes have not arrived, ``unknown_field`` and
``unknown_row`` what newer versions wrote.
"""

from __future__ import annotations

from typing import Final

SHARED: Final = (
    "organisation",
    "account",
    "year_revenue",
    "department",
    "person",
    "reporting_line",
    "influence",
    "tie",
    "assessment",
    "interaction",
    "project_type",
    "project",
    "chain_member",
    "attitude",
    "chain_link",
    "opportunity",
    "action",
    "account_plan",
    "team_member",
    "contribution",
    "placement",
    "sameness",
    "conflict",
    "sharing_choice",
    "snapshot",
)
"""The tables whose rows may be hidden: what came from others, and what is about it."""

SHARING: Final = """
    DROP TABLE conflict;
    DROP TABLE same_as;
    DROP TABLE bundle;
    DROP TABLE unknown_field;
    CREATE TABLE sameness (
        id TEXT PRIMARY KEY NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL,
        "kind" TEXT NOT NULL, verdict TEXT NOT NULL, author TEXT NOT NULL, stamp TEXT NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX sameness_by_one ON sameness (one);
    CREATE INDEX sameness_by_other ON sameness (other);
    CREATE TABLE conflict (
        id TEXT PRIMARY KEY NOT NULL, "kind" TEXT NOT NULL, row TEXT NOT NULL,
        field TEXT NOT NULL, value TEXT NOT NULL, stamp TEXT NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX conflict_by_row ON conflict (row);
    CREATE INDEX conflict_open ON conflict (row) WHERE deleted IS NULL;
    CREATE TABLE sharing_choice (
        id TEXT PRIMARY KEY NOT NULL, subject TEXT NOT NULL, part TEXT NOT NULL,
        choice TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX sharing_choice_by_subject ON sharing_choice (subject);
    CREATE TABLE unknown_field (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
        stamp TEXT NOT NULL, PRIMARY KEY ("kind", row, field, stamp)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE unknown_row (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY ("kind", row)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE history ADD COLUMN origin BLOB;
    CREATE INDEX history_by_origin ON history (origin) WHERE origin IS NOT NULL;
    ALTER TABLE site ADD COLUMN rep_name TEXT NOT NULL DEFAULT '';
    ALTER TABLE site ADD COLUMN "role" TEXT NOT NULL DEFAULT '';
    ALTER TABLE site ADD COLUMN team TEXT NOT NULL DEFAULT '';
    ALTER TABLE site ADD COLUMN revoked_at INTEGER;
    CREATE TABLE covered (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, stamps TEXT NOT NULL,
        PRIMARY KEY ("kind", row)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE mirror (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL,
        PRIMARY KEY ("kind", row)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE outgoing (
        first_sequence INTEGER PRIMARY KEY NOT NULL, last_sequence INTEGER NOT NULL,
        digest TEXT NOT NULL, previous TEXT NOT NULL, made_at INTEGER NOT NULL,
        bundle BLOB NOT NULL
    ) STRICT;
    CREATE TABLE outgoing_operation (
        sequence INTEGER PRIMARY KEY NOT NULL, "kind" TEXT NOT NULL, row TEXT NOT NULL,
        operation TEXT NOT NULL
    ) STRICT;
    CREATE INDEX outgoing_operation_by_row ON outgoing_operation ("kind", row);
    CREATE TABLE left_over (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY ("kind", row)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE asset_link (
        one INTEGER PRIMARY KEY NOT NULL, asset TEXT NOT NULL, name TEXT NOT NULL,
        address TEXT NOT NULL, public_keys TEXT NOT NULL, private_keys BLOB NOT NULL,
        "role" TEXT NOT NULL, team TEXT NOT NULL, rep TEXT NOT NULL, "cursor" INTEGER NOT NULL,
        acknowledged INTEGER NOT NULL, sequence INTEGER NOT NULL, digest TEXT NOT NULL,
        looked_at INTEGER NOT NULL, lease_until INTEGER, sent_at INTEGER, pulled_at INTEGER,
        site TEXT NOT NULL
    ) STRICT;
    CREATE TABLE notice (
        number INTEGER PRIMARY KEY NOT NULL, trouble TEXT NOT NULL,
        first_sequence INTEGER NOT NULL, last_sequence INTEGER NOT NULL, at INTEGER NOT NULL,
        reason TEXT NOT NULL
    ) STRICT;
    CREATE TABLE asset ("key" TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
    CREATE TABLE invitation (
        code BLOB PRIMARY KEY NOT NULL, rep TEXT NOT NULL, rep_name TEXT NOT NULL,
        "role" TEXT NOT NULL, team TEXT NOT NULL, made_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL, used_by BLOB
    ) STRICT;
    CREATE TABLE member (
        site BLOB PRIMARY KEY NOT NULL, "cursor" INTEGER NOT NULL, behind INTEGER NOT NULL,
        former BLOB, enrolled_at INTEGER NOT NULL, seen_at INTEGER, replied INTEGER NOT NULL,
        replied_at INTEGER, lease_until INTEGER
    ) STRICT;
    CREATE TABLE inbound (
        site BLOB NOT NULL, first_sequence INTEGER NOT NULL, last_sequence INTEGER NOT NULL,
        digest BLOB NOT NULL, previous BLOB NOT NULL, received_at INTEGER NOT NULL,
        name TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (site, digest)
    ) STRICT;
    CREATE TABLE reach (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, site BLOB NOT NULL, audience TEXT NOT NULL,
        team TEXT NOT NULL, former TEXT NOT NULL, PRIMARY KEY ("kind", row, site)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE erased (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY ("kind", row)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE change_made (number INTEGER PRIMARY KEY NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE TABLE row_version (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, version INTEGER NOT NULL,
        PRIMARY KEY ("kind", row)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX row_version_by_version ON row_version (version)
"""
