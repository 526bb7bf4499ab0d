"""Trees of very many things: lines are made when they are looked at, some hundred at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtGui import QIcon

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.sync.branches import Branch, BranchModel, in_pieces


def lines_of(count: int, made: list[int]) -> Callable[[], list[Branch]]:
    """Beneath a line so many others; ``made`` tells which of them were made."""

    def line(number: int) -> Branch:
        made.append(number)
        return Branch(number, lambda: (f"person {number}", "", ""))

    return partial(in_pieces, range(count), line)


def shown(model: BranchModel, index: QModelIndex) -> list[str]:
    rows = range(model.rowCount(index))
    return [str(model.index(row, 0, index).data()) for row in rows]


def test_few_lines_are_beneath_their_branch_at_once(qapp: QObject) -> None:
    model = BranchModel([phrase("What")], lambda _name: QIcon(), qapp)
    model.show_branches([Branch("people", lambda: ("People", "", ""), lines_of(3, []))])
    assert shown(model, model.index(0, 0)) == ["person 0", "person 1", "person 2"]


def test_very_many_lines_are_told_by_some_hundred_and_made_when_these_are_opened(
    qapp: QObject,
) -> None:
    made: list[int] = []
    model = BranchModel([phrase("What"), phrase("Value")], lambda _name: QIcon(), qapp)
    model.show_branches([Branch("people", lambda: ("People", "", ""), lines_of(1_001, made))])
    people = model.index(0, 0)
    assert model.hasChildren(people)
    assert made == []
    assert shown(model, people)[:2] == ["person 0 … person 199", "person 200 … person 399"]
    assert model.index(0, 1, people).data() == "1–200"
    assert shown(model, people)[-1] == "person 1000 … person 1000"
    assert len(made) == 2 * 6
    assert shown(model, model.index(1, 0, people))[:1] == ["person 200"]
    assert len(made) == 2 * 6 + 200


def test_a_line_is_found_by_its_name_when_all_were_made_anew() -> None:
    branch = Branch("people", lambda: ("People", "", ""), lines_of(3, []))
    assert (branch.place_of(2), branch.place_of("nobody")) == (2, None)


def test_a_line_is_put_into_words_once_until_it_is_told_again(qapp: QObject) -> None:
    told: list[int] = []

    def cells() -> tuple[str, ...]:
        told.append(1)
        return f"told {len(told)}", "", ""

    model = BranchModel([phrase("What")], lambda _name: QIcon(), qapp)
    model.show_branches([Branch("people", cells)])
    assert [model.index(0, 0).data() for _ in range(3)] == ["told 1"] * 3
    model.retell()
    assert model.index(0, 0).data() == "told 2"
