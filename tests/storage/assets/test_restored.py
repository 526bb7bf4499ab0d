"""An asset that went back to a copy notices, and is told again what it has forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from asset_reps import NOW, Rep
from asset_world import World

from brm_desktop.domain.merge import same


def _shared_by_two(world: World) -> tuple[Rep, Rep, Callable[[], None]]:
    """Two reps after some rounds, and what takes the asset back to before the last ones."""
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷", power=50)
    one.write("person", "p2", name="韩梅梅")
    world.round(one, two)
    go_back = world.place.copy()
    one.write("person", "p1", power=60)
    world.round(one, two)
    two.write("person", "p1", power=70, title="采购经理")
    two.delete("person", "p2")
    two.write("person", "p3", name="Lucy")
    world.round(one, two)
    one.write("person", "p1", power=80)
    one.write("person", "p3", title="CEO")
    world.round(one, two)
    world.round(one, two)
    assert one.rows == two.rows
    return one, two, go_back


def test_what_an_asset_that_went_back_has_forgotten_is_sent_again(world: World) -> None:
    world.asset.revoke(world.rep(9).site, world.now)
    one, two, go_back = _shared_by_two(world)
    before = dict(one.rows)
    go_back()
    world.merge()
    assert world.asset.status().change < one.cursor
    world.push(one)
    world.merge()
    for _ in range(2):
        for rep in (one, two):
            assert world.pull(rep).head.complete
            for letter in rep.unacknowledged():
                world.place.put(letter)
        assert world.merge().is_clean
    for _ in range(2):
        world.round(one, two)
    assert one.rows == two.rows == before
    assert one.operations() == two.operations() == []
    with world.place.port.transaction() as rows:
        assert all(same(state, before[key]) for key, state in rows.states(list(before)).items())
    assert not world.pull(one).head.complete


def _epoch(world: World, rep: Rep) -> int:
    with world.asset.reply_for(rep.site, world.now) as reply:
        return reply.head.epoch


def test_an_asset_notices_that_it_went_back_by_what_was_told_before(world: World) -> None:
    one, _, go_back = _shared_by_two(world)
    go_back()
    late = world.rep(3)
    late.epoch = late.taken = 0
    says: tuple[tuple[dict[str, Any], int], ...] = (
        ({"taken": 0, "seen": 0}, 0),
        ({"taken": one.taken, "seen": 0}, NOW),
        ({"taken": one.taken, "seen": 99}, NOW),
        ({"epoch": NOW, "seen": 99}, NOW + 1),
        ({"epoch": NOW + 7}, NOW + 8),
    )
    for told_, epoch in says:
        letter = one.letter([], **told_)
        world.place.put(replace(letter, name=f"{one.site}/{len(str(told_))}.brmb"))
        world.merge()
        assert _epoch(world, late) == epoch


def test_a_device_that_is_revoked_or_lies_begins_no_epoch(world: World) -> None:
    one = world.rep(1)
    world.place.put(one.letter([], epoch=1 << 52))
    world.asset.revoke(one.site, world.now)
    world.place.put(replace(one.letter([], seen=99), name=f"{one.site}/99.brmb"))
    world.merge()
    two = world.rep(2)
    assert world.pull(two).head.epoch == 0
