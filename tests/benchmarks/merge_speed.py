"""B5: merging bundles into an asset of 1,000,000 people, on both assets, beside raw upserts.

End to end: a bundle that lies in the inbox is opened, its signature verified, unsealed, unpacked,
read and merged, the rows are written with history, conflicts and whose wish it is that they are
seen, all is committed, and the bundle is let go of. The peer gets values ready to be written, and
writes nothing else, into a table of its own of the same kind with the same million rows and
indexes. A field change is one value of one field that a bundle brings.
"""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

import psycopg
import pytest
from asset_reps import ABOUT, NOW, Rep
from measuring import ROUNDS, Reading, Readings, Skipped, must, spoken
from million_people import (
    CUSTOMERS,
    FIELDS,
    PEOPLE,
    RECORDS,
    SOME,
    changed,
    fill_asset,
    fill_server,
    fill_store,
    id_of_person,
    new,
    people_of_some,
    person,
    some_people,
)
from postgres_server import fresh_database, running_server

from brm_desktop.domain.membership import Member
from brm_desktop.domain.merge import same, shown
from brm_desktop.domain.operations import Key, Operation, RowState
from brm_desktop.session.asset_craft import craft
from brm_desktop.storage.driver import connect, make_durable
from brm_desktop.storage.folder.letterbox import Letterbox
from brm_desktop.storage.folder.port import CACHE_KIB, FolderPort
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.merging.columns import columns_of
from brm_desktop.storage.opening import newest_version
from brm_desktop.storage.postgres.port import PostgresPort
from brm_desktop.storage.sharing.engine import Asset
from brm_desktop.storage.sharing.port import APPLIED, Letter, Port

PER_SECOND, LEAST = 100_000, 0.10
SAMPLE = 500
REP = Rep(1)
MEMBER = Member(
    site=REP.site, rep=REP.name, person="", device="laptop", role=REP.role, team=REP.team,
    keys=REP.keys.public,
)  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """What bundles bring: told as what, and how many fields of each record."""

    what: str
    fields: int
    is_record: bool
    """Whether they bring whole records: the goal in field changes a second is set for these."""


NEW = Shape(f"new people, {FIELDS} fields each", FIELDS, True)
KNOWN = Shape(f"people of {CUSTOMERS} customers, all {FIELDS} fields of each", FIELDS, True)
ALL = Shape(f"people from all over the company, all {FIELDS} fields of each", FIELDS, True)
FEW = Shape(f"people from all over the company, {len(SOME)} fields of each", len(SOME), False)
SHAPES = (NEW, KNOWN, ALL, FEW)


@dataclass(frozen=True)
class Place:
    """An asset and its peer."""

    name: str
    port: Port
    put: Callable[[Letter], None]
    raw: Callable[[Shape, Sequence[Operation]], float]


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock, and of them those the merger's process had a processor."""

    seconds: float
    processor: float


@contextmanager
def in_a_folder(folder: Path) -> Iterator[Place]:
    """A folder's asset, its database encrypted as the program makes it, and the same beside it."""
    path, peer, key = folder / "asset.db", folder / "peer.db", StoreKey.random()
    store = LocalStore.create(path, 1 << 60, key)
    with store.transaction() as db:
        fill_store(db)
    store.close()
    shutil.copy(path, peer)
    port = FolderPort.create(folder / "shared", LocalStore(path, key), ABOUT, lambda: NOW)
    with port.transaction() as rows:
        rows.save_member(MEMBER)
    with port.store.transaction() as db:
        fill_asset(db, MEMBER)
    port.close()
    port = FolderPort(folder / "shared", LocalStore(path, key), lambda: NOW)
    box = Letterbox(folder / "shared")

    def put(letter: Letter) -> None:
        assert isinstance(letter.source, bytes)
        box.send(letter.site, letter.name.rpartition("/")[2], letter.source)

    with closing(port), closing(connect(peer, "rw", key)) as connection:
        make_durable(connection)
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")  # as much room as ours has

        def raw(shape: Shape, operations: Sequence[Operation]) -> float:
            sql, rows = _for_sqlite(shape, operations)
            start = perf_counter()
            with connection:
                connection.executemany(sql, rows)
            return perf_counter() - start

        yield Place("SQLite", port, put, raw)


