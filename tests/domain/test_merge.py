"""Merging row by row: what is shown, what stands against it, and what is gone."""

from __future__ import annotations

import pytest
from row_operations import LI, QIN, WU, after, alike, at, deleted, went_over, whole, wrote

from brm_desktop.domain.merge import (
    Losing,
    conflicts_of,
    folded,
    is_gone,
    losing,
    merged,
    pending,
    same,
    shown,
    stamps_only,
)
from brm_desktop.domain.operations import DELETED, REST, Operation


def test_a_new_row_is_what_its_operation_says() -> None:
    state = after(whole(at(1), name="Lin", title="CTO"))
    assert state.key == ("person", "p")
    assert shown(state) == {"name": "Lin", "title": "CTO"}
    assert conflicts_of(state) == []
    assert state.live() == {at(1)}
    assert state.clock == {REST: at(1)}


def test_a_field_that_is_withheld_is_not_there_and_one_that_is_empty_is() -> None:
    state = after(whole(at(1), frozenset(("notes",)), name="Lin"))
    assert state.has("title")
    assert not state.has("notes")
    assert not after(wrote(at(1), name="Lin")).has("title")


def test_an_edit_over_what_is_shown_is_taken() -> None:
    state = after(whole(at(1), name="Lin"), wrote(at(2, WU), (at(1),), name="Lin Yi"))
    assert shown(state) == {"name": "Lin Yi"}
    assert state.clock == {REST: at(1), "name": at(2, WU)}
    assert conflicts_of(state) == []


def test_a_field_that_is_emptied_is_empty() -> None:
    state = after(whole(at(1), title="CTO"), wrote(at(2), (at(1),), title=None))
    assert shown(state) == {}
    assert state.has("title")


def test_two_edits_that_have_not_seen_each_other_both_stand_and_the_later_is_shown() -> None:
    start = whole(at(1), title="CTO")
    state = after(start, wrote(at(3, WU), (at(1),), title="CIO"))
    other = after(start, wrote(at(2), (at(1),), title="COO"))
    both = merged(state, wrote(at(2), (at(1),), title="COO"))
    assert same(both, merged(other, wrote(at(3, WU), (at(1),), title="CIO")))
    assert shown(both) == {"title": "CIO"}
    assert conflicts_of(both) == [Losing("title", at(2), "COO", True)]
    assert both.live() == {at(1), at(2), at(3, WU)}


def test_two_who_say_the_same_are_kept_both_and_nothing_is_told() -> None:
    state = alike(whole(at(1), name="Lin"), whole(at(2, WU), name="Lin"))
    assert conflicts_of(state) == []
    assert losing(state) == [
        Losing("name", at(1), "Lin", False),
        Losing(REST, at(1), ["name"], False),
    ]


def test_two_records_of_one_row_are_in_conflict_where_they_differ() -> None:
    state = alike(whole(at(1), name="Lin", title="CTO"), whole(at(2, WU), name="Yi", phones=["1"]))
    assert shown(state) == {"name": "Yi", "phones": ["1"]}
    assert set(conflicts_of(state)[0]) >= {"name", "Lin"}
    assert {one.field: one.value for one in conflicts_of(state)} == {
        "name": "Lin",
        "phones": None,
        "title": "CTO",
    }


def test_an_edit_that_names_a_conflict_settles_it() -> None:
    two = (whole(at(1), name="Lin"), whole(at(2, WU), name="Yi"))
    state = after(*two, wrote(at(3, QIN), (at(1), at(2, WU)), name="Lin Yi"))
    assert shown(state) == {"name": "Lin Yi"}
    assert conflicts_of(state) == []


def test_an_edit_that_does_not_name_a_conflict_leaves_it() -> None:
    two = (whole(at(1), name="Lin"), whole(at(2, WU), name="Yi"))
    state = after(*two, wrote(at(3, QIN), (at(2, WU),), name="Lin Yi"))
    assert conflicts_of(state) == [Losing("name", at(1), "Lin", True)]


def test_a_conflict_is_settled_for_what_is_shown_by_going_over_the_other() -> None:
    start = (whole(at(1), name="Lin"), wrote(at(2, WU), name="Yi"))
    state = after(*start, went_over(name=(at(1),)))
    assert shown(state) == {"name": "Yi"}
    assert losing(state) == []


