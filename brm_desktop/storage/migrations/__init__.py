"""How the tables of a store came to be, step by step.

Migrations are appended, never edited, and use nothing of today's code, so that a store of any age
comes to the same schema. Each one ends by saying its version. Rows of synced tables carry their
audience, the clock of their fields (``clocks``) and, once deleted, what the deleter had seen. They
refer to each other without foreign keys, because a relation may arrive before its end (sync §1);
``check`` looks for dangling ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlite_utils.migrations import Migrations

from brm_desktop.storage.migrations.claims import CLAIMS, move_opinions
from brm_desktop.storage.migrations.portfolio import HIDDEN, MADE, NAMED, remake
from brm_desktop.storage.migrations.records import RECORDS, REFERENCES
from brm_desktop.storage.migrations.sharing import SHARED, SHARING
from brm_desktop.storage.migrations.touching import TOUCHED

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations: Final = Migrations("brm")


@migrations(name="0001_records_history_and_undo")
def _first(db: Database) -> None:
    for statement in RECORDS.split(";"):
        db.execute(statement)
    db.execute("PRAGMA application_id = 1112689969")
    db.execute("PRAGMA user_version = 1")


@migrations(name="0002_every_reference_is_found_by_an_index")
def _second(db: Database) -> None:
    for table, column in REFERENCES:
        db.execute(
            f'CREATE INDEX {table}_by_{column} ON "{table}" ("{column}")'
            f' WHERE "{column}" IS NOT NULL'
        )
    db.execute("PRAGMA user_version = 2")


@migrations(name="0003_claims_contributions_and_snapshots")
def _third(db: Database) -> None:
    for statement in CLAIMS.split(";"):
        db.execute(statement)
    move_opinions(db)
    db.execute("UPDATE chain_member SET clock = json_remove(clock, '$.stance', '$.contact')")
    db.execute("ALTER TABLE chain_member DROP COLUMN stance")
    db.execute("ALTER TABLE chain_member DROP COLUMN contact")
    db.execute("PRAGMA user_version = 3")


@migrations(name="0004_sharing")
def _fourth(db: Database) -> None:
    for statement in SHARING.split(";"):
        db.execute(statement)
    for table in SHARED:
        hidden = """deleted GLOB '{"hidden*'"""
        db.execute(f'CREATE INDEX {table}_hidden ON "{table}" (id) WHERE {hidden}')
    db.execute("PRAGMA user_version = 4")


@migrations(name="0005_opportunities_needs_and_reviews")
def _fifth(db: Database) -> None:
    remake(db)
    for statement in MADE.split(";"):
        db.execute(statement)
    for table, column in NAMED:
        db.execute(
            f'CREATE INDEX {table}_by_{column} ON "{table}" ("{column}")'
            f' WHERE "{column}" IS NOT NULL'
        )
    for table in HIDDEN:
        hidden = """deleted GLOB '{"hidden*'"""
        db.execute(f'CREATE INDEX {table}_hidden ON "{table}" (id) WHERE {hidden}')
    db.execute("PRAGMA user_version = 5")


@migrations(name="0006_what_a_change_touched_is_a_log")
def _sixth(db: Database) -> None:
    for statement in TOUCHED.split(";"):
        db.execute(statement)
    db.execute("PRAGMA user_version = 6")
