"""Who it is: the name, red for a crucial person, where he belongs, and how much he counts."""

from __future__ import annotations

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.inspector.part import Part, PersonContext
from brm_desktop.gui.widgets.fields import TextField
from brm_desktop.gui.widgets.frames import label, set_property
from brm_desktop.gui.words import joined, organisation_name
from brm_desktop.language import day, tr


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
        for part in (self.name, self._where, self._counts, self._marks):
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
        self._where.setText(
            joined(organisation, person.title, tr("crucial person") if crucial else "")
        )
        self._counts.setText(_counts(context))
        self._counts.setVisible(importance is not None)
        gone = tr("left on {date}", date=day(person.left_on)) if person.left_on else ""
        unknown = tr("placeholder: nobody is named yet") if person.placeholder else ""
        self._marks.setText(joined(gone, unknown))
        self._marks.setVisible(bool(gone or unknown))

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
        tr("power {n}", n=_number(importance.power)),
        tr("influence {n}", n=_number(importance.influence)),
        tr("sole approver: {answer}", answer=_answer(sole)),
        tr("veto: {answer}", answer=_answer(veto)),
    )


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


def _answer(value: bool | None) -> str:
    return tr("unknown") if value is None else tr("yes") if value else tr("no")
