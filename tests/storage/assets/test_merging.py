"""What reps say of the same rows comes together, in any order and any grouping."""

from __future__ import annotations

import gc
import random

import pytest
from asset_reps import MINUTE, NOW, Rep
from asset_world import PERSON, World

from brm_desktop.domain.merge import same
from brm_desktop.storage.sharing import receiving
from brm_desktop.storage.sharing.port import Letter


def test_what_one_rep_shares_another_of_the_team_gets(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷", power=50)

    report = world.round(one, two)

    assert (report.bundles, report.operations, report.rows) == (2, 1, 1)
    assert report.is_clean
    assert two.sees() == one.sees() == {PERSON: {"name": "李雷", "power": 50}}


def test_edits_of_two_fields_go_together_and_of_one_field_stand_in_conflict(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷", power=50)
    world.round(one, two)
    one.write("person", "p1", power=60)
    two.write("person", "p1", title="采购经理")
    assert world.round(one, two).is_clean
    world.round(one, two)
    assert one.sees() == two.sees() == {PERSON: {"name": "李雷", "power": 60, "title": "采购经理"}}

    one.write("person", "p1", power=70)
    two.write("person", "p1", power=80)
    report = world.round(one, two)
    world.round(one, two)

    assert report.conflicts == 1
    assert not report.is_clean
    assert one.rows == two.rows
    assert world.asset.status().conflicts == 1


def test_a_deletion_that_has_not_seen_an_edit_keeps_the_row(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    world.round(one, two)

    one.delete("person", "p1")
    two.write("person", "p1", title="采购经理")
    world.round(one, two)
    world.round(one, two)

    assert one.sees() == two.sees() == {PERSON: {"name": "李雷", "title": "采购经理"}}
    one.delete("person", "p1")
    world.round(one, two)
    assert two.sees() == {}
    two.revive("person", "p1")
    world.round(one, two)
    world.round(one, two)
    assert one.sees() == two.sees() != {}


def test_any_order_any_grouping_and_any_repetition_give_the_same(world: World) -> None:
    reps = [world.rep(n, skew=skew) for n, skew in ((1, 0), (2, -60 * MINUTE), (3, 5 * MINUTE))]
    for n, rep in enumerate(reps * 3):
        rep.write("person", f"p{n % 2}", name=f"by {rep.number} at {n}", power=n)
        if n % 4 == 3:
            rep.delete("person", f"p{n % 2}")
        world.push(rep)
        if n % 3 == 1:
            world.merge()
            world.pull(reps[(n + 1) % 3])
    world.merge()
    for _ in range(2):
        world.round(*reps)

    assert reps[0].rows == reps[1].rows == reps[2].rows
    with world.place.port.transaction() as rows:
        states = rows.states(list(reps[0].rows))
    assert all(same(states[key], state) for key, state in reps[0].rows.items())


def _something(world: World, rep: Rep, chance: random.Random) -> None:
    """A rep edits, deletes or brings back one of four people."""
    row = f"p{chance.randrange(4)}"
    there = rep.rows.get(("person", row))
    if there is None or not there.clock:
        rep.write("person", row, name=f"by {rep.number}", power=chance.randrange(100))
    elif there.deletions:
        rep.revive("person", row)
    elif chance.random() < 0.2:
        rep.delete("person", row)
    else:
        rep.write("person", row, power=chance.randrange(100))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_reps_do_all_come_to_what_the_asset_holds(world: World, seed: int) -> None:
    chance = random.Random(seed)
    hour = 60 * MINUTE
    reps = [world.rep(n, skew=skew) for n, skew in ((1, 0), (2, -hour), (3, -24 * hour))]
    late: list[Letter] = []
    sent: list[Letter] = []
    for _ in range(60):
        rep, act = chance.choice(reps), chance.randrange(10)
        if act < 6:
            _something(world, rep, chance)
        elif act == 6:
            sent.append(rep.letter(now=world.now))
            (late.append if chance.random() < 0.3 else world.place.put)(sent[-1])
        elif act == 7:
            world.merge()
        elif act == 8:
            world.pull(rep)
        elif sent:
            world.place.put(chance.choice(sent))
    for letter in late:
        world.place.put(letter)
    for _ in range(3):
        world.round(*reps)

    with world.place.port.transaction() as rows:
        states = rows.states([("person", f"p{n}") for n in range(4)])
    for rep in reps:
        assert rep.operations() == []
        assert set(rep.rows) == set(states)
        assert all(same(rep.rows[key], state) for key, state in states.items()), rep.number


def test_who_looks_for_no_garbage_does_not_after_a_merge(world: World) -> None:
    one = world.rep(1)
    one.write("person", "p1", name="李雷")
    gc.disable()
    try:
        assert world.round(one).rows == 1
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_bundle_is_merged_in_slices(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SLICE", 2)
    one, two = world.rep(1), world.rep(2)
    for n in range(7):
        one.write("person", f"p{n}", name=f"李雷{n}")
    report = world.round(one, two)
    assert (report.operations, report.rows) == (7, 7)
    assert len(two.sees()) == 7
    with world.asset.reply_for(two.site, NOW) as reply:
        assert len({row.version for row in reply.rows}) == 1
