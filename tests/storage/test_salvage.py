from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import PAGE, pages_of, reachable, roots, schema_pages
from stores import SITE, an_entry, everything, listing, many_accounts
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

KEY = StoreKey(bytes(range(32)))
RECORDS = many_accounts(12, 12)


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> StoreKey | None:
    found: StoreKey | None = request.param
    return found


def _filled(path: Path, key: StoreKey | None) -> Path:
    store = LocalStore.create(path, SITE, key)
    store.write(Change.of((), RECORDS), an_entry())
    store.close()
    return path


@pytest.fixture
def path(tmp_path: Path, key: StoreKey | None) -> Path:
    return _filled(tmp_path / "sales.brm", key)


def _damage(path: Path, *pages: int, filler: bytes = b"\xff") -> None:
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : page * PAGE] = (filler * PAGE)[:PAGE]
    path.write_bytes(content)


def _saved(path: Path, key: StoreKey | None) -> tuple[Salvaged, Path]:
    target = path.with_name("saved.brm")
    target.unlink(missing_ok=True)
    return salvage(path, target, key, 5, key), target


def _rows(path: Path, key: StoreKey | None, table: str) -> set[int]:
    with closing(connect(path, "immutable", key)) as connection:
        return {row for (row,) in connection.execute(f"SELECT number FROM {table}")}


