"""What of a row a reader is told: the writes of those whose wish for it reaches the reader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.membership import Member, RowReach, SiteRole
from brm_desktop.domain.operations import RowState
from brm_desktop.domain.readership import sees_all, told_to

ONE, TWO, THREE = (f"{n:016x}" for n in (1, 2, 3))
S1, S2 = (f"{n:016x}{site}" for n, site in ((1, ONE), (2, TWO)))
ROW = RowState(
    kind="tie",
    row="t",
    values={"evidence": "two", "origin": "one"},
    clock={"*": S1, "evidence": S2},
    others={"evidence": ((S1, "one"),)},
    deletions={f"{3:016x}{TWO}": (S1,)},
    covered={S1: frozenset({"label"})},
)
EMPTY = RowState(kind="tie", row="t")


def reader(team: str, site: str = THREE) -> Member:
    keys = PublicKeys(b"k" * 32, b"k" * 32)
    return Member(site=site, rep="", person="", device="", role=SiteRole.REP, team=team, keys=keys)


def wish(site: str, audience: str, team: str = "") -> RowReach:
    return RowReach("tie", "t", site, audience, team, audience)


def device(site: str) -> str:
    return site


WISHES = [wish(ONE, "team", "East"), wish(TWO, "company", "West")]


def test_whoever_every_wish_reaches_is_told_all() -> None:
    assert sees_all(reader("East"), WISHES)
    assert not sees_all(reader("West"), WISHES)
    assert sees_all(reader("West"), [wish(ONE, "", "East"), WISHES[1]]), "it was taken back"


def test_others_are_told_what_those_wrote_whose_wish_reaches_them() -> None:
    found = told_to(reader("West"), WISHES, device, ROW)
    assert found == replace(
        EMPTY, values={"evidence": "two"}, clock={"evidence": S2}, deletions=ROW.deletions
    )


def test_what_is_hidden_beneath_a_whole_record_stays_unsaid() -> None:
    found = told_to(reader("East"), [WISHES[0], wish(TWO, "team", "West")], device, ROW)
    assert found == replace(
        EMPTY,
        values={"evidence": "one", "origin": "one"},
        clock={"*": S1},
        deletions=ROW.deletions,
    )


@pytest.mark.parametrize(("site", "seen"), [(ONE, "one"), (TWO, "two")])
def test_own_writes_are_told_whatever_was_wished(site: str, seen: str) -> None:
    wishes = [wish(ONE, "team", "East"), wish(TWO, "team", "West")]
    found = told_to(reader("North", site), wishes, device, ROW)
    assert found is not None
    assert found.values["evidence"] == seen


def test_what_nobody_wished_anything_of_is_told_whoever_sees_the_row() -> None:
    found = told_to(reader("West"), [wish(TWO, "", "East"), wish(THREE, "team", "X")], device, ROW)
    assert found is not None
    assert found.values == ROW.values


def test_the_sites_of_a_device_are_one_author() -> None:
    wishes = [wish(ONE, "", "East"), wish(THREE, "company", "East"), wish(TWO, "team", "East")]
    found = told_to(
        reader("West", "f" * 16), wishes, lambda site: {ONE: THREE}.get(site, site), ROW
    )
    assert found is not None
    assert found.values == {"evidence": "one", "origin": "one"}


def test_a_row_of_which_nothing_is_told_is_none() -> None:
    alone = replace(ROW, clock={"*": S1}, values={"origin": "one"}, others={})
    assert told_to(reader("West"), WISHES, device, alone) is None
