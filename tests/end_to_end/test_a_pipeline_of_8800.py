"""A real pipeline through the command line: imported, its defects told, its numbers recomputed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from terminal import Terminal

FindData = Callable[[str], Path]
YEAR = ("--from", "2017-01-01", "--to", "2017-12-31")


@dataclass(frozen=True)
class Deal:
    """A deal of the file that was won or lost, as the test reads it."""

    agent: str
    closed: date
    won: bool
    value: int


def _decided(folder: Path) -> list[Deal]:
    with (folder / "sales_pipeline.csv").open(encoding="utf-8", newline="") as file:
        return [
            Deal(
                row["sales_agent"],
                date.fromisoformat(row["close_date"]),
                row["deal_stage"] == "Won",
                int(row["close_value"]) * 100,
            )
            for row in csv.DictReader(file)
            if row["deal_stage"] in ("Won", "Lost") and row["account"]
        ]


def _lines_taken(folder: Path, product: str) -> list[int]:
    """The lines of a product's opportunities that name an account, so that they are taken."""
    with (folder / "sales_pipeline.csv").open(encoding="utf-8", newline="") as file:
        rows = enumerate(csv.DictReader(file), start=2)
        return [line for line, row in rows if row["product"] == product and row["account"]]


def _imported(brm: Terminal, folder: Path, *dates: str) -> Any:
    """Everything of a folder imported as a user would; what was said of the pipeline."""
    usd = ("--set", "currency=USD")
    brm.done("import", folder / "products.csv", *usd)
    brm.done("import", folder / "sales_teams.csv", "--as", "employees", "--create-missing")
    accounts = brm.done(
        "import",
        folder / "accounts.csv",
        *usd,
        *("--as", "accounts", "--set", "unit=million", "--set", "year=2017", "--json"),
    )
    assert accounts.json["created"] == {"organisation": 85, "account": 85, "year_revenue": 85}
    assert accounts.json["remarks"] == [
        {
            "file": "accounts.csv",
            "field": "industry",
            "value": "technolgy",
            "rows": 12,
            "lines": [2, 8, 14, 18, 19, 30, 37, 41, 45, 58, 61, 83],
            "text": "industry technolgy (rows: 12) looks like technology; it is kept as it is.",
            "nearest": "technology",
        }
    ]
    ran = brm("import", folder / "sales_pipeline.csv", *usd, *dates, "--json")
    assert ran.code == 3
    return ran.json


def _without_ids(found: Any) -> Any:
    """A document without the ids that every store makes anew, and in an order of their own."""
    if isinstance(found, dict):
        return {key: _without_ids(value) for key, value in found.items() if key != "id"}
    return [_without_ids(one) for one in found] if isinstance(found, list) else found


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    return Terminal(capsys, tmp_path / "store.brm")


def test_8800_opportunities_come_in_and_their_defects_are_told(
    brm: Terminal, shared_data: FindData
) -> None:
    folder = shared_data("maven_crm") / "original"
    said = _imported(brm, folder)

    assert said["rows"] == {
        "read": 8800,
        "created": 7375,
        "updated": 0,
        "unchanged": 0,
        "rejected": 1425,
    }
    assert {one["reason"] for one in said["rejected"]} == {"The row names no account."}
    remark, ended = said["remarks"]
    told = ("file", "field", "value", "nearest")
    assert [remark[key] for key in told] == ["sales_pipeline.csv", "product", "GTXPro", "GTX Pro"]
    taken = _lines_taken(folder, "GTXPro")
    assert (remark["rows"], remark["lines"]) == (len(taken), taken[:100])
    assert (ended["field"], ended["rows"], ended["value"]) == ("stage", 4238 + 2473, None)
    assert brm.done("check").code == 0


def test_the_win_rate_is_that_of_an_independent_count(brm: Terminal, shared_data: FindData) -> None:
    folder = shared_data("maven_crm") / "original"
    _imported(brm, folder)
    deals = _decided(folder)
    value = brm.done("value", *YEAR, "--json").json

    whole = value["win_rate"]
    assert (whole["count"]["won"], whole["count"]["lost"]) == (4238, 2473)
    assert whole["count"]["rate"] == pytest.approx(4238 / 6711)
    assert whole["amount"]["won"] == {
        "minor": sum(one.value for one in deals if one.won),
        "currency": "USD",
    }
    assert _counted(value["owners"], "owner") == _count(deals, lambda one: one.agent)
    assert _counted(value["quarters"], "quarter") == _count(
        deals, lambda one: f"{one.closed.year}-Q{(one.closed.month + 2) // 3}"
    )


def _count(deals: list[Deal], part: Callable[[Deal], str]) -> dict[str, tuple[int, int, int]]:
    won = Counter(part(one) for one in deals if one.won)
    lost = Counter(part(one) for one in deals if not one.won)
    money: Counter[str] = Counter()
    for one in deals:
        if one.won:
            money[part(one)] += one.value
    return {key: (won[key], lost[key], money[key]) for key in {*won, *lost}}


def _counted(parts: list[Any], name: str) -> dict[str, tuple[int, int, int]]:
    rates = {one[name]: one["win_rate"] for one in parts}
    return {
        key: (
            rate["count"]["won"],
            rate["count"]["lost"],
            rate["amount"]["won"]["minor"],
        )
        for key, rate in rates.items()
        if rate["count"]["won"] + rate["count"]["lost"]
    }


def test_the_portfolio_is_ranked(brm: Terminal, shared_data: FindData) -> None:
    folder = shared_data("maven_crm") / "original"
    _imported(brm, folder)
    with (folder / "accounts.csv").open(encoding="utf-8", newline="") as file:
        largest = max(csv.DictReader(file), key=lambda row: float(row["revenue"]))["account"]

    found = brm.done("accounts", "--json").json["accounts"]

    assert len(found) == 85
    ranks = {one["name"]: one["rank"] for one in found}
    assert ranks[largest] == 1
    composites = [one["composite"] for one in sorted(found, key=lambda one: one["rank"])]
    assert composites == sorted(composites, reverse=True)


def test_the_same_file_with_days_first_gives_the_same(
    brm: Terminal, shared_data: FindData, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = shared_data("maven_crm")
    _imported(brm, data / "original")
    other = Terminal(capsys, tmp_path / "other.brm")

    unclear = other(
        "import", data / "variant_reexport_ddmmyy" / "sales_pipeline.csv", "--set", "currency=USD"
    )
    assert unclear.code == 1
    assert "may be read in several ways: say with --dates" in unclear.err
    assert not other.store.exists()

    said = _imported(other, data / "variant_reexport_ddmmyy", "--dates", "dmy")
    assert said["rows"]["created"] == 7375
    assert _without_ids(other.done("value", *YEAR, "--json").json) == _without_ids(
        brm.done("value", *YEAR, "--json").json
    )
