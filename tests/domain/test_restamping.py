"""Other stamps for what was never sent: of a clock that was ahead, or of a copied store."""

from __future__ import annotations

from brm_desktop.domain.merge import merged, pending, same, shown
from brm_desktop.domain.operations import REST, Operation, RowState
from brm_desktop.domain.restamping import restamped, unsent

SITE, NEW = "1" * 16, "2" * 16


def at(time: int, site: str = SITE) -> str:
    return f"{time:016x}{site}"


def written(state: RowState | None, stamp: str, over: tuple[str, ...], **values: str) -> RowState:
    stamps = dict.fromkeys(values, stamp)
    overs = dict.fromkeys(values, over)
    return merged(state, Operation(kind="tie", row="r", values=values, stamps=stamps, over=overs))


def whole(stamp: str) -> RowState:
    return merged(None, Operation(kind="tie", row="r", values={"label": "x"}, stamps={REST: stamp}))


def deleted(state: RowState, stamp: str, *seen: str) -> RowState:
    return merged(state, Operation(kind="tie", row="r", deletions={stamp: seen}))


def test_what_was_not_sent_is_told_oldest_first() -> None:
    known = whole(at(1))
    local = deleted(written(known, at(9), (at(1),), evidence="y"), at(12), at(1), at(9))
    assert unsent(local, known) == [at(9), at(12)]
    assert unsent(local, None) == [at(1), at(9), at(12)]
    assert unsent(known, known) == []
    assert unsent(local, deleted(known, at(12), at(1))) == [at(9)]


def test_edits_of_a_clock_that_was_ahead_get_other_stamps_and_are_sent_with_them() -> None:
    known = whole(at(1))
    local = written(known, at(900), (at(1),), evidence="y")
    state = restamped(local, known, {at(900): at(5)})
    assert shown(state) == shown(local)
    assert state.clock == {REST: at(1), "evidence": at(5)}
    assert pending(state, known, SITE) == pending(
        written(known, at(5), (at(1),), evidence="y"), known, SITE
    )


def test_what_was_sent_keeps_its_stamp_even_where_the_same_edit_wrote_more() -> None:
    known = merged(
        None,
        Operation(
            kind="tie",
            row="r",
            values={"label": "x"},
            stamps={REST: at(4)},
            withheld=frozenset(("evidence",)),
        ),
    )
    local = written(known, at(4), (), evidence="y")
    state = restamped(local, known, {at(4): at(5, NEW)})
    assert state.clock == {REST: at(4), "evidence": at(5, NEW)}


def test_a_copied_store_sends_what_it_had_not_sent_as_its_own() -> None:
    local = whole(at(1))
    state = restamped(local, None, {at(1): at(5, NEW)})
    operation = pending(state, None, NEW)
    assert operation is not None
    assert operation.stamps == {REST: at(5, NEW)}


def test_a_deletion_saw_the_same_edits_by_their_new_stamps() -> None:
    known = whole(at(1))
    local = deleted(written(known, at(900), (at(1),), evidence="y"), at(901), at(1), at(900))
    state = restamped(local, known, {at(900): at(5), at(901): at(6)})
    assert state.deletions == {at(6): (at(1), at(5))}


def test_a_deletion_forgets_a_later_edit_that_is_no_more() -> None:
    local = deleted(whole(at(1)), at(901), at(1), at(850))
    assert restamped(local, None, {at(901): at(6)}).deletions == {at(6): (at(1),)}


def test_what_a_sent_deletion_saw_keeps_its_stamp() -> None:
    known = deleted(whole(at(1)), at(3), at(1), at(2))
    local = written(known, at(2), (at(1),), evidence="y")
    state = restamped(local, known, {at(2): at(5, NEW)})
    assert same(state, local)
