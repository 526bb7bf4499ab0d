"""What is left of a damaged store: all that can be reached is saved, and said what is not."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest
from damaged import KEY, RECORDS, damage, filled, rows_of, what_is_left
from pages import PAGE, pages_of, reachable, roots, schema_pages
from stores import SITE, an_entry, listing
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import NewerStore, NotAStore, StoreDamaged, StoreProblem
from brm_desktop.domain.records import Person, Records, Tie
from brm_desktop.language import tr
from brm_desktop.storage.driver import connect, salt_of
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.keys.vault import unlock
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.salvaging.salvage import Salvaged, salvage
from brm_desktop.storage.salvaging.scanned import LostRows


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> StoreKey | None:
    found: StoreKey | None = request.param
    return found


@pytest.fixture
def path(tmp_path: Path, key: StoreKey | None) -> Path:
    return filled(tmp_path / "sales.brm", key)


def test_of_a_sound_store_everything_is_saved(path: Path, key: StoreKey | None) -> None:
    before = path.read_bytes()
    found, target = what_is_left(path, key)
    assert (found.lost, found.dropped, found.rebuilt) == ([], [], {})
    assert found.sentences() == []
    assert path.read_bytes() == before
    store = LocalStore(target, key)
    assert store.load_all() == RECORDS
    assert (store.check(), store.site) == ([], 5)
    assert store.step_to_undo() is not None
    assert found.counts == store.counts()
    store.close()
    assert sorted(listing(path.parent)) == ["sales.brm", "saved.brm"]


@pytest.mark.parametrize("seed", range(20))
def test_all_that_can_be_reached_is_saved_whatever_pages_are_damaged(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    path = filled(tmp_path / "sales.brm", None)
    whole = path.read_bytes()
    tables, listed = roots(path), schema_pages(whole)
    pages = [page for page in range(2, len(whole) // PAGE + 1) if page not in listed]
    damaged = set(chance.sample(pages, chance.randint(1, 12)))
    damage(path, *damaged, filler=bytes([chance.choice((0, 255, 65))]))
    found, target = what_is_left(path, None)
    there = rows_of(target, None, "history")
    assert there >= reachable(whole, tables["history"], damaged)
    with closing(connect(path, "immutable")) as connection:
        ids = {}
        for table in ("person", "influence", "organisation", "assessment"):
            reached = reachable(whole, tables[table], damaged)
            clean = tmp_path / "clean.brm"
            clean.write_bytes(whole)
            with closing(connect(clean, "immutable")) as sound:
                rows = sound.execute(f"SELECT rowid, id FROM {table}").fetchall()
            ids[table] = {one for row, one in rows if row in reached}
        assert connection is not None
    store = LocalStore(target)
    saved = {record.id for record in store.load_all()}
    for wanted in ids.values():
        assert saved >= wanted
    for record in store.load_all():
        assert RECORDS.get(type(record), record.id) == record, "nothing is made up"
    store.close()
    gone = {record.id for record in RECORDS} - saved
    assert not gone or found.lost


@pytest.mark.parametrize("seed", range(8))
def test_whatever_bytes_are_garbled_it_ends_with_a_store_or_a_sentence(
    tmp_path: Path, seed: int, key: StoreKey | None
) -> None:
    chance = random.Random(seed)
    path = filled(tmp_path / "sales.brm", key)
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 400)):
        content[chance.randrange(100, len(content))] = chance.randrange(256)
    path.write_bytes(content)
    try:
        _, target = what_is_left(path, key)
    except StoreProblem:
        assert not path.with_name("saved.brm").exists()
        return
    store = LocalStore(target, key)
    store.load_all()
    store.check()
    store.close()


def test_a_damaged_leaf_is_said_with_its_rows_and_built_again_from_history(
    tmp_path: Path,
) -> None:
    path = filled(tmp_path / "sales.brm", None)
    whole, root = path.read_bytes(), roots(path)["person"]
    every = reachable(whole, root, ())
    pages = [page for page in range(2, len(whole) // PAGE + 1) if page != root]
    leaf = next(page for page in pages if reachable(whole, root, {page}) != every)
    lost = every - reachable(whole, root, {leaf})
    damage(path, leaf)
    found, target = what_is_left(path, None)
    assert [(one.table, one.first, one.last, one.rows) for one in found.lost] == [
        ("person", min(lost), max(lost), len(lost))
    ]
    assert found.rebuilt == {"person": len(lost)}
    said = [tr(sentence) for sentence in found.sentences()]
    assert said[0].endswith(f"{len(lost)} could not be read (rows {min(lost)} to {max(lost)})")
    assert "built again from their history" in said[1]
    store = LocalStore(target)
    assert store.load_all() == RECORDS
    assert store.check() == []
    store.close()


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_page_of_an_encrypted_store_costs_only_its_rows(
    tmp_path: Path, seed: int
) -> None:
    path = filled(tmp_path / "sales.brm", KEY)
    damage(path, random.Random(seed).randrange(40, path.stat().st_size // PAGE))
    found, target = what_is_left(path, KEY)
    assert all(one.rows is None or one.rows < 100 for one in found.lost)
    store = LocalStore(target, KEY)
    if all(one.table != "history" and one.first is not None for one in found.lost):
        assert store.load_all() == RECORDS
    else:
        assert found.sentences()
    store.close()


def test_without_history_what_is_lost_is_lost(tmp_path: Path) -> None:
    path = filled(tmp_path / "sales.brm", None)
    whole, tables = path.read_bytes(), roots(path)
    damage(path, *pages_of(whole, tables["person"]), *pages_of(whole, tables["history"]))
    found, target = what_is_left(path, None)
    assert {one.table for one in found.lost} == {"person", "history"}
    store = LocalStore(target)
    assert store.load_all().all(Person) == {}
    assert store.step_to_undo() is None, "a step is not undone by halves"
    assert found.sentences()
    store.close()


def test_a_table_whose_first_page_is_gone_is_put_together_from_the_others(tmp_path: Path) -> None:
    path = filled(tmp_path / "sales.brm", None)
    tables = roots(path)
    damage(path, tables["person"], tables["history"])
    found, target = what_is_left(path, None)
    assert (found.lost, found.rebuilt) == ([], {})
    store = LocalStore(target)
    assert store.load_all() == RECORDS
    assert store.check() == []
    store.close()


@pytest.mark.parametrize("which", [0, 1, 2, 3, 4, 5])
def test_without_a_page_of_the_list_of_tables_nothing_is_lost(
    tmp_path: Path, key: StoreKey | None, which: int
) -> None:
    plain = filled(tmp_path / "plain.brm", None)
    page = sorted(schema_pages(plain.read_bytes()))[which]  # the encrypted one has one page more
    path = filled(tmp_path / "sales.brm", key)
    salt = salt_of(path)
    damage(path, page)
    target = tmp_path / "saved.brm"
    found = salvage(path, target, key, 5, key, salts=[salt])
    assert (found.lost, found.rebuilt, found.dropped) == ([], {}, [])
    store = LocalStore(target, key)
    assert store.load_all() == RECORDS
    assert store.check() == []
    assert store.step_to_undo() is not None
    store.close()
    assert sorted(listing(tmp_path)) == ["plain.brm", "sales.brm", "saved.brm"]


def test_rows_of_a_table_that_is_not_listed_any_more_are_found(tmp_path: Path) -> None:
    path = filled(tmp_path / "sales.brm", None)
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA writable_schema = on")
        connection.execute("DELETE FROM sqlite_schema WHERE tbl_name IN ('undo_step', 'person')")
        connection.commit()
    found, target = what_is_left(path, None)
    assert found.lost == []
    store = LocalStore(target)
    assert store.load_all() == RECORDS
    assert store.step_to_undo() is not None
    store.close()


def test_a_table_of_which_nothing_is_there_is_said_to_be_lost(tmp_path: Path) -> None:
    path = filled(tmp_path / "sales.brm", None)
    page = roots(path)["undo_step"]
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA writable_schema = on")
        connection.execute("DELETE FROM sqlite_schema WHERE tbl_name = 'undo_step'")
        connection.commit()
    damage(path, page)
    found, target = what_is_left(path, None)
    assert [(one.table, one.last, one.rows) for one in found.lost] == [("undo_step", None, None)]
    assert "nothing could be read" in tr(found.sentences()[0])
    LocalStore(target).close()


def test_what_is_only_in_the_log_is_saved_too(path: Path, key: StoreKey | None) -> None:
    store = LocalStore(path, key)
    store.write(Change.of([*RECORDS.all(Person).values()][:1], ()), an_entry(2))
    files = {name: content for name, content in listing(path.parent).items() if content}
    store.close()
    for name, content in files.items():
        (path.parent / name).write_bytes(content)
    assert path.with_name("sales.brm-wal").exists()
    found, target = what_is_left(path, key)
    assert found.counts["person"] == len(RECORDS.all(Person)) - 1
    assert path.with_name("sales.brm-wal").exists(), "the damaged store is left as it is"
    assert target.exists()


@pytest.mark.parametrize("filler", [b"\x00", b"\xff"])
def test_without_a_page_that_can_be_read_that_is_said_in_plain_words(
    path: Path, key: StoreKey | None, filler: bytes
) -> None:
    damage(path, *range(1, path.stat().st_size // PAGE + 1), filler=filler)
    before = listing(path.parent)
    with told(StoreDamaged, r"Nothing can be read from sales\.brm: restore a backup"):
        what_is_left(path, key)
    assert listing(path.parent) == before


def test_another_programs_file_and_a_newer_store_are_not_salvaged(tmp_path: Path) -> None:
    path = filled(tmp_path / "sales.brm", None)
    for pragma, kind in (("user_version = 9", NewerStore), ("application_id = 9", NotAStore)):
        with closing(connect(path, "rw")) as connection:
            connection.execute(f"PRAGMA {pragma}")
        with pytest.raises(kind):
            what_is_left(path, None)
        with closing(connect(path, "rw")) as connection:
            connection.execute("PRAGMA user_version = 3")


def test_a_file_that_is_there_is_not_written_over(path: Path, key: StoreKey | None) -> None:
    with told(StoreProblem, r"There is a file sales\.brm already"):
        salvage(path, path, key, 5, key)


def test_the_records_of_the_tests_are_many() -> None:
    assert isinstance(RECORDS, Records)
    assert len(RECORDS.all(Person)) > 140


def test_what_was_garbled_is_left_out_and_what_history_knows_is_built_again(
    tmp_path: Path,
) -> None:
    path = filled(tmp_path / "sales.brm", None)
    ids = sorted(RECORDS.all(Person))[:6]
    with closing(connect(path, "rw")) as connection:
        for sql, record in (
            ("UPDATE person SET birthday = 'soon' WHERE id = ?", ids[0]),
            ("UPDATE person SET clock = 'noon' WHERE id = ?", ids[1]),
            ('UPDATE person SET clock = \'{"x":"0"}\' WHERE id = ?', ids[2]),
            ("DELETE FROM person WHERE id = ?", ids[3]),
            ("UPDATE history SET name = 'no phrase' WHERE row = ?", ids[4]),
            ("UPDATE history SET after = '{\"name\":[1]}' WHERE row = ?", ids[5]),
            ("DELETE FROM person WHERE id = ?", ids[5]),
        ):
            connection.execute(sql, [record])
        connection.execute("INSERT INTO setting VALUES ('theme', 'not json')")
        connection.commit()
    found, target = what_is_left(path, None)
    assert found.lost == []
    assert found.rebuilt == {"person": 2}, "also the garbled one, whose history is whole"
    assert len(found.dropped) == 3
    store = LocalStore(target)
    saved = store.load_all().all(Person)
    assert saved.keys() == RECORDS.all(Person).keys() - {ids[5]}
    assert all(RECORDS.one(Person, key) == person for key, person in saved.items())
    assert store.step_to_undo() is None, "a line of its history is gone"
    store.close()


def test_a_deleted_record_is_not_brought_back(tmp_path: Path) -> None:
    path = filled(tmp_path / "sales.brm", None)
    gone = next(iter(RECORDS.all(Person).values()))
    store = LocalStore(path)
    store.write(Change.of([gone], ()), an_entry(2))
    store.close()
    with closing(connect(path, "rw")) as connection:
        connection.execute("DELETE FROM person WHERE id = ?", [gone.id])
        connection.commit()
    found, _ = what_is_left(path, None)
    assert found.rebuilt == {}


def test_losses_are_said_as_well_as_they_are_known() -> None:
    lost = [LostRows("person", 1, 2, None), LostRows("person", 3, None, None)]
    said = [tr(sentence) for sentence in Salvaged(lost=lost).sentences()]
    assert said[0].endswith("rows 1 to 2 could not be read, as far as there were any")
    assert said[1].endswith("nothing could be read from row 3 on")


def test_the_new_store_is_locked_away_under_the_passphrase(tmp_path: Path) -> None:
    path = filled(tmp_path / "sales.brm", KEY)
    target = tmp_path / "saved.brm"
    fresh = StoreKey(bytes(32))
    salvage(path, target, KEY, 5, fresh, "correct horse battery")
    assert unlock(target, salt_of(target), "correct horse battery") == fresh
    LocalStore(target, fresh).close()


def test_a_view_without_end_in_the_place_of_a_table_is_not_read(tmp_path: Path) -> None:
    path = filled(tmp_path / "sales.brm", None)
    endless = "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x FROM n) SELECT x FROM n"
    with closing(connect(path, "rw")) as connection:
        connection.execute("DROP TABLE setting")
        connection.execute(f"CREATE VIEW setting AS {endless}")
        connection.commit()
    found = salvage(path, tmp_path / "saved.brm", None, SITE + 1, None)
    assert found.lost == [LostRows("setting", None, None, None)]
    assert found.counts["person"] == 145


def test_a_column_that_computes_is_left_out(tmp_path: Path) -> None:
    path = filled(tmp_path / "sales.brm", None)
    with closing(connect(path, "rw")) as connection:
        connection.execute("ALTER TABLE tie ADD COLUMN ruin TEXT AS (hex(zeroblob(9)))")
        connection.commit()
    found = salvage(path, tmp_path / "saved.brm", None, SITE + 1, None)
    assert found.lost == []
    assert found.counts["tie"] == len(RECORDS.all(Tie))
    assert LocalStore(tmp_path / "saved.brm").check() == []
