"""The translators' list: gathered from the code, kept in one .po file, compiled beside it.

Run ``uv run python packaging/translations.py update`` after sentences changed, translate what is
empty in the .po file, then ``compile``. ``check`` says what is left to do; the tests run it too.
"""

from __future__ import annotations

import ast
import io
import string
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "brm_desktop"
PO_FILE = ROOT / "resources/translations/zh_CN/LC_MESSAGES/brm_desktop.po"
MO_FILE = PO_FILE.with_suffix(".mo")
LOCALE = "zh_CN"

Texts = tuple[str, ...]

_SAYS_ONE = frozenset({"tr", "phrase", "Phrase"})
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something to translate and who says it; ``context`` is the class of a named word."""

    text: str
    file: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes the sentence one entry of the catalogue."""
        return (self.context, self.text)


def sentences_of(source: str, file: str) -> Iterator[Sentence]:
    """Every sentence that a module says through ``tr``, ``trn``, ``phrase`` or a ``Word``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = _called(node)
            if name in _SAYS_ONE:
                for text in _literals(node.args[0]):
                    yield Sentence(text, file)
            elif name == "trn" and len(node.args) > 1:
                for one, many in zip(_literals(node.args[0]), _literals(node.args[1]), strict=True):
                    yield Sentence(one, file, plural=many)
        elif isinstance(node, ast.ClassDef) and any(_named(base) == "Word" for base in node.bases):
            for label in _labels(node):
                yield Sentence(label, file, context=node.name)


def all_sentences() -> list[Sentence]:
    """The sentences of the whole program, each once, in the order of the files."""
    found: dict[tuple[str | None, str], Sentence] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        for sentence in sentences_of(path.read_text(encoding="utf-8"), file):
            known = found.get(sentence.key)
            if known is None or (known.plural is None and sentence.plural is not None):
                found[sentence.key] = sentence
    return list(found.values())


def updated(old: Catalog) -> Catalog:
    """The catalogue of today's sentences with the translations that are there already."""
    new = _empty_catalogue()
    for sentence in all_sentences():
        id_ = (sentence.text, sentence.plural) if sentence.plural else sentence.text
        known = old.get(sentence.text, sentence.context)
        new.add(
            id_,
            _kept_translation(known, sentence),
            locations=[(sentence.file, 0)],
            flags=(known.flags & {"fuzzy"}) if known else (),
            user_comments=known.user_comments if known else (),
            context=sentence.context,
        )
    return new


def open_points() -> list[str]:
    """What keeps the translation from being complete, one line each; empty when it is."""
    catalogue = _read()
    today = updated(catalogue)
    points = []
    for message in today:
        if message.id:
            points += [f"{problem}: {message.id!r}" for problem in _problems_of(message)]
    if _said_by(catalogue).keys() - _said_by(today).keys():
        points.append("the .po file has sentences that nobody says: run `update`")
    if not MO_FILE.exists() or not _is_compiled(catalogue):
        points.append("the .mo file is not of this .po file: run `compile`")
    return points


def _said_by(catalogue: Catalog) -> dict[tuple[str | None, str], Texts]:
    return {
        (_context_of(message), _texts(message.id)[0]): _texts(message.string)
        for message in catalogue
        if message.id
    }


def _context_of(message: Message) -> str | None:
    """The context as text; babel leaves it in bytes when it reads a .mo file."""
    context: object = message.context
    return context.decode() if isinstance(context, bytes) else message.context


def _is_compiled(catalogue: Catalog) -> bool:
    with MO_FILE.open("rb") as file:
        compiled = {key: said for key, said in _said_by(read_mo(file)).items() if all(said)}
    finished = {
        key: said
        for key, said in _said_by(catalogue).items()
        if all(said) and not _is_fuzzy(catalogue, key)
    }
    return compiled == finished


def _is_fuzzy(catalogue: Catalog, key: tuple[str | None, str]) -> bool:
    message = catalogue.get(key[1], key[0])
    return message is not None and message.fuzzy


def _problems_of(message: Message) -> Iterator[str]:
    ids = _texts(message.id)
    said = _texts(message.string)
    if not all(said):
        yield "untranslated"
        return
    if message.fuzzy:
        yield "fuzzy"
    wanted = set().union(*(_fields(text) for text in ids))
    for text in said:
        if not _fields(text) <= wanted:
            yield "names a value that the sentence has not"
        elif len(ids) == 1 and _fields(text) != wanted:
            yield "leaves out a value"


def _texts(text: str | Sequence[str | None] | None) -> Texts:
    if isinstance(text, str) or text is None:
        return (text or "",)
    return tuple(part or "" for part in text)


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def _called(call: ast.Call) -> str:
    return _named(call.func)


def _named(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _labels(words: ast.ClassDef) -> Iterator[str]:
    for node in words.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            texts = list(node.value.elts)
            if len(texts) == 2:
                yield from _literals(texts[1])


def _kept_translation(known: Message | None, sentence: Sentence) -> str | Texts:
    said = _texts(known.string)[:1] if known else ("",)
    return said if sentence.plural else said[0]


def _empty_catalogue() -> Catalog:
    return Catalog(
        locale=LOCALE,
        project="BRM Desktop",
        version="",
        copyright_holder="The BRM Desktop authors",
        header_comment="# The Chinese of BRM Desktop. MIT licence, like the program.",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        last_translator="The BRM Desktop authors",
        language_team="zh_CN",
        fuzzy=False,
    )


def _read() -> Catalog:
    if not PO_FILE.exists():
        return _empty_catalogue()
    with PO_FILE.open("rb") as file:
        return read_po(file, locale=LOCALE)


def _po_bytes(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, include_lineno=False, sort_by_file=True)
    return buffer.getvalue()


def _mo_bytes(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def update() -> int:
    """Gather the sentences into the .po file and keep what is translated."""
    catalogue = updated(_read())
    PO_FILE.write_bytes(_po_bytes(catalogue))
    blank = sum(
        1 for message in catalogue if message.id and "untranslated" in _problems_of(message)
    )
    print(f"{len(catalogue)} sentences, {blank} to translate")
    return 0


def compile_catalogue() -> int:
    """Write the .mo file that the program reads."""
    MO_FILE.write_bytes(_mo_bytes(_read()))
    return 0


def check() -> int:
    """Say what is left to do; 1 when something is."""
    points = open_points()
    print("\n".join(points) or "the translation is complete")
    return 1 if points else 0


def main(arguments: list[str]) -> int:
    """Run one command: update, compile or check."""
    commands = {"update": update, "compile": compile_catalogue, "check": check}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(f"usage: translations.py {' | '.join(commands)}", file=sys.stderr)
        return 2
    return commands[arguments[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
