"""What would leave the store now: the operations, and each of them in words, value by value.

What is shown is made from the operations themselves, never beside them: whoever has read the
entries knows everything that the bundle will hold.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Final

from brm_desktop.domain.categories import CATEGORIES
from brm_desktop.domain.gathering import Gathered, fields_asked_for
from brm_desktop.domain.kinds import kind_named
from brm_desktop.domain.naming import account_called
from brm_desktop.domain.operations import (
    REST,
    UNCHANGED,
    Key,
    Operation,
    Reach,
    RowState,
    Unchanged,
)
from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.plain_values import value_of
from brm_desktop.domain.records import (
    KINDS,
    Account,
    AccountId,
    Assessment,
    Attitude,
    Audience,
    ChainLink,
    Influence,
    Organisation,
    Person,
    Project,
    Record,
    Records,
    ReportingLine,
    Tie,
)
from brm_desktop.domain.registers import live_in
from brm_desktop.domain.sending import Row
from brm_desktop.domain.sharing import Leaving, Selection
from brm_desktop.domain.sharing_choices import Scopes
from brm_desktop.domain.wording import Told, title_of, value_told


class Doing(Word):
    """What the asset is told of a record."""

    NEW = "new", "new"
    NAMED = "named", "by name only"
    CHANGED = "changed", "changed"
    REACH = "reach", "who may see it"
    WITHDRAWN = "withdrawn", "taken back"
    DELETED = "deleted", "deleted"


class FieldDoing(Word):
    """What the asset is told of a field."""

    WRITTEN = "written", "written"
    SETTLED = "settled", "settled"
    WITHDRAWN = "withdrawn", "taken back"


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field that leaves with its value in words, or is taken back."""

    field: str
    value: Told
    doing: FieldDoing


@dataclass(frozen=True, slots=True)
class Entry:
    """What leaves of one record. ``account`` is an account's or organisation's id, "" for none.

    ``reach`` is who will see it; ``None`` for nobody any more; ``count`` how many fields leave or
    are taken back. Its values are put into words by :meth:`Outgoing.fields_of`.
    """

    row: Row
    operation: Operation
    kind: type[Record]
    account: str
    account_name: str
    title: Told
    doing: Doing
    reach: Audience | None
    count: int

    @property
    def key(self) -> Key:
        """The record's."""
        return self.row.key


