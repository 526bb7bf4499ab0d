"""``Draft``: records one is still working on, so that many edits become one change cheaply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Concatenate, ParamSpec, TypeVar, cast

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import Record, Records

P = ParamSpec("P")
R = TypeVar("R", bound=Record)


class _Layer:
    """What a draft did to the records of one kind."""

    __slots__ = ("before", "indexes", "now")

    def __init__(self) -> None:
        self.before: dict[str, Record] = {}
        self.now: dict[str, Record] = {}
        self.indexes: dict[str, dict[object, dict[str, Record]]] = {}

    def index(self, field: str) -> dict[object, dict[str, Record]]:
        found = self.indexes.get(field)
        if found is None:
            found = {}
            for key, record in self.now.items():
                found.setdefault(getattr(record, field), {})[key] = record
            self.indexes[field] = found
        return found

    def drop(self, key: str) -> None:
        record = self.now.pop(key, None)
        if record is not None:
            for field, index in self.indexes.items():
                del index[getattr(record, field)][key]

    def put(self, record: Record) -> None:
        self.drop(record.id)
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

    __slots__ = ("_base", "_layers")

    def __init__(self, records: Records) -> None:
        super().__init__()
        self._base = records
        self._layers: dict[type[Record], _Layer] = {}

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
        for key, record in change.before.items():
            if key not in change.after:
                self.drop(record)
        self.put(*change.after.values())
        return change

    def put(self, *wanted: Record) -> None:
        """Add records or replace those of the same id, unchecked by any rule."""
        for record in wanted:
            layer = self._layer(record)
            self._keep(layer, record)
            layer.put(record)

    def drop(self, record: Record) -> None:
        """Take a record away, unchecked by any rule."""
        layer = self._layer(record)
        self._keep(layer, record)
        layer.drop(record.id)

    def change(self) -> Change:
        """All that was done so far, as one change of the records the draft began with."""
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
            if record_id in layer.now:
                return cast("R", layer.now[record_id])
            if record_id in layer.before:
                return None
        return self._base.get(kind, record_id)

    def where(self, kind: type[R], /, **field: object) -> tuple[R, ...]:
        """The records of a kind whose one field has a value: ``where(Person, organisation=x)``."""
        found = self._base.where(kind, **field)
        layer = self._layers.get(kind)
        if layer is None:
            return found
        ((name, value),) = field.items()
        if layer.before:
            found = tuple(record for record in found if record.id not in layer.before)
        come = layer.index(name).get(value)
        return (*found, *cast("Iterable[R]", come.values())) if come else found

    def with_changes(self, removed: Iterable[Record], added: Iterable[Record]) -> Records:
        """Plain records: what the draft began with, what was done, and these on top."""
        return self.change().applied(self._base).with_changes(removed, added)

    def _layer(self, record: Record) -> _Layer:
        return self._layers.setdefault(type(record), _Layer())

    def _keep(self, layer: _Layer, record: Record) -> None:
        """Remember what a record was before the draft, the first time it is touched."""
        if record.id not in layer.before:
            was = self._base.get(type(record), record.id)
            if was is not None:
                layer.before[record.id] = was
