"""A company of a thousand reps without stores: what they send day by day, and what comes of it.

Every customer has two reps. In the evening each sends what he wrote that day over what he had seen
in the morning, so that now and then both have written the same field: the next who writes it goes
over both. What the asset must hold in the end is known from that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count, islice
from random import Random
from typing import Any, Final
from uuid import UUID

from asset_reps import NOW, Rep
from building import TODAY

from brm_desktop.domain.act import Act
from brm_desktop.domain.operations import REST, Key, Operation, Reach
from brm_desktop.domain.records import (
    Assessment,
    Organisation,
    OrganisationId,
    OrganisationKind,
    PersonId,
    Record,
    right_id,
)
from brm_desktop.session.generated import generated_portfolio
from brm_desktop.storage.rows.mapping import TABLES

REPS: Final = int(os.environ.get("BRM_BENCHMARK_REPS", "1000"))
"""Reps, and as many accounts; fewer only to try the benchmark out."""
EDITS: Final = 500
DAYS: Final = 5
EACH: Final = EDITS // DAYS
_DAY: Final = 86_400_000
_NEW: Final = EACH * 3 // 10
"""Of a day's edits, new assessments; the others change fields of what is there."""
_FIELDS: Final = {
    "person": ("title", "power", "influence", "notes"),
    "tie": ("closeness",),
    "influence": ("strength",),
    "project": ("name", "amount"),
}
_OWN: Final = OrganisationId(str(UUID(int=1)))

Register = dict[str, Any]
"""The live writes of a field: stamp to value."""


@dataclass
class Simulation:
    """All rows that can be edited, account by account, and what is live in their fields."""

    accounts: list[list[Key]] = field(default_factory=list)
    people: list[list[str]] = field(default_factory=list)
    live: dict[tuple[Key, str], Register] = field(default_factory=dict)
    edits: int = 0
    """How many edits reps sent."""
    rows: int = 0
    """How many rows there are."""
    _assessed: set[str] = field(default_factory=set)

    def portfolio(self, office: Rep) -> Iterator[list[Operation]]:
        """What the head office sends first: the company, then account by account."""
        ids, stamp = count(2), _stamps(office, 0)
        act = Act(TODAY, next(stamp), "", lambda: str(UUID(int=next(ids))))
        own = Organisation(id=_OWN, name="We", kind=OrganisationKind.OWN)
        changes = generated_portfolio(act, _OWN, "zh_CN")
        company = [own, *next(changes).after.values()]
        yield [self._new(record, next(stamp), "company") for record in company]
        for change in islice(changes, REPS):
            records = list(change.after.values())
            made = [self._new(record, next(stamp), "team") for record in records]
            yield made
            self.accounts.append([one.key for one in made if one.kind in _FIELDS])
            self.people.append([one.row for one in made if one.kind == "person"])
            for one in made:
                for name in _FIELDS.get(one.kind, ()):
                    self.live[one.key, name] = {one.stamps[REST]: one.values.get(name)}

    def day(self, reps: list[Rep], day: int) -> Iterator[tuple[Rep, list[Operation]]]:
        """What each rep sends on the evening of a day; what is live is what all of it makes."""
        written: dict[tuple[Key, str], Register] = {}
        for number, rep in enumerate(reps):
            random = Random(day * 1_000_003 + number)
            mine = [number % len(self.accounts), (number + 1) % len(self.accounts)]
            stamp = _stamps(rep, day)
            made = [self._assessment(random, mine, rep, next(stamp)) for _ in range(_NEW)]
            rows = [key for account in mine for key in self.accounts[account]]
            for key in random.sample(rows, min(EACH - _NEW, len(rows))):
                name = random.choice(_FIELDS[key[0]])
                made.append(self._edit(key, name, _value(random, name), next(stamp), written))
            self.edits += len(made)
            yield rep, made
        for register, writes in written.items():
            self.live[register] = writes

    def conflicts(self) -> int:
        """How many writes stand beside others and say something else."""
        found = 0
        for writes in self.live.values():
            shown = writes[max(writes)]
            found += sum(value != shown for value in writes.values())
        return found

    def _new(self, record: Record, stamp: str, reach: str) -> Operation:
        table = TABLES[type(record)]
        values = table.full(record)
        del values["audience"]
        self.rows += 1
        return Operation(
            kind=table.name,
            row=record.id,
            values=values,
            stamps={REST: stamp},
            reach=Reach(reach),
        )

    def _assessment(self, random: Random, mine: list[int], rep: Rep, stamp: str) -> Operation:
        """A new one of somebody in the rep's accounts; one of a person and day is but one."""
        while True:
            record = Assessment(
                id="",
                person=PersonId(random.choice(self.people[random.choice(mine)])),
                assessed_on=TODAY - timedelta(days=random.randrange(700)),
                closeness=random.randint(10, 95),
                solution=random.randint(20, 90),
                author=rep.name,
                stamp=stamp,
            )
            known = right_id(record)
            if known not in self._assessed:
                break
        self._assessed.add(known)
        return self._new(replace(record, id=known), stamp, "team")

    def _edit(
        self,
        key: Key,
        name: str,
        value: Any,
        stamp: str,
        written: dict[tuple[Key, str], Register],
    ) -> Operation:
        seen = tuple(sorted(self.live[key, name]))
        written.setdefault((key, name), {})[stamp] = value
        return Operation(
            kind=key[0],
            row=key[1],
            values={name: value},
            stamps={name: stamp},
            over={name: seen},
        )


def _value(random: Random, name: str) -> Any:
    if name in {"power", "influence", "closeness", "strength"}:
        return random.randint(1, 95)
    if name == "amount":
        return [random.randint(5, 300) * 1_000_000, "CNY"]
    return f"{name} as of visit {random.randrange(1_000_000)}"


def _stamps(rep: Rep, day: int) -> Iterator[str]:
    """Stamps of one day, the last of them yesterday."""
    start = NOW - (DAYS + 1 - day) * _DAY
    return (f"{start + number:012x}0000{rep.site}" for number in count(1))
