"""What ``exchange`` does for an asset: bundles opened and sealed, registrations read.

``storage`` and ``exchange`` do not know each other; here they are joined. It loads
``cryptography``; import it late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from brm_desktop.domain.bundles import BundleHeader, OpenedBundle, PublicKeys, Signers
from brm_desktop.domain.errors import FileProblem, StoreProblem
from brm_desktop.exchange.bundle_lines import TooMuch
from brm_desktop.exchange.bundles import Opened, open_bundle, write_bundle
from brm_desktop.exchange.invitations import registration_of
from brm_desktop.exchange.sealing import DeviceKeys
from brm_desktop.storage.sharing.asset import Craft, Registered
from brm_desktop.storage.sharing.port import Source


def craft() -> Craft:
    """What an asset needs to open what comes and to seal what goes."""
    return Craft(_open, _registered, _seal)


def _open(source: Source, private: bytes, signers: Signers, name: str) -> OpenedBundle:
    return open_bundle(source, DeviceKeys.from_bytes(private), signers, name)


def _registered(opened: OpenedBundle) -> Registered:
    assert isinstance(opened, Opened)
    found = registration_of(opened)
    return Registered(found.site, found.device, found.person, found.keys, found.code)


def _seal(
    path: Path,
    header: BundleHeader,
    lines: Iterable[Any],
    recipients: Sequence[PublicKeys],
    private: bytes,
) -> str:
    try:
        return write_bundle(path, header, lines, recipients, DeviceKeys.from_bytes(private))
    except TooMuch:
        raise
    except FileProblem as problem:
        raise StoreProblem(problem.sentence) from problem
