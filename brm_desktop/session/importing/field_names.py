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
            phrase("amount"),
            phrase("basis"),
            phrase("closed_on"),
            phrase("closeness"),
            phrase("contact"),
            phrase("decided"),
            phrase("demonstration_score"),
            phrase("expected_annual_spend"),
            phrase("expected_close"),
            phrase("from"),
            phrase("industry"),
            phrase("influence"),
            phrase("kind"),
            phrase("manager"),
            phrase("opened_on"),
            phrase("origin"),
            phrase("outcome"),
            phrase("person"),
            phrase("potential_score"),
            phrase("power"),
            phrase("price"),
            phrase("probability"),
            phrase("product"),
            phrase("project"),
            phrase("revenue"),
            phrase("revenue_score"),
            phrase("roles"),
            phrase("sales"),
            phrase("sole_approver"),
            phrase("solution"),
            phrase("stance"),
            phrase("start"),
            phrase("strength"),
            phrase("tier"),
            phrase("to"),
            phrase("unit"),
            phrase("veto"),
            phrase("wanted"),
            phrase("winnable_score"),
        )
    }
)


def said_field(name: str) -> Phrase | str:
    """A field's name, to be translated where it is a known one."""
    return _NAMES.get(name, name)
