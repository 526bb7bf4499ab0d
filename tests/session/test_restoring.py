from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from stores import a_session

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Organisation, OrganisationKind, Person, PersonId
from brm_desktop.session.restoring import taken_back
from brm_desktop.session.session import HistoryLine, Session

EDIT = phrase("Edit")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with a_session(tmp_path / "sales.brm") as session:
        yield session


@pytest.fixture
def li(session: Session) -> PersonId:
    made = session.edit(EDIT, edits.add_organisation, name="Boan", kind=OrganisationKind.COMPETITOR)
    (firm,) = made.added(Organisation)
    added = session.edit(EDIT, edits.add_person, organisation=firm.id, name="Li", title="Seller")
    return added.added(Person)[0].id


def _lines_of_last(session: Session) -> list[HistoryLine]:
    newest = session.history(limit=1)[0].operation
    return [line for line in session.history() if line.operation == newest]


def _take_back(session: Session, lines: list[HistoryLine]) -> None:
    session.edit(phrase("Take back"), taken_back, lines)


def test_fields_go_back_unless_somebody_changed_them_since(session: Session, li: PersonId) -> None:
    session.edit(EDIT, edits.revise_person, li, title="Head", notes="From Boan.")
    lines = _lines_of_last(session)
    session.edit(EDIT, edits.revise_person, li, notes="Left Boan.")

    _take_back(session, lines)

    person = session.records.one(Person, li)
    assert (person.title, person.notes) == ("Seller", "Left Boan.")


def test_who_was_removed_comes_again(session: Session, li: PersonId) -> None:
    before = session.records.one(Person, li)
    session.edit(EDIT, edits.remove_people, [li])
    assert session.records.get(Person, li) is None

    _take_back(session, _lines_of_last(session))

    assert session.records.one(Person, li) == before


def test_who_was_added_goes(session: Session, li: PersonId) -> None:
    _take_back(session, _lines_of_last(session))
    assert session.records.get(Person, li) is None


def test_an_edit_of_which_nothing_is_left_is_refused(session: Session, li: PersonId) -> None:
    lines = _lines_of_last(session)
    _take_back(session, lines)
    with pytest.raises(Refused, match="Nothing of this edit is left"):
        _take_back(session, lines)
