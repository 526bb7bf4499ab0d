"""A company with an asset in a folder, and a rep whose store is open in the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from company import Company, account, send, share, take
from two_reps import EDIT, Reps

from brm_desktop.domain import edits
from brm_desktop.domain.records import Choice, Person


@pytest.fixture
def company(tmp_path: Path) -> Company:
    made = Company(tmp_path)
    made.now = datetime.now().astimezone()
    return made


@pytest.fixture
def reps(company: Company) -> Iterator[Reps]:
    """Both share the people of an account, and its notes never; a person of it is known to both."""
    wang = company.rep("Wang Min")
    acme = account(wang)
    made = wang.edit(EDIT, edits.add_person, account=acme, name="Chief", title="Head", notes="golf")
    share(wang, acme, structure=Choice.TEAM, notes=Choice.NEVER, opinions=Choice.ASK)
    send(wang)
    company.merge()
    take(wang)
    path = wang.path
    wang.close()
    with company.rep("Li Lei") as li:
        share(li, acme, structure=Choice.TEAM)
        yield Reps(company, path, li, acme, made.added(Person)[0].id)
