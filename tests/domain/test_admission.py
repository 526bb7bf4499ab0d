"""Whether the asset takes a bundle, and what is said when it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brm_desktop.domain.admission import (
    NOT_ENROLLED,
    NotTaken,
    ahead_of,
    clock_was_ahead,
    not_in_turn,
    sites_beside,
)
from brm_desktop.domain.bundles import BundleHeader, BundleKind, PublicKeys
from brm_desktop.domain.membership import Member, SiteRole
from brm_desktop.domain.replies import Trouble
from brm_desktop.language import tr

ASSET = "0192f0c8-7a3e-7000-8000-000000000001"
MEMBER = Member(
    site="a" * 16,
    rep="r",
    person="",
    device="",
    role=SiteRole.REP,
    team="",
    keys=PublicKeys(bytes(32), bytes(32)),
    applied=5,
    digest="d" * 64,
)


def _header(first: int, last: int, previous: str = "d" * 64, asset: str = ASSET) -> BundleHeader:
    return BundleHeader(BundleKind.OPERATIONS, asset, "a" * 16, first, last, previous, 4)


def _said(found: NotTaken | None) -> str:
    assert found is not None
    return f"{found.trouble}: {tr(found.reason)}"


def test_the_next_bundle_is_taken_and_so_is_a_receipt_whenever_it_comes() -> None:
    assert not_in_turn(_header(6, 9), MEMBER, ASSET) is None
    assert not_in_turn(_header(3, 2), MEMBER, ASSET) is None


def test_why_a_bundle_is_not_taken() -> None:
    assert _said(not_in_turn(_header(6, 9, asset="b"), MEMBER, ASSET)).startswith("refused")
    assert not_in_turn(_header(6, 9), None, ASSET) == NOT_ENROLLED
    assert _said(not_in_turn(_header(6, 9), MEMBER, ASSET, reader=0)).startswith("parked")
    assert _said(not_in_turn(_header(5, 9), MEMBER, ASSET)).startswith("refused: Something else")
    assert _said(not_in_turn(_header(8, 9), MEMBER, ASSET)) == (
        "parked: It waits for what its device wrote before: 6 to 7."
    )
    assert _said(not_in_turn(_header(6, 9, ""), MEMBER, ASSET)).startswith("parked: It does not")


@pytest.mark.parametrize(("first", "last", "taken"), [(6, 7, True), (6, 8, False), (3, 2, False)])
def test_a_revoked_device_is_heard_up_to_its_sequence(first: int, last: int, taken: bool) -> None:
    revoked = replace(MEMBER, revoked_at=7)
    assert (not_in_turn(_header(first, last), revoked, ASSET) is None) is taken


def test_how_far_ahead_stamps_are() -> None:
    stamp = f"{1_000_000:012x}{0:04x}{1:016x}"
    assert ahead_of((), 5) == 0
    assert ahead_of({stamp}, 1_000_000) == 0
    assert ahead_of({stamp, "0" * 32}, 999_000) == 1_000
    assert sites_beside({stamp}, f"{1:016x}") == set()
    assert sites_beside({stamp}, f"{2:016x}") == {f"{1:016x}"}


@pytest.mark.parametrize(
    ("millis", "said"),
    [
        (30_000, "2 minutes"),
        (11 * 60_000, "11 minutes"),
        (119 * 60_000, "119 minutes"),
        (120 * 60_000, "2 hours"),
        (47 * 3_600_000, "47 hours"),
        (48 * 3_600_000, "2 days"),
        (365 * 86_400_000, "365 days"),
    ],
)
def test_a_clock_that_was_ahead_is_told_of_in_words(millis: int, said: str) -> None:
    found = clock_was_ahead(millis)
    assert found.trouble is Trouble.QUARANTINED
    assert tr(found.reason) == f"Your computer's clock was {said} ahead."
