"""Choosing with whom a record or a field is shared, from a tree, a menu or the inspector."""

from __future__ import annotations

from typing import Final

from brm_desktop.domain import edits
from brm_desktop.domain.categories import CATEGORIES, ESSENTIAL, Category
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Choice, Record, Records, SharingChoice
from brm_desktop.domain.sharing_choices import Policies, Scopes, choice_about
from brm_desktop.domain.wording import title_of
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.field_words import field_word
from brm_desktop.language import listed, tr

CATEGORY_TITLES: Final = {
    Category.STRUCTURE: phrase("People, lines"),
    Category.PERSONAL: phrase("Contact data"),
    Category.CONNECTIONS: phrase("Ties"),
    Category.OPINIONS: phrase("Opinions"),
    Category.PROJECTS: phrase("Projects"),
    Category.MONEY: phrase("Money"),
    Category.PLANS: phrase("Plans"),
    Category.NOTES: phrase("Notes"),
}
"""The categories as titles of narrow columns."""

SHORT_CHOICES: Final = {
    Choice.NEVER: phrase("never"),
    Choice.PRIVATE: phrase("only me"),
    Choice.ASK: phrase("ask"),
    Choice.TEAM: phrase("team"),
    Choice.COMPANY: phrase("company"),
}
"""The choices in narrow columns."""

FIELD_CHOICES: Final = (Choice.NEVER, Choice.PRIVATE, Choice.TEAM)
"""What can be chosen for a field: it is kept, or goes along."""


def is_chosen_about(kind: type[Record]) -> bool:
    """Whether something can be chosen about records of a kind at all."""
    return kind in CATEGORIES


def record_choices(
    records: Records, record: Record, scopes: Scopes | None = None
) -> list[tuple[str, object]]:
    """What can be chosen for a whole record, first what its account says.

    Of very many records their ``scopes`` are better made once.
    """
    return [(_usual(records, record, "", scopes), None), *((tr(one), one) for one in Choice)]


def field_choices(
    records: Records, record: Record, field: str, scopes: Scopes | None = None
) -> list[tuple[str, object]]:
    """What can be chosen for one field of a record; ``scopes`` as in :func:`record_choices`."""
    goes = tr("goes with the record")
    words = [(goes if one is Choice.TEAM else tr(one), one) for one in FIELD_CHOICES]
    return [(_usual(records, record, field, scopes), None), *words]


def fields_of(kind: type[Record]) -> list[tuple[str, object]]:
    """The fields of a kind of which something can be chosen one by one."""
    names = (name for name in CATEGORIES[kind] if name not in ESSENTIAL[kind])
    return [(field_word(name), name) for name in names]


def chosen_for(records: Records, record: str, field: str = "") -> Choice | None:
    """What was chosen for a record or a field of it itself."""
    own = Policies(records.where(SharingChoice, subject=record)).own(record)
    return own.get(field)


def choose(desk: Desk, record: Record, field: str, choice: Choice | None) -> bool:
    """Choose for a record or a field of it; one step that can be undone."""
    name: Phrase
    title = listed([title_of(desk.records, record)])
    if field:
        name = phrase("Share {field} of {name}", field=field_word(field), name=title)
    else:
        name = phrase("Share {name}", name=title)
    return desk.edit(name, edits.choose, record.id, choice, field) is not None


def _usual(records: Records, record: Record, field: str, scopes: Scopes | None) -> str:
    """What holds where nothing is chosen for the record or field itself."""
    kept = [
        one
        for one in records.all(SharingChoice).values()
        if not (one.subject == record.id and one.part == field)
    ]
    homes = (scopes or Scopes(records)).of(record)
    usual = choice_about(Policies(kept), type(record), homes, record.id, field)
    return tr("usual: {choice}", choice=usual)
