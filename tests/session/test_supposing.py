"""What-if: what is supposed is in memory and views only, until it is kept or discarded."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from random_edits import RandomEdits
from stores import (
    a_session,
    changed,
    data_cells,
    everything,
    many_accounts,
    person_of,
    put,
    take,
)
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Assessment,
    Dimension,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Tie,
)
from brm_desktop.session.exporting import export_data
from brm_desktop.session.importing.files import import_files
from brm_desktop.session.session import Session

ACME = AccountId("account Acme")
CLERK = PersonId("Acme clerk")
LI = Person(id=PersonId("li"), name="Li")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sales.brm"


@pytest.fixture
def full(path: Path) -> Path:
    """A store with an account of every kind of record and two more of four people."""
    with a_session(path) as session:
        put(session, *everything())
        put(session, *many_accounts(2, 4))
    return path


def _supposing(session: Session) -> bool:
    return session.supposing


def _assessed(session: Session, score: int) -> None:
    name = phrase("Assess")
    session.edit(name, edits.assess, CLERK, closeness=score)


def test_what_is_supposed_is_seen_and_not_saved(full: Path) -> None:
    with a_session(full) as session:
        session.open_account(ACME)
        before, cells = session.records, data_cells(session._store)
        heard: list[Change] = []
        session.changed.subscribe(heard.append)
        session.suppose()
        session.suppose()
        assert _supposing(session)
        assert heard == [Change()]
        _assessed(session, 90)
        assert session.supposed_count == 1
        standing = session.analysis(ACME).standing(CLERK, Dimension.CLOSENESS)
        assert standing is not None
        assert standing.value == 90
        earlier = session.analysis_before(ACME)
        assert earlier is not None
        assert earlier.standing(CLERK, Dimension.CLOSENESS) is None
        assert heard[1].added(Assessment) == session.supposed.added(Assessment)
        assert data_cells(session._store) == cells
        assert str(session.history()[0].name) == "Put"

        session.discard_supposed()

        assert not _supposing(session)
        assert session.records is before
        assert heard[2] == heard[1].inverted()
        assert session.analysis_before(ACME) is session.analysis(ACME)
        assert session.check() == []


def test_undo_and_redo_walk_the_supposed_steps_and_stop_at_the_beginning(full: Path) -> None:
    with a_session(full) as session:
        session.open_account(ACME)
        _assessed(session, 10)
        saved = session.records
        session.suppose()
        assert session.can_undo() is None
        assert session.can_redo() is None
        _assessed(session, 20)
        _assessed(session, 30)
        end = session.records
        assert session.undo() == phrase("Assess")
        assert session.undo() == phrase("Assess")
        assert session.undo() is None
        assert session.records == saved
        assert session.supposed_count == 0
        assert not session.supposed
        assert session.redo() == phrase("Assess")
        assert session.can_redo() == phrase("Assess")
        assert session.redo() == phrase("Assess")
        assert session.redo() is None
        assert session.records == end
        session.undo()
        _assessed(session, 40)
        assert session.can_redo() is None
        assert session.supposed_count == 2
        session.discard_supposed()
        assert session.records == saved
        assert session.can_undo() == phrase("Assess")


def test_keeping_is_one_step_of_undo_written_at_once(full: Path) -> None:
    with a_session(full) as session:
        session.open_account(ACME)
        cells, before = data_cells(session._store), session.records
        session.suppose()
        _assessed(session, 20)
        put(session, changed(person_of(session.records, "Acme clerk"), title="Head"))
        put(session, LI)
        session.keep_supposed()
        assert not _supposing(session)
        assert str(session.can_undo()) == "Keep what-if (3 changes)"
        assert str(session.history(LI.id)[0].name) == "Keep what-if (3 changes)"
        kept = session.records
        assert session.check() == []
        session.undo()
        assert data_cells(session._store) == cells
        assert session.records == before
        session.redo()
        assert session.records == kept
    with a_session(full) as session:
        session.open_account(ACME)
        assert session.records == kept


def test_keeping_one_change_or_none_says_so(full: Path) -> None:
    with a_session(full) as session:
        session.keep_supposed()
        session.discard_supposed()
        session.suppose()
        session.keep_supposed()
        assert str(session.can_undo()) == "Put"
        session.suppose()
        put(session, LI)
        session.keep_supposed()
        assert str(session.can_undo()) == "Keep what-if (1 change)"


def test_what_cannot_be_kept_goes_on_being_supposed(full: Path) -> None:
    with a_session(full) as session:
        session.suppose()
        put(session, LI)
        away = full.rename(full.with_suffix(".away"))
        with pytest.raises(Exception, match="no longer in its folder"):
            session.keep_supposed()
        assert _supposing(session)
        assert session.records.one(Person, "li") == LI
        away.rename(full)
        session.keep_supposed()
        assert not _supposing(session)
    with a_session(full) as session:
        assert session.all_records().one(Person, "li") == LI


def test_an_account_opened_meanwhile_is_as_supposed_and_afterwards_as_saved(full: Path) -> None:
    other = AccountId("account Account 0001")
    with a_session(full) as session:
        session.open_account(ACME)
        seller = person_of(session.records, "Seller")
        session.suppose()
        session.edit(phrase("Remove"), edits.remove_people, (seller.id,))
        session.open_account(other)
        assert session.records.one(Account, other).owner is None
        assert not session.records.where(Tie, employee=seller.id)
        assert session.analysis_before(other) is not None
        session.undo()
        assert session.records.one(Account, other).owner == seller.id
        session.redo()
        session.discard_supposed()
        found = session.records
    with a_session(full) as session:
        session.open_account(ACME)
        session.open_account(other)
        assert session.records == found


def test_an_account_read_before_the_end_is_read_again_when_it_is_shown(full: Path) -> None:
    other = AccountId("account Account 0001")
    with a_session(full) as session:
        session.open_account(ACME)
        seller = person_of(session.records, "Seller")
        session.suppose()
        session.edit(phrase("Remove"), edits.remove_people, (seller.id,))
        loaded = session.read_account(other)
        session.discard_supposed()
        session.show_account(loaded)
        assert session.records.one(Account, other).owner == seller.id


def test_what_reaches_accounts_that_are_not_loaded_is_decided_over_them(full: Path) -> None:
    with a_session(full) as session:
        seller = person_of(session.records, "Seller")
        session.suppose()
        session.edit(phrase("Remove"), edits.remove_people, (seller.id,))
        assert not session.all_records().where(Tie, employee=seller.id)
        assert session.supposed.removed(Tie)
        session.keep_supposed()
        assert session.check() == []
        assert not session.all_records().where(Tie, employee=seller.id)
        session.undo()
        assert session.all_records().where(Tie, employee=seller.id)


def test_whoever_listens_hears_that_more_changed_than_is_loaded(full: Path) -> None:
    with a_session(full) as session:
        session.open_account(ACME)
        seller = person_of(session.records, "Seller")
        heard: list[Change] = []
        session.changed.subscribe(heard.append)
        _assessed(session, 10)
        session.edit(phrase("Remove"), edits.remove_people, (seller.id,))
        assert [bool(one) for one in heard] == [True, True, False]
        session.undo()
        assert [bool(one) for one in heard[3:]] == [True, False]
        session.suppose()
        session.edit(phrase("Remove"), edits.remove_people, (seller.id,))
        heard.clear()
        session.discard_supposed()
        assert [bool(one) for one in heard] == [True, False]


def test_a_supposed_account_is_in_the_portfolio_and_can_be_found(full: Path) -> None:
    with a_session(full) as session:
        session.suppose()
        home = Organisation(
            id=OrganisationId("new home"), name="Newcomer", kind=OrganisationKind.CUSTOMER
        )
        account = Account(id=AccountId("newcomer"), organisation=home.id)
        put(session, home)
        put(session, account)
        assert "Newcomer" in [line.name for line in session.portfolio()]
        assert session.find_account("Newcomer") == account.id
        assert any(line.name == "Acme chief" for line in session.names())
        assert session.analysis_before(account.id) is None
        session.discard_supposed()
        assert "Newcomer" not in [line.name for line in session.portfolio()]


def test_nothing_goes_in_or_out_meanwhile(full: Path, tmp_path: Path) -> None:
    sentence = "keep or discard it first"
    with a_session(full) as session:
        session.suppose()
        with told(Refused, sentence):
            session.write(phrase("Import"), Change.put(session.records, LI))
        with told(Refused, sentence):
            session.apply(phrase("Month"), Change.put(session.records, LI), undoable=False)
        with told(Refused, sentence):
            export_data(session, tmp_path / "all.json")
        with told(Refused, sentence):
            import_files(session, ())
        assert session.supposed_count == 0
        assert not (tmp_path / "all.json").exists()


def test_settings_are_kept_whatever_becomes_of_the_what_if(full: Path) -> None:
    with a_session(full) as session:
        session.open_account(ACME)
        before = session.analysis(ACME)
        session.suppose()
        seller = person_of(session.records, "Seller")
        session.change_settings(user=seller.id)
        session.discard_supposed()
        assert session.settings.user == seller.id
        assert session.analysis(ACME) is not before
        assert session.analysis(ACME).user == seller.id


def test_closing_and_killing_in_the_middle_save_nothing_of_it(full: Path) -> None:
    before = full.read_bytes()
    code = textwrap.dedent(
        f"""
        import os
        from pathlib import Path
        from brm_desktop.domain import edits
        from brm_desktop.domain.phrase import phrase
        from brm_desktop.session.session import Session

        session = Session.open(Path({str(full)!r}))
        session.open_account("account Acme")
        session.edit(phrase("Saved"), edits.assess, "Acme chief", closeness=77)
        session.suppose()
        session.edit(phrase("Supposed"), edits.assess, "Acme clerk", closeness=90)
        os._exit(9)
        """
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, env=dict(os.environ))
    assert done.returncode == 9
    with a_session(full, year=2027) as session:
        names = [str(line.name) for line in session.history()]
        assert names[0] == "Saved"
        assert "Supposed" not in names
        assert session.check() == []
        session.suppose()
        put(session, LI)
    with a_session(full, year=2027) as session:
        assert LI.id not in session.all_records()
    assert full.read_bytes() != before


@given(some.data())
def test_any_supposed_edits_discarded_leave_memory_and_file_as_they_were_and_kept_are_one(
    tmp_path_factory: pytest.TempPathFactory, data: some.DataObject
) -> None:
    path = tmp_path_factory.mktemp("supposed") / "sales.brm"
    with a_session(path) as session:
        put(session, *everything())
    file = path.read_bytes()
    session = a_session(path)
    session.open_account(ACME)
    start, cells = session.records, data_cells(session._store)
    random = RandomEdits(data, everything())
    session.suppose()
    walk = {"undo": session.undo, "redo": session.redo}
    for _ in range(data.draw(some.integers(1, 6))):
        step = data.draw(some.sampled_from(("edit", "edit", *walk)))
        if step == "edit":
            session.apply(phrase("Edit"), random.next(session.records))
        else:
            walk[step]()
    end = session.all_records()
    if data.draw(some.booleans()):
        session.discard_supposed()
        assert session.records == start == session.all_records()
        session.close()
        assert path.read_bytes() == file
        return
    steps = session.supposed
    session.keep_supposed()
    assert session.all_records() == end
    if steps:
        session.undo()
    assert session.records == start
    assert data_cells(session._store) == cells
    session.close()


def test_a_removed_and_restored_record_is_no_change(full: Path) -> None:
    with a_session(full) as session:
        session.open_account(ACME)
        clerk = person_of(session.records, "Acme clerk")
        session.suppose()
        put(session, changed(clerk, name="Other"))
        put(session, clerk)
        assert session.supposed_count == 2
        assert not session.supposed
        take(session, *session.records.where(Tie, person=CLERK))
        session.discard_supposed()
        assert session.records.one(Person, CLERK) == clerk


def test_what_a_worker_wrote_before_the_what_if_began_stays_after_it(full: Path) -> None:
    with a_session(full) as session:
        written = session.write(phrase("Put"), Change.put(session.records, LI))
        session.suppose()
        session.show_written(written)
        assert session.records.one(Person, LI.id) == LI
        session.discard_supposed()
        assert session.records.one(Person, LI.id) == LI
