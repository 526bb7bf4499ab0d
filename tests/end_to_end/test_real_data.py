"""Real files through the real command line: what docs/real-data.md says is what happens."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from brm_desktop.domain.records import Person, ReportingLine
from brm_desktop.session.session import Session

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "real-data.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "=== next block ==="


@dataclass(frozen=True)
class Followed:
    """The guide followed from start to end in a folder of its own."""

    folder: Path
    promised: list[str]
    printed: list[str]
    told: str


@pytest.fixture(scope="module")
def followed(
    shared_data: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Followed:
    """Run every block of the guide, in order, in one shell."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("the guide's commands are for bash")
    data = shared_data("krackhardt_hightech").parent
    shared_data("uk_gov_organograms")
    folder = tmp_path_factory.mktemp("guide")
    blocks = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    commands = [text for kind, text in blocks if kind == "sh"]
    script = f"echo '{MARK}'\n".join(commands)
    paths = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        [bash, "-eu", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": paths, "DATA": str(data), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return Followed(folder, _promised(blocks), done.stdout.split(f"{MARK}\n"), done.stderr)


def _promised(blocks: list[tuple[str, str]]) -> list[str]:
    """What the guide says after each block of commands; nothing where it says nothing."""
    promised: list[str] = []
    for kind, text in blocks:
        if kind == "sh":
            promised.append("")
        else:
            promised[-1] = text
    return promised


def test_the_guide_says_what_the_commands_print(followed: Followed) -> None:
    assert followed.printed == followed.promised


def test_every_post_is_a_person_or_a_refused_row(followed: Followed) -> None:
    with Session.open(followed.folder / "real.brm") as session:
        records = session.all_records()
        assert session.check() == []
        counts = {line.name: line.people for line in session.portfolio()}
    assert counts == {
        "Krackhardt": 21,
        "Ministry of Defence": 600,
        "International Development": 80,
        "Infrastructure Planning": 14,
        "Scottish Law Commission": 1,
    }
    people = records.all(Person).values()
    assert sum(person.placeholder for person in people) == 484 - 16 + 62 + 12
    assert all(person.name == person.title for person in people if person.placeholder)
    assert len(records.all(ReportingLine)) == 20 + 595 + 77 + 13


def test_every_defect_is_in_the_rejects_with_its_line(
    followed: Followed, shared_data: Callable[[str], Path]
) -> None:
    table = shared_data("uk_gov_organograms") / "senior_2011-03-31.csv"
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    bodies = {"ministry_of_defence": 16, "department_for_international_development": 1}
    bodies |= {"infrastructure_planning_commission": 1, "scottish_law_commission": 1}
    for body, count in bodies.items():
        with (followed.folder / f"{body}.csv").open(newline="", encoding="utf-8") as file:
            refused = list(csv.DictReader(file))
        assert len(refused) == count
        for row in refused:
            assert rows[int(row["line"]) - 1] == [row[name] for name in rows[0]]
            assert row["body"] == body
            assert row["reason"]


def test_the_largest_map_lies_on_several_pages_that_name_everyone(followed: Followed) -> None:
    document = pypdfium2.PdfDocument(followed.folder / "defence.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in document)
    with Session.open(followed.folder / "real.brm") as session:
        session.open_account(session.find_account("Ministry of Defence"))
        names = {p.name for p in session.records.all(Person).values() if not p.placeholder}

    assert len(document) > 5
    missing = {name for name in names if name not in text}
    assert missing - {"Ada", "Kim"} == set()


def test_plans_and_pictures_are_there(followed: Followed) -> None:
    for name in ("krackhardt.pdf", "krackhardt-plan.pdf", "defence-plan.pdf"):
        assert len(pypdfium2.PdfDocument(followed.folder / name)) >= 1
    assert (followed.folder / "krackhardt-7.svg").read_text(encoding="utf-8").startswith("<")
    assert "Traceback" not in followed.told
