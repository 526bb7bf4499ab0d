"""Whether records keep the rules: what ``check`` reports."""

from __future__ import annotations

from collections.abc import Iterator

from brm_desktop.domain.circles import (
    RANKING_LINKS,
    circles_among,
    link_circle,
    linked_in,
    managers_in,
    parent_circle,
    parents_in,
    reporting_circle,
    successor_circle,
    successors_in,
)
from brm_desktop.domain.faults import faults
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    ChainLink,
    Department,
    Organisation,
    Person,
    Record,
    Records,
    ReportingLine,
    named_by,
    right_id,
)


def problems_in(records: Records, *, shared: bool = False) -> list[Phrase]:
    """Every broken rule, each once, as a sentence.

    Dangling references, ids that are not those of their parts, faults of single records (second
    managers, wrong sides, values out of range among them), and circles. Of what is ``shared`` with
    colleagues a record may name what they did not share, unless it cannot stand without it.
    """
    found: dict[Phrase, None] = {}
    for record in records:
        found |= dict.fromkeys(_dangling(records, record, shared=shared))
        found |= dict.fromkeys(faults(records, record))
        if record.id != right_id(record):
            found[_wrong_id(record)] = None
    found |= dict.fromkeys(_circles(records))
    return list(found)


def _dangling(records: Records, record: Record, *, shared: bool) -> Iterator[Phrase]:
    for reference, named in named_by(record):
        if shared and not reference.falls:
            continue
        if all(records.get(kind, named) is None for kind in reference.targets):
            yield phrase(
                "{kind} {id} names in {field} {named}, which is not there.",
                kind=type(record).__name__,
                id=record.id,
                field=reference.field,
                named=named,
            )


def _wrong_id(record: Record) -> Phrase:
    return phrase(
        "{kind} {id} is not under the id its parts make.", kind=type(record).__name__, id=record.id
    )


def _circles(records: Records) -> Iterator[Phrase]:
    reporters = {line.person: None for line in records.all(ReportingLine).values()}
    for way in circles_among(reporters, managers_in(records).above):
        yield reporting_circle(records, way)
    for way in circles_among(records.all(Person), successors_in(records).above):
        yield successor_circle(records, way)
    kinds: tuple[type[Department | Organisation], ...] = (Department, Organisation)
    for kind in kinds:
        for way in circles_among(records.all(kind), parents_in(records, kind).above):
            yield parent_circle(records, kind, way)
    links = records.all(ChainLink).values()
    ranks = {(link.project, link.kind): None for link in links if link.kind in RANKING_LINKS}
    for project, rank in ranks:
        sources = dict.fromkeys(link.source for link in records.where(ChainLink, project=project))
        for way in circles_among(sources, linked_in(records, project, rank).above):
            yield link_circle(records, rank, way)