@contextmanager
def on_a_server(address: str) -> Iterator[Place]:
    """An asset on a server, and a table like its own beside it."""
    port = PostgresPort.create(address, ABOUT)
    with closing(port), psycopg.connect(address, autocommit=True) as administrator:
        with port.transaction() as rows:
            rows.save_member(MEMBER)
        fill_server(administrator, MEMBER)
        administrator.execute("CREATE TABLE peer (LIKE brm.entity INCLUDING ALL)")
        administrator.execute("INSERT INTO peer SELECT * FROM brm.entity")
        administrator.execute("VACUUM ANALYZE peer")

        def put(letter: Letter) -> None:
            administrator.execute(
                "INSERT INTO brm.inbox (site, name, body) VALUES (%s, %s, %s)",
                [letter.site, letter.name.rpartition("/")[2], letter.source],
            )

        def raw(shape: Shape, operations: Sequence[Operation]) -> float:
            sql, rows = _for_postgres(shape, operations)
            start = perf_counter()
            with administrator.transaction(), administrator.cursor() as cursor:
                cursor.executemany(sql, rows)
            return perf_counter() - start

        yield Place("PostgreSQL", port, put, raw)


def measure(folder: Path) -> Readings:
    """Both assets and both peers by turns, each round with bundles of its own."""
    with ExitStack() as stack:
        places = [stack.enter_context(in_a_folder(folder))]
        try:
            server = stack.enter_context(running_server(fsync="on"))
        except pytest.skip.Exception as skipped:
            yield Skipped(str(skipped))
        else:
            database = stack.enter_context(fresh_database(server))
            address = server.administrator_of(database)
            places.append(stack.enter_context(on_a_server(address)))
        times: dict[tuple[Shape, str], list[tuple[Taken, float]]] = {}
        told: dict[Key, dict[str, Any]] = {}
        for shape, operations in _rounds(told):
            letter = REP.letter(operations)
            REP.outgoing.clear()
            for place in places:
                ours = _merged(place, letter, len(operations))
                times.setdefault((shape, place.name), []).append(
                    (ours, place.raw(shape, operations))
                )
        _check(places, told)
        for place in places:
            for shape in SHAPES:
                yield from _readings(place.name, shape, times[shape, place.name])


def _rounds(told: dict[Key, dict[str, Any]]) -> Iterator[tuple[Shape, list[Operation]]]:
    """What is merged, shape by shape in turn; ``told`` gets what each row says in the end."""
    random = Random(5)
    last: dict[int, dict[str, str]] = {}
    for turn in range(1, ROUNDS + 1):
        for shape in SHAPES:
            if shape is NEW:
                operations = new(REP, PEOPLE + (turn - 1) * RECORDS)
            else:
                numbers = people_of_some(random) if shape is KNOWN else some_people(random)
                fields = SOME if shape is FEW else tuple(person(0))
                operations = changed(REP, numbers, turn, fields, last)
                for number in numbers:
                    told.setdefault(("person", id_of_person(number)), person(number))
            for one in operations:
                told.setdefault(one.key, {}).update(one.values)
            yield shape, operations


def _merged(place: Place, letter: Letter, operations: int) -> Taken:
    """What it takes from a bundle that lies in the inbox to one that is merged and let go of."""
    asset = Asset(place.port, craft(), newest_version())
    place.put(letter)
    gc.collect()
    gc.freeze()  # what this process holds besides is nothing that the merger would
    start, used = perf_counter(), process_time()
    (found,) = place.port.waiting()
    received = asset.receive(found, NOW)
    place.port.settle(found, received.state)
    taken = Taken(perf_counter() - start, process_time() - used)
    must(received.state == APPLIED, f"{place.name} did not take a bundle: {received.reason}")
    must(received.rows == operations, f"{place.name} took {received.rows} rows")
    must(not place.port.waiting(), f"a bundle is left in the inbox of {place.name}")
    return taken


