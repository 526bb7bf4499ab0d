"""Whether the asset takes a bundle: its order, its device, and its device's clock (sync §2).

What is not taken is told to its site in one sentence, and nothing of it is lost: it stays with the
site until the asset has it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from brm_desktop.domain.bundles import READER, BundleHeader
from brm_desktop.domain.membership import Member
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.replies import Trouble
from brm_desktop.domain.stamp import site_of_stamp

_MINUTE: Final = 60_000
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_MILLIS_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Why a bundle is not taken, for now or for ever."""

    trouble: Trouble
    reason: Phrase


NOT_ENROLLED: Final = NotTaken(
    Trouble.PARKED, phrase("Its device is not enrolled here; it waits for its registration.")
)


def not_in_turn(
    header: BundleHeader, member: Member | None, asset: str, *, reader: int = READER
) -> NotTaken | None:
    """Why a bundle that was not merged yet is not taken now; ``None`` when it is its turn."""
    if header.asset != asset:
        return NotTaken(Trouble.REFUSED, phrase("It is for another shared asset."))
    if member is None:
        return NOT_ENROLLED
    if header.reader > reader:
        return NotTaken(
            Trouble.PARKED,
            phrase("It was written by a newer version of BRM Desktop; update the one that merges."),
        )
    if member.revoked_at is not None and (header.last > member.revoked_at or header.is_receipt):
        return NotTaken(
            Trouble.REFUSED,
            phrase("Its device was revoked; nothing it wrote since is taken."),
        )
    return None if header.is_receipt else _out_of_order(header, member)


def _out_of_order(header: BundleHeader, member: Member) -> NotTaken | None:
    if header.first <= member.applied:
        return NotTaken(
            Trouble.REFUSED,
            phrase("Something else was taken in its place, which its device wrote later."),
        )
    if header.first > member.applied + 1:
        return NotTaken(
            Trouble.PARKED,
            phrase(
                "It waits for what its device wrote before: {first} to {last}.",
                first=member.applied + 1,
                last=header.first - 1,
            ),
        )
    if header.previous != member.digest:
        return NotTaken(
            Trouble.PARKED,
            phrase(
                "It does not go on from what was taken before: its device may have gone back to a"
                " copy of its store."
            ),
        )
    return None


def ahead_of(written: Collection[str], latest: int) -> int:
    """By how many milliseconds stamps are later than they may be; 0 for none."""
    if not written:
        return 0
    return max(0, int(max(written)[:_MILLIS_DIGITS], 16) - latest)


def clock_was_ahead(millis: int) -> NotTaken:
    """What is told a site whose stamps are so far ahead of now."""
    return NotTaken(
        Trouble.QUARANTINED,
        phrase("Your computer's clock was {ahead} ahead.", ahead=_span(millis)),
    )


def sites_beside(written: Collection[str], own: str) -> set[str]:
    """The sites that stamps name besides the own one."""
    return {site_of_stamp(stamp) for stamp in written if not stamp.endswith(own)}


def _span(millis: int) -> Phrase:
    """A time in words; from two of a unit on, so that no word stands for one."""
    if millis < 2 * _HOUR:
        return phrase("{n} minutes", n=max(2, millis // _MINUTE))
    if millis < 2 * _DAY:
        return phrase("{n} hours", n=millis // _HOUR)
    return phrase("{n} days", n=millis // _DAY)
