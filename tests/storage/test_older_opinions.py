"""Stances and contact levels that an older store kept with the members of chains."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from stores import SITE, a_session, listing
from told import told

from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    AccountId,
    Attitude,
    Basis,
    ChainMember,
    ContactLevel,
    Person,
    PersonId,
    ProjectId,
    Role,
    Stance,
    right_id,
)
from brm_desktop.domain.stamp import Stamp
from brm_desktop.session.restoring import taken_back
from brm_desktop.session.session import Session
from brm_desktop.storage import migrations as ours
from brm_desktop.storage.copies.backups import BackupKind, backups_of
from brm_desktop.storage.driver import as_database, connect
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.own_schema import TODAYS_VERSION
from brm_desktop.storage.rows.lines import FieldChange

if TYPE_CHECKING:
    from sqlite_utils import Database

ME = "me"
ERP = ProjectId("erp")
MARCH = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
APRIL = datetime(2026, 4, 10, 8, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 2, 8, 0, tzinfo=UTC)
JUNE = datetime(2026, 6, 3, 8, 0, tzinfo=UTC)

Row = dict[str, Any]


def _stamp(moment: datetime) -> Stamp:
    return Stamp(int(moment.timestamp() * 1000), 0, SITE)


class _OldStore:
    """A store of schema 2, written with its own SQL."""

    def __init__(self, db: Database) -> None:
        self._db = db
        db.execute(
            "INSERT INTO site (site, own, device, rep, applied_sequence, status)"
            " VALUES (?, 1, '', '', 0, 'own')",
            [SITE.to_bytes(8, "big")],
        )
        self._sequence = 0

    def add(self, moment: datetime, author: str, table: str, row: Row) -> None:
        """A new row, said whole in history."""
        stamp = _stamp(moment)
        columns = self._db.table(table).columns
        values = {one.name: 0 if one.type == "INTEGER" else "" for one in columns if one.notnull}
        values |= {name: _cell(value) for name, value in row.items()}
        values |= {"audience": "private", "clock": json.dumps({"*": stamp.hex()})}
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        self._db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [*values.values()])
        patch = {name: value for name, value in row.items() if name != "id"}
        self._tell(moment, author, table, row["id"], None, patch | {"audience": "private"})

    def revise(
        self, moment: datetime, author: str, table: str, record: str, before: Row, after: Row
    ) -> None:
        """Fields of a row that get another value, one undo step."""
        for name, value in after.items():
            self._db.execute(
                f'UPDATE "{table}" SET "{name}" = ?, clock = json_set(clock, ?, ?) WHERE id = ?',
                [_cell(value), f"$.{name}", _stamp(moment).hex(), record],
            )
        self._tell(moment, author, table, record, before, after)
        self._db.execute(
            "INSERT INTO undo_step (operation, name, undone) VALUES (?, ?, 0)",
            [_stamp(moment).to_bytes(), json.dumps({"phrase": f"Change {record}"})],
        )

    def came_from_elsewhere(self, moment: datetime, record: str) -> None:
        """A member whose stance an edit set that this store's history does not hold."""
        self._db.execute(
            "UPDATE chain_member SET clock = json_set(clock, '$.stance', ?) WHERE id = ?",
            [Stamp(_stamp(moment).millis, 0, SITE + 1).hex(), record],
        )

    def remove(self, moment: datetime, table: str, record: str, before: Row) -> None:
        """A row that goes and leaves its tombstone."""
        by = json.dumps({"by": _stamp(moment).hex()})
        self._db.execute(f'UPDATE "{table}" SET deleted = ? WHERE id = ?', [by, record])
        self._tell(moment, "", table, record, before, None)

    def _tell(
        self,
        moment: datetime,
        author: str,
        table: str,
        record: str,
        before: Row | None,
        after: Row | None,
    ) -> None:
        self._sequence += 1
        stamp = _stamp(moment)
        patches = [None if patch is None else json.dumps(patch) for patch in (before, after)]
        told, site, edit = (table, record), SITE.to_bytes(8, "big"), '{"phrase":"Edit"}'
        self._db.execute(
            "INSERT INTO history (site, sequence, operation, name, at, author, kind, row, before,"
            " after, audience) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'private')",
            (site, self._sequence, stamp.to_bytes(), edit, stamp.millis, author, *told, *patches),
        )


