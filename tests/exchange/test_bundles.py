"""Bundles: what is put in comes out, whatever was changed is refused, nothing takes all memory."""

from __future__ import annotations

import random
import struct
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import repeat
from pathlib import Path

import pytest
from bundling import (
    ASSET,
    REP,
    SITE,
    STRANGER,
    Parts,
    bundle,
    bundle_of,
    header,
    keys_of,
    opened,
    packed,
)
from disks import SmallDisk
from hostile import MEGABYTE, said_with_little_memory
from hypothesis import example, given
from hypothesis import strategies as st
from told import told

from brm_desktop.domain.bundles import READER, BundleHeader, BundleKind, PublicKeys
from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange import bundle_lines, bundles
from brm_desktop.exchange.bundle_lines import LINE_BYTES, PIECES
from brm_desktop.exchange.bundles import (
    MAGIC,
    bundle_bytes,
    header_of,
    open_bundle,
    write_bundle,
)
from brm_desktop.exchange.sealing import CHUNK_BYTES, DeviceKeys

linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited otherwise there")


def _of_the_rep(_header: BundleHeader, signer: bytes) -> bool:
    return signer == REP.public.signing


def _refused(content: bytes, keys: DeviceKeys = ASSET) -> None:
    """A bundle is refused, in one sentence, when it is opened: not while it is read."""
    with pytest.raises(FileProblem):
        open_bundle(content, keys, _of_the_rep)


@pytest.mark.parametrize("count", [0, 1, 3, 5_000])
def test_what_was_put_in_comes_out_for_each_recipient_in_its_order(count: int) -> None:
    lines = [{"row": f"{n:032x}" * 9, "values": {"name": "李雷\n", "n": n}} for n in range(count)]
    other = keys_of(9)
    content = bundle(lines, recipients=(ASSET, other))

    for keys in (ASSET, other):
        found = opened(content, keys)
        assert found.header == header()
        assert found.signer == REP.public.signing
        assert list(found.lines()) == lines
        assert list(found.lines()) == lines, "as often as it is asked for"


def test_a_file_is_as_the_bytes_are_and_its_digest_names_it(tmp_path: Path) -> None:
    path = tmp_path / "1-3.brmb"
    digest = write_bundle(path, header(), [["x"]], [ASSET.public], REP)

    found = open_bundle(path, ASSET, _of_the_rep)
    assert found.digest == digest
    assert list(found.lines()) == [["x"]]
    assert header_of(path) == header()
    assert [one.name for one in tmp_path.iterdir()] == ["1-3.brmb"]
    assert opened(path.read_bytes()).digest == digest


def test_nothing_of_what_is_said_can_be_read_without_the_key() -> None:
    content = bundle([["CANARY-7f3a"] * 50])

    assert b"CANARY" not in content
    _refused(content, STRANGER)
    with told(FileProblem, "The bundle is sealed to somebody else"):
        opened(content, STRANGER)


def test_a_bundle_of_somebody_nobody_knows_is_refused() -> None:
    with told(FileProblem, "signed by a device that is not known here"):
        opened(bundle(keys=STRANGER))
    with told(FileProblem, "signed by a device that is not known here"):
        open_bundle(bundle(), ASSET, lambda _header, _key: False)


def test_who_may_sign_is_asked_for_by_the_header() -> None:
    asked: list[tuple[BundleHeader, bytes]] = []

    def signers(found: BundleHeader, signer: bytes) -> bool:
        asked.append((found, signer))
        return True

    open_bundle(bundle(), ASSET, signers)
    assert asked == [(header(), REP.public.signing)]


def test_a_header_of_before_there_were_epochs_is_of_the_first_one() -> None:
    now = header(reader=1, seen=4, taken=2, epoch=7)
    assert BundleHeader.from_plain(now.to_plain()) == now
    older = {
        name: value for name, value in now.to_plain().items() if name not in {"taken", "epoch"}
    }
    assert BundleHeader.from_plain(older) == replace(now, taken=0, epoch=0)
    with pytest.raises(ValueError, match="epoch is no number"):
        BundleHeader.from_plain(now.to_plain() | {"epoch": "7"})


