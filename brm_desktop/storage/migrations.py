"""How the tables of a store came to be, step by step.

Migrations are appended, never edited, and use nothing of today's code, so that a store of any age
comes to the same schema. Each one ends by saying its version. Rows of synced tables carry their
audience, the clock of their fields (``clocks``) and, once deleted, what the deleter had seen. They
refer to each other without foreign keys, because a relation may arrive before its end (sync §1);
``check`` looks for dangling ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations: Final = Migrations("brm")

_FIRST: Final = """
    CREATE TABLE organisation (
        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, short_name TEXT NOT NULL,
        "kind" TEXT NOT NULL, parent TEXT, industry TEXT NOT NULL, region TEXT NOT NULL,
        size TEXT NOT NULL, website TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL,
        deleted TEXT
    ) STRICT;
    CREATE INDEX organisation_by_kind ON organisation ("kind");
    CREATE TABLE account (
        id TEXT PRIMARY KEY NOT NULL, organisation TEXT NOT NULL, tier TEXT NOT NULL,
        lifecycle TEXT NOT NULL, stage TEXT NOT NULL, owner TEXT, sponsor TEXT,
        expected_annual_spend_minor INTEGER, expected_annual_spend_currency TEXT,
        approach TEXT, coverage_model TEXT, second_count INTEGER NOT NULL,
        strategic_reason TEXT NOT NULL, screening TEXT NOT NULL,
        screening_reason TEXT NOT NULL, screened_on TEXT, audience TEXT NOT NULL,
        clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX account_by_organisation ON account (organisation);
    CREATE TABLE year_revenue (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, year INTEGER NOT NULL,
        revenue_minor INTEGER NOT NULL, revenue_currency TEXT NOT NULL, audience TEXT NOT NULL,
        clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX year_revenue_by_account ON year_revenue (account);
    CREATE TABLE department (
        id TEXT PRIMARY KEY NOT NULL, organisation TEXT NOT NULL, name TEXT NOT NULL,
        parent TEXT, "key" INTEGER NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL,
        deleted TEXT
    ) STRICT;
    CREATE INDEX department_by_organisation ON department (organisation);
    CREATE TABLE person (
        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, latin_name TEXT NOT NULL,
        organisation TEXT, department TEXT, title TEXT NOT NULL, phones TEXT NOT NULL,
        emails TEXT NOT NULL, wechat TEXT NOT NULL, birthday TEXT, adaptability TEXT NOT NULL,
        power INTEGER, influence INTEGER, veto INTEGER, sole_approver INTEGER, crucial INTEGER,
        "key" INTEGER, influence_asked_on TEXT, placeholder INTEGER NOT NULL, left_on TEXT,
        successor TEXT, non_sales INTEGER NOT NULL, notes TEXT NOT NULL,
        external_id TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX person_by_organisation ON person (organisation, deleted, left_on);
    CREATE TABLE reporting_line (
        id TEXT PRIMARY KEY NOT NULL, person TEXT NOT NULL, manager TEXT NOT NULL,
        "kind" TEXT NOT NULL, label TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL,
        deleted TEXT
    ) STRICT;
    CREATE INDEX reporting_line_by_person ON reporting_line (person);
    CREATE INDEX reporting_line_by_manager ON reporting_line (manager);
    CREATE TABLE influence (
        id TEXT PRIMARY KEY NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
        strength INTEGER, "kind" TEXT NOT NULL, basis TEXT NOT NULL, evidence TEXT NOT NULL,
        label TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX influence_by_source ON influence (source);
    CREATE INDEX influence_by_target ON influence (target);
    CREATE TABLE tie (
        id TEXT PRIMARY KEY NOT NULL, employee TEXT NOT NULL, person TEXT NOT NULL,
        closeness INTEGER NOT NULL, wanted INTEGER, contact_owner INTEGER NOT NULL,
        basis TEXT NOT NULL, evidence TEXT NOT NULL, audience TEXT NOT NULL,
        clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX tie_by_person ON tie (person);
    CREATE INDEX tie_by_employee ON tie (employee);
    CREATE TABLE assessment (
        id TEXT PRIMARY KEY NOT NULL, person TEXT NOT NULL, assessed_on TEXT NOT NULL,
        organisation TEXT, closeness INTEGER, solution INTEGER, price INTEGER,
        basis TEXT NOT NULL, evidence TEXT NOT NULL, author TEXT NOT NULL, stamp TEXT NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX assessment_by_person ON assessment (person);
    CREATE TABLE interaction (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, held_on TEXT NOT NULL,
        "kind" TEXT NOT NULL, people TEXT NOT NULL, summary TEXT NOT NULL,
        learnt TEXT NOT NULL, next_step TEXT NOT NULL, next_step_on TEXT,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX interaction_by_account ON interaction (account);
    CREATE TABLE project_type (
        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, wanted INTEGER NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE TABLE project (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, "type" TEXT,
        amount_minor INTEGER, amount_currency TEXT, business_line TEXT NOT NULL,
        starts_on TEXT, decided_on TEXT, outcome TEXT NOT NULL, lost_to TEXT,
        procurement TEXT NOT NULL, track TEXT NOT NULL, note TEXT NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX project_by_account ON project (account);
    CREATE TABLE chain_member (
        id TEXT PRIMARY KEY NOT NULL, project TEXT NOT NULL, person TEXT NOT NULL,
        roles TEXT NOT NULL, stance TEXT NOT NULL, contact TEXT NOT NULL, veto INTEGER,
        sole_approver INTEGER, note TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL,
        deleted TEXT
    ) STRICT;
    CREATE INDEX chain_member_by_project ON chain_member (project);
    CREATE INDEX chain_member_by_person ON chain_member (person);
    CREATE TABLE chain_link (
        id TEXT PRIMARY KEY NOT NULL, project TEXT NOT NULL, source TEXT NOT NULL,
        target TEXT NOT NULL, "kind" TEXT NOT NULL, label TEXT NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX chain_link_by_project ON chain_link (project);
    CREATE TABLE opportunity (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, project TEXT,
        origin TEXT NOT NULL, stage TEXT NOT NULL, amount_minor INTEGER, amount_currency TEXT,
        probability INTEGER, expected_close TEXT, outcome TEXT NOT NULL, closed_on TEXT,
        owner TEXT, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX opportunity_by_account ON opportunity (account);
    CREATE TABLE "action" (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, "text" TEXT NOT NULL, person TEXT,
        project TEXT, owner TEXT, due TEXT, state TEXT NOT NULL, audience TEXT NOT NULL,
        clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX action_by_account ON "action" (account);
    CREATE TABLE account_plan (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, year INTEGER NOT NULL,
        goal TEXT NOT NULL, value_proposition TEXT NOT NULL, success_factors TEXT NOT NULL,
        remarks TEXT NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX account_plan_by_account ON account_plan (account);
    CREATE TABLE team_member (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, employee TEXT NOT NULL,
        function TEXT NOT NULL, business_line TEXT NOT NULL, dotted INTEGER NOT NULL,
        from_on TEXT, to_on TEXT, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX team_member_by_account ON team_member (account);
    CREATE INDEX team_member_by_employee ON team_member (employee);
    CREATE TABLE placement (
        id TEXT PRIMARY KEY NOT NULL, canvas TEXT NOT NULL, person TEXT NOT NULL,
        x INTEGER NOT NULL, y INTEGER NOT NULL, pinned INTEGER NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX placement_by_canvas ON placement (canvas);
    CREATE TABLE site (
        site BLOB PRIMARY KEY NOT NULL, own INTEGER NOT NULL, device TEXT NOT NULL,
        rep TEXT NOT NULL, signing_key BLOB, sealing_key BLOB,
        applied_sequence INTEGER NOT NULL, applied_hash BLOB, status TEXT NOT NULL
    ) STRICT;
    CREATE TABLE history (
        number INTEGER PRIMARY KEY NOT NULL,
        site BLOB NOT NULL REFERENCES site (site), sequence INTEGER NOT NULL,
        operation BLOB NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL,
        "kind" TEXT NOT NULL, row TEXT NOT NULL,
        before TEXT, after TEXT, base TEXT, audience TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX history_by_sequence ON history (site, sequence);
    CREATE INDEX history_by_row ON history (row);
    CREATE INDEX history_by_operation ON history (operation);
    CREATE TABLE undo_step (
        step INTEGER PRIMARY KEY NOT NULL, operation BLOB NOT NULL, name TEXT NOT NULL,
        undone INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE setting ("key" TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
    CREATE TABLE conflict (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, field TEXT NOT NULL, value TEXT,
        stamp BLOB NOT NULL, PRIMARY KEY ("kind", row, field, stamp)
    ) STRICT;
    CREATE TABLE same_as (
        one TEXT NOT NULL, other TEXT NOT NULL, verdict TEXT NOT NULL, stamp BLOB NOT NULL,
        PRIMARY KEY (one, other)
    ) STRICT;
    CREATE TABLE bundle (
        digest BLOB PRIMARY KEY NOT NULL, site BLOB NOT NULL REFERENCES site (site),
        first_sequence INTEGER NOT NULL, last_sequence INTEGER NOT NULL, state TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT;
    CREATE TABLE unknown_field (
        "kind" TEXT NOT NULL, row TEXT NOT NULL, field TEXT NOT NULL, value TEXT,
        stamp BLOB NOT NULL, PRIMARY KEY ("kind", row, field)
    ) STRICT
"""


@migrations(name="0001_records_history_and_undo")
def _first(db: Database) -> None:
    for statement in _FIRST.split(";"):
        db.execute(statement)
    db.execute("PRAGMA application_id = 1112689969")
    db.execute("PRAGMA user_version = 1")


_REFERENCES: Final = (
    ("organisation", "parent"),
    ("organisation", "name"),
    ("account", "owner"),
    ("account", "sponsor"),
    ("department", "parent"),
    ("person", "department"),
    ("person", "successor"),
    ("assessment", "organisation"),
    ("project", "type"),
    ("project", "lost_to"),
    ("chain_link", "source"),
    ("chain_link", "target"),
    ("opportunity", "project"),
    ("opportunity", "owner"),
    ("action", "person"),
    ("action", "project"),
    ("action", "owner"),
    ("placement", "person"),
)


@migrations(name="0002_every_reference_is_found_by_an_index")
def _second(db: Database) -> None:
    for table, column in _REFERENCES:
        db.execute(
            f'CREATE INDEX {table}_by_{column} ON "{table}" ("{column}")'
            f' WHERE "{column}" IS NOT NULL'
        )
    db.execute("PRAGMA user_version = 2")


_CLAIMS: Final = """
    CREATE TABLE attitude (
        id TEXT PRIMARY KEY NOT NULL, project TEXT NOT NULL, person TEXT NOT NULL,
        stated_on TEXT NOT NULL, stance TEXT, contact TEXT, basis TEXT NOT NULL,
        evidence TEXT NOT NULL, author TEXT NOT NULL, stamp TEXT NOT NULL,
        audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX attitude_by_project ON attitude (project);
    CREATE INDEX attitude_by_person ON attitude (person);
    CREATE TABLE contribution (
        id TEXT PRIMARY KEY NOT NULL, account TEXT NOT NULL, employee TEXT NOT NULL,
        share INTEGER NOT NULL, audience TEXT NOT NULL, clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX contribution_by_account ON contribution (account);
    CREATE INDEX contribution_by_employee ON contribution (employee);
    CREATE TABLE snapshot (
        id TEXT PRIMARY KEY NOT NULL, subject TEXT NOT NULL, month TEXT NOT NULL,
        closeness INTEGER, solution INTEGER, price INTEGER,
        closeness_coverage INTEGER NOT NULL, solution_coverage INTEGER NOT NULL,
        price_coverage INTEGER NOT NULL, strong INTEGER NOT NULL, medium INTEGER NOT NULL,
        weak INTEGER NOT NULL, unscored INTEGER NOT NULL, strong_accounts INTEGER NOT NULL,
        medium_accounts INTEGER NOT NULL, weak_accounts INTEGER NOT NULL,
        unscored_accounts INTEGER NOT NULL, spend_minor INTEGER, spend_currency TEXT,
        potential_minor INTEGER, potential_currency TEXT, lower_bound INTEGER NOT NULL,
        people INTEGER NOT NULL, key_people INTEGER NOT NULL, audience TEXT NOT NULL,
        clock TEXT NOT NULL, deleted TEXT
    ) STRICT;
    CREATE INDEX snapshot_by_subject ON snapshot (subject)
"""


@migrations(name="0003_claims_contributions_and_snapshots")
def _third(db: Database) -> None:
    for statement in _CLAIMS.split(";"):
        db.execute(statement)
    _move_opinions(db)
    db.execute("UPDATE chain_member SET clock = json_remove(clock, '$.stance', '$.contact')")
    db.execute("ALTER TABLE chain_member DROP COLUMN stance")
    db.execute("ALTER TABLE chain_member DROP COLUMN contact")
    db.execute("PRAGMA user_version = 3")


_IDS_OF_RELATIONS: Final = UUID("6b1f3c52-7f0e-5d0a-9a51-0f5e6d2c8b17")
_NEVER: Final = bytes(16)
"""The stamp of what no edit is known to have set."""
_MOVED: Final = '{"phrase":"Date what was said of people on chains"}'


def _move_opinions(db: Database) -> None:
    """Make a claim of every stance and contact level, dated and signed by the edit that set it."""
    authors = dict(db.execute("SELECT DISTINCT operation, author FROM history").fetchall())
    claims = {_id_of_claim(one): (one, audience) for one, audience in _claims(db, authors)}
    if not claims:
        return
    (newest,) = db.execute("SELECT max(operation) FROM history").fetchone()
    (site,) = db.execute("SELECT site FROM site WHERE own = 1").fetchone()
    (last,) = db.execute(
        "SELECT coalesce(max(sequence), 0) FROM history WHERE site = ?", [site]
    ).fetchone()
    operation = (int.from_bytes((newest or _NEVER)[:8], "big") + 1).to_bytes(8, "big") + site
    for number, (row, (claim, audience)) in enumerate(claims.items(), last + 1):
        _write_claim(db, row, claim, audience, operation, number)


def _claims(db: Database, authors: dict[bytes, str]) -> Iterator[tuple[dict[str, Any], str]]:
    """What the members of chains that are not deleted are said to be, as claims."""
    members = db.execute(
        "SELECT project, person, audience, clock, stance, contact FROM chain_member"
        " WHERE deleted IS NULL AND (stance <> 'unknown' OR contact <> 'unknown') ORDER BY id"
    ).fetchall()
    for project, person, audience, clock, *said in members:
        stamps = json.loads(clock)
        claims: dict[tuple[str, str], dict[str, Any]] = {}
        for field, value in zip(("stance", "contact"), said, strict=True):
            if value == "unknown":
                continue
            stamp = stamps.get(field) or stamps.get("*") or _NEVER.hex()
            author = authors.get(bytes.fromhex(stamp), "")
            moment = datetime.fromtimestamp(int(stamp[:12], 16) / 1000, UTC)
            day = moment.astimezone().date().isoformat()  # the day it was where it was said
            claim = claims.setdefault(
                (author, day), {"project": project, "person": person, "stated_on": day}
            )
            claim |= {field: value, "author": author}
            claim["stamp"] = max(stamp, claim.get("stamp", ""))
        for claim in claims.values():
            yield claim, audience


def _id_of_claim(claim: dict[str, Any]) -> str:
    parts = (claim["author"], claim["person"], claim["project"], claim["stated_on"])
    return str(uuid5(_IDS_OF_RELATIONS, "|".join(("attitude", *parts))))


def _write_claim(
    db: Database, row: str, claim: dict[str, Any], audience: str, operation: bytes, number: int
) -> None:
    """Write a claim's row and its line of history."""
    author = claim["author"]
    order = ("project", "person", "stated_on", "stance", "contact")
    told = {name: claim[name] for name in order if name in claim} | {"basis": "assumed"}
    told |= {"author": author} if author else {}
    told |= {"stamp": claim["stamp"], "audience": audience}
    opinion = [claim.get(name) for name in order]
    patch = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    db.execute(
        "INSERT INTO attitude VALUES (?, ?, ?, ?, ?, ?, 'assumed', '', ?, ?, ?, ?, NULL)",
        [row, *opinion, author, claim["stamp"], audience, f'{{"*":"{operation.hex()}"}}'],
    )
    at = int.from_bytes(operation[:6], "big")
    db.execute(
        "INSERT INTO history"
        ' (site, sequence, operation, name, at, author, "kind", row, after, audience)'
        " VALUES (?, ?, ?, ?, ?, ?, 'attitude', ?, ?, ?)",
        [operation[8:], number, operation, _MOVED, at, author, row, patch, audience],
    )
