"""Who sees what in the asset: by team, by role, by what was wished before."""

from __future__ import annotations

import pytest

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.membership import (
    Member,
    RowReach,
    SiteRole,
    could_see,
    may_see,
    reach_after,
    stands_above,
)

KEYS = PublicKeys(bytes(32), bytes(32))


def _member(site: str = "b" * 16, role: SiteRole = SiteRole.REP, team: str = "东/一") -> Member:
    return Member(site=site, rep="r", person="", device="", role=role, team=team, keys=KEYS)


def _reach(audience: str, team: str = "东/一", former: str = "") -> RowReach:
    return RowReach("person", "p", "a" * 16, audience, team, former)


@pytest.mark.parametrize(
    ("role", "own", "team", "sees"),
    [
        (SiteRole.REP, "东/一", "东/一", True),
        (SiteRole.REP, "东", "东/一", False),
        (SiteRole.LEAD, "东", "东/一", False),
        (SiteRole.OFFICE, "东", "东/一", True),
        (SiteRole.OFFICE, "东/一", "东", False),
        (SiteRole.OFFICE, "东", "东方/一", False),
        (SiteRole.REGION, "", "东/一", True),
        (SiteRole.SPONSOR, "x", "东/一", True),
        (SiteRole.HEAD_OFFICE, "", "东/一", True),
        (SiteRole.ADMINISTRATOR, "", "", True),
    ],
)
def test_a_role_sees_its_team_and_those_above_what_is_below(
    role: SiteRole, own: str, team: str, sees: bool
) -> None:
    assert stands_above(role, own, team) is sees


def test_a_wish_lets_see_whom_it_names_and_always_its_own_site() -> None:
    reader = _member(team="西")
    assert may_see(reader, _reach("company"))
    assert not may_see(reader, _reach("team"))
    assert may_see(_member("a" * 16, team="西"), _reach("team"))
    assert not may_see(_member("a" * 16), _reach(""))
    assert could_see(_member("a" * 16, team="西"), _reach(""))
    assert could_see(reader, _reach("", former="company"))
    assert not could_see(reader, _reach("", former="team"))
    assert not could_see(_member(), _reach("", former=""))


def test_the_widest_wish_is_remembered_with_its_team() -> None:
    first = reach_after(None, _reach("company"))
    assert (first.audience, first.former) == ("company", "company")
    second = reach_after(first, _reach("team", team="西"))
    assert (second.audience, second.team, second.former) == ("team", "西", "company")
    third = reach_after(second, _reach("", team=""))
    assert (third.audience, third.team, third.former) == ("", "西", "company")
    assert reach_after(None, _reach("")).former == ""
    assert reach_after(None, _reach("", team="")).team == ""


def test_keys_have_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        PublicKeys(b"short", bytes(32))
    with pytest.raises(ValueError, match="32 bytes"):
        PublicKeys.from_hex("00" * 40)
