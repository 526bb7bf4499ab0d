"""The form of a WHCSE review: beside what is known, what the people reviewing say of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import CoverageModel, Review
from brm_desktop.domain.whcse import CHECKS, KeyPersonThere, RoleCoverage, Whcse
from brm_desktop.gui.past_day import changes_records
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fields import Choose, NotesField, yes_no_unknown
from brm_desktop.gui.widgets.frames import column, hairline, label, row
from brm_desktop.gui.words import joined
from brm_desktop.language import day, listed, money, number, tr

_MOST_PEOPLE: Final = 8
_LETTERS: Final = {
    "who": (phrase("Who is key"), None),
    "how_managed": (phrase("How it is managed"), phrase("How is it managed, and what to change?")),
    "coverage": (phrase("Coverage"), phrase("Whom do we reach, whom not yet?")),
    "strategy": (phrase("Strategy"), phrase("What do we want here, and how?")),
    "evaluation": (phrase("Evaluation"), phrase("What came of it since the last review?")),
}
_CHECK_TITLES: Final = {
    "account_qualified": phrase("Is the account qualified?"),
    "seller_qualified": phrase("Is the seller qualified?"),
    "management_qualified": phrase("Is the management qualified?"),
}


class WhcseForm(QWidget):
    """Five letters, three checks and remarks; ``said`` tells a field of the review that changed."""

    said = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.texts = Texts(self)
        layout = column(margin=20, gap=12)
        self.setLayout(layout)
        self.known: dict[str, QLabel] = {}
        self.written: dict[str, NotesField] = {}
        self.checks: dict[str, Choose] = {}
        for place, (name, (title, asked)) in enumerate(_LETTERS.items()):
            if place:
                layout.addWidget(hairline())
            layout.addLayout(self._letter(name, title, asked))
        layout.addWidget(hairline())
        layout.addLayout(self._checks())
        self.written["remarks"] = self._text("remarks", phrase("Remarks"), phrase("Remarks"))
        layout.addWidget(self.written["remarks"])
        layout.addStretch(1)
        self.foot = self._foot()
        self.texts.again(self._offer_checks)
        self._offer_checks()

    def show_review(self, review: Review | None) -> None:
        """Show what is said in a review, nothing where there is none; what is being typed stays."""
        for name, text in self.written.items():
            text.show_text("" if review is None else getattr(review, name))
        for name, check in self.checks.items():
            check.show_choice(None if review is None else getattr(review, name))

    def commit(self) -> None:
        """Take up what is still being written."""
        for text in self.written.values():
            text.commit()

    def show_known(
        self, found: Whcse, model: CoverageModel | None, today: Review | None = None
    ) -> None:
        """Show what is known of each letter, and the last review's day, ``today``'s if none."""
        self.known["who"].setText(_who(found.who))
        self.known["how_managed"].setText(_how(found, model))
        self.known["coverage"].setText(_coverage(found.coverage))
        self.known["strategy"].setText(_strategy(found))
        self.known["evaluation"].setText(_evaluation(found))
        for name, text in self.written.items():
            before = getattr(found.last, name, "")
            asked = _LETTERS.get(name, (None, phrase("Remarks")))[1]
            said = tr("Last time: {text}", text=before) if before else tr(asked or "")
            text.setPlaceholderText(said)
        last = found.last or today
        before = tr("Last reviewed on {day}", day=day(last.held_on)) if last else ""
        kept = tr("What you write is kept as the review of today.")
        self.state.setText(joined(before or tr("Never reviewed yet"), kept))

    def _foot(self) -> QWidget:
        """The line under the form, always in sight."""
        foot = QWidget()
        across = row(gap=12)
        across.setContentsMargins(20, 12, 20, 12)
        foot.setLayout(across)
        self.state = label("small", wrap=True)
        across.addWidget(self.state, 1)
        return foot

    def _letter(self, name: str, title: Phrase, asked: Phrase | None) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        heading = label("strong")
        self.texts.bind(heading.setText, title)
        grid.addWidget(heading, 0, 0, 1, 2)
        known = label("plain", wrap=True)
        known.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.known[name] = known
        if asked is None:
            grid.addWidget(known, 1, 0, 1, 2)
            return grid
        self.written[name] = self._text(name, title, asked)
        grid.addWidget(known, 1, 0)
        grid.addWidget(self.written[name], 1, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _text(self, name: str, title: Phrase, asked: Phrase) -> NotesField:
        text = NotesField()
        text.edited.connect(lambda said: self.said.emit({name: said}))
        changes_records(text)
        self.texts.name(text, title)
        self.texts.bind(text.setPlaceholderText, asked)
        return text

    def _checks(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, name in enumerate(CHECKS):
            title = label("plain", wrap=True)
            self.texts.bind(title.setText, _CHECK_TITLES[name])
            check = Choose()
            check.picked.connect(lambda value, of=name: self.said.emit({of: value}))
            changes_records(check)
            title.setBuddy(check)
            self.texts.name(check, _CHECK_TITLES[name])
            self.checks[name] = check
            grid.addWidget(title, 0, place)
            grid.addWidget(check, 1, place)
            grid.setColumnStretch(place, 1)
        return grid

    def _offer_checks(self) -> None:
        for check in self.checks.values():
            check.offer(yes_no_unknown(), check.chosen)


def _who(people: tuple[KeyPersonThere, ...]) -> str:
    if not people:
        return tr("No key persons yet")
    lines = [
        joined(
            one.name,
            one.title,
            tr("importance {n}", n=one.importance),
            tr("unscored") if one.closeness is None else tr("closeness {n}", n=one.closeness),
        )
        for one in people[:_MOST_PEOPLE]
    ]
    if len(people) > _MOST_PEOPLE:
        lines.append(tr("and {n} more", n=number(len(people) - _MOST_PEOPLE)))
    return "\n".join(lines)


def _how(found: Whcse, model: CoverageModel | None) -> str:
    team = listed(f"{name} ({tr(function)})" for name, function in found.team)
    return "\n".join(
        (
            tr("Owner: {name}", name=found.owner or "–"),
            tr("Sponsor: {name}", name=found.sponsor or "–"),
            tr("Coverage model: {model}", model="–" if model is None else tr(model)),
            tr("Team: {names}", names=team or "–"),
        )
    )


def _coverage(projects: tuple[RoleCoverage, ...]) -> str:
    if not projects:
        return tr("No live project")
    return "\n".join(_roles(one) for one in projects)


def _roles(one: RoleCoverage) -> str:
    if not one.open:
        return tr("{project}: every role is filled", project=one.name)
    return tr(
        "{project}: open {roles}", project=one.name, roles=listed(tr(role) for role in one.open)
    )


def _strategy(found: Whcse) -> str:
    goal = tr("Goal of the year: {goal}", goal=found.goal or "–")
    return f"{goal}\n{tr('Value proposition: {text}', text=found.proposition or '–')}"


def _evaluation(found: Whcse) -> str:
    moved = found.moved
    if moved is None:
        return tr("There is no review to compare with yet")
    closeness = tr(
        "Closeness {then} → {now}",
        then=number(moved.closeness_then),
        now=number(moved.closeness_now),
    )
    worth = tr(
        "Potential output {then} → {now}",
        then=money(moved.potential_then),
        now=money(moved.potential_now),
    )
    since = tr("Since {day}", day=day(moved.since))
    return f"{since}\n{closeness}\n{worth}"
