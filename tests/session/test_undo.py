from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from random_edits import RandomEdits
from stores import a_session, changed, data_cells, everything, put, take
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Organisation, Person, PersonId, is_made_by_each
from brm_desktop.session.session import Session

LI = Person(id=PersonId("li"), name="Li")
WU = Person(id=PersonId("wu"), name="Wu")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sales.brm"


def test_with_nothing_done_there_is_nothing_to_undo_or_redo(path: Path) -> None:
    with a_session(path) as session:
        assert session.undo() is None
        assert session.redo() is None
        assert session.can_redo() is None


def test_undo_and_redo_go_through_the_same_door_and_give_the_name(path: Path) -> None:
    with a_session(path) as session:
        added = put(session, LI, name=phrase("Add {name}", name="Li"))
        heard: list[Change] = []
        session.changed.subscribe(heard.append)
        assert session.can_undo() == phrase("Add {name}", name="Li")
        assert str(session.undo()) == "Add Li"
        assert "li" not in session.records
        assert str(session.can_redo()) == "Add Li"
        assert str(session.redo()) == "Add Li"
        assert heard == [added.inverted(), added]
        names = [str(line.name) for line in session.history("li")]
        assert names == ["Redo: Add Li", "Undo: Add Li", "Add Li"]


def test_after_a_new_edit_nothing_can_be_redone(path: Path) -> None:
    with a_session(path) as session:
        put(session, LI)
        session.undo()
        put(session, changed(LI, id=PersonId("wu")))
        assert session.can_redo() is None
        assert session.redo() is None
        assert session.undo() is not None
        assert session.undo() is None


def test_200_steps_can_be_undone_and_redone_after_restarts(path: Path) -> None:
    steps = 210
    with a_session(path) as session:
        put(session, LI)
        for number in range(steps):
            put(session, changed(LI, notes=str(number)), name=Phrase(f"Note {number}"))
    with a_session(path) as session:
        for number in reversed(range(steps)):
            assert str(session.undo()) == f"Note {number}"
        assert session.records.one(Person, "li") == LI
    with a_session(path) as session:
        for number in range(steps):
            assert str(session.redo()) == f"Note {number}"
        assert session.records.one(Person, "li").notes == str(steps - 1)
        assert session.can_redo() is None
        assert session.check() == []


def _elsewhere(session: Session, person: Person) -> None:
    """Change a person as a merge would: written, not undoable, and known to memory."""
    foreign = Change.put(session.records, person)
    session.apply(phrase("Merge"), foreign, undoable=False)


def test_an_edit_that_was_changed_elsewhere_stays_and_gives_way_to_the_one_before(
    path: Path,
) -> None:
    with a_session(path) as session:
        put(session, LI)
        put(session, WU, name=phrase("Add Wu"))
        put(session, changed(LI, name="Li Na"), name=phrase("Rename"))
        _elsewhere(session, changed(LI, name="Zhao"))
        heard: list[Change] = []
        session.changed.subscribe(heard.append)
        with told(Refused, "“Rename” was changed elsewhere since, so it stays as it is"):
            session.undo()
        assert heard == [Change()]
        assert session.can_undo() == phrase("Add Wu")
        assert session.can_redo() is None
        assert session.all_records().one(Person, "li").name == "Zhao"
        assert session.undo() == phrase("Add Wu")
        assert "wu" not in session.records
        with told(Refused, "“Put” was changed elsewhere since"):
            session.undo()
        assert session.undo() is None
        assert session.redo() == phrase("Add Wu")
        assert session.check() == []


def test_a_redo_of_what_was_changed_elsewhere_gives_way_to_the_next(path: Path) -> None:
    with a_session(path) as session:
        put(session, LI)
        put(session, changed(LI, name="Li Na"), name=phrase("Rename"))
        put(session, WU, name=phrase("Add Wu"))
        session.undo()
        session.undo()
        _elsewhere(session, changed(LI, name="Zhao"))
        with told(Refused, "“Rename” was changed elsewhere since"):
            session.redo()
        assert session.redo() == phrase("Add Wu")
        assert session.all_records().one(Person, "li").name == "Zhao"


def test_what_the_user_did_not_do_is_in_the_history_and_no_undo_step(path: Path) -> None:
    with a_session(path) as session:
        session.apply(phrase("Sample"), Change.put(session.records, LI), undoable=False)
        assert session.can_undo() is None
        assert session.undo() is None
        assert session.records.one(Person, "li") == LI
        assert [str(line.name) for line in session.history("li")] == ["Sample"]


def test_an_undo_that_cannot_be_written_changes_nothing(path: Path) -> None:
    with a_session(path) as session:
        put(session, LI)
        away = path.rename(path.with_suffix(".away"))
        with pytest.raises(Exception, match="no longer in its folder"):
            session.undo()
        assert session.records.one(Person, "li") == LI
        away.rename(path)
        assert session.undo() is not None


def _reopened(session: Session, path: Path) -> Session:
    session.close()
    again = a_session(path)
    for line in again.portfolio():
        again.open_account(line.id)
    return again


@given(some.data())
def test_any_edits_undone_one_by_one_lead_back_to_the_start_and_redone_to_the_end(
    tmp_path_factory: pytest.TempPathFactory, data: some.DataObject
) -> None:
    path = tmp_path_factory.mktemp("edits") / "sales.brm"
    session = a_session(path)
    put(session, *everything())
    start, cells = session.records, data_cells(session._store)
    edits = RandomEdits(data, everything())
    done = 0
    for _ in range(data.draw(some.integers(1, 6))):
        done += bool(session.apply(phrase("Edit"), edits.next(session.records)))
    end, end_cells = session.records, data_cells(session._store)
    assert session.all_records() == end
    if data.draw(some.booleans()):
        session = _reopened(session, path)
    for _ in range(done):
        assert session.undo() == phrase("Edit")
    assert session.undo() == phrase("Put")
    assert session.redo() == phrase("Put")
    assert session.all_records() == start
    assert data_cells(session._store) == cells
    for _ in range(done):
        session.redo()
    assert session.all_records() == end
    assert data_cells(session._store) == end_cells
    session.close()


def test_a_redo_says_again_what_was_said_of_our_company(path: Path) -> None:
    we = next(one for one in everything() if isinstance(one, Organisation) and is_made_by_each(one))
    with a_session(path) as session:
        put(session, we)
        put(session, replace(we, short_name="W"))
        session.undo()
        session.undo()
        session.redo()
        session.redo()
        assert session.all_records().one(Organisation, we.id).short_name == "W"


def test_what_was_taken_away_and_undone_is_whole_again(path: Path) -> None:
    with a_session(path) as session:
        put(session, *everything())
        before = session.records
        take(session, *everything())
        session.undo()
        assert session.records == before == session.all_records()
