"""An opportunity in the inspector: what it is, how far, what it needs, how it ended."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.pipeline import odd_days, stage_known
from brm_desktop.domain.records import (
    Account,
    Department,
    LeadSource,
    Opportunity,
    Organisation,
    OrganisationKind,
    Origin,
    Outcome,
    Project,
    SalesStage,
    SalesStep,
    SoldBy,
)
from brm_desktop.domain.scores import half_up
from brm_desktop.domain.sides import own_employees
from brm_desktop.domain.spelling import in_name_order
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.dialogs.closing import ask_end_of
from brm_desktop.gui.inspector.part import FieldGrid, Part
from brm_desktop.gui.inspector.support_part import SupportPart
from brm_desktop.gui.widgets.fields import Choose, ChooseName, NotesField, TextField, words
from brm_desktop.gui.widgets.frames import hairline, label
from brm_desktop.gui.widgets.typed import take_probability
from brm_desktop.gui.widgets.value_fields import AmountField, DateField
from brm_desktop.gui.words import joined, person_name
from brm_desktop.language import number, tr

_NOTHING: list[tuple[str, object]] = [("", None)]


class OpportunityView(Part):
    """The facts of one opportunity, its seven steps, and the support it was given."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, line=False)
        self.rows.setSpacing(10)
        self._opportunity: Opportunity | None = None
        self.name = TextField()
        self.name.setProperty("kind", "heading")
        self.texts.name(self.name, phrase("Name of the opportunity"))
        self.name.edited.connect(lambda text: self._revise(name=text) if text else None)
        self._what = label("small", wrap=True)
        self.rows.addWidget(self.name)
        self.rows.addWidget(self._what)
        self._editors()
        self._steps()
        self.support = SupportPart(desk)
        self.rows.addWidget(self.support)
        self.note = NotesField()
        self.note.edited.connect(lambda text: self._revise(note=text))
        self.texts.bind(self.note.setPlaceholderText, phrase("Notes"))
        self.texts.name(self.note, phrase("Notes"))
        self.rows.addWidget(self.note)
        self.rows.addStretch(1)

    def show_opportunity(self, opportunity: Opportunity) -> None:
        """Show an opportunity."""
        self._opportunity = opportunity
        self.name.show_text(opportunity.name)
        self._what.setText(joined(tr("opportunity"), tr(opportunity.outcome)))
        self._show_choices(opportunity)
        self.amount.show_amount(opportunity.amount, self.desk.session.settings.currency)
        self.probability.show_text(
            "" if opportunity.probability is None else str(opportunity.probability)
        )
        self.odds.setText(self._odds_of(opportunity))
        self.opened.show_date(opportunity.opened_on)
        self.expected.show_date(opportunity.expected_close)
        self.closed.show_date(opportunity.closed_on)
        odd = odd_days(opportunity)
        self.odd.setText("" if odd is None else tr(odd))
        self.odd.setVisible(odd is not None)
        self.lines.show_text("; ".join(opportunity.business_lines))
        self.product.show_text(opportunity.product)
        self.from_line.show_text(opportunity.from_line)
        for step, box in self.steps.items():
            box.setChecked(step in opportunity.steps)
        self._done.setText(
            tr("{n} of {of} steps done", n=len(opportunity.steps), of=len(self.steps))
        )
        self.support.show_opportunity(opportunity)
        self.note.show_text(opportunity.note)
        self._show_if_ended(opportunity)

    def _editors(self) -> None:
        self.stage = self._choice("stage")
        self.origin = self._choice("origin")
        self.amount = AmountField()
        self.amount.paid.connect(lambda value: self._revise(amount=value))
        self.probability = TextField()
        self.probability.edited.connect(self._guessed)
        self.odds = label("plain")
        self.opened = self._date("opened_on")
        self.expected = self._date("expected_close")
        self.outcome = Choose()
        self.outcome.picked.connect(self._ended)
        self.closed = self._date("closed_on")
        self.owner = self._choice("owner", ChooseName())
        self.project = self._choice("project")
        self.lines = TextField()
        self.lines.edited.connect(
            lambda text: self._revise(
                business_lines=tuple(p.strip() for p in text.split(";") if p.strip())
            )
        )
        self.product = self._text("product")
        self.department = self._choice("owner_department")
        self.lead = self._choice("lead")
        self.sold_by = self._choice("sold_by")
        self.from_line = self._text("from_line")
        self.referred_by = self._choice("referred_by", ChooseName())
        self.odd = label("warning", wrap=True)
        self.rows.addWidget(self.odd)
        self.rows.addLayout(self._grid())

    def _grid(self) -> FieldGrid:
        grid = FieldGrid(self.texts)
        grid.field(phrase("Stage"), self.stage)
        grid.field(phrase("Origin"), self.origin)
        grid.field(phrase("Amount"), self.amount)
        grid.field(phrase("Probability %"), self.probability)
        grid.field(phrase("Odds"), self.odds)
        grid.field(phrase("Expected close"), self.expected)
        grid.field(phrase("Outcome"), self.outcome)
        self._closed_name = grid.field(phrase("Closed on"), self.closed)
        grid.field(phrase("Owner"), self.owner)
        grid.field(phrase("Department"), self.department)
        grid.field(phrase("Project"), self.project)
        grid.field(phrase("Business lines"), self.lines)
        grid.field(phrase("Product"), self.product)
        grid.field(phrase("Opened on"), self.opened)
        grid.field(phrase("Began as"), self.lead)
        grid.field(phrase("Sold by"), self.sold_by)
        self._sold_names = (
            grid.field(phrase("From line"), self.from_line),
            grid.field(phrase("Referred by"), self.referred_by),
        )
        return grid

    def _steps(self) -> None:
        self.rows.addWidget(hairline())
        heading = label("section")
        self.texts.bind(heading.setText, phrase("Steps of the sale"))
        self._done = label("small")
        self.rows.addWidget(heading)
        self.steps: dict[SalesStep, QCheckBox] = {}
        for step in SalesStep:
            box = QCheckBox()
            self.texts.bind(box.setText, step.phrase)
            box.clicked.connect(lambda _on, one=step: self._stepped(one))
            self.steps[step] = box
            self.rows.addWidget(box)
        self.rows.addWidget(self._done)

    def _show_choices(self, opportunity: Opportunity) -> None:
        records = self.desk.records
        stages = words(SalesStage)
        stage = stage_known(opportunity)
        if not isinstance(stage, SalesStage):
            stages.append((stage, stage))  # a word of their own, or nothing of what is decided
        self.stage.offer(stages, stage)
        self.origin.offer(words(Origin), opportunity.origin)
        self.outcome.offer(words(Outcome), opportunity.outcome)
        self.lead.offer(_NOTHING + words(LeadSource), opportunity.lead)
        self.sold_by.offer(_NOTHING + words(SoldBy), opportunity.sold_by)
        projects = records.where(Project, account=opportunity.account)
        named = in_name_order((one.name, one.id) for one in projects)
        self.project.offer([*_NOTHING, *named], opportunity.project)
        staff = in_name_order((person_name(one), one.id) for one in own_employees(records))
        self.owner.offer([*_NOTHING, *staff], opportunity.owner)
        self.referred_by.offer([*_NOTHING, *staff], opportunity.referred_by)
        ours = [
            (one.name, one.id)
            for own in records.where(Organisation, kind=OrganisationKind.OWN)
            for one in records.where(Department, organisation=own.id)
        ]
        self.department.offer([*_NOTHING, *in_name_order(ours)], opportunity.owner_department)

    def _show_if_ended(self, opportunity: Opportunity) -> None:
        ended = opportunity.outcome is not Outcome.OPEN
        line, referrer = self._sold_names
        cross = opportunity.sold_by is SoldBy.CROSS_SELL
        referral = opportunity.sold_by is SoldBy.REFERRAL
        for title, editor, shown in (
            (self._closed_name, self.closed, ended),
            (line, self.from_line, cross),
            (referrer, self.referred_by, referral),
        ):
            title.setVisible(shown)
            editor.setVisible(shown)

    def _odds_of(self, opportunity: Opportunity) -> str:
        """The odds by relationships, to stand beside what the seller believes."""
        project = self.desk.records.get(Project, opportunity.project)
        loaded = self.desk.records.get(Account, opportunity.account)
        if project is None or loaded is None:
            return tr("no decision chain")
        odds = self.desk.analysis(opportunity.account).chain(project.id).odds
        return tr("not known yet") if odds is None else number(half_up(odds))

    def _choice(self, field: str, made: Choose | None = None) -> Choose:
        editor = made or Choose()
        editor.picked.connect(lambda value: self._revise(**{field: value}))
        return editor

    def _date(self, field: str) -> DateField:
        editor = DateField()
        editor.dated.connect(lambda value: self._revise(**{field: value}))
        return editor

    def _text(self, field: str) -> TextField:
        editor = TextField()
        editor.edited.connect(lambda text: self._revise(**{field: text}))
        return editor

    def _guessed(self, text: str) -> None:
        take_probability(self.desk, text, lambda said: self._revise(probability=said))

    def _stepped(self, step: SalesStep) -> None:
        opportunity = self._opportunity
        if opportunity is not None:
            done = {*opportunity.steps} ^ {step}
            self._revise(steps=tuple(one for one in SalesStep if one in done))

    def _ended(self, outcome: Outcome) -> None:
        opportunity = self._opportunity
        if opportunity is None or outcome is opportunity.outcome:
            return
        ask_end_of(self.desk, self.window(), opportunity, outcome)
        self.outcome.show_choice(self.desk.records.one(Opportunity, opportunity.id).outcome)

    def _revise(self, **fields: object) -> None:
        opportunity = self._opportunity
        if opportunity is not None:
            self.desk.edit(
                phrase("Change the opportunity {name}", name=opportunity.name),
                edits.revise_opportunity,
                opportunity.id,
                **fields,
            )
