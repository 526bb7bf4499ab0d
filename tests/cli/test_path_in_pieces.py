"""The way to a person: however large the account, only what the search meets is read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from random_accounts import random_portfolio
from stores import NOW, a_session, put, rightly_named
from terminal import Terminal

from brm_desktop.cli.shapes import path_reasons, path_shape
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import AccountId, Person, Records
from brm_desktop.domain.sums.together import of_routes
from brm_desktop.rendering.sums import plain_sums
from brm_desktop.session.clock import SystemClock
from brm_desktop.session.session import Session
from brm_desktop.storage.local_store import LocalStore


@pytest.fixture
def brm(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """The command line on the day that tests have."""
    monkeypatch.setattr(SystemClock, "today", lambda _self: NOW.date())
    return Terminal(capsys, tmp_path / "sales.brm")


def _stored(brm: Terminal, seed: int) -> tuple[Records, AccountId]:
    """A store with a random account, and the account's records as they are loaded whole."""
    portfolio, account = random_portfolio(seed)
    records = rightly_named(portfolio.records())
    with a_session(brm.store) as session:
        put(session, *records)
        session.open_account(account)
        return session.records, account


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("partners", [False, True])
def test_a_path_read_in_pieces_says_what_the_whole_account_says(
    brm: Terminal, seed: int, partners: bool
) -> None:
    records, account = _stored(brm, seed)
    whole = AccountAnalysis(records, account, NOW.date())
    options = ["--explain", "--json", *(["--partners"] if partners else [])]
    for person in whole.people:
        reading = whole.routes_to(person.id, 3, partners)
        sums = plain_sums(tuple(of_routes(whole, reading, partners=partners)))
        expected = path_shape(records, reading)
        expected["explain"] = {"first_actions": path_reasons(reading), "sums": sums}
        said = brm.done("path", "--account", account, "--to", person.id, *options).json
        assert said == json.loads(json.dumps(expected))


def test_a_path_loads_no_account(brm: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    _, account = _stored(brm, 1)
    with Session.open(brm.store) as session:
        person = session.people_lines(account, session.today())[0]
    read: list[str] = []
    monkeypatch.setattr(LocalStore, "load_account", lambda *_: read.append("account"))
    monkeypatch.setattr(LocalStore, "load_all", lambda *_: read.append("all"))
    assert brm.done("path", "--account", account, "--to", person.id).out.startswith("To ")
    assert read == []


def test_the_target_of_a_path_is_found_among_names_without_who_has_left(brm: Terminal) -> None:
    records, account = _stored(brm, 2)
    first, second, *_ = AccountAnalysis(records, account, NOW.date()).people
    with Session.open(brm.store) as session:
        session.open_account(account)
        put(
            session,
            replace(first, name="Zoe Zimmer", title="Head of Sealing", external_id="77"),
            replace(second, name="Zoe Zorn", left_on=NOW.date()),
        )
        lines = session.people_lines(account, NOW.date())
        session.open_account(account)
        people = AccountAnalysis(session.records, account, NOW.date()).people
    assert [(p.id, p.name, p.title, p.external_id) for p in lines] == [
        (p.id, p.name, p.title, p.external_id) for p in people
    ]
    for name in ("zoe z", "head of sealing", "77", first.id):
        assert brm.done("path", "--account", account, "--to", name, "--json").json["target"] == (
            "Zoe Zimmer"
        )
    assert isinstance(people[0], Person)
