"""A device that was revoked sends nothing more, gets nothing more, and is told so."""

from __future__ import annotations

from asset_reps import NOW, member_of
from asset_world import World, troubles_said
from told import told

from brm_desktop.domain.errors import FileProblem, NotFound, Refused
from brm_desktop.domain.membership import SiteStatus
from brm_desktop.exchange.bundles import header_of


def test_a_revoked_device_sends_and_gets_nothing_more(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    world.round(one, two)
    one.write("person", "p1", name="李磊")
    on_its_way = one.letter()

    (revoked,) = world.asset.revoke(one.site, world.now)
    assert (revoked.status, revoked.revoked_at) == (SiteStatus.REVOKED, 1)
    world.place.put(on_its_way)
    assert troubles_said(world.merge()) == [
        "refused: Its device was revoked; nothing it wrote since is taken."
    ]
    with (
        told(Refused, "rep 1's device was revoked and gets no reply"),
        world.asset.reply_for(one.site, NOW),
    ):
        pass
    assert [note.revoked for note in world.pull(two).sites] == [True, False]
    with told(NotFound, "No device 00000000000000ff is enrolled here"):
        world.asset.revoke("00000000000000ff", world.now)


def test_a_revoked_device_hears_that_it_is_and_nobody_else_can_read_it(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="CANARY")
    world.round(one, two)
    world.asset.revoke(one.site, world.now)
    path = world.answer_of(one)
    assert path is not None
    sentence = "rep 1's device was revoked and gets no reply"
    with told(Refused, sentence):
        one.read(path)
    with told(FileProblem, "sealed to somebody else"):
        two.read(path)
    kind, theirs = header_of(path), world.answer_of(two)
    assert theirs is not None
    assert (kind.kind, kind.last) == (header_of(theirs).kind, member_of(world.asset, one).cursor)
    path.unlink()
    world.merge()
    assert world.answer_of(one) is None, "it was told"
    world.push(one)
    world.merge()
    with told(Refused, sentence):
        one.read(path)


def test_what_was_written_before_the_sequence_of_revocation_is_still_taken(world: World) -> None:
    one = world.rep(1)
    letters = []
    for n in range(3):
        one.write("person", f"p{n}", name=f"李雷{n}")
        letters.append(one.letter())

    world.asset.revoke(one.site, world.now, 2)
    for letter in letters:
        world.place.put(letter)
    report = world.merge()
    assert report.bundles == 2
    assert len(report.troubles) == 1
