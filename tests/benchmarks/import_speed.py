"""B7: the import of 50,000 rows, checked and as one undo step, against a raw ``executemany``."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from measuring import Reading, Readings, must, noted, spoken

from brm_desktop.session.importing import Wishes, import_files, read_files
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session
from brm_desktop.storage.driver import connect, make_durable
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.mapping import TABLES

ROWS, WRONG, REPEATED = 50_000, 50, 500
PEOPLE = ROWS - REPEATED
ROUNDS = 5
LEAST = 0.15
COLUMNS = ("id", "name", "title", "department", "email", "reports_to_id", "closeness")


def rows(seed: int = 1) -> list[tuple[str, ...]]:
    """People eight to a manager; some scores that cannot be, some rows that come twice."""
    random = Random(seed)
    made: list[tuple[str, ...]] = []
    for number in range(1, PEOPLE + 1):
        wrong = number > PEOPLE // 2 and number % (PEOPLE // 2 // WRONG) == 0
        score = 101 if wrong else random.randint(0, 100)
        boss = str(number // 8) if number > 8 else ""
        name = f"{random.choice('王李张刘陈杨黄赵')}{random.choice('伟芳娜敏静丽强磊')}{number}"
        department = f"Department {random.randint(1, 40)}"
        made.append(
            (str(number), name, "Engineer", department, f"p{number}@example.com", boss, str(score))
        )
    return made + made[:REPEATED]


def measure(folder: Path) -> Readings:
    """Imports and raw inserts by turns, each into a new file."""
    data = rows()
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *data])
    times: list[tuple[float, ...]] = []
    for turn in range(ROUNDS):
        ours = folder / f"ours {turn}.brm"
        imported = _imported(ours, path)
        raw = _inserted(folder / f"raw {turn}.db", data)
        copied = _copied(ours, folder / f"copy {turn}.brm")
        times.append((imported, _undone(ours), raw, copied))
    imported, undone, raw, copied = map(median, zip(*times, strict=True))
    yield Reading(
        "people with managers and scores; 50 wrong rows and 500 repeated ones refused",
        f"{spoken(imported)} ({ROWS / imported:,.0f} rows/s)",
        f"`executemany` of the rows it writes, history and indexes too: {spoken(copied)}",
        f"{copied / imported:.3g} of its speed",
        f"≥ {LEAST}",
        copied / imported >= LEAST,
    )
    yield Reading(
        "the same import",
        spoken(imported),
        f"`executemany` of the file's rows into one plain table: {spoken(raw)}",
        f"{raw / imported:.3g} of its speed",
    )
    yield noted("undo of the whole import", undone)


def _imported(store: Path, path: Path) -> float:
    """Seconds of the import, from the file to the commit."""
    with Session.open(store, create=PLAIN) as session:
        start = perf_counter()
        report = import_files(session, read_files([path], Wishes()), account="Acme")
        seconds = perf_counter() - start
        people = session.counts()["person"]
    must(len(report.refusals) == WRONG + REPEATED, f"{len(report.refusals)} rows were refused")
    must(people == PEOPLE - WRONG, f"{people} people are there")
    return seconds


def _undone(store: Path) -> float:
    """Seconds of taking the import back."""
    with Session.open(store) as session:
        start = perf_counter()
        must(session.undo() is not None, "the import cannot be undone")
        seconds = perf_counter() - start
        must(session.counts()["person"] == 0, "people are left after undo")
    return seconds


def _inserted(path: Path, data: Sequence[tuple[str, ...]]) -> float:
    """Seconds of inserting the same values as they are, as durably."""
    with closing(connect(path, "rwc")) as connection:
        make_durable(connection)
        connection.execute(f"CREATE TABLE people ({', '.join(COLUMNS)})")
        connection.commit()
        start = perf_counter()
        with connection:
            marks = ", ".join("?" * len(COLUMNS))
            connection.executemany(f"INSERT INTO people VALUES ({marks})", data)
        return perf_counter() - start


def _copied(store: Path, path: Path) -> float:
    """Seconds of inserting everything an import wrote into the same tables of a new store."""
    LocalStore.create(path, 1).close()
    with closing(connect(store, "rw")) as source, closing(connect(path, "rw")) as connection:
        make_durable(connection)
        connection.execute("DELETE FROM site")
        written = {
            name: source.execute(f'SELECT * FROM "{name}"').fetchall()
            for name in ("site", *(table.name for table in TABLES.values()), "history")
        }
        connection.commit()
        start = perf_counter()
        with connection:
            for name, rows_of_one in written.items():
                if rows_of_one:
                    marks = ", ".join("?" * len(rows_of_one[0]))
                    connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows_of_one)
        return perf_counter() - start
