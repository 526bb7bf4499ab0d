"""When each field of a row was last written, as compact JSON: field to stamp, ``*`` for the rest.

``{"*":"0197…"}``: every field is from one edit. Stamps are hex, which sorts as their bytes do.
Where there are several each sign counts, for rows stand close together and one that grows moves
others: stamps are in base 64 then, and the fields of one are named by a letter each
(``brief_names``): ``{"*":"AZc…","AZg…":"'8"}``. What has no letter is named alone,
``"steps":"AZg…"``. Which key is a stamp is told by its first sign: a capital until the year 5593,
where names begin with a small letter; later stamps stay hex and stand alone. Before the sixth
version of the schema it was ``{"*":"0197…","0198…":["title","notes"]}``. Rows that others write too
may say more:

- no ``*``, or ``-`` with names: the fields not named, or these, were written by nobody who may be
  seen here, and hold what is usual;
- ``+``, field to stamps: others wrote the same value; ``=``, pairs of a stamp and the names of
  fields: others wrote the same in all fields but these.
"""

from __future__ import annotations

import json
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from brm_desktop.domain.grouped import is_grouped
from brm_desktop.storage.rows.brief_names import lettered, named_by

REST: Final = "*"
_WITHHELD: Final = "-"
_EQUAL: Final = "+"
_BENEATH: Final = "="
_PLAIN: Final = len('{"*":""}') + 32
_LONG, _SHORT = 32, 22
"""Digits of a stamp in hex, and signs of one in base 64 (of 24 the last two say nothing)."""
_COMPACT: Final = json.JSONEncoder(separators=(",", ":"))
_PART: Final = '"%s":"%s"'
_NO_FIELDS: Final[frozenset[str]] = frozenset()


class Written(NamedTuple):
    """What a clock says, part by part."""

    clock: dict[str, str]
    withheld: frozenset[str]
    equal: Mapping[str, list[str]]
    beneath: tuple[tuple[str, frozenset[str]], ...]


def clock_of(stamp: str) -> str:
    """The clock of a row whose every field was written by one edit."""
    return f'{{"*":"{stamp}"}}'


def read_clock(text: str) -> Written:
    """The clock that a row holds; raises what reading JSON raises when it is none."""
    if len(text) == _PLAIN and text.startswith('{"*":"'):
        return Written({REST: text[6:-2]}, _NO_FIELDS, {}, ())
    stamps: dict[str, Any] = json.loads(text)
    withheld = frozenset(stamps.pop(_WITHHELD, ()))
    equal: dict[str, list[str]] = stamps.pop(_EQUAL, {})
    beneath = tuple((stamp, frozenset(named)) for stamp, named in stamps.pop(_BENEATH, ()))
    clock = _by_field(stamps)
    if not all(type(stamp) is str for stamp in clock.values()):
        raise TypeError(text)
    return Written(clock, withheld, equal, beneath)


def _by_field(said: Mapping[str, Any]) -> dict[str, str]:
    """Field to stamp in hex, of a clock as it stands in a row."""
    clock: dict[str, str] = {}
    for key, one in said.items():
        if "A" <= key[:1] <= "Z":
            clock.update(dict.fromkeys(named_by(one), _long(key)))
        elif is_grouped(key):
            clock.update(dict.fromkeys(one, key))
        else:
            clock[key] = _long(one)
    return clock


def clock_text(
    clock: Mapping[str, str],
    withheld: Iterable[str] = (),
    equal: Mapping[str, Iterable[str]] | None = None,
    beneath: Iterable[tuple[str, Iterable[str]]] = (),
) -> str:
    """The JSON of a clock: what :func:`read_clock` reads."""
    said: dict[str, Any] = dict(clock)
    if len(clock) > 1 or REST not in clock:
        said = _shortened(clock)
    if not withheld and not equal and not beneath:  # nearly always; nothing here needs escaping
        return f"{{{','.join([_PART % one for one in said.items()])}}}"
    if withheld:
        said[_WITHHELD] = sorted(withheld)
    if equal:
        said[_EQUAL] = {field: list(stamps) for field, stamps in equal.items()}
    if beneath:
        said[_BENEATH] = [[stamp, sorted(named)] for stamp, named in beneath]
    return _COMPACT.encode(said)


