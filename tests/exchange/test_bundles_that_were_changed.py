"""A bundle in which anything was changed is refused, whoever changed it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from bundling import (
    ASSET,
    REP,
    STRANGER,
    Parts,
    bundle,
    bundle_of,
    keys_of,
    opened,
    packed,
    refused,
)
from told import told

from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange.bundles import (
    open_bundle,
)
from brm_desktop.exchange.sealing import CHUNK_BYTES

BIG = [{"row": f"{n}", "text": random.Random(n).randbytes(700).hex()} for n in range(1_300)]


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 1, 2, 8])):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _grown(content: bytes, chance: random.Random) -> bytes:
    place = chance.choice([len(content), chance.randrange(len(content))])
    return content[:place] + chance.randbytes(chance.randint(1, 40)) + content[place:]


def _lost(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + content[place + chance.randint(1, 40) :]


def _swapped(content: bytes, chance: random.Random) -> bytes:
    size = chance.randint(1, 60)
    one, other = sorted(chance.sample(range(0, len(content) - size, size), 2))
    changed = bytearray(content)
    changed[one : one + size] = content[other : other + size]
    changed[other : other + size] = content[one : one + size]
    return bytes(changed)


def _other_chunks(content: bytes, chance: random.Random) -> bytes:
    parts = Parts.of(content)
    chunks = list(parts.chunks)
    place = chance.randrange(len(chunks))
    way = chance.randrange(4)
    if way == 0:
        chunks.insert(place, chunks[place])
    elif way == 1:
        del chunks[place]
    elif way == 2:
        chunks.reverse()
    else:
        chunks[place] = (chunks[place][0], not chunks[place][1])
    if chunks and not any(last for _, last in chunks):
        chunks[-1] = (chunks[-1][0], True)
    return replace(parts, chunks=chunks).content(chance.choice([None, STRANGER, None]))


def _other_header(content: bytes, chance: random.Random) -> bytes:
    parts = Parts.of(content)
    edited = dict(parts.header)
    name = chance.choice(sorted(edited))
    edited[name] = chance.choice([None, 0, 2, "", "reply", "0" * 16, "f" * 64, [], {}])
    return replace(parts, header=edited).content(chance.choice([None, STRANGER]))


def _other_recipients(content: bytes, chance: random.Random) -> bytes:
    parts = Parts.of(content)
    (whose, locked) = parts.header["recipients"][0]
    theirs = Parts.of(bundle(recipients=(STRANGER, ASSET))).header
    swapped = chance.choice(
        [
            {"recipients": [[STRANGER.public.sealing.hex(), locked]]},
            {"recipients": [[whose, locked]] * 2},
            {"recipients": theirs["recipients"]},
            {"recipients": theirs["recipients"], "ephemeral": theirs["ephemeral"]},
            {"recipients": []},
            {"ephemeral": theirs["ephemeral"]},
        ]
    )
    return replace(parts, header=parts.header | swapped).content(chance.choice([None, STRANGER]))


def _signed_anew(content: bytes, chance: random.Random) -> bytes:
    parts = Parts.of(content)
    named = chance.choice([parts.header["signer"], STRANGER.public.signing.hex()])
    return replace(parts, header=parts.header | {"signer": named}).content(STRANGER)


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [
    *(_flip, _cut, _grown, _lost, _swapped),
    *(_other_chunks, _other_header, _other_recipients, _signed_anew),
]


def test_none_of_5000_mutations_is_accepted() -> None:
    chance = random.Random(11)
    whole = [bundle(), bundle(BIG), bundle(recipients=(ASSET, keys_of(9)))]
    assert len(Parts.of(whole[1]).chunks) > 2
    tried = 0
    while tried < 5_000:
        content = whole[0] if tried % 25 else whole[1 + tried // 25 % 2]
        changed = chance.choice(MUTATIONS)(content, chance)
        if changed != content:
            tried += 1
            refused(changed)


def test_one_who_is_known_cannot_change_a_bundle_of_another_and_sign_it_anew() -> None:
    parts = Parts.of(bundle(BIG))
    mine = STRANGER.public.signing
    edited = parts.header | {"signer": mine.hex(), "site": "00000000000000bb"}
    for chunks in (parts.chunks, parts.chunks[:-1], parts.chunks[::-1]):
        changed = replace(parts, header=edited, chunks=[*chunks[:-1], (chunks[-1][0], True)])
        found = open_bundle(changed.content(STRANGER), ASSET, lambda _header, key: key == mine)
        with told(FileProblem, "damaged or was changed"):
            list(found.lines())


def test_chunks_in_another_order_are_refused_though_they_are_signed() -> None:
    parts = Parts.of(bundle(BIG))
    one, two, *others = parts.chunks
    for chunks in ([two, one, *others], [one, one, two, *others], [one, *others], [(one[0], True)]):
        content = replace(parts, chunks=chunks).content(REP)
        with told(FileProblem, "The bundle is damaged or was changed"):
            list(opened(content).lines())


def test_the_body_ends_where_it_says() -> None:
    body = packed(b'["x"]\n')
    for spoilt in (body + b"more", body[:-1], b"", b"no zlib at all", packed(b'["x"]')):
        with told(FileProblem, "The bundle is damaged or was changed"):
            list(opened(bundle_of(spoilt)).lines())
    parts = Parts.of(bundle_of(body))
    ended = replace(parts, chunks=[*parts.chunks, (b"after the last", True)])
    with told(FileProblem, "damaged or was changed"):
        list(opened(ended.content(REP)).lines())
    longer = replace(parts, chunks=[(bytes(CHUNK_BYTES + 17), True)])
    with told(FileProblem, "damaged or was changed"):
        list(opened(longer.content(REP)).lines())


def test_more_than_the_end_of_the_packed_body_in_chunks_of_its_own_isrefused() -> None:
    body = packed(b'["x"]\n')
    with told(FileProblem, "damaged or was changed"):
        list(opened(bundle_of(body + bytes(CHUNK_BYTES))).lines())
