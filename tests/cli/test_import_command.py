"""The import command: counts that add up, refused rows, dry runs, encodings, new stores."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from terminal import Terminal

from brm_desktop.domain.records import Organisation, OrganisationKind
from brm_desktop.session.session import Session


@pytest.fixture
def brm(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    return Terminal(capsys, tmp_path / "store.brm")


def test_an_import_makes_the_store_and_the_account(brm: Terminal) -> None:
    ran = brm.done(
        "import", brm.file("p.csv", "name,title\nAnn,CEO\n"), "--account", "Acme", "--json"
    )

    assert ran.json == {
        "created": {"organisation": 1, "account": 1, "person": 1},
        "updated": {},
        "unchanged": 0,
        "rejected": [],
        "remarks": [],
        "rows": {"read": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0},
        "files": [
            {"file": "p.csv", "as": "people", "encoding": "utf-8", "delimiter": ",", "unused": []}
        ],
        "dry_run": False,
    }
    assert brm.done("check").code == 0


def test_a_store_made_in_chinese_calls_our_company_in_chinese(brm: Terminal) -> None:
    rows = brm.file("accounts.csv", "name\nAcme\n")
    brm.done("import", rows, "--as", "accounts", "--lang", "zh_CN")
    with Session.open(brm.store) as session:
        (ours,) = session.records.where(Organisation, kind=OrganisationKind.OWN)
    assert ours.name == "我司"


def test_what_is_told_beside_the_result(brm: Terminal) -> None:
    path = brm.file("p.csv", "姓名;职务;鞋码\n王敏;总监;38\n".encode("gbk"))

    ran = brm("import", path, "--account", "华辰")

    assert ran.code == 0
    assert ran.err.splitlines() == [
        "p.csv: people, gb18030, delimiter ;, rows 1",
        "p.csv: columns not used: 鞋码",
    ]
    assert ran.out.startswith("Rows 1: created 1, updated 0, unchanged 0, rejected 0\n")


def test_what_a_files_rows_are_is_said_in_the_readers_words(brm: Terminal) -> None:
    people = brm.file("p.csv", "name\nAnn\nBob\n")
    lines = brm.file("l.csv", "person,manager\nAnn,Bob\n")
    given = ("import", people, lines, "--account", "Acme")

    said = brm(*given).err.splitlines()

    assert said == [
        "p.csv: people, utf-8, delimiter ,, rows 2",
        "l.csv: reporting lines, utf-8, delimiter ,, rows 1",
    ]
    assert brm(*given, "--lang", "zh_CN").err.startswith("p.csv：人员")


def test_refused_rows_are_listed_and_written_with_line_and_reason(brm: Terminal) -> None:
    path = brm.file("p.csv", 'name,phone,power\nAnn,=1+1,50\nBob,"+86, x",101\n,,\n,1,\n')
    rejects = brm.folder / "rejects.csv"

    ran = brm("import", path, "--account", "Acme", "--rejects", rejects, "--json")

    assert ran.code == 3
    assert ran.json["rows"] == {
        "read": 3,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": 2,
    }
    reason = "power is 101: it must be a whole number from 0 to 100."
    assert ran.json["rejected"] == [
        {"line": 3, "reason": reason, "file": "p.csv", "in_part": False},
        {"line": 5, "reason": "The row has no name.", "file": "p.csv", "in_part": False},
    ]
    assert f"p.csv, line 3: {reason}" in ran.err
    with rejects.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["line"], row["name"], row["phone"]) for row in rows] == [
        ("3", "Bob", "'+86, x"),
        ("5", "", "1"),
    ]


def test_refused_rows_can_be_mended_and_imported_again(brm: Terminal) -> None:
    rejects = brm.folder / "rejects.csv"
    path = brm.file("p.csv", "name,phone,power\nBob,+86 1,101\n")
    assert brm("import", path, "--account", "Acme", "--rejects", rejects).code == 3

    rejects.write_text(rejects.read_text().replace("101", "100"))
    brm.done("import", rejects, "--account", "Acme")

    out = brm.folder / "people.csv"
    brm.done("export", "data", "--account", "Acme", "--out", out)
    assert "Bob,,,,'+86 1," in out.read_text()


def test_a_dry_run_reports_the_same_and_writes_nothing(brm: Terminal) -> None:
    path = brm.file("p.csv", "name,reports_to\nAnn,\nBob,Ann\nCy,Zoe\n")
    arguments = ("import", path, "--account", "Acme", "--json")

    dry = brm(*arguments, "--dry-run")
    assert not brm.store.exists()
    real = brm(*arguments)

    assert (dry.code, real.code) == (3, 3)
    assert dry.json | {"dry_run": False} == real.json
    before = brm.store.read_bytes()
    again = brm("import", brm.file("q.csv", "name\nDi\n"), "--account", "Acme", "--dry-run")
    assert "This was a dry run" in again.out
    assert brm.store.read_bytes() == before


def test_an_import_can_be_undone_in_one_step(brm: Terminal) -> None:
    from brm_desktop.session.session import Session

    brm.done("import", brm.file("p.csv", "name\nAnn\n"), "--account", "Acme")
    with Session.open(brm.store) as session:
        before = session.all_records()
    people = brm.file("q.csv", "name,reports_to,closeness\nBob,Ann,40\nCy,Bob,\n")
    brm.done("import", people, brm.file("r.csv", "from,to\nBob,Ann\n"), "--account", "Acme")

    with Session.open(brm.store) as session:
        assert session.all_records() != before
        session.undo()
        assert session.all_records() == before


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_files_in_the_encodings_of_spreadsheets_are_read(brm: Terminal, written: str) -> None:
    content = "姓名,職稱\n陳怡君,總經理\n林志明,採購經理\n".encode(written)

    ran = brm.done(
        "import", brm.file("p.csv.gz", gzip.compress(content)), "--account", "A", "--json"
    )

    assert ran.json["created"]["person"] == 2
    shown = brm.done("account", "--account", "A", "--json").json
    assert {person["name"] for person in shown["people"]} == {"陳怡君", "林志明"}


def test_an_encoding_that_is_named_is_used(brm: Terminal) -> None:
    path = brm.file("p.csv", "name\n陳怡君\n".encode("big5"))

    brm.done("import", path, "--account", "A", "--encoding", "big5", "--as", "people")

    assert brm.done("account", "--account", "A", "--json").json["people"][0]["name"] == "陳怡君"


def test_people_of_ours_need_no_account(brm: Terminal) -> None:
    brm.done("import", brm.file("p.csv", "name,organisation,sales\nMe,own,no\n"))

    nameless = brm("import", brm.file("q.csv", "name,organisation\nAnn,\n"))

    assert nameless.code == 3
    assert "no --account" in nameless.err


def test_an_account_must_be_named_for_its_people_and_lines(brm: Terminal) -> None:
    for text in ("name,title\nAnn,CEO\n", "person,manager\nAnn,Bob\n"):
        ran = brm("import", brm.file("p.csv", text))
        assert (ran.code, ran.out) == (2, "")
        assert "--account" in ran.err
    assert not brm.store.exists()


def test_missing_people_are_made_only_when_asked(brm: Terminal) -> None:
    path = brm.file("p.csv", "person,manager\nAnn,Bob\n")
    assert brm("import", path, "--account", "Acme").code == 3

    ran = brm.done("import", path, "--account", "Acme", "--create-missing", "--json")

    assert ran.json["created"] == {
        "organisation": 1,
        "account": 1,
        "person": 2,
        "reporting_line": 1,
    }


def test_an_account_may_be_named_by_the_beginning_of_its_name(brm: Terminal) -> None:
    brm.done("import", brm.file("a.csv", "name,industry\nAcme North,steel\nAcme South,glass\n"))

    brm.done("import", brm.file("p.csv", "name,title\nAnn,CEO\n"), "--account", "Acme N")
    two = brm("import", brm.file("p.csv", "name,title\nAnn,CEO\n"), "--account", "Acme")

    assert two.code == 1
    assert "Acme North" in two.err
    assert "Acme South" in two.err
    assert len(brm.done("accounts", "--json").json["accounts"]) == 2


@pytest.mark.parametrize("option", ["--map", "--set", "--where", "--value"])
@pytest.mark.parametrize("value", ["name", "=x", ""])
def test_options_that_are_no_pairs_are_wrong_usage(brm: Terminal, option: str, value: str) -> None:
    ran = brm("import", brm.file("p.csv", "name\nAnn\n"), "--account", "A", option, value)

    assert ran.code == 2
    assert not brm.store.exists()


def test_what_is_exported_as_csv_changes_nothing_when_imported_again(brm: Terminal) -> None:
    brm.done("demo")
    out = brm.folder / "people.csv"
    brm.done("export", "data", "--account", "Hua", "--out", out)

    ran = brm.done("import", out, "--account", "Hua", "--json")

    assert (ran.json["created"], ran.json["updated"]) == ({}, {})
    assert ran.json["rows"]["unchanged"] == ran.json["rows"]["read"] > 20


def test_a_cancelled_import_leaves_nothing(brm: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def cancelled(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("brm_desktop.cli.importing.import_files", cancelled)

    ran = brm("import", brm.file("p.csv", "name,title\nAnn,CEO\n"), "--account", "Acme")

    assert (ran.code, ran.out) == (130, "")
    assert [path.name for path in brm.folder.iterdir()] == ["p.csv"]


def test_what_is_read_is_not_written_over(brm: Terminal) -> None:
    path = brm.file("p.csv", "name,title\n,CEO\n")
    brm.load("Acme", people="name,title\nAnn,CEO\n")
    before = brm.store.read_bytes()

    for rejects in (path, brm.store):
        ran = brm("import", path, "--account", "Acme", "--rejects", rejects)
        assert (ran.code, "write to another file" in ran.err) == (1, True)
    assert brm.store.read_bytes() == before
    assert path.read_text() == "name,title\n,CEO\n"


def test_a_field_is_mapped_once(brm: Terminal) -> None:
    path = brm.file("p.csv", "name,title\nAnn,CEO\n")

    ran = brm("import", path, "--account", "A", "--map", "name=name", "--map", "name=title")

    assert (ran.code, "name is given twice" in ran.err) == (2, True)


def test_rows_that_are_in_but_for_a_line_are_counted_apart(brm: Terminal) -> None:
    path = brm.file("p.csv", "name,reports_to\nAnn,\nBob,Zed\n")

    ran = brm("import", path, "--account", "Acme")

    assert ran.out.splitlines()[1] == (
        "1 of the rejected rows is in; only its link (manager, parent, whom it decides for) is not"
    )


def test_companies_are_not_imported_as_people_of_the_account_that_was_named(brm: Terminal) -> None:
    rows = "name,industry,revenue,expected_annual_spend,parent\nOne,,5,6,\nTwo,retail,,,One\n"
    ran = brm.done("import", brm.file("accounts.csv", rows), "--account", "Nordwind", "--json")
    assert ran.json["created"]["account"] == 2
    assert "person" not in ran.json["created"]
    assert "--account Nordwind was not used: these rows are of no one account." in ran.err
    names = [one["name"] for one in brm.done("accounts", "--json").json["accounts"]]
    assert sorted(names) == ["One", "Two"]
