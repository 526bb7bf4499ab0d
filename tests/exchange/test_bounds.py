"""Bytes of others within their limits, one sentence for each limit that is broken."""

from __future__ import annotations

import gzip
import os
import random
import sys
import threading
from pathlib import Path

import pytest
from hostile import MEGABYTE, gzip_bomb, said_with_little_memory
from told import told

from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange import bounds
from brm_desktop.exchange.bounded_json import json_of, read_json
from brm_desktop.exchange.bounds import bytes_of, chunks_of, refuse_stacked_marks
from brm_desktop.exchange.tables import read_table

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited otherwise there")


def _file(folder: Path, content: bytes, name: str = "file.gz") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("size", [0, 1, 1 << 14, (1 << 18) + 7, 3 << 18])
def test_what_was_packed_comes_out_byte_for_byte(tmp_path: Path, size: int) -> None:
    content = random.Random(size).randbytes(size // 2) + b"a" * (size - size // 2)

    assert bytes_of(_file(tmp_path, gzip.compress(content))) == content
    assert bytes_of(_file(tmp_path, b"plain" + content)) == b"plain" + content


def test_parts_follow_each_other_with_zeros_between_and_behind(tmp_path: Path) -> None:
    packed = gzip.compress(b"one ") + b"\0" * 70_000 + gzip.compress(b"two") + b"\0" * 70_000

    assert bytes_of(_file(tmp_path, packed)) == b"one two"


@pytest.mark.parametrize("spoilt", ["cut", "changed", "followed"])
def test_a_damaged_packed_file_is_one_sentence(tmp_path: Path, spoilt: str) -> None:
    packed = bytearray(gzip.compress(b"name\n" * 9000))
    if spoilt == "cut":
        del packed[-9:]
    elif spoilt == "changed":
        packed[-6] ^= 1
    else:
        packed += b"and more"

    with told(FileProblem, r"file\.gz is a damaged \.gz file"):
        bytes_of(_file(tmp_path, bytes(packed)))


def test_a_packed_file_of_very_many_parts_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "PACKED_PARTS", 10)
    with told(FileProblem, "damaged"):
        bytes_of(_file(tmp_path, gzip.compress(b"") * 11))


def test_a_packed_file_may_be_so_many_times_its_size_and_no_more(tmp_path: Path) -> None:
    bomb = gzip_bomb(tmp_path / "bomb.csv.gz", b"a,b,c\n", 60)

    with told(FileProblem, r"bomb\.csv\.gz is larger than .* MB, or unpacks to more"):
        bytes_of(bomb)


def test_a_file_larger_than_allowed_is_refused_while_it_is_read(tmp_path: Path) -> None:
    path = _file(tmp_path, b"x" * 3_000_000, "big.csv")

    assert sum(map(len, chunks_of(path, 3_000_000))) == 3_000_000
    with told(FileProblem, r"big\.csv is larger than 2\.86 MB"):
        bytes_of(path, 2_999_999)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    said: list[BaseException] = []

    def read() -> None:
        try:
            read_table(pipe)
        except FileProblem as problem:
            said.append(problem)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(5)

    assert "pipe.csv is not an ordinary file" in str(said[0])
    with told(FileProblem, "is not an ordinary file"):
        read_table(Path("/dev/zero"))


def test_a_name_that_no_file_can_have_is_one_sentence() -> None:
    with told(FileProblem, "cannot be read"):
        bytes_of(Path("a\0b"))
    with told(FileProblem, "cannot be read: File name too long"):
        bytes_of(Path("x" * 5000))


def test_a_letter_with_a_thousand_accents_is_refused_with_its_line() -> None:
    refuse_stacked_marks("plain", "f")
    refuse_stacked_marks("Việt" + "e\u0301\u0316" * 1000, "f")
    for marks in ("\u0301\u0316", "\uff9e\u0301", "\u20d0\u0334"):
        with told(FileProblem, r"f stacks more than 64 accents on one letter \(line 2\)"):
            refuse_stacked_marks("name\ne" + marks * 500, "f")


@pytest.mark.parametrize("text", ["", "{", "nul", '"\\ud8"', "[1,]", "1" * 5000, "{'a':1}"])
def test_what_is_no_json_is_one_sentence(text: str) -> None:
    with told(FileProblem, "note is not a JSON file"):
        json_of(text, "note")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '["\\""' + ",[" * 65])
def test_json_without_end_is_refused_before_it_is_read(text: str) -> None:
    with told(FileProblem, "note is too large or too deep: at most 16 MB, 64 levels"):
        json_of(text, "note")


def test_brackets_in_strings_are_no_depth(tmp_path: Path) -> None:
    assert json_of('["' + "[" * 100 + '\\"[", {"a": []}]', "note") == ["[" * 100 + '"[', {"a": []}]
    assert read_json(_file(tmp_path, b'\xef\xbb\xbf{"a": [1]}', "n.json")) == {"a": [1]}
    with told(FileProblem, r"n\.json is not a JSON file"):
        read_json(_file(tmp_path, b"\xff\xfe{", "n.json"))
    with told(FileProblem, "larger than 0.00954 MB"):
        read_json(_file(tmp_path, b" " * 20_000, "n.json"), 10_000)


@linux
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"\n", "more than 4194304 lines"),
        (b"a\n", "more than 4194304 lines"),
        (b"a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p\n", "more than 1048576 rows or 10000000 cells"),
        (b"x", "longer than 1 MB"),
        (b'"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n', "cannot be cut into cells"),
    ],
)
def test_a_table_made_to_fill_memory_is_refused_in_little(
    tmp_path: Path, line: bytes, sentence: str
) -> None:
    path = tmp_path / "bomb.csv"
    path.write_bytes(line * (30 * MEGABYTE // len(line)))

    said = said_with_little_memory(
        "from pathlib import Path; tables.read_table(Path(arguments[0]))", 700, path
    )

    assert sentence in said


@linux
def test_a_packed_bomb_is_refused_in_little_memory(tmp_path: Path) -> None:
    bomb = gzip_bomb(tmp_path / "bomb.csv.gz", b"a" * 1023 + b"\n", 400)

    said = said_with_little_memory(
        "from pathlib import Path; tables.read_table(Path(arguments[0]))", 500, bomb
    )

    assert "unpacks to more than that" in said


def test_a_quote_that_never_closes_in_a_large_file_is_found_at_once(tmp_path: Path) -> None:
    path = _file(tmp_path, b'name,note\nAnn,"' + b"x," * 100 + b"\n" * 3_000_000, "open.csv")

    with told(FileProblem, r"Line 2 of open\.csv cannot be cut into cells"):
        read_table(path)


def test_a_million_empty_rows_are_no_rows(tmp_path: Path) -> None:
    table = read_table(_file(tmp_path, b"name\n" + b"\n" * 1_000_000 + b"Ann\n", "blank.csv"))

    assert [row.line for row in table.rows] == [1_000_002]


def test_half_characters_are_no_text(tmp_path: Path) -> None:
    path = _file(tmp_path, b"name\n+2AA-\n", "half.csv")

    with told(FileProblem, r"half\.csv"):
        read_table(path, "utf-7")
    with told(FileProblem, r"half\.csv holds broken characters \(line 2\)"):
        read_table(_file(tmp_path, b"name\n\\ud800\n", "half.csv"), "raw_unicode_escape")
