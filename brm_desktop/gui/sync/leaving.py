"""What would leave as a tree: by account, kind and record every field with its value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from brm_desktop.domain.field_words import word_of_field
from brm_desktop.domain.kinds import kind_named
from brm_desktop.domain.operations import Key
from brm_desktop.domain.outgoing import Asked, Doing, Entry, FieldDoing, FieldEntry, Outgoing
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Record, Records
from brm_desktop.domain.sharing import Selection, Staying
from brm_desktop.domain.sharing_choices import Scopes
from brm_desktop.domain.wording import title_of, value_told
from brm_desktop.gui.field_words import field_word
from brm_desktop.gui.sync.branches import Branch
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
    """All that would leave by account, and at the end what waits for a word of the user."""
    made = []
    by_account = groupby(found.entries, key=lambda one: (one.account_name, one.account))
    for (name, _), entries in by_account:
        made.append(_account(name, tuple(entries)))
    if found.asked:
        made.append(
            Branch(
                lambda: (
                    tr("Leaves once you say so"),
                    _things(len(found.asked)),
                    tr("nobody yet"),
                ),
                partial(_asked, found.asked),
                Waiting(tuple((one.key, one.field) for one in found.asked)),
                icon="hidden",
                bold=True,
                opens=False,
            )
        )
    return made


def staying_branches(selection: Selection, records: Records) -> list[Branch]:
    """All that stays, by why it does, by kind and record; and the fields kept of what leaves."""
    reasons: dict[Staying, list[Key]] = {}
    for key, why in selection.staying.items():
        reasons.setdefault(why, []).append(key)
    made = [_reason(why, reasons[why], records) for why in Staying if why in reasons]
    kept = [(key, one.withheld) for key, one in selection.leaving.items() if one.withheld]
    if kept:
        scopes = Scopes(records)

        def inside() -> list[Branch]:
            found = []
            for key, withheld in kept:
                record = records.get(kind_named(key[0]), key[1])
                if record is not None:
                    said = [(name, why) for name, why in withheld.items() if _says(record, name)]
                    if said:
                        found.append(_kept(records, record, key, scopes.of(record)[0], said))
            return found

        made.append(
            Branch(
                lambda: (tr("Fields kept of what leaves"), _records(len(kept)), ""),
                inside,
                bold=True,
            )
        )
    return made


def _account(name: str, entries: Sequence[Entry]) -> Branch:
    def inside() -> list[Branch]:
        return [
            _kind(kind, tuple(of_kind))
            for kind, of_kind in groupby(entries, key=lambda one: one.kind)
        ]

    return Branch(
        lambda: (name or tr("Of no account"), _records(len(entries)), _reaches(entries)),
        inside,
        icon="accounts",
        bold=True,
    )


def _kind(kind: type[Record], entries: Sequence[Entry]) -> Branch:
    return Branch(
        lambda: (_kind_said(kind), _records(len(entries)), _reaches(entries)),
        lambda: [_entry(one) for one in entries],
    )


def _entry(one: Entry) -> Branch:
    def inside() -> list[Branch]:
        return [_field(one, each) for each in one.fields]

    def cells() -> tuple[str, ...]:
        n = len(one.fields)
        said = trn("{n} field", "{n} fields", n)
        doing = tr(one.doing)
        return listed([one.title]), f"{doing} · {said}" if n else doing, _reach(one)

    return Branch(
        cells,
        inside if one.fields else None,
        Subject(one.key, one.account),
        icon=_DOING_ICONS[one.doing],
    )


def _field(entry: Entry, one: FieldEntry) -> Branch:
    def cells() -> tuple[str, ...]:
        value = listed([one.value]) or tr("empty")
        if one.doing is not FieldDoing.WRITTEN:
            value = f"{value} ({tr(one.doing)})"
        return field_word(one.field), value.replace("\n", " "), _reach(entry)

    return Branch(cells, about=Subject(entry.key, entry.account, one.field))


def _asked(asked: Iterable[Asked]) -> list[Branch]:
    return [_asked_for(one) for one in asked]


def _asked_for(one: Asked) -> Branch:
    def field(each: FieldEntry) -> Branch:
        return Branch(
            lambda: (field_word(each.field), listed([each.value]).replace("\n", " "), ""),
            about=Subject(one.key, one.account, asked=True),
        )

    def cells() -> tuple[str, ...]:
        what = listed([one.title])
        if one.field:
            what = f"{what}: {_word(word_of_field(one.field))}"
            said = listed(each.value for each in one.values)
            return what, said.replace("\n", " "), one.account_name
        return what, _kind_said(one.kind), one.account_name

    return Branch(
        cells,
        (lambda: [field(each) for each in one.values]) if not one.field else None,
        Subject(one.key, one.account, one.field, asked=True),
        icon="hidden",
    )


def _reason(why: Staying, keys: Sequence[Key], records: Records) -> Branch:
    def kinds() -> list[Branch]:
        by_kind: dict[str, list[Key]] = {}
        for key in keys:
            by_kind.setdefault(key[0], []).append(key)
        return [
            Branch(
                partial(_counted, kind_named(kind), len(of_kind)),
                partial(_of_kind, of_kind, records, why),
            )
            for kind, of_kind in by_kind.items()
        ]

    icon = "lock" if why is Staying.NEVER else ""
    return Branch(lambda: (tr(why), _records(len(keys)), ""), kinds, icon=icon, bold=True)


def _of_kind(keys: Sequence[Key], records: Records, why: Staying) -> list[Branch]:
    scopes = Scopes(records)
    icon = "lock" if why is Staying.NEVER else ""
    made = []
    for key in keys:
        record = records.get(kind_named(key[0]), key[1])
        if record is not None:
            account = scopes.of(record)[0]
            made.append(
                Branch(partial(_titled, records, record), about=Subject(key, account), icon=icon)
            )
    return made


def _kept(
    records: Records,
    record: Record,
    key: Key,
    account: str,
    said: Sequence[tuple[str, Staying]],
) -> Branch:
    def field(name: str, why: Staying) -> Branch:
        def cells() -> tuple[str, ...]:
            value = listed([value_told(records, getattr(record, name))]).replace("\n", " ")
            return field_word(name), value, tr(why)

        icon = "lock" if why is Staying.NEVER else ""
        return Branch(cells, about=Subject(key, account, name), icon=icon)

    return Branch(
        partial(_titled, records, record),
        lambda: [field(name, why) for name, why in said],
        Subject(key, account),
    )


def _says(record: Record, name: str) -> bool:
    return getattr(record, name, None) not in (None, "", (), False)


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


def _reaches(entries: Iterable[Entry]) -> str:
    said = dict.fromkeys(_reach(one) for one in entries)
    return listed(said)


def _reach(one: Entry) -> str:
    return tr("nobody any more") if one.reach is None else tr(one.reach)


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
