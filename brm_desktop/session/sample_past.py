"""What was said of the sample's people in earlier years: courses of dated statements.

A course is written as few numbers as possible (``resources/sample/past.toml``); here it becomes the
statements that it is short for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from brm_desktop.domain.records import Basis, Dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierStatement:
    """One statement of a course; people and organisations by their keys in the files.

    ``by`` is ``None`` for the user, ``toward`` for us; ``text`` is (Chinese, English).
    """

    person: str
    by: str | None
    toward: str | None
    on: date
    scores: Mapping[str, int]
    basis: Basis
    text: tuple[str, str]


def earlier_statements(content: Mapping[str, Any]) -> Iterator[EarlierStatement]:
    """Whom nobody had met at first, then the statements of every course, on the file's days."""
    strangers = content["not_met"]
    happened = content["occasions"][strangers["occasion"]]
    for person in strangers["people"]:
        yield EarlierStatement(
            person=person,
            by=strangers["by"],
            toward=None,
            on=strangers["on"],
            scores={Dimension.CLOSENESS.value: strangers["closeness"]},
            basis=Basis.ASSUMED,
            text=tuple(happened["text"]),
        )
    for course in content["courses"]:
        for on, occasion, *scores in course["steps"]:
            happened = content["occasions"][occasion]
            chinese, english = happened["text"]
            yield EarlierStatement(
                person=course["person"],
                by=course["by"] if on < content["taken_over"] else None,
                toward=course.get("toward"),
                on=on,
                scores=dict(zip((one.value for one in Dimension), scores, strict=False)),
                basis=Basis.CONFIRMED if happened.get("confirmed") else Basis.ASSUMED,
                text=(chinese, english),
            )
