"""The way to the company's asset by its address: a folder, a stick, or a server."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from brm_desktop.storage.merging.link import AssetLink
    from brm_desktop.storage.sharing.asset import Door

_SERVERS: Final = ("postgresql://", "postgres://")
_SECRET: Final = ("pass", "secret")
"""What the names of parameters hold whose values nobody is to read."""
_OWN: Final = (*_SECRET, "user", "sslkey", "sslcert")
"""And those of parameters that are of one login, or of one computer."""
_ESCAPED: Final = re.compile("%([0-9A-Fa-f]{2})")


def is_server(address: str) -> bool:
    """Whether an address is that of a server, and not of a folder."""
    return address.startswith(_SERVERS)


def shown(address: str) -> str:
    """An address as it may be shown and noted: that of a server without a password in it."""
    return _parted(address, lambda login: login.partition(":")[0], _SECRET)


def without_login(address: str) -> str:
    """An address that everybody may be told: that of a server without whose login."""
    return _parted(address, lambda _login: "", _OWN)


def _parted(address: str, kept: Callable[[str], str], dropped: tuple[str, ...]) -> str:
    """An address with what is kept of its login, and without some parameters.

    Taken apart as libpq does, to whom ``#`` and ``?`` are letters of a password like others.
    """
    if not is_server(address):
        return address
    scheme, _, rest = address.partition("://")
    first, slash, more = rest.partition("/")
    login, _, host = first.rpartition("@")
    said = kept(login)
    where, asks, query = f"{host}{slash}{more}".partition("?")
    names = ((one, _unescaped(one.partition("=")[0]).casefold()) for one in query.split("&"))
    left = [one for one, name in names if one and not any(part in name for part in dropped)]
    return f"{scheme}://{said}{'@' if said else ''}{where}{asks if left else ''}{'&'.join(left)}"


def _unescaped(name: str) -> str:
    """The name of a parameter, whose letters may be written as their numbers."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name)


def door_to(address: str) -> Door:
    """The way to an asset; raises ``StoreProblem`` when a server cannot be reached."""
    if is_server(address):
        from brm_desktop.storage.postgres.door import PostgresDoor

        return PostgresDoor(address)
    from brm_desktop.storage.folder.door import FolderDoor

    return FolderDoor(Path(address))


def door_of(link: AssetLink, elsewhere: str = "") -> Door:
    """The way to the asset that a store takes part in, as it knows it or through another folder.

    Raises ``StoreProblem``, also for a folder that says it is another asset's.
    """
    address = elsewhere or link.address
    if not is_server(address):
        from brm_desktop.storage.folder.letterbox import Letterbox

        Letterbox(Path(address)).require(link.asset, link.name)
    return door_to(address)
