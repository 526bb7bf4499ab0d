"""The report of an asset says the same, whatever keeps it."""

from __future__ import annotations

from datetime import date

from asset_world import World

from brm_desktop.domain.account_sides import BandCounts
from brm_desktop.domain.completeness import Fact
from brm_desktop.domain.records import ChainMember, ReportingLine, Tie, id_of
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Band
from brm_desktop.session.asset_reporting import report_of

ACCOUNT = {
    "tier": "ordinary",
    "lifecycle": "new",
    "stage": "acquire",
    "screening": "undecided",
}


def test_the_report_of_an_asset_is_the_same_whatever_keeps_it(world: World) -> None:
    one, two = world.rep(1), world.rep(2)
    one.write("organisation", "o", name="华辰", kind="customer")
    one.write("organisation", "us", name="We", kind="own")
    one.write("account", "a", organisation="o", owner="me", **ACCOUNT)
    one.write("person", "me", name="Zhang", organisation="us")
    for row, power in (("chief", 90), ("clerk", 10)):
        one.write("person", row, name=row, organisation="o", power=power, title="CEO")
    one.write(
        "reporting_line",
        id_of(ReportingLine, "clerk", "chief", "solid"),
        person="clerk",
        manager="chief",
        kind="solid",
    )
    two.write(
        "tie",
        id_of(Tie, "me", "chief"),
        employee="me",
        person="chief",
        closeness=75,
        basis="confirmed",
    )
    two.write("tie", id_of(Tie, "nobody", "chief"), employee="nobody", person="chief", closeness=90)
    two.write("project", "p", account="a", name="ERP", outcome="open")
    two.write(
        "chain_member",
        id_of(ChainMember, "p", "chief"),
        project="p",
        person="chief",
        roles=["approver"],
    )
    world.round(one, two)
    told: list[tuple[int, int]] = []

    report = report_of(
        world.place.port, date(2026, 10, 1), Rules(), lambda done, of: told.append((done, of))
    )

    (account,) = report.accounts
    assert (account.name, account.seller_name, account.band) == ("华辰", "Zhang", Band.STRONG)
    assert account.persons == BandCounts(strong=1)
    known = {one.fact for one in account.completeness.facts if one.known}
    assert known == {Fact.TITLE, Fact.PLACE, Fact.CLOSENESS, Fact.TIE, Fact.OUTCOME}
    assert [(one.rep, one.records, one.bundles, one.waiting) for one in report.contributors] == [
        ("rep 1", 7, 1, 0),
        ("rep 2", 4, 1, 0),
    ]
    assert told == [(0, 1), (1, 1)]


def test_an_account_whose_organisation_nobody_shared_is_not_reported(world: World) -> None:
    one = world.rep(1)
    one.write("organisation", "o", name="华辰", kind="customer")
    one.write("account", "a", organisation="o", **ACCOUNT)
    one.write("account", "b", organisation="not shared", **ACCOUNT)
    world.round(one)
    report = report_of(world.place.port, date(2026, 10, 1), Rules(), lambda _done, _of: None)
    assert [account.name for account in report.accounts] == ["华辰"]
