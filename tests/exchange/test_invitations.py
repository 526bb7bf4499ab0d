"""Invitations and registrations: what was written comes back, whatever else is one sentence."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bundling import ASSET, ASSET_ID, REP, SITE, STRANGER, bundle_of, header, opened, packed
from hypothesis import example, given
from hypothesis import strategies as st
from told import told

from brm_desktop.domain.bundles import BundleKind, PublicKeys
from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange.bundles import Opened, bundle_bytes
from brm_desktop.exchange.invitations import (
    Invitation,
    Registration,
    read_invitation,
    registration_header,
    registration_lines,
    registration_of,
    write_invitation,
)
from brm_desktop.exchange.sealing import DeviceKeys

INVITATION = Invitation(
    ASSET_ID,
    "华东",
    "org",
    "我们公司",
    "/srv/brm",
    ASSET.public,
    "李雷",
    "rep",
    "东/一",
    "c0de",
    1_790_000_000_000,
)
REGISTRATION = Registration(SITE, "laptop", "", REP.public, "c0de")


def _registered(told_: Registration, keys: DeviceKeys = REP, **other: Any) -> Opened:
    made = registration_header(ASSET_ID, told_, 4)
    lines = registration_lines(told_)
    content, _ = bundle_bytes(replace(made, **other), lines, [ASSET.public], keys)
    return opened(content, signer=keys)


def test_an_invitation_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "li.brmi"
    write_invitation(path, INVITATION, ASSET)
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0, "whoever reads it can join in that rep's name"

    assert read_invitation(path) == INVITATION
    assert "李雷" in path.read_text(encoding="utf-8"), "who gets it can read what it is"


def test_an_invitation_that_another_signed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "li.brmi"
    write_invitation(path, INVITATION, STRANGER)

    with told(FileProblem, "li.brmi is damaged or was changed"):
        read_invitation(path)


def test_an_invitation_that_is_cut_off_is_to_be_asked_for_again(tmp_path: Path) -> None:
    path = tmp_path / "li.brmi"
    write_invitation(path, INVITATION, ASSET)
    whole = path.read_bytes()
    for length in (1, len(whole) // 2, whole.index("李".encode()) + 1, len(whole) - 3):
        path.write_bytes(whole[:length])
        with told(FileProblem, "The invitation li.brmi is cut off or damaged: ask for it again."):
            read_invitation(path)


def test_another_file_is_no_invitation(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    for content in (b"name;title", b"[1]", b"\xff\xfe"):
        path.write_bytes(content)
        with told(FileProblem, "notes.txt is not an invitation to a shared BRM asset."):
            read_invitation(path)


@pytest.mark.parametrize(
    "edit",
    [
        {"rep": 5},
        {"rep": "x" * 3_000},
        {"rep": "a\0b"},
        {"rep": "\ud800"},
        {"expires": "soon"},
        {"expires": True},
        {"keys": "ab"},
        {"keys": 7},
    ],
)
def test_an_invitation_of_another_form_is_refused_though_it_is_signed(
    tmp_path: Path, edit: dict[str, object]
) -> None:
    from brm_desktop.exchange import invitations

    path = tmp_path / "li.brmi"
    plain = invitations._plain(INVITATION) | edit
    content = json.dumps(plain)
    document = {
        "format": "BRM Desktop invitation",
        "version": 1,
        "invitation": content,
        "signature": ASSET.sign(invitations._digest(content)).hex(),
    }
    path.write_text(json.dumps(document), encoding="utf-8")

    with told(FileProblem, "li.brmi is damaged or was changed"):
        read_invitation(path)


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@example(b"{}")
@example(b'{"format": "BRM Desktop invitation", "version": 1}')
@example(b'{"format": "BRM Desktop invitation", "version": 1, "invitation": "' + b"[" * 99 + b'"}')
def test_any_bytes_are_no_invitation(tmp_path_factory: Any, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "any.brmi"
    path.write_bytes(content)
    with pytest.raises(FileProblem):
        read_invitation(path)


def test_a_registration_comes_back_as_it_was() -> None:
    found = _registered(REGISTRATION)

    assert registration_of(found) == REGISTRATION
    assert found.header.kind is BundleKind.REGISTRATION
    assert "c0de" not in repr(REGISTRATION)


LOW_ORDER = PublicKeys(REP.public.signing, bytes(32))


@pytest.mark.parametrize(
    ("spoilt", "header_edit"),
    [
        (replace(REGISTRATION, keys=STRANGER.public), {}),
        (replace(REGISTRATION, keys=LOW_ORDER), {}),
        (replace(REGISTRATION, site="0" * 16), {"site": SITE}),
        (REGISTRATION, {"kind": BundleKind.OPERATIONS}),
    ],
)
def test_a_registration_is_only_of_the_device_that_signed_it(
    spoilt: Registration, header_edit: dict[str, Any]
) -> None:
    with told(FileProblem, "The bundle is damaged or was changed"):
        registration_of(_registered(spoilt, **header_edit))


@pytest.mark.parametrize("more", [[["x"]], registration_lines(REGISTRATION)])
def test_a_registration_holds_nothing_else(more: list[Any]) -> None:
    lines = registration_lines(REGISTRATION) + more
    made = registration_header(ASSET_ID, REGISTRATION, 4)
    content, _ = bundle_bytes(made, lines, [ASSET.public], REP)
    with told(FileProblem, "The bundle is damaged or was changed"):
        registration_of(opened(content))


@given(st.binary(max_size=200) | st.binary(max_size=100).map(packed))
@example(packed(b""))
@example(packed(b'["x"]\n'))
@example(packed(b'{"site": 1}\n'))
def test_any_body_is_a_registration_or_one_sentence(body: bytes) -> None:
    with suppress(FileProblem):
        registration_of(opened(bundle_of(body)))
    assert header().kind is BundleKind.OPERATIONS
