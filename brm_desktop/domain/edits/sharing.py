"""Edits about what is shared: policies of accounts, choices for records and for fields of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from brm_desktop.domain.act import Act
from brm_desktop.domain.categories import BASE, CATEGORIES, ESSENTIAL, Category
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.fields import made
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Choice, Record, Records, SharingChoice, id_of
from brm_desktop.domain.sharing_choices import RANK, Policies, Scopes, narrowest

_STAYS: Final = phrase("This never leaves the store; there is nothing to choose.")


def set_policy(
    records: Records, _: Act, /, account: str, category: Category, choice: Choice | None
) -> Change:
    """Choose how far one category of an account goes; ``None`` for what holds by default.

    ``account`` may be an organisation that is no customer, or "" for the default: it holds for
    every account without a choice of its own.
    """
    if account and account not in records:
        raise Refused(phrase("There is no such account."))
    return _put(records, account, category.value, choice)


def choose(
    records: Records, _: Act, /, record: str, choice: Choice | None, field: str = ""
) -> Change:
    """Choose how far one record goes, or whether a field of it goes along.

    ``None`` takes the choice back. A field is kept (never, private) or goes with its record,
    whatever its category does, except for what never leaves and notes that are private.

    Raises
    ------
    Refused
        When there is no such record, it never leaves, or the choice cannot be made for the field.
    """
    found = _found(records, record)
    if field and field not in CATEGORIES[type(found)]:
        raise Refused(_STAYS)
    if choice is not None:
        _require_a_choice(records, found, field, choice)
    return _put(records, record, field, choice)


def let_leave(records: Records, act: Act, /, asked: Iterable[tuple[str, str]]) -> Change:
    """Let leave what one is asked for: records, and with a field's name fields of them."""
    draft = Draft(records)
    for record, field in asked:
        draft.do(choose, act, record, Choice.TEAM, field)
    return draft.change()


def _found(records: Records, record: str) -> Record:
    found = records.find(record)
    if found is None:
        raise Refused(phrase("This is no longer there."))
    if type(found) not in BASE:
        raise Refused(_STAYS)
    return found


def _require_a_choice(records: Records, record: Record, field: str, choice: Choice) -> None:
    """See that a choice can be made for a record or a field, and has an effect."""
    kind = type(record)
    if field and (field in ESSENTIAL[kind] or choice is Choice.ASK):
        raise Refused(phrase("This goes with all the rest: choose for the whole of it."))
    category = CATEGORIES[kind][field] if field else BASE[kind]
    policies = Policies(records.all(SharingChoice).values())
    policy = narrowest(policies.of(scope, category) for scope in Scopes(records).of(record))
    secret = field and policy is Choice.PRIVATE and category is Category.NOTES
    if (secret or policy is Choice.NEVER) and RANK[choice] >= RANK[Choice.TEAM]:
        raise Refused(
            phrase(
                "What is chosen for {category} in this account keeps it here; change that first.",
                category=category,
            )
        )


def _put(records: Records, subject: str, part: str, choice: Choice | None) -> Change:
    key = id_of(SharingChoice, subject, part)
    before = records.get(SharingChoice, key)
    if choice is None:
        return Change.of(() if before is None else (before,))
    wanted = made(SharingChoice, {"subject": subject, "part": part, "choice": choice})
    return Change.put(records, wanted)
