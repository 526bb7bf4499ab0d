"""Which account a typed name means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brm_desktop.domain.errors import Ambiguous, NotFound
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId

_LISTED = 10
_Line = tuple[AccountId, str, str]


def named_account(accounts: Sequence[_Line], name: str) -> AccountId:
    """The account of an id, an exact name or short name, or a unique beginning of either.

    ``accounts`` are ids, names and short names. Case counts only when it decides between two.

    Raises
    ------
    NotFound
        When nothing fits; ``Ambiguous``, listing the candidates, when several do.
    """
    wanted = name.strip()
    for found in _narrowing(accounts, wanted) if wanted else ():
        if len(found) == 1:
            return found[0][0]
        if found:
            raise Ambiguous(
                phrase("“{name}” fits several accounts: {names}.", name=wanted, names=_names(found))
            )
    raise NotFound(phrase("There is no account “{name}”.", name=wanted))


def _narrowing(accounts: Sequence[_Line], wanted: str) -> Iterator[list[_Line]]:
    """What fits, from the strictest reading of a name to the widest."""
    yield [line for line in accounts if wanted == line[0]]
    yield [line for line in accounts if wanted in line[1:]]
    folded = wanted.casefold()
    yield [line for line in accounts if any(part.casefold() == folded for part in line[1:])]
    yield [
        line for line in accounts if any(part.casefold().startswith(folded) for part in line[1:])
    ]


def _names(found: Sequence[_Line]) -> str:
    names = [f"{name} ({account})" for account, name, _ in found[:_LISTED]]
    return ", ".join([*names, "…"] if len(found) > _LISTED else names)
