"""The people that were exported as a table are imported as they are, without a word more."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from import_text import Importing

from brm_desktop.domain.records import Account, Person
from brm_desktop.exchange.headers import Subject
from brm_desktop.exchange.mapping import Entries, Wishes
from brm_desktop.session.demo import write_demo
from brm_desktop.session.exporting import export_data
from brm_desktop.session.importing import (
    Aim,
    Chosen,
    Tally,
    import_files,
    needs_account,
    read_files,
)
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session

ANYWHERE = Aim()


def read(folder: Path, text: str, *, account_named: bool = False) -> tuple[Entries, ...]:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return read_files([path], Wishes(), account_named=account_named)


def people_in(path: Path) -> list[dict[str, str]]:
    """The people of a table; a score of several days has no day in it and comes as one of today."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return [{**row, "basis": "", "assessed_on": ""} for row in rows]


def test_what_was_exported_changes_nothing_where_it_came_from(tmp_path: Path) -> None:
    write_demo(tmp_path / "sample.brm")
    with Session.open(tmp_path / "sample.brm") as session:
        export_data(session, tmp_path / "people.csv")
        people = len(session.all_records().all(Person))
        files = read_files([tmp_path / "people.csv"], Wishes(), account_named=False)
        assert not needs_account(files)
        report = import_files(session, files)
        assert (report.tally, report.refusals) == (Tally(unchanged=people), ())
        assert not report.change


def test_what_was_exported_makes_the_same_people_in_an_empty_store(tmp_path: Path) -> None:
    write_demo(tmp_path / "sample.brm")
    with Session.open(tmp_path / "sample.brm") as session:
        export_data(session, tmp_path / "people.csv")
    with Session.open(tmp_path / "new.brm", create=PLAIN) as other:
        files = read_files([tmp_path / "people.csv"], Wishes(), account_named=False)
        report = import_files(other, files)
        assert report.refusals == ()
        export_data(other, tmp_path / "again.csv")
    assert people_in(tmp_path / "again.csv") == people_in(tmp_path / "people.csv")


def test_an_account_that_is_named_for_a_file_goes_before_what_its_rows_say(tmp_path: Path) -> None:
    text = "account,name,title\nAcme,Ann,CEO\n"
    (entries,) = read(tmp_path, text, account_named=True)
    assert (entries.subject, entries.unused) == (Subject.PEOPLE, ("account",))
    with Session.open(tmp_path / "store.brm", create=PLAIN) as session:
        import_files(session, (entries,), account="Beta")
        assert [line.name for line in session.portfolio()] == ["Beta"]


@pytest.mark.parametrize("organisation", ["", "acme"])
def test_the_account_of_a_row_is_found_or_made(tmp_path: Path, organisation: str) -> None:
    importing = Importing()
    text = f"account,name,title,organisation\nAcme,Ann,CEO,{organisation}\nBeta,Bob,CEO,\n"
    done = importing.all([*read(tmp_path, text)], ANYWHERE)
    assert done.counts == (2, 0, 0, 0)
    assert importing.organisation_of("Ann").name == "Acme"
    assert importing.organisation_of("Bob").name == "Beta"
    assert importing.count(Account) == 2


def test_a_row_of_ours_and_one_of_nobody_name_no_account(tmp_path: Path) -> None:
    importing = Importing()
    text = "account,name,title,organisation\n,Me,Seller,own\n,Rex,CEO,Rival\n,Lost,CEO,\n"
    done = importing.all([*read(tmp_path, text)], ANYWHERE)
    assert done.counts == (2, 0, 0, 1)
    assert done.reasons == [(4, "The row names no organisation, and no --account is given.")]


def test_a_chosen_file_that_says_its_accounts_needs_none(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("account,name,title\nAcme,Ann,CEO\n", encoding="utf-8")
    chosen = Chosen.read(path)
    assert chosen.subject is Subject.PEOPLE
    assert not chosen.needs_account
    (row,) = chosen.entries().rows
    assert row.values["account"] == "Acme"
