"""Where a store may lie, on every platform; each is described, so that it is tested on any."""

from __future__ import annotations

import ctypes
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from stores import SITE, a_session, a_store, listing
from told import told

from brm_desktop.domain.errors import StoreProblem
from brm_desktop.language import tr
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.place import places
from brm_desktop.storage.place.places import (
    System,
    cloud_folder,
    cloud_service,
    network_drive,
    refuse_network,
)
from brm_desktop.storage.salvaging.salvage import salvage

MOUNTS = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
31 27 0:40 / /mnt/sales rw,relatime shared:7 - nfs4 filer:/sales rw,vers=4.2
32 31 0:41 / /mnt/sales/local rw,relatime - xfs /dev/vdb rw
33 27 0:42 / /mnt/key\040accounts rw - cifs //filer/accounts rw
34 27 0:43 / /home/li/cloud rw - fuse https://cloud.example/dav rw
35 27 0:44 / /mnt/stick rw - fuseblk /dev/sdb1 rw
36 27 0:45 / /mnt/far rw - autofs systemd-1 rw
37 36 0:46 / /mnt/far rw - fuse.sshfs me@host:/ rw
38 27 0:47 / /mnt/covered rw - nfs filer:/old rw
39 38 0:48 / /mnt/covered rw - ext4 /dev/vdc rw
"""


def a_system(
    platform: str = "linux",
    home: str = "/home/li",
    *,
    variables: Mapping[str, str] | None = None,
    remote: tuple[str, ...] = (),
    folders: Mapping[str, tuple[str, ...]] | None = None,
) -> System:
    """A computer with some folders in it."""
    return System(
        platform,
        home,
        variables or {},
        MOUNTS,
        lambda place: place in remote,
        lambda folder: (folders or {}).get(folder, ()),
    )


def windows(
    *remote: str,
    variables: Mapping[str, str] | None = None,
    folders: Mapping[str, tuple[str, ...]] | None = None,
) -> System:
    return a_system("win32", r"C:\Users\li", variables=variables, remote=remote, folders=folders)


def mac(*remote: str, folders: Mapping[str, tuple[str, ...]] | None = None) -> System:
    return a_system("darwin", "/Users/li", remote=remote, folders=folders)


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("/home/li/accounts.brm", None),
        ("/mnt/sales/accounts.brm", "/mnt/sales"),
        ("/mnt/salesforce/accounts.brm", None),
        ("/mnt/sales/local/accounts.brm", None),
        ("/mnt/key accounts/deep/down/accounts.brm", "/mnt/key accounts"),
        ("/home/li/cloud/accounts.brm", "/home/li/cloud"),
        ("/mnt/stick/accounts.brm", None),
        ("/mnt/far/accounts.brm", "/mnt/far"),
        ("/mnt/covered/accounts.brm", None),
    ],
)
def test_on_linux_the_mount_on_top_says_whether_a_drive_is_a_networks(
    path: str, drive: str | None
) -> None:
    assert network_drive(path, a_system()) == drive


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "afs", "ceph", "fuse.sshfs", "fuse.rclone"]
)
def test_every_kind_of_network_file_system_is_known(kind: str) -> None:
    mounts = f"27 1 254:0 / / rw - ext4 /dev/vda rw\n28 27 0:9 / /mnt rw - {kind} somewhere rw\n"
    here = System("linux", "/root", {}, mounts, lambda _: False, lambda _: ())
    assert network_drive("/mnt/accounts.brm", here) == "/mnt"
    assert network_drive("/accounts.brm", here) is None


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        (r"C:\Users\li\accounts.brm", None),
        (r"Z:\accounts.brm", "Z:"),
        (r"\\filer\sales\li\accounts.brm", r"\\filer\sales"),
        (r"\\?\UNC\filer\sales\accounts.brm", r"\\?\UNC\filer\sales"),
        (r"\\?\C:\Users\li\accounts.brm", None),
    ],
)
def test_on_windows_shares_and_drives_of_other_computers_are_known(
    path: str, drive: str | None
) -> None:
    assert network_drive(path, windows("Z:\\")) == drive


def test_on_a_mac_the_system_says_which_disk_is_not_its_own() -> None:
    system = mac("/Volumes/sales")
    assert network_drive("/Volumes/sales/accounts.brm", system) == "/Volumes/sales"
    assert network_drive("/Users/li/accounts.brm", system) is None


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/li/Documents/accounts.brm", None),
        ("/home/li/Dropbox/sales/accounts.brm", "Dropbox"),
        ("/home/li/Dropbox (Acme)/accounts.brm", "Dropbox"),
        ("/home/li/Dropboxes/accounts.brm", None),
        ("/home/li/OneDrive - Acme/accounts.brm", "OneDrive"),
        ("/home/li/Nextcloud/accounts.brm", "Nextcloud"),
        ("/home/li/Nutstore Files/我的坚果云/accounts.brm", "Nutstore"),
        ("/data/BaiduSyncdisk/accounts.brm", "Baidu Netdisk"),
        ("/home/li/Box/accounts.brm", "Box"),
        ("/home/li/projects/Box/accounts.brm", None),
        ("/home/li/MEGA/accounts.brm", "MEGA"),
    ],
)
def test_folders_are_known_by_the_names_that_services_give_them(
    path: str, service: str | None
) -> None:
    assert cloud_service(path, a_system()) == service


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (r"C:\Users\li\Documents\accounts.brm", None),
        (r"D:\Work\Documents\accounts.brm", "OneDrive"),
        (r"d:\work\accounts.brm", "OneDrive"),
        (r"G:\My Drive\accounts.brm", "Google Drive"),
        (r"C:\Users\li\iCloudDrive\accounts.brm", "iCloud Drive"),
        (r"E:\百度网盘同步空间\accounts.brm", "Baidu Netdisk"),
        (r"C:\Users\li\WPSDrive\123\WPS云盘\accounts.brm", "WPS Cloud"),
    ],
)
def test_on_windows_onedrive_is_known_by_its_variable_wherever_it_lies(
    path: str, service: str | None
) -> None:
    variables = {"OneDrive": "", "OneDriveCommercial": r"D:\Work"}
    assert cloud_service(path, windows(variables=variables)) == service


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/Users/li/Documents/accounts.brm", None),
        ("/Users/li/Library/Mobile Documents/com~apple~CloudDocs/a.brm", "iCloud Drive"),
        ("/Users/li/Library/CloudStorage/OneDrive-Acme/accounts.brm", "OneDrive"),
        ("/Users/li/Library/CloudStorage/GoogleDrive-li@example.com/a.brm", "GoogleDrive"),
        ("/Users/li/Library/CloudStorage/accounts.brm", None),
    ],
)
def test_on_a_mac_the_folders_of_cloud_storage_are_known(path: str, service: str | None) -> None:
    assert cloud_service(path, mac()) == service


def test_on_a_mac_documents_that_were_moved_to_icloud_are_known() -> None:
    clouds = "/Users/li/Library/Mobile Documents/com~apple~CloudDocs"
    moved = mac(folders={clouds: ("Documents/", "Desktop")})
    assert cloud_service("/Users/li/Documents/sales/accounts.brm", moved) == "iCloud Drive"
    assert cloud_service("/Users/li/Desktop/accounts.brm", moved) is None


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".dropbox", "Dropbox"),
        (".dropbox.cache/", "Dropbox"),
        (".tmp.driveupload/", "Google Drive"),
        (".sync_0a1b2c3d4e5f.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".stfolder/", "Syncthing"),
        (".dropbox/", None),
        ("desktop.ini", None),
    ],
)
def test_folders_are_known_by_what_clients_leave_in_them(mark: str, service: str | None) -> None:
    system = a_system(folders={"/disk/notes": ("notes.txt", mark)})
    assert cloud_service("/disk/notes/deep/down/accounts.brm", system) == service


def test_the_warning_says_who_and_why(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    assert cloud_folder(path, a_system()) is None
    synchronised = a_system(folders={str(tmp_path): (".dropbox",)})
    warning = cloud_folder(path, synchronised)
    assert warning is not None
    assert tr(warning).startswith("sales.brm is in a folder that Dropbox synchronises: it can copy")


def test_a_link_is_followed_to_the_place_where_the_store_lies(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "work").symlink_to(tmp_path / "Dropbox")
    warning = cloud_folder(tmp_path / "work" / "sales.brm")
    assert warning is not None
    assert "that Dropbox synchronises" in tr(warning)


def test_the_computer_the_tests_run_on_keeps_stores_on_a_disk_of_its_own(tmp_path: Path) -> None:
    refuse_network(tmp_path / "sales.brm")
    assert cloud_folder(tmp_path / "sales.brm") is None
    assert cloud_folder(tmp_path / "not there" / "sales.brm") is None


def test_without_a_list_of_mounts_every_disk_is_the_computers_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_MOUNTS", tmp_path / "no such file")
    refuse_network(tmp_path / "sales.brm")


@pytest.fixture
def on_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the system says is another computer's."""
    mounts = tmp_path / "mountinfo"
    folder = tmp_path / "filer"
    folder.mkdir()
    mounts.write_text(f"1 0 0:1 / / rw - ext4 /dev/vda rw\n2 1 0:2 / {folder} rw - nfs4 f:/ rw\n")
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    return folder


