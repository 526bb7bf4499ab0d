"""Real files through the real command line: what docs/real-data.md says is what happens."""

from __future__ import annotations

import csv
import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pypdfium2
import pytest

from brm_desktop.domain.records import Person, ReportingLine
from brm_desktop.session.session import Session

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "real-data.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "=== next block ==="
TIES = (("Ada", "7", 20), ("Ada", "18", 70), ("Kim", "2", 80))


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
    shared_data("maven_crm")
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
        counts = {one.name: one.people for one in session.holding().accounts}
    assert counts == {
        "Krackhardt": 21,
        "Among friends": 21,
        "Ministry of Defence": 600,
        "Revenue and Customs": 346,
        "Department of Health": 302,
        "International Development": 80,
        "Infrastructure Planning": 14,
        "Scottish Law Commission": 1,
    }
    people = records.all(Person).values()
    assert sum(person.placeholder for person in people) == 484 - 16 + 304 + 206 + 62 + 12
    assert all(person.name == person.title for person in people if person.placeholder)
    assert len(records.all(ReportingLine)) == 2 * 20 + 595 + 345 + 300 + 77 + 13


def test_every_defect_is_in_the_rejects_with_its_line(
    followed: Followed, shared_data: Callable[[str], Path]
) -> None:
    table = shared_data("uk_gov_organograms") / "senior_2011-03-31.csv"
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    bodies = {"ministry_of_defence": 16, "department_for_international_development": 1}
    bodies |= {"her_majestys_revenue_and_customs": 0, "department_of_health": 1}
    bodies |= {"infrastructure_planning_commission": 1, "scottish_law_commission": 1}
    for body, count in bodies.items():
        with (followed.folder / f"{body}.csv").open(newline="", encoding="utf-8") as file:
            refused = list(csv.DictReader(file))
        assert len(refused) == count
        for row in refused:
            assert rows[int(row["line"]) - 1] == [row[name] for name in rows[0]]
            assert row["body"] == body
            assert row["reason"]


@pytest.mark.parametrize(
    ("file", "account", "pages"),
    [
        ("defence.pdf", "Ministry of Defence", 34),
        ("revenue.pdf", "Revenue and Customs", 19),
        ("health.pdf", "Department of Health", 17),
    ],
)
def test_the_largest_maps_lie_on_several_pages_that_name_everyone(
    followed: Followed, file: str, account: str, pages: int
) -> None:
    document = pypdfium2.PdfDocument(followed.folder / file)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    with Session.open(followed.folder / "real.brm") as session:
        people = session.analysis(session.find_account(account)).people

    assert len(document) == pages
    assert {p.name for p in people if not p.placeholder and p.name not in text} == set()


@pytest.mark.parametrize(
    ("account", "file", "crossed"),
    [("Krackhardt", "advice", True), ("Among friends", "friends", False)],
)
def test_influence_and_routes_among_the_managers_are_those_networkx_finds(
    followed: Followed,
    shared_data: Callable[[str], Path],
    account: str,
    file: str,
    crossed: bool,
) -> None:
    data = shared_data("krackhardt_hightech")
    sways = nx.DiGraph()
    sways.add_edges_from(_edges(data / f"{file}.csv", crossed=crossed), p=Fraction(60, 100))
    power = _powers(_edges(data / "reports.csv"))
    known = sways.copy()
    for employee, customer, strength in TIES:
        known.add_edge(employee, customer, p=Fraction(strength, 100))
    with Session.open(followed.folder / "real.brm") as session:
        analysis = session.analysis(session.find_account(account))
        assert len(analysis.people) == 21
        for person in analysis.people:
            importance = analysis.importance[person.id]
            assert importance.power == power[person.name]
            assert importance.influence == _influence(sways, power, person.name)
            found = [
                (route.value, [analysis.records.one(Person, one).name for one in route.people])
                for route in analysis.routes_to(person.id, 3).routes
            ]
            assert found == _routes(known, person.name)[:3], (
                found,
                _routes(known, person.name)[:4],
            )


def _edges(path: Path, *, crossed: bool = False) -> list[tuple[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = [(row["from"], row["to"]) for row in csv.DictReader(file)]
    return [(target, source) for source, target in rows] if crossed else rows


def _powers(reports: list[tuple[str, str]]) -> dict[str, int]:
    """Power by depth under the chief executive, number 7."""
    below = nx.DiGraph((manager, person) for person, manager in reports)
    depths = nx.single_source_shortest_path_length(below, "7")
    levels = max(depths.values()) + 1
    return {person: _half_up(100 * (1 - depth / levels)) for person, depth in depths.items()}


def _influence(sways: nx.DiGraph, power: dict[str, int], person: str) -> int | None:
    """What somebody's best ways of at most three steps to the powerful make of him."""
    if person not in sways:
        return None
    reach = sum(
        max(_ways(sways, person, other, 3), default=(Fraction(0), []))[0] * power[other] / 100
        for other in sways
        if other != person and power[other] >= 70
    )
    return _half_up(100 * (1 - math.exp(-reach)))


def _routes(known: nx.DiGraph, target: str) -> list[tuple[Fraction, list[str]]]:
    """Ways of at most four steps from any of ours, best first, then shorter ones, then by name."""
    found = [way for employee in ("Ada", "Kim") for way in _ways(known, employee, target, 4)]
    return sorted(found, key=lambda way: (-way[0], len(way[1]), way[1]))


def _ways(
    graph: nx.DiGraph, source: str, target: str, most: int
) -> list[tuple[Fraction, list[str]]]:
    paths = nx.all_simple_paths(graph, source, target, cutoff=most)
    return [
        (math.prod((graph.edges[step]["p"] for step in pairwise(path)), start=Fraction(1)), path)
        for path in paths
    ]


def _half_up(value: float) -> int:
    return math.floor(value + 0.5)


def test_plans_and_pictures_are_there(followed: Followed) -> None:
    for name in ("krackhardt.pdf", "friends.pdf", "krackhardt-plan.pdf", "defence-plan.pdf"):
        assert len(pypdfium2.PdfDocument(followed.folder / name)) >= 1
    for name in ("krackhardt-7.svg", "friends-7.svg"):
        assert (followed.folder / name).read_text(encoding="utf-8").startswith("<")
    assert "Traceback" not in followed.told
