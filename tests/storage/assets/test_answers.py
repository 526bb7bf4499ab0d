"""The answers of an asset: leases, when they are written anew, and how much they hold."""

from __future__ import annotations

from dataclasses import replace

from asset_reps import DAY, NOW, member_of
from asset_world import PERSON, World

from brm_desktop.domain.operation_lines import LONGEST_TEXT
from brm_desktop.domain.operations import Operation, Reach
from brm_desktop.domain.replies import Reply


def test_a_lease_is_renewed_by_replies(world: World) -> None:
    one = world.rep(1)
    first = world.pull(one).head.lease_until
    world.now += 5 * DAY
    world.merge()

    assert world.pull(one).head.lease_until == first + 5 * DAY == world.now + 30 * DAY
    assert member_of(world.asset, one).lease_until == world.now + 30 * DAY


def test_answers_lie_ready_and_are_written_anew_only_when_there_is_something(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    assert world.merge().replies == 0
    one.write("person", "p1", name="李雷")
    world.push(one)
    assert world.merge().replies == 2
    path = world.answer_of(two)
    if path is not None:
        two.read(path)
        assert set(two.sees()) == {PERSON}
    world.now += DAY
    assert world.merge().replies == 2


def test_a_row_longer_than_a_line_of_a_bundle_goes_to_the_asset_and_back(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    texts = dict.fromkeys(("notes", "title", "wechat"), "李" * LONGEST_TEXT)
    one.write("person", "p1", name="李雷", **texts)
    one.write("person", "p2", name="韩梅梅")
    assert world.round(one).is_clean
    path = world.answer_of(two) if world.place.answer else None
    if path is None:
        world.pull(two)
    else:
        two.read(path)
    assert two.sees() == {PERSON: {"name": "李雷", **texts}, ("person", "p2"): {"name": "韩梅梅"}}


def test_more_conflicts_than_a_bundle_holds_hold_up_nothing(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    over = (f"{1:016x}{1:016x}",)
    first = Operation(kind="person", row="p1", values={"name": "a"}, stamps={"*": over[0]})
    for n in range(10, 62):
        stamp, said = f"{n:016x}{1:016x}", {"notes": f"{n}" * 20_000}
        operation = Operation(kind="person", row="p1", values=said, stamps={"notes": stamp})
        world.place.put(one.letter([operation]))
    world.place.put(one.letter([replace(first, reach=Reach("team"))]))
    huge = {f"f{n}": "x" * LONGEST_TEXT for n in range(60)}
    late = Operation(kind="newer", row="n1", values=huge, stamps={"*": f"{99:016x}{1:016x}"})
    world.place.put(one.letter([replace(late, reach=Reach("team"))]))
    assert world.merge().replies == 2
    with world.asset.reply_for(two.site, NOW) as reply:
        told = Reply.of_lines(list(reply.lines()))
        (row,) = told.rows
    assert row.key == PERSON
    assert row.state is not None
    assert (row.state.values["notes"], row.state.others) == ("61" * 20_000, {})
