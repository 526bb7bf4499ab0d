"""What the kinds of records are called where they are counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import KINDS, Record

_KINDS: Final[Mapping[str, Phrase]] = MappingProxyType(
    {
        "organisation": phrase("organisation"),
        "account": phrase("account"),
        "year_revenue": phrase("revenue"),
        "department": phrase("department"),
        "person": phrase("person"),
        "reporting_line": phrase("reporting line"),
        "influence": phrase("influence"),
        "tie": phrase("tie"),
        "assessment": phrase("assessment"),
        "interaction": phrase("interaction"),
        "project_type": phrase("project type"),
        "project": phrase("project"),
        "chain_member": phrase("member of a chain"),
        "attitude": phrase("statement on a chain"),
        "chain_link": phrase("link of a chain"),
        "opportunity": phrase("opportunity"),
        "support_request": phrase("request for support"),
        "product": phrase("product"),
        "action": phrase("action"),
        "account_plan": phrase("account plan"),
        "need": phrase("need"),
        "review": phrase("review"),
        "team_member": phrase("team member"),
        "contribution": phrase("share of a contribution"),
        "snapshot": phrase("month's numbers"),
        "placement": phrase("place on a canvas"),
        "sameness": phrase("verdict on a duplicate"),
        "conflict": phrase("conflict"),
        "sharing_choice": phrase("choice of what is shared"),
    }
)


def kind_word(kind: str) -> Phrase | str:
    """A kind of record, to be translated; one that is not known goes by its own name."""
    return _KINDS.get(kind, kind)


def name_of_kind(kind: type[Record]) -> str:
    """The name a kind of record goes by in tables and bundles: ``reporting_line``."""
    return _NAMES[kind]


def kind_named(name: str) -> type[Record]:
    """The kind of record of such a name; ``KeyError`` when there is none."""
    return _KINDS_BY_NAME[name]


_NAMES: Final[Mapping[type[Record], str]] = {
    kind: re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower() for kind in KINDS
}
_KINDS_BY_NAME: Final[Mapping[str, type[Record]]] = {name: kind for kind, name in _NAMES.items()}
