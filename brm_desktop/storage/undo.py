"""The undo journal: which edits can be taken back or made again, and the changes that do it.

A step names an edit by its stamp; the patches are those of history. Only the steps of this store's
own user are here, never what came from elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.change import Change, StaleChange
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import Attitude, Record, Snapshot
from brm_desktop.storage.merging.taken_back import emptied, not_to_come_back
from brm_desktop.storage.rows.loading import by_ids
from brm_desktop.storage.rows.mapping import BY_NAME, Table, readable
from brm_desktop.storage.rows.phrases import phrase_from_json, phrase_to_json
from brm_desktop.storage.rows.unseen import naming
from brm_desktop.storage.rows.writing import Entry

if TYPE_CHECKING:
    from brm_desktop.storage.driver import Reader

KEPT_STEPS: Final = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One edit in the journal."""

    number: int
    operation: bytes
    name: Phrase
    undone: bool


def step_to_undo(db: Reader) -> Step | None:
    """The last edit that was not undone."""
    return _step(db, "undone = 0 ORDER BY step DESC LIMIT 1")


def step_to_redo(db: Reader) -> Step | None:
    """The edit that was undone last."""
    return _step(db, "undone = 1 ORDER BY step LIMIT 1")


def add_step(db: Reader, entry: Entry) -> None:
    """Put a new edit on top; what was undone can then no more be redone."""
    db.execute("DELETE FROM undo_step WHERE undone = 1")
    db.execute(
        "INSERT INTO undo_step (operation, name, undone) VALUES (?, ?, 0)",
        [entry.stamp.to_bytes(), phrase_to_json(entry.name)],
    )
    db.execute(
        "DELETE FROM undo_step WHERE step <= (SELECT max(step) FROM undo_step) - ?", [KEPT_STEPS]
    )


def written_by_others(db: Reader, step: Step) -> int:
    """How many records of a step others wrote: of an answer that was taken in, of nothing else.

    What came to stand in conflict with a record is no record beside it.
    """
    (count,) = db.execute(
        "SELECT count(DISTINCT CASE \"kind\" WHEN 'conflict'"
        " THEN json_extract(coalesce(after, before), '$.row') ELSE row END)"
        " FROM history WHERE operation = ? AND origin IS NOT NULL",
        [step.operation],
    ).fetchone()
    return int(count)


def mark_step(db: Reader, step: Step) -> None:
    """Note that a step was undone, or made again."""
    db.execute("UPDATE undo_step SET undone = ? WHERE step = ?", [not step.undone, step.number])


def drop_step(db: Reader, step: Step) -> None:
    """Forget a step."""
    db.execute("DELETE FROM undo_step WHERE step = ?", [step.number])


def change_of_step(db: Reader, step: Step) -> Change:
    """The change that takes a step back or, when it is undone, makes it again.

    Month-end numbers of what goes go with it. What colleagues took back stays away.

    Raises
    ------
    StaleChange
        When what the step changed is not as the step left it, or is kept otherwise by now, or when
        something was said since of what would go.
    """
    before: list[Record] = []
    after: list[Record] = []
    lines = db.execute(
        'SELECT "kind", row, before, after FROM history WHERE operation = ?'
        ' ORDER BY "kind", number',
        [step.operation],
    ).fetchall()
    for name, group in groupby(lines, itemgetter(0)):
        table = BY_NAME[name]
        of_kind = _as_one(table, group)
        present = {record.id: record for record in by_ids(db, table, of_kind)}
        away = not_to_come_back(db, table, of_kind.keys() - present.keys())
        for record_id, (was, became) in of_kind.items():
            if record_id in away:
                continue
            left, wanted = (was, became) if step.undone else (became, was)
            current = present.get(record_id)
            if not _is_as_left(table, current, left, whole=wanted is None):
                raise StaleChange(f"{name} {record_id} was changed after the edit")
            if current is not None:
                before.append(current)
            if left is not None and wanted is not None:
                silent = emptied(db, table, record_id, left)
                wanted = {one: plain for one, plain in wanted.items() if one not in silent}
            if wanted is not None:
                after.append(_as_wanted(table, record_id, current, wanted))
    stay = {record.id for record in after}
    going = [record for record in before if record.id not in stay]
    return Change.of((*before, *_left_behind(db, step, going)), after)


_Patches = tuple[dict[str, Any] | None, dict[str, Any] | None]


def _as_one(table: Table[Any], lines: Iterable[tuple[str, ...]]) -> dict[str, _Patches]:
    """What an operation did to each record; what came and was hidden at once is left out."""
    found: dict[str, _Patches] = {}
    for _, record_id, *texts in lines:
        was, became = (_patch(table, record_id, text) for text in texts)
        earlier = found.get(record_id)
        now = (was, became) if earlier is None else _joined(table, earlier, (was, became))
        found[record_id] = now
    return {record_id: one for record_id, one in found.items() if one != (None, None)}


def _joined(table: Table[Any], earlier: _Patches, later: _Patches) -> _Patches:
    """What two lines in a row did."""
    (was, between), (before, became) = earlier, later
    if was is not None and before is not None:
        was = {**before, **was}
    if became is not None and between is not None:
        became = {**between, **became}
    if was is None or became is None:
        return was and table.without_empty(was), became and table.without_empty(became)
    usual = {name: table.codes[name].empty for name in (*was, *became)}
    return usual | was, usual | became


def _left_behind(db: Reader, step: Step, going: Iterable[Record]) -> Iterator[Record]:
    """The snapshots of what goes: no edit made them, so that no other step takes them away.

    Nor did an edit make the claims that a migration found; those are no numbers to be built again.
    """
    ids: dict[type[Record], list[str]] = {}
    for record in going:
        ids.setdefault(type(record), []).append(record.id)
    yield from naming(db, ids, (Snapshot,))
    if not step.undone:
        for claim in naming(db, ids, (Attitude,)):
            (made,) = db.execute(
                "SELECT min(operation) FROM history WHERE \"kind\" = 'attitude' AND row = ?",
                [claim.id],
            ).fetchone()
            if made > step.operation:
                raise StaleChange(f"attitude {claim.id} is about what would go")


def _patch(table: Table[Any], record_id: str, text: str | None) -> dict[str, Any] | None:
    """What history kept of a record, unless it says what the record has no field for any more."""
    if text is None:
        return None
    with readable(table.name, record_id):
        patch = table.without_former(json.loads(text))
    if patch is None:
        raise StaleChange(f"{table.name} {record_id} says less than it did")
    return patch


def _is_as_left(
    table: Table[Any], current: Record | None, left: dict[str, Any] | None, whole: bool
) -> bool:
    """Whether the fields of a patch still hold its values; all fields when the record is to go."""
    if left is None or current is None:
        return left is None and current is None
    return bool((table.full(current) if whole else table.patch(current, tuple(left))) == left)


def _as_wanted(
    table: Table[Any], record_id: str, current: Record | None, patch: dict[str, Any]
) -> Record:
    if current is None:
        with readable(table.name, record_id):
            record: Record = table.from_full(record_id, patch)
            return record
    with readable(table.name, record_id):
        return replace(
            current, **{name: table.codes[name].from_plain(plain) for name, plain in patch.items()}
        )


def _step(db: Reader, condition: str) -> Step | None:
    row = db.execute(
        f"SELECT step, operation, name, undone FROM undo_step WHERE {condition}"
    ).fetchone()
    if row is None:
        return None
    number, operation, name, undone = row
    with readable("undo_step", str(number)):
        return Step(number, operation, phrase_from_json(name), bool(undone))
