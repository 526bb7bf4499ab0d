"""A company of a million people for B5: the same in a folder's asset and in one on a server.

Built past the merger, in bulk: what is measured is what comes on top of it. Everything a merge
would have left is there: clocks, versions, whose wish it is that a row is seen, and history.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from asset_reps import NOW, Rep

from brm_desktop.domain.membership import Member
from brm_desktop.domain.operations import REST, Operation, Plain, Reach, RowState
from brm_desktop.storage.merging.columns import columns_of
from brm_desktop.storage.rows.clocks import clock_of
from brm_desktop.storage.rows.mapping import to_json

if TYPE_CHECKING:
    import psycopg
    from sqlite_utils import Database

PEOPLE: Final = int(os.environ.get("BRM_BENCHMARK_PEOPLE", "1000000"))
"""People who are there at the start; fewer only to try the benchmark out."""
RECORDS: Final = min(10_000, PEOPLE // 10)
"""Rows that a bundle speaks of."""
EACH: Final = 500
"""People of one customer."""
CUSTOMERS: Final = RECORDS // min(EACH, RECORDS)
"""The customers whose people a rep's bundle speaks of."""
FIELDS: Final = 20
SOME: Final = ("title", "power", "influence", "notes")
"""The fields that are changed where only some are."""
_BEFORE: Final = NOW - 400 * 86_400_000
_SITE: Final = "00000000000000ff"
_STAMP: Final = f"{_BEFORE:012x}0000{_SITE}"
_PART: Final = 20_000
_BUILDING_KIB: Final = 4 * 1024 * 1024
_HIGH: Final = 0x0197E0A0_0000_7000_8000_000000000000


def id_of_person(number: int) -> str:
    """Ids sort as they were made."""
    return str(UUID(int=_HIGH + number))


