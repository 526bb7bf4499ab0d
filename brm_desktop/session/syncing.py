"""Taking part in the company's asset: enrol, see what would leave, send it, take in what came.

Everything here may run on a worker thread. What a pull brings is in the store when it returns and
comes into memory with ``session.show_written`` on the thread of the views. What reaches the asset
goes through a door (``storage.sharing.asset.Door``): a folder, a stick, or a server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from brm_desktop.domain.act import Act
from brm_desktop.domain.bundles import READER, BundleHeader, BundleKind, PublicKeys
from brm_desktop.domain.categories import Category
from brm_desktop.domain.change import Change
from brm_desktop.domain.disputes import Dispute, HiddenLine, disputes, hidden_line
from brm_desktop.domain.errors import FileProblem, Refused, StoreProblem
from brm_desktop.domain.kinds import name_of_kind
from brm_desktop.domain.operation_lines import operation_from_plain, operation_to_plain
from brm_desktop.domain.operations import Malformed, Operation
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Choice, Conflict, Records, SharingChoice
from brm_desktop.domain.replies import Notice, Reply, SiteNote, Trouble
from brm_desktop.domain.sharing_choices import Policies
from brm_desktop.session.doors import door_of
from brm_desktop.session.enrolling import enrol, enrolled, keys_of, renew, site_of
from brm_desktop.session.preparing import Prepared, prepare
from brm_desktop.session.working_set import Written
from brm_desktop.storage.merging.link import AssetLink
from brm_desktop.storage.merging.outgoing import Sent
from brm_desktop.storage.rows.phrases import phrase_from_json

if TYPE_CHECKING:
    from brm_desktop.session.session import Session
    from brm_desktop.storage.sharing.asset import Door
    from brm_desktop.storage.sharing.port import Source

__all__ = [
    "Exported",
    "Prepared",
    "Pulled",
    "SyncStatus",
    "enrol",
    "export",
    "prepare",
    "pull",
    "renew",
    "status",
]

P = ParamSpec("P")
Progress = Callable[[int], object]
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export put into the asset's inbox."""

    operations: int
    bundles: int
    again: int
    """Bundles that were sent before and not acknowledged."""
    is_taken_in: bool
    """Whether the asset has ever answered; before, it merges nothing of this store."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull brought; ``written`` goes to ``session.show_written``.

    ``erased`` counts the records that the administrator erased by request, here as everywhere;
    ``owing`` says why the file still holds bytes of them, until the next pull.
    ``restamped`` counts edits that got stamps of the right clock after the asset had refused them.
    An asset that ``went_back`` knows less than it had told, as after its backup was restored.
    """

    answered: bool
    written: Written
    rows: int
    restamped: int
    troubles: tuple[tuple[Trouble, Phrase], ...]
    went_back: bool = False
    erased: int = 0
    owing: Phrase | None = None


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How this store is with the asset; moments in milliseconds since 1970, UTC."""

    link: AssetLink
    rep: str
    restored: bool
    answered: bool
    unacknowledged: int
    troubles: tuple[tuple[Trouble, Phrase], ...]
    sites: tuple[SiteNote, ...]
    lease_ended: bool


def export(session: Session, prepared: Prepared, to: str = "") -> Exported:
    """Put what was prepared, and just that, into the asset's inbox, sealed and signed.

    Bundles that were sent before and are not acknowledged go again as they were. What cannot be
    put there was not sent: the next export looks at it again, and what is not to be shared by then
    stays.

    Raises
    ------
    Refused
        When the store has changed since, or is not enrolled as what it is.
    StoreProblem
        When the folder or the server cannot be reached; safe to be done again.
    """
    link, store, site = enrolled(session), session.shared_store, site_of(session)
    if store.greatest_stamp() != prepared.as_of:
        raise Refused(
            phrase("The store has changed since this was looked through: look at it again.")
        )
    before = store.unacknowledged()
    operations = prepared.outgoing.operations
    with _told_what_stayed(), closing(door_of(link, to)) as door:
        for sent in before:
            door.send(site, _name(sent.first), sent.bundle)
        if operations:
            _send(session, link, prepared, door)
        elif link.cursor:
            door.send(site, *_receipt(session, link))
    is_taken_in = link.pulled_at is not None
    return Exported(len(operations), int(bool(operations)), len(before), is_taken_in)


def pull(
    session: Session,
    source: str = "",
    progress: Progress = lambda _rows: None,
    stopped: Stopped = lambda: False,
) -> Pulled:
    """Take in what the asset answers, all of it or nothing; one step of undo.

    Bundles that the asset refused since this computer's clock was ahead are taken back: their edits
    get stamps of the right clock and go with the next export. An asset that went back to a copy of
    itself hears how far it was, which is all that leaves here, and answers with all there is next.

    Raises
    ------
    FileProblem
        When the answer is damaged, or not from the asset.
    StoreProblem
        When the folder or the server cannot be reached, or ``stopped`` said so.
    """
    link = enrolled(session)
    door = door_of(link, source)
    try:
        found = door.fetch(site_of(session), link.cursor, link.epoch)
        if found is None:
            return Pulled(False, Written(Change(), Change()), 0, 0, ())
        reply = found if isinstance(found, Reply) else _opened(session, link, found)
        again = _forgotten(session, link, reply)
        went_back = _went_back(session, link, reply)
        if went_back:
            door.send(site_of(session), *_receipt(session, link))
        with _told():
            taken = session.take_in(
                phrase("Sync with {name}", name=link.name),
                lambda entry: session.shared_store.fold(reply, entry, progress, stopped, again),
                from_a_copy=link.pulled_at is None,
            )
    finally:
        door.close()
    restamped, troubles = _restamp(session, reply.head.made_at), _troubles(session)
    rows, erased, written, owing = taken
    return Pulled(True, written, rows, restamped, troubles, went_back, erased, owing)


def status(session: Session) -> SyncStatus | None:
    """How the store is with the asset; ``None`` while it takes part in none."""
    store = session.shared_store
    link, site = store.link(), site_of(session)
    if link is None:
        return None
    sites = store.sites()
    return SyncStatus(
        link=link,
        rep=next((one.rep for one in sites if one.site == link.site), ""),
        restored=link.site != site,
        answered=link.pulled_at is not None,
        unacknowledged=len(store.unacknowledged()),
        troubles=_troubles(session),
        sites=tuple(sites),
        lease_ended=link.lease_until is not None and link.lease_until < session.lease_moment(),
    )


def disputes_in(session: Session) -> list[Dispute]:
    """Every field in the store that is to be settled, of opened accounts and of others."""
    if not session.counts()[name_of_kind(Conflict)]:
        return []
    return disputes(session.all_records())


def hidden_lines(session: Session) -> list[HiddenLine]:
    """The solid lines of which it is to be settled whether they hold."""
    lines = session.shared_store.hidden_lines()
    records = session.all_records() if lines else Records()
    return [hidden_line(records, line) for line in lines]


def unsettled(session: Session) -> int:
    """How many fields and lines are to be settled."""
    return len(disputes_in(session)) + len(session.shared_store.hidden_lines())


def policy_of(session: Session, account: str, category: Category) -> Choice:
    """How far a category of an account goes; of "" by default."""
    choices = session.records.all(SharingChoice).values()
    return Policies(choices).of(account, category)


def names_of_sites(session: Session) -> dict[str, str]:
    """Whose device each site is, by its 16 hex digits, as the asset told last."""
    return {one.site: one.rep for one in session.shared_store.sites()}


def settle(
    session: Session,
    name: Phrase,
    edit: Callable[Concatenate[Records, Act, P], Change],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Change:
    """Make an edit that settles something, in whatever account it is."""
    change = edit(session.all_records(), session.act(), *args, **kwargs)
    return session.apply(name, change)


def _send(session: Session, link: AssetLink, prepared: Prepared, door: Door) -> None:
    """Send what was prepared; what could not be put down is taken back."""
    sent = _bundle(session, link, prepared)
    try:
        door.send(site_of(session), _name(sent.first), sent.bundle)
    except StoreProblem:
        session.shared_store.take_back(sent.first)
        raise


def _bundle(session: Session, link: AssetLink, prepared: Prepared) -> Sent:
    """Seal what was prepared and note it as sent, before anybody can have it.

    It is sealed to this device as well, which reads it again should the asset forget it.
    """
    from brm_desktop.exchange.bundles import bundle_bytes

    operations = prepared.outgoing.operations
    header = _header(session, link, link.sequence + len(operations))
    lines = (operation_to_plain(one) for one in operations)
    public = PublicKeys.from_hex(link.public_keys)
    keys = keys_of(session)
    content, digest = bundle_bytes(header, lines, [public, keys.public], keys)
    sent = Sent(
        first=header.first,
        last=header.last,
        digest=digest,
        previous=link.digest,
        made_at=session.millis(),
        bundle=content,
    )
    store = session.shared_store
    store.record_sent(sent, operations, looked_at=store.edited_since_sent().upto)
    return sent


def _receipt(session: Session, link: AssetLink) -> tuple[str, bytes]:
    """What tells the asset that this store has all up to a change, and nothing else."""
    from brm_desktop.exchange.bundles import bundle_bytes

    header = _header(session, link, link.sequence)
    public = PublicKeys.from_hex(link.public_keys)
    content, _ = bundle_bytes(header, (), [public], keys_of(session))
    return f"{header.first:012d}-seen-{link.cursor}.brmb", content


def _header(session: Session, link: AssetLink, last: int) -> BundleHeader:
    return BundleHeader(
        BundleKind.OPERATIONS,
        link.asset,
        site_of(session),
        link.sequence + 1,
        last,
        link.digest,
        session.schema,
        seen=link.cursor,
        taken=link.acknowledged,
        epoch=link.epoch,
    )


def _went_back(session: Session, link: AssetLink, reply: Reply) -> bool:
    """Whether an answer made after the last one knows less than was told and taken before."""
    head = reply.head
    if head.epoch != link.epoch or head.made_at <= session.shared_store.time_heard():
        return False
    return head.upto < link.cursor or head.acknowledged < link.acknowledged


def _forgotten(session: Session, link: AssetLink, reply: Reply) -> dict[int, Operation] | None:
    """What was taken and an asset that went back has not any more, by sequence; read again.

    ``None`` when it knows all, and when the bundles are not kept without a gap.
    """
    from brm_desktop.exchange.bundles import open_bundle

    head = reply.head
    if head.epoch <= link.epoch or head.acknowledged >= link.acknowledged:
        return None
    last, digest, found = head.acknowledged, head.digest, dict[int, Operation]()
    keys = keys_of(session)
    for sent in session.shared_store.bundles_after(last):
        if (sent.first, sent.previous) != (last + 1, digest):
            return None
        if sent.last <= link.acknowledged:
            try:
                opened = open_bundle(sent.bundle, keys, lambda _header, _signer: True)
            except FileProblem:
                return None
            found.update(enumerate(map(operation_from_plain, opened.lines()), sent.first))
        last, digest = sent.last, sent.digest
    return found if last >= link.acknowledged else None


def _opened(session: Session, link: AssetLink, source: Source) -> Reply:
    """The answer in a sealed bundle; raises ``FileProblem``."""
    from brm_desktop.exchange.bundles import open_bundle

    asset = PublicKeys.from_hex(link.public_keys).signing
    opened = open_bundle(source, keys_of(session), lambda _header, signer: signer == asset)
    header = opened.header
    if header.reader > READER:
        raise FileProblem(
            phrase(
                "{file} is of a newer version of BRM Desktop; update this one.", file=opened.name
            )
        )
    if header.kind is not BundleKind.REPLY or header.site != site_of(session):
        raise FileProblem(
            phrase("{file} is no answer to this store; nothing was taken.", file=opened.name)
        )
    with _told():
        return Reply.of_lines(opened.lines())


@contextmanager
def _told_what_stayed() -> Iterator[None]:
    """Say of an export that failed that what is new stays here, and why."""
    try:
        yield
    except StoreProblem as why:
        raise StoreProblem(phrase("Nothing new was sent. {reason}", reason=why.sentence)) from why


@contextmanager
def _told() -> Iterator[None]:
    """Say of an answer that no asset would write that it is none."""
    try:
        yield
    except Malformed as wrong:
        raise FileProblem(
            phrase("The answer says what no shared asset would write; nothing was taken.")
        ) from wrong


def _restamp(session: Session, asset_now: int) -> int:
    """Take back what was refused for a clock that was ahead; gives how many bundles."""
    store = session.shared_store
    ahead = [one.first for one in store.notices() if one.trouble == Trouble.QUARANTINED]
    waiting = [one.first for one in store.unacknowledged()]
    if not set(ahead) & set(waiting):
        return 0
    first = min(set(ahead) & set(waiting))
    session.set_stamps_right(first, asset_now)
    return sum(one >= first for one in waiting)


def _troubles(session: Session) -> tuple[tuple[Trouble, Phrase], ...]:
    """What became of bundles that the asset has not taken, in words."""
    return tuple(_trouble(one) for one in session.shared_store.notices())


def _trouble(notice: Notice) -> tuple[Trouble, Phrase]:
    reason = phrase_from_json(notice.reason) if notice.reason else phrase("No reason was given.")
    return Trouble(notice.trouble), reason


def _name(first: int) -> str:
    return f"{first:012d}.brmb"
