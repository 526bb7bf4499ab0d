"""``--explain``: the sum behind every number, line by line, in JSON and to people alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from terminal import Terminal

ACCOUNT = "Huachen Equipment Group"


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], sample: Path) -> Terminal:
    return Terminal(capsys, sample)


def commands(brm: Terminal) -> list[list[str]]:
    """The commands that explain, on the sample's biggest account and its live project."""
    exported = brm.folder / "all.json"
    brm.done("export", "data", "--out", exported)
    projects = json.loads(exported.read_text())["project"]
    live = next(one["name"] for one in projects if one["name"].startswith("2027 Line"))
    return [
        ["account", "--account", ACCOUNT],
        ["chain", "--account", ACCOUNT, "--project", live],
        ["path", "--account", ACCOUNT, "--to", "Chen Guodong"],
        ["resources"],
    ]


def sums(brm: Terminal, command: list[str], *more: str) -> list[dict[str, Any]]:
    """The sums of a command's JSON."""
    found: list[dict[str, Any]] = brm.done(*command, "--json", "--explain", *more).json["explain"][
        "sums"
    ]
    return found


def test_every_command_says_to_people_what_its_json_says(brm: Terminal) -> None:
    for command in commands(brm):
        said = brm.done(*command, "--explain").out
        for one in sums(brm, command):
            assert one["text"] in said


def test_the_sums_name_every_kind_of_number(brm: Terminal) -> None:
    numbers = {one["number"] for command in commands(brm) for one in sums(brm, command)}
    assert numbers >= {
        "account.closeness",
        "account.closeness.coverage",
        "account.bands",
        "account.potential",
        "account.team",
        "person.power",
        "person.influence",
        "person.importance",
        "person.crucial",
        "person.key",
        "person.power_centre",
        "person.influence_centre",
        "person.closeness",
        "competitor.closeness",
        "chain.odds",
        "chain.value",
        "chain.cap",
        "chain.target",
        "seller.record",
        "route.value",
        "route.step",
        "route.opening",
        "company.score",
        "company.bands",
        "employee.score",
    }


def test_a_line_of_a_sum_has_its_person_s_id_and_its_date(brm: Terminal) -> None:
    account = commands(brm)[0]
    closeness = sums(brm, account)[0]
    first = closeness["lines"][0]
    assert (first["label"], first["part"], first["adds"]) == ("Chen Guodong", "100 × 40", "4,000")
    assert "confirmed" in first["note"]
    people = {one["id"]: one["name"] for one in brm.done(*account, "--json").json["people"]}
    assert people[first["person"]] == "Chen Guodong"
    assert closeness["value"] == "62"


def test_without_explain_nothing_is_explained(brm: Terminal) -> None:
    for command in commands(brm):
        assert "explain" not in brm.done(*command, "--json").json
        assert "(rule 5)" not in brm.done(*command).out


def test_the_language_of_a_sum_is_that_of_the_command(brm: Terminal) -> None:
    account = commands(brm)[0]
    assert sums(brm, account, "--lang", "zh_CN")[0]["lines"][0]["note"].startswith("2026年")
