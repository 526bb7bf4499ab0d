"""Records as plain JSON values: every field by its name, words as stored, dates as ISO 8601."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import KINDS, Money, Record, Records
from brm_desktop.exchange.whole_file import write_whole

_CAPITAL: Final = re.compile(r"(?<!^)(?=[A-Z])")


def kind_name(kind: type[Record]) -> str:
    """A kind's name in snake case: ``reporting_line``."""
    return _CAPITAL.sub("_", kind.__name__).lower()


def plain(record: Record) -> dict[str, object]:
    """A record's fields as JSON values."""
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record)}


def write_json(path: Path, records: Records) -> None:
    """Write records as one JSON document: for each kind that occurs, its records in id order.

    Raises
    ------
    FileProblem
        When the file cannot be written; one that was there stays as it was.
    """
    document = {
        kind_name(kind): [plain(record) for record in _in_order(records.all(kind).values())]
        for kind in KINDS
        if records.all(kind)
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    write_whole(path, (text + "\n").encode(errors="replace"))


def _in_order(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: record.id)


def _plain(value: Any) -> object:
    if isinstance(value, Word):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
