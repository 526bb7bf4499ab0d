"""Making dated actions of what a page proposes, and saying what is planned already."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QPushButton

from brm_desktop.domain import edits
from brm_desktop.domain.centres import open_actions
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    AccountId,
    Action,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    Records,
)
from brm_desktop.domain.spelling import in_name_order
from brm_desktop.gui.desk import Desk, Page, Place, Tab
from brm_desktop.gui.widgets.frames import set_property
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.words import person_name
from brm_desktop.language import day, in_every_language, tr


def plan_action(
    desk: Desk,
    account: AccountId,
    text: str,
    person: PersonId,
    due: date | None,
    owner: PersonId | None,
) -> bool:
    """Note an action in the account's plan, in one step, and say so; false when it was refused."""
    done = desk.edit(
        phrase("Plan: {action}", action=text),
        edits.add_action,
        account,
        text,
        person=person,
        owner=owner,
        due=due,
    )
    if done and due is not None:
        desk.messages.say(
            phrase("Noted as an action until {date}: {action}", date=due, action=text)
        )
    elif done:
        desk.messages.say(phrase("Noted as an action: {action}", action=text))
    return bool(done)


def planned(desk: Desk, account: AccountId, person: PersonId, what: Phrase) -> Action | None:
    """The open action for a person that says just this, in whatever language it was noted."""
    found = open_actions(desk.records, account, person)
    texts = in_every_language(what) if found else frozenset()
    return next((one for one in found if one.text in texts), None)


def colleagues(records: Records) -> list[tuple[str, object]]:
    """Who of us can do something: names with ids, by name."""
    own = [one.id for one in records.all(Organisation).values() if one.kind is OrganisationKind.OWN]
    found = [person for key in own for person in records.where(Person, organisation=key)]
    there = [person for person in found if person.left_on is None]
    return list[tuple[str, object]](in_name_order((person_name(one), one.id) for one in there))


class PlannedLink(QPushButton):
    """When something is planned for; pressing it goes to the account plan."""

    def __init__(self, desk: Desk, action: Action) -> None:
        super().__init__()
        self.setProperty("kind", "link")
        self.setAutoDefault(True)
        late = action.due is not None and action.due < desk.session.today()
        when = "" if action.due is None else day(action.due, "short")
        if not when:
            self.setText(tr("planned"))
        elif late:
            self.setText(tr("overdue since {date}", date=when))
            set_property(self, "late", True)
        else:
            self.setText(tr("planned for {date}", date=when))
        self.setToolTip(plain_tip(action.text))
        self.setAccessibleName(tr("{name}: {value}", name=self.text(), value=action.text))
        place = Place(Page.ACCOUNT, action.account, Tab.PLAN)
        self.clicked.connect(lambda: desk.go(place))
