"""What the fields, kinds of rows and encodings of an import are called in the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import (
    Basis,
    ContactLevel,
    InfluenceKind,
    LineKind,
    Origin,
    Outcome,
    Role,
    SalesStage,
    Stance,
)
from brm_desktop.language import capitalised, number, tr, trn
from brm_desktop.session.importing import DateOrder, Subject

SUBJECTS: Final[Mapping[Subject, Phrase]] = MappingProxyType(
    {
        Subject.PEOPLE: phrase("people"),
        Subject.REPORTING: phrase("reporting lines: who reports to whom"),
        Subject.INFLUENCE: phrase("influences: who sways whom"),
        Subject.CHAIN: phrase("decision chains: who takes part"),
        Subject.ACCOUNTS: phrase("accounts"),
        Subject.PROJECTS: phrase("projects"),
        Subject.OPPORTUNITIES: phrase("opportunities"),
        Subject.PRODUCTS: phrase("products"),
        Subject.EMPLOYEES: phrase("employees: colleagues of ours"),
    }
)

DATES: Final[Mapping[DateOrder, Phrase]] = MappingProxyType(
    {
        DateOrder.YMD: phrase("year, month, day"),
        DateOrder.DMY: phrase("day, month, year"),
        DateOrder.MDY: phrase("month, day, year"),
    }
)

ENCODINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "utf-8": "UTF-8",
        "utf-8-sig": "UTF-8",
        "gb18030": "GB18030",
        "big5": "Big5",
        "utf-16": "UTF-16",
        "utf-32": "UTF-32",
        "cp1252": "Windows-1252",
        "shift_jis": "Shift JIS",
        "euc_kr": "EUC-KR",
        "cp1251": "Windows-1251",
    }
)
"""How encodings are called where they are chosen."""

OFFERED_ENCODINGS: Final = (
    "utf-8",
    "gb18030",
    "big5",
    "utf-16",
    "cp1252",
    "shift_jis",
    "euc_kr",
    "cp1251",
)

_FIELDS: Final[Mapping[str, Phrase]] = MappingProxyType(
    {
        "id": phrase("number in the file"),
        "name": phrase("name"),
        "first_name": phrase("given name"),
        "middle_name": phrase("middle name"),
        "last_name": phrase("family name"),
        "title": phrase("title"),
        "department": phrase("department"),
        "email": phrase("e-mail"),
        "phone": phrase("phone"),
        "wechat": phrase("WeChat"),
        "reports_to": phrase("reports to (name)"),
        "reports_to_id": phrase("reports to (number)"),
        "power": phrase("power"),
        "influence": phrase("influence"),
        "veto": phrase("veto"),
        "sole_approver": phrase("sole approver"),
        "closeness": phrase("closeness"),
        "solution": phrase("solution acceptance"),
        "price": phrase("price acceptance"),
        "basis": phrase("confirmed or assumed"),
        "assessed_on": phrase("assessed on"),
        "organisation": phrase("organisation"),
        "sales": phrase("is in sales"),
        "notes": phrase("notes"),
        "person": phrase("person"),
        "manager": phrase("manager"),
        "from": phrase("who sways"),
        "to": phrase("who is swayed"),
        "strength": phrase("strength"),
        "from_org": phrase("organisation of who sways"),
        "project": phrase("project"),
        "type": phrase("type of project"),
        "roles": phrase("roles"),
        "stance": phrase("stance"),
        "contact": phrase("contact"),
        "decides_for": phrase("decides for"),
        "industry": phrase("industry"),
        "region": phrase("region"),
        "revenue": phrase("revenue"),
        "expected_annual_spend": phrase("expected annual spend"),
        "currency": phrase("currency"),
        "parent": phrase("parent account"),
        "year": phrase("year of the revenue"),
        "tier": phrase("tier"),
        "customer_type": phrase("type of customer"),
        "strategic_reason": phrase("why strategic"),
        "revenue_score": phrase("score of the revenue"),
        "potential_score": phrase("score of the potential"),
        "demonstration_score": phrase("demonstration effect"),
        "winnable_score": phrase("winnable and doable"),
        "account": phrase("account"),
        "wanted": phrase("type we want"),
        "amount": phrase("amount"),
        "start": phrase("start"),
        "decided": phrase("decided on"),
        "outcome": phrase("outcome"),
        "lost_to": phrase("lost to"),
        "origin": phrase("origin"),
        "stage": phrase("stage"),
        "probability": phrase("probability"),
        "opened_on": phrase("opened on"),
        "expected_close": phrase("expected close"),
        "closed_on": phrase("closed on"),
        "owner": phrase("owner"),
        "product": phrase("product"),
        "business_line": phrase("business line"),
        "series": phrase("series"),
        "office": phrase("office"),
        "unit": phrase("amounts are in"),
    }
)
_OF_SUBJECT: Final[Mapping[tuple[Subject, str], Phrase]] = MappingProxyType(
    {
        (Subject.REPORTING, "kind"): phrase("solid or dotted"),
        (Subject.INFLUENCE, "kind"): phrase("kind of influence"),
        (Subject.PRODUCTS, "price"): phrase("price of the product"),
    }
)
"""What fields are called whose name means another thing elsewhere."""

_WORDS: Final[Mapping[str, type[Word]]] = MappingProxyType(
    {
        "basis": Basis,
        "roles": Role,
        "stance": Stance,
        "contact": ContactLevel,
        "origin": Origin,
        "outcome": Outcome,
        "stage": SalesStage,
    }
)
_KINDS: Final[Mapping[Subject, type[Word]]] = MappingProxyType(
    {Subject.REPORTING: LineKind, Subject.INFLUENCE: InfluenceKind}
)
_YES_OR_NO: Final = frozenset({"veto", "sole_approver", "sales", "wanted"})
_ORGANISATIONS: Final = frozenset({"organisation", "from_org"})


def _n(count: int) -> dict[str, str]:
    return {"count": number(count)}


_RECORDS: Final[Mapping[str, Callable[[int], str]]] = {
    "organisation": lambda n: trn(
        "{count} organisation", "{count} organisations", n, count=number(n)
    ),
    "account": lambda n: trn("{count} account", "{count} accounts", n, **_n(n)),
    "year_revenue": lambda n: trn("{count} revenue", "{count} revenues", n, **_n(n)),
    "department": lambda n: trn("{count} department", "{count} departments", n, **_n(n)),
    "person": lambda n: trn("{count} person", "{count} people", n, **_n(n)),
    "reporting_line": lambda n: trn(
        "{count} reporting line", "{count} reporting lines", n, count=number(n)
    ),
    "influence": lambda n: trn("{count} influence", "{count} influences", n, **_n(n)),
    "tie": lambda n: trn("{count} tie", "{count} ties", n, **_n(n)),
    "assessment": lambda n: trn("{count} assessment", "{count} assessments", n, **_n(n)),
    "project": lambda n: trn("{count} project", "{count} projects", n, **_n(n)),
    "project_type": lambda n: trn(
        "{count} type of project", "{count} types of project", n, count=number(n)
    ),
    "chain_member": lambda n: trn(
        "{count} chain member", "{count} chain members", n, count=number(n)
    ),
    "opportunity": lambda n: trn("{count} opportunity", "{count} opportunities", n, **_n(n)),
    "product": lambda n: trn("{count} product", "{count} products", n, **_n(n)),
    "chain_link": lambda n: trn("{count} chain link", "{count} chain links", n, **_n(n)),
}


def field_title(subject: Subject | None, name: str) -> str:
    """What a field is called at the head of its line."""
    title = _FIELDS.get(name)
    if subject is not None:
        title = _OF_SUBJECT.get((subject, name), title)
    return capitalised(tr(title)) if title is not None else name


def encoding_title(encoding: str) -> str:
    """What an encoding is called."""
    return ENCODINGS.get(encoding.casefold(), encoding)


def suggested(subject: Subject | None, name: str) -> list[tuple[str, str]]:
    """The values a field may have, as they are said and as a file writes them; often any."""
    if name in _YES_OR_NO:
        return [(tr("yes"), "yes"), (tr("no"), "no")]
    if name in _ORGANISATIONS:
        return [(tr("our own company"), "own")]
    kind = _WORDS.get(name)
    if name == "kind" and subject is not None:
        kind = _KINDS.get(subject)
    return [] if kind is None else [(tr(word), word.value) for word in kind]


def counted(counts: Mapping[str, int]) -> list[str]:
    """How many records of each kind, in words."""
    return [_RECORDS[kind](count) for kind, count in counts.items() if kind in _RECORDS]
