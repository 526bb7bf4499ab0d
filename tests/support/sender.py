"""A store that shares some of what it has, in memory, and what the asset then has of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from brm_desktop.domain.gathering import Gathered, gathered
from brm_desktop.domain.kinds import name_of_kind
from brm_desktop.domain.merge import after_sending
from brm_desktop.domain.operations import REST, Key, Reach, RowState
from brm_desktop.domain.outgoing import Entry, Outgoing, outgoing
from brm_desktop.domain.records import Audience, Choice, Record, Records, SharingChoice, id_of
from brm_desktop.domain.sending import Row
from brm_desktop.storage.rows.mapping import TABLES

MINE, THEIRS = "a" * 16, "b" * 16


def stamp(number: int, site: str = MINE) -> str:
    return f"{number:016x}{site}"


def state_of(record: Record, written: str) -> RowState:
    """A row as a store has it that was written whole by one edit."""
    values = {k: v for k, v in TABLES[type(record)].full(record).items() if k != "audience"}
    return RowState(kind=key_of(record)[0], row=record.id, values=values, clock={REST: written})


def key_of(record: Record) -> Key:
    return (name_of_kind(type(record)), record.id)


class Sending:
    """A store that shares some of what it has, and what the asset then has of it."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.local = {key_of(one): state_of(one, stamp(1)) for one in records}
        self.known: dict[Key, RowState] = {}
        self.reach: dict[Key, Audience | None] = {}
        self.choices: list[SharingChoice] = []
        self.gone: list[Record] = []

    def choose(self, subject: str, part: str, choice: Choice) -> None:
        key = id_of(SharingChoice, subject, part)
        self.choices = [one for one in self.choices if one.id != key]
        self.choices.append(SharingChoice(id=key, subject=subject, part=part, choice=choice))

    def edit(self, record: Record, at: int, **fields: object) -> None:
        now = replace(record, **fields)  # type: ignore[arg-type]  # fields of any kind
        self.records = self.records.with_changes([record], [now])
        before, wanted = self.local[key_of(record)], state_of(now, "")
        values = {**before.values, **{name: wanted.values.get(name) for name in fields}}
        clock = {**before.clock, **dict.fromkeys(fields, stamp(at))}
        self.local[key_of(record)] = replace(before, values=values, clock=clock)

    def drop(self, record: Record, at: int) -> None:
        self.gone.append(record)
        before = self.local[key_of(record)]
        seen = tuple(sorted(before.live()))
        self.local[key_of(record)] = replace(before, deletions={stamp(at): seen})

    def outgoing(self) -> Outgoing:
        return outgoing(self.gathered())

    def gathered(self) -> Gathered:
        """What leaves, looked through anew."""
        return gathered(self.all(), self.known.keys(), self.read, MINE)

    def all(self) -> Records:
        """The records with what is chosen about them here, and nothing else."""
        others = self.records.all(SharingChoice).values()
        return self.records.with_changes(others, self.choices)

    def read(self, keys: Iterable[Key]) -> list[Row]:
        return [Row(key, self.local[key], self.known.get(key), self.reach.get(key)) for key in keys]

    def send(self) -> Outgoing:
        found = self.outgoing()
        for one in found.operations:
            self.known[one.key] = after_sending(self.known.get(one.key), one)
            if isinstance(one.reach, Reach):
                self.reach[one.key] = Audience[one.reach.audience.upper()]
            elif one.reach is None:
                self.reach[one.key] = None
        return found

    def entry(self, record: Record) -> Entry | None:
        return next((one for one in self.outgoing().entries if one.key == key_of(record)), None)
