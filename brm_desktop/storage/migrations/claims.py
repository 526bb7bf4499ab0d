"""Claims, contributions and months: what the third migration makes, and what it moves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from sqlite_utils import Database

CLAIMS: Final = """
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

_IDS_OF_RELATIONS: Final = UUID("6b1f3c52-7f0e-5d0a-9a51-0f5e6d2c8b17")
_NEVER: Final = bytes(16)
"""The stamp of what no edit is known to have set."""
_MOVED: Final = '{"phrase":"Date what was said of people on chains"}'


def move_opinions(db: Database) -> None:
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
