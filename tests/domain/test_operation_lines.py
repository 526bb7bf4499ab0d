"""Operations and row states as lines: they come back as they were, and nothing else is taken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from star import wander

from brm_desktop.domain.operation_lines import (
    LONGEST_LIST,
    LONGEST_TEXT,
    MOST_FIELDS,
    MOST_SEEN,
    MOST_WRITES,
    operation_from_plain,
    operation_to_plain,
    state_from_plain,
    state_to_plain,
)
from brm_desktop.domain.operations import (
    DELETED,
    REST,
    Malformed,
    Operation,
    Plain,
    Reach,
    RowState,
)

ONE, TWO, THREE, FOUR = (f"{time:016x}" + "a" * 16 for time in (1, 2, 3, 4))
FULL = Operation(
    kind="person",
    row="018f0000-0000-7000-8000-000000000001",
    values={"name": "王敏", "revenue": [100, "CNY"], "veto": False, "power": 70},
    stamps={REST: THREE, "name": THREE},
    withheld=frozenset(("notes",)),
    others={"title": ((TWO, "CTO"), (ONE, None))},
    beneath=((TWO, frozenset(("name",))),),
    over={"name": (ONE, TWO), DELETED: (ONE,)},
    deletions={THREE: (ONE, TWO)},
    reach=Reach("team"),
)
STATE = RowState(
    kind="person",
    row="p",
    values={"name": "Lin"},
    clock={REST: THREE, "name": TWO},
    withheld=frozenset(("notes",)),
    others={"name": ((ONE, "Yi"),)},
    beneath=((TWO, frozenset(("name",))),),
    deletions={THREE: (ONE,)},
    covered={ONE: frozenset((REST, "name"))},
    lifted=frozenset((TWO,)),
)


def by_wire(plain: Plain) -> Plain:
    return json.loads(json.dumps(plain))


@pytest.mark.parametrize(
    "operation",
    [
        FULL,
        Operation(kind="person", row="p"),
        Operation(kind="person", row="p", reach=None),
        Operation(
            kind="person",
            row="p",
            stamps={"name": THREE, "title": THREE, "notes": FOUR},
            over={"name": (ONE,), "title": (ONE,), "notes": (ONE, TWO), "veto": (TWO,)},
        ),
        Operation(kind="tie", row="p", reach=Reach("company")),
    ],
)
def test_an_operation_comes_back_as_it_was(operation: Operation) -> None:
    assert operation_from_plain(by_wire(operation_to_plain(operation))) == operation


def test_a_row_state_comes_back_as_it_was() -> None:
    assert state_from_plain(by_wire(state_to_plain(STATE))) == STATE
    bare = RowState(kind="person", row="p")
    assert state_to_plain(bare) == {"kind": "person", "row": "p"}
    assert state_from_plain({"kind": "person", "row": "p"}) == bare


@given(st.integers(0, 10_000))
def test_whatever_was_done_comes_back_as_it_was(seed: int) -> None:
    for state in wander(seed, 60).asset.rows.values():
        assert state_from_plain(by_wire(state_to_plain(state))) == state


def test_texts_that_are_long_together_and_not_alone_are_read() -> None:
    said = {"name": "x" * LONGEST_TEXT, "notes": "王" * LONGEST_TEXT}
    operation = Operation(kind="person", row="p", values=said, stamps={REST: ONE})
    assert operation_from_plain(by_wire(operation_to_plain(operation))) == operation


def test_what_is_nothing_is_left_out_of_the_values() -> None:
    told = {"kind": "person", "row": "p", "values": {"title": None}, "stamps": {"title": ONE}}
    assert operation_from_plain(told).values == {}


def without(**parts: Plain) -> Plain:
    return operation_to_plain(FULL) | parts


NAMES = [f"f{n}" for n in range(MOST_FIELDS + 1)]
MALFORMED: list[Plain] = [
    None,
    [],
    {},
    without(more=1),
    without(kind="Person"),
    without(kind=""),
    without(kind=None),
    without(kind=REST),
    without(kind="a" * 65),
    without(row=None),
    without(row=""),
    without(row="a b"),
    without(row="a" * 81),
    without(values=[]),
    without(values={"Name": "x"}),
    without(values={"na\nme": "x"}),
    without(values=dict.fromkeys(NAMES, 1)),
    without(values={"name": 1.5}),
    without(values={"name": {}}),
    without(values={"name": [[]]}),
    without(values={"name": [None]}),
    without(values={"name": [1.5]}),
    without(values={"name": 1 << 63}),
    without(values={"name": -(1 << 63) - 1}),
    without(values={"name": "x" * (LONGEST_TEXT + 1)}),
    without(values={"name": "a\0"}),
    without(values={"name": "王\0"}),
    without(values={"name": "\ud800"}),
    without(values={"name": ["\ud800"]}),
    without(values={"name": [1] * (LONGEST_LIST + 1)}),
    without(stamps=[]),
    without(stamps={"name": 1}),
    without(stamps={"name": ONE[:-1]}),
    without(stamps={"name": ONE.upper()}),
    without(stamps={"name": ONE + "\n"}),
    without(stamps={DELETED: THREE}),
    without(stamps=dict.fromkeys(NAMES, THREE)),
    without(stamps={THREE: [1]}),
    without(stamps={THREE: ["Name"]}),
    without(stamps={THREE[1:]: ["name"]}),
    without(stamps={THREE: ["name"], "name": THREE}),
    without(stamps={THREE: ["name", "name"]}),
    without(stamps={THREE: NAMES}),
    without(stamps={"name": ["title"]}),
    without(stamps={THREE: NAMES[:101], FOUR: NAMES[101:]}),
    without(over={ONE: [1]}),
    without(over={ONE: {}}),
    without(over={ONE[1:]: ["name"]}),
    without(over={ONE: ["name"], "name": [ONE]}),
    without(over={ONE: NAMES[:101], TWO: NAMES[101:]}),
    without(over={THREE: ["name"]}),
    without(withheld={}),
    without(withheld=[1]),
    without(withheld=[[]]),
    without(withheld=NAMES),
    without(others=[]),
    without(others={REST: [[ONE, 1]]}),
    without(others={DELETED: [[ONE, 1]]}),
    without(others={"name": {}}),
    without(others={"name": [[ONE]]}),
    without(others={"name": [ONE]}),
    without(others={"name": [[1, 1]]}),
    without(others={"name": [[ONE, 1.5]]}),
    without(others={"name": [[ONE, 1]] * (MOST_WRITES + 1)}),
    without(beneath={}),
    without(beneath=[[ONE]]),
    without(beneath=[["", []]]),
    without(beneath=[[ONE, {}]]),
    without(beneath=[[ONE, []]] * (MOST_WRITES + 1)),
    without(over=[]),
    without(over={"name": {}}),
    without(over={"name": [1]}),
    without(over={"name": [ONE] * (MOST_WRITES + 1)}),
    without(over=dict.fromkeys(NAMES, ())),
    without(over={"name": [THREE]}),
    without(over={REST: [THREE]}),
    without(over={DELETED: [THREE]}),
    without(deletions=[]),
    without(deletions={"x": []}),
    without(deletions={ONE: {}}),
    without(deletions={ONE: [ONE]}),
    without(deletions={ONE: [TWO]}),
    without(deletions={THREE: [ONE] * (MOST_SEEN + 1)}),
    without(reach="private"),
    without(reach=1),
    without(reach=[]),
]


@pytest.mark.parametrize("plain", MALFORMED, ids=range(len(MALFORMED)))
def test_what_is_no_operation_is_refused(plain: Plain) -> None:
    with pytest.raises(Malformed):
        operation_from_plain(plain)


@pytest.mark.parametrize(
    "parts",
    [
        {"stamps": {}},
        {"over": {}},
        {"clock": {DELETED: ONE}},
        {"clock": {"name": "x"}},
        {"covered": []},
        {"covered": {"x": []}},
        {"covered": {ONE: {}}},
        {"lifted": {}},
        {"lifted": [1]},
        {"lifted": [ONE] * (MOST_WRITES + 1)},
        {"deletions": {ONE: [1]}},
        {"deletions": {f"{n:032x}": [] for n in range(MOST_WRITES + 1)}},
    ],
)
def test_what_is_no_row_state_is_refused(parts: dict[str, Plain]) -> None:
    with pytest.raises(Malformed):
        state_from_plain(state_to_plain(STATE) | parts)


@pytest.mark.parametrize(
    "parts",
    [
        {"values": {"name": "x" * LONGEST_TEXT, "n": (1 << 63) - 1, "m": -(1 << 63)}},
        {"values": {"phones": [1] * LONGEST_LIST}},
        {"values": dict.fromkeys(NAMES[:MOST_FIELDS], 1)},
        {"withheld": NAMES[:MOST_FIELDS]},
        {"over": {"title": [ONE] * MOST_WRITES}},
        {"others": {"title": [[ONE, 1]] * MOST_WRITES}},
        {"beneath": [[ONE, []]] * MOST_WRITES},
        {"deletions": {THREE: [ONE] * MOST_SEEN}, "over": {}},
        {"row": "a" * 80, "kind": "a" * 64},
        {"reach": "company"},
    ],
    ids=range(10),
)
def test_what_is_within_the_bounds_is_read(parts: dict[str, Plain]) -> None:
    operation_from_plain(without(**parts))
