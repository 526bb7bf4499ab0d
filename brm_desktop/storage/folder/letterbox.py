"""The folder that bundles travel through: ``inbox/SITE/`` and ``outbox/SITE/``, also on a stick.

Files in it appear whole: they are written beside their place and renamed, so that a copy that was
broken off, or one that goes on, is never taken for a bundle.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from brm_desktop.domain.bundles import PublicKeys
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.reasons import reason_of
from brm_desktop.storage.place.durable import make_name_durable
from brm_desktop.storage.sharing.port import Letter, Source

CARD: Final = "asset.json"
INBOX: Final = "inbox"
OUTBOX: Final = "outbox"
REPLY: Final = "reply.brmb"

_FORMAT: Final = "BRM Desktop shared asset"
_VERSION: Final = 1
_LARGEST: Final = 64 * 1024
_SITE: Final = re.compile(r"[0-9a-f]{16}")
_ENDINGS: Final = (".brmr", ".brmb")
_REFUSED: Final = ".refused"
_PIECE: Final = 1 << 20
_NAMES: Final = ("asset", "name", "organisation", "organisation_name")


@dataclass(frozen=True, slots=True)
class Card:
    """What everybody may know of an asset: it lies in its folder, readable."""

    asset: str
    name: str
    organisation: str
    organisation_name: str
    keys: PublicKeys


class Letterbox:
    """A folder with an inbox and an outbox; every call may raise ``StoreProblem``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_asset(self) -> bool:
        """Whether the folder is that of an asset."""
        return (self.folder / CARD).exists()

    def make(self) -> None:
        """Make the folder with its inbox and outbox."""
        with _told(self.folder):
            for name in (INBOX, OUTBOX):
                (self.folder / name).mkdir(parents=True, exist_ok=True)

    def put_card(self, card: Card) -> None:
        """Say whose folder it is; from then on it is that of an asset."""
        with _told(self.folder):
            content = json.dumps(_plain(card), ensure_ascii=False, indent=1)
            _write(self.folder / CARD, content.encode())

    def require(self, asset: str, name: str) -> None:
        """See that the folder, if it says whose it is, is an asset's of that id; a stick does not.

        Raises ``StoreProblem``.
        """
        with _told(self.folder):
            says = self.is_asset()
        if says and self.card().asset != asset:
            raise StoreProblem(
                phrase(
                    "{folder} is the folder of another shared asset than {name}.",
                    folder=str(self.folder),
                    name=name,
                )
            )

    def card(self) -> Card:
        """What the folder says of its asset."""
        self.check()
        try:
            with (self.folder / CARD).open("rb") as file:
                plain = json.loads(file.read(_LARGEST))
            return _card(plain)
        except FileNotFoundError:
            raise StoreProblem(
                phrase("{folder} is not the folder of a shared asset.", folder=str(self.folder))
            ) from None
        except OSError as error:
            raise _problem(self.folder, error) from error
        except (ValueError, KeyError, TypeError, RecursionError):
            raise StoreProblem(
                phrase(
                    "{file} is damaged, so the shared asset is not known.",
                    file=str(self.folder / CARD),
                )
            ) from None

    def check(self) -> None:
        """See that the folder is there."""
        with _told(self.folder):
            there = self.folder.is_dir()
        if not there:
            raise StoreProblem(phrase("There is no folder {name}.", name=str(self.folder)))

    def send(self, site: str, name: str, bundle: Source) -> None:
        """Put a bundle into a site's inbox; folders that lack are made, but for the first."""
        self.check()
        place = self.folder / INBOX / site
        with _told(self.folder):
            place.mkdir(parents=True, exist_ok=True)
            _write(place / name, bundle)

    def fetch(self, site: str) -> Path | None:
        """The file that answers a site, if there is one."""
        path = self.folder / OUTBOX / site / REPLY
        with _told(self.folder):
            if not self.folder.is_dir():
                raise FileNotFoundError(2, "No such file or directory")
            return path if path.is_file() else None

    def waiting(self, *, must_be: bool) -> list[Letter]:
        """The bundles in the inbox; where the inbox ``must_be`` there, its lack is a problem."""
        inbox = self.folder / INBOX
        if not inbox.is_dir():
            if must_be or not self.folder.is_dir():
                raise StoreProblem(
                    phrase(
                        "{folder} is missing: the shared asset is not as it was made, or its drive"
                        " is not connected.",
                        folder=str(inbox),
                    )
                )
            return []
        with _told(inbox):
            return list(_letters(inbox))

    def has(self, site: str) -> bool:
        """Whether a site sends through this folder."""
        return (self.folder / INBOX / site).is_dir()

    def deliver(self, site: str, reply: Callable[[Path], None] | None) -> None:
        """Put an answer where the site finds it; with none, take away what is there."""
        place = self.folder / OUTBOX / site
        with _told(self.folder):
            if reply is None:
                (place / REPLY).unlink(missing_ok=True)
                return
            place.mkdir(parents=True, exist_ok=True)
            reply(place / REPLY)

    def answer_as(self, other: Letterbox, site: str) -> None:
        """Have the same answer for a site as another folder has, or none as well."""
        found = other.fetch(site)
        if found is None:
            self.deliver(site, None)
        else:
            self.deliver(site, lambda path: _write(path, found))


def done_with(letter: Letter, *, refused: bool) -> None:
    """Take a bundle out of the inbox; one that was refused stays there under another name.

    Where nothing can be taken away it stays, and is known when it is read again.
    """
    assert isinstance(letter.source, Path)
    with suppress(OSError):
        if refused:
            letter.source.replace(letter.source.with_name(letter.source.name + _REFUSED))
        else:
            letter.source.unlink()


def _letters(inbox: Path) -> Iterator[Letter]:
    """Registrations of a site first, then its bundles by name; nothing but ordinary files."""
    for folder in sorted(inbox.iterdir()):
        site = folder.name
        if _SITE.fullmatch(site) is None or not folder.is_dir():
            continue
        with os.scandir(folder) as entries:
            files = [one for one in entries if one.is_file(follow_symlinks=False)]
        named = [one for one in files if not one.name.startswith(".")]
        for ending in _ENDINGS:
            for one in sorted(named, key=lambda entry: entry.name):
                if one.name.endswith(ending):
                    at = one.stat().st_mtime_ns // 1_000_000
                    yield Letter(f"{site}/{one.name}", site, Path(one.path), at)


def _write(path: Path, content: Source) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            for piece in _pieces(content):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    make_name_durable(path)


def _pieces(content: Source) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _plain(card: Card) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "version": _VERSION,
        **{name: getattr(card, name) for name in _NAMES},
        "keys": card.keys.hex(),
    }


def _card(plain: dict[str, Any]) -> Card:
    if plain["format"] != _FORMAT or plain["version"] != _VERSION:
        raise ValueError("it is of another kind or version")
    told: dict[str, Any] = {name: plain[name] for name in _NAMES}
    if not all(isinstance(one, str) for one in told.values()):
        raise TypeError("names are text")
    return Card(**told, keys=PublicKeys.from_hex(plain["keys"]))


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _problem(folder, error) from error


def _problem(folder: Path, error: OSError) -> StoreProblem:
    return StoreProblem(
        phrase(
            "{folder} cannot be read or written: {reason}; nothing is lost, try again.",
            folder=str(folder),
            reason=reason_of(error),
        )
    )