def _check(places: Sequence[Place], told: dict[Key, dict[str, Any]]) -> None:
    """That all is there, that a sample of it is shown as it was sent, and alike in both assets."""
    random = Random(6)
    keys = random.sample(sorted(told), min(SAMPLE, len(told)))
    keys += [("person", id_of_person(n)) for n in random.sample(range(PEOPLE), SAMPLE)]
    found: list[dict[Key, RowState]] = []
    for place in places:
        with place.port.transaction() as rows:
            counts = rows.counts()
            must(counts["person"] == PEOPLE + ROUNDS * RECORDS, f"{place.name} has {counts}")
            must(rows.conflicts() == 0, f"{place.name} has conflicts")
            states: dict[Key, RowState] = {}
            for start in range(0, len(keys), SAMPLE):
                states |= rows.states(keys[start : start + SAMPLE])
        found.append(states)
        for key, values in told.items():
            if key in states:
                must(shown(states[key]) == values, f"{place.name} shows {states[key]}")
    for one, other in pairwise(found):
        must(one.keys() == other.keys(), "the assets do not have the same rows")
        must(all(same(one[key], other[key]) for key in one), "the assets hold different things")


def _readings(place: str, shape: Shape, times: Sequence[tuple[Taken, float]]) -> Iterator[Reading]:
    ours = median(one.seconds for one, _ in times)
    processor = median(one.processor for one, _ in times)
    raw = median(seconds for _, seconds in times)
    changes = RECORDS * shape.fields
    what = f"{place}, {PEOPLE:,} people: {RECORDS:,} × {shape.what}"
    rate = changes / ours
    yield Reading(
        what,
        f"{rate:,.0f} field changes/s ({spoken(ours)}, the merger at work {spoken(processor)})",
        goal=f"≥ {PER_SECOND:,}/s" if shape.is_record else "",
        kept=rate >= PER_SECOND if shape.is_record else None,
    )
    yield Reading(
        f"{place}: {shape.what}, beside raw upserts",
        spoken(ours),
        f"`executemany` of the same values: {spoken(raw)}",
        f"{raw / ours:.3g} of its speed",
        f"≥ {LEAST}",
        raw / ours >= LEAST,
    )


def _for_sqlite(
    shape: Shape, operations: Sequence[Operation]
) -> tuple[str, Sequence[Sequence[Any]]]:
    columns = columns_of("person")
    if shape is FEW:
        assigned = ", ".join(f'"{name}" = ?' for name in SOME)
        rows = [(*(one.values[name] for name in SOME), one.row) for one in operations]
        return f"UPDATE person SET {assigned} WHERE id = ?", rows
    assigned = ", ".join(f'"{name}" = excluded."{name}"' for name in columns.table.columns[1:])
    return (
        f"{columns.insert} ON CONFLICT (id) DO UPDATE SET {assigned}",
        [
            (*columns.cells_of(one.row, one.values, lambda _: True, "team")[0], "{}", None)
            for one in operations
        ],
    )


def _for_postgres(
    shape: Shape, operations: Sequence[Operation]
) -> tuple[str, Sequence[Sequence[Any]]]:
    said = [(json.dumps(one.values, ensure_ascii=False), one.row) for one in operations]
    if shape is FEW:
        return "UPDATE peer SET says = says || %s::jsonb WHERE id = %s AND kind = 'person'", said
    return (
        "INSERT INTO peer (kind, id, says, clock, contested, version) VALUES"
        " ('person', %s, %s, '{}', 0, 2)"
        " ON CONFLICT (id, kind) DO UPDATE SET says = excluded.says",
        [(row, says) for says, row in said],
    )
