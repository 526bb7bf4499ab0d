"""Which reporting lines are shown when several people drew them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.forest import CYCLE, SECOND_MANAGER, Line, shown_lines

people = st.sampled_from("abcdef")
drawn = st.lists(st.tuples(people, people, st.integers(0, 5)), max_size=14).map(
    lambda lines: [
        Line(f"l{n}", person, manager, f"{stamp}")
        for n, (person, manager, stamp) in enumerate(lines)
    ]
)


def test_of_two_managers_the_one_given_last_is_shown() -> None:
    lines = [Line("1", "lin", "wang", "05"), Line("2", "lin", "zhao", "07")]
    assert shown_lines(lines) == (frozenset({"2"}), {"1": SECOND_MANAGER})


def test_the_oldest_line_of_a_circle_is_hidden() -> None:
    lines = [
        Line("1", "lin", "wang", "05"),
        Line("2", "wang", "zhao", "07"),
        Line("3", "zhao", "lin", "06"),
    ]
    assert shown_lines(lines) == (frozenset({"2", "3"}), {"1": CYCLE})


def test_nobody_is_his_own_manager() -> None:
    assert shown_lines([Line("1", "lin", "lin", "05")]) == (frozenset(), {"1": CYCLE})


def test_of_lines_drawn_by_one_stamp_the_greater_id_counts() -> None:
    lines = [Line("1", "lin", "wang", "05"), Line("2", "lin", "zhao", "05")]
    assert shown_lines(lines).shown == {"2"}


def test_a_second_manager_who_would_close_a_circle_too_is_a_second_manager() -> None:
    lines = [Line("1", "lin", "wang", "09"), Line("2", "wang", "zhao", "08")]
    closing = Line("3", "lin", "lin", "01")
    assert shown_lines([*lines, closing]).hidden == {"3": SECOND_MANAGER}


def test_a_circle_far_up_is_found_after_the_way_was_shortened() -> None:
    chain = [Line(f"{n}", f"p{n}", f"p{n + 1}", f"{50 - n:02}") for n in range(30)]
    back = [Line("x", "p30", "p0", "01"), Line("y", "p30", "p29", "02")]
    decided = shown_lines([*back, *chain])
    assert decided.hidden == {"x": CYCLE, "y": CYCLE}
    assert len(decided.shown) == 30


@given(drawn)
def test_the_lines_shown_are_a_forest_whatever_the_order(lines: list[Line]) -> None:
    decided = shown_lines(lines)
    assert decided == shown_lines(reversed(lines))
    assert decided.shown.isdisjoint(decided.hidden)
    assert decided.shown | decided.hidden.keys() == {line.id for line in lines}
    managers = {line.person: line.manager for line in lines if line.id in decided.shown}
    assert len(managers) == len(decided.shown)
    for person in managers:
        climb, seen = person, set()
        while climb in managers:
            assert climb not in seen
            seen.add(climb)
            climb = managers[climb]


@given(drawn)
def test_a_line_is_hidden_only_for_what_newer_lines_say(lines: list[Line]) -> None:
    decided = shown_lines(lines)
    for line in lines:
        if line.id not in decided.hidden:
            continue
        newer = {
            one.person: one.manager
            for one in lines
            if one.id in decided.shown and (one.stamp, one.id) > (line.stamp, line.id)
        }
        if decided.hidden[line.id] == SECOND_MANAGER:
            assert line.person in newer
        else:
            climb = line.manager
            while climb != line.person:
                climb = newer[climb]