def test_what_was_gone_over_before_it_came_never_shows() -> None:
    state = alike(whole(at(1), name="Lin"), wrote(at(2, WU), (at(1),), name="Yi"))
    assert shown(state) == {"name": "Yi"}
    assert conflicts_of(state) == []
    early = after(wrote(at(2, WU), (at(1),), name="Yi"))
    assert early.covered == {at(1): frozenset(("name",))}
    assert merged(early, whole(at(1), name="Lin")).covered == {}


def test_an_edit_of_a_field_may_come_after_the_edit_that_goes_over_it() -> None:
    start = after(whole(at(1), name="Lin"))
    early = merged(start, wrote(at(3, WU), (at(2),), name="Yi"))
    state = merged(early, wrote(at(2), (at(1),), name="Lin Yi"))
    assert shown(state) == {"name": "Yi"}
    assert conflicts_of(state) == []
    assert state.covered == {}


def test_a_whole_record_may_come_after_edits_of_two_of_its_fields() -> None:
    early = after(wrote(at(3, WU), (at(1),), name="Yi", title="CIO"))
    state = merged(early, whole(at(1), name="Lin", title="CTO", notes="x"))
    assert shown(state) == {"name": "Yi", "title": "CIO", "notes": "x"}
    assert state.covered == {}


def test_only_what_is_still_to_come_is_remembered() -> None:
    early = after(wrote(at(3, WU), (at(1),), name="Yi", title="CIO"))
    half = merged(early, wrote(at(1), name="Lin"))
    assert half.covered == {at(1): frozenset(("title",))}
    assert shown(half) == {"name": "Yi", "title": "CIO"}


def test_a_field_taken_back_is_not_there_any_more() -> None:
    state = after(whole(at(1), name="Lin", notes="x"), went_over(notes=(at(1),)))
    assert shown(state) == {"name": "Lin"}
    assert not state.has("notes")
    assert state.withheld == {"notes"}


def test_a_field_taken_back_shows_what_another_had_written() -> None:
    start = after(whole(at(1), name="Lin"), wrote(at(2, WU), name="Yi"))
    state = merged(start, went_over(name=(at(2, WU),)))
    assert shown(state) == {"name": "Lin"}
    assert state.clock == {REST: at(1)}


def test_a_field_withheld_at_first_may_come_later() -> None:
    state = after(whole(at(1), frozenset(("notes",)), name="Lin"), wrote(at(1), notes="x"))
    assert same(state, after(whole(at(1), name="Lin", notes="x")))
    assert state.withheld == frozenset()


def test_a_row_taken_back_as_a_whole_shows_nothing() -> None:
    state = after(whole(at(1), name="Lin"), went_over(**{REST: (at(1),)}))
    assert shown(state) is None
    assert not is_gone(state)
    assert state.live() == set()


def test_a_row_may_be_taken_back_but_for_a_field() -> None:
    state = after(whole(at(1), name="Lin", title="CTO"), went_over(**{REST: (at(1),), "name": ()}))
    assert shown(state) == {"name": "Lin"}
    assert not state.has("title")


def test_a_field_nobody_here_knows_is_kept_and_merged_like_all_others() -> None:
    start = whole(at(1), name="Lin", shoe_size=43)
    state = after(start, wrote(at(2, WU), (at(1),), shoe_size=44), wrote(at(3), shoe_size=45))
    assert shown(state) == {"name": "Lin", "shoe_size": 45}
    assert conflicts_of(state) == [Losing("shoe_size", at(2, WU), 44, True)]


def test_a_deletion_that_saw_everything_takes_the_row_away() -> None:
    state = alike(whole(at(1), name="Lin"), deleted(at(2, WU), at(1)))
    assert is_gone(state)
    assert shown(state) is None
    assert conflicts_of(state) == []


def test_an_edit_that_a_deletion_has_not_seen_keeps_the_row() -> None:
    start = after(whole(at(1), name="Lin"))
    edited = merged(start, wrote(at(2, WU), (at(1),), title="CIO"))
    state = merged(edited, deleted(at(3), at(1)))
    assert same(
        state, merged(merged(start, deleted(at(3), at(1))), wrote(at(2, WU), (at(1),), title="CIO"))
    )
    assert not is_gone(state)
    assert shown(state) == {"name": "Lin", "title": "CIO"}
    assert conflicts_of(state) == [Losing(DELETED, at(3), [at(1)], True)]


def test_two_deletions_take_away_what_each_alone_would_not() -> None:
    start = after(whole(at(1), name="Lin"), wrote(at(2, WU), (at(1),), name="Yi"))
    one = merged(start, deleted(at(3), at(1)))
    assert not is_gone(one)
    assert is_gone(merged(one, deleted(at(4, QIN), at(2, WU))))


