"""Edits drawn at random, of any kind of record."""

from __future__ import annotations

from hypothesis import strategies as some
from stores import changed

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import Account, Record, Records
from brm_desktop.storage.rows.mapping import TABLES

text = some.text(some.characters(codec="utf-8", exclude_characters="\x00"), max_size=5)


class RandomEdits:
    """Edits of any kind of record, drawn one by one: add, change, remove, several at once.

    The account itself stays, as it is what memory holds the rest by.
    """

    def __init__(self, data: some.DataObject, stock: Records) -> None:
        self.data = data
        self.stock = {record.id: record for record in stock if not isinstance(record, Account)}

    def next(self, records: Records) -> Change:
        drawn = self.data.draw(some.sets(some.sampled_from(sorted(self.stock)), max_size=6))
        before, after = [], []
        for key in sorted(drawn):
            record = records.find(key)
            if record is not None:
                before.append(record)
            if record is None:
                after.append(self.stock[key])
            elif self.data.draw(some.booleans()):
                after.append(self.edited(record))
        return Change.of(before, after)

    def edited(self, record: Record) -> Record:
        texts = [
            name
            for name, code in TABLES[type(record)].codes.items()
            if code.empty == "" and name not in {"id", "organisation", "account", "author"}
        ]
        fields = {name: self.data.draw(text) for name in texts[:2]}
        edited: Record = changed(record, **fields)
        return edited
