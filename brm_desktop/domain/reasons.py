"""Why the system refused a file, in words that can be translated."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.phrase import Phrase, phrase

_REASONS: Final[Mapping[int | None, Phrase]] = MappingProxyType(
    {
        errno.EACCES: phrase("Permission denied"),
        errno.EPERM: phrase("Operation not permitted"),
        errno.ENOSPC: phrase("No space left on device"),
        errno.EDQUOT: phrase("Disk quota exceeded"),
        errno.EROFS: phrase("Read-only file system"),
        errno.ENOENT: phrase("No such file or directory"),
        errno.EISDIR: phrase("Is a directory"),
        errno.ENOTDIR: phrase("Not a directory"),
        errno.EEXIST: phrase("File exists"),
        errno.EIO: phrase("Input/output error"),
        errno.EBUSY: phrase("Device or resource busy"),
        errno.EFBIG: phrase("File too large"),
        errno.ENAMETOOLONG: phrase("File name too long"),
        errno.EMFILE: phrase("Too many open files"),
    }
)


def reason_of(error: OSError) -> Phrase | str:
    """What went wrong, in the words of the system, as a phrase where they are known."""
    return _REASONS.get(error.errno) or error.strerror or str(error) or type(error).__name__