@dataclass(frozen=True, slots=True)
class Asked:
    """What leaves once the user says so: a record, or a field of one that leaves.

    What of it says anything is put into words by :meth:`Outgoing.values_of`.
    """

    key: Key
    kind: type[Record]
    account: str
    account_name: str
    title: Told
    field: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """All that an export would write now, and what waits for a word of the user.

    ``telling`` puts it into words; ``account`` is the only one that it is of, if it is.
    """

    entries: tuple[Entry, ...]
    asked: tuple[Asked, ...]
    telling: Telling = dataclass_field(compare=False, repr=False)
    account: AccountId | None = None

    def __bool__(self) -> bool:
        return bool(self.entries)

    def fields_of(self, entry: Entry) -> tuple[FieldEntry, ...]:
        """Each field that leaves of a record or is taken back, with its value in words."""
        told = self.telling.told
        said = _said_of(entry.row, entry.operation)
        return tuple(FieldEntry(name, told(value), doing) for name, value, doing in said)

    def values_of(self, asked: Asked) -> tuple[FieldEntry, ...]:
        """What says anything of what is asked for, in words."""
        told, record = self.telling.told, self.telling.records.one(asked.kind, asked.key[1])
        return tuple(
            FieldEntry(name, told(getattr(record, name)), FieldDoing.WRITTEN)
            for name in fields_asked_for(record, asked.field)
        )

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What is written, in the order of the entries."""
        return tuple(entry.operation for entry in self.entries)

    def summary(self) -> Phrase:
        """All of it in one line: ``42 fields of 9 people, 3 lines, 4 assessments``."""
        told = [entry for entry in self.entries if entry.doing in _TELLING]
        by_kind = Counter(_COUNTED.get(entry.kind, _OTHERS) for entry in told)
        by_doing = Counter(entry.doing for entry in self.entries)
        people = by_kind.pop(_PEOPLE, 0)
        fields = sum(entry.count for entry in told if entry.kind is Person)
        parts = [
            *([_people(fields, people)] if people else []),
            *(_said(by_kind[counted], *counted) for counted in _KINDS_TOLD if by_kind[counted]),
            *(_said(by_doing[one], *_ONE_AND_MANY[one]) for one in _ONE_AND_MANY if by_doing[one]),
        ]
        return phrase("{parts}", parts=tuple(parts)) if parts else phrase("Nothing would leave.")


def outgoing(found: Gathered, account: AccountId | None = None) -> Outgoing:
    """What would leave, of everything or of one account, in the order people read it."""
    telling = Telling(found.records)
    keys = found.sending.keys()
    of_account = keys if account is None else telling.of_account(keys, account)
    entries = (_entry(telling, found.selection, *found.sending[key]) for key in of_account)
    asked = (
        Asked(key, *telling.about(key), name)
        for key, names in found.asking.items()
        for name in names
    )
    wanted = (one for one in asked if account is None or one.account == account)
    return Outgoing(
        tuple(sorted(entries, key=_order)),
        tuple(sorted(wanted, key=_order)),
        telling,
        account,
    )


def outgoing_since(
    before: Outgoing, was: Gathered, found: Gathered, touched: AbstractSet[Key]
) -> Outgoing:
    """What would leave after rows were ``touched``, which are all that changed since ``before``.

    As long as everything is called as it was, only what is sent otherwise is put into words anew.
    """
    telling = before.telling.with_records(found.records, touched)
    if telling is None or before.account is not None:
        return outgoing(found)
    left = dict(found.sending)
    kept = []
    for one in before.entries:
        sent = left.get(one.key)
        if sent is not None and sent.row is one.row:  # nobody looked at it again
            kept.append(one)
            del left[one.key]
    for sent in left.values():
        insort(kept, _entry(telling, found.selection, *sent), key=_order)
    asked = before.asked if found.asking == was.asking else outgoing(found).asked
    return Outgoing(tuple(kept), asked, telling)


class Telling:
    """What records of any kind are called, and whose account they are of."""

    def __init__(self, records: Records) -> None:
        self.records: Final = records
        self._scopes: Final = Scopes(records)

    def with_records(self, records: Records, touched: Iterable[Key]) -> Telling | None:
        """The same of records as they are now, if what was touched is called as it was.

        What is new there counts for nothing, since nobody names it who was not touched as well; but
        people are told under a new account who were told under its organisation.
        """
        now = Telling(records)
        return now if all(self._tells_as(now, *key) for key in touched) else None

    def _tells_as(self, now: Telling, name: str, row: str) -> bool:
        """Whether the others are told now as they were, for all that became of one record."""
        kind = kind_named(name)
        one, other = self.records.get(kind, row), now.records.get(kind, row)
        if one is None:
            return kind is not Account or other is None
        if kind not in CATEGORIES or one == other:
            return True
        return other is not None and self._called(one) == now._called(other)

    def _called(self, record: Record) -> tuple[Told, tuple[str, ...]]:
        return title_of(self.records, record), self._scopes.of(record)

    def about(self, key: Key) -> tuple[type[Record], str, str, Told]:
        """Kind, account, its name and the title of a record; of what is not here its id."""
        kind = kind_named(key[0])
        record = self.records.get(kind, key[1])
        if record is None:
            return kind, "", "", key[1]
        account = self._scopes.of(record)[0]
        return kind, account, self._account_name(account), title_of(self.records, record)

    def of_account(self, keys: Iterable[Key], account: str) -> list[Key]:
        """Those of some records that belong to an account, or lead from or to one."""
        found = ((key, self.records.get(kind_named(key[0]), key[1])) for key in keys)
        return [key for key, one in found if one is not None and account in self._scopes.of(one)]

    def told(self, value: object) -> Told:
        """A value of a record in words."""
        return value_told(self.records, value)

    def _account_name(self, account: str) -> str:
        if self.records.get(Account, account) is not None:
            return account_called(self.records, AccountId(account))
        found = self.records.get(Organisation, account)
        return "" if found is None else found.name


def _entry(telling: Telling, selection: Selection, row: Row, operation: Operation) -> Entry:
    return Entry(
        row,
        operation,
        *telling.about(row.key),
        _doing(selection.leaving.get(row.key), row, operation),
        row.reach if operation.reach is UNCHANGED else _audience(operation.reach),
        sum(1 for _ in _said_of(row, operation)),
    )


def _doing(leaving: Leaving | None, row: Row, operation: Operation) -> Doing:
    if operation.deletions:
        return Doing.DELETED
    if leaving is None:
        return Doing.WITHDRAWN
    if row.known is not None and row.known.clock:
        return Doing.CHANGED if operation.stamps or operation.over else Doing.REACH
    return Doing.NAMED if leaving.stub else Doing.NEW


def _said_of(row: Row, operation: Operation) -> Iterator[tuple[str, object, FieldDoing]]:
    """Every value an operation writes, then what it settles or takes back and says something."""
    kind = kind_named(row.key[0])
    written = {name: operation.values.get(name) for name in operation.stamps if name != REST}
    written |= operation.values
    for name in kind.__dataclass_fields__:
        if name in written:
            yield name, value_of(kind, name, written[name]), FieldDoing.WRITTEN
        for _, plain in operation.others.get(name, ()):
            yield name, value_of(kind, name, plain), FieldDoing.WRITTEN
    for name in _gone_over(operation) if operation.over else ():
        value = value_of(kind, name, row.local.values.get(name))
        if value not in (None, "", ()):
            settled = row.known is not None and _stays(row.known, operation, name)
            yield name, value, FieldDoing.SETTLED if settled else FieldDoing.WITHDRAWN


def _gone_over(operation: Operation) -> Iterator[str]:
    """The fields of which an operation goes over something and in which it writes nothing."""
    for field in kind_named(operation.kind).__dataclass_fields__:
        over = operation.over.get(field, operation.over.get(REST, ()))
        whole = REST in operation.stamps and field not in operation.withheld
        written = whole or field in operation.stamps or field in operation.others
        if over and not written and field not in _NO_FIELD:
            yield field


def _stays(known: RowState, operation: Operation, field: str) -> bool:
    """Whether a field still has a live write once an operation went over some."""
    over = operation.over.get(field, operation.over.get(REST, ()))
    return any(stamp not in over for stamp in live_in(known, field))


def _order(one: Entry | Asked) -> tuple[str, int, str, Key]:
    return (one.account_name, _PLACES[one.kind], str(one.title), one.key)


def _audience(reach: Reach | Unchanged | None) -> Audience | None:
    return _AUDIENCES[reach.audience] if isinstance(reach, Reach) else None


def _people(fields: int, people: int) -> Phrase:
    if people == 1:
        return _said(fields, phrase("{n} field of one person"), phrase("{n} fields of one person"))
    return phrase("{fields} fields of {n} people", fields=fields, n=people)


def _said(n: int, one: Phrase, many: Phrase) -> Phrase:
    return phrase((one if n == 1 else many).text, n=n)


_TELLING: Final = frozenset({Doing.NEW, Doing.CHANGED})
_PEOPLE: Final = (phrase("{n} person"), phrase("{n} people"))
_LINES: Final = (phrase("{n} line"), phrase("{n} lines"))
_ASSESSMENTS: Final = (phrase("{n} assessment"), phrase("{n} assessments"))
_PROJECTS: Final = (phrase("{n} project"), phrase("{n} projects"))
_OTHERS: Final = (phrase("{n} other record"), phrase("{n} other records"))
_COUNTED: Final = {
    Person: _PEOPLE,
    ReportingLine: _LINES,
    Influence: _LINES,
    Tie: _LINES,
    ChainLink: _LINES,
    Assessment: _ASSESSMENTS,
    Attitude: _ASSESSMENTS,
    Project: _PROJECTS,
}
"""What records are counted as, one of them and many."""
_KINDS_TOLD: Final = (_LINES, _ASSESSMENTS, _PROJECTS, _OTHERS)
_ONE_AND_MANY: Final = {
    Doing.NAMED: (phrase("{n} by name only"), phrase("{n} by name only")),
    Doing.REACH: (phrase("{n} seen by others"), phrase("{n} seen by others")),
    Doing.WITHDRAWN: (phrase("{n} taken back"), phrase("{n} taken back")),
    Doing.DELETED: (phrase("{n} deletion"), phrase("{n} deletions")),
}
_AUDIENCES: Final = {one.value: one for one in Audience}
_NO_FIELD: Final = frozenset({"id", "audience"})
_PLACES: Final = {kind: place for place, kind in enumerate(KINDS)}
