"""``Draft``: records one is still working on, so that many edits become one change cheaply."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Concatenate, Final, ParamSpec, TypeVar, cast

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import Record, Records

P = ParamSpec("P")
R = TypeVar("R", bound=Record)

_WORTH_AN_INDEX: Final = 8
"""From how many records on an index is made rather than going through them all."""
_NONE: Final[Mapping[str, Record]] = MappingProxyType({})


class _Layer:
    """What a draft did to the records of one kind."""

    __slots__ = ("before", "indexes", "now")

    def __init__(self) -> None:
        self.before: dict[str, Record] = {}
        self.now: dict[str, Record] = {}
        self.indexes: dict[str, dict[object, dict[str, Record]]] = {}

    def having(self, field: str, value: object) -> Collection[Record]:
        """The records put in whose field has a value."""
        if field not in self.indexes:
            if len(self.now) < _WORTH_AN_INDEX:
                return [one for one in self.now.values() if getattr(one, field) == value]
            index: dict[object, dict[str, Record]] = {}
            for key, record in self.now.items():
                index.setdefault(getattr(record, field), {})[key] = record
            self.indexes[field] = index
        return self.indexes[field].get(value, _NONE).values()

    def drop(self, key: str) -> None:
        """Take out a record that was put in."""
        record = self.now.pop(key)
        for field, index in self.indexes.items():
            del index[getattr(record, field)][key]

    def put(self, record: Record) -> None:
        """Put a record in of whose id there is none."""
        self.now[record.id] = record
        for field, index in self.indexes.items():
            index.setdefault(getattr(record, field), {})[record.id] = record


class _View(Mapping[str, R]):
    """The records of one kind under a draft, by id."""

    def __init__(self, base: Mapping[str, R], layer: _Layer) -> None:
        self._base = base
        self._layer = layer

    def __getitem__(self, key: str) -> R:
        if key in self._layer.now:
            return cast("R", self._layer.now[key])
        if key in self._layer.before:
            raise KeyError(key)
        return self._base[key]

    def __iter__(self) -> Iterator[str]:
        yield from (key for key in self._base if key not in self._layer.before)
        yield from self._layer.now

    def __len__(self) -> int:
        return len(self._base) - len(self._layer.before) + len(self._layer.now)


class Draft(Records):
    """Records with edits made on top of them, read like any records; nothing is copied.

    ::

        draft = Draft(records)
        (ceo,) = draft.do(edits.add_person, act, account=account, name="王敏").added(Person)
        draft.do(edits.set_manager, act, cio, ceo.id)
        change = draft.change()
    """

    __slots__ = ("_attempt", "_base", "_layers")

    def __init__(self, records: Records) -> None:
        """Begin with records; what is done to them later, if they are a draft, need not show."""
        super().__init__()
        self._base = records.foundation if isinstance(records, Draft) else records
        self._layers: dict[type[Record], _Layer] = {}
        self._attempt: list[Change] | None = None

    @classmethod
    def after(cls, records: Records, change: Change) -> Draft:
        """Records as they will be after a change that was made from them."""
        draft = cls(records)
        draft._take_in(change)
        return draft

    @property
    def foundation(self) -> Records:
        """What a draft on top reads: this one, or what it began with while nothing was done."""
        return self if self._layers else self._base

    def do(
        self,
        edit: Callable[Concatenate[Records, Act, P], Change],
        act: Act,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Change:
        """Make an edit on the draft; gives that edit's own change."""
        return self.apply(edit(self, act, *args, **kwargs))

    def apply(self, change: Change) -> Change:
        """Put a change into the draft and hand it back.

        Raises
        ------
        StaleChange
            When the change was made from something else than the draft as it is.
        """
        change.check(self)
        self._take_in(change)
        if self._attempt is not None:
            self._attempt.append(change)
        return change

    @contextmanager
    def attempt(self) -> Iterator[list[Change]]:
        """Take back what is done meanwhile when it ends in a refusal; gives the changes made.

        ::

            with draft.attempt() as made:
                draft.do(edits.add_person, act, …)
                draft.do(edits.assess, act, …)
        """
        made: list[Change] = []
        around, self._attempt = self._attempt, made
        try:
            yield made
        except Refused:
            for change in reversed(made):
                self._take_in(change.inverted())
            made.clear()
            raise
        finally:
            self._attempt = around
            if around is not None:
                around += made

    def put(self, *wanted: Record) -> None:
        """Add records or replace those of the same id, unchecked by any rule."""
        self.apply(Change.put(self, *wanted))

    def drop(self, record: Record) -> None:
        """Take the record of that kind and id away, if it is there, unchecked by any rule."""
        there = self.get(type(record), record.id)
        if there is not None:
            self.apply(Change.of((there,)))

    def change(self) -> Change:
        """All that was done so far, as one change of the records the draft began with."""
        if not self._layers:
            return Change()
        layers = self._layers.values()
        return Change.of(
            (record for layer in layers for record in layer.before.values()),
            (record for layer in layers for record in layer.now.values()),
        )

    def all(self, kind: type[R]) -> Mapping[str, R]:
        """The records of one kind by id, as they are now and will be."""
        layer = self._layers.get(kind)
        base = self._base.all(kind)
        return base if layer is None else _View(base, layer)

    def get(self, kind: type[R], record_id: str | None) -> R | None:
        """One record, or ``None`` when there is none of that id."""
        layer = self._layers.get(kind)
        if layer is not None and record_id is not None:
            found = layer.now.get(record_id)
            if found is not None or record_id in layer.before:
                return cast("R | None", found)
        return self._base.get(kind, record_id)

    def having(self, kind: type[R], field: str, value: object) -> tuple[R, ...]:
        """What :meth:`where` gives for the name of a field and its value."""
        found = self._base.having(kind, field, value)
        layer = self._layers.get(kind)
        if layer is None:
            return found
        if found and layer.before:
            found = tuple(record for record in found if record.id not in layer.before)
        come = layer.having(field, value)
        return (*found, *cast("Collection[R]", come)) if come else found

    def with_changes(self, removed: Iterable[Record], added: Iterable[Record]) -> Records:
        """Plain records: what the draft began with, what was done, and these on top."""
        return self.change().applied(self._base).with_changes(removed, added)

    def _take_in(self, change: Change) -> None:
        """Take a change in that was made from the draft as it is."""
        for key, record in change.before.items():
            layer = self._layer(record)
            if key in layer.now:
                layer.drop(key)
            else:
                layer.before[key] = record
        for record in change.after.values():
            self._layer(record).put(record)

    def _layer(self, record: Record) -> _Layer:
        layer = self._layers.get(type(record))
        if layer is None:
            layer = self._layers[type(record)] = _Layer()
        return layer
