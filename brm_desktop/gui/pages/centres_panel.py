"""Power centres and influence centres beside the map, each one press away from an action."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.centres import Centre, centres
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Account, AccountId, Dimension, PersonId
from brm_desktop.domain.scores import band
from brm_desktop.domain.sums.scores import person_score
from brm_desktop.gui.desk import Desk
from brm_desktop.gui.pages.page import DeskPage
from brm_desktop.gui.pages.plan_form import PlanForm
from brm_desktop.gui.past_day import changes_records, show_past
from brm_desktop.gui.planning import PlannedLink
from brm_desktop.gui.texts import Texts
from brm_desktop.gui.widgets.fold_head import FoldHead
from brm_desktop.gui.widgets.frames import (
    ElidedLabel,
    emptied,
    hairline,
    label,
    row,
    set_property,
    tab_chain,
)
from brm_desktop.gui.widgets.popover import SumLabel
from brm_desktop.gui.widgets.row_buttons import LinkLabel
from brm_desktop.gui.widgets.score_ring import SumRing
from brm_desktop.gui.words import BAND_TOKENS, dimension_title, person_name
from brm_desktop.language import number, tr

_SHOWN = 30


class CentreRow(QWidget):
    """One person of a list: ring, name, weakest dimension, and the action or the way to one."""

    def __init__(self, desk: Desk, analysis: AccountAnalysis, centre: Centre) -> None:
        super().__init__()
        self.person = centre.person.id
        stands = centre.closeness
        value = None if stands is None else stands.value
        across = row(gap=10)
        across.setContentsMargins(0, 4, 0, 4)
        self.setLayout(across)
        tint = BAND_TOKENS[band(value, analysis.rules)]
        self.ring = SumRing(desk.look, value, tint, desk.show_person)
        self.ring.explain(
            tr("{name}, closeness {score}", name=person_name(centre.person), score=_shown(value)),
            partial(person_score, analysis, self.person, Dimension.CLOSENESS),
        )
        across.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        across.addLayout(lines, 1)
        name = person_name(centre.person)
        self.name = LinkLabel(name, "strong")
        set_property(self.name.inner, "crucial", analysis.importance[self.person].crucial)
        self.name.setAccessibleName(
            tr(
                "{name}, closeness {score}, {weakest}",
                name=name,
                score=_shown(value),
                weakest=_weak(centre),
            )
        )
        self.name.clicked.connect(lambda: desk.show_person(self.person))
        lines.addWidget(self.name)
        self.weak = SumLabel(desk.look, "small", desk.show_person)
        self.weak.show_sum(
            _weak(centre), partial(person_score, analysis, self.person, centre.weakest)
        )
        lines.addWidget(self.weak)
        self.button: QPushButton
        if centre.planned is not None:
            lines.addWidget(ElidedLabel("small", centre.planned.text))
            self.button = PlannedLink(desk, centre.planned)
        else:
            self.button = QPushButton(tr("Plan an action"))
            self.button.setProperty("kind", "link")
            changes_records(self.button)
            self.button.setAutoDefault(True)
            self.button.setAccessibleName(tr("Plan an action for {name}", name=name))
        self.button.setProperty("flush", True)
        lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the keys stop, in the order they are read."""
        return self.ring, self.name, self.weak, self.button


class CentreList(QWidget):
    """A titled list that can be folded; whether it is open is remembered."""

    def __init__(self, desk: Desk, title: Phrase, nobody: Phrase, key: str) -> None:
        super().__init__()
        self.desk = desk
        self.texts = Texts(self)
        self.rows: list[CentreRow] = []
        self._title = title
        self._nobody = nobody
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.body = QWidget()
        self.head = FoldHead(desk.look, desk.preferences, f"map/{key}", self.body, opened=True)
        self.inside = QVBoxLayout(self.body)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.body)

    def show_centres(self, analysis: AccountAnalysis, found: tuple[Centre, ...]) -> None:
        """Show people, the lowest score first."""
        emptied(self.inside)
        self.rows = []
        self.head.setText(f"{tr(self._title)} · {number(len(found))}")
        self.head.setAccessibleName(self.head.text())
        for place, centre in enumerate(found[:_SHOWN]):
            if place:
                self.inside.addWidget(hairline())
            made = CentreRow(self.desk, analysis, centre)
            self.rows.append(made)
            self.inside.addWidget(made)
        stops = [part for one in self.rows for part in one.stops]
        tab_chain(self.head, *stops)
        self.last_stop: QWidget = stops[-1] if stops else self.head
        more = len(found) - _SHOWN
        if more > 0:
            self.inside.addWidget(label("small", tr("and {n} more", n=more)))
        if not found:
            self.inside.addWidget(label("small", tr(self._nobody), wrap=True))


