"""``value``: growth of potential and the key figures of a period, for scripts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from building import Portfolio
from deals import deal, lost, won
from terminal import Terminal

from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Money, Origin, PersonId, Record
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session

YEAR = ("--from", "2024-01-01", "--to", "2024-12-31")
"""2024 has 366 days: the period before it begins on 31 December 2022."""
LI, WU, BO = PersonId("Li"), PersonId("Wu"), PersonId("Bo")


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    return Terminal(capsys, tmp_path / "store.brm")


def written(brm: Terminal, *records: Record, facts: Portfolio | None = None) -> None:
    """A store with these records."""
    with Session.open(brm.store, create=PLAIN) as session:
        more = () if facts is None else facts.records()
        session.apply(phrase("Put"), Change.of((), (*more, *records)))


def accounts(count: int, spend: int = 500) -> Portfolio:
    """Accounts with an owner, all three scores of each being 60; spend is in units of CNY."""
    facts = Portfolio()
    for name in (LI, WU, BO):
        facts.employee(name)
    facts.reports(LI, BO)
    for number in range(count):
        account = facts.account(f"A{number:02}")
        owner = LI if number else WU
        money = Money(spend * 100, "CNY")
        facts.revise(account, expected_annual_spend=money, owner=owner)
        chief = facts.person(f"chief {number}", account, power=100)
        facts.assess(chief, 60, 60, 60, on=date(2024, 6, 30))
    return facts


def test_the_shape_is_the_one_promised(brm: Terminal) -> None:
    written(brm, facts=accounts(2))
    shown = brm.done("value", *YEAR, "--json").json
    assert (shown["from"], shown["to"]) == ("2024-01-01", "2024-12-31")
    assert {"now", "then", "growth"} <= shown["potential"].keys()
    for origin in ("captured", "incubated"):
        assert {"amount", "before", "growth"} <= shown[origin].keys()
    assert {"won", "lost", "rate", "before"} <= shown["win_rate"]["count"].keys()
    assert {"won", "lost", "rate", "before"} <= shown["win_rate"]["amount"].keys()
    assert shown["before"] == {"from": "2022-12-31", "to": "2023-12-31"}


@pytest.mark.parametrize(("count", "potential"), [(1, 300), (10, 3_000)])
def test_ten_accounts_of_500_at_60_are_worth_3000(
    brm: Terminal, count: int, potential: int
) -> None:
    written(brm, facts=accounts(count))
    shown = brm.done("value", "--from", "2024-01-01", "--to", "2999-12-31", "--json").json
    assert shown["potential"]["now"] == {"minor": potential * 100, "currency": "CNY"}
    assert shown["potential"]["then"] is None, "nothing is known of December 2023"
    assert shown["potential"]["growth"] is None


def test_a_past_period_ends_with_the_numbers_of_its_last_month(brm: Terminal) -> None:
    written(brm, facts=accounts(2))
    half = ("--from", "2024-07-01", "--to", "2024-12-31")
    shown = brm.done("value", *half, "--json").json["potential"]
    assert (shown["then_on"], shown["now_on"]) == ("2024-06-30", "2024-12-31")
    assert shown["then"] == shown["now"] == {"minor": 60_000, "currency": "CNY"}
    assert shown["growth"]["minor"] == 0
    assert shown["growth_ratio"] == 0
    assert (shown["came"], shown["went"]) == ([], [])
    year = brm.done("value", *YEAR, "--json").json["potential"]
    assert year["came"] == ["A00", "A01"]


def test_twenty_opportunities_of_100_are_2000_captured(brm: Terminal) -> None:
    deals = [
        won(100_00, date(2024, 5, 1), account=f"account A{number // 2:02}") for number in range(20)
    ]
    written(brm, *deals, facts=accounts(10))
    shown = brm.done("value", *YEAR, "--json").json
    assert shown["captured"]["amount"] == {"minor": 2_000_00, "currency": "CNY"}
    assert shown["captured"]["count"] == 20
    assert shown["captured"]["before"]["minor"] == 0
    assert shown["captured"]["growth_ratio"] is None, "nothing is divided by 0"
    assert shown["incubated"]["amount"] == {"minor": 0, "currency": "CNY"}


def decided() -> list[Record]:
    """Opportunities of two sellers over two years."""
    first = "account A00"
    return [
        won(300_00, date(2024, 1, 1), account=first, owner="Wu"),
        won(100_00, date(2024, 12, 31), account=first, owner="Li", origin=Origin.INCUBATED),
        lost(100_00, date(2024, 5, 1), account=first, owner="Li"),
        won(50_00, date(2023, 12, 31), account=first, owner="Li"),
        lost(50_00, date(2023, 1, 1), account=first, owner="Wu"),
        lost(50_00, date(2022, 12, 30), account=first, owner="Wu"),
        won(9, None, account=first, owner="Wu"),
        deal(amount=80_00, probability=25, account=first, owner="Li", stage="engaging"),
    ]


def test_rates_growth_and_sellers_are_those_of_the_period(brm: Terminal) -> None:
    written(brm, *decided(), facts=accounts(1))
    shown = brm.done("value", *YEAR, "--json").json
    assert shown["win_rate"]["count"] == {
        "won": 2,
        "lost": 1,
        "rate": pytest.approx(2 / 3),
        "before": 0.5,
        "growth": pytest.approx(1 / 6),
        "growth_ratio": pytest.approx(1 / 3),
    }
    amount = shown["win_rate"]["amount"]
    assert (amount["won"]["minor"], amount["lost"]["minor"]) == (400_00, 100_00)
    assert amount["rate"] == pytest.approx(0.8)
    assert shown["captured"]["growth"]["minor"] == 250_00
    assert shown["captured"]["growth_ratio"] == 5
    assert shown["undated"] == 1
    owners = {one["owner"]: one["win_rate"]["count"] for one in shown["owners"]}
    assert (owners["Wu"]["won"], owners["Wu"]["lost"]) == (1, 0)
    assert owners["Li"]["rate"] == 0.5
    quarters = {one["quarter"]: one["win_rate"]["count"]["rate"] for one in shown["quarters"]}
    assert quarters == {"2024-Q1": 1, "2024-Q2": 0, "2024-Q3": None, "2024-Q4": 1}
    assert shown["quarters"][3]["to"] == "2024-12-31"
    assert shown["pipeline"]["amount"]["minor"] == 80_00
    assert shown["pipeline"]["weighted"]["minor"] == 20_00
    stages = {one["stage"]: one["count"] for one in shown["pipeline"]["stages"]}
    assert stages["engaging"] == 1


def test_a_seller_and_a_team_can_be_asked_for(brm: Terminal) -> None:
    written(brm, *decided(), facts=accounts(3))
    li = brm.done("value", *YEAR, "--seller", "Li", "--json").json
    team = brm.done("value", *YEAR, "--team", "Bo", "--json").json
    assert li["win_rate"] == team["win_rate"], "Li reports to Bo, who sells nothing"
    assert li["win_rate"]["count"]["won"] == 1
    assert [one["name"] for one in li["potential"]["accounts"]] == ["A01", "A02"]
    both = brm("value", *YEAR, "--team", "Bo", "--seller", "Li", "--json")
    assert both.code == 2


def test_currencies_stay_apart(brm: Terminal) -> None:
    first = "account A00"
    deals = [
        won(Money(300, "USD"), date(2024, 5, 1), account=first),
        won(700, date(2024, 5, 1), account=first),
        lost(Money(100, "USD"), date(2024, 5, 1), account=first),
        lost(Money(100, "EUR"), date(2023, 5, 1), account=first),
    ]
    written(brm, *deals, facts=accounts(1))
    shown = brm.done("value", *YEAR, "--json").json
    assert shown["captured"]["amount"] == [
        {"minor": 700, "currency": "CNY"},
        {"minor": 300, "currency": "USD"},
    ]
    assert shown["captured"]["growth_ratio"] == [None, None]
    amount = shown["win_rate"]["amount"]
    assert [one["currency"] for one in amount["won"]] == ["CNY", "EUR", "USD"]
    assert amount["rate"] == [1, None, 0.75]
    assert amount["before"] == [None, 0, None]
    assert shown["win_rate"]["count"]["rate"] == pytest.approx(2 / 3)


def test_an_empty_store_has_figures_too(brm: Terminal) -> None:
    written(brm)
    shown = brm.done("value", *YEAR, "--curve", "--explain", "--json").json
    assert shown["win_rate"]["count"]["rate"] is None
    assert shown["win_rate"]["amount"]["rate"] is None
    assert shown["captured"]["growth"]["minor"] == 0
    assert shown["potential"]["now"] is None
    assert shown["index"]["value"] is None
    assert shown["index"]["curve"] == []
    assert brm.done("value", *YEAR).out
    nobody = brm("value", *YEAR, "--seller", "Li", "--json")
    assert nobody.code == 1


def test_bad_periods_are_refused_in_one_sentence(brm: Terminal) -> None:
    written(brm)
    turned = brm("value", "--from", "2024-02-01", "--to", "2024-01-01", "--json")
    assert (turned.code, turned.out) == (1, "")
    assert "before it begins" in turned.err
    assert brm("value", "--from", "yesterday", "--to", "2024-01-01").code == 2
    early = brm("value", "--from", "0001-01-01", "--to", "2024-01-01", "--json")
    assert early.code == 1


def test_people_read_the_same_in_lines(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    brm = Terminal(capsys, sample)
    said = brm.done("value", "--from", "2026-01-01", "--to", "2026-12-31", "--explain").out
    assert "potential output" in said
    assert "BRM index" in said
    assert "Win rate (rule 6)" in said


def test_what_nobody_knows_of_the_past_is_no_growth(brm: Terminal) -> None:
    written(brm, facts=accounts(1))
    said = brm.done("value", "--from", "2024-01-01", "--to", "2999-12-31").out
    (line,) = (line for line in said.splitlines() if line.startswith("potential output"))
    assert line.split()[2:] == ["CNY", "300", "–", "–", "–"]


def test_every_figure_is_explained(capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    brm = Terminal(capsys, sample)
    period = ("--from", "2025-01-01", "--to", "2026-12-31")
    shown = brm.done("value", *period, "--curve", "--explain", "--json").json
    numbers = {one["number"] for one in shown["explain"]["sums"]}
    assert numbers >= {"value.growth", "value.conversion", "value.win_rate", "value.brm_index"}
    months = [one["month"] for one in shown["index"]["curve"]]
    assert months == sorted(months)
    assert 0 < len(months) <= 12
    said = brm.done("value", *period, "--curve").out.splitlines()
    assert [line.split()[0] for line in said[-len(months) :]] == [one[:7] for one in months]


def test_sums_and_their_parts_that_are_lower_bounds_say_so(brm: Terminal) -> None:
    facts = accounts(2)
    half = facts.account("Half")
    facts.revise(half, expected_annual_spend=Money(50_000, "CNY"))
    facts.assess(facts.person("somebody", half, power=100), 60, None, None, on=date(2024, 6, 30))
    written(brm, facts=facts)
    period = ("--from", "2024-12-01", "--to", "2999-12-31")
    said = brm.done("value", *period).out
    (line,) = (line for line in said.splitlines() if line.startswith("potential output"))
    assert line.count("≥ CNY 700") == 2
    shown = brm.done("value", *period, "--json").json["potential"]
    assert (shown["lower_bound"], shown["then_lower_bound"]) == (True, True)
    listed = brm.done("accounts").out
    assert "Sum of potentials: ≥ CNY 700" in listed


def test_a_win_rate_grows_by_percentage_points_with_a_sign(brm: Terminal) -> None:
    facts = accounts(1)
    account = facts.account("Other")
    deals = [
        won(30_000, date(2023, 3, 1), account=account),
        won(10_000, date(2024, 3, 1), account=account),
        lost(10_000, date(2024, 4, 1), account=account),
    ]
    written(brm, *deals, facts=facts)
    lines = brm.done("value", *YEAR).out.splitlines()
    (rate,) = (line for line in lines if line.startswith("win rate by count"))
    assert rate.endswith("−50 percentage points")
    (amount,) = (line for line in lines if line.startswith("won, captured"))
    assert "CNY −" in amount
    assert not any("-" in line for line in lines[1:])


def test_a_period_that_has_not_come_is_told_of_beside_the_figures(brm: Terminal) -> None:
    written(brm, facts=accounts(1))
    ran = brm.done("value", "--from", "2998-01-01", "--to", "2999-12-31", "--json")
    assert ran.json["captured"]["count"] == 0
    assert ran.err == "This period has not come yet: it begins on 1 Jan 2998.\n"
    assert brm.done("value", "--from", "2024-01-01", "--to", "2999-12-31").err == ""
