"""Where a store may lie: not on a network drive, and better in no folder that is synchronised.

On a network drive a lock may hold for one computer only, and what was said to be written may still
be on its way, so a store there is refused. A client that synchronises a folder copies a store in
the middle of a write, and puts copies of others in its place: there the user is warned.

What is decided here is decided over a described system, so that every platform is tested anywhere.
"""

from __future__ import annotations

import ctypes
import os
import re
import struct
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any, Final

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.phrase import Phrase, phrase

_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = frozenset(
    (
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre"),
        *("ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs"),
        *("fuse.afpfs", "fuse.ceph", "fuse.curlftpfs", "fuse.davfs", "fuse.gcsfuse"),
        *("fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.juicefs", "fuse.rclone", "fuse.s3fs"),
        *("fuse.seadrive", "fuse.sshfs"),
    )
)
"""The file systems of Linux whose disk is another computer's."""

_MOUNT: Final = re.compile(r"(\S+ ){4}(?P<point>\S+) .*?- (?P<kind>\S+) (?P<source>\S*)( .*)?")
_OCTAL: Final = re.compile(r"\\([0-7]{3})")
_REMOTE_DRIVE: Final = 4
_MNT_LOCAL: Final = 0x1000
_STATFS_BYTES, _FLAGS_AT = 4096, 64
"""Room for a ``struct statfs`` of macOS, and where its flags are in it."""


@dataclass(frozen=True, slots=True)
class System:
    """What there is to be known of a computer to judge a place on it."""

    platform: str
    home: str
    variables: Mapping[str, str]
    mounts: str
    """On Linux, what ``/proc/self/mountinfo`` says."""
    is_remote: Callable[[str], bool]
    """Whether the disk of a drive (Windows) or a folder (macOS) is another computer's."""
    names_in: Callable[[str], Collection[str]]
    """What lies in a folder, names of folders ending with a slash; nothing if it cannot be read."""

    @classmethod
    def here(cls) -> System:
        """The computer the program runs on."""
        return cls(
            sys.platform,
            str(Path.home()),
            os.environ,
            _MOUNTS.read_text(encoding="utf-8", errors="replace") if _MOUNTS.exists() else "",
            _REMOTE.get(sys.platform, _never),
            _names_in,
        )

    def path(self, text: str) -> PurePath:
        """A path as this system writes it."""
        return PureWindowsPath(text) if self.platform == "win32" else PurePosixPath(text)


def refuse_network(path: Path, system: System | None = None) -> None:
    """See that a store's place is a disk of this computer.

    Raises
    ------
    StoreProblem
        When it is a network drive; the sentence has the reason.
    """
    drive = network_drive(os.path.realpath(path), system or System.here())
    if drive is not None:
        raise StoreProblem(
            phrase(
                "{name} is on the network drive {drive}, where locks do not hold and a power cut"
                " can undo what was saved; keep the store on a disk of this computer.",
                name=path.name,
                drive=drive,
            )
        )


def cloud_folder(path: Path, system: System | None = None) -> Phrase | None:
    """A warning with its reason when a store's place is copied to other computers."""
    service = cloud_service(os.path.realpath(path), system or System.here())
    if service is None:
        return None
    return phrase(
        "{name} is in a folder that {service} synchronises: it can copy the store in the middle of"
        " a write, and hands what you know of your customers to others; better move the store to a"
        " folder of this computer alone.",
        name=path.name,
        service=service,
    )


def network_drive(path: str, system: System) -> str | None:
    """The network drive that an absolute path without links is on, or ``None``."""
    if system.platform == "linux":
        return _network_mount(path, system.mounts)
    if system.platform == "win32":
        drive = PureWindowsPath(path).drive
        if _is_share(drive) or system.is_remote(f"{drive}\\"):
            return drive
        return None
    folder = str(PurePosixPath(path).parent)
    return folder if system.is_remote(folder) else None


def cloud_service(path: str, system: System) -> str | None:
    """Who synchronises the folder of an absolute path without links, or ``None``."""
    place = system.path(path)
    home = system.path(system.home)
    folders = tuple(place.parents)
    for told, service in _told_folders(system, home):
        if told in folders:
            return service
    for folder in folders:
        found = _by_name(folder, home) or _by_marker(system.names_in(str(folder)))
        if found is not None:
            return found
    return None


def _network_mount(path: str, mounts: str) -> str | None:
    """The mount point of a path if it is a network's; the last of the longest is on top."""
    place, found, is_network = PurePosixPath(path), "", False
    for line in mounts.splitlines():
        mount = _MOUNT.fullmatch(line)
        if mount is None:
            continue
        point = _OCTAL.sub(lambda code: chr(int(code[1], 8)), mount["point"])
        if place.is_relative_to(point) and len(point) >= len(found):
            found, is_network = point, mount["kind"] in _NETWORK or "://" in mount["source"]
    return found if is_network else None


