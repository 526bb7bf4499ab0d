"""Creating the next opportunity of an account that screening confirmed."""

from __future__ import annotations

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import AccountId
from brm_desktop.domain.recurrence import TypeRecurrence, next_of_type, recurrence_of
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.sync.reaching import with_accounts


def capture_next(desk: Desk, account: AccountId) -> None:
    """Make the next project of the wanted type that is expected soonest, and its opportunity."""
    with_accounts(desk, [account], lambda: _capture(desk, account))


def _capture(desk: Desk, account: AccountId) -> None:
    analysis = desk.session.analysis(account)
    found = next((one for one in recurrence_of(analysis) if one.wanted), None)
    if found is None:
        desk.messages.say(phrase("{name} has no project of a wanted type.", name=analysis.name))
        return
    today = desk.session.today()
    there = next_of_type(analysis.projects, found.type, today)
    if there is not None:
        desk.messages.say(phrase("{name} is open already.", name=there.name))
        return
    name = phrase("Create the opportunity {name}", name=found.name)
    change = desk.edit(
        name,
        edits.capture_opportunity,
        account,
        found.type,
        amount=found.amount,
        starts_on=found.next if found.next and found.next > today else None,
    )
    if change:
        said = phrase("{name}: the next {type} is an opportunity now.", **_named(analysis, found))
        desk.messages.say_made(said, name)


def _named(analysis: AccountAnalysis, found: TypeRecurrence) -> dict[str, str]:
    return {"name": analysis.name, "type": found.name}
