"""Who it is: the name, red for a crucial person, where he belongs, and how much he counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from brm_desktop.domain import edits
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.importance import Importance
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.domain.sums import importance as sums
from brm_desktop.domain.sums import marks
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.part import Part, PersonContext
from brm_desktop.gui.widgets.fields import TextField
from brm_desktop.gui.widgets.frames import label, set_property
from brm_desktop.gui.widgets.popover import SumButton
from brm_desktop.gui.words import joined, organisation_name
from brm_desktop.language import day, tr

Sum = Callable[[AccountAnalysis, PersonId], Explanation]

_NUMBERS: Final[tuple[tuple[Phrase, Callable[[Importance], int | None], Sum], ...]] = (
    (phrase("power {n}"), lambda found: found.power, sums.power),
    (phrase("influence {n}"), lambda found: found.influence, sums.influence),
    (phrase("importance {n}"), lambda found: found.weight, sums.weight),
)
"""What someone counts by, each with the sum that it opens."""

_MARKS: Final[tuple[tuple[Phrase, Callable[[Importance], bool], Sum], ...]] = (
    (phrase("crucial"), lambda found: found.crucial, marks.crucial),
    (phrase("key person"), lambda found: found.key, marks.key_person),
    (phrase("not a key person"), lambda found: not found.key, marks.key_person),
    (phrase("power centre"), lambda found: found.power_centre, marks.power_centre),
    (phrase("influence centre"), lambda found: found.influence_centre, marks.influence_centre),
)
"""What someone is because of it; only what holds is shown."""

_CENTRES: Final = 2
"""How many of them, the last ones, say whether he is a centre."""


class PersonHead(Part):
    """The head of the inspector for one person; the name is edited in place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, line=False)
        self.rows.setSpacing(3)
        self._context: PersonContext | None = None
        self.name = TextField()
        self.name.setProperty("kind", "heading")
        self.texts.name(self.name, phrase("Name"))
        self.name.edited.connect(self._renamed)
        self._where = label("small", wrap=True)
        self._counts = label("plain", wrap=True)
        self._marks = label("warning", wrap=True)
        self.numbers, self._numbers = _strip(self, len(_NUMBERS))
        kinds, self._kinds = _strip(self, len(_MARKS) - _CENTRES)
        centres, self._centres = _strip(self, _CENTRES)
        self.kinds = [*kinds, *centres]
        strips = (self._numbers, self._kinds, self._centres)
        for part in (self.name, self._where, *strips, self._counts, self._marks):
            self.rows.addWidget(part)
        self.rows.setSpacing(5)

    def show_person(self, context: PersonContext) -> None:
        """Show a person."""
        self._context = context
        person, importance = context.person, context.importance
        self.name.show_text(context.name)
        crucial = importance is not None and importance.crucial
        set_property(self.name, "crucial", crucial)
        organisation = organisation_name(self.desk.records, person)
        self._where.setText(joined(organisation, person.title))
        self._show_importance(context)
        self._counts.setText(_counts(context))
        self._counts.setVisible(importance is not None)
        gone = tr("left on {date}", date=day(person.left_on)) if person.left_on else ""
        unknown = tr("placeholder: nobody is named yet") if person.placeholder else ""
        self._marks.setText(joined(gone, unknown))
        self._marks.setVisible(bool(gone or unknown))

    def _show_importance(self, context: PersonContext) -> None:
        found, analysis, person = context.importance, context.analysis, context.person.id
        known = found is not None and analysis is not None
        self._numbers.setVisible(known)
        self._kinds.setVisible(known)
        centre = found is not None and (found.power_centre or found.influence_centre)
        self._centres.setVisible(known and centre)
        if found is None or analysis is None:
            return
        for button, (words, value, why) in zip(self.numbers, _NUMBERS, strict=True):
            shown = tr(words, n=_number(value(found)))
            button.show_sum(shown, "", partial(why, analysis, person))
        for button, (words, holds, why) in zip(self.kinds, _MARKS, strict=True):
            button.show_sum(tr(words), "", partial(why, analysis, person))
            button.setVisible(holds(found))

    def _renamed(self, name: str) -> None:
        context = self._context
        if context is None or not name or name == context.name:
            return
        self.desk.edit(
            phrase("Rename {name}", name=context.name),
            edits.revise_person,
            context.person.id,
            name=name,
            placeholder=False,
        )


def _strip(part: Part, buttons: int) -> tuple[list[SumButton], QWidget]:
    """Numbers side by side, each opening its sum."""
    strip = QWidget()
    across = QHBoxLayout(strip)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(8)
    made = [SumButton(part.desk.look, "figure", part.desk.show_person) for _ in range(buttons)]
    for button in made:
        across.addWidget(button)
    across.addStretch(1)
    return made, strip


def _counts(context: PersonContext) -> str:
    importance = context.importance
    if importance is None:
        return ""
    member, person = context.member, context.person
    veto = person.veto if member is None or member.veto is None else member.veto
    sole = person.sole_approver
    if member is not None and member.sole_approver is not None:
        sole = member.sole_approver
    return joined(
        tr("sole approver: {answer}", answer=_answer(sole)),
        tr("veto: {answer}", answer=_answer(veto)),
    )


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


def _answer(value: bool | None) -> str:
    return tr("unknown") if value is None else tr("yes") if value else tr("no")
