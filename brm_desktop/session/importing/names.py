"""Finding people by what a file calls them: the file's own id first, then the exact name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from brm_desktop.domain.act import Act
from brm_desktop.domain.edits import Draft, add_organisation, add_person
from brm_desktop.domain.errors import Ambiguous, NotFound, Refused
from brm_desktop.domain.naming import organisation_called
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
)
from brm_desktop.session.importing.words import plain_text, shown

OWN: Final = "own"
"""What a file calls our own company."""
OUR_COMPANY: Final = "Our company"
"""What our own company is called until someone says its name."""
_NAMESAKES_LISTED: Final = 20
"""So many people of one name are listed in a sentence."""


@dataclass(slots=True)
class _Known:
    """The people of one organisation by id of the file and by name."""

    by_id: dict[str, PersonId] = field(default_factory=dict)
    by_name: dict[str, dict[PersonId, None]] = field(default_factory=dict)


class Directory:
    """The people a file may speak of, by organisation; told of everybody the import makes."""

    def __init__(
        self,
        act: Act,
        home: OrganisationId | None,
        *,
        create_missing: bool = False,
        customers: Iterable[str] = (),
    ) -> None:
        """Know the people around the account of the organisation ``home``.

        ``customers`` are the names of all accounts, also of those whose records are not here.
        """
        self.home = home
        self._customers = {folded(name) for name in customers}
        self._act = act
        self._create_missing = create_missing
        self._known: dict[OrganisationId, _Known] = {}
        self._organisations: dict[str, list[OrganisationId]] | None = None

    def organisation(self, draft: Draft, text: str | None) -> OrganisationId:
        """The organisation a cell names: blank is the account's, ``own`` ours, else by its name.

        A name nobody bears yet becomes a competitor.
        """
        name = plain_text(text or "")
        if not name:
            if self.home is None:
                raise Refused(phrase("The row names no organisation, and no --account is given."))
            return self.home
        if name.casefold() == OWN:
            ours = draft.where(Organisation, kind=OrganisationKind.OWN)
            if ours:
                return ours[0].id
            return self._new_organisation(draft, OUR_COMPANY, OrganisationKind.OWN)
        alike = self._namesakes(draft, name)
        home = [one for one in alike if one.id == self.home]
        for organisation in (*home, *alike):
            if organisation.kind is OrganisationKind.CUSTOMER and organisation.id != self.home:
                raise Refused(phrase("{name} is another account.", name=organisation.name))
            return organisation.id
        if folded(name) in self._customers:
            raise Refused(phrase("{name} is another account.", name=name))
        return self._new_organisation(draft, name, OrganisationKind.COMPETITOR)

    def add(self, draft: Draft, person: Person) -> None:
        """Know a person who was made or changed."""
        assert person.organisation is not None, "an import makes nobody without an organisation"
        self._put(self._of(draft, person.organisation), person)

    def with_id(
        self, draft: Draft, organisation: OrganisationId, external_id: str
    ) -> PersonId | None:
        """The person of an id of the file, if any."""
        found = self._of(draft, organisation).by_id.get(plain_text(external_id))
        return found if draft.get(Person, found) else None

    def named(
        self,
        draft: Draft,
        organisation: OrganisationId,
        name: str,
        *,
        else_of: Iterable[OrganisationId] = (),
    ) -> PersonId:
        """The one person of a name; people who left only when nobody else is called so.

        People of the organisations ``else_of`` are meant when the first has nobody of that name.

        Raises
        ------
        NotFound
            When nobody is called so; ``Ambiguous`` when several are, with their titles.
        """
        wanted = plain_text(name)
        present = self._present(draft, [organisation], wanted)
        present = present or self._present(draft, else_of, wanted)
        if not present:
            raise NotFound(phrase("Nobody is called {name}.", name=shown(wanted)))
        if len(present) > 1:
            listed = [self._shown(draft, person) for person in present[:_NAMESAKES_LISTED]]
            more = ["…"] if len(present) > _NAMESAKES_LISTED else []
            raise Ambiguous(
                phrase("{name} may be {people}.", name=shown(wanted), people=(*listed, *more))
            )
        return present[0].id

    def person(
        self,
        draft: Draft,
        organisation: OrganisationId,
        text: str,
        *,
        else_of: Iterable[OrganisationId] = (),
    ) -> PersonId:
        """The person that a cell means, by id of the file or by name; made when that is allowed.

        Who is nobody there may be, by his name, somebody of the organisations ``else_of``.

        Raises
        ------
        Refused
            When it means nobody, or may mean several.
        """
        found = self.with_id(draft, organisation, text)
        if found:
            return found
        try:
            return self.named(draft, organisation, text, else_of=else_of)
        except Ambiguous as several:
            raise Refused(several.sentence) from None
        except NotFound as unknown:
            if not self._create_missing:
                raise Refused(unknown.sentence) from None
        return self._made(draft, organisation, name=plain_text(text))

    def person_of_id(
        self, draft: Draft, organisation: OrganisationId, external_id: str
    ) -> PersonId:
        """The person of an id of the file; made as a placeholder when that is allowed.

        Raises
        ------
        Refused
            When nobody has that id.
        """
        found = self.with_id(draft, organisation, external_id)
        if found:
            return found
        plain = plain_text(external_id)
        if not self._create_missing:
            raise Refused(phrase("Nobody has the id {id}.", id=plain))
        return self._made(draft, organisation, name=plain, external_id=plain, placeholder=True)

    def _present(
        self, draft: Draft, organisations: Iterable[OrganisationId], name: str
    ) -> list[Person]:
        """Who is called so in some organisations; who left only when nobody else is.

        No more than it takes to list them: a file may call fifty thousand alike, and ask for each.
        """
        there: list[Person] = []
        gone: list[Person] = []
        for home in organisations:
            for one in self._of(draft, home).by_name.get(name, ()):
                person = draft.get(Person, one)
                if person is not None:
                    (there if person.left_on is None else gone).append(person)
                if len(there) > _NAMESAKES_LISTED:
                    return there
        return there or gone

    def _shown(self, draft: Draft, person: Person) -> str:
        """A person beside others of his name."""
        elsewhere = person.organisation != self.home
        home = organisation_called(draft, person.organisation) if elsewhere else ""
        told = ", ".join(filter(None, (person.title, home)))
        return f"{person.name} ({told})" if told else person.name

    def _made(
        self, draft: Draft, organisation: OrganisationId, *, name: str, **fields: object
    ) -> PersonId:
        change = draft.do(add_person, self._act, name=name, organisation=organisation, **fields)  # type: ignore[arg-type]
        (person,) = change.added(Person)
        self.add(draft, person)
        return person.id

    def _new_organisation(self, draft: Draft, name: str, kind: OrganisationKind) -> OrganisationId:
        change = draft.do(add_organisation, self._act, name=name, kind=kind)
        (organisation,) = change.added(Organisation)
        self._put_organisation(self._organisations_of(draft), organisation)
        return organisation.id

    def _namesakes(self, draft: Draft, name: str) -> list[Organisation]:
        """The organisations of a name, however it is spaced and whatever its capitals.

        One whose row was refused is there no more.
        """
        ids = self._organisations_of(draft).get(folded(name), ())
        return [one for one in (draft.get(Organisation, key) for key in ids) if one]

    def _organisations_of(self, draft: Draft) -> dict[str, list[OrganisationId]]:
        """All organisations by their names; an import renames none."""
        if self._organisations is None:
            self._organisations = {}
            for one in draft.all(Organisation).values():
                self._put_organisation(self._organisations, one)
        return self._organisations

    def _put_organisation(
        self, known: dict[str, list[OrganisationId]], organisation: Organisation
    ) -> None:
        for name in {folded(organisation.name), folded(organisation.short_name)} - {""}:
            known.setdefault(name, []).append(organisation.id)

    def _of(self, draft: Draft, organisation: OrganisationId) -> _Known:
        known = self._known.get(organisation)
        if known is None:
            known = self._known[organisation] = _Known()
            for person in draft.where(Person, organisation=organisation):
                self._put(known, person)
        return known

    def _put(self, known: _Known, person: Person) -> None:
        known.by_id.setdefault(person.id, person.id)
        if person.external_id:
            known.by_id[person.external_id] = person.id
        known.by_name.setdefault(plain_text(person.name), {})[person.id] = None


def folded(name: str) -> str:
    """A name as organisations' names are compared."""
    return plain_text(name.replace("_", " ").replace("-", " ")).casefold()
