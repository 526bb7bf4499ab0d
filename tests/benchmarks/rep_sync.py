"""What sync costs a rep: looking through what would leave, sending it, taking in a large answer."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from company import Company, share, take
from held_up import rows
from measuring import ROUNDS, Reading, Readings, must, noted, spoken
from stores import NOW

from brm_desktop.domain import edits
from brm_desktop.domain.categories import Category
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId, Choice, Person
from brm_desktop.session import syncing
from brm_desktop.session.importing import Wishes, import_files, read_files
from brm_desktop.session.session import Session

PEOPLE = 5_000
"""With as many reporting lines: ten thousand records."""

Times = dict[str, float]


def measure(folder: Path) -> Readings:
    """Two reps and their company, new in every round."""
    rounds = [_round(folder / str(turn)) for turn in range(ROUNDS)]
    took = {name: median(one[name] for one in rounds) for name in rounds[0]}
    told = round(took.pop("told"))
    again = took.pop("once more")
    yield noted(f"prepare: what of {told:,} records would leave, with every value", took["prepare"])
    yield noted("the same after one of them was edited, kept up with what was seen", took["kept"])
    yield noted("and when everything was sent and nothing was edited since", again)
    yield noted(
        "export: packed, sealed, signed, noted as sent, put into the folder", took["export"]
    )
    yield Reading(
        "pull: the answer opened, folded in with its history, and brought into memory",
        f"{spoken(took['pull'])} ({told / took['pull']:,.0f} records/s)",
    )
    yield noted("undo of the whole pull", took["undo"])


def fill(session: Session, path: Path, people: int) -> AccountId:
    """An account of so many people who report to one another, all of it shared in the company."""
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file)
        written.writerows([("id", "name", "department", "reports_to_id"), *rows(people, 3)])
    import_files(session, read_files([path], Wishes()), account="Other")
    account = session.find_account("Other")
    share(session, account, **{one.name.lower(): Choice.COMPANY for one in Category})
    return account


def _round(folder: Path) -> Times:
    folder.mkdir()
    company = Company(folder)
    with company.rep("Wang Min") as sender, company.rep("Li Lei") as taker:
        fill(sender, folder / "people.csv", PEOPLE)
        times: Times = {}
        start = perf_counter()
        prepared = syncing.prepare(sender)
        times["prepare"] = perf_counter() - start
        _edit_one(sender)
        start = perf_counter()
        prepared = syncing.prepare(sender, before=prepared)
        times["kept"] = perf_counter() - start
        start = perf_counter()
        exported = syncing.export(sender, prepared)
        times["export"] = perf_counter() - start
        times["told"] = exported.operations
        must(exported.operations >= 2 * PEOPLE - 5, f"{exported.operations} records were sent")
        start = perf_counter()
        left = syncing.prepare(sender).outgoing.operations
        times["once more"] = perf_counter() - start
        must(not left, f"{len(left)} records would leave again")
        company.at(NOW + timedelta(hours=1), sender, taker)
        company.merge()
        start = perf_counter()
        pulled = take(taker)
        times["pull"] = perf_counter() - start
        must(pulled.rows >= exported.operations, f"{pulled.rows} records came")
        must(_imported(taker) == _imported(sender), "other people came than were sent")
        must(len(_imported(taker)) == PEOPLE, f"{len(_imported(taker))} people came")
        start = perf_counter()
        must(taker.undo() is not None, "a pull cannot be undone")
        times["undo"] = perf_counter() - start
        must(not _imported(taker), "people are left after undo")
    return times


def _edit_one(session: Session) -> None:
    (one,) = session.records.where(Person, external_id="7")
    session.edit(phrase("Promote"), edits.revise_person, one.id, title="Head")


def _imported(session: Session) -> dict[str, str]:
    """Who was imported: their names and departments by their numbers in the file."""
    people = session.all_records().all(Person).values()
    return {one.external_id: f"{one.name}, {one.department}" for one in people if one.external_id}