def _shortened(clock: Mapping[str, str]) -> dict[str, str]:
    """A clock with its stamps in base 64: field to stamp, and stamp to the letters of fields."""
    fields: dict[str, list[str]] = {}
    for name, stamp in clock.items():
        if stamp in fields:
            fields[stamp].append(name)
        else:
            fields[stamp] = [name]
    said: dict[str, str] = {}
    for stamp, names in fields.items():
        short = _short(stamp)
        letters, alone = lettered(tuple(names)) if len(short) == _SHORT else ("", names)
        for name in alone:
            said[name] = short
        if letters:
            said[short] = letters
    return said


def _short(stamp: str) -> str:
    """A stamp in base 64, where that is told from a name."""
    short = b2a_base64(bytes.fromhex(stamp), newline=False)[:_SHORT].decode()
    return short if len(stamp) == _LONG and "A" <= short[0] <= "Z" else stamp


def _long(stamp: str) -> str:
    """A stamp in hex, whether it is in that or in base 64."""
    return a2b_base64(stamp + "==").hex() if len(stamp) == _SHORT else stamp


def advanced(text: str, fields: Iterable[str], stamp: str) -> str:
    """The clock after an edit of some fields, which goes over all that said the same there."""
    names = dict.fromkeys(fields, stamp)
    before = read_clock(text)
    return clock_text(
        before.clock | names,
        before.withheld.difference(names),
        {field: stamps for field, stamps in before.equal.items() if field not in names},
        [(one, but.union(names)) for one, but in before.beneath],
    )


def seen(text: str, fields: Iterable[str]) -> str:
    """What the clock says of some fields: the base of an edit of them."""
    stamps = read_clock(text).clock
    rest = stamps.get(REST)
    base = {field: stamps.get(field, rest) for field in fields}
    return json.dumps({f: one for f, one in base.items() if one}, separators=(",", ":"))


def stamps_in(text: str) -> set[str]:
    """Every stamp that a clock names: the live writes, but for those in conflict."""
    written = read_clock(text)
    found = set(written.clock.values())
    found.update(stamp for stamps in written.equal.values() for stamp in stamps)
    found.update(stamp for stamp, _ in written.beneath)
    return found


def tombstone(text: str, stamp: str, conflicts: Iterable[str] = ()) -> str:
    """What ``deleted`` holds: the deletion's stamp and the clock that the deleter had seen.

    With stamps that stood in conflict it is the stamps alone.
    """
    others = set(conflicts)
    seen_too = json.dumps(sorted(stamps_in(text) | others)) if others else text
    return f'{{"by":"{stamp}","seen":{seen_too}}}'


def tombstone_of(deletions: Mapping[str, Iterable[str]]) -> str:
    """What ``deleted`` holds of several deletions: the newest, then the others."""
    newest, *others = sorted(deletions, reverse=True)
    said: dict[str, Any] = {"by": newest, "seen": list(deletions[newest])}
    if others:
        said["others"] = {stamp: list(deletions[stamp]) for stamp in others}
    return json.dumps(said, separators=(",", ":"))


def deletions_in(text: str) -> dict[str, tuple[str, ...]]:
    """The deletions that a tombstone tells of, with the stamps that each had seen."""
    said = json.loads(text)
    others = {stamp: tuple(one) for stamp, one in said.get("others", {}).items()}
    return {said["by"]: tuple(sorted(_seen_by(said["seen"]))), **others}


def _seen_by(seen: Any) -> Iterator[str]:
    return iter(stamps_in(json.dumps(seen, separators=(",", ":"))) if type(seen) is dict else seen)


_HIDDEN: Final = '{"hidden":"'


def hidden(reason: str) -> str:
    """What ``deleted`` holds of a row that is there and must not be seen."""
    return f'{_HIDDEN}{reason}"}}'


def is_hidden(deleted: str | None) -> bool:
    """Whether a row is hidden, and not deleted."""
    return deleted is not None and deleted.startswith(_HIDDEN)
