from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from stores import a_session, changed, everything, many_accounts, person_of, put

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Influence,
    OrganisationId,
    Person,
    PersonId,
    Placement,
    ProjectType,
    Record,
    Records,
    ReportingLine,
    Tie,
    right_id,
)
from brm_desktop.session.session import Session
from brm_desktop.session.working_set import share_of

FIRST, SECOND = AccountId("account Account 0000"), AccountId("account Account 0001")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Two accounts of three people each, the first of them open."""
    with a_session(tmp_path / "sales.brm") as session:
        put(session, *many_accounts(2, 3))
    again = a_session(tmp_path / "sales.brm")
    again.open_account(FIRST)
    return again


def _line(source: str, target: str) -> Record:
    line = Influence(id="", source=PersonId(source), target=PersonId(target), strength=9)
    return changed(line, id=right_id(line))  # type: ignore[no-any-return]


def _as_opened_again(session: Session) -> Records:
    path = session.path
    session.close()
    again = a_session(path)
    again.open_account(FIRST)
    records = again.records
    again.close()
    return records


def test_a_bulk_of_everything_new_is_all_shown() -> None:
    change = Change.of((), everything())
    assert share_of(Records(), change) == change


def test_of_another_account_nothing_comes_into_memory(session: Session) -> None:
    stranger = Person(id=PersonId("new"), name="New", organisation=_home_of_the_second(session))
    everyone = session.all_records()
    old = person_of(everyone, "Person 0001-00")
    place = Placement(id="", canvas=SECOND, person=old.id, x=0, y=0)
    change = Change.of(
        [old],
        [changed(old, title="x"), stranger, changed(place, id=right_id(place))],
    )
    assert share_of(session.records, change) == Change()
    before = session.records
    session.apply(phrase("Import"), change)
    assert session.records == before == _as_opened_again(session)


def _home_of_the_second(session: Session) -> OrganisationId | None:
    return session.all_records().one(Person, "Person 0001-00").organisation


def test_a_line_to_somebody_of_another_account_brings_him_along(session: Session) -> None:
    heard: list[Change] = []
    session.changed.subscribe(heard.append)
    line = _line("Person 0001-02", "Person 0000-02")
    session.apply(phrase("Import"), Change.of((), [line]))
    assert set(heard[0].after) == {line.id, "Person 0001-02", "organisation Account 0001"}
    assert session.records == _as_opened_again(session)


def test_a_line_kept_without_its_people_is_there_again_before_they_are(session: Session) -> None:
    people = [person_of(session.records, f"Person 0000-0{n}") for n in (0, 1)]
    session.apply(phrase("Remove people"), Change.of(people, ()))
    (line,) = session.records.where(ReportingLine, person="Person 0000-01")
    session.apply(phrase("Remove line"), Change.of([line], ()))
    session.undo()
    assert session.records.get(ReportingLine, line.id) == line
    session.undo()
    assert {person.id for person in people} <= set(session.records.all(Person))
    assert session.records == _as_opened_again(session)


def test_a_tie_of_ours_to_an_account_that_is_not_open_stays_away(session: Session) -> None:
    tie = Tie(id="", employee=PersonId("Seller"), person=PersonId("Person 0001-01"), closeness=50)
    session.apply(phrase("Import"), Change.of((), [changed(tie, id=right_id(tie))]))
    assert session.records == _as_opened_again(session)
    assert not [t for t in session.records.all(Tie).values() if t.person == tie.person]


def test_somebody_who_comes_over_from_an_account_that_is_not_open_is_shown(
    session: Session,
) -> None:
    person = person_of(session.all_records(), "Person 0001-02")
    home = person_of(session.records, "Person 0000-00").organisation
    session.apply(phrase("Import"), Change.of([person], [changed(person, organisation=home)]))
    assert session.records.one(Person, person.id).organisation == home


@pytest.fixture
def large(tmp_path: Path) -> Session:
    """Two accounts of very many people, none of them open."""
    with a_session(tmp_path / "large.brm") as session:
        put(session, *many_accounts(2, 1_600))
    return a_session(tmp_path / "large.brm")


def test_a_large_account_comes_with_its_numbers_found_already(large: Session) -> None:
    loaded = large.read_account(FIRST)
    assert loaded.ready is not None
    large.show_account(loaded)
    assert large.records is loaded.ready.records
    assert large.analysis(FIRST) is loaded.ready.analysis
    fresh = replace(large.analysis(FIRST), records=large.records)
    assert fresh.importance == large.analysis(FIRST).importance
    assert large.records.one(Account, FIRST) == loaded.records.one(Account, FIRST)


def test_a_large_account_read_beside_another_comes_to_both(large: Session) -> None:
    loaded = large.read_account(FIRST)
    large.open_account(SECOND)
    large.show_account(loaded)
    assert {account.id for account in large.records.all(Account).values()} == {FIRST, SECOND}
    assert large.analysis(FIRST).records is large.records


def test_numbers_found_by_other_rules_are_found_anew(large: Session) -> None:
    loaded = large.read_account(FIRST)
    large.change_settings(user=PersonId("somebody"))
    large.show_account(loaded)
    assert large.analysis(FIRST).user == "somebody"
    assert large.records == loaded.records.with_changes((), large.records)


def test_a_large_new_account_is_written_with_its_numbers_found_already(tmp_path: Path) -> None:
    session = a_session(tmp_path / "sales.brm")
    change = Change.of((), many_accounts(1, 1_600))
    written = session.write(phrase("Import"), change)
    assert written.ready is not None
    assert not session.records.all(Account)
    session.show_written(written)
    assert session.records is written.ready.records
    assert session.analysis(FIRST) is written.ready.analysis
    assert set(session.records) >= set(change.after.values())


def test_a_large_new_account_written_beside_another_edit_comes_with_both(tmp_path: Path) -> None:
    session = a_session(tmp_path / "sales.brm")
    written = session.write(phrase("Import"), Change.of((), many_accounts(1, 1_600)))
    edited = session.edit(phrase("Add"), edits.add_project_type, name="Tenders")
    session.show_written(written)
    assert session.records.get(Account, FIRST) is not None
    assert session.records.get(ProjectType, next(iter(edited.after))) is not None
    assert session.analysis(FIRST).records is session.records


def test_a_small_new_account_is_shown_without_having_been_got_ready(tmp_path: Path) -> None:
    session = a_session(tmp_path / "sales.brm")
    change = Change.of((), many_accounts(1, 3))
    written = session.write(phrase("Import"), change)
    assert written.ready is None
    session.show_written(written)
    assert set(session.records) >= set(change.after.values())


def test_a_store_that_gave_memory_back_reads_as_before(session: Session) -> None:
    before = session.all_records()
    session.let_go()
    assert session.all_records() == before