def test_a_row_comes_back_when_its_deletion_is_lifted() -> None:
    gone = after(whole(at(1), name="Lin"), deleted(at(2, WU), at(1)))
    state = merged(gone, went_over(**{DELETED: (at(2, WU),)}))
    assert shown(state) == {"name": "Lin"}
    assert conflicts_of(state) == []


def test_a_deletion_lifted_before_it_came_never_takes_anything_away() -> None:
    lift = went_over(**{DELETED: (at(2, WU),)})
    early = after(whole(at(1), name="Lin"), lift)
    assert early.lifted == {at(2, WU)}
    state = merged(early, deleted(at(2, WU), at(1)))
    assert not is_gone(state)
    assert state.lifted == frozenset()
    assert state.deletions == {}


def test_deleting_again_goes_over_the_deletion_that_had_not_seen_all() -> None:
    state = after(
        whole(at(1), name="Lin"),
        deleted(at(2, WU)),
        deleted(at(3), at(1), over=(at(2, WU),)),
    )
    assert is_gone(state)
    assert set(state.deletions) == {at(3)}


def test_a_revived_row_is_one_whole_record_again() -> None:
    gone = after(
        whole(at(1), name="Lin"), wrote(at(2), (at(1),), title="CTO"), deleted(at(3), at(1), at(2))
    )
    revived = Operation(
        kind="person",
        row="p",
        values={"name": "Lin Yi"},
        stamps={REST: at(4, WU)},
        over={REST: (at(1),), "title": (at(2),), DELETED: (at(3),)},
    )
    state = merged(gone, revived)
    assert same(state, after(whole(at(4, WU), name="Lin Yi")))
    assert state.covered == {}


def test_records_that_lie_beneath_one_another_are_compared_whole() -> None:
    known = after(whole(at(1), name="Lin"), whole(at(2, WU), name="Yi"))
    local = merged(known, wrote(at(3), (at(1), at(2, WU)), name="Lin Yi"))
    operation = pending(local, known, LI)
    assert operation is not None
    assert operation.stamps == {"name": at(3)}
    assert operation.over == {"name": (at(1), at(2, WU))}


def test_rows_are_the_same_by_what_is_live_and_deleted() -> None:
    state = after(whole(at(1), name="Lin"))
    assert same(None, None)
    assert not same(state, None)
    assert not same(state, after(whole(at(1), name="Yi")))
    assert not same(state, merged(state, deleted(at(2), at(1))))
    assert same(after(deleted(at(2), at(1), at(0))), after(deleted(at(2), at(0), at(1))))
    assert not same(after(deleted(at(2), at(1))), after(deleted(at(2), at(0))))


def test_a_state_without_values_says_which_stamps_are_live() -> None:
    state = after(whole(at(1), name="Lin"), whole(at(2, WU), name="Yi"), deleted(at(3, QIN), at(1)))
    bare = stamps_only(state)
    assert bare.values == {}
    assert bare.live() == state.live()
    assert bare.others == {"name": ((at(1), None),)}
    assert bare.key == state.key
    assert bare.deletions == state.deletions
    assert bare.withheld == state.withheld


@pytest.mark.parametrize("field", ["name", "phones"])
def test_a_value_of_a_field_that_the_record_withholds_is_not_shown(field: str) -> None:
    state = after(whole(at(1), frozenset((field,)), **{field: "x", "title": "CTO"}))
    assert shown(state) == {"title": "CTO"}


def test_of_a_record_that_comes_late_only_what_it_speaks_of_was_waited_for() -> None:
    early = after(wrote(at(3, WU), (at(1),), name="Yi", notes="y"))
    state = merged(early, whole(at(1), frozenset(("notes",)), name="Lin", title="CTO"))
    assert state.covered == {at(1): frozenset(("notes",))}
    assert shown(state) == {"name": "Yi", "notes": "y", "title": "CTO"}


def test_a_field_taken_back_of_a_row_that_has_no_whole_record_is_simply_gone() -> None:
    state = after(wrote(at(1), name="Lin", title="CTO"), went_over(title=(at(1),)))
    assert state.clock == {"name": at(1)}
    assert state.withheld == frozenset()


def test_an_emptied_field_may_stand_against_a_written_one() -> None:
    state = alike(wrote(at(1), title="CTO"), wrote(at(2, WU), title=None))
    assert shown(state) == {}
    assert conflicts_of(state) == [Losing("title", at(1), "CTO", True)]


