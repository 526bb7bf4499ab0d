"""The import dialog: real files through it into a real store, as the command line does it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from import_window import Import, pick
from pytestqt.qtbot import QtBot
from terminal import Terminal
from windowing import Windows, saving_to

from brm_desktop.domain.records import (
    Account,
    Assessment,
    Influence,
    Person,
    Project,
    ReportingLine,
)
from brm_desktop.gui.desk import Page, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.session.importing import Subject
from brm_desktop.session.protection import PLAIN
from brm_desktop.session.session import Session

FindData = Callable[[str], Path]


@pytest.fixture
def window(windows: Windows, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on a store of its own."""
    Session.open(tmp_path / "store.brm", create=PLAIN).close()
    window = windows.open(tmp_path / "store.brm")
    yield window
    window.close()


@pytest.fixture
def importing(qtbot: QtBot, window: MainWindow) -> Iterator[Import]:
    """A dialog that is up."""
    yield Import(qtbot, window)
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    """The command line on another store."""
    return Terminal(capsys, tmp_path / "command line.brm")


def test_twenty_one_managers_come_in_as_by_the_command_line(
    qtbot: QtBot, window: MainWindow, terminal: Terminal, shared_data: FindData
) -> None:
    data = shared_data("krackhardt_hightech")
    people = Import(qtbot, window)
    people.take(data / "nodes.csv")
    people.into("Krackhardt")
    people.source("name", "id")
    people.source("title", "level")
    people.means("Title", "1", "CEO")
    people.means("Department", "0", "")
    assert people.counts == "21 rows: 21 new, 0 updated, 0 unchanged, 0 refused"
    people.press_import()
    records = window.desk.records
    assert window.toast.sentence == ("Imported: 21 new, 0 updated, 0 unchanged, 0 refused.")
    (account,) = records.all(Account)
    assert window.desk.place.account == account

    lines = Import(qtbot, window)
    assert lines.dialog.choices.account == account
    lines.take(data / "reports.csv", data / "advice.csv")
    lines.are(Subject.REPORTING)
    lines.source("person", "from")
    lines.source("manager", "to")
    lines.dialog.strip.tabs.setCurrentIndex(1)
    lines.source("from", "to")
    lines.source("to", "from")
    lines.same("strength", "60")
    assert lines.counts == "210 rows: 210 new, 0 updated, 0 unchanged, 0 refused"
    lines.press_import()
    records = window.desk.records
    assert {line.strength for line in records.all(Influence).values()} == {60}

    into = ("--account", "Krackhardt")
    fields = ("--map", "name=id", "--map", "title=level", "--value", "department:0=")
    terminal.done("import", data / "nodes.csv", *into, *fields, "--value", "title:1=CEO")
    crossed = ("--map", "from=to", "--map", "to=from", "--set", "strength=60")
    terminal.done("import", data / "advice.csv", *into, "--as", "influence", *crossed)
    hung = ("--map", "person=from", "--map", "manager=to")
    terminal.done("import", data / "reports.csv", *into, "--as", "reporting", *hung)
    with Session.open(terminal.store) as other:
        assert window.desk.session.counts() == other.counts()
        theirs = other.all_records()
    assert swayed(window.desk.session) == {
        (theirs.one(Person, one.source).name, theirs.one(Person, one.target).name)
        for one in theirs.all(Influence).values()
    }


def swayed(session: Session) -> set[tuple[str, str]]:
    """Who sways whom, by name."""
    people = session.records.all(Person)
    return {
        (people[one.source].name, people[one.target].name)
        for one in session.records.all(Influence).values()
    }


