"""Archives of others: what is inside is known to be harmless before any library opens it.

A workbook is a zip file, and a zip file can name a million members, unpack to a million times its
size, hold two members of one name, or lie about all of that. The whole archive is read into memory
once, within its limit, and what is checked is exactly what is handed on.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.exchange.bounds import (
    MEGABYTE,
    RATIO,
    RATIO_FROM,
    bounded,
    inflated,
    problem,
    too_large,
)

ARCHIVE_BYTES: Final = 64 * MEGABYTE
"""Bytes of an archive, which is held in memory."""
UNPACKED_BYTES: Final = 512 * MEGABYTE
"""Bytes of all its members, unpacked one after another and never held together: sheets are XML,
some four times as long as the same table in text."""
MEMBERS: Final = 10_000
"""Members of an archive. A workbook has some ten, and three for each picture."""

_CHUNK: Final = 1 << 18
_MEMBER_MARK: Final = b"PK\x01\x02"
_ARCHIVES: Final = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf", b"Rar!")
_LOCAL: Final = struct.Struct("<4s22xHH")
_PACKED_WAYS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that was gone over: its bytes, for a library, and its members, for us."""

    file: str
    content: bytes
    members: Mapping[str, zipfile.ZipInfo]

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member, unpacked, in pieces; never more than its directory says.

        Raises
        ------
        FileProblem
            When there is none of that name, it is an archive itself, or it is damaged.
        """
        member = self.members.get(name)
        if member is None:
            raise problem(self.file, phrase("{file} holds no {member}.", member=name))
        first = True
        for chunk in bounded(_unpacked(self.content, member, self.file), self.file, UNPACKED_BYTES):
            if first and chunk.startswith(_ARCHIVES):
                raise problem(
                    self.file,
                    phrase("{file} holds an archive in an archive, {member}.", member=name),
                )
            first = False
            yield chunk


def open_archive(path: Path, content: bytes) -> Archive:
    """The archive that some bytes are, every member gone over; ``path`` is for the sentence.

    Raises
    ------
    FileProblem
        When it is no archive, is damaged or encrypted, has more or larger members than it may, two
        of one name, or one whose name leads out of the archive.
    """
    file = path.name
    if len(content) > ARCHIVE_BYTES:
        raise too_large(file, ARCHIVE_BYTES)
    if content.count(_MEMBER_MARK) > MEMBERS:
        raise problem(file, phrase("{file} holds more than {limit} files.", limit=MEMBERS))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
        raise _damaged(file) from None
    found = {}
    for member in members:
        _check_name(member, file)
        if member.filename.casefold() in found:
            raise problem(file, phrase("{file} holds {member} twice.", member=member.filename))
        found[member.filename.casefold()] = member
    _check_sizes(members, len(content), file)
    archive_ = Archive(file, content, MappingProxyType({one.filename: one for one in members}))
    for member in members:
        for _chunk in _unpacked(content, member, file):
            pass
    return archive_


def _check_name(member: zipfile.ZipInfo, file: str) -> None:
    """Refuse a name that would lead out of a folder, and a member nobody can read."""
    name = member.orig_filename
    parts = PurePosixPath(name).parts
    if not name or name.startswith("/") or ".." in parts or any(c in name for c in "\\:\0"):
        raise problem(
            file, phrase("{file} holds a file whose name leads out of it, {member}.", member=name)
        )
    if member.flag_bits & _ENCRYPTED:
        raise problem(file, phrase("{file} is protected by a password: save it without one."))
    if member.compress_type not in _PACKED_WAYS:
        raise _damaged(file)


def _check_sizes(members: list[zipfile.ZipInfo], size: int, file: str) -> None:
    """Refuse a bomb by what its directory says; that it says the truth is checked after."""
    allowed = min(UNPACKED_BYTES, max(RATIO_FROM, size * RATIO))
    if sum(member.file_size for member in members) > allowed:
        raise too_large(file, allowed)


def _unpacked(content: bytes, member: zipfile.ZipInfo, file: str) -> Iterator[bytes]:
    """A member's bytes; as many as its directory says, to the end of what is packed, or damaged.

    The standard library stops at the size that the directory names, and another library may not.
    """
    packed = memoryview(content)[_start(content, member, file) :][: member.compress_size]
    if len(packed) != member.compress_size:
        raise _damaged(file)
    size = check = 0
    stored = member.compress_type == zipfile.ZIP_STORED
    for chunk in _slices(packed) if stored else _inflated(packed, file):
        size += len(chunk)
        check = zlib.crc32(chunk, check)
        if size > member.file_size:
            raise _damaged(file)
        yield chunk
    if size != member.file_size or check != member.CRC:
        raise _damaged(file)


def _start(content: bytes, member: zipfile.ZipInfo, file: str) -> int:
    """Where a member's bytes begin: behind its own header, which must be of the same name."""
    try:
        read: tuple[bytes, int, int] = _LOCAL.unpack_from(content, member.header_offset)
    except struct.error:
        raise _damaged(file) from None
    mark, name, extra = read
    begin = member.header_offset + _LOCAL.size
    encoding = "utf-8" if member.flag_bits & 0x800 else "cp437"
    named = content[begin : begin + name].decode(encoding, errors="replace")
    if mark != b"PK\x03\x04" or named != member.orig_filename:
        raise _damaged(file)
    return begin + name + extra


def _slices(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), _CHUNK):
        yield bytes(packed[start : start + _CHUNK])


def _inflated(packed: memoryview, file: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for chunk in _slices(packed):
            yield from inflated(unpacker, chunk)
            if unpacker.eof:
                break
    except zlib.error:
        raise _damaged(file) from None
    if not unpacker.eof or unpacker.unused_data:
        raise _damaged(file)


def _damaged(file: str) -> FileProblem:
    return problem(file, _DAMAGED)


_DAMAGED: Final[Phrase] = phrase("{file} is damaged, or no archive that can be read here.")