def _is_share(drive: str) -> bool:
    """Whether a drive is another computer's share, and not one of this computer's own."""
    plain = drive.upper().removeprefix("\\\\?\\UNC")
    return plain.startswith("\\") and not plain.startswith(("\\\\?\\", "\\\\.\\"))


def _told_folders(system: System, home: PurePath) -> Iterator[tuple[PurePath, str]]:
    """The folders that the system itself says are synchronised."""
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        if system.variables.get(name):
            yield system.path(system.variables[name]), "OneDrive"
    if system.platform == "darwin":
        documents = home / "Library" / "Mobile Documents"
        yield documents, "iCloud Drive"
        moved = system.names_in(str(documents / "com~apple~CloudDocs"))
        for name in ("Desktop", "Documents"):
            if f"{name}/" in moved:
                yield home / name, "iCloud Drive"


_NAMES: Final = (
    (re.compile(r"dropbox( \(.+\)| personal)?"), "Dropbox"),
    (re.compile(r"onedrive( - .+)?"), "OneDrive"),
    (re.compile(r"google drive|googledrive|我的云端硬盘"), "Google Drive"),
    (re.compile(r"iclouddrive|icloud drive"), "iCloud Drive"),
    (re.compile(r"nutstore( files)?|我的坚果云|坚果云"), "Nutstore"),
    (re.compile(r"baidusyncdisk|baidunetdiskworkspace|百度网盘同步空间"), "Baidu Netdisk"),
    (re.compile(r"wpsdrive|wps云盘|wps cloud files"), "WPS Cloud"),
    (re.compile(r"nextcloud"), "Nextcloud"),
    (re.compile(r"owncloud"), "ownCloud"),
    (re.compile(r"pcloud ?drive"), "pCloud"),
    (re.compile(r"megasync"), "MEGA"),
)
"""Folders that nobody but a service calls so."""
_NAMES_AT_THE_TOP: Final = (
    (re.compile(r"my drive|shared drives"), "Google Drive"),
    (re.compile(r"box( sync)?"), "Box"),
    (re.compile(r"mega"), "MEGA"),
)
"""Folders that are a service's when they lie in the user's own folder or at the top of a drive."""


def _by_name(folder: PurePath, home: PurePath) -> str | None:
    name = folder.name.casefold()
    parent = folder.parent
    if parent == home / "Library" / "CloudStorage":
        return folder.name.partition("-")[0]
    at_the_top = parent in {home, parent.parent}
    named = (*_NAMES, *_NAMES_AT_THE_TOP) if at_the_top else _NAMES
    return next((service for pattern, service in named if pattern.fullmatch(name)), None)


_MARKERS: Final = (
    (re.compile(r"\.dropbox|\.dropbox\.cache/"), "Dropbox"),
    (re.compile(r"\.tmp\.drive(up|down)load/"), "Google Drive"),
    (re.compile(r"\.nextcloudsync\.log"), "Nextcloud"),
    (re.compile(r"\.owncloudsync\.log|\.csync_journal\.db"), "ownCloud"),
    (re.compile(r"\._?sync_[0-9a-f]+\.db"), "Nextcloud"),
    (re.compile(r"\.stfolder/?"), "Syncthing"),
)
"""What clients leave at the top of a folder they synchronise, whatever it is called."""


def _by_marker(names: Collection[str]) -> str | None:
    found = (service for name in names for mark, service in _MARKERS if mark.fullmatch(name))
    return next(found, None)


def _names_in(folder: str) -> Collection[str]:
    try:
        with os.scandir(folder) as entries:
            return {f"{entry.name}/" if entry.is_dir() else entry.name for entry in entries}
    except OSError:
        return ()


def _never(_place: str) -> bool:
    return False


def _is_remote_drive(root: str) -> bool:
    """Whether Windows says that a drive is a network's."""
    return bool(ctypes.CDLL("kernel32").GetDriveTypeW(root) == _REMOTE_DRIVE)


def _is_remote_folder(folder: str) -> bool:
    """Whether macOS says that the disk of a folder is not its own."""
    library: Any = ctypes.CDLL(None)
    name = "statfs$INODE64" if hasattr(library, "statfs$INODE64") else "statfs"
    told = ctypes.create_string_buffer(_STATFS_BYTES)
    if getattr(library, name)(os.fsencode(folder), told) != 0:
        return False
    (flags,) = struct.unpack_from("=I", told, _FLAGS_AT)
    return not flags & _MNT_LOCAL


_REMOTE: Final[Mapping[str, Callable[[str], bool]]] = {
    "win32": _is_remote_drive,
    "darwin": _is_remote_folder,
}


def file_of(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to, however it is called; ``None`` when it is gone."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
