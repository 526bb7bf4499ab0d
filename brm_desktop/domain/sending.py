"""What a site has to send of one row: its unsent edits of what leaves, and who may see the row."""

from __future__ import annotations

from dataclasses import dataclass, replace

from brm_desktop.domain.kinds import kind_named
from brm_desktop.domain.merge import is_gone, pending
from brm_desktop.domain.operations import Key, Operation, Reach, RowState
from brm_desktop.domain.records import Audience, Records
from brm_desktop.domain.registers import ALL_FIELDS, NO_FIELDS, Fields
from brm_desktop.domain.sharing import Leaving


@dataclass(frozen=True, slots=True)
class Row:
    """A record as the store has it, as the asset is known to have it, and who may see it there.

    ``reach`` is what this site said last of who may see it: ``None`` for nobody, or nothing yet.
    """

    key: Key
    local: RowState
    known: RowState | None
    reach: Audience | None


def operation_of(
    records: Records, leaving: Leaving | None, row: Row, *sites: str
) -> Operation | None:
    """What a site has to send of one row, of ``sites`` the first; ``None`` for nothing.

    Who wrote something in a row says who may see it, and no wider than those whose it was before.
    """
    if not (row.local.clock or row.local.deletions):
        return None  # it was erased: there is nothing here that could be sent or taken back
    site, *former = sites
    fields = NO_FIELDS if leaving is None else _all_but(row.key, leaving.fields)
    as_sent = leaving is not None and _is_as_sent(row, fields)
    operation = (
        None if as_sent else pending(row.local, row.known, site, fields, former=tuple(former))
    )
    own = operation is not None and any(one.endswith(sites) for one in operation.written())
    gone = is_gone(row.local)
    if leaving is None:
        wanted = None
    elif gone or not (own or _has_own(row.known, sites)):
        wanted = row.reach
    else:
        wanted = _no_wider(records, row, leaving.reach, sites)
    if wanted is row.reach:
        return operation
    said = None if wanted is None else Reach(wanted.value)
    base = operation or Operation(kind=row.key[0], row=row.key[1])
    return replace(base, reach=said)


def _no_wider(records: Records, row: Row, reach: Audience, sites: tuple[str, ...]) -> Audience:
    """How far a row goes by this site's wish; with what others wrote, only as far as it came."""
    if reach is Audience.TEAM:
        return reach
    theirs = row.known is not None and not all(s.endswith(sites) for s in row.known.live())
    record = records.find(row.key[1])
    if theirs and record is not None and record.audience is not Audience.COMPANY:
        return Audience.TEAM
    return reach


def _is_as_sent(row: Row, leaving: Fields) -> bool:
    """Whether the asset certainly has just what leaves, told without looking at each field."""
    local, known = row.local, row.known
    if known is None or local.clock != known.clock:
        return False
    if local.others or known.others or local.beneath or known.beneath:
        return False
    kept = leaving - ALL_FIELDS
    return (
        not (local.deletions or known.deletions)
        and known.withheld == local.withheld | kept
        and kept.isdisjoint(local.clock)
    )


def _has_own(known: RowState | None, sites: tuple[str, ...]) -> bool:
    return known is not None and any(stamp.endswith(sites) for stamp in known.live())


def _all_but(key: Key, fields: frozenset[str]) -> Fields:
    """Fields that leave as a set that whole records are compared with quickly."""
    kind = kind_named(key[0])
    return ALL_FIELDS | (frozenset(kind.__dataclass_fields__) - fields)
