"""The portfolio and what comes back, by imports and commands alone: worked examples, bad input."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from terminal import Terminal

from brm_desktop.session.clock import SystemClock

SCORES = "name,revenue_score,potential_score,demonstration_score,winnable_score\n"
TODAY = SystemClock().today()


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    return Terminal(capsys, tmp_path / "store.brm")


def portfolio(brm: Terminal, text: str) -> Any:
    brm.done("import", brm.file("accounts.csv", text), "--as", "accounts")
    return brm.done("accounts", "--json").json


def ago(days: int) -> str:
    return (TODAY - timedelta(days)).isoformat()


def test_the_composite_score_of_the_worked_example_is_60(brm: Terminal) -> None:
    (one,) = portfolio(brm, SCORES + "Acme,80,60,50,40\n")["accounts"]
    assert (one["composite"], one["composite_lower_bound"], one["rank"]) == (60, False, 1)
    assert one["criteria"]["revenue"] == {
        "points": 80,
        "weight": 0.3,
        "entered": True,
        "amount": None,
        "reason": "entered",
    }


def test_of_11_accounts_the_top_fifth_are_3_key_accounts(brm: Terminal) -> None:
    rows = "".join(f"A{n:02},{n},{n},{n},{n}\n" for n in range(11))
    found = portfolio(brm, SCORES + rows)
    tiers = {one["name"]: one["suggested_tier"] for one in found["accounts"]}
    assert [name for name, tier in tiers.items() if tier != "ordinary"] == ["A10", "A09", "A08"]
    assert tiers["A10"] == "strategic"
    assert [one["rank"] for one in found["accounts"]] == list(range(1, 12))
    assert found["key_accounts"] == {"wanted": 3, "in": 3}
    assert {one["tier"] for one in found["accounts"]} == {"ordinary"}


def test_200_accounts_with_one_score_at_the_cut_are_all_in(brm: Terminal) -> None:
    rows = "".join(f"A{n:03},50,50,50,50\n" for n in range(200))
    found = portfolio(brm, SCORES + rows)
    assert found["key_accounts"] == {"wanted": 40, "in": 200}
    assert {one["rank"] for one in found["accounts"]} == {1}
    assert "200 accounts are among the first 40" in brm.done("accounts").out


def test_what_is_unknown_is_null_and_the_score_a_lower_bound_that_says_why(brm: Terminal) -> None:
    found = portfolio(brm, SCORES + "Half,80,60,,\nNothing,,,,\n")
    half, nothing = found["accounts"]
    assert (half["composite"], half["composite_lower_bound"]) == (42, True)
    assert len(half["composite_reasons"]) == 2
    assert (nothing["composite"], nothing["rank"], nothing["suggested_tier"]) == (None,) * 3
    assert "≥ 42" in brm.done("accounts").out


def test_amounts_in_several_currencies_are_never_added(brm: Terminal) -> None:
    found = portfolio(
        brm, "name,expected_annual_spend,currency\nA,100,CNY\nB,200,USD\nC,0,CNY\nD,5,XAU\n"
    )
    assert [one["currency"] for one in found["total_potential"]] == ["CNY", "USD", "XAU"]
    points = {one["name"]: one["criteria"]["potential"]["points"] for one in found["accounts"]}
    assert points == {"A": 0, "B": 0, "C": 0, "D": None}
    reasons = {one["name"]: one["composite_reasons"] for one in found["accounts"]}
    assert any("XAU" in reason for reason in reasons["D"])


def test_tier_type_and_strategic_intent_come_in_with_the_accounts(brm: Terminal) -> None:
    text = "name,tier,customer_type,strategic_reason\nA,key,Agency,First of its group\n"
    (one,) = portfolio(brm, text)["accounts"]
    assert (one["tier"], one["suggested_tier"]) == ("key", "strategic")
    assert one["strategic_reason"] == "First of its group"
    assert len(one["reviews_due"]) == 4


def test_a_score_that_is_none_is_a_rejected_row(brm: Terminal) -> None:
    ran = brm("import", brm.file("accounts.csv", SCORES + "A,101,1,1,1\n"), "--as", "accounts")
    assert ran.code == 3


def test_screening_suggests_to_exclude_and_to_confirm(brm: Terminal) -> None:
    brm.done("import", brm.file("accounts.csv", "name\nGood\nPoor\n"), "--as", "accounts")
    projects = f"account,name,type,wanted,start\nGood,P1,Core,yes,{ago(40)}\n"
    projects += f"Good,P2,Core,yes,{ago(420)}\n"
    brm.done("import", brm.file("projects.csv", projects), "--as", "projects")
    chain = "project,person,roles,stance\nP1,Fan,user,supporter\n"
    brm.done(
        *("import", brm.file("chain.csv", chain), "--account", "Good"),
        *("--as", "chain", "--create-missing"),
    )
    found = {one["name"]: one for one in brm.done("accounts", "--json").json["accounts"]}
    good, poor = found["Good"], found["Poor"]
    assert (good["screening"], good["screening_suggestion"]) == ("undecided", "confirm")
    assert (good["supporters"], good["offer"]) == (["Fan"], "create_opportunity")
    assert poor["screening_suggestion"] == "exclude"
    assert poor["screening_reasons"] == [
        "No key person has a score",
        "No project of a wanted type in 5 years",
    ]
    assert "(exclude?)" in brm.done("accounts").out


EXAMPLE = ("2021-03-01", "2022-03-07", "2023-02-27", "2024-03-04")


def history(brm: Terminal, *rows: str) -> Any:
    head = "account,name,type,wanted,start,amount,currency,outcome\n"
    path = brm.file("projects.csv", head + "\n".join(rows) + "\n")
    brm.done("import", path, "--as", "projects", "--create-missing")
    return brm.done("projects", "--account", "Acme", "--json").json


def test_the_recurrence_of_the_worked_example(brm: Terminal) -> None:
    rows = [f"Acme,P{n},Core,yes,{day},{100 + n},CNY,won" for n, day in enumerate(EXAMPLE)]
    missed = "Acme,Missed,Core,yes,2022-09-01,999,CNY,not pursued"
    found = history(brm, *rows, missed)
    (one,) = found["types"]
    assert (one["type"], one["wanted"], one["starts"]) == ("Core", True, list(EXAMPLE))
    assert (one["median_days"], one["mad_days"], one["regular"]) == (371, 0, True)
    assert (one["next"], one["prepare_by"]) == ("2025-03-10", "2024-11-10")
    assert one["window"] == ["2025-02-08", "2025-04-09"]
    assert one["amount"] == {"minor": 10150, "currency": "CNY"}
    assert one["overdue"] is (TODAY.isoformat() > "2025-04-09")
    assert (found["untyped"], found["not_pursued"]) == (0, 1)
    assert "2025" in brm.done("projects", "--account", "Acme").out


def test_projects_without_a_type_or_a_date_and_those_to_come_are_only_counted(
    brm: Terminal,
) -> None:
    found = history(
        brm,
        "Acme,Typeless,,,2024-01-01,1,CNY,won",
        "Acme,Undated,Core,yes,,1,CNY,won",
        f"Acme,Ahead,Core,yes,{ago(-500)},1,USD,open",
    )
    (one,) = found["types"]
    assert (one["starts"], one["ahead"], one["undated"]) == ([], [ago(-500)], 1)
    assert (one["median_days"], one["next"], one["amount"], one["rhythm"]) == (None,) * 4
    assert found["untyped"] == 1


def test_two_starts_are_a_maybe_and_scattered_ones_irregular(brm: Terminal) -> None:
    scattered = ("2019-01-01", "2019-03-01", "2021-03-01", "2021-09-01")
    rows = [f"Acme,M{day},Maybe,no,{day},1,CNY,won" for day in EXAMPLE[:2]]
    rows += [f"Acme,S{day},Scattered,no,{day},1,CNY,won" for day in scattered]
    found = {one["type"]: one for one in history(brm, *rows)["types"]}
    assert (found["Maybe"]["rhythm"], found["Maybe"]["window"]) == ("maybe", None)
    assert found["Scattered"]["rhythm"] == "irregular"
    assert not found["Scattered"]["regular"]


def test_past_participants_come_with_stances_and_targets(brm: Terminal) -> None:
    history(brm, *(f"Acme,P{n},Core,yes,{day},1,CNY,won" for n, day in enumerate(EXAMPLE)))
    chain = "project,person,roles,stance\nP3,Boss,approver,neutral\nP3,Fan,user,mentor\n"
    brm.done(
        *("import", brm.file("chain.csv", chain), "--account", "Acme"),
        *("--as", "chain", "--create-missing"),
    )
    (one,) = brm.done("projects", "--account", "Acme", "--json").json["types"]
    assert [(who["person"], who["stance"]) for who in one["participants"]] == [
        ("Boss", "neutral"),
        ("Fan", "mentor"),
    ]
    assert [target["person"] for target in one["targets"]] == ["Boss"]
    assert "Win Boss" in brm.done("projects", "--account", "Acme").out


def test_an_account_without_projects_and_an_empty_store_are_no_defect(brm: Terminal) -> None:
    brm.done("import", brm.file("accounts.csv", "name\nAcme\n"), "--as", "accounts")
    found = brm.done("projects", "--account", "Acme", "--json").json
    assert found == {"types": [], "untyped": 0, "not_pursued": 0}
    assert brm.done("projects", "--account", "Acme").out == "Acme\nNo projects yet.\n"
    empty = Terminal(brm._capsys, brm.folder / "empty.brm")
    empty.done("import", brm.file("none.csv", "name\n"), "--as", "accounts")
    nothing = empty.done("accounts", "--json").json
    assert (nothing["accounts"], nothing["total_potential"]) == ([], None)


def test_projects_of_no_type_are_said_to_tell_nothing(brm: Terminal) -> None:
    rows = "account,name,type,start,decided,outcome\nAcme,P1,,2024-01-01,,\n"
    brm.done("import", brm.file("accounts.csv", "name\nAcme\n"), "--as", "accounts")
    brm.done("import", brm.file("projects.csv", rows))
    said = brm.done("projects", "--account", "Acme").out
    assert said.splitlines()[1].startswith("No project that was pursued has a type")


def test_an_account_without_people_shows_no_empty_table(brm: Terminal) -> None:
    rows = "name,expected_annual_spend,currency\nAcme,0,EUR\n"
    brm.done("import", brm.file("accounts.csv", rows), "--as", "accounts")
    said = brm.done("account", "--account", "Acme").out.splitlines()
    assert said[-1] == "Potential output: EUR 0"


def test_what_comes_back_is_told_in_chinese_with_its_own_marks(brm: Terminal) -> None:
    history(brm, *(f"Acme,P{n},Core,yes,{day},1,CNY,won" for n, day in enumerate(EXAMPLE)))
    said = brm.done("projects", "--account", "Acme", "--lang", "zh_CN").out.splitlines()
    assert "启动次数" in said[1]
    (line,) = (one for one in said if one.startswith("Core："))
    assert "。" in line
    assert "." not in line
