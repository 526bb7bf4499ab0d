"""The merge of what several sites did, the only implementation: pure, the same for every store.

Sites send operations to the company's asset, which takes them one by one (:func:`merged`); row
states come back and each site folds them into its own (:func:`folded`). Whatever the order among
sites, all end with the same: of every register, what was written and gone over by nobody. A wrong
clock changes what is shown first, never whether something is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from brm_desktop.domain.operations import (
    DELETED,
    REST,
    UNCHANGED,
    Operation,
    Plain,
    Reach,
    RowState,
    Unchanged,
)
from brm_desktop.domain.registers import (
    ALL_FIELDS,
    NO_FIELDS,
    Fields,
    Layers,
    Registers,
    Shape,
    add,
    by_field,
    by_stamp,
    fewer,
    includes,
    joined,
    layers_of,
    live_in,
    row_of,
    shared,
    without,
)

SETTLES_ITSELF: Final = frozenset({"placement"})
"""Kinds of rows of which nobody is told what stands against them: where a card stands on a canvas
is no fact about a customer. What was written last is shown, and what anybody placed stays."""


class Losing(NamedTuple):
    """A live write that is not shown: someone wrote it and nobody has gone over it.

    ``field`` is ``DELETED`` for a deletion that had not seen some write (``value``: the stamps it
    saw), and ``REST`` for what a further whole record says of all fields not named elsewhere
    (``value``: the names of those that are). ``differs`` is false where it says what is shown: it
    is kept, and there is nothing to tell.
    """

    field: str
    stamp: str
    value: Plain
    differs: bool


def merged(state: RowState | None, operation: Operation) -> RowState:
    """The row after an operation: what it goes over is no more, what it writes is live.

    Operations of different sites may come in any order, those of one site in their own and each
    once; the end is the same. A new row costs the same however many fields it has, a row that is
    there grows with the fields of both.
    """
    speaks_of_all = bool(REST in operation.stamps or REST in operation.over or operation.beneath)
    if state is None and not (operation.over or operation.others or operation.beneath):
        return _first(operation)
    if state is None or speaks_of_all or state.beneath:
        return _merged_in_layers(state, operation)
    return _merged_by_field(state, operation)


def folded(
    local: RowState | None, known: RowState | None, asset: RowState | None
) -> RowState | None:
    """A site's row after the asset told what it holds now; ``None`` for nothing known of any.

    What the asset had and has no more goes, what it has anew comes, and what the site has not sent
    yet stays. ``known`` is what the asset last told with all that was sent since, as in
    :func:`pending`; ``asset`` what it tells now, ``None`` when the row is not for this site (any
    more), with what was sent and it has not taken yet (:func:`after_sending` makes both).
    Folding the same again changes nothing; an older answer than the last must not be given.
    """
    some = local or asset or known
    if some is None:
        return None
    if asset is not None and _same_stamps(local, known):
        return _as_told(asset)
    if local is not None and _same_stamps(known, asset):
        return local
    mine, then, now = layers_of(local), layers_of(known), layers_of(asset)
    left = fewer(mine, fewer(then, now))
    for stamp, (fields, values) in fewer(now, then).items():
        add(left, stamp, fields, values)
    gone = _deletions(known).keys() - _deletions(asset).keys()
    come = _deletions(asset).keys() - _deletions(known).keys()
    deletions = {s: seen for s, seen in _deletions(local).items() if s not in gone}
    deletions.update({stamp: _deletions(asset)[stamp] for stamp in come})
    return row_of(some.kind, some.row, left, deletions, {}, frozenset())


def pending(
    local: RowState | None,
    known: RowState | None,
    site: str,
    leaving: Fields = ALL_FIELDS,
    reach: Reach | Unchanged | None = UNCHANGED,
    former: tuple[str, ...] = (),
) -> Operation | None:
    """What a site has to send of a row: its unsent edits squashed to one; ``None`` for nothing.

    ``known`` is what the asset will hold once it has taken all that was sent, ``site`` the last 16
    digits of the site's stamps (``former``: of what it was before it went on from a copy),
    ``leaving`` the fields that may leave (``REST`` among them: all but the others). Of fields that
    do not leave, what the site had sent is taken back and what others wrote stays. A row that
    nobody has and that is deleted here is nobody's business; a row that is not here at all says
    nothing: absence is never deletion.
    """
    if local is None or (is_gone(local) and not _is_anything(known)):
        return None
    own = (site, *former)
    if known is not None and _share_a_whole(local, known, own, leaving):
        writes, over = _pending_by_field(local, known, own, leaving)
    else:
        writes, over = _pending_in_layers(local, known, own, leaving)
    mine, theirs = _deletions(local), _deletions(known)
    lifted = tuple(sorted(theirs.keys() - mine.keys())) if leaving else ()
    made = sorted(s for s in mine.keys() - theirs.keys() if leaving and s.endswith(site))
    operation = Operation(
        kind=local.kind,
        row=local.row,
        values=writes.values,
        stamps=writes.clock,
        withheld=writes.withheld,
        others=writes.others,
        beneath=writes.beneath,
        over={**over, DELETED: lifted} if lifted else over,
        deletions={stamp: mine[stamp] for stamp in made},
        reach=reach,
    )
    return operation if says_anything(operation) else None


def after_sending(known: RowState | None, operation: Operation) -> RowState:
    """What the asset will hold, as far as the sender knows, once it has taken the operation.

    The sender's operations are all there is: nothing is waited for that others wrote.
    """
    return _as_told(merged(known, operation))


def says_anything(operation: Operation) -> bool:
    """Whether an operation does anything at all."""
    return bool(
        operation.stamps
        or operation.over
        or operation.deletions
        or operation.reach is not UNCHANGED
    )


def is_gone(state: RowState) -> bool:
    """Whether the row is deleted: some live deletion, and each live write was seen by one."""
    if not state.deletions:
        return False
    return state.live() <= {stamp for seen in state.deletions.values() for stamp in seen}


def shown(state: RowState) -> dict[str, Plain] | None:
    """The values to show, empty ones left out; ``None`` when the row is gone or nothing is live."""
    if is_gone(state) or not state.clock:
        return None
    return {field: v for field, v in state.values.items() if v is not None and state.has(field)}


def losing(state: RowState) -> list[Losing]:
    """Every live write that is not shown, and the deletions of a row that stays for an edit."""
    found = [
        Losing(field, stamp, value, value != state.values.get(field))
        for field, writes in state.others.items()
        for stamp, value in writes
    ]
    found.extend(Losing(REST, stamp, sorted(named), False) for stamp, named in state.beneath)
    if not is_gone(state):
        found.extend(
            Losing(DELETED, stamp, list(seen), True) for stamp, seen in state.deletions.items()
        )
    return found


def conflicts_of(state: RowState) -> list[Losing]:
    """What stands against what is shown and has to be told, until an edit goes over it.

    A row that is gone has none, nor has one that settles itself.
    """
    if state.kind in SETTLES_ITSELF or is_gone(state):
        return []
    return [one for one in losing(state) if one.differs]


def same(one: RowState | None, other: RowState | None) -> bool:
    """Whether two states hold the same, whatever has still to arrive."""
    return layers_of(one) == layers_of(other) and {
        stamp: set(seen) for stamp, seen in _deletions(one).items()
    } == {stamp: set(seen) for stamp, seen in _deletions(other).items()}


def without_sites(state: RowState, sites: tuple[str, ...]) -> RowState:
    """A state without what some sites wrote, as if they had not sent it yet."""
    layers = {s: layer for s, layer in layers_of(state).items() if not s.endswith(sites)}
    deletions = {s: seen for s, seen in state.deletions.items() if not s.endswith(sites)}
    return row_of(state.kind, state.row, layers, deletions, state.covered, state.lifted)


def stamps_only(state: RowState) -> RowState:
    """A state without its values: enough to know what the asset has."""
    return RowState(
        kind=state.kind,
        row=state.row,
        clock=state.clock,
        withheld=state.withheld,
        others={field: tuple((s, None) for s, _ in ws) for field, ws in state.others.items()},
        beneath=state.beneath,
        deletions=state.deletions,
    )


def _first(operation: Operation) -> RowState:
    return RowState(
        kind=operation.kind,
        row=operation.row,
        values=operation.values,
        clock=operation.stamps,
        withheld=operation.withheld,
        deletions=operation.deletions,
    )


def _merged_in_layers(state: RowState | None, operation: Operation) -> RowState:
    layers = layers_of(state)
    covered = dict(state.covered) if state is not None else {}
    _go_over(layers, covered, by_stamp(operation.over))
    _write(layers, covered, layers_of(operation))
    deletions, lifted = _deletions_after(state, operation)
    return row_of(operation.kind, operation.row, layers, deletions, covered, lifted)


def _merged_by_field(state: RowState, operation: Operation) -> RowState:
    """The same, where the operation names its fields and there is one whole record at most."""
    registers = Registers(state)
    if not registers.write_all(operation):
        _write_by_field(registers, operation)
    if not operation.deletions and DELETED not in operation.over:
        deletions, lifted = state.deletions, state.lifted
    else:
        deletions, lifted = _deletions_after(state, operation)
    return registers.state(deletions, lifted)


def _write_by_field(registers: Registers, operation: Operation) -> None:
    over, others = operation.over, operation.others
    for field, stamp in operation.stamps.items():
        value = operation.values.get(field)
        if field in others:
            registers.step(field, over.get(field, ()), ((stamp, value), *others[field]))
        else:
            registers.write(field, over.get(field, ()), stamp, value)
    for field in (over.keys() | others.keys()) - operation.stamps.keys():
        if field != DELETED:
            registers.step(field, over.get(field, ()), others.get(field, ()))


def _go_over(layers: Layers, covered: dict[str, Fields], over: Mapping[str, Fields]) -> None:
    """Take what is gone over out of what is live; what has not arrived is remembered."""
    for stamp, fields in over.items():
        there, values = layers.pop(stamp, (NO_FIELDS, {}))
        add(layers, stamp, without(there, fields), values)
        missing = without(fields, there)
        if missing:
            covered[stamp] = joined(covered.get(stamp, NO_FIELDS), missing)


def _write(layers: Layers, covered: dict[str, Fields], writes: Layers) -> None:
    """Put in what is written, but for what was gone over before it arrived."""
    for stamp, (fields, values) in writes.items():
        dead = covered.pop(stamp, NO_FIELDS)
        add(layers, stamp, without(fields, dead), values)
        still_missing = without(dead, fields)
        if still_missing:
            covered[stamp] = still_missing


def _deletions(state: RowState | None) -> Mapping[str, tuple[str, ...]]:
    return {} if state is None else state.deletions


def _deletions_after(
    state: RowState | None, operation: Operation
) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """The live deletions and those lifted before they came, after an operation."""
    deletions = dict(_deletions(state))
    lifted = set(state.lifted) if state is not None else set()
    for stamp in operation.over.get(DELETED, ()):
        if deletions.pop(stamp, None) is None:
            lifted.add(stamp)
    for stamp, seen in operation.deletions.items():
        if stamp in lifted:
            lifted.remove(stamp)
        else:
            deletions[stamp] = seen
    return deletions, frozenset(lifted)


def _pending_in_layers(
    local: RowState, known: RowState | None, own: tuple[str, ...], leaving: Fields
) -> tuple[Shape, dict[str, tuple[str, ...]]]:
    """What to write, and what to go over."""
    there = layers_of(known)
    wanted: Layers = {}
    for stamp, (fields, values) in layers_of(local).items():
        add(wanted, stamp, shared(fields, leaving), values)
    for stamp, (fields, values) in there.items():
        if not stamp.endswith(own):
            add(wanted, stamp, without(fields, leaving), values)
    writes = {stamp: of_it for stamp, of_it in fewer(wanted, there).items() if stamp.endswith(own)}
    over = by_field({stamp: fields for stamp, (fields, _) in fewer(there, wanted).items()})
    return Shape(writes), over


def _pending_by_field(
    local: RowState, known: RowState, own: tuple[str, ...], leaving: Fields
) -> tuple[Shape, dict[str, tuple[str, ...]]]:
    """The same, where both have the same whole record, and no other: only the rest is looked at."""
    named = {*local.clock, *known.clock, *local.others, *known.others, *local.withheld}
    named |= known.withheld | leaving
    named.discard(REST)
    writes = Shape({})
    over: dict[str, tuple[str, ...]] = {}
    for field in sorted(named):
        there = live_in(known, field)
        if includes(leaving, field):
            wanted = live_in(local, field)
        else:
            wanted = {stamp: None for stamp in there if not stamp.endswith(own)}
        if wanted.keys() == there.keys():
            continue
        gone = there.keys() - wanted.keys()
        if gone:
            over[field] = tuple(sorted(gone))
        new = [stamp for stamp in wanted.keys() - there.keys() if stamp.endswith(own)]
        if new:
            writes.lay(field, [(stamp, wanted[stamp]) for stamp in sorted(new, reverse=True)])
    return writes, over


def _share_a_whole(local: RowState, known: RowState, own: tuple[str, ...], leaving: Fields) -> bool:
    """Whether all that is not named by either is of one stamp in both, or of none, and stays so."""
    whole = known.clock.get(REST)
    if local.beneath or known.beneath or local.clock.get(REST) != whole:
        return False
    return whole is None or REST in leaving or not whole.endswith(own)


def _as_told(state: RowState) -> RowState:
    """A state without what only the asset keeps, as what has still to arrive there."""
    if state.covered or state.lifted or state.earlier:
        return replace(state, covered={}, lifted=frozenset(), earlier=())
    return state


def _same_stamps(one: RowState | None, other: RowState | None) -> bool:
    """Whether two states certainly have the same live, told without looking at each field."""
    if one is None or other is None:
        return one is other
    return (
        one.clock == other.clock
        and one.withheld == other.withheld
        and not (one.others or other.others or one.beneath or other.beneath)
        and one.deletions.keys() == other.deletions.keys()
    )


def _is_anything(state: RowState | None) -> bool:
    return state is not None and bool(state.clock or state.deletions)
