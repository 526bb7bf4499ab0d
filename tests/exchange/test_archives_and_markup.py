"""The frame that readers of workbooks, graphs and cards stand on, against files made to do harm."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from hostile import BILLION_LAUGHS, EXTERNAL_ENTITY, MEGABYTE, archive, sheet
from told import told

from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange import bounded_cards, bounded_xml, bounded_zip
from brm_desktop.exchange.bounded_cards import unfolded
from brm_desktop.exchange.bounded_xml import Extent, check_sheet, check_xml
from brm_desktop.exchange.bounded_zip import Archive, open_archive

BOOK = Path("book.xlsx")


def _open(content: bytes) -> Archive:
    return open_archive(BOOK, content)


@pytest.mark.parametrize("way", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_come_out_byte_for_byte(way: int) -> None:
    large = bytes(range(256)) * 3_000 + random.Random(1).randbytes(600_000)
    opened = _open(archive(("xl/a.xml", large), ("表.xml", b""), way=way))

    assert b"".join(opened.chunks("xl/a.xml")) == large
    assert list(opened.chunks("表.xml")) == []
    with told(FileProblem, r"book\.xlsx holds no b\.xml"):
        list(opened.chunks("b.xml"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"x" * 99])
def test_what_is_no_archive_is_one_sentence_or_empty(content: bytes) -> None:
    if content.startswith(b"PK\x05\x06"):
        assert _open(content).members == {}
        return
    with told(FileProblem, "damaged, or no archive"):
        _open(content)


def test_a_bomb_is_refused_by_what_its_directory_says() -> None:
    with told(FileProblem, r"book\.xlsx is larger than 16 MB, or unpacks to more"):
        _open(archive(("bomb.xml", bytes(40 * MEGABYTE))))


def _patched(content: bytes, mark: bytes, place: int, value: bytes) -> bytes:
    """The archive with some bytes after the last occurrence of a mark replaced."""
    start = content.rindex(mark) + place
    return content[:start] + value + content[start + len(value) :]


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    packed = archive(("bomb.xml", bytes(5 * MEGABYTE)))
    for size in (10, 6 * MEGABYTE):
        lying = _patched(packed, b"PK\x01\x02", 24, size.to_bytes(4, "little"))
        with told(FileProblem, "damaged"):
            _open(lying)
    with told(FileProblem, "damaged"):
        _open(_patched(packed, b"PK\x01\x02", 20, (5).to_bytes(4, "little")))
    with told(FileProblem, "damaged"):
        _open(_patched(packed, b"PK\x01\x02", 20, (50_000_000).to_bytes(4, "little")))
    with told(FileProblem, "damaged"):
        _open(_patched(packed, b"PK\x01\x02", 16, b"nocr"))


def test_a_directory_that_lies_about_places_and_names_is_found_out() -> None:
    packed = archive(("one.xml", b"1"), ("two.xml", b"2"))
    with told(FileProblem, "damaged"):
        _open(_patched(packed, b"PK\x01\x02", 42, (0).to_bytes(4, "little")))
    with told(FileProblem, "damaged"):
        _open(_patched(packed, b"PK\x01\x02", 42, (len(packed) - 3).to_bytes(4, "little")))
    with told(FileProblem, "damaged"):
        _open(_patched(archive(("a", b"x" * 99)), b"PK\x03\x04", 31, b"\xff\xff"))
    with told(FileProblem, "damaged"):
        _open(archive(("one.xml", b"1"), way=zipfile.ZIP_BZIP2))


def test_two_members_of_one_name_are_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("xl/sheet.xml", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr("xl/sheet.xml", b"2")

    with told(FileProblem, r"book\.xlsx holds xl/sheet\.xml twice"):
        _open(content.getvalue())
    with told(FileProblem, r"holds XL/sheet\.xml twice"):
        _open(archive(("xl/sheet.xml", b"1"), ("XL/sheet.xml", b"2")))


@pytest.mark.parametrize("name", ["../up", "/root", "a/../../b", "c:\\x", "a\\..\\b"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    with told(FileProblem, "a file whose name leads out of it"):
        _open(archive((name, b"")))


def test_an_encrypted_member_is_refused() -> None:
    locked = _patched(archive(("a.xml", b"a")), b"PK\x01\x02", 8, b"\x01\0")
    with told(FileProblem, r"book\.xlsx is protected by a password"):
        _open(locked)


def test_an_archive_in_an_archive_is_never_unpacked() -> None:
    opened = _open(archive(("xl/embeddings/inner.xlsx", archive(("a", b"a")))))
    with told(FileProblem, r"an archive in an archive, xl/embeddings/inner\.xlsx"):
        list(opened.chunks("xl/embeddings/inner.xlsx"))


def test_too_many_members_and_too_large_an_archive_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with told(FileProblem, r"book\.xlsx holds more than 10000 files"):
        _open(b"PK\x01\x02" * 10_001)
    monkeypatch.setattr(bounded_zip, "ARCHIVE_BYTES", 100)
    with told(FileProblem, "larger than"):
        _open(bytes(101))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("document", [BILLION_LAUGHS, EXTERNAL_ENTITY, b"<!DOCTYPE a><a/>"])
def test_a_document_type_is_refused_before_any_entity_is_read(
    document: bytes, encoding: str
) -> None:
    text = document.decode().encode(encoding)
    for size in (1, 7, len(text)):
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        with told(FileProblem, r"g\.graphml declares a document type"):
            check_xml(pieces, "g.graphml")


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<a>",
        b"<a></b>",
        b"<a>&lol;</a>",
        b"\xff\xfe<\0a",
        b'<?xml version="1.0" encoding="martian"?><a/>',
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b"<a>\x01</a>",
        b"<a b='1' b='2'/>",
    ],
)
def test_what_is_no_xml_is_one_sentence(document: bytes) -> None:
    with told(FileProblem, "no XML that can be read here"):
        check_xml([document], "g.graphml")


def test_depth_elements_and_tokens_without_end_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with told(FileProblem, "too deep, or has too many elements"):
        check_xml([b"<a>" * 100_000], "g.graphml")
    monkeypatch.setattr(bounded_xml, "XML_ELEMENTS", 100)
    with told(FileProblem, "too many elements"):
        check_xml([b"<a>" + b"<b/>" * 100 + b"</a>"], "g.graphml")
    piece = b"x" * (1 << 18)
    with told(FileProblem, "no XML that can be read here"):
        check_xml([b'<a b="', *[piece] * 8], "g.graphml")
    check_xml([b"<a>", *[piece] * 8, b"</a>"], "g.graphml")


def test_one_cell_in_the_last_corner_makes_no_table() -> None:
    with told(FileProblem, r"a sheet of 1048576 rows and 16384 columns"):
        check_sheet([sheet(["A1", "XFD1048576"])], "book.xlsx")
    with told(FileProblem, r"a sheet of 1048576 rows and 12 columns"):
        check_sheet([sheet(["A1", "L1048576"])], "book.xlsx")


def test_a_sheet_reaches_as_far_as_its_cells_whatever_it_says() -> None:
    assert check_sheet([sheet(["B2", "C5"], "A1:XFD1048576")], "book.xlsx") == Extent(5, 3)
    assert check_sheet([b"<x:worksheet xmlns:x='u'/>"], "book.xlsx") == Extent(0, 0)
    unnamed = b"<s><row r='3'><c/><c r='D3'/><c/></row><row><c/></row></s>"
    assert check_sheet([unnamed], "book.xlsx") == Extent(4, 5)


@pytest.mark.parametrize("cell", ["A0", "", "1A", "AAAA1", "A99999999", "Ａ1", "A１"])
def test_a_cell_that_is_nowhere_is_one_sentence(cell: str) -> None:
    with told(FileProblem, "no XML that can be read here"):
        check_sheet([sheet([cell])], "book.xlsx")
    with told(FileProblem, "no XML that can be read here"):
        check_sheet([f"<s><row r='{cell[1:]}x'/></s>".encode()], "book.xlsx")


CARD = b"BEGIN:VCARD\r\nNOTE:one\r\n  two\r\n\tthree\r\nEND:VCARD\r\n"


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_folded_lines_are_put_together_however_they_come(size: int, end: bytes) -> None:
    card = CARD.replace(b"\r\n", end)
    pieces = [card[start : start + size] for start in range(0, len(card), size)]

    assert list(unfolded(pieces, "a.vcf")) == [
        (1, b"BEGIN:VCARD"),
        (2, b"NOTE:one twothree"),
        (5, b"END:VCARD"),
    ]


def test_a_file_of_no_lines_and_one_that_begins_folded() -> None:
    assert list(unfolded([], "a.vcf")) == []
    assert list(unfolded([b" x\ny"], "a.vcf")) == [(1, b" x"), (2, b"y")]


def test_a_line_folded_a_million_times_is_refused_in_time() -> None:
    with told(FileProblem, r"Line 1 of a\.vcf is longer than 4 MB"):
        list(unfolded([b"NOTE:", *[b"\n " + b"x" * 60] * 100_000], "a.vcf"))
    with told(FileProblem, r"Line 2 of a\.vcf is longer than 4 MB"):
        list(unfolded([b"a\n", *[b"x" * MEGABYTE] * 5], "a.vcf"))


def test_cards_and_lines_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_cards, "CARDS", 10)
    with told(FileProblem, r"a\.vcf holds more than 10 cards"):
        list(unfolded([b"begin:vcard\n" * 11], "a.vcf"))
    monkeypatch.setattr(bounded_cards, "LINES", 10)
    with told(FileProblem, r"a\.vcf has more than 10 lines"):
        list(unfolded([b"x\n" * 11], "a.vcf"))
