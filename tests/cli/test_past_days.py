"""Numbers as of a day, and what changed since one, against the domain's own reading."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from terminal import Terminal

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.changes_since import changes_since
from brm_desktop.domain.records import Dimension
from brm_desktop.session.session import Session

BIGGEST = "Huachen Equipment Group"
PLANT = "2027 Line Digitalisation, Phase One"


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], sample: Path) -> Terminal:
    return Terminal(capsys, sample)


@pytest.fixture(scope="module")
def now(sample: Path) -> AccountAnalysis:
    with Session.open(sample) as session:
        return session.analysis(session.find_account(BIGGEST))


@pytest.fixture(scope="module")
def spring(now: AccountAnalysis) -> date:
    return now.today - timedelta(days=200)


def test_an_account_as_of_a_day_has_the_scores_of_that_day(
    brm: Terminal, now: AccountAnalysis, spring: date
) -> None:
    shown = brm.done("account", "--account", BIGGEST, "--as-of", spring, "--json").json
    then = now.on(spring)
    assert shown["as_of"] == spring.isoformat()
    for one in Dimension:
        value = then.scores[one].value
        assert value is not None
        assert shown["scores"][one.value]["value"] == pytest.approx(float(value))
    assert shown["scores"] != brm.done("account", "--account", BIGGEST, "--json").json["scores"]


def test_a_chain_as_of_a_day_has_the_odds_of_that_day(
    brm: Terminal, now: AccountAnalysis, spring: date
) -> None:
    words = ("chain", "--account", BIGGEST, "--project", PLANT, "--as-of", spring)
    (project,) = (one.id for one in now.projects if one.name == PLANT)
    odds = now.on(spring).chain(project).odds
    assert odds is not None
    shown = brm.done(*words, "--json").json
    assert (shown["as_of"], shown["odds"]) == (spring.isoformat(), pytest.approx(float(odds)))
    assert brm.done(*words).out.startswith("As of ")


def test_what_changed_since_a_day_is_listed_person_by_person(
    brm: Terminal, now: AccountAnalysis, spring: date
) -> None:
    words = ("account", "--account", BIGGEST, "--since", spring)
    shown = brm.done(*words, "--json").json
    found = changes_since(now, spring)
    assert found
    assert [(one["person"], one["kind"]) for one in shown["changes"]] == [
        (one.name, one.kind.value) for one in found
    ]
    first = shown["changes"][0]
    assert (first["before"], first["after"]) == (found[0].before, found[0].after)
    assert shown["then"]["scores"]["closeness"] != shown["scores"]["closeness"]["value"]
    said = brm.done(*words).out
    assert "Changes since" in said
    assert found[0].name in said


def test_nothing_changed_since_today(brm: Terminal, now: AccountAnalysis) -> None:
    words = ("account", "--account", BIGGEST, "--since", now.today)
    assert brm.done(*words, "--json").json["changes"] == []
    assert "Nothing changed since that day." in brm.done(*words).out


def test_a_day_that_has_not_come_or_is_none_is_told(brm: Terminal, now: AccountAnalysis) -> None:
    later = now.today + timedelta(days=1)
    for asked in ("--as-of", "--since"):
        ran = brm("account", "--account", BIGGEST, asked, later, "--json")
        assert (ran.code, ran.out) == (1, "")
        assert "has not come yet" in ran.err
    assert brm("account", "--account", BIGGEST, "--as-of", "spring").code == 2
