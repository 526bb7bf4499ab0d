"""The client-safe versions of brief, minutes and handover: a sheet of names, functions and dates.

What these papers are about inside (scores, stances, odds, red flags, gaps) is no customer's. What
is left for him is who of both sides works on which project, and when. It is made of a
:class:`ClientSheet` alone, so that nothing else can get in.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Final

from brm_desktop.domain.client_sheet import ClientSheet, Colleague
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.language import NOTHING, capitalised, day, listed, tr
from brm_desktop.rendering.documents import write_document
from brm_desktop.rendering.papers.head import Json, cut, head
from brm_desktop.rendering.theme import LIGHT, Theme

_LONGEST: Final = 160


class Purpose(Enum):
    """What the sheet is handed over for."""

    MEETING = "meeting"
    REVIEW = "review"
    HANDOVER = "handover"


_TITLES: Final[dict[Purpose, tuple[Phrase, Phrase]]] = {
    Purpose.MEETING: (
        phrase("{account} · Meeting"),
        phrase("Who takes part, and what it is about."),
    ),
    Purpose.REVIEW: (
        phrase("{account} · Projects under way"),
        phrase("The projects we work on together, with their dates."),
    ),
    Purpose.HANDOVER: (
        phrase("{account} · Your team"),
        phrase("Who looks after you, and how to reach them."),
    ),
}


def write_client_sheet(
    path: Path, sheet: ClientSheet, purpose: Purpose, theme: Theme = LIGHT
) -> None:
    """Write the sheet for a customer.

    Raises
    ------
    FileProblem
        When the file cannot be written; one that was there stays as it was.
    """
    write_document(path, "client", client_data(sheet, purpose, theme), {})


def client_data(sheet: ClientSheet, purpose: Purpose, theme: Theme) -> Json:
    """Everything the template ``client.typ`` reads, said in the current language."""
    title, note = _TITLES[purpose]
    return {
        **head(tr(title, account=sheet.account), sheet.on, theme, internal=False),
        "words": _words(),
        "note": tr(note),
        "projects": [
            [cut(one.name, _LONGEST), day(one.starts_on), day(one.decided_on)]
            for one in sheet.projects
        ],
        "contacts": [
            [
                cut(one.name, _LONGEST),
                cut(one.title, _LONGEST) or NOTHING,
                cut(one.department, _LONGEST) or NOTHING,
            ]
            for one in sheet.contacts
        ],
        "team": [_colleague(one) for one in sheet.team],
        "meeting": purpose is Purpose.MEETING,
    }


def _words() -> Json:
    return {
        "projects": tr("Projects"),
        "project_columns": [tr("Project"), tr("Start"), tr("Decision")],
        "contacts": tr("Your people"),
        "contact_columns": [tr("Name"), tr("Title"), tr("Department")],
        "team": tr("Our people"),
        "team_columns": [tr("Name"), tr("Function"), tr("Phone"), tr("E-mail")],
        "notes": tr("Notes"),
    }


def _colleague(one: Colleague) -> list[str]:
    return [
        cut(one.name, _LONGEST),
        capitalised(tr(one.function)),
        listed(one.phones) or NOTHING,
        listed(one.emails) or NOTHING,
    ]
