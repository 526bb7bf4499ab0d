"""Edits of accounts from the portfolio, opened or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, ScreeningVerdict, Tier
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.sync.reaching import with_accounts
from brm_desktop.gui.work import Progress
from brm_desktop.session.session import Written


def revise_account(desk: Desk, account: AccountId, name: str, **fields: object) -> None:
    """Change fields of one account, which is opened first."""
    title = phrase("Change the account {name}", name=name)
    with_accounts(
        desk, [account], lambda: desk.edit(title, edits.revise_account, account, **fields)
    )


def screen(
    desk: Desk,
    account: AccountId,
    name: str,
    verdict: ScreeningVerdict,
    reason: str = "",
    settled: Callable[[], object] = lambda: None,
) -> None:
    """Decide whether an account is a target, for a reason.

    ``settled`` is called right before it is, or when the account cannot be read for it.
    """
    title = phrase("Screen {name}: {verdict}", name=name, verdict=verdict)

    def decide() -> None:
        settled()
        desk.edit(title, edits.screen_account, account, verdict, reason)

    with_accounts(desk, [account], decide, settled)


def take_tiers(desk: Desk, wanted: Mapping[AccountId, Tier]) -> None:
    """Give accounts their tiers, as one step that can be undone; none of them is opened."""
    question = phrase("Set the tier of {n} accounts as their scores suggest?", n=len(wanted))
    if len(wanted) > 1 and not desk.messages.ask(question, phrase("Set tiers")):
        return
    session = desk.session

    def write(_progress: Progress) -> Written:
        accounts = session.records_of((Account,))
        there = {key: tier for key, tier in wanted.items() if key in accounts}
        change = edits.set_tiers(accounts, session.act(), there)
        return session.write(phrase("Set the tier of {n} accounts", n=len(there)), change)

    def done(written: Written) -> None:
        if desk.is_open and desk.session is session:
            session.show_written(written)

    try:
        desk.check_today()
    except Problem as problem:
        desk.messages.failed(problem)
    else:
        desk.jobs.run(phrase("Setting tiers"), write, done)
