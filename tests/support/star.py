"""Three sites, their company's asset and a second one fed the same in another order, as a model.

Everything goes as the program does it (local rows, what the asset is known to have, what was sent,
bundles by number, answers with versions), with lists for stores and no files. Beside each local row
is kept what the definition alone says of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random

from merged_naively import (
    EDITED,
    FIELDS,
    Deletions,
    Live,
    by_definition,
    gone_over,
    shown_by_definition,
    spelt_out,
    writes_of,
)

from brm_desktop.domain.merge import (
    after_sending,
    conflicts_of,
    folded,
    is_gone,
    merged,
    pending,
    same,
    shown,
    stamps_only,
)
from brm_desktop.domain.operation_lines import (
    operation_from_plain,
    operation_to_plain,
    state_from_plain,
    state_to_plain,
)
from brm_desktop.domain.operations import DELETED, REST, Operation, Plain, RowState
from brm_desktop.domain.registers import ALL_FIELDS, NO_FIELDS, Fields, includes
from brm_desktop.domain.restamping import restamped, unsent
from brm_desktop.domain.stamp import Stamp

HOUR = 3_600_000
SKEWS = (0, HOUR, -HOUR, -24 * HOUR, 365 * 24 * HOUR)
AHEAD = HOUR // 6
ROWS = ("r1", "r2")
VALUES: tuple[Plain, ...] = (None, "x", "y", 7, True, ["a", "b"])
LEAVING: tuple[Fields, ...] = (
    ALL_FIELDS,
    frozenset({REST, "notes"}),
    frozenset({REST, "notes", "title"}),
    frozenset({"name"}),
    NO_FIELDS,
)

Bundle = list[Operation]


@dataclass
class Reply:
    """What the asset tells a site: rows changed since, and how far it has taken its bundles."""

    upto: int
    acknowledged: int
    rows: dict[str, tuple[int, RowState | None]]


@dataclass
class Asset:
    """The shared asset; ``accepted`` are the bundles it took, by site and number."""

    quarantines: bool = False
    rows: dict[str, RowState] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    changes: int = 0
    applied: dict[str, int] = field(default_factory=dict)
    parked: dict[tuple[str, int], Bundle] = field(default_factory=dict)
    accepted: list[tuple[str, int, Bundle]] = field(default_factory=list)
    hidden: set[tuple[str, str]] = field(default_factory=set)
    contributed: set[tuple[str, str]] = field(default_factory=set)

    def receive(self, site: str, number: int, bundle: Bundle, now: int) -> bool:
        """Take a bundle, or park or drop it; false when its site's clock is ahead."""
        done = self.applied.get(site, 0)
        if number <= done:
            return True
        if number > done + 1:
            self.parked[site, number] = bundle
            return True
        latest = max((stamp for one in bundle for stamp in one.written()), default="")
        if self.quarantines and latest > Stamp(now + AHEAD, 0, 0).hex():
            return False
        for operation in bundle:
            self.apply(site, operation)
        self.applied[site] = number
        self.accepted.append((site, number, bundle))
        waiting = self.parked.pop((site, number + 1), None)
        return waiting is None or self.receive(site, number + 1, waiting, now)

    def apply(self, site: str, operation: Operation) -> None:
        """Merge one operation; the row's version goes up when that changes anything."""
        before = self.rows.get(operation.row)
        after = merged(before, operation)
        self.rows[operation.row] = state_from_plain(_by_wire(state_to_plain(after)))
        if not same(before, after) or (operation.row, site) in self.hidden - self.contributed:
            self.touch(operation.row)
        self.contributed.add((operation.row, site))

    def touch(self, row: str) -> None:
        self.changes += 1
        self.versions[row] = self.changes

    def reply_for(self, site: str, cursor: int) -> Reply:
        """What changed since; of a hidden row that it is gone, but for one's own contributions."""
        hidden = self.hidden - self.contributed
        rows = {
            row: (version, None if (row, site) in hidden else self.rows.get(row))
            for row, version in self.versions.items()
            if version > cursor
        }
        return Reply(self.changes, self.applied.get(site, 0), rows)


