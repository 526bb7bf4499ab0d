"""The edit that changes fields of any record."""

from __future__ import annotations

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import Records


def revise(records: Records, act: Act, record: str, **fields: object) -> Change:
    """Change fields of the record of an id, whatever its kind, under the rules of its kind."""
    raise NotImplementedError
