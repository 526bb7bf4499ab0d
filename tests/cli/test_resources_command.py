"""``resources``: the company view and the employee view, for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal

from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session
from brm_desktop.session.snapshots import NAME, MonthBuilding

BANDS = {"strong", "medium", "weak", "unscored"}


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], sample: Path) -> Terminal:
    return Terminal(capsys, sample)


def test_the_shape_is_the_one_promised(brm: Terminal) -> None:
    shown = brm.done("resources", "--json").json
    assert {"score", "counts", "trend", "employees"} <= shown.keys()
    assert shown["counts"].keys() == BANDS
    assert 0 <= shown["score"] <= 100
    assert all(one["counts"].keys() == BANDS for one in shown["trend"])
    months = [one["month"] for one in shown["trend"]]
    assert months == sorted(months)
    assert len(months) > 6
    first = shown["employees"][0]
    assert {"name", "sales", "score", "direct", "one_insider"} <= first.keys()
    scores = [one["score"] for one in shown["employees"]]
    assert scores == sorted(scores, reverse=True)


def test_every_score_is_the_sum_that_is_explained(brm: Terminal) -> None:
    shown = brm.done("resources", "--json", "--explain").json
    parts = shown["explain"]["accounts"]
    known = [one for one in parts if one["closeness"] is not None]
    weight = sum(one["weight"] for one in known)
    made = sum(one["closeness"] * one["weight"] for one in known) / weight
    assert made == pytest.approx(shown["score"])
    for told, sums in zip(shown["employees"], shown["explain"]["employees"], strict=True):
        made = sum(one["weight"] * one["tie"] for one in sums["terms"]) / 100
        assert made == pytest.approx(told["score"])
        assert [one["person"] for one in sums["terms"]] == told["direct"]
        assert [one["person"] for one in sums["through"]] == told["one_insider"]


def test_one_account_and_one_competitor_can_be_asked_for(brm: Terminal) -> None:
    one = brm.done("resources", "--account", "Huachen", "--json").json
    assert sum(one["accounts"].values()) == 1
    account = brm.done("account", "--account", "Huachen", "--json").json
    assert one["score"] == pytest.approx(account["scores"]["closeness"]["value"])
    rival = brm.done("resources", "--competitor", "Boan", "--json").json
    assert {person["name"] for person in rival["employees"]}.isdisjoint(
        person["name"] for person in one["employees"]
    )
    there = brm.done("resources", "--competitor", "Boan", "--account", "Huachen", "--json").json
    assert there["trend"]
    assert "rank" in brm.done("resources").out


def test_months_that_are_kept_say_the_same_as_months_that_are_computed(
    brm: Terminal, capsys: pytest.CaptureFixture[str], sample: Path, tmp_path: Path
) -> None:
    computed = brm.done("resources", "--json").json["trend"]
    copy = tmp_path / "copy.brm"
    copy.write_bytes(sample.read_bytes())
    with Session.open(copy) as session:
        building = MonthBuilding(session, session.months())
        while not building.done:
            session.apply(NAME, building.build_next(3, lambda: None), undoable=False)
    assert Terminal(capsys, copy).done("resources", "--json").json["trend"] == computed


def test_an_unknown_competitor_and_an_empty_store_are_answered(
    brm: Terminal, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert brm("resources", "--competitor", "Nobody").code == 1
    Session.open(tmp_path / "new.brm", create=PLAIN).close()
    empty = Terminal(capsys, tmp_path / "new.brm")
    shown = empty.done("resources", "--json").json
    assert (shown["score"], shown["trend"], shown["employees"]) == (None, [], [])
    assert empty.done("resources").code == 0
    refused = empty("resources", "--competitor", "Any")
    assert (refused.code, refused.err) == (1, "No competitor is known yet.\n")