class Site:
    """One rep's store."""

    def __init__(self, number: int, skew: int, now: int) -> None:
        self.site = f"{number:016x}"
        self.skew = skew
        self.clock = Stamp(now, 0, number)
        self.issued: list[str] = [self.clock.hex()]
        self.rows: dict[str, RowState] = {}
        self.by_definition: dict[str, tuple[Live, Deletions]] = {}
        self.mirror: dict[str, tuple[RowState | None, int]] = {}
        self.sent: list[tuple[int, Bundle]] = []
        self.bundles: list[Bundle] = []
        self.leaving: dict[str, Fields] = {}
        self.cursor = 0

    def stamp(self, now: int) -> str:
        self.clock = self.clock.next(max(0, now + self.skew))
        self.issued.append(self.clock.hex())
        return self.clock.hex()

    def known(self, row: str) -> RowState | None:
        """What the asset has told, with what was sent since."""
        sent = [operation for _, bundle in self.sent for operation in bundle]
        return _after(self.mirror.get(row, (None, 0))[0], row, sent)

    def edit(self, operation: Operation) -> None:
        """Apply an own edit to the local row, and to what the definition says of it."""
        self.rows[operation.row] = merged(self.rows.get(operation.row), operation)
        live, deletions = self.by_definition.get(operation.row) or spelt_out(None)
        writes, over = writes_of(operation), gone_over(operation)
        live = {
            name: {s: v for s, v in live[name].items() if s not in over[name]} | writes[name]
            for name in FIELDS
        }
        lifted = operation.over.get(DELETED, ())
        deletions = {s: seen for s, seen in deletions.items() if s not in lifted}
        deletions |= {stamp: frozenset(seen) for stamp, seen in operation.deletions.items()}
        self.by_definition[operation.row] = live, deletions
        self.check(operation.row)

    def check(self, row: str) -> None:
        """A local row is what the definition says of it, whatever way it came to be."""
        state = self.rows.get(row)
        live, deletions = self.by_definition.get(row) or spelt_out(None)
        assert spelt_out(state) == (live, deletions)
        if state is not None:
            assert state.covered == {}
            assert state.lifted == frozenset()
            check_reading(state)

    def pull(self, reply: Reply) -> None:
        """Fold an answer, new or old."""
        taken = [op for n, bundle in self.sent for op in bundle if n <= reply.acknowledged]
        waiting = [op for n, bundle in self.sent for op in bundle if n > reply.acknowledged]
        for row in {op.row for op in taken} | set(reply.rows):
            mirror, version = self.mirror.get(row, (None, 0))
            told = reply.rows.get(row)
            if told is None or told[0] <= version:
                self.mirror[row] = _after(mirror, row, taken), version
                continue
            asset = told[1]
            self._fold(row, self.known(row), _after(asset, row, waiting))
            self.mirror[row] = None if asset is None else stamps_only(asset), told[0]
        self.sent = [(n, bundle) for n, bundle in self.sent if n > reply.acknowledged]
        self.cursor = max(self.cursor, reply.upto)

    def _fold(self, row: str, known: RowState | None, asset: RowState | None) -> None:
        self._fold_by_definition(row, known, asset)
        after = folded(self.rows.get(row), known, asset)
        if after is not None:
            self.rows[row] = after
        for stamp in asset.live() | set(asset.deletions) if asset is not None else ():
            self.clock = self.clock.seen(Stamp.from_bytes(bytes.fromhex(stamp)))
        self.check(row)

    def _fold_by_definition(self, row: str, known: RowState | None, asset: RowState | None) -> None:
        live, deletions = self.by_definition.get(row) or spelt_out(None)
        (had, had_deleted), (has, has_deleted) = spelt_out(known), spelt_out(asset)
        folded_live = {
            name: {s: v for s, v in live[name].items() if s not in had[name] or s in has[name]}
            | {s: v for s, v in has[name].items() if s not in had[name]}
            for name in FIELDS
        }
        kept = {s: d for s, d in deletions.items() if s not in had_deleted or s in has_deleted}
        come = {s: d for s, d in has_deleted.items() if s not in had_deleted}
        self.by_definition[row] = folded_live, kept | come

    def export(self, rows: tuple[str, ...]) -> Bundle:
        """Make the next bundle of what some rows have to send; empty for nothing."""
        bundle = []
        for row in rows:
            leaving = self.leaving.get(row, ALL_FIELDS)
            known = self.known(row)
            operation = pending(self.rows.get(row), known, self.site, leaving)
            if operation is None:
                continue
            assert all(stamp.endswith(self.site) for stamp in operation.written())
            private = {name for name in FIELDS if not includes(leaving, name)}
            assert not private & operation.values.keys()
            assert not any(writes_of(operation)[name] for name in private)
            after = after_sending(known, operation)
            assert pending(self.rows.get(row), after, self.site, leaving) is None
            bundle.append(operation_from_plain(_by_wire(operation_to_plain(operation))))
        if bundle:
            self.bundles.append(bundle)
            self.sent.append((len(self.bundles), bundle))
        return bundle

    def take_back_from(self, number: int, now: int) -> None:
        """A bundle was stamped ahead of time: what is gets stamps of a right clock."""
        self.bundles = self.bundles[: number - 1]
        self.sent = [(n, bundle) for n, bundle in self.sent if n < number]
        limit = Stamp(now + AHEAD, 0, 0).hex()
        wrong: set[str] = set()
        right = {stamp for stamp in self.issued if stamp < limit}
        for row, state in self.rows.items():
            known = self.known(row)
            seen = state.live() | set(state.deletions) | (known.live() if known else set())
            wrong |= {s for s in unsent(state, known) if s.endswith(self.site) and s >= limit}
            right |= {s for s in seen if s < limit}
        self.skew = 0
        latest = Stamp.from_bytes(bytes.fromhex(max(right)))
        self.clock = Stamp(latest.millis, latest.counter, self.clock.site)
        new = {old: self.stamp(now) for old in sorted(wrong)}
        for row, state in self.rows.items():
            self._restamp_by_definition(row, self.known(row), new)
            self.rows[row] = restamped(state, self.known(row), new)
            self.check(row)

    def _restamp_by_definition(self, row: str, known: RowState | None, new: dict[str, str]) -> None:
        live, deletions = self.by_definition[row]
        there = spelt_out(known)[0]
        held = {one for s, seen in deletions.items() if s not in new for one in seen}
        self.by_definition[row] = (
            {
                name: {
                    s if s in held or s in there[name] else new.get(s, s): v for s, v in of.items()
                }
                for name, of in live.items()
            },
            {
                new.get(s, s): seen
                if s not in new
                else frozenset(new.get(one, one) for one in seen if new.get(one, one) < new[s])
                for s, seen in deletions.items()
            },
        )


