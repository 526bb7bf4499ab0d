"""Bundles for tests: two devices, an asset, and what travels between them."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest

from brm_desktop.domain.bundles import BundleHeader, BundleKind
from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange import sealing
from brm_desktop.exchange.bundles import MAGIC, Opened, bundle_bytes, open_bundle
from brm_desktop.exchange.sealing import DeviceKeys

ASSET_ID = "0192f0c8-7a3e-7000-8000-000000000001"
SITE = "00000000000000aa"


def keys_of(number: int) -> DeviceKeys:
    """The same keys every time."""
    return DeviceKeys(sha256(b"s%d" % number).digest(), sha256(b"x%d" % number).digest())


REP, ASSET, STRANGER = keys_of(1), keys_of(2), keys_of(3)


def header(first: int = 1, last: int = 3, **other: Any) -> BundleHeader:
    """A header of operations of the rep's."""
    values: dict[str, Any] = {
        "kind": BundleKind.OPERATIONS,
        "asset": ASSET_ID,
        "site": SITE,
        "first": first,
        "last": last,
        "previous": "",
        "schema": 4,
    }
    return BundleHeader(**values | other)


def bundle(
    lines: Iterable[Any] = ({"kind": "person"}, [1, None, "李雷"]),
    of: BundleHeader | None = None,
    recipients: Sequence[DeviceKeys] = (ASSET,),
    keys: DeviceKeys = REP,
) -> bytes:
    """A bundle as bytes."""
    return bundle_bytes(of or header(), lines, [one.public for one in recipients], keys)[0]


def opened(content: bytes, keys: DeviceKeys = ASSET, signer: DeviceKeys = REP) -> Opened:
    """A bundle opened by the asset, to which it must come from the rep."""
    return open_bundle(content, keys, lambda _header, key: key == signer.public.signing)


@dataclass(frozen=True)
class Parts:
    """A bundle taken apart, to be put together otherwise."""

    header: dict[str, Any]
    chunks: list[tuple[bytes, bool]]
    signature: bytes

    @staticmethod
    def of(content: bytes) -> Parts:
        """Take a bundle apart."""
        place = len(MAGIC)
        (length,) = struct.unpack_from(">I", content, place)
        place += 4
        header = json.loads(content[place : place + length])
        place += length
        chunks, last = [], False
        while not last:
            (length,) = struct.unpack_from(">I", content, place)
            last, length = length >= 1 << 31, length & ((1 << 31) - 1)
            chunks.append((content[place + 4 : place + 4 + length], last))
            place += 4 + length
        return Parts(header, chunks, content[place:])

    def content(self, signed_by: DeviceKeys | None = None) -> bytes:
        """Put it together, signed anew if that is wanted."""
        raw = json.dumps(self.header, ensure_ascii=False, separators=(",", ":")).encode()
        body = MAGIC + struct.pack(">I", len(raw)) + raw
        for chunk, last in self.chunks:
            body += struct.pack(">I", len(chunk) | (last << 31)) + chunk
        if signed_by is None:
            return body + self.signature
        return body + signed_by.sign(sha256(body).digest())


def bundle_of(body: bytes, keys: DeviceKeys = REP) -> bytes:
    """A bundle whose body is any bytes, signed by one who is known."""
    content = bundle(keys=keys)
    (length,) = struct.unpack_from(">I", content, len(MAGIC))
    raw = content[len(MAGIC) + 4 : len(MAGIC) + 4 + length]
    key = opened(content, signer=keys)._key
    chunks = list(sealing.sealed(key, raw, [body]))
    return Parts(json.loads(raw), chunks, b"").content(keys)


def packed(body: bytes) -> bytes:
    """A body as it is packed."""
    return zlib.compress(body)


def of_the_rep(_header: BundleHeader, signer: bytes) -> bool:
    """Whether the rep signed."""
    return signer == REP.public.signing


def refused(content: bytes, keys: DeviceKeys = ASSET) -> None:
    """A bundle is refused, in one sentence, when it is opened: not while it is read."""
    with pytest.raises(FileProblem):
        open_bundle(content, keys, of_the_rep)
