"""Accounts and opportunities of a store from before they said what selects and sells them."""

from __future__ import annotations

import gzip
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from stores import a_clock

from brm_desktop.domain.records import (
    Account,
    Horizon,
    Need,
    NeedKind,
    Opportunity,
    Organisation,
    SalesStep,
)
from brm_desktop.session.session import Session
from brm_desktop.storage.driver import connect
from brm_desktop.storage.local_store import LocalStore

FIXTURE = Path(__file__).parent / "fixtures" / "schema-4.brm.gz"
LATER = f"{2**44:012x}0000{0xB:016x}"
"""The stamp of a colleague's edit, later than all that the store holds."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "old.brm"
    path.write_bytes(gzip.decompress(FIXTURE.read_bytes()))
    return path


def _rows(path: Path, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    with closing(connect(path, "rw")) as connection:
        rows = connection.execute(sql, values).fetchall()
        connection.commit()
    return list(rows)


_OF_OPPORTUNITIES = "SELECT id, account, name, amount_minor, owner, clock FROM opportunity"
_OF_ACCOUNTS = "SELECT id, organisation, tier, clock, deleted FROM account"


def _kept(path: Path) -> list[list[tuple[Any, ...]]]:
    return [_rows(path, f"{sql} ORDER BY rowid") for sql in (_OF_OPPORTUNITIES, _OF_ACCOUNTS)]


def test_what_was_said_stays_and_what_was_not_is_empty(path: Path) -> None:
    before = _kept(path)
    LocalStore(path).close()
    assert _kept(path) == before
    with closing(LocalStore(path)) as store:
        records = store.load_all()
    for one in records.all(Opportunity).values():
        assert (one.business_lines, one.steps, one.opened_on, one.note) == ((), (), None, "")
    for account in records.all(Account).values():
        assert (account.revenue_score, account.customer_type) == (None, "")
    assert _rows(path, "SELECT name FROM sqlite_schema WHERE name LIKE 'former%'") == []


def test_what_a_colleague_with_this_version_shared_before_is_taken_up(path: Path) -> None:
    (opportunity, account, *_), *_ = _rows(path, _OF_OPPORTUNITIES)
    need = {"account": account, "horizon": "far", "kind": "service", "statement": "A plant"}
    state = {"kind": "need", "row": "n", "values": need, "clock": {"*": LATER}}
    _rows(path, "INSERT INTO unknown_row VALUES ('need', 'n', ?)", (json.dumps(state),))
    _rows(
        path,
        "INSERT INTO unknown_field VALUES ('opportunity', ?, 'steps', '[\"assess\"]', ?)",
        (opportunity, LATER),
    )
    _rows(
        path,
        "UPDATE opportunity SET clock = json_set(clock, '$.steps', ?) WHERE id = ?",
        (LATER, opportunity),
    )
    with Session.open(path, clock=a_clock(month=11, day=22)) as session:
        records = session.all_records()
        assert records.one(Opportunity, opportunity).steps == (SalesStep.ASSESS,)
        found = records.one(Need, "n")
        assert (found.horizon, found.kind, found.account) == (
            Horizon.FAR,
            NeedKind.SERVICE,
            account,
        )
        assert session.check() == []


def test_a_need_of_an_account_that_nobody_shared_waits_for_it(path: Path) -> None:
    need = {"account": "a", "horizon": "near", "kind": "product", "statement": "Gauges"}
    state = {"kind": "need", "row": "n", "values": need, "clock": {"*": LATER}}
    _rows(path, "INSERT INTO unknown_row VALUES ('need', 'n', ?)", (json.dumps(state),))
    with Session.open(path, clock=a_clock(month=11, day=22)) as session:
        assert session.all_records().get(Need, "n") is None
        assert session.check() == []
        assert session.all_records().all(Organisation)
    assert _rows(path, "SELECT deleted FROM need") == [('{"hidden":"end_gone"}',)]
