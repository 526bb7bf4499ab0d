"""Importing tables: read, decide, and one change through the session's door."""

from brm_desktop.exchange.dates import DateOrder, UnclearDates
from brm_desktop.exchange.encodings import WrongEncoding
from brm_desktop.exchange.headers import FIELDS, NEEDED, SEVERAL, Subject
from brm_desktop.exchange.mapping import Entries, Wishes
from brm_desktop.exchange.tables import Table, read_table
from brm_desktop.session.importing.choosing import Chosen, entries_in_order, read_more
from brm_desktop.session.importing.deciding import Aim, decide
from brm_desktop.session.importing.files import (
    import_files,
    name_of_import,
    needs_account,
    read_files,
    records_for,
    takes_account,
    write_import,
    write_refusals,
)
from brm_desktop.session.importing.report import Refusal, Report, Tally

__all__ = [
    "FIELDS",
    "NEEDED",
    "SEVERAL",
    "Aim",
    "Chosen",
    "DateOrder",
    "Entries",
    "Refusal",
    "Report",
    "Subject",
    "Table",
    "Tally",
    "UnclearDates",
    "Wishes",
    "WrongEncoding",
    "decide",
    "entries_in_order",
    "import_files",
    "name_of_import",
    "needs_account",
    "read_files",
    "read_more",
    "read_table",
    "records_for",
    "takes_account",
    "write_import",
    "write_refusals",
]
