"""Bundles that come twice, out of order, too early, or in place of others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from asset_reps import DAY, MINUTE, NOW, Rep, invited, member_of
from asset_world import PERSON, World, troubles_said

from brm_desktop.domain.bundles import READER
from brm_desktop.domain.errors import FileUnreadable
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.replies import Trouble
from brm_desktop.exchange.bundles import Opened
from brm_desktop.language import tr
from brm_desktop.storage.sharing.port import APPLIED, KNOWN


def test_the_same_bundle_twice_changes_nothing(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    letter = one.letter()
    world.place.put(letter)
    world.merge()
    world.pull(two)
    change = world.asset.status().change

    assert world.asset.receive(letter, NOW).state == KNOWN

    world.place.put(letter)
    report = world.merge()
    assert (report.troubles, report.bundles) == ([], 0)
    assert world.asset.status().change == change
    assert world.port_is_empty()


def test_bundles_out_of_order_wait_for_each_other(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    letters = []
    for n in range(4):
        one.write("person", f"p{n}", name=f"李雷{n}")
        letters.append(one.letter())

    for letter in letters[:0:-1]:
        world.place.put(letter)
    report = world.merge()
    assert troubles_said(report) == [
        "parked: It waits for what its device wrote before: 1 to 1.",
        "parked: It waits for what its device wrote before: 1 to 2.",
        "parked: It waits for what its device wrote before: 1 to 3.",
    ]
    notices = world.pull(one).notices
    assert {(one.trouble, one.first) for one in notices} == {("parked", n) for n in (2, 3, 4)}

    world.place.put(letters[0])
    assert world.merge().bundles == 4
    world.pull(two)
    assert len(two.sees()) == 4
    assert world.pull(one).notices == ()
    assert world.asset.status().troubles == ()


def test_a_bundle_that_does_not_go_on_from_the_last_one_is_parked(world: World) -> None:
    one = world.rep(1)
    one.write("person", "p1", name="李雷")
    world.round(one)
    one.write("person", "p1", name="韩梅梅")
    one.digest = "f" * 64

    world.push(one)
    assert troubles_said(world.merge()) == [
        "parked: It does not go on from what was taken before: its device may have gone back to a"
        " copy of its store."
    ]


def test_another_bundle_under_a_sequence_that_was_taken_is_refused(world: World) -> None:
    one = world.rep(1)
    other = Rep(1)
    one.write("person", "p1", name="李雷")
    world.round(one)
    other.write("person", "p2", name="韩梅梅")
    letter = other.letter()
    world.place.put(replace(letter, name=f"{one.site}/other.brmb"))

    assert troubles_said(world.merge()) == [
        "refused: Something else was taken in its place, which its device wrote later."
    ]
    assert [one.trouble for one in world.pull(one).notices] == ["refused"]
    world.now += 91 * DAY
    assert world.pull(one).notices == (), "nobody is told for ever"


def test_what_was_made_good_is_told_no_more(world: World) -> None:
    one, other = world.rep(1), Rep(1)
    one.write("person", "p1", name="李雷")
    letter = one.letter()
    assert isinstance(letter.source, bytes)
    world.place.put(replace(letter, source=letter.source[:-9]))
    world.merge()
    (told_,) = world.pull(one).notices
    assert told_.trouble == Trouble.REFUSED
    world.place.put(letter)
    assert world.merge().bundles == 1
    assert world.pull(one).notices == (), "it came whole under the same name"

    other.write("person", "p2", name="韩梅梅")
    world.place.put(replace(other.letter(), name=f"{one.site}/other.brmb"))
    world.merge()
    assert len(world.pull(one).notices) == 1
    one.write("person", "p2", name="韩梅梅")
    world.round(one)
    assert world.pull(one).notices == (), "its device went on from what was taken"

    late = Rep(2)
    world.place.put(late.registration("a guess"))
    world.merge()
    invited(world.asset, late)
    world.place.put(late.registration("code 2"))
    assert world.merge().enrolled == [late.site]
    world.reps[late.site] = late
    assert world.pull(late).notices == ()


def test_stamps_of_the_future_are_quarantined_until_their_time_or_stamped_anew(
    world: World,
) -> None:
    one, two = world.rep(1), world.rep(2)
    one.skew = 11 * MINUTE
    one.write("person", "p1", name="李雷")
    early = replace(one.letter(), name=f"{one.site}/a.brmb")
    world.place.put(early)

    assert troubles_said(world.merge()) == [
        "quarantined: Your computer's clock was 11 minutes ahead."
    ]
    assert [one.trouble for one in world.pull(one).notices] == [Trouble.QUARANTINED]
    assert world.pull(two).notices == ()
    assert two.sees() == {}

    again = Rep(1)
    again.cursor = one.cursor
    again.write("person", "p1", name="李雷")
    world.place.put(replace(again.letter(), name=f"{one.site}/b.brmb"))
    report = world.merge()
    assert report.bundles == 1
    assert report.troubles == []
    world.pull(two)
    assert two.sees() == {PERSON: {"name": "李雷"}}
    assert world.asset.status().troubles == ()

    again.skew = 3 * 60 * MINUTE
    again.write("person", "p1", name="李磊")
    world.place.put(again.letter())
    assert troubles_said(world.merge()) == ["quarantined: Your computer's clock was 3 hours ahead."]
    world.now += 4 * 60 * MINUTE
    assert world.merge().bundles == 1
    again.skew = 50 * DAY
    again.write("person", "p1", name="李蕾")
    world.place.put(again.letter())
    assert troubles_said(world.merge()) == ["quarantined: Your computer's clock was 49 days ahead."]


def test_a_bundle_that_needs_a_newer_reader_is_parked(world: World) -> None:
    one = world.rep(1)
    one.write("person", "p1", name="李雷")
    world.place.put(one.letter(reader=READER + 1))

    assert troubles_said(world.merge()) == [
        "parked: It was written by a newer version of BRM Desktop; update the one that merges."
    ]


def test_a_receipt_says_only_what_was_seen_and_follows_nothing(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    world.round(one, two)
    assert member_of(world.asset, two).cursor < two.cursor
    world.push(two)
    report = world.merge()
    assert (report.bundles, report.operations) == (1, 0)
    assert member_of(world.asset, two).cursor == two.cursor
    assert member_of(world.asset, two).seen_at == NOW
    with world.asset.reply_for(two.site, NOW) as reply:
        assert list(reply.rows) == []


def test_a_file_that_cannot_be_read_just_now_waits(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one = world.rep(1)
    one.write("person", "p1", name="李雷")
    letter = one.letter()
    gone = replace(letter, source=tmp_path / "gone.brmb")
    received = world.asset.receive(gone, NOW)
    assert received.state == Trouble.PARKED
    assert received.reason is not None
    assert tr(received.reason).startswith("There is no file")

    def fail(_opened: Opened) -> Iterator[object]:
        raise FileUnreadable(phrase("The stick was pulled out."))

    with monkeypatch.context() as patched:
        patched.setattr(Opened, "lines", fail)
        received = world.asset.receive(letter, NOW)
    assert received.state == Trouble.PARKED
    assert world.asset.receive(letter, NOW).state == APPLIED
