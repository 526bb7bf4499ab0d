"""People of a session by their names, and whom they report to."""

from __future__ import annotations

from brm_desktop.domain.records import (
    Person,
    PersonId,
    ReportingLine,
)
from brm_desktop.session.session import Session


def person(session: Session, name: str) -> PersonId:
    """The person of a name."""
    (found,) = session.records.where(Person, name=name)
    return found.id


def managers(session: Session, name: str) -> list[str]:
    """Whom somebody reports to."""
    lines = session.records.where(ReportingLine, person=person(session, name))
    return [session.records.one(Person, line.manager).name for line in lines]
