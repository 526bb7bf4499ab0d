"""What a typed name means: an account, or one of any things that have names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from brm_desktop.domain.errors import Ambiguous, NotFound
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import AccountId
from brm_desktop.domain.spelling import in_name_order

_LISTED: Final = 10


class Named(NamedTuple):
    """A thing by its id, the names it goes by, and what tells it from others of its name."""

    id: str
    names: tuple[str, ...]
    note: str = ""


def one_named(
    things: Sequence[Named], name: str, *, by_note: bool = False, missing: Phrase | None = None
) -> str:
    """The id of the thing of an id, an exact name, or a unique beginning of a name.

    Case counts only when it decides between two. ``by_note`` says that the notes are titles, one of
    which, whole, is meant when no name fits; ``missing`` is said when nothing does.

    Raises
    ------
    NotFound
        When nothing fits; ``Ambiguous``, listing the candidates, when several do.
    """
    wanted = name.strip()
    folded = wanted.casefold()
    readings: tuple[Callable[[Named], bool], ...] = (
        lambda thing: thing.id == wanted,
        lambda thing: wanted in thing.names,
        lambda thing: any(one.casefold() == folded for one in thing.names),
        lambda thing: any(one.casefold().startswith(folded) for one in thing.names),
        lambda thing: by_note and thing.note.casefold() == folded,
    )
    for fits in readings if wanted else ():
        found = [thing for thing in things if fits(thing)]
        if len(found) == 1:
            return found[0].id
        if found:
            raise Ambiguous(
                phrase("“{name}” fits several: {names}.", name=wanted, names=_candidates(found))
            )
    raise NotFound(missing or phrase("Nothing here is called “{name}”.", name=wanted))


def named_account(accounts: Sequence[tuple[AccountId, str, str]], name: str) -> AccountId:
    """The account of an id, an exact name or short name, or a unique beginning of either.

    ``accounts`` are ids, names and short names; raises as :func:`one_named`.
    """
    things = [Named(account, (full, short)) for account, full, short in accounts]
    missing = phrase("There is no account “{name}”.", name=name.strip())
    return AccountId(one_named(things, name, missing=missing))


def _candidates(found: Sequence[Named]) -> tuple[str, ...]:
    shown = [
        f"{thing.names[0]}, {thing.note} ({thing.id})"
        if thing.note
        else f"{thing.names[0]} ({thing.id})"
        for _, thing in in_name_order((thing.names[0], thing) for thing in found)[:_LISTED]
    ]
    return (*shown, "…") if len(found) > _LISTED else tuple(shown)
