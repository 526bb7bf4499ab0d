"""Bytes to rows: delimiters, lines, limits, and what is no table at all."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange.tables import Table, read_table

Written = bytes | str


def _table(folder: Path, content: Written, name: str = "people.csv") -> Table:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_header(tmp_path: Path, mark: str) -> None:
    table = _table(tmp_path, f'name{mark}"a;b,c\t"{mark}title\nAnn{mark}x{mark}CEO\n')

    assert (table.delimiter, table.columns) == (mark, ("name", "a;b,c", "title"))
    assert table.rows[0].cells == ("Ann", "x", "CEO")


def test_a_row_knows_the_line_it_begins_on(tmp_path: Path) -> None:
    table = _table(tmp_path, 'name,note\nAnn,"two\nlines"\n\nBob,\n , \nCy,x\n')

    assert [(row.line, row.cells[0]) for row in table.rows] == [(2, "Ann"), (5, "Bob"), (7, "Cy")]
    assert table.rows[0].cells[1] == "two\nlines"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(tmp_path: Path, end: str) -> None:
    table = _table(tmp_path, end.join(["name,title", "Ann,CEO", "Bob,CIO"]))

    assert [row.cells for row in table.rows] == [("Ann", "CEO"), ("Bob", "CIO")]


def test_a_line_that_names_the_delimiter_is_no_header(tmp_path: Path) -> None:
    table = _table(tmp_path, "sep=;\nname;title\nAnn;CEO, acting\n")

    assert table.columns == ("name", "title")
    assert (table.rows[0].line, table.rows[0].cells) == (3, ("Ann", "CEO, acting"))


def test_a_packed_file_is_read_as_it_is(tmp_path: Path) -> None:
    table = _table(tmp_path, gzip.compress("姓名\n王敏\n".encode("gbk")), "people.csv.gz")

    assert (table.columns, table.rows[0].cells, table.encoding) == (("姓名",), ("王敏",), "gb18030")


def test_a_damaged_packed_file_is_one_sentence(tmp_path: Path) -> None:
    packed = gzip.compress(b"name\n" * 1000)

    with pytest.raises(FileProblem, match=r"people.csv is a damaged \.gz file"):
        _table(tmp_path, packed[:-10])


def test_a_line_of_50_mb_is_refused_at_once(tmp_path: Path) -> None:
    started = time.perf_counter()

    with pytest.raises(FileProblem, match=r"Line 2 of people.csv is longer than 1 MB"):
        _table(tmp_path, b"name,title\n" + b"a" * (50 << 20))
    assert time.perf_counter() - started < 5


def test_a_packed_line_of_gigabytes_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="longer than 1 MB"):
        _table(tmp_path, gzip.compress(b"x" * (200 << 20), 1), "people.csv.gz")


def test_a_cell_that_never_closes_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"Line 3 of people.csv .* do not close"):
        _table(tmp_path, 'name,title\nAnn,CEO\nBob,"CIO\nCy,CFO\n')


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"name\nA\0nn\n", "NUL characters .line 2."),
        (b"\xff\xd8\xff\xe0 JFIF", "is a picture"),
        (b"PK\x03\x04 xl/workbook.xml", "Excel workbook"),
        (b"%PDF-1.7", "is a PDF"),
        (b"SQLite format 3\0", "is a database"),
        (b"," * 5000 + b"\n", "is empty"),
        (b"a," * 5000 + b"\n", "5001 columns"),
    ],
)
def test_what_is_no_table_is_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(FileProblem, match=f"people.csv .*{sentence}"):
        _table(tmp_path, content)


def test_a_folder_and_a_missing_file_are_one_sentence_each(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="is a folder, not a file"):
        read_table(tmp_path)
    with pytest.raises(FileProblem, match=r"There is no file .*gone\.csv"):
        read_table(tmp_path / "gone.csv")
