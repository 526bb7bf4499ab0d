"""How long what holds in an asset: for what is received, leased, invited, kept and told."""

from __future__ import annotations

from typing import Final

DAY: Final = 86_400_000
AHEAD: Final = 10 * 60_000
"""How far a stamp may be ahead of the merger's clock, in milliseconds (sync §2)."""
LEASE: Final = 30 * DAY
KEEPS_DELETED: Final = 180 * DAY
"""After so long nothing is left of a deleted row but its id (sync §5)."""
KEEPS_OPERATIONS: Final = 400 * DAY
"""After so long nobody can tell any more what was changed; a site that has slept gets it all."""
INVITED_FOR: Final = 14 * DAY
TOLD_FOR: Final = 90 * DAY
"""How long a site is told of a bundle that was refused."""
