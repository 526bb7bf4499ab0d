"""The inspector at the right: whatever is selected, or the account or project on show."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, Opportunity, Project, Record
from brm_desktop.gui.desk import Desk, Page, Selected
from brm_desktop.gui.inspector.account_view import AccountView
from brm_desktop.gui.inspector.part import context_of
from brm_desktop.gui.inspector.past_line import PastLine
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.past_day import show_past
from brm_desktop.gui.widgets.frames import label

if TYPE_CHECKING:
    from brm_desktop.gui.inspector.link_view import LinkView
    from brm_desktop.gui.inspector.opportunity_view import OpportunityView
    from brm_desktop.gui.inspector.person_view import PersonFoot, PersonView
    from brm_desktop.gui.inspector.project_view import ProjectView
    from brm_desktop.gui.inspector.recurrence_view import RecurrenceView
    from brm_desktop.gui.inspector.several_view import SeveralView

_RESTS_MS = 120
_View = TypeVar("_View", bound=QWidget)


class _OneView(QStackedLayout):
    """A stack as high as the view on show; Qt's own is as high as its highest."""

    def heightForWidth(self, width: int) -> int:
        """The height that the view on show needs."""
        view = self.currentWidget()
        wanted = 0 if view is None else view.heightForWidth(width)
        return max(wanted, self.minimumSize().height())


class Inspector(DeskPage):
    """One view at a time, in a column that scrolls; what to do stands at its foot.

    A view is imported and made when it is first needed: together they are six hundred widgets.
    While someone pulls the slider over the days it waits until that rests.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("inspector")
        self.setMinimumWidth(300)
        self.setMaximumWidth(460)
        self._nothing = label("quiet", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.texts.bind(
            self._nothing.setText, phrase("Select someone to see what is known of him.")
        )
        body = QWidget()
        body.setObjectName("body")
        self._stack = _OneView(body)
        self._stack.addWidget(self._nothing)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.texts.name(self._scroll, phrase("Inspector"))
        holder = QWidget()
        holder.setObjectName("body")
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(20, 18, 14, 12)
        inside.addWidget(body)
        self._scroll.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        self.past = PastLine(desk)
        outer.addWidget(self.past)
        outer.addWidget(self._scroll, 1)
        self._below = QVBoxLayout()
        self._below.setContentsMargins(20, 0, 20, 16)
        outer.addLayout(self._below)
        self._wait_for_the_slider()
        desk.selected.connect(self._selected)
        desk.arrived.connect(self.ask_refresh)

    @cached_property
    def person(self) -> PersonView:
        """What is known of one person."""
        from brm_desktop.gui.inspector.person_view import PersonView

        return self._stacked(PersonView(self.desk))

    @cached_property
    def foot(self) -> PersonFoot:
        """What to do about that person."""
        from brm_desktop.gui.inspector.person_view import PersonFoot

        made = PersonFoot(self.desk, lambda: self.person.routes.reading)
        self._below.addWidget(made)
        return made

    @cached_property
    def account(self) -> AccountView:
        """The account on show."""
        return self._stacked(AccountView(self.desk))

    @cached_property
    def link(self) -> LinkView:
        """One line between two people."""
        from brm_desktop.gui.inspector.link_view import LinkView

        return self._stacked(LinkView(self.desk))

    @cached_property
    def project(self) -> ProjectView:
        """One project."""
        from brm_desktop.gui.inspector.project_view import ProjectView

        return self._stacked(ProjectView(self.desk))

    @cached_property
    def project_type(self) -> RecurrenceView:
        """A type of project and when it comes again."""
        from brm_desktop.gui.inspector.recurrence_view import RecurrenceView

        return self._stacked(RecurrenceView(self.desk))

    @cached_property
    def opportunity(self) -> OpportunityView:
        """One opportunity."""
        from brm_desktop.gui.inspector.opportunity_view import OpportunityView

        return self._stacked(OpportunityView(self.desk))

    @cached_property
    def several(self) -> SeveralView:
        """Several people at once."""
        from brm_desktop.gui.inspector.several_view import SeveralView

        return self._stacked(SeveralView(self.desk))

    def refresh(self) -> None:
        """Show what is selected as it is now."""
        view = self._wanted(self.desk.selection)
        made = vars(self)  # what was never needed is not made to be hidden
        if view is made.get("person"):
            self._show_foot()
        elif "foot" in made:
            self.foot.hide()
        self._show(view)
        self.past.show_day()
        show_past(self, past=self.desk.is_read_only)

    def bring_into_view(self, part: QWidget) -> None:
        """Scroll to a part, if it is one of the column that scrolls."""
        if self._scroll.isAncestorOf(part):
            self._scroll.ensureWidgetVisible(part)

    def _wait_for_the_slider(self) -> None:
        resting = QTimer(self, singleShot=True, interval=_RESTS_MS)
        resting.timeout.connect(self.ask_refresh)
        self.desk.day_shown.disconnect(self.ask_refresh)
        self.desk.day_shown.connect(resting.start)

    def _stacked(self, view: _View) -> _View:
        """Put a view that was just made into the stack."""
        self._stack.addWidget(view)
        return view

    def _selected(self, selection: Selected) -> None:  # noqa: ARG002
        self._scroll.verticalScrollBar().setValue(0)
        self.ask_refresh()

    def _show_foot(self) -> None:
        context = context_of(self.desk, self.desk.selection.people[0])
        if context is not None:
            self.foot.show_person(context)

    def _show(self, view: QWidget) -> None:
        """Show one view; the others claim no room."""
        there = (self._stack.widget(place) for place in range(self._stack.count()))
        for other in filter(None, there):
            policy = other.sizePolicy()
            kind = policy.Policy.Preferred if other is view else policy.Policy.Ignored
            policy.setVerticalPolicy(kind)
            policy.setHorizontalPolicy(policy.Policy.Ignored)
            other.setSizePolicy(policy)
        self._stack.setCurrentWidget(view)
        self._stack.invalidate()

    def _wanted(self, selection: Selected) -> QWidget:
        """Fill the view for a selection and give it."""
        if len(selection.people) > 1:
            self.several.show_people(selection.people)
            return self.several
        if selection.people:
            context = context_of(self.desk, selection.people[0])
            if context is not None:
                self.person.show_person(context)
                return self.person
        link = self._link(selection)
        if link is not None:
            self.link.show_link(link)
            return self.link
        return self._about_project(selection) or self._about_place()

    def _about_project(self, selection: Selected) -> QWidget | None:
        """The view of an opportunity, of a type of project or of a project, if one is meant."""
        records = self.desk.records
        opportunity = records.get(Opportunity, selection.opportunity)
        if opportunity is not None:
            self.opportunity.show_opportunity(opportunity)
            return self.opportunity
        kind = selection.project_type
        if kind is not None and self.project_type.show_type(kind):
            return self.project_type
        project = records.get(Project, selection.project or self.desk.place.project)
        if project is None:
            return None
        self.project.show_project(project)
        return self.project

    def _link(self, selection: Selected) -> Record | None:
        return self.desk.records.find(selection.links[0]) if len(selection.links) == 1 else None

    def _about_place(self) -> QWidget:
        place = self.desk.place
        account = self.desk.records.get(Account, place.account)  # an undo may have taken it away
        if place.page is Page.ACCOUNT and account is not None:
            self.account.show_account(self.desk.analysis(account.id))
            return self.account
        return self._nothing
