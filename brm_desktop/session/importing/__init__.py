"""Importing tables: read, decide, and one change through the session's door."""

from brm_desktop.exchange.dates import DateOrder
from brm_desktop.exchange.headers import Subject
from brm_desktop.exchange.mapping import Entries, Wishes
from brm_desktop.session.importing.deciding import Aim, decide
from brm_desktop.session.importing.files import (
    import_files,
    needs_account,
    read_files,
    write_refusals,
)
from brm_desktop.session.importing.report import Refusal, Report, Tally

__all__ = [
    "Aim",
    "DateOrder",
    "Entries",
    "Refusal",
    "Report",
    "Subject",
    "Tally",
    "Wishes",
    "decide",
    "import_files",
    "needs_account",
    "read_files",
    "write_refusals",
]