def test_keys_show_themselves_nowhere() -> None:
    assert REP.signing.hex() not in repr(REP)
    assert "signing=" not in repr(REP)
    found = opened(bundle())
    assert "_key" not in repr(found)
    assert DeviceKeys.from_bytes(REP.to_bytes()) == REP
    assert PublicKeys.from_hex(REP.public.hex()) == REP.public
    with pytest.raises(ValueError, match="64 bytes"):
        DeviceKeys.from_bytes(b"short")
    assert DeviceKeys.new() != DeviceKeys.new()


BIG = [{"row": f"{n}", "text": random.Random(n).randbytes(700).hex()} for n in range(1_300)]


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 1, 2, 8])):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _grown(content: bytes, chance: random.Random) -> bytes:
    place = chance.choice([len(content), chance.randrange(len(content))])
    return content[:place] + chance.randbytes(chance.randint(1, 40)) + content[place:]


def _lost(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + content[place + chance.randint(1, 40) :]


def _swapped(content: bytes, chance: random.Random) -> bytes:
    size = chance.randint(1, 60)
    one, other = sorted(chance.sample(range(0, len(content) - size, size), 2))
    changed = bytearray(content)
    changed[one : one + size] = content[other : other + size]
    changed[other : other + size] = content[one : one + size]
    return bytes(changed)


def _other_chunks(content: bytes, chance: random.Random) -> bytes:
    parts = Parts.of(content)
    chunks = list(parts.chunks)
    place = chance.randrange(len(chunks))
    way = chance.randrange(4)
    if way == 0:
        chunks.insert(place, chunks[place])
    elif way == 1:
        del chunks[place]
    elif way == 2:
        chunks.reverse()
    else:
        chunks[place] = (chunks[place][0], not chunks[place][1])
    if chunks and not any(last for _, last in chunks):
        chunks[-1] = (chunks[-1][0], True)
    return replace(parts, chunks=chunks).content(chance.choice([None, STRANGER, None]))


def _other_header(content: bytes, chance: random.Random) -> bytes:
    parts = Parts.of(content)
    edited = dict(parts.header)
    name = chance.choice(sorted(edited))
    edited[name] = chance.choice([None, 0, 2, "", "reply", "0" * 16, "f" * 64, [], {}])
    return replace(parts, header=edited).content(chance.choice([None, STRANGER]))


def _other_recipients(content: bytes, chance: random.Random) -> bytes:
    parts = Parts.of(content)
    (whose, locked) = parts.header["recipients"][0]
    theirs = Parts.of(bundle(recipients=(STRANGER, ASSET))).header
    swapped = chance.choice(
        [
            {"recipients": [[STRANGER.public.sealing.hex(), locked]]},
            {"recipients": [[whose, locked]] * 2},
            {"recipients": theirs["recipients"]},
            {"recipients": theirs["recipients"], "ephemeral": theirs["ephemeral"]},
            {"recipients": []},
            {"ephemeral": theirs["ephemeral"]},
        ]
    )
    return replace(parts, header=parts.header | swapped).content(chance.choice([None, STRANGER]))


def _signed_anew(content: bytes, chance: random.Random) -> bytes:
    parts = Parts.of(content)
    named = chance.choice([parts.header["signer"], STRANGER.public.signing.hex()])
    return replace(parts, header=parts.header | {"signer": named}).content(STRANGER)


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [
    *(_flip, _cut, _grown, _lost, _swapped),
    *(_other_chunks, _other_header, _other_recipients, _signed_anew),
]


def test_none_of_5000_mutations_is_accepted() -> None:
    chance = random.Random(11)
    whole = [bundle(), bundle(BIG), bundle(recipients=(ASSET, keys_of(9)))]
    assert len(Parts.of(whole[1]).chunks) > 2
    tried = 0
    while tried < 5_000:
        content = whole[0] if tried % 25 else whole[1 + tried // 25 % 2]
        changed = chance.choice(MUTATIONS)(content, chance)
        if changed != content:
            tried += 1
            _refused(changed)


def test_one_who_is_known_cannot_change_a_bundle_of_another_and_sign_it_anew() -> None:
    parts = Parts.of(bundle(BIG))
    mine = STRANGER.public.signing
    edited = parts.header | {"signer": mine.hex(), "site": "00000000000000bb"}
    for chunks in (parts.chunks, parts.chunks[:-1], parts.chunks[::-1]):
        changed = replace(parts, header=edited, chunks=[*chunks[:-1], (chunks[-1][0], True)])
        found = open_bundle(changed.content(STRANGER), ASSET, lambda _header, key: key == mine)
        with told(FileProblem, "damaged or was changed"):
            list(found.lines())


def test_chunks_in_another_order_are_refused_though_they_are_signed() -> None:
    parts = Parts.of(bundle(BIG))
    one, two, *others = parts.chunks
    for chunks in ([two, one, *others], [one, one, two, *others], [one, *others], [(one[0], True)]):
        content = replace(parts, chunks=chunks).content(REP)
        with told(FileProblem, "The bundle is damaged or was changed"):
            list(opened(content).lines())


def test_the_body_ends_where_it_says() -> None:
    body = packed(b'["x"]\n')
    for spoilt in (body + b"more", body[:-1], b"", b"no zlib at all", packed(b'["x"]')):
        with told(FileProblem, "The bundle is damaged or was changed"):
            list(opened(bundle_of(spoilt)).lines())
    parts = Parts.of(bundle_of(body))
    ended = replace(parts, chunks=[*parts.chunks, (b"after the last", True)])
    with told(FileProblem, "damaged or was changed"):
        list(opened(ended.content(REP)).lines())
    longer = replace(parts, chunks=[(bytes(CHUNK_BYTES + 17), True)])
    with told(FileProblem, "damaged or was changed"):
        list(opened(longer.content(REP)).lines())


def test_more_than_the_end_of_the_packed_body_in_chunks_of_its_own_is_refused() -> None:
    body = packed(b'["x"]\n')
    with told(FileProblem, "damaged or was changed"):
        list(opened(bundle_of(body + bytes(CHUNK_BYTES))).lines())


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"{}", b"[]", b"0", b"null", b'""', b"[", b"[1.5]", b"[1e3]", b"[NaN]"),
        *(b'["\\ud800"]', b'{"\\u0000":1}', b'[{"a":["\\u0000"]}]', b"[-Infinity]", b"\xff"),
        *(b"[" * 60_000, b"[" + b"9" * 5_000 + b"]", b"[1] [2]"),
    ],
)
def test_a_line_that_says_nothing_is_refused(line: bytes) -> None:
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
def test_pieces_that_make_no_value_are_refused(body: bytes) -> None:
    found = opened(bundle_of(packed(b'["fine"]\n' + body)))
    with told(FileProblem, "holds a line that says nothing"):
        list(found.lines())


