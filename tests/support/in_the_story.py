"""One process of the story of three reps: the program under a clock of its own, or a day's work.

::

    python in_the_story.py AHEAD_MS cli COMMAND…            the command line
    python in_the_story.py AHEAD_MS day STORE SEED EDITS    a rep's day: take in, work, send
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from brm_desktop import app
from brm_desktop.domain import edits
from brm_desktop.domain.errors import Problem
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Basis,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    Project,
)
from brm_desktop.session.clock import SystemClock
from brm_desktop.session.session import Session

NAME = phrase("Work")
PRIVATE = "nobody-else-may-read-"
"""What begins every text that is the rep's own."""
_NAMES = ("陈国栋", "周海", "吴磊", "王芳", "林岚", "赵敏", "孙伟", "李静")


def shift(ahead: int) -> None:
    """Set this process's clock ahead by so many milliseconds, or back."""

    def millis(_: SystemClock) -> int:
        return time.time_ns() // 1_000_000 + ahead

    def today(clock: SystemClock) -> date:
        return datetime.fromtimestamp(millis(clock) / 1000, UTC).astimezone().date()

    for function in (millis, today):
        setattr(SystemClock, function.__name__, function)


class Worker:
    """A rep at work on every account of a store; what is drawn depends on the seed alone."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.chance = Random(seed)
        for line in session.portfolio():
            session.open_account(line.id)

    def work(self, times: int) -> int:
        """Make so many edits; gives how many were not refused."""
        done = 0
        for _ in range(times):
            doing: Callable[[], None] = self.chance.choice(
                (self.add, self.rename, self.retitle, self.assess, self.line, self.tie,
                 self.note, self.project, self.remove, self.retitle, self.assess)
            )  # fmt: skip
            try:
                doing()
            except Problem:
                continue
            done += 1
        return done

    def add(self) -> None:
        account = self.account()
        name = f"{self.chance.choice(_NAMES)} {self.chance.randrange(1000)}"
        self.session.edit(NAME, edits.add_person, account=account, name=name)

    def rename(self) -> None:
        person = self.customer()
        self.session.edit(NAME, edits.revise_person, person.id, name=f"{person.name[:3]}'")

    def retitle(self) -> None:
        title = f"Title {self.chance.randrange(50)}"
        power = self.chance.randrange(101)
        self.session.edit(NAME, edits.revise_person, self.customer().id, title=title, power=power)

    def assess(self) -> None:
        score = self.chance.randrange(101)
        person = self.customer().id
        self.session.edit(NAME, edits.assess, person, closeness=score, basis=Basis.CONFIRMED)

    def line(self) -> None:
        self.session.edit(NAME, edits.set_manager, self.customer().id, self.customer().id)

    def tie(self) -> None:
        us = self.chance.choice(self.people(OrganisationKind.OWN))
        closeness = self.chance.randrange(1, 101)
        self.session.edit(NAME, edits.set_tie, us.id, self.customer().id, closeness=closeness)

    def note(self) -> None:
        """What is the rep's own and must never be seen anywhere else."""
        text = f"{PRIVATE}{self.session.shared_store.site}-{self.chance.randrange(10**6)}"
        self.session.edit(NAME, edits.revise_person, self.customer().id, notes=text)

    def project(self) -> None:
        person = self.customer()
        (account,) = self.session.records.where(Account, organisation=person.organisation)
        name = f"Project {self.chance.randrange(10**6)}"
        made = self.session.edit(NAME, edits.create_project, account=account.id, name=name)
        (project,) = made.added(Project)
        self.session.edit(NAME, edits.add_member, project=project.id, person=person.id)

    def remove(self) -> None:
        self.session.edit(NAME, edits.remove_people, [self.customer().id])

    def account(self) -> AccountId:
        return AccountId(self.chance.choice(sorted(self.session.records.all(Account))))

    def customer(self) -> Person:
        return self.chance.choice(self.people(OrganisationKind.CUSTOMER))

    def people(self, kind: OrganisationKind) -> list[Person]:
        records = self.session.records
        homes = {one.id for one in records.all(Organisation).values() if one.kind is kind}
        found = [one for one in records.all(Person).values() if one.organisation in homes]
        return sorted(found, key=lambda person: PersonId(person.id))


def main() -> int:
    """Do what the arguments say."""
    ahead, what, *words = sys.argv[1:]
    shift(int(ahead))
    if what == "cli":
        return app.main(words)
    store, seed, times = words
    app.main(["sync", "pull", "--store", store])
    with Session.open(Path(store)) as session:
        Worker(session, int(seed)).work(int(times))
    return app.main(["sync", "export", "--store", store, "--yes"])


if __name__ == "__main__":
    sys.exit(main())
