"""What leaves the store and what stays in it, and why.

A record leaves only with the records it is about, or with their names
(:data:`~brm_desktop.domain.categories.NAMING`): a stub. Which choice holds for what is the matter
of ``sharing_choices``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from brm_desktop.domain.categories import BASE, CATEGORIES, NAMELESS, NAMING, Category
from brm_desktop.domain.kinds import name_of_kind
from brm_desktop.domain.operation_lines import is_too_long
from brm_desktop.domain.operations import Key
from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records import (
    REFERENCES,
    Audience,
    Choice,
    Person,
    Record,
    Records,
    SharingChoice,
)
from brm_desktop.domain.sharing_choices import (
    NO_CHOICE,
    RANK,
    Policies,
    Scopes,
    choice_of_record,
    chosen,
    narrowest,
    values_of,
)


class Staying(Word):
    """Why something does not leave."""

    NEVER = "never", "You chose that it never leaves."
    PRIVATE = "private", "It is private."
    ASK = "ask", "It leaves once you say so."
    NARROWER = "narrower", "It is for the account team, and the rest goes to the whole company."
    END = "end", "What it is about may not be named."
    TOO_LONG = "too_long", "It is longer than 40,000 characters: shorten it."


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves of one record, to whom, and why the other fields do not.

    A ``stub`` is only named, because something that leaves is about it.
    """

    fields: frozenset[str]
    reach: Audience
    withheld: Mapping[str, Staying] = field(default_factory=lambda: MappingProxyType({}))
    stub: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """What leaves of some records, and why each of the others that might does not."""

    leaving: Mapping[Key, Leaving]
    staying: Mapping[Key, Staying]


def what_leaves(records: Records, choices: Iterable[SharingChoice]) -> Selection:
    """What leaves of these records, in time linear in their number.

    Whoever sees a record sees what it is about: it goes no further than that does.
    """
    return _Selecting(records, Policies(choices)).selection()


def leaves_alike(one: Record, other: Record) -> bool:
    """Whether a record leaves as what it was before does, and all that names it as well."""
    named = _NAMING_FIELDS[type(one)]
    is_named = [bool(getattr(each, "name", "")) for each in (one, other)]
    alike = named(one) == named(other) and is_named[0] is is_named[1]
    return alike and _too_long(one) == _too_long(other)


class _Plan(NamedTuple):
    """What the choices give for all records of one kind and account that have none of their own.

    ``rank`` is how far they go, ``at`` what leaves by how far they go in the end; ``named`` says
    that those that stay may be stubs.
    """

    rank: int
    at: tuple[Leaving, ...]
    why: Staying
    named: bool


class _Selecting:
    """The work of :func:`what_leaves`."""

    def __init__(self, records: Records, policies: Policies) -> None:
        self._records = records
        self._policies = policies
        self._chosen = policies.subjects
        self._scopes = Scopes(records)
        self._plans: dict[tuple[type[Record], tuple[str, ...]], _Plan] = {}
        self._far: dict[str, int] = {}
        """How far what may be named goes, by id: by itself or as a stub."""
        self._going: set[str] = set()
        self._needed: dict[str, int] = {}
        """Who must be named, and how far."""
        self._leaving: dict[Key, Leaving] = {}
        self._staying: dict[Key, Staying] = {}

    def selection(self) -> Selection:
        found = [(kind, list(self._reached(kind))) for kind in CATEGORIES]
        for kind, reached in found:
            self._add(kind, reached)
        for kind in reversed([*NAMING]):
            self._add_stubs(kind)
        return Selection(self._leaving, self._staying)

    def _reached(self, kind: type[Record]) -> Iterator[tuple[Record, _Plan, int]]:
        """Those of a kind that leave, and how far; who may be named is noted."""
        name, naming, bound = name_of_kind(kind), kind in NAMING, _BOUND[kind]
        for key, record in self._records.all(kind).items():
            plan = self._plan(kind, record)
            rank = plan.rank
            if rank or naming:
                ends = [self._far.get(end, 0) for end in bound(record) if end is not None]
                rank = min(rank, *ends, _FARTHEST)
                if naming:
                    far = min(ends, default=_FARTHEST) if plan.named else rank
                    self._far[key] = far
            if rank:
                self._going.add(key)
                yield record, plan, rank
            else:
                self._staying[name, key] = Staying.END if plan.rank else plan.why

    def _add(self, kind: type[Record], reached: Iterable[tuple[Record, _Plan, int]]) -> None:
        name, naming, loose = name_of_kind(kind), _NAMING_FIELDS[kind], _LOOSE[kind]
        for record, plan, rank in reached:
            leaving = plan.at[rank]
            long = [one for one in _too_long(record) if one in leaving.fields]
            if long:
                leaving = _without(leaving, long, Staying.TOO_LONG)
            ends = naming(record)
            if any(ends):
                lost = [
                    one
                    for one, value in zip(loose, ends, strict=False)
                    if value and one in leaving.fields and not self._may_name(value, rank)
                ]
                if lost:
                    leaving = _without(leaving, lost, Staying.END)
                for one, value in zip(_NAMED[kind], ends, strict=True):
                    if value and one in leaving.fields:
                        self._need(value, rank)
            self._leaving[name, record.id] = leaving

    def _may_name(self, value: str | tuple[str, ...], rank: int) -> bool:
        names = (value,) if isinstance(value, str) else value
        return all(self._far.get(one, 0) >= rank for one in names)

    def _need(self, value: str | tuple[str, ...], rank: int) -> None:
        for one in (value,) if isinstance(value, str) else value:
            if one not in self._going and self._needed.get(one, 0) < rank:
                self._needed[one] = rank

    def _add_stubs(self, kind: type[Record]) -> None:
        name = name_of_kind(kind)
        for key in [key for key in self._needed if key in self._records.all(kind)]:
            record, rank = self._records.one(kind, key), self._needed[key]
            self._leaving[name, key] = Leaving(fields_of_stub(record), _AUDIENCES[rank], stub=True)
            del self._staying[name, key]
            for end in _BOUND[kind](record):
                if end is not None:
                    self._need(end, rank)

    def _plan(self, kind: type[Record], record: Record) -> _Plan:
        scopes = self._scopes.of(record)
        if record.id in self._chosen:
            return self._made(kind, scopes, self._policies.own(record.id))
        plan = self._plans.get((kind, scopes))
        if plan is None:
            plan = self._plans[kind, scopes] = self._made(kind, scopes, NO_CHOICE)
        return plan

    def _made(
        self, kind: type[Record], scopes: tuple[str, ...], own: Mapping[str, Choice]
    ) -> _Plan:
        policies = {
            category: narrowest(self._policies.of(scope, category) for scope in scopes)
            for category in Category
        }
        base = chosen(kind, BASE[kind], "", policies[BASE[kind]], own)
        far = {
            name: chosen(kind, category, name, policies[category], own)
            for name, category in CATEGORIES[kind].items()
        }
        private = Leaving(frozenset(), Audience.PRIVATE)
        at = (private, *(_at(far, rank) for rank in (1, _FARTHEST)))
        named = policies[BASE[kind]] is not Choice.NEVER and choice_of_record(kind, own) is None
        rank = _REACH[base]
        return _Plan(rank, at, _WHY.get(base, Staying.PRIVATE), named and not rank)