def person(number: int, turn: int = 0) -> dict[str, Plain]:
    """What a person says in twenty fields; another turn says something else in each.

    The people of a customer were entered one after another, as an import does.
    """
    n, customer = number + turn * 7_919, (number // EACH + turn) % _organisations()
    return {
        "name": f"王伟{n}",
        "latin_name": f"Wang Wei {n}",
        "organisation": _organisation(customer),
        "department": _department(customer),
        "title": f"Head of section {n % 997}, turn {turn}",
        "phones": [f"+86 138 {n % 10_000:04} {n * 7 % 10_000:04}"],
        "emails": [f"wang.wei.{n}@example.com"],
        "wechat": f"wx_{n}",
        "birthday": f"{1955 + n % 45}-{1 + n % 12:02}-{1 + n % 28:02}",
        "adaptability": ("visionary", "pragmatist", "conservative")[n % 3],
        "power": n % 101,
        "influence": n * 3 % 101,
        "veto": (number + turn) % 2 == 0,
        "sole_approver": (number + turn) % 2 == 1,
        "crucial": (number + turn) % 2 == 0,
        "key": (number + turn) % 2 == 1,
        "influence_asked_on": f"2026-{1 + n % 12:02}-{1 + n % 28:02}",
        "left_on": f"{2030 + turn}-{1 + n % 12:02}-{1 + n % 28:02}",
        "notes": f"Met at the fair in hall {n % 17}; asked about deliveries and prices, turn {n}.",
        "external_id": f"CRM-{n:08}",
    }


def some_people(random: Random) -> list[int]:
    """People who are there, from all over the company, in no order: the worst for any cache."""
    return random.sample(range(PEOPLE), RECORDS)


def people_of_some(random: Random) -> list[int]:
    """Everybody at some customers, in no order: what one rep's bundle speaks of."""
    each = RECORDS // CUSTOMERS
    customers = random.sample(range(PEOPLE // each), CUSTOMERS)
    people = [one * each + place for one in customers for place in range(each)]
    random.shuffle(people)
    return people


def new(rep: Rep, first: int) -> list[Operation]:
    """New people with all fields."""
    return [
        Operation(
            kind="person",
            row=id_of_person(number),
            values=person(number),
            stamps={REST: _stamp(rep)},
            reach=Reach("team"),
        )
        for number in range(first, first + RECORDS)
    ]


def changed(
    rep: Rep,
    numbers: Iterable[int],
    turn: int,
    fields: Iterable[str],
    last: dict[int, dict[str, str]],
) -> list[Operation]:
    """Some fields of people who are there, each over what was there.

    ``last`` keeps by number which stamps this has written so far.
    """
    wanted = tuple(fields)
    made = []
    for number in numbers:
        values, stamp = person(number, turn), _stamp(rep)
        stamps = last.setdefault(number, {})
        made.append(
            Operation(
                kind="person",
                row=id_of_person(number),
                values={field: values[field] for field in wanted},
                stamps=dict.fromkeys(wanted, stamp),
                over={field: (stamps.get(field, _STAMP),) for field in wanted},
            )
        )
        stamps.update(dict.fromkeys(wanted, stamp))
    return made


def rows_at_the_start() -> Iterator[RowState]:
    """Organisations and departments, then the people."""
    for number in range(_organisations()):
        yield _state("organisation", _organisation(number), {"name": f"Customer {number}"})
    for number in range(_organisations()):
        of = {"name": "Purchasing", "organisation": _organisation(number)}
        yield _state("department", _department(number), of)
    for number in range(PEOPLE):
        yield _state("person", id_of_person(number), person(number))


def fill_store(db: Database) -> None:
    """Put the rows into the tables of a store, and nothing else; in the transaction that is open.

    All go in at once, with room for all their pages in memory.
    """
    db.execute(f"PRAGMA cache_size = -{_BUILDING_KIB}")
    for part in _parts(rows_at_the_start()):
        for kind in dict.fromkeys(state.kind for state in part):
            columns = columns_of(kind)
            cells = (
                columns.cells_of(one.row, one.values, one.has, "team")[0]
                for one in part
                if one.kind == kind
            )
            clock = clock_of(_STAMP)
            db.conn.executemany(columns.insert, [(*row, clock, None) for row in cells])


def fill_asset(db: Database, member: Member) -> None:
    """Put beside the rows what else a folder's asset keeps of each."""
    db.execute(f"PRAGMA cache_size = -{_BUILDING_KIB}")
    db.execute("INSERT INTO change_made VALUES (1, ?)", [_BEFORE])
    site = bytes.fromhex(member.site)
    (own,) = db.execute("SELECT site FROM site WHERE own = 1").fetchone()
    sequence = 0
    for part in _parts(rows_at_the_start()):
        many = db.conn.executemany
        many("INSERT INTO touched VALUES (1, ?, ?)", [one.key for one in part])
        wishes = [(*one.key, site, "team", member.team, "team") for one in part]
        many("INSERT INTO reach VALUES (?, ?, ?, ?, ?, ?)", wishes)
        operation, origin = bytes.fromhex(_STAMP), bytes.fromhex(_STAMP)
        lines = [
            (own, sequence + place, operation, '"Merge"', _BEFORE, member.rep, *one.key, None,
             to_json({**one.values, "audience": "team"}), None, "team", origin)
            for place, one in enumerate(part, 1)
        ]  # fmt: skip
        marks = ", ".join("?" * 13)
        many(
            'INSERT INTO history (site, sequence, operation, name, at, author, "kind", row,'
            f" before, after, base, audience, origin) VALUES ({marks})",
            lines,
        )
        sequence += len(lines)


def fill_server(connection: psycopg.Connection[Any], member: Member) -> None:
    """Put the same into an asset on a server, and let the server look at it."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO brm.change VALUES (nextval('brm.change_number'), %s)", [_BEFORE]
        )
        clock = json.dumps({REST: _STAMP})
        into = "COPY brm.entity (kind, id, says, clock, contested, version) FROM STDIN"
        with cursor.copy(into) as copy:
            for one in rows_at_the_start():
                says = json.dumps(one.values, ensure_ascii=False)
                copy.write_row((*one.key, says, clock, 0, 1))
        with cursor.copy("COPY brm.reach FROM STDIN") as copy:
            for one in rows_at_the_start():
                copy.write_row((*one.key, member.site, "team", member.team, "team"))
    connection.execute("VACUUM ANALYZE brm.entity, brm.reach")
    connection.execute("CHECKPOINT")


def _parts(states: Iterator[RowState]) -> Iterator[list[RowState]]:
    while part := list(islice(states, _PART)):
        yield part


def _state(kind: str, row: str, values: dict[str, Plain]) -> RowState:
    return RowState(kind=kind, row=row, values=values, clock={REST: _STAMP})


def _stamp(rep: Rep) -> str:
    """A new stamp: one a millisecond, all of them past."""
    rep.counter += 1
    return f"{NOW - 86_400_000 + rep.counter:012x}0000{rep.site}"


def _organisations() -> int:
    return max(1, PEOPLE // EACH)


def _organisation(number: int) -> str:
    return str(UUID(int=_HIGH + (1 << 40) + number))


def _department(number: int) -> str:
    return str(UUID(int=_HIGH + (2 << 40) + number))
