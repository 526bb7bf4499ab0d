"""Bundles ``*.brmb``: what travels between a store and the asset, sealed and signed (sync §3).

::

    BRMB 0001                        what it is
    length, header                   JSON: the bundle's header, who signed it, whom it is sealed to
    length, chunk ...                the body (``bundle_lines``), encrypted; the last is marked
    signature                        Ed25519 over the SHA-256 of everything before it

The signature is checked before anything is decrypted, and the body is read in pieces, within
bounds, so that a bundle of others can take neither memory nor time. This module loads
``cryptography``; import it late.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

from brm_desktop.domain.bundles import KEY_BYTES, BundleHeader, PublicKeys, Signers
from brm_desktop.domain.errors import FileUnreadable
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.reasons import reason_of
from brm_desktop.exchange.bounds import MEGABYTE, inflated, problem, require_file
from brm_desktop.exchange.bundle_lines import BODY_BYTES, encoded, packed, values_in
from brm_desktop.exchange.sealing import (
    CHUNK_BYTES,
    SIGNATURE_BYTES,
    TAG_BYTES,
    Broken,
    DeviceKeys,
    Lock,
    check_signature,
    locked,
    sealed,
    unlocked,
    unsealed,
)
from brm_desktop.exchange.whole_file import writing_whole

ENDING: Final = ".brmb"
MAGIC: Final = b"BRMB0001"
HEADER_BYTES: Final = 64 * 1024
RECIPIENTS: Final = 64

Source = bytes | Path
"""A bundle as a server's row has it, or a file."""

_LENGTH: Final = struct.Struct(">I")
_LAST: Final = 1 << 31
_PIECE: Final = 1 << 18
_FILE_BYTES: Final = BODY_BYTES + 16 * MEGABYTE


class _Cut(Exception):
    """The file ends, or goes on, where no bundle does."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A bundle that is whole, signed by whom it should be, and sealed to whoever opened it."""

    header: BundleHeader
    digest: str
    signer: bytes
    name: str
    """What sentences call it."""
    _source: Source = field(repr=False)
    _raw_header: bytes = field(repr=False)
    _key: bytes = field(repr=False)

    def lines(self) -> Iterator[Any]:
        """The values of JSON in the body, one by one, as often as they are asked for.

        Raises
        ------
        FileProblem
            Where the body breaks a bound, holds no JSON, or is not what was signed.
        """
        with _told(self.name), _stream(self._source) as file:
            file.seek(len(MAGIC) + _LENGTH.size + len(self._raw_header))
            body = unsealed(self._key, self._raw_header, _chunks(file))
            yield from values_in(_unpacked(body), self.name)


def write_bundle(
    path: Path,
    header: BundleHeader,
    lines: Iterable[Any],
    recipients: Sequence[PublicKeys],
    keys: DeviceKeys,
) -> str:
    """Write a bundle as a file that appears whole or not at all; gives its digest.

    Raises
    ------
    FileProblem
        When it cannot be written, or what is to be sent is more than a bundle may hold.
    """
    with writing_whole(path) as file:
        return _write(file, header, map(encoded, lines), recipients, keys)


def bundle_bytes(
    header: BundleHeader, lines: Iterable[Any], recipients: Sequence[PublicKeys], keys: DeviceKeys
) -> tuple[bytes, str]:
    """A bundle as bytes, for a server, and its digest; raises ``FileProblem``."""
    buffer = BytesIO()
    digest = _write(buffer, header, map(encoded, lines), recipients, keys)
    return buffer.getvalue(), digest


def open_bundle(
    source: Source, keys: DeviceKeys, signers: Signers, name: str | None = None
) -> Opened:
    """See that a bundle is whole, signed by whom it should be, and sealed to these keys.

    Nothing of the body is read but to see that it is as it was signed. ``name`` is what sentences
    call a bundle that is no file.

    Raises
    ------
    FileProblem
        When it is not; the sentence says which.
    """
    told = name or (source.name if isinstance(source, Path) else "The bundle")
    with _told(told), _stream(source) as file:
        raw, header, signer, lock = _read_header(file, told)
        digest, signature = _digest(file)
        check_signature(signer, signature, digest)
    if not signers(header, signer):
        raise problem(told, phrase("{file} is signed by a device that is not known here."))
    with _told(told):
        key = unlocked(lock, keys)
    if key is None:
        raise problem(told, phrase("{file} is sealed to somebody else, so it cannot be read here."))
    return Opened(header, digest.hex(), signer, told, source, raw, key)


def header_of(source: Source, name: str | None = None) -> BundleHeader:
    """What a bundle says of itself, before anything is known to be true; raises ``FileProblem``."""
    told = name or (source.name if isinstance(source, Path) else "The bundle")
    with _told(told), _stream(source) as file:
        return _read_header(file, told)[1]