def _after(state: RowState | None, row: str, operations: list[Operation]) -> RowState | None:
    for operation in operations:
        if operation.row == row:
            state = after_sending(state, operation)
    return state


def check_reading(state: RowState) -> None:
    """What is shown, what is gone and what is in conflict is what the definition says."""
    live, deletions = spelt_out(state)
    for deletion, seen in deletions.items():
        own = {stamp for stamp in state.live() if stamp[16:] == deletion[16:]}
        assert {stamp for stamp in own if stamp < deletion} <= set(seen), "who deletes saw his own"
    expected = shown_by_definition(live, deletions)
    assert shown(state) == expected
    told = {(one.field, one.stamp) for one in conflicts_of(state)}
    if is_gone(state):
        assert told == set()
        return
    against = {
        (name, stamp)
        for name, writes in live.items()
        for stamp, value in writes.items()
        if value != writes[max(writes)]
    }
    assert told == against | {(DELETED, stamp) for stamp in deletions}


def _by_wire(plain: Plain) -> Plain:
    return json.loads(json.dumps(plain))


class Star:
    """The whole: what can happen, in any order, and what must be so in the end."""

    def __init__(self, skews: tuple[int, int, int], *, quarantines: bool) -> None:
        self.now = 1_700_000_000_000
        self.asset = Asset(quarantines=quarantines)
        self.second = Asset()
        self.sites = [Site(n + 1, skew, self.now) for n, skew in enumerate(skews)]
        self.replies: list[list[Reply]] = [[], [], []]

    def pass_time(self, millis: int) -> None:
        self.now += millis

    def create(self, who: int, row: str, values: dict[str, Plain]) -> None:
        site = self.sites[who]
        state = site.rows.get(row)
        if state is None or not (state.clock or state.deletions):
            said = {name: value for name, value in values.items() if value is not None}
            stamps = {REST: site.stamp(self.now)}
            site.edit(Operation(kind="person", row=row, values=said, stamps=stamps))

    def _visible(self, who: int, row: str) -> RowState | None:
        state = self.sites[who].rows.get(row)
        return None if state is None or not state.clock or is_gone(state) else state

    def write(self, who: int, row: str, name: str, value: Plain, *, settles: bool) -> None:
        """Write a field over what is shown, or over all that is in conflict there."""
        state = self._visible(who, row)
        if state is not None:
            live = sorted(spelt_out(state)[0][name])
            self._write(who, row, {name: value}, {name: tuple(live if settles else live[-1:])})

    def _write(
        self, who: int, row: str, values: dict[str, Plain], over: dict[str, tuple[str, ...]]
    ) -> None:
        stamp = self.sites[who].stamp(self.now)
        said = {name: value for name, value in values.items() if value is not None}
        stamps = dict.fromkeys(values, stamp)
        self.sites[who].edit(
            Operation(kind="person", row=row, values=said, stamps=stamps, over=over)
        )

    def settle(self, who: int, row: str, name: str) -> None:
        """Let a conflict be settled in favour of what is shown."""
        state = self._visible(who, row)
        if state is not None:
            over = tuple(sorted(spelt_out(state)[0][name])[:-1])
            if over:
                self.sites[who].edit(Operation(kind="person", row=row, over={name: over}))

    def delete(self, who: int, row: str, *, again: bool) -> None:
        state = self._visible(who, row)
        if state is not None:
            seen = tuple(sorted(state.live()))
            stamp = self.sites[who].stamp(self.now)
            over = {DELETED: tuple(sorted(state.deletions))} if again and state.deletions else {}
            self.sites[who].edit(
                Operation(kind="person", row=row, over=over, deletions={stamp: seen})
            )

    def keep(self, who: int, row: str) -> None:
        """Settle a deletion that had not seen an edit: the row stays."""
        state = self._visible(who, row)
        if state is not None and state.deletions:
            over = {DELETED: tuple(sorted(state.deletions))}
            self.sites[who].edit(Operation(kind="person", row=row, over=over))

    def revive(self, who: int, row: str, values: dict[str, Plain]) -> None:
        state = self.sites[who].rows.get(row)
        if state is None or not is_gone(state):
            return
        site = self.sites[who]
        wholes = [state.clock[REST]] if REST in state.clock else []
        wholes += [stamp for stamp, _ in state.beneath]
        over = {name: tuple(sorted(live)) for name, live in spelt_out(state)[0].items()}
        over |= {REST: tuple(sorted(wholes)), DELETED: tuple(sorted(state.deletions))}
        said = {name: value for name, value in values.items() if value is not None}
        stamps = {REST: site.stamp(self.now)}
        site.edit(Operation(kind="person", row=row, values=said, stamps=stamps, over=over))

    def choose(self, who: int, row: str, leaving: Fields) -> None:
        self.sites[who].leaving[row] = leaving

    def export(self, who: int, rows: tuple[str, ...]) -> None:
        self.sites[who].export(rows)

    def deliver(self, who: int, which: int) -> bool:
        """Bring any bundle of a site to the asset: the next, one again, or one too early."""
        site = self.sites[who]
        if not site.bundles:
            return True
        number = which % len(site.bundles) + 1
        taken = self.asset.receive(site.site, number, site.bundles[number - 1], self.now)
        if not taken:
            self._refuse(who)
        return taken

    def deliver_next(self, who: int) -> bool:
        return self.deliver(who, self.asset.applied.get(self.sites[who].site, 0))

    def _refuse(self, who: int) -> None:
        site = self.sites[who]
        number = self.asset.applied.get(site.site, 0) + 1
        for key in [key for key in self.asset.parked if key[0] == site.site]:
            del self.asset.parked[key]
        site.take_back_from(number, self.now)

    def feed_second(self, which: int) -> None:
        """Give the second asset the next bundle of some site, whatever it has of the others."""
        waiting = {}
        for site, number, bundle in self.asset.accepted:
            if number == self.second.applied.get(site, 0) + 1:
                waiting[site] = number, bundle
        if waiting:
            site = sorted(waiting)[which % len(waiting)]
            self.second.receive(site, *waiting[site], self.now)

    def answer(self, who: int) -> None:
        site = self.sites[who]
        self.replies[who].append(self.asset.reply_for(site.site, site.cursor))

    def pull(self, who: int, which: int) -> None:
        """A site reads an answer: the last, an old one, the same again."""
        if self.replies[who]:
            self.sites[who].pull(self.replies[who][which % len(self.replies[who])])

    def hide(self, who: int, row: str) -> None:
        """A row is not for a site any more, or is again."""
        if row in self.asset.rows:
            self.asset.hidden ^= {(row, self.sites[who].site)}
            self.asset.touch(row)

    def end(self) -> None:
        """Everybody shares everything, everything arrives; then all have the same."""
        self.asset.hidden.clear()
        for row in self.asset.rows:
            self.asset.touch(row)
        for site in self.sites:
            site.leaving.clear()
        while self._round():
            pass
        self._check_second()
        operations: dict[str, list[tuple[str, Operation]]] = {row: [] for row in ROWS}
        for site_id, _, bundle in self.asset.accepted:
            for operation in bundle:
                operations[operation.row].append((site_id, operation))
        for row in ROWS:
            truth = by_definition(operations[row])
            state = self.asset.rows.get(row)
            assert spelt_out(state) == truth
            if state is not None:
                check_reading(state)
            for site in self.sites:
                self._check_site(site, row, state)

    def _round(self) -> bool:
        news = [self._exchange(who) for who in range(len(self.sites))]
        return any(news)

    def _exchange(self, who: int) -> bool:
        """One round of a site with the asset; whether anything was new."""
        site = self.sites[who]
        before = self.asset.changes
        refused = False
        sent = site.export(ROWS)
        while self.asset.applied.get(site.site, 0) < len(site.bundles):
            refused |= not self.deliver_next(who)
        news = site.cursor < self.asset.changes
        self.answer(who)
        self.pull(who, len(self.replies[who]) - 1)
        self.pull(who, 0)
        return bool(sent or news) or refused or self.asset.changes > before

    def _check_second(self) -> None:
        while len(self.second.accepted) < len(self.asset.accepted):
            self.feed_second(len(self.second.accepted))
        for row in ROWS:
            assert same(self.asset.rows.get(row), self.second.rows.get(row))

    def _check_site(self, site: Site, row: str, state: RowState | None) -> None:
        mine = site.rows.get(row)
        assert same(site.known(row), None if state is None else stamps_only(state))
        assert site.sent == []
        if state is None or not (state.clock or state.deletions):
            assert mine is None or shown(mine) is None
        else:
            assert same(mine, state)


