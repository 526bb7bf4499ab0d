"""Problems the user is told of, one sentence each; everything else raised is a defect.

::

    Problem
    ├── Refused              an edit breaks a rule of the domain
    ├── NotFound             a name or id fits nothing
    │   └── Ambiguous        a name fits several things; it lists them
    ├── StoreProblem         the store cannot be opened or written
    │   ├── NotAStore        the file is something else
    │   ├── NewerStore       the file is from a newer version of the program
    │   ├── StoreBusy        another program holds the file
    │   ├── StoreDamaged     the file opens but is not whole
    │   └── StoreLocked      the store is encrypted and its passphrase is not known
    │       ├── WrongSecret      what was given is not its passphrase or recovery key
    │       └── AnotherDevice    the passphrase alone will not do on this computer
    └── FileProblem          a file to read or write is missing, unreadable or not what it should be
        └── FileUnreadable   the disk does not give it just now; what is in it is not known
"""

from __future__ import annotations

from brm_desktop.domain.phrase import Phrase


class Problem(Exception):
    """Something the user can understand and act on, said in one sentence."""

    def __init__(self, sentence: Phrase) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class Refused(Problem):
    """An edit that would break a rule; nothing was changed."""


class NotFound(Problem):
    """A name or id that fits nothing."""


class Ambiguous(NotFound):
    """A name that fits several things; the sentence lists them."""


class StoreProblem(Problem):
    """The store cannot be opened, read or written."""


class NotAStore(StoreProblem):
    """The file is not a BRM store; it is left as it was."""


class NewerStore(StoreProblem):
    """The file was written by a newer version; it is left as it was."""


class StoreBusy(StoreProblem):
    """Another program holds the store open."""


class StoreDamaged(StoreProblem):
    """The file is a store but not whole."""


class StoreLocked(StoreProblem):
    """The store is encrypted, and opens only with its passphrase or its recovery key."""


class WrongSecret(StoreLocked):
    """What was given is not the passphrase or recovery key of the store."""


class NoKeyFile(StoreLocked):
    """The file that its key is locked away in is not beside the store, or damaged."""


class AnotherDevice(StoreLocked):
    """This computer's keychain lacks its half of the key; only the recovery key opens it."""


class FileProblem(Problem):
    """A file other than the store cannot be read or written, or is not what it should be."""


class FileUnreadable(FileProblem):
    """A file that cannot be read just now, which says nothing of what is in it."""
