"""B9: opening one account must not cost more among 2,000 accounts than among 20."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from measuring import Reading, Readings, must, noted, spoken

from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, Organisation, OrganisationKind, Person
from brm_desktop.session.generated import generated_portfolio
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session

FEW, MANY = 20, 2_000
OPENED, SESSIONS = 15, 5
MOST = 1.2


def store_of(path: Path, accounts: int) -> Path:
    """A store with the first accounts of the generated portfolio."""
    with Session.open(path, create=PLAIN) as session:
        (own,) = session.records.where(Organisation, kind=OrganisationKind.OWN)
        changes = iter(generated_portfolio(session.act(), own.id, "en"))
        while part := tuple(islice(changes, min(accounts + 1, 50))):
            records = (record for change in part for record in change.after.values())
            session.apply(phrase("Generate"), Change.of((), records), undoable=False)
            if session.counts()["account"] >= accounts:
                break
    return path


def measure(folder: Path) -> Readings:
    """Both stores by turns, a new session each time, accounts drawn from the whole of each."""
    few = store_of(folder / "few.brm", FEW)
    many = store_of(folder / "many.brm", MANY)
    times: dict[Path, list[float]] = {few: [], many: []}
    opens: dict[Path, list[float]] = {few: [], many: []}
    for turn in range(SESSIONS):
        for path in (few, many):
            start = perf_counter()
            session = Session.open(path)
            opens[path].append(perf_counter() - start)
            times[path] += _opened(session, Random(turn))
            session.close()
    ours, peer = median(times[many]), median(times[few])
    yield Reading(
        "one account among 2,000, as among 20",
        spoken(ours),
        f"itself among 20: {spoken(peer)}",
        f"{ours / peer:.3g}",
        f"≤ {MOST}",
        ours / peer <= MOST,
    )
    yield noted("the store itself, of 20 accounts", median(opens[few]))
    yield noted("the store itself, of 2,000 accounts and 40,000 people", median(opens[many]))


def _opened(session: Session, random: Random) -> list[float]:
    """The seconds that accounts took to open."""
    times = []
    lines = session.portfolio()
    for line in random.sample(lines, OPENED):
        start = perf_counter()
        session.open_account(line.id)
        times.append(perf_counter() - start)
        account = session.records.one(Account, line.id)
        people = session.records.where(Person, organisation=account.organisation)
        must(len(people) > 0, f"{line.name} came without its people")
    return times
