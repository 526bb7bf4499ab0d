"""What was chosen for each account, as the lines of the matrix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brm_desktop.domain.categories import Category
from brm_desktop.domain.records import Choice, SharingChoice
from brm_desktop.domain.sharing_choices import Policies

if TYPE_CHECKING:
    from brm_desktop.session.session import AccountLine


@dataclass(frozen=True, slots=True)
class Policy:
    """What was chosen for one account; ``account`` is "" for the default of all that have none."""

    account: str
    name: str
    own: dict[Category, Choice]
    held: dict[Category, Choice]


def policies_of(
    choices: Iterable[SharingChoice], accounts: Iterable[AccountLine]
) -> tuple[Policy, ...]:
    """The default first, then every account; safe on a worker thread."""
    policies = Policies(choices)
    named = [("", ""), *((str(line.id), line.name) for line in accounts)]
    return tuple(_policy(policies, account, name) for account, name in named)


def _policy(policies: Policies, account: str, name: str) -> Policy:
    own = policies.own(account)
    return Policy(
        account,
        name,
        {one: own[one.value] for one in Category if one.value in own},
        {one: policies.of(account, one) for one in Category},
    )
