"""What is chosen for a file before it is imported: read, looked at, read again otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange.headers import Subject
from brm_desktop.exchange.mapping import Wishes
from brm_desktop.session.importing.choosing import Chosen, entries_in_order, read_more

PEOPLE = "name,title,档案\n王敏,CEO,总经理\nLi,CEO,\n,,\n"


def a_file(folder: Path, text: str = PEOPLE, name: str = "people.csv", code: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(code))
    return path


def test_a_file_that_cannot_be_read_has_a_problem_and_nothing_to_choose(tmp_path: Path) -> None:
    chosen = Chosen.read(tmp_path / "nowhere.csv")
    assert chosen.table is None
    assert chosen.subject is None
    assert chosen.lacking is None
    assert (chosen.fields, chosen.columns, dict(chosen.sources)) == ((), (), {})
    assert list(chosen.cells("name")) == list(chosen.column_cells("name")) == []
    assert list(chosen._texts((0,))) == []
    assert not chosen.needs_account
    with pytest.raises(FileProblem):
        chosen.entries()


def test_headers_tell_what_the_rows_are_unless_they_tell_nothing(tmp_path: Path) -> None:
    assert Chosen.read(a_file(tmp_path)).subject is Subject.PEOPLE
    unknown = Chosen.read(a_file(tmp_path, "this,that\n1,2\n", "unknown.csv"))
    assert unknown.subject is None
    said = replace(unknown, wishes=Wishes(subject=Subject.PEOPLE))
    assert said.lacking == "name"
    assert replace(said, wishes=replace(said.wishes, columns={"name": "this"})).lacking is None


def test_a_column_shows_each_of_its_texts_once(tmp_path: Path) -> None:
    chosen = Chosen.read(a_file(tmp_path))
    assert list(chosen.cells("title")) == list(chosen.column_cells("title")) == ["CEO"]
    assert list(chosen.column_cells("none such")) == []
    assert chosen.known_source("name") == ("name",)


def test_read_in_another_encoding_the_columns_keep_their_place(tmp_path: Path) -> None:
    chosen = Chosen.read(a_file(tmp_path, code="gb18030"), "big5")
    assert chosen.problem is None
    wrong = chosen.columns[2]
    wishes = Wishes(columns={"title": wrong}, rows=((wrong, "x"), ("gone", "y")))
    again = replace(chosen, wishes=wishes).read_again("gb18030")
    assert again.columns == ("name", "title", "档案")
    assert again.wishes.columns == {"title": "档案"}
    assert again.wishes.rows == (("档案", "x"),)


def test_wishes_are_kept_while_a_file_cannot_be_read(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    chosen = replace(Chosen.read(path), wishes=Wishes(columns={"title": "档案"}))
    path.unlink()
    lost = chosen.read_again("utf-8")
    assert lost.problem is not None
    assert lost.wishes == chosen.wishes
    a_file(tmp_path)
    assert lost.read_again("utf-8").wishes == chosen.wishes


def test_more_files_come_beside_those_that_are_there_people_first(tmp_path: Path) -> None:
    looked: list[None] = []
    lines = a_file(tmp_path, "person,manager\nLi,王敏\n", "lines.csv")
    first = read_more([lines], [], lambda: looked.append(None))
    more = read_more([a_file(tmp_path), tmp_path / "no.csv"], first, lambda: looked.append(None))
    assert len(looked) == 3
    assert [one.needs_account for one in (*first, more[0])] == [True, True]
    in_order = entries_in_order([*first, more[0]])
    assert [entries.subject for entries in in_order] == [Subject.PEOPLE, Subject.REPORTING]
