"""Any bytes at all to every reader: it reads them, or says one sentence; nothing else comes out.

What once failed stands as an example, or as a file in ``hostile/``, each with a line in its README.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hostile import BILLION_LAUGHS, archive, sheet
from hypothesis import example, given
from hypothesis import strategies as st
from import_text import Importing

from brm_desktop.domain.errors import FileProblem, Problem
from brm_desktop.exchange.bounded_cards import unfolded
from brm_desktop.exchange.bounded_json import json_of, read_json
from brm_desktop.exchange.bounded_xml import check_sheet, check_xml
from brm_desktop.exchange.bounded_zip import open_archive
from brm_desktop.exchange.dates import DateOrder, agreed_order, day_of
from brm_desktop.exchange.encodings import decoded
from brm_desktop.exchange.formulas import guarded, unguarded
from brm_desktop.exchange.headers import FIELDS, Subject, plain
from brm_desktop.exchange.mapping import Wishes, entries_of
from brm_desktop.exchange.tables import read_table
from brm_desktop.session.importing import Aim, decide
from brm_desktop.session.importing.words import money, score

HOSTILE = Path(__file__).parent / "hostile"
ENCODINGS = st.sampled_from(
    [None, "utf-8", "utf-7", "utf-16", "gb18030", "big5", "cp1252", "hz", "raw_unicode_escape"]
)
MARKS = st.sampled_from(
    [b",", b";", b"\t", b"\n", b"\r", b"\r\n", b'"', b"'", b"=", b"\0", b"sep=;"]
)
WORDS = st.sampled_from(
    [name.encode() for fields in FIELDS.values() for name in fields]
    + [
        "姓名".encode("gbk"),
        "姓名".encode(),
        b"Ann",
        b"50",
        b"1e999999999",
        b"3/4/5",
        b"yes",
        b"\xff",
    ]
)
TABLES = st.lists(MARKS | WORDS | st.binary(max_size=4), max_size=60).map(b"".join)
BYTES = st.binary(max_size=300) | TABLES | TABLES.map(gzip.compress)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(BYTES, ENCODINGS, st.sampled_from([None, *Subject]))
@example(b"name,reports_to\n,\n", None, None)
@example(b"\x1f\x8b", None, None)
@example(b"name\n\\ud800\n", "raw_unicode_escape", None)
def test_any_bytes_are_a_table_or_one_sentence(
    folder: Path, content: bytes, encoding: str | None, subject: Subject | None
) -> None:
    path = folder / "any.csv"
    path.write_bytes(content)
    importing = Importing()

    with suppress(Problem):
        entries = entries_of(read_table(path, encoding), Wishes(subject=subject))
        report = decide(importing.records, importing.act, [entries], Aim(importing.account))
        assert report.tally.read == len(entries.rows) + len(entries.overlong)


@given(st.binary(max_size=200), st.text(max_size=30))
@example(b"", "\0")
@example(b"", "a" * 100_000)
@example(b"", "\ud800")
def test_any_encoding_that_is_named_is_known_or_one_sentence(raw: bytes, encoding: str) -> None:
    with suppress(FileProblem):
        assert isinstance(decoded(raw, "any.csv", encoding).text, str)


@given(st.text(max_size=200))
@example("(" * 100_000)
@example("[" * 100_000 + "】")
def test_any_header_has_a_plain_form_in_no_time(header: str) -> None:
    assert plain(plain(header)) == plain(header) or header


@given(st.text(alphabet="0123456789.-/年月日 :TZabcjnmor", max_size=40))
@example("1" * 100_000)
@example("0" * 4301 + "-1-1")
def test_any_text_is_a_day_or_none(text: str) -> None:
    for order in DateOrder:
        day_of(text, order)
    with suppress(Problem):
        agreed_order({"day": [text, text + "1"]}, None)


NUMBERS = st.text(alphabet="0123456789.,eE+-%万亿kK ∞٣", max_size=30) | st.text(max_size=20)


@given(NUMBERS)
@example("1e999999999")
@example("1e-999999999")
@example("9" * 100_000)
@example("1" + "亿" * 100_000)
@example("sNaN")
@example("-Infinity")
def test_any_text_is_a_number_or_a_refusal_in_no_time(text: str) -> None:
    with suppress(Problem):
        assert score(text, "power") in {*range(101), None}
    with suppress(Problem):
        found = money(text, "revenue", "CNY")
        assert found is None or 0 <= found.minor < 10**18


@given(st.text(max_size=20))
@example("'=1")
@example("''=1")
@example("＝1")
def test_a_guarded_text_comes_back_as_it_was_and_starts_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in {*"=+-@\t\r\n＝＋－＠"}


@given(st.text(max_size=60) | st.text(alphabet='[]{}",:\\ 1', max_size=60))
@example('{"a":' * 100_000)
def test_any_text_is_json_or_one_sentence(text: str) -> None:
    with suppress(FileProblem):
        json_of(text, "note")


PARTS = st.sampled_from(
    [
        b"<",
        b">",
        b"/>",
        b"</",
        b"a",
        b"c",
        b"row",
        b' r="B2"',
        b"<!DOCTYPE",
        b"<!ENTITY",
        b"&a;",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"<?xml version='1.0'?>",
        b"\0",
        b"\xff\xfe",
    ]
)
MARKUP = st.lists(PARTS | st.binary(max_size=3), max_size=40).map(b"".join)


@given(MARKUP)
@example(BILLION_LAUGHS)
def test_any_bytes_are_markup_or_one_sentence(content: bytes) -> None:
    for check in (check_xml, check_sheet):
        with suppress(FileProblem):
            check([content[:7], content[7:]], "any.xml")


WHOLE = archive(("xl/workbook.xml", b"<a/>" * 50), ("xl/s.xml", sheet(["A1"])))


@given(
    st.binary(max_size=200) | MARKUP,
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4)), max_size=4
    ),
)
def test_any_archive_is_read_or_one_sentence(
    content: bytes, patches: list[tuple[int, bytes]]
) -> None:
    patched = bytearray(WHOLE)
    for place, value in patches:
        patched[place : place + len(value)] = value
    for candidate in (content, bytes(patched)):
        with suppress(FileProblem):
            opened = open_archive(Path("any.xlsx"), candidate)
            for name in opened.members:
                with suppress(FileProblem):
                    check_sheet(opened.chunks(name), "any.xlsx")


@given(st.lists(st.binary(max_size=20), max_size=10))
def test_any_bytes_are_lines_of_cards(pieces: list[bytes]) -> None:
    lines = list(unfolded(pieces, "any.vcf"))

    assert all(b"\n" not in line and b"\r" not in line for _, line in lines)


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.*")), ids=lambda path: path.name)
def test_what_once_failed_is_read_or_one_sentence(path: Path) -> None:
    readers: dict[str, Callable[[Path], object]] = {".json": read_json}
    importing = Importing()

    def table(path: Path) -> object:
        entries = entries_of(read_table(path), Wishes())
        return decide(importing.records, importing.act, [entries], Aim(importing.account))

    with suppress(Problem):
        readers.get(path.suffix, table)(path)
