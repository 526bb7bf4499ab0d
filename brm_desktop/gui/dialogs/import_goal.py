"""Where what was imported is seen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.records import Account
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.dialogs.import_choices import ImportChoices
from brm_desktop.session.importing import Report, Subject

_TABS: Final[Mapping[Subject, Tab]] = MappingProxyType(
    {
        Subject.CHAIN: Tab.CHAINS,
        Subject.PROJECTS: Tab.PROJECTS,
        Subject.OPPORTUNITIES: Tab.PROJECTS,
    }
)
"""Where in an account the rows of a subject are seen; those of others on its map."""


def goal_of(choices: ImportChoices, report: Report, here: Place) -> Place | None:
    """The place to go to after an import, unless it is on show already."""
    subjects = {chosen.subject for chosen in choices.files if chosen.subject is not None}
    if subjects == {Subject.EMPLOYEES}:
        return Place(Page.COLLEAGUES)
    if Subject.PEOPLE not in subjects and not choices.needs_account:
        return Place(Page.ACCOUNTS)
    made = report.change.added(Account) if choices.new_account else ()
    account = made[0].id if made else choices.account
    if account is None or account == here.account:
        return None
    tabs = {_TABS.get(subject, Tab.MAP) for subject in subjects}
    return Place(Page.ACCOUNT, account, tabs.pop() if len(tabs) == 1 else Tab.MAP)