def test_no_store_is_made_or_opened_on_a_network_drive(tmp_path: Path, on_a_network: Path) -> None:
    a_store(tmp_path / "sales.brm").close()
    there = (tmp_path / "sales.brm").rename(on_a_network / "sales.brm")
    before = listing(on_a_network)
    sentence = f"sales.brm is on the network drive {on_a_network}, where locks do not hold"
    with told(StoreProblem, sentence):
        LocalStore(there)
    with told(StoreProblem, "new.brm is on the network drive"):
        LocalStore.create(on_a_network / "new.brm", SITE)
    with told(StoreProblem, "saved.brm is on the network drive"):
        salvage(there, on_a_network / "saved.brm", None, SITE, None)
    assert listing(on_a_network) == before


def test_an_open_store_has_the_warning_of_its_place(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    with a_session(tmp_path / "Dropbox" / "sales.brm") as session:
        assert session.warning is not None
        assert "that Dropbox synchronises" in tr(session.warning)
    with a_session(tmp_path / "sales.brm") as session:
        assert session.warning is None


class WindowsLibrary:
    """The part of Windows that is asked about drives."""

    def __init__(self, name: str) -> None:
        assert name == "kernel32"

    def GetDriveTypeW(self, root: str) -> int:
        return 4 if root == "Z:\\" else 3


class MacLibrary:
    """The part of macOS that is asked about disks."""

    def __init__(self, _name: None) -> None:
        pass

    def statfs(self, folder: bytes, told: ctypes.Array[ctypes.c_char]) -> int:
        if folder == b"/gone":
            return -1
        struct.pack_into("=I", told, 64, 0 if folder == b"/Volumes/sales" else 0x5000)
        return 0


class IntelMacLibrary(MacLibrary):
    """The same where the system still has an older form of it too."""


setattr(IntelMacLibrary, "statfs$INODE64", MacLibrary.statfs)


def test_windows_is_asked_whether_a_drive_is_a_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "CDLL", WindowsLibrary)
    here = System.here()
    assert (here.is_remote("Z:\\"), here.is_remote("C:\\")) == (True, False)


@pytest.mark.parametrize("library", [MacLibrary, IntelMacLibrary])
def test_a_mac_is_asked_whether_a_disk_is_its_own(
    library: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", library)
    here = System.here()
    asked = [here.is_remote(folder) for folder in ("/Volumes/sales", "/Users/li", "/gone")]
    assert asked == [True, False, False]


def test_linux_is_asked_by_its_list_of_mounts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert not System.here().is_remote("/")
