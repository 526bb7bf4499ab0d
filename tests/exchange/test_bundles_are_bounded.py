"""What a bundle may hold is bounded: nothing in it takes all memory, whatever its bytes say."""

from __future__ import annotations

import struct
import sys
import zlib
from contextlib import suppress
from itertools import repeat
from pathlib import Path

import pytest
from bundling import (
    ASSET,
    REP,
    bundle,
    bundle_of,
    opened,
    packed,
    refused,
)
from hostile import MEGABYTE, said_with_little_memory
from hypothesis import example, given
from hypothesis import strategies as st
from told import told

from brm_desktop.domain.bundles import READER
from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange import bundle_lines, bundles
from brm_desktop.exchange.bundle_lines import LINE_BYTES, PIECES
from brm_desktop.exchange.bundles import (
    MAGIC,
    header_of,
)

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited otherwise there")


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"{}", b"[]", b"0", b"null", b'""', b"[", b"[1.5]", b"[1e3]", b"[NaN]"),
        *(b'["\\ud800"]', b'{"\\u0000":1}', b'[{"a":["\\u0000"]}]', b"[-Infinity]", b"\xff"),
        *(b"[" * 60_000, b"[" + b"9" * 5_000 + b"]", b"[1] [2]"),
    ],
)
def test_a_line_that_says_nothing_isrefused(line: bytes) -> None:
    found = opened(bundle_of(packed(b'["fine"]\n' + line + b"\n")))
    with told(FileProblem, "The bundle holds a line that says nothing"):
        list(found.lines())


def test_text_that_only_looks_like_a_broken_one_is_text() -> None:
    lines = [["\\u0000 \\ud800"], ["\u2028\x7f\x01"], {"😀": True}]

    assert list(opened(bundle(lines)).lines()) == lines
    escaped = packed(b'["\\u674e\\ud83d\\ude00"]\n')
    assert list(opened(bundle_of(escaped)).lines()) == [["李😀"]]


def test_a_line_is_bounded_on_both_sides() -> None:
    longest = ["x" * (LINE_BYTES - 5)]
    assert list(opened(bundle([longest])).lines()) == [longest]
    for end in (b"\n", b"", b'\n["y"]\n'):
        found = opened(bundle_of(packed(b'["' + b"x" * LINE_BYTES + b'"]' + end)))
        with told(FileProblem, "a line of more than 64 KB"):
            list(found.lines())


@pytest.mark.parametrize("sign", ["x", "李", "😀", '"', "\\", "\x01", "\u2028"])
def test_a_value_longer_than_a_line_comes_in_pieces(sign: str) -> None:
    lines = [["first"], ["x" * (LINE_BYTES - 4)], {"long": [sign * 200_000]}, ["last"]]
    found = opened(bundle(lines))
    assert list(found.lines()) == lines
    assert found.header.reader == READER, "an older program leaves it for a newer one"


def test_a_value_of_more_pieces_than_may_be_is_not_written() -> None:
    with told(FileProblem, "more than 64 MB of text cannot be sent"):
        bundle([["x" * 16_000 * PIECES]])


@pytest.mark.parametrize(
    "body",
    [
        *(b'{"pieces":1}\n"[1]"\n', b'{"pieces":1025}\n' + b'"[1]"\n' * 1025),
        *(b'{"pieces":"2"}\n"["\n"1]"\n', b'{"pieces":2}\n"["\n', b'{"pieces":2}\n"["\n["1"]\n'),
        *(b'{"pieces":2}\n"["\n"1"\n', b'{"pieces":2}\n"1"\n"1"\n', b'"a"\n"b"\n'),
        *(b'{"pieces":2}\n"[\\"\\\\u00"\n"00\\"]"\n', b'{"pieces":2}\n"["\n"]"\n'),
    ],
)
def test_pieces_that_make_no_value_arerefused(body: bytes) -> None:
    found = opened(bundle_of(packed(b'["fine"]\n' + body)))
    with told(FileProblem, "holds a line that says nothing"):
        list(found.lines())


