from __future__ import annotations

from typing import Any

import pytest
from stores import everything

from brm_desktop.domain.records import Record
from brm_desktop.storage.merging.columns import KindColumns, columns_of, is_known
from brm_desktop.storage.rows.mapping import TABLES

OTHERS = ["text", 10**12, True, 1.5, ["a"], [1], [5, "CNY"], [5, 5], [5], "2026-13-01", "20260101"]


def nothing(field: str) -> bool:
    del field
    return False


def anything(field: str) -> bool:
    del field
    return True


def said(record: Record) -> dict[str, Any]:
    full = TABLES[type(record)].full(record)
    return {name: value for name, value in full.items() if name != "audience"}


@pytest.mark.parametrize("record", everything(), ids=lambda record: record.id)
def test_a_record_comes_back_from_the_columns_its_values_are_laid_in(record: Record) -> None:
    table = TABLES[type(record)]
    columns = columns_of(table.name)
    laid = columns.laid(record.id, said(record), anything, record.audience.value)
    assert (table.record(laid.cells), laid.beside, laid.whole) == (record, [], True)
    assert laid.patches == ({}, table.full(record))
    assert columns.values_in(laid.cells) == said(record)
    assert columns.full(laid.cells) == table.full(record)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_row_that_says_nothing_can_be_read_and_is_not_whole(table: Any) -> None:
    columns = columns_of(table.name)
    laid = columns.laid("1", {}, nothing, "team")
    assert table.record(laid.cells).id == "1"
    assert laid.whole is not bool(columns.required)
    assert (
        columns.without_usual(columns.values_in(laid.cells))
        .keys()
        .isdisjoint(field.name for field in columns.required)
    )


def test_what_must_be_there_may_be_empty_where_somebody_said_so() -> None:
    columns = columns_of("person")
    assert columns.laid("1", {"name": ""}, anything, "team").patches[1].keys() == {
        "adaptability",
        "audience",
    }
    assert columns.laid("1", {}, anything, "team").whole
    assert not columns.laid("1", {}, nothing, "team").whole
    assert not columns_of("tie").laid("1", {}, anything, "team").whole
    assert not columns.laid("1", {"name": 5}, anything, "team").whole


@pytest.mark.parametrize("kind", [table.name for table in TABLES.values()])
def test_what_a_column_takes_can_be_read_and_comes_back(kind: str) -> None:
    columns, table = columns_of(kind), TABLES[columns_of(kind).table.kind]
    for field in columns.fields.values():
        for value in OTHERS:
            laid = columns.laid("1", {field.name: value}, anything, "team")
            assert table.record(laid.cells).id == "1"
            if field.name not in laid.beside:
                assert columns.values_in(laid.cells)[field.name] == value
                assert table.full(table.record(laid.cells))[field.name] == value


@pytest.mark.parametrize("any_beside", [False, True])
def test_what_differs_is_laid_over_what_was(any_beside: bool) -> None:
    columns = columns_of("person")
    was = {"name": "Li", "title": "Buyer", "phones": ["1"], "power": 5, "shoes": 41}
    now = {"name": "Li", "phones": ["2"], "power": "much", "veto": True, "shoes": 42, "hat": 1}
    old = columns.laid("1", was, anything, "team")
    laid = columns.laid_over(old.cells, was, now, anything, any_beside=any_beside)
    assert laid.cells == columns.laid("1", now, anything, "team").cells
    assert laid.beside == ["shoes", "hat", "power"]
    before, after = laid.patches
    assert before == {"title": "Buyer", "phones": ["1"], "power": 5, "veto": None}
    assert after == {"title": "", "phones": ["2"], "power": None, "veto": True}
    same = columns.laid_over(old.cells, was, was, anything, any_beside=any_beside)
    assert (same.cells, same.patches) == (old.cells, ({}, {}))


def test_money_that_is_taken_away_is_nothing() -> None:
    columns = columns_of("account")
    was = {"organisation": "o", "expected_annual_spend": [5, "CNY"]}
    old = columns.laid("1", was, anything, "team")
    laid = columns.laid_over(old.cells, was, {"organisation": "o"}, anything, any_beside=False)
    assert laid.patches == ({"expected_annual_spend": [5, "CNY"]}, {"expected_annual_spend": None})


def test_money_that_is_another_is_laid_over_what_was() -> None:
    columns = columns_of("account")
    was = {"organisation": "o", "expected_annual_spend": [5, "CNY"]}
    old = columns.laid("1", was, anything, "team")
    now = {"organisation": "o", "expected_annual_spend": [7, "CNY"]}
    laid = columns.laid_over(old.cells, was, now, anything, any_beside=False)
    assert laid.cells == columns.laid("1", now, anything, "team").cells
    assert len(laid.changed) == 1


def test_what_is_ones_own_and_what_is_not_known_comes_from_nobody() -> None:
    assert [kind for kind in map(_name, TABLES.values()) if not is_known(kind)] == [
        "snapshot",
        "conflict",
        "sharing_choice",
    ]
    assert not is_known("starship")


def _name(table: Any) -> str:
    return KindColumns(table).name
