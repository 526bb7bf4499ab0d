"""A small account for figures: five people, two of us, a competitor's man, one project."""

from __future__ import annotations

from datetime import timedelta

from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import (
    AccountId,
    Basis,
    InfluenceKind,
    LineKind,
    PersonId,
    Placement,
    ProjectId,
    Role,
    Stance,
)
from brm_desktop.rendering.figure import Figure
from brm_desktop.rendering.figures import MapView, decision_chain, relationship_map


class Huachen:
    """A small machine-builder: five people, two of us, a competitor's man, one project."""

    def __init__(self) -> None:
        facts = self.facts = Portfolio()
        self.account = facts.account("华辰装备")
        self.it = facts.department("信息中心", self.account)
        self.chief = facts.person("陈国栋", self.account, title="总经理")
        self.cio = facts.person("周海", self.account, title="CIO", department=self.it)
        self.architect = facts.person("吴磊", self.account, title="架构师", department=self.it)
        self.inspector = facts.person("王芳", self.account, title="总监", veto=True)
        self.office = facts.person("林岚", self.account, title="主任")
        for person, manager in (
            (self.cio, self.chief),
            (self.architect, self.cio),
            (self.inspector, self.chief),
        ):
            facts.reports(person, manager)
        facts.reports(self.office, self.chief, LineKind.DOTTED)
        facts.sways(self.office, self.chief, 90, basis=Basis.CONFIRMED)
        facts.sways(self.architect, self.inspector, None, kind=InfluenceKind.CONFLICT)
        facts.assess(self.chief, 40, 55, 35)
        facts.assess(self.cio, 80, 75, None, on=TODAY - timedelta(days=200))
        self.me = facts.employee("张帆", title="大客户经理")
        self.hr = facts.employee("王敏", non_sales=True)
        facts.tie(self.me, self.office, 80)
        facts.tie(self.me, self.chief, 20)
        facts.tie(self.hr, self.chief, 50)
        rival = facts.competitor("凌云软件")
        self.zhao = facts.person("赵磊", rival)
        facts.tie(self.zhao, self.cio, 70)
        self.project = facts.project(self.account, "产线数字化一期")
        facts.member(self.project, self.chief, Role.APPROVER, stance=Stance.NEUTRAL)
        facts.member(
            self.project, self.cio, Role.EVALUATOR, Role.DECISION_MAKER, stance=Stance.MENTOR
        )
        facts.member(self.project, self.architect, Role.EVALUATOR, stance=Stance.SUPPORTER)
        facts.member(self.project, self.office, Role.INFLUENCER)

    def place(
        self, canvas: AccountId | ProjectId | PersonId, person: PersonId, x: int, y: int
    ) -> None:
        self.facts.put(
            Placement(
                id=f"place {canvas} {person}", canvas=canvas, person=person, x=x, y=y, pinned=x < 0
            )
        )

    def analysis(self) -> AccountAnalysis:
        return AccountAnalysis(self.facts.records(), self.account, TODAY, user=self.me)

    def map(self, **view: object) -> Figure:
        return relationship_map(self.analysis(), MapView(**view))  # type: ignore[arg-type]

    def chain(self) -> Figure:
        return decision_chain(self.analysis(), self.project)
