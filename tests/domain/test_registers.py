"""Sets of fields that may be all but a few, reckoned with as sets are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.operations import DELETED, REST, Operation, RowState
from brm_desktop.domain.registers import (
    Fields,
    Registers,
    by_field,
    by_stamp,
    includes,
    joined,
    shared,
    some_of,
    without,
)

NAMES = ("a", "b", "c", "d")
fields = st.frozensets(st.sampled_from((*NAMES[:3], REST)))
stamps = st.sampled_from(("1", "2", "3"))


def every(some: Fields) -> set[str]:
    """The fields of a set, spelt out; ``d`` stands for all that are never named."""
    return {name for name in NAMES if includes(some, name)}


@given(fields, fields)
def test_sets_of_fields_are_joined_and_taken_from_one_another(one: Fields, other: Fields) -> None:
    assert every(joined(one, other)) == every(one) | every(other)
    assert every(without(one, other)) == every(one) - every(other)
    assert every(shared(one, other)) == every(one) & every(other)


def test_a_set_without_a_field_is_empty_and_one_of_all_but_some_is_not() -> None:
    assert not without(frozenset("ab"), frozenset("ab"))
    assert not without(frozenset((REST, "a")), frozenset((REST,)))
    assert without(frozenset((REST,)), frozenset("ab")) == {REST, "a", "b"}
    assert joined(frozenset((REST, "a")), frozenset((REST, "b"))) == {REST}


def test_only_values_of_the_fields_that_say_something_are_taken() -> None:
    assert some_of({"a": 1, "b": None, "c": 3}, frozenset((REST, "c"))) == {"a": 1}
    assert some_of({"a": False, "b": 2}, frozenset("a")) == {"a": False}


@given(st.dictionaries(stamps, fields.filter(bool)))
def test_what_is_gone_over_is_told_by_field_as_by_stamp(over: dict[str, Fields]) -> None:
    told = by_stamp(by_field(over))
    assert {stamp: every(some) for stamp, some in told.items()} == {
        stamp: every(some) for stamp, some in over.items()
    }


def test_deletions_are_no_field_that_is_gone_over() -> None:
    assert by_stamp({DELETED: ("1",), REST: ("2",), "a": ()}) == {"2": frozenset((REST, "a"))}


SHOWN = RowState(kind="person", row="li", values={"a": 1, "b": 2}, clock={REST: "1", "b": "2"})


def over_what_is_shown(**parts: object) -> Operation:
    usual: dict[str, object] = {
        "values": {"a": 5},
        "stamps": {"a": "3", "b": "3"},
        "over": {"a": ("1",), "b": ("2",)},
    }
    return Operation(kind="person", row="li", **usual | parts)  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [{"a": 5}, {"a": 5, "b": None}, {"a": 5, "c": 6}])
def test_an_operation_that_goes_over_what_is_shown_is_written_at_once(
    values: dict[str, int | None],
) -> None:
    registers = Registers(SHOWN)
    assert registers.write_all(over_what_is_shown(values=values))
    written = registers.state({}, frozenset())
    assert (written.values, written.clock) == ({"a": 5}, {REST: "1", "a": "3", "b": "3"})


@pytest.mark.parametrize(
    ("row", "operation"),
    [
        (SHOWN, over_what_is_shown(over={"a": ("1",), "b": ("1",)})),
        (SHOWN, over_what_is_shown(over={"a": ("1",)})),
        (SHOWN, over_what_is_shown(over={"a": ("1",), "b": ("2",), "c": ("1",)})),
        (SHOWN, over_what_is_shown(stamps={"a": "3", "b": "1"})),
        (SHOWN, over_what_is_shown(others={"a": (("2", 7),)})),
        (replace(SHOWN, others={"c": (("0", 1),)}), over_what_is_shown()),
        (replace(SHOWN, covered={"3": frozenset("a")}), over_what_is_shown()),
        (replace(SHOWN, withheld=frozenset("a")), over_what_is_shown()),
    ],
)
def test_any_other_operation_is_not_written_at_once(row: RowState, operation: Operation) -> None:
    registers = Registers(row)
    assert not registers.write_all(operation)
    assert registers.state({}, frozenset()) == row
