"""Undo and redo in plain and encrypted stores that are closed and opened again in between."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from random_edits import RandomEdits
from stores import a_clock, changed, data_cells, everything, put

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Person, PersonId, Placement
from brm_desktop.session.importing import Wishes, import_files, read_files
from brm_desktop.session.protection import PLAIN, Passphrase, Protection
from brm_desktop.session.session import Session

LI = Person(id=PersonId("li"), name="Li")
WORDS = "plum tree on the hill"
STEPS = 210


@pytest.fixture(params=[PLAIN, Passphrase(WORDS)], ids=["plain", "encrypted"])
def protection(request: pytest.FixtureRequest) -> Protection:
    """How the store is kept."""
    chosen: Protection = request.param
    return chosen


class Desk:
    """A session that can be closed and opened again, with all accounts in memory."""

    def __init__(self, path: Path, protection: Protection) -> None:
        self.path = path
        self.protection = protection
        self.session = self._opened()

    def restart(self) -> None:
        """Close the program and start it again."""
        self.session.close()
        self.session = self._opened()

    def cells(self) -> object:
        """The data as it lies in the tables."""
        return data_cells(self.session._store)

    def _opened(self) -> Session:
        secret = WORDS if isinstance(self.protection, Passphrase) else None
        session = Session.open(self.path, clock=a_clock(), create=self.protection, secret=secret)
        for line in session.portfolio():
            session.open_account(line.id)
        return session


def test_210_steps_are_taken_back_and_made_again_with_restarts_in_between(
    tmp_path: Path, protection: Protection
) -> None:
    desk = Desk(tmp_path / "sales.brm", protection)
    put(desk.session, LI)
    start = desk.cells()
    for number in range(STEPS):
        put(desk.session, changed(LI, notes=str(number)), name=Phrase(f"Note {number}"))
        if number % 70 == 69:
            desk.restart()
    end = desk.cells()
    for number in reversed(range(STEPS)):
        assert str(desk.session.undo()) == f"Note {number}"
        if number % 70 == 35:
            desk.restart()
    assert desk.cells() == start
    for number in range(STEPS):
        assert str(desk.session.redo()) == f"Note {number}"
        if number % 70 == 35:
            desk.restart()
    assert desk.cells() == end
    assert desk.session.redo() is None
    assert desk.session.check() == []
    desk.session.close()


def test_an_import_and_a_layout_are_one_step_each_also_after_a_restart(
    tmp_path: Path, protection: Protection
) -> None:
    desk = Desk(tmp_path / "sales.brm", protection)
    rows = "".join(f"{n},Person {n},{n // 6 or ''}\n" for n in range(1, 301))
    (tmp_path / "people.csv").write_text(f"id,name,reports_to_id\n{rows}")
    empty = desk.cells()
    import_files(desk.session, read_files([tmp_path / "people.csv"], Wishes()), account="Acme")
    imported = desk.cells()
    desk.restart()
    account = desk.session.find_account("Acme")
    people = desk.session.records.all(Person).values()
    places = {person.id: (7.0 * n, 11.0 * n) for n, person in enumerate(people)}
    desk.session.edit(phrase("Lay out"), edits.lay_out, account, places)
    assert len(desk.session.records.all(Placement)) == 300
    laid_out = desk.cells()
    desk.restart()
    for before in (imported, empty):
        assert desk.session.undo() is not None
        assert desk.cells() == before
        desk.restart()
    assert desk.session.can_undo() is None
    for after in (imported, laid_out):
        assert desk.session.redo() is not None
        assert desk.cells() == after
        desk.restart()
    assert desk.session.check() == []
    desk.session.close()


@given(some.data())
def test_random_edits_undone_across_restarts_leave_the_store_as_it_was_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, data: some.DataObject
) -> None:
    protection = Passphrase(WORDS) if data.draw(some.booleans()) else PLAIN
    desk = Desk(tmp_path_factory.mktemp("restarts") / "sales.brm", protection)
    put(desk.session, *everything())
    drawn = RandomEdits(data, everything())
    cells = [desk.cells()]
    for _ in range(data.draw(some.integers(1, 5))):
        if desk.session.apply(phrase("Edit"), drawn.next(desk.session.all_records())):
            cells.append(desk.cells())
        if data.draw(some.booleans()):
            desk.restart()
    for wanted in reversed(cells[:-1]):
        assert desk.session.undo() == phrase("Edit")
        assert desk.cells() == wanted
        if data.draw(some.booleans()):
            desk.restart()
    for wanted in cells[1:]:
        assert desk.session.redo() == phrase("Edit")
        assert desk.cells() == wanted
    desk.session.close()
