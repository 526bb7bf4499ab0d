"""The note of who has a store open, so that whoever finds it busy is told by whom.

The lock on the file is what keeps others out; the note ``NAME.brm.in-use`` only explains it. It is
written when the lock is had, taken away before it is let go, and read only when a store is busy: a
note that a crash left does no harm. Nothing of a customer's stands in it. Since when the store has
been open is when the note was written.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from brm_desktop.domain.errors import StoreBusy
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.process.alive import birth_of, computer, is_alive
from brm_desktop.storage.place.durable import make_own

SUFFIX: Final = ".in-use"
_LARGEST: Final = 2_000
_LONGEST_WORD: Final = 64
_LARGEST_PID: Final = 2**31
_TEXTS: Final = ("program", "host", "user", "birth")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a store open; ``since`` in local time."""

    program: str
    process: int
    host: str
    user: str
    birth: str
    since: datetime


def note_of(path: Path) -> Path:
    """Where the note of a store lies."""
    return path.with_name(f"{path.name}{SUFFIX}")


def leave_note(path: Path) -> None:
    """Note that this process has a store open; where nothing can be written there is no note.

    Whoever may read the store may read the note.
    """
    note = note_of(path)
    part = note.with_name(f"{note.name}.{os.getpid()}")
    content = {
        "program": "BRM Desktop",
        "pid": os.getpid(),
        "birth": birth_of(os.getpid()),
        "host": _word(computer()),
        "user": _word(_user()),
    }
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(make_own(part), "w", encoding="utf-8") as file:
            json.dump(content, file)
        part.chmod(path.stat().st_mode & 0o666)
        part.replace(note)
    except OSError:
        with suppress(OSError):
            part.unlink()


def take_note_away(path: Path) -> None:
    """Take this process's note away; another's stays."""
    found = holder_of(path)
    if found is not None and _is_here(found) and found.process == os.getpid():
        with suppress(OSError):
            note_of(path).unlink()


def holder_of(path: Path) -> Holder | None:
    """Who has left a note, if it is one: small, an ordinary file, of the form that is written."""
    try:
        text, since = _read(note_of(path))
        content = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or set(content) != {*_TEXTS, "pid"}:
        return None
    process = content["pid"]
    if type(process) is not int or not 0 < process < _LARGEST_PID:
        return None
    words = [content[name] for name in _TEXTS]
    if not all(isinstance(word, str) and word == _word(word) for word in words):
        return None
    program, host, user, birth = words
    return Holder(program, process, host, user, birth, since)


@contextmanager
def told_by_whom(path: Path) -> Iterator[None]:
    """Say of a store that is busy who has it open, when that is known."""
    try:
        yield
    except StoreBusy as busy:
        found = holder_of(path)
        if found is None or not _may_hold(found):
            raise
        raise StoreBusy(_sentence(path, found)) from busy


def _may_hold(holder: Holder) -> bool:
    """Whether a note can be right: of a process on this computer it is known when it has ended."""
    return not _is_here(holder) or is_alive(holder.process, holder.birth)


def _sentence(path: Path, holder: Holder) -> Phrase:
    if not _is_here(holder):
        return phrase(
            "{name} is open in {program} on the computer {host}"
            " (user {user}, process {process}, since {since}).",
            **_values(path, holder),
            host=holder.host,
        )
    if holder.process == os.getpid():
        return phrase("{name} is open here already.", name=path.name)
    return phrase(
        "{name} is open in another {program} (user {user}, process {process}, since {since}).",
        **_values(path, holder),
    )


def _values(path: Path, holder: Holder) -> dict[str, object]:
    return {
        "name": path.name,
        "program": holder.program,
        "user": holder.user,
        "process": str(holder.process),
        "since": f"{holder.since:%Y-%m-%d %H:%M}",
    }


def _is_here(holder: Holder) -> bool:
    return holder.host == _word(computer())


def _read(note: Path) -> tuple[bytes, datetime]:
    """The text of a note and when it was written; a pipe or a device is never waited for."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    file = os.open(note, flags)
    try:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise ValueError
        text = os.read(file, _LARGEST)
    finally:
        os.close(file)
    return text, datetime.fromtimestamp(found.st_mtime, UTC).astimezone()


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return str(os.getuid()) if hasattr(os, "getuid") else ""


def _word(text: str) -> str:
    """Fit for a sentence: one line that can be printed, and not long."""
    return "".join(sign for sign in text if sign.isprintable())[:_LONGEST_WORD]
