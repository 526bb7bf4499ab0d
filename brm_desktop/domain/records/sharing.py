"""What sharing leaves to be settled and chosen: conflicts, choices, and who is the same.

Conflicts and choices are the user's own and are never sent; a verdict on who is the same is.
"""

from __future__ import annotations

from dataclasses import dataclass

from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records.base import Record


class Choice(Word):
    """Whether and with whom something is shared, the narrowest first."""

    NEVER = "never", "never"
    PRIVATE = "private", "only me"
    ASK = "ask", "ask each time"
    TEAM = "team", "account team"
    COMPANY = "company", "whole company"


class Verdict(Word):
    """Whether two records tell of the same one."""

    SAME = "same", "the same"
    DIFFERENT = "different", "not the same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Record):
    """What somebody else wrote into a field at the same time, and what is not shown of it.

    Id of (kind, row, field, stamp). ``kind`` is the name of the record's table, ``row`` its id;
    ``value`` is JSON. For the field "deleted" it is the stamps that the deleter had seen: deleted
    by one, edited by another. Whoever settles it takes it away and sets the field to what holds.
    """

    kind: str
    row: str
    field: str
    value: str
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingChoice(Record):
    """What the user chose about one subject; id of (subject, part).

    ``subject`` is an account, with a category of fields as the ``part``; or "", the default for new
    accounts; or any other record, with a field or, for all of it, "" as the ``part``.
    """

    subject: str = ""
    part: str = ""
    choice: Choice = Choice.PRIVATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness(Record):
    """Somebody's verdict whether two records tell of the same one; id of the two ids.

    ``one`` is the smaller id and ``other`` the greater; ``kind`` is the name of their table.
    """

    one: str
    other: str
    kind: str
    verdict: Verdict = Verdict.SAME
    author: str = ""
    stamp: str = ""
