"""What Qt needs from the system is named in one sentence before Qt is imported."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from brm_desktop.environment import (
    EnvironmentProblem,
    System,
    require_qt,
    require_window,
    settle_input_method,
)

DEBIAN = 'ID=debian\nVERSION_ID="12"\n'
MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
FEDORA = "ID=fedora\n"
ARCH = "ID=arch\n"
UNKNOWN = "ID=plan9\n"


def a_system(
    *missing: str,
    variables: Mapping[str, str] | None = None,
    os_release: str = DEBIAN,
    is_root: bool = False,
    platform: str = "linux",
) -> System:
    here = {"DISPLAY": ":0"} if variables is None else variables
    return System(platform, here, lambda file: file not in missing, os_release, is_root)


def test_a_complete_system_is_passed_in_silence() -> None:
    require_qt(a_system())
    require_window(a_system())
    require_window(a_system(variables={"WAYLAND_DISPLAY": "wayland-0"}))


@pytest.mark.parametrize(
    ("os_release", "is_root", "command"),
    [
        (DEBIAN, True, "apt-get install -y libegl1 libgl1"),
        (MINT, False, "sudo apt-get install -y libegl1 libgl1"),
        (FEDORA, False, "sudo dnf install -y libglvnd-egl libglvnd-glx"),
        (ARCH, False, "sudo pacman -S --needed libglvnd"),
    ],
)
def test_missing_libraries_are_named_with_the_command_that_installs_them(
    os_release: str, is_root: bool, command: str
) -> None:
    system = a_system("libEGL.so.1", "libGL.so.1", os_release=os_release, is_root=is_root)
    with pytest.raises(EnvironmentProblem) as problem:
        require_qt(system)
    said = str(problem.value)
    assert "libEGL.so.1, libGL.so.1" in said
    assert said.endswith(f'install them with "{command}".')


def test_on_an_unknown_system_the_files_are_named() -> None:
    with pytest.raises(EnvironmentProblem, match="the packages that have libdbus-1"):
        require_qt(a_system("libdbus-1.so.3", os_release=UNKNOWN))


def test_without_a_display_the_sentence_names_the_commands_that_need_none() -> None:
    with pytest.raises(EnvironmentProblem, match="no display") as problem:
        require_window(a_system(variables={}))
    assert "uv run main.py --help" in str(problem.value)
    assert "\n" not in str(problem.value)


def test_what_the_x_display_needs_is_asked_for_only_where_there_is_one() -> None:
    with pytest.raises(EnvironmentProblem, match="libxcb-cursor0"):
        require_window(a_system("libxcb-cursor.so.0"))
    require_window(a_system("libxcb-cursor.so.0", variables={"WAYLAND_DISPLAY": "wayland-0"}))
    require_window(a_system("libxcb-cursor.so.0", variables={"QT_QPA_PLATFORM": "offscreen"}))
    require_qt(a_system("libxcb-cursor.so.0"))


def test_wayland_falls_back_to_x_and_is_named_where_there_is_no_other() -> None:
    both = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
    require_window(a_system("libwayland-cursor.so.0", variables=both))
    with pytest.raises(EnvironmentProblem, match="libwayland-cursor0"):
        require_window(
            a_system("libwayland-cursor.so.0", variables={"WAYLAND_DISPLAY": "wayland-0"})
        )


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_platforms_have_what_qt_needs(platform: str) -> None:
    system = a_system("libEGL.so.1", variables={}, platform=platform)
    require_qt(system)
    require_window(system)


def test_the_machine_that_runs_the_tests_can_load_qt() -> None:
    require_qt(System.here())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"QT_IM_MODULE": "fcitx5"}, {"QT_IM_MODULE": "ibus"}),
        ({"XMODIFIERS": "@im=fcitx"}, {"XMODIFIERS": "@im=fcitx", "QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULES": "wayland;fcitx;ibus"}, {"QT_IM_MODULES": "wayland;ibus"}),
        ({"QT_IM_MODULE": "ibus"}, {"QT_IM_MODULE": "ibus"}),
        ({}, {}),
    ],
)
def test_under_fcitx_the_ibus_module_is_asked_for(
    before: dict[str, str], after: dict[str, str]
) -> None:
    settle_input_method(before)
    assert before == after
