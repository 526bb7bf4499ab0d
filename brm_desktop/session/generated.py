"""A large invented portfolio from a seed, for trying out how the program does with a lot.

The same seed gives the same people and numbers. Records are made directly, not through the edits:
a quarter of a million of them keep the rules by the way they are made, and ``check`` agrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Final, TypeVar

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    Account,
    AccountId,
    AccountStage,
    Assessment,
    Attitude,
    Basis,
    ChainMember,
    Department,
    DepartmentId,
    Influence,
    Money,
    Opportunity,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Origin,
    Outcome,
    Person,
    PersonId,
    Project,
    ProjectId,
    ProjectType,
    ProjectTypeId,
    Record,
    ReportingLine,
    Review,
    ReviewKind,
    Role,
    SalesStage,
    Stance,
    Tie,
    Tier,
    right_id,
)

ACCOUNTS: Final = 2_000
PEOPLE: Final = 40_000
PROJECTS: Final = 20_000

T = TypeVar("T")

_STAFF = 40
_RIVALS = 10
_PEOPLE_EACH = PEOPLE // ACCOUNTS
_PROJECTS_EACH = PROJECTS // ACCOUNTS
_HEADS = 4
_LIVE = 2
_LATELY = 4
_TYPES_IN_TURN = (0, 1, 0, 2, 0, 1, 0, 3, 1, 4)
"""By the place of a project in an account its type: the first comes back, the last came once."""
_CURRENCY = "CNY"
_STANCES = (Stance.NON_SUPPORTER, Stance.NEUTRAL, Stance.NEUTRAL, Stance.SUPPORTER, Stance.MENTOR)
_ROLES = (Role.APPROVER, Role.DECISION_MAKER, Role.EVALUATOR, Role.USER)


@dataclass(frozen=True, slots=True)
class _Names:
    """What things and people are called in one language."""

    surnames: Sequence[str]
    given: Sequence[str]
    places: Sequence[str]
    trades: Sequence[str]
    departments: Sequence[str]
    head: str
    titles: Sequence[str]
    types: Sequence[str]
    person: str
    company: str


_CHINESE = _Names(
    surnames=tuple("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡"),
    given=("伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明",
           "超", "秀英", "建华", "志强", "晓东", "雪梅", "海燕", "文博", "子涵", "雨桐", "思远"),
    places=("东江", "南岭", "西山", "北湖", "长宁", "永安", "新丰", "大兴", "清河", "金沙", "平川",
            "海曙", "龙泉", "云岭", "白石", "青田", "红旗", "华阳", "天河", "明溪"),
    trades=("机械", "电子", "物流", "食品", "纺织", "化工", "能源", "医疗", "零售", "建材", "汽配",
            "轨道", "航空", "软件", "光电", "环保", "印刷", "造纸", "制药", "钢铁"),
    departments=("信息部", "制造部", "财务部", "采购部"),
    head="总经理",
    titles=("总监", "经理", "主管", "工程师", "专员"),
    types=("年度维保", "产线升级", "ERP 模块", "培训服务", "基础设施"),
    person="{surname}{given}",
    company="{place}{trade}{number}",
)  # fmt: skip

_ENGLISH = _Names(
    surnames=("Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Xu",
              "Sun", "Ma", "Zhu", "Hu", "Guo", "He", "Gao", "Lin", "Luo", "Zheng", "Liang"),
    given=("Wei", "Fang", "Na", "Min", "Jing", "Li", "Qiang", "Lei", "Jun", "Yang", "Yong", "Yan",
           "Jie", "Tao", "Ming", "Chao", "Xiuying", "Jianhua", "Zhiqiang", "Xiaodong", "Siyuan"),
    places=("Dongjiang", "Nanling", "Xishan", "Beihu", "Changning", "Yongan", "Xinfeng", "Daxing",
            "Qinghe", "Jinsha", "Pingchuan", "Haishu", "Longquan", "Yunling", "Baishi", "Qingtian"),
    trades=("Machines", "Electronics", "Logistics", "Foods", "Textiles", "Chemicals", "Energy",
            "Medical", "Retail", "Building", "Motors", "Rail", "Aviation", "Software", "Optics"),
    departments=("IT", "Manufacturing", "Finance", "Purchasing"),
    head="General Manager",
    titles=("Director", "Manager", "Supervisor", "Engineer", "Specialist"),
    types=("Annual maintenance", "Line upgrade", "ERP modules", "Training", "Infrastructure"),
    person="{surname} {given}",
    company="{place} {trade} {number}",
)  # fmt: skip


def generated_portfolio(
    act: Act, own: OrganisationId, language: str, seed: int = 1
) -> Iterator[Change]:
    """A portfolio of 2,000 accounts, 40,000 people and 20,000 projects, a change per part of it.

    Every account has a review, and an opportunity for each project that is live or ended lately.
    ``own`` is our organisation, which must be there. The first change has colleagues, competitors
    and project types; the others have one account each.
    """
    random = Random(seed)  # noqa: S311 -- the same portfolio every time is what it is for
    maker = _Maker(act, random, _CHINESE if language == "zh_CN" else _ENGLISH, own)
    yield maker.company()
    for number in range(ACCOUNTS):
        yield maker.account(number)


class _Maker:
    """Makes records; those of later accounts refer to the colleagues and types made first."""

    def __init__(self, act: Act, random: Random, names: _Names, own: OrganisationId) -> None:
        self._act = act
        self._random = random
        self._names = names
        self._own = own
        self._staff: list[Person] = []
        self._rivals: list[Person] = []
        self._types: list[ProjectType] = []

    def company(self) -> Change:
        """Our colleagues, a competitor with its people, the types of project."""
        rival = Organisation(
            id=OrganisationId(self._act.new_id()),
            name=self._company(0),
            kind=OrganisationKind.COMPETITOR,
        )
        self._staff = [self._person(self._own) for _ in range(_STAFF)]
        self._rivals = [self._person(rival.id) for _ in range(_RIVALS)]
        self._types = [
            ProjectType(id=ProjectTypeId(self._act.new_id()), name=name, wanted=wanted)
            for name, wanted in zip(
                self._names.types, (True, True, True, False, False), strict=True
            )
        ]
        return Change.of((), (rival, *self._staff, *self._rivals, *self._types))

    def account(self, number: int) -> Change:
        """One customer with some twenty people and ten projects."""
        organisation = Organisation(
            id=OrganisationId(self._act.new_id()),
            name=self._company(number + 1),
            industry=self._one(self._names.trades),
            region=self._one(self._names.places),
        )
        account = Account(
            id=AccountId(self._act.new_id()),
            organisation=organisation.id,
            tier=self._one(tuple(Tier)),
            demonstration_score=self._random.randint(0, 100),
            winnable_score=self._random.randint(0, 100),
            stage=self._one(tuple(AccountStage)),
            owner=self._one(self._staff).id,
            expected_annual_spend=self._money(20, 1_000),
        )
        departments = [
            Department(
                id=DepartmentId(self._act.new_id()),
                organisation=organisation.id,
                name=name,
                key=True,
            )
            for name in self._names.departments
        ]
        fewer = 1 if number < _STAFF + _RIVALS else 0
        people = self._people(organisation.id, departments, _PEOPLE_EACH - fewer)
        records: list[Record] = [organisation, account, *departments, *people]
        records += self._lines(people)
        records += self._statements(people)
        for index in range(_PROJECTS_EACH):
            made = self._project(account.id, people, index)
            records += made
            if index < _LATELY:
                records.append(self._opportunity(account, made[0]))
        records.append(self._review(account.id))
        return Change.of((), records)

    def _people(
        self, organisation: OrganisationId, departments: list[Department], count: int
    ) -> list[Person]:
        people = [self._person(organisation, self._names.head)]
        for index in range(1, count):
            department = departments[(index - 1) % _HEADS]
            title = f"{department.name}{self._names.titles[min((index - 1) // _HEADS, 4)]}"
            people.append(self._person(organisation, title, department.id))
        return people

    def _lines(self, people: list[Person]) -> list[Record]:
        """Everyone under the first of his department, those under the head; influences and ties."""
        lines: list[Record] = []
        for index, person in enumerate(people[1:], start=1):
            manager = people[0] if index <= _HEADS else people[1 + (index - 1) % _HEADS]
            line = ReportingLine(id="", person=person.id, manager=manager.id)
            lines.append(_known(line))
        pairs = {tuple(self._random.sample(range(len(people)), 2)) for _ in range(8)}
        for source, target in sorted(pairs):
            influence = Influence(
                id="",
                source=people[source].id,
                target=people[target].id,
                strength=self._random.randint(20, 90),
            )
            lines.append(_known(influence))
        employees = self._random.sample(self._staff, 4) + self._random.sample(self._rivals, 1)
        for employee in employees:
            tie = Tie(
                id="",
                employee=employee.id,
                person=self._one(people).id,
                closeness=self._random.randint(10, 90),
            )
            lines.append(_known(tie))
        return lines

    def _statements(self, people: list[Person]) -> list[Record]:
        statements: list[Record] = []
        for person in self._random.sample(people, 12):
            statement = Assessment(
                id="",
                person=person.id,
                assessed_on=self._act.today - timedelta(days=self._random.randint(0, 150)),
                closeness=self._random.randint(10, 95),
                solution=self._random.randint(20, 90),
                price=self._random.randint(20, 80),
                basis=self._one(tuple(Basis)),
                author=self._act.author,
                stamp=self._act.stamp,
            )
            statements.append(_known(statement))
        return statements

    def _project(
        self, account: AccountId, people: list[Person], index: int
    ) -> tuple[Project, *tuple[Record, ...]]:
        live = index < _LIVE
        type_ = self._types[_TYPES_IN_TURN[index]]
        back = timedelta(days=0 if live else 200 * index)
        begun = self._act.today - timedelta(days=self._random.randint(10, 180)) - back
        outcome = (
            Outcome.OPEN if live else self._one((Outcome.WON, Outcome.LOST, Outcome.NO_DECISION))
        )
        project = Project(
            id=ProjectId(self._act.new_id()),
            account=account,
            name=f"{begun.year} {type_.name} {index + 1}",
            type=type_.id,
            amount=self._money(5, 300),
            starts_on=begun,
            decided_on=begun + timedelta(days=240 if live else 90),
            outcome=outcome,
        )
        members: list[Record] = []
        for role, person in zip(_ROLES, self._random.sample(people, len(_ROLES)), strict=True):
            member = ChainMember(
                id="",
                project=project.id,
                person=person.id,
                roles=(role,),
            )
            claim = Attitude(
                id="",
                project=project.id,
                person=person.id,
                stated_on=begun,
                stance=self._one(_STANCES),
                author=self._act.author,
                stamp=self._act.stamp,
            )
            members += (_known(member), _known(claim))
        return (project, *members)

    def _opportunity(self, account: Account, project: Project) -> Opportunity:
        """What a project is to us: open with a probability, or closed as the project was."""
        live = project.outcome is Outcome.OPEN
        assert project.starts_on is not None
        return Opportunity(
            id=self._act.new_id(),
            account=account.id,
            name=project.name,
            project=project.id,
            origin=self._one(tuple(Origin)),
            stage=self._one(tuple(SalesStage)).value,
            amount=project.amount,
            probability=self._random.randint(1, 9) * 10 if live else None,
            expected_close=project.decided_on,
            outcome=project.outcome,
            closed_on=None if live else project.decided_on,
            owner=account.owner,
            opened_on=project.starts_on - timedelta(days=self._random.randint(10, 90)),
        )

    def _review(self, account: AccountId) -> Review:
        return Review(
            id=self._act.new_id(),
            account=account,
            kind=self._one((ReviewKind.CLOSENESS, ReviewKind.NEEDS, ReviewKind.IMPORTANCE)),
            held_on=self._act.today - timedelta(days=self._random.randint(0, 120)),
            author=self._act.author,
        )

    def _person(
        self, organisation: OrganisationId, title: str = "", department: DepartmentId | None = None
    ) -> Person:
        name = self._names.person.format(
            surname=self._one(self._names.surnames), given=self._one(self._names.given)
        )
        return Person(
            id=PersonId(self._act.new_id()),
            name=name,
            title=title,
            organisation=organisation,
            department=department,
        )

    def _company(self, number: int) -> str:
        return self._names.company.format(
            place=self._one(self._names.places),
            trade=self._one(self._names.trades),
            number=f"{number:04d}",
        )

    def _money(self, least: int, most: int) -> Money:
        """An amount of whole ten thousands."""
        return Money(self._random.randint(least, most) * 10_000 * 100, _CURRENCY)

    def _one(self, things: Sequence[T]) -> T:
        return self._random.choice(things)


def _known(record: Record) -> Record:
    """A record that is known by its parts, under the id made of them."""
    return replace(record, id=right_id(record))