def _write(
    file: BinaryIO,
    header: BundleHeader,
    texts: Iterable[str],
    recipients: Sequence[PublicKeys],
    keys: DeviceKeys,
) -> str:
    key = os.urandom(KEY_BYTES)
    lock = locked(key, [recipient.sealing for recipient in recipients])
    raw = encoded(
        header.to_plain()
        | {
            "signer": keys.public.signing.hex(),
            "ephemeral": lock.ephemeral.hex(),
            "recipients": [[whose.hex(), locked.hex()] for whose, locked in lock.locked],
        }
    ).encode()
    whole = sha256()

    def put(content: bytes) -> None:
        whole.update(content)
        file.write(content)

    put(MAGIC + _LENGTH.pack(len(raw)) + raw)
    for chunk, last in sealed(key, raw, packed(texts)):
        put(_LENGTH.pack(len(chunk) | (_LAST if last else 0)))
        put(chunk)
    file.write(keys.sign(whole.digest()))
    return whole.hexdigest()


def _read_header(file: IO[bytes], name: str) -> tuple[bytes, BundleHeader, bytes, Lock]:
    start = file.read(len(MAGIC))
    if start != MAGIC:
        newer = start[:4] == MAGIC[:4] and start[4:].isdigit() and len(start) == len(MAGIC)
        raise problem(name, _NEWER if newer else phrase("{file} is not a BRM bundle."))
    (length,) = _LENGTH.unpack(_exactly(file, _LENGTH.size))
    if length > HEADER_BYTES:
        raise _Cut
    raw = _exactly(file, length)
    plain = json.loads(raw)
    header = BundleHeader.from_plain(plain)
    return raw, header, _key_of(plain["signer"]), _lock_of(plain)


def _lock_of(plain: dict[str, Any]) -> Lock:
    listed = plain["recipients"]
    if not isinstance(listed, list) or len(listed) > RECIPIENTS:
        raise ValueError("recipients are a short list")
    return Lock(
        _key_of(plain["ephemeral"]),
        tuple((_key_of(whose), _hex(locked, KEY_BYTES + TAG_BYTES)) for whose, locked in listed),
    )


def _key_of(text: object) -> bytes:
    return _hex(text, KEY_BYTES)


def _hex(text: object, size: int) -> bytes:
    if not isinstance(text, str) or len(text) != 2 * size:
        raise ValueError("a key has another length")
    return bytes.fromhex(text)


def _digest(file: IO[bytes]) -> tuple[bytes, bytes]:
    """The digest of all but the signature, and the signature; reads the file once."""
    size = file.seek(0, os.SEEK_END) - SIGNATURE_BYTES
    if size <= 0 or size > _FILE_BYTES:
        raise _Cut
    file.seek(0)
    whole = sha256()
    while size:
        piece = _exactly(file, min(size, _PIECE))
        whole.update(piece)
        size -= len(piece)
    return whole.digest(), _exactly(file, SIGNATURE_BYTES)


def _chunks(file: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The chunks of a body from where the file stands; only the signature follows the last."""
    last = False
    while not last:
        (length,) = _LENGTH.unpack(_exactly(file, _LENGTH.size))
        last, length = length >= _LAST, length & (_LAST - 1)
        if length > CHUNK_BYTES + TAG_BYTES:
            raise _Cut
        yield _exactly(file, length), last
    _exactly(file, SIGNATURE_BYTES)
    if file.read(1):
        raise _Cut


def _exactly(file: IO[bytes], size: int) -> bytes:
    content = file.read(size)
    if len(content) != size:
        raise _Cut
    return content


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for piece in pieces:
        if unpacker.eof and piece:
            raise _Cut
        yield from inflated(unpacker, piece)
    if not unpacker.eof or unpacker.unused_data:
        raise _Cut


_NEWER: Final = phrase("{file} was written by a newer version of BRM Desktop; update this one.")
_CHANGED: Final = phrase("{file} is damaged or was changed, so nothing of it is taken.")


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Say of whatever is no bundle as it was written that it is not, in one sentence."""
    try:
        yield
    except (Broken, _Cut, zlib.error, ValueError, KeyError, TypeError, RecursionError):
        raise problem(name, _CHANGED) from None
    except FileNotFoundError:
        raise FileUnreadable(phrase("There is no file {file}.", file=name)) from None
    except OSError as error:
        raise FileUnreadable(
            phrase("{file} cannot be read: {reason}.", file=name, reason=reason_of(error))
        ) from None


@contextmanager
def _stream(source: Source) -> Iterator[IO[bytes]]:
    """A bundle's bytes, to be read from any place."""
    if isinstance(source, bytes):
        yield BytesIO(source)
        return
    require_file(source)
    with source.open("rb") as file:
        yield file
