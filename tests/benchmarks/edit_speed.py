"""B12: one edit, commit included, must not cost more the longer the history is."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter

from measuring import Reading, Readings, must, spoken, within
from stores import many_accounts

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session

SHORT, LONG = 1_000, 1_000_000
EDITS = 40
MOST = 0.010
FLAT = 1.5

_FILL = """
    WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < ?)
    INSERT INTO history
        (site, sequence, operation, name, at, author, "kind", row, before, after, base, audience)
    SELECT site, ? + n, operation, name, at, author, "kind", 'row ' || (n % 50000),
        '{"title":"x"}', '{"title":"y"}', base, audience
    FROM count, (SELECT * FROM history ORDER BY number DESC LIMIT 1)
"""


def measure(folder: Path) -> Readings:
    """The same edits in a short and in a long history, by turns."""
    sessions = [_session(folder / f"{rows}.brm", rows) for rows in (SHORT, LONG)]
    times: list[list[float]] = [[], []]
    for number in range(EDITS):
        for place in (0, 1) if number % 2 else (1, 0):
            times[place].append(_edit(sessions[place], number))
    for session in sessions:
        must(session.undo() is not None, "the edit cannot be undone")
        session.close()
    short, long = map(median, times)
    yield within("one edit with 1,000 rows of history", short, MOST)
    yield within("one edit with 1,000,000 rows of history", long, MOST)
    yield Reading(
        "1,000,000 rows against 1,000",
        spoken(long),
        f"itself: {spoken(short)}",
        f"{long / short:.3g}",
        f"≤ {FLAT}",
        long / short <= FLAT,
    )


def _session(path: Path, rows: int) -> Session:
    """A session on a store with so many rows of history."""
    session = Session.open(path, create=PLAIN)
    facts = many_accounts(1, 20)
    session.apply(phrase("Put"), Change.put(session.records, *facts))
    with session._store._writing() as db:
        (there, last) = db.execute("SELECT count(*), max(sequence) FROM history").fetchone()
        db.execute(_FILL, [rows - there, last])
    with session._store._reading() as db:
        must(db.execute("SELECT count(*) FROM history").fetchone() == (rows,), "history is short")
    return session


def _edit(session: Session, number: int) -> float:
    start = perf_counter()
    change = session.edit(
        phrase("Change the title"),
        edits.revise_person,
        PersonId("Person 0000-03"),
        title=f"Title {number}",
    )
    seconds = perf_counter() - start
    must(len(change.after) == 1, "the edit changed something else")
    return seconds
