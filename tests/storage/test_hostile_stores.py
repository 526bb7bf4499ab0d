"""Stores made to do harm, or spoilt at random: they open, or one sentence says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlite
from stores import SITE, a_session, account_of, an_entry, everything
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import NotAStore, Problem, StoreDamaged, StoreProblem
from brm_desktop.domain.records import Person
from brm_desktop.session.session import Session
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.mapping import TABLES

ACCOUNT = account_of(everything(), "Acme")


def _made(path: Path, key: StoreKey | None = None) -> bytes:
    """A closed store with a record of every kind, as bytes."""
    store = LocalStore.create(path, SITE, key)
    store.write(Change.of((), everything()), an_entry())
    store.close()
    return path.read_bytes()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "sales.brm"
    _made(path)
    return path


def _spoil(path: Path, *statements: str) -> bytes:
    """Do to a store what a hostile person may, past every check; gives the bytes."""
    with closing(sqlite.connect(str(path))) as connection:
        connection.execute("PRAGMA journal_mode = delete")
        connection.execute("PRAGMA writable_schema = on")
        connection.execute("PRAGMA ignore_check_constraints = on")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("CREATE TRIGGER theft AFTER INSERT ON person BEGIN DELETE FROM tie; END", "theft"),
        ("CREATE VIEW secrets AS SELECT * FROM person", "secrets"),
        ("CREATE TABLE more (x)", "more"),
        ("CREATE INDEX slow ON person (lower(name))", "slow"),
        ("CREATE VIRTUAL TABLE words USING fts5(text)", "words"),
        ("ALTER TABLE person ADD COLUMN ruin TEXT AS (hex(zeroblob(9)))", "person"),
        ("DROP TABLE tie", "tie.*"),
        ("DELETE FROM _sqlite_migrations", "_sqlite_migrations"),
        ("PRAGMA user_version = 1", "account.;"),
        ("PRAGMA user_version = -1", "account"),
    ],
)
def test_a_store_with_anything_beside_ours_is_refused_as_it_is(
    store: Path, statement: str, part: str
) -> None:
    _spoil(store, statement)
    names = {path.name for path in store.parent.iterdir()}

    with told(NotAStore, f"sales.brm is not a BRM store as this program makes them .{part}"):
        LocalStore(store)
    assert {path.name for path in store.parent.iterdir()} == names


def test_a_view_without_end_in_the_place_of_a_table_is_never_read(store: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x FROM n) SELECT x FROM n"
    _spoil(store, "DROP TABLE setting", f"CREATE VIEW setting AS {endless}")

    with told(NotAStore, "setting"):
        LocalStore(store)


def test_statistics_that_a_tool_left_do_no_harm(store: Path) -> None:
    _spoil(store, "ANALYZE")

    LocalStore(store).close()


def test_computed_columns_among_the_migrations_are_refused(store: Path) -> None:
    _spoil(store, "ALTER TABLE _sqlite_migrations ADD COLUMN more TEXT AS (hex(1))")

    with told(NotAStore, "_sqlite_migrations"):
        LocalStore(store)


DEEP = "replace(printf('%.*c', 100000, '['), '[', '[')"
LAX = "UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'person'"
STRICT = (
    "UPDATE sqlite_schema SET sql = (SELECT sql FROM kept) WHERE name = 'person'",
    "DROP TABLE kept",
)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE person SET phones = {DEEP}",
        "UPDATE person SET phones = '{}'",
        "UPDATE person SET emails = '[1]'",
        "UPDATE person SET emails = '[null]'",
        "UPDATE person SET emails = 'garbage'",
        "UPDATE person SET power = 9000000000000000000",
        "UPDATE person SET birthday = 'yesterday'",
        "UPDATE person SET name = CAST(x'ff41' AS TEXT)",
        "UPDATE placement SET x = 4000000000000",
        "UPDATE chain_member SET roles = '[\"emperor\"]'",
        "UPDATE account SET tier = 'emperor'",
        "UPDATE account SET expected_annual_spend_minor = NULL",
        "UPDATE year_revenue SET year = -5",
    ],
)
def test_a_row_that_nobody_wrote_is_told_of_in_one_sentence(store: Path, statement: str) -> None:
    _spoil(store, statement)
    opened = LocalStore(store)

    with pytest.raises(StoreDamaged) as caught:
        opened.load_account(ACCOUNT.id)
    assert "damaged" in str(caught.value)
    with suppress(StoreDamaged):
        assert opened.check()
    opened.close()


def test_a_number_where_text_belongs_is_told_of(store: Path) -> None:
    with closing(sqlite.connect(str(store))) as connection:
        connection.execute("CREATE TABLE kept AS SELECT sql FROM sqlite_schema WHERE name='person'")
        connection.commit()
    _spoil(store, LAX)
    _spoil(store, "UPDATE person SET name = x'ff' WHERE name = 'Acme clerk'", *STRICT)

    with (
        told(StoreDamaged, "person Acme clerk cannot be read|sales.brm is damaged"),
        closing(LocalStore(store)) as opened,
    ):
        opened.load_account(ACCOUNT.id)


@pytest.mark.parametrize(("column", "cell"), [("name", b"x"), ("name", None), ("power", "9")])
def test_a_cell_of_another_type_than_its_column_is_refused(column: str, cell: object) -> None:
    table = TABLES[Person]
    (clerk,) = (one for one in everything().all(Person).values() if one.name == "Acme clerk")
    cells: list[object] = [*table.cells(clerk)]
    assert table.record(cells) == clerk
    cells[table.columns.index(column)] = cell

    with told(StoreDamaged, "person Acme clerk cannot be read"):
        table.record(cells)


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        (f"UPDATE history SET after = {DEEP}", LocalStore.check),
        (f"UPDATE history SET name = {DEEP}", lambda s: s.history(None, None, 9)),
        (
            'UPDATE history SET name = \'{"phrase":"{n:999999999}","values":{"n":1}}\'',
            lambda s: s.history(None, None, 9),
        ),
        (
            'UPDATE history SET name = \'{"phrase":"{n.__class__}","values":{"n":1}}\'',
            lambda s: s.history(None, None, 9),
        ),
        ("UPDATE history SET \"kind\" = 'nothing'", lambda s: s.history(None, None, 9)),
        ("UPDATE history SET operation = x'00'", LocalStore.greatest_stamp),
        ("UPDATE undo_step SET name = '{}'", LocalStore.step_to_undo),
        (f"INSERT INTO setting VALUES ('theme', {DEEP})", LocalStore.read_settings),
        ("UPDATE snapshot SET month = 'May'", lambda s: s.months(2**47)),
        ("UPDATE assessment SET assessed_on = 'May'", lambda s: s.months(2**47)),
        ("UPDATE person SET name = CAST(x'ff41' AS TEXT)", lambda s: s.names(9)),
    ],
)
def test_what_is_read_beside_records_is_told_of_too(
    store: Path, statement: str, read: Callable[[LocalStore], object]
) -> None:
    _spoil(store, statement)
    opened = LocalStore(store)

    with suppress(StoreDamaged):
        assert read(opened) is not None, "nothing but the sentence was expected"
        assert read == LocalStore.check
    opened.close()


@pytest.mark.parametrize("patch", ['{"name":5}', '{"power":"x"}', "[", '{"phones":"x"}', "7"])
def test_an_undo_of_garbage_is_one_sentence(store: Path, patch: str) -> None:
    _spoil(
        store,
        f"UPDATE history SET after = NULL, before = '{patch}' WHERE \"kind\" = 'person'",
        "DELETE FROM person",
    )
    opened = LocalStore(store)
    step = opened.step_to_undo()
    assert step is not None

    with told(StoreDamaged, "person .* cannot be read"):
        opened.change_of_step(step)
    opened.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM site",
        "UPDATE site SET site = x'00'",
        "INSERT INTO setting VALUES ('theme', '7')",
        "INSERT INTO setting VALUES ('currency', '[]')",
        "INSERT INTO setting VALUES ('rules', '{\"veto_power\": 5000}')",
        "INSERT INTO setting VALUES ('rules', '{\"route_edges\": 99999999999}')",
        "INSERT INTO setting VALUES ('rules', '{\"influence_centre_share\": \"1e999999999\"}')",
        "INSERT INTO setting VALUES ('rules', '{\"influence_centre_share\": \"1/0\"}')",
        "INSERT INTO setting VALUES ('rules', '{\"potential_weights\": 7}')",
    ],
)
def test_a_store_without_sense_is_one_sentence_and_not_held(store: Path, statement: str) -> None:
    content = _spoil(store, statement)

    for _ in range(2):
        with pytest.raises(StoreProblem, match=r"damaged|must|from"):
            Session.open(store)
    assert store.read_bytes()[100:] == content[100:]


def test_half_a_character_changes_nothing(tmp_path: Path) -> None:
    with a_session(tmp_path / "sales.brm") as session:
        from brm_desktop.domain import edits
        from brm_desktop.domain.phrase import phrase

        before = session.all_records()
        with told(StoreProblem, "a broken character"):
            session.edit(phrase("Add"), edits.create_account, name="\ud800")
        assert session.all_records() == before


def _circles() -> Iterator[str]:
    for table, column, other in (
        ("reporting_line", "manager", "person"),
        ("chain_link", "target", "source"),
        ("influence", "target", "source"),
    ):
        yield f'UPDATE {table} SET "{column}" = "{other}"'
    yield "UPDATE organisation SET parent = id"
    yield "UPDATE department SET parent = id"
    yield "UPDATE person SET successor = id"
    yield "UPDATE placement SET canvas = person"


@pytest.mark.parametrize("statement", [*_circles()])
def test_circles_in_a_store_end(store: Path, statement: str) -> None:
    _spoil(store, statement)
    with Session.open(store) as session:
        session.open_account(ACCOUNT.id)
        analysis = session.analysis(ACCOUNT.id)
        assert analysis.name == "Acme"
        assert session.check() or "placement" in statement


PLACES = st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=12)


@pytest.mark.parametrize("key", [None, StoreKey(bytes(range(32)))], ids=["plain", "encrypted"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=PLACES)
@example(places=[(105_230, 128)])  # a schema that is no text
@example(places=[(47, 5)])  # a schema format that there never was
@example(places=[(753_664, 0)])  # the page that says which device it is
def test_a_store_with_any_bytes_flipped_opens_or_is_one_sentence(
    tmp_path: Path, key: StoreKey | None, places: list[tuple[int, int]]
) -> None:
    path = tmp_path / "flipped.brm"
    whole = tmp_path / "whole.brm"
    content = bytearray(whole.read_bytes() if whole.exists() else _made(whole, key))
    for place, value in places:
        content[place % len(content)] = value
    path.write_bytes(content)
    path.with_name("flipped.brm-wal").unlink(missing_ok=True)

    with suppress(Problem):
        store = LocalStore(path, key)
        with closing(store):
            for read in (
                store.load_all,
                store.check,
                store.portfolio,
                partial(store.months, 2**47),
            ):
                with suppress(Problem):
                    read()
            with suppress(Problem):
                store.load_account(ACCOUNT.id)
            with suppress(Problem):
                store.history(None, None, 50)
