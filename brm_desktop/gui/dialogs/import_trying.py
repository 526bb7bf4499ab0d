"""Trying an import: what is missing before it, how far it is, and what went wrong, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.gui.dialogs.import_words import encoding_title, field_title
from brm_desktop.gui.work import Progress
from brm_desktop.session.importing import Chosen, Entries, UnclearDates, WrongEncoding

_STEP: Final = 50
"""At every so many rows a dry run says how far it is and hears whether to stop."""


def lack_of(chosen: Chosen) -> Phrase | None:
    """What is missing before the rows of a file can be tried, as a sentence."""
    name = chosen.path.name
    if chosen.problem is not None:
        return _unread(chosen, chosen.problem)
    if chosen.subject is None:
        return phrase("Choose what the rows of {file} are.", file=name)
    if chosen.lacking is not None:
        return phrase(
            "Choose the column of {file} for “{field}”, or say what it is in every row.",
            file=name,
            field=field_title(chosen.subject, chosen.lacking),
        )
    return None


def _unread(chosen: Chosen, problem: Problem) -> Phrase:
    """Why a file could not be read, in the words of the window."""
    if not isinstance(problem, WrongEncoding):
        return problem.sentence
    if chosen.encoding is None:
        return phrase("{file} is in no encoding known here: choose it.", file=chosen.path.name)
    return phrase(
        "{file} is not written in {encoding}: choose another encoding.",
        file=chosen.path.name,
        encoding=encoding_title(chosen.encoding),
    )


def said_here(problem: Problem) -> Phrase:
    """A problem's sentence in the words of the window."""
    if not isinstance(problem, UnclearDates):
        return problem.sentence
    values = problem.sentence.values
    return phrase(
        "The dates of column {column}, such as {example}, may be read in several ways:"
        " choose how they are written.",
        column=values["column"],
        example=values["example"],
    )


def watch_of(progress: Progress, entries: Sequence[Entries]) -> Callable[[], None]:
    """Called at every row: says how far the dry run is, and stops it when that is asked."""
    expected = sum(len(one.rows) * (2 if "reports_to" in one.fields else 1) for one in entries)
    seen = 0

    def watch() -> None:
        nonlocal seen
        seen += 1
        if seen % _STEP == 0:
            progress.report(min(1.0, seen / expected))

    return watch
