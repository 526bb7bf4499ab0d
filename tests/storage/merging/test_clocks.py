from __future__ import annotations

import json
from hashlib import sha256

import pytest

from brm_desktop.storage.rows.brief_names import lettered, named_by
from brm_desktop.storage.rows.clocks import advanced, clock_of, clock_text, read_clock

ONE, TWO, NEW = (f"{number:032x}" for number in (1, 2, 3))


def test_what_an_edit_goes_over_is_in_the_clock_no_more() -> None:
    text = clock_text(
        {"*": ONE},
        withheld=["name", "notes"],
        equal={"name": [TWO], "title": [TWO]},
        beneath=[(TWO, ["notes"])],
    )
    written = read_clock(advanced(text, ["name"], NEW))
    assert written.clock == {"*": ONE, "name": NEW}
    assert written.withheld == {"notes"}
    assert written.equal == {"title": [TWO]}
    assert written.beneath == ((TWO, frozenset({"name", "notes"})),)


def test_a_clock_whose_last_equal_write_is_gone_over_names_none() -> None:
    text = clock_text({"*": ONE}, equal={"name": [TWO]})
    assert advanced(text, ["name"], NEW) == clock_text({"*": ONE, "name": NEW})


@pytest.mark.parametrize("text", ['{"name":5}', '{"name":["notes"]}'])
def test_a_clock_of_something_else_than_stamps_is_none(text: str) -> None:
    with pytest.raises(TypeError):
        read_clock(text)


LATE = f"{0xFFFF:04x}" + NEW[4:]
"""A stamp whose first sign in base 64 would be no capital."""


def test_several_stamps_stand_in_a_clock_with_as_few_signs_as_can_be() -> None:
    clock = {"*": ONE, "title": TWO, "notes": TWO, "steps": TWO, "name": NEW}
    text = clock_text(clock)
    assert read_clock(text).clock == clock
    assert ONE not in text
    assert TWO not in text
    assert '"steps"' in text
    assert text.count("title") + text.count("notes") + text.count("name") == 0


def test_a_clock_of_one_stamp_stands_as_it_always_did() -> None:
    assert clock_text({"*": ONE}) == clock_of(ONE) == f'{{"*":"{ONE}"}}'
    assert read_clock(clock_text({"*": ONE}, withheld=["notes"])).withheld == {"notes"}


def test_a_clock_of_the_schemas_before_the_sixth_is_read() -> None:
    digits = f"0{'1' * 31}"
    text = json.dumps({"*": ONE, digits: ["title", "notes"], "name": TWO})
    clock = {"*": ONE, "title": digits, "notes": digits, "name": TWO}
    assert read_clock(text).clock == clock
    assert read_clock(clock_text(clock)).clock == clock


def test_a_stamp_of_a_far_future_stays_as_it_is() -> None:
    clock = {"*": LATE, "title": ONE, "notes": LATE, "name": LATE}
    text = clock_text(clock)
    assert LATE in text
    assert read_clock(text).clock == clock


def test_the_letters_of_fields_stay_what_they_are() -> None:
    letters = [chr(sign) for sign in range(ord("#"), ord("~") + 1) if chr(sign) != "\\"]
    names = named_by("".join(letters))
    assert [lettered((name,)) for name in names] == [(letter, ()) for letter in letters]
    assert lettered(("notes", "steps", "title")) == ("'8", ("steps",))
    told = sha256(" ".join(names).encode()).hexdigest()
    assert told == "34e72dc98290aa66cedb8f99dbcc2817dde12405717b94d17ad4779d48ab18f8"
    with pytest.raises(KeyError):
        named_by("!")