def test_of_a_sound_store_everything_is_saved(path: Path, key: StoreKey | None) -> None:
    before = path.read_bytes()
    found, target = _saved(path, key)
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
    path = _filled(tmp_path / "sales.brm", None)
    whole = path.read_bytes()
    tables, listed = roots(path), schema_pages(whole)
    pages = [page for page in range(2, len(whole) // PAGE + 1) if page not in listed]
    damaged = set(chance.sample(pages, chance.randint(1, 12)))
    _damage(path, *damaged, filler=bytes([chance.choice((0, 255, 65))]))
    found, target = _saved(path, None)
    there = _rows(target, None, "history")
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
    path = _filled(tmp_path / "sales.brm", key)
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 400)):
        content[chance.randrange(100, len(content))] = chance.randrange(256)
    path.write_bytes(content)
    try:
        _, target = _saved(path, key)
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
    path = _filled(tmp_path / "sales.brm", None)
    whole, root = path.read_bytes(), roots(path)["person"]
    every = reachable(whole, root, ())
    pages = [page for page in range(2, len(whole) // PAGE + 1) if page != root]
    leaf = next(page for page in pages if reachable(whole, root, {page}) != every)
    lost = every - reachable(whole, root, {leaf})
    _damage(path, leaf)
    found, target = _saved(path, None)
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
    path = _filled(tmp_path / "sales.brm", KEY)
    _damage(path, random.Random(seed).randrange(40, path.stat().st_size // PAGE))
    found, target = _saved(path, KEY)
    assert all(one.rows is None or one.rows < 100 for one in found.lost)
    store = LocalStore(target, KEY)
    if all(one.table != "history" and one.first is not None for one in found.lost):
        assert store.load_all() == RECORDS
    else:
        assert found.sentences()
    store.close()


def test_without_history_what_is_lost_is_lost(tmp_path: Path) -> None:
    path = _filled(tmp_path / "sales.brm", None)
    whole, tables = path.read_bytes(), roots(path)
    _damage(path, *pages_of(whole, tables["person"]), *pages_of(whole, tables["history"]))
    found, target = _saved(path, None)
    assert {one.table for one in found.lost} == {"person", "history"}
    store = LocalStore(target)
    assert store.load_all().all(Person) == {}
    assert store.step_to_undo() is None, "a step is not undone by halves"
    assert found.sentences()
    store.close()


def test_a_table_whose_first_page_is_gone_is_put_together_from_the_others(tmp_path: Path) -> None:
    path = _filled(tmp_path / "sales.brm", None)
    tables = roots(path)
    _damage(path, tables["person"], tables["history"])
    found, target = _saved(path, None)
    assert (found.lost, found.rebuilt) == ([], {})
    store = LocalStore(target)
    assert store.load_all() == RECORDS
    assert store.check() == []
    store.close()


@pytest.mark.parametrize("which", [0, 1, 2, 3, 4, 5])
def test_without_a_page_of_the_list_of_tables_nothing_is_lost(
    tmp_path: Path, key: StoreKey | None, which: int
) -> None:
    plain = _filled(tmp_path / "plain.brm", None)
    page = sorted(schema_pages(plain.read_bytes()))[which]  # the encrypted one has one page more
    path = _filled(tmp_path / "sales.brm", key)
    salt = salt_of(path)
    _damage(path, page)
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
    path = _filled(tmp_path / "sales.brm", None)
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA writable_schema = on")
        connection.execute("DELETE FROM sqlite_schema WHERE tbl_name IN ('undo_step', 'person')")
        connection.commit()
    found, target = _saved(path, None)
    assert found.lost == []
    store = LocalStore(target)
    assert store.load_all() == RECORDS
    assert store.step_to_undo() is not None
    store.close()


def test_a_table_of_which_nothing_is_there_is_said_to_be_lost(tmp_path: Path) -> None:
    path = _filled(tmp_path / "sales.brm", None)
    page = roots(path)["undo_step"]
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA writable_schema = on")
        connection.execute("DELETE FROM sqlite_schema WHERE tbl_name = 'undo_step'")
        connection.commit()
    _damage(path, page)
    found, target = _saved(path, None)
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
    found, target = _saved(path, key)
    assert found.counts["person"] == len(RECORDS.all(Person)) - 1
    assert path.with_name("sales.brm-wal").exists(), "the damaged store is left as it is"
    assert target.exists()


@pytest.mark.parametrize("filler", [b"\x00", b"\xff"])
def test_without_a_page_that_can_be_read_that_is_said_in_plain_words(
    path: Path, key: StoreKey | None, filler: bytes
) -> None:
    _damage(path, *range(1, path.stat().st_size // PAGE + 1), filler=filler)
    before = listing(path.parent)
    with told(StoreDamaged, r"Nothing can be read from sales\.brm: restore a backup"):
        _saved(path, key)
    assert listing(path.parent) == before


def test_another_programs_file_and_a_newer_store_are_not_salvaged(tmp_path: Path) -> None:
    path = _filled(tmp_path / "sales.brm", None)
    for pragma, kind in (("user_version = 9", NewerStore), ("application_id = 9", NotAStore)):
        with closing(connect(path, "rw")) as connection:
            connection.execute(f"PRAGMA {pragma}")
        with pytest.raises(kind):
            _saved(path, None)
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
    path = _filled(tmp_path / "sales.brm", None)
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
    found, target = _saved(path, None)
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
    path = _filled(tmp_path / "sales.brm", None)
    gone = next(iter(RECORDS.all(Person).values()))
    store = LocalStore(path)
    store.write(Change.of([gone], ()), an_entry(2))
    store.close()
    with closing(connect(path, "rw")) as connection:
        connection.execute("DELETE FROM person WHERE id = ?", [gone.id])
        connection.commit()
    found, _ = _saved(path, None)
    assert found.rebuilt == {}


def test_losses_are_said_as_well_as_they_are_known() -> None:
    lost = [LostRows("person", 1, 2, None), LostRows("person", 3, None, None)]
    said = [tr(sentence) for sentence in Salvaged(lost=lost).sentences()]
    assert said[0].endswith("rows 1 to 2 could not be read, as far as there were any")
    assert said[1].endswith("nothing could be read from row 3 on")


def test_the_new_store_is_locked_away_under_the_passphrase(tmp_path: Path) -> None:
    path = _filled(tmp_path / "sales.brm", KEY)
    target = tmp_path / "saved.brm"
    fresh = StoreKey(bytes(32))
    salvage(path, target, KEY, 5, fresh, "correct horse battery")
    assert unlock(target, salt_of(target), "correct horse battery") == fresh
    LocalStore(target, fresh).close()


def test_a_view_without_end_in_the_place_of_a_table_is_not_read(tmp_path: Path) -> None:
    path = _filled(tmp_path / "sales.brm", None)
    endless = "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x FROM n) SELECT x FROM n"
    with closing(connect(path, "rw")) as connection:
        connection.execute("DROP TABLE setting")
        connection.execute(f"CREATE VIEW setting AS {endless}")
        connection.commit()
    found = salvage(path, tmp_path / "saved.brm", None, SITE + 1, None)
    assert found.lost == [LostRows("setting", None, None, None)]
    assert found.counts["person"] == 145


def test_a_column_that_computes_is_left_out(tmp_path: Path) -> None:
    path = _filled(tmp_path / "sales.brm", None)
    with closing(connect(path, "rw")) as connection:
        connection.execute("ALTER TABLE tie ADD COLUMN ruin TEXT AS (hex(zeroblob(9)))")
        connection.commit()
    found = salvage(path, tmp_path / "saved.brm", None, SITE + 1, None)
    assert found.lost == []
    assert found.counts["tie"] == len(RECORDS.all(Tie))
    assert LocalStore(tmp_path / "saved.brm").check() == []


KIND_ROW = [("person", f"01a2022e-942b-7074-b086-{n:012}") for n in range(900)]


def _shared(path: Path, key: StoreKey | None) -> dict[str, list[tuple[object, ...]]]:
    """Rows in the tables that have no row numbers; gives them."""
    wanted: dict[str, list[tuple[object, ...]]] = {
        "unknown_field": [(*one, "shoe", '"44"', "00") for one in KIND_ROW],
        "mirror": [(*one, '{"name":"Li"}', 7) for one in KIND_ROW],
        "reach": [(*one, b"12345678", "private", "", "") for one in KIND_ROW],
        "erased": [("person", "p1"), ("person", "p2")],
    }
    with closing(connect(path, "rw", key)) as connection:
        for table, rows in wanted.items():
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        connection.commit()
    return wanted


def _table(path: Path, key: StoreKey | None, table: str) -> list[tuple[object, ...]]:
    with closing(connect(path, "immutable", key)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def test_tables_without_row_numbers_are_saved_too(path: Path, key: StoreKey | None) -> None:
    wanted = _shared(path, key)
    found, target = _saved(path, key)
    assert (found.lost, found.dropped) == ([], [])
    for table, rows in wanted.items():
        assert _table(target, key, table) == rows


def test_of_a_table_without_row_numbers_a_damaged_page_costs_its_rows(tmp_path: Path) -> None:
    path = _filled(tmp_path / "sales.brm", None)
    wanted = _shared(path, None)["mirror"]
    root = roots(path)["mirror"]
    first = (root - 1) * PAGE
    content = path.read_bytes()
    place = first + int.from_bytes(content[first + 12 : first + 14], "big")
    _damage(path, int.from_bytes(content[place : place + 4], "big"))
    found, target = _saved(path, None)
    assert [(one.table, one.first, one.rows) for one in found.lost] == [("mirror", None, None)]
    assert tr(found.sentences()[0]).endswith("some rows may be missing")
    saved = _table(target, None, "mirror")
    assert set(saved) < set(wanted)
    assert len(wanted) - len(saved) < 100


def test_without_the_list_of_tables_those_without_row_numbers_are_known_by_their_rows(
    tmp_path: Path, key: StoreKey | None
) -> None:
    path = _filled(tmp_path / "sales.brm", key)
    wanted = _shared(path, key)
    with closing(connect(path, "rw", key)) as connection:
        connection.execute("PRAGMA writable_schema = on")
        connection.execute(
            "DELETE FROM sqlite_schema WHERE tbl_name IN"
            " ('unknown_field', 'mirror', 'reach', 'erased', 'left_over')"
        )
        connection.commit()
    found, target = _saved(path, key)
    assert _table(target, key, "reach") == wanted["reach"]
    assert _table(target, key, "unknown_field") == wanted["unknown_field"]
    assert {one.table for one in found.lost} == {"mirror", "erased", "left_over"}
    for lost in ("mirror", "erased", "left_over"):
        assert _table(target, key, lost) == [], "what may be an index's or another's is not taken"


def test_tables_of_one_shape_are_told_apart_by_history(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    store = LocalStore.create(path, SITE)
    store.write(Change.of((), everything()), an_entry())
    store.close()
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA writable_schema = on")
        connection.execute("DELETE FROM sqlite_schema WHERE tbl_name IN ('conflict', 'chain_link')")
        connection.commit()
    found, target = _saved(path, None)
    assert (found.lost, found.rebuilt) == ([], {})
    with closing(LocalStore(target)) as saved:
        assert saved.load_all() == everything()


def test_without_indexes_a_table_is_whole_when_all_below_its_first_page_is_found(
    tmp_path: Path,
) -> None:
    path = _filled(tmp_path / "sales.brm", None)
    with closing(connect(path, "rw")) as connection:
        steps = [(n, bytes(16), "{}", 0) for n in range(1000, 2000)]
        connection.executemany("INSERT INTO undo_step VALUES (?, ?, ?, ?)", steps)
        connection.commit()
    _damage(path, roots(path)["undo_step"])
    found, _ = _saved(path, None)
    assert found.lost == []


def test_a_damaged_list_of_free_pages_and_very_large_numbers_do_no_harm(
    path: Path, key: StoreKey | None
) -> None:
    with closing(connect(path, "rw", key)) as connection:
        connection.execute(f"INSERT INTO notice VALUES ({2**62}, 'late', 1, 2, 3, '')")
        connection.execute(f"INSERT INTO notice VALUES ({-(2**62)}, 'early', 1, 2, 3, '')")
        connection.execute("CREATE TABLE junk (x)")
        connection.execute("INSERT INTO junk VALUES (zeroblob(40000))")
        connection.commit()
        connection.execute("DROP TABLE junk")
        connection.commit()
        (count,) = connection.execute("PRAGMA freelist_count").fetchone()
    assert count > 5
    last = path.stat().st_size // PAGE
    _damage(path, *range(last - count + 1, last + 1))
    found, target = _saved(path, key)
    assert found.lost == []
    assert [row[0] for row in _table(target, key, "notice")] == [-(2**62), 2**62]


def test_of_two_rows_with_one_id_one_is_kept(tmp_path: Path) -> None:
    path = _filled(tmp_path / "sales.brm", None)
    one, other = sorted(RECORDS.all(Person))[:2]
    content, root = bytearray(path.read_bytes()), roots(path)["person"]
    for page in pages_of(bytes(content), root):
        start = (page - 1) * PAGE
        place = content.find(other.encode(), start, start + PAGE)
        if place >= 0:
            content[place : place + len(other)] = one.encode()
    path.write_bytes(content)
    found, _ = _saved(path, None)
    assert "not kept" in tr(found.sentences()[-1])


RUNS = st.lists(
    st.tuples(st.integers(0), st.binary(min_size=1, max_size=6), st.integers(1, 700)),
    min_size=1,
    max_size=10,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=RUNS)
def test_whatever_is_written_over_a_store_salvage_ends_and_what_it_makes_opens(
    tmp_path: Path, runs: list[tuple[int, bytes, int]]
) -> None:
    whole, path = tmp_path / "whole.brm", tmp_path / "sales.brm"
    if not whole.exists():
        _shared(_filled(whole, None), None)
    content = bytearray(whole.read_bytes())
    for place, filler, times in runs:
        start = place % len(content)
        content[start : start + len(filler) * times] = filler * times
    path.write_bytes(content)
    target = tmp_path / "saved.brm"
    target.unlink(missing_ok=True)
    try:
        found = salvage(path, target, None, 5, None)
    except StoreProblem:
        assert not target.exists()
        return
    for sentence in found.sentences():
        assert tr(sentence)
    with closing(LocalStore(target)) as store:
        store.load_all()
        store.check()
