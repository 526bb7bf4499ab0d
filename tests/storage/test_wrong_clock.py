"""A clock that is wrong by a year or by decades: order, undo and copies stay as they should be."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from stores import a_clock, changed, data_cells, many_accounts, put

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Assessment, Person, PersonId
from brm_desktop.session.protection import (
    PLAIN,
    Passphrase,
    Protection,
)
from brm_desktop.session.session import Session
from brm_desktop.storage.copies.backups import BackupKind
from brm_desktop.storage.rows.clocks import read_clock

LI = Person(id=PersonId("li"), name="Li")
WORDS = "plum tree on the hill"


@pytest.fixture(params=["plain", "encrypted"])
def protection(request: pytest.FixtureRequest) -> Protection:
    """Plain stores and encrypted ones."""
    return PLAIN if request.param == "plain" else Passphrase(WORDS)


DAYS = (0, -365, 1, 400, -400, -1, 0)
"""Where the clock goes from one edit to the next, in days."""


@pytest.mark.parametrize("restarts", [False, True], ids=["within a run", "between runs"])
def test_with_a_clock_that_jumps_by_a_year_history_stays_in_order_and_undo_works(
    tmp_path: Path, protection: Protection, restarts: bool
) -> None:
    clock = a_clock()
    path = tmp_path / "sales.brm"
    secret = WORDS if isinstance(protection, Passphrase) else None
    session = Session.open(path, clock=clock, create=protection, secret=secret)
    put(session, LI)
    start = data_cells(session._store)
    for number, days in enumerate(DAYS):
        clock.now += timedelta(days=days)
        if restarts:
            session.close()
            session = Session.open(path, clock=clock, secret=secret)
        put(session, changed(session.records.find("li") or LI, notes=str(number)))
        session.back_up(BackupKind.DAILY)
        assert session.all_records().one(Person, "li").notes == str(number)
    with session._store._reading() as db:
        rows = db.execute("SELECT operation, sequence FROM history ORDER BY number").fetchall()
    assert [operation for operation, _ in rows] == sorted(operation for operation, _ in rows)
    assert [sequence for _, sequence in rows] == list(range(1, len(rows) + 1))
    newest = str(len(DAYS) - 1)
    (clocks,) = _row_clock(session)
    assert max(clocks.values()) == clocks["notes"]
    assert [line.when for line in session.history("li", limit=1)] == [clock.now]
    for _ in DAYS:
        assert session.undo() is not None
    assert data_cells(session._store) == start
    for _ in DAYS:
        assert session.redo() is not None
    assert session.all_records().one(Person, "li").notes == newest
    assert session.check() == []
    session.close()


def _row_clock(session: Session) -> list[dict[str, str]]:
    with session._store._reading() as db:
        return [read_clock(one).clock for (one,) in db.execute("SELECT clock FROM person")]


def test_a_statement_made_with_the_clock_a_year_back_is_of_that_day_and_the_newer_one_counts(
    tmp_path: Path,
) -> None:
    clock = a_clock()
    with Session.open(tmp_path / "sales.brm", clock=clock, create=PLAIN) as session:
        facts = many_accounts(1, 3)
        put(session, *facts)
        person = PersonId("Person 0000-00")
        session.edit(phrase("Assess"), edits.assess, person, closeness=80)
        clock.now -= timedelta(days=365)
        session.edit(phrase("Assess"), edits.assess, person, closeness=20)
        clock.now += timedelta(days=365)
        found = session.records.where(Assessment, person=person)
        assert {one.closeness for one in found} >= {80, 20}
        account = session.portfolio()[0].id
        assert session.analysis(account).scores is not None
        assert session.check() == []
        assert session.undo() is not None
        assert session.undo() is not None


def test_with_the_clock_decades_off_a_store_opens_and_takes_edits(
    tmp_path: Path,
) -> None:
    with Session.open(tmp_path / "sales.brm", clock=a_clock(), create=PLAIN) as session:
        put(session, LI)
    for year in (1970, 1999, 2038, 2100):
        with Session.open(tmp_path / "sales.brm", clock=a_clock(year=year)) as session:
            li = session.records.find("li")
            assert li is not None
            session.apply(phrase("Note"), Change.of([li], [changed(li, notes=str(year))]))
            assert len(session.history("li")) >= 2
            assert session.check() == []
