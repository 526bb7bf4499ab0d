"""Which rows a change of an asset touched, as a log: what the sixth migration makes.

``touched`` takes the place of ``row_version``, which knew of each row the change that touched it
last: to keep that up to date, two pages were written anew for almost every row of a bundle from all
over a large asset. A log grows at its end alone. What it says of a row but for the last is let go
of in time.
"""

from __future__ import annotations

from typing import Final

TOUCHED: Final = """
    CREATE TABLE touched (
        change INTEGER NOT NULL, "kind" TEXT NOT NULL, row TEXT NOT NULL,
        PRIMARY KEY (change, "kind", row)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO touched SELECT version, "kind", row FROM row_version ORDER BY version, "kind", row;
    DROP TABLE row_version
"""
