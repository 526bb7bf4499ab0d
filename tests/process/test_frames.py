"""Of a defect only kinds and places are told, whatever it says."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

import brm_desktop
from brm_desktop.domain.phrase import phrase
from brm_desktop.language import tr
from brm_desktop.process.frames import told, told_of_dump

MARKER = "Zhou Hai of Huachen"
PACKAGE = Path(brm_desktop.__file__).parent


def caught(work: Callable[[], object]) -> BaseException:
    try:
        work()
    except BaseException as error:  # noqa: BLE001  whatever it is
        return error
    raise AssertionError("nothing was raised")


def joined(error: BaseException) -> str:
    lines = told(error)
    assert all("\n" not in line for line in lines)
    return "\n".join(lines)


def test_a_defect_is_its_kind_and_the_places_it_came_through() -> None:
    lines = told(caught(lambda: tr(phrase("{" + MARKER + "}"))))
    assert lines[0] == "KeyError"
    assert lines[-1].startswith("  brm_desktop/language.py, line ")
    assert lines[-1].endswith(", in _put_in")
    assert any(line.startswith("  test_frames, line ") or "in caught" in line for line in lines)
    assert MARKER not in "\n".join(lines)
    assert str(Path.home()) not in "\n".join(lines)


def test_what_led_to_a_defect_is_told_as_kinds_too() -> None:
    def caused() -> None:
        try:
            raise OSError(errno.ENOSPC, MARKER, MARKER)
        except OSError as error:
            raise ValueError(MARKER) from error

    def meanwhile() -> None:
        try:
            raise LookupError(MARKER)
        except LookupError:
            raise ValueError(MARKER)  # noqa: B904  that is what is tested

    def alone() -> None:
        try:
            raise LookupError(MARKER)
        except LookupError:
            raise ValueError(MARKER) from None

    assert f"caused by OSError ({errno.ENOSPC})" in joined(caught(caused))
    assert "raised while there was LookupError" in joined(caught(meanwhile))
    assert "LookupError" not in joined(caught(alone))
    for one in (caused, meanwhile, alone):
        assert MARKER not in joined(caught(one))


def test_a_kind_is_named_with_its_home_and_the_databases_number() -> None:
    class Sunk(Exception):
        sqlite_errorcode = 19
        errno = MARKER

    said = joined(Sunk(MARKER))
    assert said.endswith("Sunk (19)")
    assert said.startswith(f"{__name__}.")


def test_a_group_tells_its_members_and_a_circle_ends() -> None:
    first, second = ValueError(MARKER), KeyError(MARKER)
    first.__cause__, second.__cause__ = second, first
    said = told(ExceptionGroup(MARKER, [first, second]))
    assert said == ["ExceptionGroup", "one of the group: ValueError", "caused by KeyError"]


def test_a_long_chain_and_a_deep_stack_are_cut() -> None:
    error: Exception = ValueError(MARKER)
    for _ in range(10):
        outer = ValueError(MARKER)
        outer.__cause__ = error
        error = outer
    assert len(told(error)) == 5

    def deep(left: int) -> None:
        if left:
            deep(left - 1)
        raise RuntimeError(MARKER)

    lines = told(caught(lambda: deep(200)))
    assert len(lines) == 1 + 10 + 1 + 40
    assert lines[11].endswith(" more")


def test_code_without_a_name_is_a_question_mark() -> None:
    code = compile("1 / 0", f"/home/{MARKER}/secret.py", "exec")
    error = caught(lambda: exec(code, {"__name__": None}))
    assert told(error)[-1] == "  ?, line 1, in <module>"


def test_a_dump_keeps_kinds_and_places_and_drops_whatever_else_it_holds() -> None:
    dump = f"""Fatal Python error: Segmentation fault

Thread 0x00007f [{MARKER}] (most recent call first):
  File "/usr/lib/python3.11/threading.py", line 320 in wait
  File "/home/{MARKER}/.venv/lib/python3.11/site-packages/PySide6/__init__.py", line 2 in <module>

Current thread 0x00007ff8d0008b80 (most recent call first):
  File "{PACKAGE}/gui/desk.py", line 12 in edit
  File "C:\\Users\\{MARKER}\\apps\\brm_desktop\\app.py", line 3 in main
  File "/home/{MARKER}/start.py", line 8 in <module>
  File "/home/{MARKER}/python3", line 9
{MARKER}
Extension modules: {MARKER} (total: 1)
"""
    assert told_of_dump(dump) == [
        "Segmentation fault",
        "Thread",
        "  threading.py, line 320, in wait",
        "  PySide6/__init__.py, line 2, in <module>",
        "Current thread",
        "  brm_desktop/gui/desk.py, line 12, in edit",
        "  brm_desktop/app.py, line 3, in main",
        "  ?, line 8, in <module>",
        "  ?, line 9",
    ]
    assert told_of_dump("Windows fatal exception: access violation") == ["access violation"]


@pytest.mark.parametrize("dump", ["", "\0" * 500, MARKER, f'  File "{MARKER}'])
def test_garbage_in_a_dump_is_nothing(dump: str) -> None:
    assert told_of_dump(dump) == []
