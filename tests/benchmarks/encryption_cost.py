"""What encryption costs: the same work in an encrypted and in a plain store, by turns."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from import_speed import COLUMNS, PEOPLE, WRONG, rows
from measuring import Reading, Readings, against, must, noted, spoken
from opening_speed import store_of
from start_speed import bare_start, encrypted_start, plain_start

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, Person
from brm_desktop.session.demo import write_demo
from brm_desktop.session.importing import Wishes, import_files, read_files
from brm_desktop.session.protection import PLAIN, Passphrase, Protection, encrypt_store
from brm_desktop.session.session import Session
from brm_desktop.storage.driver import connect, make_durable
from brm_desktop.storage.keys.key_file import unwrap, wrap
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.mapping import TABLES

ROUNDS, QUICK_ROUNDS, EDITS, STARTS = 5, 15, 400, 7
TYPING = 2.0
LEAST = 0.75
WORDS = "plum tree on the hill"
ACCOUNTS = 2_000


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that something took, and those of the processor in it."""

    seconds: float
    processor: float


class Stopwatch:
    """Takes the time of one thing."""

    def __init__(self) -> None:
        self._seconds, self._processor = perf_counter(), process_time()

    def stopped(self) -> Spent:
        """What was spent since the start."""
        return Spent(perf_counter() - self._seconds, process_time() - self._processor)


Pair = tuple[Spent, Spent]
"""The same in a plain store and in an encrypted one."""


def measure(folder: Path) -> Readings:
    """Inserts, edits, reads and starts, each in both kinds of store."""
    yield from _inserts(folder)
    yield from _reads(folder)
    yield from _unlocking(folder)


def _ratio(what: str, pairs: list[Pair]) -> Reading:
    """The medians of both, and of how fast the encrypted store is beside the plain one.

    Each turn has a ratio of its own: what else the machine does weighs on both of a turn alike.
    That of the processor's time alone is told beside it, as it hardly depends on the rest.
    """
    speed = median(one.seconds / other.seconds for one, other in pairs)
    alone = median(one.processor / other.processor for one, other in pairs)
    return Reading(
        what,
        spoken(median(other.seconds for _, other in pairs)),
        f"the same in a plain store: {spoken(median(one.seconds for one, _ in pairs))}",
        f"{speed:.3g} of its speed; by the processor's time {alone:.3g}",
        f"≥ {LEAST}",
        speed >= LEAST,
    )


def _by_turns(rounds: int, work: Callable[[int, str], Spent]) -> list[Pair]:
    """A work in both kinds of store, the one that comes first changing from round to round."""
    pairs = []
    for turn in range(rounds):
        kinds = ("plain", "encrypted") if turn % 2 else ("encrypted", "plain")
        times = {kind: work(turn, kind) for kind in kinds}
        pairs.append((times["plain"], times["encrypted"]))
    return pairs


def _inserts(folder: Path) -> Readings:
    """The import of 50,000 rows, the rows it writes alone, and single edits."""
    data = folder / "people.csv"
    with data.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows()])

    def imported(turn: int, kind: str) -> Spent:
        path = folder / f"{kind} {turn}.brm"
        with Session.open(path, create=_protection(kind), secret=_secret(kind)) as session:
            watch = Stopwatch()
            import_files(session, read_files([data], Wishes()), account="Acme")
            spent = watch.stopped()
            must(session.counts()["person"] == PEOPLE - WRONG, "people are missing")
        return spent

    yield _ratio("import of 50,000 rows, from the file to the commit", _by_turns(ROUNDS, imported))
    written = _written(folder / "plain 0.brm")

    def inserted(turn: int, kind: str) -> Spent:
        return _inserted(folder / f"{kind} raw {turn}.brm", kind, written)

    what = "`executemany` of the rows it writes, history and indexes too, in one transaction"
    yield _ratio(what, _by_turns(2 * ROUNDS, inserted))
    yield _ratio("one edit, commit included", list(_edited(folder)))


def _protection(kind: str) -> Protection:
    return PLAIN if kind == "plain" else Passphrase(WORDS)


def _secret(kind: str) -> str | None:
    return None if kind == "plain" else WORDS


