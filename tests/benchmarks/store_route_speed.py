"""B4: routes in a store of 1,000,000 people and 5,000,000 relations, read from its tables."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import log
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Final
from uuid import UUID

import networkx as nx
from building import TODAY
from measuring import Reading, Readings, against, must, spoken, timed, within
from route_speed import ANY, START, peer_routes
from sqlite_utils import Database

from brm_desktop.domain.records import (
    Account,
    AccountId,
    Influence,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Record,
    Tie,
    right_id,
)
from brm_desktop.domain.route_graph import RouteGraph
from brm_desktop.domain.routes import best_routes, routes_to
from brm_desktop.domain.rules import Rules
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.clocks import clock_of
from brm_desktop.storage.rows.mapping import TABLES

ACCOUNTS, PEOPLE, STAFF = 2_000, 500, 1_000
INFLUENCES, TIES = 2_250, 250
"""Of each account: over all of them 5,000,000 relations."""
TARGETS, ROUNDS = 20, 5
MOST: Final = 0.5
GOAL: Final = 1 / 8
RULES = Rules()
_US: Final = OrganisationId(str(UUID(int=1)))
_STAMP: Final = clock_of("0" * 32)
_BUILDING_KIB: Final = 6 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Target:
    """Someone routes are sought to."""

    account: AccountId
    person: PersonId


def measure(folder: Path) -> Readings:
    """Whole readings from the tables, then the search alone beside networkx."""
    path = folder / "million.brm"
    peer: nx.DiGraph = nx.DiGraph()
    building = _built(path, peer)
    store = LocalStore(path)
    counts = store.counts()
    must(counts["person"] == ACCOUNTS * PEOPLE + STAFF, "people are missing")
    must(counts["influence"] + counts["tie"] == ACCOUNTS * 2_500, "relations are missing")
    yield from _measured(store, peer, building)
    store.close()


def _built(path: Path, peer: nx.DiGraph) -> float:
    """Make the store and the peer's graph; the seconds that the graph took.

    All rows go in at once, with room for all their pages: by the account each write would touch
    pages all over the indexes, and take ten times as long. Nor does the collector of garbage look
    at millions of edges again and again, now or in the rounds.
    """
    gc.disable()
    for number in range(STAFF):
        peer.add_edge(START, _staff(number), length=0.0, strength=100)
    building = 0.0
    store = LocalStore.create(path, 1)
    with store._writing() as db:
        db.execute(f"PRAGMA cache_size = -{_BUILDING_KIB}")
        _insert(db, _ours())
        for number in range(ACCOUNTS):
            records = list(_account(number))
            _insert(db, records)
            start = perf_counter()
            _add_edges(peer, records)
            building += perf_counter() - start
    store.close()
    gc.enable()
    gc.freeze()
    return building


def _measured(store: LocalStore, peer: nx.DiGraph, building: float) -> Iterator[Reading]:
    random = Random(4)
    chosen = random.sample(range(ACCOUNTS), TARGETS)
    targets = [Target(_account_id(n), _person(n, random.randrange(PEOPLE))) for n in chosen]
    whole = [timed(partial(_whole, store, target))[0] for target in targets]
    yield within(
        "1,000,000 people: routes, direct tie, competitors and opening, from the tables",
        median(whole),
        MOST,
    )
    our_time, ours = _rounds(targets, lambda target: _values(store, target))
    peer_time, theirs = _rounds(targets, lambda target: peer_routes(peer, target.person))
    must(ours == theirs, "our routes are not those of networkx")
    yield against(
        "1,000,000 people: search alone, routes of any length, from the tables",
        our_time,
        f"networkx `shortest_simple_paths` in memory, its build of {spoken(building)} not counted",
        peer_time,
        GOAL,
    )


def _rounds(
    targets: Sequence[Target], search: Callable[[Target], list[Fraction]]
) -> tuple[float, list[list[Fraction]]]:
    """The median of a search's seconds over targets and rounds, and what each target has."""
    runs = [timed(partial(search, target), ROUNDS) for target in targets]
    return median(seconds for seconds, _ in runs), [values for _, values in runs]


def _whole(store: LocalStore, target: Target) -> object:
    lazy = store.lazy_account(target.account)
    return routes_to(lazy, target.account, target.person, TODAY, RULES)


def _values(store: LocalStore, target: Target) -> list[Fraction]:
    """The values of the three best routes; nothing is kept from one search to the next."""
    graph = RouteGraph(store.lazy_account(target.account), target.account, TODAY, RULES)
    found = best_routes(graph.into, graph.is_employee, target.person, 3, ANY, graph.name)
    return [path.value for path in found]


def _ours() -> Iterator[Record]:
    yield Organisation(id=_US, name="We", kind=OrganisationKind.OWN)
    for number in range(STAFF):
        yield Person(id=_staff(number), name=f"Colleague {number:04}", organisation=_US)


def _account(number: int) -> Iterator[Record]:
    """An account with its people, influences among them, and ties of ours to them."""
    random = Random(number)
    home = OrganisationId(str(UUID(int=2 << 64 | number)))
    yield Organisation(id=home, name=f"Account {number:04}", kind=OrganisationKind.CUSTOMER)
    yield Account(id=_account_id(number), organisation=home)
    for one in range(PEOPLE):
        yield Person(id=_person(number, one), name=f"Person {number}/{one:03}", organisation=home)
    lines = set[tuple[int, int]]()
    while len(lines) < INFLUENCES:
        source, target = random.randrange(PEOPLE), random.randrange(PEOPLE)
        if source != target:
            lines.add((source, target))
    for source, target in sorted(lines):
        yield _rightly_named(
            Influence(
                id="",
                source=_person(number, source),
                target=_person(number, target),
                strength=random.randint(1, 100),
            )
        )
    ties = set[tuple[int, int]]()
    while len(ties) < TIES:
        ties.add((random.randrange(STAFF), random.randrange(PEOPLE)))
    for colleague, one in sorted(ties):
        yield _rightly_named(
            Tie(
                id="",
                employee=_staff(colleague),
                person=_person(number, one),
                closeness=random.randint(1, 100),
            )
        )


def _add_edges(peer: nx.DiGraph, records: Iterable[Record]) -> None:
    """The same graph for networkx; lengths add up as strengths multiply."""
    for record in records:
        if isinstance(record, Influence):
            source, target, strength = record.source, record.target, record.strength or 0
        elif isinstance(record, Tie):
            source, target, strength = record.employee, record.person, record.closeness
        else:
            continue
        peer.add_edge(source, target, length=-log(strength / 100), strength=strength)


def _insert(db: Database, records: Iterable[Record]) -> None:
    """Rows as the store writes them, without their history."""
    rows: dict[type[Record], list[tuple[object, ...]]] = {}
    for record in records:
        cells = TABLES[type(record)].cells(record)
        rows.setdefault(type(record), []).append((*cells, _STAMP))
    for kind, some in rows.items():
        db.conn.executemany(TABLES[kind].insert, some)


def _rightly_named(record: Record) -> Record:
    return replace(record, id=right_id(record))


def _account_id(number: int) -> AccountId:
    return AccountId(str(UUID(int=3 << 64 | number)))


def _person(account: int, number: int) -> PersonId:
    return PersonId(str(UUID(int=4 << 64 | account << 16 | number)))


def _staff(number: int) -> PersonId:
    return PersonId(str(UUID(int=5 << 64 | number)))