def test_whole_records_that_say_nothing_shown_are_live_like_all_others() -> None:
    beneath = Operation(kind="person", row="p", beneath=((at(1), frozenset(("name",))),))
    state = merged(after(wrote(at(2, WU), name="Yi")), beneath)
    assert state.has("title")
    assert state.live() == {at(1), at(2, WU)}
    assert losing(state) == []


def test_a_first_operation_may_write_a_field_twice() -> None:
    twice = Operation(
        kind="person",
        row="p",
        values={"name": "Yi"},
        stamps={"name": at(2)},
        others={"name": ((at(1), "Lin"),)},
    )
    assert conflicts_of(after(twice)) == [Losing("name", at(1), "Lin", True)]


def test_a_first_operation_may_hold_two_records_that_say_the_same() -> None:
    twice = Operation(kind="person", row="p", stamps={REST: at(2)}, beneath=((at(1), frozenset()),))
    assert after(twice).live() == {at(1), at(2)}


def test_what_is_empty_is_in_no_values() -> None:
    said = after(Operation(kind="person", row="p", values={"a": None}, stamps={REST: at(1)}))
    assert shown(said) == {}
    state = after(whole(at(1), title="CTO"), whole(at(2, WU)))
    assert state.values == {}
    assert conflicts_of(state) == [Losing("title", at(1), "CTO", True)]


def test_lifting_a_deletion_leaves_nothing_to_wait_for() -> None:
    gone = after(whole(at(1), name="Lin"), deleted(at(2, WU), at(1)))
    state = merged(gone, went_over(**{DELETED: (at(2, WU),)}))
    assert state.covered == {}
    assert state.lifted == frozenset()


def test_a_withheld_field_may_be_gone_over_before_it_comes() -> None:
    start = after(whole(at(1), frozenset(("notes",)), name="Lin"))
    early = merged(start, wrote(at(3, WU), (at(1),), notes="b"))
    state = merged(early, wrote(at(1), notes="a"))
    assert shown(state) == {"name": "Lin", "notes": "b"}
    assert conflicts_of(state) == []
    assert state.covered == {}


def test_an_edit_taken_back_before_it_came_leaves_the_field_empty_handed() -> None:
    early = after(whole(at(1), name="Lin", title="CTO"), went_over(name=(at(2),)))
    state = merged(early, wrote(at(2), (at(1),), name="Yi"))
    assert shown(state) == {"title": "CTO"}
    assert not state.has("name")
    assert state.covered == {}


def test_a_field_of_the_whole_records_stamp_is_part_of_it() -> None:
    start = after(whole(at(5), frozenset(("notes",)), name="Lin"), wrote(at(3, WU), notes="b"))
    state = merged(start, wrote(at(5), (at(3, WU),), notes="a"))
    assert state.clock == {REST: at(5)}
    assert shown(state) == {"name": "Lin", "notes": "a"}


def test_a_field_emptied_or_settled_leaves_no_trace_of_what_was() -> None:
    start = after(whole(at(1), title="CTO"))
    emptied = merged(start, wrote(at(2), (at(1),), title=None))
    assert (emptied.values, emptied.others) == ({}, {})
    against = merged(start, wrote(at(3, WU), title=None))
    assert against.values == {}
    settled = merged(against, wrote(at(4), (at(1), at(3, WU)), title=None))
    assert (settled.values, settled.others) == ({}, {})


def test_a_conflict_settled_here_is_not_brought_back_by_other_news() -> None:
    known = after(whole(at(1), name="Lin"), wrote(at(2, WU), name="Yi"))
    local = merged(known, went_over(name=(at(1),)))
    told = merged(known, wrote(at(3, WU), (at(1),), title="CIO"))
    state = folded(local, known, told)
    assert state is not None
    assert losing(state) == []
    assert shown(state) == {"name": "Yi", "title": "CIO"}


def test_a_record_beneath_that_was_taken_back_or_not_sent_is_not_overlooked() -> None:
    one, two = whole(at(1)), whole(at(2, WU))
    both, news = after(one, two), wrote(at(3, WU), (at(2, WU),), title="CIO")
    less = merged(both, went_over(**{REST: (at(1),)}))
    settled = folded(less, both, merged(both, news))
    unsent = folded(both, less, merged(less, news))
    assert settled is not None
    assert unsent is not None
    assert settled.live() == {at(2, WU), at(3, WU)}
    assert unsent.live() == {at(1), at(2, WU), at(3, WU)}
