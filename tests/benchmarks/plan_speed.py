"""B6: the account plan as PDF, of twelve pages and of an account of 250 people."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pypdfium2
from building import TODAY, Portfolio
from measuring import Readings, Skipped, must, noted, timed, within
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from brm_desktop import language
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import AccountId, Money, Records, Role, Stance
from brm_desktop.rendering.plan_pdf import write_plan
from brm_desktop.session.demo import write_demo
from brm_desktop.session.session import Session

PEOPLE, LIVE = 250, 25
MOST = 3.0
ACCOUNT = "Huachen"


def measure(folder: Path) -> Readings:
    """The sample's machine-builder, then a large account."""
    kept = QGuiApplication.instance() or QApplication([])
    language.use("en")
    path = folder / "plan.pdf"
    write_demo(folder / "sample.brm")
    with Session.open(folder / "sample.brm") as session:
        account = session.find_account(ACCOUNT)
        session.open_account(account)
        records, today = session.records, session.today()
    seconds, pages = _written(path, lambda: AccountAnalysis(records, account, today))
    yield noted(f"sample account, {pages} pages", seconds)
    if find_spec("weasyprint") is None:
        yield Skipped("WeasyPrint is not installed (goal: at most 1/5 of its time)")
    large, whose = _large()
    seconds, pages = _written(path, lambda: AccountAnalysis(large, whose, TODAY))
    what = f"account of {PEOPLE} people, {LIVE} live projects, {pages} pages"
    yield within(what, seconds, MOST)
    del kept


def _written(path: Path, analysis: Callable[[], AccountAnalysis]) -> tuple[float, int]:
    """Seconds to analyse an account and write its plan, and its pages; every name must be there."""
    seconds, read = timed(partial(_write, path, analysis))
    with closing(pypdfium2.PdfDocument(path)) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        pages = len(document)
    letters = "".join(text.split())
    missing = [one.name for one in read.people if "".join(one.name.split()) not in letters]
    must(not missing, f"the plan does not name {missing[:5]}")
    return seconds, pages


def _write(path: Path, analysis: Callable[[], AccountAnalysis]) -> AccountAnalysis:
    read = analysis()
    write_plan(path, read, read.today.year)
    return read


def _large(seed: int = 1) -> tuple[Records, AccountId]:
    """An account of 250 in eight departments, with projects that twelve of them decide each."""
    random = Random(seed)
    facts = Portfolio()
    staff = [facts.employee(f"Employee {number}") for number in range(10)]
    account = facts.account("Large Works", Money(900_000_000, "CNY"), staff[0])
    homes = [facts.department(f"Department {number}", account) for number in range(8)]
    people = facts.people(account, *(f"Person {number:03}" for number in range(PEOPLE)))
    for number, person in enumerate(people):
        facts.revise(person, title=f"Post {number}", department=homes[number % len(homes)])
        closeness, solution, price = (random.randint(20, 95) for _ in range(3))
        facts.assess(person, closeness, solution, price)
        if number:
            facts.reports(person, people[(number - 1) // 6])
            facts.sways(person, people[random.randrange(number)], random.randint(30, 90))
    for person in random.sample(people, 40):
        facts.tie(random.choice(staff), person, random.randint(30, 90))
    for number in range(LIVE):
        project = facts.project(account, f"Project {number}", amount=Money(10**8, "CNY"))
        for place, person in enumerate(random.sample(people, 12)):
            role, stance = list(Role)[place % len(Role)], random.choice(list(Stance))
            facts.member(project, person, role, stance=stance)
    return facts.records(), account
