"""What a rep's program and the merger may ask of a company's asset, whatever keeps it.

A rep's program knows a :class:`Door`: it puts bundles in and gets answers. The merger works with a
:class:`SharedAsset`. How bundles are opened and sealed is handed in (:class:`Craft`): ``exchange``
is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from brm_desktop.domain.bundles import BundleHeader, OpenedBundle, PublicKeys, Signers
from brm_desktop.domain.membership import Member
from brm_desktop.domain.replies import Reply
from brm_desktop.storage.sharing.port import About, Invited, Letter, Received, Source


@dataclass(frozen=True, slots=True)
class Craft:
    """How bundles are opened and made; what ``exchange`` does, handed in by the session.

    ``open(source, private keys, signers, name)`` and ``registration(opened)`` raise
    ``FileProblem``; ``registration`` gives site, device, person's id, public keys and code.
    ``seal(path, header, lines, recipients, private keys)`` writes a bundle and gives its digest;
    it raises ``StoreProblem``, and ``FileProblem`` only for more than one bundle can hold.
    """

    open: Callable[[Source, bytes, Signers, str], OpenedBundle]
    registration: Callable[[OpenedBundle], Registered]
    seal: Callable[[Path, BundleHeader, Iterable[Any], Sequence[PublicKeys], bytes], str]


@dataclass(frozen=True, slots=True)
class Registered:
    """What a new device says of itself."""

    site: str
    device: str
    person: str
    keys: PublicKeys
    code: str = field(repr=False)


@dataclass(slots=True)
class MergeReport:
    """What a run of the merger did, for whoever started it."""

    bundles: int = 0
    operations: int = 0
    rows: int = 0
    enrolled: list[str] = field(default_factory=list)
    replies: int = 0
    troubles: list[Received] = field(default_factory=list)
    conflicts: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing waits for anybody."""
        return not self.troubles and not self.conflicts


@dataclass(frozen=True, slots=True)
class AssetStatus:
    """How an asset is, for its administrator; ``invited`` are those who have not registered."""

    about: About
    change: int
    floor: int
    counts: Mapping[str, int]
    conflicts: int
    members: tuple[Member, ...]
    invited: tuple[Invited, ...]
    waiting: int
    troubles: tuple[Received, ...]


class SharedAsset(Protocol):
    """An asset as the merger works with it (sync §5)."""

    def register(self, registered: Registered, now: int) -> Member:
        """Enrol a device that was invited; raises ``Refused``."""

    def receive(self, letter: Letter, now: int) -> Received:
        """Take a bundle, or say why not; in one transaction."""

    def merge(self, now: int) -> MergeReport:
        """Take all that waits, keep what retention says, and answer every site."""

    def reply_for(self, site: str, now: int) -> AbstractContextManager[Reply]:
        """What a site is answered, readable inside; raises ``Refused`` for a revoked one."""

    def status(self) -> AssetStatus:
        """How the asset is."""


class Door(Protocol):
    """An asset as a rep's program knows it: a folder (also a stick), or a server.

    Every call raises ``StoreProblem`` with one sentence when the folder is missing, read-only or
    full, or the server does not answer; then nothing happened and it can be called again.
    """

    def check(self) -> None:
        """See that it is there, before anything is noted that would have to be sent."""

    def send(self, site: str, name: str, bundle: Source) -> None:
        """Put a bundle into a site's inbox, whole or not at all; the same again changes nothing."""

    def fetch(self, site: str, after: int, epoch: int = 0) -> Source | Reply | None:
        """What the asset answers a site that has all up to a change number of an epoch.

        A sealed bundle, or the reply itself where the site reads it under its own rights; ``None``
        when there is no answer yet.
        """

    def close(self) -> None:
        """Let go of it."""
