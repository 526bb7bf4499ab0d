from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from stores import everything
from told import told

from brm_desktop.domain.errors import StoreDamaged
from brm_desktop.domain.records import KINDS, Money, Person, PersonId, Record
from brm_desktop.storage.driver import as_database, in_memory
from brm_desktop.storage.migrations import migrations
from brm_desktop.storage.rows.mapping import BY_NAME, TABLES, Table


def _columns_made_by_migrations(table: str) -> list[tuple[str, str, bool]]:
    with closing(in_memory()) as connection:
        migrations.apply(as_database(connection))
        rows = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    return [(name, kind, bool(required)) for _, name, kind, required, _, _ in rows]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_schema_and_the_records_agree(table: Table[Any]) -> None:
    wanted = [
        (column, kind, not code.nullable)
        for code in table.codes.values()
        for column, kind in zip(code.columns, code.column_types, strict=True)
    ]
    made = _columns_made_by_migrations(table.name)
    assert made == [*wanted, ("clock", "TEXT", True), ("deleted", "TEXT", False)]


def test_every_table_refuses_values_of_another_type() -> None:
    with closing(in_memory()) as connection:
        db = as_database(connection)
        migrations.apply(db)
        tables = [name for name in db.table_names() if not name.startswith("sqlite_")]
        assert {"history", "site", "mirror", "outgoing", "inbound", "unknown_field"} < set(tables)
        assert [name for name in tables if not db.table(name).strict] == []


def test_there_is_a_record_of_every_kind_in_the_example() -> None:
    records = everything()
    assert [kind.__name__ for kind in KINDS if not records.all(kind)] == []


@pytest.mark.parametrize("record", everything(), ids=lambda record: record.id)
def test_a_record_comes_back_from_its_cells_and_from_its_patch(record: Record) -> None:
    table = TABLES[type(record)]
    cells = table.cells(record)
    assert len(cells) == len(table.columns)
    assert table.record(cells) == record
    assert table.from_full(record.id, table.full(record)) == record


text = some.text(some.characters(codec="utf-8", exclude_characters="\x00"))
people = some.builds(
    Person,
    id=text.map(PersonId),
    name=text,
    phones=some.lists(text).map(tuple),
    birthday=some.none() | some.dates(),
    power=some.none() | some.integers(0, 100),
    veto=some.none() | some.booleans(),
    placeholder=some.booleans(),
)


@given(people)
def test_any_person_comes_back(person: Person) -> None:
    table = TABLES[Person]
    assert table.record(table.cells(person)) == person
    assert table.from_full(person.id, table.full(person)) == person


@given(people, people)
def test_the_patch_of_what_differs_leads_from_one_version_to_the_other(
    old: Person, new: Person
) -> None:
    table = TABLES[Person]
    names = table.differing(old, new)
    patched = table.full(old) | table.patch(new, names)
    assert table.from_full(new.id, {k: v for k, v in patched.items() if k != "id"}) == new


def test_a_full_patch_leaves_out_what_is_empty_and_keeps_what_is_no_and_nought() -> None:
    person = Person(id=PersonId("1"), name="Li", veto=False, power=0)
    assert TABLES[Person].full(person) == {
        "name": "Li",
        "adaptability": "unknown",
        "power": 0,
        "veto": False,
        "audience": "private",
    }


def test_tables_are_found_by_their_names() -> None:
    assert BY_NAME["reporting_line"].kind.__name__ == "ReportingLine"


def test_a_cell_that_no_version_wrote_is_damage_and_named() -> None:
    table = TABLES[Person]
    cells = table.cells(Person(id=PersonId("p 1"), name="Li", birthday=date(2000, 1, 1)))
    cells[table.columns.index("birthday")] = "soon"
    with told(StoreDamaged, "person p 1 cannot be read"):
        table.record(cells)


def test_a_field_of_a_type_that_has_no_column_is_a_defect() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Odd(Record):
        share: float

    with pytest.raises(TypeError, match="no column is known for share"):
        Table(Odd)


def test_money_takes_two_columns_that_are_empty_together() -> None:
    code = BY_NAME["account"].codes["expected_annual_spend"]
    assert code.columns == ("expected_annual_spend_minor", "expected_annual_spend_currency")
    assert code.to_columns(None) == (None, None)
    assert code.to_columns(Money(5, "CNY")) == (5, "CNY")