def wander(seed: int, steps: int) -> Star:
    """A star in which anything happened at random."""
    chance = Random(seed)
    skews = (chance.choice(SKEWS), chance.choice(SKEWS), chance.choice(SKEWS))
    star = Star(skews, quarantines=chance.random() < 0.5)
    for _ in range(steps):
        _step(star, chance)
    return star


def _values(chance: Random) -> dict[str, Plain]:
    return {name: chance.choice(VALUES) for name in EDITED}


def _step(star: Star, chance: Random) -> None:
    who, row, name = chance.randrange(3), chance.choice(ROWS), chance.choice(EDITED)
    some, which = chance.random() < 0.5, chance.randrange(60)
    steps = (
        (2, lambda: star.create(who, row, _values(chance))),
        (6, lambda: star.write(who, row, name, chance.choice(VALUES), settles=some)),
        (1, lambda: star.settle(who, row, name)),
        (1, lambda: star.delete(who, row, again=some)),
        (1, lambda: star.keep(who, row)),
        (1, lambda: star.revive(who, row, _values(chance))),
        (1, lambda: star.choose(who, row, chance.choice(LEAVING))),
        (4, lambda: star.export(who, ROWS if some else (row,))),
        (4, lambda: star.deliver_next(who)),
        (1, lambda: star.deliver(who, which)),
        (2, lambda: star.feed_second(which)),
        (3, lambda: star.answer(who)),
        (3, lambda: star.pull(who, -1)),
        (1, lambda: star.pull(who, which)),
        (1, lambda: star.hide(who, row)),
        (1, lambda: star.pass_time(chance.choice((1, 1_000, HOUR)))),
    )
    chance.choices([step for _, step in steps], [weight for weight, _ in steps])[0]()
