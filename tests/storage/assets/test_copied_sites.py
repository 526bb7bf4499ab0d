"""A site that goes on from a copy of a store is its author's, and what it was before."""

from __future__ import annotations

from asset_reps import Rep, member_of
from asset_world import PERSON, World, troubles_said

from brm_desktop.domain.operations import Operation, Reach


def test_a_site_that_goes_on_from_a_copy_says_who_sees_what_it_had_shared(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    one.write("person", "p2", name="韩梅梅", reach="company")
    world.round(one, two)
    copy = Rep(3, copied_from=1)
    world.place.put(copy.registration("", world.now))
    assert world.merge().enrolled == [copy.site]
    back = Operation(kind="person", row="p1", reach=None)
    nearer = Operation(kind="person", row="p2", reach=Reach("team"))
    world.place.put(copy.letter([back, nearer], world.now))
    world.merge()
    world.pull(two)
    assert set(two.sees()) == {("person", "p2")}
    far = world.rep(4, "华南/一部")
    assert far.sees() == {}


def test_a_late_bundle_of_the_former_site_does_not_say_who_sees_what_again(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    one.write("person", "p2", name="韩梅梅")
    world.round(one, two)
    one.share("person", "p1", "company")
    one.share("person", "p2", "company")
    late = one.letter()
    copy = Rep(3, copied_from=1)
    world.place.put(copy.registration("", world.now))
    world.merge()
    back = Operation(kind="person", row="p1", reach=None)
    world.place.put(copy.letter([back], world.now))
    world.merge()
    world.place.put(late)
    assert world.merge().is_clean
    world.pull(two)
    assert set(two.sees()) == {("person", "p2")}
    assert set(world.rep(4, "华南/一部").sees()) == {("person", "p2")}


def test_who_went_on_from_a_copy_is_one_author_with_whom_he_was(world: World) -> None:
    one, far = world.rep(1), world.rep(2, "华北")
    one.write("person", "p1", "team", name="李雷")
    world.round(one)
    copy = Rep(3, copied_from=1)
    world.place.put(copy.registration("", world.now))
    world.merge()
    wider = Operation(kind="person", row="p1", reach=Reach("company"))
    other = world.rep(4, "华南")
    world.place.put(copy.letter([wider], world.now))
    world.merge()
    assert not far.rows
    for rep in (far, other):
        world.pull(rep)
        assert rep.sees() == {PERSON: {"name": "李雷"}}


def test_a_store_that_went_back_to_a_backup_goes_on_as_another_site(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    world.push(one)
    world.merge()
    restored = Rep(3)
    object.__setattr__(restored, "__class__", type("Restored", (Rep,), {"keys": one.keys}))
    world.place.put(restored.registration(""))

    assert world.merge().enrolled == [restored.site]
    member = member_of(world.asset, restored)
    assert (member.rep, member.former, member.team) == ("rep 1", one.site, one.team)
    world.pull(restored)
    assert set(restored.sees()) == {PERSON}
    restored.write("person", "p1", name="李磊")
    world.round(restored, two)
    assert two.sees() == {PERSON: {"name": "李磊"}}

    assert len(world.asset.revoke(restored.site, world.now)) == 2, (
        "whoever has one's keys has the other's"
    )
    world.place.put(Rep(4).registration(""))
    assert troubles_said(world.merge()) == [
        "refused: Nobody was invited with the code of this registration."
    ]


def test_a_site_that_had_another_before_may_write_under_both(world: World) -> None:
    one = world.rep(1)
    restored = Rep(3)
    object.__setattr__(restored, "__class__", type("Restored", (Rep,), {"keys": one.keys}))
    world.place.put(restored.registration(""))
    world.merge()
    old, older = (f"{1:016x}{1:016x}", f"{2:016x}{1:016x}")
    operations = [
        Operation(kind="person", row=f"p{n}", values={"name": "a"}, stamps={"*": stamp})
        for n, stamp in enumerate((old, older))
    ]
    world.place.put(restored.letter(operations))
    assert world.merge().is_clean