def test_more_operations_than_a_bundle_holds_arerefused(monkeypatch: pytest.MonkeyPatch) -> None:
    three, four = ([[n + 1] for n in range(count)] for count in (3, 4))
    full = bundle(four)
    monkeypatch.setattr(bundle_lines, "LINES", 3)
    assert list(opened(bundle(three)).lines()) == three
    with told(FileProblem, "holds more than 512 MB or 3 lines"):
        list(opened(full).lines())
    with told(FileProblem, "more than one bundle can hold"):
        bundle(four)


def test_more_bytes_than_a_bundle_holds_arerefused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = [["x" * 999] for _ in range(1_100)]
    full = bundle(text)
    monkeypatch.setattr(bundle_lines, "BODY_BYTES", MEGABYTE)
    with told(FileProblem, "holds more than 1 MB"):
        list(opened(full).lines())
    with told(FileProblem, "more than one bundle can hold"):
        bundle(text)


def test_a_file_larger_than_a_bundle_can_be_isrefused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bundle()
    monkeypatch.setattr(bundles, "_FILE_BYTES", len(content) - 65)
    refused(content)


@linux
def test_ten_million_empty_operations_are_refused_early_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "empty.brmb"
    for line in (b"{}\n", b'["a"]\n', b"\n"):
        packer = zlib.compressobj(9)
        piece = line * 100_000
        body = b"".join(packer.compress(piece) for _ in range(100)) + packer.flush()
        path.write_bytes(bundle_of(body))
        said = said_with_little_memory(
            """
            from pathlib import Path
            from brm_desktop.exchange.bundles import open_bundle
            from brm_desktop.exchange.sealing import DeviceKeys
            asset = DeviceKeys.from_bytes(bytes.fromhex(arguments[1]))
            found = open_bundle(Path(arguments[0]), asset, lambda _, key: key.hex() == arguments[2])
            for line in found.lines():
                pass
            """,
            200,
            path,
            ASSET.to_bytes().hex(),
            REP.public.signing.hex(),
        )
        assert said in {
            "empty.brmb holds a line that says nothing.",
            "empty.brmb holds more than 512 MB or 2000000 lines, which no bundle does.",
        }


@linux
def test_a_bomb_is_refused_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.brmb"
    packer = zlib.compressobj(9)
    zeros = bytes(MEGABYTE)
    line = b'"' + b"x" * 60_000 + b'"\n'
    for piece in (zeros, line * 17):
        packer = zlib.compressobj(9)
        body = b"".join(map(packer.compress, repeat(piece, 600))) + packer.flush()
        path.write_bytes(bundle_of(body))
        said = said_with_little_memory(
            """
            from pathlib import Path
            from brm_desktop.exchange.bundles import open_bundle
            from brm_desktop.exchange.sealing import DeviceKeys
            asset = DeviceKeys.from_bytes(bytes.fromhex(arguments[1]))
            found = open_bundle(Path(arguments[0]), asset, lambda _, key: key.hex() == arguments[2])
            for line in found.lines():
                pass
            """,
            200,
            path,
            ASSET.to_bytes().hex(),
            REP.public.signing.hex(),
        )
        assert said.startswith("bomb.brmb holds ")


WHOLE = bundle()


@given(
    st.binary(max_size=400) | st.binary(max_size=400).map(lambda rest: MAGIC + rest),
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4)), max_size=4
    ),
)
@example(MAGIC + struct.pack(">I", 2) + b"{}", [])
@example(MAGIC + struct.pack(">I", 1 << 31), [])
@example(MAGIC + struct.pack(">I", 50_000) + b"[" * 50_000 + bytes(80), [])
@example(b"", [])
def test_any_bytes_are_one_sentence(content: bytes, patches: list[tuple[int, bytes]]) -> None:
    patched = bytearray(WHOLE)
    for place, value in patches:
        patched[place : place + len(value)] = value
    for candidate in (content, bytes(patched)):
        with suppress(FileProblem):
            header_of(candidate)
        if candidate != WHOLE:
            refused(candidate)


@given(st.binary(max_size=300) | st.binary(max_size=300).map(packed), st.integers(0, 3))
def test_any_body_of_one_who_is_known_is_read_or_one_sentence(body: bytes, cut: int) -> None:
    found = opened(bundle_of(body[: len(body) - cut]))
    with suppress(FileProblem):
        assert all(found.lines())
