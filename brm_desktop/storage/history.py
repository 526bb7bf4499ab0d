"""Reading history: what was done to a record, to an account, or at all, newest first."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from brm_desktop.domain.records import AccountId
from brm_desktop.domain.stamp import Stamp
from brm_desktop.storage.rows.lines import FieldChange, HistoryLine
from brm_desktop.storage.rows.loading import PARTS
from brm_desktop.storage.rows.mapping import BY_NAME, TABLES, Table, readable
from brm_desktop.storage.rows.phrases import phrase_from_json

if TYPE_CHECKING:
    from brm_desktop.storage.driver import Reader

_LINES: Final = """
    SELECT number, operation, history.name, at, history.author,
        coalesce(nullif(device.rep_name, ''), person.name, ''), history."kind", row, before, after
    FROM history {source} LEFT JOIN person ON person.id = history.author
        LEFT JOIN site device ON device.site = substr(history.origin, 9)
    WHERE {condition} ORDER BY number DESC LIMIT :limit
"""
"""What came from elsewhere is told with the name of the colleague whose device wrote it."""
_OF_ACCOUNT: Final = " UNION ".join(
    f'SELECT id FROM "{TABLES[kind].name}" WHERE {condition}' for kind, condition in PARTS
)
_BY_ROW: Final = "INDEXED BY history_by_row"


def lines(
    db: Reader, record_id: str | None, account: AccountId | None, limit: int
) -> list[HistoryLine]:
    """The newest ``limit`` lines, of one record or of an account when one is given."""
    values: dict[str, str | int] = {"limit": limit}
    if record_id is not None:
        sql = _LINES.format(source=_BY_ROW, condition="row = :row")
        values["row"] = record_id
    elif account is not None:
        sql = _LINES.format(source=_BY_ROW, condition=f"row IN ({_OF_ACCOUNT})")
        values["account"] = account
    else:
        sql = _LINES.format(source="", condition="true")
    return [_line(row) for row in db.execute(sql, values)]


def lines_of_edit(db: Reader, stamp: str) -> list[HistoryLine]:
    """What one edit did, whether made here or come from a colleague, by its stamp (32 hex)."""
    sql = _LINES.format(source="", condition="operation = :stamp OR origin = :stamp")
    return [_line(row) for row in db.execute(sql, {"stamp": bytes.fromhex(stamp), "limit": -1})]


def _line(row: tuple[Any, ...]) -> HistoryLine:
    number, operation, name, at, author, author_name, table_name, record_id, before, after = row
    with readable("history", str(number)):
        table = BY_NAME[table_name]
        return HistoryLine(
            number=number,
            operation=operation.hex(),
            when=datetime.fromtimestamp(at / 1000, UTC),
            author=author,
            author_name=author_name,
            name=phrase_from_json(name),
            kind=table.kind,
            record=record_id,
            added=before is None,
            removed=after is None,
            fields=_fields(table, before, after),
        )


def _fields(table: Table[Any], before: str | None, after: str | None) -> tuple[FieldChange, ...]:
    old: dict[str, Any] = json.loads(before) if before is not None else {}
    new: dict[str, Any] = json.loads(after) if after is not None else {}
    return tuple(
        FieldChange(
            name,
            code.from_plain(old.get(name)),
            code.from_plain(new.get(name)),
        )
        for name, code in (*table.codes.items(), *table.former.items())
        if name in old or name in new
    )


def greatest_upto(db: Reader, limit: Stamp) -> Stamp | None:
    """The greatest stamp that the store has seen up to a limit."""
    (own,) = db.execute(
        "SELECT max(operation) FROM history WHERE operation <= ?", [limit.to_bytes()]
    ).fetchone()
    (others,) = db.execute(
        "SELECT max(origin) FROM history WHERE origin <= ?", [limit.to_bytes()]
    ).fetchone()
    found = [Stamp.from_bytes(one) for one in (own, others) if one is not None]
    return max(found, default=None)
