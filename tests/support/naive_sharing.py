"""What leaves, said once more as slowly and plainly as it can be: what the fast way must equal.

Every question is asked of the records anew, one record and one field at a time.
"""

from __future__ import annotations

from collections.abc import Iterable

from brm_desktop.domain.categories import category_of
from brm_desktop.domain.records import (
    REFERENCES,
    Account,
    Assessment,
    Attitude,
    ChainLink,
    ChainMember,
    Choice,
    Department,
    Influence,
    Organisation,
    Person,
    Placement,
    Product,
    ProjectType,
    Record,
    Records,
    ReportingLine,
    Sameness,
    SharingChoice,
    SupportRequest,
    Tie,
    named_by,
)

WORDS = ["never", "private", "ask", "team", "company"]
FIRST_FIELD = {
    "Organisation": "name",
    "Account": "organisation",
    "YearRevenue": "revenue",
    "Department": "name",
    "Person": "name",
    "ReportingLine": "manager",
    "Influence": "target",
    "Tie": "closeness",
    "Assessment": "closeness",
    "Interaction": "held_on",
    "ProjectType": "name",
    "Project": "name",
    "ChainMember": "roles",
    "Attitude": "stance",
    "ChainLink": "target",
    "Opportunity": "name",
    "SupportRequest": "text",
    "Product": "name",
    "Action": "text",
    "AccountPlan": "goal",
    "Need": "statement",
    "Review": "held_on",
    "TeamMember": "function",
    "Contribution": "share",
    "Placement": "x",
    "Sameness": "verdict",
}
"""A field of each kind that is of the category of the whole record."""
WITHOUT_WHICH = {
    "Organisation": "name",
    "Account": "organisation",
    "YearRevenue": "account year revenue",
    "Department": "organisation name",
    "Person": "name organisation",
    "ReportingLine": "person manager kind",
    "Influence": "source target kind",
    "Tie": "employee person closeness",
    "Assessment": "author person organisation assessed_on stamp",
    "Interaction": "account held_on",
    "ProjectType": "name",
    "Project": "account name",
    "ChainMember": "project person",
    "Attitude": "author person project stated_on stamp",
    "ChainLink": "project source target kind",
    "Opportunity": "account name",
    "SupportRequest": "opportunity text",
    "Product": "name",
    "Action": "account text",
    "AccountPlan": "account year",
    "Need": "account horizon kind statement",
    "Review": "account kind held_on",
    "TeamMember": "account employee function",
    "Contribution": "account employee share",
    "Placement": "canvas person",
    "Sameness": "one other kind stamp",
}
CALLED_BY = {
    "Organisation": "name kind",
    "Account": "organisation",
    "Department": "name organisation",
    "Person": "name organisation",
    "ProjectType": "name",
    "Project": "name account",
    "Opportunity": "name account",
}


