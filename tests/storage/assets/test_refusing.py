"""Bundles that were spoilt, put into the wrong place, or lie about what they hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asset_reps import NOW
from asset_world import World, troubles_said
from bundling import ASSET, ASSET_ID, STRANGER

from brm_desktop.domain.bundles import BundleHeader, BundleKind
from brm_desktop.domain.operations import Operation
from brm_desktop.exchange.bundles import bundle_bytes
from brm_desktop.storage.sharing.port import Letter

FINE = Operation(kind="person", row="p1", values={"name": "a"}, stamps={"*": f"{1:016x}{5:016x}"})


def _spoilt(world: World, *operations: Operation) -> list[str]:
    rep = world.rep(5)
    world.place.put(rep.letter(operations))
    report = world.merge()
    assert world.asset.status().counts.get("person", 0) == 0, "nothing of it was taken"
    return troubles_said(report)


def test_a_bundle_of_another_asset_is_refused(world: World) -> None:
    one = world.rep(1)
    one.write("person", "p1", name="李雷")
    world.place.put(one.letter(asset=ASSET_ID[:-1] + "2"))

    assert troubles_said(world.merge()) == ["refused: It is for another shared asset."]


@pytest.mark.parametrize("spoilt", ["cut", "changed", "stranger", "no bundle"])
def test_a_bundle_that_is_not_what_was_signed_is_refused(world: World, spoilt: str) -> None:
    one = world.rep(1)
    one.write("person", "p1", name="李雷")
    letter = one.letter()
    assert isinstance(letter.source, bytes)
    if spoilt == "stranger":
        header = BundleHeader(BundleKind.OPERATIONS, ASSET_ID, one.site, 1, 1, "", 4)
        content = bundle_bytes(header, [{"kind": "person"}], [ASSET.public], STRANGER)[0]
    else:
        source = letter.source
        content = {"cut": source[:-9], "changed": source[:-9] + b"123456789"}.get(spoilt, b"none")
    world.place.put(replace(letter, source=content))

    (said,) = troubles_said(world.merge())
    assert said.startswith("refused: ")
    assert world.asset.status().counts.get("person", 0) == 0
    assert world.port_is_empty()


def test_what_lies_in_the_wrong_inbox_is_refused(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("person", "p1", name="李雷")
    letter = one.letter()
    world.place.put(replace(letter, site=two.site, name=f"{two.site}/x.brmb"))
    reply = BundleHeader(BundleKind.REPLY, ASSET_ID, one.site, 1, 1, "", 4)
    content = bundle_bytes(reply, [["x"]], [ASSET.public], one.keys)[0]
    world.place.put(Letter(f"{one.site}/reply.brmb", one.site, content, NOW))

    assert troubles_said(world.merge()) == ["refused: It was put where it does not belong."] * 2


def test_a_bundle_with_what_no_store_would_write_is_refused_whole(world: World) -> None:
    bad = replace(FINE, row="p2", kind="Person; DROP TABLE")

    assert _spoilt(world, FINE, bad) == ["refused: Line 2 of it says what no store would write."]


def test_a_bundle_that_claims_another_devices_edit_is_refused_whole(world: World) -> None:
    world.rep(1)
    forged = replace(FINE, row="p2", stamps={"*": f"{1:016x}{1:016x}"})

    assert _spoilt(world, FINE, forged) == [
        "refused: Line 2 of it claims an edit of another device."
    ]


@pytest.mark.parametrize(("last", "said"), [(2, "less"), (0, "more"), (1, "")])
def test_a_bundle_holds_as_much_as_it_says(world: World, last: int, said: str) -> None:
    rep = world.rep(5)
    world.place.put(rep.letter([FINE], last=last))

    expected = [f"refused: It holds {said} than it says."] if said else []
    assert troubles_said(world.merge()) == expected
