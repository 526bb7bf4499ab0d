"""Invitations ``*.brmi`` to an asset, and the registration that answers one.

An invitation is a text file that the asset signs: whom it is for, where the asset is, its keys, and
a code that is good once. A registration is a bundle sealed to the asset and signed by the new
device; the code in it, which only the invited have, is what makes it believed. This module loads
``cryptography``; import it late.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from brm_desktop.domain.bundles import BundleHeader, BundleKind, PublicKeys
from brm_desktop.domain.errors import FileProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.exchange.bounded_json import json_of
from brm_desktop.exchange.bounds import bytes_of, problem
from brm_desktop.exchange.bundles import Opened
from brm_desktop.exchange.sealing import (
    Broken,
    DeviceKeys,
    check_signature,
    locked,
)
from brm_desktop.exchange.whole_file import write_whole

INVITATION: Final = ".brmi"
REGISTRATION: Final = ".brmr"

_FORMAT: Final = "BRM Desktop invitation"
_VERSION: Final = 1
_LARGEST: Final = 64 * 1024
_LONGEST: Final = 2_000
_NO_INVITATION: Final = phrase("{file} is not an invitation to a shared BRM asset.")


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a rep needs to join an asset; whoever has the file can join in the rep's name, once.

    ``expires`` in milliseconds since 1970, UTC.
    """

    asset: str
    name: str
    organisation: str
    organisation_name: str
    address: str
    keys: PublicKeys
    rep: str
    role: str
    team: str
    code: str = field(repr=False)
    expires: int


@dataclass(frozen=True, slots=True)
class Registration:
    """What a new device tells the asset: its site, what it is called, its keys and its code."""

    site: str
    device: str
    person: str
    """The id of the rep among the company's people, "" where the rep has none."""
    keys: PublicKeys
    code: str = field(repr=False)


def write_invitation(path: Path, invitation: Invitation, keys: DeviceKeys) -> None:
    """Write an invitation, signed with the asset's keys and readable by the user alone.

    Raises ``FileProblem``.
    """
    content = json.dumps(_plain(invitation), ensure_ascii=False)
    document = {
        "format": _FORMAT,
        "version": _VERSION,
        "invitation": content,
        "signature": keys.sign(_digest(content)).hex(),
    }
    write_whole(
        path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(), own=True
    )


def read_invitation(path: Path) -> Invitation:
    """Read an invitation.

    It is seen to be as the asset that it names wrote it; whether that is the company's asset is
    told by whoever handed it over.

    Raises
    ------
    FileProblem
        When it is none, is damaged or cut off, or was changed.
    """
    document = _document(path)
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise problem(path.name, _NO_INVITATION)
    if document.get("version") != _VERSION:
        raise problem(
            path.name,
            phrase("{file} was written by a newer version of BRM Desktop; update this one."),
        )
    with _told(path.name):
        content = document["invitation"]
        plain = json_of(content, path.name)
        invitation = Invitation(**{one.name: _field(plain, one.name) for one in fields(Invitation)})
        signature = bytes.fromhex(document["signature"])
        check_signature(invitation.keys.signing, signature, _digest(content))
    return invitation


def _document(path: Path) -> Any:
    """The JSON of an invitation; of one that is cut off it is said that it is."""
    raw = bytes_of(path, _LARGEST)
    try:
        return json_of(raw.decode("utf-8-sig"), path.name, _LARGEST)
    except (UnicodeDecodeError, FileProblem):
        if raw.lstrip().startswith(b"{"):
            raise problem(
                path.name,
                phrase("The invitation {file} is cut off or damaged: ask for it again."),
            ) from None
        raise problem(path.name, _NO_INVITATION) from None


def registration_header(asset: str, registration: Registration, schema: int) -> BundleHeader:
    """The header of the bundle that a registration travels in."""
    return BundleHeader(BundleKind.REGISTRATION, asset, registration.site, 1, 0, "", schema)


def registration_lines(registration: Registration) -> list[Any]:
    """The body of the bundle that a registration travels in."""
    return [_plain(registration)]


def registration_of(opened: Opened) -> Registration:
    """The registration in an opened bundle.

    Raises
    ------
    FileProblem
        When there is none in it, it is another site's than the bundle's, it is not signed by the
        device it is about, or nothing can be sealed to that device's keys.
    """
    lines = opened.lines()
    plain = next(lines, None)
    with _told(opened.name):
        found = Registration(**{one.name: _field(plain, one.name) for one in fields(Registration)})
        locked(bytes(32), [found.keys.sealing])
        if (found.site, found.keys.signing) != (opened.header.site, opened.signer):
            raise ValueError("it is about another device")
        if next(lines, None) is not None or opened.header.kind != BundleKind.REGISTRATION:
            raise ValueError("there is more in it")
    return found


def _plain(told: Invitation | Registration) -> dict[str, Any]:
    values = {one.name: getattr(told, one.name) for one in fields(told)}
    return values | {"keys": told.keys.hex()}


def _field(plain: Any, name: str) -> Any:
    """A field of an invitation or a registration; raises ``ValueError`` and the like."""
    value = plain[name]
    if name == "keys":
        return PublicKeys.from_hex(value)
    wanted = int if name == "expires" else str
    if type(value) is not wanted or len(str(value)) > _LONGEST or "\0" in str(value):
        raise ValueError(f"{name} has another form")
    str(value).encode()
    return value


def _digest(content: str) -> bytes:
    return sha256(_FORMAT.encode() + content.encode()).digest()


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except FileProblem:
        raise
    except (Broken, ValueError, KeyError, TypeError):
        raise problem(
            name, phrase("{file} is damaged or was changed, so nothing of it is taken.")
        ) from None