def _written(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that an import wrote, by table."""
    names = ("site", *(table.name for table in TABLES.values()), "history")
    with closing(connect(path, "immutable")) as source:
        return {name: source.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def _inserted(path: Path, kind: str, written: dict[str, list[tuple[object, ...]]]) -> Spent:
    """Seconds of inserting rows into the tables of a new store."""
    key = None if kind == "plain" else StoreKey.random()
    LocalStore.create(path, 1, key).close()
    with closing(connect(path, "rw", key)) as connection:
        must(make_durable(connection), "the store is not durable")
        connection.execute("DELETE FROM site")
        connection.commit()
        watch = Stopwatch()
        with connection:
            for name, lines in written.items():
                if lines:
                    marks = ", ".join("?" * len(lines[0]))
                    connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', lines)
        return watch.stopped()


def _edited(folder: Path) -> Iterator[Pair]:
    """Edits of one person in two small stores, by turns."""
    sessions = {
        kind: Session.open(
            folder / f"{kind} edits.brm", create=_protection(kind), secret=_secret(kind)
        )
        for kind in ("plain", "encrypted")
    }
    people = {}
    for kind, session in sessions.items():
        account = session.edit(phrase("Add"), edits.create_account, name="Acme")
        added = session.edit(
            phrase("Add"),
            edits.add_person,
            account=account.added(Account)[0].id,
            name="Li",
        )
        people[kind] = added.added(Person)[0].id

    def edited(turn: int, kind: str) -> Spent:
        watch = Stopwatch()
        sessions[kind].edit(
            phrase("Retitle"), edits.revise_person, people[kind], title=f"Title {turn}"
        )
        return watch.stopped()

    yield from _by_turns(EDITS, edited)
    for kind, session in sessions.items():
        person = session.records.one(Person, people[kind])
        must(person.title == f"Title {EDITS - 1}", "an edit is missing")
        session.close()


def _reads(folder: Path) -> Readings:
    """A large account, names and a whole store, each in a session just opened."""
    plain = store_of(folder / "plain.brm", ACCOUNTS)
    encrypted = folder / "encrypted.brm"
    shutil.copy(plain, encrypted)
    encrypt_store(encrypted, WORDS)
    large = {"plain": folder / "plain 0.brm", "encrypted": folder / "encrypted 0.brm"}
    stores = {"plain": plain, "encrypted": encrypted}

    def reading(
        paths: dict[str, Path], read: Callable[[Session], int], least: int, rounds: int = ROUNDS
    ) -> list[Pair]:
        def work(_turn: int, kind: str) -> Spent:
            with Session.open(paths[kind], secret=_secret(kind)) as session:
                watch = Stopwatch()
                found = read(session)
                spent = watch.stopped()
            must(found >= least, f"only {found} were read")
            return spent

        return _by_turns(rounds, work)

    def account(session: Session) -> int:
        session.open_account(session.find_account("Acme"))
        return len(session.records.all(Person))

    def small(session: Session) -> int:
        for line in session.portfolio()[:: ACCOUNTS // 40]:
            session.open_account(line.id)
        return len(session.records.all(Person))

    yield _ratio(
        "an account of 49,450 people opened, just after the store",
        reading(large, account, PEOPLE - WRONG),
    )
    yield _ratio("forty of 2,000 accounts opened", reading(stores, small, 100, QUICK_ROUNDS))
    yield _ratio(
        "the names of 40,000 people, for the search",
        reading(stores, lambda session: len(session.names()), 40_000, QUICK_ROUNDS),
    )
    yield _ratio(
        "everything in a store of 2,000 accounts read",
        reading(stores, lambda session: len(session.all_records().all(Person)), 40_000),
    )


def _unlocking(folder: Path) -> Readings:
    """The passphrase alone, the store with it, and the start of the window."""
    file = wrap(StoreKey.random(), bytes(16), WORDS, None)
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        must(unwrap(file, WORDS, None) is not None, "the passphrase does not fit")
        times.append(perf_counter() - start)
    yield noted("Argon2id of a passphrase, 64 MiB and 3 passes", median(times))
    sample = folder / "sample.brm"
    write_demo(sample)
    locked = folder / "locked.brm"
    shutil.copy(sample, locked)
    encrypt_store(locked, WORDS)
    encrypted_start(folder, locked, WORDS, 0)
    bare, plain, pasted, asked, unlocked = [], [], [], [], []
    for _ in range(STARTS):
        bare.append(bare_start(folder)["painted"])
        plain.append(plain_start(folder, sample)["usable"])
        pasted.append(encrypted_start(folder, locked, WORDS, 0)["usable"])
        found = encrypted_start(folder, locked, WORDS, TYPING)
        asked.append(found["asked"])
        unlocked.append(found["usable"] - found["given"])
    yield from _starts(median(bare), median(plain), median(pasted), asked, unlocked)


def _starts(
    bare: float, plain: float, pasted: float, asked: list[float], unlocked: list[float]
) -> Readings:
    """The start of the window, with and without somebody who types; B1 is held against the first.

    What the window does while it waits for the passphrase costs nobody time, so it does not count;
    all of it counts where the passphrase is there at once.
    """
    yield noted("start of the window to the question for the passphrase", median(asked))
    yield noted(
        f"from the passphrase, given {TYPING:g} s after the question, to usable with the sample",
        median(unlocked),
    )
    both = median(one + other for one, other in zip(asked, unlocked, strict=True))
    yield against(
        "both together: the start but for the typing, during which the window gets ready",
        both,
        "start with the plain sample",
        plain,
    )
    peer = "bare window, first paint"
    yield against("the same, held against B1", both, peer, bare, 3)
    yield against("start to usable, the passphrase pasted as soon as asked for", pasted, peer, bare)
