from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from brm_desktop.domain.grouped import grouped, ungrouped

ONE, TWO = (f"{number:032x}" for number in (1, 2))
LATE = "f" * 32
names = some.from_regex(r"[a-z][a-z0-9_]{0,10}|\*", fullmatch=True)
stamps = some.sampled_from([ONE, TWO, LATE, "abcdef", "0"])


def test_fields_of_one_stamp_stand_together() -> None:
    clock = {"*": ONE, "title": TWO, "notes": TWO}
    assert grouped(clock) == {"*": ONE, TWO: ["title", "notes"]}


def test_a_stamp_that_could_be_a_field_stands_alone() -> None:
    clock = {"title": LATE, "notes": LATE}
    assert grouped(clock) == clock


@given(some.dictionaries(names, stamps))
def test_what_stands_together_comes_apart_again(clock: dict[str, str]) -> None:
    assert ungrouped(json.loads(json.dumps(grouped(clock)))) == clock


def test_what_nobody_grouped_does_not_come_apart() -> None:
    with pytest.raises(TypeError):
        ungrouped({ONE: [["title"]]})
