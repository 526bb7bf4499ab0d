"""When fields were written, as JSON has it where space counts: fields of one stamp stand together.

``{"*": "0197…", "0198…": ["title", "notes"]}`` says of three fields no more than two stamps. Which
key is a stamp is told by its first sign: a digit until the year 7544, where names begin with a
letter. Later stamps stand alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from brm_desktop.domain.operations import Plain

_DIGITS: Final = frozenset("0123456789")


def is_grouped(key: str) -> bool:
    """Whether a key is the stamp of several fields, and no field's name."""
    return key[:1] in _DIGITS


def grouped(clock: Mapping[str, str]) -> dict[str, Plain]:
    """Field to stamp, and stamp to fields where it is that of several."""
    fields: dict[str, list[str]] = {}
    for name, stamp in clock.items():
        if stamp in fields:
            fields[stamp].append(name)
        else:
            fields[stamp] = [name]
    said: dict[str, Plain] = {}
    for stamp, names in fields.items():
        if len(names) > 1 and is_grouped(stamp):
            said[stamp] = names
        else:
            said.update(dict.fromkeys(names, stamp))
    return said


def ungrouped(said: Mapping[str, Plain]) -> dict[str, Plain]:
    """Field to stamp, of what :func:`grouped` gave; may raise ``TypeError`` for anything else."""
    clock: dict[str, Plain] = {}
    for name, one in said.items():
        if is_grouped(name):
            clock.update(dict.fromkeys(one, name))
        else:
            clock[name] = one
    return clock
