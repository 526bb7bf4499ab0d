"""Which computer this is, and whether a process of it still runs: numbers are given out again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PROC = Path("/proc")


def computer() -> str:
    """What this computer calls itself."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def birth_of(pid: int) -> str:
    """What tells a process from a later one of the same number; empty where nobody says it.

    On Linux it is the boot and the tick of its start.
    """
    try:
        status = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="utf-8").strip()
        return f"{boot}:{status.rpartition(')')[2].split()[19]}"
    except (OSError, ValueError, IndexError):
        return ""


def is_alive(pid: int, birth: str = "") -> bool:
    """Whether a process runs here; with ``birth``, whether it is that one."""
    if not _runs(pid):
        return False
    now = birth_of(pid)
    return not birth or not now or birth == now


if sys.platform == "win32":

    def _runs(pid: int) -> bool:
        import ctypes

        kernel = ctypes.windll.kernel32
        limited, running = 0x1000, 259
        handle = kernel.OpenProcess(limited, False, pid)
        if not handle:
            return False
        code = ctypes.c_ulong()
        asked = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return bool(asked) and code.value == running

else:

    def _runs(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except (PermissionError, OverflowError):
            return pid < 2**31  # another user's
        return True