def test_more_operations_than_a_bundle_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    three, four = ([[n + 1] for n in range(count)] for count in (3, 4))
    full = bundle(four)
    monkeypatch.setattr(bundle_lines, "LINES", 3)
    assert list(opened(bundle(three)).lines()) == three
    with told(FileProblem, "holds more than 512 MB or 3 lines"):
        list(opened(full).lines())
    with told(FileProblem, "more than one bundle can hold"):
        bundle(four)


def test_more_bytes_than_a_bundle_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = [["x" * 999] for _ in range(1_100)]
    full = bundle(text)
    monkeypatch.setattr(bundle_lines, "BODY_BYTES", MEGABYTE)
    with told(FileProblem, "holds more than 1 MB"):
        list(opened(full).lines())
    with told(FileProblem, "more than one bundle can hold"):
        bundle(text)


def test_a_file_larger_than_a_bundle_can_be_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bundle()
    monkeypatch.setattr(bundles, "_FILE_BYTES", len(content) - 65)
    _refused(content)


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
            _refused(candidate)


@given(st.binary(max_size=300) | st.binary(max_size=300).map(packed), st.integers(0, 3))
def test_any_body_of_one_who_is_known_is_read_or_one_sentence(body: bytes, cut: int) -> None:
    found = opened(bundle_of(body[: len(body) - cut]))
    with suppress(FileProblem):
        assert all(found.lines())


