"""Files made to do harm: bombs, far cells, entities without end; and a child with little memory."""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

MEGABYTE = 1 << 20

BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">'.encode() for n in range(1, 10))
    + b"]><graphml>&lol9;</graphml>"
)
EXTERNAL_ENTITY = (
    b'<!DOCTYPE graphml [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml>&x;</graphml>'
)


def archive(*members: tuple[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of some members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", way) as packed:
        for name, inside in members:
            packed.writestr(name, inside)
    return content.getvalue()


def sheet(cells: Iterable[str], dimension: str = "A1") -> bytes:
    """A sheet of a workbook that has a number in each of some cells."""
    inside = "".join(f'<row><c r="{cell}"><v>1</v></c></row>' for cell in cells)
    return f'<worksheet><dimension ref="{dimension}"/>{inside}</worksheet>'.encode()


def gzip_bomb(path: Path, line: bytes, megabytes: int) -> Path:
    """A ``.gz`` of one line over and over, written without unpacking it anywhere."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = line * (MEGABYTE // len(line))
    with path.open("wb") as file:
        for _ in range(megabytes):
            file.write(packer.compress(piece))
        file.write(packer.flush())
    return path


def said_with_little_memory(code: str, megabytes: int, *arguments: object) -> str:
    """What a child prints that may have only so much memory over that of its imports.

    ``code`` may use ``arguments``; a Problem is printed as its sentence.
    """
    program = f"""
import resource, sys
from brm_desktop.domain.errors import Problem
from brm_desktop.exchange import bounded_json, bounded_xml, bounded_zip, encodings, tables
from brm_desktop.language import tr
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + {megabytes << 20},) * 2)
arguments = sys.argv[1:]
try:
{textwrap.indent(textwrap.dedent(code), "    ")}
except Problem as problem:
    print(tr(problem.sentence))
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-800:]
    return ran.stdout.strip()