class CentresPanel(DeskPage):
    """Both lists on one sheet; one form at a time opens under the person it is about."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("")
        self.power = CentreList(
            desk,
            phrase("Power centres"),
            phrase("Nobody has much power yet. Draw who reports to whom, or give someone power."),
            "power_centres",
        )
        self.influence = CentreList(
            desk,
            phrase("Influence centres"),
            phrase("Nobody sways many yet. Draw who sways whom."),
            "influence_centres",
        )
        self.form: PlanForm | None = None
        self._account: AccountId | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        sheet = QFrame()
        sheet.setProperty("frame", "panel")
        outer.addWidget(sheet)
        around = QVBoxLayout(sheet)
        around.setContentsMargins(14, 10, 6, 10)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(10)
        inside.addWidget(self.power)
        inside.addWidget(hairline())
        inside.addWidget(self.influence)
        inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(holder)
        self.texts.name(self._scroll, phrase("Power and influence centres"))
        around.addWidget(self._scroll)

    def show_account(self, account: AccountId) -> None:
        """Show the centres of an account; a form about another one's person goes."""
        if account != self._account:
            self._account = account
            self.close_form()
        self.ask_refresh()

    def refresh(self) -> None:
        """Show the lists as they are now; a form that is open stays with its person."""
        if self._account is None or self.desk.records.get(Account, self._account) is None:
            return
        analysis = self.desk.analysis(self._account)
        form, asked = self._put_aside()
        self.power.show_centres(analysis, centres(analysis, analysis.power_centres))
        self.influence.show_centres(analysis, centres(analysis, analysis.influence_centres))
        show_past(self, past=self.desk.is_read_only)
        for part in (self.power, self.influence):
            for one in part.rows:
                if not isinstance(one.button, PlannedLink):
                    one.button.clicked.connect(lambda _=False, p=part, r=one: self.ask(p, r))
        tab_chain(self.power.last_stop, self.influence.head)
        if form is not None and asked is not None:
            self._put_back(form, *asked)

    def focus_first(self) -> None:
        """Give the keys to the first list."""
        self.power.head.setFocus()

    def ask(self, part: CentreList, about: CentreRow) -> None:
        """Open the form under a person; the one that is open closes."""
        self.close_form()
        form = PlanForm(self.desk, self.desk.analysis(self._account), about.person)
        form.ended.connect(self.close_form)
        self._open_under(form, part, about)
        form.text.setFocus()
        form.text.selectAll()

    def close_form(self) -> None:
        """Put the form away, the keys go back to where it was opened."""
        form, asked = self._put_aside()
        if form is None or asked is None:
            return
        had_keys = form.isAncestorOf(self.window().focusWidget())
        form.hide()
        form.deleteLater()
        found = self._row(*asked)
        if found is not None:
            found.button.show()
            if had_keys:
                found.button.setFocus()

    def _put_aside(self) -> tuple[PlanForm | None, tuple[CentreList, PersonId] | None]:
        form, self.form = self.form, None
        if form is None:
            return None, None
        for part in (self.power, self.influence):
            if part.inside.indexOf(form) >= 0:
                part.inside.removeWidget(form)
                return form, (part, form.person)
        return form, None

    def _put_back(self, form: PlanForm, part: CentreList, person: PersonId) -> None:
        found = self._row(part, person)
        if found is None or isinstance(found.button, PlannedLink):
            form.hide()
            form.deleteLater()
            if found is not None:
                found.button.setFocus()
        else:
            self._open_under(form, part, found)

    def _open_under(self, form: PlanForm, part: CentreList, about: CentreRow) -> None:
        self.form = form
        about.button.hide()
        part.inside.insertWidget(part.inside.indexOf(about) + 1, form)
        tab_chain(about.weak, form.service, form.text, form.due, form.owner, form.done, form.cancel)
        form.show()
        self._scroll.ensureWidgetVisible(form)

    def _row(self, part: CentreList, person: PersonId) -> CentreRow | None:
        return next((one for one in part.rows if one.person == person), None)


def _shown(value: int | None) -> str:
    return tr("not scored yet") if value is None else str(value)


def _weak(centre: Centre) -> str:
    title = dimension_title(centre.weakest)
    if centre.score is None:
        return tr("weakest: {dimension}, not scored yet", dimension=title)
    return tr("weakest: {dimension} {score}", dimension=title, score=centre.score)
