"""What was deleted long ago says nothing any more, and what is erased by request is nowhere."""

from __future__ import annotations

import pytest
from asset_reps import DAY, NOW, USUAL
from asset_world import PERSON, World
from told import told

from brm_desktop.domain.errors import NotFound
from brm_desktop.storage.sharing import engine


def test_what_is_deleted_for_180_days_says_nothing_any_more(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="CANARY-李雷", power=50)
    one.write("person", "p2", name="韩梅梅")
    world.round(one, two)
    one.delete("person", "p1")
    world.round(one, two)

    world.now += 179 * DAY
    world.merge()
    assert "CANARY" in world.everything_kept()
    world.now += 2 * DAY
    world.merge()
    assert "CANARY" not in world.everything_kept()
    with world.place.port.transaction() as rows:
        (state,) = rows.states([PERSON]).values()
    assert state.deletions
    assert state.values in ({}, USUAL["person"])
    late = world.rep(3)
    assert set(late.sees()) == {("person", "p2")}


def test_what_stays_of_a_row_for_some_is_erased_with_it(world: World) -> None:
    one, two = world.rep(1), world.rep(2, "华南")
    one.write("person", "p1", "company", name="李雷", title="CANARY", organisation="o1")
    world.round(one, two)
    two.write("person", "p1", title="CEO", organisation="o2")
    two.share("person", "p1", "team")
    world.round(one, two)
    world.round(one, two)
    assert one.sees()[PERSON]["title"] == "CANARY"
    assert PERSON in world.asset.rows_about("o1")
    two.delete("person", "p1")
    world.round(one, two)
    world.now += 181 * DAY
    world.merge()
    assert "CANARY" not in world.everything_kept()


def test_what_a_wrong_clock_deleted_is_kept_as_long_as_everything(world: World) -> None:
    one = world.rep(1, skew=-400 * DAY)
    one.write("person", "p1", name="CANARY-李雷")
    world.round(one)
    one.delete("person", "p1")
    world.round(one)
    world.now += 179 * DAY
    world.merge()
    assert "CANARY" in world.everything_kept()
    world.now += 2 * DAY
    world.merge()
    assert "CANARY" not in world.everything_kept()


def test_a_site_behind_the_floor_gets_all_there_is_and_keeps_its_unsent_edits(
    world: World,
) -> None:
    one, sleeper = world.rep(1), world.rep(2)
    for n in range(3):
        one.write("person", f"p{n}", name=f"李雷{n}")
    world.round(one, sleeper)
    world.push(sleeper)
    one.share("person", "p0", None)
    one.write("person", "p1", name="韩梅梅")
    world.round(one)
    sleeper.write("person", "p2", name="unsent")

    world.now += 401 * DAY
    world.merge()
    reply = world.pull(sleeper)
    assert reply.head.complete
    assert sleeper.sees() == {
        ("person", "p1"): {"name": "韩梅梅"},
        ("person", "p2"): {"name": "unsent"},
    }
    world.round(sleeper, one)
    assert one.sees()["person", "p2"] == {"name": "unsent"}
    assert not world.pull(sleeper).head.complete


def test_erasure_by_request_reaches_every_store(world: World) -> None:
    one, two, stranger = world.rep(1), world.rep(2), world.rep(3, "华南")
    one.write("person", "p1", name="CANARY-李雷")
    one.write("tie", "t1", person="p1", evidence="CANARY-tie")
    one.write("interaction", "i1", people=["p0", "p1"], summary="CANARY-met")
    one.write("person", "p2", name="韩梅梅")
    world.round(one, two, stranger)
    two.write("person", "p1", title="CANARY-unsent")
    assert world.asset.people_named("CANARY-李雷") == [PERSON]

    erased = world.asset.erase("p1", world.now)

    assert erased == [("interaction", "i1"), PERSON, ("tie", "t1")]
    assert "CANARY" not in world.everything_kept()
    world.push(two)
    assert world.merge().troubles == []
    assert "CANARY" not in world.everything_kept()
    for rep in (one, two, stranger):
        world.pull(rep)
    assert set(one.sees()) == set(two.sees()) == {("person", "p2")}
    assert stranger.sees() == {}
    with world.asset.reply_for(stranger.site, NOW) as reply:
        assert list(reply.rows) == []
    with told(NotFound, "There is nothing of p1 here"):
        world.asset.erase("p1", world.now)
    with (
        told(NotFound, "No device 00000000000000ee is enrolled here"),
        world.asset.reply_for("00000000000000ee", NOW),
    ):
        pass


def test_many_deleted_rows_are_stripped_some_at_a_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "STRIPPED", 2)
    one = world.rep(1)
    for n in range(5):
        one.write("person", f"p{n}", name=f"CANARY{n}", power=n)
        one.write("some_newer_kind", f"k{n}", text="x")
        world.round(one)
        one.delete("person", f"p{n}")
        world.round(one)
    world.now += 181 * DAY
    world.merge()
    assert "CANARY" not in world.everything_kept()
