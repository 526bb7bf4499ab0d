"""What the columns of people's files are called: for each field, the headers known, best first.

The headers are those of our own exports, of Chinese and English spreadsheets, and of the exports of
Google Contacts, Outlook, Thunderbird, LinkedIn, HubSpot, Salesforce, Zoho, Pipedrive, draw.io and
the organograms of the UK government. They are written here as :func:`plain` leaves them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

Headers = Mapping[str, tuple[str, ...]]


class Subject(StrEnum):
    """What the rows of a file are, in the words of ``--as``."""

    PEOPLE = "people"
    REPORTING = "reporting"
    INFLUENCE = "influence"
    CHAIN = "chain"
    ACCOUNTS = "accounts"
    PROJECTS = "projects"
    OPPORTUNITIES = "opportunities"
    PRODUCTS = "products"
    EMPLOYEES = "employees"


_BRACKETS: Final = re.compile(r"\([^)]{0,200}\)|\[[^\]]{0,200}\]|【[^】]{0,200}】")
"""No longer than that: brackets that are not closed would be looked for from each to the end."""
_MARKS: Final = re.compile(r"[\W_]+")


def plain(header: str) -> str:
    """A header without capitals, punctuation and what stands in brackets.

    ``E-mail 1 - Value`` becomes ``e mail 1 value``, and ``姓名（必填）*`` becomes ``姓名``.
    """
    text = unicodedata.normalize("NFKC", header).casefold()
    bare = _MARKS.sub(" ", _BRACKETS.sub(" ", text)).strip()
    return bare or _MARKS.sub(" ", text).strip()


def _known(headers: str) -> tuple[str, ...]:
    return tuple(header.strip() for header in headers.split(","))


_PEOPLE: Final[Headers] = {
    "id": _known(
        "id, person id, post id, post unique reference, record id, contact id, employee id, "
        "staff id, lead id, uid, 编号, 人员编号, 员工编号, 员工号, 工号, 标识, 編號, 員工編號"
    ),
    "name": _known(
        "name, full name, display name, 姓名, 名字, 人员, 人员姓名, 联系人, 联系人姓名, "
        "客户联系人, 中文名, 中文姓名, 员工姓名, person pseudonym, person name, employee name, "
        "contact name, contact, lead name, 名称, 聯絡人, 聯絡人姓名, 員工姓名"
    ),
    "first_name": _known("first name, given name, firstname, forename, 名"),
    "middle_name": _known("middle name, additional name, middlename"),
    "last_name": _known("last name, family name, lastname, surname, 姓, 姓氏"),
    "title": _known(
        "job title, position, 职务, 职位, organization title, organization 1 title, job, "
        "designation, 岗位, 岗位名称, 职务名称, 职位名称, 职称, 职衔, 頭銜, 職務, 職位, 職稱, "
        "occupation, role title, title"
    ),
    "department": _known(
        "department, 部门, 所属部门, 部门名称, 所在部门, 科室, 处室, dept, "
        "organization department, organization 1 department, department name, division, unit, "
        "team, 部門, 所屬部門"
    ),
    "email": _known(
        "email, e mail, email address, e mail address, 邮箱, 电子邮箱, 邮件, 电子邮件, "
        "邮箱地址, 电邮, 工作邮箱, e mail 1 value, e mail 2 value, e mail 3 value, "
        "e mail 4 value, e mail 2 address, e mail 3 address, primary email, secondary email, "
        "person email, contact e mail, contact email, mail, work email, 電子郵件, 電郵, 信箱"
    ),
    "phone": _known(
        "phone, mobile, 电话, 手机, 手机号, 手机号码, 联系电话, 联系方式, 办公电话, 座机, "
        "固定电话, 工作电话, 电话号码, 移动电话, 公司电话, telephone, tel, mobile phone, "
        "phone number, mobile number, cell, cell phone, business phone, business phone 2, "
        "primary phone, work phone, phone 1 value, phone 2 value, phone 3 value, person phone, "
        "contact phone, other phone, home phone, 電話, 手機, 行動電話, 聯絡電話"
    ),
    "wechat": _known("wechat, wechat id, weixin, 微信, 微信号, 微信id, 微信號"),
    "reports_to": _known(
        "reports to, manager, 上级, 汇报给, 汇报对象, 直接上级, 上级领导, 上级姓名, 直属上级, "
        "直属领导, 主管, manager s name, manager name, line manager, supervisor, boss, "
        "direct manager, 上級, 直屬主管, 彙報給"
    ),
    "reports_to_id": _known(
        "reports to id, manager id, reports to post id, reports to senior post, supervisor id, "
        "parent id, 上级编号, 上级工号, 上级id, 直接上级工号, 直接上级编号, 主管工号"
    ),
    "power": _known("power, 权力, 权力值, 权力大小, 權力"),
    "influence": _known("influence, 影响力, 影响力值, 影響力"),
    "veto": _known("veto, veto holder, 一票否决, 一票否决人, 一票否决权, 否决权, 一票否決"),
    "sole_approver": _known("sole approver, 一票批准, 一票批准人, 一票批准权, 一票通过"),
    "closeness": _known(
        "closeness, 关系紧密度, 紧密度, 关系, 亲密度, 关系亲密度, 关系程度, 關係緊密度"
    ),
    "solution": _known("solution, solution acceptance, 方案认可度, 方案认可, 方案認可度"),
    "price": _known("price, price acceptance, 价格接受度, 价格接受, 價格接受度"),
    "basis": _known("basis, 依据, 依据类型, 確認程度, 确认程度"),
    "assessed_on": _known(
        "assessed on, assessment date, 评估日期, 评价日期, 评分日期, 打分日期, 評估日期"
    ),
    "account": ("account",),
    "organisation": _known("organisation, organization, 单位, 所属单位, 單位"),
    "sales": _known("sales, 销售, 是否销售, 销售人员, 是否销售人员, 銷售"),
    "notes": _known("notes, note, 备注, 说明, remark, remarks, comment, comments, 備註"),
}

_REPORTING: Final[Headers] = {
    "person": _known(
        "person, name, employee, report, subordinate, 姓名, 人员, 下级, 下属, 员工, person id, "
        "员工姓名, person name"
    ),
    "manager": _known(
        "manager, reports to, supervisor, boss, 上级, 汇报给, 汇报对象, 直接上级, 主管, 领导, "
        "manager id, reports to id, 上级姓名, 直属上级, manager name"
    ),
    "kind": _known("kind, line, line kind, 线型, 汇报类型, 类型, 实虚线"),
}

_INFLUENCE: Final[Headers] = {
    "from": _known("from, source, influencer, 影响者, 来源, 起点, 从, 源, from person"),
    "to": _known("to, target, influenced, 被影响者, 目标, 终点, 到, 影响对象, to person"),
    "strength": _known("strength, weight, 强度, 影响强度, 影响程度, 力度, 強度, 影响力"),
    "kind": _known("kind, relation, relationship, 类型, 关系类型, 关系, 影响类型"),
    "basis": _known("basis, 依据, 依据类型, 确认程度"),
    "from_org": _known(
        "from org, from organisation, from organization, 来源单位, 影响者单位, 起点单位"
    ),
}

_CHAIN: Final[Headers] = {
    "project": _known("project, project name, 项目, 项目名称, 項目, 專案, 專案名稱"),
    "type": _known("type, project type, 项目类型, 类型, 專案類型"),
    "person": _known("person, name, member, 姓名, 人员, 成员, 决策链成员, 联系人, person name"),
    "roles": _known("roles, role, buying role, 角色, 采购角色, 决策角色, 项目角色"),
    "stance": _known("stance, attitude, 态度, 对我方态度, 立场, 態度"),
    "contact": _known("contact, contact level, 接触程度, 接触, 接觸程度"),
    "assessed_on": _known(
        "assessed on, stated on, as of, date, 日期, 评估日期, 评价日期, 态度日期, 評估日期"
    ),
    "veto": _known("veto, veto holder, 一票否决, 一票否决人, 一票否决权, 否决权"),
    "decides_for": _known("decides for, decides, 决策对象, 为谁决策, 决定"),
}

_ACCOUNTS: Final[Headers] = {
    "name": _known(
        "name, account, account name, company, company name, customer, customer name, 客户, "
        "客户名称, 大客户, 公司, 公司名称, 企业名称, 单位名称, 名称, organization name, "
        "organisation name, 客戶, 客戶名稱"
    ),
    "industry": _known("industry, sector, 行业, 所属行业, 产业, 行業"),
    "region": _known(
        "region, location, office location, area, 地区, 区域, 大区, 省份, 城市, 所在地, "
        "country, 地區"
    ),
    "revenue": _known("revenue, annual revenue, 营业额, 营收, 销售额, 年营业额, 年销售额, 收入"),
    "expected_annual_spend": _known(
        "expected annual spend, annual spend, spend, 预计年采购额, 年采购额, 预计采购额, "
        "采购额, 预期年采购, 年采购预算, budget"
    ),
    "currency": _known("currency, 币种, 货币, 幣別"),
    "parent": _known(
        "parent, parent account, parent company, subsidiary of, 上级客户, 母公司, 集团, "
        "所属集团, 上级单位"
    ),
    "year": _known("year, revenue year, 年份, 年度, 财年"),
    "unit": _known("unit, amounts in, 金额单位, 货币单位"),
    "tier": _known("tier, account tier, 客户级别, 客户等级, 级别"),
    "customer_type": _known("customer type, account type, 客户类型, 客户类别"),
    "strategic_reason": _known("strategic reason, strategic intent, 战略意图, 战略原因"),
    "revenue_score": _known("revenue score, 营业额得分, 营业额分"),
    "potential_score": _known("potential score, 潜力得分, 潜力分"),
    "demonstration_score": _known("demonstration score, 示范作用得分, 示范作用, 示范分"),
    "winnable_score": _known("winnable score, 能赢能做得分, 能赢能做, 能赢分"),
}

_PROJECTS: Final[Headers] = {
    "account": _known(
        "account, account name, customer, customer name, company, 客户, 客户名称, 大客户, 公司, "
        "所属客户, 公司名称, 客戶, 客戶名稱"
    ),
    "name": _known(
        "name, project, project name, deal, 项目, 项目名称, 名称, 项目名, 項目, 專案, 專案名稱"
    ),
    "type": _known("type, project type, kind, category, 项目类型, 类型, 类别, 專案類型"),
    "wanted": _known("wanted, target type, 是否目标类型, 目标类型, 目标"),
    "amount": _known("amount, value, contract value, 金额, 项目金额, 合同金额, 金額"),
    "currency": _known("currency, 币种, 货币, 幣別"),
    "unit": _ACCOUNTS["unit"],
    "start": _known("start, started, start date, begin, 开始, 开始日期, 启动日期, 立项日期"),
    "decided": _known("decided, decision date, decided on, 决策日期, 决定日期, 定标日期, 签约日期"),
    "outcome": _known("outcome, result, 结果, 项目结果, 結果"),
    "lost_to": _known("lost to, winner, competitor, 输给, 竞争对手, 中标方, 丢单给"),
}

_OPPORTUNITIES: Final[Headers] = {
    "account": _PROJECTS["account"],
    "name": _known(
        "name, opportunity, opportunity name, deal, deal name, opportunity id, deal id, 商机, "
        "商机名称, 名称, 机会名称, 商机编号, 商機, 商機名稱"
    ),
    "origin": _known("origin, 来源, 商机来源, 来源类型"),
    "stage": _known("stage, deal stage, sales stage, 阶段, 销售阶段, 商机阶段, 階段"),
    "amount": _known(
        "amount, value, deal value, close value, 金额, 商机金额, 预计金额, 成交金额, 金額"
    ),
    "currency": _PROJECTS["currency"],
    "unit": _PROJECTS["unit"],
    "probability": _known("probability, win probability, 概率, 赢率, 成功率, 赢单率, 機率"),
    "expected_close": _known(
        "expected close, expected close date, 预计成交日期, 预计成交, 预计签约日期, 预计关闭日期"
    ),
    "outcome": _PROJECTS["outcome"],
    "opened_on": _known(
        "opened on, opened, engage date, create date, created, created date, 创建日期, 开始日期, "
        "发现日期, 建立日期"
    ),
    "closed_on": _known(
        "closed on, closed, close date, closing date, 成交日期, 关闭日期, 结束日期, 签约日期"
    ),
    "owner": _known(
        "owner, sales agent, sales rep, seller, opportunity owner, deal owner, 负责人, 销售, "
        "所有人, 销售人员, 负责销售, 負責人"
    ),
    "product": _known("product, product name, 产品, 产品名称, 產品"),
    "business_line": _known("business line, business lines, 业务线, 产品线, 業務線"),
}

_PRODUCTS: Final[Headers] = {
    "name": _known("name, product, product name, 产品, 产品名称, 名称, 品名, 產品"),
    "series": _known("series, product line, family, 系列, 产品系列, 产品线"),
    "price": _known("price, sales price, list price, unit price, 价格, 单价, 售价, 價格"),
    "currency": _PROJECTS["currency"],
    "unit": _PROJECTS["unit"],
}

_EMPLOYEES: Final[Headers] = {
    "id": _PEOPLE["id"],
    "name": _known(
        "name, employee, employee name, full name, sales agent, agent, seller, 姓名, 员工, "
        "员工姓名, 销售, 销售人员, 員工姓名"
    ),
    "manager": _PEOPLE["reports_to"],
    "office": _known(
        "office, regional office, branch, department, 办事处, 分公司, 区域, 大区, 部门, "
        "所属部门, 部門"
    ),
    "title": _PEOPLE["title"],
    "email": _PEOPLE["email"],
    "phone": _PEOPLE["phone"],
    "sales": _PEOPLE["sales"],
}

FIELDS: Final[Mapping[Subject, Headers]] = MappingProxyType(
    {
        Subject.PEOPLE: _PEOPLE,
        Subject.REPORTING: _REPORTING,
        Subject.INFLUENCE: _INFLUENCE,
        Subject.CHAIN: _CHAIN,
        Subject.ACCOUNTS: _ACCOUNTS,
        Subject.PROJECTS: _PROJECTS,
        Subject.OPPORTUNITIES: _OPPORTUNITIES,
        Subject.PRODUCTS: _PRODUCTS,
        Subject.EMPLOYEES: _EMPLOYEES,
    }
)
"""The fields of each subject, and the headers that name each."""

NEEDED: Final[Mapping[Subject, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        Subject.PEOPLE: (("name", "id", "first_name", "last_name"),),
        Subject.REPORTING: (("person",), ("manager",)),
        Subject.INFLUENCE: (("from",), ("to",)),
        Subject.CHAIN: (("project",), ("person",)),
        Subject.ACCOUNTS: (("name",),),
        Subject.PROJECTS: (("name",),),
        Subject.OPPORTUNITIES: (("name",),),
        Subject.PRODUCTS: (("name",),),
        Subject.EMPLOYEES: (("name",),),
    }
)
"""What a file of a subject cannot do without: of each group, one."""

OF_NO_ACCOUNT: Final[Mapping[Subject, frozenset[str]]] = MappingProxyType(
    {
        Subject.PEOPLE: frozenset({"account", "organisation"}),
        Subject.PROJECTS: frozenset({"account"}),
        Subject.OPPORTUNITIES: frozenset({"account"}),
        Subject.ACCOUNTS: frozenset({"name"}),
        Subject.PRODUCTS: frozenset({"name"}),
        Subject.EMPLOYEES: frozenset({"name"}),
    }
)
"""The fields with one of which the rows of a subject need no account to be named for them; other
subjects always do."""

TELLING: Final[Mapping[Subject, frozenset[str]]] = MappingProxyType(
    {
        Subject.PROJECTS: frozenset({"type", "start", "decided", "outcome"}),
        Subject.OPPORTUNITIES: frozenset({"stage", "origin", "probability", "expected_close"}),
        Subject.PRODUCTS: frozenset({"series", "price"}),
        Subject.EMPLOYEES: frozenset(),
    }
)
"""Fields of which a file must have one to be taken for a subject when nobody says what it holds.

Colleagues are told from customers by nothing in a file: that they are ours must be said.
"""

OF_ACCOUNTS_ALONE: Final = frozenset(
    {"industry", "revenue", "expected_annual_spend", "parent", "tier", "customer_type"}
    | {name for name in _ACCOUNTS if name.endswith("_score")}
)
"""Fields of which a file must have one to be taken for accounts when it goes into an account."""

OF_PEOPLE_ALONE: Final = frozenset(
    {"first_name", "last_name", "title", "email", "wechat", "reports_to", "reports_to_id"}
)
"""Fields with any of which a file that goes into an account is none of accounts."""

DATES: Final = frozenset(
    {"assessed_on", "start", "decided", "opened_on", "expected_close", "closed_on"}
)
"""Fields that hold a day."""

SEVERAL: Final = frozenset({"email", "phone"})
"""Fields that take every column known for them, not only the best."""

ADDRESS_BOOK: Final = frozenset({"first name", "given name", "parent department"})
"""With one of these headers, a column ``organisation`` says where the file's people work anyway: it
is an address book's or an organogram's, not our field that makes someone a competitor's."""
