"""The fields of an import as its sentences name them: in English as a file's header has them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.phrase import Phrase, phrase

_NAMES: Final[Mapping[str, Phrase]] = MappingProxyType(
    {
        said.text: said
        for said in (
            phrase("assessed_on"),
            phrase("basis"),
            phrase("closeness"),
            phrase("contact"),
            phrase("expected_annual_spend"),
            phrase("from"),
            phrase("influence"),
            phrase("kind"),
            phrase("manager"),
            phrase("person"),
            phrase("power"),
            phrase("price"),
            phrase("project"),
            phrase("revenue"),
            phrase("roles"),
            phrase("sales"),
            phrase("sole_approver"),
            phrase("solution"),
            phrase("stance"),
            phrase("strength"),
            phrase("to"),
            phrase("veto"),
        )
    }
)


def said_field(name: str) -> Phrase | str:
    """A field's name, to be translated where it is a known one."""
    return _NAMES.get(name, name)