def test_the_largest_body_comes_in_with_its_refused_rows_as_by_the_command_line(
    importing: Import, terminal: Terminal, shared_data: FindData
) -> None:
    data = shared_data("uk_gov_organograms") / "senior_2011-03-31.csv"
    importing.take(data)
    importing.into("Ministry of Defence")
    importing.only("body", "ministry_of_defence")
    importing.means("Reports to (number)", "XX", "")
    importing.means("Name", "VACANT POST", "")
    assert importing.counts == "616 rows: 600 new, 0 updated, 0 unchanged, 16 refused"
    assert "600 people, 595 reporting lines" in importing.dialog.preview.kinds.text()

    ran = terminal(
        "import", data, "--account", "Ministry of Defence", "--where", "body=ministry_of_defence",
        "--value", "reports_to_id:XX=", "--value", "name:VACANT POST=", "--json",
    )  # fmt: skip

    assert importing.reasons == [(one["line"], one["reason"]) for one in ran.json["rejected"]]
    importing.press_import()
    with Session.open(terminal.store) as other:
        assert importing.session.counts() == other.counts()
    assert len(importing.session.records.all(ReportingLine)) == 595


def test_refused_rows_are_saved_to_be_mended(
    importing: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing.text(tmp_path, "name,power\nAnn,50\nBob,101\n,1\n")
    importing.into("Acme")
    assert importing.counts == "3 rows: 1 new, 0 updated, 0 unchanged, 2 refused"
    assert importing.reasons == [
        (3, "power is 101: it must be a whole number from 0 to 100."),
        (4, "The row has no name."),
    ]
    saving_to(monkeypatch, tmp_path / "refused.csv")
    importing.dialog.preview.save.click()
    assert importing.sentence == "The refused rows are in refused.csv."
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [(row["line"], row["name"], row["power"]) for row in rows] == [
        ("3", "Bob", "101"),
        ("4", "", "1"),
    ]


def test_an_import_is_one_step_that_undo_takes_back(importing: Import, tmp_path: Path) -> None:
    before = importing.session.counts()
    importing.text(tmp_path, "name,reports_to,closeness\nAnn,,40\nBob,Ann,\n")
    importing.into("Acme")
    importing.press_import()
    assert len(importing.session.records.all(Person)) == 2
    importing.window.commands.run("undo")
    assert importing.session.counts() == before


def test_the_same_file_again_changes_nothing_and_cannot_be_imported(
    qtbot: QtBot, importing: Import, tmp_path: Path
) -> None:
    path = importing.text(tmp_path, "name,title\nAnn,CEO\n")
    importing.into("Acme")
    importing.press_import()

    again = Import(qtbot, importing.window)
    again.take(path)
    assert again.counts == "1 row: 0 new, 0 updated, 1 unchanged, 0 refused"
    assert again.dialog.preview.kinds.text() == "Nothing would change."
    assert not again.dialog.import_button.isEnabled()


def test_an_account_that_is_not_loaded_is_opened_for_the_dry_run(
    qtbot: QtBot, tmp_path: Path, windows: Windows, importing: Import
) -> None:
    importing.text(tmp_path, "name\nAnn\n")
    importing.into("Acme")
    importing.press_import()
    importing.window.close()

    window = windows.open(tmp_path / "store.brm")
    assert window.desk.records.all(Account) == {}
    again = Import(qtbot, window)
    again.take(tmp_path / "p.csv")
    again.into("acme")
    assert again.counts == "1 row: 0 new, 0 updated, 1 unchanged, 0 refused"
    assert again.dialog.choices.new_account == ""


def test_people_come_before_the_lines_between_them_whichever_was_chosen_first(
    importing: Import, tmp_path: Path
) -> None:
    importing.text(tmp_path, "person,manager\nBob,Ann\n", "a lines.csv")
    importing.text(tmp_path, "name,title\nAnn,CEO\nBob,CIO\n", "people.csv")
    importing.into("Acme")
    assert importing.counts == "3 rows: 3 new, 0 updated, 0 unchanged, 0 refused"


def test_people_whom_only_a_line_names_are_made_when_that_is_allowed(
    importing: Import, tmp_path: Path
) -> None:
    importing.text(tmp_path, "person,manager\nBob,Ann\n")
    importing.into("Acme")
    assert importing.reasons == [(2, "Nobody is called Bob. Nobody is called Ann.")]
    importing.dialog.conditions.missing.click()
    assert importing.counts == "1 row: 1 new, 0 updated, 0 unchanged, 0 refused"


def test_a_chain_opens_the_accounts_chains(importing: Import, tmp_path: Path) -> None:
    importing.text(tmp_path, "name\nAnn\n")
    importing.into("Acme")
    importing.press_import()
    chain = Import(importing.qtbot, importing.window)
    chain.text(tmp_path, "project,person,态度\nPlant,Ann,支持\n", "chain.csv")
    assert chain.dialog.choices.current is not None
    assert chain.dialog.choices.current.subject is Subject.CHAIN
    chain.press_import()
    assert chain.window.desk.place.account is not None
    assert [one.name for one in chain.session.records.all(Project).values()] == ["Plant"]


def test_accounts_need_no_account_and_are_shown_in_their_list(
    importing: Import, tmp_path: Path
) -> None:
    importing.text(tmp_path, "account,industry,region\nAcme,Steel,North\nBolt,Steel,South\n")
    assert importing.counts == "2 rows: 2 new, 0 updated, 0 unchanged, 0 refused"
    assert importing.dialog.reading.account_note.text() == "not needed for these rows"
    importing.press_import()
    assert importing.window.desk.place.page is Page.ACCOUNTS
    assert len(importing.session.portfolio()) == 2


def test_a_pipeline_of_many_accounts_comes_in_and_what_is_odd_in_it_is_told(
    importing: Import, tmp_path: Path
) -> None:
    importing.text(tmp_path, "account,sector\nAcme,technolgy\nBolt,retail\n")
    assert importing.dialog.preview.remarks.text() == (
        "industry technolgy (rows: 1) looks like technology; it is kept as it is."
    )
    importing.press_import()
    deals = Import(importing.qtbot, importing.window)
    deals.text(
        tmp_path, "account,deal,stage,amount\nAcme,A,won,5\nBolt,B,lead,\n,C,lead,\n", "d.csv"
    )
    assert deals.dialog.choices.current is not None
    assert deals.dialog.choices.current.subject is Subject.OPPORTUNITIES
    assert deals.counts == "3 rows: 2 new, 0 updated, 0 unchanged, 1 refused"
    assert deals.dialog.preview.remarks.text().startswith("stage (rows: 1, the first in line 2)")
    deals.press_import()
    assert deals.window.desk.place.page is Page.ACCOUNTS
    assert deals.session.counts()["opportunity"] == 2


def test_projects_of_one_account_open_its_projects(importing: Import, tmp_path: Path) -> None:
    importing.text(tmp_path, "name,type,start\nERP,IT,2024-01-05\n")
    importing.into("Acme")
    importing.press_import()
    assert importing.window.desk.place.tab is Tab.PROJECTS


def test_employees_are_seen_among_our_people(importing: Import, tmp_path: Path) -> None:
    importing.text(tmp_path, "name,office\nAda,North\n")
    importing.dialog.choices.wish(subject=Subject.EMPLOYEES)
    importing.press_import()
    assert importing.window.desk.place.page is Page.COLLEAGUES


def test_a_chinese_file_is_read_and_its_encoding_can_be_changed(
    importing: Import, tmp_path: Path
) -> None:
    importing.text(tmp_path, "姓名,职务,备用\n王敏,总监,李\n".encode("gbk"))
    importing.into("华辰")
    encoding = importing.dialog.reading.encoding
    assert encoding.currentText() == "GB18030 (found)"
    importing.source("department", "备用")
    assert importing.counts == "1 row: 1 new, 0 updated, 0 unchanged, 0 refused"

    pick(encoding, "UTF-8")
    assert importing.sentence == "p.csv is not written in UTF-8: choose another encoding."
    assert not importing.dialog.import_button.isEnabled()

    pick(encoding, "GB18030")
    assert importing.sentence == ""
    assert importing.dialog.fields.rows["department"].sample.text() == "李"
    importing.press_import()
    (person,) = importing.session.records.all(Person).values()
    assert (person.name, person.title) == ("王敏", "总监")


def test_in_another_encoding_columns_keep_their_place(importing: Import, tmp_path: Path) -> None:
    importing.text(tmp_path, "name,été\nAnn,Chef\n".encode("cp1252"))
    importing.source("title", "été")
    pick(importing.dialog.reading.encoding, "Windows-1251")
    importing.wait()
    assert importing.dialog.fields.rows["title"].source.currentText() == "йtй"
    assert importing.dialog.fields.rows["title"].sample.text() == "Chef"


def test_dates_that_may_be_read_in_several_ways_are_asked_for(
    importing: Import, tmp_path: Path
) -> None:
    importing.text(tmp_path, "name,closeness,assessed_on\nAnn,40,03/02/2026\n")
    importing.into("Acme")
    assert importing.sentence == (
        "The dates of column assessed_on, such as 03/02/2026, may be read in several ways:"
        " choose how they are written."
    )
    assert importing.dialog.reading.dates.isVisible()
    pick(importing.dialog.reading.dates, "Day, month, year")
    assert importing.sentence == ""
    importing.press_import()
    (said,) = importing.session.records.all(Assessment).values()
    assert said.assessed_on.isoformat() == "2026-02-03"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "There is no file {path}."),
        ("folder", "p.csv is a folder, not a file."),
        (b"\xff\xd8\xff\xe0 picture", "p.csv is a picture, not a text table: save it as CSV."),
        (b"", "p.csv is empty."),
        (b"name\n\0\n", "p.csv holds NUL characters (line 2), it is no text table."),
        (b"name\n\xff\xfe\x81\x8d\n", "p.csv is in no encoding known here: choose it."),
        (b"a,b\n1,2\n", "Choose what the rows of p.csv are."),
        (b"name\nAnn\n", "Choose the account that the rows belong to, or write a new name."),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_lost(
    importing: Import, tmp_path: Path, content: bytes | str | None, sentence: str
) -> None:
    importing.text(tmp_path, "name,title\nBob,CIO\n", "good.csv")
    importing.source("title", "–")
    path = tmp_path / "p.csv"
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    importing.take(path)
    assert importing.sentence == sentence.format(path=path)
    assert not importing.dialog.import_button.isEnabled()

    importing.dialog.strip.tabs.setCurrentIndex(1)
    importing.dialog.strip.remove.click()
    importing.into("Acme")
    assert importing.sentence == ""
    assert importing.counts == "1 row: 1 new, 0 updated, 0 unchanged, 0 refused"
    importing.press_import()
    (bob,) = importing.session.records.all(Person).values()
    assert (bob.name, bob.title) == ("Bob", "")


def test_a_field_that_is_needed_and_comes_from_nowhere_is_one_sentence(
    importing: Import, tmp_path: Path
) -> None:
    importing.text(tmp_path, "name,title\nBob,CIO\n")
    importing.into("Acme")
    importing.source("name", "–")
    assert importing.sentence == (
        "Choose the column of p.csv for “Name”, or say what it is in every row."
    )
    importing.source("name", "title")
    assert importing.sentence == ""
    assert importing.dialog.import_button.isEnabled()


def test_a_value_that_no_row_has_is_one_sentence(importing: Import, tmp_path: Path) -> None:
    importing.text(tmp_path, "name,site\nBob,North\n")
    importing.into("Acme")
    importing.only("site", "North")
    importing.dialog.conditions.only[0].value.setEditText("South")
    assert importing.sentence == "No row of p.csv has site=South."
    importing.dialog.conditions.only[0].gone.emit(importing.dialog.conditions.only[0])
    assert importing.counts == "1 row: 1 new, 0 updated, 0 unchanged, 0 refused"
