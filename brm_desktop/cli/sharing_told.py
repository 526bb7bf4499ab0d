"""What leaves, what is to be settled and how sharing stands: in lines, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from brm_desktop.cli.asset_words import moment_told
from brm_desktop.cli.speaking import say
from brm_desktop.domain.authorship import Authorship, rows_of
from brm_desktop.domain.disputes import Dispute, HiddenLine
from brm_desktop.domain.field_words import word_of_field
from brm_desktop.domain.kinds import kind_named, kind_word, name_of_kind
from brm_desktop.domain.operation_lines import LONGEST_TEXT
from brm_desktop.domain.operations import Key
from brm_desktop.domain.outgoing import Asked, Entry, FieldDoing, FieldEntry, Outgoing
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import Records, ReportingLine
from brm_desktop.domain.replies import Trouble
from brm_desktop.domain.sharing import Staying
from brm_desktop.domain.stamp import site_of_stamp
from brm_desktop.domain.wording import title_of
from brm_desktop.language import listed, tr
from brm_desktop.session.doors import shown
from brm_desktop.session.first_words import with_first_words
from brm_desktop.session.syncing import names_of_sites

if TYPE_CHECKING:
    from brm_desktop.session.session import Session
    from brm_desktop.session.syncing import Prepared, SyncStatus

_MANAGER = "manager"


def say_outgoing(found: Outgoing, out: Callable[[str], object] = say) -> None:
    """Everything that would leave, by account and record, value by value; then what is asked."""
    out(tr(found.summary()))
    for account, entries in groupby(found.entries, key=lambda one: one.account_name):
        out("")
        out(account or tr("Of no account"))
        for entry in entries:
            out(f"  {_head(entry)} – {_doing(entry)}")
            for field in found.fields_of(entry):
                out(f"    {_field(field)}")
    if found.asked:
        out("")
        out(tr("Leaves once you say so:"))
        for asked in found.asked:
            what = f", {_word(word_of_field(asked.field))}" if asked.field else ""
            out(f"  {_head(asked)}{what}")


def say_too_long(prepared: Prepared, records: Records, out: Callable[[str], object] = say) -> None:
    """What stays since no asset takes it, a sentence for each field."""
    for (kind, key), field in too_long(prepared):
        record = records.get(kind_named(kind), key)
        if record is not None:
            out(
                tr(
                    "{field} of {record} is longer than {n} characters and stays here: shorten it.",
                    field=_word(word_of_field(field)),
                    record=title_of(records, record),
                    n=LONGEST_TEXT,
                )
            )


def too_long(prepared: Prepared) -> list[tuple[Key, str]]:
    """The records and fields that stay since no asset takes them."""
    return [
        (key, field)
        for key, leaving in prepared.selection.leaving.items()
        for field, why in leaving.withheld.items()
        if why is Staying.TOO_LONG
    ]


def outgoing_shape(prepared: Prepared) -> dict[str, Any]:
    """What would leave as JSON, with how much stays and why."""
    found = prepared.outgoing
    reasons: dict[str, int] = {}
    for why in prepared.selection.staying.values():
        reasons[why.value] = reasons.get(why.value, 0) + 1
    return {
        "summary": tr(found.summary()),
        "fields": sum(entry.count for entry in found.entries),
        "records": [
            _about(entry)
            | {
                "change": entry.doing.value,
                "reach": None if entry.reach is None else entry.reach.value,
                "fields": [_field_shape(field) for field in found.fields_of(entry)],
            }
            for entry in found.entries
        ],
        "asked": [
            _about(asked)
            | {
                "field": asked.field,
                "fields": [_field_shape(field) for field in found.values_of(asked)],
            }
            for asked in found.asked
        ],
        "stays": reasons,
        "too_long": [
            {"kind": kind, "id": key, "field": field} for (kind, key), field in too_long(prepared)
        ],
    }


def authors_of(
    session: Session, found: Sequence[Dispute], lines: Sequence[HiddenLine]
) -> Authorship:
    """All records, with who wrote what is to be settled."""
    if not (found or lines):
        return Authorship(session.records, {}, {})
    states = session.shared_store.states(rows_of(found, lines))
    authors = Authorship(session.all_records(), states, names_of_sites(session))
    return with_first_words(session, authors, found)


def say_disputes(found: Sequence[Dispute], authors: Authorship) -> None:
    """What is to be settled: what is shown, then the other values, numbered, and whose they are."""
    for one in found:
        kind = tr(kind_word(name_of_kind(one.kind)))
        say(f"{kind} {listed([one.title])} ({one.row}), {field_said(one.field)}")
        told = listed([one.told]) + _whose(authors, one, _shown_stamp(authors, one))
        say("  " + tr("{name}: {value}", name=tr("shown"), value=told))
        for count, side in enumerate(one.sides, 1):
            value = tr("deleted") if one.is_deletion else listed([side.told])
            say(f"  {count}: {value}{_whose(authors, one, side.stamp)}")


def dispute_shape(one: Dispute, authors: Authorship) -> dict[str, Any]:
    """Something to be settled as JSON."""
    return {
        "kind": name_of_kind(one.kind),
        "id": one.row,
        "name": listed([one.title]),
        "field": one.field,
        "shown": listed([one.told]),
        "shown_by": _author_shape(authors, one, _shown_stamp(authors, one)),
        "others": [
            {"value": listed([side.told])} | _author_shape(authors, one, side.stamp)
            for side in one.sides
        ],
    }


def _shown_stamp(authors: Authorship, one: Dispute) -> str:
    return authors.shown_stamp(one.kind, one.row, one.field)


def _whose(authors: Authorship, one: Dispute, stamp: str) -> str:
    """By whom and when a value was written, and on what it rests, in brackets."""
    if not stamp:
        return ""
    grounds = [listed([ground]).replace("\n", " ") for ground in authors.evidence(one, stamp)]
    who = authors.who(stamp) or "?"
    if first := authors.wrote_first(one, stamp):
        grounds.insert(0, tr("first written by {name}", name=first))
    return f" ({', '.join((who, moment_told(_millis(stamp)), *grounds))})"


def _author_shape(authors: Authorship, one: Dispute, stamp: str) -> dict[str, Any]:
    grounds = [listed([ground]) for ground in authors.evidence(one, stamp)]
    first = authors.wrote_first(one, stamp) or None
    return _site_shape(authors, stamp) | {"first_by": first, "evidence": grounds}


def _site_shape(authors: Authorship, stamp: str) -> dict[str, Any]:
    return {
        "site": site_of_stamp(stamp) or None,
        "by": authors.who(stamp) or None,
        "at": _iso(_millis(stamp)) if stamp else None,
    }


def say_lines(lines: Sequence[HiddenLine], authors: Authorship) -> None:
    """The reporting lines that are not shown, and in whose place they would be."""
    for one in lines:
        kind = tr(kind_word("reporting_line"))
        say(f"{kind} {listed([one.title])} ({one.line.id}), {field_said(_MANAGER)}")
        for other in one.against:
            value = listed([title_of(authors.records, other)]) + _drawn_by(authors, other)
            say("  " + tr("{name}: {value}", name=tr("shown"), value=value))
        say(f"  1: {listed([one.title])}{_drawn_by(authors, one.line)}")


def line_shape(one: HiddenLine, authors: Authorship) -> dict[str, Any]:
    """A reporting line that is not shown as JSON."""
    return {
        "id": one.line.id,
        "name": listed([one.title]),
        "circle": one.closes_circle,
        "shown": [listed([title_of(authors.records, other)]) for other in one.against],
        "shown_by": [_site_shape(authors, _drawn(authors, other)) for other in one.against],
    } | _site_shape(authors, _drawn(authors, one.line))


def _drawn(authors: Authorship, line: ReportingLine) -> str:
    return authors.shown_stamp(ReportingLine, line.id, _MANAGER)


def _drawn_by(authors: Authorship, line: ReportingLine) -> str:
    """By whom and when a line was drawn, in brackets."""
    stamp = _drawn(authors, line)
    return f" ({authors.who(stamp) or '?'}, {moment_told(_millis(stamp))})" if stamp else ""


def status_shape(found: SyncStatus | None, pending: int | None, conflicts: int) -> dict[str, Any]:
    """How sharing stands as JSON."""
    if found is None:
        return {"state": "off", "conflicts": conflicts}
    link = found.link
    state = "restored" if found.restored else "on" if found.answered else "waiting"
    return {
        "state": state,
        "asset": {"id": link.asset, "name": link.name, "address": shown(link.address)},
        "rep": found.rep,
        "role": link.role,
        "team": link.team,
        "site": link.site,
        "sent_at": _iso(link.sent_at),
        "pulled_at": _iso(link.pulled_at),
        "lease_until": _iso(link.lease_until),
        "lease_ended": found.lease_ended,
        "pending": pending,
        "unacknowledged": found.unacknowledged,
        "troubles": [trouble_shape(*one) for one in found.troubles],
        "conflicts": conflicts,
    }


def trouble_shape(trouble: Trouble, reason: Phrase) -> dict[str, str]:
    """What became of a bundle as JSON."""
    return {"state": trouble.value, "reason": tr(reason)}


def field_said(field: str) -> str:
    """A field in the language in use, with the name that commands know it by where that differs."""
    word = _word(word_of_field(field))
    return word if word == field else f"{word} ({field})"


def _about(one: Entry | Asked) -> dict[str, Any]:
    return {
        "account": {"id": one.account, "name": one.account_name} if one.account else None,
        "kind": name_of_kind(one.kind),
        "id": one.key[1],
        "name": listed([one.title]),
    }


def _head(one: Entry | Asked) -> str:
    return f"{tr(kind_word(name_of_kind(one.kind)))} {listed([one.title])}"


def _doing(entry: Entry) -> str:
    reach = tr("nobody any more") if entry.reach is None else tr(entry.reach)
    return f"{tr(entry.doing)} → {reach}"


def _field(one: FieldEntry) -> str:
    said = "" if one.doing is FieldDoing.WRITTEN else f" ({tr(one.doing)})"
    return tr("{name}: {value}", name=word_of_field(one.field), value=listed([one.value]) + said)


def _field_shape(one: FieldEntry) -> dict[str, str]:
    return {"field": one.field, "value": listed([one.value]), "change": one.doing.value}


def _word(word: Phrase | str) -> str:
    return tr(word) if isinstance(word, Phrase) else word


def _millis(stamp: str) -> int:
    return int(stamp[:12], 16)


def _iso(millis: int | None) -> str | None:
    if millis is None:
        return None
    return datetime.fromtimestamp(millis / 1000, UTC).astimezone().isoformat(timespec="seconds")
