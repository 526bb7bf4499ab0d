"""An import from files to one undo step of a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from told import told

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import Account, Person
from brm_desktop.language import tr
from brm_desktop.session.exporting import part_of
from brm_desktop.session.importing import Wishes, import_files, read_files
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "store.brm", create=PLAIN) as opened:
        yield opened


def _import(session: Session, text: str, account: str | None = None) -> None:
    path = session.path.with_name("file.csv")
    path.write_text(text)
    files = read_files([path], Wishes(), account_named=account is not None)
    import_files(session, files, account=account)


def test_rows_of_no_account_are_refused_before_anything_is_done(session: Session) -> None:
    with told(Refused, "Say with --account which account"):
        _import(session, "name,title\nAnn,CEO\n")

    assert session.portfolio() == []


def test_accounts_that_are_not_opened_are_found_too(session: Session) -> None:
    _import(session, "name,industry\nAcme,steel\nGlobex,glass\n")
    with Session.open(session.path.with_name("other.brm"), create=PLAIN) as other:
        assert other.portfolio() == []
    session.close()

    with Session.open(session.path) as again:
        _import(again, "name,industry\nAcme,wood\n")
        assert [(line.name, line.industry) for line in again.portfolio()] == [
            ("Acme", "wood"),
            ("Globex", "glass"),
        ]


def test_an_import_is_one_step_with_a_name(session: Session) -> None:
    _import(session, "name,title\nAnn,CEO\nBob,CIO\n", "Acme")

    step = session.undo()

    assert step is not None
    assert tr(step) == "Import file.csv"
    assert session.all_records().all(Person) == {}


def test_a_part_of_the_store_is_an_account_and_those_it_names(session: Session) -> None:
    _import(session, "name,title,department\nAnn,CEO,Board\n", "Acme")
    _import(session, "name,title\nZoe,CEO\n", "Globex")
    _import(session, "name,organisation\nMe,own\nYou,own\nRex,Rival\n", "Acme")
    _import(session, "from,to,from_org\nMe,Ann,own\nRex,Ann,Rival\n", "Acme")

    part = part_of(session.all_records(), session.find_account("Acme"))

    assert {person.name for person in part.all(Person).values()} == {"Ann", "Me", "Rex"}
    assert len(part.all(Account)) == 1
