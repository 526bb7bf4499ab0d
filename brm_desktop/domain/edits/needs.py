"""Edits of what an account will need."""

from __future__ import annotations

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.fields import made
from brm_desktop.domain.edits.revising import revised
from brm_desktop.domain.records import AccountId, Horizon, Need, NeedKind, Records


def add_need(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    horizon: Horizon,
    kind: NeedKind,
    statement: str,
    **fields: object,
) -> Change:
    """Note what an account will need; ``fields`` say what we can do for it, lack and plan."""
    given = {
        **fields,
        "account": account,
        "horizon": horizon,
        "kind": kind,
        "statement": statement.strip(),
    }
    return accept(records, made(Need, given, act.new_id()))


def revise_need(records: Records, act: Act, /, need: str, **fields: object) -> Change:
    """Change fields of a need."""
    return revised(records, act, present(records, Need, need), fields)
