"""Bundles: what is put in comes out for whom it is meant, and files that are none are refused."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from bundling import (
    ASSET,
    REP,
    SITE,
    STRANGER,
    Parts,
    bundle,
    header,
    keys_of,
    of_the_rep,
    opened,
    refused,
)
from disks import SmallDisk
from told import told

from brm_desktop.domain.bundles import READER, BundleHeader, BundleKind, PublicKeys
from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange.bundle_lines import PIECES
from brm_desktop.exchange.bundles import (
    bundle_bytes,
    header_of,
    open_bundle,
    write_bundle,
)
from brm_desktop.exchange.sealing import DeviceKeys

BIG = [{"row": f"{n}", "text": random.Random(n).randbytes(700).hex()} for n in range(1_300)]
WHOLE = bundle()


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

    found = open_bundle(path, ASSET, of_the_rep)
    assert found.digest == digest
    assert list(found.lines()) == [["x"]]
    assert header_of(path) == header()
    assert [one.name for one in tmp_path.iterdir()] == ["1-3.brmb"]
    assert opened(path.read_bytes()).digest == digest


def test_nothing_of_what_is_said_can_be_read_without_the_key() -> None:
    content = bundle([["CANARY-7f3a"] * 50])

    assert b"CANARY" not in content
    refused(content, STRANGER)
    with told(FileProblem, "The bundle is sealed to somebody else"):
        opened(content, STRANGER)


def test_a_bundle_of_somebody_nobody_knows_isrefused() -> None:
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