def _cell(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list) else value


def _member(person: str, **fields: Any) -> Row:
    blank = {"roles": ["user"], "stance": "unknown", "contact": "unknown"}
    member = ChainMember(id="", project=ERP, person=PersonId(person))
    return {"id": right_id(member), "project": ERP, "person": person, **blank, **fields}


ANN, BOB, CY, DAN, EVE = (_member(name) for name in ("ann", "bob", "cy", "dan", "eve"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "old.brm"
    with closing(connect(path, "rwc")) as connection:
        db = as_database(connection)
        steps = ours.migrations._migrations[:2]
        for step in steps:
            step.fn(db)
        _note_applied(db, [step.name for step in steps])
        _fill(_OldStore(db))
    return path


def _note_applied(db: Database, names: list[str]) -> None:
    """What the library notes of migrations that were made."""
    from sqlite_utils.migrations import Migrations

    done = Migrations("brm")
    for name in names:
        done(name=name)(lambda _: None)
    done.apply(db)


def _fill(old: _OldStore) -> None:
    old.add(MARCH, ME, "organisation", {"id": "we", "name": "We", "kind": "own"})
    old.add(MARCH, ME, "organisation", {"id": "acme", "name": "Acme", "kind": "customer"})
    words = {"tier": "key", "lifecycle": "new", "stage": "acquire", "screening": "undecided"}
    old.add(
        MARCH, ME, "account", {"id": "a", "organisation": "acme", "second_count": False, **words}
    )
    marks = {"adaptability": "unknown", "placeholder": False, "non_sales": False}
    marks |= {"phones": [], "emails": []}
    for name in (ME, "ann", "bob", "cy", "dan", "eve"):
        home = "we" if name == ME else "acme"
        old.add(MARCH, ME, "person", {"id": name, "name": name, "organisation": home, **marks})
    state = {"outcome": "open", "track": "full"}
    old.add(MARCH, ME, "project", {"id": ERP, "account": "a", "name": "ERP", **state})
    for row, said in (
        (ANN, {"stance": "neutral", "contact": "brief", "veto": True}),
        (BOB, {"stance": "mentor"}),
        (CY, {}),
        (DAN, {"stance": "enemy"}),
        (EVE, {"stance": "enemy", "contact": "none"}),
    ):
        old.add(MARCH, ME, "chain_member", row | said)
    old.came_from_elsewhere(APRIL, BOB["id"])
    old.remove(JUNE, "chain_member", DAN["id"], DAN | {"stance": "enemy"})
    titles = ({"title": ""}, {"title": "CIO"})
    old.revise(APRIL, ME, "person", "ann", *titles)
    stances = ({"stance": "neutral"}, {"stance": "supporter"})
    old.revise(MAY, "", "chain_member", ANN["id"], *stances)


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    with a_session(path) as session:
        session.open_account(AccountId("a"))
        yield session


def _claims(session: Session) -> set[tuple[object, ...]]:
    found = session.records.all(Attitude).values()
    return {(c.person, c.stated_on, c.stance, c.contact, c.author, c.stamp) for c in found}


def test_each_becomes_a_claim_of_who_said_it_on_the_day_it_was_said(session: Session) -> None:
    march, may = _stamp(MARCH).hex(), _stamp(MAY).hex()
    elsewhere = Stamp(_stamp(APRIL).millis, 0, SITE + 1).hex()
    assert _claims(session) == {
        ("ann", date(2026, 5, 2), Stance.SUPPORTER, None, "", may),
        ("ann", date(2026, 3, 1), None, ContactLevel.BRIEF, ME, march),
        ("bob", date(2026, 4, 10), Stance.MENTOR, None, "", elsewhere),
        ("eve", date(2026, 3, 1), Stance.ENEMY, ContactLevel.NONE, ME, march),
    }
    for claim in session.records.all(Attitude).values():
        assert (claim.id, claim.basis, claim.project) == (right_id(claim), Basis.ASSUMED, ERP)
    now = attitude_on(session.records, ERP, PersonId("ann"), date(2026, 5, 2))
    assert (now.stance, now.contact) == (Stance.SUPPORTER, ContactLevel.BRIEF)


def test_nothing_else_of_the_members_is_lost_and_the_store_is_sound(session: Session) -> None:
    members = {one.person: one for one in session.records.all(ChainMember).values()}
    assert set(members) == {"ann", "bob", "cy", "eve"}
    assert (members[PersonId("ann")].roles, members[PersonId("ann")].veto) == ((Role.USER,), True)
    assert session.check() == []


def test_the_old_store_stays_beside_the_new(path: Path) -> None:
    LocalStore(path).close()
    assert list(listing(path.parent)) == ["old.brm", "old.brm.backups"]
    assert [one.kind for one in backups_of(path)] == [BackupKind.BEFORE_MIGRATION]


def test_the_old_history_still_tells_what_was_thought(session: Session) -> None:
    lines = session.history(ANN["id"])
    changes = [field for line in lines for field in line.fields if field.field == "stance"]
    assert changes == [
        FieldChange("stance", Stance.NEUTRAL, Stance.SUPPORTER),
        FieldChange("stance", None, Stance.NEUTRAL),
    ]
    (claim,) = (one for one in session.records.all(Attitude).values() if one.person == "bob")
    (line,) = session.history(claim.id)
    assert (line.author, line.name.text) == ("", "Date what was said of people on chains")


def test_what_is_kept_otherwise_by_now_is_taken_back_no_more(session: Session) -> None:
    with told(Refused, "was changed elsewhere since, so it stays as it is"):
        session.undo()
    assert str(session.undo()) == "Change ann"
    assert session.records.one(Person, "ann").title == ""
    assert len(_claims(session)) == 4
    assert session.check() == []


def test_a_project_with_older_opinions_is_taken_back_no_more(path: Path) -> None:
    with closing(connect(path, "rw")) as connection:
        connection.execute("DELETE FROM undo_step")
        connection.execute(
            "INSERT INTO undo_step (operation, name, undone) SELECT operation, name, 0"
            " FROM history WHERE kind = 'project'"
        )
        connection.execute("UPDATE history SET operation = zeroblob(16) WHERE kind <> 'project'")
        connection.commit()
    with a_session(path) as session:
        with told(Refused, "was changed elsewhere since, so it stays as it is"):
            session.undo()
        assert session.undo() is None
        assert len(session.all_records().all(Attitude)) == 4


def test_odd_rows_keep_a_store_from_nothing(path: Path) -> None:
    with closing(connect(path, "rw")) as connection:
        connection.execute("UPDATE chain_member SET clock = '{}' WHERE person = 'bob'")
        connection.execute("UPDATE chain_member SET project = 'gone' WHERE person = 'eve'")
        connection.execute(
            "UPDATE chain_member SET deleted = NULL, person = 'ann', clock ="
            " (SELECT clock FROM chain_member WHERE person = 'ann') WHERE person = 'dan'"
        )
        connection.execute("DELETE FROM history")
        connection.commit()
    with a_session(path) as session:
        found = session.all_records().all(Attitude).values()
        said = {(one.person, one.project, one.stance) for one in found}
    assert said == {
        ("ann", ERP, Stance.SUPPORTER),
        ("ann", ERP, None),
        ("bob", ERP, Stance.MENTOR),
        ("eve", "gone", Stance.ENEMY),
    }


def test_an_old_line_brings_back_what_still_has_its_place(session: Session) -> None:
    (gone,) = (line for line in session.history(DAN["id"]) if line.removed)
    session.edit(gone.name, taken_back, [gone])
    assert session.records.one(ChainMember, DAN["id"]).roles == (Role.USER,)
    stance = next(line for line in session.history(ANN["id"]) if not line.added)
    with told(Refused, "Nothing of this edit is left to take back"):
        session.edit(stance.name, taken_back, [stance])


def test_a_store_without_anything_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "empty.brm"
    with closing(connect(path, "rwc")) as connection:
        db = as_database(connection)
        steps = ours.migrations._migrations[:2]
        for step in steps:
            step.fn(db)
        _note_applied(db, [step.name for step in steps])
        _OldStore(db)
    with closing(LocalStore(path)) as store:
        assert store.check() == []
        assert store.schema == TODAYS_VERSION
