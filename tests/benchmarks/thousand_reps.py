"""1,000 simulated reps with 500 edits each into an asset on a server: time, growth, queries.

The server is one as a company would run: what it acknowledges is on disk. Every evening all reps'
bundles lie in the inbox and the merger runs, answers included; then the report is asked for.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
import pytest
from asset_reps import ABOUT, NOW, Rep
from building import TODAY
from measuring import ROUNDS, Reading, Readings, Skipped, must, noted, spoken, timed
from postgres_server import fresh_database, running_server
from simulated_reps import DAYS, EDITS, REPS, Simulation

from brm_desktop.domain.membership import Member, SiteRole
from brm_desktop.domain.rules import Rules
from brm_desktop.session.asset_craft import craft
from brm_desktop.session.asset_reporting import report_of
from brm_desktop.storage.opening import newest_version
from brm_desktop.storage.postgres.port import PostgresPort
from brm_desktop.storage.sharing.engine import Asset
from brm_desktop.storage.sharing.port import Letter

SAMPLE = 40
"""Accounts that are read one by one, and fields that are compared with what must be there."""

Sizes = tuple[int, int]
"""Bytes of all tables, and of all their indexes."""


def measure(folder: Path) -> Readings:
    """The company's portfolio, the days, then the questions."""
    del folder  # the server has its own
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server(fsync="on"))
        except pytest.skip.Exception as skipped:
            yield Skipped(str(skipped))
            return
        address = server.administrator_of(stack.enter_context(fresh_database(server)))
        port = stack.enter_context(closing(PostgresPort.create(address, ABOUT)))
        administrator = stack.enter_context(psycopg.connect(address, autocommit=True))
        yield from _Company(port, administrator).measured()


class _Company:
    """The asset, its reps and its administrator."""

    def __init__(self, port: PostgresPort, administrator: psycopg.Connection[Any]) -> None:
        self._port = port
        self._server = administrator
        self._asset = Asset(port, craft(), newest_version())
        self._simulation = Simulation()
        self._reps = [Rep(number, f"华东/{number % 40}部") for number in range(1, REPS + 1)]

    def measured(self) -> Iterator[Reading]:
        """All figures, in the order things happen."""
        office = Rep(REPS + 1, "", SiteRole.HEAD_OFFICE)
        with self._port.transaction() as rows:
            for rep in (*self._reps, office):
                rows.save_member(_member(rep))
        for operations in self._simulation.portfolio(office):
            self._put(office.letter(operations))
            office.outgoing.clear()
        self._merge()
        at_the_start = self._sizes()
        yield from self._days()
        yield from self._growth(at_the_start, self._sizes(), self._simulation.edits)
        self._check()
        gc.collect()
        gc.freeze()  # what the simulation holds is nothing that who asks would
        yield from self._questions()

    def _days(self) -> Iterator[Reading]:
        seconds = 0.0
        for day in range(1, DAYS + 1):
            for rep, operations in self._simulation.day(self._reps, day):
                self._put(rep.letter(operations))
                rep.outgoing.clear()
            seconds += self._merge()
        told = self._simulation.edits
        must(told == REPS * EDITS, f"{told} edits were sent")
        yield Reading(
            f"{REPS:,} reps, {EDITS} edits each, in {REPS * DAYS:,} bundles: runs of the merger",
            f"{spoken(seconds)} ({told / seconds:,.0f} edits/s, {REPS * DAYS / seconds:,.0f}"
            " bundles/s)",
        )

    def _growth(self, before: Sizes, after: Sizes, told: int) -> Iterator[Reading]:
        for what, old, new in zip(("tables", "indexes"), before, after, strict=True):
            yield Reading(
                f"growth of the {what}, after VACUUM",
                f"{(new - old) / told:,.0f} bytes per edit ({new / 1e6:,.0f} MB,"
                f" before {old / 1e6:,.0f} MB)",
            )

    def _questions(self) -> Iterator[Reading]:
        """What the report asks, each alone, and the report."""
        with self._port.reading() as reading:
            seconds, accounts = timed(reading.accounts)
            must(len(accounts) == REPS, f"{len(accounts)} accounts are there")
            yield noted(f"the ids of all {REPS:,} accounts", seconds)
            seconds, contributed = timed(reading.contributed)
            must(len(contributed) == REPS + 1, f"{len(contributed)} sites contributed")
            yield noted(f"what each of {REPS:,} reps contributed", seconds)
            yield noted("what became of their bundles", timed(reading.bundles)[0])
            chosen = Random(1).sample(accounts, min(SAMPLE, len(accounts)))
            reading.account(chosen[0])  # what all accounts share is read once
            times = [timed(partial(reading.account, one), 1)[0] for one in chosen]
            yield noted(f"the records of one account, the median of {len(chosen)}", median(times))
            yield noted(f"the same, the longest of {len(chosen)}", max(times))
        start = perf_counter()
        report = report_of(self._port, TODAY, Rules(), lambda _done, _of: None)
        seconds = perf_counter() - start
        must(len(report.accounts) == REPS, f"the report is of {len(report.accounts)} accounts")
        yield noted("the whole report, every account analysed", seconds)
        with self._port.transaction() as rows:
            yield noted("how many conflicts there are", timed(rows.conflicts, ROUNDS)[0])
            yield noted("how many rows there are of each kind", timed(rows.counts, ROUNDS)[0])

    def _check(self) -> None:
        """That all was taken, and that a sample says what must have come of it."""
        simulation = self._simulation
        with self._port.transaction() as rows:
            must(not rows.received(), "not all bundles were taken")
            found = sum(rows.counts().values())
            must(found == simulation.rows, f"{found} rows instead of {simulation.rows}")
            conflicts = rows.conflicts()
            must(conflicts == simulation.conflicts(), f"there are {conflicts} conflicts")
            for key, name in Random(2).sample(sorted(simulation.live), SAMPLE):
                writes = simulation.live[key, name]
                state = rows.states([key])[key]
                must(state.values.get(name) == writes[max(writes)], f"{key} says {state.values}")

    def _put(self, letter: Letter) -> None:
        self._server.execute(
            "INSERT INTO brm.inbox (site, name, body) VALUES (%s, %s, %s)",
            [letter.site, letter.name.rpartition("/")[2], letter.source],
        )

    def _merge(self) -> float:
        """Seconds of a run of the merger, as it is started every evening."""
        start = perf_counter()
        report = self._asset.merge(NOW)
        seconds = perf_counter() - start
        must(not report.troubles, f"a bundle was not taken: {report.troubles[:1]}")
        return seconds

    def _sizes(self) -> Sizes:
        self._server.execute("VACUUM ANALYZE")
        found = self._server.execute(
            "SELECT sum(pg_table_size(oid)), sum(pg_indexes_size(oid)) FROM pg_class"
            " WHERE relnamespace = 'brm'::regnamespace AND relkind = 'r'"
        ).fetchone()
        assert found is not None
        return int(found[0]), int(found[1])


def _member(rep: Rep) -> Member:
    return Member(
        site=rep.site, rep=rep.name, person="", device=f"laptop {rep.number}", role=rep.role,
        team=rep.team, keys=rep.keys.public,
    )  # fmt: skip
