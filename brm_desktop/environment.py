"""What Qt needs from the system, found out before Qt is imported.

On Linux the wheels of Qt bring most of what they need, but not what belongs to the graphics driver
and the display. Where that is missing, importing Qt ends in a linker's message, or in an abort with
no Python error at all; so it is looked for first, and what to install is said in one sentence.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase


class EnvironmentProblem(Problem):
    """The system lacks something that the program cannot bring along."""


class Library(NamedTuple):
    """A shared library and the package that has it, by package manager."""

    file: str
    apt: str
    dnf: str
    pacman: str


QT_LIBRARIES: Final = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libX11.so.6", "libx11-6", "libX11", "libx11"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
)
"""What every use of Qt needs, display or none: the imports of QtCore, QtGui and QtWidgets."""

X11_LIBRARIES: Final = (
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil",
            "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
)  # fmt: skip
"""What the window needs on an X display: the imports of Qt's xcb plugin."""

WAYLAND_LIBRARIES: Final = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
)
"""What the window needs on a Wayland display."""

_INSTALLERS: Final = {
    "apt": ("apt-get install -y", {"debian", "ubuntu"}),
    "dnf": ("dnf install -y", {"fedora", "rhel", "centos"}),
    "pacman": ("pacman -S --needed", {"arch"}),
}


def _can_be_loaded(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def _os_release() -> str:
    for place in (Path("/etc/os-release"), Path("/usr/lib/os-release")):
        if place.is_file():
            return place.read_text(encoding="utf-8", errors="replace")
    return ""


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


@dataclass(frozen=True, slots=True)
class System:
    """What there is to be known of the system the program runs on."""

    platform: str
    variables: Mapping[str, str]
    can_be_loaded: Callable[[str], bool]
    os_release: str
    is_root: bool

    @classmethod
    def here(cls) -> System:
        """The system the program runs on."""
        return cls(sys.platform, os.environ, _can_be_loaded, _os_release(), _is_root())

    @property
    def has_display(self) -> bool:
        """Whether a window can appear anywhere, or Qt was told of a platform of its own."""
        return self.platform != "linux" or any(
            self.variables.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        )


def require_qt(system: System) -> None:
    """See that Qt can be imported.

    Raises
    ------
    EnvironmentProblem
        When a shared library is missing; the sentence has the command that installs it.
    """
    if system.platform == "linux":
        _require(system, _missing(system, QT_LIBRARIES))


def require_window(system: System) -> None:
    """See that a window can be opened: a display, and what Qt needs to reach it.

    Raises
    ------
    EnvironmentProblem
        When there is no display (the sentence names the commands that need none) or a shared
        library is missing (it has the command that installs it).
    """
    if system.platform != "linux":
        return
    missing = _missing(system, QT_LIBRARIES)
    if not system.has_display:
        raise EnvironmentProblem(
            phrase(
                "There is no display to open a window on; every command works without one:"
                ' "{help_command}" lists them, and "{example}" writes an account plan.',
                help_command="uv run main.py --help",
                example="uv run main.py export plan --store FILE --account NAME --out FILE.pdf",
            )
        )
    if not system.variables.get("QT_QPA_PLATFORM"):
        missing += _missing_for_display(system)
    _require(system, missing)


def settle_input_method(variables: MutableMapping[str, str]) -> None:
    """Let Chinese be typed under fcitx: Qt's wheels have the ibus module only, which it answers to.

    Must run before the application object is made (docs/decisions).
    """
    module = variables.get("QT_IM_MODULE", "")
    if "fcitx" in module or (not module and "fcitx" in variables.get("XMODIFIERS", "")):
        variables["QT_IM_MODULE"] = "ibus"
    if "fcitx" in variables.get("QT_IM_MODULES", ""):
        variables["QT_IM_MODULES"] = "wayland;ibus"


def install_command(system: System, libraries: tuple[Library, ...]) -> str | None:
    """The exact command that installs libraries here, or ``None`` on a system we do not know."""
    family = _family(system.os_release)
    for manager, (command, systems) in _INSTALLERS.items():
        if family & systems:
            packages = dict.fromkeys(getattr(library, manager) for library in libraries)
            sudo = "" if system.is_root else "sudo "
            return f"{sudo}{command} {' '.join(packages)}"
    return None


def _family(os_release: str) -> set[str]:
    entries = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    names = f"{entries.get('ID', '')} {entries.get('ID_LIKE', '')}"
    return set(names.replace('"', " ").replace("'", " ").casefold().split())


def _missing(system: System, libraries: tuple[Library, ...]) -> tuple[Library, ...]:
    return tuple(library for library in libraries if not system.can_be_loaded(library.file))


def _missing_for_display(system: System) -> tuple[Library, ...]:
    wayland = _missing(system, WAYLAND_LIBRARIES)
    if system.variables.get("WAYLAND_DISPLAY") and not wayland:
        return ()
    if system.variables.get("DISPLAY"):
        return _missing(system, X11_LIBRARIES)
    return wayland


def _require(system: System, missing: tuple[Library, ...]) -> None:
    if not missing:
        return
    files = ", ".join(library.file for library in missing)
    command = install_command(system, missing)
    if command is None:
        raise EnvironmentProblem(
            phrase(
                "Qt needs shared libraries that this system lacks; install the packages"
                " that have {files}, then start again.",
                files=files,
            )
        )
    raise EnvironmentProblem(
        phrase(
            "Qt needs shared libraries that this system lacks ({files});"
            ' install them with "{command}".',
            files=files,
            command=command,
        )
    )
