from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from stores import a_store, an_entry, changed, everything, person_of
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import StoreDamaged
from brm_desktop.domain.records import AccountId, Money, Person, PersonId
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.rows.lines import FieldChange

ACME = AccountId("account Acme")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    opened = a_store(tmp_path / "sales.brm")
    opened.write(Change.of((), everything()), an_entry(1_000, "Import"))
    yield opened
    opened.close()


def test_a_line_says_who_when_in_which_edit_and_what(store: LocalStore) -> None:
    clerk = person_of(everything(), "Acme clerk")
    edited = changed(clerk, title="Head clerk", birthday=date(1980, 1, 1))
    entry = an_entry(2_000, "Edit a person", author="王敏 Wang Min")
    store.write(Change.of([clerk], [edited]), entry)
    newest, first = store.history("Acme clerk", None, 10)
    assert (newest.kind, newest.record, newest.name.text) == (Person, clerk.id, "Edit a person")
    assert (newest.author, newest.author_name) == ("王敏 Wang Min", "王敏 Wang Min")
    assert newest.when.isoformat() == "1970-01-01T00:00:02+00:00"
    assert newest.operation == entry.stamp.hex()
    assert (newest.added, newest.removed, first.added, first.removed) == (False, False, True, False)
    assert newest.fields == (
        FieldChange("title", "", "Head clerk"),
        FieldChange("birthday", None, date(1980, 1, 1)),
    )
    assert first.author_name == ""
    assert FieldChange("name", None, "Acme clerk") in first.fields


def test_the_history_of_an_account_has_its_people_lines_and_projects(store: LocalStore) -> None:
    store.write(Change.of((), [Person(id=PersonId("x"), name="Elsewhere")]), an_entry(2))
    found = {line.record for line in store.history(None, ACME, 500)}
    assert {"Acme chief", ACME, "project Acme ERP", "organisation Acme", "action Acme"} < found
    assert not {"x", "organisation We", "type ERP"} & found


def test_what_was_deleted_stays_in_the_history_of_its_account(store: LocalStore) -> None:
    store.write(Change.of(everything(), ()), an_entry(2_000, "Remove"))
    removed = [line for line in store.history(None, ACME, 500) if line.removed]
    assert {"Acme chief", ACME} < {line.record for line in removed}
    (account,) = (line for line in removed if line.record == ACME)
    spend = FieldChange("expected_annual_spend", Money(500_000_000, "CNY"), None)
    assert spend in account.fields


def test_all_of_history_is_newest_first_and_as_long_as_asked(store: LocalStore) -> None:
    lines = store.history(None, None, 3)
    assert [line.number for line in lines] == sorted((line.number for line in lines), reverse=True)
    assert len(lines) == 3


def test_a_line_that_cannot_be_read_is_damage(store: LocalStore) -> None:
    with store._writing() as db:
        db.execute("UPDATE history SET after = '{' WHERE number = 1")
    with told(StoreDamaged, "history 1 cannot be read"):
        store.history(None, None, 500)
