"""A store that went back to a copy learns from the asset what it had gone over since."""

from __future__ import annotations

from brm_desktop.domain.going_on import without_superseded
from brm_desktop.domain.merge import same
from brm_desktop.domain.operations import REST, RowState

MINE, THEIRS = "a" * 16, "b" * 16


def stamp(number: int, site: str = MINE) -> str:
    return f"{number:016x}{site}"


def row(values: dict[str, str], clock: dict[str, str], *withheld: str) -> RowState:
    kept = frozenset(withheld)
    return RowState(kind="person", row="li", values=values, clock=clock, withheld=kept)


def test_what_the_same_site_wrote_later_takes_the_place_of_the_copys() -> None:
    local = row({"name": "Li", "title": "CIO"}, {REST: stamp(1), "title": stamp(2)})
    known = row({"name": "Li", "title": "CEO"}, {REST: stamp(1), "title": stamp(3)})
    assert same(without_superseded(local, known), row({"name": "Li"}, {REST: stamp(1)}, "title"))


def test_what_another_site_wrote_leaves_the_copys_beside_it() -> None:
    local = row({"title": "CIO"}, {"title": stamp(2)})
    known = row({"title": "CEO"}, {"title": stamp(3, THEIRS)})
    assert same(without_superseded(local, known), local)


def test_what_the_asset_does_not_know_stays() -> None:
    local = row({"name": "Li"}, {REST: stamp(1)})
    assert same(without_superseded(local, None), local)
    assert same(without_superseded(local, row({"name": "Li"}, {REST: stamp(1)})), local)


def test_what_was_gone_over_whole_is_no_more() -> None:
    local = row({"name": "Li"}, {REST: stamp(1)})
    known = row({"name": "Li Lei"}, {REST: stamp(2)})
    assert not without_superseded(local, known).clock