@pytest.mark.parametrize(
    "edit",
    [
        {"kind": "gossip"},
        {"kind": None},
        {"asset": "an asset"},
        {"site": "../../x"},
        {"first": -1},
        {"first": True},
        {"first": 5},
        {"last": 1 << 60},
        {"previous": "ab"},
        {"schema": "4"},
        {"reader": None},
        {"seen": "all"},
        {"signer": "ab"},
        {"ephemeral": None},
        {"recipients": [["a"]]},
        {"recipients": {}},
        {"recipients": [["00" * 32, "00" * 48]] * 65},
    ],
)
def test_a_header_of_another_form_is_refused_though_it_is_signed(edit: dict[str, object]) -> None:
    parts = Parts.of(bundle())
    content = replace(parts, header=parts.header | edit).content(REP)

    with told(FileProblem, "damaged or was changed"):
        opened(content)
    with pytest.raises(TypeError):
        BundleHeader.from_plain([])


def test_a_key_that_was_locked_otherwise_opens_nothing() -> None:
    parts = Parts.of(bundle())
    (whose, _) = parts.header["recipients"][0]
    for edit in ({"recipients": [[whose, "00" * 48]]}, {"ephemeral": "00" * 32}):
        content = replace(parts, header=parts.header | edit).content(REP)
        with told(FileProblem, "damaged or was changed"):
            opened(content)


def test_newer_and_foreign_files_are_told_apart() -> None:
    with told(FileProblem, "The bundle was written by a newer version"):
        opened(b"BRMB0002" + WHOLE[8:])
    for foreign in (b"", b"PK\3\4", b"SQLite format 3\0", b"BRMB", b"BRMBabcd" + WHOLE[8:]):
        with told(FileProblem, "The bundle is not a BRM bundle"):
            header_of(foreign)


def test_a_bundle_that_needs_a_newer_reader_says_so_in_its_header() -> None:
    assert opened(bundle(of=header(reader=READER + 1))).header.reader == READER + 1


def test_files_that_are_none_are_one_sentence(tmp_path: Path) -> None:
    def read(path: Path) -> None:
        open_bundle(path, ASSET, lambda _header, _key: False)

    with told(FileProblem, r"There is no file gone\.brmb"):
        read(tmp_path / "gone.brmb")
    with told(FileProblem, "is a folder, not a file"):
        read(tmp_path)
    with told(FileProblem, "cannot be read: File name too long"):
        read(tmp_path / ("x" * 300))


def test_a_bundle_that_could_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "there.brmb").write_bytes(b"what was there")

    with pytest.raises(FileProblem):
        write_bundle(
            tmp_path / "there.brmb", header(), [["x" * 16_000 * PIECES]], [ASSET.public], REP
        )
    assert [one.name for one in tmp_path.iterdir()] == ["there.brmb"]
    assert (tmp_path / "there.brmb").read_bytes() == b"what was there"
    with told(FileProblem, "does not exist; make that folder first"):
        write_bundle(tmp_path / "no" / "x.brmb", header(), [], [ASSET.public], REP)


def test_a_full_stick_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    disk = SmallDisk(tmp_path / "stick")
    try:
        disk.fill(leave=8_192)
        with told(FileProblem, "could not be written: No space left on device"):
            write_bundle(disk.folder / "1.brmb", header(), BIG, [ASSET.public], REP)
        assert [one.name for one in disk.folder.iterdir()] == ["films"]
        with disk.read_only(), told(FileProblem, "could not be written: Read-only file system"):
            write_bundle(disk.folder / "1.brmb", header(), BIG, [ASSET.public], REP)
    finally:
        disk.go()


def test_kinds_of_bundles_are_three() -> None:
    assert [kind.value for kind in BundleKind] == ["operations", "reply", "registration"]
    assert len(SITE) == 16
    assert bundle_bytes(header(), [], [], REP)[0] != bundle_bytes(header(), [], [], REP)[0]
