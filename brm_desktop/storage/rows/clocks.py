"""When each field of a row was last written, as compact JSON: field to stamp, ``*`` for the rest.

``{"*": "0197…", "title": "0198…"}``: every field is from the first edit but the title; several
fields of one edit stand together, ``{"*": "0197…", "0198…": ["title", "notes"]}``. Stamps are hex,
which sorts as their bytes do. Rows that others write too may say more:

- no ``*``, or ``-`` with names: the fields not named, or these, were written by nobody who may be
  seen here, and hold what is usual;
- ``+``, field to stamps: others wrote the same value; ``=``, pairs of a stamp and the names of
  fields: others wrote the same in all fields but these.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from brm_desktop.domain.grouped import grouped, ungrouped

REST: Final = "*"
_WITHHELD: Final = "-"
_EQUAL: Final = "+"
_BENEATH: Final = "="
_PLAIN: Final = len('{"*":""}') + 32
_COMPACT: Final = json.JSONEncoder(separators=(",", ":"))
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
    clock = ungrouped(stamps)
    if not all(type(stamp) is str for stamp in clock.values()):
        raise TypeError(text)
    return Written(clock, withheld, equal, beneath)


def clock_text(
    clock: Mapping[str, str],
    withheld: Iterable[str] = (),
    equal: Mapping[str, Iterable[str]] | None = None,
    beneath: Iterable[tuple[str, Iterable[str]]] = (),
) -> str:
    """The JSON of a clock: what :func:`read_clock` reads."""
    said = grouped(clock)
    if not withheld and not equal and not beneath:  # nearly always; nothing here needs escaping
        return f"{{{','.join(map(_part, said.items()))}}}"
    if withheld:
        said[_WITHHELD] = sorted(withheld)
    if equal:
        said[_EQUAL] = {field: list(stamps) for field, stamps in equal.items()}
    if beneath:
        said[_BENEATH] = [[stamp, sorted(named)] for stamp, named in beneath]
    return _COMPACT.encode(said)


def _part(said: tuple[str, Any]) -> str:
    """A field and its stamp, or a stamp and its fields, as JSON."""
    key, one = said
    if type(one) is str:
        return f'"{key}":"{one}"'
    named = '","'.join(one)
    return f'"{key}":["{named}"]'


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
