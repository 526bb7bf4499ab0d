"""The links of a canvas as rows of a table: their ends, their kind and what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Basis,
    ChainLink,
    ChainLinkKind,
    Influence,
    InfluenceKind,
    LineKind,
    Record,
    Records,
    ReportingLine,
    Tie,
)
from brm_desktop.gui.links import ends_of, link_word
from brm_desktop.gui.widgets.fields import words
from brm_desktop.gui.widgets.table import Column
from brm_desktop.gui.words import name_of
from brm_desktop.language import tr


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link with the names of its ends."""

    link: Record
    source: str
    target: str


Revise = Callable[..., None]
"""Changes fields of a row's link, given by their names."""


def link_rows(records: Records, links: Sequence[str]) -> list[LinkRow]:
    """The rows of some links; what no record stands for, as a succession, has none."""
    rows = []
    for key in links:
        link = records.find(key)
        if link is not None:
            source, target = ends_of(link)
            rows.append(LinkRow(link, name_of(records, source), name_of(records, target)))
    return rows


def link_columns(revise: Revise) -> list[Column[LinkRow]]:
    """The columns of links; what a kind of link does not have stays empty and cannot be set."""
    return [
        Column(phrase("From"), lambda row: row.source, bold=True, width=140),
        Column(phrase("Link"), lambda row: link_word(row.link), width=130),
        Column(phrase("To"), lambda row: row.target, bold=True, width=140),
        Column(
            phrase("Kind"),
            _kind_shown,
            change=lambda row, value: revise(row, kind=value),
            choices_of=_kinds,
            value=lambda row: getattr(row.link, "kind", None),
            width=120,
        ),
        _level(phrase("Strength"), revise, _strength_field, width=84),
        _level(phrase("Wanted"), revise, lambda _link: "wanted", width=76),
        Column(
            phrase("Basis"),
            lambda row: tr(row.link.basis) if isinstance(row.link, Influence | Tie) else "",
            change=lambda row, value: revise(row, basis=value),
            choices_of=lambda row: words(Basis) if isinstance(row.link, Influence | Tie) else [],
            value=lambda row: getattr(row.link, "basis", None),
            width=100,
        ),
        Column(
            phrase("Evidence"),
            lambda row: str(getattr(row.link, "evidence", "")),
            change=lambda row, value: revise(row, evidence=str(value).strip()),
            width=180,
        ),
        Column(
            phrase("Label"),
            lambda row: str(getattr(row.link, "label", "")),
            change=lambda row, value: revise(row, label=str(value).strip()),
            width=120,
        ),
    ]


def _level(
    title: Phrase, revise: Revise, field: Callable[[Record], str], *, width: int
) -> Column[LinkRow]:
    """A column of a level from 1 to 100; an emptied one is unknown where that can be."""

    def known(row: LinkRow) -> int | None:
        found = getattr(row.link, field(row.link), None)
        return found if isinstance(found, int) else None

    def change(row: LinkRow, value: object) -> None:
        typed = str(value).strip()
        if typed.isdecimal():
            revise(row, **{field(row.link): int(typed)})
        elif not typed and field(row.link) == "wanted":
            revise(row, wanted=None)

    return Column(
        title,
        lambda row: "" if known(row) is None else str(known(row)),
        change=change,
        sort=known,
        right=True,
        width=width,
    )


def _strength_field(link: Record) -> str:
    return "closeness" if isinstance(link, Tie) else "strength"


def _kind_shown(row: LinkRow) -> str:
    kind = getattr(row.link, "kind", None)
    return tr(kind) if kind is not None else ""


def _kinds(row: LinkRow) -> list[tuple[str, object]]:
    """What else a link may be; a conflict loses its strength, and an influence has one."""
    if isinstance(row.link, ReportingLine):
        return words(LineKind)
    if isinstance(row.link, ChainLink):
        return words(ChainLinkKind)
    return words(InfluenceKind) if isinstance(row.link, Influence) else []