def fields_of_stub(record: Record) -> frozenset[str]:
    """What is told of a record that is only named: what it is called, and whose it is."""
    if isinstance(record, Person) and not record.name:
        return NAMELESS
    return NAMING[type(record)]


def _at(far: Mapping[str, Choice], rank: int) -> Leaving:
    """What leaves of a record that goes so far, by how far each field may."""
    kept = {name: choice for name, choice in far.items() if _REACH[choice] < rank}
    withheld = {name: _WHY.get(choice, Staying.NARROWER) for name, choice in kept.items()}
    return Leaving(
        frozenset(far.keys() - kept.keys()), _AUDIENCES[rank], MappingProxyType(withheld)
    )


def _without(leaving: Leaving, lost: Iterable[str], why: Staying) -> Leaving:
    """What leaves without some fields that may not."""
    names = frozenset(lost)
    withheld = {**leaving.withheld, **dict.fromkeys(names, why)}
    return replace(leaving, fields=leaving.fields - names, withheld=MappingProxyType(withheld))


def _too_long(record: Record) -> list[str]:
    """The fields of a record that no asset takes, so that one of them does not hold up all."""
    names, values = _TEXTS[type(record)]
    return [name for name, value in zip(names, values(record), strict=False) if is_too_long(value)]


def _is_text(one: Field[Any]) -> bool:
    return str(one.type).startswith(("str", "tuple"))


def _references(kind: type[Record], *, falls: bool) -> tuple[str, ...]:
    return tuple(one.field for one in REFERENCES if one.kind is kind and one.falls is falls)


_REACH: Final = {choice: max(0, rank - RANK[Choice.ASK]) for choice, rank in RANK.items()}
"""How far a choice lets something go: 0 nowhere, 1 to the team, 2 to the whole company."""
_AUDIENCES: Final = tuple(Audience)
_FARTHEST: Final = 2
_WHY: Final[Mapping[Choice, Staying]] = {
    Choice.NEVER: Staying.NEVER,
    Choice.PRIVATE: Staying.PRIVATE,
    Choice.ASK: Staying.ASK,
}

_TEXTS: Final = {
    kind: (names, values_of(names))
    for kind, of_kind in CATEGORIES.items()
    for names in [tuple(one.name for one in fields(kind) if _is_text(one) and one.name in of_kind)]
}
"""The fields with texts of any length, or any number of them."""
_LOOSE: Final = {kind: _references(kind, falls=False) for kind in CATEGORIES}
"""The fields that may name something a record can be without."""
_NAMED: Final = {kind: _LOOSE[kind] + _references(kind, falls=True) for kind in CATEGORIES}
_NAMING_FIELDS: Final = {kind: values_of(_NAMED[kind]) for kind in CATEGORIES}
_BOUND: Final = {kind: values_of(_references(kind, falls=True)) for kind in CATEGORIES}
"""What a record is about: it leaves only together with that."""