class Naive:
    """The definition of what leaves."""

    def __init__(self, records: Records, choices: Iterable[SharingChoice]) -> None:
        self.records = records
        self.choices = list(choices)

    def leaving(self) -> dict[tuple[str, str], tuple[frozenset[str], int, bool]]:
        """By kind and id the fields, 1 for the team or 2 for the company, and whether a stub."""
        found: dict[tuple[str, str], tuple[frozenset[str], int, bool]] = {}
        for record in self.records:
            reach = self.reach(record)
            if reach:
                found[_key(record)] = (self.fields(record, reach), reach, False)
        while True:
            wanted: dict[str, int] = {}
            for (_, key), (fields, reach, _) in found.items():
                leaving = self.records.find(key)
                assert leaving is not None
                for reference, named in named_by(leaving):
                    if reference.field in fields:
                        wanted[named] = max(wanted.get(named, 0), reach)
            grown = False
            for key, reach in wanted.items():
                named_one = self.records.find(key)
                assert named_one is not None, key
                there = found.get(_key(named_one))
                if there is None or (there[2] and there[1] < reach):
                    found[_key(named_one)] = (self.stub(named_one), reach, True)
                    grown = True
            if not grown:
                return found

    def reach(self, record: Record) -> int:
        """How far a record goes by itself: 0, 1 or 2."""
        if type(record).__name__ not in FIRST_FIELD:
            return 0
        return min(_rank(self.choice(record, "")), self.ends(record))

    def ends(self, record: Record) -> int:
        """How far that goes which a record cannot be without."""
        ends = [named for reference, named in named_by(record) if reference.falls]
        return min((self.far(end) for end in ends), default=2)

    def far(self, key: str) -> int:
        """How far a record goes, if only by its name."""
        record = self.records.find(key)
        if record is None or type(record).__name__ not in CALLED_BY:
            return 0
        if _rank(self.choice(record, "")):
            return self.reach(record)
        own = {one.part for one in self.choices if one.subject == key}
        marked = own & {"", *WITHOUT_WHICH[type(record).__name__].split()}
        told = marked and self.of_record(record) is not None
        if told or self.policy(record, FIRST_FIELD[type(record).__name__]) == "never":
            return 0
        return self.ends(record)

    def fields(self, record: Record, reach: int) -> frozenset[str]:
        """What leaves of a record that goes so far."""
        kept = set()
        for name in type(record).__dataclass_fields__:
            if category_of(type(record), name) is None:
                continue
            if _rank(self.choice(record, name)) < reach:
                continue
            loose = [ref.field for ref in REFERENCES if ref.kind is type(record) and not ref.falls]
            named = [key for ref, key in named_by(record) if ref.field == name]
            if name in loose and any(self.far(key) < reach for key in named):
                continue
            kept.add(name)
        return frozenset(kept)

    def stub(self, record: Record) -> frozenset[str]:
        """What is told of somebody who is only named."""
        names = set(CALLED_BY[type(record).__name__].split())
        if isinstance(record, Person) and not record.name:
            names |= {"title", "placeholder"}
        return frozenset(names)

    def choice(self, record: Record, field: str) -> str:
        """What holds for a field, or for a record."""
        kind = type(record).__name__
        policy = self.policy(record, field or FIRST_FIELD[kind])
        whole = self.of_record(record)
        first = category_of(type(record), field or FIRST_FIELD[kind]) == category_of(
            type(record), FIRST_FIELD[kind]
        )
        own = [one.choice.value for one in self.choices if one.subject == record.id]
        part = [
            one.choice.value
            for one in self.choices
            if one.subject == record.id and field and one.part == field
        ]
        if field in WITHOUT_WHICH[kind].split():
            part = []
        if "never" in (policy, whole, *part):
            return "never"
        usual = policy if not own or whole is None else whole
        if not first and whole is not None:
            usual = _least(policy, whole)
        if not part:
            return usual
        if part[0] in ("private", "ask"):
            return _least(part[0], usual)
        if whole in ("private", "ask"):
            return whole
        if policy == "private" and category_of(type(record), field) == "notes":
            return "private"
        return "company"

    def of_record(self, record: Record) -> str | None:
        """What is chosen for a record as a whole."""
        said = [
            one.choice.value
            for one in self.choices
            if one.subject == record.id
            and (
                one.part == ""
                or (
                    one.part in WITHOUT_WHICH[type(record).__name__].split()
                    and one.choice in (Choice.NEVER, Choice.PRIVATE, Choice.ASK)
                )
            )
        ]
        return _least(*said) if said else None

    def policy(self, record: Record, field: str) -> str:
        """What the accounts of a record choose for a field of it."""
        category = category_of(type(record), field)
        assert category is not None
        return _least(*(self.of_account(one, category) for one in self.accounts(record)))

    def of_account(self, account: str, category: str) -> str:
        """What is chosen for a category of an account."""
        for subject in (account, ""):
            for one in self.choices:
                if (one.subject, one.part) == (subject, category):
                    return one.choice.value
        return "private"

    def accounts(self, record: Record | None) -> list[str]:
        """Whose choices hold for a record."""
        match record:
            case None | ProjectType() | Product():
                return [""]
            case Account():
                return [record.id]
            case Organisation():
                of = [one.id for one in self.records.where(Account, organisation=record.id)]
                return [*of] or [record.id]
            case Person() | Department():
                home = self.records.get(Organisation, record.organisation)
                return [""] if home is None else self.accounts(home)
            case ReportingLine():
                ends: tuple[str, str] = (record.person, record.manager)
            case Influence():
                ends = (record.source, record.target)
            case Sameness():
                ends = (record.one, record.other)
            case _:
                return self.home(record)
        return [one for end in ends for one in self.accounts(self.records.find(end))]

    def home(self, record: Record) -> list[str]:
        """Whose choices hold for what is said of an account, a project or a person."""
        if hasattr(record, "account"):
            return [record.account]
        if isinstance(record, ChainMember | ChainLink | Attitude):
            return self.accounts(self.records.find(record.project))
        if isinstance(record, SupportRequest):
            return self.accounts(self.records.find(record.opportunity))
        if isinstance(record, Placement):
            return self.accounts(self.records.find(record.canvas))
        assert isinstance(record, Tie | Assessment)
        return self.accounts(self.records.find(record.person))


def _key(record: Record) -> tuple[str, str]:
    name = "".join(f"_{one.lower()}" if one.isupper() else one for one in type(record).__name__)
    return name[1:], record.id


def _rank(choice: str) -> int:
    return {"team": 1, "company": 2}.get(choice, 0)


def _least(*choices: str) -> str:
    return min(choices, key=WORDS.index)
