"""Folding: what came back is laid over what was known, and what was not sent stays."""

from __future__ import annotations

from row_operations import WU, after, at, deleted, went_over, whole, wrote

from brm_desktop.domain.merge import (
    Losing,
    conflicts_of,
    folded,
    losing,
    merged,
    same,
    shown,
    stamps_only,
)
from brm_desktop.domain.operations import DELETED


def test_what_came_back_replaces_what_was_known_and_keeps_what_was_not_sent() -> None:
    known = after(whole(at(1), name="Lin", title="CTO"))
    local = merged(known, wrote(at(2), (at(1),), name="Lin Yi"))
    asset = merged(known, wrote(at(3, WU), (at(1),), title="CIO"))
    state = folded(local, stamps_only(known), asset)
    assert state is not None
    assert shown(state) == {"name": "Lin Yi", "title": "CIO"}
    assert conflicts_of(state) == []


def test_an_unsent_edit_and_anothers_are_in_conflict_after_folding() -> None:
    known = after(whole(at(1), name="Lin"))
    local = merged(known, wrote(at(2), (at(1),), name="Lin Yi"))
    asset = merged(known, wrote(at(3, WU), (at(1),), name="Yi"))
    state = folded(local, stamps_only(known), asset)
    assert state is not None
    assert shown(state) == {"name": "Yi"}
    assert conflicts_of(state) == [Losing("name", at(2), "Lin Yi", True)]
    assert same(folded(state, asset, asset), state)


def test_folding_the_same_again_changes_nothing() -> None:
    known = after(whole(at(1), name="Lin"))
    asset = merged(known, wrote(at(3, WU), (at(1),), name="Yi"))
    once = folded(known, known, asset)
    assert once is asset
    assert folded(once, stamps_only(asset), asset) is asset


def test_a_new_row_of_others_is_taken_as_it_is_and_nothing_of_nothing_is_nothing() -> None:
    asset = after(wrote(at(2, WU), (at(1),), name="Yi"))
    assert asset.covered
    told = folded(None, None, asset)
    assert told is not None
    assert told.covered == {}
    assert shown(told) == {"name": "Yi"}
    assert folded(None, None, None) is None


def test_what_was_waited_for_at_the_asset_is_not_told() -> None:
    asset = after(whole(at(1), name="Lin"), went_over(**{DELETED: (at(2, WU),)}))
    told = folded(None, None, asset)
    assert told is not None
    assert told.lifted == frozenset()


def test_an_own_edit_that_the_asset_has_taken_leaves_the_row_as_it_is() -> None:
    local = after(whole(at(1), name="Lin"), wrote(at(2), (at(1),), notes="x"))
    there = after(whole(at(1), frozenset(("notes",)), name="Lin"))
    assert folded(local, there, there) is local


def test_a_row_that_is_not_for_this_site_any_more_goes_but_for_what_was_not_sent() -> None:
    known = after(whole(at(1, WU), name="Lin"))
    gone = folded(known, known, None)
    assert gone is not None
    assert shown(gone) is None
    noted = merged(known, wrote(at(2), (at(1, WU),), notes="x"))
    left = folded(noted, known, None)
    assert left is not None
    assert shown(left) == {"notes": "x"}


def test_deletions_come_and_go_as_writes_do() -> None:
    known = after(whole(at(1), name="Lin"))
    mine = merged(known, deleted(at(2), at(1)))
    theirs = merged(known, deleted(at(3, WU), at(1)))
    both = folded(mine, known, theirs)
    assert both is not None
    assert set(both.deletions) == {at(2), at(3, WU)}
    lifted = folded(both, theirs, known)
    assert lifted is not None
    assert set(lifted.deletions) == {at(2)}


def test_a_row_that_only_this_site_has_stays_as_it_is() -> None:
    local = after(whole(at(1), name="Lin"))
    assert folded(local, None, None) is local


def test_a_row_that_is_here_no_more_is_nothing_and_takes_only_what_is_new() -> None:
    known = after(whole(at(1, WU), name="Lin"))
    for told in (None, known):
        nothing = folded(None, known, told)
        assert nothing is not None
        assert shown(nothing) is None
        assert nothing.live() == set()
    news = folded(None, known, merged(known, wrote(at(2, WU), (at(1, WU),), title="CIO")))
    assert news is not None
    assert shown(news) == {"title": "CIO"}


def test_a_deletion_lifted_here_stays_lifted_whatever_else_is_told() -> None:
    known = after(whole(at(1), name="Lin"), deleted(at(2, WU), at(1)))
    local = merged(known, went_over(**{DELETED: (at(2, WU),)}))
    told = merged(known, wrote(at(3, WU), (at(1),), title="CIO"))
    state = folded(local, known, told)
    assert state is not None
    assert state.deletions == {}
    assert shown(state) == {"name": "Lin", "title": "CIO"}


def test_of_a_row_that_is_gone_nothing_stands_against_anything() -> None:
    assert losing(after(whole(at(1), name="Lin"), deleted(at(2), at(1)))) == []
