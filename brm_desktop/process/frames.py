"""What may be said of a defect: kinds of exception and places in the code, and nothing else.

What an exception says may name a customer, so it is never written down: neither messages nor
values nor paths of the user. A place is a file of the program, a line and a function.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_FIRST: Final = 10
_LAST: Final = 40
"""How many frames are told from the outside and from the inside of a deep stack."""
_DEEPEST: Final = 4
"""How many exceptions that led to each other are told, and how many of a group."""

_HEAD: Final = re.compile(r"Fatal Python error: ([A-Z][A-Za-z ]{0,60})")
_SIGNAL: Final = re.compile(r"Windows fatal exception: ([a-z0-9 ]{0,60})")
_THREAD: Final = re.compile(r"(?:Current thread|Thread) 0x[0-9a-f]+ ")
_FRAME: Final = re.compile(r'  File "(.{1,4096})", line (\d{1,9})(?: in ([\w.<>]{1,200}))?$')


def told(error: BaseException) -> list[str]:
    """The kind and the places of an exception and of those that led to it, a line each."""
    return list(_told(error, "", 0, set()))


def told_of_dump(dump: str) -> list[str]:
    """The kind and the places that ``faulthandler`` wrote of a fatal error, a line each.

    Whatever is not of its form is left out: the file may hold anything.
    """
    return [line for line in map(_line_of_dump, dump.splitlines()) if line is not None]


def _told(error: BaseException, lead: str, depth: int, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    yield f"{lead}{_kind(error)}"
    yield from _places(error.__traceback__)
    if depth == _DEEPEST:
        return
    inner = error.exceptions[:_DEEPEST] if isinstance(error, BaseExceptionGroup) else ()
    led = [("one of the group: ", one) for one in inner]
    if error.__cause__ is not None:
        led.append(("caused by ", error.__cause__))
    elif error.__context__ is not None and not error.__suppress_context__:
        led.append(("raised while there was ", error.__context__))
    for words, one in led:
        if id(one) not in seen:
            yield from _told(one, words, depth + 1, seen)


def _kind(error: BaseException) -> str:
    """The class, and the number that the system or the database gave the error."""
    kind = type(error)
    home = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    numbers = (getattr(error, "errno", None), getattr(error, "sqlite_errorcode", None))
    known = [str(number) for number in numbers if type(number) is int]
    return f"{home}{kind.__qualname__}" + (f" ({', '.join(known)})" if known else "")


def _places(trace: TracebackType | None) -> list[str]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        file = _own(code.co_filename) or _module(trace.tb_frame.f_globals.get("__name__"))
        found.append(f"  {file}, line {trace.tb_lineno}, in {code.co_qualname}")
        trace = trace.tb_next
    if len(found) > _FIRST + _LAST:
        left = len(found) - _FIRST - _LAST
        return [*found[:_FIRST], f"  … {left} more", *found[-_LAST:]]
    return found


def _own(file: str) -> str | None:
    """A file of the program, seen from where the program lies; ``None`` when it is another's."""
    path = Path(file)
    if not path.is_relative_to(_PACKAGE):
        return None
    return path.relative_to(_PACKAGE.parent).as_posix()


def _module(name: object) -> str:
    """A module of somebody else's; its file would say where the user keeps things."""
    return name if isinstance(name, str) else "?"


def _line_of_dump(line: str) -> str | None:
    if found := _HEAD.match(line) or _SIGNAL.match(line):
        return found[1]
    if _THREAD.match(line):
        return line.partition(" 0x")[0]
    if found := _FRAME.match(line):
        function = f", in {found[3]}" if found[3] else ""
        return f"  {_place_of_dump(found[1])}, line {found[2]}{function}"
    return None


def _place_of_dump(file: str) -> str:
    """The end of a path that is a library's or the program's; the rest is the user's."""
    own = _own(file)
    if own is not None:
        return own
    parts = file.replace("\\", "/").split("/")
    for mark in ("site-packages", "brm_desktop"):
        if mark in parts:
            start = len(parts) - parts[::-1].index(mark)
            return "/".join(parts[start - (mark == "brm_desktop") :])
    for place, part in enumerate(parts):
        if re.fullmatch(r"python3(\.\d+)?", part) and place < len(parts) - 1:
            return "/".join(parts[place + 1 :])
    return "?"
