"""What would leave as a tree: by account, kind and record every field with its value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from brm_desktop.domain.field_words import word_of_field
from brm_desktop.domain.gathering import says
from brm_desktop.domain.kinds import kind_named, name_of_kind
from brm_desktop.domain.operations import Key
from brm_desktop.domain.outgoing import Asked, Doing, Entry, FieldDoing, FieldEntry, Outgoing
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Audience, Record, Records
from brm_desktop.domain.sharing import Selection, Staying
from brm_desktop.domain.sharing_choices import Scopes
from brm_desktop.domain.wording import field_told, title_of
from brm_desktop.gui.field_words import field_word
from brm_desktop.gui.sync.branches import Branch, in_pieces
from brm_desktop.gui.value_words import KIND_WORDS
from brm_desktop.language import capitalised, listed, number, tr, trn

TITLES = (phrase("What"), phrase("Value"), phrase("To whom"))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a line of the tree is about: a record, or with a ``field`` one field of it.

    ``account`` is what has to be opened before something is chosen about it.
    """

    key: Key
    account: str
    field: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that leaves once the user says so: records, or fields of them."""

    asked: tuple[tuple[Key, str], ...]


def leaving_branches(found: Outgoing) -> list[Branch]:
    """All that would leave by account, and at the end what waits for a word of the user.

    What the lines of accounts and kinds say is counted here, records are made lines of when they
    are looked at: for a worker thread.
    """
    by_account = groupby(found.entries, key=lambda one: (one.account_name, one.account))
    made = [_account(found, *account, tuple(entries)) for account, entries in by_account]
    if found.asked:
        made.append(_waiting(found))
    return made


def staying_branches(selection: Selection, records: Records, scopes: Scopes) -> list[Branch]:
    """All that stays, by why it does, by kind and record; and the fields kept of what leaves.

    For a worker thread, as :func:`leaving_branches`.
    """
    reasons: dict[Staying, dict[str, list[Key]]] = {}
    for key, why in selection.staying.items():
        reasons.setdefault(why, {}).setdefault(key[0], []).append(key)
    made = [_reason(why, reasons[why], records, scopes) for why in Staying if why in reasons]
    kept = [*_fields_kept(selection, records)]
    if kept:

        def line(one: _Kept) -> Branch:
            return _kept(records, scopes, *one)

        made.append(
            Branch(
                "kept",
                lambda: (tr("Fields kept of what leaves"), _records(len(kept)), ""),
                lambda: in_pieces(kept, line),
                bold=True,
            )
        )
    return made


def _account(found: Outgoing, name: str, account: str, entries: Sequence[Entry]) -> Branch:
    reaches = _reaches_of(entries)
    by_kind = groupby(entries, key=lambda one: one.kind)
    kinds = [_kind(found, kind, tuple(of_kind)) for kind, of_kind in by_kind]
    return Branch(
        (name, account),
        lambda: (name or tr("Of no account"), _records(len(entries)), _said_reaches(reaches)),
        lambda: kinds,
        icon="accounts",
        bold=True,
    )


def _kind(found: Outgoing, kind: type[Record], entries: Sequence[Entry]) -> Branch:
    reaches = _reaches_of(entries)
    return Branch(
        name_of_kind(kind),
        lambda: (_kind_said(kind), _records(len(entries)), _said_reaches(reaches)),
        lambda: in_pieces(entries, partial(_entry, found)),
    )


def _entry(found: Outgoing, one: Entry) -> Branch:
    n = one.count

    def inside() -> list[Branch]:
        return [_field(one, place, each) for place, each in enumerate(found.fields_of(one))]

    def cells() -> tuple[str, ...]:
        said = trn("{n} field", "{n} fields", n)
        doing = tr(one.doing)
        return listed([one.title]), f"{doing} · {said}" if n else doing, _reach(one)

    return Branch(
        one.key,
        cells,
        inside if n else None,
        Subject(one.key, one.account),
        icon=_DOING_ICONS[one.doing],
    )


def _field(entry: Entry, place: int, one: FieldEntry) -> Branch:
    def cells() -> tuple[str, ...]:
        value = listed([one.value]) or tr("empty")
        if one.doing is not FieldDoing.WRITTEN:
            value = f"{value} ({tr(one.doing)})"
        return field_word(one.field), value.replace("\n", " "), _reach(entry)

    return Branch((one.field, place), cells, about=Subject(entry.key, entry.account, one.field))


def _waiting(found: Outgoing) -> Branch:
    """What waits for a word of the user, by account; nobody has it yet."""
    asked = found.asked
    by_account = groupby(asked, key=lambda one: (one.account_name, one.account))
    accounts = [_waiting_of(found, *account, tuple(of_it)) for account, of_it in by_account]
    return Branch(
        "asked",
        lambda: (tr("Leaves once you say so"), _things(len(asked)), tr("nobody yet")),
        lambda: accounts,
        _all_of(asked),
        icon="hidden",
        bold=True,
        opens=False,
    )


def _waiting_of(found: Outgoing, name: str, account: str, asked: Sequence[Asked]) -> Branch:
    return Branch(
        (name, account),
        lambda: (name or tr("Of no account"), _things(len(asked)), tr("nobody yet")),
        lambda: in_pieces(asked, partial(_asked_for, found)),
        _all_of(asked),
        icon="accounts",
    )


def _all_of(asked: Iterable[Asked]) -> Waiting:
    return Waiting(tuple((one.key, one.field) for one in asked))


def _asked_for(found: Outgoing, one: Asked) -> Branch:
    def field(each: FieldEntry) -> Branch:
        return Branch(
            each.field,
            lambda: (
                field_word(each.field),
                listed([each.value]).replace("\n", " "),
                tr("nobody yet"),
            ),
            about=Subject(one.key, one.account, asked=True),
        )

    def cells() -> tuple[str, ...]:
        what = listed([one.title])
        if one.field:
            what = f"{what}: {_word(word_of_field(one.field))}"
            said = listed(each.value for each in found.values_of(one))
            return what, said.replace("\n", " "), tr("nobody yet")
        return what, _kind_said(one.kind), tr("nobody yet")

    return Branch(
        (one.key, one.field),
        cells,
        (lambda: [field(each) for each in found.values_of(one)]) if not one.field else None,
        Subject(one.key, one.account, one.field, asked=True),
        icon="hidden",
    )


def _reason(
    why: Staying, by_kind: Mapping[str, Sequence[Key]], records: Records, scopes: Scopes
) -> Branch:
    icon, count = "lock" if why is Staying.NEVER else "", sum(map(len, by_kind.values()))

    def line(key: Key) -> Branch:
        record = records.one(kind_named(key[0]), key[1])
        about = Subject(key, scopes.of(record)[0])
        return Branch(key, partial(_titled, records, record), about=about, icon=icon)

    def kinds() -> list[Branch]:
        return [
            Branch(
                kind,
                partial(_counted, kind_named(kind), len(of_kind)),
                partial(in_pieces, of_kind, line),
            )
            for kind, of_kind in by_kind.items()
        ]

    return Branch(why, lambda: (tr(why), _records(count), ""), kinds, icon=icon, bold=True)


_Kept = tuple[Key, Record, Sequence[tuple[str, Staying]]]


def _fields_kept(selection: Selection, records: Records) -> Iterator[_Kept]:
    """The records that leave without fields that say something, and why those stay."""
    for key, one in selection.leaving.items():
        if one.withheld:
            record = records.one(kind_named(key[0]), key[1])
            said = [(name, why) for name, why in one.withheld.items() if says(record, name)]
            if said:
                yield key, record, said


def _kept(
    records: Records,
    scopes: Scopes,
    key: Key,
    record: Record,
    said: Sequence[tuple[str, Staying]],
) -> Branch:
    account = scopes.of(record)[0]

    def field(name: str, why: Staying) -> Branch:
        def cells() -> tuple[str, ...]:
            value = listed(
                [field_told(records, type(record), name, getattr(record, name))]
            ).replace("\n", " ")
            return field_word(name), value, tr(why)

        icon = "lock" if why is Staying.NEVER else ""
        return Branch(name, cells, about=Subject(key, account, name), icon=icon)

    return Branch(
        key,
        partial(_titled, records, record),
        lambda: [field(name, why) for name, why in said],
        Subject(key, account),
    )


def _titled(records: Records, record: Record) -> tuple[str, ...]:
    return listed([title_of(records, record)]), _kind_said(type(record)), ""


def _counted(kind: type[Record], n: int) -> tuple[str, ...]:
    return _kind_said(kind), _records(n), ""


def _kind_said(kind: type[Record]) -> str:
    return capitalised(tr(KIND_WORDS[kind.__name__]))


def _records(n: int) -> str:
    return trn("{n} record", "{n} records", n) if n < 1_000 else tr("{n} records", n=number(n))


def _things(n: int) -> str:
    return trn("{n} record or field", "{n} records and fields", n)


def _reaches_of(entries: Iterable[Entry]) -> tuple[Audience | None, ...]:
    return tuple(dict.fromkeys(one.reach for one in entries))


def _said_reaches(reaches: Iterable[Audience | None]) -> str:
    return listed(tr("nobody any more") if one is None else tr(one) for one in reaches)


def _reach(one: Entry) -> str:
    return _said_reaches((one.reach,))


def _word(word: Phrase | str) -> str:
    return tr(word) if isinstance(word, Phrase) else word


_DOING_ICONS = {
    Doing.NEW: "plus",
    Doing.NAMED: "person",
    Doing.CHANGED: "pencil",
    Doing.REACH: "find",
    Doing.WITHDRAWN: "undo",
    Doing.DELETED: "trash",
}
"""A sign for what the asset is told of a record."""
