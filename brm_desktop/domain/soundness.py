"""Whether records keep the rules: what ``check`` reports."""

from __future__ import annotations

from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import Records


def problems_in(records: Records) -> list[Phrase]:
    """Every broken rule: dangling references, circles, second managers, values out of range."""
    raise NotImplementedError
