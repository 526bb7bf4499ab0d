"""Edits about who is the same: two records become one, or are said to be two (sync rule §6).

Nothing is lost by joining: what the one does not say is filled in from the other, texts of both
stand one after the other, and all that named the other names the one. What would break a rule then
(a second manager) stays in a weaker form or, where the same is said already, is not said twice. The
other record goes as a deleted one does, so its id and its values stay in history, and the verdict
keeps both ids.
"""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import replace
from typing import Any, Final, TypeVar

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept, choices_carried, pointing_at, present
from brm_desktop.domain.edits.fields import changed
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.kinds import name_of_kind
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    Influence,
    LineKind,
    Organisation,
    Record,
    Records,
    Reference,
    ReportingLine,
    Sameness,
    SharingChoice,
    Verdict,
    id_of,
    right_id,
)

R = TypeVar("R", bound=Record)

_TEXTS: Final = frozenset({"notes", "note", "remarks", "evidence", "summary", "learnt"})
"""Texts of which both are kept, one under the other."""


def join(records: Records, act: Act, /, kind: type[Record], keep: str, other: str) -> Change:
    """Say that two records of a kind tell of the same one, and make one of them: ``keep`` stays.

    With two organisations their accounts become one, too.

    Raises
    ------
    Refused
        When one of them is not there, they are the same already, or the one that stays could not
        stand for the other by the rules of its kind.
    """
    one, gone = present(records, kind, keep), present(records, kind, other)
    if keep == other:
        raise Refused(phrase("That is one and the same already."))
    draft = Draft(records)
    if isinstance(one, Organisation) and isinstance(gone, Organisation):
        _join_accounts(draft, one, gone)
    _join(draft, one, gone)
    draft.put(_verdict(act, kind, keep, other, Verdict.SAME))
    return draft.change()


def tell_apart(records: Records, act: Act, /, kind: type[Record], one: str, other: str) -> Change:
    """Say that two records of a kind tell of two; they are not offered as candidates again."""
    present(records, kind, one), present(records, kind, other)
    verdict = _verdict(act, kind, one, other, Verdict.DIFFERENT)
    return Change.put(records, verdict)


def ask_again(records: Records, _: Act, /, verdict: str) -> Change:
    """Take back a verdict that two records are two: they are candidates again."""
    return Change.of((present(records, Sameness, verdict),))


def _verdict(act: Act, kind: type[Record], one: str, other: str, verdict: Verdict) -> Sameness:
    smaller, greater = sorted((one, other))
    return Sameness(
        id=id_of(Sameness, smaller, greater),
        one=smaller,
        other=greater,
        kind=name_of_kind(kind),
        verdict=verdict,
        author=act.author,
        stamp=act.stamp,
    )


def _join_accounts(draft: Draft, one: Organisation, gone: Organisation) -> None:
    kept = draft.where(Account, organisation=one.id)
    for account in draft.where(Account, organisation=gone.id):
        if kept:
            _join(draft, kept[0], account)


def _join(draft: Draft, one: R, gone: R) -> None:
    """Make one of two records: what named ``gone`` names ``one``, which says what both said."""
    draft.apply(choices_carried(draft, gone, one, was_there=True))
    for reference, naming in list(pointing_at(draft, gone)):
        draft.drop(naming)
        if naming.id != one.id:
            _put_instead(draft, naming, _renamed(naming, reference, gone.id, one.id))
    draft.drop(gone)
    now = draft.get(type(one), one.id) or one
    draft.apply(accept(draft, _filled(_without_itself(now, gone.id), gone)))


def _renamed(naming: R, reference: Reference, old: str, new: str) -> R:
    """A record that names the one where it named the other, under the id of its parts."""
    value = getattr(naming, reference.field)
    if isinstance(value, tuple):
        named: Any = tuple(dict.fromkeys(new if one == old else one for one in value))
    else:
        named = new
    renamed = replace(naming, **{reference.field: named})
    return replace(renamed, id=right_id(renamed))


def _put_instead(draft: Draft, old: Record, new: Record) -> None:
    """Put a renamed record in, on top of what says the same; not where it says nothing any more.

    A manager who would be a second one stays beside the chart, on a dotted line.
    """
    if _leads_to_itself(new):
        draft.apply(Change.of(draft.where(SharingChoice, subject=old.id)))
        return
    there = draft.get(type(new), new.id)
    wanted = new if there is None or new.id == old.id else _filled(there, new)
    try:
        draft.apply(accept(draft, wanted))
    except Refused:
        if not isinstance(wanted, ReportingLine) or wanted.kind is LineKind.DOTTED:
            raise
        dotted = replace(wanted, kind=LineKind.DOTTED)
        wanted = replace(dotted, id=right_id(dotted))
        draft.apply(accept(draft, wanted))
    if wanted.id != old.id:
        draft.apply(choices_carried(draft, old, wanted, was_there=there is not None))


def _leads_to_itself(record: Record) -> bool:
    if isinstance(record, ReportingLine):
        return record.person == record.manager
    if isinstance(record, Influence):
        return record.source == record.target
    return False


def _without_itself(one: R, gone: str) -> R:
    """A record that does not name as its parent or successor what it was made one with."""
    fields: dict[str, Any] = {
        name: None for name in ("parent", "successor") if getattr(one, name, None) == gone
    }
    return replace(one, **fields) if fields else one


def _filled(one: R, other: R) -> R:
    """A record with what it does not say said by the other; texts and lists are of both."""
    fields: dict[str, Any] = {}
    for field in fields_of(one):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if mine == theirs or field.name in {"id", "audience"}:
            continue
        if isinstance(mine, tuple):
            fields[field.name] = tuple(dict.fromkeys((*mine, *theirs)))
        elif field.name in _TEXTS and mine and theirs:
            fields[field.name] = f"{mine}\n{theirs}"
        elif mine == field.default:
            fields[field.name] = theirs
    return changed(one, fields) if fields else one
