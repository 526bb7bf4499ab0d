from __future__ import annotations

import pytest

from brm_desktop.storage.rows.clocks import advanced, clock_text, read_clock

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


def test_a_clock_of_something_else_than_stamps_is_none() -> None:
    with pytest.raises(TypeError):
        read_clock('{"name":5}')
