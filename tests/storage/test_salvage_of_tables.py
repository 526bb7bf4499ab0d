"""Salvage of tables without row numbers, of those not listed any more, and of anything at all."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from damaged import KEY, RECORDS, damage, filled, what_is_left
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import PAGE, pages_of, roots
from stores import SITE, an_entry, everything

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.records import Person
from brm_desktop.language import tr
from brm_desktop.storage.driver import connect
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.salvaging.salvage import salvage


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> StoreKey | None:
    found: StoreKey | None = request.param
    return found


@pytest.fixture
def path(tmp_path: Path, key: StoreKey | None) -> Path:
    return filled(tmp_path / "sales.brm", key)


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
    found, target = what_is_left(path, key)
    assert (found.lost, found.dropped) == ([], [])
    for table, rows in wanted.items():
        assert _table(target, key, table) == rows


def test_of_a_table_without_row_numbers_a_damaged_page_costs_its_rows(tmp_path: Path) -> None:
    path = filled(tmp_path / "sales.brm", None)
    wanted = _shared(path, None)["mirror"]
    root = roots(path)["mirror"]
    first = (root - 1) * PAGE
    content = path.read_bytes()
    place = first + int.from_bytes(content[first + 12 : first + 14], "big")
    damage(path, int.from_bytes(content[place : place + 4], "big"))
    found, target = what_is_left(path, None)
    assert [(one.table, one.first, one.rows) for one in found.lost] == [("mirror", None, None)]
    assert tr(found.sentences()[0]).endswith("some rows may be missing")
    saved = _table(target, None, "mirror")
    assert set(saved) < set(wanted)
    assert len(wanted) - len(saved) < 100


def test_without_the_list_of_tables_those_without_row_numbers_are_known_by_their_rows(
    tmp_path: Path, key: StoreKey | None
) -> None:
    path = filled(tmp_path / "sales.brm", key)
    wanted = _shared(path, key)
    with closing(connect(path, "rw", key)) as connection:
        connection.execute("PRAGMA writable_schema = on")
        connection.execute(
            "DELETE FROM sqlite_schema WHERE tbl_name IN"
            " ('unknown_field', 'mirror', 'reach', 'erased', 'left_over')"
        )
        connection.commit()
    found, target = what_is_left(path, key)
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
    found, target = what_is_left(path, None)
    assert (found.lost, found.rebuilt) == ([], {})
    with closing(LocalStore(target)) as saved:
        assert saved.load_all() == everything()


def test_without_indexes_a_table_is_whole_when_all_below_its_first_page_is_found(
    tmp_path: Path,
) -> None:
    path = filled(tmp_path / "sales.brm", None)
    with closing(connect(path, "rw")) as connection:
        steps = [(n, bytes(16), "{}", 0) for n in range(1000, 2000)]
        connection.executemany("INSERT INTO undo_step VALUES (?, ?, ?, ?)", steps)
        connection.commit()
    damage(path, roots(path)["undo_step"])
    found, _ = what_is_left(path, None)
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
    damage(path, *range(last - count + 1, last + 1))
    found, target = what_is_left(path, key)
    assert found.lost == []
    assert [row[0] for row in _table(target, key, "notice")] == [-(2**62), 2**62]


def test_of_two_rows_with_one_id_one_is_kept(tmp_path: Path) -> None:
    path = filled(tmp_path / "sales.brm", None)
    one, other = sorted(RECORDS.all(Person))[:2]
    content, root = bytearray(path.read_bytes()), roots(path)["person"]
    for page in pages_of(bytes(content), root):
        start = (page - 1) * PAGE
        place = content.find(other.encode(), start, start + PAGE)
        if place >= 0:
            content[place : place + len(other)] = one.encode()
    path.write_bytes(content)
    found, _ = what_is_left(path, None)
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
        _shared(filled(whole, None), None)
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
