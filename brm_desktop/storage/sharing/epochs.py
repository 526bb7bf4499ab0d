"""An asset that went back to a copy of itself, as after a backup was restored, and begins anew.

What it had told since is no more: sites would wait for ever for what it will not tell again, and
keep to themselves what it has forgotten. So it goes on in another epoch: every site is answered
with all there is, and sends again what the asset does not have any more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from brm_desktop.domain.bundles import BundleHeader
from brm_desktop.domain.membership import Member
from brm_desktop.storage.sharing.port import Rows

_MOST: Final = 1 << 52
"""An epoch that is greater was never begun by any clock."""


def has_forgotten(rows: Rows, header: BundleHeader, member: Member) -> bool:
    """Whether a member was told more than the asset knows now, as its bundle shows."""
    epoch = rows.epoch()
    if header.epoch != epoch:
        return epoch < header.epoch < _MOST
    return header.seen > rows.horizon() or header.taken > member.applied


def begin_anew(rows: Rows, now: int, after: int = 0) -> None:
    """Begin an epoch greater than the last one, and than one of which a member has heard."""
    change = rows.change()
    rows.begin_epoch(max(now, rows.epoch() + 1, after + 1))
    for member in rows.members():
        if member.is_active:
            rows.save_member(replace(member, behind=change))
